"""The indicators of a list of projects by the rows that they stand in, and the names that are no projects'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from pipeline.normalize.sheets.indicators import indicator_rows
from pipeline.normalize.sheets.listing import Group
from pipeline.normalize.sheets.records import IndicatorRow
from pipeline.normalize.sheets.runs import Sheet
from pipeline.schema import MONEY_UNITS

_HALF_PLACE = Decimal("0.005")  # of the unit: money is printed with two places
IndicatorRows = Mapping[tuple[int, int], Sequence[IndicatorRow]]
"""(table_no, row) → the indicators that stand in it: several where first levels stand side by side."""


def rows_by_place(run: Sequence[Sheet]) -> IndicatorRows:
    """The indicators of a list that may go on over several tables."""
    found: dict[tuple[int, int], list[IndicatorRow]] = {}
    for sheet in run:
        for row in indicator_rows(sheet.layout, sheet.plan):
            found.setdefault((sheet.grid.table_no, row.cell.row), []).append(row)
    return found


def rows_of(group: Group, rows: IndicatorRows) -> list[IndicatorRow]:
    """The indicators of one listed project, top to bottom."""
    return [row for place in group.rows for row in rows.get(place, ())]


def is_heading(place: int, found: Sequence[Group], rows: IndicatorRows) -> bool:
    """Whether a listed name is the unit's that its projects follow: nothing but the sum of their money beside it."""
    group, total = found[place], found[place].funds.get("total")
    if not total or _says_more(group, rows):
        return False
    below = [
        each.funds.get("total", Decimal(0)) for each in takewhile(lambda g: _says_more(g, rows), found[place + 1 :])
    ]
    return abs(sum(below, Decimal(0)) - total) <= (len(below) + 1) * _HALF_PLACE * MONEY_UNITS.get(group.unit or "", 1)


def _says_more(group: Group, rows: IndicatorRows) -> bool:
    """Whether a group has a goal or an indicator beside its money."""
    return bool(group.goal.text) or any(place in rows for place in group.rows)
