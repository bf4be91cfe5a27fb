"""Rows that a page break cuts in two: a label whose end stands on the next page (``八、社会保障和就 | 业支出``).

Both halves are rows of the table; the figures stand in one of them. The label is joined there when, and only when, the
halves together are a name that the vocabulary or the reference tables know and the one half alone is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.normalize import reference
from pipeline.normalize.amounts import read_figure
from pipeline.normalize.heads.depth import DEEPEST
from pipeline.normalize.meanings import first
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import bare
from pipeline.normalize.words import vocabulary


def with_whole_labels(grid: Grid) -> Grid:
    """The table with every label that a page break cut joined in the row that prints its figures."""
    whole = {cell.cell_id: cell for cell in _joined(grid)}
    return replace(grid, cells=tuple(whole.get(cell.cell_id, cell) for cell in grid.cells)) if whole else grid


def _joined(grid: Grid) -> Iterator[Cell]:
    for number in sorted({cell.row for cell in grid.cells if cell.continued}):
        upper, lower = grid.row(number - 1), grid.row(number)
        if _prints_figures(upper) == _prints_figures(lower) or _is_repeated_head(grid, lower):
            continue
        ends = {cell.column: cell for cell in lower if cell.text}
        for start in upper:
            end = ends.get(start.column)
            if end and start.text and _is_one_name(start.text, end.text):
                kept = start if _prints_figures(upper) else end
                yield replace(kept, text=start.text + end.text)


def _is_repeated_head(grid: Grid, row: list[Cell]) -> bool:
    """Whether a page begins with a row of the table's head again: 收入 under …拨款 is no end of it."""
    texts, above = _texts(row), range(1, min(row[0].row, DEEPEST + 1))
    return any(_texts(grid.row(number)) == texts for number in above)


def _texts(row: list[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _prints_figures(cells: list[Cell]) -> bool:
    return any(cell.text and read_figure(cell.text) is not None for cell in cells)


def _is_one_name(start: str, end: str) -> bool:
    return _is_known(start + end) and not (_is_known(start) and _is_known(end))


def _is_known(label: str) -> bool:
    name, words = bare(label), vocabulary()
    subjects = (reference.functional(), reference.economic("department"), reference.economic("government"))
    if any(name in names.by_name for names in subjects):
        return True
    return any(first(rules, name) for rules in (words.totals, words.revenue, words.expenditure))
