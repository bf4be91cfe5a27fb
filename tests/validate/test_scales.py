"""A table in the wrong unit is found where its figures are printed again, though no sum binds it to any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, WAN, document, figure, source_table

TOTAL = {"item": "合计", "subject_level": "total", "period": "budget", "side": "expenditure"}
AMOUNTS = ("3246.39", "1204.17", "2042.22")


def column(table_id: str, table_no: int, printed: Iterable[str], unit: str = "万元", **said: object) -> list[Row]:
    """A table of these amounts, none of which adds up to another; the first is its total."""
    return [
        figure(table_id, table_no, row_no, 2, text, unit=unit, **(TOTAL if row_no == 1 else {"item": f"第{row_no}项"}),
               **said)
        for row_no, text in enumerate(printed, start=1)
    ]  # fmt: skip


def spoken(dataset: Dataset, *printed: str, subjects: Sequence[str] = ()) -> Dataset:
    """The same document with a text that says these amounts in 万元, of these subjects."""
    names = subjects or [f"第{number}笔" for number in range(len(printed))]
    rows = [
        {"document_id": DOCUMENT, "figure_no": number, "section": "说明", "sentence": f"{name}{text}万元。",
         "subject": name, "kind": "amount", "value": Decimal(text) * WAN, "value_printed": text, "unit": "万元",
         "page": 2}
        for number, (name, text) in enumerate(zip(names, printed, strict=True), start=1)
    ]  # fmt: skip
    return {**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}


def units(dataset: Dataset, family: str = "X47") -> list[tuple[str, str]]:
    rows = check_document(dataset).checks.to_pylist()
    return [(row["check_id"], row["outcome"]) for row in rows if row["family"] == family]


def told(dataset: Dataset) -> list[str]:
    return [row["explanation"] for row in check_document(dataset).findings.to_pylist() if row["severity"] == "error"]


def test_tables_that_print_the_same_amounts_in_one_unit_or_two_agree() -> None:
    lines = [
        *column("expenditure_summary", 3, AMOUNTS),
        *column("three_public_expenses", 9, ["32463900.00", "12041700.00", "20422200.00"], unit="元"),
    ]
    assert units(document(lines)) == [("X47/t3", "exact"), ("X47/t9", "exact")]


def test_a_table_that_all_others_contradict_is_the_one_in_the_wrong_unit() -> None:
    """Nothing fails within it, and no sum binds it: it passed in silence."""
    lines = [
        *column("expenditure_summary", 3, AMOUNTS),
        *column("basic_expenditure", 6, AMOUNTS, expenditure_type="basic"),
        *column("three_public_expenses", 9, AMOUNTS, unit="元"),
    ]
    wrong = document(lines, [source_table("three_public_expenses", 9, printed_title="“三公”经费支出表", unit="元")])
    assert ("X47/t9", "fails") in units(wrong)
    assert ("X47/t3", "exact") in units(wrong)
    (said,) = [each for each in told(wrong) if "三公" in each]
    assert "《“三公”经费支出表》的金额单位按“元”计，看来应为“万元”" in said


def test_the_text_speaks_against_a_table_that_no_other_repeats() -> None:
    lines = column("three_public_expenses", 9, AMOUNTS, unit="元")
    tables = [source_table("three_public_expenses", 9, printed_title="“三公”经费支出表", unit="元")]
    (said,) = told(spoken(document(lines, tables), *AMOUNTS))
    assert "看来应为“万元”" in said
    assert units(spoken(document(column("three_public_expenses", 9, AMOUNTS)), *AMOUNTS)) == [("X47/t9", "exact")]


def test_of_two_tables_that_contradict_each_other_alone_neither_is_called_the_wrong_one() -> None:
    lines = [*column("basic_expenditure", 6, AMOUNTS), *column("three_public_expenses", 9, AMOUNTS, unit="元")]
    (said,) = told(document(lines))
    assert "看来应为" not in said
    assert "看来印错了，或别处的印错了" in said
    assert "有3个数在别处重印，那里正好" in said
    assert "10,000倍" in said


@pytest.mark.parametrize(
    "amounts",
    [
        ("100.00", "20.00", "3.00"),  # round amounts are ten thousand times others everywhere
        ("123.00",),  # so do those of few digits
    ],
)
def test_amounts_that_meet_by_chance_speak_against_no_unit(amounts: tuple[str, ...]) -> None:
    lines = [*column("basic_expenditure", 6, amounts), *column("three_public_expenses", 9, amounts, unit="元")]
    assert units(document(lines)) == [("X47", "not_applicable")]


def test_figures_finer_than_a_fen_are_in_another_unit() -> None:
    """491.280000 元: a table of its own, of whose figures nothing else in the document speaks."""
    fine = document(column("three_public_expenses", 9, ["1281.810000", "128.250000"], unit="元"))
    assert units(fine, "X48") == [("X48/t9", "fails")]
    (said,) = told(fine)
    assert "有2个数比分还细，如“合计” 1,281.81 元" in said
    in_wan = document(column("three_public_expenses", 9, ["1281.810000", "128.250000"]))
    assert units(in_wan, "X48") == [("X48/t9", "exact")]


def test_figures_of_more_than_twice_the_whole_department_are_in_another_unit() -> None:
    whole = column("expenditure_summary", 3, ["32463900.00"], unit="元")
    large = document([*whole, *column("three_public_expenses", 9, ["812345.67"])])
    assert ("X48/t9", "fails") in units(large, "X48")
    assert any("“合计” 812,345.67 万元比本部门全部收支的两倍还大" in each for each in told(large))
    small = document([*whole, *column("three_public_expenses", 9, ["812345.67"], unit="元")])
    assert ("X48/t9", "exact") in units(small, "X48")


def test_one_figure_a_place_too_large_was_said_to_be_the_units_fault() -> None:
    whole = column("expenditure_summary", 3, ["1200.00"])
    one, all_of_it = (
        document([*whole, *column("general_budget_expenditure", 9, amounts)])
        for amounts in (["481.38", "4813.80"], ["3813.80", "4813.80"])
    )
    (text,) = (each for each in told(one) if "两倍" in each)
    assert "比本部门全部收支的两倍还大，其余各数不然，看来是该数的小数点印错了" in text
    (text,) = (each for each in told(all_of_it) if "两倍" in each)
    assert "小数点" not in text


PUBLIC = ("“三公”经费", "公务接待费", "公务用车购置及运行费")


SPENT = ("19.5", "2.0", "17.5")


def public(unit: str, *said: str, beside: Sequence[Row] = ()) -> Dataset:
    """A table of the three public expenses in this unit, and what the text says of them in 万元."""
    lines = [*public_column(unit, 2, SPENT), *beside]
    return spoken(document(lines), *said, subjects=PUBLIC)


def public_column(unit: str, column_no: int, printed: Sequence[str], **said: object) -> list[Row]:
    meaning = {"period": "budget", "side": "expenditure", "unit": unit, **said}
    return [
        figure("three_public_expenses", 11, row_no, column_no, text, item=name, **meaning)
        for row_no, (name, text) in enumerate(zip(PUBLIC, printed, strict=True), start=2)
    ]


def test_small_amounts_speak_of_the_unit_by_their_names() -> None:
    """19.5 元, 2.0 元 and 17.5 元 where the text says 万元: with so few digits any could be another amount."""
    assert units(public("万元", *SPENT), "N55") == [("N55/t11", "exact")]
    wrong = public("元", *SPENT)
    assert units(wrong, "N55") == [("N55/t11", "fails")]
    assert any("《three_public_expenses》的金额单位按“元”计，看来应为“万元”" in each for each in told(wrong))


def test_where_only_some_of_them_are_so_far_apart_nothing_is_said_of_the_unit() -> None:
    assert units(public("元", "19.5", "2.0", "17.1"), "N55") == [("N55", "not_applicable")]


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param({"printed": ("8.5", "1.0", "7.5"), "unit_name": "局机关"}, id="of a unit below the department"),
        pytest.param({"printed": ("21.0", "3.0", "18.0"), "period": "final"}, id="of the accounts"),
        pytest.param({"printed": ("0.0", "0.0", "0.0"), "fund": "government_fund"}, id="of a fund that has nothing"),
    ],
)
def test_amounts_printed_beside_those_that_the_text_says_leave_the_unit_to_be_told(beside: dict[str, Any]) -> None:
    """Tables of several units, of the budget beside the accounts, or of three funds said nothing of their unit."""
    for unit, outcome in (("万元", "exact"), ("元", "fails")):
        wrong = public(unit, *SPENT, beside=public_column(unit, 3, **beside))
        assert units(wrong, "N55") == [("N55/t11", outcome)]
