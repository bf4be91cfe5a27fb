"""Tables without rules: rows and columns from the alignment of the text.

Only where a page draws no table, and only where several lines print amounts in the same columns: a table guessed from
white space is worth less than one that is drawn, and is said to be so (``method`` is ``aligned``).

A column is a stretch of the page's width that data lines print in, parted from the next by a gap that no data line
prints in. A heading that stands over several columns spans them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from pipeline.extract.entries import Entry, Row, blocks_of, is_beside, joined_rows, rows_in
from pipeline.extract.glyphs import Glyphs, Integers
from pipeline.extract.grid import Grid, Span


def find_aligned(glyphs: Glyphs) -> list[Grid]:
    """The tables that a page without rules sets by alignment, from top to bottom."""
    grids = [_grid(block) for block in blocks_of(rows_in(glyphs))]
    return [grid for grid in grids if grid is not None]


def _grid(block: list[Row]) -> Grid | None:
    columns = _under_headings(_columns(_data_lines(block), _leaf_headings(block)), _pieces_above(block))
    if len(columns) < 2:
        return None
    xs = [
        columns[0][0] - 1.0,
        *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)),
        columns[-1][1] + 1.0,
    ]
    lines = joined_rows(block)
    ys = [
        lines[0][0].top,
        *((a[-1].bottom + b[0].top) / 2 for a, b in itertools.pairwise(lines)),
        lines[-1][-1].bottom,
    ]
    return _spanned(np.array(xs), np.array(ys), lines)


def _data_lines(block: Sequence[Row]) -> list[Row]:
    """The lines with amounts, and the lines of wrapped names that stand beside them."""
    around = zip([None, *block], block, [*block[1:], None], strict=False)
    return [
        row
        for upper, row, lower in around
        if row.has_amount
        or (upper and upper.has_amount and is_beside(upper, row))
        or (lower and lower.has_amount and is_beside(row, lower))
    ]


def _leaf_headings(block: list[Row]) -> Row | None:
    """The line above the first amount with the most entries: it names columns that print nothing."""
    first = next(index for index, row in enumerate(block) if row.has_amount)
    return max(block[:first], key=lambda row: len(row.entries), default=None)


def _columns(data: Sequence[Row], heading: Row | None) -> list[tuple[float, float]]:
    """The stretches that data lines print in; a heading over none of them names the one beside it, or its own."""
    columns = _union([(entry.x0, entry.x1) for row in data for entry in row.entries])
    entries = heading.entries if heading else ()
    named = [any(_overlap(entry, column) for entry in entries) for column in columns]
    for place, entry in enumerate(entries):
        if any(_overlap(entry, column) for column in columns):
            continue
        limit = entries[place + 1].x0 if place + 1 < len(entries) else float("inf")
        below = next((n for n, column in enumerate(columns) if entry.x1 <= column[0] < limit and not named[n]), None)
        start = entries[place - 1].x1 if place else -float("inf")
        left = next((n for n, column in enumerate(columns) if start <= column[0] and column[1] <= entry.x0), None)
        if below is None and left is not None and not named[left]:  # a heading set in the middle over codes set left
            columns[left], named[left] = (columns[left][0], entry.x1), True
        elif below is None:
            columns.append((entry.x0, entry.x1))
            named.append(True)
        else:  # a heading set left over figures set right
            columns[below], named[below] = (entry.x0, columns[below][1]), True
    return sorted(columns)


def _pieces_above(block: Sequence[Row]) -> list[Entry]:
    """What the lines above the first amount print, as finely as white space parts it."""
    above = itertools.takewhile(lambda row: not row.has_amount, block)
    return [piece for row in above for entry in row.entries for piece in entry.pieces or (entry,)]


def _under_headings(columns: list[tuple[float, float]], headings: Sequence[Entry]) -> list[tuple[float, float]]:
    """The columns, as wide as the headings that stand over one of them alone: no bound is drawn through a heading."""
    wide = list(columns)
    for entry in headings:
        over = [place for place, column in enumerate(wide) if _overlap(entry, column)]
        if len(over) == 1:
            wide[over[0]] = (min(wide[over[0]][0], entry.x0), max(wide[over[0]][1], entry.x1))
    return wide


def _overlap(entry: Entry, column: tuple[float, float]) -> bool:
    return column[0] < entry.x1 and entry.x0 < column[1]


def _union(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for x0, x1 in sorted(stretches):
        if joined and x0 <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined


def _spanned(
    xs: np.ndarray[tuple[int], np.dtype[np.float64]],
    ys: np.ndarray[tuple[int], np.dtype[np.float64]],
    lines: Sequence[Sequence[Row]],
) -> Grid:
    """The grid, with an entry that stands over several columns as one cell."""
    columns = len(xs) - 1
    owner = np.full((len(lines), columns), -1, dtype=np.int64)
    spans: list[Span] = []
    for number, row in enumerate(lines):
        for entry in (entry for line in row for entry in line.entries):
            first, last = _places(entry, xs)
            if _stands_in_columns(entry, xs):
                continue
            if last > first and (owner[number, first : last + 1] < 0).all():
                owner[number, first : last + 1] = len(spans)
                spans.append(Span(number, first, 1, last - first + 1))
        for column in np.flatnonzero(owner[number] < 0).tolist():
            owner[number, column] = len(spans)
            spans.append(Span(number, column, 1, 1))
    return Grid(xs, ys, *_ordered(spans, owner))


def _ordered(spans: list[Span], owner: Integers) -> tuple[tuple[Span, ...], Integers]:
    """Cells in reading order, and their owners renumbered."""
    order = sorted(range(len(spans)), key=lambda index: (spans[index].row, spans[index].column))
    numbers = np.empty(len(spans), dtype=np.int64)
    numbers[order] = np.arange(len(spans))
    return tuple(spans[index] for index in order), numbers[owner]


def _places(entry: Entry, xs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[int, int]:
    """The first and the last column that an entry stands over."""
    first, last = (int(np.clip(np.searchsorted(xs, x) - 1, 0, len(xs) - 2)) for x in (entry.x0, entry.x1))
    return first, last


def _stands_in_columns(entry: Entry, xs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bool:
    """Whether an entry is several headings set close together, each over a column of its own."""
    places = [_places(piece, xs) for piece in entry.pieces]
    return len({first for first, last in places if first == last}) == len(places) > 1
