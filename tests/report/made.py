"""A small build made by hand: rows of the published tables with what a test says, the rest filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pipeline.report.expected import expected_tables
from pipeline.schema import CELLS, CHECKS, COVERAGE, DOCUMENTS, FINDINGS, SOURCE_TABLES
from pipeline.tables import Dataset, to_arrow

Row = Mapping[str, object]
BUDGET_2026 = tuple(table.table_id for table in expected_tables("budget", 2026))


def document(document_id: str, **said: object) -> Row:
    row = {
        "source_file": f"{document_id}.pdf", "sha256": "0" * 64, "page_count": 2, "publisher": "示例县档案局",
        "fiscal_year": 2026, "document_type": "budget", "is_facsimile": False, "table_count": 9, "figure_count": 3,
        "jointly_feasible": True,
    }  # fmt: skip
    return {"document_id": document_id, **row, **said}


def table(document_id: str, table_no: int, table_id: str, **said: object) -> Row:
    row = {"first_page": 1, "last_page": 1, "row_count": 1, "column_count": 1, "state": "data", "unit": "万元"}
    return {"document_id": document_id, "table_no": table_no, "table_id": table_id, **row, **said}


def tables(document_id: str, table_ids: Sequence[str] = BUDGET_2026) -> list[Row]:
    return [table(document_id, number, table_id) for number, table_id in enumerate(table_ids, start=1)]


def check(document_id: str, check_id: str, outcome: str, **said: object) -> Row:
    row = {
        "family": check_id.partition("/")[0],
        "scope": "within_table",
        "kind": "assert",
        "statement": "合计＝各项之和",
    }
    return {"document_id": document_id, "check_id": check_id, "outcome": outcome, **row, **said}


def finding(document_id: str, finding_id: str, code: str, explanation: str, **said: object) -> Row:
    row = {"severity": "warning", "verdict": "undetermined", "page": 1}
    return {
        "document_id": document_id, "finding_id": finding_id, "code": code, "explanation": explanation, **row, **said,
    }  # fmt: skip


def page(document_id: str, number: int = 1, **said: object) -> Row:
    row = {
        "digits_in_text_layer": 10, "digits_in_cells": 10, "numbers": 4, "facts": 4, "labels": 0, "headers": 0,
        "findings": 0, "unread": 0,
    }  # fmt: skip
    return {"document_id": document_id, "page": number, **row, **said}


def cell(cell_id: str, text: str, **said: object) -> Row:
    row = {
        "document_id": cell_id.partition("/")[0], "page": 1, "table_no": 1, "row_no": 1, "column_no": 1, "row_span": 1,
        "column_span": 1, "x0": 100.0, "y0": 300.0, "x1": 160.0, "y1": 312.0, "text_raw": text, "role": "fact",
    }  # fmt: skip
    return {"cell_id": cell_id, "text": text, **row, **said}


def build(**rows: Sequence[Row]) -> Dataset:
    made = (DOCUMENTS, SOURCE_TABLES, CHECKS, FINDINGS, COVERAGE, CELLS)
    assert set(rows) <= {schema.name for schema in made}
    return {schema.name: to_arrow(schema, rows.get(schema.name, [])) for schema in made}


def pdf(path: Path, pages: int = 2) -> None:
    canvas = Canvas(str(path), pagesize=(400, 600), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(100, 290, f"{number}41925300")
        canvas.showPage()
    canvas.save()
