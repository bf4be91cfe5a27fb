"""The figures of one block's rows: each a fact; a count, or text where a figure should stand, a finding."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.normalize import settle
from pipeline.normalize.amounts import is_exact, read_figure
from pipeline.normalize.blocks import Block
from pipeline.normalize.calendars import Calendar
from pipeline.normalize.facts import reports
from pipeline.normalize.facts.budget_lines import PrintedFigure, budget_line
from pipeline.normalize.facts.records import TableReading
from pipeline.normalize.facts.rows import run_over
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.labels.numbering import STYLES, number_of
from pipeline.normalize.meanings import first
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import bare, plain, squeeze
from pipeline.normalize.settle import Line
from pipeline.normalize.words import vocabulary


class _Block(NamedTuple):
    """What the rows of a block tell together: whether they leave out what is not to be filled in (then a long dash is
    no zero), say which period's figures they hold, compare years that the contract has periods for, and are economic
    items."""

    calendar: Calendar
    leaves_out: bool
    tells_periods: bool
    compares_years: bool
    lists_items: bool


Fate = Literal["not filled in", "text", "count", "unread", "beyond", "fact"]


def read_figures(reading: TableReading, lines: Iterable[tuple[int, Line]]) -> None:
    """Every figure of a block as a fact; ``lines`` are the block's rows by number.

    A form that counts things beside its money, or whose heading rows hold none, prints a long dash where nothing is to
    be filled in: no amount of zero.
    """
    lines = list(lines)
    block = _told_together(
        [line for _, line in lines], reading.setting.calendar, dashed=_has_dashed_heading(reading, lines)
    )
    aside: dict[Fate, list[Cell]] = {"count": [], "unread": [], "beyond": []}
    unknown: list[Cell] = []
    for number, line in lines:
        for column, cell in _cells(reading, line.block, number):
            figure = read_figure(cell.text)
            fate = _fate(block, line, column, cell, is_figure=figure is not None)
            if fate == "not filled in":
                reading.roles.give([cell], "label")
            elif figure is None:
                _report_text(reading, cell, column)
            elif fate == "fact" and _counts_beside(reading.grid, cell):
                aside["count"].append(cell)
            elif fate == "fact":
                if _is_unknown(block, line):
                    unknown.append(cell)
                _take(reading, PrintedFigure(line, column, cell, figure))
            else:
                aside[fate].append(cell)
    _report_rows(reading, unknown, aside)


def _told_together(lines: Sequence[Line], calendar: Calendar, *, dashed: bool) -> _Block:
    return _Block(
        calendar,
        leaves_out=dashed or any(line.label.is_count for line in lines),
        tells_periods=any(line.label.period for line in lines),
        compares_years=any(line.label.year and not calendar.is_beyond(line.label.year) for line in lines),
        lists_items=any({"economic", "government"} & line.label.codes.keys() for line in lines),
    )


def _has_dashed_heading(reading: TableReading, lines: Sequence[tuple[int, Line]]) -> bool:
    """Whether a row prints long dashes alone, over rows of a deeper number (一、 over （一）) that print money."""
    printed = [(line, [cell.text for _, cell in _cells(reading, line.block, number)]) for number, line in lines]
    return any(
        own
        and all(map(_is_not_filled_in, own))
        and _is_over(line, below)
        and any(figure.value for text in texts if (figure := read_figure(text)))
        for (line, own), (below, texts) in itertools.pairwise(printed)
    )


def _is_over(line: Line, below: Line) -> bool:
    styles = [number_of(squeeze(each.label.texts[-1]))[0] if each.label.texts else "" for each in (line, below)]
    return all(styles) and STYLES.index(styles[0]) < STYLES.index(styles[1])


def _is_not_filled_in(text: str) -> bool:
    return vocabulary().not_filled_in.fullmatch(plain(text)) is not None


def _is_unknown(block: _Block, line: Line) -> bool:
    """Whether a row's name is none that its table should know: a subject's, a source's, or among economic items one."""
    is_item = block.lists_items and line.table_id in settle.BY_ECONOMIC_ITEM
    named = line.label.unit_name or line.label.is_total
    return not line.label.is_known and (line.table_id in settle.BY_SUBJECT or (is_item and not named))


def _fate(block: _Block, line: Line, column: Column, cell: Cell, *, is_figure: bool) -> Fate:
    if block.leaves_out and _is_not_filled_in(cell.text):
        return "not filled in"
    if not is_figure:
        return "text"
    if line.label.is_count:
        return "count"
    if block.tells_periods and _says_no_period(line, column):
        return "unread"
    if block.compares_years and line.label.year and block.calendar.is_beyond(line.label.year):
        return "beyond"
    return "fact"


def _counts_beside(grid: Grid, cell: Cell) -> bool:
    """Whether the text right before a figure says that it counts things: 国内公务接待批次（个） | 25."""
    before = [each for each in grid.row(cell.row) if each.text and each.column < cell.column]
    return bool(before) and vocabulary().counts.fullmatch(bare(before[-1].text)) is not None


def _says_no_period(line: Line, column: Column) -> bool:
    """Whether a row stands among rows that say which figures of the items they hold, and says nothing that is known."""
    label = line.label
    is_spread = line.block.item_of(column) is not None
    is_own = label.period or label.year or label.is_total or label.codes or label.unit_code or label.unit_name
    return is_spread and bool(label.texts) and not is_own


def _cells(reading: TableReading, block: Block, number: int) -> Iterator[tuple[Column, Cell]]:
    """The cells of a row that nothing has taken yet, each with the column of figures that it stands in."""
    printed = [cell for cell in reading.grid.row(number) if cell.text]
    starting = {cell.column: cell for cell in printed}
    starting |= {over.number: cell for cell in printed if (over := run_over(block, cell))}
    for column in block.amounts:
        cell = starting.get(column.number)
        if cell is not None and reading.roles.of(cell) == "unread":
            yield column, cell


def _take(reading: TableReading, printed: PrintedFigure) -> None:
    if not printed.figure.is_percent and not is_exact(printed.figure, printed.unit(reading.setting.unit)):
        reading.findings.append(reports.too_many_places(printed.cell))
    reading.roles.give([printed.cell], "fact")
    reading.rows.append(budget_line(reading, printed))


def _report_text(reading: TableReading, cell: Cell, column: Column) -> None:
    """Text in a column of figures: a note that says there is nothing, what a count beside it counts, a heading of a
    further part of the form, the total's name in front of its figure (公用经费合计), or a finding."""
    is_note = vocabulary().empty_notes.search(plain(cell.text)) or cell.columns * 2 > reading.grid.column_count
    is_counted = vocabulary().counts.fullmatch(bare(cell.text)) is not None
    if is_note or is_counted or _is_heading(reading.grid.row(cell.row)) or _names_total(reading.grid, cell):
        reading.roles.give([cell], "label")
        return
    reading.report([cell], reports.not_a_figure(column, cell))


def _names_total(grid: Grid, cell: Cell) -> bool:
    """Whether a cell is the name of a total that the next figure of its row is: it runs over the columns before it."""
    after = [each for each in grid.row(cell.row) if each.text and each.column > cell.column]
    total = first(vocabulary().totals, bare(cell.text))
    return total is not None and bool(after) and read_figure(after[0].text) is not None


def _is_heading(row: Sequence[Cell]) -> bool:
    """Whether a row below the head is one of headings again: two or more, all of them known, and no figure beside."""
    phrases = [plain(cell.text) for cell in row if cell.text]
    words = vocabulary()
    return len(phrases) > 1 and all(words.role_of(each) or words.meaning_of(each) is not None for each in phrases)


def _report_rows(reading: TableReading, unknown: Sequence[Cell], aside: Mapping[Fate, Sequence[Cell]]) -> None:
    """Figures of rows that nothing knows, facts all the same, and of rows that hold none of the contract's."""
    if unknown:
        reading.findings.append(reports.unknown_item((_row_name(reading.grid, cell) for cell in unknown), unknown))
    if counts := aside["count"]:
        reading.report(counts, reports.counts_no_money(counts))
    if unread := aside["unread"]:
        reading.report(unread, reports.unknown_item((_row_name(reading.grid, cell) for cell in unread), unread))
    if beyond := aside["beyond"]:
        reading.report(beyond, reports.of_another_year(beyond))


def _row_name(grid: Grid, cell: Cell) -> str:
    left = [other for other in grid.row(cell.row) if other.column < cell.column and other.text]
    texts = [other.text for other in left if read_figure(other.text) is None]
    return texts[-1] if texts else ""
