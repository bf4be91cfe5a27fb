"""Subjects that a table tells in other ways than by a whole code beside a name."""

from __future__ import annotations

import pytest

from tests.normalize.grids import Sheet, figures, read

TITLE = "部门支出总表"
LEVELS: Sheet = (("功能分类", "<", "<", "合计"), ("类", "款", "项", "^"))


def codes(sheet: Sheet) -> list[tuple[object, ...]]:
    return figures(sheet, TITLE, "subject_code", year=2025)


def test_names_in_columns_of_levels_without_a_code_were_of_no_subject() -> None:
    """行政运行 is a 项 of many: which one the names of its 类 and 款 beside it tell, also where they stand above."""
    sheet = (
        *LEVELS,
        ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行", "7.00"),
        ("^", "^", "一般行政管理事务", "6.00"),
        ("", "财政事务", "行政运行", "5.00"),
        ("社会保障和就业支出", "行政事业单位养老支出", "事业单位离退休", "4.00"),
    )
    assert codes(sheet) == [("7.00", "2010301"), ("6.00", "2010302"), ("5.00", "2010601"), ("4.00", "2080502")]


def test_a_name_of_a_level_that_no_reference_knows_gives_no_code() -> None:
    _, facts = read((*LEVELS, ("一般公共服务支出", "某某事务", "行政运行", "7.00")), TITLE, year=2025)
    assert [row["subject_code"] for row in facts.rows] == [None]
    assert [finding.code for finding in facts.findings] == ["unknown_item"]


def test_a_part_of_a_code_that_has_lost_its_nought_made_another_code() -> None:
    """Spreadsheets keep 05 as a number: 208 | 5 | 5 was 20855."""
    sheet = (
        ("科目编码", "<", "<", "科目名称", "合计"),
        ("类", "款", "项", "^", "^"),
        ("208", "5", "", "行政事业单位养老支出", "9.00"),
        ("208", "5", "5", "机关事业单位基本养老保险缴费支出", "7.00"),
        ("208", "5", "99", "其他行政事业单位养老支出", "2.00"),
    )
    assert codes(sheet) == [("9.00", "20805"), ("7.00", "2080505"), ("2.00", "2080599")]


@pytest.mark.parametrize("printed", ["208.05.05", "208-05-05", "208/05/05"])
def test_a_code_whose_parts_are_set_apart_is_one(printed: str) -> None:
    """208/05/05 was the code 208."""
    name = "机关事业单位基本养老保险缴费支出"
    assert codes((("科目编码", "科目名称", "合计"), (printed, name, "7.00"))) == [("7.00", "2080505")]
    assert codes((("科目", "合计"), (f"{printed} {name}", "7.00"))) == [("7.00", "2080505")]


def test_a_subject_in_the_columns_of_units_was_a_unit() -> None:
    sheet = (
        ("单位代码", "单位名称（科目）", "合计"),
        ("101001", "某县教育局", "9.00"),
        ("2050101", "行政运行", "7.00"),
    )
    assert figures(sheet, TITLE, "subject_code", "unit_name", year=2025) == [
        ("9.00", None, "某县教育局"), ("7.00", "2050101", "某县教育局"),
    ]  # fmt: skip


def test_what_is_paid_out_of_one_budget_was_of_no_fund_among_the_subjects() -> None:
    sheet = (
        ("科目编码", "科目名称", "合计"),
        ("", "一般公共预算", "7.00"),
        ("2010301", "行政运行", "7.00"),
        ("", "政府性基金预算", "3.00"),
        ("2120804", "农村基础设施建设支出", "3.00"),
    )
    assert figures(sheet, TITLE, "fund", "subject_code", year=2025) == [
        ("7.00", "general_public_budget", None), ("7.00", "total", "2010301"),
        ("3.00", "government_fund", None), ("3.00", "total", "2120804"),
    ]  # fmt: skip
