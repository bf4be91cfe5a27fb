"""Figures of more years than the contract has periods for: this year's, last year's, and nobody else's."""

from __future__ import annotations

import pytest

from tests.normalize.grids import figures, read

TITLE = "一般公共预算支出表"


def periods(*heads: str, year: int = 2025, is_final: bool = False) -> list[tuple[str, str]]:
    """What is published of one row under these headings: the figure (the column's number) with its period."""
    row = [f"{number}.00" for number in range(1, len(heads) + 1)]
    sheet = (("科目编码", "科目名称", *heads), ("201", "一般公共服务支出", *row))
    _, facts = read(sheet, TITLE, year=year, is_final=is_final)
    return [(str(row["amount_printed"]), str(row["period"])) for row in facts.rows]


def test_the_year_before_last_beside_last_years_is_not_last_years() -> None:
    """2023年决算数 and 2024年执行数 were both last year's execution."""
    assert periods("2023年决算数", "2024年执行数", "2025年预算数") == [("2.00", "prior_execution"), ("3.00", "budget")]


def test_a_plan_of_years_to_come_is_no_budget() -> None:
    assert periods("2025年预算数", "2026年计划数", "2027年计划数") == [("1.00", "budget")]


def test_a_table_of_another_year_throughout_says_that_the_documents_was_misread() -> None:
    assert periods("2027年预算数") == [("1.00", "budget")]


def test_a_row_of_the_year_before_last_is_named_and_not_taken() -> None:
    sheet = (
        ("年度", "合计", "因公出国（境）费", "公务接待费"),
        ("2023年", "3.00", "1.00", "2.00"),
        ("2024年", "6.00", "2.00", "4.00"),
        ("2025年", "9.00", "3.00", "6.00"),
    )
    _, facts = read(sheet, "“三公”经费支出表", year=2025)
    assert {(row["row_no"], row["period"]) for row in facts.rows} == {(3, "prior_budget"), (4, "budget")}
    (finding,) = facts.findings
    assert (finding.code, len(finding.cell_ids)) == ("column_outside_contract", 3)


def test_what_was_left_of_last_year_is_money_of_this_years_budget() -> None:
    """2024年结转 in the budget of 2025 was taken for a figure of last year's budget."""
    sheet = (("科目名称", "合计", "2024年结转", "一般公共预算"), ("教育支出", "3.00", "1.00", "2.00"))
    read_as = figures(sheet, "部门收入总表", "origin", "period", year=2025)
    assert read_as == [
        ("3.00", "total", "budget"), ("1.00", "carryover", "budget"), ("2.00", "current_year", "budget"),
    ]  # fmt: skip


def test_a_budget_as_adjusted_is_not_taken_beside_the_first_one() -> None:
    heads = ("年初预算数", "调整预算数", "决算数")
    assert periods(*heads, is_final=True) == [("1.00", "budget"), ("3.00", "final")]


def test_a_budget_as_adjusted_is_the_budget_where_it_stands_alone() -> None:
    assert periods("调整预算数", "决算数", is_final=True) == [("1.00", "budget"), ("2.00", "final")]


def test_a_change_in_percent_is_no_amount_whatever_stands_before_the_bracket() -> None:
    """比上年增减（±%） lost its bracket as any other, and 11.5 per cent became 115,000 yuan."""
    heads = ("2025年预算数", "比上年增减（±%）", "增长（减少）率", "与上年预算数相比增减%")
    assert [period for _, period in periods(*heads)] == ["budget", *["change_percent"] * 3]


def test_both_sides_of_a_funds_accounts_are_told_apart() -> None:
    """本年收入 was published as expenditure, so that 49 was called less than 50 and 1 together."""
    sheet = (
        ("科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出"),
        ("201", "一般公共服务支出", "1.00", "50.00", "49.00"),
    )
    title = "一般公共预算财政拨款收入支出决算表"
    sides = figures(sheet, title, "side", "origin", year=2023, is_final=True)
    assert sides == [
        ("1.00", "revenue", "carryover"), ("50.00", "revenue", "current_year"), ("49.00", "expenditure", "total"),
    ]  # fmt: skip


def test_of_which_after_of_which_is_a_part_of_the_row_above_both() -> None:
    """The second 其中 took the fund of the first."""
    sheet = (
        ("收入", "<"), ("项目", "预算数"),
        ("一、财政拨款收入", "9.00"), ("其中：政府性基金预算拨款", "1.00"), ("其中：某项补助", "2.00"),
    )  # fmt: skip
    funds = [fund for _, fund in figures(sheet, "部门收支总表", "fund")]
    assert funds == ["fiscal_appropriation", "government_fund", "fiscal_appropriation"]


CARRIED = (
    ("项目名称", "金额"),
    ("合计", "30.00"),
    ("堤防工程（2024年结转）", "20.00"),
    ("堤防工程", "7.00"),
    ("上年结转结余资金清理审计", "3.00"),
)


def test_projects_that_their_names_say_were_carried_over_were_this_years_and_so_was_their_sum() -> None:
    """A list of projects of both years without a column for either: the sum was this year's money."""
    assert figures(CARRIED, "项目支出预算表", "origin", year=2025) == [
        ("30.00", "total"), ("20.00", "carryover"), ("7.00", "current_year"), ("3.00", "current_year"),
    ]  # fmt: skip


def test_a_column_of_the_carry_over_tells_the_years_of_a_table_of_projects_whatever_their_names_say() -> None:
    sheet = (
        ("项目名称", "合计", "一般公共预算", "上年结转"),
        ("合计", "27.00", "7.00", "20.00"),
        ("堤防工程（2024年结转）", "20.00", None, "20.00"),
        ("堤防工程", "7.00", "7.00", None),
    )
    read_as = figures(sheet, "项目支出预算表", "origin", year=2025)
    assert {figure for figure, origin in read_as if origin == "total"} == {"27.00", "20.00", "7.00"}


def test_a_project_named_after_what_was_carried_over_kept_its_total_from_those_of_all_years() -> None:
    """上年结转防汛装备 under 合计 was carry-over, so that the total was said to be more than its projects."""
    sheet = (
        ("项目名称", "合计", "本年拨款", "<", "财政拨款结转结余", "<"),
        ("^", "^", "一般公共预算", "政府性基金预算", "一般公共预算", "政府性基金预算"),
        ("合计", "27.00", "7.00", None, "20.00", None),
        ("上年结转防汛装备", "20.00", None, None, "20.00", None),
        ("堤防工程", "7.00", "7.00", None, None, None),
    )
    origins = [origin for _, origin in figures(sheet, "项目支出表", "origin", year=2025)]
    assert origins == ["total", "current_year", "carryover", "total", "carryover", "total", "current_year"]


@pytest.mark.parametrize(
    ("title", "origin"),
    [
        ("一般公共预算上年结转支出表", "carryover"),
        ("2025年政府性基金预算支出表（上年结转）", "carryover"),
        ("一般公共预算支出表（不含上年结转）", "total"),
        ("一般公共预算支出表（含上年结转支出）", "total"),
        ("一般公共预算当年及上年结转支出表", "total"),
    ],
)
def test_a_table_of_what_was_carried_over_by_its_title_was_of_no_year(title: str, origin: str) -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "3.00"))
    assert figures(sheet, title, "origin", year=2025) == [("3.00", origin)]
