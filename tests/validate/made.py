"""Small made tables in the form that normalization leaves them, for tests of the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.schema import BUDGET_LINES, DOCUMENTS, PUBLISHED, SOURCE_TABLES
from pipeline.tables import Dataset, Row, to_arrow

DOCUMENT = "made"
WAN = Decimal(10_000)


def figure(table_id: str, table_no: int, row_no: int, column_no: int, printed: str, **meaning: object) -> Row:
    """One row of budget_lines; ``printed`` is in 万元 unless ``unit`` says 元."""
    unit = str(meaning.setdefault("unit", "万元"))
    scale = WAN if unit == "万元" else Decimal(1)
    text = printed.replace(",", "")
    half = Decimal(5).scaleb(-len(text.partition(".")[2]) - 1) * scale
    is_rate = meaning.get("period") == "change_percent"
    return {
        "document_id": DOCUMENT, "table_no": table_no, "row_no": row_no, "column_no": column_no, "table_id": table_id,
        "page": table_no, "cell_id": f"{DOCUMENT}:t{table_no}:r{row_no}:c{column_no}",
        "amount": None if is_rate else Decimal(text) * scale, "value": printed if is_rate else None,
        "amount_printed": printed, "half_unit": None if is_rate else half, **meaning,
    }  # fmt: skip


def subject(code: str, name: str = "") -> dict[str, object]:
    """The meaning of a line with a printed functional code; ``total`` for the table's total."""
    if code == "total":
        return {"subject_level": "total", "item": "合计"}
    level = {3: "类", 5: "款", 7: "项"}[len(code)]
    return {
        "subject_code": code, "subject_name": name or f"科目{code}", "subject_level": level, "item": name or code,
        "code_source": "printed",
    }  # fmt: skip


def document(lines: Iterable[Row], tables: Iterable[Row] = (), **said: object) -> Dataset:
    """One document's dataset with these figures; a source table for each table_no unless ``tables`` lists it."""
    lines = list(lines)
    listed = {row["table_no"]: row for row in tables}
    for row in lines:
        listed.setdefault(row["table_no"], source_table(row["table_id"], row["table_no"], unit=row["unit"]))
    about: Row = {
        "document_id": DOCUMENT, "source_file": "made.pdf", "sha256": "0" * 64, "page_count": 9, "is_facsimile": True,
        "text_layer": "digital", "document_type": "budget", "fiscal_year": 2026, "table_count": len(listed),
        "figure_count": len(lines), **said,
    }  # fmt: skip
    made = {
        "documents": to_arrow(DOCUMENTS, [about]),
        "source_tables": to_arrow(SOURCE_TABLES, [listed[number] for number in sorted(listed)]),
        "budget_lines": to_arrow(BUDGET_LINES, lines),
    }
    return {name: made.get(name, table.arrow().empty_table()) for name, table in PUBLISHED.items()}


def source_table(table_id: object, table_no: object, **said: object) -> Row:
    """One row of source_tables."""
    return {
        "document_id": DOCUMENT, "table_no": table_no, "table_id": table_id, "printed_title": str(table_id),
        "first_page": table_no, "last_page": table_no, "unit": "万元", "row_count": 9, "column_count": 5,
        "state": "data", **said,
    }  # fmt: skip
