"""The head of a table: how deep it is, and what each of its columns is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.normalize.blocks import blocks_of
from pipeline.normalize.calendars import Calendar
from pipeline.normalize.codes import code_and_name
from pipeline.normalize.heads.columns import Head
from pipeline.normalize.heads.depth import is_column_numbers, is_filler_row
from pipeline.normalize.heads.head import read_head
from pipeline.normalize.meanings import Meaning
from tests.normalize.grids import Sheet, cells_of, figures, grid_of, read

BUDGET = Calendar(2026, is_final=False)
FINAL = Calendar(2024, is_final=True)


def head_of(sheet: Sheet, calendar: Calendar = BUDGET, *, preface: int = 0, items: bool = False) -> Head:
    return read_head(grid_of(sheet), preface, calendar, items_over_columns=items)


def roles(sheet: Sheet) -> list[str]:
    return [column.role for column in head_of(sheet).columns]


def meanings(sheet: Sheet, calendar: Calendar = BUDGET) -> list[Meaning]:
    return [column.meaning for column in head_of(sheet, calendar).columns if column.role == "amount"]


def columns_of_one(heading: str, calendar: Calendar = BUDGET) -> Meaning:
    """What a column of figures with this heading is."""
    (meaning,) = meanings((("科目编码", heading), ("201", "1.00")), calendar)
    return meaning


# --- phrases made of two ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("财政拨款基本支出", Meaning(fund="fiscal_appropriation", expenditure_type="basic")),
        ("政府性基金项目支出", Meaning(fund="government_fund", expenditure_type="project")),
        ("项目支出拨款", Meaning(expenditure_type="project")),
        ("2025年项目支出预算数", Meaning(expenditure_type="project", period="prior_budget")),
    ],
)
def test_a_heading_of_two_known_phrases_says_both(heading: str, meaning: Meaning) -> None:
    assert columns_of_one(heading) == meaning


@pytest.mark.parametrize("heading", ["一般公共预算政府性基金预算", "合计基本支出", "小计人员经费"])
def test_two_columns_headings_run_together_are_unknown(heading: str) -> None:
    (_, column) = head_of((("科目编码", heading), ("201", "1.00"))).columns
    assert column.unknown == heading


def test_where_no_rules_part_the_columns_a_heading_is_not_taken_for_two_phrases() -> None:
    grid = replace(grid_of((("科目编码", "财政拨款基本支出"), ("201", "1.00"))), method="aligned")
    (_, column) = read_head(grid, 0, BUDGET, items_over_columns=False).columns
    assert column.unknown == "财政拨款基本支出"


@pytest.mark.parametrize(
    ("beside", "fund"),
    [
        (("一般公共预算", "政府性基金"), "other_funds"),
        (("上年结转", "一般公共预算", "政府性基金", "国有资本经营"), "other_funds"),
        (("一般公共预算", "事业收入"), "other_revenue"),
    ],
)
def test_others_beside_the_columns_of_funds_were_unknown(beside: tuple[str, ...], fund: str) -> None:
    sheet = (("科目编码", "合计", *beside, "其他"), ("201", *["1.00"] * (len(beside) + 2)))
    assert meanings(sheet)[-1] == Meaning(fund=fund)


@pytest.mark.parametrize(
    "beside",
    [
        ("基本支出", "项目支出"),
        ("一般公共预算",),
        ("一般公共预算", "其他收入"),
        ("一般公共预算", "政府性基金", "工资"),
        ("一般公共预算", "单位资金"),
    ],
)
def test_others_beside_anything_else_are_not_known(beside: tuple[str, ...]) -> None:
    sheet = (("科目编码", "合计", *beside, "其他"), ("201", *["1.00"] * (len(beside) + 2)))
    assert head_of(sheet).columns[-1].unknown == "其他"


# --- depth -----------------------------------------------------------------------------------------------------------


def test_a_head_of_one_row_ends_before_the_first_figures() -> None:
    assert head_of((("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00"))).last_row == 1


def test_a_row_of_dashes_is_the_tables_only_row_and_was_taken_for_its_lowest_headings() -> None:
    """A “三公” table that prints nothing but dashes was published as empty, and said to lack its note."""
    sheet = (("合计", "因公出国（境）费", "公务接待费"), ("-", "-", "-"))
    for method in ("lines", "aligned"):
        grid = replace(grid_of(sheet), method=method)
        assert read_head(grid, 0, BUDGET, items_over_columns=True).last_row == 1


def test_numbers_of_two_columns_in_one_were_taken_for_figures_with_all_the_others() -> None:
    """Without rules the numbers stand left where the figures stand right: 1, 4 and 7 were published as amounts."""
    sheet = (("合计", "出国费", "用车费", "接待费"), ("1", "2  3", "", "4"), ("4.00", "2.00", "1.00", "1.00"))
    grid = replace(grid_of(sheet), method="aligned")
    assert read_head(grid, 0, BUDGET, items_over_columns=True).last_row == 2


def test_a_head_is_as_deep_as_its_merged_cells() -> None:
    sheet = (
        ("项目", "<", "本年收入", "<", "<", "上年结转"),
        ("科目编码", "科目名称", "合计", "一般公共预算", "政府性基金", "^"),
        ("201", "一般公共服务支出", "1.00", "1.00", "", ""),
    )
    head = head_of(sheet)
    assert head.last_row == 2
    assert [column.header for column in head.columns] == [
        "项目/科目编码", "项目/科目名称", "本年收入/合计", "本年收入/一般公共预算", "本年收入/政府性基金", "上年结转",
    ]  # fmt: skip


def test_vehicles_over_their_parts_in_a_three_public_table_were_unknown() -> None:
    sheet = (
        ("单位名称", "合计", "公务接待费", "公务用车", "<", "<"),
        ("^", "^", "^", "小计", "公务用车运行维护费", "公务用车购置费"),
        ("某某局", "3.00", "1.00", "2.00", "2.00", "0.00"),
    )
    items = [item for _, item in figures(sheet, "财政拨款“三公”经费支出表", "item")]
    assert items[2:] == ["公务用车/小计", "公务用车/公务用车运行维护费", "公务用车/公务用车购置费"]


def test_a_head_of_three_rows_is_read_to_its_lowest() -> None:
    sheet = (
        ("科目编码", "科目名称", "预算数", "<", "<", "<"),
        ("^", "^", "合计", "基本支出", "<", "项目支出"),
        ("^", "^", "^", "人员经费", "公用经费", "^"),
        ("201", "一般公共服务支出", "3.00", "1.00", "1.00", "1.00"),
    )
    head = head_of(sheet)
    assert head.last_row == 3
    assert [column.meaning.expenditure_type for column in head.columns[2:]] == [
        None,
        "personnel",
        "operating",
        "project",
    ]


@pytest.mark.parametrize(
    "filler",
    [
        ("1", "2", "3"),
        ("栏次", "1", "2"),
        ("**", "**", "1"),
        ("甲", "乙", "1"),
        ("", "1", "2"),
        ("A", "B", "C"),
        ("栏次", "", "1=2+3"),
        ("1", "2", "3=4+5"),
        ("A", "B", "C=D+E"),
        ("", "", "(1)=(2)+(3)"),
    ],
)
def test_a_row_of_column_numbers_belongs_to_the_head(filler: tuple[str, ...]) -> None:
    sheet = (("科目编码", "科目名称", "合计"), filler, ("201", "一般公共服务支出", "1.00"))
    assert head_of(sheet).last_row == 2


def test_column_numbers_are_no_heading() -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("栏次", "", "1"), ("201", "一般公共服务支出", "1.00"))
    assert head_of(sheet).columns[2].header == "合计"


def test_codes_are_no_column_numbers() -> None:
    """201 | 202 | 203 ascend too, but column numbers have one or two digits."""
    assert not is_filler_row(list(cells_of((("201", "202", "203"),))))
    assert is_filler_row(list(cells_of((("4", "5", "6"),))))
    assert not is_filler_row(list(cells_of((("4", "6", "9"),))))


def test_the_head_of_an_empty_table_ends_where_its_known_headings_do() -> None:
    sheet = (
        ("科目编码", "科目名称", "本年支出", "<", "<"),
        ("^", "^", "合计", "基本支出", "项目支出"),
        ("", "", "", "", ""),
        ("", "", "", "", ""),
    )
    assert head_of(sheet).last_row == 2


def test_the_tables_own_heading_rows_are_left_out_of_its_head() -> None:
    sheet = (("支出总表", "<", "<"), ("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00"))
    head = head_of(sheet, preface=1)
    assert head.last_row == 2
    assert head.columns[0].header == "科目编码"


# --- label columns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("科目编码", "科目名称", "合计"), ["code", "name", "amount"]),
        (("功能科目编码", "功能科目名称", "合计"), ["subject_code", "subject_name", "amount"]),
        (("功能分类科目编码", "科目名称", "合计"), ["subject_code", "name", "amount"]),
        (("政府性基金科目编码", "政府性基金科目名称", "合计"), ["subject_code", "subject_name", "amount"]),
        (("单位编码", "单位名称", "合计"), ["unit_code", "unit_name", "amount"]),
        (("序号", "项目名称", "合计"), ["sequence", "project_name", "amount"]),
        (("经济科目编码", "经济科目名称", "合计"), ["economic_code", "economic_name", "amount"]),
        (
            ("政府预算经济分类科目编码", "部门预算经济分类科目名称", "合计"),
            ["government_code", "economic_name", "amount"],
        ),
        (
            ("部门预算支出经济科目编码", "政府预算支出经济分类科目名称", "合计"),
            ["economic_code", "government_name", "amount"],
        ),
    ],
)
def test_a_label_column_is_known_by_its_heading(headings: tuple[str, ...], expected: list[str]) -> None:
    assert roles((headings, ("201", "一般公共服务支出", "1.00"))) == expected


def test_a_column_under_a_schemes_heading_belongs_to_that_scheme() -> None:
    sheet = (
        ("支出功能分类科目", "<", "部门预算支出经济分类科目", "<", "合计"),
        ("科目编码", "科目名称", "科目编码", "科目名称", "^"),
        ("2013101", "行政运行", "30101", "基本工资", "1.00"),
    )
    assert roles(sheet) == ["subject_code", "subject_name", "economic_code", "economic_name", "amount"]


def test_a_code_split_over_three_columns_is_known_by_its_parts() -> None:
    sheet = (
        ("功能科目编码", "<", "<", "功能科目名称", "合计"),
        ("类", "款", "项", "^", "^"),
        ("201", "31", "01", "行政运行", "1.00"),
    )
    assert roles(sheet) == ["part:subject_code", "part:subject_code", "part:subject_code", "subject_name", "amount"]


def test_the_parts_of_a_code_may_be_called_kinds() -> None:
    sheet = (
        ("功能科目编码", "<", "<", "功能科目名称", "合计"),
        ("类别", "款别", "项别", "^", "^"),
        ("201", "31", "01", "行政运行", "1.00"),
    )
    assert roles(sheet)[:3] == ["part:subject_code"] * 3


def test_a_column_of_words_is_a_label_whatever_its_heading_says() -> None:
    sheet = (("科目编码", "合计", "拨款依据"), ("201", "1.00", "县委常委会纪要"), ("208", "2.00", "人社局文件"))
    assert roles(sheet) == ["code", "amount", "label"]


def test_an_empty_column_whose_heading_is_repeated_on_the_next_page_is_still_a_column_of_figures() -> None:
    """A repeated heading was taken for the column's text, and the columns right of it lost their labels."""
    sheet = (
        ("科目编码", "经营收入", "其他收入"),
        ("201", "", "1.00"),
        ("科目编码", "经营收入", "其他收入"),
        ("208", "", "2.00"),
    )
    assert roles(sheet) == ["code", "amount", "amount"]


def test_a_soft_label_that_holds_figures_is_a_column_of_figures() -> None:
    """项目 or 支出 over a column of figures is no label."""
    sheet = (("科目编码", "支出"), ("201", "1.00"), ("208", "2.00"))
    assert roles(sheet) == ["code", "amount"]


# --- what figures are ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("一般公共预算", "general_public_budget"), ("一般公共预算拨款收入", "general_public_budget"),
        ("一般公共预算财政拨款", "general_public_budget"),
        ("政府性基金预算", "government_fund"), ("政府性基金预算财政拨款", "government_fund"),
        ("国有资本经营预算", "state_capital"),
        ("国有资本经营预算财政拨款", "state_capital"), ("财政专户管理资金", "special_account"),
        ("财政专户管理资金收入", "special_account"),
        ("单位资金", "unit_funds"), ("事业收入", "business_revenue"),
        ("事业单位经营收入", "business_operation_revenue"),
        ("经营收入", "business_operation_revenue"), ("上级补助收入", "superior_subsidy"),
        ("附属单位上缴收入", "affiliate_remittance"), ("附属单位上交收入", "affiliate_remittance"),
        ("其他收入", "other_revenue"), ("非同级财政拨款", "other_revenue"), ("财政拨款收入", "fiscal_appropriation"),
        ("教育收费资金收入", "special_account"),
        ("社会保险基金预算", "social_insurance"), ("合计", None),
    ],
)  # fmt: skip
def test_a_heading_names_its_fund(heading: str, fund: str | None) -> None:
    assert columns_of_one(heading).fund == fund


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("基本支出", "basic"), ("项目支出", "project"), ("人员经费", "personnel"), ("公用经费", "operating"),
        ("日常公用经费", "operating"),
        ("人员支出", "personnel"), ("公用支出", "operating"), ("事业单位经营支出", "business_operation"),
        ("经营支出", "business_operation"),
        ("上缴上级支出", "remittance_to_superior"), ("对附属单位补助支出", "subsidy_to_affiliates"),
        ("对附属单位补助", "subsidy_to_affiliates"),
        ("小计", None),
    ],
)  # fmt: skip
def test_a_heading_names_its_type_of_expenditure(heading: str, kind: str | None) -> None:
    assert columns_of_one(heading).expenditure_type == kind


@pytest.mark.parametrize(
    ("heading", "origin"),
    [("上年结转", "carryover"), ("上年结转安排", "carryover"), ("上年结转结余", "carryover"),
    ("年初结转和结余", "carryover"),
     ("当年预算安排", "current_year"), ("本年收入合计", "current_year"), ("使用非财政拨款结余", "carryover"),
     # a fund's name that takes in all behind it took in what says that the money was carried over
     ("财政专户管理资金结转", "carryover"), ("一般公共预算拨款结转", "carryover"), ("单位资金结转", "carryover"),
     ("财政专户管理资金收入", None), ("一般公共预算拨款收入", None),
     ("合计", None)],
)  # fmt: skip
def test_a_heading_names_the_year_of_its_money(heading: str, origin: str | None) -> None:
    assert columns_of_one(heading).origin == origin


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("2026年预算数", None), ("2025年预算数", "prior_budget"), ("2025年执行数", "prior_execution"),
        ("2025年决算数", "prior_execution"),
        ("2025年完成数", "prior_execution"), ("上年预算数", "prior_budget"), ("上年执行数", "prior_execution"),
        ("增减额", "change"),
        ("增减变化", "change"), ("增减率", "change_percent"), ("增减比例", "change_percent"),
        ("增减%", "change_percent"),
        ("2026年预算数比2025年预算数增减", "change"), ("2026年预算数较2025年执行数", "change"),
        ("比上年增减", "change"), ("预算数", None), ("2026年", None),
    ],
)  # fmt: skip
def test_a_heading_of_a_budget_is_read_against_its_year(heading: str, period: str | None) -> None:
    assert columns_of_one(heading).period == period


@pytest.mark.parametrize(
    ("heading", "period"),
    [("2024年决算数", "final"), ("决算数", "final"), ("年初预算数", "budget"), ("预算数", "budget"),
    ("2023年决算数", "prior_execution"),
     ("2024年预算数", "budget"), ("调整预算数", "budget"), ("合计", "final"), ("本年决算数", "final")],
)  # fmt: skip
def test_a_heading_of_final_accounts_is_read_against_its_year(heading: str, period: str) -> None:
    sheet = (("科目编码", "科目名称", heading), ("201", "一般公共服务支出", "1.00"))
    assert figures(sheet, "支出决算表", "period", year=2024, is_final=True) == [("1.00", period)]


def test_a_lower_heading_says_more_than_the_one_over_it() -> None:
    sheet = (
        ("科目编码", "2025年执行数", "<", "2026年预算数", "<"),
        ("^", "小计", "基本支出", "小计", "基本支出"),
        ("201", "1.00", "1.00", "2.00", "2.00"),
    )
    assert [(m.period, m.expenditure_type) for m in meanings(sheet)] == [
        ("prior_execution", None), ("prior_execution", "basic"), (None, None), (None, "basic"),
    ]  # fmt: skip


def test_an_of_which_column_is_its_parts_own_meaning_where_that_is_known() -> None:
    sheet = (("科目编码", "合计", "其中：一般公共预算"), ("201", "2.00", "1.00"))
    assert [m.fund for m in meanings(sheet)] == [None, "general_public_budget"]


def test_an_of_which_column_that_no_word_knows_is_outside_the_contract() -> None:
    sheet = (("科目编码", "科目名称", "合计", "其中：援疆经费"), ("201", "一般公共服务支出", "2.00", "1.00"))
    _, facts = read(sheet, "支出总表")
    assert [row["amount_printed"] for row in facts.rows] == ["2.00"]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"]


@pytest.mark.parametrize(
    "heading", ["2026年预算数比2025年执行数（扣除中央基建投资）", "剔除一次性项目后增减额", "扣除基建后预算数"]
)
def test_a_change_less_a_part_is_not_the_subjects_change(heading: str) -> None:
    """Both were ``change``: a total that fell by 20766.60 also rose by 2775.60."""
    sheet = (
        ("科目编码", "2025年执行数", "2026年预算数", "比上年增减", "<", heading, "<"),
        ("^", "^", "^", "增减额", "增减%", "增减额", "增减%"),
        ("201", "10.00", "8.00", "-2.00", "-20.00%", "1.00", "14.00%"),
    )
    _, facts = read(sheet, "一般公共预算支出表")
    assert [row["period"] for row in facts.rows] == ["prior_execution", "budget", "change", "change_percent"]
    assert [finding.code for finding in facts.findings] == ["column_outside_contract"] * 2


def test_an_items_heading_says_which_period_its_figures_are_of() -> None:
    """机关运行经费决算数 and 培训费决算数 were unknown, and their figures not taken."""
    sheet = (("公务接待费预算数", "公务接待费决算数", "培训费决算数"), ("1.00", "2.00", "3.00"))
    assert figures(sheet, "财政拨款“三公”经费支出决算表", "item", "period", is_final=True) == [
        ("1.00", "公务接待费预算数", "budget"),
        ("2.00", "公务接待费决算数", "final"),
        ("3.00", "培训费决算数", "final"),
    ]
    own = (("科目名称", "机关运行经费决算数"), ("办公费", "4.32"), ("印刷费", "6.05"))
    read_as = figures(own, "财政拨款机关运行经费支出决算表", "item", "period", is_final=True)
    assert read_as == [("4.32", "办公费", "final"), ("6.05", "印刷费", "final")]


def test_an_unknown_heading_is_a_finding_that_names_it_and_where_to_add_it() -> None:
    sheet = (("科目编码", "科目名称", "合计", "某某专款"), ("201", "一般公共服务支出", "2.00", "1.00"))
    grid, facts = read(sheet, "支出总表")
    (finding,) = facts.findings
    assert finding.code == "unknown_header"
    assert "某某专款" in finding.zh
    assert "某某专款" in finding.en
    assert "columns.yaml" in finding.zh
    assert finding.cell_ids == (grid.row(2)[3].cell_id,)
    assert [row["amount_printed"] for row in facts.rows] == ["2.00"]


def test_an_unknown_heading_over_nothing_is_no_finding() -> None:
    sheet = (("科目编码", "科目名称", "合计", "某某专款"), ("201", "一般公共服务支出", "2.00", ""))
    assert figures(sheet, "支出总表") == [("2.00",)]


# --- code and name in one cell ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[2013101]行政运行", "【2013101】行政运行", "2013101-行政运行", "2013101行政运行", "（2013101）行政运行",
    "2013101 行政运行",
     "2013101—行政运行", "[2013101] 行政运行", "2013101_行政运行", "201.31.01行政运行", "201．31．01 行政运行",
     "201-31-01 行政运行"],
)  # fmt: skip
def test_a_code_and_a_name_in_one_cell_are_parted(text: str) -> None:
    assert code_and_name(text) == ("2013101", "行政运行")


@pytest.mark.parametrize("text", ["行政运行", "2013101", "201.31.01", "12行政", "一、行政运行", "", "[行政]运行"])
def test_a_cell_that_is_only_one_of_them_is_left_alone(text: str) -> None:
    assert code_and_name(text) is None


# --- blocks ----------------------------------------------------------------------------------------------------------


def test_figures_under_a_group_that_the_paper_cut_off_are_not_taken() -> None:
    """小计 under a heading whose words stand on another page passed for the total of all years."""
    sheet = (
        ("科目编码", "科目名称", "总计", "", "<"),
        ("^", "^", "^", "小计", "一般公共预算"),
        ("201", "一般公共服务支出", "9.00", "8.00", "8.00"),
    )
    unknown = [column.unknown for column in head_of(sheet).columns]
    assert unknown == [None, None, None, "小计", "一般公共预算"]


@pytest.mark.parametrize("first", [("", "<", "<", "<"), ("", "<", "合计", "基本支出")])
def test_a_blank_row_and_a_blank_over_the_labels_cut_nothing(first: tuple[str, ...]) -> None:
    sheet = (first, ("科目编码", "科目名称", "合计", "基本支出"), ("201", "一般公共服务支出", "9.00", "8.00"))
    assert not any(column.unknown for column in head_of(sheet).columns)


def test_a_summary_has_two_blocks_side_by_side() -> None:
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算", "1.00", "一、一般公共服务支出", "1.00"),
    )
    blocks = blocks_of(head_of(sheet).columns)
    assert [block.side for block in blocks] == ["revenue", "expenditure"]
    assert [(len(block.labels), len(block.amounts)) for block in blocks] == [(1, 1), (1, 1)]


def test_label_columns_after_the_last_figures_belong_to_the_last_block() -> None:
    sheet = (("科目编码", "合计", "科目名称"), ("201", "1.00", "一般公共服务支出"))
    (block,) = blocks_of(head_of(sheet).columns)
    assert [column.number for column in block.labels] == [1, 3]


def test_labels_of_the_other_side_whose_figures_the_paper_cut_off_named_this_sides_figures() -> None:
    """收入 | 金额 | 支出 on one page, 金额 on the next: the revenue bore the codes of expenditure."""
    sheet = (("收入", "<", "支出"), ("项目", "金额", "项目"), ("一、事业收入", "1.00", "一、一般公共服务支出"))
    (block,) = blocks_of(head_of(sheet).columns)
    assert [column.number for column in block.labels] == [1]


def test_codes_and_names_of_a_further_block_whose_figures_the_paper_cut_off_named_the_figures_before_them() -> None:
    codes = ("科目编码", "科目名称")
    sheet = ((*codes, "金额", *codes), ("301", "工资福利支出", "1.00", "30231", "公务用车运行维护费"))
    (block,) = blocks_of(head_of(sheet).columns)
    assert [column.number for column in block.labels] == [1, 2]


def test_a_block_knows_whether_one_of_its_columns_is_last_years_money() -> None:
    sheet = (("科目编码", "合计", "上年结转"), ("201", "1.00", "1.00"))
    (block,) = blocks_of(head_of(sheet).columns)
    assert block.has_carryover_column


def test_this_years_expenditure_beside_the_carry_over_and_their_sum_is_this_years() -> None:
    sheet = (
        ("项目", "支出", "<", "<", "<"),
        ("^", "合计", "上年结转结余", "本年支出", "<"),
        ("^", "^", "^", "小计", "一般公共预算"),
        ("一、基本支出", "9.00", "1.00", "8.00", "8.00"),
    )
    origins = [column.meaning.origin for column in head_of(sheet).columns if column.role == "amount"]
    assert origins == [None, "carryover", "current_year", "current_year"]


@pytest.mark.parametrize("heading", ["年初结转和结余", "上年结转结余", "年初财政拨款结转和结余"])
def test_what_was_carried_in_is_revenue_where_this_years_revenue_stands_beside_it(heading: str) -> None:
    """The opening balance of 公开07表 was published as expenditure."""
    sheet = (
        ("科目名称", heading, "<", "本年收入", "本年支出", "<", "年末结转和结余"),
        ("^", "合计", "项目支出结转和结余", "^", "小计", "项目支出", "^"),
        ("彩票公益金", "1.00", "1.00", "8.00", "8.00", "8.00", "1.00"),
    )
    said = [column.meaning for column in head_of(sheet).columns if column.role == "amount"]
    assert [(each.side, each.origin) for each in said[:3]] == [
        ("revenue", "carryover"),
        ("revenue", "carryover"),
        ("revenue", "current_year"),
    ]


def test_this_years_expenditure_that_nothing_adds_to_the_carry_over_is_the_whole() -> None:
    sheet = (
        ("科目名称", "年初结转和结余", "本年收入", "本年支出", "<", "年末结转和结余"),
        ("^", "^", "^", "小计", "项目支出", "^"),
        ("彩票公益金", "1.00", "8.00", "8.00", "8.00", "1.00"),
    )
    columns = {column.header: column.meaning.origin for column in head_of(sheet).columns}
    assert columns["本年支出/小计"] is None


# --- parts of one fund -----------------------------------------------------------------------------------------------

NON_TAX = ("非税收入安排拨款", "纳入预算管理的非税收入", "纳入一般公共预算管理的非税收入安排的拨款", "其他非税收入")
FUND = Meaning(fund="general_public_budget")


@pytest.mark.parametrize("heading", NON_TAX)
def test_what_non_tax_revenue_pays_was_left_out_of_the_general_budget(heading: str) -> None:
    found = meanings((("科目编码", "合计", "经费拨款", heading), ("201", "3.00", "2.00", "1.00")))
    assert found == [Meaning(), FUND, FUND]


def test_parts_of_the_general_budget_are_not_taken_beside_their_sum() -> None:
    """经费拨款 was published as the general budget beside the 小计 that is: twice, with two amounts."""
    sheet = (
        ("单位名称", "一般公共预算拨款", "<", "<", "政府性基金预算拨款"),
        ("^", "小计", "经费拨款", "非税收入安排拨款", "^"),
        ("某局", "3.00", "2.00", "1.00", "0.00"),
    )
    parts = [column.meaning.memo for column in head_of(sheet).columns if column.role == "amount"]
    assert parts == [False, True, True, False]


def test_non_tax_revenue_by_itself_is_no_fund() -> None:
    """Whether it is within a neighbour's figures or beside them is not told."""
    assert meanings((("科目编码", "合计", "非税收入安排拨款"), ("201", "3.00", "1.00")))[1].memo


def test_headings_with_numbers_were_unknown() -> None:
    sheet = (
        ("科目名称", "合计", "一、基本支出", "<", "<", "二、项目支出"),
        ("^", "^", "小计", "1.人员经费", "（二）公用经费", "^"),
        ("教育支出", "9.00", "9.00", "9.00", "9.00", "9.00"),
    )
    types = [row[1] for row in figures(sheet, "部门支出总表", "expenditure_type")]
    assert types == ["total", "basic", "personnel", "operating", "project"]


def test_a_heading_of_two_types_says_nothing_over_the_columns_that_part_it() -> None:
    """运转类项目 over 公用经费项目 and 其他运转类项目: neither was taken. Alone it is not."""
    sheet = (
        ("科目名称", "合计", "运转类项目", "<"),
        ("^", "^", "公用经费项目", "其他运转类项目"),
        ("教育支出", "9.00", "9.00", "9.00"),
    )
    assert [row[1] for row in figures(sheet, "部门支出总表", "expenditure_type")] == ["total", "operating", "project"]
    alone = (("科目名称", "合计", "运转类项目"), ("教育支出", "9.00", "9.00"))
    assert [finding.code for finding in read(alone, "部门支出总表")[1].findings] == ["unknown_header"]


def test_economic_items_spread_over_the_columns_are_one_finding_that_counts_their_figures() -> None:
    """财决08-1 spreads thirty items over functional rows: each of its columns was a warning of its own."""
    sheet = (
        ("科目编码", "科目名称", "合计", "工资福利支出", "<", "<", "<"),
        ("^", "^", "^", "小计", "基本工资", "津贴补贴", "奖金"),
        ("2010301", "行政运行", "6.00", "6.00", "3.00", "2.00", "1.00"),
    )
    facts = read(sheet, "一般公共预算基本支出决算明细表")[1]
    (finding,) = [finding for finding in facts.findings if "基本工资" in finding.zh]
    assert (finding.code, len(finding.cell_ids)) == ("column_outside_contract", 3)
    assert "unknown_header" not in [finding.code for finding in facts.findings]


def test_the_projects_below_a_fund_were_all_of_its_expenditure() -> None:
    """基本 | 项目 below 财政拨款."""
    sheet = (
        ("科目名称", "合计", "财政拨款", "<"),
        ("^", "^", "基本", "项目"),
        ("教育支出", "9.00", "5.00", "4.00"),
    )
    assert [row[1] for row in figures(sheet, "部门支出总表", "expenditure_type")] == ["total", "basic", "project"]


def test_a_row_that_says_what_each_column_adds_up_took_the_total_away_and_was_read_as_figures() -> None:
    """1 | 2 | 3=4+5 | 4 | 5: the total had an unknown heading, and 4 and 5 were published as money."""
    sheet = (
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("1", "2", "3=4+5", "4", "5"),
        ("2010301", "行政运行", "7.00", "4.00", "3.00"),
    )
    printed = [("7.00", "total"), ("4.00", "basic"), ("3.00", "project")]
    assert figures(sheet, "部门支出总表", "expenditure_type") == printed
    again = (*sheet, *sheet[:2], ("2010302", "一般行政管理事务", "9.00", "5.00", "4.00"))
    assert len(figures(again, "部门支出总表", continued=(4,))) == 6


def test_money_of_all_of_a_projects_years_is_none_of_this_years_budget() -> None:
    """项目总额 beside 本年预算: both were refused, being one meaning with two figures."""
    sheet = (("项目名称", "项目总额", "以前年度累计安排", "本年预算"), ("道路养护", "90.00", "30.00", "25.00"))
    _, facts = read(sheet, "项目支出预算表")
    assert [str(row["amount_printed"]) for row in facts.rows] == ["25.00"]
    assert {finding.code for finding in facts.findings} == {"column_outside_contract"}


# --- parts of one type -----------------------------------------------------------------------------------------------


def taken(sheet: Sheet) -> list[str | None]:
    """Which type of expenditure the figures of a line are, less those of columns that were not taken."""
    columns = (column for column in head_of(sheet).columns if column.role == "amount")
    return [column.meaning.expenditure_type for column in columns if not (column.meaning.memo or column.unknown)]


def test_parts_of_a_type_whose_whole_no_column_prints_were_left_out() -> None:
    """人员经费 over 工资福利支出 and 对个人和家庭的补助 without a 小计: no figure said what the staff cost."""
    sheet = (
        ("科目名称", "合计", "基本支出", "<", "<", "<", "项目支出", "<"),
        ("^", "^", "小计", "人员经费", "<", "公用经费", "其他运转类", "特定目标类"),
        ("^", "^", "^", "工资福利支出", "对个人和家庭的补助", "^", "^", "^"),
        ("教育支出", "9.00", "6.00", "3.00", "1.00", "2.00", "1.00", "2.00"),
    )
    types = [None, "basic", "personnel", "personnel", "operating", "project", "project"]
    assert taken(sheet) == types
    assert [row[1] for row in figures(sheet, "部门支出总表", "expenditure_type")] == ["total", *types[1:]]


def test_parts_of_a_type_are_not_taken_beside_its_whole() -> None:
    sheet = (
        ("科目名称", "合计", "人员经费", "<", "<", "项目支出", "<", "<"),
        ("^", "^", "小计", "工资福利支出", "对个人和家庭的补助", "小计", "其他运转类", "特定目标类"),
        ("教育支出", "9.00", "6.00", "3.00", "3.00", "3.00", "1.00", "2.00"),
    )
    assert taken(sheet) == [None, "personnel", "project"]


def test_an_economic_class_below_basic_expenditure_is_no_type_of_its_own() -> None:
    sheet = (
        ("科目名称", "合计", "基本支出", "<"),
        ("^", "^", "工资福利支出", "商品和服务支出"),
        ("教育支出", "9.00", "6.00", "3.00"),
    )
    assert taken(sheet) == [None]


def test_money_of_all_years_alone_is_what_the_project_table_adds_up() -> None:
    sheet = (("项目名称", "项目总额", "一般公共预算", "政府性基金"), ("道路养护", "90.00", "60.00", "30.00"))
    assert [row[1] for row in figures(sheet, "项目支出预算表", "fund")] == [
        "total", "general_public_budget", "government_fund",
    ]  # fmt: skip


def test_columns_that_are_headed_alike_where_no_rule_parts_them_are_not_taken() -> None:
    """预算数 and 决算数 stand over both: which of them the figures are, nothing tells for certain."""
    sheet = (("合计", "公务接待费", "合计", "公务接待费"), ("1.00", "2.00", "3.00", "4.00"))
    for method, unknown in (("aligned", ["合计", "公务接待费"] * 2), ("ruled", [None] * 4)):
        head = read_head(replace(grid_of(sheet), method=method), 0, FINAL, items_over_columns=True)
        assert [column.unknown for column in head.columns] == unknown


def test_column_numbers_beside_several_words_are_column_numbers() -> None:
    """类 | 款 | 栏次合计 | 1 … 5, two rows in one field: the numbers were published as money."""
    numbers = [str(number) for number in range(1, 6)]
    assert is_column_numbers(["类", "款", "栏次合计", *numbers])
    assert not is_column_numbers(["类", "款", "接待批次", *numbers[:3]])
    assert not is_column_numbers(["类", "款", "接待批次", "2", *numbers[2:], "6", "7"])
