"""Tables that draw no rules and shade their fields instead: every row of them, or every other one.

Where every other row is shaded, what stands between two shaded rows of one table is a row of it, and so is a line of
figures below the last. Where figures stand beside the shading all the same, it does not show the table: none is found,
rather than a part of one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.extract.frame import Floats
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import Grid, find_grids
from pipeline.extract.layout import is_glued
from pipeline.extract.rules import SAME_LINE, rules_of_fields
from pipeline.extract.tokens import TokenLine, token_lines

FEWEST_SHADED = 2  # rows and columns of a table that only its shading shows
TALLEST = 3.0  # times the usual height of a shaded row: more white between two of them is no row
FEWEST_BANDS = 3  # rows found between shaded ones, from which every other row is held to be shaded


def find_shaded(fields: Floats, glyphs: Glyphs) -> list[Grid]:
    """The tables that the shaded boxes (x0, y0, x1, y1) of a page show. Its other shading makes no rows and columns."""
    if not len(fields):
        return []
    lines = token_lines(glyphs, np.arange(len(glyphs.codes)), np.unique(fields[:, [0, 2]]))
    height = float(np.median(fields[:, 3] - fields[:, 1]))
    grids = find_grids(rules_of_fields(_with_rows_between(fields, lines, height)))
    found = [grid for grid in grids if min(len(grid.xs), len(grid.ys)) > FEWEST_SHADED]
    return [] if any(_goes_on(grid, lines, height) or _holds_glued(grid, lines) for grid in found) else found


def _with_rows_between(fields: Floats, lines: Sequence[TokenLine], height: float) -> Floats:
    """The shaded boxes, and those between them that a table of alternate shading leaves white."""
    added: list[Floats] = []
    for top in np.unique(np.round(fields[:, 1], 1)).tolist():
        bottom = fields[fields[:, 3] <= top + SAME_LINE, 3].max(initial=-np.inf)
        if SAME_LINE < top - bottom <= TALLEST * height:
            sides = _shared_sides(_borders(fields, 3, bottom), _borders(fields, 1, top))
            added += [_row(_unbroken(sides, lines, bottom, top), bottom, top)] if sides is not None else []
    if len(added) < FEWEST_BANDS:
        return fields
    below = _last_row(fields, lines, height)
    return np.concatenate([fields, *added, *([below] if below is not None else [])])


def _borders(fields: Floats, edge: int, at: float) -> Floats:
    """The sides, from left to right, of the boxes of which one edge stands at a height."""
    row = fields[np.abs(fields[:, edge] - at) <= SAME_LINE]
    sides: Floats = np.unique(row[:, [0, 2]])
    return np.asarray(sides[np.diff(sides, prepend=-np.inf) > SAME_LINE])


def _shared_sides(above: Floats, below: Floats) -> Floats | None:
    """The sides of the columns where two rows are of one table: the fewer ones of a merged field are among the rest."""
    fewer, more = sorted((above, below), key=len)
    ends = np.abs(fewer[[0, -1]] - more[[0, -1]]) <= SAME_LINE
    among = (np.abs(fewer[:, None] - more[None, :]) <= SAME_LINE).any(axis=1)
    return more if len(fewer) > FEWEST_SHADED and bool(ends.all() and among.all()) else None


def _unbroken(sides: Floats, lines: Sequence[TokenLine], top: float, bottom: float) -> Floats:
    """The sides that no print runs across: a white row shows its merged fields by that alone."""
    tokens = [token for line in lines if top < line.middle < bottom for token in line.tokens]
    inner = [x for x in sides[1:-1].tolist() if not any(token.x0 < x < token.x1 for token in tokens)]
    return np.array([sides[0], *inner, sides[-1]])


def _row(sides: Floats, top: float, bottom: float) -> Floats:
    high, low = np.full(len(sides) - 1, top), np.full(len(sides) - 1, bottom)
    return np.column_stack([sides[:-1], high, sides[1:], low])


def _last_row(fields: Floats, lines: Sequence[TokenLine], height: float) -> Floats | None:
    """The white row below the last shaded one: its line of numbers stands in the row's middle."""
    end = float(fields[:, 3].max())
    sides = _borders(fields, 3, end)
    for line in lines:
        if end < line.middle < end + TALLEST * height and _is_row(line, sides[0], sides[-1]):
            foot = 2 * line.middle - end
            return _row(_unbroken(sides, lines, end, foot), end, foot)
    return None


def _is_row(line: TokenLine, x0: float, x1: float) -> bool:
    """Whether a line prints what only a table's row does, between its sides; a number alone is the page's."""
    return line.is_data and len(line.tokens) > 1 and all(x0 <= token.centre <= x1 for token in line.tokens)


def _goes_on(grid: Grid, lines: Sequence[TokenLine], height: float) -> bool:
    """Whether figures stand right above or below a table's shading, within its sides."""
    x0, y0, x1, y1 = grid.box
    near = TALLEST * height / 2
    beside = [line for line in lines if y0 - near < line.middle < y0 or y1 < line.middle < y1 + near]
    return any(line.has_amount and _is_row(line, x0, x1) for line in beside)


def _holds_glued(grid: Grid, lines: Sequence[TokenLine]) -> bool:
    """Whether an amount touches a name within a table, away from its borders: which field ends where is not certain."""
    _, y0, _, y1 = grid.box
    return any(y0 < line.middle < y1 and is_glued(line) for line in lines)
