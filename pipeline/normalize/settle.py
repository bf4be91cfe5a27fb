"""The contract's settled cases: which side, fund, type, origin and period a figure has where the page leaves it open.

Every rule here is one of the data contract's ("budget_lines", "Settled cases"); what a phrase means is vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.normalize.blocks import Block
from pipeline.normalize.calendars import Calendar
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.labels.label import Label
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.model import Row
from pipeline.normalize.words import vocabulary

TWO_SIDED = frozenset(
    {"budget_summary", "appropriation_summary", "state_capital_budget", "government_fund_expenditure"}
)
SIDES_IN_COLUMNS = TWO_SIDED | {"general_budget_expenditure"}  # 年初结转和结余 | 本年收入 | 本年支出 of final accounts
REVENUE = frozenset({"revenue_summary", "government_fund_revenue"})
PROJECTS = frozenset({"projects", "projects_carryover"})
ITEMS_OVER_COLUMNS = frozenset({"three_public_expenses", "agency_operating_expenses"})
BY_SUBJECT = TWO_SIDED | REVENUE | {"expenditure_summary", "general_budget_expenditure"}

_FUNDS = {
    "general_budget_expenditure": "general_public_budget",
    "basic_expenditure": "general_public_budget",
    "government_fund_revenue": "government_fund",
    "government_fund_expenditure": "government_fund",
    "state_capital_budget": "state_capital",
}
_WHOLES = {"appropriation_summary": "fiscal_appropriation"}  # all the money of a table: no fund of its own in it
_TYPES = {"basic_expenditure": "basic", "projects": "project", "projects_carryover": "project"}
_ORIGINS = {"projects": "current_year", "projects_carryover": "carryover"}


_CLASSES = {"state_capital_budget": "223"}  # a table of one functional class, which it need not print
BY_ECONOMIC_ITEM = frozenset({"basic_expenditure", "agency_operating_expenses"})


@dataclass(frozen=True)
class Line:
    """One row of one block: what its label says, its side, its own origin, and the unit that it belongs to.

    ``rows_carry_over``: rows of the table name money that was carried over; one that names none is of all years.
    """

    table_id: str
    block: Block
    label: Label
    side: str
    origin: str
    unit: str | None
    title_fund: str | None = None
    title_origin: str | None = None
    rows_carry_over: bool = False


def side_of_block(table_id: str, block: Block, place: int, count: int) -> str:
    """Which side a block is on: the table's, its own headings', or its place (revenue stands left)."""
    if table_id in REVENUE:
        return "revenue"
    if table_id not in TWO_SIDED:
        return "expenditure"
    if block.side:
        return block.side
    return "revenue" if count > 1 and place == 0 else "expenditure"


def opened(table_id: str) -> dict[str, str]:
    """The codes by scheme that a table opens by itself: names without a code are looked up below them."""
    return {"subject": _CLASSES[table_id]} if table_id in _CLASSES else {}


def side_of(line: Line, column: Meaning) -> str:
    """The side of a figure: in a table of both sides its column may say another than its block."""
    return column.side if line.table_id in SIDES_IN_COLUMNS and column.side else line.side


def fund_of(line: Line, column: Meaning) -> str:
    """The table's fund whatever the column says, else the column's, else the row's.

    Only a table that spreads several funds over its columns is of none: it stands in for the one of the rule.
    A column of an appropriation table that says 财政拨款 names the table's whole: its rows say which fund, if any.
    Else the fund that the table's title names is that of all figures whose column says no other.
    """
    if line.table_id in _FUNDS and not line.block.spreads_funds:
        return _FUNDS[line.table_id]
    if line.title_fund and column.fund in (None, "total", "fiscal_appropriation"):
        return line.title_fund
    said = None if column.fund == _WHOLES.get(line.table_id) else column.fund
    row = line.label.meaning.fund
    if line.label.is_carryover and row == _WHOLES.get(line.table_id):
        row = None  # 上年财政拨款结转 of that table is all of its carry-over
    fund = said or row or "total"
    if fund == "other_funds":
        return "unit_funds" if line.table_id in PROJECTS else "other_revenue"
    return fund


def type_of(line: Line, column: Meaning, side: str) -> str | None:
    """The column's type, else the row's, else the table's; revenue has none but what its column says it pays for."""
    if side == "revenue":
        return column.expenditure_type if line.table_id in SIDES_IN_COLUMNS else None
    said = None if line.label.is_of_all else column.expenditure_type
    return said or line.label.meaning.expenditure_type or _TYPES.get(line.table_id, "total")


def origin_of(line: Line, column: Column) -> str:
    """The column's word, the row's, the title's, then the table's; a table that knows no carry-over has ``total``."""
    said = column.meaning
    if said.origin and (said.origin == "carryover" or line.block.has_carryover_column):
        return said.origin
    if said.fund and line.block.carries_beside(column):
        return "current_year"  # a fund column beside a 上年结转 column
    if line.origin != "total":
        return line.origin
    if line.title_origin:
        return line.title_origin
    of_all = line.rows_carry_over or line.block.takes_in_carryover(column)
    return "total" if of_all else _ORIGINS.get(line.table_id, "total")


def rows_tell_origin(labels: Iterable[Label]) -> bool:
    """Whether rows name the carry-over, or what they add up to is this year's by its own words (本年收入合计)."""
    return any(label.is_carryover or (label.is_total and label.meaning.origin == "current_year") for label in labels)


def origin_of_row(label: Label, state: str) -> str:
    """Origin of a revenue row in a table whose rows tell it; ``state`` is what the rows above opened."""
    if label.is_total and not label.is_carryover:
        return label.meaning.origin or "total"
    return label.meaning.origin or state


def sums_of_current_year(labels: Mapping[int, Label]) -> frozenset[int]:
    """The row that adds up this year's revenue without saying so: 小计 above the carry-over, with a total below it."""
    carried = max((number for number, label in labels.items() if label.is_carryover), default=0)
    totals = {number: label for number, label in labels.items() if label.is_total}
    grand = vocabulary().grand
    adds = [n for n, label in totals.items() if not label.meaning.origin and not grand.search(label.item or "")]
    before = [number for number in adds if number < carried]
    return frozenset(before[-1:] if any(number > carried for number in totals) else ())


def period_of(line: Line, column: Meaning, calendar: Calendar) -> str:
    """The row's year against the document's or its own period, else the column's, else what the document is."""
    year, said = line.label.year, line.label.period
    if said in ("change", "change_percent"):
        return said
    if year and calendar.fiscal_year and year < calendar.fiscal_year:
        return "prior_execution" if said == "final" else "prior_budget"
    if said:
        return said
    return column.period or ("final" if calendar.is_final else "budget")


def without_levels(table_id: str, rows: Iterable[Row]) -> list[Row]:
    """The facts of one table; where its rows are economic items and no functional subjects, its totals are no
    subjects': 一般公共预算支出表（按经济分类）. A summary's total is that of both its sides whatever it lists."""
    rows = list(rows)
    if table_id not in BY_SUBJECT - TWO_SIDED:
        return rows
    by_item = any(row["economic_code"] or row["government_economic_code"] for row in rows)
    if not by_item or any(row["subject_code"] for row in rows):
        return rows
    return [{**row, "subject_level": None} for row in rows]


def level_of(line: Line, side: str) -> str | None:
    """Level of a functional row; ``total`` only where a table's rows are functional subjects."""
    by_subject = line.table_id in BY_SUBJECT and (side == "expenditure" or line.table_id not in TWO_SIDED)
    if line.label.is_total and by_subject:
        return "total"
    return line.label.subject_level
