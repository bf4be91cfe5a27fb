"""Tables that draw their head alone: each column of it in a field, and under it rows without any rule.

The columns are drawn, so only the rows are told from the print: lines that stand clear of one another are rows each;
where names wrap, as in other tables without rules (``body``). What ends the body is the next table, a note, a sentence
or a title.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.extract.bars import LARGER, BarTable, wraps
from pipeline.extract.cells import FilledGrid
from pipeline.extract.frame import Floats
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import Grid, merged
from pipeline.extract.layout import is_glued, open_for_names, runs_over, without_columns
from pipeline.extract.rows import body_heights
from pipeline.extract.tokens import TokenLine, token_lines
from pipeline.extract.words import line_words

CLEAR = 1.7  # times the height of print: lines farther apart are rows of their own, none the wrap of another
WRAPPED = 1.35  # times the height of print: lines no farther apart are one row
FARTHER = 1.5  # times the widest step between rows that the next row may be away
FARTHEST = 4.0  # times the height of print that the first row may stand below the head
STRAY = 2.0  # points by which print may stand out of the table
_AMOUNT = re.compile(r"\d\.\d|\d,\d{3}")
_NOTHING = np.empty((0, 3))


def with_bodies(drawn: Sequence[FilledGrid], glyphs: Glyphs) -> list[Grid | FilledGrid]:
    """The tables of a page from top to bottom, those that are heads alone with the rows that stand under them."""
    tables: list[Grid | FilledGrid] = []
    for filled in drawn:
        grid = None if _prints_amounts(filled) else _with_body(filled.grid, _next_top(filled, drawn), glyphs)
        tables.append(filled if grid is None else grid)
    return tables


def _prints_amounts(filled: FilledGrid) -> bool:
    return any(_AMOUNT.search(cell.reading.text) for cell in filled.cells)


def _next_top(filled: FilledGrid, drawn: Sequence[FilledGrid]) -> float:
    tops = [other.grid.ys[0] for other in drawn if other.grid.ys[0] > filled.grid.ys[0]]
    return float(min(tops, default=np.inf))


def _with_body(head: Grid, end: float, glyphs: Glyphs) -> Grid | None:
    """The head with its rows; None where no row follows, without columns where a figure's column is not certain."""
    body = _body_lines(head, end, glyphs)
    return with_rows(head, body, glyphs) if body and len(head.xs) >= 3 else None


def with_rows(head: Grid, body: Sequence[TokenLine], glyphs: Glyphs) -> Grid:
    """A drawn head with the rows that the lines ``body`` below it make; without columns where those are not certain."""
    xs, bottom = head.xs, body[-1].y1 + 1
    table = BarTable(xs[0], xs[-1], (head.ys[0], head.ys[-1], bottom), _NOTHING, _NOTHING, _NOTHING)
    heights = _heights(table, body, xs, float(head.ys[-1]))
    numbers = [token for line in body for token in line.tokens if token.is_number]
    if heights is not None and not any(runs_over(token, xs) for token in numbers) and not any(map(is_glued, body)):
        rows = len(heights) - 1
        left = np.ones((rows, len(xs)), dtype=bool)
        if open_for_names(left, body, xs, heights):
            return _below(head, merged(xs, heights, left, np.ones((rows + 1, len(xs) - 1), dtype=bool)))
    return without_columns(table, [*lines_between(head, head.ys[0], head.ys[-1], glyphs), *body])


def lines_between(head: Grid, top: float, bottom: float, glyphs: Glyphs) -> list[TokenLine]:
    """The lines printed between two heights in the columns of a head."""
    x, y = glyphs.centres
    inside = (y > top) & (y < bottom) & (x > head.xs[0] - STRAY) & (x < head.xs[-1] + STRAY)
    return token_lines(glyphs, np.flatnonzero(inside), head.xs)


def _body_lines(head: Grid, end: float, glyphs: Glyphs) -> list[TokenLine]:
    """The lines of the rows below a head; none where no row stands close under it.

    Rows without figures may follow the last one with some, as far apart as rows are.
    """
    below = lines_between(head, float(head.ys[-1]), end, glyphs)
    if not below:
        return []
    height = below[0].y1 - below[0].y0
    lines = list(itertools.takewhile(lambda line: not _is_after_body(line, height), below))
    last = max((place for place, line in enumerate(lines) if line.is_data), default=None)
    starts = next((place for place, line in enumerate(lines) if line.is_data), 0)
    if last is None or starts > 1 or not any(line.has_amount for line in lines):
        return []
    if lines[0].y0 - head.ys[-1] > FARTHEST * height:
        return []
    widest = max((b.middle - a.middle for a, b in itertools.pairwise(lines[: last + 1])), default=height)
    near = itertools.takewhile(lambda pair: _is_near(*pair, widest), itertools.pairwise(lines[last:]))
    return lines[: last + 1 + sum(1 for _ in near)]


def _is_near(line: TokenLine, below: TokenLine, step: float) -> bool:
    return wraps(line, below) or below.middle - line.middle <= FARTHER * step


def _is_after_body(line: TokenLine, usual: float) -> bool:
    """Whether a line under a table is text, a note or the next table's title: no row of the table."""
    text = "".join(token.text for token in line.tokens)
    larger = any(token.y1 - token.y0 > LARGER * usual for token in line.tokens)
    words = line_words()
    is_heading = bool(words.unit.search(text) or words.title_ends.search(text))
    return larger or "。" in text or is_heading or bool(words.notes.match(text) or words.page_numbers.fullmatch(text))


def _heights(table: BarTable, body: Sequence[TokenLine], xs: Floats, end: float) -> Floats | None:
    """The borders between the rows, the head's end first; None where a line may belong to two rows."""
    rows = [[body[0]]]
    for above, line in itertools.pairwise(body):
        step = (line.middle - above.middle) / (above.y1 - above.y0)
        if WRAPPED < step <= CLEAR:
            return body_heights(table, body, xs, end)
        if step > CLEAR:
            rows.append([line])
        else:
            rows[-1].append(line)
    if any(sum(line.has_amount for line in row) > 1 for row in rows):
        return body_heights(table, body, xs, end)
    return np.array([end, *((a[-1].y1 + b[0].y0) / 2 for a, b in itertools.pairwise(rows)), table.bottom])


def _below(head: Grid, body: Grid) -> Grid:
    """One grid of a head and the rows below it."""
    depth = len(head.ys) - 1
    spans = (*head.spans, *(replace(span, row=span.row + depth) for span in body.spans))
    owner = np.concatenate([head.owner, body.owner + len(head.spans)])
    return Grid(head.xs, np.concatenate([head.ys, body.ys[1:]]), spans, owner)
