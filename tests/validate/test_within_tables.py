from collections.abc import Iterable
from decimal import Decimal

import pytest

from pipeline.schema import CELLS, FINDINGS, PROJECTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document, detection_power
from tests.validate.made import DOCUMENT, document, figure, subject

TOTAL, BASIC, PROJECT = (
    {"expenditure_type": kind, "side": "expenditure", "fund": "total"} for kind in ("total", "basic", "project")
)


def outcomes(dataset: Dataset, family: str) -> dict[str, str]:
    rows = check_document(dataset).checks.to_pylist()
    return {row["check_id"]: row["outcome"] for row in rows if row["family"] == family}


def spent(*lines: tuple[str, ...], table_id: str = "expenditure_summary", table_no: int = 3) -> list[Row]:
    """Lines of code, total, basic, project; an empty text is a blank cell."""
    columns = ((1, TOTAL), (2, BASIC), (3, PROJECT))
    return [
        figure(table_id, table_no, row_no, column, printed, **subject(code), **meaning)
        for row_no, (code, *figures) in enumerate(lines, start=1)
        for (column, meaning), printed in zip(columns, figures, strict=False)
        if printed
    ]


TREE = (
    ("total", "12.00", "5.00", "7.00"), ("201", "9.00", "5.00", "4.00"), ("20131", "9.00", "5.00", "4.00"),
    ("2013101", "5.00", "5.00", ""), ("2013102", "4.00", "", "4.00"), ("208", "3.00", "", "3.00"),
)  # fmt: skip


def changed(line: int, column: int, printed: str, tree: Iterable[tuple[str, ...]] = TREE) -> list[tuple[str, ...]]:
    lines = [list(each) for each in tree]
    lines[line][column] = printed
    return [tuple(each) for each in lines]


def test_a_parent_subject_is_the_sum_of_its_children_in_every_column() -> None:
    checks = outcomes(document(spent(*TREE)), "W13")
    assert set(checks.values()) == {"exact"}
    assert {"W13/t3/total/total", "W13/t3/201/basic", "W13/t3/20131/project"} <= set(checks)


def test_a_wrong_digit_in_a_child_fails_its_parent_and_its_line() -> None:
    dataset = document(spent(*changed(3, 1, "6.00")))
    assert outcomes(dataset, "W13")["W13/t3/20131/total"] == "fails"
    assert "fails" in outcomes(dataset, "W11").values()


def test_a_table_that_lists_items_only_adds_them_up_to_its_total() -> None:
    lines = (("2013101", "5.00"), ("2013102", "4.00"), ("total", "9.00"))
    assert outcomes(document(spent(*lines)), "W13") == {"W13/t3/total/total": "exact"}


def test_a_total_at_the_foot_heads_the_lines_above_it() -> None:
    lines = (("201", "5.00"), ("2013101", "5.00"), ("208", "4.00"), ("total", "8.00"))
    assert outcomes(document(spent(*lines)), "W13")["W13/t3/total/total"] == "fails"


def test_a_total_printed_at_both_ends_is_one_total() -> None:
    lines = (("total", "9.00"), ("201", "5.00"), ("208", "4.00"), ("total", "9.00"))
    assert set(outcomes(document(spent(*lines)), "W13").values()) == {"exact"}


def test_a_parent_without_any_printed_child_is_not_checked() -> None:
    lines = (("total", "9.00", "5.00"), ("201", "5.00"), ("208", "4.00"))
    assert set(outcomes(document(spent(*lines)), "W13")) == {"W13/t3/total/total"}


def test_a_parent_blank_in_a_column_where_its_child_has_money_is_told() -> None:
    assert outcomes(document(spent(*changed(2, 3, ""))), "W16") == {"W16/t3": "fails"}


def test_a_subject_without_items_printed_on_two_levels_under_one_code_counts_once() -> None:
    lines = (("total", "5.00"), ("219", "5.00"), ("21999", "5.00"), ("21999", "5.00"))
    assert set(outcomes(document(spent(*lines)), "W13").values()) == {"exact"}


def test_each_unit_heads_its_own_subjects() -> None:
    def unit(row_no: int, name: str, printed: str) -> Row:
        return figure("expenditure_summary", 3, row_no, 1, printed, item=name, unit_name=name, **TOTAL)

    def line(row_no: int, code: str, printed: str, name: str) -> Row:
        return figure("expenditure_summary", 3, row_no, 1, printed, **subject(code), **TOTAL, unit_name=name)

    lines = [
        figure("expenditure_summary", 3, 1, 1, "9.00", item="合计", subject_level="total", **TOTAL),
        unit(2, "甲局", "5.00"), line(3, "201", "5.00", "甲局"), line(4, "2013101", "5.00", "甲局"),
        unit(5, "乙所", "4.00"), line(6, "201", "4.00", "乙所"), line(7, "2013101", "4.00", "乙所"),
    ]  # fmt: skip
    assert set(outcomes(document(lines), "W13").values()) == {"exact"}
    assert set(outcomes(document(lines), "W40").values()) == {"exact"}


def summary(*lines: tuple[str, str, dict[str, object]], table_id: str = "budget_summary") -> list[Row]:
    return [
        figure(table_id, 1, row_no, 2, printed, item=item, side="revenue", **meaning)
        for row_no, (item, printed, meaning) in enumerate(lines, start=1)
    ]


CURRENT, CARRIED = {"origin": "current_year"}, {"origin": "carryover"}


def test_revenue_items_add_up_to_the_years_and_with_carry_over_to_the_total() -> None:
    dataset = document(summary(
        ("一、一般公共预算", "7.00", CURRENT), ("二、事业收入", "1.00", CURRENT), ("本年收入合计", "8.00", CURRENT),
        ("上年结转", "2.00", CARRIED), ("一、一般公共预算", "2.00", CARRIED), ("收入总计", "10.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W04").values()) == {"exact"}
    assert set(outcomes(dataset, "W05").values()) == {"exact"}
    assert set(outcomes(dataset, "W24").values()) == {"exact"}


def test_funds_below_a_carry_over_are_its_parts_though_nothing_numbers_them() -> None:
    """The final accounts' form: 年初财政拨款结转和结余, and under it 一般公共预算财政拨款 without a number."""
    dataset = document(summary(
        ("一、一般公共预算财政拨款", "7.00", CURRENT), ("本年收入合计", "7.00", CURRENT),
        ("年初财政拨款结转和结余", "2.00", CARRIED), ("一般公共预算财政拨款", "1.50", CARRIED),
        ("政府性基金预算财政拨款", "0.50", CARRIED), ("总计", "9.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W05").values()) == {"exact"}
    assert set(outcomes(dataset, "W24").values()) == {"exact"}


@pytest.mark.parametrize(("part", "total"), [("2.00", "9.00"), ("1.50", "10.50")], ids=["its part", "of its own"])
def test_the_carry_over_of_one_fund_below_that_of_all_was_counted_twice(part: str, total: str) -> None:
    """上年结转结余, and below it, set in, 财政拨款结转结余, all of it. Another amount is money beside it."""
    dataset = document(summary(
        ("一、一般公共预算", "7.00", CURRENT), ("本年收入合计", "7.00", CURRENT), ("上年结转结余", "2.00", CARRIED),
        ("财政拨款结转结余", part, {**CARRIED, "fund": "fiscal_appropriation"}), ("收入总计", total, {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W05").values()) == {"exact"}


def test_a_total_called_the_totals_number_is_no_part_of_the_carry_over_above_it() -> None:
    """收入总数 after the funds of 二、上年结转 was added to them."""
    dataset = document(summary(
        ("一、本年收入", "7.00", CURRENT), ("一般公共预算拨款", "7.00", CURRENT),
        ("二、上年结转", "2.00", CARRIED), ("一般公共预算拨款", "2.00", CARRIED), ("收入总数", "9.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W24").values()) == {"exact"}


def test_balances_by_type_and_uses_of_a_surplus_are_parts_of_their_balance() -> None:
    """Final accounts of 2016: 基本支出结转 under 年初结转和结余, 提取职工福利基金 under 结余分配."""
    dataset = document(summary(
        ("一、财政拨款收入", "7.00", CURRENT), ("本年收入合计", "7.00", CURRENT), ("结余分配", "0.50", {}),
        ("提取职工福利基金", "0.50", {}), ("年初结转和结余", "2.00", CARRIED), ("基本支出结转", "1.50", CARRIED),
        ("项目支出结转和结余", "0.50", CARRIED), ("总计", "9.50", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W05").values()) == {"exact"}
    assert set(outcomes(dataset, "W24").values()) == {"exact"}
    assert set(outcomes(dataset, "W28").values()) == {"exact"}


def test_economic_classes_numbered_anew_list_the_money_of_the_types_again() -> None:
    """Types and economic classes one below the other: 一、基本支出 二、项目支出, then 一、工资福利支出 …"""
    lines = (
        ("一、基本支出", "4.00", None), ("二、项目支出", "3.00", None), ("一、工资福利支出", "5.00", "301"),
        ("二、商品和服务支出", "2.00", "302"), ("本年支出合计", "7.00", None),
    )  # fmt: skip
    dataset = document(
        figure("budget_summary", 1, row_no, 9, printed, item=item, side="expenditure", economic_code=code)
        for row_no, (item, printed, code) in enumerate(lines, start=1)
    )
    assert list(outcomes(dataset, "W02").values()) == ["exact"]


def personnel_and_operating(personnel: str, operating: str) -> Dataset:
    """The final accounts' basic table: classes, and at the foot the totals of its two halves."""
    classes = (("301", "5.00"), ("303", "1.00"), ("302", "2.00"), ("310", "0.50"))
    lines = [
        figure("basic_expenditure", 6, row_no, 3, printed, item=code, economic_code=code, side="expenditure")
        for row_no, (code, printed) in enumerate(classes, start=1)
    ]
    feet = (("人员经费合计", personnel), ("公用经费合计", operating))
    return document([
        *lines,
        *(figure("basic_expenditure", 6, 9, 3 * place, printed, item=item, side="expenditure")
          for place, (item, printed) in enumerate(feet, start=1)),
    ])  # fmt: skip


def test_personnel_is_wages_and_transfers_and_operating_the_other_classes() -> None:
    dataset = personnel_and_operating("6.00", "2.50")
    assert [*outcomes(dataset, "W34").values(), *outcomes(dataset, "W35").values()] == ["exact", "exact"]


def test_a_wrong_digit_in_the_total_of_personnel_or_operating_is_noticed() -> None:
    dataset = personnel_and_operating("7.00", "2.60")
    assert [*outcomes(dataset, "W34").values(), *outcomes(dataset, "W35").values()] == ["fails", "fails"]


def test_the_last_total_of_a_side_is_its_grand_total_whatever_it_is_called() -> None:
    dataset = document(summary(
        ("一、一般公共预算", "7.00", CURRENT), ("收入合计", "7.00", CURRENT), ("年初结转和结余", "2.00", CARRIED),
        ("总计", "9.50", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W04").values()) == {"exact"}
    assert set(outcomes(dataset, "W05").values()) == {"fails"}


def test_sub_items_are_parts_of_their_item_and_not_of_the_total() -> None:
    dataset = document(summary(
        ("一、财政拨款", "7.00", CURRENT), ("1.一般公共预算", "6.00", CURRENT), ("2.政府性基金", "1.00", CURRENT),
        ("二、单位资金", "1.00", CURRENT), ("本年收入合计", "8.00", CURRENT), ("收入总计", "8.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W04").values()) == {"exact"}
    assert set(outcomes(dataset, "W28").values()) == {"exact"}


def test_funds_below_appropriations_are_their_parts_though_nothing_numbers_them() -> None:
    """财政拨款（补助）, and under it, by their indent alone, 一般公共预算 and 政府性基金预算."""
    dataset = document(summary(
        ("财政拨款（补助）", "7.00", CURRENT), ("一般公共预算", "6.00", CURRENT), ("政府性基金预算", "1.00", CURRENT),
        ("事业收入", "1.00", CURRENT), ("小计", "8.00", CURRENT),
        ("上年结余", "2.00", CARRIED), ("收入总计", "10.00", {}),
    ))  # fmt: skip
    for family in ("W04", "W05", "W28"):
        assert set(outcomes(dataset, family).values()) == {"exact"}, family


def test_funds_after_appropriations_without_the_general_budget_are_items_of_their_own() -> None:
    dataset = document(summary(
        ("财政拨款收入", "7.00", CURRENT), ("政府性基金预算", "1.00", CURRENT), ("收入总计", "8.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W05").values()) == {"exact"}


def test_of_which_before_the_first_of_several_funds_lists_them_all() -> None:
    """一、本年收入, 其中：一般公共预算 and below it 政府性基金预算: the first was left out, and the sum failed."""
    dataset = document(summary(
        ("一、本年财政拨款收入", "9.00", CURRENT), ("其中：一般公共预算", "7.00", CURRENT),
        ("政府性基金预算", "2.00", CURRENT), ("收入总计", "9.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W04").values()) == {"exact"}


def test_an_of_which_line_is_no_part() -> None:
    dataset = document(summary(
        ("一、一般公共预算", "7.00", CURRENT), ("其中：专项资金", "3.00", CURRENT), ("收入总计", "7.00", {}),
    ))  # fmt: skip
    assert set(outcomes(dataset, "W05").values()) == {"exact"}


def funds(*columns: tuple[str, str, str]) -> Dataset:
    line = {"item": "合计", "subject_level": "total", "side": "revenue"}
    return document(
        figure("revenue_summary", 2, 1, column, printed, fund=fund, origin=origin, **line)
        for column, (fund, origin, printed) in enumerate(columns, start=1)
    )


def test_of_which_before_the_first_of_several_sources_lists_them_all() -> None:
    """三、其他资金, 其中：事业收入 and below it 其他收入: 其他收入 alone was to be all of it, and the sum failed."""
    rows = (
        ("一、财政拨款", "9.00", CURRENT), ("三、其他资金", "5.00", CURRENT),
        ("其中：事业收入", "3.00", CURRENT), ("其他收入", "2.00", CURRENT), ("本年收入合计", "14.00", CURRENT),
    )  # fmt: skip
    assert set(outcomes(document(summary(*rows)), "W28").values()) == {"exact"}
    wrong = [*rows[:3], ("其他收入", "2.90", CURRENT), rows[4]]
    assert set(outcomes(document(summary(*wrong)), "W28").values()) == {"fails"}


def test_a_total_is_the_sum_of_its_funds_through_their_subtotals() -> None:
    dataset = funds(
        ("total", "total", "9.00"),
        ("fiscal_appropriation", "total", "7.00"),
        ("general_public_budget", "total", "6.00"),
        ("government_fund", "total", "1.00"),
        ("unit_funds", "total", "2.00"),
    )
    assert sorted(outcomes(dataset, "W10").values()) == ["exact", "exact"]


def test_a_total_is_this_years_funds_and_the_carry_over_of_all() -> None:
    columns = (
        ("total", "total", "9.00"),
        ("general_public_budget", "current_year", "6.00"),
        ("total", "carryover", "3.00"),
    )
    assert set(outcomes(funds(*columns), "W09").values()) == {"exact"}
    assert set(outcomes(funds(*columns), "W01").values()) == {"not_applicable"}
    assert set(outcomes(funds(*columns[:2], ("total", "carryover", "2.00")), "W09").values()) == {"fails"}


def test_two_columns_of_one_meaning_that_differ_block_the_sum() -> None:
    dataset = funds(
        ("total", "total", "9.00"),
        ("general_public_budget", "total", "6.00"),
        ("general_public_budget", "total", "5.00"),
        ("government_fund", "total", "3.00"),
    )
    assert set(outcomes(dataset, "W10").values()) == {"blocked"}


def test_a_number_that_nobody_could_place_blocks_the_sum_that_misses_it() -> None:
    dataset = document(spent(("total", "12.00", "5.00", "6.00")))
    unplaced = {
        "cell_id": "x", "document_id": DOCUMENT, "page": 3, "table_no": 3, "row_no": 1, "column_no": 4, "row_span": 1,
        "column_span": 1, "text_raw": "1.00", "text": "1.00", "role": "finding",
    }  # fmt: skip
    assert outcomes(dataset, "W11") == {"W11/t3/total/r1/total": "fails"}
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [unplaced])}, "W11") == {"W11/t3/total/r1/total": "blocked"}


def _with_a_column_left_out(dataset: Dataset, number: str) -> Dataset:
    """The dataset with one more number on the first line, of a column that is known to be outside it."""
    cell = {
        "cell_id": "x", "document_id": DOCUMENT, "page": 3, "table_no": 3, "row_no": 1, "column_no": 4, "row_span": 1,
        "column_span": 1, "text_raw": number, "text": number, "role": "finding",
    }  # fmt: skip
    said = {
        "document_id": DOCUMENT, "finding_id": "outside:1", "severity": "info", "verdict": "definition",
        "code": "column_outside_contract", "explanation": "政府采购 / procurement", "page": 3, "cell_ids": ["x"],
    }  # fmt: skip
    return {**dataset, "cells": to_arrow(CELLS, [cell]), "findings": to_arrow(FINDINGS, [said])}


def test_a_part_given_beside_a_sum_does_not_block_it_unless_it_is_just_what_is_missing() -> None:
    """Of Shenzhen's lines all that print 其中：政府采购 were blocked: no error in them was told."""
    dataset = document(spent(("total", "12.00", "5.00", "6.00")))
    assert set(outcomes(_with_a_column_left_out(dataset, "2.50"), "W11").values()) == {"fails"}
    assert set(outcomes(_with_a_column_left_out(dataset, "1.00"), "W11").values()) == {"blocked"}
    assert set(outcomes(_with_a_column_left_out(dataset, "0.00"), "W11").values()) == {"fails"}


def test_a_part_given_beside_a_sum_is_known_by_its_amount_with_wide_commas_too() -> None:
    """What lies outside the dataset's columns was no number where its thousands were parted by ，: a false error."""
    dataset = document(spent(("total", "3000.00", "500.00", "1000.00")))
    assert set(outcomes(_with_a_column_left_out(dataset, "1，500.00"), "W11").values()) == {"blocked"}


def test_what_would_be_blocked_if_it_failed_is_not_reckoned_to_notice_anything() -> None:
    dataset = document(spent(("total", "12.00", "5.00", "7.00")))
    unplaced = {**_with_a_column_left_out(dataset, "1.00"), "findings": to_arrow(FINDINGS, [])}
    assert detection_power(dataset).share > 0 == detection_power(unplaced).share


def test_operations_shown_again_beside_basic_and_project_expenditure_are_counted_once() -> None:
    """事业单位经营支出 beside 基本支出 and 项目支出 that hold it already: so on all thirteen lines of a table."""
    again = {"expenditure_type": "business_operation", "side": "expenditure", "fund": "total"}

    def table(*operations: str) -> Dataset:
        lines = [("total", "9.00", "5.00", "4.00"), ("201", "6.00", "3.00", "3.00"), ("208", "3.00", "2.00", "1.00")]
        beside = [
            figure("expenditure_summary", 3, row_no, 4, printed, **subject(code), **again)
            for row_no, ((code, *_), printed) in enumerate(zip(lines, operations, strict=True), start=1)
        ]
        return document([*spent(*lines), *beside])

    assert set(outcomes(table("3.00", "2.00", "1.00"), "W11").values()) == {"exact"}
    parts = document(
        [
            *spent(("total", "9.00", "5.00", "3.00")),
            figure("expenditure_summary", 3, 1, 4, "1.00", **subject("total"), **again),
        ]
    )
    assert set(outcomes(parts, "W11").values()) == {"exact"}


def test_one_wrong_figure_does_not_bring_about_another_reading_of_a_table() -> None:
    """Zeros of operations: with 0.50 for one of them a reading without that column held, and nothing was told."""
    beside = {"expenditure_type": "business_operation", "side": "expenditure", "fund": "total"}

    def table(first: str) -> Dataset:
        zeros = (first, *["0.00"] * (len(TREE) - 1))
        columns = [
            figure("expenditure_summary", 3, row_no, 4, printed, **subject(code), **beside)
            for row_no, ((code, *_), printed) in enumerate(zip(TREE, zeros, strict=True), start=1)
        ]
        return document([*spent(*TREE), *columns])

    assert set(outcomes(table("0.00"), "W11").values()) == {"exact"}
    assert list(outcomes(table("0.50"), "W11").values()).count("fails") == 1


def three_public(printed: tuple[str, ...]) -> Dataset:
    items = (
        "合计",
        "1、因公出国（境）费用",
        "2、公务接待费",
        "3、公务用车购置及运行费",
        "其中：（1）公务用车购置费",
        "（2）公务用车运行费",
    )
    return document(
        figure("three_public_expenses", 10, row_no, 2, amount, item=item, side="expenditure")
        for row_no, (item, amount) in enumerate(zip(items, printed, strict=True), start=1)
    )


def test_the_three_public_expenses_add_up_and_so_do_the_vehicles() -> None:
    dataset = three_public(("19.50", "0.00", "2.00", "17.50", "10.00", "7.50"))
    assert set(outcomes(dataset, "W51").values()) == {"exact"}
    assert set(outcomes(dataset, "W50").values()) == {"exact"}
    assert set(outcomes(three_public(("19.50", "0.00", "2.00", "17.50", "10.00", "8.50")), "W50").values()) == {"fails"}


def test_three_public_items_set_over_columns_add_up_in_each_row() -> None:
    vehicles = "公务用车购置及运行维护费"
    parts = (f"{vehicles}/小计", f"{vehicles}/公务用车购置费", f"{vehicles}/公务用车运行维护费")
    items = ("“三公”经费合计", "因公出国（境）费", *parts, "公务接待费")
    rows = (("7.00", "0.00", "5.00", "2.00", "3.00", "2.00"), ("4.00", "1.00", "3.00", "", "3.00", "0.00"))
    dataset = document(
        figure(
            "three_public_expenses", 9, row_no, column, amount, item=item, unit_name=f"单位{row_no}", side="expenditure"
        )
        for row_no, row in enumerate(rows, start=1)
        for column, (item, amount) in enumerate(zip(items, row, strict=True), start=1)
        if amount
    )
    assert list(outcomes(dataset, "W52").values()) == ["exact", "exact"]
    assert list(outcomes(dataset, "W50").values()) == ["exact", "exact"]


def test_three_public_expenses_add_up_where_no_heading_joins_purchase_and_running() -> None:
    items = ("“三公”经费/小计", "因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行费")
    for last, outcome in (("3.00", "exact"), ("4.00", "fails")):
        dataset = document(
            figure("three_public_expenses", 9, 1, column, amount, item=item, unit_name="单位", side="expenditure")
            for column, (item, amount) in enumerate(zip(items, ("8.00", "1.00", "2.00", "2.00", last), strict=True), 1)
        )
        assert list(outcomes(dataset, "W52").values()) == [outcome]


def test_a_change_is_this_year_less_last_year_and_its_rate_their_quotient() -> None:
    periods = (("prior_budget", "8.00"), ("budget", "10.00"), ("change", "2.00"), ("change_percent", "25.0%"))
    dataset = document(
        figure("general_budget_expenditure", 5, 1, column, printed, period=period, **subject("201"), side="expenditure")
        for column, (period, printed) in enumerate(periods, start=1)
    )
    assert list(outcomes(dataset, "D01").values()) == ["exact"]
    assert list(outcomes(dataset, "D02").values()) == ["exact"]


def test_a_family_without_figures_says_so_in_exactly_one_row() -> None:
    rows = check_document(document(spent(("201", "5.00")))).checks.to_pylist()
    basic = [row for row in rows if row["family"] == "W31"]
    assert [(row["check_id"], row["outcome"], row["left"]) for row in basic] == [("W31", "not_applicable", None)]


def test_a_check_names_every_operand_and_both_sides() -> None:
    rows = check_document(document(spent(*TREE))).checks.to_pylist()
    check = next(row for row in rows if row["check_id"] == "W13/t3/20131/total")
    assert check["cell_ids"] == ["made:t3:r3:c1", "made:t3:r4:c1", "made:t3:r5:c1"]
    assert (check["left"], check["right"], check["difference"]) == (Decimal(90000), Decimal(90000), 0)


def units(*amounts: tuple[str, str], table_id: str = "revenue_summary") -> Dataset:
    return document(
        figure(table_id, 2, row_no, 2, printed, item=name, unit_name=name, subject_level="total", side="revenue")
        for row_no, (name, printed) in enumerate(amounts, start=1)
    )


def test_a_department_listed_before_its_units_is_their_sum() -> None:
    dataset = units(("甲局", "9.00"), ("甲局本级", "5.00"), ("乙所", "4.00"))
    assert list(outcomes(dataset, "W40").values()) == ["exact"]
    assert list(outcomes(units(("甲局", "5.00"), ("乙局", "4.00"), ("丙局", "3.00")), "W40").values()) == [
        "not_applicable"
    ]


def projects(*lines: tuple[str | None, str, str]) -> Dataset:
    """Lines of project name (None for a total or unit), label, amount."""
    return document(
        figure("projects", 12, row_no, 2, printed, item=label, project_name=name, side="expenditure")
        for row_no, (name, label, printed) in enumerate(lines, start=1)
    )


def test_headings_of_uneven_depth_over_projects_were_told_as_another_definition() -> None:
    """通用项目 9 = 专项服务 4 + 委托咨询 5 (= 3 + 2): some yuan are listed twice, some three times."""
    lines = ((None, "甲局", "9.00"), ("通用", "通用", "9.00"), ("服务", "服务", "4.00"), ("委托", "委托", "5.00"),
             ("一", "一", "3.00"), ("二", "二", "2.00"))  # fmt: skip
    dataset = projects(*lines)
    rows = [
        {
            "document_id": DOCUMENT, "project_id": f"p{row}", "project_name": name, "origin": "current_year",
            "subtotal_amount": Decimal(amount) * 10_000 if name in ("通用", "委托") else None,
            "cell_ids": [f"{DOCUMENT}:t12:r{row}:c2"],
        }
        for row, (name, _, amount) in enumerate(lines, start=1) if name
    ]  # fmt: skip
    assert outcomes(dataset, "W44") != {"W44/t12/r1/total": "exact"}
    assert outcomes({**dataset, "projects": to_arrow(PROJECTS, rows)}, "W44") == {"W44/t12/r1/total": "exact"}


def test_projects_add_up_to_their_unit_and_units_to_their_group() -> None:
    dataset = projects(
        (None, "合计", "12.00"),
        (None, "全额", "9.00"),
        (None, "甲局", "5.00"),
        ("一", "一", "5.00"),
        (None, "乙所", "4.00"),
        ("二", "二", "4.00"),
        (None, "差额", "3.00"),
        (None, "丙所", "3.00"),
        ("三", "三", "3.00"),
    )
    assert set(outcomes(dataset, "W44").values()) == {"exact"}
    assert list(outcomes(dataset, "W43").values()) == ["exact"] * 3


def test_a_unit_without_money_heads_nothing() -> None:
    dataset = projects(
        (None, "甲局", "5.00"), (None, "甲局本级", "0.00"), (None, "乙所", "5.00"), ("一", "一", "5.00"),
    )  # fmt: skip
    assert list(outcomes(dataset, "W43").values()) == ["exact"]
    assert list(outcomes(dataset, "W44").values()) == ["exact"]


def test_projects_listed_under_headings_that_add_them_up_are_counted_once() -> None:
    nested = ((None, "甲局", "9.00"), ("通用", "通用", "9.00"), ("一", "一", "5.00"), ("二", "二", "4.00"))
    assert list(outcomes(projects(*nested), "W44").values()) == ["exact"]


def test_a_missing_project_fails_the_total() -> None:
    dataset = projects((None, "甲局", "9.00"), ("一", "一", "5.00"), ("三", "三", "3.00"))
    assert list(outcomes(dataset, "W44").values()) == ["fails"]


def test_a_fund_table_of_codes_with_revenue_beside_expenditure_adds_up_by_its_codes() -> None:
    """Its total stands at the foot: it is the sum of the classes, not of classes, 款 and 项 together."""
    sides = ((4, {"side": "revenue"}), (5, {"side": "expenditure", "expenditure_type": "total"}))
    lines = [
        figure(
            "government_fund_expenditure", 7, row, column, "20.50", fund="government_fund", **subject(code), **meaning
        )
        for row, code in enumerate(("229", "22960", "2296003", "total"), start=1)
        for column, meaning in sides
    ]
    found = check_document(document(lines)).checks.to_pylist()
    assert {row["outcome"] for row in found if row["family"] in ("W03", "W05", "W13")} == {"exact", "not_applicable"}


def test_the_three_expenses_with_meetings_add_up_where_no_heading_stands_over_purchase_and_running() -> None:
    items = (
        "合计",
        "三公经费/因公出国（境）费用",
        "三公经费/公务接待费",
        "三公经费/公务用车购置费",
        "三公经费/公务用车运行维护费",
        "会议费",
        "培训费",
    )
    printed = ("94.00", "1.00", "20.00", "3.00", "60.00", "4.00", "6.00")
    lines = [
        figure(
            "three_public_expenses", 9, 4, column, amount, item=item, unit_name="某局", side="expenditure", fund="total"
        )
        for column, (item, amount) in enumerate(zip(items, printed, strict=True), start=3)
    ]
    assert set(outcomes(document(lines), "W51").values()) == {"exact"}


def test_two_columns_that_make_up_a_fund_were_taken_for_one_fact_printed_twice() -> None:
    """经费拨款 and what non-tax revenue pays are both of the general budget: each counts."""
    row = {"side": "revenue", "subject_level": "total", "item": "合计"}
    fund = {"fund": "general_public_budget", "origin": "current_year"}

    def lines(non_tax: str) -> list[Row]:
        return [
            figure("revenue_summary", 2, 1, 2, "9.00", fund="total", origin="total", **row),
            figure("revenue_summary", 2, 1, 3, "5.00", column_header="一般公共预算/经费拨款", **fund, **row),
            figure("revenue_summary", 2, 1, 4, non_tax, column_header="一般公共预算/非税收入安排拨款", **fund, **row),
            figure("revenue_summary", 2, 1, 5, "1.00", fund="total", origin="carryover", **row),
        ]

    assert set(outcomes(document(lines("3.00")), "W09").values()) == {"exact"}
    assert set(outcomes(document(lines("2.00")), "W09").values()) == {"fails"}


def test_two_columns_that_make_up_a_type_of_expenditure_both_count() -> None:
    """人员经费 over 工资福利支出 and 对个人和家庭的补助: basic expenditure was said to be its operating part alone."""
    row = {"side": "expenditure", "fund": "total", **subject("201")}
    headers = (
        "基本支出/小计",
        "基本支出/人员经费/工资福利支出",
        "基本支出/人员经费/对个人和家庭的补助",
        "基本支出/公用经费",
    )
    types = ("basic", "personnel", "personnel", "operating")

    def lines(*printed: str) -> list[Row]:
        columns = enumerate(zip(headers, types, printed, strict=True), start=3)
        return [
            figure("expenditure_summary", 3, 1, place, text, column_header=header, expenditure_type=kind, **row)
            for place, (header, kind, text) in columns
        ]

    assert set(outcomes(document(lines("9.00", "5.00", "1.00", "3.00")), "W11").values()) == {"exact"}
    assert set(outcomes(document(lines("9.00", "5.00", "1.00", "2.00")), "W11").values()) == {"fails"}


def test_a_part_left_out_was_not_what_is_missing_where_rounding_parts_the_two() -> None:
    """12.00 = 5.00 + 6.00 + 1.00 with each rounded: 1.01 is left out, and the sum was called an error."""
    dataset = document(spent(("total", "12.00", "5.00", "6.00")))
    assert set(outcomes(_with_a_column_left_out(dataset, "1.01"), "W11").values()) == {"blocked"}
    assert set(outcomes(_with_a_column_left_out(dataset, "1.02"), "W11").values()) == {"fails"}


@pytest.mark.parametrize(("printed", "told"), [("8.00", "exact"), ("8.50", "fails")])
def test_expenditure_of_a_fund_beside_a_column_of_carry_over_was_said_to_lack_that_carry_over(
    printed: str, told: str
) -> None:
    """合计 | 一般公共预算 | 政府性基金 | 上年结转: columns of funds are this year's, and were to hold both years."""
    own = {"side": "revenue", "subject_level": None}
    revenue = (
        ("一、一般公共预算拨款", "8.00", "general_public_budget", "current_year"),
        ("二、政府性基金预算拨款", "2.00", "government_fund", "current_year"),
        ("三、上年结转（一般公共预算）", "5.00", "general_public_budget", "carryover"),
        ("收入总计", "15.00", "total", "total"),
    )
    lines = [
        figure("appropriation_summary", 4, row_no, 2, amount, item=item, fund=fund, origin=origin, **own)
        for row_no, (item, amount, fund, origin) in enumerate(revenue, start=1)
    ]
    columns = (
        ("15.00", "total", "total"), (printed, "general_public_budget", "current_year"),
        ("2.00", "government_fund", "current_year"), ("5.00", "total", "carryover"),
    )  # fmt: skip
    total = {"item": "支出总计", "side": "expenditure", "subject_level": "total"}
    lines += [
        figure("appropriation_summary", 4, 9, number, amount, fund=fund, origin=origin, **total)
        for number, (amount, fund, origin) in enumerate(columns, start=4)
    ]
    assert outcomes(document(lines), "W27") == {"W27": "not_applicable"}
    assert outcomes(document(lines), "W27Y")["W27Y/t4/general_public_budget"] == told


def test_a_summary_whose_last_rows_could_not_be_told_was_said_to_print_no_total() -> None:
    """The summary went on on a page whose columns could not be told apart: its 总计 stood there, and was missed."""
    row = {"side": "revenue", "fund": "general_public_budget", "item": "一、一般公共预算拨款收入"}
    dataset = document([figure("budget_summary", 1, 1, 2, "9.00", **row)])
    unread = {
        "document_id": DOCUMENT, "finding_id": "f", "severity": "warning", "verdict": "extraction", "page": 2,
        "code": "alignment_unclear", "explanation": "列的界限不清",
    }  # fmt: skip
    assert outcomes(dataset, "S16") == {"S16/t1": "fails"}
    assert outcomes({**dataset, "findings": to_arrow(FINDINGS, [unread])}, "S16") == {"S16/t1": "blocked"}
