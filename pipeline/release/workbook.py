"""``budget.xlsx``: a sheet a table, Chinese headers, codes as text, and a dictionary sheet.

XLSX keeps numbers as binary floating point: 15 decimal digits are safe. A number of more digits is written as a text,
so that no amount is changed. The bytes depend on the tables only: the creation date is fixed and XlsxWriter dates the
parts of the file 1980-01-01.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from pipeline.release.facts import Both, Facts
from pipeline.schema import Column, Kind, Table

MOST_ROWS = 1_048_576  # of a sheet, header and all: Excel's limit
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units: Excel's limit
SAFE_DIGITS = 15
BATCH = 4096
DICTIONARY_SHEET = "数据字典 dictionary"
CREATED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
SHORTENED = "…[已截断，全文见 CSV 和 Parquet / cut here, in full in CSV and Parquet]"

WIDTHS: dict[Kind, int] = {
    "text": 20, "integer": 8, "boolean": 8, "amount": 18, "decimal": 16, "points": 9, "strings": 24,
}  # fmt: skip
FORMATS: dict[Kind, str] = {"text": "@", "strings": "@", "amount": "#,##0.00"}
_DICTIONARY = ("工作表 sheet", "表 table", "列标题 header", "列名 column", "类型 type", "单位 unit", "必填 required",
               "说明", "meaning", "取值 values")  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One table and the Parquet file that it comes from."""

    table: Table
    parquet: Path

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return int(pq.ParquetFile(self.parquet).metadata.num_rows)

    @property
    def left_out(self) -> bool:
        """Whether a sheet cannot hold the table."""
        return self.rows + 1 > MOST_ROWS


def write_workbook(path: Path, sheets: Sequence[Sheet], facts: Facts) -> None:
    """The dictionary first, then a sheet a table in the order given; a table too long for a sheet is left out, and the
    dictionary says so. Rows are streamed: memory does not grow with the tables.
    """
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": str(facts.title), "comments": facts.version, "created": CREATED})
    formats = _formats(book)
    _write_dictionary(book, sheets, formats, facts)
    for sheet in sheets:
        if not sheet.left_out:
            _write_sheet(book, sheet, formats)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # a full disk is an OSError like any other
        raise OSError(f"{path}: {error}") from error


def sheet_name(table: Table) -> str:
    """The table's Chinese title; the schema's titles fit a sheet's name (31 characters, none of ``[]:*?/\\``)."""
    return table.title


def _formats(book: Any) -> dict[str, Any]:
    kinds: dict[str, Any] = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    return {**kinds, "header": book.add_format({"bold": True, "bg_color": "#E7EEF5", "bottom": 1})}


# --- tables ----------------------------------------------------------------------------------------------------------


def _write_sheet(book: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    columns = sheet.table.columns
    page = book.add_worksheet(sheet_name(sheet.table))
    page.freeze_panes(1, 0)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    for place, column in enumerate(columns):
        page.set_column(place, place, WIDTHS[column.kind], formats.get(column.kind))
    page.write_row(0, 0, [column.title for column in columns], formats["header"])
    for number, row in enumerate(_rows(sheet.parquet, columns), start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(page, number, place, value, formats.get(column.kind))
    page.autofilter(0, 0, sheet.rows, len(columns) - 1)


def _rows(parquet: Path, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    names = [column.name for column in columns]
    for batch in pq.ParquetFile(parquet, pre_buffer=False).iter_batches(BATCH, columns=names):
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _write_cell(page: Any, row: int, place: int, value: Any, cell_format: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value, cell_format)
    elif is_safe(value):
        page.write_number(row, place, value, cell_format)
    else:
        text = ";".join(value) if isinstance(value, list) else plain(value)
        page.write_string(row, place, shortened(text), cell_format)


def is_safe(value: object) -> bool:
    """Whether a spreadsheet keeps the number as it is: coordinates (floating point already), and at most 15 digits."""
    if isinstance(value, float):
        return True
    return isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= SAFE_DIGITS


def plain(value: object) -> str:
    """A value as text; decimals in plain digits."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def shortened(text: str) -> str:
    """The text, or as much of it as a cell takes and a note."""
    if len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(SHORTENED))]
    return kept.decode("utf-16-le", errors="ignore") + SHORTENED


# --- dictionary ------------------------------------------------------------------------------------------------------


def _write_dictionary(book: Any, sheets: Sequence[Sheet], formats: dict[str, Any], facts: Facts) -> None:
    page = book.add_worksheet(DICTIONARY_SHEET)
    for place, width in enumerate((22, 26, 18, 22, 10, 8, 8, 44, 60, 40)):
        page.set_column(place, place, width, formats["text"])
    said = [str(line) for line in _head(facts, sheets)]
    for number, line in enumerate(said):
        page.write_string(number, 0, line)
    page.write_row(len(said), 0, _DICTIONARY, formats["header"])
    for number, row in enumerate(_entries(sheets), start=len(said) + 1):
        for place, text in enumerate(row):
            page.write_string(number, place, text)


def _head(facts: Facts, sheets: Sequence[Sheet]) -> Iterator[Both]:
    yield Both(f"{facts.title.zh} {facts.version}", f"{facts.title.en} {facts.version}")
    yield Both(f"许可：{facts.licence.title}", f"Licence: {facts.licence.path}")
    for sheet in sheets:
        if sheet.left_out:
            yield Both(
                f"“{sheet.table.title}”有 {sheet.rows:,} 行，超出工作表上限，未收入；请用 CSV、Parquet 或 DuckDB",
                f"{sheet.table.name} has {sheet.rows:,} rows, more than a sheet holds: left out, see the other forms",
            )


def _entries(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        place = "（未收入 left out）" if sheet.left_out else sheet_name(sheet.table)
        for column in sheet.table.columns:
            required = "是 yes" if column.required else ""
            yield (place, sheet.table.name, column.title, column.name, column.kind, column.unit, required, column.zh,
                   column.en, ", ".join(column.enum))  # fmt: skip
