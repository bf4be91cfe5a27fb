"""Which reading of a sum a document is held to, where a wrong figure makes all of them fail."""

from __future__ import annotations

from pipeline.tables import Row
from pipeline.validate import check_document
from tests.validate.made import document, figure

ROWS = (
    ("本年收入合计", "revenue", "90.00"), ("上年结转", "revenue", "10.00"), ("收入总计", "revenue", "100.00"),
    ("支出总计", "expenditure", "100.00"),
)  # fmt: skip


def told(**printed: str) -> list[Row]:
    """What is told of a summary and a table of revenue, which says 100.00, with other amounts in some rows."""
    lines = [
        figure("budget_summary", 1, row, 1 if side == "revenue" else 2, printed.get(item, amount), item=item, side=side,
               period="budget")
        for row, (item, side, amount) in enumerate(ROWS, 1)
    ]  # fmt: skip
    total = figure("revenue_summary", 2, 1, 1, "100.00", item="合计", subject_level="total", side="revenue",
                   period="budget")  # fmt: skip
    rows: list[Row] = check_document(document([*lines, total])).findings.to_pylist()
    return [row for row in rows if not str(row["check_id"]).startswith("C")]  # a made document lacks tables


def test_a_wrong_grand_total_was_told_three_times_as_the_subtotal_lay_nearer() -> None:
    """85.00 lies farther from the revenue table's 100.00 than this year's 90.00, which so was held against it."""
    (row,) = told(收入总计="85.00")
    assert "仅有第1页“收入总计”一数：现印 85.00 万元，应为 100.00 万元" in row["explanation"]
    assert "《revenue_summary》合计（合计）＝《budget_summary》收入总计（相差 15.00 万元）" in row["explanation"]
    assert row["verdict"] == "publisher_error"


def test_nothing_is_told_where_one_of_the_readings_holds() -> None:
    assert not told()


def test_a_wrong_figure_in_no_reading_leaves_the_reading_that_holds() -> None:
    (row,) = told(本年收入合计="95.00")
    assert "《revenue_summary》" not in row["explanation"]
