"""The project tables' rows as ``projects``: one row a project and origin, with its money by fund."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, takewhile

from pipeline.normalize.model import Row
from pipeline.normalize.phrases import bare
from pipeline.normalize.subtotals import headings
from pipeline.normalize.words import vocabulary

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
    up the projects under it has its money in ``subtotal_amount`` and in no other column, so that columns add up. Rows
    that only part a project's money by economic item are none of their own: with a row of the project above them they
    are its parts, without one they are the project together.
    """
    rows = list(_together(list(_without_parts([_PrintedRow(facts) for facts in _by_row(lines)]))))
    projects = {id(row): _project(row) for row in rows if row.is_project}
    for total, under in _sections(rows):
        _mark_headings(total, [projects[id(row)] for row in under])
    for number, project in enumerate(projects.values(), start=1):
        project["project_id"] = f"p{number:03d}"
    return list(projects.values())


def only_fund(lines: Iterable[Row]) -> str | None:
    """The fund of all that the project tables print (一般公共预算项目支出预算表); None where they print more."""
    funds = {fact["fund"] for row in _by_row(lines) for fact in row}
    return next((fund for fund in FUND_COLUMNS if fund != "total" and funds == {fund}), None)


@dataclass(frozen=True, eq=False)
class _PrintedRow:
    """One row of a project table, or several summed: its figures, and where several are summed all their cells."""

    facts: list[Row]
    cells: list[object] = field(default_factory=list)

    @property
    def is_project(self) -> bool:
        """Whether it names a project: not only the subject of its code, and no sum of some of them (局机关小计)."""
        name = self.facts[0]["project_name"]
        is_sum = vocabulary().sums_of_some.fullmatch(bare(str(name))) is not None
        return bool(name) and name != self.facts[0]["subject_name"] and not is_sum

    @property
    def table_no(self) -> object:
        return self.facts[0]["table_no"]

    @property
    def money(self) -> tuple[Decimal, Decimal] | None:
        """Its total with half of the last printed place, if it prints one."""
        total = next((fact for fact in self.facts if fact["fund"] == "total"), None)
        return None if total is None else (sum_of([total], "amount"), sum_of([total], "half_unit"))

    def has_part(self, other: _PrintedRow) -> bool:
        """Whether another row names the same project of the same table and, which this does not, an economic item."""
        own, part = self.facts[0], other.facts[0]
        same = all(own[name] == part[name] for name in ("table_no", "project_name"))
        return same and bool(part.get("economic_name")) and not own.get("economic_name")

    def of_unit(self, unit: object) -> _PrintedRow:
        """This row as the unit's."""
        return _PrintedRow([{**fact, "unit_name": unit} for fact in self.facts])


@dataclass
class _Total:
    """A printed total; without figures where none is printed."""

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


def _without_parts(rows: Sequence[_PrintedRow]) -> Iterator[_PrintedRow]:
    """The rows, less those that part the money of the project above them by economic item and add up to it."""
    place = 0
    while place < len(rows):
        whole = rows[place]
        under = (rows[below] for below in range(place + 1, len(rows)))
        parts = list(takewhile(whole.has_part, under))
        units = {row.facts[0]["unit_name"] for row in parts}
        adds_up = whole.is_project and len(units) == 1 and _add_up(whole, parts)
        yield whole.of_unit(units.pop()) if adds_up else whole
        place += 1 + (len(parts) if adds_up else 0)


def _together(rows: Sequence[_PrintedRow]) -> Iterator[_PrintedRow]:
    """The rows, those one below another that are a unit's one project by economic item as one row."""
    for _, group in groupby(rows, _named):
        run = list(group)
        items = [row.facts[0].get("economic_name") for row in run]
        years = {fact["origin"] for row in run for fact in row.facts}
        is_one = len(run) > 1 and run[0].is_project and all(items) and len(set(items)) == len(items)
        yield from [_sum(run)] if is_one and len(years) == 1 else run


def _named(row: _PrintedRow) -> tuple[object, ...]:
    return tuple(row.facts[0][name] for name in ("table_no", "project_name", "unit_name"))


def _sum(rows: Sequence[_PrintedRow]) -> _PrintedRow:
    """One row of what several print in each column."""
    columns: dict[object, list[Row]] = {}
    for fact in (fact for row in rows for fact in row.facts):
        columns.setdefault(fact["column_no"], []).append(fact)
    cells = [fact["cell_id"] for row in rows for fact in row.facts]
    sums = [
        {**facts[-1], "amount": sum_of(facts, "amount"), "half_unit": sum_of(facts, "half_unit")}
        for _, facts in sorted(columns.items(), key=lambda each: int(str(each[0])))
    ]
    sums[0]["page"] = rows[0].facts[0]["page"]
    return _PrintedRow(sums, cells)


def _add_up(whole: _PrintedRow, parts: Sequence[_PrintedRow]) -> bool:
    money = [row.money for row in (whole, *parts)]
    known = [found for found in money if found is not None]
    rest = sum((amount for amount, _ in known[1:]), Decimal(0)) - known[0][0] if known else None
    return rest is not None and len(known) == len(money) and abs(rest) <= sum(half for _, half in known)


def _sections(rows: Iterable[_PrintedRow]) -> Iterator[tuple[_Total, list[_PrintedRow]]]:
    """The projects of each printed total: the unit's, or the table's, over them; or the table's only one, its last."""
    for _, group in groupby(rows, lambda row: row.table_no):
        table = list(group)
        if not table[-1].is_project and all(row.is_project for row in table[:-1]):
            yield _Total(table[-1].facts), table[:-1]
        else:
            yield from _under_totals(table)


def _under_totals(table: Iterable[_PrintedRow]) -> Iterator[tuple[_Total, list[_PrintedRow]]]:
    total, under = _Total(), list[_PrintedRow]()
    for row in table:
        if row.is_project:
            under.append(row)
        else:
            yield total, under
            total, under = _Total(row.facts), []
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


def _project(row: _PrintedRow) -> Row:
    facts = row.facts
    first, origin = facts[0], _origin(facts)
    project: Row = {
        "document_id": first["document_id"],
        "project_name": first["project_name"],
        "unit_name": first["unit_name"],
        "origin": origin,
        "first_page": first["page"],
        "last_page": facts[-1]["page"],
        "cell_ids": row.cells or [fact["cell_id"] for fact in facts],
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
