"""Performance sheets: forms, lists and whole-department forms, and every field of the Zezhou disclosure."""

from dataclasses import replace
from decimal import Decimal

from pipeline.normalize.model import Grid, Roles
from pipeline.normalize.performance import is_sheet, kinds_of, read_sheets
from pipeline.normalize.sheets.form import filed_at, split_code
from pipeline.normalize.sheets.indicators import first_level, split_levels
from pipeline.normalize.sheets.money import amount, unit_in
from pipeline.normalize.sheets.records import ProjectSheet, Sheets
from tests.normalize.drawn import document, expected, table, zezhou

HEAD = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]


def read(*grids: Grid) -> tuple[Sheets, Roles]:
    roles = Roles()
    return read_sheets(document(grids), grids, roles), roles


def form(*indicators: list[str | None], title: str = "项目支出绩效目标表", unit: str = "(万元)") -> Grid:
    return table(
        [
            ["项目名称", None, "道路养护", None, None],
            ["主管部门及代码", None, "[292]某某局", "实施单位", "某某局本级"],
            [f"项目资金{unit}", "年度资金总额：", "2,134.87", None, None],
            ["^", "其中：财政拨款", "1,384.87", None, None],
            ["^", "其他资金", "-", None, None],
            ["年度目标", "养好道路。", None, None, None],
            HEAD,
            *indicators,
        ],
        title,
    )


NAMED: list[str | None] = ["项目名称", "某", None, None]
ONE = ["^", "产出指标", "数量指标", "养护里程", "≥10公里"]


def test_a_form_gives_its_fields_in_yuan() -> None:
    sheets, _ = read(form(ONE))

    sheet = sheets.sheets[0]
    assert (sheet.project_name, sheet.department_code, sheet.department_in_charge) == ("道路养护", "292", "某某局")
    assert (sheet.annual.total, sheet.annual.fiscal) == (Decimal("21348700.00"), Decimal("13848700.00"))
    assert sheet.annual.other == Decimal("0.00")
    assert sheet.annual_goal == "养好道路。"


def test_the_unit_comes_from_the_form() -> None:
    sheets, _ = read(form(ONE, unit="（元）"))

    assert sheets.sheets[0].annual.total == Decimal("2134.87")


def test_a_blank_amount_is_not_zero() -> None:
    grid = table([["项目名称", "某项目", None, None], ["项目资金（元）", "年度资金总额", "", ""], HEAD[1:], ONE[1:]])

    sheets, _ = read(grid)

    assert sheets.sheets[0].annual.total is None
    assert [finding.code for finding in sheets.findings] == ["sheet_without_total"]


def test_every_cell_of_a_sheet_gets_a_role() -> None:
    grid = form(ONE, ["^", "", "质量指标", "完好率", "100%"])

    _, roles = read(grid)

    assert {roles.of(c) for c in grid.cells if c.text} <= {"fact", "label", "header"}


def test_a_cell_that_no_rule_knows_is_a_finding_with_its_page() -> None:
    grid = table(
        [["项目名称", "某项目", None, None], ["从未见过的标签", "12345", "", ""], HEAD[1:], ONE[1:]], pages=[7, 7, 7, 7]
    )

    sheets, roles = read(grid)

    unread = next(finding for finding in sheets.findings if finding.code == "sheet_cell_unread")
    assert unread.page == 7
    assert roles.of(grid.cells[2]) == "finding"


def test_an_empty_template_is_no_sheet() -> None:
    grid = table([["项目名称", "", None, None], HEAD[1:], ["产出指标", "数量指标", "", ""]], "专项资金绩效目标表")

    sheets, _ = read(grid)

    assert (sheets.sheets, sheets.targets, sheets.findings) == ((), (), ())


def test_a_second_level_name_decides_the_first_level_against_a_misplaced_label() -> None:
    assert first_level("数量指标", "效益指标") == "产出指标"


def test_a_cost_indicator_belongs_where_the_form_prints_it() -> None:
    assert first_level("成本指标", "成本指标") == "成本指标"
    assert first_level("成本指标", "产出指标") == "产出指标"


def test_levels_printed_into_one_cell_come_apart() -> None:
    assert split_levels("产出指标数量指标完成个数") == ("产出指标", "数量指标", "完成个数")


def test_a_level_that_a_page_break_cuts_goes_on_over_it() -> None:
    grid = table([["项目名称", "某", None, None], HEAD[1:], ONE[1:], ["", "", "养护次数", "4次"]], pages=[1, 1, 1, 2])

    sheets, _ = read(grid)

    assert [(target.level1, target.level2) for target in sheets.targets] == [("产出指标", "数量指标")] * 2
    assert sheets.targets[1].page == 2


def test_a_level_printed_after_the_page_break_names_the_rows_before_it() -> None:
    grid = table(
        [NAMED, HEAD[1:], ONE[1:], ["", "", "单价", "5元"], ["产出指标", "成本指标", "总价", "9元"]],
        pages=[1, 1, 1, 1, 2],
    )  # fmt: skip

    sheets, _ = read(grid)

    assert [target.level2 for target in sheets.targets] == ["数量指标", "成本指标", "成本指标"]


def test_an_indicator_whose_second_level_is_printed_nowhere_is_a_finding() -> None:
    sheets, _ = read(form(["^", "产出指标", "", "养护里程", "≥10公里"]))

    assert [target.level2 for target in sheets.targets] == [None]
    assert [finding.code for finding in sheets.findings] == ["level_not_printed"]


def test_the_unit_beside_a_qualitative_target_is_no_part_of_it() -> None:
    row: list[str | None] = ["甲", "9", "一", "效益指标", "社会效益指标", "影响", "定性", "优", "其他"]
    sheets, _ = read(table([LIST_HEAD, row], "项目支出绩效目标表|单位：万元"))

    assert [(target.target_printed, target.unit) for target in sheets.targets] == [("优", None)]


def test_two_halves_are_the_whole_term_and_the_year() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    row = ["产出指标", "数量指标", "村数", "36个", "数量指标", "村数", "30个"]
    sheets, _ = read(table([["项目名称", "某", None, None, None, None, None], head, row]))

    assert [(target.term, target.value) for target in sheets.targets] == [("term", 36), ("annual", 30)]


LIST_HEAD = [
    "项目名称",
    "项目总额",
    "绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标性质",
    "本年绩效指标值",
    "绩效度量单位",
]


def listed(name: str, amount: str, indicator: str) -> list[str | None]:
    return [name, amount, "做好。", "产出指标", "数量指标", indicator, "≥", "1", "项"]


def test_a_list_gives_one_sheet_a_project() -> None:
    rows = [listed("11000022T000000445578-甲", "9.8", "一"), listed("11000022T000000446773-乙", "5", "二")]
    grid = table([LIST_HEAD, *rows], "项目支出绩效目标表|金额单位：万元")

    sheets, _ = read(grid)

    assert [(s.project_code, s.project_name, s.amount) for s in sheets.sheets] == [
        ("11000022T000000445578", "甲", Decimal("98000.00")),
        ("11000022T000000446773", "乙", Decimal("50000.00")),
    ]
    assert [(target.sheet_id, target.target_printed) for target in sheets.targets] == [("1/1", "≥1项"), ("1/2", "≥1项")]


def test_a_list_whose_headings_stand_in_two_rows_gives_its_projects_and_not_its_headings() -> None:
    """A list of projects with 绩效指标 over its levels was no sheet at all."""
    group = ["单位（专项）名称", "资金总额", "年度绩效目标", "绩效指标", None, None, None, None, None]
    leaves = ["^", "^", "^", "一级指标", "二级指标", "三级指标", "指标值类型", "指标值内容", "度量单位"]
    grid = table([group, leaves, listed("甲", "9.8", "一"), listed("乙", "5", "二")], "项目支出绩效目标表|单位：万元")

    sheets, _ = read(grid)

    assert [(s.project_name, s.amount) for s in sheets.sheets] == [
        ("甲", Decimal("98000.00")),
        ("乙", Decimal("50000.00")),
    ]
    assert [target.target_printed for target in sheets.targets] == ["≥1项", "≥1项"]


def test_a_listed_project_goes_on_over_a_page() -> None:
    blank: list[str | None] = ["", "", "", "产出指标", "质量指标", "三", "≥", "2", "项"]
    grid = table([LIST_HEAD, listed("甲", "9", "一"), blank, listed("乙", "5", "二")],
                 "项目支出绩效目标表|单位：万元", pages=[1, 1, 2, 2])  # fmt: skip

    sheets, _ = read(grid)

    assert [target.sheet_id for target in sheets.targets] == ["1/1", "1/1", "1/2"]
    assert (sheets.sheets[0].first_page, sheets.sheets[0].last_page) == (1, 2)


def test_a_name_printed_after_the_page_break_owns_the_rows_before_it() -> None:
    blank: list[str | None] = ["", "", "", "产出指标", "质量指标", "三", "≥", "2", "项"]
    grid = table([LIST_HEAD, listed("甲", "9", "一"), blank, listed("乙", "5", "二")],
                 "项目支出绩效目标表|单位：万元", pages=[1, 1, 1, 2])  # fmt: skip

    sheets, _ = read(grid)

    assert [target.sheet_id for target in sheets.targets] == ["1/1", "1/2", "1/2"]


def cut(grid: Grid, *places: tuple[int, int]) -> Grid:
    """The grid with the cells at these rows and columns left open by a page break."""
    cells = tuple(replace(cell, open_below=(cell.row, cell.column) in places) for cell in grid.cells)
    return replace(grid, cells=cells)


def test_projects_of_one_name_are_told_apart_by_their_money() -> None:
    """A project that several units have: the name's cell covers the rows of each."""
    grid = table([LIST_HEAD, listed("甲", "9", "一"), ["^", *listed("", "5", "二")[1:]], listed("乙", "1", "三")],
                 "项目支出绩效目标表|单位：万元")  # fmt: skip
    sheets, _ = read(grid)

    assert [(s.project_name, s.amount) for s in sheets.sheets] == [("甲", 90000), ("甲", 50000), ("乙", 10000)]
    assert [target.sheet_id for target in sheets.targets] == ["1/1", "1/2", "1/3"]


def test_where_rules_tell_what_a_page_break_cuts_a_closed_project_ends_there() -> None:
    """The name of the second is printed on a third page; without the rules its rows would be the first's."""
    blank: list[str | None] = ["", "", "", "产出指标", "质量指标", "二", "≥", "2", "项"]
    grid = table([LIST_HEAD, listed("甲", "9", "一"), blank, listed("乙", "5", "三")],
                 "项目支出绩效目标表|单位：万元", pages=[1, 1, 2, 3])  # fmt: skip
    sheets, _ = read(cut(grid, (3, 1), (3, 2), (3, 3)))

    assert [(s.project_name, s.amount) for s in sheets.sheets] == [("甲", 90000), ("乙", 50000)]
    assert [target.sheet_id for target in sheets.targets] == ["1/1", "1/2", "1/2"]


def test_a_name_cut_by_a_page_break_is_one_and_a_line_printed_on_both_pages_stands_once() -> None:
    head, tail = listed("11000022T000000445578-道路\n养护", "9", "一"), listed("养护\n工程", "", "二")
    grid = table([LIST_HEAD, head, tail], "项目支出绩效目标表|单位：万元", pages=[1, 1, 2])
    wrapped = tuple(replace(cell, text=cell.text.replace("\n", "")) for cell in grid.cells)
    sheets, _ = read(replace(grid, cells=wrapped))

    assert [(s.project_name, s.amount) for s in sheets.sheets] == [("道路养护工程", 90000)]


def test_a_budget_table_with_a_column_of_goals_is_no_sheet() -> None:
    head = ["支出项目类别", "总计", "财政拨款", "绩效目标"]

    assert is_sheet(table([head, ["某项目", "1.00", "1.00", "做好"]], "项目支出预算表")) is None


def test_a_whole_department_form_is_told_by_its_title() -> None:
    grid = table([["部门名称", "某局", None, None], HEAD[1:], ONE[1:]], "部门整体支出绩效目标表")

    assert is_sheet(grid) == "department_performance"


def test_the_target_is_this_years_where_one_heading_spans_earlier_years_too() -> None:
    """指标值 over 前年 | 上年 | 预计当年实现: the value of the year before last was published as the target."""
    head: list[str | None] = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", None, None]
    grid = table(
        [
            ["项目名称", "某项目", None, None, None, None, None],
            head,
            ["^", "^", "^", "^", "前年", "上年", "预计当年实现"],
            ["^", "产出指标", "数量指标", "发放人数", "410人", "420人", "≥430人"],
        ],
        "项目支出绩效目标表",
    )

    sheets, roles = read(grid)

    assert [(target.indicator, target.target_printed) for target in sheets.targets] == [("发放人数", "≥430人")]
    assert [c.text for c in grid.cells if c.text and roles.of(c) == "finding"] == []


def test_a_heading_that_spans_earlier_years_alone_gives_no_target() -> None:
    head: list[str | None] = ["一级指标", "二级指标", "三级指标", "指标值", None]
    grid = table([head, ["^", "^", "^", "前年", "上年"], ["产出指标", "数量指标", "发放人数", "410人", "420人"]])

    sheets, _ = read(grid)

    assert [target.target_printed for target in sheets.targets] == []


def test_a_list_that_calls_its_money_the_years_budget_has_totals() -> None:
    """年度预算（万元）, and 单位编码 before the name: no total was read, and the codes were left over."""
    head: list[str | None] = [
        "单位编码", "单位（项目）名称", "年度预算（万元）", "年度绩效目标",
        "一级指标", "二级指标", "三级指标", "指标值",
    ]  # fmt: skip
    grid = table(
        [head, ["101001", "某项目", "854.00", "做好。", "产出指标", "数量指标", "批次", "≥6500批次"]], "绩效目标表"
    )

    sheets, roles = read(grid)

    assert [sheet.amount for sheet in sheets.sheets] == [Decimal("8540000.00")]
    assert [c.text for c in grid.cells if c.text and roles.of(c) == "finding"] == []


def test_a_part_of_the_years_money_may_stand_beside_its_total() -> None:
    """当年预算（万元） | 2079.00 | 其中：区级支出 | 2079.00 in one row: the part was left over."""
    row: list[str | None] = ["当年预算（万元）", "2079.00", "其中：区级支出", "1000.00"]
    sheets, _ = read(table([["项目名称", "某项目", None, None], row, HEAD[1:], ONE[1:]], "绩效目标表|单位：万元"))

    assert (sheets.sheets[0].annual.total, sheets.sheets[0].annual.local) == (Decimal("20790000"), Decimal("10000000"))


def test_the_unit_in_a_labels_own_brackets_is_its_amounts() -> None:
    row: list[str | None] = ["当年预算（万元）", "2079.00", None, None]
    sheets, _ = read(table([["项目名称", "某项目", None, None], row, HEAD[1:], ONE[1:]]))

    assert sheets.sheets[0].annual.total == Decimal("20790000")


def test_names_of_levels_that_no_vocabulary_knows_are_labels_in_their_column() -> None:
    grid = form(["^", "投入管理指标", "工作目标管理", "目标相关性", "相关"])

    sheets, roles = read(grid)

    assert [(each.level1, each.level2) for each in sheets.targets] == [("投入管理指标", "工作目标管理")]
    assert [c.text for c in grid.cells if c.text and roles.of(c) == "finding"] == []


def test_a_row_of_column_numbers_and_a_units_own_row_are_no_projects_of_a_list() -> None:
    """单位名称、项目名称: the row 1 2 3 … and the unit's row were projects without money, and each had a warning."""
    head: list[str | None] = [
        "单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位",
        "指标属性", "指标内容",
    ]  # fmt: skip
    grid = table(
        [
            head,
            [str(number) for number in range(1, 11)],
            ["某某局", *[""] * 9],
            ["产业扶持", "做好。", "产出指标", "数量指标", "项目个数", ">=", "4", "个", "定量指标", "反映项目个数"],
        ],
        "部门项目支出绩效目标表",
    )

    sheets, roles = read(grid)

    assert [(sheet.project_name, sheet.unit_name) for sheet in sheets.sheets] == [("产业扶持", "某某局")]
    assert [target.target_printed for target in sheets.targets] == [">=4个"]
    assert sheets.findings == ()
    assert [c.text for c in grid.cells if c.text and roles.of(c) == "finding"] == []


def test_a_form_may_print_its_money_right_beside_its_heading() -> None:
    """项目资金（万元） | 244.0, and 预算数 | 77.00 | 其中：财政资金 | 77.00."""
    rows: list[list[str | None]] = [
        ["项目名称", "某项目", None, None, None],
        ["项目资金（万元）", "244.0", None, None, None],
    ]
    sheets, _ = read(table([*rows, HEAD, ["", *ONE[1:]]]))
    assert sheets.sheets[0].annual.total == Decimal("2440000")

    rows[1] = ["预算规模及资金用途", "预算数", "77.00", "其中：财政资金", "70.00"]
    sheets, _ = read(table([*rows, HEAD, ["", *ONE[1:]]], "绩效目标表|单位：万元"))
    assert (sheets.sheets[0].annual.total, sheets.sheets[0].annual.fiscal) == (Decimal("770000"), Decimal("700000"))


def test_a_whole_department_form_says_its_money_behind_the_labels_in_one_cell() -> None:
    """资金总额：2809.55 in one cell, under 按收入性质分：, was no figure."""
    grid = table(
        [
            ["部门名称", "某局", None, None],
            ["年度预算申请", "资金总额：2809.55", None, None],
            ["^", "按收入性质分：", None, "按支出性质分："],
            ["^", "其中：一般公共预算：2809.55", None, "其中：基本支出：2271.37"],
            ["部门职能职责描述", "协助组织会议。", None, None],
            HEAD[1:],
            ONE[1:],
        ],
        "部门整体支出绩效目标表|单位：万元",
    )

    sheets, roles = read(grid)

    department = sheets.departments[0]
    assert [(figure.attribute, figure.value) for figure in department.figures] == [
        ("资金总额", Decimal("28095500")), ("一般公共预算", Decimal("28095500")), ("基本支出", Decimal("22713700")),
    ]  # fmt: skip
    assert ("部门职能职责描述", "协助组织会议。") in department.texts
    assert [c.text for c in grid.cells if c.text and roles.of(c) == "finding"] == []


def test_amounts_of_earlier_years_in_the_whole_department_form_are_told_as_such() -> None:
    """近两年收支金额 beside 当年金额: last year's 基本支出 was this year's, and 2023年 a count of 2023 years."""
    grid = table(
        [
            ["部门名称", "某局", None, None, None],
            ["总体资金情况", "当年金额", "占比", "近两年收支金额", None],
            ["^", "^", "^", "2023年", "2024年"],
            ["基本支出", "784.20", "19.34%", "729.31", "760.67"],
            ["一级指标", "二级指标", "三级指标", "指标值", None],
            ["产出指标", "数量指标", "人数", "≥10人", None],
        ],
        "部门整体绩效目标表|单位：万元",
    )

    sheets, _ = read(grid)

    assert [(figure.attribute, figure.value) for figure in sheets.departments[0].figures] == [
        ("基本支出/当年金额", Decimal("7842000")), ("基本支出/占比", Decimal("19.34")),
        ("基本支出/近两年收支金额/2023年", Decimal("7293100")),
        ("基本支出/近两年收支金额/2024年", Decimal("7606700")),
    ]  # fmt: skip


def test_a_table_without_headings_goes_on_from_the_sheet_before_it() -> None:
    more = table([["效益指标", "社会效益", "满意", "提高"]], table_no=2, pages=[2])

    assert kinds_of([form(ONE), more]) == {1: "project_performance", 2: "project_performance"}


def test_amounts_are_exact_and_a_dash_is_zero() -> None:
    assert amount("4,192.53", "万元") == Decimal("41925300.00")
    assert amount("—", "万元") == Decimal("0.00")
    assert amount("100000万元", "元") == Decimal("1000000000.00")
    assert amount("100", None) is None


def test_a_unit_stands_in_brackets_or_after_its_label() -> None:
    assert unit_in(["项目资金(元)"]) == "元"
    assert unit_in(["预算数（单位：万元）"]) == "万元"
    assert unit_in(["项目名称"]) is None


def test_a_stamp_becomes_a_time_and_an_impossible_one_none() -> None:
    assert filed_at("20251028154716") == "2025-10-28T15:47:16"
    assert filed_at("20251328") is None


def test_a_code_before_a_name_is_split_off() -> None:
    assert split_code("006-某县委组织部") == ("006", "某县委组织部")
    assert split_code("西安市公安局") == (None, "西安市公安局")


# --- the Zezhou disclosure against the reviewed truth --------------------------------------------------------------


def zezhou_sheets() -> Sheets:
    return read_sheets(zezhou(), zezhou().grids, Roles())


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(int(value)) if isinstance(value, Decimal) and value % 1 == 0 else str(value)


def field_of(sheet: ProjectSheet, name: str) -> str:
    row = sheet.row()
    if name in row:
        return shown(row[name])
    return shown(row[f"{name}_amount"]) if f"{name}_amount" in row else shown(getattr(sheet, name))


def test_zezhou_has_every_field_of_its_26_project_sheets() -> None:
    truth = expected("zezhou_sheets.csv")

    read_back = [{name: field_of(sheet, name) for name in truth[0]} for sheet in zezhou_sheets().sheets]

    assert read_back == truth


def test_zezhou_sheets_add_up_to_the_published_total() -> None:
    assert sum(sheet.amount or 0 for sheet in zezhou_sheets().sheets) == Decimal("34868599.00")


def test_zezhou_has_every_indicator_on_both_halves() -> None:
    truth = expected("zezhou_targets.csv")
    sheets = zezhou_sheets()
    names = {sheet.sheet_id: sheet.project_name for sheet in sheets.sheets}

    read_back = [
        {name: shown(getattr(t, name, names.get(t.sheet_id or ""))) for name in truth[0]} for t in sheets.targets
    ]

    def order(row: dict[str, str]) -> tuple[int, str, int]:
        return int(row["table_no"]), row["term"], int(row["target_no"])

    assert sorted(read_back, key=order) == sorted(truth, key=order)


def test_zezhou_whole_department_form_has_its_funds_and_head_counts() -> None:
    figures = {figure.attribute: figure.value for figure in zezhou_sheets().departments[0].figures}

    assert figures["核定的人员编制数"] == 50
    assert figures["按资金来源划分/一般公共预算资金"] == Decimal("41925300.00")
    assert figures["按资金方向划分/项目支出"] == Decimal("34868600.00")
    assert len(figures) == 15


def test_no_cell_of_zezhou_sheets_is_left_over() -> None:
    assert zezhou_sheets().findings == ()


def test_a_page_whose_columns_could_not_be_told_was_as_many_projects_as_it_has_rows() -> None:
    """Extraction gives such a page row by row; each row was a project by the name of all that stands in it."""
    whole: list[str | None] = [None] * (len(LIST_HEAD) - 1)
    run_together: list[list[str | None]] = [[f"甲9.8做好。产出指标数量指标{kind}≥1项", *whole] for kind in "一二三"]
    grid = table(
        [*run_together, LIST_HEAD, listed("乙", "5", "四")], "项目支出绩效目标表|单位：万元", pages=[1, 1, 1, 2, 2]
    )

    sheets, roles = read(grid)

    assert [(each.project_name, each.amount) for each in sheets.sheets] == [("乙", Decimal("50000.00"))]
    (finding,) = sheets.findings
    assert finding.code == "sheet_columns_untold"
    assert finding.zh.startswith("第1页的绩效目标表")
    assert len(finding.cell_ids) == 3
    assert {roles.of(cell) for cell in grid.cells if cell.page == 1 and cell.text} == {"finding"}
