"""Columns and rows as the DataStore takes them: types declared, amounts never floats, the dictionary in Chinese."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.portal.datastore import batches, fields, mark, row_count
from pipeline.schema import BUDGET_LINES, PUBLISHED, Column, Table
from pipeline.tables import to_arrow, write_parquet

TABLE = Table(
    "made", "样例", "一行", "One row",
    (
        Column("code", "text", "编码", "科目编码", "Subject code", required=True),
        Column("amount", "amount", "金额", "金额", "Amount", unit="元"),
        Column("share", "decimal", "占比", "占比", "Share"),
        Column("rows", "integer", "行数", "行数", "Rows"),
        Column("x0", "points", "左", "左边", "Left edge"),
        Column("holds", "boolean", "成立", "是否成立", "Whether it holds"),
        Column("pages", "strings", "页", "各页", "Pages"),
        Column("side", "text", "收支", "收入或支出", "Revenue or expenditure", enum=("revenue", "expenditure")),
    ),
    ("code",),
)  # fmt: skip


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    rows = [
        {"code": "0010", "amount": Decimal("9999999999999999.99"), "share": Decimal("0.10000000"), "rows": 2**53 + 1},
        {
            "code": "2",
            "amount": Decimal("-0.10"),
            "share": Decimal(100),
            "holds": False,
            "x0": 0.1,
            "pages": ["甲", "乙"],
        },
        {"code": "3", "amount": Decimal(0), "side": ""},
    ]
    write_parquet(tmp_path / "made.parquet", to_arrow(TABLE, rows))
    return tmp_path / "made.parquet"


def test_types_are_declared_and_codes_are_text() -> None:
    types = {column["id"]: column["type"] for column in fields(TABLE)}
    assert types == {
        "code": "text", "amount": "numeric", "share": "numeric", "rows": "int8", "x0": "float8", "holds": "bool",
        "pages": "text", "side": "text",
    }  # fmt: skip


@pytest.mark.parametrize("table", PUBLISHED.values(), ids=lambda table: table.name)
def test_no_published_code_or_identifier_is_a_number(table: Table) -> None:
    types = {column["id"]: column["type"] for column in fields(table)}
    assert not [name for name, kind in types.items() if name.endswith(("code", "_id")) and kind != "text"]
    assert not [name for name, kind in types.items() if "amount" in name and kind not in ("numeric", "text")]


def test_the_dictionary_has_chinese_labels_units_vocabularies_and_the_key() -> None:
    told = {column["id"]: column["info"] for column in fields(TABLE)}
    assert told["amount"] == {"label": "金额", "notes": "金额。单位：元。 / Amount. Unit: 元."}
    assert told["code"]["notes"] == "科目编码。主键。 / Subject code. Part of the key."
    assert "取值：revenue、expenditure" in told["side"]["notes"]


def test_exact_values_travel_as_text_and_the_rest_as_they_are(parquet: Path) -> None:
    ((first, second, third),) = batches(TABLE, parquet)
    assert (first["code"], first["amount"], first["share"], first["rows"]) == (
        "0010", "9999999999999999.99", "0.1", 2**53 + 1
    )  # fmt: skip
    assert (second["amount"], second["share"], second["holds"]) == ("-0.10", "100", False)
    assert (second["x0"], second["pages"]) == (0.1, "甲;乙")
    assert (third["amount"], third["side"], third["pages"]) == ("0.00", "", None)
    assert json.loads(json.dumps(first)) == first


def test_rows_come_in_batches_and_in_order(parquet: Path) -> None:
    found = list(batches(TABLE, parquet, size=2))
    assert [[row["code"] for row in batch] for batch in found] == [["0010", "2"], ["3"]]
    assert row_count(parquet) == 3


def test_the_mark_changes_with_the_file_and_with_the_dictionary() -> None:
    other = Table(TABLE.name, TABLE.title, TABLE.zh, TABLE.en, TABLE.columns[:2], TABLE.key)
    assert mark(TABLE, "a") == mark(TABLE, "a")
    assert len({mark(TABLE, "a"), mark(TABLE, "b"), mark(other, "a"), mark(BUDGET_LINES, "a")}) == 4
