"""Headings over columns on both sides of a page's edge: a group that the paper cuts is one cell all the same.

A spreadsheet prints such a heading in the middle of its columns, so that its text stands on one of the pages, and on
the other a wide field without any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.extract.cells import FilledCell
from pipeline.extract.parts import Part, WholeTable
from pipeline.extract.text import repair


@dataclass(frozen=True)
class Seams:
    """The cells that go on over the edge: for a cell's identity its further columns and the cell that prints its text.

    ``ends`` are the cells that are the end of another, and no cell of their own.
    """

    widened: Mapping[int, tuple[int, FilledCell]]
    ends: frozenset[int]


def seams_of(table: WholeTable) -> Seams:
    """The headings of a table that stand on two pages beside one another."""
    widened: dict[int, tuple[int, FilledCell]] = {}
    ends: set[int] = set()
    for place in range(table.depth or len(table.parts), len(table.parts)):
        before = table.parts[place - (table.depth or len(table.parts))]
        for left, right in _beside(table, place):
            headed = _headed(before, left) if right.reading.text else _headed(table.parts[place], right)
            if _is_cut(before, left, table.parts[place], right) or _is_one_heading(left, right, headed=headed):
                text = repair(_joined(left.reading.text, right.reading.text))
                widened[id(left)] = (right.span.columns, replace(left, reading=text))
                ends.add(id(right))
    return Seams(widened, frozenset(ends))


def _beside(table: WholeTable, place: int) -> Iterator[tuple[FilledCell, FilledCell]]:
    """The last cells of the part to the left of part ``place`` and the first ones of that, where they are as high."""
    before = place - (table.depth or len(table.parts))
    last = len(table.parts[before].filled.grid.xs) - 1
    lefts = {
        _rows(table, before, cell): cell
        for cell in table.parts[before].filled.cells
        if cell.span.column + cell.span.columns == last
    }
    for cell in table.parts[place].filled.cells:
        left = lefts.get(_rows(table, place, cell)) if cell.span.column == 0 else None
        if left is not None:
            yield left, cell


def _rows(table: WholeTable, place: int, cell: FilledCell) -> tuple[int, int]:
    rows = table.rows_of(place)
    return int(rows[cell.span.row]), int(rows[cell.span.row + cell.span.rows])


def _is_cut(before: Part, left: FilledCell, part: Part, right: FilledCell) -> bool:
    """Whether neither of two cells has a rule at the edge, where most rows have: the paper cuts one cell, and its text.

    Figures are never joined: what stands on the edge may be printed on both pages.
    """
    opens, closes = before.filled.grid.open_right, part.filled.grid.open_left
    few = 2 * len(opens) < before.row_count and 2 * len(closes) < part.row_count
    rows = [set(range(cell.span.row, cell.span.row + cell.span.rows)) for cell in (left, right)]
    said = left.reading.text + right.reading.text
    return few and rows[0] <= opens and rows[1] <= closes and _is_word(said) and not any(map(str.isdigit, said))


def _joined(left: str, right: str) -> str:
    """What two pages print of one text: each may print what stands on the edge, or all of it."""
    if left in right or right in left:
        return max(left, right, key=len)
    shared = (n for n in range(min(len(left), len(right)), 0, -1) if left.endswith(right[:n]))
    return left + right[next(shared, 0) :]


def _headed(part: Part, cell: FilledCell) -> bool:
    """Whether a word stands right below a cell: a blank one over it is the end of a group's heading."""
    below = (
        other
        for other in part.filled.cells
        if other.span.row == cell.span.row + cell.span.rows
        and cell.span.column <= other.span.column < cell.span.column + cell.span.columns
    )
    return _is_word("".join(other.reading.text for other in below))


def _is_one_heading(left: FilledCell, right: FilledCell, *, headed: bool) -> bool:
    """Whether one prints a word and the other, over several columns or a heading of its own (``headed``), nothing."""
    blank, printed = (left, right) if right.reading.text else (right, left)
    return not blank.reading.text and (headed or blank.span.columns > 1) and _is_word(printed.reading.text)


def _is_word(text: str) -> bool:
    return any(map(str.isalpha, text))
