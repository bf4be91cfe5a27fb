"""Parquet: zstd, every column's description and unit inside the file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish.files import put
from pipeline.publish.statements import DATA_LICENCE
from pipeline.schema import Table


def write_parquet(path: Path, table: Table, rows: pa.Table, version: str) -> Path:
    """One table. The fields carry ``title``, ``description`` and ``unit``; the file its key, version and licence."""
    about = {"key": ",".join(table.key), "version": version, "license": DATA_LICENCE.name}
    described = rows.replace_schema_metadata({**(table.arrow().metadata or {}), **about})
    return put(path, lambda temporary: pq.write_table(described, temporary, compression="zstd"))
