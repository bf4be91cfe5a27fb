"""One document of a build as the quality report tells it: its findings with their cells, and its checks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.cutouts import Box
from pipeline.report.scores import TABLES as SCORED
from pipeline.report.scores import DocumentScore, rows_by_document
from pipeline.report.tally import Row, group_of, page_closes
from pipeline.report.words import both_languages
from pipeline.schema import CELLS, SEVERITIES, Table
from pipeline.tables import Dataset

TABLES: tuple[Table, ...] = (*SCORED, CELLS)
_FINDING = ("finding_id", "check_id", "severity", "verdict", "code", "explanation", "page", "cell_ids")
_CHECK = ("check_id", "family", "scope", "kind", "statement", "left", "right", "difference", "tolerance", "outcome")
_TOLD = ("within_rounding", "fails", "blocked")
_COUNT = "count_all"
_QUOTED = re.compile(r"“(.*?)”|《(.*?)》")
_DECIMAL = re.compile(r"\d[\d,]*\.\d+%?")
_SHORTEST = 4  # characters: shorter ones stand in many places of a page


@dataclass(frozen=True)
class Place:
    """Where on a page something stands; without boxes the page is all that is known."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Finding:
    """A row of ``findings``: its explanation in two languages, and the pages where it stands, its own page first."""

    finding_id: str
    check_id: str | None
    severity: str
    verdict: str
    code: str
    zh: str
    en: str
    places: tuple[Place, ...]

    @property
    def quoted(self) -> list[str]:
        """What the explanation quotes, the longest first: texts to look for on a page when no cell is named.

        Titles and phrases in quotation marks, then numbers with decimals; a number stands for itself only whole.
        """
        texts = [text for pair in _QUOTED.findall(self.zh) for text in pair if len(text) >= _SHORTEST]
        return [*sorted(texts, key=len, reverse=True), *_DECIMAL.findall(self.zh)]


@dataclass(frozen=True)
class Check:
    """A row of ``checks``; amounts in yuan."""

    check_id: str
    family: str
    group: str
    statement: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    tolerance: Decimal | None
    outcome: str


@dataclass(frozen=True)
class Family:
    """The checks of one identity family: its group and scope, one of its statements, and how many had which outcome."""

    family: str
    group: str
    scope: str
    statement: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True)
class Printed:
    """A row of ``source_tables``."""

    table_id: str
    title: str | None
    first_page: int
    last_page: int
    state: str


@dataclass(frozen=True)
class DocumentRecord:
    """One document: its row of ``documents``, its score, tables, findings (gravest first), checks, families.

    ``checks`` are those that are told one by one: within rounding, failing, blocked. ``open_pages`` are the pages on
    which the count of numbers does not close.
    """

    row: Row
    score: DocumentScore
    tables: tuple[Printed, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    families: tuple[Family, ...]
    open_pages: tuple[int, ...]

    def told(self, outcome: str, *groups: str) -> list[Check]:
        """The checks with that outcome in one of these groups."""
        return [check for check in self.checks if check.outcome == outcome and check.group in groups]


def records(dataset: Dataset, scores: Sequence[DocumentScore]) -> Iterator[DocumentRecord]:
    """The documents of a dataset that holds at least ``TABLES``, in the order of the scores."""
    rows = {row["document_id"]: row for row in dataset["documents"].to_pylist()}
    tables = rows_by_document(
        dataset["source_tables"], ["table_id", "printed_title", "first_page", "last_page", "state"]
    )
    findings = rows_by_document(dataset["findings"], _FINDING)
    checks = rows_by_document(_told(dataset["checks"]), _CHECK)
    families = _families(dataset["checks"])
    coverage = rows_by_document(dataset["coverage"], dataset["coverage"].column_names)
    boxes = _boxes(dataset)
    for score in scores:
        key = score.document_id
        yield DocumentRecord(
            rows[key],
            score,
            tuple(_printed(row) for row in tables.get(key, [])),
            tuple(_finding(row, boxes) for row in sorted(findings.get(key, []), key=_gravity)),
            tuple(_check(row) for row in checks.get(key, [])),
            families.get(key, ()),
            tuple(row["page"] for row in coverage.get(key, []) if not page_closes(row)),  # type: ignore[misc]
        )


def _gravity(row: Row) -> tuple[int, int, str]:
    page = row["page"]
    return SEVERITIES.index(str(row["severity"])), page if isinstance(page, int) else 0, str(row["finding_id"])


def _told(checks: pa.Table) -> pa.Table:
    return checks.filter(pc.is_in(checks["outcome"], pa.array(_TOLD)))


def _boxes(dataset: Dataset) -> dict[str, tuple[int, Box]]:
    """Page and box of every cell that a finding names."""
    cells = dataset["cells"]
    wanted = pc.unique(pc.list_flatten(dataset["findings"]["cell_ids"]))
    named = cells.filter(pc.is_in(cells["cell_id"], wanted)).select(["cell_id", "page", "x0", "y0", "x1", "y1"])
    return {row["cell_id"]: (row["page"], Box(row["x0"], row["y0"], row["x1"], row["y1"])) for row in named.to_pylist()}


def _finding(row: Mapping[str, object], boxes: Mapping[str, tuple[int, Box]]) -> Finding:
    zh, en = both_languages(str(row["explanation"]))
    return Finding(
        str(row["finding_id"]), _text(row["check_id"]), str(row["severity"]), str(row["verdict"]), str(row["code"]),
        zh, en, tuple(_places(row["page"], row["cell_ids"], boxes)),
    )  # fmt: skip


def _places(page: object, cell_ids: object, boxes: Mapping[str, tuple[int, Box]]) -> Iterator[Place]:
    """The finding's own page first, then the other pages that its cells stand on."""
    by_page: dict[int, list[Box]] = defaultdict(list)
    for cell_id in cell_ids if isinstance(cell_ids, list) else []:
        if cell_id in boxes and None not in vars(boxes[cell_id][1]).values():
            by_page[boxes[cell_id][0]].append(boxes[cell_id][1])
    if isinstance(page, int):
        yield Place(page, tuple(by_page.pop(page, ())))
    for other, found in sorted(by_page.items()):
        yield Place(other, tuple(found))


def _check(row: Mapping[str, object]) -> Check:
    return Check(
        str(row["check_id"]), str(row["family"]), group_of(row["scope"], row["kind"]), str(row["statement"]),
        _decimal(row["left"]), _decimal(row["right"]), _decimal(row["difference"]), _decimal(row["tolerance"]),
        str(row["outcome"]),
    )  # fmt: skip


def _printed(row: Mapping[str, object]) -> Printed:
    first, last = row["first_page"], row["last_page"]
    assert isinstance(first, int)
    assert isinstance(last, int)
    return Printed(str(row["table_id"]), _text(row["printed_title"]), first, last, str(row["state"]))


def _families(checks: pa.Table) -> dict[str, tuple[Family, ...]]:
    """The families of each document, in the order of their names."""
    keys = ["document_id", "family", "scope", "kind", "outcome"]
    counted = checks.group_by(keys).aggregate([([], _COUNT), ("statement", "min")]).to_pylist()
    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in counted:
        parts[row["document_id"], row["family"]].append(row)
    found: dict[str, list[Family]] = defaultdict(list)
    for document_id, family in sorted(parts):
        found[document_id].append(_family(family, parts[document_id, family]))
    return {document_id: tuple(families) for document_id, families in found.items()}


def _family(family: str, rows: Sequence[Row]) -> Family:
    outcomes: Counter[str] = Counter()
    for row in rows:
        count = row[_COUNT]
        outcomes[str(row["outcome"])] += count if isinstance(count, int) else 0
    # The gravest group speaks for a family whose later readings only infer.
    group = min((group_of(row["scope"], row["kind"]) for row in rows), key=_GROUP_ORDER.index)
    statement = min(str(row["statement_min"]) for row in rows)
    return Family(family, group, str(rows[0]["scope"]), statement, outcomes)


_GROUP_ORDER = ("assert", "inferred", "heuristic", "disclosure")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
