"""One printed figure as a row of ``budget_lines``: where it stands, what its row and column are, and its value.

What the page leaves open is settled as the data contract says (``settle``).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.normalize import settle
from pipeline.normalize.amounts import Figure, to_amount
from pipeline.normalize.facts.records import TableReading
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.model import Cell, Row
from pipeline.normalize.settle import Line
from pipeline.normalize.titles import unit_in


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as read, the cell that prints it, and the row and the column that it stands in."""

    line: Line
    column: Column
    cell: Cell
    figure: Figure

    def unit(self, stated: str) -> str:
        """The unit that the figure is printed in; ``stated`` is the table's."""
        return unit_of(self.column, stated)


def unit_of(column: Column, stated: str) -> str:
    """The unit of money that the headings right over a column's figures state (预算数（元）), else the table's."""
    return next(filter(None, map(unit_in, reversed(column.path))), stated)


def budget_line(reading: TableReading, printed: PrintedFigure) -> Row:
    """The figure's row: its amount in yuan, or for a percentage its value as printed."""
    setting, line, cell, meaning = reading.setting, printed.line, printed.cell, printed.column.meaning
    side = settle.side_of(line, meaning)
    period = settle.period_of(line, meaning, setting.calendar)
    is_rate = printed.figure.is_percent or period == "change_percent"
    return {
        "document_id": setting.document_id,
        "table_no": reading.grid.table_no,
        "row_no": cell.row,
        "column_no": cell.column,
        "table_id": setting.table_id,
        "page": cell.page,
        "cell_id": cell.cell_id,
        **_labels(line, printed.column),
        "subject_level": settle.level_of(line, side),
        "side": side,
        "fund": settle.fund_of(line, meaning),
        "expenditure_type": settle.type_of(line, meaning, side),
        "origin": settle.origin_of(line, printed.column),
        "period": "change_percent" if is_rate else period,
        "amount_printed": cell.text,
        **(_rate(cell) if is_rate else _money(printed.figure, printed.unit(setting.unit))),
        "column_header": printed.column.header or None,
    }


def _labels(line: Line, column: Column) -> Row:
    label = line.label
    items = line.block.item_of(column)
    # where items are spread over the columns, the row's label is its unit
    spread = label.item if items and not (label.is_total or label.codes or label.period) else None
    return {
        "subject_code": label.codes.get("subject"),
        "subject_name": label.names.get("subject"),
        "economic_code": label.codes.get("economic"),
        "economic_name": label.names.get("economic"),
        "government_economic_code": label.codes.get("government"),
        "government_economic_name": label.names.get("government"),
        "code_source": label.source,
        "item": items or label.item,
        "project_name": label.project_name,
        "unit_name": label.unit_name or line.unit or spread,
    }


def _money(figure: Figure, unit: str) -> Row:
    amount = to_amount(figure, unit)
    return {"amount": amount.value, "value": None, "unit": unit, "half_unit": amount.half_unit}


def _rate(cell: Cell) -> Row:
    return {"amount": None, "value": cell.text, "unit": "%", "half_unit": None}
