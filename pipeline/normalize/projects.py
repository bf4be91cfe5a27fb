"""The project tables' rows as ``projects``: one row a project and origin, with its money by fund."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.subtotals import headings

FUND_COLUMNS = {
    "total": "amount",
    "general_public_budget": "general_public_budget_amount",
    "government_fund": "government_fund_amount",
    "state_capital": "state_capital_amount",
    "special_account": "special_account_amount",
    "unit_funds": "unit_funds_amount",
}
COMPARISONS = ("prior_budget", "prior_execution", "change", "change_percent")  # periods that are no money of this year


def projects_of(lines: Iterable[Row]) -> list[Row]:
    """Project rows from the budget lines of the project tables, in printed order.

    ``amount`` is the row's printed total; where a table has no total column, its one fund column. A heading that adds
    up the projects under it has its money in ``subtotal_amount`` and in no other column, so that columns add up.
    """
    rows = [_PrintedRow(facts) for facts in _by_row(lines)]
    projects = {id(row): _project(row.facts) for row in rows if row.is_project}
    for total, under in _sections(rows):
        _mark_headings(total, [projects[id(row)] for row in under])
    for number, project in enumerate(projects.values(), start=1):
        project["project_id"] = f"p{number:03d}"
    return list(projects.values())


@dataclass(frozen=True, eq=False)
class _PrintedRow:
    """One row of a project table: its figures."""

    facts: list[Row]

    @property
    def is_project(self) -> bool:
        """Whether it names a project, and not only the subject of its code."""
        name = self.facts[0]["project_name"]
        return bool(name) and name != self.facts[0]["subject_name"]

    @property
    def table_no(self) -> object:
        return self.facts[0]["table_no"]


@dataclass
class _Total:
    """A printed total and what it is the total of: the rows up to the next total."""

    facts: list[Row] = field(default_factory=list)

    def amount(self, origin: object) -> Decimal | None:
        found = (fact["amount"] for fact in self.facts if fact["fund"] == "total" and fact["origin"] == origin)
        return next((amount for amount in found if isinstance(amount, Decimal)), None)


def _by_row(lines: Iterable[Row]) -> Iterable[list[Row]]:
    rows: dict[tuple[object, object], list[Row]] = {}
    for line in lines:
        if line["table_id"] in ("projects", "projects_carryover") and line["period"] not in COMPARISONS:
            rows.setdefault((line["table_no"], line["row_no"]), []).append(line)
    return rows.values()


def _sections(rows: Iterable[_PrintedRow]) -> Iterator[tuple[_Total, list[_PrintedRow]]]:
    """The projects under each printed total (the unit's, or the table's)."""
    total, under, table_no = _Total(), list[_PrintedRow](), object()
    for row in rows:
        if row.table_no != table_no or not row.is_project:
            yield total, under
            total, under, table_no = _Total([] if row.is_project else row.facts), [], row.table_no
        if row.is_project:
            under.append(row)
    yield total, under


def _mark_headings(total: _Total, projects: list[Row]) -> None:
    """Give the headings among the projects under one total their money as a subtotal (changes the rows)."""
    amounts = [amount for project in projects if isinstance(amount := project.get("amount"), Decimal)]
    known = total.amount(projects[0]["origin"]) if projects else None
    if known is None or len(amounts) < len(projects):
        return
    halves = [half for project in projects if isinstance(half := project.get("half_unit"), Decimal)]
    for place in headings(amounts, known, max(halves, default=Decimal(0))) or ():
        project = projects[place]
        project["subtotal_amount"] = project["amount"]
        project.update(dict.fromkeys(FUND_COLUMNS.values()))


def _project(facts: list[Row]) -> Row:
    first, origin = facts[0], _origin(facts)
    project: Row = {
        "document_id": first["document_id"],
        "project_name": first["project_name"],
        "unit_name": first["unit_name"],
        "origin": origin,
        "first_page": first["page"],
        "last_page": facts[-1]["page"],
        "cell_ids": [fact["cell_id"] for fact in facts],
    }
    for fund, column in FUND_COLUMNS.items():
        chosen = [fact for fact in facts if fact["fund"] == fund and fact["origin"] == origin]
        if chosen:
            whole = whole_of(chosen)
            project[column] = sum_of(whole, "amount")
            project.setdefault("half_unit", sum_of(whole, "half_unit"))  # the total's, which comes first
    if "amount" not in project and len(facts) == 1:
        project |= {"amount": first["amount"], "half_unit": first["half_unit"]}
    return project


def whole_of(facts: list[Row]) -> list[Row]:
    """The figures that make up one fund: its 小计 alone where the columns after it are the parts that it adds up."""
    first, rest = facts[:1], facts[1:]
    return first if rest and sum_of(first, "amount") == sum_of(rest, "amount") else facts


def sum_of(facts: Iterable[Row], column: str) -> Decimal:
    """The sum of a column of decimals."""
    return sum((value for fact in facts if isinstance(value := fact[column], Decimal)), Decimal(0))


def _origin(facts: list[Row]) -> object:
    """The origin of the row's total, else of its first figure."""
    return next((fact["origin"] for fact in facts if fact["fund"] == "total"), facts[0]["origin"])
