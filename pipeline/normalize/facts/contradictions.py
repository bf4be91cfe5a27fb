"""Columns that gainsay one another: headings read as saying the same over figures that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.normalize import settle
from pipeline.normalize.amounts import read_figure, to_amount
from pipeline.normalize.blocks import Block
from pipeline.normalize.facts import reports
from pipeline.normalize.facts.budget_lines import unit_of
from pipeline.normalize.facts.records import Setting, TableReading
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.meanings import first
from pipeline.normalize.model import Cell
from pipeline.normalize.words import vocabulary


def without_contradictions(reading: TableReading, block: Block) -> Block:
    """The block less the columns that gainsay one another, which become findings.

    Of columns that mean the same the one headed 合计 alone is kept: it is the whole of whatever the others are.
    """
    alike: dict[Hashable, list[Column]] = defaultdict(list)
    for column in block.amounts:
        if _is_whole(column):
            alike[_said(column, reading.setting)].append(column)
    gainsaid = [column for columns in alike.values() for column in _gainsaying(reading, columns)]
    for column in gainsaid:
        if cells := _below(reading, column):
            reading.report(cells, reports.contradicted_header(column, cells))
    return replace(block, amounts=tuple(column for column in block.amounts if column not in gainsaid))


def _is_whole(column: Column) -> bool:
    """Whether a column is none of several of one kind that a table may print: parts, funds, carry-overs, changes."""
    meaning = column.meaning
    is_change = meaning.period in ("change", "change_percent")  # from last year's budget, and from its execution
    return not (
        column.is_part
        or column.is_share
        or meaning.memo
        or meaning.fund
        or meaning.origin
        or column.unknown
        or is_change
    )


def _said(column: Column, setting: Setting) -> Hashable:
    """What the headings of a column say, with what they leave open as it will be settled."""
    meaning = column.meaning
    own = meaning.period or ("final" if setting.calendar.is_final else "budget")
    side = meaning.side if setting.table_id in settle.SIDES_IN_COLUMNS else None
    return replace(meaning, period=own, side=side), column.items


def _gainsaying(reading: TableReading, columns: Sequence[Column]) -> list[Column]:
    if len(columns) < 2 or not any(_differ(reading, columns[0], other) for other in columns[1:]):
        return []
    sums = [column for column in columns if _only_sums(column)]
    return [column for column in columns if sums != [column]]


def _only_sums(column: Column) -> bool:
    totals = vocabulary().totals
    return all(first(totals, phrase) is not None for phrase in column.phrases)


def _differ(reading: TableReading, one: Column, other: Column) -> bool:
    """Whether two columns print other figures in most rows in which both print one: fewer are a publisher's errors."""
    ours, theirs = _amounts(reading, one), _amounts(reading, other)
    pairs = [(ours[row], theirs[row]) for row in ours.keys() & theirs.keys() if ours[row] or theirs[row]]
    return 2 * sum(a != b for a, b in pairs) > len(pairs)


def _amounts(reading: TableReading, column: Column) -> dict[int, Decimal]:
    """What a column prints, by row, in yuan: one may be in 元 and the other in 万元."""
    unit = unit_of(column, reading.setting.unit)
    read = ((cell.row, read_figure(cell.text)) for cell in _below(reading, column))
    return {row: figure.value if figure.is_percent else to_amount(figure, unit).value for row, figure in read if figure}


def _below(reading: TableReading, column: Column) -> list[Cell]:
    cells = (cell for cell in reading.grid.cells if cell.column == column.number and cell.row > reading.head.last_row)
    return [cell for cell in cells if cell.text]
