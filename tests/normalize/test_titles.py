"""Which table of the rule a printed table is, by the titles that departments of many places print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.normalize.titles import Heading, common_unit, fund_named, heading_of, unit_in
from tests.normalize.grids import Sheet, document_of, grid_of, lines_of

SHEET: Sheet = (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00"))

TITLES = {
    "budget_summary": [
        "部门收支总体情况表", "2026年部门收支总体情况表", "收支总表", "部门收支总表", "收支预算总表",
        "2026年度收支预算总表",
        "2026年预算单位财务收支预算总表", "一、2017年度江苏省高级人民法院部门收支预算总表", "收入支出决算总表",
        "收支总体情况表",
        "2022年部门综合预算收支总表", "单位收支总体情况表", "部门预算收支总表", "收入支出预算总表",
        "2024年部门收支预算总体情况表",
        "部门收支总体情况表（总表）", "2025年收支总表",
    ],
    "revenue_summary": [
        "部门收入总体情况表", "2026年部门收入总体情况表", "收入总表", "部门收入总表", "收入预算总表",
        "2026年度收入预算总表", "收入决算表",
        "本年收入总体情况表", "2026年预算单位收入预算总表", "部门综合预算收入总表", "2021年部综合预算收入总表",
        "部门收入预算情况表",
        "单位收入总表", "部门预算收入总表", "收入预算表", "收入决算批复表",
    ],
    "expenditure_summary": [
        "部门支出总体情况表", "支出总表", "部门支出总表", "支出预算总表", "2026年度支出预算总表", "支出决算表",
        "本年支出总体情况表",
        "2026年部门支出预算总表", "部门综合预算支出总表", "单位支出总体情况表", "部门预算支出总表", "支出预算表",
        "部门支出预算情况表", "支出决算批复表",
    ],
    "appropriation_summary": [
        "财政拨款收支总体情况表", "2026年财政拨款收支总体情况表", "财政拨款收支总表", "财政拨款收支预算总表",
        "2026年度财政拨款收支预算总表",
        "财政拨款收入支出决算总表", "部门综合预算财政拨款收支总表", "2025年预算单位财政拨款收支预算总表",
        "部门财政拨款收支总表",
        "财政拨款收入支出预算总表", "四、2018年度江苏省高级人民法院财政拨款收支预算总表",
    ],
    "general_budget_expenditure": [
        "一般公共预算支出情况表", "2026年一般公共预算支出情况表", "一般公共预算支出表", "一般公共预算支出预算表",
        "一般公共预算支出预算表（功能科目）",
        "一般公共预算支出表（按功能分类）", "一般公共预算财政拨款支出决算表", "2026年度一般公共预算拨款支出预算表",
        "2026年预算单位一般公共预算支出功能分类预算表",
        "2022年部门综合预算一般公共预算支出明细表（按支出功能分类科目-不含上年结转）",
        "一般公共预算支出情况表（按功能分类科目）", "一般公共预算财政拨款支出预算表", "一般公共预算支出明细表",
        "公共预算财政拨款支出决算表", "一般公共财政预算拨款支出决算表", "一般公共财政拨款支出决算表",
    ],
    "basic_expenditure": [
        "一般公共预算基本支出情况表", "一般公共预算安排基本支出分经济科目表",
        "2026年一般公共预算安排基本支出分经济科目表", "一般公共预算基本支出表",
        "一般公共预算基本支出预算表", "一般公共预算基本支出预算表（经济科目）", "一般公共预算财政拨款基本支出决算表",
        "一般公共预算财政拨款基本支出决算明细表", "2026年度一般公共预算基本支出经济分类情况表",
        "2026年预算单位一般公共预算基本支出部门预算经济分类预算表", "一般公共预算基本支出情况表（按经济分类科目）",
        "2022年部门综合预算一般公共预算基本支出明细表（按支出经济分类科目-不含上年结转）",
        "一般公共预算财政拨款基本支出表", "公共预算财政拨款基本支出决算表", "一般公共财政拨款基本支出决算表",
        "一般公共预算基本支出表--人员经费和公用经费（按部门预算经济分类）",
    ],
    "government_fund_revenue": [
        "政府性基金预算收入表", "2026年政府性基金预算收入表", "政府性基金预算收入预算表", "政府性基金收入表",
    ],
    "government_fund_expenditure": [
        "政府性基金预算支出表", "2026年政府性基金预算支出表", "政府性基金预算支出情况表", "政府性基金支出预算表",
        "政府性基金预算财政拨款支出预算表",
        "政府性基金预算财政拨款收入支出决算表", "2026年预算单位政府性基金预算支出功能分类预算表",
        "财政拨款政府性基金支出预算表",
        "部门综合预算政府性基金收支表", "2026年度政府性基金预算拨款支出预算表", "政府性基金预算支出预算表",
    ],
    "state_capital_budget": [
        "国有资本经营预算收支表", "国有资本经营预算支出表", "2026年国有资本经营预算收支表",
        "国有资本经营预算财政拨款支出决算表",
        "国有资本经营预算支出情况表", "国有资本经营预算财政拨款支出预算表",
        "2026年预算单位国有资本经营预算支出功能分类预算表",
    ],
    "three_public_expenses": [
        "“三公”经费支出表", "2026年“三公”经费预算表", "一般公共预算“三公”经费支出表",
        "一般公共预算“三公”经费支出情况表",
        "一般公共预算财政拨款“三公”经费支出决算表", "财政拨款“三公”经费支出预算表", "“三公”经费和机关运行经费预算表",
        "三公经费支出情况表",
        "一般公共预算“三公”经费、会议费、培训费支出预算表", "一般公共预算“三公”经费支出情况",
        "2026年部门“三公”经费预算财政拨款情况统计表", "“三公”经费公共预算财政拨款支出决算表",
        "“三公”经费、行政参公单位机关运行经费情况表", "“三公”经费等相关信息统计表",
    ],
    "agency_operating_expenses": [
        "机关运行经费预算财政拨款情况统计表", "2026年机关运行经费预算财政拨款情况统计表",
        "一般公共预算机关运行经费支出预算表", "机关运行经费表",
        "机关运行费支出表",
    ],
    "projects": [
        "项目支出表", "2026年项目支出预算表（当年预算安排）", "部门预算项目支出表", "项目支出总表",
        "2026年预算单位财政拨款项目支出预算表",
        "部门综合预算专项业务经费支出表", "部门预算项目支出及其他支出预算表",
        "2022年部门综合预算专项业务经费支出表（不含上年结转）",
        "项目支出预算明细表",
    ],
    "projects_carryover": [
        "项目支出预算表（上年结转）", "2026年项目支出表（上年结转）", "部门综合预算财政拨款上年结转资金支出表",
        "2022部门综合预算财政拨款结转资金支出表", "财政拨款结转结余资金支出表",
    ],
    "department_performance": [
        "部门整体支出绩效目标表", "部门（单位）整体支出绩效目标表", "2022年部门整体支出绩效目标表",
        "部门整体绩效目标申报表",
    ],
    "project_performance": [
        "项目支出绩效目标表", "部门预算项目支出绩效目标表", "2021年部门预算专项业务经费绩效目标表",
        "环境管理监察监测经费项目绩效目标表",
        "项目绩效目标申报表",
    ],
    "other": [
        "政府采购预算表", "2022年部门综合预算政府采购（资产配置、购买服务）预算表（不含上年结转）",
        "政府购买服务支出表", "会议费明细表",
        "财政拨款基本支出预算表（经济科目）", "基本支出总表", "一般公共预算项目支出情况表（按经济分类科目）",
        "财政专户管理资金预算支出情况表",
        "一般公共预算基本支出表--人员经费（工资福利支出）（按政府预算经济分类）",
        "政府性基金预算支出分类汇总表（按政府预算经济分类）", "专项资金预算汇总表",
        "部门决算相关信息统计表", "国有资产使用情况表", "财政拨款支出决算明细表", "一般公共预算财政拨款支出决算明细表",
        "一般公共预算财政拨款项目支出决算表", "项目支出决算明细表", "基本建设项目收入支出决算表", "支出决算明细表",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("table_id", "title"), [(name, title) for name, titles in TITLES.items() for title in titles])
def test_a_table_is_known_by_its_title(table_id: str, title: str) -> None:
    assert heading_of(grid_of(SHEET, (title,))).table_id == table_id


@pytest.mark.parametrize(
    "line",
    ["职工食堂菜单", "档案馆开放时间表", "2026年部门预算", "第二部分 2026年部门预算表", "一、收入预算情况说明",
     "本部门2026年收入总表反映了全部收入，支出总表反映了全部支出，收支平衡的原则编制的情况表", "见收支总表。"],
)  # fmt: skip
def test_a_line_that_is_no_title_names_no_table(line: str) -> None:
    assert heading_of(grid_of(SHEET, (line,))).table_id is None


# --- where titles stand ----------------------------------------------------------------------------------------------


def test_the_title_is_published_as_printed_without_its_caption() -> None:
    heading = heading_of(grid_of(SHEET, ("表2", "2026年部门收入总体情况表", "单位：万元")))
    assert (heading.title, heading.caption, heading.unit) == ("2026年部门收入总体情况表", "表2", "万元")


@pytest.mark.parametrize(
    ("line", "caption", "title"),
    [
        ("表3 部门支出总体情况表", "表3", "部门支出总体情况表"),
        ("附表3：部门支出总体情况表", "附表3:", "部门支出总体情况表"),
        ("预算公开表3 部门支出总体情况表", "预算公开表3", "部门支出总体情况表"),
        ("公开03表 部门支出总体情况表", "公开03表", "部门支出总体情况表"),
        ("财决公开03表 支出决算表", "财决公开03表", "支出决算表"),
        ("表三 部门支出总体情况表", "表三", "部门支出总体情况表"),
        ("表3 2024年度支出预算总表", "表3", "2024年度支出预算总表"),
        ("附件12 2024年支出总表", "附件12", "2024年支出总表"),
        ("附件1-3 部门支出总表", "附件1-3", "部门支出总表"),  # was published as 附件1
        ("附件1-10 2024年支出总表", "附件1-10", "2024年支出总表"),
        ("附件1-102024年支出总表", "附件1-10", "2024年支出总表"),
        ("附件一 支出总表", "附件一", "支出总表"),
        ("公开表三 部门支出总表", "公开表三", "部门支出总表"),  # had no number
        ("部门预算公开十二表 部门支出总表", "部门预算公开十二表", "部门支出总表"),
    ],
)
def test_a_caption_in_the_title_line_is_kept_apart(line: str, caption: str, title: str) -> None:
    heading = heading_of(grid_of(SHEET, (line,)))
    assert (heading.table_id, heading.caption, heading.title) == ("expenditure_summary", caption, title)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("部门支出总体情况表（单位：万元）", "万元"),
        ("部门支出总体情况表 单位：元", "元"),
        ("部门支出总体情况表（万元）", "万元"),
    ],
)
def test_a_unit_in_the_title_line_is_read(line: str, unit: str) -> None:
    heading = heading_of(grid_of(SHEET, (line,)))
    assert (heading.table_id, heading.unit) == ("expenditure_summary", unit)


def test_the_nearest_title_wins() -> None:
    above = ("部门收入总体情况表", "部门支出总体情况表", "单位：万元")
    assert heading_of(grid_of(SHEET, above)).table_id == "expenditure_summary"


def test_a_title_that_wraps_is_one_title() -> None:
    above = ("2022年部门综合预算一般公共预算基本支出", "明细表（按支出经济分类科目-不含上年结转）")
    heading = heading_of(grid_of(SHEET, above))
    assert heading.table_id == "basic_expenditure"
    assert heading.title == "".join(above)


def test_a_title_that_wraps_before_its_last_word_is_one_title() -> None:
    above = ("2026年一般公共预算财政拨款“三公”经费支出", "预算表", "单位：万元")
    assert heading_of(grid_of(SHEET, above)).table_id == "three_public_expenses"


def test_a_title_may_stand_in_the_table_itself() -> None:
    sheet = (("2026年部门支出总体情况表", "<", "<"), ("部门名称：示例县档案局", "", "单位：万元"), *SHEET)
    heading = heading_of(grid_of(sheet))
    assert heading.table_id == "expenditure_summary"
    assert (heading.unit, heading.publisher, heading.preface) == ("万元", "示例县档案局", 2)


def test_a_title_may_stand_at_the_foot_of_the_page_before() -> None:
    grid = replace(grid_of(SHEET, page=5), above=lines_of(("部门支出总体情况表",), page=4))
    assert heading_of(grid).table_id == "expenditure_summary"


def test_a_title_was_said_to_begin_with_the_last_line_of_the_page_before() -> None:
    """A heading that the edge of a sheet cuts stood at the foot of the page: the title then named two budgets."""
    grid = grid_of((("科目编码", "合计"), ("2013101", "1.00")), page=2)
    lines = (*lines_of(("本年政府性基金预算支出",), 1), *lines_of(("国有资本经营预算支出表",), 2))
    assert heading_of(replace(grid, above=lines)).title == "国有资本经营预算支出表"
    assert heading_of(replace(grid, above=lines)).table_id == "state_capital_budget"


def test_a_page_number_between_title_and_table_is_passed_over() -> None:
    grid = grid_of(SHEET, ("部门支出总体情况表", "7"))
    title, number = grid.above
    grid = replace(grid, above=(title, replace(number, role="page_number")))
    assert heading_of(grid).table_id == "expenditure_summary"


def test_the_first_data_row_is_no_heading() -> None:
    assert heading_of(grid_of(SHEET, ("支出总表",))).preface == 0


def test_a_table_without_any_line_has_no_heading() -> None:
    assert heading_of(grid_of(SHEET)) == Heading(None, None, None, None, None, 0)


def test_a_title_that_does_not_say_it_is_a_tables_counts_right_over_one() -> None:
    assert heading_of(grid_of(SHEET, ("表十一", "机关运行经费", "单位：万元"))).table_id == "agency_operating_expenses"


def test_a_heading_of_the_text_that_names_a_table_is_no_title_when_text_stands_between() -> None:
    said = ("机关运行经费", "本部门机关运行经费比上年增加，主要是人员变动。", "部门用款一览", "单位：万元")
    assert heading_of(grid_of(SHEET, said)).table_id is None


@pytest.mark.parametrize(
    ("title", "fund"),
    [
        ("政府性基金预算“三公”经费支出预算表", "government_fund"), ("国有资本经营预算项目支出表", "state_capital"),
        ("一般公共预算、政府性基金预算项目支出表", None), ("部门支出总表", None), (None, None),
    ],
)  # fmt: skip
def test_a_title_names_the_fund_of_its_figures_when_it_names_one_only(title: str | None, fund: str | None) -> None:
    assert fund_named(title) == fund


# --- units and publisher ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"), ("金额单位：元", "元"), ("单位:人民币万元", "万元"), ("（万元）", "万元"),
        ("单位：亿元", "亿元"), ("单位：千元", "千元"),
        ("部门名称：示例县档案局 单位：万元", "万元"), ("单 位：元", "元"), ("单位：示例县档案局", None),
        ("单位名称：档案局", None), ("预算收入100万元", None),
    ],
)  # fmt: skip
def test_a_unit_of_money_is_known_from_its_line(line: str, unit: str | None) -> None:
    assert unit_in(line) == unit


@pytest.mark.parametrize(
    "line",
    ["部门名称：示例县档案局", "编制单位：示例县档案局", "单位名称：示例县档案局", "部门：示例县档案局",
    "预算单位：示例县档案局",
     "部门/单位：示例县档案局", "填报单位（盖章）：示例县档案局"],
)  # fmt: skip
def test_the_publisher_is_read_from_its_line(line: str) -> None:
    assert heading_of(grid_of(SHEET, ("支出总表", line))).publisher == "示例县档案局"


@pytest.mark.parametrize("line", ["单位：人、辆", "单位：人、辆、平方米"])
def test_what_a_table_counts_was_taken_for_the_departments_name(line: str) -> None:
    assert heading_of(grid_of(SHEET, ("部门人员基本情况表", line))).publisher is None


def test_a_publisher_beside_the_unit_of_money_is_read_too() -> None:
    heading = heading_of(grid_of(SHEET, ("支出总表", "部门名称：示例县档案局　　　单位：万元")))
    assert (heading.publisher, heading.unit) == ("示例县档案局", "万元")


def test_a_unit_printed_only_over_the_right_half_of_a_wide_table_is_the_tables() -> None:
    """The revenue table was said to state no unit: its second page did."""
    halves = replace(grid_of(SHEET, ("收入总表",)), above_later=lines_of(("收入总表", "金额单位：万元"), page=2))
    assert heading_of(halves).unit == "万元"
    own = replace(grid_of(SHEET, ("收入总表", "单位：元")), above_later=lines_of(("金额单位：万元",), page=2))
    assert heading_of(own).unit == "元"


def test_a_unit_in_the_brackets_of_the_headings_is_the_tables_where_no_line_states_one() -> None:
    """预算数（万元） over every column and no 单位：万元 above: no figure of the document was taken."""
    sheet = (("项目", "预算数（万元）", "其中：项目支出（万元）"), ("合计", "2.00", "1.00"))
    assert heading_of(grid_of(sheet, ("收支总表",))).unit == "万元"
    assert heading_of(grid_of(sheet, ("收支总表", "单位：元"))).unit == "元"
    two = (("项目", "预算数（万元）", "人均（元）"), ("合计", "2.00", "1.00"))
    assert heading_of(grid_of(two, ("收支总表",))).unit is None


def test_a_tables_unit_is_the_documents_usual_one_where_it_states_none() -> None:
    lines = lines_of(("单位：万元", "单位：元", "单位：万元"))
    assert common_unit(document_of((), lines)) == "万元"
    assert common_unit(document_of()) is None
