"""The interim folder: what each stage left of each document, and the key under which it is still good.

One folder a document; in it ``source.json`` (what the manifest says of the file, so that normalization needs neither
the raw file nor the manifest) and one folder a stage, with Parquet files and ``stage.json``. A stage's record is taken
away before its tables are written and put back after them, so what a killed build leaves is never taken for whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.sources import Source
from pipeline.stamps import Stage, read_json, write_json

if TYPE_CHECKING:
    from pipeline.schema import Table
    from pipeline.tables import Dataset

SOURCE_FILE = "source.json"
_RECORD = "stage.json"
_LOCK = ".lock"
_PLAIN_NAME = re.compile(r"[^\W_][\w.()（）-]{0,59}")


class LockedError(RuntimeError):
    """Another process is at work in the folder; the message says so, with its number where that is known."""


@dataclass(frozen=True)
class StageFolder:
    """What one stage left of one document: tables, and a note of plain values beside them."""

    path: Path

    @property
    def key(self) -> str:
        """The key that the stage's tables were made under; empty when there are none, or they are damaged."""
        record = read_json(self.path / _RECORD) or {}
        files = record.get("files")
        if not isinstance(files, dict) or any(self._size(name) != size for name, size in files.items()):
            return ""
        return str(record.get("key", ""))

    @property
    def note(self) -> dict[str, object]:
        """The values that the stage left beside its tables."""
        note = (read_json(self.path / _RECORD) or {}).get("note")
        return note if isinstance(note, dict) else {}

    def write(self, key: str, dataset: Dataset, note: dict[str, object] | None = None) -> None:
        """Replace what the stage left. An empty ``key`` is never good: the next build does the stage again."""
        from pipeline.tables import write_dataset  # noqa: PLC0415  (pyarrow: not for a build with nothing to do)

        shutil.rmtree(self.path, ignore_errors=True)
        write_dataset(self.path, dataset)
        sizes = {file.name: file.stat().st_size for file in sorted(self.path.glob("*.parquet"))}
        write_json(self.path / _RECORD, {"key": key, "files": sizes, "note": note or {}})

    def read(self, tables: Iterable[Table]) -> Dataset:
        """Those of the tables that the stage left."""
        from pipeline.tables import read_dataset  # noqa: PLC0415

        return read_dataset(self.path, [table for table in tables if (self.path / f"{table.name}.parquet").exists()])

    def _size(self, name: str) -> int | None:
        with suppress(FileNotFoundError):
            return (self.path / name).stat().st_size
        return None


@dataclass(frozen=True)
class DocumentFolder:
    """One document's place in the interim folder."""

    path: Path

    def stage(self, stage: Stage) -> StageFolder:
        """What the stage left of this document."""
        return StageFolder(self.path / stage)

    @property
    def source(self) -> Source | None:
        """What extraction left of the manifest; None when the folder holds no document."""
        saved = read_json(self.path / SOURCE_FILE)
        known = {field.name for field in fields(Source)}
        if saved is None or not {"document_id", "path", "sha256"} <= set(saved) <= known:
            return None
        return Source(**{**saved, "path": Path(str(saved["path"]))})  # type: ignore[arg-type]  # written by save()

    def save(self, source: Source) -> None:
        """Keep what the manifest says of the document."""
        write_json(self.path / SOURCE_FILE, said_of(source))


def said_of(source: Source) -> dict[str, object]:
    """The source as plain values; of its path only the file's name, so that nothing depends on where it lies."""
    return {**asdict(source), "path": source.path.name}


def folder_of(interim: Path, document_id: str) -> DocumentFolder:
    """The document's folder: named after it, or after a hash of it when a file system might not take the name."""
    plain = _PLAIN_NAME.fullmatch(document_id)
    name = document_id if plain else f"_{hashlib.sha256(document_id.encode()).hexdigest()[:24]}"
    return DocumentFolder(interim / name)


def folders_in(interim: Path) -> list[DocumentFolder]:
    """Every document's folder, in the order of the document_id."""
    found = [DocumentFolder(path.parent) for path in interim.glob(f"*/{SOURCE_FILE}")]
    known = [(folder.source.document_id, folder) for folder in found if folder.source]
    return [folder for _, folder in sorted(known, key=lambda pair: pair[0])]


def forget_all_but(interim: Path, document_ids: Iterable[str]) -> None:
    """Remove the folders of documents that are no longer there; a folder without ``source.json`` is not ours."""
    kept = {folder_of(interim, document_id).path.name for document_id in document_ids}
    for path in interim.glob(f"*/{SOURCE_FILE}"):
        if path.parent.name not in kept:
            shutil.rmtree(path.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process. Raises LockedError when another holds it.

    A POSIX record lock: the system drops it when the process ends, however it ends, and workers do not inherit it, so a
    killed build never locks out the next one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        holder = os.read(handle, 20).decode(errors="replace").strip()
        who = f" (process {holder})" if holder else ""
        raise LockedError(
            f"{folder}: 另一个构建正在使用此目录，请等它结束 / "
            f"another build is at work here{who}: wait for it to end, or use another folder"
        ) from error
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
