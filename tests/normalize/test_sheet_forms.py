"""Forms and lists of performance sheets as places print them: where the money stands, and the levels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.normalize.model import Grid, Roles
from pipeline.normalize.performance import kinds_of, read_sheets
from pipeline.normalize.sheets.records import Sheets
from tests.normalize.drawn import document, table

HEAD = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
ONE = ["^", "产出指标", "数量指标", "养护里程", "≥10公里"]
Rows = list[list[str | None]]


def read(*grids: Grid) -> tuple[Sheets, Roles]:
    roles = Roles()
    return read_sheets(document(grids), grids, roles), roles


def form(*money: list[str | None]) -> Grid:
    return table([["项目名称", "道路养护", None, None, None], *money, HEAD, ONE], "项目支出绩效目标表")


TOTAL_BESIDE: Rows = [["项目资金（万元）", "2032.00", None, "其中：财政拨款", "2000.00"]]
PARTS_BELOW: Rows = [
    ["项目资金（万元）", "2032.00", None, None, None], ["其中：财政拨款", "2000.00", None, None, None],
    ["其他资金", "32.00", None, None, None],
]  # fmt: skip
WITHIN: Rows = [["预算资金（万元）", "总额", "2032.00", "其中：财政资金", "2000.00"]]


@pytest.mark.parametrize("money", [TOTAL_BESIDE, PARTS_BELOW, WITHIN], ids=["beside", "below", "within"])
def test_the_total_right_beside_a_label_of_money_was_not_read(money: Rows) -> None:
    (sheet,) = read(form(*money))[0].sheets
    assert (sheet.annual.total, sheet.annual.fiscal) == (Decimal("20320000.00"), Decimal("20000000.00"))


def test_a_form_that_calls_its_unit_and_its_total_by_their_plain_names_had_neither() -> None:
    """单位名称 and 预算数 in one row: both cells were told to be unread."""
    (sheet,) = read(form(["单位名称", "某市第十二中学", None, "预算数（万元）", "46.80"]))[0].sheets
    assert (sheet.implementing_unit, sheet.annual.total) == ("某市第十二中学", Decimal("468000.00"))


def test_a_form_of_who_uses_the_money_and_on_what_ground_had_neither_total() -> None:
    """用款单位, 项目总金额 beside 本年度安排金额, 政策依据: eight cells were told to be unread."""
    rows: Rows = [
        ["用款单位", "某区交通局", None, None, None],
        ["项目总金额（万元）", "120.00", None, "本年度安排金额", "80.00"],
        ["政策依据", "《公路法》", None, None, None],
    ]
    sheets, _ = read(form(*rows))
    (sheet,) = sheets.sheets
    assert (sheet.implementing_unit, sheet.basis) == ("某区交通局", "《公路法》")
    assert (sheet.term.total, sheet.annual.total) == (Decimal("1200000.00"), Decimal("800000.00"))
    assert not sheets.findings


def test_a_total_by_no_label_of_money_is_none() -> None:
    """总额 stands for a total right of a label of money alone."""
    (sheet,) = read(form(["专家（万元）", "总额", "2032.00", "", ""]))[0].sheets
    assert sheet.annual.total is None


def test_an_evaluation_of_what_was_done_was_taken_for_a_sheet_of_targets() -> None:
    """项目支出绩效自评表 of final accounts: nineteen of its cells were told to be unread."""
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    one = ["产出指标", "数量指标", "养护里程", "≥10公里", "12公里", "30", "30"]
    money = ["年度资金总额", None, "305.40", "305.40", "305.40", "10", "100.00%"]
    named = ["项目名称", "道路养护", None, None, None, None, None]
    for title in ("2023年度项目支出绩效自评表", "附件2"):
        assert kinds_of([table([named, money, head, one], title)]) == {}
    assert kinds_of([form()]) == {1: "project_performance"}


@pytest.mark.parametrize("label", ["其中：本级安排", "本级支出"])
def test_what_this_level_arranges_beside_the_years_budget_is_its_own(label: str) -> None:
    (sheet,) = read(form(["当年预算（元）", "90.50", None, label, "70.50"]))[0].sheets
    assert (sheet.annual.total, sheet.annual.local) == (Decimal("90.50"), Decimal("70.50"))


def test_money_of_this_level_stands_beside_what_is_granted_from_above() -> None:
    """Which level above grants it is not told: what is printed there is named and not taken."""
    granted = form(
        ["当年预算（万元）", "90.00", None, "本级支出（万元）", "70.00"], ["", "", None, "上级补助（万元）", "20.00"]
    )
    sheets, roles = read(granted)
    (sheet,) = sheets.sheets
    assert (sheet.annual.total, sheet.annual.local, sheet.annual.central) == (Decimal(900000), Decimal(700000), None)
    assert [roles.of(cell) for cell in granted.cells if cell.text == "20.00"] == ["finding"]
    assert [finding.code for finding in sheets.findings] == ["sheet_cell_unread"]


LIST: Rows = [
    ["单位编码（项目编码）", "项目单位（项目名称）", "项目金额（万元）", None, "绩效目标", None, None, None],
    ["^", "^", "资金总额", "政府预算资金", "成本指标", None, "产出指标", None],
    ["308001", "某区交通局", "959.49", "959.49", "", None, "", None],
    ["4101", "农村公路养护", "828.02", "828.02", "经费控制数", "≤828.02万元", "任务完成率", "≥95%"],
    ["4102", "交通综合执法", "131.48", "131.48", "经费控制数", "≤131.48万元", "任务完成率", "≥98%"],
]  # fmt: skip


def test_first_levels_side_by_side_are_the_levels_of_a_projects_indicators() -> None:
    """成本指标 | 产出指标 over columns of their own: the list was not known for one of performance sheets."""
    sheets, _ = read(table(LIST, "项目支出绩效目标表"))
    assert [(sheet.project_name, sheet.annual.total) for sheet in sheets.sheets] == [
        ("农村公路养护", Decimal("8280200.00")), ("交通综合执法", Decimal("1314800.00")),
    ]  # fmt: skip
    assert [(t.level1, t.level2, t.indicator, t.target_printed) for t in sheets.targets[:2]] == [
        ("成本指标", None, "经费控制数", "≤828.02万元"), ("产出指标", None, "任务完成率", "≥95%"),
    ]  # fmt: skip
    assert sheets.findings == ()


def test_first_levels_side_by_side_may_head_their_columns_again() -> None:
    names = ["^", "^", "^", "^", "三级指标", "指标值", "三级指标", "指标值"]
    sheets, _ = read(table([*LIST[:2], names, *LIST[2:]], "项目支出绩效目标表"))
    assert [target.level1 for target in sheets.targets[:2]] == ["成本指标", "产出指标"]
    assert len(sheets.targets) == 4


def test_a_unit_whose_money_is_not_the_sum_of_what_follows_is_listed_as_printed() -> None:
    """959.50 within rounding is the unit's sum (LIST); 900.00 is not, and is somebody's money."""
    other: Rows = [*LIST[:2], ["308001", "某区交通局", "900.00", "900.00", "", None, "", None], *LIST[3:]]
    assert read(table(other, "项目支出绩效目标表"))[0].sheets[0].project_name == "某区交通局"


def test_what_stands_in_the_columns_of_levels_and_pieces_of_labels_were_told_to_be_unread() -> None:
    """服务对象 for 服务对象满意度指标; 效指标 of 年度绩效指标, which a page break cut."""
    grid = table(
        [
            ["项目名称", "道路养护", None, None, None], ["项目资金（元）", "年度资金总额", "5", "", ""],
            ["年度绩效指标", *HEAD[1:]], ["^", "产出指标", "数量指标", "养护里程", "≥10公里"],
            ["效指标", "满意度指标", "服务对象", "群众满意", "≥90%"],
        ],
        "项目支出绩效目标表", pages=[1, 1, 1, 1, 2],
    )  # fmt: skip
    sheets, _ = read(grid)
    assert sheets.findings == ()
    assert sheets.targets[1].level2 == "服务对象"


def test_a_code_of_the_unit_in_a_list_is_no_cell_that_was_not_placed() -> None:
    head = ["单位编码", "项目名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
    row: list[str | None] = ["414001", "环境监测", "76.00", "改善环境。", "产出指标", "数量指标", "监测点位", "120个"]
    sheets, _ = read(table([head, row], "项目支出绩效目标表（万元）"))
    assert [finding.code for finding in sheets.findings] in ([], ["sheet_without_total"])
    assert [target.indicator for target in sheets.targets] == ["监测点位"]


def department(*rows: list[str | None]) -> Grid:
    head: list[str | None] = ["部门名称", "某区司法局", None, None, None]
    return table([head, *rows, HEAD, ONE], "部门整体支出绩效目标表（万元）")


def attributes(grid: Grid) -> dict[str, Decimal]:
    (sheet,) = read(grid)[0].departments
    return {figure.attribute: figure.value for figure in sheet.figures}


def test_a_source_without_a_figure_headed_what_the_money_is_spent_on() -> None:
    """其他资金 left blank, and below it the first row of 支出构成: that was read as 其他资金/人员类项目支出."""
    grid = department(
        ["总体资金情况", None, "当年金额", "占比", None],
        ["收入构成", "财政拨款", "20.00", None, None],
        ["", "其他资金", "", None, None],
        ["支出构成", "人员类项目支出", "12.00", None, None],
        ["", "运转类项目支出", "8.00", None, None],
    )
    assert [*attributes(grid)] == ["财政拨款/当年金额", "人员类项目支出/当年金额", "运转类项目支出/当年金额"]


def test_a_telephone_number_was_published_as_eight_hundred_billion_yuan() -> None:
    grid = department(["填报人", "张三", "联系电话", "82730000", None], ["资金总额", "20.00", None, None, None])
    assert attributes(grid) == {"资金总额": Decimal(200000)}
    assert [finding.code for finding in read(grid)[0].findings] == []


def test_figures_of_one_row_are_told_apart_by_what_is_printed_over_them() -> None:
    """当年金额 and two years under 近两年收支金额 were all published as 财政拨款; the two years are not told apart."""
    grid = department(
        ["收入构成", "资金", "当年金额", "近两年收支金额", None], ["^", "财政拨款", "20.00", "18.00", "19.00"]
    )
    assert attributes(grid) == {"财政拨款/当年金额": Decimal(200000)}
    codes = [finding.code for finding in read(grid)[0].findings]
    assert codes == ["sheet_cell_unread"]


def test_money_below_a_list_of_tasks_was_headed_by_the_texts_of_the_tasks() -> None:
    tasks: Rows = [["年度主要任务", "任务名称", None, "主要内容", None], ["^", "公路养护", None, "日常养护", None]]
    grid = department(*tasks, ["预算情况", "预算支出总额", None, "15.00", None])
    assert attributes(grid) == {"预算支出总额": Decimal(150000)}


def test_amounts_below_their_labels_were_not_read() -> None:
    """总额 | 财政拨款 | 其他资金 over one row of amounts."""
    money: Rows = [
        ["预算金额（万元）", "总额", "财政拨款", "其他资金", ""], ["^", "2032.00", "2000.00", "32.00", ""],
    ]  # fmt: skip
    (sheet,) = read(form(*money))[0].sheets
    found = sheet.annual.total, sheet.annual.fiscal, sheet.annual.other
    assert found == (Decimal("20320000.00"), Decimal("20000000.00"), Decimal("320000.00"))


NAMED: list[str | None] = ["项目名称", "道路养护", None, None, None, None]
BOTH: list[str | None] = ["一级指标", "二级指标", "三级指标", "实施期指标值", "年度指标值", "分值"]
ROWS: Rows = [
    ["产出指标", "数量指标", "养护里程", "≥30公里", "≥10公里", "20"],
    ["^", "质量指标", "优良率", "≥95%", "≥90%", "20"],
]


@pytest.mark.parametrize("heads", [BOTH, [*BOTH[:3], "年度指标值", "实施期指标值", "分值"]], ids=["term", "year"])
def test_values_of_the_whole_term_beside_the_years_were_not_read(heads: list[str | None]) -> None:
    """Which column is which the heading says, not the place."""
    swapped = heads is not BOTH
    rows: Rows = [[*row[:3], row[4], row[3], row[5]] for row in ROWS] if swapped else ROWS
    sheets, _ = read(table([NAMED, heads, *rows], "项目支出绩效目标表（万元）"))
    assert {(t.term, t.level2, t.indicator, t.target_printed) for t in sheets.targets} == {
        ("term", "数量指标", "养护里程", "≥30公里"), ("annual", "数量指标", "养护里程", "≥10公里"),
        ("term", "质量指标", "优良率", "≥95%"), ("annual", "质量指标", "优良率", "≥90%"),
    }  # fmt: skip


def test_second_levels_printed_once_are_those_of_both_terms() -> None:
    """The year's indicators beside the term's had no second level."""
    heads: list[str | None] = ["一级指标", "二级指标", "三级指标", "指标值", "三级指标", "指标值"]
    row: list[str | None] = ["产出指标", "数量指标", "养护里程", "≥30公里", "养护里程", "≥10公里"]
    sheets, _ = read(table([NAMED, heads, row], "项目支出绩效目标表（万元）"))
    assert [(t.term, t.level2, t.target_printed) for t in sheets.targets] == [
        ("term", "数量指标", "≥30公里"), ("annual", "数量指标", "≥10公里"),
    ]  # fmt: skip


def test_a_second_column_of_values_that_says_nothing_of_the_term_is_no_term() -> None:
    heads: list[str | None] = ["一级指标", "二级指标", "三级指标", "年度指标值", "指标值", "分值"]
    sheets, _ = read(table([NAMED, heads, *ROWS], "项目支出绩效目标表（万元）"))
    assert {target.term for target in sheets.targets} == {"annual"}
    assert len(sheets.targets) == len(ROWS)


def test_a_name_in_the_cell_of_its_label_was_no_name() -> None:
    """项目名称：道路养护 in one cell: the whole form was left unread for want of a name."""
    grid = table(
        [["项目名称：道路养护", None, None, None, None], ["项目资金（元）", "年度资金总额", "5", "", ""], HEAD, ONE],
        "项目支出绩效目标表",
    )
    sheets, roles = read(grid)
    assert [(sheet.project_name, sheet.annual.total) for sheet in sheets.sheets] == [("道路养护", Decimal(5))]
    assert roles.of(grid.cells[0]) == "fact"
    assert sheets.findings == ()


def test_the_heading_of_a_list_of_goals_is_no_goal() -> None:
    """项目绩效总目标 | 名称 | 目标说明 stands over goals that the form lists by name."""
    listed: Rows = [
        ["项目绩效总目标", "名称", "目标说明", None, None],
        ["^", "长期绩效目标1", "养好道路。", None, None],
    ]
    (sheet,) = read(form(*TOTAL_BESIDE, *listed))[0].sheets
    assert (sheet.term_goal, sheet.annual_goal) == (None, None)


def test_a_goal_of_the_whole_beside_the_years_goal_was_lost() -> None:
    """By itself it is the year's; beside 年度绩效目标 it is the whole term's."""
    whole, year = ["总体绩效目标", "三年建成平台。", None], ["年度绩效目标", "完成一期工程。", None]
    levels = [["三级指标", "指标值", ""], ["上线系统", "≥1个", ""]]
    for rows, goals in (([whole, year], ("三年建成平台。", "完成一期工程。")), ([whole], (None, "三年建成平台。"))):
        sheets, _ = read(table([["项目名称", "平台建设", None], *rows, *levels], "项目支出绩效目标表"))
        (sheet,) = sheets.sheets
        assert (sheet.term_goal, sheet.annual_goal) == goals


def test_a_projects_goal_of_the_year_by_that_name_was_a_cell_of_no_place() -> None:
    (sheet,) = read(form(*TOTAL_BESIDE, ["项目年度绩效目标", "完成一期工程。", None, None, None]))[0].sheets
    assert sheet.annual_goal == "完成一期工程。"


def test_a_list_may_print_the_goal_of_the_whole_term_beside_the_years() -> None:
    heads: list[str | None] = ["项目名称", "年度预算", "实施期绩效目标", "年度绩效目标", "三级指标", "指标值"]
    row: list[str | None] = ["道路养护", "60.00", "改善路况。", "完成养护。", "养护里程", "≥50公里"]
    sheets, _ = read(table([heads, row], "项目支出绩效目标表"))
    assert [(sheet.term_goal, sheet.annual_goal) for sheet in sheets.sheets] == [("改善路况。", "完成养护。")]


def test_the_direction_of_an_indicator_was_left_out_of_its_target() -> None:
    heads: list[str | None] = ["一级指标", "二级指标", "三级指标", "指标方向性质", "指标值", "度量单位"]
    row: list[str | None] = ["产出指标", "数量指标", "培训人数", "≥", "2000", "人"]
    sheets, _ = read(table([["项目名称", "技能培训", None, None, None, None], heads, row], "项目支出绩效目标表"))
    assert [target.target_printed for target in sheets.targets] == ["≥2000人"]
