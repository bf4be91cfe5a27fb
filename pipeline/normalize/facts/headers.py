"""The cells of a table's head, also where a page that the table goes on to prints it again: headers, not data."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize.facts.records import TableReading
from pipeline.normalize.heads.depth import is_column_numbers
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import plain


def give_headers(reading: TableReading) -> None:
    """Give the role ``header`` to the head's cells, and to those of every head that a further page repeats."""
    grid, last = reading.grid, reading.head.last_row
    reading.roles.give((cell for cell in grid.cells if cell.row <= last), "header")
    printed = [_texts(grid.row(number)) for number in range(1, last + 1)]
    for number in sorted({cell.row for cell in grid.cells if cell.continued and cell.row > last}):
        start = next((place for place, texts in enumerate(printed) if texts and texts == _texts(grid.row(number))), 0)
        for offset, texts in enumerate(printed[start:]):
            if _is_again(_texts(grid.row(number + offset)), texts):
                reading.roles.give(grid.row(number + offset), "header")
        _give_row_beside_head(reading, number + last - start)


def _give_row_beside_head(reading: TableReading, number: int) -> None:
    """A total that stands beside the head's last cells (类 款 项 | 合计) is printed again with them: once is enough."""
    grid, own = reading.grid, reading.head.last_row + 1
    covered = [cell for cell in grid.covering(number).values() if cell.row < number]
    repeated = _texts(grid.row(number)) == _texts(grid.row(own)) != []
    if number > own and repeated and any(reading.roles.of(cell) == "header" for cell in covered):
        reading.roles.give(grid.row(number), "header")


def _is_again(texts: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row prints a row of the head again: all of it, or its column numbers less a cell that the page cuts.

    A heading beside the rows of numbers (类 款 项 | 栏次 1 2 3) that goes on below the rows printed again is not whole
    there, and may print nothing.
    """
    rest = iter(head)
    in_order = bool(texts) and all(text in rest for text in texts)
    return in_order and (len(texts) == len(head) or is_column_numbers(texts))


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [plain(cell.text) for cell in cells if cell.text]
