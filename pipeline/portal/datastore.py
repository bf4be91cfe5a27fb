"""A table as CKAN's DataStore takes it: columns with explicit types and the data dictionary, rows as exact JSON.

Types are never guessed. Codes are text; amounts and decimals are PostgreSQL's ``numeric`` and travel as text, so no
binary floating point touches them. Lists are text joined by ``;``, as they are in the CSV.
(docs.ckan.org, "DataStore extension": Fields, Records, Data Dictionary)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.schema import Column, Kind, Table

Json = dict[str, Any]

TYPES: dict[Kind, str] = {
    "text": "text",
    "integer": "int8",
    "boolean": "bool",
    "amount": "numeric",
    "decimal": "numeric",
    "points": "float8",
    "strings": "text",
}
LIST_SEPARATOR = ";"
ROWS_A_REQUEST = 2_000


def fields(table: Table) -> list[Json]:
    """The columns: identifiers English, the dictionary's label Chinese, its notes in both languages."""
    return [
        {"id": column.name, "type": TYPES[column.kind], "info": {"label": column.title, "notes": _notes(table, column)}}
        for column in table.columns
    ]


def _notes(table: Table, column: Column) -> str:
    """Meaning, unit, vocabulary and part in the key."""
    zh, en = [column.zh], [column.en]
    if column.unit:
        zh.append(f"单位：{column.unit}")
        en.append(f"Unit: {column.unit}")
    if column.enum:
        zh.append(f"取值：{'、'.join(column.enum)}")
        en.append(f"One of: {', '.join(column.enum)}")
    if column.name in table.key:
        zh.append("主键")
        en.append("Part of the key")
    return f"{'。'.join(zh)}。 / {'. '.join(en)}."


def mark(table: Table, sha256: str) -> str:
    """What tells one filled table from another: a hash of its columns, dictionary and key, and of the file's hash."""
    described = json.dumps([fields(table), list(table.key), sha256], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()


def row_count(parquet: Path) -> int:
    """Rows of the table. Reads the file's last bytes only."""
    return int(pq.read_metadata(parquet).num_rows)


def batches(table: Table, parquet: Path, size: int = ROWS_A_REQUEST) -> Iterator[list[Json]]:
    """The rows in the file's order, at most ``size`` at a time; columns in the schema's types."""
    schema = table.arrow()
    for batch in pq.ParquetFile(parquet, pre_buffer=False).iter_batches(batch_size=size, columns=list(table.names)):
        yield [_record(table, row) for row in batch.cast(schema).to_pylist()]


def _record(table: Table, row: Json) -> Json:
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "strings":
        return LIST_SEPARATOR.join(value)
    if column.kind == "decimal":
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{value:f}" if column.kind == "amount" else value
