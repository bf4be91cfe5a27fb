"""Counts over the published tables: per document, per place, in all.

One record, ``Tally``, holds the counts at every level, and tallies add up. Arithmetic that must hold (``assert``) is
counted apart from ``inferred`` and ``heuristic`` checks and from the completeness of the disclosure, so that no score
mixes them (data contract, ``checks``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import reduce
from operator import add

import pyarrow as pa

from pipeline.report.expected import Expected, expected_tables
from pipeline.schema import CHECKS, COVERAGE, DOCUMENTS, FINDINGS, SOURCE_TABLES
from pipeline.tables import Dataset

TABLES = (DOCUMENTS, SOURCE_TABLES, CHECKS, FINDINGS, COVERAGE)
GROUPS = ("assert", "inferred", "heuristic", "disclosure")
PLACES = ("facts", "labels", "headers", "findings", "unread")
UNREAD_TABLE = "unknown_table"
_COUNT = "count_all"
Row = Mapping[str, object]
Counts = Mapping[str, int]
CheckCounts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Tally:
    """Counts of one or more documents.

    ``numbers`` are those printed inside tables, ``places`` what became of them; ``not_closed`` counts the documents in
    which a page's numbers, or its digits, are not all accounted for. ``checks`` are by group (``GROUPS``) and outcome,
    ``findings`` by severity; ``ours`` are the findings whose verdict is ``extraction``. ``changes`` are those of one
    digit, everywhere in the figures, ``noticed`` the ones that an identity notices, ``last_`` those of the last printed
    digit; ``unbound`` figures stand in no identity.
    """

    documents: int = 0
    unreadable: int = 0
    pages: int = 0
    expected: int = 0
    missing: int = 0
    tables: int = 0
    figures: int = 0
    numbers: int = 0
    digits: int = 0
    digits_in_cells: int = 0
    not_closed: int = 0
    feasible: int = 0
    infeasible: int = 0
    untested: int = 0
    ours: int = 0
    unbound: int = 0
    changes: int = 0
    noticed: int = 0
    last_changes: int = 0
    last_noticed: int = 0
    places: Counts = field(default_factory=Counter)
    checks: CheckCounts = field(default_factory=Counter)
    findings: Counts = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        """The counts of both."""
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @property
    def found(self) -> int:
        """Tables of the rule that were found, of those ``expected``."""
        return self.expected - self.missing

    @property
    def left_over(self) -> int:
        """Numbers that became neither fact, label nor header."""
        return self.numbers - sum(self.places.get(place, 0) for place in ("facts", "labels", "headers"))

    def outcome(self, group: str, outcome: str) -> int:
        """Checks of that group with that outcome."""
        return self.checks.get((group, outcome), 0)

    def held(self, group: str) -> int:
        """Checks of the group that hold, exactly or within rounding."""
        return self.outcome(group, "exact") + self.outcome(group, "within_rounding")

    def decided(self, group: str) -> int:
        """Checks of the group that hold or fail: neither blocked nor without figures."""
        return self.held(group) + self.outcome(group, "fails")

    @property
    def changes_above(self) -> int:
        """Changes of a digit above the last printed one."""
        return self.changes - self.last_changes

    @property
    def noticed_above(self) -> int:
        """Of those, the ones that an identity notices."""
        return self.noticed - self.last_noticed

    @property
    def badness(self) -> tuple[int, ...]:
        """What sorts the worst last: what is not read weighs more than what does not hold, that more than warnings."""
        return (
            self.unreadable, self.missing, self.not_closed, self.outcome("assert", "fails"), self.infeasible,
            self.findings.get("error", 0), self.ours, self.findings.get("warning", 0), self.left_over,
        )  # fmt: skip


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
    return Scoreboard(tuple(documents), tuple(places), _sum(document.tally for document in documents))


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


def _sum(tallies: Iterable[Tally]) -> Tally:
    return reduce(add, tallies, Tally())


def _places(documents: Sequence[DocumentScore]) -> Iterator[PlaceScore]:
    by_place: dict[str, list[DocumentScore]] = defaultdict(list)
    for document in documents:
        by_place[document.place].append(document)
    for place, members in by_place.items():
        missing = Counter(table.table_id for member in members for table in member.missing)
        yield PlaceScore(place, missing, _sum(member.tally for member in members))


def _documents(dataset: Dataset) -> Iterator[DocumentScore]:
    tables = rows_by_document(dataset["source_tables"], ["table_id", "printed_title", "first_page"])
    checks = rows_by_document(
        _counted(dataset["checks"], "scope", "kind", "outcome"), ["scope", "kind", "outcome", _COUNT]
    )
    findings = rows_by_document(dataset["findings"], ["severity", "verdict", "code", "page"])
    coverage = rows_by_document(dataset["coverage"], COVERAGE.names)
    for row in dataset["documents"].to_pylist():
        key = row["document_id"]
        parts = (tables.get(key, []), checks.get(key, []), findings.get(key, []), coverage.get(key, []))
        yield _document(row, *parts)


def _counted(table: pa.Table, *columns: str) -> pa.Table:
    """How often each combination occurs in a document: checks are too many to be held as rows of Python."""
    return table.group_by(["document_id", *columns]).aggregate([([], _COUNT)])


def _document(
    row: Mapping[str, object], tables: list[Row], checks: list[Row], findings: list[Row], coverage: list[Row]
) -> DocumentScore:
    document_id, region = str(row["document_id"]), row["region_name"]
    year, kind = _number(row["fiscal_year"]), _text(row["document_type"])
    expected = expected_tables(kind, year)
    printed = {table["table_id"] for table in tables}
    missing = tuple(table for table in expected if table.table_id not in printed)
    return DocumentScore(
        document_id, str(row["source_file"]), _text(row["publisher"]), place_of(document_id, _text(region)), year, kind,
        expected, missing, tuple(_gaps(findings)), tuple(_set_aside(tables)),
        _of_document(row, len(expected), len(missing)) + _of_checks(checks) + _of_findings(findings)
        + _of_coverage(coverage),
    )  # fmt: skip


def _of_document(row: Mapping[str, object], expected: int, missing: int) -> Tally:
    feasible, pages = row["jointly_feasible"], _number(row["page_count"]) or 0
    return Tally(
        documents=1,
        unreadable=int(pages == 0),
        pages=pages,
        expected=expected,
        missing=missing,
        tables=_number(row["table_count"]) or 0,
        figures=_number(row["figure_count"]) or 0,
        feasible=int(feasible is True),
        infeasible=int(feasible is False),
        untested=int(feasible is None),
        unbound=_number(row["figures_unbound"]) or 0,
        changes=_number(row["digit_changes"]) or 0,
        noticed=_number(row["digit_changes_noticed"]) or 0,
        last_changes=_number(row["last_digit_changes"]) or 0,
        last_noticed=_number(row["last_digit_changes_noticed"]) or 0,
    )


def group_of(scope: object, kind: object) -> str:
    """Which of ``GROUPS`` a check belongs to: the disclosure's completeness apart, the rest by kind."""
    return "disclosure" if scope == "disclosure" else str(kind)


def _of_checks(rows: list[Row]) -> Tally:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[group_of(row["scope"], row["kind"]), str(row["outcome"])] += _number(row[_COUNT]) or 0
    return Tally(checks=counts)


def _of_findings(rows: list[Row]) -> Tally:
    ours = sum(row["verdict"] == "extraction" for row in rows)
    return Tally(findings=Counter(str(row["severity"]) for row in rows), ours=ours)


def _of_coverage(rows: list[Row]) -> Tally:
    counts = {name: [_number(row[name]) or 0 for row in rows] for name in COVERAGE.names if name != "document_id"}
    return Tally(
        numbers=sum(counts["numbers"]),
        digits=sum(counts["digits_in_text_layer"]),
        digits_in_cells=sum(counts["digits_in_cells"]),
        places=Counter({place: sum(counts[place]) for place in PLACES}),
        not_closed=int(not all(page_closes(row) for row in rows)),
    )


def page_closes(row: Row) -> bool:
    """Whether a page's numbers, and the digits of its text layer, are all accounted for (a row of ``coverage``)."""
    placed = sum(_number(row[place]) or 0 for place in PLACES)
    return row["numbers"] == placed and row["digits_in_text_layer"] == row["digits_in_cells"]


def _gaps(findings: list[Row]) -> Iterator[Gap]:
    """The findings that a missing table may hide behind: tables left unread, and errors of our own reading."""
    pages: dict[str, list[int | None]] = defaultdict(list)
    for row in findings:
        if row["code"] == UNREAD_TABLE or (row["verdict"] == "extraction" and row["severity"] == "error"):
            pages[str(row["code"])].append(_number(row["page"]))
    for code, found in sorted(pages.items()):
        yield Gap(code, len(found), tuple(sorted({page for page in found if page is not None})))


def _set_aside(tables: list[Row]) -> Iterator[tuple[str, int]]:
    for row in tables:
        title, page = _text(row["printed_title"]), _number(row["first_page"])
        if row["table_id"] == "other" and title is not None and page is not None:
            yield title, page


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
