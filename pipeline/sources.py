"""The manifest ``sources.csv`` beside the raw files: what each file is and where it came from.

A file that the manifest does not name is built too; its identity is then read from its pages and its file's stem is
its ``document_id``.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

MANIFEST = "sources.csv"
SUFFIXES = (".pdf",)


class ManifestError(ValueError):
    """The manifest says something that cannot be used; the message names the file, the line and the mend."""


@dataclass(frozen=True)
class Source:
    """One raw file: its path and hash, and what the manifest says of it (None where it says nothing).

    ``sha256`` is empty for a file whose bytes cannot be read (a broken link, a folder, no permission); ``same_as`` is
    the document_id of an earlier file with the very same bytes.
    """

    document_id: str
    path: Path
    sha256: str
    title: str | None = None
    publisher: str | None = None
    publisher_code: str | None = None
    region_code: str | None = None
    region_name: str | None = None
    fiscal_year: int | None = None
    document_type: str | None = None
    where_from: str | None = None
    is_facsimile: bool = False
    expected_sha256: str | None = None
    same_as: str | None = None
    source_url: str | None = None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_of(path: Path) -> str:
    """The same; empty where the file cannot be read, which is that file's trouble alone."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def read_sources(folder: Path) -> list[Source]:
    """Every raw file of ``folder`` in the order of its document_id.

    Raises FileNotFoundError when the folder is not there and ManifestError for a manifest row that names no file,
    names one twice, or holds a year, a truth value or an address that is none.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder; give the folder that holds the disclosures with --raw")
    rows = _manifest(folder / MANIFEST)
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    names = {path.name for path in files}
    absent = sorted(set(rows) - names)
    if absent:
        raise ManifestError(
            f"{folder / MANIFEST} names {', '.join(absent)}, not in {folder}: add the file or drop the row"
        )
    sources = [_source(path, rows.get(path.name, {})) for path in files]
    _refuse_twins(sources)
    return _with_copies_known(sorted(sources, key=lambda source: source.document_id))


def _with_copies_known(sources: list[Source]) -> list[Source]:
    """The sources, each that has the bytes of one before it saying so."""
    first: dict[str, str] = {}
    for source in sources:
        first.setdefault(source.sha256 or source.document_id, source.document_id)
    known = [(source, first[source.sha256 or source.document_id]) for source in sources]
    return [source if one == source.document_id else replace(source, same_as=one) for source, one in known]


def _manifest(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except UnicodeDecodeError as error:  # as a Chinese spreadsheet saves CSV unless it is told otherwise
        raise ManifestError(
            f"{path} 不是 UTF-8 编码，请另存为“CSV UTF-8” / is not UTF-8: save it as “CSV UTF-8”"
        ) from error
    named: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, start=2):
        name = (row.get("file") or "").strip()
        if not name:
            raise ManifestError(f"{path}, line {number}: the column 'file' is empty")
        if name in named:
            raise ManifestError(f"{path}, line {number}: {name} is named twice")
        named[name] = {key: (value or "").strip() for key, value in row.items() if key}
    return named


def _source(path: Path, row: dict[str, str]) -> Source:
    def said(name: str) -> str | None:
        return row.get(name) or None

    year = said("fiscal_year")
    if year is not None and not re.fullmatch(r"(19|20)\d\d", year):
        raise ManifestError(f"{path.name}: fiscal_year '{year}' in {MANIFEST} is not a year")
    facsimile = (said("is_facsimile") or "false").lower()
    if facsimile not in ("true", "false"):
        raise ManifestError(f"{path.name}: is_facsimile '{facsimile}' in {MANIFEST} is neither true nor false")
    return Source(
        document_id=said("document_id") or path.stem,
        path=path,
        sha256=_hash_of(path),
        title=said("title"),
        publisher=said("publisher"),
        publisher_code=said("publisher_code"),
        region_code=said("region_code"),
        region_name=said("region_name"),
        fiscal_year=int(year) if year else None,
        document_type=said("document_type"),
        where_from=said("where_from"),
        is_facsimile=facsimile == "true",
        expected_sha256=said("sha256"),
        source_url=_address(path, said("source_url")),
    )


def _address(path: Path, said: str | None) -> str | None:
    if said is not None and not re.fullmatch(r"https?://[^\s/]+\S*", said):
        raise ManifestError(
            f"{path.name}: source_url '{said}' in {MANIFEST} is no address that begins with http:// or https://: "
            "words about where the file came from go into where_from"
        )
    return said


def _refuse_twins(sources: list[Source]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        other = seen.setdefault(source.document_id, source)
        if other is not source:
            raise ManifestError(
                f"{other.path.name} and {source.path.name} share the document_id {source.document_id}: "
                f"give each its own in {MANIFEST}"
            )
