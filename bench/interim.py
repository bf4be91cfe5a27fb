"""The interim folder of a build as the benchmarks read it: what they cannot use they say in one line, and end."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.interim import DocumentFolder, folders_in
from pipeline.schema import Table
from pipeline.stamps import Stage
from pipeline.tables import Dataset, OtherVersionError

ROOT = Path(__file__).resolve().parents[1]


def parser_of(description: str | None, told: str) -> argparse.ArgumentParser:
    """The command line that the benchmarks on documents have in common; ``told`` is what ``--json`` writes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--interim", type=Path, default=ROOT / "data" / "interim", help="the interim folder of a build")
    parser.add_argument("--only", nargs="*", default=[], metavar="DOCUMENT_ID", help="these documents alone")
    parser.add_argument("--json", type=Path, help=f"{told}, for reading")
    return parser


def write_told(path: Path | None, told: Sequence[Any]) -> None:
    """The records of a benchmark as JSON, where a path was asked for."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([asdict(each) for each in told], ensure_ascii=False, indent=1), "utf-8")


def folders_to_read(interim: Path) -> list[DocumentFolder]:
    """The documents' folders. Raises SystemExit, which says what to do, when there is none."""
    found = [folder for folder in folders_in(interim) if folder.source]
    if not found:
        raise SystemExit(f"{interim}: no document here; build first, or give --interim")
    return found


def tables_of(folder: DocumentFolder, stage: Stage, tables: Iterable[Table]) -> Dataset:
    """What a stage left. Raises SystemExit, which says what to do, when another version of the pipeline left it."""
    try:
        return folder.stage(stage).read(tables)
    except OtherVersionError as error:
        raise SystemExit(str(error)) from None
