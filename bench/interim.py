"""The interim folder of a build as the benchmarks read it: what they cannot use they say in one line, and end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.interim import DocumentFolder, folders_in
from pipeline.schema import Table
from pipeline.stamps import Stage
from pipeline.tables import Dataset, OtherVersionError


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
