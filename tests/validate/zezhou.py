"""The Zezhou disclosure's thirteen tables, from the reviewed figures: what validation gets when extraction is right."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.schema import STATEMENTS
from pipeline.tables import Dataset, Row, to_arrow
from tests.validate.made import document, figure, source_table

REVIEWED = Path(__file__).parents[1] / "expected" / "zezhou_budget_lines.csv"
TABLES = (
    "budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary", "general_budget_expenditure",
    "basic_expenditure", "government_fund_revenue", "government_fund_expenditure", "state_capital_budget",
    "three_public_expenses", "agency_operating_expenses", "projects", "projects_carryover",
)  # fmt: skip
CAPTIONS = {1: 1, 2: 2, 4: 1, 5: 5, 6: 6, 7: 7, 8: 6, 9: 9, 10: 10}
_TEXTS = (
    "item", "subject_code", "subject_name", "subject_level", "economic_code", "economic_name",
    "government_economic_code", "government_economic_name", "code_source", "project_name", "column_header", "side",
    "fund", "expenditure_type", "origin", "period",
)  # fmt: skip


def zezhou(*changes: tuple[int, int, str, str]) -> Dataset:
    """One document's dataset; each change (table_no, row_no, column heading's end, printed) replaces one figure."""
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        lines = [_line(row) for row in csv.DictReader(file)]
    for change in changes:
        lines = [_changed(line, *change) for line in lines]
    with_figures = {line["table_no"] for line in lines}
    tables = [
        source_table(
            table_id, number, state="data" if number in with_figures else "empty",
            printed_caption=f"预算公开表{CAPTIONS[number]}" if number in CAPTIONS else None,
        )
        for number, table_id in enumerate(TABLES, start=1)
    ]  # fmt: skip
    notes = [_note(number, table) for number, table in enumerate(tables, start=1) if table["state"] == "empty"]
    return {**document(lines, tables), "statements": to_arrow(STATEMENTS, notes)}


def _note(number: int, table: Row) -> Row:
    where = {name: table[name] for name in ("document_id", "table_id", "table_no")}
    return {
        **where,
        "statement_no": number,
        "kind": "empty_table",
        "text": "注：本表无数据",
        "page": table["first_page"],
    }


_headers: dict[tuple[str, str], int] = {}


def _line(row: dict[str, str]) -> Row:
    column = _headers.setdefault((row["table_no"], row["column_header"]), len(_headers) + 1)
    meaning = {name: None if row[name] in ("", "*") else row[name] for name in _TEXTS}
    where = (row["table_id"], int(row["table_no"]), int(row["row_no"]), column)
    return {**figure(*where, row["amount_printed"], **meaning), "page": int(row["page"])}


def _changed(line: Row, table_no: int, row_no: int, header: str, printed: str) -> Row:
    if (line["table_no"], line["row_no"]) != (table_no, row_no) or not str(line["column_header"]).endswith(header):
        return line
    new = figure("other", table_no, row_no, 0, printed)
    return {**line, **{name: new[name] for name in ("amount", "amount_printed", "half_unit")}}
