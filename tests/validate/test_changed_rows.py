"""Rows that changed places, stand twice or are missing within one class, where only another table speaks against it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.schema import CELLS, ECONOMIC_SUBJECTS, SUBJECTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table, subject
from tests.validate.test_texts import checks
from tests.validate.test_wording import told

BUDGET = {"period": "budget"}
SPENT = {"side": "expenditure", **BUDGET}
GENERAL = {"fund": "general_public_budget", "origin": "total", **SPENT}
ITEMS = ("30201", "30202", "30205", "30206", "30207", "30211")


def economic(table_id: str, table_no: int, column: int, amounts: Sequence[str], **meaning: object) -> list[Row]:
    """A table of economic items, in which each amount is of the item of its place."""
    return [
        figure(table_id, table_no, row, column, amount, economic_code=code, economic_name=f"款{code}", item=f"款{code}",
               code_source="printed", **meaning)
        for row, (code, amount) in enumerate(zip(ITEMS, amounts, strict=False), start=3)
    ]  # fmt: skip


def codes(table_id: str, table_no: int, rows: Sequence[tuple[str, str]], **meaning: object) -> list[Row]:
    """A table of subjects, each with its amount."""
    return [
        figure(table_id, table_no, row, 3, amount, **{**subject(code), **SPENT, **meaning})
        for row, (code, amount) in enumerate(rows, start=3)
    ]


def cell(row: int, column: int, text: str, table_no: int = 1) -> Row:
    """A label of a summary table."""
    return {
        "cell_id": f"{DOCUMENT}:t{table_no}:r{row}:c{column}", "document_id": DOCUMENT, "page": table_no,
        "table_no": table_no, "row_no": row, "column_no": column, "row_span": 1, "column_span": 1, "x0": 0, "y0": 0,
        "x1": 1, "y1": 1, "text_raw": text, "text": text, "role": "label",
    }  # fmt: skip


# --- economic items --------------------------------------------------------------------------------------------------


def by_item(*amounts: str) -> Dataset:
    """Basic expenditure by economic item in the general budget's table, and in its own."""
    right = ("5.10", "4.00", "3.00", "2.00")
    basic = {"expenditure_type": "basic", **GENERAL}
    return document(
        [
            *economic("general_budget_expenditure", 5, 3, amounts, **basic),
            *economic("basic_expenditure", 6, 3, right, **basic),
        ]
    )


def test_two_items_of_one_class_that_changed_places_were_not_seen_where_the_basic_table_prints_them_again() -> None:
    assert [outcome for _, outcome in checks(by_item("5.10", "4.00", "3.00", "2.00"), "X60")] == ["exact"] * 4
    (text,) = told(by_item("4.00", "5.10", "3.00", "2.00"), "X60")
    assert "两行的数（或其编码、名称）看来互换了位置" in text
    assert "seem to have changed places" in text


def agency(*amounts: str) -> Dataset:
    basic = economic("basic_expenditure", 6, 3, ("9.00", "5.00", "5.00", "5.00", "5.00", "1.00"), **GENERAL)
    return document([*basic, *economic("agency_operating_expenses", 11, 3, amounts, **GENERAL)])


def test_an_item_of_the_agency_beyond_that_of_the_basic_expenditure_was_not_seen() -> None:
    """The agency is one of several units, so no item is equal; two of its rows had changed places."""
    assert told(agency("8.00", "2.00", "2.00", "2.00", "2.00", "0.50"), "X63") == []
    (text,) = told(agency("0.50", "2.00", "2.00", "2.00", "2.00", "8.00"), "X63")
    assert "“30211 款30211”大于基本支出表的该款：印为 8.00 万元" in text
    assert "该款只有 1.00 万元，机关运行经费是其中一部分" in text


def test_an_agency_whose_expenses_take_in_projects_exceeds_no_bound() -> None:
    assert told(agency("9.50", "6.00", "2.00", "2.00", "2.00", "8.00"), "X63") == []


def test_the_agencys_vehicles_beyond_those_of_the_three_public_expenses_were_not_seen() -> None:
    rows = (("30231", "公务用车运行维护费", "8.00"), ("30299", "其他商品和服务支出", "3.00"))
    lines = [
        figure("agency_operating_expenses", 11, row, 3, amount, economic_code=code, economic_name=name, item=name,
               **SPENT)
        for row, (code, name, amount) in enumerate(rows, start=9)
    ]  # fmt: skip
    (text,) = told(
        document([*lines, figure("three_public_expenses", 7, 4, 6, "3.00", item="公务用车运行费", **SPENT)]), "X46"
    )
    assert "该数印在本表“30299 其他商品和服务支出”一行，两行看来互换了位置" in text


def by_subject(*amounts: str) -> Dataset:
    """An expenditure summary by subject and economic item, and the basic expenditure by item."""
    basic = economic("basic_expenditure", 6, 3, ("5.00",) * 5, **GENERAL)
    lines = economic("expenditure_summary", 3, 4, amounts, expenditure_type="basic", **SPENT)
    spent = [{**row, **subject("2010101"), "item": row["item"]} for row in lines]
    return document([*spent, *basic])


def test_basic_expenditure_of_an_item_below_that_of_the_basic_table_was_not_seen() -> None:
    """Two rows of one subject had changed places in the summary, whose other funds let the other one be more."""
    assert told(by_subject("5.00", "6.00", "5.00", "5.00", "5.00"), "X64") == []
    (text,) = told(by_subject("5.00", "6.00", "4.00", "5.00", "5.00"), "X64")
    assert "经济科目 30205 的基本支出（各功能科目合计）小于基本支出表的该科目：印为 4.00 万元" in text
    assert "the basic expenditure of the economic item 30205 (of all subjects) is less" in text


def with_total(*amounts: str) -> Dataset:
    """The same, under a total of 30.00 basic and 12.00 project expenditure; of this each row has two."""
    basic = economic("basic_expenditure", 6, 3, ("5.00",) * 5, **GENERAL)
    kinds = (("basic", 3, "30.00", amounts), ("project", 4, "12.00", ("2.00",) * len(amounts)))
    lines = [
        row
        for kind, column, whole, printed in kinds
        for row in (
            figure("expenditure_summary", 3, 2, column, whole, expenditure_type=kind, column_header=kind,
                   **subject("total"), **SPENT),
            *({**row, **subject("2010101"), "item": row["item"]} for row in economic(
                "expenditure_summary", 3, column, printed, expenditure_type=kind, column_header=kind,
                **SPENT)),
        )
    ]  # fmt: skip
    return document([*lines, *basic])


def test_a_row_that_the_summary_lacks_was_told_again_as_an_item_below_that_of_the_basic_table() -> None:
    """Nothing names the row: it may be of that item, and makes up for what the item lacks."""
    lacking = with_total("5.00", "5.00", "2.00", "5.00", "5.00")
    assert told(lacking, "X64") == []
    texts = told(lacking, "W13")
    assert len(texts) == 1
    assert "之下看来缺一行；按本表各数推算，缺的是 basic 8.00 万元、project 2.00 万元" in texts[0]
    assert "经济科目 30205 的基本支出（各功能科目合计）小于基本支出表的该科目" in texts[0]


def test_an_item_that_lacks_more_than_the_missing_row_has_is_told_for_itself() -> None:
    lacking = with_total("8.00", "5.00", "3.50", "6.00", "6.50")
    assert any("缺的是 basic 1.00 万元、project 2.00 万元" in text for text in told(lacking, "W13"))
    (text,) = told(lacking, "X64")
    assert "经济科目 30205 的基本支出（各功能科目合计）小于基本支出表的该科目：印为 3.50 万元" in text


# --- subjects --------------------------------------------------------------------------------------------------------

CLASS = [("223", "9.00"), ("22302", "9.00")]


def capital(*amounts: str) -> Dataset:
    rows = [*CLASS, *zip(("2230205", "2230206"), amounts, strict=True)]
    right = [*CLASS, ("2230205", "7.00"), ("2230206", "2.00")]
    fund = codes("state_capital_budget", 8, right, fund="state_capital")
    return document([*codes("expenditure_summary", 3, rows), *fund])


def test_a_subject_with_less_than_its_own_funds_table_was_not_seen() -> None:
    assert told(capital("7.00", "2.00"), "X62") == []
    (text,) = told(capital("2.00", "7.00"), "X62")
    assert "2230205" in text
    assert "看来互换了位置" in text


def appropriation(*amounts: str, carried: str = "0.00", listed: int = 2) -> Dataset:
    """An appropriation summary that lists items, and the general budget's expenditure."""
    rows = [("221", "9.00"), ("22102", "9.00"), *zip(("2210201", "2210203"), amounts, strict=True)]
    right = [("221", "9.00"), ("22102", "9.00"), ("2210201", "2.00"), ("2210203", "7.00")]
    lines = codes("appropriation_summary", 4, rows[: 2 + listed], code_source="reference")
    revenue = figure("appropriation_summary", 4, 9, 2, carried, item="上年结转", side="revenue", **BUDGET)
    return document([*lines, revenue, *codes("general_budget_expenditure", 5, right, fund="general_public_budget")])


def test_names_that_changed_places_in_an_appropriation_summary_without_codes_were_not_seen() -> None:
    """Money is carried over, and nobody tells for which subject: what is less than the other table is wrong all the
    same, and what is more by no more than that may not be."""
    assert told(appropriation("2.00", "7.00"), "X27") == []
    assert told(appropriation("3.00", "7.00", carried="1.00"), "X27") == []
    (text,) = told(appropriation("7.00", "2.00", carried="5.00"), "X27")
    assert "2210203" in text
    assert "印为" in text


def test_an_item_that_the_appropriation_summary_leaves_out_was_not_seen() -> None:
    assert told(appropriation("2.00", "7.00"), "S24") == []
    (text,) = told(appropriation("2.00", "7.00", listed=1), "S24")
    assert "有项级科目没有列在财政拨款收支总表中，财政拨款收支总表看来缺一行：2210203" in text


def test_a_group_that_the_expenditure_summary_leaves_out_was_not_seen() -> None:
    rows = [("22101", "4.00"), ("22102", "5.00")]
    general = codes("general_budget_expenditure", 5, rows, fund="general_public_budget")
    assert told(document([*codes("expenditure_summary", 3, rows), *general]), "S23") == []
    (text,) = told(document([*codes("expenditure_summary", 3, rows[:1]), *general]), "S23")
    assert "有款级科目没有列在支出总表中，支出总表看来缺一行：22102" in text


def units(*second: str) -> Dataset:
    """A list of two units, each with its subjects."""
    lines, row = [figure("expenditure_summary", 3, 3, 3, "4.00", **subject("total"), **SPENT)], 4
    for unit, listed in (("甲单位", ("201", "20101", "2010101")), ("乙单位", second)):
        lines.append(figure("expenditure_summary", 3, row, 3, "2.00", item=unit, unit_name=unit, **SPENT))
        for code in listed:
            row += 1
            lines.append(figure("expenditure_summary", 3, row, 3, "2.00", unit_name=unit, **subject(code), **SPENT))
        row += 1
    return document(lines)


def test_the_class_missing_under_one_of_several_units_was_not_seen_as_the_table_lists_it_under_another() -> None:
    assert told(units("201", "20101", "2010101"), "S25") == []
    (text,) = told(units("20101", "2010101"), "S25")
    assert "没有列出其上级科目（同表别处列有），看来缺一行：20101" in text


# --- codes -----------------------------------------------------------------------------------------------------------

NAMES = {"30201": "办公费", "30202": "印刷费", "30217": "公务接待费", "302": "商品和服务支出"}


def coded(*rows: tuple[str, str], again: Sequence[tuple[str, str]] = ()) -> Dataset:
    known = [{"scheme": "department", "code": code, "name": name, "level": "款"} for code, name in NAMES.items()]
    lines = [
        figure("basic_expenditure" if table == 6 else "agency_operating_expenses", table, row, 3, "1.00",
               economic_code=code, economic_name=name, item=name, code_source="printed", **GENERAL)
        for table, listed in ((6, rows), (11, again))
        for row, (code, name) in enumerate(listed, start=3)
    ]  # fmt: skip
    return {**document(lines), "economic_subjects": to_arrow(ECONOMIC_SUBJECTS, known)}


def test_a_code_with_one_wrong_digit_was_not_seen_where_no_sum_and_no_other_table_has_it() -> None:
    assert told(coded(("302", NAMES["302"]), ("30217", "公务接待费")), "S22") == []
    (text,) = told(coded(("302", NAMES["302"]), ("30227", "公务接待费")), "S22")
    assert "科目的编码看来印错了一位（名称是另一编码的名称）：“30227 公务接待费”，公务接待费的编码是 30217" in text
    assert "a digit of a code seems to be wrong" in text


@pytest.mark.parametrize(
    ("rows", "again"),
    [
        ([("30227", "公务接待费")], [("30227", "公务接待费")]),  # another edition of the list, as two tables have it
        ([("30301", "公务接待费")], []),  # no slip of the pen
        ([("30202", "办公费"), ("30201", "印刷费")], []),  # S15 tells that names changed places
        ([("303", "对个人的补助"), ("30317", "公务接待费")], []),  # the level above speaks for the printed one
    ],
)
def test_a_code_that_something_else_in_the_document_stands_by_is_no_slip(
    rows: Sequence[tuple[str, str]], again: Sequence[tuple[str, str]]
) -> None:
    assert told(coded(*rows, again=again), "S22") == []


def test_names_that_changed_places_are_told_in_a_list_that_prints_a_code_twice() -> None:
    """Of a code in two rows only the last name was looked at."""
    rows = (("30201", "印刷费"), ("30202", "办公费"), ("30201", "办公费"))
    (text,) = told(coded(*rows), "S15")
    assert "30201 印刷费、30202 办公费" in text


def test_an_economic_code_that_is_none_was_not_told_as_the_name_says_which_it_is() -> None:
    lines = coded(("302", NAMES["302"]), ("30201", "办公费"), ("30217", "公务接待费"))
    rows = lines["budget_lines"].to_pylist()
    rows[-1]["code_source"] = "reference"
    (text,) = told({**lines, **{"budget_lines": document(rows)["budget_lines"]}}, "S13")
    assert "有的行没有印出可认的科目编码（按名称应为 30217）" in text


def test_a_subject_beside_anothers_name_is_told_by_the_reference() -> None:
    known = [
        {"code": "2120803", "name": "城市建设支出", "level": "项"},
        {"code": "2120801", "name": "征地支出", "level": "项"},
    ]
    row = {**subject("2120801", "城市建设支出"), **SPENT}
    lines = [figure("government_fund_expenditure", 7, 3, 3, "1.00", **row)]
    (text,) = told({**document(lines), "subjects": to_arrow(SUBJECTS, known)}, "S22")
    assert "城市建设支出的编码是 2120803" in text


# --- summary tables --------------------------------------------------------------------------------------------------


def summary(*rows: tuple[int, str, str, str, str], labels: Sequence[Row] = ()) -> Dataset:
    """A budget summary: row, label and amount of the revenue, label and amount of the expenditure."""
    sides = [(row, 2, amount, {"item": label or None, "side": "revenue"}) for row, label, amount, _, _ in rows]
    sides += [(row, 4, spent, {"item": other, "side": "expenditure"}) for row, _, _, other, spent in rows]
    lines = [
        figure("budget_summary", 1, row, column, amount, **said, **BUDGET)
        for row, column, amount, said in sorted(sides, key=lambda each: each[:2])
        if amount
    ]
    cells = [cell(row, column, text) for row, label, _, other, _ in rows for column, text in ((1, label), (3, other))]
    dataset = document(lines, [source_table("budget_summary", 1, printed_title="收支总表")])
    return {**dataset, "cells": to_arrow(CELLS, [*cells, *labels])}


FULL = ((3, "一、拨款收入", "8.00", "一、教育支出", "7.00"), (4, "二、其他收入", "2.00", "二、卫生支出", "3.00"),
        (5, "本年收入合计", "10.00", "本年支出合计", "10.00"),
        (6, "收入总计", "10.00", "支出总计", "10.00"))  # fmt: skip


def test_a_row_of_a_summary_printed_twice_is_one_finding_for_both_its_sides() -> None:
    """Of two sides one was told as printed twice, and of the other that its figure should be nothing."""
    first, *rest = FULL
    twice = [first, *((row + 1, *other) for row, *other in (first, *rest))]
    texts = told(summary(*twice), "W02") + told(summary(*twice), "W04") + told(summary(*twice), "S20")
    (text,) = texts
    assert "“一、拨款收入”、“一、教育支出”一行看来印了两次：8.00 万元、7.00 万元" in text
    assert "应为 0.00" not in text


def test_a_subtotal_printed_twice_was_not_seen_as_no_sum_takes_it_in() -> None:
    *above, subtotal, total = FULL
    dataset = summary(*above, subtotal, (6, *subtotal[1:]), (7, *total[1:]))
    (text,) = told(dataset, "S20")
    assert "同一行（名称、金额都相同）看来连印了两次：本年收入合计、本年支出合计" in text


def test_a_figure_on_the_other_side_of_a_summary_is_told_with_the_label_beside_which_it_belongs() -> None:
    """Two findings told that a row was missing there, and that here no figure should stand."""
    rows = (FULL[0], (4, "二、其他收入", "2.00", "", ""), (5, "", "3.00", "二、卫生支出", ""), *(
        (row + 1, *other) for row, *other in FULL[2:]
    ))  # fmt: skip
    texts = [*told(summary(*rows), "W02"), *told(summary(*rows), "W04")]
    (text,) = texts
    assert "“二、卫生支出”一行的 3.00 万元 看来印错了栏" in text


def test_two_rows_of_a_summary_that_changed_places_are_told_with_their_other_side() -> None:
    """The revenue's total stood in a row without a label: it was told to be the only wrong figure of that side."""
    rows = (
        FULL[0], FULL[1], (5, "", "", "三、农林支出", "0.00"), (6, *FULL[2][1:]), (7, *FULL[3][1:]),
    )  # fmt: skip
    assert told(summary(*rows), "W02") == []
    crossed = [*rows[:2], (5, "", "10.00", "三、农林支出", "10.00"), (6, "本年收入合计", "", "本年支出合计", "0.00")]
    found = check_document(summary(*crossed, rows[4])).findings.to_pylist()
    (text,) = [str(row["explanation"]) for row in found if str(row["check_id"]).startswith("W")]
    assert "“三、农林支出”与“本年支出合计”两行的数（或其编码、名称）看来互换了位置" in text
    assert "收入总计" in text


def test_a_sum_and_its_first_part_that_changed_places_were_told_as_one_wrong_sum() -> None:
    parts = [("2、公务接待费", "2.00"), ("3、公务用车购置及运行费", "17.50"), ("其中：（1）公务用车购置费", "0.00")]
    parts.append(("（2）公务用车运行费", "17.50"))
    right = [("合计", "19.50"), ("1、因公出国（境）费用", "0.00"), *parts]
    crossed = [("合计", "0.00"), ("1、因公出国（境）费用", "19.50"), *parts]

    def public(listed: Sequence[tuple[str, str]]) -> Dataset:
        return document(
            [
                figure("three_public_expenses", 7, row, 2, amount, item=item, fund="general_public_budget", **SPENT)
                for row, (item, amount) in enumerate(listed, start=2)
            ]
        )

    assert told(public(right), "W51") == []
    (text,) = told(public(crossed), "W51")
    assert "“合计”与“1、因公出国（境）费用”两行的数（或其编码、名称）看来互换了位置：前者印为 0.00 万元" in text
    (text,) = told(public([("合计", "16.50"), *right[1:]]), "W51")
    assert "互换" not in text


def spread(*amounts: str) -> Dataset:
    """The three public expenses, its items over columns, each of two funds."""
    heads = ("总计", "因公出国（境）费", "公务接待费")
    lines = [
        figure("three_public_expenses", 9, 4, column, amount, item=heads[column // 2 - 1], unit_name="某局",
               column_header=f"{heads[column // 2 - 1]}/{fund}", fund=fund, **SPENT)
        for column, (amount, fund) in enumerate(
            zip(amounts, ("general_public_budget", "government_fund") * 3, strict=True), start=2
        )
    ]  # fmt: skip
    return document(lines)


def test_figures_of_two_columns_that_changed_places_are_one_finding_where_items_stand_in_columns() -> None:
    """Each was told to be wrong alone: there a row shows several items, and nobody looked across them."""
    assert told(spread("5.00", "0.00", "3.00", "0.00", "2.00", "0.00"), "W51") == []
    (text,) = told(spread("0.00", "5.00", "3.00", "0.00", "2.00", "0.00"), "W51")
    assert "的 0.00 万元 与“总计·government_fund”栏的 5.00 万元 看来互换了位置" in text


def test_the_totals_of_two_rows_that_changed_places_were_told_as_two_sums_as_far_off() -> None:
    lines = []
    for row, (code, *amounts) in enumerate(
        (("total", "12.00", "9.00", "3.00"), ("2010101", "5.00", "5.00", "2.00"), ("2010102", "7.00", "4.00", "1.00")),
        start=3,
    ):
        for column, (kind, amount) in enumerate(zip(("total", "basic", "project"), amounts, strict=True), start=3):
            meaning = {**SPENT, "expenditure_type": kind, "column_header": {"total": "合计"}.get(kind, kind)}
            lines.append(figure("expenditure_summary", 3, row, column, amount, **subject(code), **meaning))
    (text,) = told(document(lines), "W11")
    assert (
        "“合计”栏“2010102 科目2010102”一行的 7.00 万元 与“2010101 科目2010101”一行的 5.00 万元 看来互换了位置" in text
    )


@pytest.mark.parametrize(
    ("numbers", "gaps"), [(range(1, 12), 0), ((1, 2, 3, 4, 5, 6, 8, 9, 10, 11), 1), ((1, 3, 4), 0)]
)
def test_a_number_left_out_of_a_long_list_in_digits_was_not_seen(numbers: Sequence[int], gaps: int) -> None:
    labels = [cell(row, 3, f"{number}、某项支出") for row, number in enumerate(numbers, start=3)]
    assert len(told(summary(labels=labels), "S18")) == gaps


def test_a_summary_without_subtotals_was_not_seen_where_its_carry_over_is_blank() -> None:
    rows = [
        (f"{side}总计" if last else f"本年{side}合计", "10.00", name)
        for side, name in (("收入", "revenue"), ("支出", "expenditure"))
        for last in (False, True)
    ]
    lines = [
        figure(table, number, row, 2, amount, item=item, side=side, **BUDGET)
        for number, table in ((1, "budget_summary"), (4, "appropriation_summary"))
        for row, (item, amount, side) in enumerate(rows, start=5)
        if number == 1 or "本年" not in item
    ]
    labels = [cell(4, 1, "二、上年结转", table_no=number) for number in (1, 4)]
    (text,) = told({**document(lines), "cells": to_arrow(CELLS, labels)}, "S19")
    assert "没有列出本年收入合计、本年支出合计（另一张收支总表列有），看来缺一行" in text


def test_the_revenue_table_is_not_held_to_this_years_total_where_the_grand_total_is_what_is_missing() -> None:
    """It said that two totals that differ by the carry-over are not equal."""
    rows = (("一、拨款收入", "9.00"), ("本年收入合计", "9.00"), ("上年结转", "1.00"), ("收入总计", "10.00"))
    for kept, told_of in ((rows, []), (rows[:-1], [])):
        lines = [
            figure("budget_summary", 1, row, 2, amount, item=item, side="revenue", **BUDGET)
            for row, (item, amount) in enumerate(kept, start=3)
        ]
        other = figure("revenue_summary", 2, 3, 3, "10.00", **subject("total"), side="revenue", fund="total", **BUDGET)
        assert told(document([*lines, other]), "X19") == told_of
