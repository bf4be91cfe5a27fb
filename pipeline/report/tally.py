"""Counts of one document from its rows of the published tables, and how counts add up.

One record, ``Tally``, holds the counts at every level. Arithmetic that must hold (``assert``) is counted apart from
``inferred`` and ``heuristic`` checks and from the completeness of the disclosure, so that no score mixes them (data
contract, ``checks``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import reduce
from operator import add

from pipeline.schema import COVERAGE

PLACES = ("facts", "labels", "headers", "findings", "unread")
GROUPS = ("assert", "inferred", "heuristic", "disclosure")
COUNT = "count_all"  # the column that tells how often a row occurs
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


def total(tallies: Iterable[Tally]) -> Tally:
    """The counts of all."""
    return reduce(add, tallies, Tally())


# --- what is counted -------------------------------------------------------------------------------------------------


def of_document(row: Mapping[str, object], expected: int, missing: int) -> Tally:
    """What its row in ``documents`` counts, and how many tables the rule ``expected`` and are ``missing``."""
    feasible, pages = row["jointly_feasible"], number(row["page_count"]) or 0
    return Tally(
        documents=1,
        unreadable=int(pages == 0),
        pages=pages,
        expected=expected,
        missing=missing,
        tables=number(row["table_count"]) or 0,
        figures=number(row["figure_count"]) or 0,
        feasible=int(feasible is True),
        infeasible=int(feasible is False),
        untested=int(feasible is None),
        unbound=number(row["figures_unbound"]) or 0,
        changes=number(row["digit_changes"]) or 0,
        noticed=number(row["digit_changes_noticed"]) or 0,
        last_changes=number(row["last_digit_changes"]) or 0,
        last_noticed=number(row["last_digit_changes_noticed"]) or 0,
    )


def of_checks(rows: list[Row]) -> Tally:
    """Its checks, so many (``COUNT``) of a scope, kind and outcome a row."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[group_of(row["scope"], row["kind"]), str(row["outcome"])] += number(row[COUNT]) or 0
    return Tally(checks=counts)


def of_findings(rows: list[Row]) -> Tally:
    """Its findings."""
    ours = sum(row["verdict"] == "extraction" for row in rows)
    return Tally(findings=Counter(str(row["severity"]) for row in rows), ours=ours)


def of_coverage(rows: list[Row]) -> Tally:
    """What became of the numbers on its pages."""
    counts = {name: [number(row[name]) or 0 for row in rows] for name in COVERAGE.names if name != "document_id"}
    return Tally(
        numbers=sum(counts["numbers"]),
        digits=sum(counts["digits_in_text_layer"]),
        digits_in_cells=sum(counts["digits_in_cells"]),
        places=Counter({place: sum(counts[place]) for place in PLACES}),
        not_closed=int(not all(page_closes(row) for row in rows)),
    )


def group_of(scope: object, kind: object) -> str:
    """Which of ``GROUPS`` a check belongs to: the disclosure's completeness apart, the rest by kind."""
    return "disclosure" if scope == "disclosure" else str(kind)


def page_closes(row: Row) -> bool:
    """Whether a page's numbers, and the digits of its text layer, are all accounted for (a row of ``coverage``)."""
    placed = sum(number(row[place]) or 0 for place in PLACES)
    return row["numbers"] == placed and row["digits_in_text_layer"] == row["digits_in_cells"]


def number(value: object) -> int | None:
    """The value where it is a whole number; None where there is none."""
    return value if isinstance(value, int) else None
