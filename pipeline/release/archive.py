"""SHA256SUMS and the zip: the same files give the same bytes (names in order, one fixed date, one set of rights)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.release.inventory import ReleaseFile
from pipeline.sources import sha256_of

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell
RIGHTS = 0o100644 << 16
UNIX = 3
LEVEL = 6
STORED = {".parquet", ".xlsx"}  # compressed already


def sums(files: Iterable[ReleaseFile]) -> str:
    """The text that ``sha256sum -c`` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)


def write_zip(path: Path, folder: Path, names: Iterable[str], root: str) -> None:
    """The named files of ``folder`` under one folder ``root``; and the zip's own sum beside it, ``<zip>.sha256``."""
    with zipfile.ZipFile(path, "w", compresslevel=LEVEL) as archive:
        for name in sorted(names):
            _add(archive, folder / name, f"{root}/{name}")
    path.with_name(f"{path.name}.sha256").write_text(f"{sha256_of(path)}  {path.name}\n", encoding="utf-8")


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system, entry.external_attr = UNIX, RIGHTS
    entry.compress_type = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
    entry.file_size = path.stat().st_size  # tells zipfile whether the entry needs 64 bits
    with path.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)
