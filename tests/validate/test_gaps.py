"""Rows that a summary table seems to lack or prints twice, and classes that exceed what they are parts of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.schema import CELLS
from pipeline.tables import Dataset, Row, to_arrow
from tests.validate.made import DOCUMENT, document, figure, source_table
from tests.validate.test_texts import checks
from tests.validate.test_wording import told

NUMBERS = "一二三四五六七"
BUDGET = {"period": "budget"}


def numbered(*places: int) -> Dataset:
    """A summary table whose labels bear these numbers."""
    cells: list[Row] = [
        {"cell_id": f"{DOCUMENT}:t1:r{row}:c3", "document_id": DOCUMENT, "page": 1, "table_no": 1, "row_no": row,
         "column_no": 3, "row_span": 1, "column_span": 1, "x0": 0, "y0": 0, "x1": 1, "y1": 1,
         "text_raw": f"{NUMBERS[place]}、某项支出", "text": f"{NUMBERS[place]}、某项支出", "role": "label"}
        for row, place in enumerate(places, start=3)
    ]  # fmt: skip
    dataset = document([], [source_table("budget_summary", 1, printed_title="收支总表")])
    return {**dataset, "cells": to_arrow(CELLS, cells)}


def test_a_number_left_out_among_the_labels_of_a_summary_table_was_not_seen() -> None:
    """The row of a class without money was gone, and no sum missed it."""
    assert checks(numbered(0, 1, 2, 3, 4), "S18") == [("S18/t1/c3", "exact")]
    (text,) = told(numbered(0, 1, 3, 4, 5), "S18")
    assert "《收支总表》“二、某项支出”之后跳了一个序号，看来缺一行" in text


@pytest.mark.parametrize("places", [(0, 2, 4, 5), (0, 2, 3), (2, 4, 5, 6), (0, 1, 2, 0, 1, 3)])
def test_a_list_that_prints_what_it_has_or_begins_anew_has_no_gap(places: Sequence[int]) -> None:
    assert told(numbered(*places), "S18") == []


def public(*items: str) -> Dataset:
    rows = [figure("three_public_expenses", 7, row, 2, "1.00", item=item, side="expenditure", **BUDGET)
            for row, item in enumerate(items, start=4)]  # fmt: skip
    return document(rows)


def test_a_sum_of_the_three_public_expenses_without_its_row_was_not_seen() -> None:
    """Its parts are there and make up the total: the number before it is all that speaks."""
    items = (
        "（一）因公出国（境）费",
        "（二）公务用车购置及运行费",
        "1.公务用车购置费",
        "2.公务用车运行费",
        "（三）公务接待费",
    )
    assert checks(public(*items), "S18") == [("S18/t7/c0", "exact")]
    (text,) = told(public(*(item for item in items if "及" not in item)), "S18")
    assert "“（一）因公出国（境）费”之后跳了一个序号，看来缺一行" in text


def summaries(*, subtotals: bool = True, again: bool = False) -> Dataset:
    lines: list[Row] = []
    for table_no, table_id in ((1, "budget_summary"), (4, "appropriation_summary")):
        rows = ["一、拨款收入", "本年收入合计", "上年结转", "收入总计"]
        if table_no > 1 and not subtotals:
            rows.remove("本年收入合计")
        rows += ["收入总计"] if table_no > 1 and again else []
        for row, item in enumerate(rows, start=3):
            amount = {"上年结转": "1.00", "收入总计": "10.00"}.get(item, "9.00")
            lines.append(figure(table_id, table_no, row, 2, amount, item=item, side="revenue", **BUDGET))
            side = {"side": "expenditure", **BUDGET}
            other = {"本年收入合计": "本年支出合计", "收入总计": "支出总计"}.get(item)
            if other:
                lines.append(figure(table_id, table_no, row, 4, "10.00", item=other, **side))
    return document(lines)


def test_a_summary_without_the_subtotals_that_the_other_prints_was_not_seen() -> None:
    assert told(summaries(), "S19") == []
    (text,) = told(summaries(subtotals=False), "S19")
    assert "没有列出本年收入合计、本年支出合计（另一张收支总表列有），看来缺一行" in text


def test_a_summary_that_calls_its_subtotal_by_another_name_was_said_to_lack_it() -> None:
    """一、本年财政拨款 stands over the funds that it adds up, and nothing else is called this year's total."""
    lines = [
        {**row, "item": "一、本年财政拨款"} if (row["table_no"], row["item"]) == (4, "一、拨款收入") else row
        for row in summaries(subtotals=False)["budget_lines"].to_pylist()
    ]
    assert told(document(lines), "S19") == []


def test_a_grand_total_printed_twice_was_not_seen() -> None:
    assert told(summaries(), "S20") == []
    (text,) = told(summaries(again=True), "S20")
    assert "同一行（名称、金额都相同）看来连印了两次：收入总计、支出总计" in text


def classes(appropriation: str, *of_another_unit: str) -> Dataset:
    meaning = {
        "side": "expenditure",
        "subject_level": "类",
        "subject_code": "210",
        "item": "九、卫生健康支出",
        **BUDGET,
    }
    other = {"side": "revenue", "item": "五、其他收入", "fund": "other_revenue", **BUDGET}
    return document(
        [
            figure("budget_summary", 1, 11, 4, "19939.54", **meaning),
            figure("budget_summary", 1, 7, 2, "8.00", **other),
            figure("appropriation_summary", 4, 11, 4, appropriation, **meaning),
            *(figure("budget_summary", 9, 11, 4, each, **meaning) for each in of_another_unit),
        ]
    )


@pytest.mark.parametrize("appropriation", ["19939.54", "19939.55", "12.00"])
def test_an_appropriation_may_be_all_of_a_class_or_less(appropriation: str) -> None:
    assert [outcome for _, outcome in checks(classes(appropriation), "X41")] == ["exact"]


def test_the_appropriation_of_one_unit_was_held_against_all_money_of_another_in_the_same_file() -> None:
    assert [outcome for _, outcome in checks(classes("12.00", "8.00"), "X41")] == ["not_applicable"]


def test_two_classes_that_changed_places_in_the_appropriation_summary_were_not_seen() -> None:
    """Their sum is what it was, and with other funds than the appropriation no class is equal elsewhere."""
    (text,) = told(classes("30584.38"), "X41")
    assert "卫生健康支出”大于收支总表的该类：印为 30,584.38 万元" in text
    assert "该类全部资金只有 19,939.54 万元，财政拨款是其中一部分" in text


def without(item: str) -> Dataset:
    """The summaries of a document, the second of which lacks a row."""
    lines = summaries()["budget_lines"].to_pylist()
    return document([row for row in lines if (row["table_no"], row["item"]) != (4, item)])


def test_a_summary_whose_carry_over_is_gone_was_not_seen() -> None:
    """Its grand total then had one part, and was held to nothing."""
    assert told(summaries(), "S21") == []
    (text,) = told(without("上年结转"), "S21")
    assert "收入总计与本年合计不等，而两者之间没有列出结转等项，看来缺一行：总计 10.00 万元，本年合计 9.00 万元" in text


def reception(basic: str, union: str = "8.59") -> Dataset:
    meaning = {"expenditure_type": "basic", **BUDGET}
    rows = (("30217", "公务接待费", basic), ("30228", "工会经费", union))
    lines = [
        figure("basic_expenditure", 6, row, 3, amount, economic_code=code, economic_name=name, item=name, **meaning)
        for row, (code, name, amount) in enumerate(rows, start=9)
    ]
    return document([*lines, figure("three_public_expenses", 7, 4, 6, "0.90", item="公务接待费", **BUDGET)])


def test_receptions_in_the_basic_expenditure_beyond_those_of_the_three_public_expenses_were_not_seen() -> None:
    """Two rows of the basic expenditure had changed places, and their class had its sum."""
    assert [outcome for _, outcome in checks(reception("0.80"), "X46")] == ["exact"]
    (text,) = told(reception("8.59", "0.90"), "X46")
    assert (
        "公务接待费”大于“三公”经费表的该项：印为 8.59 万元，而《three_public_expenses》（第7页）该项只有 0.90 万元"
        in text
    )
    assert "该数印在本表“30228 工会经费”一行，两行看来互换了位置" in text
    assert len(told(reception("9.00"), "X46")) == 1  # the point is one place off


def test_what_is_counted_in_another_way_exceeds_no_bound() -> None:
    assert told(reception("1.87"), "X46") == []


def test_a_blank_row_between_the_totals_was_said_to_be_missing() -> None:
    lines = [
        {**row, "amount": row["amount"] - 40_000} if (row["table_no"], row["item"]) == (4, "本年支出合计") else row
        for row in summaries()["budget_lines"].to_pylist()
    ]
    (text,) = told(document(lines), "S21")
    assert "支出总计与本年合计不等" in text
    plain = {"document_id": DOCUMENT, "page": 4, "table_no": 4, "column_no": 3, "row_span": 1, "column_span": 1}
    labels = [
        {**plain, "cell_id": f"l{row}", "row_no": row, "text": text, "text_raw": text, "role": "label"}
        for row, text in ((4, "本年支出合计"), (5, "年终结转"), (6, "支出总计"))
    ]
    assert told({**document(lines), "cells": to_arrow(CELLS, labels)}, "S21") == []


def carried(*labels: tuple[str, str]) -> Dataset:
    """The revenue of a summary: the rows between this year's total and the grand total as given."""
    rows = [("一、一般公共预算资金", "9.00"), ("本年收入合计", "9.00"), *labels, ("收入总计", "10.00")]
    lines = [
        figure("appropriation_summary", 4, row, 2, amount, item=item, side="revenue", **BUDGET)
        for row, (item, amount) in enumerate(rows, start=3)
    ]
    return document(lines)


def test_the_funds_of_a_carry_over_that_is_not_named_were_taken_for_its_name() -> None:
    """The row 上年结转 was gone, and 一、一般公共预算拨款 below it gave the difference."""
    assert told(carried(("上年结转", "1.00"), ("一、一般公共预算拨款", "1.00")), "S21") == []
    assert told(carried(("一般公共预算拨款结转", "1.00")), "S21") == []
    (text,) = told(carried(("一、一般公共预算拨款", "1.00")), "S21")
    assert "收入总计与本年合计不等，而两者之间没有列出结转等项，看来缺一行" in text
