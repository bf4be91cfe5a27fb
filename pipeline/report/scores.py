"""The scoreboard over the published tables: per document, per place, in all; the counts themselves are ``tally``'s."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.report.expected import Expected, expected_tables
from pipeline.report.tally import (
    COUNT,
    Counts,
    Row,
    Tally,
    number,
    of_checks,
    of_coverage,
    of_document,
    of_findings,
    total,
)
from pipeline.schema import CHECKS, COVERAGE, DOCUMENTS, FINDINGS, SOURCE_TABLES
from pipeline.tables import Dataset

TABLES = (DOCUMENTS, SOURCE_TABLES, CHECKS, FINDINGS, COVERAGE)
UNREAD_TABLE = "unknown_table"


@dataclass(frozen=True)
class Gap:
    """Why tables may be missing: findings of one kind that say something was not read, and their pages."""

    code: str
    count: int
    pages: tuple[int, ...]


@dataclass(frozen=True)
class DocumentScore:
    """One document: what it is, which tables the rule asks and are missing, why that may be, and its counts.

    ``set_aside`` are titles and pages of the tables that were recognised as none of the rule (``other``).
    """

    document_id: str
    source_file: str
    publisher: str | None
    place: str
    fiscal_year: int | None
    document_type: str | None
    expected: tuple[Expected, ...]
    missing: tuple[Expected, ...]
    gaps: tuple[Gap, ...]
    set_aside: tuple[tuple[str, int], ...]
    tally: Tally


@dataclass(frozen=True)
class PlaceScore:
    """The documents of one place together; ``missing`` counts them by table_id."""

    place: str
    missing: Counts
    tally: Tally


@dataclass(frozen=True)
class Scoreboard:
    """Every document and every place, the worst first, and all together."""

    documents: tuple[DocumentScore, ...]
    places: tuple[PlaceScore, ...]
    total: Tally


def score(dataset: Dataset) -> Scoreboard:
    """The scoreboard of a dataset that holds at least ``TABLES``."""
    documents = sorted(_documents(dataset), key=lambda found: (_worst(found.tally), found.document_id))
    places = sorted(_places(documents), key=lambda place: (_worst(place.tally), place.place))
    return Scoreboard(tuple(documents), tuple(places), total(document.tally for document in documents))


def place_of(document_id: str, region_name: str | None) -> str:
    """The region as published or, where the pages do not say, what stands before the first ``-`` of the document_id."""
    return region_name or document_id.partition("-")[0]


def rows_by_document(table: pa.Table, columns: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of a table with these columns, by document_id, in the table's order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.select(list(dict.fromkeys(["document_id", *columns]))).to_pylist():
        found[row["document_id"]].append(row)
    return found


def _worst(tally: Tally) -> tuple[int, ...]:
    return tuple(-count for count in tally.badness)


def _places(documents: Sequence[DocumentScore]) -> Iterator[PlaceScore]:
    by_place: dict[str, list[DocumentScore]] = defaultdict(list)
    for document in documents:
        by_place[document.place].append(document)
    for place, members in by_place.items():
        missing = Counter(table.table_id for member in members for table in member.missing)
        yield PlaceScore(place, missing, total(member.tally for member in members))


def _documents(dataset: Dataset) -> Iterator[DocumentScore]:
    tables = rows_by_document(dataset["source_tables"], ["table_id", "printed_title", "first_page"])
    checks = rows_by_document(
        _counted(dataset["checks"], "scope", "kind", "outcome"), ["scope", "kind", "outcome", COUNT]
    )
    findings = rows_by_document(dataset["findings"], ["severity", "verdict", "code", "page"])
    coverage = rows_by_document(dataset["coverage"], COVERAGE.names)
    for row in dataset["documents"].to_pylist():
        key = row["document_id"]
        parts = (tables.get(key, []), checks.get(key, []), findings.get(key, []), coverage.get(key, []))
        yield _document(row, *parts)


def _counted(table: pa.Table, *columns: str) -> pa.Table:
    """How often each combination occurs in a document: checks are too many to be held as rows of Python."""
    return table.group_by(["document_id", *columns]).aggregate([([], COUNT)])


def _document(
    row: Mapping[str, object], tables: list[Row], checks: list[Row], findings: list[Row], coverage: list[Row]
) -> DocumentScore:
    document_id, region = str(row["document_id"]), row["region_name"]
    year, kind = number(row["fiscal_year"]), _text(row["document_type"])
    expected = expected_tables(kind, year)
    printed = {table["table_id"] for table in tables}
    missing = tuple(table for table in expected if table.table_id not in printed)
    return DocumentScore(
        document_id, str(row["source_file"]), _text(row["publisher"]), place_of(document_id, _text(region)), year, kind,
        expected, missing, tuple(_gaps(findings)), tuple(_set_aside(tables)),
        of_document(row, len(expected), len(missing)) + of_checks(checks) + of_findings(findings)
        + of_coverage(coverage),
    )  # fmt: skip


def _gaps(findings: list[Row]) -> Iterator[Gap]:
    """The findings that a missing table may hide behind: tables left unread, and errors of our own reading."""
    pages: dict[str, list[int | None]] = defaultdict(list)
    for row in findings:
        if row["code"] == UNREAD_TABLE or (row["verdict"] == "extraction" and row["severity"] == "error"):
            pages[str(row["code"])].append(number(row["page"]))
    for code, found in sorted(pages.items()):
        yield Gap(code, len(found), tuple(sorted({page for page in found if page is not None})))


def _set_aside(tables: list[Row]) -> Iterator[tuple[str, int]]:
    for row in tables:
        title, page = _text(row["printed_title"]), number(row["first_page"])
        if row["table_id"] == "other" and title is not None and page is not None:
            yield title, page


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
