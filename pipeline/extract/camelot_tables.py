"""Extraction's tables in camelot's own model, for whoever works with camelot: ``df``, ``to_csv``, ``parsing_report``.

camelot's ``Table`` is the common shape of extracted tables; here it is filled from our grids instead of camelot's
parsers. Camelot measures from the page's bottom left. A merged cell's text stands in its first field, as in camelot
without ``copy_text``. Importing camelot costs seconds, so nothing else in the pipeline imports this module.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
from camelot.core import Table, TableList

from pipeline.extract.cells import FilledCell, FilledGrid
from pipeline.extract.document import read_grids

READ_IN_FULL = 100.0  # every glyph inside a table is in a cell


def read_camelot_tables(path: Path) -> TableList:
    """The tables of a PDF as camelot ``Table`` objects, one for each part of a table that stands on a page.

    Raises UnreadableDocument when the file cannot be opened.
    """
    tables: list[Table] = []
    for page, height, grids in read_grids(path):
        tables.extend(_table(filled, page, order, height) for order, filled in enumerate(grids, start=1))
    return TableList(tables)


def _table(filled: FilledGrid, page: int, order: int, height: float) -> Table:
    grid = filled.grid
    rows = [(height - top, height - bottom) for top, bottom in pairwise(grid.ys.tolist())]
    table = Table(list(pairwise(grid.xs.tolist())), rows)
    for cell in filled.cells:
        _fill(table, cell)
    table.df = pd.DataFrame(table.data)
    table.shape = table.df.shape
    table.page, table.order, table.flavor = page, order, "lattice" if filled.method == "ruled" else "stream"
    table.accuracy = READ_IN_FULL
    blank = sum(1 for row in table.data for text in row if not text)
    table.whitespace = 100 * blank / (table.shape[0] * table.shape[1])
    return table


def _fill(table: Table, cell: FilledCell) -> None:
    """Text into the first field of a cell, and edges around all of its fields."""
    span = cell.span
    table.cells[span.row][span.column].text = cell.reading.text
    for row in range(span.row, span.row + span.rows):
        for column in range(span.column, span.column + span.columns):
            field = table.cells[row][column]
            field.top, field.bottom = row == span.row, row == span.row + span.rows - 1
            field.left, field.right = column == span.column, column == span.column + span.columns - 1
