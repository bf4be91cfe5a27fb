"""Where a table's head ends: the last row of headings, with the rows of column numbers below it.

The head is whole where no heading runs on below it and every column has one of its own; else it ends above the first
row with a figure or a code; in a table without figures it is its first row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.normalize.amounts import read_figure
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain, without_years
from pipeline.normalize.words import vocabulary

DEEPEST = 8  # rows: a deeper head is none
FEWEST_NUMBERED = 5  # columns numbered from 1 beside more words than one
_COLUMN_NUMBER = re.compile(r"\d{1,2}|[A-Z]")
_SUM_OF_COLUMNS = re.compile(r"(?:栏次?)?\(?(\d{1,2}|[A-Z])\)?=[-\dA-Z()栏+*/×÷.~至—、,]*[\dA-Z)]")
_CODE_BEFORE_NAME = re.compile(r"[\[【(]?\d{3,9}[\]】)]?[-—_]?\D.*")


def last_header_row(grid: Grid, top: int) -> int:
    """The last row of the head that begins in row ``top``; rows count from 1."""
    data = _first_data_row(grid, top)
    if grid.method == "aligned":  # nothing is merged where nothing is drawn: all above the figures is the head
        return _past_fillers(grid, max(data - 1, top))
    for last in range(top, min(data, top + DEEPEST)):
        if _is_complete(grid, top, last):
            return _past_fillers(grid, last)
    return _past_fillers(grid, max(data - 1, top) if data <= min(grid.row_count, top + DEEPEST) else top)


def is_filler_row(cells: Sequence[Cell]) -> bool:
    """A row of column numbers (1 2 3, 栏次): part of the head. Without rules two may stand in one column (2  3)."""
    return is_column_numbers([plain(text) for cell in cells for text in _apart(cell.text)])


def _apart(text: str) -> list[str]:
    parts = text.split()
    return parts if all(map(is_column_number, parts)) else [text]


def is_column_numbers(phrases: Sequence[str]) -> bool:
    """Whether the plain texts of a row are column numbers, as ``is_filler_row``; one may say what it adds up: 1=2+3."""
    if any(vocabulary().fillers.fullmatch(phrase) or is_sum_of_columns(phrase) for phrase in phrases):
        return True
    numbers = [int(phrase, 36) if phrase.isalpha() else int(phrase) for phrase in phrases if is_column_number(phrase)]
    ascending = len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    counts_all = len(numbers) >= FEWEST_NUMBERED and numbers[0] == 1
    rest = len(phrases) - len(numbers)
    return ascending and (rest <= 1 or (counts_all and not any(map(_has_digit, phrases[:rest]))))


def _has_digit(phrase: str) -> bool:
    return any(map(str.isdigit, phrase))


def is_column_number(phrase: str) -> bool:
    """Whether a plain text may be the number or the letter of a column."""
    return bool(_COLUMN_NUMBER.fullmatch(phrase))


def is_sum_of_columns(phrase: str) -> bool:
    """Whether a plain text says which columns one adds up, by their numbers or letters: 1=2+3, C=D+E."""
    return bool(_SUM_OF_COLUMNS.fullmatch(phrase))


def cells_between(grid: Grid, top: int, last: int) -> Iterator[Cell]:
    """The cells that start in the rows from ``top`` to ``last``."""
    for number in range(top, last + 1):
        yield from grid.row(number)


def _printed(grid: Grid, number: int) -> list[Cell]:
    return [cell for cell in grid.row(number) if cell.text]


def _first_data_row(grid: Grid, top: int) -> int:
    """First row with a figure or a code in it, or of dashes; one past the table when there is none."""
    for number in range(top, grid.row_count + 1):
        cells = _printed(grid, number)
        if not is_filler_row(cells) and (any(_is_data(cell.text) for cell in cells) or _is_all_dashes(cells)):
            return number
    return grid.row_count + 1


def _is_all_dashes(cells: Sequence[Cell]) -> bool:
    return len(cells) > 1 and all(read_figure(plain(cell.text)) is not None for cell in cells)


def _is_data(text: str) -> bool:
    phrase, _ = without_years(plain(text))
    figure = read_figure(phrase)
    if figure is not None and any(map(str.isdigit, phrase)):
        return True
    return bool(_CODE_BEFORE_NAME.fullmatch(phrase))


def _is_complete(grid: Grid, top: int, last: int) -> bool:
    """No cell runs on below ``last``, and each column has a heading of its own (or none at all)."""
    leaves: dict[int, Cell] = {}
    for cell in cells_between(grid, top, last):
        if cell.last_row > last:
            return False
        for column in range(cell.column, cell.last_column + 1):
            if cell.text or column not in leaves:
                leaves[column] = cell
    split = [cell for cell in leaves.values() if cell.text and cell.columns > 1]
    return bool(leaves) and not any(_is_split_below(grid, cell, last) for cell in split)


def _is_split_below(grid: Grid, cell: Cell, last: int) -> bool:
    """Whether the row below parts a wide heading's columns."""
    below = grid.row(last + 1)
    inside = [c for c in below if cell.column <= c.column <= cell.last_column]
    return len(inside) > 1 and any(c.text for c in inside)


def _past_fillers(grid: Grid, last: int) -> int:
    while last < grid.row_count:
        cells = _printed(grid, last + 1)
        if not cells or not is_filler_row(cells):
            break
        last += 1
    return last
