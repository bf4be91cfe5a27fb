"""CSV: RFC 4180 with line feeds, for programs; and with Chinese headers and a byte order mark, for spreadsheets.

Both: UTF-8; null is empty and an empty text ``""``; truth values ``true``/``false``; lists joined by ``;``; decimals
in plain digits, ``amount`` with two places, other decimals without trailing zeros.

The spreadsheet files quote every text and protect with a leading tab the texts that a spreadsheet would change or
calculate on opening. A CSV cannot type its columns: a spreadsheet takes ``2013101`` for a number, quoted or not. Its
digits survive (no leading zero, fewer than 16 digits); that it stays a *text* takes the spreadsheet's own import.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipeline.publish import duck
from pipeline.publish.files import put
from pipeline.publish.parquet_files import parquet_of
from pipeline.schema import Column, Table

SEPARATOR = ";"
BYTE_ORDER_MARK = "\ufeff".encode()

# What a spreadsheet changes on opening: leading zeros, more than 15 digits, exponents, dates and times; and what it
# calculates: a text that begins with = + @, or with - and is no number (the list of OWASP's "CSV injection").
ALTERED_BY_SPREADSHEETS = (
    r"^(?:[=+@\t\r].*|-.*[^0-9.,].*|0[0-9]+|[0-9]{16,}|[0-9.]+[eE][+-]?[0-9]+"
    r"|[0-9]{1,4}[-/:.][0-9]{1,2}[-/:.][0-9]{1,4}|[0-9]{1,4}[-/:][0-9]{1,4}"
    r"|[0-9]{1,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日)$"
)


def write_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> Path:
    """One table for programs, from the Parquet file beside it: English column names, quotes only where needed.

    Raises ValueError when an item of a list holds the separator: the list could not be read back.
    """
    rows = duck.rows_of(parquet_of(path.parent, table))
    _refuse_separator(con, table, rows)
    chosen = ", ".join(f"{_plain(column)} AS {duck.name(column.name)}" for column in table.columns)
    return put(path, lambda temporary: _copy(con, temporary, f"SELECT {chosen} FROM {rows}"))


def write_spreadsheet_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table) -> Path:
    """One table for spreadsheets: Chinese headers, a byte order mark, texts quoted and protected."""
    rows = duck.rows_of(parquet_of(path.parent, table))
    _refuse_separator(con, table, rows)
    chosen = ", ".join(f"{_protected(column)} AS {duck.name(column.title)}" for column in table.columns)
    quoted = ", ".join(duck.name(column.title) for column in table.columns if column.kind in ("text", "strings"))

    def write(temporary: Path) -> None:
        unmarked = temporary.with_name(f"{temporary.name}.unmarked")
        try:
            _copy(con, unmarked, f"SELECT {chosen} FROM {rows}", f", FORCE_QUOTE ({quoted})")
            _mark(unmarked, temporary)
        finally:
            unmarked.unlink(missing_ok=True)

    return put(path, write)


def _mark(unmarked: Path, marked: Path) -> None:
    with unmarked.open("rb") as source, marked.open("wb") as target:
        target.write(BYTE_ORDER_MARK)
        shutil.copyfileobj(source, target)


def _copy(con: duckdb.DuckDBPyConnection, path: Path, query: str, more: str = "") -> None:
    # USE_TMP_FILE false: the path is a temporary file already
    options = f"FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', USE_TMP_FILE false{more}"
    with duck.os_errors():
        con.execute(f"COPY ({query}) TO {duck.text(path)} ({options})")


def _plain(column: Column) -> str:
    name = duck.name(column.name)
    if column.kind == "strings":
        return f"array_to_string({name}, {duck.text(SEPARATOR)})"
    if column.kind == "decimal":
        return f"rtrim(rtrim({name}::VARCHAR, '0'), '.')"
    return name


def _protected(column: Column) -> str:
    plain = _plain(column)
    if column.kind not in ("text", "strings"):
        return plain
    altered = f"regexp_matches({plain}, {duck.text(ALTERED_BY_SPREADSHEETS)}, 's')"
    return f"CASE WHEN {altered} THEN chr(9) || {plain} ELSE {plain} END"


def _refuse_separator(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    for column in table.columns:
        if column.kind != "strings":
            continue
        joined = f"array_to_string({duck.name(column.name)}, '')"
        if con.execute(f"SELECT 1 FROM {rows} WHERE contains({joined}, {duck.text(SEPARATOR)}) LIMIT 1").fetchone():
            raise ValueError(
                f"table {table.name}, column {column.name}: an item holds {SEPARATOR!r}, which joins items"
            )
