"""Parquet: the meaning of every column travels in the file."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.schema import PUBLISHED, Table


@pytest.mark.parametrize("table", PUBLISHED.values(), ids=lambda table: table.name)
def test_every_column_carries_its_description_and_unit(release: Path, table: Table) -> None:
    schema = pq.read_schema(release / f"{table.name}.parquet")
    assert schema.names == list(table.names)
    for column in table.columns:
        metadata = schema.field(column.name).metadata
        assert metadata[b"title"].decode() == column.title
        assert metadata[b"description"].decode() == column.description
        assert metadata.get(b"unit", b"").decode() == column.unit


def test_the_file_carries_its_key_version_and_licence(release: Path) -> None:
    metadata = pq.read_schema(release / "budget_lines.parquet").metadata
    assert metadata[b"key"] == b"document_id,table_no,row_no,column_no"
    assert metadata[b"version"] == b"1.2.3"
    assert metadata[b"license"] == b"CC-BY-4.0"


def test_the_pages_are_compressed_with_zstd(release: Path) -> None:
    group = pq.ParquetFile(release / "cells.parquet").metadata.row_group(0)
    assert {group.column(number).compression for number in range(group.num_columns)} == {"ZSTD"}
