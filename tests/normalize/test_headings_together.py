"""What a column's headings mean together, and what the rows of a list say of one another."""

from __future__ import annotations

import pytest

from tests.normalize.grids import figures, read

ROW = ("201", "一般公共服务支出", "1.10", "2.20", "3.30", "4.40")


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (
            (("2022年", "<", "2023年", "<"), ("预算数", "决算数", "预算数", "决算数")),
            ("prior_budget", "prior_execution", "budget", "final"),
        ),
        (
            (("决算数", "<", "预算数", "<"), ("2022年", "2023年", "2022年", "2023年")),
            ("prior_execution", "final", "prior_budget", "budget"),
        ),
        (
            (("上年", "<", "本年", "<"), ("预算数", "决算数", "预算数", "决算数")),
            ("prior_budget", "prior_execution", "budget", "final"),
        ),
        (
            (("2022年决算数", "<", "2023年决算数", "<"), ("合计", "一般公共预算", "合计", "一般公共预算")),
            ("prior_execution", "prior_execution", "final", "final"),
        ),
    ],
)
def test_a_year_over_budget_and_accounts_is_read_with_them(
    heads: tuple[tuple[str, ...], ...], periods: tuple[str, ...]
) -> None:
    sheet = [("科目编码", "科目名称", *heads[0]), ("^", "^", *heads[1]), ROW]
    read_as = figures(sheet, "一般公共预算财政拨款支出决算表", "period", year=2023, is_final=True)
    assert [period for _, period in read_as] == list(periods)


def test_last_years_execution_below_its_year_is_no_budget() -> None:
    sheet = [
        ("科目编码", "科目名称", "2025年", "<", "2026年", "<"),
        ("^", "^", "预算数", "执行数", "预算数", "基本支出"),
        ROW,
    ]
    periods = [period for _, period in figures(sheet, "一般公共预算支出表", "period")]
    assert periods == ["prior_budget", "prior_execution", "budget", "budget"]


def test_a_carry_over_inside_one_funds_columns_is_not_beside_the_sums_that_take_it_in() -> None:
    sheet = [
        ("单位编码", "单位名称", "合计", "财政拨款", "<", "<", "<", "<", "单位资金"),
        ("^", "^", "^", "小计", "一般公共预算", "<", "<", "政府性基金", "^"),
        ("^", "^", "^", "^", "小计", "当年财政拨款", "上年结转", "^", "^"),
        ("101001", "某局本级", "9.00", "7.00", "5.00", "4.00", "1.00", "2.00", "2.50"),
    ]
    assert figures(sheet, "部门收入总表", "fund", "origin") == [
        ("9.00", "total", "total"),
        ("7.00", "fiscal_appropriation", "total"),
        ("5.00", "general_public_budget", "total"),
        ("4.00", "general_public_budget", "current_year"),
        ("1.00", "general_public_budget", "carryover"),
        ("2.00", "government_fund", "total"),
        ("2.50", "unit_funds", "total"),
    ]


def test_other_expenditure_in_a_list_of_economic_classes_is_the_economic_one() -> None:
    sheet = [
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、财政拨款收入", "9.00", "一、工资福利支出", "6.00"),
        ("", "", "二、商品和服务支出", "2.00"),
        ("", "", "三、其他支出", "1.00"),
    ]
    codes = figures(sheet, "部门收支总表", "economic_code", "subject_code")
    assert codes[1:] == [("6.00", "301", None), ("2.00", "302", None), ("1.00", "399", None)]


def test_other_expenditure_among_functional_classes_stays_functional() -> None:
    sheet = [
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、财政拨款收入", "9.00", "一、教育支出", "6.00"),
        ("", "", "二、其他支出", "3.00"),
    ]
    codes = figures(sheet, "部门收支总表", "economic_code", "subject_code")
    assert codes[1:] == [("6.00", None, "205"), ("3.00", None, "229")]


@pytest.mark.parametrize(
    ("title", "first"),
    [("一般公共预算基本支出表（按政府预算经济分类）", "住房公积金"), ("一般公共预算基本支出表", "机关工资福利支出")],
)
def test_a_list_of_the_governments_economic_items_gets_its_codes(title: str, first: str) -> None:
    rows = [first, "住房公积金", "机关商品和服务支出", "会议费", "对个人和家庭的补助", "其他支出"]
    _, facts = read([("项目", "合计"), *((name, "1.00") for name in dict.fromkeys(rows))], title)
    codes = {row["item"]: row["government_economic_code"] for row in facts.rows}
    named = {"住房公积金": "50103", "机关商品和服务支出": "502", "会议费": "50202", "对个人和家庭的补助": "509"}
    assert named.items() <= codes.items()
    assert codes["其他支出"] == "599"
    assert not any(row["economic_code"] for row in facts.rows)


def test_below_a_list_of_the_governments_items_the_departments_own_begins_anew() -> None:
    rows = ["机关工资福利支出", "住房公积金", "其他支出", "工资福利支出", "基本工资", "对个人和家庭的补助"]
    _, facts = read([("项目", "合计"), *((name, "1.00") for name in rows)], "一般公共预算基本支出表")
    codes = [row["government_economic_code"] or row["economic_code"] for row in facts.rows]
    assert codes == ["501", "50103", "599", "301", "30101", "303"]


def test_columns_that_are_read_alike_and_print_other_figures_are_not_taken() -> None:
    """Two such columns were both published as the year's budget, of which at least one was none."""
    sheet = [
        ("科目编码", "科目名称", "预算金额", "支出金额", "项目支出"),
        ("201", "一般公共服务支出", "5.00", "4.00", "1.00"),
    ]
    _, facts = read(sheet, "部门支出总表")
    assert [row["amount_printed"] for row in facts.rows] == ["1.00"]
    assert [finding.code for finding in facts.findings] == ["unknown_header"] * 2


def test_of_columns_that_are_read_alike_the_one_headed_total_is_kept() -> None:
    sheet = [("科目编码", "科目名称", "合计", "本级支出"), ("201", "一般公共服务支出", "5.00", "4.00")]
    _, facts = read(sheet, "部门支出总表")
    assert [row["amount_printed"] for row in facts.rows] == ["5.00"]


def test_a_total_printed_twice_is_taken_twice() -> None:
    sheet = [("科目编码", "科目名称", "总计", "支出金额"), ("201", "一般公共服务支出", "5.00", "5.00")]
    assert figures(sheet, "部门支出总表") == [("5.00",), ("5.00",)]


def test_one_amount_printed_in_two_units_is_one_amount() -> None:
    """预算金额（元） in a table in 万元 was published ten thousand times too large."""
    sheet = [("项目名称", "预算金额（元）", "预算金额（万元）"), ("维修", "21500.00", "2.15")]
    assert figures(sheet, "项目支出表", "amount") == [("21500.00", 21500), ("2.15", 21500)]


ITEMS = ("合计", "因公出国（境）费", "公务接待费")


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("2025年预算数", "prior_budget"),
        ("2025年执行数", "prior_execution"),
        ("2025年预计执行数", "prior_execution"),
        ("2026年预算数", "budget"),
        ("增减额", "change"),
        ("2026年预算数比2025年预算数增减额", "change"),
        ("增减率（%）", "change_percent"),
    ],
)
@pytest.mark.parametrize("heading", ["项目", "年度"])
def test_a_row_says_which_figures_of_the_items_it_holds(label: str, period: str, heading: str) -> None:
    """增减额 and 2025年执行数 below the items in columns were published as this year's budget."""
    sheet = [(heading, *ITEMS), ("2026年预算数", "3.00", "1.00", "2.00"), (label, "3.00", "1.00", "2.00")]
    read_as = figures(sheet, "一般公共预算“三公”经费支出表", "period")
    assert {said for _, said in read_as[3:]} == {period}


def test_a_row_that_says_how_much_was_carried_out_is_no_money() -> None:
    sheet = [("项目", *ITEMS), ("决算数", "3.00", "1.00", "2.00"), ("完成预算%", "90.00", "80.00", "70.00")]
    _, facts = read(sheet, "财政拨款“三公”经费支出决算表", is_final=True)
    assert [row["amount_printed"] for row in facts.rows] == ["3.00", "1.00", "2.00"]


@pytest.mark.parametrize(
    "sheet",
    [
        [
            ("经济分类科目编码", "科目名称", "合计"),
            ("501", "机关工资福利支出", "5.00"),
            ("50103", "住房公积金", "5.00"),
        ],
        [
            ("经济分类科目", "<", "<", "合计"),
            ("类", "款", "科目名称", "^"),
            ("501", "", "机关工资福利支出", "5.00"),
            ("", "03", "住房公积金", "5.00"),
        ],
        [("经济分类科目", "合计"), ("[501]机关工资福利支出", "5.00"), ("住房公积金", "5.00")],
    ],
)
def test_a_code_under_economic_classification_says_itself_of_which_scheme_it_is(sheet: list[tuple[str, ...]]) -> None:
    """50103 住房公积金 was published as a code of the department's scheme, which has none such."""
    read_as = figures(sheet, "一般公共预算基本支出表", "government_economic_code", "economic_code", "economic_name")
    assert read_as == [("5.00", "501", None, None), ("5.00", "50103", None, None)]


def test_what_was_carried_out_is_no_budget_where_no_year_is_said() -> None:
    """执行数 without a year was published as this year's budget."""
    sheet = [("科目编码", "科目名称", "预算数", "执行数"), ("201", "一般公共服务支出", "5.00", "4.00")]
    _, facts = read(sheet, "一般公共预算支出表")
    assert [(row["amount_printed"], row["period"]) for row in facts.rows] == [("5.00", "budget")]
    _, accounts = read(sheet, "一般公共预算财政拨款支出决算表", is_final=True)
    assert [row["period"] for row in accounts.rows] == ["budget", "final"]


def test_a_row_among_periods_that_says_none_is_not_taken() -> None:
    """追加数 below 预算数 and 决算数 was published as this year's final figure of a unit of that name."""
    sheet = [("项目", *ITEMS), *((label, "3.00", "1.00", "2.00") for label in ("预算数", "追加数", "决算数"))]
    _, facts = read(sheet, "财政拨款“三公”经费支出决算表", is_final=True)
    assert {row["period"] for row in facts.rows} == {"budget", "final"}
    assert len(facts.rows) == 6
    assert [finding.code for finding in facts.findings] == ["unknown_item"]


def test_a_part_of_the_general_budget_beside_it_was_that_fund_again() -> None:
    sheet = [
        ("项目名称", "合计", "一般公共预算", "其中：经费拨款", "单位资金"),
        ("维修", "40.00", "30.00", "20.00", "10.00"),
    ]
    _, facts = read(sheet, "项目支出表")
    assert [row["amount_printed"] for row in facts.rows] == ["40.00", "30.00", "10.00"]


def test_what_a_project_table_prints_as_carried_over_within_a_fund_is_in_that_fund() -> None:
    """其中：上年结转 was taken to stand beside the others, which so were this year's alone."""
    sheet = [
        ("项目名称", "合计", "资金来源", "<", "<"),
        ("^", "^", "一般公共预算", "其中：上年结转", "单位资金"),
        ("图书购置", "9.00", "9.00", "0.65", "0.00"),
    ]
    assert figures(sheet, "项目支出表", "fund", "origin") == [
        ("9.00", "total", "total"),
        ("9.00", "general_public_budget", "total"),
        ("0.65", "general_public_budget", "carryover"),
        ("0.00", "unit_funds", "total"),
    ]


def test_counts_below_items_spread_over_columns_are_no_money() -> None:
    """国内公务接待批次（个） | 25 stood below 公务用车运行维护费, and was 25 万元 of it."""
    sheet = [
        ("合计", "因公出国（境）费", "公务用车运行维护费", "公务接待费"),
        ("9.00", "0.00", "6.00", "3.00"),
        ("相关统计数", "<", "<", "<"),
        ("国内公务接待批次（个）", "25", "国内公务接待人次（人）", "198"),
    ]
    _, facts = read(sheet, "“三公”经费支出表")
    assert [row["amount_printed"] for row in facts.rows] == ["9.00", "0.00", "6.00", "3.00"]
    assert any("count people, vehicles or occasions" in finding.en for finding in facts.findings)


def test_what_is_granted_from_above_beside_the_budgets_was_a_units_own_revenue() -> None:
    """上级补助资金 of a project is a budget's transfer, of a fund that is not told; 上级补助收入 is a unit's."""
    sheet = [
        ("项目名称", "资金来源", "<", "<"),
        ("^", "合计", "一般公共预算", "上级补助资金"),
        ("图书购置", "9.00", "6.00", "3.00"),
    ]
    _, facts = read(sheet, "项目支出表")
    assert [(row["amount_printed"], row["fund"]) for row in facts.rows] == [
        ("9.00", "total"),
        ("6.00", "general_public_budget"),
    ]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"]
    beside = [*sheet[:1], ("^", "合计", "事业收入", "上级补助资金"), sheet[2]]
    assert [fund for _, fund in figures(beside, "项目支出表", "fund")] == [
        "total",
        "business_revenue",
        "superior_subsidy",
    ]


def test_other_expenditure_that_goes_on_a_list_of_types_was_a_subject() -> None:
    """其他支出 names classes of every scheme: behind 三、经营支出 it is none of them, and reported."""
    sheet = [
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、财政拨款收入", "9.00", "一、基本支出", "4.00"),
        ("", "", "1.工资福利支出", "3.00"),
        ("", "", "2.其他支出", "1.00"),
        ("", "", "二、项目支出", "2.00"),
        ("", "", "三、经营支出", "1.00"),
        ("", "", "四、其他支出", "2.00"),
        ("收入总计", "9.00", "支出总计", "9.00"),
    ]
    _, facts = read(sheet, "部门收支总表")
    codes = {row["item"]: (row["subject_code"], row["economic_code"]) for row in facts.rows}
    assert codes["四、其他支出"] == (None, None)
    assert codes["2.其他支出"] == (None, "399")
    assert [finding.code for finding in facts.findings] == ["unknown_item"]


def test_running_projects_numbered_below_project_expenditure_were_of_no_type() -> None:
    """运转类项目 by itself is basic in part; below 二、项目支出 it is projects."""
    sheet = [
        ("项目", "预算数"),
        ("一、基本支出", "4.00"),
        ("二、项目支出", "5.00"),
        ("（一）运转类项目", "2.00"),
        ("（二）信息化建设类项目", "3.00"),
        ("三、运转类项目", "1.00"),
    ]
    found = figures(sheet, "部门支出总表", "expenditure_type")
    assert [said for _, said in found] == ["basic", "project", "project", "project", "total"]


def test_the_subtotal_of_what_is_no_appropriation_is_of_no_fund_of_the_contract() -> None:
    sheet = [
        ("单位名称", "财政拨款", "非财政拨款收入", "<", "<"),
        ("^", "^", "小计", "事业收入", "上级补助收入"),
        ("图书馆", "6.00", "3.00", "2.00", "1.00"),
    ]
    _, facts = read(sheet, "部门收入总表")
    assert [row["fund"] for row in facts.rows] == ["fiscal_appropriation", "business_revenue", "superior_subsidy"]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"]


def test_rows_named_under_where_their_money_comes_from_had_no_name() -> None:
    """资金来源 is a remark beside a name; before all figures it is the name."""
    sheet = [
        ("资金来源", "<", "预算数", "支出项目", "预算数"),
        ("财政拨款", "小计", "9.00", "一、教育支出", "8.00"),
        ("^", "一般公共预算", "6.00", "二、国防支出", "1.00"),
        ("^", "政府性基金", "3.00", "", ""),
    ]
    assert figures(sheet, "部门收支总表", "side", "fund") == [
        ("9.00", "revenue", "fiscal_appropriation"),
        ("8.00", "expenditure", "total"),
        ("6.00", "revenue", "general_public_budget"),
        ("1.00", "expenditure", "total"),
        ("3.00", "revenue", "government_fund"),
    ]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("当年预算收入", "一般公共预算拨款"), ("general_public_budget", "current_year")),
        (("当年安排数", "政府性基金"), ("government_fund", "current_year")),
        (("拨款收入", "国有资本经营预算"), ("state_capital", "total")),
    ],
)
def test_groups_of_this_years_money_by_their_local_names(headings: tuple[str, str], said: tuple[str, str]) -> None:
    sheet = [
        ("单位名称", "合计", headings[0], "上年结转"),
        ("^", "^", headings[1], "^"),
        ("图书馆", "9.00", "6.00", "3.00"),
    ]
    found = figures(sheet, "部门收入总表", "fund", "origin")
    assert found[1] == ("6.00", said[0], "current_year")


def test_the_first_budget_beside_the_accounts_was_the_accounts_again() -> None:
    """年初预算 without 数: two columns of one meaning and other figures, neither of which was taken."""
    sheet = [
        ("科目编码", "科目名称", "年初预算", "决算数", "<"),
        ("^", "^", "^", "合计", "项目支出"),
        ("205", "教育支出", "8.00", "9.00", "3.00"),
    ]
    assert figures(sheet, "支出决算表", "period", "expenditure_type", is_final=True) == [
        ("8.00", "budget", "total"),
        ("9.00", "final", "total"),
        ("3.00", "final", "project"),
    ]


def test_what_was_carried_over_among_parts_of_a_total_was_the_part_before_its() -> None:
    """其中：结转资金 behind 其中：本年财政拨款 is of the total before both, of which fund is not told."""
    sheet = [
        ("项目名称", "预算金额", "其中：本年财政拨款", "其中：结转资金"),
        ("图书购置", "9.00", "6.00", "3.00"),
    ]
    found = figures(sheet, "项目支出表", "fund", "origin")
    assert found[1:] == [("6.00", "fiscal_appropriation", "current_year"), ("3.00", "total", "carryover")]


def test_parts_of_one_total_behind_one_another_were_parts_of_the_one_before() -> None:
    """其中：政府性基金 behind 其中：一般公共预算 was left out as a part of that."""
    sheet = [
        ("项目名称", "预算金额", "其中：一般公共预算", "其中：政府性基金"),
        ("图书购置", "9.00", "6.00", "3.00"),
    ]
    assert [fund for _, fund in figures(sheet, "项目支出表", "fund")] == [
        "total",
        "general_public_budget",
        "government_fund",
    ]


def test_classes_of_projects_side_by_side_were_not_taken() -> None:
    """其他运转类 and 特定目标类 mean the same over other figures, and are all projects only together."""
    sheet = [
        ("科目编码", "科目名称", "合计", "人员类", "运转类", "<", "特定目标类"),
        ("^", "^", "^", "^", "公用经费", "其他运转类", "^"),
        ("205", "教育支出", "9.00", "4.00", "1.00", "3.00", "1.00"),
    ]
    said = ["total", "personnel", "operating", "project", "project"]
    assert [each for _, each in figures(sheet, "部门支出总表", "expenditure_type")] == said


def test_classes_of_projects_beside_their_sum_are_its_parts() -> None:
    for other in ("小计", "转移支付"):
        sheet = [
            ("科目编码", "科目名称", "合计", "项目支出", "<", "<"),
            ("^", "^", "^", other, "其他运转类", "特定目标类"),
            ("205", "教育支出", "9.00", "4.00", "3.00", "1.00"),
        ]
        _, facts = read(sheet, "部门支出总表")
        assert not {"3.00", "1.00"} & {row["amount_printed"] for row in facts.rows}
        assert {finding.code for finding in facts.findings} == {"column_outside_contract"}


@pytest.mark.parametrize("first", ["小计", "财政拨款结转"])
def test_what_was_carried_over_beyond_appropriations_was_all_that_was_carried_over(first: str) -> None:
    sheet = [
        ("单位名称", "合计", "上年结转", "<", "本年收入"),
        ("^", "^", first, "非财政拨款结转结余", "^"),
        ("图书馆", "9.00", "3.00", "1.00", "5.00"),
    ]
    _, facts = read(sheet, "部门收入总表")
    assert [row["amount_printed"] for row in facts.rows] == ["9.00", "3.00", "5.00"]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"]
