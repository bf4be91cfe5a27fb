"""The raw folder: which documents it holds, and the stamps by which a change of it is noticed."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from pipeline.sources import MANIFEST, SUFFIXES, Source, read_sources, sha256_of
from pipeline.stamps import FileStamp


class UsageError(Exception):
    """What was asked for cannot be done as asked; the message says what to mend."""


def need_folder(folder: Path, option: str) -> None:
    """Raises UsageError when the folder that the option names is not there."""
    if not folder.is_dir():
        raise UsageError(f"{option} {folder}: 没有这个目录 / there is no such folder")


def read_raw(raw: Path) -> tuple[dict[str, FileStamp], list[Source]]:
    """The stamps of the raw files and the manifest, and the documents that they are.

    Raises UsageError when the folder is missing or empty, or the manifest cannot be used. Times are taken before the
    bytes are read: a file that changes meanwhile is stale at the next build, never fresh by mistake.
    """
    need_folder(raw, "--raw")
    before = {name: stat for name in input_names(raw) if (stat := _stat(raw / name))}
    try:
        sources = read_sources(raw)
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{raw}: 来源清单或文件不能使用 / the manifest or a file cannot be used: {error}") from error
    if not sources:
        raise UsageError(f"{raw}: 没有 PDF 文件 / no PDF file here")
    hashes = {source.path.name: source.sha256 for source in sources}
    if MANIFEST in before:
        hashes[MANIFEST] = sha256_of(raw / MANIFEST)
    stamps = ((name, before.get(name), sha256) for name, sha256 in hashes.items() if sha256)
    return {n: FileStamp(s.st_size, s.st_mtime_ns, s.st_ctime_ns, sha256) for n, s, sha256 in stamps if s}, sources


def _stat(path: Path) -> os.stat_result | None:
    """None of a file that cannot be read: without a stamp it is tried again by every build."""
    try:
        return path.stat()
    except OSError:
        return None


def input_names(raw: Path) -> list[str]:
    """The names of the files of the folder that a build depends on."""
    names = (path.name for path in raw.iterdir() if path.suffix.lower() in SUFFIXES or path.name == MANIFEST)
    return sorted(names)
