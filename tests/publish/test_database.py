"""budget.duckdb: typed, commented, exact, and in the format that the oldest clients read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline.publish import publish
from pipeline.publish.database import ABOUT, write_database
from pipeline.publish.parquet_files import parquet_of, write_parquet
from pipeline.schema import PUBLISHED
from tests.publish.made import DOCUMENT, tables

STORAGE_OF_DUCKDB_1_0 = 64
TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "amount": "DECIMAL(18,2)",
    "decimal": "DECIMAL(28,8)", "points": "DOUBLE", "strings": "VARCHAR[]",
}  # fmt: skip
TABLES = {**PUBLISHED, ABOUT.name: ABOUT}
A_ROW_GROUP = 122_880
MANY = replace(ABOUT, name="many")


@pytest.fixture
def con(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(release / "budget.duckdb"), read_only=True) as opened:
        yield opened


def test_every_table_is_a_table_and_has_its_comment(con: duckdb.DuckDBPyConnection) -> None:
    found = dict(con.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert found == {name: table.description for name, table in TABLES.items()}
    assert con.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall() == [(0,)]


def test_every_column_has_its_type_its_comment_and_its_duty(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT table_name, column_name, data_type, comment, NOT is_nullable FROM duckdb_columns() WHERE NOT internal"
    )
    declared = {
        (table.name, column.name, TYPES[column.kind], column.description, column.required)
        for table in TABLES.values()
        for column in table.columns
    }
    assert set(con.execute(query).fetchall()) == declared


def test_the_unit_stands_in_the_comment(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'budget_lines' AND column_name = 'amount'"
    assert con.execute(query).fetchall()[0][0].endswith("[元]")


def test_amounts_are_exact(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT sum(amount) FROM budget_lines").fetchall() == [(Decimal("83850598.90"),)]
    assert con.execute("SELECT min(half_unit) FROM budget_lines").fetchall() == [(Decimal("0.00500000"),)]


def test_rows_stand_in_key_order(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT row_no, column_no FROM budget_lines").fetchall()
    assert rows == [(2, 2), (2, 3), (3, 2), (10, 2)]


def test_the_oldest_clients_can_read_the_file(release: Path) -> None:
    header = (release / "budget.duckdb").read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert struct.unpack("<Q", header[12:20]) == (STORAGE_OF_DUCKDB_1_0,)


def test_about_tells_version_licences_and_facsimiles(con: duckdb.DuckDBPyConnection) -> None:
    told = {item: (zh, en) for item, zh, en in con.execute("SELECT item, zh, en FROM _about").fetchall()}
    assert told["version"] == ("1.2.3", "1.2.3")
    assert "CC BY 4.0" in told["licence_data"][1]
    assert "MIT" in told["licence_code"][1]
    assert "government publications" in told["disclosures"][1]
    assert "1/1" in told["facsimiles"][0]
    assert "made" in told["facsimiles"][1]


def test_about_names_no_facsimile_where_there_is_none(tmp_path: Path) -> None:
    publish(tables(documents=[{**DOCUMENT, "is_facsimile": False}]), tmp_path, version="1")
    with duckdb.connect(str(tmp_path / "budget.duckdb"), read_only=True) as con:
        told = con.execute("SELECT en FROM _about WHERE item = 'facsimiles'").fetchall()
    assert told == [("No document is marked as a facsimile",)]


def test_no_write_ahead_log_is_left(release: Path) -> None:
    assert not list(release.glob("*.wal"))
    assert not list(release.glob(".*"))


def test_a_connection_takes_no_more_rows_than_a_row_group_of_duckdb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a connection has written it keeps in memory: half a million rows of long texts took 300 MB."""
    opened: list[duckdb.DuckDBPyConnection] = []
    connect = duckdb.connect

    def counted(*where: str, **how: Any) -> duckdb.DuckDBPyConnection:
        opened.append(connect(*where, **how))
        return opened[-1]

    items = [f"{number:06}" for number in range(2 * A_ROW_GROUP + 1)]
    rows = pa.table({name: pa.array(items) for name in ABOUT.names}, schema=MANY.arrow())
    write_parquet(parquet_of(tmp_path, MANY), MANY, [rows], "1")
    monkeypatch.setattr(duckdb, "connect", counted)
    write_database(tmp_path / "many.duckdb", [MANY], tmp_path, [])
    assert len(opened) == 1 + 3  # one makes the tables
    with connect(str(tmp_path / "many.duckdb"), read_only=True) as con:
        assert con.execute("SELECT item FROM many").fetchall() == [(item,) for item in items]
