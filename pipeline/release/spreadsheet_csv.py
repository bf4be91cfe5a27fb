"""CSV for spreadsheets of every table; the published folder has these files for its convenience tables only."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipeline import sql
from pipeline.schema import Table
from pipeline.spreadsheet import BYTE_ORDER_MARK, spreadsheet_columns, spreadsheet_options


def write_spreadsheet_csvs(folder: Path, tables: Iterable[Table]) -> None:
    """``<table>.zh.csv`` beside each ``<table>.parquet`` of ``folder``, in the order of its rows.

    Raises OSError when a file cannot be written.
    """
    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        for table in tables:
            _write(con, folder / f"{table.name}.zh.csv", table, folder / f"{table.name}.parquet")


def _write(con: duckdb.DuckDBPyConnection, path: Path, table: Table, parquet: Path) -> None:
    query = f"SELECT {spreadsheet_columns(table)} FROM read_parquet({sql.text(parquet)})"
    bare = path.with_suffix(".bare")
    try:
        con.execute(f"COPY ({query}) TO {sql.text(bare)} ({spreadsheet_options(table)})")
    except duckdb.IOException as error:  # a full disk is an OSError like any other
        raise OSError(f"{path}: {error}") from error
    _mark(bare, path)


def _mark(bare: Path, path: Path) -> None:
    """The byte order mark, then the file: DuckDB cannot write one, and a table may be larger than memory."""
    with bare.open("rb") as source, path.open("wb") as target:
        target.write(BYTE_ORDER_MARK)
        shutil.copyfileobj(source, target)
    bare.unlink()
