"""Amounts of the text with a wrong digit, the direction of a change, procurement: on small made sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, subject
from tests.validate.test_texts import checks, said
from tests.validate.test_wording import told

FINAL = {"period": "budget", "side": "expenditure"}


def made(*figures: Row) -> Dataset:
    lines = [
        figure("general_budget_expenditure", 5, 1, 1, "1287.35", **subject("2080505", "养老保险缴费支出"), **FINAL),
        figure("general_budget_expenditure", 5, 2, 1, "46.21", **subject("2210201", "住房公积金"), **FINAL),
        figure("budget_summary", 1, 9, 2, "3210.10", item="收入总计", side="revenue", period="budget"),
    ]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, figures)}


@pytest.mark.parametrize("printed", ["1237.35", "1827.35", "12873.50"])
def test_an_amount_of_the_text_with_a_slip_in_it_is_put_beside_the_row_that_it_names(printed: str) -> None:
    """It was equal to no figure of the tables, and so it was compared with none."""
    (text,) = told(made(said(1, "养老保险缴费支出", "amount", printed)), "N01")
    assert "应等于 2080505 养老保险缴费支出 1,287.35 万元（第5页）" in text


@pytest.mark.parametrize(("name", "printed"), [("养老保险缴费支出", "1287.35"), ("住房公积金", "46.21")])
def test_an_amount_of_the_text_in_another_unit_is_put_beside_the_row_that_it_names(name: str, printed: str) -> None:
    """1287.35 元 for 1287.35 万元 was equal to no figure of the tables, and no slip of a digit away from one."""
    others = [said(number, "预算收入总计", "amount", "3210.10") for number in (2, 3)]
    (text,) = told(made(said(1, name, "amount", printed, unit="元"), *others), "N01")
    assert f"应为 {Decimal(printed):,} 万元，与所印只差金额单位" in text


def test_a_number_of_three_digits_in_another_unit_may_be_of_something_else() -> None:
    assert not told(made(said(1, "住房公积金", "amount", "46.2", unit="元")), "N01")


def test_the_total_of_revenue_is_known_by_the_words_that_a_text_has_for_it() -> None:
    assert told(made(said(1, "预算收入总计", "amount", "3310.10")), "N01")
    assert not told(made(said(1, "预算收入总计", "amount", "3210.10")), "N01")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("养老保险缴费支出", "1287.38"),  # as a text rounds in its own way
        ("养老保险缴费支出", "2246.71"),  # two digits and more: another amount was meant
        ("住房公积金", "86.21"),  # of a short number a slip is no sign
        ("退休费", "1237.35"),  # what no row is called
    ],
)
def test_an_amount_that_may_be_something_else_is_put_beside_nothing(name: str, printed: str) -> None:
    assert not told(made(said(1, name, "amount", printed)), "N01")


def agency(printed: str, table_id: str = "three_public_expenses", item: str = "行政经费") -> Dataset:
    """What the text says of agency operating expenses, beside a table's; another table prints the text's amount too."""
    lines = [
        figure(table_id, 8, 2, 2, "2614.19", item=item, period="budget", side="expenditure"),
        figure("basic_expenditure", 6, 9, 2, printed, item="公用经费", **FINAL),
    ]
    restated = {"restates_cell_id": lines[1]["cell_id"]}
    text = [said(1, "机关运行经费安排", "amount", printed, **restated)]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


@pytest.mark.parametrize(
    ("family", "table_id", "item"),
    [("N42", "three_public_expenses", "行政经费"), ("N43", "agency_operating_expenses", "合计")],
)
def test_agency_operating_expenses_are_those_of_the_table_whatever_else_prints_the_amount(
    family: str, table_id: str, item: str
) -> None:
    """The text's amount was put beside an equal one of the basic expenditure, and the table's beside nothing."""
    assert checks(agency("2614.19", table_id, item), family) == [(f"{family}/1", "exact")]
    (text,) = told(agency("2613.19", table_id, item), family)
    assert f"应等于 {item} 2,614.19 万元（第8页）" in text
    of_other_units = checks(agency("1820.05", table_id, item), family)
    assert of_other_units == [(f"{family}/1", "not_applicable")]


@pytest.mark.parametrize("name", ["省检察院本年收入预算合计", "市水利局预算收入总额"])
def test_a_total_under_the_departments_own_name_is_known(name: str) -> None:
    assert told(made(said(1, name, "amount", "3310.10")), "N01")


def test_a_funds_own_revenue_is_no_total() -> None:
    assert not told(made(said(1, "政府性基金收入预算合计", "amount", "3310.10")), "N01")


def procured(whole: str) -> Dataset:
    parts = (("货物类采购预算", "15.40"), ("工程类采购预算", "26.60"), ("服务类采购预算", "520.87"))
    text = [said(1, "2026年度政府采购预算总额", "amount", whole)]
    return made(*text, *(said(number, name, "amount", amount) for number, (name, amount) in enumerate(parts, 2)))


def test_procurement_is_goods_works_and_services() -> None:
    assert checks(procured("562.87"), "N26") == [("N26/1", "exact")]
    assert checks(procured("567.82"), "N26") == [("N26/1", "not_applicable")]  # two digits are no slip of the pen
    (text,) = told(procured("582.87"), "N26")
    assert (
        "应等于 货物类采购预算 15.40 万元 + 工程类采购预算 26.60 万元 + 服务类采购预算 520.87 万元 = 562.87 万元"
        in text
    )


def test_procurement_without_works_was_held_to_nothing() -> None:
    """Nor was that of all units (部门所属各单位政府采购总额), nor one that calls itself 总金额."""
    for name in ("部门所属各单位政府采购总额", "部门政府采购预算总金额"):
        text = [said(1, name, "amount", "186.00"), said(2, "政府采购货物预算", "amount", "40.60")]
        (explanation,) = told(made(*text, said(3, "政府采购服务预算", "amount", "140.00")), "N26")
        assert "应等于 政府采购货物预算 40.60 万元 + 政府采购服务预算 140.00 万元 = 180.60 万元" in explanation


@pytest.mark.parametrize("name", ["收支总预算", "收支预算总额", "收、支总计"])
def test_a_total_told_of_both_sides_at_once_was_compared_with_no_table(name: str) -> None:
    assert told(made(said(1, name, "amount", "3310.10")), "N01")


def test_the_appropriation_of_both_sides_was_compared_with_no_table() -> None:
    total = {"item": "收入总计", "side": "revenue", "period": "budget"}
    dataset = document([figure("appropriation_summary", 4, 9, 2, "1012.56", **total)])
    text = [said(1, "财政拨款收支总预算", "amount", "3012.56")]
    (explanation,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N01")
    assert "应等于 收入总计 1,012.56 万元（第4页）" in explanation


def test_basic_and_project_expenditure_of_the_text_were_compared_with_no_total() -> None:
    top = {**subject("total"), "side": "expenditure", "period": "budget", "expenditure_type": "project"}
    dataset = document([figure("expenditure_summary", 3, 3, 5, "506.00", **top)])
    text = [said(1, "项目支出", "amount", "506.10")]
    (explanation,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N01")
    assert "506.00 万元（第3页）" in explanation


def test_procurement_under_the_departments_own_name_was_held_to_nothing() -> None:
    text = [said(1, "某区水利局政府采购预算", "amount", "780.00"), said(2, "货物采购", "amount", "88.00")]
    assert told(made(*text, said(3, "工程采购", "amount", "620.00")), "N26")


@pytest.mark.parametrize("name", ["财政拨款收入预算总计", "财政拨款收入合计"])
def test_the_revenue_of_the_appropriation_was_compared_with_no_table(name: str) -> None:
    total = {"item": "收入总计", "side": "revenue", "period": "budget"}
    dataset = document([figure("appropriation_summary", 4, 9, 2, "21940.96", **total)])
    text = [said(1, name, "amount", "21,640.96")]
    (explanation,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N01")
    assert "应等于 收入总计 21,940.96 万元（第4页）" in explanation


def test_the_money_of_projects_with_targets_was_compared_with_no_total() -> None:
    """编报绩效目标的项目共5个，涉及项目预算资金660.05万元: 660.25 are spent on projects."""
    top = {**subject("total"), "side": "expenditure", "period": "budget", "expenditure_type": "project"}
    dataset = document([figure("general_budget_expenditure", 3, 3, 5, "660.25", **top)])
    text = [said(1, "编报绩效目标的项目涉及项目预算资金", "amount", "660.05")]
    (explanation,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N01")
    assert "660.25 万元（第3页）" in explanation


def changed(direction: str, rate: str) -> list[str]:
    return told(
        made(
            said(1, "支出总计", "amount", "4192.53"),
            said(2, "支出总计", "change", "126.22", direction=direction),
            said(3, "支出总计", "change", "3.10", "%", direction=rate),
        ),
        "N05",
    )


def test_a_change_and_a_rate_of_opposite_directions_are_told_as_such_with_the_one_that_fits() -> None:
    """It was told that -126.22 ÷ (4,192.53 + 126.22) is -2.92 %, which says nothing of what went wrong."""
    assert changed("increase", "increase") == []
    (fall,) = changed("decrease", "increase")
    assert "增减额说的是减少（126.22 万元），增减率说的却是增长（3.10%），方向相反；按增加 126.22 万元 计" in fall
    assert "reckoned as a rise of 126.22 ×10,000 yuan the rate is what is printed" in fall
    (rise,) = changed("increase", "decrease")
    assert "增减率说的却是下降（3.10%），方向相反；按增加 126.22 万元 计" in rise


def test_a_finding_names_the_pages_that_print_the_one_name_of_a_code_and_the_other() -> None:
    lines = [
        figure(table, number, 1, 1, "9.00", **subject("2010101", name))
        for number, (table, name) in enumerate(
            (
                ("revenue_summary", "行政运行"),
                ("expenditure_summary", "行政运行"),
                ("general_budget_expenditure", "行政运转"),
            ),
            start=2,
        )
    ]
    (row,) = [
        each for each in check_document(document(lines)).findings.to_pylist() if each["check_id"] == "S02/2010101"
    ]
    assert row["page"] == 4
    assert "第4页为“行政运转”" in row["explanation"]
    assert "第2、3页为“行政运行”" in row["explanation"]


def test_a_total_of_the_text_was_held_to_this_years_where_the_table_prints_no_grand_total() -> None:
    """The row 总计 was gone; what the text says of it is a digit away from 本年收入合计."""
    rows = (("本年收入合计", "9,759.38"), ("使用结余", "100.00"), ("收入总计", "9,859.38"))
    lines = [
        figure("budget_summary", 1, row, 2, amount, item=item, side="revenue", period="budget")
        for row, (item, amount) in enumerate(rows, start=9)
    ]
    text = to_arrow(NARRATIVE_FIGURES, [said(1, "预算收入总计", "amount", "9859.38")])
    assert told({**document(lines[:2]), "narrative_figures": text}, "N01") == []
    assert len(told({**document(lines[:1]), "narrative_figures": text}, "N01")) == 1
