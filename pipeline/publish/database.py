"""``budget.duckdb``: every published table as a real table, commented in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish import duck
from pipeline.publish.files import put
from pipeline.publish.parquet_files import parquet_of
from pipeline.publish.statements import Statement
from pipeline.schema import Column, Table
from pipeline.tables import ROW_GROUP, to_arrow

# The format that DuckDB 1.0 wrote: every 1.x and 2.x client reads it, and the browser build does.
STORAGE_VERSION = "v1.0.0"

_AT_ONCE = 4  # row groups of a Parquet file: one of DuckDB's
_SHARE = _AT_ONCE * ROW_GROUP  # rows that one connection inserts

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
    about = to_arrow(ABOUT, [vars(statement) for statement in statements])
    try:
        with _opened(path) as con:
            for table in (*tables, ABOUT):
                _create(con, table)
            _insert(con, ABOUT, about)
        for pieces in _shares(piece for table in tables for piece in _pieces(table, parquet_of(folder, table))):
            with _opened(path) as con:
                for piece in pieces:
                    _insert(con, piece.table, piece.read())
    finally:
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duck.os_errors(), duck.connection() as con:
        con.execute(f"ATTACH {duck.text(path)} AS budget (STORAGE_VERSION {duck.text(STORAGE_VERSION)})")
        con.execute("USE budget")
        yield con
        con.execute("CHECKPOINT")
        con.execute("USE memory")
        con.execute("DETACH budget")


@dataclass(frozen=True)
class _Piece:
    """Row groups of a table's Parquet file that make up one of DuckDB's.

    Inserted together it goes to the disk once, compressed, and not through the log first.
    """

    table: Table
    path: Path
    groups: range
    rows: int

    def read(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self.table.arrow(), self._batches())

    def _batches(self) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self.path, pre_buffer=False) as file:
            for number in self.groups:
                yield from file.read_row_group(number, use_threads=False).to_batches()


def _pieces(table: Table, path: Path) -> Iterator[_Piece]:
    about = pq.read_metadata(path)
    for first in range(0, about.num_row_groups, _AT_ONCE):
        groups = range(first, min(first + _AT_ONCE, about.num_row_groups))
        yield _Piece(table, path, groups, sum(about.row_group(number).num_rows for number in groups))


def _shares(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces in their order, as many at a time as one connection may hold in memory.

    What it has written it keeps until it is closed. A limit of memory would do the same, but then the bytes of the
    database depend on what was dropped from it when.
    """
    share: list[_Piece] = []
    for piece in pieces:
        if sum(each.rows for each in (*share, piece)) > _SHARE:
            yield share
            share = []
        share.append(piece)
    yield share


def _create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.register("empty", table.arrow().empty_table())
    types = {name: kind for name, kind, *_ in con.execute("DESCRIBE SELECT * FROM empty").fetchall()}
    columns = ", ".join(_declared(column, types[column.name]) for column in table.columns)
    con.execute(f"CREATE TABLE {duck.name(table.name)} ({columns})")
    con.unregister("empty")
    _comment(con, table)


def _insert(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table | pa.RecordBatchReader) -> None:
    con.register("rows", rows)
    con.execute(f"INSERT INTO {duck.name(table.name)} SELECT * FROM rows")
    con.unregister("rows")


def _declared(column: Column, kind: str) -> str:
    return f"{duck.name(column.name)} {kind}{' NOT NULL' if column.required else ''}"


def _comment(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    name = duck.name(table.name)
    con.execute(f"COMMENT ON TABLE {name} IS {duck.text(table.description)}")
    for column in table.columns:
        con.execute(f"COMMENT ON COLUMN {name}.{duck.name(column.name)} IS {duck.text(column.description)}")
