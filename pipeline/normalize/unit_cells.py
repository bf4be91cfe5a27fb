"""Cells that print an amount with its unit (12.30万元): in a table of that unit, or of no other, the number alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.normalize.amounts import FACTORS, read_figure
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain

_WITH_UNIT = re.compile(rf"(.*\d)({'|'.join(sorted(FACTORS, key=len, reverse=True))})")


def with_plain_amounts(grid: Grid, unit: str | None) -> tuple[Grid, str | None]:
    """The table with the numbers of such cells, and its unit of money.

    Where a cell names another unit than the table or another cell, or amounts without one stand in a table that states
    none, nothing is changed: what is no figure then is a finding.
    """
    told = {cell.cell_id: (number, said) for cell, number, said in _told(grid)}
    units = {said for _, said in told.values()} | ({unit} if unit else set())
    if not told or len(units) != 1 or (unit is None and any(_is_amount(cell) for cell in grid.cells)):
        return grid, unit
    cells = (replace(cell, text=told[cell.cell_id][0]) if cell.cell_id in told else cell for cell in grid.cells)
    return replace(grid, cells=tuple(cells)), units.pop()


def _told(grid: Grid) -> Iterator[tuple[Cell, str, str]]:
    for cell in grid.cells:
        found = _WITH_UNIT.fullmatch(plain(cell.text))
        if found and read_figure(found[1]) is not None:
            yield cell, found[1], found[2]


def _is_amount(cell: Cell) -> bool:
    """Whether a cell prints what may be an amount, by its point: a code or a number of a row has none."""
    return "." in cell.text and read_figure(cell.text) is not None
