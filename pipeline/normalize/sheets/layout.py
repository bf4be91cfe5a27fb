"""Cells by place, and what a page break does to them.

A merged cell that a page break cuts is printed as two cells with the text in one of them. So a blank cell at the top
of a page goes on from the cell before it, and a blank cell at the foot of a page belongs to the one that follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import label_key

_FEWEST_ROWS = 3


class Layout:
    """A grid's cells by the places that they cover."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self.grid.covering(row).get(column)

    def row(self, row: int) -> list[Cell]:
        """The cells that cover a row, from left to right, each once."""
        cells = (self.at(row, column) for column in range(1, self.grid.column_count + 1))
        return _once(cells)

    def right(self, cell: Cell) -> Cell | None:
        """The cell to the right in the same row."""
        return self.at(cell.row, cell.last_column + 1)

    def left(self, cell: Cell) -> Cell | None:
        """The cell to the left in the same row."""
        return self.at(cell.row, cell.column - 1)

    def above(self, cell: Cell) -> list[Cell]:
        """The cells over a cell's first column, nearest first."""
        found = (self.at(row, cell.column) for row in range(cell.row - 1, 0, -1))
        return _once(found)

    def below(self, cell: Cell) -> list[Cell]:
        """The cells that start in the row under a cell within its columns, from left to right."""
        under = (self.at(cell.last_row + 1, column) for column in range(cell.column, cell.last_column + 1))
        return [item for item in _once(under) if item.row == cell.last_row + 1]

    def column(self, column: int, rows: Iterable[int]) -> list[Cell]:
        """The cells that cover a column in the given rows, from top to bottom, each once."""
        cells = (self.at(row, column) for row in rows)
        return _once(cells)


def _once(cells: Iterable[Cell | None]) -> list[Cell]:
    return list({cell.cell_id: cell for cell in cells if cell is not None}.values())


def untold_pages(grid: Grid) -> list[int]:
    """The pages of a table of several columns on which each row is one cell: what extraction gives where no column
    could be told."""
    by_page: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_page.setdefault(cell.page, []).append(cell)
    if grid.column_count == 1:
        return []
    return [
        page
        for page, cells in by_page.items()
        if len(cells) >= _FEWEST_ROWS and all(cell.columns == grid.column_count for cell in cells)
    ]


def key(cell: Cell) -> str:
    """The label key of a cell's text."""
    return label_key(cell.text)


def joined(cells: Sequence[Cell], carry: str = "") -> dict[str, str]:
    """The text of each cell of a column once page breaks are mended: cell_id → text.

    ``carry`` is the last text of the table that this one goes on from.
    """
    texts: dict[str, str] = {}
    last = carry
    for index, cell in enumerate(cells):
        before = cells[index - 1] if index else None
        after = cells[index + 1] if index + 1 < len(cells) else None
        text = cell.text
        if not text and _opens_page(before, cell, carry):
            text = last
        elif not text and after is not None and after.page > cell.page:
            text = after.text
        texts[cell.cell_id] = last = text
    return texts


def _opens_page(before: Cell | None, cell: Cell, carry: str) -> bool:
    return cell.page > before.page if before is not None else bool(carry)
