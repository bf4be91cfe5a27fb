"""Tables beside one another: the two halves of one table, and sheets that stand two on a page.

What draws its rows at the same heights, a narrow gap apart, is one table: revenue on the left, expenditure on the
right. Where a white strip parts the whole page, tables and text, each side is read by itself, the left one first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.extract.cells import FilledGrid
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import REACH, Grid, Span

NARROW = 24.0  # points: halves of one table stand no farther apart
FEWEST_ROWS = 4  # borders that halves must share: a head, and some rows
OVERLAP = 1.0  # points by which tables beside one another must share their height


def with_halves_joined(grids: Sequence[Grid]) -> list[Grid]:
    """The grids, those that are the two halves of one table as one; the gap belongs to the column left of it."""
    joined: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: grid.xs[0]):
        place = next((n for n, left in enumerate(joined) if _is_other_half(left, grid)), None)
        if place is None:
            joined.append(grid)
        else:
            joined[place] = _as_one(joined[place], grid)
    return sorted(joined, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _is_other_half(left: Grid, right: Grid) -> bool:
    if len(left.ys) != len(right.ys) or len(left.ys) < FEWEST_ROWS:
        return False
    near = 0 < right.xs[0] - left.xs[-1] <= NARROW
    return bool(near and (np.abs(left.ys - right.ys) <= REACH).all())


def _as_one(left: Grid, right: Grid) -> Grid:
    columns = len(left.xs) - 1
    spans = tuple(Span(span.row, span.column + columns, span.rows, span.columns) for span in right.spans)
    return replace(
        left,
        xs=np.concatenate([left.xs[:-1], right.xs]),
        spans=left.spans + spans,
        owner=np.hstack([left.owner, right.owner + len(left.spans)]),
        open_right=right.open_right,
        open_below=left.open_below | {column + columns for column in right.open_below},
    )


def gutter(grids: Sequence[FilledGrid], glyphs: Glyphs) -> float | None:
    """Where a white strip from top to bottom parts tables that stand beside one another; None where none does."""
    boxes = sorted((filled.grid.box for filled in grids), key=lambda box: box[0])
    for place in range(1, len(boxes)):
        lefts, rights = boxes[:place], boxes[place:]
        start, end = max(box[2] for box in lefts), rights[0][0]
        beside = any(min(a[3], b[3]) - max(a[1], b[1]) > OVERLAP for a in lefts for b in rights)
        if beside and start < end:
            return _free(glyphs, start, end)
    return None


def _free(glyphs: Glyphs, start: float, end: float) -> float | None:
    """A place between two others over which no glyph of the page stands."""
    x0, x1 = glyphs.boxes[:, 0], glyphs.boxes[:, 2]
    over = (x0 < end) & (x1 > start)
    for place in sorted({(start + end) / 2, start, end, *x1[over].tolist()}):
        if start <= place <= end and not ((x0 < place) & (x1 > place)).any():
            return float(place)
    return None
