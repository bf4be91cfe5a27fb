"""A list of subjects printed again in a table that is none of the rule's binds the figures that it repeats."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schema import CELLS
from pipeline.tables import Dataset, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table

Line = tuple[str, str]

WAGES: tuple[Line, ...] = (
    ("合计", "96.30"), ("301", "60.10"), ("30101", "20.02"), ("30102", "19.03"), ("30103", "11.04"), ("30113", "10.01"),
    ("302", "36.20"), ("30201", "12.05"), ("30211", "13.06"), ("30299", "11.09"),
)  # fmt: skip


def with_again(other: Sequence[Line], listed: Sequence[Line] = WAGES) -> Dataset:
    """The basic expenditure by economic subject, and a table of another title that lists codes and amounts."""
    lines = [
        figure(
            "basic_expenditure", 6, row_no, 3, printed, side="expenditure", fund="general_public_budget",
            expenditure_type="basic", code_source="printed",
            **({"item": code, "subject_level": "total"} if code == "合计" else {"economic_code": code, "item": code}),
        )
        for row_no, (code, printed) in enumerate(listed, start=1)
    ]  # fmt: skip
    cells = [
        {
            "cell_id": f"{DOCUMENT}:t7:r{row_no}:c{column}", "document_id": DOCUMENT, "page": 7, "table_no": 7,
            "row_no": row_no, "column_no": column, "row_span": 1, "column_span": 1, "text_raw": text, "text": text,
            "role": "unread",
        }
        for row_no, line in enumerate(other, start=1)
        for column, text in enumerate(line, start=1)
    ]  # fmt: skip
    tables = [source_table("basic_expenditure", 6), source_table("other", 7, printed_title="财政拨款基本支出表")]
    return {**document(lines, tables), "cells": to_arrow(CELLS, cells)}


def told(dataset: Dataset) -> list[tuple[str, str]]:
    rows = check_document(dataset).checks.to_pylist()
    return [(row["statement"], row["outcome"]) for row in rows if row["family"] == "X37"]


def changed(lines: Sequence[Line], **amounts: str) -> list[Line]:
    return [(code, amounts.get(f"c{code}", printed)) for code, printed in lines]


def test_every_subject_of_such_a_list_must_be_what_is_printed_again() -> None:
    assert {outcome for _, outcome in told(with_again(WAGES))} == {"exact"}
    assert len(told(with_again(WAGES))) == len(WAGES)


def test_one_in_the_last_digit_of_an_item_is_found_though_its_class_could_be_rounded() -> None:
    """The appropriation's and the general budget's basic expenditure, of one money, in all of Jiangsu's documents."""
    wrong = with_again(WAGES, changed(WAGES, c30102="19.04"))
    fails = [statement for statement, outcome in told(wrong) if outcome == "fails"]
    assert fails == [
        "《basic_expenditure》30102 30102（general_public_budget.basic）＝《财政拨款基本支出表》重印的该科目"
    ]


def test_a_list_of_other_money_is_not_the_same_list() -> None:
    """Two lines differ, the item's and its class's: the appropriation has fund money too. Nothing is wrong."""
    other = changed(WAGES, c30102="29.03", c301="70.10", c合计="106.30")
    assert [outcome for _, outcome in told(with_again(other))] == ["not_applicable"]


def test_a_list_without_totals_must_be_equal_throughout() -> None:
    """Nothing tells other money of one item from a misprint where no line adds it up."""
    items = [*(line for line in WAGES if len(line[0]) == 5), ("30107", "8.08"), ("30108", "7.07"), ("30202", "6.06")]
    assert {outcome for _, outcome in told(with_again(items, items))} == {"exact"}
    assert [outcome for _, outcome in told(with_again(changed(items, c30107="9.08"), items))] == ["not_applicable"]


def test_the_totals_of_two_lists_are_not_compared_where_one_has_money_that_the_other_lacks() -> None:
    """The appropriation pays 100.00 from a fund too, under a class of its own: a digit apart, and no error."""
    wider = [*changed(WAGES, c合计="196.30"), ("310", "100.00")]
    statements = [statement for statement, _ in told(with_again(wider))]
    assert len(statements) == len(WAGES) - 1
    assert not [each for each in statements if "合计" in each]
    assert len(told(with_again(changed(WAGES, c合计="196.30")))) == len(WAGES)
