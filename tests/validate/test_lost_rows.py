"""Rows that no sum misses: totals, rows of noughts, the level between two others, rows with a number beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.schema import CELLS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, subject
from tests.validate.test_changed_rows import cell
from tests.validate.test_wording import told

SPENT = {"side": "expenditure", "period": "budget"}
LEVELS = ("201", "20101", "2010101")
TABLES = ("expenditure_summary", "general_budget_expenditure", "government_fund_expenditure")


def listing(table_id: str, table_no: int, codes: Sequence[str], amount: str = "5.00") -> list[Row]:
    """A table of subjects that are all of one amount; ``total`` is a code too."""
    fund = {"fund": "general_public_budget"} if table_id == "general_budget_expenditure" else {}
    return [
        figure(table_id, table_no, row, 3, amount, **{**subject(code), **fund, **SPENT})
        for row, code in enumerate(codes, start=3)
    ]


def tables(*lists: Sequence[str], amount: str = "5.00") -> Dataset:
    return document(
        [row for no, codes in enumerate(lists, start=3) for row in listing(TABLES[no - 3], no, codes, amount)]
    )


# --- totals ----------------------------------------------------------------------------------------------------------

WHOLE = ("total", *LEVELS)


def test_a_total_that_one_table_alone_does_not_print_was_not_seen() -> None:
    """The checks of a total ask for none where it is not printed, and so nothing failed."""
    assert told(tables(WHOLE, WHOLE, WHOLE), "S26") == []
    (text,) = told(tables(WHOLE, WHOLE, LEVELS), "S26")
    assert "《government_fund_expenditure》没有列出合计（本文件其他各表都列有），看来缺一行" in text
    assert "prints no total, as the document's other tables do" in text


@pytest.mark.parametrize("lists", [(WHOLE, LEVELS, LEVELS), (WHOLE, LEVELS), (LEVELS, LEVELS, LEVELS)])
def test_where_it_is_a_documents_own_form_no_total_is_missing(lists: Sequence[Sequence[str]]) -> None:
    assert told(tables(*lists), "S26") == []


def test_finals_that_set_personnel_beside_operating_expenses_have_a_total_of_each() -> None:
    basic = [
        figure("basic_expenditure", 6, row, 3, "5.00", economic_code=code, economic_name=name, item=name, **SPENT)
        for row, (code, name) in enumerate((("301", "工资福利支出"), (None, "人员经费合计")), start=3)
    ]
    others = [row for no in (3, 5) for row in listing(TABLES[no // 2 - 1], no, WHOLE)]
    assert told(document([*others, *basic]), "S26") == []


def test_a_total_of_no_row_was_not_seen() -> None:
    """The only subject of the table was gone: of parts there was none to add up."""
    assert told(tables(WHOLE, WHOLE, WHOLE), "S27") == []
    (text,) = told(tables(WHOLE, WHOLE, ("total",)), "S27")
    assert "《government_fund_expenditure》只印有合计，没有列出任何科目，看来缺一行或几行" in text
    assert told(tables(WHOLE, WHOLE, ("total",), amount="0.00"), "S27") == []


def revenue(*items: str) -> Dataset:
    """The revenue summary as a list of funds and their parts, beside two tables that print their totals."""
    amounts = {"收入总计": "10.00", "一般公共预算资金": "10.00", "财政拨款资金": "10.00"}
    lines = [
        figure("revenue_summary", 2, row, 3, amounts[item], item=item, side="revenue", period="budget",
               fund="total" if item == "收入总计" else "general_public_budget", origin="current_year")
        for row, item in enumerate(items, start=2)
    ]  # fmt: skip
    summary = [
        figure("budget_summary", 1, row, 2, "10.00", item=item, side="revenue", period="budget", fund="total",
               origin="current_year" if row == 8 else "total")
        for row, item in ((8, "本年收入合计"), (9, "收入总计"))
    ]  # fmt: skip
    return document([*summary, *lines, *(row for no in (3, 4) for row in listing(TABLES[no - 3], no, WHOLE))])


def test_a_revenue_table_without_its_total_was_held_to_the_sum_of_all_its_rows() -> None:
    """The funds and what they consist of were added up, and the summary was told to be half of what it should."""
    untold = revenue("一般公共预算资金", "财政拨款资金")
    assert len(told(untold, "S26")) == 1
    assert told(untold, "X06") == told(untold, "X19") == []
    assert told(revenue("收入总计", "一般公共预算资金", "财政拨款资金"), "S26") == []


# --- levels ----------------------------------------------------------------------------------------------------------


def by_unit(*second: str) -> Dataset:
    """Two units, each with its subjects; those of the second as given."""
    unit = {"subject_code": None, "subject_level": None}
    lines = listing("expenditure_summary", 3, ("total", "201", *LEVELS, "201", *second))
    lines[0] = {**lines[0], "amount": lines[0]["amount"] * 2, "amount_printed": "10.00"}
    for place, name in ((1, "甲局"), (5, "乙局")):
        lines[place] = {**lines[place], **unit, "subject_name": None, "item": name, "unit_name": name}
    return document(lines)


def test_the_level_between_an_item_and_its_class_was_not_missed_under_one_of_the_units() -> None:
    """The item stood below its class, and so below some subject; the code stood under another unit."""
    assert told(by_unit(*LEVELS), "S25") == []
    (text,) = told(by_unit(LEVELS[0], LEVELS[2]), "S25")
    assert "有的科目之上没有列出其上级科目（同表别处列有），看来缺一行：2010101" in text


def economic(*codes: str) -> Dataset:
    return document(
        [
            figure("agency_operating_expenses", 9, row, 3, "5.00", economic_code=code, economic_name=f"科目{code}",
                   item=code, code_source="printed", **SPENT)
            for row, code in enumerate(codes, start=3)
        ]
    )  # fmt: skip


def test_a_class_of_economic_items_that_lists_none_was_not_seen() -> None:
    assert told(economic("302", "30201", "310", "31002"), "S30") == []
    (text,) = told(economic("302", "30201", "310"), "S30")
    assert "有一类经济科目之下没有列出款（同表其他的类都列有），看来缺一行：310 科目310" in text
    assert told(economic("301", "302", "310"), "S30") == []  # a table of classes


# --- numbers beside the rows -----------------------------------------------------------------------------------------


def numbered(*numbers: int, heading: str = "序号", page_of: int = 0) -> Dataset:
    """A table of projects that numbers its rows; ``page_of`` is the row from which on it stands on another page."""
    cells = [cell(1, 1, heading, 9), *(cell(row, 1, str(each), 9) for row, each in enumerate(numbers, start=2))]
    cells = [{**each, "page": 10 if 0 < page_of <= int(str(each["row_no"])) else 9} for each in cells]
    lines = [figure("projects", 9, 2, 3, "5.00", project_name="甲", **SPENT)]
    return {**document(lines), "cells": to_arrow(CELLS, cells)}


def families(dataset: Dataset) -> list[str]:
    rows = check_document(dataset).findings.to_pylist()
    return [family for row in rows if (family := str(row["check_id"]).split("/")[0]) in ("S28", "S29")]


def test_a_number_of_a_row_left_out_or_printed_twice_was_not_seen() -> None:
    assert families(numbered(1, 2, 3, 4, 5)) == []
    (text,) = told(numbered(1, 2, 4, 5), "S28")
    assert "序号2之后跳了一个序号，看来缺一行" in text
    (text,) = told(numbered(1, 2, 2, 3, heading="行次"), "S29")
    assert "相邻两行的序号相同，看来有一行印了两次，或序号印错：2" in text


@pytest.mark.parametrize(
    "dataset",
    [
        numbered(1, 2, 4, 5, 7),  # which lists some of a longer list
        numbered(2, 3, 5, 6),
        numbered(1, 2, 4, 5, heading="人数"),
        numbered(1, 2, 2, 3, page_of=4),  # a row that goes on on the next page
    ],
)
def test_numbers_that_count_something_else_or_go_on_on_the_next_page_lack_no_row(dataset: Dataset) -> None:
    assert families(dataset) == []


# --- rows that stand twice -------------------------------------------------------------------------------------------


def texts(dataset: Dataset) -> str:
    return "".join(str(row["explanation"]) for row in check_document(dataset).findings.to_pylist())


def item(row: int, code: str, amount: str, government: str | None = None) -> Row:
    return figure(
        "basic_expenditure", 6, row, 3, amount, economic_code=code, economic_name=code, item=code,
        code_source="printed", government_economic_code=government, **SPENT,
    )  # fmt: skip


def test_an_item_of_nothing_printed_twice_was_not_seen_as_its_sum_is_nothing() -> None:
    (text,) = told(document([item(3, "30304", "0.00"), item(4, "30304", "0.00")]), "S14")
    assert "同一行（科目、名称、金额都相同）印了两次：30304" in text


def test_an_item_under_two_items_of_the_government_stands_twice_and_adds_up() -> None:
    assert told(document([item(3, "30309", "0.00", "50901"), item(4, "30309", "0.00", "50999")]), "S14") == []
    assert told(document([item(3, "30309", "0.05"), item(4, "30309", "0.05")]), "S14") == []


def test_a_project_of_a_subject_printed_twice_was_not_seen_where_its_table_has_one_total() -> None:
    """The table's only sum then failed, and so it was taken for one whose headings add projects up."""
    names = ("甲", "乙", "乙")
    projects = [
        figure("projects_carryover", 15, row, 4, "1.00", project_name=name, unit_name="某局",
               **{**subject("2040299"), "item": name}, **SPENT)
        for row, name in enumerate(names, start=3)
    ]  # fmt: skip
    total = figure("projects_carryover", 15, 2, 4, "2.00", **subject("total"), **SPENT)
    assert "印了两次" in texts(document([total, *projects]))
    assert "印了两次" not in texts(document([total, *projects[:2]]))


def test_a_numbered_row_of_nothing_printed_twice_among_the_three_public_expenses_was_not_seen() -> None:
    rows = ("合计", "1、因公出国（境）费", "2、公务接待费", "2、公务接待费", "3、公务用车购置及运行费")
    lines = [
        figure("three_public_expenses", 7, row, 2, "0.00", item=label, **SPENT) for row, label in enumerate(rows, 2)
    ]
    (text,) = told(document(lines), "S20")
    assert "看来连印了两次：2、公务接待费" in text
    assert told(document([*lines[:3], lines[4]]), "S20") == []


PUBLIC = ("合计", "因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行费", "会议费", "培训费")
RECEPTION = ("合计", "公务接待费")


def by_units(*rows: tuple[str | None, str]) -> Dataset:
    """The three public expenses over columns, a row a unit: its name, and its receptions, as it has no other."""
    lines = [
        figure("three_public_expenses", 15, row, column, amount if item in RECEPTION else "0.00", item=item,
               unit_name=unit, column_header=item, fund="general_public_budget", **SPENT)
        for row, (unit, amount) in enumerate(rows, start=5)
        for column, item in enumerate(PUBLIC, start=3)
    ]  # fmt: skip
    return document(lines)


@pytest.mark.parametrize("first", [(), (("某局", "9.00"),)])
def test_a_unit_missing_among_the_three_public_expenses_was_not_seen(first: Sequence[tuple[str, str]]) -> None:
    """The total stood in a row of items, and no sum ran down its columns; the department may repeat it."""
    total, *units = (None, "9.00"), *first, ("某局本级", "4.00"), ("某中心", "3.00"), ("某站", "2.00")
    assert told(by_units(total, *units), "W56") == []
    assert "合计＝所列各单位之和：印为 合计 9.00 万元" in "".join(told(by_units(total, *units[:-1]), "W56"))
