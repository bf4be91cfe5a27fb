"""Parquet: zstd, every column's description and unit inside the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.publish.files import put
from pipeline.publish.statements import DATA_LICENCE
from pipeline.schema import Table
from pipeline.tables import Parts, fill, in_key_order


def parquet_of(folder: Path, table: Table) -> Path:
    """Where the table's Parquet file lies in a release."""
    return folder / f"{table.name}.parquet"


def write_parquet(path: Path, table: Table, parts: Parts, version: str) -> Path:
    """One table, each part in key order. The fields carry ``title``, ``description`` and ``unit``; the file its key,
    version and licence.

    Raises ValueError naming the column that does not fit the schema.
    """
    about = {"key": ",".join(table.key), "version": version, "license": DATA_LICENCE.name}
    schema = table.arrow().with_metadata({**(table.arrow().metadata or {}), **about})
    return put(path, lambda temporary: fill(temporary, schema, _fitted(table, parts)))


def _fitted(table: Table, parts: Parts) -> Iterator[pa.Table]:
    for rows in parts:
        _refuse_misfits(table, rows)
        try:
            yield in_key_order(table, rows.select(table.names).cast(table.arrow()))
        except pa.ArrowInvalid as error:
            raise ValueError(f"table {table.name}: {error}") from error


def _refuse_misfits(table: Table, rows: pa.Table) -> None:
    if set(rows.column_names) != set(table.names):
        odd = sorted(set(rows.column_names) ^ set(table.names))
        raise ValueError(f"table {table.name}: missing or undeclared columns {', '.join(odd)}")
    empty = [column.name for column in table.columns if column.required and rows[column.name].null_count]
    if empty:
        raise ValueError(f"table {table.name}: no value in the required column {', '.join(empty)}")
