"""Of several figures that might be wrong, the one that the rest of the document tells; and all that comes from it."""

from __future__ import annotations

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, source_table
from tests.validate.test_texts import said

PUBLIC = ("合计", "因公出国（境）费", "公务接待费")


def public(total: str, abroad: str, reception: str, *text: Row) -> Dataset:
    """A table of the three public expenses: a total that one slip may mend as well as either of its parts."""
    lines = [
        figure("three_public_expenses", 9, 3, column, printed, item=name, column_header=name, period="budget")
        for column, (name, printed) in enumerate(zip(PUBLIC, (total, abroad, reception), strict=True), start=1)
    ]
    tables = [source_table("three_public_expenses", 9, printed_title="三公经费表")]
    return {**document(lines, tables), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


def told(dataset: Dataset, family: str) -> list[Row]:
    rows = check_document(dataset).findings.to_pylist()
    return [row for row in rows if str(row["check_id"]).startswith(family)]


def test_where_nothing_else_prints_the_figures_none_is_called_wrong() -> None:
    (row,) = told(public("231.53", "218.56", "12.87"), "W51")
    assert "现印" not in row["explanation"]


def test_the_text_that_prints_the_right_total_tells_which_of_three_figures_is_wrong() -> None:
    """Three figures, each one digit off, would do: the total that the text prints otherwise is the wrong one."""
    (row,) = told(public("231.53", "218.56", "12.87", said(1, "安排的资金", "amount", "231.43")), "W51")
    text = row["explanation"]
    assert "改一个数就能使与它有关的勾稽都成立的有3处，看来印错的是第9页“合计”（合计）一数" in text
    assert "一数：现印 231.53 万元，应为 231.43 万元" in text
    assert "；第7页“安排的资金”所印即为此数" in text
    assert "“安排的资金” on page 7 prints that amount" in text
    assert row["verdict"] == "undetermined"  # likely, and not proved


def test_the_one_figure_that_is_printed_nowhere_else_as_it_is_here_is_the_wrong_one() -> None:
    text = [said(1, "甲", "amount", "231.53"), said(2, "乙", "amount", "218.56")]
    (row,) = told(public("231.53", "218.56", "12.87", *text), "W51")
    assert "看来印错的是第9页“公务接待费”（公务接待费）一数：现印 12.87 万元，应为 12.97 万元" in row["explanation"]
    assert "；其余各数在别处也这样印" in row["explanation"]


def test_a_short_amount_that_is_met_by_chance_tells_nothing() -> None:
    (row,) = told(public("9.00", "5.00", "3.00", said(1, "安排的资金", "amount", "8.00")), "W51")
    assert "看来印错的是" not in row["explanation"]


def statement(revenue: str) -> Dataset:
    rows = (("revenue", 2, "一、一般公共预算", "119,257.52", 1), ("revenue", 2, "收入总计", revenue, 3),
            ("expenditure", 4, "一、教育支出", "119,257.52", 1),
            ("expenditure", 4, "支出总计", "119,257.52", 3))  # fmt: skip
    lines = [
        figure("budget_summary", 1, row_no, column, printed, item=name, side=side, period="budget")
        for side, column, name, printed, row_no in rows
    ]
    return document(lines, [source_table("budget_summary", 1, printed_title="收支总表")])


def test_a_total_that_is_one_off_in_the_last_place_against_two_other_figures_is_told_once_and_named() -> None:
    """Each of the two differences alone may be rounding: both together are one misprinted figure."""
    rows = [row for row in check_document(statement("119,257.51")).findings.to_pylist() if row["check_id"][0] == "W"]
    (row,) = rows
    assert len(row["check_ids"]) == 2
    assert "仅有第1页“收入总计”一数：现印 119,257.51 万元，应为 119,257.52 万元" in row["explanation"]
    assert row["severity"] == "warning"


@pytest.mark.parametrize(("total", "findings"), [("43.00", 0), ("46.00", 1)])
def test_a_percentage_that_fails_for_a_figure_of_the_table_is_told_with_that_figure(total: str, findings: int) -> None:
    """A wrong total of the three public expenses made each share of it a finding of its own."""
    text = [
        said(1, "因公出国（境）费支出", "amount", "27.27"),
        said(2, "因公出国（境）费支出占“三公”经费的比重", "percent", "63.42", "%"),
    ]
    names = ("“三公”经费合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费")
    lines = [
        figure("three_public_expenses", 9, 3, column, printed, item=name, column_header=name, period="budget")
        for column, (name, printed) in enumerate(zip(names, (total, "27.27", "8.00", "7.73"), strict=True), start=1)
    ]
    dataset = {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    rows = [row for row in check_document(dataset).findings.to_pylist() if row["check_id"][0] in "WN"]
    assert len(rows) == findings
    assert all(set(row["check_ids"]) > {"N22/2"} and "应为 43.00 万元" in row["explanation"] for row in rows)


def change(base: str, amount: str, rate: str, restates: str | None = None) -> str:
    dataset = {
        **document([figure("budget_summary", 1, 9, 2, "805.92", item="收入总计", side="revenue", period="budget")]),
        "narrative_figures": to_arrow(
            NARRATIVE_FIGURES,
            [
                said(1, "培训支出", "amount", base, restates_cell_id=restates),
                said(2, "培训支出", "change", amount, direction="decrease"),
                said(3, "培训支出", "change", rate, "%", direction="decrease"),
            ],
        ),
    }
    (row,) = told(dataset, "N05")
    return str(row["explanation"])


def test_the_change_whose_one_digit_makes_the_rate_right_is_named_as_the_one_that_is_wrong() -> None:
    text = change("805.92", "246.64", "54.01", "made:t1:r9:c2")
    assert "；只差一处笔误的话，印错的是“增减额”一数：现印 246.64 万元，应为 946.64 万元" in text
    assert "if a single slip explains it, the change is wrong (printed 246.64) and should be 946.64" in text


def test_of_a_rate_that_is_but_little_off_no_figure_is_called_wrong() -> None:
    """A digit in a low place explains so little by chance: the rate was worked out otherwise."""
    assert "笔误" not in change("805.92", "946.64", "54.31", "made:t1:r9:c2")


def test_the_year_before_whose_one_digit_makes_the_rate_right_was_not_named() -> None:
    """执行数为43269.30万元，安排3845.49万元，增加17.62%: 3269.30 was meant, and only the rate was told."""
    dataset = {
        **document([figure("budget_summary", 1, 9, 2, "3845.49", item="收入总计", side="revenue", period="budget")]),
        "narrative_figures": to_arrow(
            NARRATIVE_FIGURES,
            [
                said(1, "其他支出", "amount", "43269.30"),
                said(2, "其他支出", "amount", "3845.49", restates_cell_id="made:t1:r9:c2"),
                said(3, "其他支出", "change", "17.62", "%", direction="increase"),
            ],
        ),
    }
    (row,) = told(dataset, "N05")
    assert "；只差一处笔误的话，印错的是“所比的数”一数：现印 43269.30 万元，应为 3,269.30 万元" in row["explanation"]
