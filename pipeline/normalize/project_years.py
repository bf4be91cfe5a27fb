"""A project's row whose columns part this year's money from what was carried over: one row of ``projects`` for each.

The contract has a project once an origin. Where all that a row prints is one year's, it is that year's row; where the
parts do not make up the printed total, nothing is parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.projects import COMPARISONS, FUND_COLUMNS, sum_of, whole_of
from pipeline.schema import FUND_PARTS

_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Year:
    """What a row prints of one year's money: by fund, with the half units of what is summed."""

    facts: Sequence[Row]
    by_fund: Mapping[str, tuple[Decimal, Decimal]]

    @property
    def whole(self) -> tuple[Decimal, Decimal]:
        """All of it, and half a unit: the printed sum, else that of the funds, none counted twice."""
        if "total" in self.by_fund:
            return self.by_fund["total"]
        within = {part for whole, parts in FUND_PARTS.items() if whole in self.by_fund for part in parts}
        own = [money for fund, money in self.by_fund.items() if fund not in within]
        return sum((amount for amount, _ in own), _ZERO), sum((half for _, half in own), _ZERO)

    def columns(self) -> Row:
        """The fund columns; sources of unit funds are those together, where no sum of theirs is printed."""
        found = dict(self.by_fund)
        sources = [found[part] for part in FUND_PARTS["unit_funds"] if part in found]
        if sources and "unit_funds" not in found:
            found["unit_funds"] = sum((a for a, _ in sources), _ZERO), sum((h for _, h in sources), _ZERO)
        return {column: found[fund][0] if fund in found else None for fund, column in FUND_COLUMNS.items()}


def by_year(projects: Iterable[Row], lines: Iterable[Row]) -> list[Row]:
    """The projects, those whose row parts its money by year once for each; ``lines`` are the document's.

    What was carried over has the row's own number and a ``c``; the columns of its sheet stay with the other one, or
    with what was carried over where that is all of it.
    """
    facts = {str(line["cell_id"]): line for line in lines if line["period"] not in COMPARISONS}
    return [row for project in projects for row in _parted(project, facts)]


def _parted(project: Row, facts: Mapping[str, Row]) -> list[Row]:
    cells = project["cell_ids"]
    own = [facts[cell] for cell in cells if cell in facts] if isinstance(cells, list) else []
    this, carried = _year(own, "current_year"), _year(own, "carryover")
    total = next((fact for fact in own if (fact["fund"], fact["origin"]) == ("total", "total")), None)
    if project.get("subtotal_amount") is not None or not (this.facts or carried.facts):
        return [project]
    if total is None:
        return _both(project, this, carried) if this.whole[0] and carried.whole[0] else [project]
    return _of_total(project, _money(total), this, carried)


def _of_total(project: Row, total: tuple[Decimal, Decimal], this: _Year, carried: _Year) -> list[Row]:
    """A row that prints a total: its years, where they make it up."""
    whole, half = total
    if not this.facts and not carried.whole[0]:
        return [{**project, "origin": "current_year"}]
    if abs(whole - this.whole[0] - carried.whole[0]) > half + this.whole[1] + carried.whole[1]:
        return [project]
    if not carried.whole[0]:
        return [{**project, **this.columns(), "origin": "current_year", "amount": whole}]
    if not this.whole[0]:
        return [{**project, **carried.columns(), "origin": "carryover", "amount": whole}]
    return _both(project, this, carried)


def _both(project: Row, this: _Year, carried: _Year) -> list[Row]:
    amounts = {"amount": this.whole[0], "half_unit": this.whole[1]}
    return [
        {**project, **this.columns(), **amounts, "origin": "current_year"},
        _carried_over(project, carried),
    ]


def _carried_over(project: Row, carried: _Year) -> Row:
    """What was carried over beside this year's money: the row's names and pages, and no sheet's columns."""
    return {
        **{name: project[name] for name in ("document_id", "project_name", "unit_name")},
        "project_id": f"{project['project_id']}c",
        "origin": "carryover",
        "first_page": carried.facts[0]["page"],
        "last_page": carried.facts[-1]["page"],
        "cell_ids": [fact["cell_id"] for fact in carried.facts],
        **carried.columns(),
        "amount": carried.whole[0],
        "half_unit": carried.whole[1],
    }


def _year(facts: Iterable[Row], origin: str) -> _Year:
    own = [fact for fact in facts if fact["origin"] == origin and isinstance(fact["amount"], Decimal)]
    of_fund: dict[str, list[Row]] = {}
    for fact in own:
        of_fund.setdefault(str(fact["fund"]), []).append(fact)
    wholes = {fund: whole_of(found) for fund, found in of_fund.items()}
    return _Year(own, {fund: _together(found) for fund, found in wholes.items()})


def _together(facts: Sequence[Row]) -> tuple[Decimal, Decimal]:
    """What facts add up to, and half a unit of those that are any money: a dash is exactly none."""
    return sum_of(facts, "amount"), sum_of([fact for fact in facts if fact["amount"]], "half_unit")


def _money(fact: Row) -> tuple[Decimal, Decimal]:
    return sum_of([fact], "amount"), sum_of([fact], "half_unit")
