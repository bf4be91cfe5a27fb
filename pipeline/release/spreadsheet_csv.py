"""CSV for spreadsheets of every table: Chinese headers, a byte order mark, texts quoted and protected.

The published folder has these files for its convenience tables; the rules are the same, and a test compares the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipeline.schema import Column, Table

SEPARATOR = ";"
BYTE_ORDER_MARK = "\ufeff".encode()
CHUNK = 1 << 20

# What a spreadsheet changes on opening: leading zeros, more than 15 digits, exponents, dates and times; and what it
# calculates: a text that begins with = + @, or with - and is no number (the list of OWASP's "CSV injection").
ALTERED = (
    r"^(?:[=+@\t\r].*|-.*[^0-9.,].*|0[0-9]+|[0-9]{16,}|[0-9.]+[eE][+-]?[0-9]+"
    r"|[0-9]{1,4}[-/:.][0-9]{1,2}[-/:.][0-9]{1,4}|[0-9]{1,4}[-/:][0-9]{1,4}"
    r"|[0-9]{1,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日)$"
)


def write_spreadsheet_csvs(folder: Path, tables: Iterable[Table]) -> None:
    """``<table>.zh.csv`` beside each ``<table>.parquet`` of ``folder``, in the order of its rows."""
    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        for table in tables:
            _write(con, folder / f"{table.name}.zh.csv", table, folder / f"{table.name}.parquet")


def _write(con: duckdb.DuckDBPyConnection, path: Path, table: Table, parquet: Path) -> None:
    chosen = ", ".join(f"{_cell(column)} AS {_name(column.title)}" for column in table.columns)
    quoted = ", ".join(_name(column.title) for column in table.columns if column.kind in ("text", "strings"))
    options = f"FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', USE_TMP_FILE false, FORCE_QUOTE ({quoted})"
    bare = path.with_suffix(".bare")
    try:
        con.execute(f"COPY (SELECT {chosen} FROM read_parquet({_text(parquet)})) TO {_text(bare)} ({options})")
    except duckdb.IOException as error:  # a full disk is an OSError like any other
        raise OSError(f"{path}: {error}") from error
    _mark(bare, path)


def _mark(bare: Path, path: Path) -> None:
    """The byte order mark, then the file: DuckDB cannot write one, and a table may be larger than memory."""
    with bare.open("rb") as source, path.open("wb") as target:
        target.write(BYTE_ORDER_MARK)
        while chunk := source.read(CHUNK):
            target.write(chunk)
    bare.unlink()


def _cell(column: Column) -> str:
    plain = _plain(column)
    if column.kind not in ("text", "strings"):
        return plain
    return f"CASE WHEN regexp_matches({plain}, {_text(ALTERED)}, 's') THEN chr(9) || {plain} ELSE {plain} END"


def _plain(column: Column) -> str:
    name = _name(column.name)
    if column.kind == "strings":
        return f"array_to_string({name}, {_text(SEPARATOR)})"
    if column.kind == "decimal":
        return f"rtrim(rtrim({name}::VARCHAR, '0'), '.')"
    return name


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
