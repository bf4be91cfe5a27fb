"""A recognised table to its facts: one made table for each of the data contract's settled cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.normalize.cut_rows import with_whole_labels
from pipeline.normalize.projects import projects_of
from tests.normalize.grids import Sheet, assert_placed, figures, grid_of, read, row_with

WHERE = ("side", "fund", "expenditure_type", "origin", "period")


# --- summaries of two sides ------------------------------------------------------------------------------------------


def test_a_summary_that_knows_no_carry_over_is_of_the_total() -> None:
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算拨款收入", "100.00", "一、一般公共服务支出", "110.50"),
        ("二、政府性基金预算拨款收入", "20.50", "二、社会保障和就业支出", "10.00"),
        ("收入总计", "120.50", "支出总计", "120.50"),
    )
    assert figures(sheet, "部门收支总体情况表", *WHERE, "subject_code", "subject_level") == [
        ("100.00", "revenue", "general_public_budget", None, "total", "budget", None, None),
        ("110.50", "expenditure", "total", "total", "total", "budget", "201", "类"),
        ("20.50", "revenue", "government_fund", None, "total", "budget", None, None),
        ("10.00", "expenditure", "total", "total", "total", "budget", "208", "类"),
        ("120.50", "revenue", "total", None, "total", "budget", None, None),
        ("120.50", "expenditure", "total", "total", "total", "budget", None, "total"),
    ]


def test_a_code_in_brackets_alone_is_the_code_and_no_part_of_the_name() -> None:
    """[2080505] in a column of codes was taken for the beginning of the name."""
    sheet = (
        ("科目编码", "科目名称", "合计"),
        ("[208]", "社会保障和就业支出", "9.00"),
        ("【2080505】", "机关事业单位基本养老保险缴费支出", "9.00"),
    )
    rows = figures(sheet, "支出总表", "subject_code", "subject_name", "code_source")
    assert [row[1:] for row in rows] == [
        ("208", "社会保障和就业支出", "printed"),
        ("2080505", "机关事业单位基本养老保险缴费支出", "printed"),
    ]


def test_revenue_columns_of_the_general_public_budget_are_revenue() -> None:
    """一般公共预算财政拨款收入支出决算表: what was carried in and this year's revenue were published as expenditure."""
    sheet = (
        ("科目编码", "科目名称", "年初结转和结余", "<", "本年收入", "<", "本年支出", "<"),
        ("^", "^", "合计", "项目支出结转和结余", "合计", "基本支出", "合计", "基本支出"),
        ("207", "文化旅游体育与传媒支出", "1.00", "1.00", "9.00", "6.00", "8.00", "6.00"),
    )
    title = "一般公共预算财政拨款收入支出决算表"
    rows = figures(sheet, title, "side", "expenditure_type", "origin", is_final=True, year=2023)
    assert [row[1:] for row in rows] == [
        ("revenue", None, "carryover"),
        ("revenue", "project", "carryover"),
        ("revenue", None, "current_year"),
        ("revenue", "basic", "current_year"),
        ("expenditure", "total", "total"),
        ("expenditure", "basic", "total"),
    ]


def test_revenue_that_adds_up_to_this_years_is_this_years_and_what_follows_the_carry_over_is_last_years() -> None:
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算", "100.00", "一、一般公共服务支出", "110.50"),
        ("二、单位资金", "5.00", "二、社会保障和就业支出", "15.00"),
        ("本年收入合计", "105.00", "本年支出合计", "125.50"),
        ("上年结转", "20.50", "年终结转", ""),
        ("一般公共预算", "20.50", "", ""),
        ("收入总计", "125.50", "支出总计", "125.50"),
    )
    rows = figures(sheet, "部门收支总体情况表", "side", "fund", "origin")
    assert [row for row in rows if row[1] == "revenue"] == [
        ("100.00", "revenue", "general_public_budget", "current_year"),
        ("5.00", "revenue", "unit_funds", "current_year"),
        ("105.00", "revenue", "total", "current_year"),
        ("20.50", "revenue", "total", "carryover"),
        ("20.50", "revenue", "general_public_budget", "carryover"),
        ("125.50", "revenue", "total", "total"),
    ]
    assert {row[3] for row in rows if row[1] == "expenditure"} == {"total"}


def test_columns_that_part_the_expenditure_by_year_say_so() -> None:
    sheet = (
        ("收入", "<", "支出", "<", "<", "<"),
        ("项目", "2026年", "项目", "2026年合计", "当年预算安排", "上年结转安排"),
        ("一、一般公共预算", "100.00", "一、一般公共服务支出", "110.50", "90.00", "20.50"),
        ("上年结转", "20.50", "本年支出合计", "120.50", "100.00", "20.50"),
    )
    rows = figures(sheet, "部门收支总体情况表", "side", "origin")
    assert [row[2] for row in rows if row[1] == "expenditure"] == ["total", "current_year", "carryover"] * 2


def test_the_total_columns_of_an_appropriation_summary_are_of_all_funds() -> None:
    sheet = (
        ("收入", "<", "支出", "<", "<", "<", "<"),
        ("项目", "金额", "项目", "金额", "<", "<", "<"),
        ("^", "^", "^", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ("一、一般公共预算", "100.00", "一、一般公共服务支出", "95.00", "90.00", "5.00", ""),
        ("二、政府性基金预算", "5.00", "", "", "", "", ""),
        ("本年收入合计", "105.00", "本年支出合计", "95.00", "90.00", "5.00", "0.00"),
    )
    rows = figures(sheet, "财政拨款收支总体情况表", "side", "fund")
    assert [row[2] for row in rows if row[1] == "expenditure"] == [
        "total", "general_public_budget", "government_fund",
        "total", "general_public_budget", "government_fund", "state_capital",
    ]  # fmt: skip
    assert [row[2] for row in rows if row[1] == "revenue"] == ["general_public_budget", "government_fund", "total"]


def test_headings_that_call_an_appropriation_summary_appropriations_leave_the_fund_to_its_rows() -> None:
    sheet = (
        ("财政拨款收入", "<", "财政拨款支出", "<", "<", "<"),
        ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"),
        ("一、一般公共预算", "100.00", "一、教育支出", "95.00", "90.00", "5.00"),
        ("二、政府性基金预算", "5.00", "", "", "", ""),
        ("收入总计", "105.00", "支出总计", "105.00", "100.00", "5.00"),
    )
    rows = figures(sheet, "财政拨款收支预算总表", "side", "fund")
    assert [row[2] for row in rows if row[1] == "expenditure"] == [
        "total",
        "general_public_budget",
        "government_fund",
    ] * 2
    assert [row[2] for row in rows if row[1] == "revenue"] == ["general_public_budget", "government_fund", "total"]


def test_the_balances_of_each_fund_that_are_carried_over_are_that_funds() -> None:
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("本年收入合计", "100.00", "本年支出合计", "107.00"),
        ("上年结余、结转", "7.00", "", ""),
        ("1.一般公共预算拨款结余、结转", "4.00", "", ""),
        ("2.政府性基金预算拨款结余、结转", "2.00", "", ""),
        ("3.国有资本经营预算拨款结余、结转", "1.00", "", ""),
        ("收入总计", "107.00", "支出总计", "107.00"),
    )
    rows = figures(sheet, "财政拨款收支总表", "side", "fund", "origin")
    assert [row[2:] for row in rows if row[1] == "revenue"][1:5] == [
        ("total", "carryover"),
        ("general_public_budget", "carryover"),
        ("government_fund", "carryover"),
        ("state_capital", "carryover"),
    ]


def test_the_funds_below_what_is_carried_forward_are_that_balances() -> None:
    """一般公共预算财政拨款 below 年末财政拨款结转和结余 was an unknown label, and of no fund."""
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "决算数", "项目", "决算数"),
        ("本年收入合计", "9.00", "本年支出合计", "8.00"),
        ("年初财政拨款结转和结余", "1.00", "年末财政拨款结转和结余", "2.00"),
        ("一般公共预算财政拨款", "1.00", "一般公共预算财政拨款", "1.50"),
        ("政府性基金预算财政拨款", "0.00", "政府性基金预算财政拨款", "0.50"),
        ("总计", "10.00", "总计", "10.00"),
    )
    rows = figures(sheet, "财政拨款收入支出决算总表", "side", "fund", "origin", is_final=True)
    assert [row for row in rows if row[0] in ("2.00", "1.50", "0.50")] == [
        ("2.00", "expenditure", "total", "total"),
        ("1.50", "expenditure", "general_public_budget", "total"),
        ("0.50", "expenditure", "government_fund", "total"),
    ]


def test_a_summary_without_headings_of_sides_has_its_revenue_at_the_left() -> None:
    sheet = (("项目", "预算数", "项目", "预算数"), ("事业收入", "1.00", "一、教育支出", "2.00"))
    assert figures(sheet, "收支总表", "side", "fund", "subject_code") == [
        ("1.00", "revenue", "business_revenue", None),
        ("2.00", "expenditure", "total", "205"),
    ]


# --- revenue by funds ------------------------------------------------------------------------------------------------


def test_fund_columns_beside_a_carry_over_column_are_this_years() -> None:
    sheet = (
        ("项目", "<", "合计", "本年收入", "<", "<", "上年结转"),
        ("科目编码", "科目名称", "^", "小计", "一般公共预算", "政府性基金", "^"),
        ("合计", "", "120.50", "100.00", "90.00", "10.00", "20.50"),
        ("201", "一般公共服务支出", "120.50", "100.00", "90.00", "10.00", "20.50"),
    )
    expected = [
        ("total", "total"),
        ("total", "current_year"),
        ("general_public_budget", "current_year"),
        ("government_fund", "current_year"),
        ("total", "carryover"),
    ]
    rows = figures(sheet, "部门收入总体情况表", "fund", "origin", "side", "subject_level")
    assert [row[1:3] for row in rows] == expected * 2
    assert {row[3] for row in rows} == {"revenue"}
    assert [row[4] for row in rows] == ["total"] * 5 + ["类"] * 5


def test_fund_columns_of_a_table_without_carry_over_are_of_the_total() -> None:
    sheet = (
        ("科目编码", "科目名称", "合计", "一般公共预算", "事业收入", "其他收入"),
        ("201", "一般公共服务支出", "3.00", "1.00", "1.00", "1.00"),
    )
    assert [row[1:] for row in figures(sheet, "收入总表", "fund", "origin")] == [
        ("total", "total"), ("general_public_budget", "total"), ("business_revenue", "total"),
        ("other_revenue", "total"),
    ]  # fmt: skip


# --- expenditure -----------------------------------------------------------------------------------------------------


def test_expenditure_by_type() -> None:
    sheet = (
        (
            "科目编码",
            "科目名称",
            "合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "事业单位经营支出",
            "对附属单位补助支出",
        ),
        ("合计", "<", "5.00", "1.00", "1.00", "1.00", "1.00", "1.00"),
    )
    rows = figures(sheet, "部门支出总体情况表", "expenditure_type", "fund", "origin", "side", "subject_level")
    assert [row[1] for row in rows] == [
        "total", "basic", "project", "remittance_to_superior", "business_operation", "subsidy_to_affiliates",
    ]  # fmt: skip
    assert {row[2:] for row in rows} == {("total", "total", "expenditure", "total")}


@pytest.mark.parametrize(
    ("title", "fund"),
    [
        ("一般公共预算支出情况表", "general_public_budget"), ("政府性基金预算支出表", "government_fund"),
        ("国有资本经营预算支出表", "state_capital"), ("部门支出总体情况表", "total"),
    ],
)  # fmt: skip
def test_a_table_of_one_fund_is_of_that_fund_whatever_the_column_says(title: str, fund: str) -> None:
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("201", "一般公共服务支出", "2.00", "1.00", "1.00"),
    )
    rows = figures(sheet, title, "fund", "expenditure_type", "side")
    assert rows == [
        ("2.00", fund, "total", "expenditure"),
        ("1.00", fund, "basic", "expenditure"),
        ("1.00", fund, "project", "expenditure"),
    ]


def test_government_fund_revenue_is_revenue_of_the_fund() -> None:
    sheet = (("项目", "预算数"), ("政府性基金收入", "1.00"), ("合计", "1.00"))
    assert figures(sheet, "政府性基金预算收入表", "side", "fund") == [("1.00", "revenue", "government_fund")] * 2


def test_the_total_of_basic_expenditure_is_basic_and_its_parts_are_personnel_and_operating() -> None:
    sheet = (
        ("部门预算支出经济分类科目", "<", "2026年预算数", "<", "<"),
        ("科目编码", "科目名称", "合计", "人员经费", "公用经费"),
        ("合计", "<", "3.00", "2.00", "1.00"),
        ("301", "工资福利支出", "2.00", "2.00", ""),
        ("30201", "办公费", "1.00", "", "1.00"),
    )
    rows = figures(sheet, "一般公共预算基本支出情况表", "fund", "expenditure_type", "economic_code", "subject_level")
    assert rows == [
        ("3.00", "general_public_budget", "basic", None, None),
        ("2.00", "general_public_budget", "personnel", None, None),
        ("1.00", "general_public_budget", "operating", None, None),
        ("2.00", "general_public_budget", "basic", "301", None),
        ("2.00", "general_public_budget", "personnel", "301", None),
        ("1.00", "general_public_budget", "basic", "30201", None),
        ("1.00", "general_public_budget", "operating", "30201", None),
    ]


def test_economic_subjects_set_in_two_halves_are_read_half_by_half() -> None:
    """Final accounts print staff costs at the left and the rest at the right, to save a page."""
    sheet = (
        ("人员经费", "<", "<", "公用经费", "<", "<"),
        ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"),
        ("301", "工资福利支出", "5.00", "302", "商品和服务支出", "3.00"),
        ("30101", "基本工资", "5.00", "30201", "办公费", "3.00"),
        ("人员经费合计", "<", "5.00", "公用经费合计", "<", "3.00"),
    )
    rows = figures(
        sheet, "一般公共预算财政拨款基本支出决算表", "economic_code", "expenditure_type", "period", is_final=True
    )  # fmt: skip
    assert rows == [
        ("5.00", "301", "personnel", "final"),
        ("3.00", "302", "operating", "final"),
        ("5.00", "30101", "personnel", "final"),
        ("3.00", "30201", "operating", "final"),
        ("5.00", None, "personnel", "final"),
        ("3.00", None, "operating", "final"),
    ]


def test_the_totals_of_the_two_halves_are_their_parts_where_no_heading_says_so() -> None:
    sheet = (
        ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"),
        ("301", "工资福利支出", "5.00", "302", "商品和服务支出", "3.00"),
        ("人员经费合计", "<", "5.00", "公用经费合计", "<", "3.00"),
    )
    rows = figures(sheet, "一般公共预算财政拨款基本支出决算表", "expenditure_type", is_final=True)
    assert rows == [("5.00", "basic"), ("3.00", "basic"), ("5.00", "personnel"), ("3.00", "operating")]


# --- the three public expenses ---------------------------------------------------------------------------------------


def test_items_spread_over_columns_are_the_items_and_the_rows_label_is_the_unit() -> None:
    sheet = (
        ("单位名称", "“三公”经费合计", "因公出国（境）费", "公务用车购置及运行费", "<", "<", "公务接待费"),
        ("^", "^", "^", "小计", "公务用车购置费", "公务用车运行费", "^"),
        ("局本级", "6.00", "1.00", "4.00", "3.00", "1.00", "1.00"),
    )
    rows = figures(sheet, "“三公”经费支出表", "item", "unit_name", "side")
    assert rows == [
        ("6.00", "“三公”经费合计", "局本级", "expenditure"),
        ("1.00", "因公出国（境）费", "局本级", "expenditure"),
        ("4.00", "公务用车购置及运行费/小计", "局本级", "expenditure"),
        ("3.00", "公务用车购置及运行费/公务用车购置费", "局本级", "expenditure"),
        ("1.00", "公务用车购置及运行费/公务用车运行费", "局本级", "expenditure"),
        ("1.00", "公务接待费", "局本级", "expenditure"),
    ]


def test_a_total_column_beside_item_columns_is_an_item_too() -> None:
    """Its row's label is the unit like its neighbours', and its item what its heading says."""
    sheet = (
        ("单位名称", "合计", "因公出国（境）费", "公务接待费"),
        ("合计", "2.00", "1.00", "1.00"),
        ("局本级", "2.00", "1.00", "1.00"),
    )
    assert [row[1:] for row in figures(sheet, "“三公”经费支出表", "item", "unit_name")] == [
        ("合计", None), ("因公出国（境）费", None), ("公务接待费", None),
        ("合计", "局本级"), ("因公出国（境）费", "局本级"), ("公务接待费", "局本级"),
    ]  # fmt: skip


def test_a_form_of_one_row_without_a_label_has_its_columns_as_items() -> None:
    sheet = (
        ("合计", "“三公”经费", "<", "<"),
        ("^", "小计", "因公出国（境）费", "公务接待费"),
        ("3.00", "2.00", "1.00", "1.00"),
    )
    assert [row[1] for row in figures(sheet, "“三公”经费支出表", "item")] == [
        "合计", "“三公”经费/小计", "因公出国（境）费", "公务接待费",
    ]  # fmt: skip


def test_operating_expenses_by_economic_subject_have_no_unit() -> None:
    """One column of figures spreads no items: the item is the row's label, and an economic name is no unit."""
    sheet = (
        ("科目编码", "科目名称", "机关运行经费支出"),
        ("合计", "<", "3.00"),
        ("302", "商品和服务支出", "3.00"),
        ("30201", "办公费", "3.00"),
    )
    rows = figures(sheet, "一般公共预算机关运行经费支出预算表", "item", "economic_code", "unit_name")
    assert [row[1:] for row in rows] == [
        ("合计", None, None),
        ("商品和服务支出", "302", None),
        ("办公费", "30201", None),
    ]


def test_items_in_rows_are_the_rows_labels() -> None:
    sheet = (
        ("项目", "2026年预算数"),
        ("合计", "3.00"),
        ("1、因公出国（境）费", "1.00"),
        ("2、公务接待费", "1.00"),
        ("3、公务用车费", "1.00"),
        ("其中：（1）公务用车运行维护费", "1.00"),
    )
    rows = figures(sheet, "“三公”经费支出表", "item", "unit_name")
    assert [row[1] for row in rows] == [row[0] for row in sheet[1:]]
    assert {row[2] for row in rows} == {None}


def test_budget_and_final_figures_of_the_three_expenses_stand_side_by_side() -> None:
    sheet = (
        ("预算数", "<", "<", "<", "<", "<", "决算数", "<", "<", "<", "<", "<"),
        (*("合计", "因公出国（境）费", "公务用车购置及运行费", "<", "<", "公务接待费") * 2,),
        (*("^", "^", "小计", "公务用车购置费", "公务用车运行费", "^") * 2,),
        ("6.00", "1.00", "4.00", "3.00", "1.00", "1.00", "5.00", "1.00", "3.00", "2.00", "1.00", "1.00"),
    )
    rows = figures(sheet, "财政拨款“三公”经费支出决算表", "item", "period", is_final=True, year=2024)
    assert [row[2] for row in rows] == ["budget"] * 6 + ["final"] * 6
    assert [row[1] for row in rows[6:]][1:] == [
        "因公出国（境）费",
        "公务用车购置及运行费/小计",
        "公务用车购置及运行费/公务用车购置费",
        "公务用车购置及运行费/公务用车运行费",
        "公务接待费",
    ]


# --- units -----------------------------------------------------------------------------------------------------------


def test_a_unit_named_once_holds_for_the_rows_below_it() -> None:
    sheet = (
        ("单位名称", "科目编码", "科目名称", "合计"),
        ("局本级", "", "", "3.00"),
        ("", "201", "一般公共服务支出", "3.00"),
        ("档案馆", "", "", "2.00"),
        ("", "208", "社会保障和就业支出", "2.00"),
    )
    rows = figures(sheet, "部门支出总体情况表", "unit_name", "subject_code", "subject_level")
    assert rows == [
        ("3.00", "局本级", None, "total"),
        ("3.00", "局本级", "201", "类"),
        ("2.00", "档案馆", None, "total"),
        ("2.00", "档案馆", "208", "类"),
    ]


def test_a_table_by_unit_has_one_row_a_unit_and_a_total_without_one() -> None:
    sheet = (
        ("单位编码", "单位名称", "合计", "一般公共预算", "单位资金"),
        ("合计", "", "3.00", "2.00", "1.00"),
        ("101001", "局本级", "2.00", "1.00", "1.00"),
        ("101002", "档案馆", "1.00", "1.00", ""),
    )
    rows = figures(sheet, "收入总表", "unit_name", "fund")
    assert [row[1:] for row in rows] == [
        (None, "total"), (None, "general_public_budget"), (None, "unit_funds"),
        ("局本级", "total"), ("局本级", "general_public_budget"), ("局本级", "unit_funds"),
        ("档案馆", "total"), ("档案馆", "general_public_budget"),
    ]  # fmt: skip


def test_units_and_projects_of_one_column_are_told_by_the_units_known() -> None:
    sheet = (
        ("单位（项目）名称", "合计", "一般公共预算"),
        ("示例县档案局", "3.00", "3.00"),
        ("档案数字化", "2.00", "2.00"),
        ("库房维护", "1.00", "1.00"),
    )
    rows = figures(sheet, "项目支出表", "unit_name", "project_name", units=("示例县档案局",))
    assert [row[1:] for row in rows[::2]] == [
        ("示例县档案局", None),
        ("示例县档案局", "档案数字化"),
        ("示例县档案局", "库房维护"),
    ]


def test_a_unit_in_a_columns_own_heading_is_its_figures() -> None:
    sheet = (("科目编码", "科目名称", "合计", "项目支出（元）"), ("2012604", "档案馆", "2.00", "20000.00"))
    rows = figures(sheet, "部门支出总体情况表", "amount", "unit", "half_unit")
    assert rows == [("2.00", 20000, "万元", 50), ("20000.00", 20000, "元", Decimal("0.005"))]


def test_projects_below_their_subject_beside_their_units_code_are_no_units() -> None:
    """单位名称（科目） over projects: each was the unit of itself and of the subject that follows it."""
    sheet = (
        ("科目编码", "<", "<", "单位代码", "单位名称（科目）", "金额"),
        ("类", "款", "项", "^", "^", "^"),
        ("", "", "", "", "合计", "3.00"),
        ("204", "06", "04", "133001", "基层司法业务", "2.00"),
        ("", "", "", "133001", "人民调解补贴", "2.00"),
        ("204", "06", "10", "133001", "社区矫正", "1.00"),
        ("", "", "", "133001", "社区矫正监管", "1.00"),
    )
    rows = figures(sheet, "一般公共预算项目支出预算表", "subject_code", "project_name", "unit_name")
    assert [row[1:] for row in rows] == [
        (None, None, None),
        ("2040604", None, None),
        (None, "人民调解补贴", None),
        ("2040610", None, None),
        (None, "社区矫正监管", None),
    ]


def test_a_units_row_over_the_projects_of_its_subjects_was_a_project() -> None:
    """Where subjects bear the code of their unit, the unit's own row does too: six units were six projects."""
    sheet = (
        ("科目编码", "<", "<", "单位代码", "单位名称（科目）", "金额"),
        ("类", "款", "项", "^", "^", "^"),
        ("", "", "", "", "合计", "6.00"),
        ("", "", "", "301001", "示例市就业局机关", "2.00"),
        ("208", "01", "06", "301001", "就业管理事务", "2.00"),
        ("208", "01", "06", "301001", "招聘活动", "2.00"),
        ("", "", "", "301002", "示例市人才中心", "4.00"),
        ("208", "01", "11", "301002", "公共就业服务", "4.00"),
        ("208", "01", "11", "301002", "档案数字化", "4.00"),
    )
    rows = figures(sheet, "一般公共预算项目支出预算表", "project_name", "unit_name")
    assert [row[1:] for row in rows] == [
        (None, None),
        (None, "示例市就业局机关"),
        (None, "示例市就业局机关"),
        ("招聘活动", "示例市就业局机关"),
        (None, "示例市人才中心"),
        (None, "示例市人才中心"),
        ("档案数字化", "示例市人才中心"),
    ]


ROADS = {"公路养护": ("2140106",), "公路运输管理": ("2140112",)}


def test_projects_that_bear_the_code_of_a_subject_printed_without_it_are_not_that_subject() -> None:
    """单位名称（科目）: the subject was a unit, and the first project of each code was the subject."""
    sheet = (
        ("项目", "<", "<", "<", "<", "金额"),
        ("科目编码", "<", "<", "单位代码", "单位名称（科目）", "^"),
        ("类", "款", "项", "^", "^", "^"),
        ("", "", "", "", "交通运输局（机关）", "300.00"),
        ("", "", "", "", "公路养护", "200.00"),
        ("214", "01", "06", "328301", "农村公路养护工程", "150.00"),
        ("214", "01", "06", "328301", "公路安防工程", "50.00"),
        ("", "", "", "", "公路运输管理", "100.00"),
        ("214", "01", "12", "328301", "执法系统运维", "100.00"),
    )
    named = ("subject_code", "subject_name", "project_name", "unit_name")
    rows = figures(sheet, "一般公共预算项目支出预算表", *named, printed=ROADS)
    assert {row[4] for row in rows} == {"交通运输局（机关）"}
    assert [row[1:4] for row in rows] == [
        (None, None, None),
        ("2140106", "公路养护", None),
        ("2140106", "公路养护", "农村公路养护工程"),
        ("2140106", "公路养护", "公路安防工程"),
        ("2140112", "公路运输管理", None),
        ("2140112", "公路运输管理", "执法系统运维"),
    ]


def test_a_name_beside_a_code_that_the_other_tables_call_otherwise_is_a_projects() -> None:
    sheet = (
        ("科目编码", "科目名称", "金额"),
        ("2140106", "农村公路养护工程", "150.00"),
        ("2140112", "公路运输管理支出", "100.00"),
    )
    rows = figures(sheet, "一般公共预算项目支出预算表", "subject_code", "subject_name", "project_name", printed=ROADS)
    assert [row[1:] for row in rows] == [
        ("2140106", "公路养护", "农村公路养护工程"),
        ("2140112", "公路运输管理支出", None),
    ]


def test_columns_that_print_nothing_between_the_labels_parted_them() -> None:
    """Narrow columns of white between the fields: only the unit was left to name the rows, and 合计 named none."""
    sheet = (
        ("类型", "", "项目名称", "", "项目单位", "", "合计", "", "一般公共预算"),
        ("合计", "<", "<", "<", "<", "", "3.00", "", "3.00"),
        ("特定目标类", "", "国土绿化", "", "示例县林业局", "", "3.00", "", "3.00"),
    )
    assert figures(sheet, "项目支出表", "item", "project_name", "unit_name") == [
        ("3.00", "合计", None, None),
        ("3.00", "合计", None, None),
        ("3.00", "特定目标类/国土绿化/示例县林业局", "国土绿化", "示例县林业局"),
        ("3.00", "特定目标类/国土绿化/示例县林业局", "国土绿化", "示例县林业局"),
    ]


def test_a_project_beside_its_subjects_name_does_not_name_the_subject() -> None:
    """残疾人就业 | 残疾人就业培训: the project's name was the subject's, and the project was no project."""
    sheet = (
        ("科目编码", "<", "<", "科目名称", "项目名称", "项目支出合计"),
        ("类", "款", "项", "^", "^", "^"),
        ("208", "11", "97", "某项事业", "某项事业培训", "2.00"),
    )
    rows = figures(sheet, "项目支出情况表", "subject_code", "subject_name", "project_name")
    assert rows == [("2.00", "2081197", "某项事业", "某项事业培训")]


# --- periods ---------------------------------------------------------------------------------------------------------


def test_prior_year_change_and_rate_columns() -> None:
    sheet = (
        ("科目编码", "科目名称", "2025年执行数", "2026年预算数", "<", "<", "2026年预算数比2025年执行数", "<"),
        ("^", "^", "^", "小计", "基本支出", "项目支出", "增减额", "增减%"),
        ("201", "一般公共服务支出", "80.00", "100.00", "60.00", "40.00", "20.00", "25.00"),
        ("208", "社会保障和就业支出", "10.00", "5.00", "5.00", "", "-5.00", "-50.00%"),
    )
    rows = figures(sheet, "一般公共预算支出情况表", "period", "expenditure_type", "amount", "value", "unit")
    assert rows[:6] == [
        ("80.00", "prior_execution", "total", Decimal("800000.00"), None, "万元"),
        ("100.00", "budget", "total", Decimal("1000000.00"), None, "万元"),
        ("60.00", "budget", "basic", Decimal("600000.00"), None, "万元"),
        ("40.00", "budget", "project", Decimal("400000.00"), None, "万元"),
        ("20.00", "change", "total", Decimal("200000.00"), None, "万元"),
        ("25.00", "change_percent", "total", None, "25.00", "%"),
    ]
    assert rows[-2][1:4] == ("change", "total", Decimal("-50000.00"))
    assert rows[-1][0] == "-50.00%"
    assert rows[-1][3] is None


def test_a_percentage_is_kept_as_printed_and_is_no_amount() -> None:
    """Data contract: percentages are ``change_percent``, ``amount`` null, ``value`` as printed."""
    sheet = (("科目编码", "科目名称", "合计", "增减率"), ("201", "一般公共服务支出", "1.00", "-12.50%"))
    _, facts = read(sheet, "支出总表")
    row = row_with(facts.rows, "-12.50%")
    assert (row["amount"], row["half_unit"], row["value"], row["unit"]) == (None, None, "-12.50%", "%")


def test_a_row_of_an_earlier_year_is_of_the_prior_budget() -> None:
    sheet = (("年度", "单位名称", "“三公”经费合计"), ("2025年", "局本级", "2.00"), ("2026年", "局本级", "1.00"))
    rows = figures(sheet, "“三公”经费支出表", "period")
    assert rows == [("2.00", "prior_budget"), ("1.00", "budget")]


def test_a_row_of_the_change_between_years_is_a_change() -> None:
    sheet = (
        ("单位名称", "年度", "“三公”经费合计"), ("局本级", "2025年", "2.00"), ("", "2026年", "1.00"),
        ("", "增减变化金额", "-1.00"),
    )  # fmt: skip
    rows = figures(sheet, "“三公”经费支出表", "period", "unit_name")
    assert rows == [("2.00", "prior_budget", "局本级"), ("1.00", "budget", "局本级"), ("-1.00", "change", "局本级")]


def test_the_general_budget_by_economic_items_has_no_rows_of_subjects_not_even_its_total() -> None:
    """Its 合计 was a total of subjects: a sum over those counted the general budget twice."""
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("", "合计", "9.00", "7.00", "2.00"),
        ("301", "工资福利支出", "7.00", "7.00", "0.00"),
        ("302", "商品和服务支出", "2.00", "0.00", "2.00"),
    )
    rows = figures(sheet, "2024年度一般公共预算支出经济分类情况表", "economic_code", "subject_code", "subject_level")
    assert [row[1:] for row in rows[::3]] == [(None, None, None), ("301", None, None), ("302", None, None)]


def test_final_accounts_have_their_budget_beside() -> None:
    sheet = (
        ("收入", "<", "<", "支出", "<", "<"),
        ("项目", "年初预算数", "决算数", "项目", "年初预算数", "决算数"),
        ("一、一般公共预算财政拨款收入", "10.00", "12.00", "一、一般公共服务支出", "10.00", "11.00"),
        ("本年收入合计", "10.00", "12.00", "本年支出合计", "10.00", "11.00"),
        ("使用非财政拨款结余", "", "", "结余分配", "", ""),
        ("年初结转和结余", "", "1.00", "年末结转和结余", "", "2.00"),
        ("总计", "10.00", "13.00", "总计", "10.00", "13.00"),
    )
    rows = figures(sheet, "收入支出决算总表", "side", "period", "origin", is_final=True, year=2024)
    assert [row[:3] for row in rows[:4]] == [
        ("10.00", "revenue", "budget"), ("12.00", "revenue", "final"),
        ("10.00", "expenditure", "budget"), ("11.00", "expenditure", "final"),
    ]  # fmt: skip
    revenue = [row for row in rows if row[1] == "revenue" and row[2] == "final"]
    assert [(row[0], row[3]) for row in revenue] == [
        ("12.00", "current_year"), ("12.00", "current_year"), ("1.00", "carryover"), ("13.00", "total"),
    ]  # fmt: skip


# --- projects --------------------------------------------------------------------------------------------------------

PROJECTS: Sheet = (
    ("项目名称", "合计", "2026年财政拨款", "<", "<", "财政专户管理资金", "其他资金"),
    ("^", "^", "一般公共预算", "政府性基金", "国有资本经营预算", "^", "^"),
    ("合计", "7.00", "4.00", "", "", "1.00", "2.00"),
    ("档案数字化", "5.00", "4.00", "", "", "1.00", ""),
    ("库房维护", "2.00", "", "", "", "", "2.00"),
)


def test_other_money_of_a_project_is_the_units_own() -> None:
    rows = figures(PROJECTS, "项目支出预算表", "project_name", "fund", "expenditure_type", "origin")
    assert rows[-2:] == [
        ("2.00", "库房维护", "total", "project", "current_year"),
        ("2.00", "库房维护", "unit_funds", "project", "current_year"),
    ]
    assert rows[0][1:3] == (None, "total")


OTHER_MONEY = ("三、其他资金", "其中：事业收入", "事业单位经营收入", "其他收入")


def revenue_funds(*labels: str) -> dict[object, object]:
    """The fund of each row of a revenue summary."""
    sheet = (("项目", "2023年预算"), *((label, "1.00") for label in labels))
    return {item: fund for _, item, fund in figures(sheet, "收入总体情况表", "item", "fund")}


def test_other_money_over_its_own_sources_is_the_units_funds() -> None:
    """三、其他资金 over 事业收入 … 其他收入 was other revenue, and so was its part 其他收入: the same money twice."""
    funds = revenue_funds("一、财政拨款", "其中：一般公共预算拨款", *OTHER_MONEY, "本年收入合计", "四、上级补助收入")
    assert funds["三、其他资金"] == "unit_funds"
    assert (funds["其中：事业收入"], funds["其他收入"]) == ("business_revenue", "other_revenue")


def test_other_money_without_sources_below_it_is_other_revenue() -> None:
    assert revenue_funds("一、财政拨款", "（三）其他资金", "四、上级补助收入")["（三）其他资金"] == "other_revenue"
    assert (
        revenue_funds("一、财政拨款", "1.经费拨款", "二、其他资金", "三、事业收入")["二、其他资金"] == "other_revenue"
    )
    inner = revenue_funds("一、本年收入", "（一）财政拨款", "（二）其他资金", "二、上级补助收入", "本年收入合计")
    assert inner["（二）其他资金"] == "other_revenue"


def test_other_money_over_money_of_the_special_account_is_not_all_the_units() -> None:
    assert revenue_funds("二、其他资金", "1.财政专户管理资金", "2.事业收入")["二、其他资金"] == "other_revenue"


def test_the_sum_of_a_group_of_other_money_is_the_units_funds() -> None:
    sheet = (
        ("项目名称", "<", "金额"),
        ("收入总计", "<", "5.00"),
        ("其他资金", "小计", "5.00"),
        ("^", "事业收入", "3.00"),
        ("^", "其他收入", "2.00"),
    )
    assert [row[1] for row in figures(sheet, "收入预算总表", "fund")] == [
        "total",
        "unit_funds",
        "business_revenue",
        "other_revenue",
    ]


def test_projects_of_the_carry_over_table_are_last_years_money() -> None:
    rows = figures(PROJECTS, "项目支出预算表（上年结转）", "origin", "expenditure_type")
    assert {row[1:] for row in rows} == {("carryover", "project")}


def test_each_project_row_is_one_project_with_its_money_by_fund() -> None:
    _, facts = read(PROJECTS, "项目支出预算表")
    digital, storage = projects_of(facts.rows)
    assert (digital["project_id"], digital["project_name"], digital["amount"]) == (
        "p001",
        "档案数字化",
        Decimal("50000.00"),
    )
    assert digital["general_public_budget_amount"] == Decimal("40000.00")
    assert digital["special_account_amount"] == Decimal("10000.00")
    assert "unit_funds_amount" not in digital
    assert storage["unit_funds_amount"] == Decimal("20000.00")
    assert storage["cell_ids"] == ["made/t1/r5/c2", "made/t1/r5/c7"]


def test_a_project_table_without_a_total_column_gives_its_one_fund_as_the_amount() -> None:
    _, facts = read((("项目名称", "一般公共预算"), ("库房维护", "2.00")), "项目支出表")
    (project,) = projects_of(facts.rows)
    assert project["amount"] == project["general_public_budget_amount"] == Decimal("20000.00")


def test_a_functional_row_of_a_project_table_is_no_project() -> None:
    """Some project tables set the subject over its projects; both stand in the column of names."""
    sheet = (
        ("科目编码", "项目名称", "合计"),
        ("2012604", "档案馆", "3.00"),
        ("", "档案数字化", "3.00"),
    )
    _, facts = read(sheet, "项目支出表")
    assert [project["project_name"] for project in projects_of(facts.rows)] == ["档案数字化"]


def test_a_row_that_repeats_its_subjects_code_under_another_name_is_a_project_of_it() -> None:
    """Projects under their subject were read as subjects, so that every subject's money counted twice."""
    sheet = (
        ("科目编码", "<", "<", "单位代码", "单位名称（科目）", "金额"),
        ("类", "款", "项", "^", "^", "^"),
        ("", "", "", "207001", "某某局", "5.00"),
        ("208", "02", "08", "207001", "基层政权建设和社区治理", "5.00"),
        ("208", "02", "08", "207001", "社区工作者经费", "2.00"),
        ("208", "02", "08", "207001", "社会组织培育", "3.00"),
    )
    named = figures(sheet, "一般公共预算项目支出预算表", "subject_code", "subject_name", "project_name", "fund")
    subject = ("2080208", "基层政权建设和社区治理")
    assert named[1:] == [
        ("5.00", *subject, None, "general_public_budget"),
        ("2.00", *subject, "社区工作者经费", "general_public_budget"),
        ("3.00", *subject, "社会组织培育", "general_public_budget"),
    ]


def test_rows_that_nothing_names_are_a_finding_and_no_figures() -> None:
    """The further columns of a wide sheet, parted from its labels, were published as figures of nothing."""
    sheet = (("上年结转结余", "<"), ("小计", "一般公共预算"), ("5.00", "5.00"), ("3.00", "3.00"))
    _, facts = read(sheet, "部门收入总表")
    assert (facts.rows, [finding.code for finding in facts.findings]) == ((), ["unplaced_number"])


# --- values ----------------------------------------------------------------------------------------------------------


def test_a_blank_cell_has_no_row_and_a_printed_zero_or_dash_has_one() -> None:
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "经营支出"),
        ("201", "一般公共服务支出", "0.00", "-", "", "0"),
    )
    rows = figures(sheet, "支出总表", "amount", "expenditure_type")
    assert rows == [
        ("0.00", Decimal("0.00"), "total"),
        ("-", Decimal("0.00"), "basic"),
        ("0", Decimal("0.00"), "business_operation"),
    ]


def test_a_long_dash_in_a_form_that_counts_things_is_no_amount_of_zero() -> None:
    """机构运行信息表 prints — where nothing is to be filled in; “三公”经费 of — were published as 0.00."""
    sheet = (
        ("项目", "行次", "预算数", "决算统计数"),
        ("一、“三公”经费支出", "1", "—", "—"),
        ("（一）支出合计", "2", "3.80", "2.93"),
        ("（1）国内接待费", "3", "—", "1.06"),
    )
    counted = (*sheet, ("公务用车保有量（辆）", "4", "——", "1"))
    _, facts = read(counted, "“三公”经费、行政参公单位机关运行经费情况表")
    assert [(row["amount_printed"], row["item"]) for row in facts.rows] == [
        ("3.80", "（一）支出合计"),
        ("2.93", "（一）支出合计"),
        ("1.06", "（1）国内接待费"),
    ]
    plain = (sheet[0], ("合计", "1", "3.80", "2.93"), ("因公出国（境）费", "2", "—", "—"))
    assert [row[0] for row in figures(plain, "“三公”经费支出表")].count("—") == 2


def test_a_long_dash_beside_a_heading_over_its_money_was_a_total_of_zero() -> None:
    """The form of “三公”经费 without its counts: 一、“三公”经费支出 of — was 0.00, and 60,326.00 too little."""
    sheet = (
        ("项目", "行次", "预算数", "决算统计数"),
        ("一、“三公”经费支出", "1", "—", "—"),
        ("（一）支出合计", "2", "3.80", "2.93"),
        ("3．公务接待费", "3", "3.80", "2.93"),
        ("（1）国内接待费", "4", "—", "2.93"),
    )
    assert "—" not in [row[0] for row in figures(sheet, "一般公共预算财政拨款“三公”经费情况表")]
    zero = (*sheet[:1], ("（一）因公出国（境）费", "1", "—", "—"), ("（二）公务接待费", "2", "3.80", "2.93"))
    assert [row[0] for row in figures(zero, "一般公共预算财政拨款“三公”经费情况表")].count("—") == 2


def test_the_heading_of_the_economic_classes_of_a_summary_was_an_amount_of_zero() -> None:
    """收入支出决算总表 of the old form: 支出经济分类 — was 0.00, and the total below it an unknown item."""
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "决算数", "项目（按支出性质和经济分类）", "决算数"),
        ("一、财政拨款收入", "9.00", "一、基本支出", "6.00"),
        ("", "", "二、项目支出", "3.00"),
        ("", "", "支出经济分类", "—"),
        ("", "", "基本支出和项目支出合计", "9.00"),
        ("", "", "工资福利支出", "9.00"),
        ("总计", "9.00", "总计", "9.00"),
    )
    _, facts = read(sheet, "收入支出决算总表", is_final=True)
    assert "—" not in [row["amount_printed"] for row in facts.rows]
    assert not [finding for finding in facts.findings if finding.code == "unknown_item"]


@pytest.mark.parametrize(
    "label", ["二、车辆数合计（台、辆）", "1.车辆编制数", "房屋面积（单位：平方米）", "3.离退休人员数"]
)
def test_a_number_of_things_in_more_than_one_unit_was_an_amount(label: str) -> None:
    sheet = (("项目", "统计数"), ("（一）支出合计", "9.00"), (label, "5"))
    _, facts = read(sheet, "“三公”经费、行政参公单位机关运行经费情况表", is_final=True)
    assert [row["amount_printed"] for row in facts.rows] == ["9.00"]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"]


def test_what_counts_below_the_three_expenses_are_of_is_no_text_that_should_be_a_figure() -> None:
    """相关统计数 below them in columns of its own: its labels and its headings were fourteen warnings."""
    sheet = (
        ("预算数", "<", "<", "<", "决算数", "<", "<", "<"),
        ("“三公”经费合计", "因公出国（境）费", "公务接待费", "会议费") * 2,
        ("9.68", "0.00", "6.05", "3.63", "9.67", "0.00", "6.04", "3.63"),
        ("相关统计数：", "<", "<", "<", "<", "<", "<", "<"),
        ("项 目", "<", "统计数", "<", "项 目", "<", "统计数", "<"),
        ("国内公务接待批次（个）", "<", "25", "<", "会议次数（个）", "<", "12", "<"),
    )
    _, facts = read(sheet, "财政拨款“三公”经费、会议费支出决算表", is_final=True)
    assert [row["amount_printed"] for row in facts.rows] == list(sheet[2])
    assert [(found.code, len(found.cell_ids)) for found in facts.findings] == [("column_outside_contract", 2)]


def test_an_amount_stands_with_what_was_printed_and_half_its_last_place() -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "4,192.53"))
    assert figures(sheet, "支出总表", "amount", "unit", "half_unit") == [
        ("4,192.53", Decimal("41925300.00"), "万元", Decimal("50"))
    ]
    assert figures(sheet, "支出总表", "amount", "unit", "half_unit", unit="元") == [
        ("4,192.53", Decimal("4192.53"), "元", Decimal("0.005"))
    ]


def test_a_figure_says_where_it_stands() -> None:
    _, facts = read((("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00")), "支出总表")
    (row,) = facts.rows
    names = ("document_id", "table_no", "row_no", "column_no", "page", "cell_id", "column_header", "table_id")
    assert tuple(row[name] for name in names) == (
        "made", 1, 2, 3, 1, "made/t1/r2/c3", "合计", "expenditure_summary",
    )  # fmt: skip


def test_text_in_a_column_of_figures_is_a_finding_and_never_a_number() -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00"),
    ("208", "社会保障和就业支出", "约2.00"),
             ("210", "卫生健康支出", "3.00"), ("213", "农林水支出", "3.00"))  # fmt: skip
    grid, facts = read(sheet, "支出总表")
    assert [row["amount_printed"] for row in facts.rows] == ["1.00", "3.00", "3.00"]
    (finding,) = facts.findings
    assert (finding.code, finding.cell_ids) == ("not_a_figure", ("made/t1/r3/c3",))
    assert facts.roles.of(grid.row(3)[2]) == "finding"
    assert_placed(grid, facts)


@pytest.mark.parametrize("printed", ["12·30", "12.30-", "△12.30", "林业局12.30"])
def test_a_column_of_money_none_of_which_is_a_number_is_told_and_no_column_of_labels(printed: str) -> None:
    """The table passed for one without figures, and nothing said that it has any."""
    sheet = (
        ("科目编码", "科目名称", "合计"),
        ("201", "一般公共服务支出", printed),
        ("208", "社会保障和就业支出", printed),
    )
    grid, facts = read(sheet, "支出总表")
    assert [finding.code for finding in facts.findings] == ["not_a_figure", "not_a_figure"]
    assert [facts.roles.of(grid.row(row)[2]) for row in (2, 3)] == ["finding", "finding"]
    assert_placed(grid, facts)


@pytest.mark.parametrize("blank", ["/", "无", "／", "不涉及"])
def test_a_column_of_which_most_cells_print_a_stroke_for_a_blank_was_one_of_text(blank: str) -> None:
    """/ in every blank cell: the columns with few figures were labels, and theirs were taken for others' or lost."""
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "经营支出"),
        ("2013101", "行政运行", "5.00", "5.00", blank, blank),
        ("2013102", "一般行政管理事务", "4.00", blank, "4.00", blank),
        ("2080505", "养老保险", "3.00", "3.00", blank, blank),
        ("2101101", "行政单位医疗", "2.00", "2.00", blank, blank),
    )
    rows = figures(sheet, "支出总表", "subject_code", "expenditure_type")
    assert ("4.00", "2013102", "project") in rows
    assert len(rows) == 8


def test_a_note_that_the_table_is_empty_is_no_figure_and_no_finding() -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("", "", ""), ("注：本表无数据", "<", "<"))
    assert figures(sheet, "政府性基金预算支出表") == []


def test_a_figure_finer_than_a_cent_is_said_to_be_rounded() -> None:
    _, facts = read((("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.2345678")), "支出总表")
    assert [finding.code for finding in facts.findings] == ["too_many_places"]
    assert facts.rows[0]["amount"] == Decimal("12345.68")


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_header_printed_again_on_the_next_page_is_a_header_again() -> None:
    head = ("科目编码", "科目名称", "合计")
    sheet = (head, ("201", "一般公共服务支出", "1.00"), head, ("208", "社会保障和就业支出", "2.00"))
    grid, facts = read(sheet, "支出总表", continued=[3])
    assert_placed(grid, facts)
    assert {facts.roles.of(cell) for cell in grid.row(3)} == {"header"}
    assert [(row["page"], row["subject_code"]) for row in facts.rows] == [(1, "201"), (2, "208")]


def test_a_header_of_two_rows_printed_again_is_a_header_again() -> None:
    head = (("项目", "<", "预算数", "<"), ("科目编码", "科目名称", "合计", "基本支出"))
    sheet = (*head, ("201", "一般公共服务支出", "1.00", "1.00"), *head, ("208", "社会保障和就业支出", "2.00", ""))
    grid, facts = read(sheet, "支出总表", continued=[4])
    assert_placed(grid, facts)
    assert not facts.findings
    assert [row["subject_code"] for row in facts.rows] == ["201", "201", "208"]


def test_column_numbers_printed_again_are_no_figures() -> None:
    head = (("科目编码", "科目名称", "合计", "基本支出"), ("1", "2", "3", "4"))
    sheet = (*head, ("201", "一般公共服务支出", "1.00", "1.00"), *head, ("208", "社会保障和就业支出", "2.00", ""))
    _, facts = read(sheet, "支出总表", continued=[4])
    assert [row["amount_printed"] for row in facts.rows] == ["1.00", "1.00", "2.00"]


def test_a_row_of_small_figures_on_the_next_page_is_data() -> None:
    """1.00 | 2.00 ascend, but a row with a code of its own is no row of column numbers."""
    head = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    sheet = (head, ("201", "一般公共服务支出", "3", "1", "2"), ("208", "社会保障和就业支出", "3", "1", "2"))
    _, facts = read(sheet, "支出总表", continued=[3])
    assert len(facts.rows) == 6


# --- nothing is lost -------------------------------------------------------------------------------------------------


def test_a_number_where_no_column_stands_is_a_finding() -> None:
    """A remark column takes words; a number in a row label's place is a label; nothing stays unread."""
    sheet = (("科目编码", "科目名称", "合计", "备注"), ("201", "一般公共服务支出", "1.00", "含2025年结转12万元"))
    grid, facts = read(sheet, "支出总表")
    assert_placed(grid, facts)
    assert facts.roles.of(grid.row(2)[3]) == "label"


def test_every_cell_of_a_wide_table_ends_in_one_role() -> None:
    sheet = (
        ("序号", "单位名称", "项目名称", "合计", "一般公共预算", "备注", "是否跨年"),
        ("1", "局本级", "档案数字化", "1.00", "1.00", "第一批", "否"),
        ("2", "局本级", "库房维护", "2.00", "", "", "是"),
        ("合计", "", "", "3.00", "1.00", "", ""),
    )
    rows = figures(sheet, "项目支出表", "project_name", "unit_name", "fund")
    assert rows[0] == ("1.00", "档案数字化", "局本级", "total")
    assert [row[1] for row in rows] == ["档案数字化", "档案数字化", "库房维护", None, None]


def test_a_grid_without_a_row_has_no_facts() -> None:
    assert grid_of(()).cells == ()


def test_a_figure_that_runs_over_the_blank_cell_before_it_is_its_own_columns() -> None:
    """A spreadsheet drew no rule beside the long total, and the total row had no figure."""
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出"),
        ("201", "一般公共服务支出", "1.00", "1.00"),
        ("合计", "1,024,807.171785", "<", "1.00"),
    )
    printed = figures(sheet, "部门支出总表", "item", "column_header")
    assert printed[-2:] == [("1,024,807.171785", "合计", "合计"), ("1.00", "合计", "基本支出")]


# --- summaries by class, in both economic schemes --------------------------------------------------------------------

BY_CLASS = (
    ("收入", "<", "支出", "<", "<", "<"),
    ("项目", "预算数", "部门预算支出经济科目（按大类）", "预算数", "政府预算支出经济分类科目（按大类）", "预算数"),
    ("一、财政拨款", "30.00", "1、人员经费和公用经费支出", "10.00", "3、机关资本性支出", "16.00"),
    ("", "", "(3)对个人和家庭的补助", "10.00", "15、其他支出", "14.00"),
    ("", "", "2、专项业务经费支出", "20.00", "", ""),
    ("", "", "(3)对个人和家庭补助", "13.00", "", ""),
    ("", "", "(10)其他支出", "7.00", "", ""),
    ("本年收入合计", "30.00", "本年支出合计", "30.00", "本年支出合计", "30.00"),
)


def test_the_items_of_a_type_are_of_that_type_by_whichever_name_they_are_printed() -> None:
    rows = figures(BY_CLASS, "收支总表", "economic_code", "expenditure_type")
    assert [row for row in rows if row[0] in ("13.00", "7.00")] == [
        ("13.00", "303", "project"),
        ("7.00", "399", "project"),  # 39999 has the same name: a summary by class means the class
    ]


def test_an_item_that_no_reference_table_knows_is_reported_and_still_of_the_type_that_is_open() -> None:
    sheet = tuple(tuple(text.replace("(10)其他支出", "(10)新设支出") for text in row) for row in BY_CLASS)
    _, facts = read(sheet, "收支总表")
    assert [finding.code for finding in facts.findings] == ["unknown_item"]
    row = row_with(facts.rows, "7.00")
    assert (row["economic_code"], row["expenditure_type"]) == (None, "project")


def test_a_row_numbered_as_the_open_type_is_none_of_its_items_though_nobody_knows_it() -> None:
    """三、事业单位生产支出 behind 二、项目支出 was project expenditure."""
    rows = (("一、基本支出", "1.00"), ("工资福利支出", "1.00"), ("二、项目支出", "2.00"), ("资本性支出", "2.00"))
    sheet = (
        ("收入", "", "支出", ""),
        ("项目", "预算数", "项目", "预算数"),
        *(("", "", *row) for row in rows),
        ("", "", "三、事业单位生产支出", "7.00"),
        ("本年收入合计", "10.00", "本年支出合计", "10.00"),
    )
    _, facts = read(sheet, "收支总表")
    assert [finding.code for finding in facts.findings] == ["unknown_item"]
    types = [(row["amount_printed"], row["expenditure_type"]) for row in facts.rows if row["side"] == "expenditure"]
    assert types == [("1.00", "basic"), ("1.00", "basic"), ("2.00", "project"), ("2.00", "project"), ("7.00", "total"),
                     ("10.00", "total")]  # fmt: skip


@pytest.mark.parametrize("title", ["一般公共预算基本支出情况表", "机关运行经费预算表"])
def test_an_item_that_no_reference_table_knows_was_told_nowhere_in_a_table_of_items(title: str) -> None:
    sheet = (("科目名称", "合计"), ("合计", "7.00"), ("办公费", "5.00"), ("新设补贴", "2.00"))
    _, facts = read(sheet, title)
    assert [(found.code, len(found.cell_ids)) for found in facts.findings] == [("unknown_item", 1)]
    assert "“新设补贴”" in facts.findings[0].zh
    assert [row["amount_printed"] for row in facts.rows] == ["7.00", "5.00", "2.00"]


def test_units_over_economic_items_are_no_unknown_items() -> None:
    sheet = (("单位名称", "科目名称", "合计"), ("某局", "", "5.00"), ("", "办公费", "5.00"), ("某所", "", "2.00"))
    assert [row[1] for row in figures(sheet, "一般公共预算基本支出情况表", "unit_name")] == ["某局", "某局", "某所"]


def test_totals_beside_government_items_are_totals_and_no_names_of_items() -> None:
    rows = figures(BY_CLASS, "收支总表", "government_economic_code", "government_economic_name", "subject_level")
    assert [row for row in rows if row[0] in ("16.00", "14.00")] == [
        ("16.00", "503", "机关资本性支出", None),
        ("14.00", "599", "其他支出", None),
    ]
    assert rows[-1] == ("30.00", None, None, "total")


def test_a_units_name_over_economic_items_is_the_unit_of_what_follows() -> None:
    sheet = (
        ("支出项目类别", "总计", "一般公共预算拨款", "上年结转"),
        ("示例县档案局", "5.00", "5.00", "0.00"),
        ("工资福利支出", "5.00", "5.00", "0.00"),
        ("基本工资", "5.00", "5.00", "0.00"),
        ("示例县档案馆", "4.00", "4.00", "0.00"),
        ("基本工资", "4.00", "4.00", "0.00"),
    )
    rows = figures(
        sheet, "一般公共预算基本支出表", "unit_name", "economic_code", units=("示例县档案局", "示例县档案馆")
    )
    assert rows[::3] == [
        ("5.00", "示例县档案局", None),
        ("5.00", "示例县档案局", "301"),
        ("5.00", "示例县档案局", "30101"),
        ("4.00", "示例县档案馆", None),
        ("4.00", "示例县档案馆", "30101"),
    ]


def test_a_total_whose_cell_reaches_over_a_blank_label_column_is_a_figure_and_no_name() -> None:
    sheet = (
        ("支出功能分类科目", "部门预算支出经济分类科目", "合计", "基本支出"),
        ("2130301-行政运行", "30201-办公费", "5.00", "5.00"),
        ("合计", "15.00", "<", "15.00"),
    )
    rows = figures(sheet, "支出总表", "item", "economic_name", "expenditure_type")
    assert rows[2:] == [("15.00", "合计", None, "total"), ("15.00", "合计", None, "basic")]


SUMMARY_HEAD = (("收入", "<", "支出", "<"), ("项目", "预算数", "项目", "预算数"))


def test_a_label_that_a_page_break_cuts_is_whole_in_the_row_of_its_figure() -> None:
    """八、社会保障和就 | 业支出 had no code: each half is no subject's name."""
    sheet = (*SUMMARY_HEAD, ("一、事业收入", "1.00", "八、社会保障和就", "1608.51"), ("", "", "业支出", ""))
    printed = figures(sheet, "收支总表", "subject_code", "subject_name", continued=(4,))
    assert printed[-1] == ("1608.51", "208", "社会保障和就业支出")


def test_a_label_that_a_page_break_cuts_goes_on_below_the_head_that_the_next_page_repeats() -> None:
    """一、一般公共预算财政拨 | 款 was of no fund: the head stands between."""
    sheet = (*SUMMARY_HEAD, ("一、一般公共预算财政拨", "36.52", "", ""), *SUMMARY_HEAD, ("款", "", "", ""))
    assert figures(sheet, "财政拨款收支总表", "fund", continued=(4,)) == [("36.52", "general_public_budget")]


def test_a_label_that_begins_on_the_page_before_its_figure_is_whole() -> None:
    sheet = (*SUMMARY_HEAD, ("", "", "八、社会保障和就", ""), ("一、事业收入", "1.00", "业支出", "1608.51"))
    printed = figures(sheet, "收支总表", "subject_code", continued=(4,))
    assert printed[-1] == ("1608.51", "208")


UNIT_HEAD = ("单位名称", "科目编码", "科目名称", "合计", "基本支出")
UNIT_ROWS = (
    ("示例县第一小学", "2050202", "小学教育", "8.00", "8.00"),
    ("{}", "2050203", "初中教育", "5.00", "5.00"),
    ("^", "2080505", "机关事业单位基本养老保险缴费支出", "2.00", "2.00"),
)


def by_unit(upper: str, lower: str, cut: tuple[tuple[int, int], ...]) -> list[object]:
    """The units of a table by unit, whose last unit's cell a page break cuts; the next page repeats the head."""
    first, second, third = UNIT_ROWS
    last = (lower, "2210201", "住房公积金", "1.00", "1.00")
    sheet = (UNIT_HEAD, first, (upper, *second[1:]), third, UNIT_HEAD, last)
    return [unit for _, unit in figures(sheet, "部门支出总体情况表", "unit_name", continued=(5,), cut=cut)][::2]


def test_a_unit_that_is_named_on_the_next_page_only_holds_for_its_rows_on_this_one() -> None:
    """The rows above the break were given to the unit above, whose own cell a rule closes."""
    named = ["示例县第一小学", *["示例县第二中学"] * 3]
    assert by_unit("", "示例县第二中学", ((3, 1),)) == named


def test_a_unit_whose_name_a_page_break_cuts_is_one_unit() -> None:
    for upper, lower in (("示例县第二", "中学"), ("示例县第二中学", "示例县第二中学")):
        assert by_unit(upper, lower, ((3, 1),)) == ["示例县第一小学", *["示例县第二中学"] * 3]


def test_a_line_that_a_page_break_cuts_lengthwise_stands_on_both_pages_and_once_in_the_name() -> None:
    """示例县 | 第二 above the break and 第二 | 中学 below it."""
    grid = grid_of(
        (UNIT_HEAD, ("示例县第二", *UNIT_ROWS[1][1:]), UNIT_ROWS[2], ("第二中学", "221", "", "", "")), continued=[4]
    )
    cut = {"示例县第二": ("示例县\n第二", True), "第二中学": ("第二\n中学", False)}
    cells = [
        replace(cell, raw=cut[cell.text][0], open_below=cut[cell.text][1]) if cell.text in cut else cell
        for cell in grid.cells
    ]
    whole = with_whole_labels(replace(grid, cells=tuple(cells)))
    assert [cell.text for cell in whole.cells if cell.column == 1] == ["单位名称", "示例县第二中学", "示例县第二中学"]


def test_a_page_that_closes_none_of_its_cells_cuts_none() -> None:
    cut = ((3, 1), *((4, column) for column in range(2, 6)))
    assert by_unit("", "示例县第二中学", cut) == [*["示例县第一小学"] * 3, "示例县第二中学"]


def test_two_rows_of_two_pages_that_are_names_of_their_own_stay_apart() -> None:
    sheet = (*SUMMARY_HEAD, ("一、事业收入", "1.00", "一、外交支出", "2.00"), ("", "", "二、国防支出", ""))
    assert figures(sheet, "收支总表", "subject_code", continued=(4,))[-1] == ("2.00", "202")


def test_a_head_printed_again_is_no_end_of_the_label_above_it() -> None:
    """…财政拨款 at the foot of a page, 收入 at the top of the next: 一般公共预算财政拨款收入 was made of them."""
    sheet = (
        ("收入", "<", "支出", "<"), ("项目", "决算数", "项目", "决算数"), ("年初财政拨款结转和结余", "1.00", "", ""),
        ("一般公共预算财政拨款", "1.00", "", ""), ("收入", "<", "支出", "<"), ("项目", "决算数", "项目", "决算数"),
        ("总计", "2.00", "总计", "2.00"),
    )  # fmt: skip
    printed = figures(sheet, "财政拨款收入支出决算总表", "item", is_final=True, continued=(5,))
    assert ("1.00", "一般公共预算财政拨款") in printed


def test_a_total_printed_again_beside_the_repeated_head_is_said_once() -> None:
    """The national form: 类 款 项 stand beside both the row of column numbers and the total."""
    head = (
        ("项目", "<", "<", "<", "本年支出合计", "基本支出"), ("功能分类科目编码", "<", "<", "科目名称", "^", "^"),
        ("类", "款", "项", "栏次", "1", "2"), ("^", "^", "^", "合计", "5.00", "5.00"),
    )  # fmt: skip
    first = ("201", "<", "<", "一般公共服务支出", "3.00", "3.00")
    second = ("203", "<", "<", "国防支出", "2.00", "2.00")
    sheet = (*head, first, *head, second)
    printed = figures(sheet, "支出决算表", "subject_level", is_final=True, continued=(6,))
    assert [figure for figure, level in printed if level == "total"] == ["5.00", "5.00"]
    assert len(printed) == 6


def test_column_numbers_printed_again_less_the_headings_that_the_page_cuts_were_taken_for_figures() -> None:
    """Only the rows down to 栏次 are repeated: 类 款 项 beside it stand half in the row below, and print nothing."""
    head = (("项目", "<", "<", "<", "本年支出合计", "基本支出"), ("功能分类科目编码", "<", "<", "科目名称", "^", "^"))
    numbers = ("类", "款", "项", "栏次", "1", "2")
    total = ("^", "^", "^", "合计", "5.00", "5.00")
    first = ("201", "<", "<", "一般公共服务支出", "3.00", "3.00")
    second = ("203", "<", "<", "国防支出", "2.00", "2.00")
    sheet = (*head, numbers, total, first, *head, ("", "", "", "栏次", "1", "2"), second)
    printed = figures(sheet, "支出决算表", "subject_code", is_final=True, continued=(6,))
    assert printed == [
        (figure, code) for figure, code in (("5.00", None), ("3.00", "201"), ("2.00", "203")) for _ in range(2)
    ]


# --- rows of units among projects ------------------------------------------------------------------------------------


def test_a_units_code_before_its_name_makes_no_project_of_it() -> None:
    sheet = (
        ("项目名称", "项目单位", "合计"),
        ("合计", "", "9.00"),
        ("301 示例县档案局", "", "9.00"),
        ("301001 示例县档案局本级", "", "9.00"),
        ("库房维修", "示例县档案局本级", "9.00"),
    )
    rows = figures(sheet, "项目支出表", "project_name", "unit_name", units=("示例县档案局", "示例县档案局本级"))
    assert rows == [
        ("9.00", None, None),
        ("9.00", None, "示例县档案局"),
        ("9.00", None, "示例县档案局本级"),
        ("9.00", "库房维修", "示例县档案局本级"),
    ]


def test_a_unit_that_the_table_itself_names_beside_its_projects_was_a_project_where_it_adds_them_up() -> None:
    sheet = (("项目名称", "项目单位", "合计"), ("合计", "", "6.00"), ("局机关", "", "1.00"), ("监测", "局机关", "1.00"),
             ("林业站", "", "5.00"), ("绿化", "林业站", "5.00"))  # fmt: skip
    assert [names for _, *names in figures(sheet, "项目支出表", "project_name", "unit_name")] == [
        [None, None], [None, "局机关"], ["监测", "局机关"], [None, "林业站"], ["绿化", "林业站"],
    ]  # fmt: skip


@pytest.mark.parametrize("total", [("防火", "小计"), ("机关小计", "")])
def test_what_several_units_or_projects_share_is_of_no_unit(total: tuple[str, str]) -> None:
    """The sum's unit was that of the row above it, or 小计."""
    sheet = (("项目名称", "项目单位", "合计"), ("监测", "林业站", "1.00"), (*total, "5.00"), ("防火", "局机关", "5.00"))
    units = [unit for _, unit in figures(sheet, "项目支出表", "unit_name")]
    assert units == ["林业站", None, "局机关"]


def test_a_project_beside_its_units_code_stays_a_project() -> None:
    sheet = (
        ("单位代码", "项目名称", "合计"),
        ("301", "示例县档案局", "9.00"),
        ("301001", "库房维修", "5.00"),
        ("301001", "数字化", "4.00"),
    )
    assert figures(sheet, "项目支出表", "project_name", "unit_name") == [
        ("9.00", None, "示例县档案局"),
        ("5.00", "库房维修", "示例县档案局"),
        ("4.00", "数字化", "示例县档案局"),
    ]


def test_the_only_total_below_all_rows_belongs_to_no_unit() -> None:
    sheet = (
        ("单位名称", "项目名称", "合计"),
        ("示例县档案局", "库房维修", "5.00"),
        ("示例县档案馆", "数字化", "4.00"),
        ("合计", "", "9.00"),
    )
    assert figures(sheet, "项目支出表", "unit_name")[-1] == ("9.00", None)


def test_a_total_under_each_unit_is_that_units() -> None:
    sheet = (
        ("单位名称", "项目名称", "合计"),
        ("示例县档案局", "库房维修", "5.00"),
        ("", "小计", "5.00"),
        ("示例县档案馆", "数字化", "4.00"),
        ("", "小计", "4.00"),
    )
    assert figures(sheet, "项目支出表", "unit_name")[1::2] == [("5.00", "示例县档案局"), ("4.00", "示例县档案馆")]


def test_a_total_that_runs_over_the_blank_labels_of_the_next_block_is_that_blocks_total() -> None:
    """Without rules nothing shows that 公用经费合计 is printed over both lists of operating items."""
    sheet = (
        ("人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"),
        ("科目编码", "科目名称", "决算数") * 3,
        ("30101", "基本工资", "7.00", "30201", "办公费", "2.00", "30228", "工会经费", "1.00"),
        ("人员经费合计", "<", "7.00", "公用经费合计", "", "", "", "", "3.00"),
    )
    rows = figures(sheet, "一般公共预算财政拨款基本支出决算表", "item", "expenditure_type")
    assert ("3.00", "公用经费合计", "operating") in rows
    assert ("7.00", "人员经费合计", "personnel") in rows


def test_the_name_of_a_total_set_in_a_column_of_figures_was_text_where_a_figure_should_stand() -> None:
    """Set in the middle of the columns that it runs over, 公用经费合计 stands among the figures of the first list."""
    sheet = (
        ("人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"),
        ("科目编码", "科目名称", "决算数") * 3,
        ("30101", "基本工资", "7.00", "30201", "办公费", "2.00", "30228", "工会经费", "1.00"),
        ("人员经费合计", "<", "7.00", "", "", "公用经费合计", "", "", "3.00"),
    )
    _, facts = read(sheet, "一般公共预算财政拨款基本支出决算表", is_final=True)
    assert ("3.00", "公用经费合计") in [(row["amount_printed"], row["item"]) for row in facts.rows]
    assert not facts.findings


def test_a_code_column_may_be_headed_by_the_parts_of_the_code_alone() -> None:
    sheet = (("项目", "<", "合计"), ("类 款 项", "科目名称", "^"), ("2013101", "行政运行", "1.00"))
    assert figures(sheet, "部门支出总体情况表", "subject_code") == [("1.00", "2013101")]


def test_projects_beside_the_codes_of_their_subjects_are_projects_and_no_names_of_those() -> None:
    """单位名称（项目） beside a code was read as the name of that code, and the table listed no project."""
    sheet = (
        ("科目编码", "<", "<", "单位代码", "单位名称（项目）", "金额"),
        ("类", "款", "项", "^", "^", "^"),
        ("", "", "", "", "合计", "13.00"),
        ("208", "02", "99", "306001", "社会救助", "9.00"),
        ("208", "10", "06", "306001", "养老服务补贴", "4.00"),
    )
    title = "一般公共预算项目支出预算表"
    assert figures(sheet, title, "subject_code", "subject_name", "project_name", "fund")[1] == (
        "9.00", "2080299", None, "社会救助", "general_public_budget",
    )  # fmt: skip
    _, facts = read(sheet, title)
    assert [row["project_name"] for row in projects_of(facts.rows)] == ["社会救助", "养老服务补贴"]


def test_a_subjects_own_row_in_a_column_of_projects_keeps_its_name() -> None:
    sheet = (("科目编码", "项目名称", "金额"), ("208", "社会保障和就业支出", "9.00"), ("2080299", "社会救助", "9.00"))
    assert figures(sheet, "项目支出表", "subject_name") == [("9.00", "社会保障和就业支出"), ("9.00", None)]


def test_the_total_of_both_halves_of_an_economic_table_was_operating_expenses() -> None:
    """合计 printed over the first half's figures, its own figure in the second half's column."""
    sheet = (
        ("人员经费", "<", "<", "公用经费", "<", "<"),
        ("科目编码", "科目名称", "预算数", "科目编码", "科目名称", "预算数"),
        ("301", "工资福利支出", "50.00", "302", "商品和服务支出", "8.00"),
        ("小计", "<", "50.00", "小计", "<", "8.00"),
        ("合计", "<", "<", "<", "<", "58.00"),
    )
    found = figures(sheet, "一般公共预算基本支出表", "expenditure_type")
    assert found[-3:] == [("50.00", "personnel"), ("8.00", "operating"), ("58.00", "basic")]


def test_a_table_of_expenditure_was_revenue_for_one_column_that_says_from_which_years_it_is_paid() -> None:
    """本年收入安排 is what this year's revenue pays for."""
    sheet = (
        ("科目编码", "科目名称", "合计", "本年收入安排", "上年结转安排"),
        ("212", "城乡社区支出", "9.00", "7.00", "2.00"),
    )
    assert figures(sheet, "政府性基金预算支出情况表", "side", "origin") == [
        ("9.00", "expenditure", "total"),
        ("7.00", "expenditure", "current_year"),
        ("2.00", "expenditure", "carryover"),
    ]


def test_a_total_that_runs_over_figures_of_its_own_type_is_of_that_type() -> None:
    """公用经费 set in two lists side by side, 合计 printed over the first."""
    sheet = (
        ("人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"),
        ("科目编码", "科目名称", "决算数") * 3,
        ("301", "工资福利支出", "50.00", "302", "商品和服务支出", "9.00", "310", "资本性支出", "2.00"),
        ("30101", "基本工资", "50.00", "30201", "办公费", "9.00", "31002", "办公设备购置", "2.00"),
        ("合计", "<", "50.00", "合计", "<", "<", "<", "<", "11.00"),
    )
    found = figures(sheet, "一般公共预算财政拨款基本支出决算表", "expenditure_type")
    assert found[-2:] == [("50.00", "personnel"), ("11.00", "operating")]


def test_a_total_in_the_middle_of_three_label_columns_had_no_label() -> None:
    """Without rules 合计 stands under 项目类别, a remark's heading: its figures were published under no label."""
    sheet = (
        ("单位名称", "项目类别", "项目名称", "合计", "一般公共预算"),
        ("", "合计", "", "27.00", "27.00"),
        ("某某局", "特定目标类", "堤防工程", "27.00", "27.00"),
    )
    items = [item for _, item in figures(sheet, "项目支出表", "item")]
    assert items[:2] == ["合计", "合计"]
