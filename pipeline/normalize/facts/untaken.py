"""What no fact takes of a table: columns of figures that mean nothing to us, and cells that no row or column took."""

from __future__ import annotations

from pipeline.normalize.facts import reports
from pipeline.normalize.facts.records import TableReading
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import plain
from pipeline.normalize.reference import economic

FEWEST_ITEMS = 3  # columns headed by economic items: a table that spreads them, as the accounts' detailed ones do
ITEM_DIGITS = 5  # 款 of the economic classification


def report_columns(reading: TableReading) -> None:
    """Headings that nothing knows, and columns of figures that are not taken: unknown ones, or outside the contract."""
    for column in reading.head.columns:
        if column.role == "label" and column.unknown:
            reading.findings.append(reports.unknown_label_header(column, _heading_cells(reading, column)))
    untaken = [c for c in reading.head.columns if c.role == "amount" and (c.unknown or c.meaning.memo)]
    items = [column for column in untaken if column.unknown and _is_economic_item(column.unknown)]
    if len(items) >= FEWEST_ITEMS:
        cells = [cell for column in items for cell in _figures_in(reading, column)]
        if cells:
            reading.report(cells, reports.items_over_columns([item.unknown or "" for item in items], cells))
        untaken = [column for column in untaken if column not in items]
    for column in untaken:
        _report_figures(reading, column)


def _is_economic_item(heading: str) -> bool:
    code = economic("department").code_of(plain(heading))
    return code is not None and len(code) == ITEM_DIGITS


def _figures_in(reading: TableReading, column: Column) -> list[Cell]:
    return [cell for cell in _cells_in(reading, column) if cell.text and cell.row > reading.head.last_row]


def _report_figures(reading: TableReading, column: Column) -> None:
    cells = _figures_in(reading, column)
    if cells:
        report = reports.unknown_header if column.unknown else reports.column_outside_contract
        reading.report(cells, report(column, cells))


def _heading_cells(reading: TableReading, column: Column) -> list[Cell]:
    over = (cell for cell in _cells_in(reading, column) if cell.row <= reading.head.last_row)
    return [cell for cell in over if cell.text == column.unknown]


def _cells_in(reading: TableReading, column: Column) -> list[Cell]:
    return [cell for cell in reading.grid.cells if cell.column <= column.number <= cell.last_column]


def give_the_rest(reading: TableReading) -> None:
    """Cells that no block took: remarks and sequence numbers are labels, anything else in a data row a finding."""
    remarks = {column.number for column in reading.head.columns if column.role != "amount"}
    left = [cell for cell in reading.grid.cells if reading.roles.of(cell) == "unread"]
    reading.roles.give((cell for cell in left if cell.column in remarks), "label")
    lost = [cell for cell in left if cell.column not in remarks]
    reading.roles.give(lost, "finding")
    numbers = [cell for cell in lost if any(map(str.isdigit, cell.text))]
    if numbers:
        reading.findings.append(reports.unplaced_numbers(numbers))
