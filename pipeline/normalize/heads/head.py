"""A table's head as a whole: how deep it is, each column's headings, and what the columns say of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.heads.amount_columns import Manner, amount_column
from pipeline.normalize.heads.columns import Column, Head, column_heading
from pipeline.normalize.heads.depth import cells_between, is_column_number, is_filler_row, last_header_row
from pipeline.normalize.heads.label_columns import label_column
from pipeline.normalize.heads.parts import OTHERS, UNIT_FUNDS, is_whole, read_fund_parts, read_type_parts, rest_of_funds
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain
from pipeline.normalize.words import vocabulary
from pipeline.schema import FUND_PARTS

_NO_HEADING = "（无标题 no heading）"


def read_head(grid: Grid, preface: int, calendar: Calendar, *, items_over_columns: bool) -> Head:
    """The head of a table whose first ``preface`` rows belong to its heading."""
    top = preface + 1
    last = last_header_row(grid, top)
    told_apart = grid.method != "aligned"  # without rules two columns' headings may have run together
    manner = Manner(calendar, items_over_columns, told_apart)
    columns = []
    for number in sorted({cell.column for cell in grid.cells if cell.text and cell.row >= top}):  # no spacer between
        path = _path(grid, number, top, last)
        columns.append(label_column(grid, number, path, last) or amount_column(number, path, manner))
    named = any(column.role == "project_name" for column in columns)
    columns = [_content(column, named=named) for column in read_type_parts(columns, manner)]
    columns = read_fund_parts(list(map(_part_of_fund, columns, _wholes(columns))))
    columns = _beside_others(columns, (rest_of_funds, _rest_of_carried, _sum_of_several, _from_above))
    if not told_apart:
        columns = _beside_others(columns, (_unclear,))
    cut = _under_cut_groups(grid, top, last)
    columns = [_without_group(column) if column.number in cut else column for column in columns]
    columns = _without_other_years(columns, calendar)
    columns = _beside_others(columns, (_beside_first_budget, _beside_this_year, _carried_in, _of_this_year))
    return Head(last, tuple(columns))


def _beside_others(
    columns: Sequence[Column], rules: Iterable[Callable[[Column, Sequence[Column]], Column]]
) -> list[Column]:
    """The columns of figures as the rules, one after another, understand each beside all the others."""
    columns = list(columns)
    for rule in rules:
        columns = [rule(column, columns) if column.role == "amount" else column for column in columns]
    return columns


def _content(column: Column, *, named: bool) -> Column:
    """A column of what projects consist of: a remark beside their names, else what names them."""
    if column.role != "project_content":
        return column
    return replace(column, role="remark" if named else "project_name")


def _without_other_years(columns: Sequence[Column], calendar: Calendar) -> list[Column]:
    """The columns, those of a year that the contract has no period for (two years ago, plans) left out of the figures.

    Only where the table compares years: one of another year throughout says rather that the document's was misread.
    """
    years = [set() if column.meaning.origin == "carryover" else _years(column) for column in columns]
    beyond = {year for own in years for year in own if calendar.is_beyond(year)}
    if not beyond or beyond >= set().union(*years):
        return list(columns)
    return [column.set_aside() if own & beyond else column for column, own in zip(columns, years, strict=True)]


def _years(column: Column) -> set[int]:
    return {year for text in column.path for year in column_heading(text).years}


def _beside_first_budget(column: Column, columns: Sequence[Column]) -> Column:
    """A budget as adjusted (调整预算数) beside the first one (年初预算数): the contract has one budget."""
    words, path = vocabulary(), column.phrases
    for place, phrase in enumerate(path):
        rest = (*path[:place], *path[place + 1 :])
        for other in (each.phrases for each in columns) if words.adjusted.fullmatch(phrase) else ():
            is_alike = len(other) == len(path) and (*other[:place], *other[place + 1 :]) == rest
            if is_alike and words.first_budget.fullmatch(other[place]):
                return column.set_aside()
    return column


def _beside_this_year(column: Column, columns: Sequence[Column]) -> Column:
    """What a project costs in all its years (项目总额) beside what it costs this year: no year's money."""
    phrases = column.phrases
    if not phrases or not vocabulary().all_years.fullmatch(phrases[-1]):
        return column
    others = (each.meaning for each in columns if each.role == "amount" and each is not column and not each.unknown)
    wholes = (said for said in others if not (said.memo or said.fund or said.expenditure_type))
    is_beside = any(said.origin != "carryover" and said.period in (None, "budget", "final") for said in wholes)
    return column.set_aside() if is_beside else column


def _unclear(column: Column, columns: Sequence[Column]) -> Column:
    """A column without a heading, or under 小计 alone, beside others with headings, or under those of another column
    of its block: its figures are not taken.

    Without rules nothing tells over which columns a heading stands, and so what the column is a part of.
    """
    if column.path and not column.unknown and _is_headed_alike(column, columns):
        return replace(column, unknown=column.header)
    phrases, of_a_group = column.phrases, vocabulary().of_a_group
    named = any(each.role == "amount" and each.path for each in columns if each is not column)
    if column.unknown or not named or not all(map(of_a_group.fullmatch, phrases)):
        return column
    return replace(column, unknown=column.header or _NO_HEADING)


def _is_headed_alike(column: Column, columns: Sequence[Column]) -> bool:
    """Whether another column of figures, with no label between, has the same headings."""
    place = columns.index(column)
    for beside in (columns[place + 1 :], columns[:place][::-1]):
        run = takewhile(lambda each: each.role == "amount", beside)
        if any(each.path == column.path for each in run):
            return True
    return False


def _under_cut_groups(grid: Grid, top: int, last: int) -> frozenset[int]:
    """The columns under a heading without words that spans several up to the table's side: the paper cut it off.

    What stands on the part of the sheet that is not here tells what they are parts of.
    """
    nameless = [
        cell
        for cell in cells_between(grid, top, last)
        if not cell.text and cell.columns > 1 and cell.last_row < last and _is_at_side(cell, grid)
    ]
    headed = {column for c in cells_between(grid, top, last) if c.text for column in range(c.column, c.last_column + 1)}
    return frozenset(n for cell in nameless for n in range(cell.column, cell.last_column + 1)) & headed


def _is_at_side(cell: Cell, grid: Grid) -> bool:
    """Whether a cell reaches one side of the table, beside others with words."""
    return (cell.last_column == grid.column_count) != (cell.column == 1) and any(c.text for c in grid.row(cell.row))


def _without_group(column: Column) -> Column:
    """A column of figures whose group is not known: not taken."""
    return replace(column, unknown=column.header) if column.role == "amount" and not column.unknown else column


def _path(grid: Grid, number: int, top: int, last: int) -> tuple[str, ...]:
    """A column's printed headings from top to bottom, less column numbers."""
    over = [c for c in cells_between(grid, top, last) if c.text and c.column <= number <= c.last_column]
    kept = [c for c in over if not _is_column_number(c) and not is_column_number(plain(c.text))]
    return tuple(cell.text for cell in kept)


def _is_column_number(cell: Cell) -> bool:
    """Furniture of the row of column numbers (栏次, 甲); 行次 over a column of line numbers is its heading."""
    return is_filler_row([cell]) and vocabulary().role_of(plain(cell.text)) is None


def _wholes(columns: Sequence[Column]) -> Iterator[Column | None]:
    """For each column the last one before it that is no 其中: what a 其中, or one behind another, is a part of."""
    whole = None
    for column in columns:
        yield whole
        whole = whole if column.is_part else column


def _part_of_fund(column: Column, left: Column | None) -> Column:
    """A 其中 column of one fund's money: it is in the figures of ``left`` or its parent already, never added to them.

    What 财政拨款 consists of is no such part: the funds that it sums are published beside it. 其中：经费拨款 is a part
    of the general public budget; 其中：上年结转 is what was carried over of the money before it.
    """
    if column.role != "amount" or not column.is_part:
        return column
    words, phrase = vocabulary(), column.phrases[-1]
    whole = left.meaning if left and left.role == "amount" else Meaning()
    if left and column.path[:-1] == left.path[:-1] and column.meaning == replace(whole, fund=None, origin="carryover"):
        return replace(column, meaning=replace(whole, origin="carryover"))
    own = (words.meaning_of(phrase) or Meaning()).fund
    is_grant = words.plain_grant.fullmatch(phrase) is not None or column.meaning == whole
    of_other = whole.fund not in (None, "fiscal_appropriation", own)
    is_part = own and (of_other or (is_grant and own == "general_public_budget"))
    return column.set_aside() if is_part else column


def _sum_of_several(column: Column, columns: Sequence[Column]) -> Column:
    """A 小计 under 其他资金 whose parts are several funds, 其他收入 among them: unit funds where all are sources of
    those, else of no fund that the contract knows, and not taken."""
    group, words = column.path[:-1], vocabulary()
    is_sum = bool(group) and words.subtotals.fullmatch(column.phrases[-1]) is not None
    if not is_sum or column.meaning.fund not in OTHERS:
        return column
    below = [each for each in columns if each.path[: len(group)] == group and not each.is_part]
    parts = {each.meaning.fund for each in below if each is not column and not each.meaning.memo}
    if is_whole(column.meaning.fund, parts):
        return replace(column, meaning=replace(column.meaning, fund=UNIT_FUNDS))
    several = bool(parts - {None, *OTHERS})
    return column.set_aside() if several else column


def _rest_of_carried(column: Column, columns: Sequence[Column]) -> Column:
    """非财政拨款结转 beside the carry-over of appropriations, or below a sum: a part whose fund is not told."""
    is_rest = bool(column.path) and vocabulary().beyond_appropriations.fullmatch(column.phrases[-1])
    if not is_rest or column.meaning.origin != "carryover" or column.meaning.fund:
        return column
    beside = [each for each in columns if each is not column and each.meaning.origin == "carryover"]
    sums = vocabulary().subtotals
    in_sum = any(each.path[:-1] == column.path[:-1] and sums.search(each.phrases[-1]) for each in beside if each.path)
    if in_sum or any(each.meaning.fund for each in beside):
        return column.set_aside()
    return column


def _from_above(column: Column, columns: Sequence[Column]) -> Column:
    """上级补助 beside the funds of budgets alone is a budget's money from above, of which fund is not told: not taken.

    Beside other sources of a unit's own it is one of those, as 上级补助收入 is by its own words.
    """
    if column.meaning.fund != "superior_subsidy" or column.meaning.memo:
        return column
    is_named = any(map(vocabulary().side_within, column.phrases)) or column.meaning.side
    sources = {*FUND_PARTS[UNIT_FUNDS]} - {column.meaning.fund}
    if is_named or any(each.meaning.fund in sources for each in columns):
        return column
    return column.set_aside()


def _of_this_year(column: Column, columns: Sequence[Column]) -> Column:
    """A column under 本年预算, 本年支出 is this year's where the carry-over stands beside it and one adds both up."""
    own = [text for text in column.path if vocabulary().this_year.fullmatch(column_heading(text).phrase)]
    if column.meaning.origin or not own:
        return column
    beside = [each for each in columns if each.role == "amount" and not each.is_part and own[0] not in each.path]
    carries = any(each.meaning.origin == "carryover" for each in beside)
    adds_up = any(replace(each.meaning, side=None) == Meaning() and not each.unknown for each in beside)
    return replace(column, meaning=replace(column.meaning, origin="current_year")) if carries and adds_up else column


def _carried_in(column: Column, columns: Sequence[Column]) -> Column:
    """What was carried in (年初结转和结余) is revenue where this year's revenue stands beside it, in any table.

    The balance is no expenditure: a table of both prints 年初结转和结余, 本年收入, 本年支出 and 年末结转和结余.
    """
    own = any(map(vocabulary().opening.fullmatch, column.phrases))
    if column.meaning.side or not own:
        return column
    beside = any(each.meaning.side == "revenue" for each in columns if each.role == "amount")
    return replace(column, meaning=replace(column.meaning, side="revenue")) if beside else column
