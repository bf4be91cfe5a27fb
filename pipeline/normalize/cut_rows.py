"""Rows that a page break cuts in two: a label whose end stands on the next page (``八、社会保障和就 | 业支出``).

Both halves are rows of the table; the figures stand in one of them. The label is joined there when, and only when, the
halves together are a name that the vocabulary or the reference tables know and the one half alone is not.

A cell that stands beside several rows (a unit beside its subjects) is cut between them; it prints its text in its
middle, on one of the pages. No rule closes its first part, where one closes the rows beside it.
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
    whole = {cell.cell_id: cell for cell in (*_parted(grid), *_joined(grid))}
    return replace(grid, cells=tuple(whole.get(cell.cell_id, cell) for cell in grid.cells)) if whole else grid


def _parted(grid: Grid) -> Iterator[Cell]:
    """Both parts of each cell that is cut between rows, with the text of the whole."""
    for number in sorted({cell.row for cell in grid.cells if cell.continued}):
        foot = {cell.cell_id: cell for cell in grid.covering(number - 1).values()}.values()
        begun = [cell for cell in foot if cell.open_below]
        ends = _first_below_head(grid, number) if len(begun) < len(foot) else {}
        for upper in begun:
            lower = ends.get((upper.column, upper.columns))
            if lower and lower.text and not _prints_figures([upper, lower]) and _stands_beside_rows(upper, lower):
                yield from (replace(part, text=_whole(upper, lower)) for part in (upper, lower))


def _whole(upper: Cell, lower: Cell) -> str:
    """What both parts print; a line that the page break cuts lengthwise, and all of a text, may stand on both pages."""
    if upper.text in lower.text:
        return lower.text
    cut, again = upper.raw.splitlines()[-1:], lower.raw.splitlines()[:1]
    return (upper.text.removesuffix(*cut) if cut == again else upper.text) + lower.text


def _first_below_head(grid: Grid, number: int) -> dict[tuple[int, int], Cell]:
    """The cells of a page's first row below the head that it repeats, by their columns."""
    rows = (grid.row(row) for row in range(number, grid.row_count + 1))
    first = next((row for row in rows if row and not _is_repeated_head(grid, row)), [])
    return {(cell.column, cell.columns): cell for cell in first}


def _stands_beside_rows(upper: Cell, lower: Cell) -> bool:
    """Whether a cell in two parts is one beside several rows: two rows of two pages may be names of their own."""
    return not upper.text or upper.rows + lower.rows > 2


def _joined(grid: Grid) -> Iterator[Cell]:
    for number in sorted({cell.row for cell in grid.cells if cell.continued}):
        upper, lower = grid.row(number - 1), list(_first_below_head(grid, number).values())
        if _prints_figures(upper) == _prints_figures(lower):
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
