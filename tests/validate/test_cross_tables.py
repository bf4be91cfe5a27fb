from decimal import Decimal

import pytest

from pipeline.schema import CELLS, FINDINGS
from pipeline.tables import Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table, subject
from tests.validate.test_within_tables import outcomes


def by_code(table_id: str, table_no: int, amounts: dict[str, str], **meaning: object) -> list[Row]:
    return [
        figure(table_id, table_no, row_no, 1, printed, **subject(code), side="expenditure", **meaning)
        for row_no, (code, printed) in enumerate(amounts.items(), start=1)
    ]


def revenue(amounts: dict[str, str], **meaning: object) -> list[Row]:
    return [{**row, "side": "revenue"} for row in by_code("revenue_summary", 2, amounts, **meaning)]


def category(code: str, item: str, printed: str, row_no: int) -> Row:
    meaning = {**subject(code), "item": item, "code_source": "reference", "side": "expenditure"}
    return figure("budget_summary", 1, row_no, 4, printed, **meaning)


def test_a_class_of_the_budget_summary_is_the_class_of_the_expenditure_summary() -> None:
    lines = [category("201", "一、一般公共服务支出", "9.00", 1), *by_code("expenditure_summary", 3, {"201": "9.00"})]
    assert outcomes(document(lines), "X01") == {"X01/201": "exact"}


def test_a_class_is_compared_with_its_items_where_no_class_is_printed() -> None:
    lines = [
        category("201", "一、一般公共服务支出", "9.00", 1),
        *by_code("expenditure_summary", 3, {"2013101": "5.00", "2013102": "3.00"}),
    ]
    assert outcomes(document(lines), "X01") == {"X01/201": "fails"}


def test_tables_of_one_kind_that_disagree_block_what_is_compared_with_them() -> None:
    lines = [category("201", "一、一般公共服务支出", "9.00", 1), *by_code("expenditure_summary", 3, {"201": "9.00"})]
    lines += by_code("expenditure_summary", 4, {"201": "8.00"})
    assert outcomes(document(lines), "X01") == {"X01/201": "blocked"}


def test_a_number_that_nobody_could_place_blocks_what_another_table_says_of_its_row() -> None:
    """A revenue table with one unknown heading was said to miss the amount under it."""
    summary = {**subject("total"), "item": "本年收入合计", "side": "revenue", "fund": "total", "origin": "current_year"}
    funds = (("general_public_budget", "6.00"), ("business_revenue", "2.00"))
    lines = [figure("budget_summary", 1, 9, 2, "9.00", **summary)]
    lines += [
        figure("revenue_summary", 2, 1, place, printed, **{**summary, "item": "合计", "fund": fund})
        for place, (fund, printed) in enumerate(funds, start=3)
    ]
    dataset = document(lines)
    assert outcomes(dataset, "X06") == {"X06/budget": "fails"}
    unplaced = {
        "cell_id": "x", "document_id": DOCUMENT, "page": 2, "table_no": 2, "row_no": 1, "column_no": 5, "row_span": 1,
        "column_span": 1, "text_raw": "1.00", "text": "1.00", "role": "finding",
    }  # fmt: skip
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [unplaced])}, "X06") == {"X06/budget": "blocked"}
    other = {**unplaced, "text": "5.00"}
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [other])}, "X06") == {"X06/budget": "fails"}


def test_what_was_carried_over_of_a_subjects_money_is_in_its_total_and_no_more_beside_it() -> None:
    """项目支出/其中：上年结转 beside 合计 was added to it: five errors of a disclosure that had none."""
    own = {**subject("212"), "side": "expenditure", "fund": "total", "origin": "total"}
    columns = (("total", "total", "9.00"), ("project", "total", "9.00"), ("project", "carryover", "2.00"))
    lines = [
        figure("expenditure_summary", 3, 1, number, printed, **{**own, "expenditure_type": kind, "origin": origin})
        for number, (kind, origin, printed) in enumerate(columns, start=3)
    ]
    lines += revenue({"212": "9.00"}, fund="total", origin="total")
    carried = {**subject("total"), "side": "revenue", "fund": "total", "origin": "carryover"}
    lines.append(figure("revenue_summary", 2, 9, 9, "2.00", **carried))
    assert outcomes(document(lines), "X10") == {"X10/212": "exact"}
    assert outcomes(document(lines), "W01") == {"W01": "not_applicable"}


def test_revenue_that_is_for_basic_expenditure_is_none_of_it() -> None:
    """Final accounts print 本年收入 and 本年支出 of basic expenditure side by side: both were added up."""
    general = {"fund": "general_public_budget", "expenditure_type": "basic", "origin": "total", "period": "final"}
    spent = by_code("general_budget_expenditure", 5, {"total": "3.00"}, **general)
    received = [{**spent[0], "side": "revenue", "origin": "current_year", "column_no": 9, "cell_id": "made:r"}]
    items = by_code("basic_expenditure", 6, {"total": "3.00"}, **general)
    assert outcomes(document([*spent, *received, *items]), "X14") == {"X14/final": "exact"}


CODES = {"201": "9.00", "208": "3.00", "210": "2.00"}


def test_a_document_follows_one_reading_throughout_and_what_strays_from_it_fails() -> None:
    general = {"fund": "general_public_budget"}
    lines = [*by_code("general_budget_expenditure", 5, CODES, **general), *revenue({**CODES, "208": "4.00"}, **general)]
    assert outcomes(document(lines), "X13") == {"X13/201": "exact", "X13/208": "fails", "X13/210": "exact"}


def test_another_definition_is_told_and_not_called_an_error() -> None:
    general = {"fund": "general_public_budget"}
    other = dict.fromkeys(CODES, "77.31")
    checked = check_document(
        document([*by_code("general_budget_expenditure", 5, CODES, **general), *revenue(other, **general)])
    )
    assert {row["outcome"] for row in checked.checks.to_pylist() if row["family"] == "X13"} == {"not_applicable"}
    findings = checked.findings.to_pylist()
    assert [(row["severity"], row["verdict"]) for row in findings if row["code"] == "other_definition"] == [
        ("info", "definition")
    ]
    assert "看来口径与此不同，不作错误。" in next(
        row["explanation"] for row in findings if row["code"] == "other_definition"
    )


def test_one_difference_alone_was_said_to_show_another_definition() -> None:
    """A project's sheet of 18,000 and its row of 16,913.5 were “no error”: nothing else was there to show a custom."""
    total = {**subject("total"), "fund": "general_public_budget", "side": "expenditure"}
    lines = [
        figure("basic_expenditure", 6, 1, 2, "125.98", expenditure_type="operating", **total),
        figure("agency_operating_expenses", 11, 1, 2, "3383.41", **{**total, "fund": "total"}),
    ]
    (told,) = [
        row["explanation"]
        for row in check_document(document(lines)).findings.to_pylist()
        if row["code"] == "other_definition"
    ]
    assert "可能口径与此不同，不作错误，请核对。" in told
    assert "may define them otherwise, which would be no error: to be looked into." in told


def test_a_lone_comparison_fails_only_when_a_slip_explains_it() -> None:
    def operating(printed: str) -> list[Row]:
        total = {**subject("total"), "fund": "general_public_budget", "side": "expenditure"}
        return [
            figure("basic_expenditure", 6, 1, 2, "125.98", expenditure_type="operating", **total),
            figure("agency_operating_expenses", 11, 1, 2, printed, **{**total, "fund": "total"}),
        ]

    assert outcomes(document(operating("125.98")), "X15") == {"X15/budget": "exact"}
    assert outcomes(document(operating("126.98")), "X15") == {"X15/budget": "fails"}
    assert outcomes(document(operating("3383.41")), "X15") == {"X15/budget": "not_applicable"}


def test_a_family_that_needs_all_money_in_one_fund_is_silent_when_there_is_other_money() -> None:
    typed = {"expenditure_type": "basic"}
    lines = [
        *by_code("expenditure_summary", 3, CODES, **typed),
        *by_code("general_budget_expenditure", 5, CODES, **typed),
    ]
    assert set(outcomes(document(lines), "X11").values()) == {"exact"}
    fund = figure("revenue_summary", 2, 9, 5, "1.00", fund="government_fund", side="revenue", **subject("total"))
    assert set(outcomes(document([*lines, fund]), "X11").values()) == {"not_applicable"}


def test_one_code_with_two_names_is_a_warning() -> None:
    lines = by_code("expenditure_summary", 3, {"201": "9.00"})
    lines += [{**row, "subject_name": "别名"} for row in by_code("general_budget_expenditure", 5, {"201": "9.00"})]
    findings = [row for row in check_document(document(lines)).findings.to_pylist() if row["check_id"][:3] != "C02"]
    assert [(row["check_id"], row["severity"]) for row in findings] == [("S02/201", "warning")]


def listed(table_id: str, table_no: int) -> list[Row]:
    """A summary of revenue from the funds down to 收入总计: 本年收入合计, and the carry-over below it."""
    lines = (
        ("一、一般公共预算", "100.00", "general_public_budget", "current_year"),
        ("本年收入合计", "100.00", "total", "current_year"),
        ("上年结转", "10.00", "total", "carryover"),
        ("收入总计", "110.00", "total", "total"),
    )
    return [
        figure(table_id, table_no, row, 2, printed, item=item, side="revenue", fund=fund, origin=origin)
        | ({"subject_level": "total"} if item.endswith("计") else {})
        for row, (item, printed, fund, origin) in enumerate(lines, start=1)
    ]


def test_the_two_totals_of_a_revenue_summary_that_lists_its_funds_are_compared_each_with_its_own() -> None:
    dataset = document([*listed("budget_summary", 1), *listed("revenue_summary", 2)])
    assert outcomes(dataset, "X19") == {"X19/budget": "exact"}
    assert outcomes(dataset, "X06") == {"X06/budget": "exact"}
    wrong = [*listed("budget_summary", 1), *listed("revenue_summary", 2)[:3]]
    wrong.append({**listed("revenue_summary", 2)[3], "amount": Decimal(1_200_000)})
    assert "fails" in outcomes(document(wrong), "X19").values()


def test_a_revenue_summary_that_lists_its_total_first_is_not_said_to_be_twice_the_revenue() -> None:
    """收入总计 and the two that make it up (一、本年收入, 二、上年结转) were added up, and compared with 收入总计."""
    first, year, before = (
        figure("revenue_summary", 2, 2, column, printed, item=item, side="revenue", fund="total", origin=origin)
        for column, (item, printed, origin) in enumerate(
            (
                ("收入总计", "110.00", "total"),
                ("一、本年收入", "100.00", "current_year"),
                ("二、上年结转", "10.00", "carryover"),
            ),
            start=1,
        )
    )
    assert outcomes(document([*listed("budget_summary", 1), first, year, before]), "X19") == {"X19/budget": "exact"}
    wrong = {**first, "amount": Decimal(1_200_000)}
    assert "fails" in outcomes(document([*listed("budget_summary", 1), wrong, year, before]), "X19").values()


@pytest.mark.parametrize(("housing", "told"), [("30113", "exact"), ("30311", "not_applicable")])
def test_housing_under_its_code_of_until_2017_was_among_the_items_of_the_other_subjects(
    housing: str, told: str
) -> None:
    general = {"fund": "general_public_budget", "side": "expenditure"}
    spent = [
        figure("general_budget_expenditure", 5, row, 2, "9.00", expenditure_type="basic", **subject(code), **general)
        for row, code in enumerate(("2013101", "2210201"), start=1)
    ]
    items = (("301", "9.00"), ("30101", "9.00"), (housing[:3], "9.00"), (housing, "9.00"))
    items = items if housing.startswith("303") else (("301", "18.00"), items[1], items[3])
    basic = [
        figure("basic_expenditure", 6, row, 2, printed, item=code, economic_code=code, economic_name=code, **general)
        | {"expenditure_type": "personnel", "code_source": "printed"}
        for row, (code, printed) in enumerate(items, start=1)
    ]
    assert set(outcomes(document([*spent, *basic]), "X32").values()) == {told}


def test_totals_at_the_foot_of_a_basic_table_are_no_items_of_it() -> None:
    general = {"fund": "general_public_budget", "side": "expenditure"}
    spent = [
        figure("general_budget_expenditure", 5, 1, 2, "9.00", expenditure_type="basic", **subject("2013101"), **general)
    ]
    items = (("301", "工资福利支出", "9.00"), ("30101", "基本工资", "9.00"), (None, "人员经费合计", "9.00"))
    basic = [
        figure("basic_expenditure", 6, row, 2, printed, item=item, economic_code=code, economic_name=item, **general)
        | {"expenditure_type": "personnel", "code_source": "printed" if code else None}
        for row, (code, item, printed) in enumerate(items, start=1)
    ]
    assert set(outcomes(document([*spent, *basic]), "X32").values()) == {"exact"}


def test_a_part_of_a_funds_own_line_is_not_counted_beside_it() -> None:
    """（一）经费拨款 below 一、一般公共预算拨款收入 was added to it, and the revenue table said to be wrong."""
    general = {"side": "revenue", "origin": "current_year", "fund": "general_public_budget"}
    labels = [("一、一般公共预算拨款收入", general), ("（一）经费拨款", general), ("（二）非税收入拨款", general)]
    amounts = ["9.00", "7.00", "2.00", "9.00"]
    labels.append(("本年收入合计", {**general, "fund": "total"}))
    lines = [
        figure("budget_summary", 1, n, 2, printed, item=item, **meaning)
        for n, ((item, meaning), printed) in enumerate(zip(labels, amounts, strict=True), start=1)
    ]
    total = {"side": "revenue", "origin": "current_year", "item": "合计", "subject_level": "total"}
    lines += [figure("revenue_summary", 2, 1, 2, "9.00", fund="total", **total)]
    lines += [figure("revenue_summary", 2, 1, 3, "9.00", fund="general_public_budget", **total)]
    assert outcomes(document(lines), "X07") == {"X07/general_public_budget": "exact"}


def test_a_carry_over_that_the_revenue_table_does_not_part_by_fund_may_be_the_general_budgets() -> None:
    """上年结转 in one column for all funds: the general budget's expenditure holds it, and was said to be wrong."""
    general = {"fund": "general_public_budget"}
    lines = by_code("general_budget_expenditure", 5, CODES, **general)
    for row_no, (code, printed) in enumerate(CODES.items(), start=1):
        line = {**subject(code), "side": "revenue"}
        this_year = "1.00" if code == "208" else printed
        lines += [figure("revenue_summary", 2, row_no, 1, printed, **line, fund="total", origin="total")]
        lines += [figure("revenue_summary", 2, row_no, 3, this_year, **line, **general, origin="current_year")]
        if code == "208":
            lines += [figure("revenue_summary", 2, row_no, 2, "2.00", **line, fund="total", origin="carryover")]
    assert outcomes(document(lines), "X13") == {"X13/201": "exact", "X13/208": "exact", "X13/210": "exact"}


def test_a_carry_over_of_another_fund_is_not_missed_in_the_general_budgets_expenditure() -> None:
    """上年结转 for all funds beside a government fund: of one subject it was the fund's, which failed."""
    general = {"fund": "general_public_budget"}
    carried = {"208": "2.00", "210": "1.00", "201": "5.00"}
    lines = by_code("general_budget_expenditure", 5, CODES, **general)
    for row_no, (code, printed) in enumerate(CODES.items(), start=1):
        line = {**subject(code), "side": "revenue"}
        this_year = {"208": "1.00", "210": "1.00"}.get(code, printed)
        lines += [figure("revenue_summary", 2, row_no, 2, carried[code], **line, fund="total", origin="carryover")]
        lines += [figure("revenue_summary", 2, row_no, 3, this_year, **line, **general, origin="current_year")]
    lines += [figure("government_fund_expenditure", 6, 1, 1, "5.00", **subject("201"), side="expenditure",
                     fund="government_fund", expenditure_type="total", origin="total", period="budget")]  # fmt: skip
    assert "fails" not in outcomes(document(lines), "X13").values()
    assert "fails" not in outcomes(document(lines), "X13M").values()
    assert "exact" in outcomes(document(lines), "X13M").values()


def _carried(code: str, carried: str, *, general: str, other: str) -> list[Row]:
    """A subject's revenue: its carry-over of all funds in one column, beside the general budget and unit funds."""
    line = {**subject(code), "side": "revenue"}
    return [
        figure("revenue_summary", 2, int(code), 2, carried, **line, fund="total", origin="carryover"),
        figure(
            "revenue_summary", 2, int(code), 3, general, **line, fund="general_public_budget", origin="current_year"
        ),
        figure("revenue_summary", 2, int(code), 4, other, **line, fund="business_revenue", origin="current_year"),
    ]


@pytest.mark.parametrize(
    ("printed", "told"), [("9.00", "exact"), ("10.50", "not_applicable"), ("13.50", "fails"), ("8.00", "fails")]
)
def test_a_carry_over_of_several_funds_was_all_or_none_of_it_the_general_budgets(printed: str, told: str) -> None:
    """上年结转 of 4.00 for all funds, 1.50 of it the general budget's: its expenditure of 10.50 was an error."""
    general = {"fund": "general_public_budget"}
    lines = by_code(
        "general_budget_expenditure", 5, {"201": printed, "208": "5.00", "210": "2.00", "221": "3.00"}, **general
    )
    lines += _carried("210", "0.00", general="2.00", other="1.00")
    lines += _carried("201", "4.00", general="9.00", other="7.00")
    lines += _carried("208", "0.00", general="5.00", other="1.00")
    lines += _carried("221", "0.00", general="3.00", other="1.00")
    assert outcomes(document(lines), "X13M")["X13M/201"] == told


@pytest.mark.parametrize(("printed", "told"), [("9.00", "exact"), ("10.50", "not_applicable"), ("13.50", "fails")])
def test_a_class_of_the_appropriations_may_hold_any_part_of_what_all_funds_carry_over(printed: str, told: str) -> None:
    """The appropriations hold the carry-over, the general budget's table does not: it was wrong by the rest."""
    general = {"fund": "general_public_budget"}
    this_year = {"201": "9.00", "208": "5.00", "210": "2.00", "221": "3.00"}
    lines = by_code("general_budget_expenditure", 5, this_year, **general)
    for row_no, (code, amount) in enumerate(this_year.items(), start=1):
        whole = printed if code == "201" else amount
        line = {**subject(code), "item": f"（一）{code}", "code_source": "reference", "side": "expenditure"}
        lines += [figure("appropriation_summary", 4, row_no, 5, whole, **line, fund="total")]
        lines += [figure("appropriation_summary", 4, row_no, 6, whole, **line, **general)]
        lines += _carried(code, "4.00" if code == "201" else "0.00", general=amount, other="7.00")
    assert outcomes(document(lines), "X25")["X25/201"] == told
    assert outcomes(document(lines), "X26")["X26/201"] == told


def test_funds_of_which_some_part_their_years_add_up_to_this_years_revenue_less_what_was_carried_over() -> None:
    """一般公共预算: 小计 | 本年 | 上年结转, beside 单位资金 in one column: its 12.00 of this year were missed."""
    line = {**subject("total"), "side": "revenue"}
    columns = (
        ("total", "total", "23.00"), ("general_public_budget", "total", "11.00"),
        ("general_public_budget", "current_year", "8.00"), ("general_public_budget", "carryover", "3.00"),
        ("unit_funds", "total", "12.00"),
    )  # fmt: skip
    lines = [
        figure("revenue_summary", 2, 1, number, printed, **line, fund=fund, origin=origin)
        for number, (fund, origin, printed) in enumerate(columns, start=3)
    ]
    own = {**subject("total"), "item": "本年收入合计", "side": "revenue", "fund": "total", "origin": "current_year"}
    assert outcomes(document([*lines, figure("budget_summary", 1, 9, 2, "20.00", **own)]), "X06") == {
        "X06/budget": "exact"
    }
    assert outcomes(document([*lines, figure("budget_summary", 1, 9, 2, "21.00", **own)]), "X06") == {
        "X06/budget": "fails"
    }


def test_a_summary_that_calls_this_years_revenue_appropriation_pairs_it_with_this_years_expenditure() -> None:
    lines = [
        figure("appropriation_summary", 4, 1, 2, "9.00", item="一、本年财政拨款收入", side="revenue",
               fund="fiscal_appropriation", origin="current_year"),
        figure("appropriation_summary", 4, 2, 2, "9.00", item="收入总计", side="revenue"),
        figure("appropriation_summary", 4, 1, 4, "9.00", item="一、本年支出", side="expenditure"),
        figure("appropriation_summary", 4, 2, 4, "9.00", item="支出总计", side="expenditure"),
    ]  # fmt: skip
    assert outcomes(document(lines), "S11") == {"S11/t4": "exact"}


FUND = {"fund": "government_fund", "side": "expenditure"}


def _fund_money(*findings: Row, state: str = "empty") -> dict[str, str]:
    """Government fund money in the expenditure summary, beside a fund table without a figure."""
    lines = [figure("expenditure_summary", 3, 1, 2, "9.00", **FUND, **subject("total"))]
    dataset = document(lines, [source_table("government_fund_expenditure", 7, state=state)])
    return outcomes({**dataset, "findings": to_arrow(FINDINGS, findings)}, "X51")


def _not_read(code: str, severity: str = "warning") -> Row:
    return {
        "document_id": DOCUMENT, "finding_id": code, "severity": severity, "verdict": "extraction", "code": code,
        "explanation": "未读", "page": 7,
    }  # fmt: skip


def test_an_empty_fund_table_beside_fund_money_fails() -> None:
    assert _fund_money() == {"X51": "fails"}


def test_a_fund_table_that_was_not_read_was_told_to_contradict_the_others() -> None:
    assert _fund_money(state="data") == {"X51": "blocked"}


@pytest.mark.parametrize(
    "code", ["unknown_table", "unknown_header", "table_picture", "image_only", "alignment_unclear"]
)
def test_fund_money_is_not_missed_where_a_table_or_column_was_not_read(code: str) -> None:
    assert _fund_money(_not_read(code)) == {"X51": "blocked"}


def test_a_funds_own_table_is_compared_with_none_that_tell_no_funds() -> None:
    """Of four tables none but the fund's own parted the funds: its money was said to be missing in the others."""
    fund = by_code("government_fund_expenditure", 8, {"total": "5.00"}, fund="government_fund")
    others = by_code("expenditure_summary", 3, {"total": "9.00"}, fund="total")
    assert outcomes(document([*fund, *others]), "X51") == {"X51": "not_applicable"}
    told = by_code("expenditure_summary", 3, {"total": "4.00"}, fund="general_public_budget")
    assert outcomes(document([*fund, *others, *told]), "X51") == {"X51": "fails"}


def test_what_is_known_and_left_out_blocks_nothing() -> None:
    assert _fund_money(_not_read("column_outside_contract", "info")) == {"X51": "fails"}


@pytest.mark.parametrize(
    ("annuity", "outcome"),
    [
        ("724988.81", "within_rounding"),
        ("724988.82", "within_rounding"),
        ("724988.80", "fails"),
        ("724989.82", "fails"),
    ],
)
def test_half_of_an_odd_cent_was_told_to_be_another_amount(annuity: str, outcome: str) -> None:
    """8 % are half of 16 %: of 1,449,977.63 yuan that is 724,988.815, printed as one fen or the next."""
    total = {"unit": "元", "side": "expenditure", "expenditure_type": "basic"}
    lines = [
        figure("basic_expenditure", 6, 1, 2, "1449977.63", economic_code="30108", item="养老保险", **total),
        figure("basic_expenditure", 6, 2, 2, annuity, economic_code="30109", item="职业年金", **total),
    ]
    assert outcomes(document(lines), "X40") == {"X40/t6/budget": outcome}


def test_classes_of_projects_below_the_projects_were_added_to_them() -> None:
    """二、项目支出 over 1、其他运转类 and 2、特定目标类: twice the expenditure on projects was compared."""
    own = {"side": "expenditure", "fund": "total"}
    rows = (
        ("一、基本支出", "basic", "5.00"),
        ("二、项目支出", "project", "4.00"),
        ("1、其他运转类", "project", "1.00"),
        ("2、特定目标类", "project", "3.00"),
        ("本年支出合计", "total", "9.00"),
    )
    lines = [
        figure("budget_summary", 1, number, 4, printed, item=item, expenditure_type=kind, **own)
        for number, (item, kind, printed) in enumerate(rows, start=1)
    ]
    columns = enumerate((("total", "9.00"), ("basic", "5.00"), ("project", "4.00")), start=3)
    lines += [
        figure("expenditure_summary", 3, 1, place, printed, expenditure_type=kind, **own, **subject("total"))
        for place, (kind, printed) in columns
    ]
    assert outcomes(document(lines), "X28") == {"X28/basic": "exact", "X28/project": "exact"}


def fund_table(total: str) -> list[Row]:
    fund = {"fund": "government_fund", "side": "expenditure", "period": "budget", "expenditure_type": "total"}
    spent = {"item": "本年支出合计", "side": "expenditure", "period": "budget"}
    return [
        figure("government_fund_expenditure", 8, 3, 3, total, **fund, **subject("total")),
        figure("government_fund_expenditure", 8, 4, 3, total, **fund, **subject("229", "其他支出")),
        figure("appropriation_summary", 4, 3, 5, "97.00", **spent, fund="general_public_budget"),
        figure("appropriation_summary", 4, 3, 6, "18.00", **spent, fund="government_fund"),
    ]


def test_a_funds_own_table_was_compared_with_no_other() -> None:
    """A table in another unit than all others, of which each sum holds."""
    assert outcomes(document(fund_table("18.00")), "X43") == {"X43/government_fund": "exact"}
    assert outcomes(document(fund_table("18.50")), "X43") == {"X43/government_fund": "fails"}
