"""CSV of one table, for programs; and with Chinese headers and a byte order mark, for spreadsheets.

How the values stand in both is said once, in ``pipeline/spreadsheet.py``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipeline.publish import duck
from pipeline.publish.files import put
from pipeline.publish.parquet_files import parquet_of
from pipeline.schema import Table
from pipeline.spreadsheet import (
    BYTE_ORDER_MARK,
    COPY_OPTIONS,
    SEPARATOR,
    plain_columns,
    spreadsheet_columns,
    spreadsheet_options,
)


def write_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> Path:
    """One table for programs, from the Parquet file beside it: English column names, quotes only where needed.

    Raises ValueError when an item of a list holds the separator: the list could not be read back.
    """
    rows = duck.rows_of(parquet_of(path.parent, table))
    _refuse_separator(con, table, rows)
    return put(path, lambda temporary: _copy(con, temporary, rows, plain_columns(table), COPY_OPTIONS))


def write_spreadsheet_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> Path:
    """One table for spreadsheets: Chinese headers, a byte order mark, texts quoted and protected."""
    rows = duck.rows_of(parquet_of(path.parent, table))
    _refuse_separator(con, table, rows)

    def write(temporary: Path) -> None:
        unmarked = temporary.with_name(f"{temporary.name}.unmarked")
        try:
            _copy(con, unmarked, rows, spreadsheet_columns(table), spreadsheet_options(table))
            _mark(unmarked, temporary)
        finally:
            unmarked.unlink(missing_ok=True)

    return put(path, write)


def _mark(unmarked: Path, marked: Path) -> None:
    with unmarked.open("rb") as source, marked.open("wb") as target:
        target.write(BYTE_ORDER_MARK)
        shutil.copyfileobj(source, target)


def _copy(con: duckdb.DuckDBPyConnection, path: Path, rows: str, chosen: str, options: str) -> None:
    with duck.os_errors():
        con.execute(f"COPY (SELECT {chosen} FROM {rows}) TO {duck.text(path)} ({options})")


def _refuse_separator(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    for column in table.columns:
        if column.kind != "strings":
            continue
        joined = f"array_to_string({duck.name(column.name)}, '')"
        if con.execute(f"SELECT 1 FROM {rows} WHERE contains({joined}, {duck.text(SEPARATOR)}) LIMIT 1").fetchone():
            raise ValueError(
                f"table {table.name}, column {column.name}: an item holds {SEPARATOR!r}, which joins items"
            )
