"""What a row is: its codes however they are printed, its names, and what the rows above it opened."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.normalize.grids import Sheet, figures, read

TITLE = "部门支出总体情况表"
CODED = ("subject_code", "subject_name", "subject_level", "code_source")


def coded(sheet: Sheet, title: str = TITLE) -> list[tuple[object, ...]]:
    """Code, name, level and source of the codes, row by row."""
    return [row[1:] for row in figures(sheet, title, *CODED)]


HEAD = ("科目编码", "科目名称", "合计")
THREE = [
    ("201", "一般公共服务支出", "类", "printed"),
    ("20126", "档案事务", "款", "printed"),
    ("2012604", "档案馆", "项", "printed"),
]


# --- however the code is printed, it is the same --------------------------------------------------------------------


def test_a_code_in_one_column() -> None:
    sheet = (HEAD, ("201", "一般公共服务支出", "1.00"), ("20126", "档案事务", "1.00"), ("2012604", "档案馆", "1.00"))
    assert coded(sheet) == THREE


def test_a_last_part_where_whole_codes_stand_is_what_its_name_says() -> None:
    """201, below it 29, below that 01: no row had a code, and every sum of the table was said to fail."""
    rows = (
        ("208", "社会保障和就业支出"),
        ("05", "行政事业单位养老支出"),
        ("06", "机关事业单位职业年金缴费支出"),
        ("10", "社会福利"),
    )
    assert [row[0] for row in coded((HEAD, *((*row, "1.00") for row in rows)))] == ["208", "20805", "2080506", "20810"]


def test_a_last_part_of_which_nothing_tells_the_level_gives_no_code() -> None:
    rows = ("201", "一般公共服务支出"), ("26", "档案事务"), ("77", "没有人知道的事项")
    _, facts = read((HEAD, *((*row, "1.00") for row in rows)), TITLE)
    assert [row["subject_code"] for row in facts.rows] == ["201", "20126", None]
    assert [finding.code for finding in facts.findings] == ["unknown_item"]


def test_two_digits_below_an_economic_class_are_its_item() -> None:
    head = ("经济分类科目编码", "科目名称", "合计")
    rows = ("301", "工资福利支出"), ("01", "基本工资"), ("02", "津贴补贴"), ("302", "商品和服务支出"), ("01", "办公费")
    sheet = (head, *((*row, "1.00") for row in rows))
    found = [row[1] for row in figures(sheet, "一般公共预算基本支出表", "economic_code")]
    assert found == ["301", "30101", "30102", "302", "30201"]


SPLIT_HEAD: Sheet = (("功能科目编码", "<", "<", "功能科目名称", "合计"), ("类", "款", "项", "^", "^"))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((("201", "", ""), ("201", "26", ""), ("201", "26", "04")), id="whole in every row"),
        pytest.param((("201", "", ""), ("", "26", ""), ("", "", "04")), id="only the last part"),
        pytest.param((("201", "", ""), ("201", "20126", ""), ("201", "20126", "2012604")), id="repeated"),
    ],
)
def test_a_code_split_over_three_columns(rows: Sequence[tuple[str, str, str]]) -> None:
    names = ("一般公共服务支出", "档案事务", "档案馆")
    sheet = (*SPLIT_HEAD, *((*parts, name, "1.00") for parts, name in zip(rows, names, strict=True)))
    assert coded(sheet) == THREE


def test_a_lone_part_is_of_the_level_of_its_column() -> None:
    """Below 213 | 01 | 22 an 05 in the column of 款 is 21305; it was published as 2130105."""
    parts = ("213", "", ""), ("", "01", ""), ("", "", "22"), ("", "05", ""), ("", "", "04"), ("221", "", "")
    names = (
        "农林水支出",
        "农业农村",
        "农业生产发展",
        "巩固脱贫攻坚成果衔接乡村振兴",
        "农村基础设施建设",
        "住房保障支出",
    )
    sheet = (*SPLIT_HEAD, *((*part, name, "1.00") for part, name in zip(parts, names, strict=True)))
    assert [row[0] for row in coded(sheet)] == ["213", "21301", "2130122", "21305", "2130504", "221"]


def test_a_lone_item_below_an_economic_class_is_one_of_that_class() -> None:
    head: Sheet = (("经济科目编码", "<", "经济科目名称", "合计"), ("类", "款", "^", "^"))
    rows = (("301", "", "工资福利支出"), ("", "01", "基本工资"), ("", "02", "津贴补贴"), ("302", "", "商品和服务支出"),
            ("", "01", "办公费"))  # fmt: skip
    found = figures((*head, *((*row, "1.00") for row in rows)), "一般公共预算基本支出情况表", "economic_code")
    assert [row[-1] for row in found] == ["301", "30101", "30102", "302", "30201"]


def test_a_code_that_is_no_class_beside_a_departments_name_is_the_departments() -> None:
    """218 某某市交通运输局 among the subjects was published as the class 218."""
    sheet = (
        ("科目编码", "单位（科目）名称", "合计"),
        ("218", "某某市交通运输局", "2.00"),
        ("214", "交通运输支出", "2.00"),
    )
    assert [row[0] for row in coded(sheet)] == [None, "214"]


def test_a_class_beside_another_subjects_name_is_no_unit() -> None:
    """213 and 21307 changed places: 213 农村综合改革 was read as a unit, and twelve findings told of it."""
    sheet = (
        ("科目编码", "单位（科目）名称", "合计"),
        ("21307", "农林水支出", "2.00"),
        ("213", "农村综合改革", "2.00"),
    )
    assert [row[0] for row in coded(sheet)] == ["21307", "213"]


def test_split_codes_under_a_merged_class_go_on() -> None:
    sheet = (*SPLIT_HEAD, ("201", "26", "01", "行政运行", "1.00"), ("^", "^", "04", "档案馆", "1.00"))
    assert [row[0] for row in coded(sheet)] == ["2012601", "2012604"]


@pytest.mark.parametrize("form", ["[{}]{}", "{}-{}", "{}{}", "（{}）{}", "{} {}"])
def test_a_code_and_a_name_in_one_cell(form: str) -> None:
    names = (("201", "一般公共服务支出"), ("20126", "档案事务"), ("2012604", "档案馆"))
    sheet = (("科目名称", "合计"), *((form.format(*name), "1.00") for name in names))
    assert coded(sheet) == THREE


def test_a_code_and_a_name_in_one_cell_under_a_merged_heading() -> None:
    sheet = (("功能分类科目", "<", "合计"), ("201", "一般公共服务支出", "1.00"), ("20126", "档案事务", "1.00"))
    assert coded(sheet) == THREE[:2]


def test_a_code_printed_with_blanks_is_whole() -> None:
    sheet = (HEAD, ("2 01", "一般公共服务支出", "1.00"), ("201 26", "档案事务", "1.00"))
    assert [row[0] for row in coded(sheet)] == ["201", "20126"]


@pytest.mark.parametrize("mark", [".", "．", "-", "·"])
def test_a_code_whose_parts_are_set_apart_by_marks_is_whole(mark: str) -> None:
    """208.05.01 was read as 208 with the rest of the code as its name."""
    rows = (("208", "社会保障和就业支出"), (f"208{mark}05", "养老支出"), (f"208{mark}05{mark}01", "行政单位离退休"))
    facts = coded((HEAD, *((code, name, "1.00") for code, name in rows)))
    assert [fact[0] for fact in facts] == ["208", "20805", "2080501"]


def test_a_code_of_another_length_is_a_label_and_no_code() -> None:
    """A unit's code, or one cut short: nothing is guessed."""
    _, facts = read((HEAD, ("2012", "档案事务", "1.00")), TITLE)
    assert [row["subject_code"] for row in facts.rows] == [None]


def test_the_first_figure_of_a_code_tells_its_scheme_where_the_heading_does_not() -> None:
    sheet = (("科目编码", "科目名称", "合计"), ("301", "工资福利支出", "1.00"), ("30101", "基本工资", "1.00"))
    rows = figures(sheet, "一般公共预算基本支出表", "economic_code", "economic_name", "subject_code")
    assert rows == [("1.00", "301", "工资福利支出", None), ("1.00", "30101", "基本工资", None)]


# --- names without codes --------------------------------------------------------------------------------------------

SUMMARY: Sheet = (
    ("收入", "<", "支出", "<"),
    ("项目", "预算数", "项目", "预算数"),
)


def test_a_class_without_a_code_has_the_reference_code() -> None:
    sheet = (*SUMMARY, ("", "", "一、一般公共服务支出", "1.00"), ("", "", "八、社会保障和就业支出", "2.00"))
    assert coded(sheet, "部门收支总体情况表") == [
        ("201", "一般公共服务支出", "类", "reference"),
        ("208", "社会保障和就业支出", "类", "reference"),
    ]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("一、一般公共服务支出", "201"), ("（一）一般公共服务支出", "201"), ("1.一般公共服务支出", "201"),
        ("一般公共服务支出", "201"),
        ("四、公共安全支出", "204"), ("五、教育支出", "205"), ("七、文化旅游体育与传媒支出", "207"),
        ("七、文化体育与传媒支出", "207"),
        ("九、医疗卫生与计划生育支出", "210"), ("十、卫生健康支出", "210"), ("十四、资源勘探工业信息等支出", "215"),
        ("二十、住房保障支出", "221"),
        ("十九、自然资源海洋气象等支出", "220"), ("二十一、灾害防治及应急管理支出", "224"), ("二十三、预备费", "227"),
    ],
)  # fmt: skip
def test_classes_are_known_by_their_names_old_and_new(label: str, code: str) -> None:
    assert coded((*SUMMARY, ("", "", label, "1.00")), "收支总表") == [(code, coded_name(label), "类", "reference")]


def coded_name(label: str) -> str:
    for mark in ("、", "）", "."):
        label = label.rpartition(mark)[2]
    return label


def test_an_item_without_a_code_is_known_within_the_class_above_it() -> None:
    """行政运行 is an item of many 款; the code above it tells which."""
    sheet = (HEAD, ("20131", "党委办公厅（室）及相关机构事务", "1.00"), ("", "行政运行", "1.00"),
    ("20805", "行政事业单位养老支出", "2.00"),
             ("", "行政单位离退休", "2.00"))  # fmt: skip
    assert [row[0] for row in coded(sheet)] == ["20131", "2013101", "20805", "2080501"]


def test_an_economic_name_without_a_code_has_the_reference_code_of_both_schemes() -> None:
    sheet = (
        ("部门预算支出经济分类科目", "政府预算支出经济分类科目", "合计"),
        ("工资福利支出", "", "3.00"),
        ("基本工资", "工资奖金津补贴", "1.00"),
        ("住房公积金", "住房公积金", "2.00"),
    )
    rows = figures(
        sheet, "一般公共预算安排基本支出分经济科目表", "economic_code", "government_economic_code", "code_source"
    )
    assert rows == [
        ("3.00", "301", None, "reference"),
        ("1.00", "30101", "50101", "reference"),
        ("2.00", "30113", "50103", "reference"),
    ]


def test_an_economic_name_of_several_classes_is_known_by_the_class_above_it() -> None:
    """办公设备购置 stands under 资本性支出 (310); 其他支出 under several."""
    sheet = (
        ("部门预算支出经济分类科目", "合计"), ("商品和服务支出", "3.00"), ("办公费", "1.00"),
        ("对个人和家庭的补助", "2.00"), ("退休费", "2.00"),
        ("资本性支出", "1.00"), ("办公设备购置", "1.00"),
    )  # fmt: skip
    rows = figures(sheet, "一般公共预算基本支出表", "economic_code")
    assert [row[1] for row in rows] == ["302", "30201", "303", "30302", "310", "31002"]


def test_a_name_that_no_table_knows_has_no_code_and_is_a_finding_that_names_it() -> None:
    _, facts = read((*SUMMARY, ("", "", "某某特别支出", "1.00")), "收支总表")
    assert [row["subject_code"] for row in facts.rows] == [None]
    (finding,) = facts.findings
    assert finding.code == "unknown_item"
    assert "某某特别支出" in finding.zh
    assert "items.yaml" in finding.en


# --- totals, parts, types -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["合计", "合 计", "总计", "小计", "支出总计", "本年支出合计", "支出合计"])
def test_a_total_row_is_a_total_and_has_no_code(label: str) -> None:
    assert coded((HEAD, (label, "", "1.00"), ("201", "一般公共服务支出", "1.00"))) == [
        (None, None, "total", None),
        THREE[0],
    ]


def test_a_total_over_code_and_name_is_a_total() -> None:
    sheet = (HEAD, ("合计", "<", "1.00"), ("201", "一般公共服务支出", "1.00"))
    assert figures(sheet, TITLE, "item", "subject_level")[0] == ("1.00", "合计", "total")


def test_the_item_is_the_label_as_printed() -> None:
    sheet = (*SUMMARY, ("一、一般公共预算", "1.00", "一、一般公共服务支出", "2.00"))
    assert [row[1] for row in figures(sheet, "收支总表", "item")] == ["一、一般公共预算", "一、一般公共服务支出"]


def test_an_of_which_row_is_a_part_of_the_row_above_it() -> None:
    sheet = (
        *SUMMARY,
        ("一、财政拨款收入", "3.00", "", ""),
        ("其中：一般公共预算拨款", "2.00", "", ""),
        ("政府性基金预算拨款", "1.00", "", ""),
    )
    assert [row[1] for row in figures(sheet, "收支总表", "fund")] == [
        "fiscal_appropriation",
        "general_public_budget",
        "government_fund",
    ]


def test_an_of_which_row_with_a_name_of_its_own_keeps_the_fund_of_the_row_above() -> None:
    sheet = (*SUMMARY, ("四、事业收入", "3.00", "", ""), ("其中：某某收费", "2.00", "", ""))
    assert [row[1] for row in figures(sheet, "收支总表", "fund")] == ["business_revenue", "business_revenue"]


def test_a_row_that_names_a_type_of_expenditure_has_it_and_no_code() -> None:
    sheet = (*SUMMARY, ("", "", "一、基本支出", "3.00"), ("", "", "人员经费", "2.00"), ("", "", "二、项目支出", "1.00"))
    rows = figures(sheet, "收支总表", "expenditure_type", "subject_code")
    assert rows == [("3.00", "basic", None), ("2.00", "personnel", None), ("1.00", "project", None)]


BY_CLASS: Sheet = (
    ("支出", "<"),
    ("部门预算支出经济分类科目（按大类）", "预算数"),
    ("一、人员经费和公用经费支出", "9.00"),
)


def test_an_older_name_of_a_class_among_classes_is_the_class() -> None:
    """其他资本性支出 is 31099 today; beside 301, 302 and 303 it was taken for that 款."""
    sheet = (*BY_CLASS, ("工资福利支出", "5.00"), ("对个人和家庭的补助", "3.00"), ("其他资本性支出", "1.00"))
    rows = figures(sheet, "政府性基金收支表", "economic_code", "economic_name")
    assert rows[1:] == [
        ("5.00", "301", "工资福利支出"), ("3.00", "303", "对个人和家庭的补助"), ("1.00", "310", "其他资本性支出"),
    ]  # fmt: skip


def test_an_older_name_of_a_class_below_todays_class_is_its_item() -> None:
    head = ("经济科目名称", "预算数")
    sheet = (head, ("资本性支出", "3.00"), ("办公设备购置", "2.00"), ("其他资本性支出", "1.00"))
    assert [row[1] for row in figures(sheet, "一般公共预算基本支出表", "economic_code")] == ["310", "31002", "31099"]
    flat = (head, ("商品和服务支出", "3.00"), ("办公费", "2.00"), ("其他资本性支出", "1.00"))
    assert [row[1] for row in figures(flat, "一般公共预算基本支出表", "economic_code")] == ["302", "30201", "31099"]


def test_what_is_carried_forward_is_no_subject_in_whatever_column_it_stands() -> None:
    sheet = (*BY_CLASS, ("工资福利支出", "5.00"), ("结转下年", "1.00"))
    rows = figures(sheet, "政府性基金收支表", "item", "economic_name", "economic_code")
    assert rows[2] == ("1.00", "结转下年", None, None)


@pytest.mark.parametrize("kind", ["全额", "差额", "差额拨款单位", "自收自支事业单位"])
def test_units_added_up_by_how_they_are_financed_are_no_unit(kind: str) -> None:
    sheet = (
        ("单位编码", "单位（项目）名称", "项目金额"),
        ("", "合计", "9.00"),
        ("263001", "示例市商务局", "4.00"),
        ("", "会展补助", "4.00"),
        ("2", kind, "5.00"),
        ("263002", "示例市电商中心", "5.00"),
        ("", "平台运维", "5.00"),
    )
    rows = figures(sheet, "专项业务经费支出表", "item", "unit_name", "project_name")
    assert rows[3] == ("5.00", kind, None, None)
    assert rows[2][2:] == ("示例市商务局", "会展补助")
    assert rows[5][2:] == ("示例市电商中心", "平台运维")


def test_a_name_as_printed_keeps_its_brackets_and_quotes() -> None:
    sheet = (HEAD, ("2013699", "其他共产党事务支出（“两新”）", "1.00"))
    assert coded(sheet) == [("2013699", "其他共产党事务支出（“两新”）", "项", "printed")]


def test_a_label_begun_in_a_row_above_goes_on_for_the_rows_it_covers() -> None:
    sheet = (
        ("单位名称", *HEAD),
        ("局本级", "201", "一般公共服务支出", "1.00"),
        ("^", "208", "社会保障和就业支出", "2.00"),
    )
    assert [row[1:] for row in figures(sheet, TITLE, "unit_name", "subject_code")] == [
        ("局本级", "201"),
        ("局本级", "208"),
    ]


def test_items_whose_class_is_not_repeated_beside_them_had_no_code() -> None:
    """301 | blank, below it blank | 01: the parts of an economic code were told of no scheme."""
    sheet = (
        ("科目编码", "<", "科目名称", "合计"),
        ("类", "款", "^", "^"),
        ("301", "", "工资福利支出", "5.00"),
        ("", "01", "基本工资", "5.00"),
        ("302", "", "商品和服务支出", "4.00"),
        ("", "28", "工会经费", "4.00"),
    )
    found = figures(sheet, "一般公共预算基本支出表", "economic_code", "economic_name")
    assert [row[1] for row in found] == ["301", "30101", "302", "30228"]


def test_a_code_in_brackets_behind_its_name_was_part_of_the_name() -> None:
    sheet = (("科目", "合计", "基本支出"), ("行政运行（2012601）", "9.00", "9.00"), ("档案馆(2012604)", "9.00", "9.00"))
    found = coded(sheet)
    assert found[0] == ("2012601", "行政运行", "项", "printed")
    assert found[2] == ("2012604", "档案馆", "项", "printed")


@pytest.mark.parametrize("name", ["运转类项目支出", "二、运转类项目"])
def test_what_is_part_basic_and_part_project_was_project(name: str) -> None:
    """公用经费 and 其他运转类项目 together."""
    sheet = (("收入", "<", "支出", "<"), ("项目", "预算数", "项目", "预算数"), ("事业收入", "1.00", name, "9.00"))
    assert figures(sheet, "部门收支预算总表", "expenditure_type")[1] == ("9.00", "total")


def test_a_numbered_item_below_its_numbered_heading_had_no_code() -> None:
    sheet = (
        ("项目", "合计"),
        ("一、住房保障支出", "9.00"),
        ("（一）住房改革支出", "9.00"),
        ("1.住房公积金", "6.00"),
        ("2.购房补贴", "3.00"),
    )
    assert [row[0] for row in coded(sheet)] == ["221", "22102", "2210201", "2210203"]


def test_the_rest_of_a_balances_distribution_was_money_of_other_revenue() -> None:
    """其他 behind 转入事业基金 is what else the balance goes to."""
    sheet = (
        ("收入", "<", "支出", "<"),
        ("项目", "决算数", "项目", "决算数"),
        ("事业收入", "9.00", "结余分配", "3.00"),
        ("", "", "转入事业基金", "2.00"),
        ("", "", "其他", "1.00"),
    )
    _, facts = read(sheet, "收入支出决算总表", is_final=True)
    assert [row["fund"] for row in facts.rows if row["side"] == "expenditure"] == ["total"] * 3
