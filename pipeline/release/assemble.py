"""Runs the forms in order in a folder of its own, then puts that folder in place: a release is there whole or not."""

from __future__ import annotations

import filecmp
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.release.archive import sums, write_zip
from pipeline.release.compare import Comparison, compare
from pipeline.release.croissant import croissant
from pipeline.release.csvw import csv_metadata
from pipeline.release.dcat import catalogue_entry
from pipeline.release.facts import DATABASE, DICTIONARY, PACKAGE, Facts, Json, NotPublishedError, facts_of, read_package
from pipeline.release.html import dictionary_page
from pipeline.release.inventory import (
    CHANGELOG,
    CHANGES,
    CROISSANT,
    CSVW,
    DCAT,
    HTML_DICTIONARY,
    README,
    REPORT,
    SCHEMA_ORG,
    SUMS,
    WORKBOOK,
    inventory,
)
from pipeline.release.notes import changelog, readme
from pipeline.release.package import release_package
from pipeline.release.report import as_csv
from pipeline.release.schema_org import dataset_page
from pipeline.release.spreadsheet_csv import write_spreadsheet_csvs
from pipeline.release.workbook import Sheet, write_workbook
from pipeline.schema import PUBLISHED
from pipeline.sources import sha256_of

STALE_SECONDS = 3600
Say = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What to release: the published folder, where to, the address it will have and the day of issue (both may be ""),
    the release or published folder to compare with, and a quality report (a file or a folder) to put in.
    """

    data: Path
    dist: Path
    url: str = ""
    date: str = ""
    previous: Path | None = None
    report: Path | None = None


@dataclass(frozen=True)
class Released:
    """A release that stands: its folder, version, number of files, bytes in all; ``new`` unless it stood before."""

    folder: Path
    version: str
    files: int
    size: int
    new: bool


def release(order: Order, say: Say = lambda _: None) -> Released:
    """Write ``dist/<version>/``. The same inputs give the same bytes.

    The folder is made beside its place and moved there whole; one that is there with the same bytes is left alone, one
    with other bytes (the code of releasing changed) is replaced. Raises NotPublishedError when ``data`` is not a whole
    published dataset, OSError when a file cannot be written.
    """
    facts = facts_of(order.data, order.url, order.date)
    comparison = compare(order.previous, order.data) if order.previous else None
    target = order.dist / facts.version
    with _staging(order.dist, facts.version) as staging:
        _copy_published(order, staging)
        _write_data(staging, facts, comparison, say)
        _write_metadata(staging, facts, say)
        _write_notes(staging, facts, comparison, order.previous)
        _close(staging, facts, say)
        files = inventory(staging)
        new = not _equal(staging, target)
        if new:
            _put(staging, target)
    return Released(target, facts.version, len(files), sum(file.size for file in files), new)


# --- steps -----------------------------------------------------------------------------------------------------------


def _copy_published(order: Order, staging: Path) -> None:
    """The published files, and the proof that they belong together: the copies have the hashes that are told."""
    package = read_package(order.data)
    names = {DATABASE, DICTIONARY, PACKAGE, *(f"{table}.parquet" for table in PUBLISHED)}
    hashes = {resource["path"]: resource["hash"] for resource in package["resources"]}
    for name in sorted(names | set(hashes)):
        _copy(order.data / name, staging / name)
    torn = [name for name, told in sorted(hashes.items()) if f"sha256:{sha256_of(staging / name)}" != told]
    if torn:
        raise NotPublishedError(
            f"{order.data}: 文件与 {PACKAGE} 不符，请重新 publish / files are not those that {PACKAGE} describes, "
            f"publish again: {', '.join(torn)}"
        )
    if order.report:
        _copy_report(order.report, staging / REPORT)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        raise NotPublishedError(
            f"{source}: 没有此文件，请先运行 build 或 publish / is not there: run build or publish first"
        ) from None


def _copy_report(report: Path, target: Path) -> None:
    if report.is_dir():
        shutil.copytree(report, target, copy_function=shutil.copyfile)
    else:
        target.mkdir()
        _copy(report, target / report.name)


def _write_data(staging: Path, facts: Facts, comparison: Comparison | None, say: Say) -> None:
    say("CSV（电子表格）/ CSV for spreadsheets")
    missing = [table for table in PUBLISHED.values() if not (staging / f"{table.name}.zh.csv").exists()]
    write_spreadsheet_csvs(staging, missing)
    say("Excel 工作簿 / workbook")
    sheets = [Sheet(table, staging / f"{table.name}.parquet") for table in PUBLISHED.values()]
    write_workbook(staging / WORKBOOK, sheets, facts)
    if comparison:
        _write(staging / CHANGES, as_csv(comparison))


def _write_metadata(staging: Path, facts: Facts, say: Say) -> None:
    say("元数据 / metadata")
    archive = _archive(facts)
    _write(staging / HTML_DICTIONARY, dictionary_page(facts, tuple(PUBLISHED.values())))
    files = inventory(staging)
    documents: dict[str, Json] = {
        PACKAGE: release_package(read_package(staging), facts, files),
        DCAT: catalogue_entry(facts, files, archive),
        SCHEMA_ORG: dataset_page(facts, files, archive),
        CROISSANT: croissant(facts, files),
        CSVW: csv_metadata(facts, files),
    }
    for name, document in documents.items():
        _write(staging / name, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _write_notes(staging: Path, facts: Facts, comparison: Comparison | None, previous: Path | None) -> None:
    _write(staging / CHANGELOG, changelog(facts, comparison, previous))
    _write(staging / README, readme(facts, inventory(staging), _archive(facts)))


def _close(staging: Path, facts: Facts, say: Say) -> None:
    """The sums of all files but itself, then the zip of all files, then the zip's own sum."""
    say("校验和与压缩包 / sums and the zip")
    _write(staging / SUMS, sums(inventory(staging)))
    names = [file.name for file in inventory(staging)]
    write_zip(staging / _archive(facts), staging, names, _archive(facts).removesuffix(".zip"))


def _archive(facts: Facts) -> str:
    return f"yusuan-{facts.version}.zip"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


# --- the folder ------------------------------------------------------------------------------------------------------


@contextmanager
def _staging(dist: Path, version: str) -> Iterator[Path]:
    """A folder beside the release's place, gone when the block ends unless it was moved into place."""
    dist.mkdir(parents=True, exist_ok=True)
    _sweep(dist)
    staging = Path(tempfile.mkdtemp(dir=dist, prefix=f".{version}.", suffix=".tmp"))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sweep(dist: Path) -> None:
    """Removes what killed runs left; an hour's age spares a run that is writing just now."""
    limit = time.time() - STALE_SECONDS
    for left in dist.glob(".*.tmp"):
        if left.is_dir() and left.stat().st_mtime < limit:
            shutil.rmtree(left, ignore_errors=True)


def _equal(one: Path, other: Path) -> bool:
    names = [sorted(path.relative_to(folder) for path in folder.rglob("*")) for folder in (one, other)]
    if names[0] != names[1]:
        return False
    files = (name for name in names[0] if (one / name).is_file())
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in files)


def _put(staging: Path, target: Path) -> None:
    """Moves the folder into place. A release that stands there steps aside first and is back if the move fails."""
    staging.chmod(0o755)
    if not target.exists():
        staging.rename(target)
        return
    aside = target.with_name(f".{target.name}.old.tmp")
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    try:
        staging.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside)
