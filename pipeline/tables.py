"""The form in which stages hand tables to one another: Arrow tables under the schema's names.

A ``Dataset`` maps a table's name to its rows: one document's, or a table small enough for memory. What holds all
documents is ``Tables``: each table in parts that come one after another, so that memory does not grow with their
number. On disk either is a folder with one Parquet file a table. Writing is atomic (a temporary file, then a rename),
so a process that dies half-way leaves the previous file whole, and deterministic (no time stamps, rows in key order
where a caller asks for it, row groups of one size however the rows came).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import PUBLISHED, Table

Row = Mapping[str, object]
Dataset = dict[str, pa.Table]
Parts = Iterable[pa.Table]  # a table's rows, some at a time, in order; they can be gone through more than once
Tables = Mapping[str, Parts]

ROW_GROUP = 30_720  # rows written at a time, and held until then: a quarter of a row group of DuckDB's
BATCH = 15_360  # rows read at a time
_MANY = 1_000
_PARTS = 256  # small tables that wait to be written together


class OtherVersionError(ValueError):
    """Tables that another version of the pipeline left; the message says what to do."""


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table of ``table``'s schema; a column that a row lacks is null.

    Raises ValueError naming the table and the column when a row has a column that the schema does not declare, or a
    value that its kind cannot hold.
    """
    rows = list(rows)
    unknown = set().union(*rows) - set(table.names)
    if unknown:
        raise ValueError(f"table {table.name} declares no column {', '.join(sorted(unknown))}")
    schema = table.arrow()
    arrays = [_array(table, rows, column) for column in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def from_columns(table: Table, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """The same of columns as long as one another, every column of the schema among them."""
    schema = table.arrow()
    return pa.Table.from_arrays([_typed(table, columns[each.name], each) for each in schema], schema=schema)


def _array(table: Table, rows: Sequence[Row], column: pa.Field) -> pa.Array:
    return _typed(table, [row.get(column.name) for row in rows], column)


def _typed(table: Table, values: Sequence[object], column: pa.Field) -> pa.Array:
    try:
        return pa.array(values, type=column.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ValueError(f"table {table.name}, column {column.name}: {error}") from error


def concat(table: Table, parts: Sequence[pa.Table]) -> pa.Table:
    """The parts below one another, in the order given, under ``table``'s schema."""
    schema = table.arrow()
    return pa.concat_tables([part.cast(schema) for part in parts]) if parts else schema.empty_table()


def in_key_order(table: Table, rows: pa.Table) -> pa.Table:
    """The rows of each document in the order of the table's key: what is published has one order, whatever order it
    was made in. The document comes first in every table that knows one, so that documents can follow one another."""
    by_document = ("document_id",) if "document_id" in table.names else ()
    names = dict.fromkeys((*by_document, *table.key))
    return rows.sort_by([(name, "ascending") for name in names]) if rows.num_rows else rows


def rows_of(rows: pa.Table, more: Sequence[str] = ()) -> list[dict[str, object]]:
    """The rows as dicts of plain values, like ``to_pylist`` but, of many, sooner: equal values of a column are one
    object.

    ``more`` are columns that the caller is going to set. Many rows have room for them from the start: a dict that
    grows is moved about, and rows that lie side by side in memory are gone through several times as quickly.
    """
    if rows.num_rows < _MANY:
        few: list[dict[str, object]] = rows.to_pylist()
        return few
    names, columns = rows.column_names, [_values(column) for column in rows.columns]
    blank = dict.fromkeys((*names, *more))
    return [_filled(blank.copy(), zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _filled(row: dict[str, object], values: Iterable[tuple[str, object]]) -> dict[str, object]:
    row.update(values)
    return row


def _values(column: pa.ChunkedArray) -> list[object]:
    if pa.types.is_nested(column.type):
        nested: list[object] = column.to_pylist()
        return nested
    encoded = column.combine_chunks().dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    places = encoded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)
    return list(map(values.__getitem__, places.tolist()))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place when the block ends well, and is removed when it fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_parquet(path: Path, rows: pa.Table) -> None:
    """One table as Parquet (zstd), atomically."""
    with replacing(path) as temporary:
        pq.write_table(rows, temporary, compression="zstd")


class PartsWriter:
    """Writes a table that comes in parts (zstd): as many parts as there are, as much memory as a row group takes."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pq.ParquetWriter(path, schema, compression="zstd")
        self._waiting: list[pa.Table] = []
        self._packed: list[pa.Table] = []  # the first of those that wait: a table of one row takes the room of hundreds
        self._rows = 0

    def __enter__(self) -> PartsWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._write(self._rows)
            self._file.close()
            return
        with suppress(OSError):  # what went wrong is being raised already
            self._file.close()

    def add(self, part: pa.Table) -> None:
        """The part's rows after those of the parts before it. Raises ValueError when they do not fit the schema."""
        self._waiting.append(part)
        self._rows += part.num_rows
        if len(self._waiting) >= _PARTS:
            self._packed.append(pa.concat_tables(self._waiting).combine_chunks())
            self._waiting = []
        if self._rows >= ROW_GROUP:
            self._write(self._rows - self._rows % ROW_GROUP)

    def _write(self, count: int) -> None:
        if count == 0:
            return
        rows = pa.concat_tables([*self._packed, *self._waiting])
        self._file.write_table(rows.slice(0, count), row_group_size=ROW_GROUP)
        rest = rows.slice(count)
        self._packed = [rest.take(pa.array(range(rest.num_rows), pa.int64()))]  # a slice would keep all in memory
        self._waiting = []
        self._rows = rest.num_rows


def in_parts(dataset: Dataset) -> Tables:
    """A dataset that is in memory, as tables of one part each."""
    return {name: (rows,) for name, rows in dataset.items()}


def fill(path: Path, schema: pa.Schema, parts: Parts) -> None:
    """The parts below one another into a Parquet file; not atomic: ``path`` is a temporary file of the caller's."""
    with PartsWriter(path, schema) as writer:
        for part in parts:
            writer.add(part)


def write_tables(folder: Path, tables: Tables) -> None:
    """Every table as ``<name>.parquet`` in ``folder``, each part in key order."""
    for name, parts in tables.items():
        table = PUBLISHED[name]
        with replacing(folder / f"{name}.parquet") as temporary:
            fill(temporary, table.arrow(), (in_key_order(table, part) for part in parts))


@dataclass(frozen=True)
class ParquetParts:
    """A Parquet file's rows, a batch at a time. Raises FileNotFoundError when the file is not there."""

    path: Path
    columns: tuple[str, ...] | None = None

    def __iter__(self) -> Iterator[pa.Table]:
        with pq.ParquetFile(self.path, pre_buffer=False) as file:  # else the whole file comes into memory first
            for batch in file.iter_batches(BATCH, columns=self.columns and list(self.columns)):
                yield pa.Table.from_batches([batch])


def read_parquet(path: Path, table: Table) -> pa.Table:
    """One table of a dataset folder, under ``table``'s schema.

    Raises FileNotFoundError when the file is not there, OtherVersionError when another version of the pipeline made it.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: run the stage that writes it first")
    with pq.ParquetFile(path, pre_buffer=False) as file:  # half the time of pq.read_table
        made = file.read(use_threads=False)
    try:
        return made.cast(table.arrow())
    except (ValueError, pa.ArrowNotImplementedError) as error:  # other columns, or other kinds of values
        raise OtherVersionError(
            f"{path}: 由另一版程序生成，请重新构建 / made by another version of the pipeline: build again (make build)"
        ) from error


def write_dataset(folder: Path, dataset: Dataset) -> None:
    """Every table of the dataset as ``<name>.parquet`` in ``folder``."""
    for name, rows in dataset.items():
        write_parquet(folder / f"{name}.parquet", rows)


def read_dataset(folder: Path, tables: Iterable[Table]) -> Dataset:
    """The named tables from ``folder``."""
    return {table.name: read_parquet(folder / f"{table.name}.parquet", table) for table in tables}
