"""The workbook keeps codes, Chinese and amounts as they are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")

from hypothesis import given
from hypothesis import strategies as st

from pipeline.release import workbook
from pipeline.release.facts import Facts, facts_of
from pipeline.release.workbook import Sheet, is_safe, sheet_name, shortened, write_workbook
from pipeline.schema import BUDGET_LINES, PUBLISHED
from pipeline.tables import to_arrow, write_parquet
from tests.publish.made import AWKWARD, line


@pytest.fixture
def facts(published: Path) -> Facts:
    return facts_of(published)


def column(path: Path, title: str) -> list[Any]:
    page = openpyxl.load_workbook(path)[sheet_name(BUDGET_LINES)]
    place = [cell.value for cell in page[1]].index(title) + 1
    return [page.cell(row, place) for row in range(2, page.max_row + 1)]


def made(tmp_path: Path, facts: Facts, *rows: dict[str, object]) -> Path:
    lines = [line(number, 2, **row) for number, row in enumerate(rows, 1)]
    write_parquet(tmp_path / "budget_lines.parquet", to_arrow(BUDGET_LINES, lines))
    write_workbook(tmp_path / "budget.xlsx", [Sheet(BUDGET_LINES, tmp_path / "budget_lines.parquet")], facts)
    return tmp_path / "budget.xlsx"


def test_there_is_a_sheet_a_table_under_chinese_headers_and_a_dictionary(released: Path) -> None:
    book = openpyxl.load_workbook(released / "budget.xlsx")
    assert book.sheetnames == [workbook.DICTIONARY_SHEET, *(sheet_name(table) for table in PUBLISHED.values())]
    for table in PUBLISHED.values():
        assert [cell.value for cell in book[sheet_name(table)][1]] == [c.title for c in table.columns]
    entries = {(row[1].value, row[3].value) for row in book[workbook.DICTIONARY_SHEET].iter_rows(min_row=4)}
    assert {(table.name, c.name) for table in PUBLISHED.values() for c in table.columns} <= entries


def test_the_sheets_names_are_such_as_excel_takes() -> None:
    names = [sheet_name(table) for table in PUBLISHED.values()]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_codes_stay_text(tmp_path: Path, facts: Facts) -> None:
    cells = column(made(tmp_path, facts, {"subject_code": "2013101"}, {"subject_code": "0201"}), "功能科目编码")
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("2013101", "s", "@"), ("0201", "s", "@"),
    ]  # fmt: skip


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path, facts: Facts) -> None:
    cells = column(made(tmp_path, facts, {"item": "=1+1"}, {"item": AWKWARD}, {"item": "_x0041_\x07"}), "项目")
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert [cell.value for cell in cells][:2] == ["=1+1", AWKWARD]


def test_amounts_are_numbers_with_two_places_and_a_blank_is_blank(tmp_path: Path, facts: Facts) -> None:
    path = made(tmp_path, facts, {"amount": Decimal("41925300.15")}, {"amount": Decimal("-0.10")}, {"amount": None})
    cells = column(path, "金额")
    assert [Decimal(str(cell.value)) if cell.value is not None else None for cell in cells] == [
        Decimal("41925300.15"), Decimal("-0.1"), None,
    ]  # fmt: skip
    assert cells[0].number_format == "#,##0.00"


def test_an_amount_that_a_spreadsheet_would_round_is_a_text(tmp_path: Path, facts: Facts) -> None:
    cells = column(made(tmp_path, facts, {"amount": Decimal("1234567890123456.78")}), "金额")
    assert (cells[0].value, cells[0].data_type) == ("1234567890123456.78", "s")


@given(st.decimals(min_value=-(10**16), max_value=10**16, places=2, allow_nan=False, allow_infinity=False))
def test_a_number_that_counts_as_safe_comes_back_the_same(value: Decimal) -> None:
    if is_safe(value):
        assert Decimal(f"{float(f'{value:.16G}'):.15g}") == value


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    assert shortened("文" * workbook.MOST_CHARACTERS) == "文" * workbook.MOST_CHARACTERS
    cut = shortened("𠀀" * workbook.MOST_CHARACTERS)
    assert cut.endswith(workbook.SHORTENED)
    assert workbook.MOST_CHARACTERS - 1 <= len(cut.encode("utf-16-le")) // 2 <= workbook.MOST_CHARACTERS


def test_a_table_too_long_for_a_sheet_is_left_out_and_the_dictionary_says_so(
    tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    book = openpyxl.load_workbook(made(tmp_path, facts, {}, {}))
    assert book.sheetnames == [workbook.DICTIONARY_SHEET]
    said = [row[0].value for row in book[workbook.DICTIONARY_SHEET].iter_rows(max_row=4)]
    assert any("2 rows, more than a sheet holds" in str(text) for text in said)
