"""Tables that draw their columns and no rows, or a frame alone under their head: a body drawn as one field.

The head is drawn whole, and so are the columns; the rows are told from the print, as below a head alone (``headed``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.cells import FilledCell, FilledGrid
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import Grid
from pipeline.extract.headed import lines_between, with_rows

FEWEST_ROWS = 3  # one below another in a field: fewer may be an amount and what it is made of
FEWEST_COLUMNS = 3
_AMOUNT = re.compile(r"[-−(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,6})[)）]?")
_AMOUNT_WITHIN = re.compile(r"\d\.\d{1,6}(?!\d)|\d,\d{3}(?!\d)")


def with_rows_told(drawn: Sequence[FilledGrid], glyphs: Glyphs) -> list[Grid | FilledGrid]:
    """The tables of a page, those with a body in one field with the rows that its print makes."""
    told = ((filled, _told(filled, glyphs)) for filled in drawn)
    return [filled if grid is None else grid for filled, grid in told]


def _told(filled: FilledGrid, glyphs: Glyphs) -> Grid | None:
    """The table row by row; None where what it draws are its rows."""
    grid = filled.grid
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
    is_single = all(cell.span.columns == 1 for cell in cells)
    return is_single and sum(map(_is_of_amounts, cells)) > 1 and _lines(cells[0]) >= FEWEST_ROWS


def _is_of_rows(cell: FilledCell, grid: Grid, glyphs: Glyphs) -> bool:
    """Whether a field prints amounts side by side, and none within a sentence (a note below the rows)."""
    _, top, _, bottom = cell.box
    lines = lines_between(grid, top, bottom, glyphs)
    amounts = [[token for token in line.tokens if token.is_amount] for line in lines]
    texts = any(_AMOUNT_WITHIN.search(t.text) and not t.is_amount for line in lines for t in line.tokens)
    return not texts and any(len(found) > 1 for found in amounts)


def _is_of_amounts(cell: FilledCell) -> bool:
    """Whether a field prints amounts one below another and nothing else."""
    lines = cell.reading.raw.split("\n")
    return len(lines) >= FEWEST_ROWS and all(_AMOUNT.fullmatch(line.strip()) for line in lines)


def _lines(cell: FilledCell) -> int:
    return cell.reading.raw.count("\n") + 1


def _above(grid: Grid, row: int) -> Grid:
    """The rows of a grid above one: its head."""
    kept = tuple(span for span in grid.spans if span.row < row)
    return replace(grid, ys=grid.ys[: row + 1], spans=kept, owner=grid.owner[:row], open_below=frozenset())
