"""CSV of one table, for programs; and with Chinese headers and a byte order mark, for spreadsheets.

How the values stand in both is said once, in ``pipeline/spreadsheet.py``.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publish import duck
from pipeline.publish.files import put
from pipeline.schema import Table
from pipeline.spreadsheet import (
    BYTE_ORDER_MARK,
    COPY_OPTIONS,
    SEPARATOR,
    plain_columns,
    spreadsheet_columns,
    spreadsheet_options,
)


def write_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table, rows: pa.Table) -> Path:
    """One table for programs: English column names, quotes only where needed.

    Raises ValueError when an item of a list holds the separator: the list could not be read back.
    """
    _refuse_separator(table, rows)
    return put(path, lambda temporary: _copy(con, temporary, rows, plain_columns(table), COPY_OPTIONS))


def write_spreadsheet_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table, rows: pa.Table) -> Path:
    """One table for spreadsheets: Chinese headers, a byte order mark, texts quoted and protected."""
    _refuse_separator(table, rows)

    def write(temporary: Path) -> None:
        _copy(con, temporary, rows, spreadsheet_columns(table), spreadsheet_options(table))
        temporary.write_bytes(BYTE_ORDER_MARK + temporary.read_bytes())

    return put(path, write)


def _copy(con: duckdb.DuckDBPyConnection, path: Path, rows: pa.Table, chosen: str, options: str) -> None:
    with duck.os_errors():
        con.register("rows", rows)
        con.execute(f"COPY (SELECT {chosen} FROM rows) TO {duck.text(path)} ({options})")
        con.unregister("rows")


def _refuse_separator(table: Table, rows: pa.Table) -> None:
    for column in table.columns:
        if column.kind != "strings":
            continue
        items = pc.list_flatten(rows[column.name])
        if pc.any(pc.match_substring(items, SEPARATOR)).as_py():
            raise ValueError(
                f"table {table.name}, column {column.name}: an item holds {SEPARATOR!r}, which joins items"
            )
