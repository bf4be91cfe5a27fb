"""``budget.duckdb``: every published table as a real table, commented in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipeline.publish import duck
from pipeline.publish.files import put
from pipeline.publish.parquet_files import parquet_of
from pipeline.publish.statements import Statement
from pipeline.schema import Column, Table
from pipeline.tables import to_arrow

# The format that DuckDB 1.0 wrote: every 1.x and 2.x client reads it, and the browser build does.
STORAGE_VERSION = "v1.0.0"

ABOUT = Table(
    "_about",
    "关于本数据",
    "版本、许可与来源",
    "Version, licences and origin of this database",
    (
        Column("item", "text", "事项", "事项", "What the statement is about", required=True),
        Column("zh", "text", "中文", "中文说明", "The statement in Chinese", required=True),
        Column("en", "text", "英文", "英文说明", "The statement in English", required=True),
    ),
    ("item",),
)


def write_database(path: Path, tables: Sequence[Table], folder: Path, statements: Sequence[Statement]) -> Path:
    """The tables in the order given, from their Parquet files in ``folder``, then ``_about``.

    NOT NULL where the schema requires a value: raises duckdb.ConstraintException when one is missing.
    """
    return put(path, lambda temporary: _write(temporary, tables, folder, statements))


def _write(path: Path, tables: Sequence[Table], folder: Path, statements: Sequence[Statement]) -> None:
    path.unlink()  # DuckDB makes its own file; it takes an empty one for a damaged database
    try:
        with duck.os_errors(), duck.connection() as con:
            con.execute(f"ATTACH {duck.text(path)} AS budget (STORAGE_VERSION {duck.text(STORAGE_VERSION)})")
            con.execute("USE budget")
            for table in tables:
                _fill(con, table, duck.rows_of(parquet_of(folder, table)))
            con.register("about", to_arrow(ABOUT, [vars(statement) for statement in statements]))
            _fill(con, ABOUT, "about")
            con.execute("CHECKPOINT")
            con.execute("USE memory")
            con.execute("DETACH budget")
    finally:
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _fill(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    types = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
    columns = ", ".join(_declared(column, types[column.name]) for column in table.columns)
    con.execute("BEGIN")
    con.execute(f"CREATE TABLE {duck.name(table.name)} ({columns})")
    con.execute(f"INSERT INTO {duck.name(table.name)} SELECT * FROM {rows}")
    _comment(con, table)
    con.execute("COMMIT")


def _declared(column: Column, kind: str) -> str:
    return f"{duck.name(column.name)} {kind}{' NOT NULL' if column.required else ''}"


def _comment(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    name = duck.name(table.name)
    con.execute(f"COMMENT ON TABLE {name} IS {duck.text(table.description)}")
    for column in table.columns:
        con.execute(f"COMMENT ON COLUMN {name}.{duck.name(column.name)} IS {duck.text(column.description)}")
