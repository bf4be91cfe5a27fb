"""Figures of a table that stand in each other's place, as the text or another table tells."""

from __future__ import annotations

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from tests.validate.made import document, figure, source_table
from tests.validate.test_texts import checks, said
from tests.validate.test_wording import told

SPENT = {"side": "expenditure", "period": "budget"}
MEETINGS = "某院2026年度一般公共预算拨款安排的会议费预算支出"
TRAINING = "某院2026年度一般公共预算拨款安排的培训费预算支出"


def public(meetings: str, training: str, *figures: Row) -> Dataset:
    """A table whose columns are the items, and what the text says of two of them."""
    items = (("会议费", meetings), ("培训费", training))
    lines = [
        figure("three_public_expenses", 9, 4, column, amount, item=item, **SPENT)
        for column, (item, amount) in enumerate(items, start=8)
    ]
    text = figures or (said(1, MEETINGS, "amount", "158.44"), said(2, TRAINING, "amount", "700"))
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


def test_two_figures_that_changed_places_were_not_seen_where_only_the_text_speaks_of_them() -> None:
    """Their total is what it was, and the text's amounts stand in the table, though not as theirs."""
    assert told(public("158.44", "700.00"), "N75") == []
    (text,) = told(public("700.00", "158.44"), "N75")
    assert "《three_public_expenses》有两项的数看来互换了位置（或文字把两项的数说反了）" in text
    assert "“会议费”印为 700.00 万元，而第7页文字为 158.44 万元" in text
    assert "“培训费”印为 158.44 万元，而第7页文字为 700.00 万元" in text


@pytest.mark.parametrize(
    "figures",
    [
        (said(1, MEETINGS, "amount", "158.44"),),  # of the other the text says nothing
        (said(1, MEETINGS, "amount", "158.44"), said(2, TRAINING, "amount", "701")),
        tuple(
            said(n, name, "amount", amount, sentence="会议费、培训费分别为158.44万元、700万元。")
            for n, (name, amount) in enumerate(((MEETINGS, "158.44"), (TRAINING, "700")), start=1)
        ),
        (said(1, "上年结转", "amount", "158.44"), said(2, "其他资金", "amount", "700")),
    ],
)
def test_amounts_that_are_not_both_the_others_say_nothing_of_the_table(figures: tuple[Row, ...]) -> None:
    assert told(public("700.00", "158.44", *figures), "N75") == []


def funds(revenue: tuple[str, str], *, fund_table: str = "143,878.90") -> Dataset:
    """An appropriation summary, and the totals of the tables of two funds."""
    names = (("一、一般公共预算", "general_public_budget"), ("二、政府性基金预算", "government_fund"))
    lines = [
        figure("appropriation_summary", 4, row, 2, amount, item=item, fund=fund, side="revenue", origin="current_year",
               period="budget")
        for row, ((item, fund), amount) in enumerate(zip(names, revenue, strict=True), start=3)
    ]  # fmt: skip
    lines.append(
        figure("appropriation_summary", 4, 31, 2, "191,822.92", item="本年收入合计", side="revenue", period="budget")
    )
    tables = (("general_budget_expenditure", 5, "47,944.02"), ("government_fund_expenditure", 9, fund_table))
    for (table_id, number, amount), (_, fund) in zip(tables, names, strict=True):
        total = {"item": "合计", "subject_level": "total", "fund": fund}
        lines.append(figure(table_id, number, 3, 3, amount, **total, **SPENT))
        code = {"subject_code": "212", "subject_name": "城乡社区支出", "subject_level": "类", "code_source": "printed"}
        lines.append(figure(table_id, number, 4, 3, amount, item="城乡社区支出", fund=fund, **code, **SPENT))
    return document(lines)


def test_the_revenue_of_two_funds_that_changed_places_was_taken_for_another_definition() -> None:
    """The general budget's own table was held to no revenue, and of one fund alone nothing could be said."""
    right = funds(("47,944.02", "143,878.90"))
    assert {outcome for _, outcome in checks(right, "X45")} == {"exact"}
    (text,) = told(funds(("143,878.90", "47,944.02")), "X45")
    assert "“一、一般公共预算”与“二、政府性基金预算”两行的数（或其编码、名称）看来互换了位置" in text


def columns(general: str, fund: str, elsewhere: str = "0.00") -> Dataset:
    """The administrative expenses by fund, and a document whose government funds have that much."""
    item = {"item": "行政经费", **SPENT}
    lines = [
        figure("three_public_expenses", 8, 2, 2, "26.14", fund="total", **item),
        figure("three_public_expenses", 8, 2, 3, general, fund="general_public_budget", **item),
        figure("three_public_expenses", 8, 2, 4, fund, fund="government_fund", **item),
        figure("appropriation_summary", 4, 3, 2, "26.14", item="一、一般公共预算", side="revenue",
               fund="general_public_budget", period="budget"),
        figure("appropriation_summary", 4, 4, 2, elsewhere, item="二、政府性基金预算", side="revenue",
               fund="government_fund", period="budget"),
    ]  # fmt: skip
    return document(lines, [source_table("government_fund_expenditure", 9, state="empty")])


def test_an_expense_in_the_column_of_a_fund_that_the_document_has_not_was_not_seen() -> None:
    assert told(columns("26.14", "0.00"), "X65") == []
    (text,) = told(columns("0.00", "26.14"), "X65")
    assert "政府性基金一栏有数，而其他各表的政府性基金都没有数，看来印错了栏" in text
    assert told(columns("0.00", "26.14", elsewhere="30.00"), "X65") == []


def classes(whole: dict[str, str], part: dict[str, str], tables: tuple[str, str], *, economic: bool = False) -> Dataset:
    """Two tables of classes, each amount by code."""
    lines: list[Row] = []
    for table_no, (table_id, amounts) in enumerate(zip(tables, (whole, part), strict=True), start=1):
        for row, (code, amount) in enumerate(amounts.items(), start=3):
            name = f"{code}类"
            subject = {"subject_code": code, "subject_name": name, "subject_level": "类", "code_source": "reference"}
            item = {"economic_code": code, "economic_name": name, "code_source": "printed"}
            lines.append(
                figure(table_id, table_no, row, 4, amount, item=name, **(item if economic else subject), **SPENT)
            )
    return document(lines)


SUMMARIES = ("budget_summary", "appropriation_summary")
BY_ECONOMIC = ("general_budget_expenditure", "basic_expenditure")


def test_the_money_of_a_class_in_the_row_of_another_without_money_was_not_seen() -> None:
    """The class itself then had no figure, and so was held to none."""
    part = {"201": "45.00", "208": "22.69"}
    assert told(classes(part, part, SUMMARIES), "X67") == []
    (text,) = told(classes({"201": "45.00", "209": "22.69"}, part, SUMMARIES), "X67")
    assert "“208类”的数看来印在了另一科目之下" in text
    assert "该科目有 22.69 万元，而《budget_summary》“209类”一行印有 22.69 万元" in text
    assert told(classes({"201": "45.00", "209": "22.70"}, part, SUMMARIES), "X67") == []


def test_two_economic_classes_that_changed_places_were_not_seen() -> None:
    """No table but that of the basic expenditure, a part of it, prints them again."""
    whole, part = {"301": "56.43", "302": "4.10"}, {"301": "50.00", "302": "3.00"}
    assert told(classes(whole, part, BY_ECONOMIC, economic=True), "X67") == []
    turned = {"301": "4.10", "302": "56.43"}
    (text,) = told(classes(turned, part, BY_ECONOMIC, economic=True), "X67")
    assert "“301 301类”的数看来印在了另一科目之下" in text
    less = {"301": "40.00", "302": "4.10"}  # what no exchange puts right is counted in another way
    assert told(classes(less, part, BY_ECONOMIC, economic=True), "X67") == []


def items(meetings: str, training: str) -> Dataset:
    """The items of the agency's expenses, and what the table of the three public expenses prints of two of them."""
    lines = [
        figure("agency_operating_expenses", 12, row, 3, amount, economic_code=code, economic_name=name, item=name,
               code_source="printed", **SPENT)
        for row, (code, name, amount) in enumerate((("30215", "会议费", "2.61"), ("30216", "培训费", "7.39")), start=5)
    ]  # fmt: skip
    for column, (item, amount) in enumerate((("会议费", meetings), ("培训费", training)), start=7):
        lines.append(figure("three_public_expenses", 9, 3, column, amount, item=item, **SPENT))
    return document(lines)


def test_meetings_and_training_that_changed_places_were_not_seen() -> None:
    """A part of both is paid by the agency's operating expenses, whose table prints the one in full."""
    assert told(items("2.61", "19.03"), "X67") == []
    (text,) = told(items("19.03", "2.61"), "X67")
    assert "“培训费”的数看来印在了另一科目之下" in text
    assert "该科目有 7.39 万元，而《three_public_expenses》“会议费”一行印有 19.03 万元" in text
    assert told(items("19.03", "2.60"), "X67") == []  # counted in another way
