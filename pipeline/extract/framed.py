"""Tables that draw their columns and no rows, or a frame alone under their head: a body drawn as one field.

The head is drawn whole, and so are the columns; the rows are told from the print, as below a head alone (``headed``).
Where no rule parts the head from the body either, the columns alone are drawn, and where one begins lower than the
others the heading above it covers several: the rest is told as for other tables without all their rules (``layout``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.cells import FilledCell, FilledGrid
from pipeline.extract.frame import Floats
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import REACH, Grid
from pipeline.extract.headed import lines_between, with_rows
from pipeline.extract.layout import laid_out, without_columns

FEWEST_ROWS = 3  # one below another in a field: fewer may be an amount and what it is made of
FEWEST_COLUMNS = 3
_AMOUNT = re.compile(r"[-−(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,6})[)）]?")
_CODE = re.compile(r"\d{3,7}")
_ENTRY = re.compile(rf"(?:{_AMOUNT.pattern}|\d+)%?|[-—－]+")
_NUMBER = re.compile(rf"{_AMOUNT.pattern}%?|\d+%|{_CODE.pattern}|[-—－]+")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")
_AMOUNT_WITHIN = re.compile(r"\d\.\d{1,6}(?!\d)|\d,\d{3}(?!\d)")


def with_rows_told(drawn: Sequence[FilledGrid], glyphs: Glyphs, down: Floats) -> list[Grid | FilledGrid]:
    """The tables of a page, those with a body in one field with the rows that its print makes.

    ``down`` are the page's rules down.
    """
    told = ((filled, _told(filled, glyphs, down)) for filled in drawn)
    return [filled if grid is None else grid for filled, grid in told]


def _told(filled: FilledGrid, glyphs: Glyphs, down: Floats) -> Grid | None:
    """The table row by row; None where what it draws are its rows."""
    grid = filled.grid
    if len(grid.ys) == 2 and _heads_rows(filled):
        return _in_columns(grid, glyphs, down)
    row = next((row for row in range(len(grid.ys) - 1) if _holds_rows(filled, row, glyphs)), None)
    if row is None or any(span.row < row < span.row + span.rows for span in grid.spans):
        return None
    head = _above(grid, row)
    body = lines_between(grid, float(grid.ys[row]), float(grid.ys[-1]), glyphs)
    return with_rows(head, body, glyphs) if body else None


def _holds_rows(filled: FilledGrid, row: int, glyphs: Glyphs) -> bool:
    """Whether a row of fields holds rows: several columns of amounts, or one field across all with rows of them."""
    cells = [cell for cell in filled.cells if cell.span.row == row and cell.reading.text]
    columns = len(filled.grid.xs) - 1
    if columns < FEWEST_COLUMNS or not cells:
        return False
    if len(cells) == 1 and cells[0].span.columns == columns:
        return row > 0 and _is_of_rows(cells[0], filled.grid, glyphs)
    single = [cell for cell in cells if cell.span.columns == 1]
    if single == cells and any(map(_is_list, cells)) and any(map(_is_of_one_amount, cells)):
        return True
    entries = [cell for cell in single if _is_of_entries(cell)]
    numbers = len(entries) + sum(map(_is_of_codes, (cell for cell in single if cell not in entries)))
    has_amounts = any(map(_AMOUNT.fullmatch, (line for cell in entries for line in _printed(cell))))
    return has_amounts and numbers > 1 and max(map(_lines, entries)) >= FEWEST_ROWS and _lines(cells[0]) >= FEWEST_ROWS


def _is_of_rows(cell: FilledCell, grid: Grid, glyphs: Glyphs) -> bool:
    """Whether a field prints amounts side by side, and none within a sentence (a note below the rows)."""
    _, top, _, bottom = cell.box
    lines = lines_between(grid, top, bottom, glyphs)
    amounts = [[token for token in line.tokens if token.is_amount] for line in lines]
    texts = any(_AMOUNT_WITHIN.search(t.text) and not t.is_amount for line in lines for t in line.tokens)
    return not texts and any(len(found) > 1 for found in amounts)


def _is_of_entries(cell: FilledCell) -> bool:
    """Whether a field prints numbers or dashes one below another and nothing else."""
    lines = _printed(cell)
    return len(lines) > 1 and all(map(_ENTRY.fullmatch, lines))


def _is_of_codes(cell: FilledCell) -> bool:
    """Whether a field prints codes one below another, under a total at most."""
    lines = _printed(cell)
    return len(lines) > FEWEST_ROWS and all(map(_CODE.fullmatch, lines[1:]))


def _is_of_one_amount(cell: FilledCell) -> bool:
    return len(lines := _printed(cell)) == 1 and _AMOUNT.fullmatch(lines[0]) is not None


def _is_list(cell: FilledCell) -> bool:
    """Whether a field prints names one below another, each with its number but for a total at the end.

    With one amount beside them they are the end of a body that a page break cut, and it is the total's.
    """
    lines = _printed(cell)
    return len(lines) >= FEWEST_ROWS and all(map(_NUMBERED.match, lines[:-1]))


def _printed(cell: FilledCell) -> list[str]:
    return [line.strip() for line in cell.reading.raw.split("\n")]


def _lines(cell: FilledCell) -> int:
    return len(_printed(cell))


# --- the columns alone are drawn --------------------------------------------------------------------------------------


def _heads_rows(filled: FilledGrid) -> bool:
    """Whether the fields of a single row print headings over amounts or codes: head and body are drawn as one."""
    cells = [cell for cell in filled.cells if cell.reading.text]
    return len(cells) >= FEWEST_COLUMNS and sum(map(_is_of_headed_numbers, cells)) > 1


def _is_of_headed_numbers(cell: FilledCell) -> bool:
    lines = _printed(cell)
    numbers = list(dropwhile(lambda line: not _NUMBER.fullmatch(line), lines))
    return 0 < len(numbers) < len(lines) and all(map(_NUMBER.fullmatch, numbers))


def _in_columns(grid: Grid, glyphs: Glyphs, down: Floats) -> Grid:
    """A table that draws its frame and columns alone; line for line where its head or its rows are not certain."""
    x0, top, x1, bottom = grid.box
    inside = (down[:, 0] > x0 + REACH) & (down[:, 0] < x1 - REACH) & (down[:, 1] > top - REACH)
    inner = down[inside & (down[:, 2] < bottom + REACH)]
    lines = lines_between(grid, top, bottom, glyphs)
    body = next((line.y0 for line in lines if line.is_data), bottom)
    table = BarTable(x0, x1, (top, bottom), _below_groups(inner, grid, body), np.empty((0, 3)), inner)
    return laid_out(table, lines) or without_columns(table, lines)


def _below_groups(down: Floats, grid: Grid, body: float) -> Floats:
    """Where a heading over several columns ends: the rules across (y, x0, x1) that would part it from theirs.

    A rule down that begins in the head, below the frame and above the ``body``, parts columns of one group, which
    reaches to the next that begin higher.
    """
    x0, top, x1, bottom = grid.box
    down = down[down[:, 1] < body]
    sides = np.array([(x0, top, bottom), *down.tolist(), (x1, top, bottom)])
    found = set()
    for x, y, _ in down[down[:, 1] > top + REACH].tolist():
        higher = sides[sides[:, 1] < y - REACH, 0]
        found.add((y, float(higher[higher < x].max()), float(higher[higher > x].min())))
    return np.array(sorted(found)).reshape(-1, 3)


def _above(grid: Grid, row: int) -> Grid:
    """The rows of a grid above one: its head."""
    kept = tuple(span for span in grid.spans if span.row < row)
    return replace(grid, ys=grid.ys[: row + 1], spans=kept, owner=grid.owner[:row], open_below=frozenset())
