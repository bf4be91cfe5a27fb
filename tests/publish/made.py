"""A small made dataset with every table of the schema: one row at least in each, and the awkward values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.schema import FACT_TABLES, Column, Table
from pipeline.tables import Dataset, Row, Tables, in_parts, to_arrow

_VALUES: dict[str, Any] = {
    "text": "文", "integer": 1, "boolean": True, "amount": Decimal("1.50"), "decimal": Decimal("0.5"),
    "points": 72.25, "strings": ["made/1/1/1"],
}  # fmt: skip

AWKWARD = 'comma, "quote"\nnew line；行'

DOCUMENT = {
    "document_id": "made", "source_file": "made.pdf", "sha256": "0" * 64, "page_count": 3, "publisher": "某县某局",
    "region_code": "140525", "region_name": "某县", "fiscal_year": 2026, "document_type": "budget",
    "text_layer": "digital", "is_facsimile": True, "table_count": 1, "figure_count": 4, "jointly_feasible": None,
    "source_url": "https://www.example.gov.cn/预算.pdf", "where_from": "抄自网页 copied from the page",
}  # fmt: skip


def cell(row: int, column: int, text: str = "文") -> Row:
    """A cell of the made document's only table."""
    return {
        "cell_id": f"made/1/{row}/{column}", "document_id": "made", "page": 1, "table_no": 1, "row_no": row,
        "column_no": column, "row_span": 1, "column_span": 1, "x0": 72.1, "y0": 100.0, "x1": 99.7, "y1": 112.5,
        "text_raw": text, "text": text, "repairs": ["unwrapped", "watermark_removed"], "role": "fact",
    }  # fmt: skip


def line(row: int, column: int, table_id: str = "expenditure_summary", **more: object) -> Row:
    """A figure of the made document."""
    usual = {
        "document_id": "made", "table_no": 1, "row_no": row, "column_no": column, "table_id": table_id, "page": 1,
        "cell_id": f"made/1/{row}/{column}", "subject_code": "2013101", "subject_name": "行政运行",
        "subject_level": "项", "code_source": "printed", "item": "行政运行", "side": "expenditure", "fund": "total",
        "expenditure_type": "total", "origin": "total", "period": "budget", "amount": Decimal("41925300.00"),
        "amount_printed": "4192.53", "unit": "万元", "half_unit": Decimal(50), "column_header": "合计",
    }  # fmt: skip
    return {**usual, **more}


LINES = [
    line(10, 2),
    line(2, 3, amount=Decimal("0.00"), amount_printed="-", half_unit=Decimal("0.005")),
    line(2, 2, "revenue_summary", side="revenue", amount=Decimal("-1.10")),
    line(3, 2, "basic_expenditure", economic_code="30101", economic_name="基本工资", subject_code=None),
]


def table_row(table: Table) -> Row:
    """A row with a value in every column."""
    return {column.name: _value(column) for column in table.columns}


def _value(column: Column) -> object:
    if column.name == "document_id":
        return "made"
    return column.enum[0] if column.enum else _VALUES[column.kind]


def dataset(**tables: list[Row]) -> Dataset:
    """The made dataset; a keyword gives a table other rows."""
    rows: dict[str, list[Row]] = {table.name: [table_row(table)] for table in FACT_TABLES}
    rows["documents"] = [DOCUMENT]
    rows["budget_lines"] = list(LINES)
    rows["cells"] = [
        cell(10, 2), cell(2, 3, "-"), cell(2, 2), cell(3, 2), cell(4, 1, ""), cell(4, 2, AWKWARD), cell(1, 1),
    ]  # fmt: skip
    rows.update(tables)
    return {table.name: to_arrow(table, rows[table.name]) for table in FACT_TABLES}


def tables(**rows: list[Row]) -> Tables:
    """The made dataset as publishing takes it."""
    return in_parts(dataset(**rows))
