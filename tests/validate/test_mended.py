"""What one wrong figure upsets beside its sums is told with it."""

from __future__ import annotations

from pipeline.tables import Row
from pipeline.validate import check_document
from tests.validate.made import document, figure

SUMMARY = (
    ("一、一般公共预算拨款", "revenue", "90.00"), ("本年收入合计", "revenue", "90.00"),
    ("收入总计", "revenue", "90.00"), ("本年支出合计", "expenditure", "90.00"), ("支出总计", "expenditure", "90.00"),
)  # fmt: skip


def told(**printed: str) -> list[Row]:
    """What is told of the two summary tables, which print the same, with other amounts in the appropriation's."""
    lines = [
        figure(
            table, number, row, 1 if side == "revenue" else 2, wrong.get(item, amount), item=item, side=side,
            period="budget", fund="general_public_budget" if item.startswith("一、") else None,
        )
        for number, (table, wrong) in enumerate((("budget_summary", {}), ("appropriation_summary", printed)), 1)
        for row, (item, side, amount) in enumerate(SUMMARY, 1)
    ]  # fmt: skip
    rows: list[Row] = check_document(document(lines)).findings.to_pylist()
    return [row for row in rows if not str(row["check_id"]).startswith("C")]  # a made document lacks tables


def test_a_total_a_place_too_large_was_told_again_as_a_wrong_unit_and_as_a_missing_row() -> None:
    assert not told()
    (row,) = told(收入总计="900.00")
    assert "仅有第2页“收入总计”一数：现印 900.00 万元，应为 90.00 万元" in row["explanation"]
    assert "金额大小与所注单位相称" in row["explanation"]
    assert row["verdict"] == "publisher_error"
