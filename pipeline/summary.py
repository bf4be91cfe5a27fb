"""What a build says at its end: how much was read, whether it closes and holds, and what did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.tables import ParquetParts

MOST_LINES = 20
PLACES = ("facts", "labels", "headers", "findings", "unread")


class SuiteResult(Protocol):
    """What validation says of one suite."""

    @property
    def table(self) -> str:
        """The table that the suite is about."""

    @property
    def success(self) -> bool:
        """Whether every expectation held."""

    @property
    def failures(self) -> Sequence[str]:
        """A line for each expectation that did not."""

    @property
    def warnings(self) -> Sequence[str]:
        """A line for each that did not, and need not."""


@dataclass(frozen=True)
class Summary:
    """Counts over all documents of a build.

    ``numbers`` are those printed inside tables, ``placed`` the ones that ended in a fact, label, header, finding or an
    unread table; ``digits`` and ``digits_in_cells`` compare the text layer with the cells. ``problems`` name the file,
    the page and what could not be read; ``suites`` says of every suite whether it held, ``suite_failures`` what did
    not. ``errata_elsewhere`` are documents that data/corrections.yaml speaks of and this build does not have.
    """

    documents: int
    unreadable: int
    pages: int
    tables: int
    tables_of_rule: int
    figures: int
    numbers: int
    placed: int
    digits: int
    digits_in_cells: int
    places: Mapping[str, int]
    checks: Mapping[str, int]
    infeasible: int
    findings: Mapping[str, int]
    problems: Sequence[str]
    suites: Mapping[str, bool] = field(default_factory=dict)
    suite_failures: Sequence[str] = ()
    suite_warnings: Sequence[str] = ()
    errata_elsewhere: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        """Whether every document could be read and every suite held: a build's exit code 0."""
        return not self.problems and not self.unreadable and all(self.suites.values())

    def with_suites(self, results: Sequence[SuiteResult]) -> Summary:
        """The summary with what the suites said."""
        return replace(
            self,
            suites={result.table: result.success for result in results},
            suite_failures=[f"{result.table}: {line}" for result in results for line in result.failures],
            suite_warnings=[f"{result.table}: {line}" for result in results for line in result.warnings],
        )

    def as_json(self) -> dict[str, object]:
        """The summary as plain values."""
        return asdict(self)

    @staticmethod
    def from_json(saved: Mapping[str, object]) -> Summary | None:
        """The summary that ``as_json`` gave; None when it is not one of this version."""
        return Summary(**saved) if set(saved) == {field.name for field in fields(Summary)} else None  # type: ignore[arg-type]


def summarise(data: Path) -> Summary:
    """Count what the dataset of the folder holds, from its Parquet files; the suites have not said anything yet."""
    from pipeline.schema import OUTCOMES, SEVERITIES  # noqa: PLC0415  (pyarrow: not for a build with nothing to do)

    documents = _totals(data, "documents", "page_count", "table_count")
    coverage = _totals(data, "coverage", *PLACES, "numbers", "digits_in_text_layer", "digits_in_cells")
    places = {place: coverage[place] for place in PLACES}
    pages, feasible = _count(data, "documents", "page_count"), _count(data, "documents", "jointly_feasible")
    return Summary(
        documents=pages.total(),
        unreadable=pages[0],
        pages=documents["page_count"],
        tables=_rows(data, "source_tables"),
        tables_of_rule=documents["table_count"],
        figures=_rows(data, "budget_lines"),
        numbers=coverage["numbers"],
        placed=sum(places.values()),
        digits=coverage["digits_in_text_layer"],
        digits_in_cells=coverage["digits_in_cells"],
        places=places,
        checks={outcome: count[outcome] for count in [_count(data, "checks", "outcome")] for outcome in OUTCOMES},
        infeasible=feasible[False],
        findings={word: count[word] for count in [_count(data, "findings", "severity")] for word in SEVERITIES},
        problems=_problems(data),
    )


def _problems(data: Path) -> list[str]:
    """What of the files could not be read: the findings of our own reading (verdict ``extraction``) that are errors."""
    names = {str(name): str(file) for name, file in _values(data, "documents", "document_id", "source_file")}
    rows = _values(data, "findings", "document_id", "severity", "verdict", "page", "explanation")
    return [
        f"{names.get(str(document_id), document_id)}{_on(page)}: {explanation}"
        for document_id, severity, verdict, page, explanation in rows
        if severity == "error" and verdict == "extraction"
    ]


def _on(page: object) -> str:
    return f" 第{page}页 p.{page}" if page else ""


def _parts(data: Path, table: str, *columns: str) -> ParquetParts:
    from pipeline.tables import ParquetParts  # noqa: PLC0415

    return ParquetParts(data / f"{table}.parquet", columns)


def _rows(data: Path, table: str) -> int:
    return sum(part.num_rows for part in _parts(data, table, "document_id"))


def _totals(data: Path, table: str, *columns: str) -> Counter[str]:
    """The sum of each column."""
    totals: Counter[str] = Counter()
    for part in _parts(data, table, *columns):
        totals.update({name: sum(part[name].drop_null().to_pylist()) for name in columns})
    return totals


def _count(data: Path, table: str, column: str) -> Counter[object]:
    """How often each value stands in the column."""
    counts: Counter[object] = Counter()
    for part in _parts(data, table, column):
        counts.update({each["values"]: each["counts"] for each in part[column].value_counts().to_pylist()})
    return counts


def _values(data: Path, table: str, *columns: str) -> Iterator[tuple[object, ...]]:
    for part in _parts(data, table, *columns):
        yield from zip(*(part[name].to_pylist() for name in columns), strict=True)


def text(summary: Summary, failures: Sequence[str] = ()) -> str:
    """The summary for a person: what failed first (``failures`` are faults of the run), then the counts."""
    problems = list(dict.fromkeys([*failures, *summary.problems]))
    lines = [
        *_limited(problems, "✗ "),
        *_limited(summary.suite_failures, "✗ 套件 suite "),
        *_limited(summary.suite_warnings, "! 套件 suite "),
        *_limited(summary.errata_elsewhere, "! corrections.yaml: 本次没有该文件 not in this build: "),
    ]
    return "\n".join([*lines, *(f"  {label}  {value}" for label, value in _counts(summary))])


def _limited(lines: Sequence[str], mark: str) -> list[str]:
    shown = [f"{mark}{line}" for line in lines[:MOST_LINES]]
    rest = len(lines) - MOST_LINES
    return [*shown, f"{mark}… 另有 {rest:,} 条 / and {rest:,} more"] if rest > 0 else shown


def _counts(summary: Summary) -> list[tuple[str, str]]:
    held = sum(summary.suites.values())
    unreadable = f"，不能打开 unreadable {summary.unreadable:,}" if summary.unreadable else ""
    closes = "闭合 closes" if summary.numbers == summary.placed else "不闭合 DOES NOT CLOSE"
    digits = f"数字位 digits {summary.digits_in_cells:,} / {summary.digits:,}"
    infeasible = f"; 联合不可行 jointly infeasible {summary.infeasible:,}" if summary.infeasible else ""
    return [
        ("文件 documents", f"{summary.documents:,}{unreadable}; 页 pages {summary.pages:,}"),
        ("表格 tables   ", f"{summary.tables:,}，其中规定表 of the rule {summary.tables_of_rule:,}"),
        ("数据 figures  ", f"{summary.figures:,}"),
        ("去向 numbers  ", f"{summary.placed:,} / {summary.numbers:,} {closes}: {_joined(summary.places)}; {digits}"),
        ("检验 checks   ", f"{sum(summary.checks.values()):,}: {_joined(summary.checks)}{infeasible}"),
        ("问题 findings ", f"{sum(summary.findings.values()):,}: {_joined(summary.findings)}"),
        ("套件 suites   ", f"{held} / {len(summary.suites)} 通过 hold"),
    ]


def _joined(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
