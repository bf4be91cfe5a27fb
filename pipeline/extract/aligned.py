"""Tables without rules: rows and columns from the alignment of the text.

Only where a page draws no table, and only where several lines print amounts in the same columns: a table guessed from
white space is worth less than one that is drawn, and is said to be so (``method`` is ``aligned``).

A column is a stretch of the page's width that data lines print in, parted from the next by a gap that no data line
prints in. A heading that stands over several columns spans them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.glyphs import Glyphs, Integers
from pipeline.extract.grid import Grid, Span
from pipeline.extract.text import lines_of, read

APART = 1.0  # times the glyph height: a wider gap parts two entries of one line
FEWEST_LINES = 3  # with amounts
MOST_HEADER_LINES = 8
LONGEST_NAME = 30  # characters of a lone entry that may still be a name
SAME_START = 6.0  # points
SAME_ROW = 0.7  # share of the usual pitch below which two lines are one row with a wrapped entry
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+|-?\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True)
class _Entry:
    """A piece of a line that stands by itself."""

    x0: float
    x1: float
    text: str

    @property
    def is_amount(self) -> bool:
        return bool(_AMOUNT.fullmatch(self.text))


@dataclass(frozen=True)
class _Row:
    """A printed line: its entries, and its upper and lower edge."""

    top: float
    bottom: float
    entries: tuple[_Entry, ...]

    @property
    def has_amount(self) -> bool:
        return any(entry.is_amount for entry in self.entries)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def find_aligned(glyphs: Glyphs) -> list[Grid]:
    """The tables that a page without rules sets by alignment, from top to bottom."""
    rows = [_row(glyphs, line.glyphs) for line in lines_of(glyphs, np.arange(len(glyphs.codes)))]
    grids = [_grid(block) for block in _blocks(rows)]
    return [grid for grid in grids if grid is not None]


def _row(glyphs: Glyphs, line: Integers) -> _Row:
    boxes = glyphs.boxes[line]
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    breaks = np.flatnonzero(boxes[1:, 0] - boxes[:-1, 2] > APART * height) + 1
    entries = tuple(_entry(glyphs, part) for part in np.split(line, breaks))
    return _Row(float(boxes[:, 1].min()), float(boxes[:, 3].max()), entries)


def _entry(glyphs: Glyphs, part: Integers) -> _Entry:
    boxes = glyphs.boxes[part]
    return _Entry(float(boxes[:, 0].min()), float(boxes[:, 2].max()), read(glyphs, lines_of(glyphs, part)).text)


def _blocks(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Runs of lines that are tables: lines with amounts, what stands between them, and the headings above."""
    blocks: list[list[_Row]] = []
    start: int | None = None
    for index, row in enumerate(rows):
        if len(row.entries) >= 2 or (start is not None and _is_in_column(rows[start:index], row)):
            start = index if start is None else start
        elif start is not None:
            blocks.append(list(rows[start:index]))
            start = None
    if start is not None:
        blocks.append(list(rows[start:]))
    return [block for block in map(_trimmed, blocks) if sum(row.has_amount for row in block) >= FEWEST_LINES]


def _is_in_column(above: Sequence[_Row], row: _Row) -> bool:
    """A lone entry that begins where an entry above it does: the rest of a wrapped name, or a row without figures."""
    entry = row.entries[0]
    if len(entry.text) > LONGEST_NAME or entry.text.endswith("。") or entry.text.isdigit():  # digits: a page number
        return False
    starts = [other.x0 for line in above if len(line.entries) >= 2 for other in line.entries]
    return any(abs(entry.x0 - x0) <= SAME_START for x0 in starts)


def _trimmed(block: list[_Row]) -> list[_Row]:
    """No more lines above the first amount than a table's head has."""
    first = next((index for index, row in enumerate(block) if row.has_amount), len(block))
    return block[max(first - MOST_HEADER_LINES, 0) :]


def _grid(block: list[_Row]) -> Grid | None:
    data = [row for row in block if row.has_amount]
    columns = _columns(data, _leaf_headings(block))
    if len(columns) < 2:
        return None
    xs = [
        columns[0][0] - 1.0,
        *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)),
        columns[-1][1] + 1.0,
    ]
    lines = _joined(block, data)
    ys = [
        lines[0][0].top,
        *((a[-1].bottom + b[0].top) / 2 for a, b in itertools.pairwise(lines)),
        lines[-1][-1].bottom,
    ]
    return _spanned(np.array(xs), np.array(ys), lines)


def _leaf_headings(block: list[_Row]) -> _Row | None:
    """The line above the first amount with the most entries: it names columns that print nothing."""
    first = next(index for index, row in enumerate(block) if row.has_amount)
    return max(block[:first], key=lambda row: len(row.entries), default=None)


def _columns(data: Sequence[_Row], heading: _Row | None) -> list[tuple[float, float]]:
    """The stretches that data lines print in; a heading over none of them names the next one without, or its own."""
    columns = _union([(entry.x0, entry.x1) for row in data for entry in row.entries])
    entries = heading.entries if heading else ()
    named = [any(_overlap(entry, column) for entry in entries) for column in columns]
    for place, entry in enumerate(entries):
        if any(_overlap(entry, column) for column in columns):
            continue
        limit = entries[place + 1].x0 if place + 1 < len(entries) else float("inf")
        below = next((n for n, column in enumerate(columns) if entry.x1 <= column[0] < limit and not named[n]), None)
        if below is None:
            columns.append((entry.x0, entry.x1))
            named.append(True)
        else:  # a heading set left over figures set right
            columns[below], named[below] = (entry.x0, columns[below][1]), True
    return sorted(columns)


def _overlap(entry: _Entry, column: tuple[float, float]) -> bool:
    return column[0] < entry.x1 and entry.x0 < column[1]


def _union(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for x0, x1 in sorted(stretches):
        if joined and x0 <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined


def _joined(block: Sequence[_Row], data: Sequence[_Row]) -> list[list[_Row]]:
    """Lines as rows: one closer to the line above than rows usually stand belongs to it, unless both print amounts."""
    pitches = [b.middle - a.middle for a, b in itertools.pairwise(data)]
    usual = float(np.median(pitches)) if pitches else 0.0
    rows: list[list[_Row]] = []
    for row in block:
        last = rows[-1][-1] if rows else None
        both = bool(rows) and row.has_amount and any(line.has_amount for line in rows[-1])
        if last is not None and row.middle - last.middle < SAME_ROW * usual and not both:
            rows[-1].append(row)
        else:
            rows.append([row])
    return rows


def _spanned(
    xs: np.ndarray[tuple[int], np.dtype[np.float64]],
    ys: np.ndarray[tuple[int], np.dtype[np.float64]],
    lines: Sequence[Sequence[_Row]],
) -> Grid:
    """The grid, with an entry that stands over several columns as one cell."""
    columns = len(xs) - 1
    owner = np.full((len(lines), columns), -1, dtype=np.int64)
    spans: list[Span] = []
    for number, row in enumerate(lines):
        for entry in (entry for line in row for entry in line.entries):
            first, last = (int(np.clip(np.searchsorted(xs, x) - 1, 0, columns - 1)) for x in (entry.x0, entry.x1))
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
