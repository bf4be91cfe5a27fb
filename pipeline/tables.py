"""The form in which stages hand tables to one another: Arrow tables under the schema's names.

A ``Dataset`` maps a table's name to its rows. On disk it is a folder with one Parquet file a table. Writing is
atomic (a temporary file, then a rename), so a process that dies half-way leaves the previous file whole, and
deterministic (no time stamps, rows in key order where a caller asks for it).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import Table

Row = Mapping[str, object]
Dataset = dict[str, pa.Table]


def to_arrow(table: Table, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table of ``table``'s schema; a column that a row lacks is null.

    Raises ValueError naming the table and the column when a row has a column that the schema does not declare, or a
    value that its kind cannot hold.
    """
    rows = list(rows)
    unknown = {name for row in rows for name in row} - set(table.names)
    if unknown:
        raise ValueError(f"table {table.name} declares no column {', '.join(sorted(unknown))}")
    schema = table.arrow()
    arrays = [_array(table, rows, column) for column in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(table: Table, rows: Sequence[Row], column: pa.Field) -> pa.Array:
    try:
        return pa.array([row.get(column.name) for row in rows], type=column.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ValueError(f"table {table.name}, column {column.name}: {error}") from error


def concat(table: Table, parts: Sequence[pa.Table]) -> pa.Table:
    """The parts below one another, in the order given, under ``table``'s schema."""
    schema = table.arrow()
    return pa.concat_tables([part.cast(schema) for part in parts]) if parts else schema.empty_table()


def in_key_order(table: Table, rows: pa.Table) -> pa.Table:
    """The rows in the order of the table's key: what is published has one order, whatever order it was made in."""
    return rows.sort_by([(name, "ascending") for name in table.key]) if rows.num_rows else rows


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


def read_parquet(path: Path, table: Table) -> pa.Table:
    """One table of a dataset folder, under ``table``'s schema. Raises FileNotFoundError when the file is not there."""
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: run the stage that writes it first")
    return pq.read_table(path).cast(table.arrow())


def write_dataset(folder: Path, dataset: Dataset) -> None:
    """Every table of the dataset as ``<name>.parquet`` in ``folder``."""
    for name, rows in dataset.items():
        write_parquet(folder / f"{name}.parquet", rows)


def read_dataset(folder: Path, tables: Iterable[Table]) -> Dataset:
    """The named tables from ``folder``."""
    return {table.name: read_parquet(folder / f"{table.name}.parquet", table) for table in tables}
