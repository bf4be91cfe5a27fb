"""The expectations themselves: against the page's text layer, against one another, and against arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tests.normalize.drawn import expected

Rows = list[dict[str, str]]
FIGURE = re.compile(r"\d+\.\d\d")
IN_TEXT = re.compile(r"(\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十]+)(万元|%|个|人|辆|家|台（套）|平方米)")
LAST_BUDGET_TABLE = 13
CONTINUED_ONLY = (5, 7, 10, 22, 23, 29, 31, 34, 51)


@pytest.fixture(scope="module")
def upright(zezhou_pdf: Path) -> dict[int, Counter[str]]:
    """How often each upright character stands on each page; the watermark is turned by 35°."""
    with pdfium.PdfDocument(zezhou_pdf) as document:
        return {number: _upright(page) for number, page in enumerate(document, start=1)}


def _upright(page: pdfium.PdfPage) -> Counter[str]:
    return Counter(_text(page))


def _text(page: pdfium.PdfPage) -> str:
    """The page's upright characters in reading order, without blanks."""
    text = page.get_textpage()
    places = (at for at in range(text.count_chars()) if abs(raw.FPDFText_GetCharAngle(text.raw, at)) < 0.01)
    characters = (chr(raw.FPDFText_GetUnicode(text.raw, at)) for at in places)
    return "".join(character for character in characters if character > " ")


def printed(rows: Rows) -> dict[int, Counter[str]]:
    pages: dict[int, Counter[str]] = {}
    for row in rows:
        pages.setdefault(int(row["page"]), Counter()).update(row["texts"].replace("\t", ""))
    return pages


def figures(row: dict[str, str]) -> list[str]:
    return [text for text in row["texts"].split("\t") if FIGURE.fullmatch(text)]


def test_forty_tables_have_1039_rows_numbered_without_a_gap(zezhou_rows: Rows) -> None:
    assert len(zezhou_rows) == 1039
    tables = {number: list(rows) for number, rows in groupby(zezhou_rows, key=lambda row: int(row["table_no"]))}
    assert list(tables) == list(range(1, 41))
    for rows in tables.values():
        assert [int(row["row_no"]) for row in rows] == list(range(1, len(rows) + 1))
    pages = [int(row["page"]) for row in zezhou_rows]
    assert pages == sorted(pages)


def test_every_character_of_the_rows_stands_on_their_page(zezhou_rows: Rows, upright: dict[int, Counter[str]]) -> None:
    for page, characters in printed(zezhou_rows).items():
        assert not characters - upright[page], f"page {page}"


def test_a_page_that_only_continues_a_table_has_nothing_else_but_its_number(
    zezhou_rows: Rows, upright: dict[int, Counter[str]]
) -> None:
    characters = printed(zezhou_rows)
    rest = {page: upright[page] - characters[page] for page in CONTINUED_ONLY}
    assert rest == {page: Counter(str(page - 2)) for page in CONTINUED_ONLY}


def test_every_figure_of_the_budget_tables_is_one_line_of_its_row(zezhou_rows: Rows, zezhou_budget_lines: Rows) -> None:
    of_rows = {
        (row["table_no"], row["row_no"], row["page"]): figures(row)
        for row in zezhou_rows
        if int(row["table_no"]) <= LAST_BUDGET_TABLE and figures(row)
    }
    of_lines: dict[tuple[str, str, str], list[str]] = {}
    for line in zezhou_budget_lines:
        of_lines.setdefault((line["table_no"], line["row_no"], line["page"]), []).append(line["amount_printed"])
    assert len(zezhou_budget_lines) == 332
    assert of_lines == of_rows


def test_a_line_is_labelled_by_its_own_row(zezhou_rows: Rows, zezhou_budget_lines: Rows) -> None:
    texts = {(row["table_no"], row["row_no"]): row["texts"].split("\t") for row in zezhou_rows}
    for line in zezhou_budget_lines:
        label = texts[line["table_no"], line["row_no"]]
        assert line["item"] in label
        if line["code_source"] == "printed":
            assert (line["subject_code"], line["subject_name"]) == (label[0], label[1])


def test_an_amount_is_the_printed_figure_in_yuan(zezhou_budget_lines: Rows) -> None:
    for line in zezhou_budget_lines:
        assert Decimal(line["amount"]) == Decimal(line["amount_printed"]) * 10_000
        assert Decimal(line["amount"]).as_tuple().exponent == -2


@pytest.mark.parametrize("table_no", ["3", "5"])
def test_each_total_is_its_basic_and_project_expenditure_within_rounding(
    zezhou_budget_lines: Rows, table_no: str
) -> None:
    lines = [line for line in zezhou_budget_lines if line["table_no"] == table_no]
    for _, of_row in groupby(lines, key=lambda line: line["row_no"]):
        amounts = {line["expenditure_type"]: Decimal(line["amount"]) for line in of_row}
        parts = [amounts[kind] for kind in ("basic", "project") if kind in amounts]
        assert abs(amounts["total"] - sum(parts)) <= (len(parts) + 1) * 50


# --- sheets, targets, the text ---------------------------------------------------------------------------------------

SHEET_TEXTS = (
    "project_name", "implementing_unit", "overview", "basis", "necessity", "measures", "plan", "term_goal",
    "annual_goal",
)  # fmt: skip


@pytest.fixture(scope="module")
def cells(zezhou_rows: Rows) -> dict[str, Counter[str]]:
    """The texts of the cells of each table, white space left out, and how often each stands there."""
    texts: dict[str, Counter[str]] = {}
    for row in zezhou_rows:
        texts.setdefault(row["table_no"], Counter()).update(map(bare, row["texts"].split("\t")))
    return texts


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_field_of_a_sheet_is_a_cell_of_its_table(cells: dict[str, Counter[str]]) -> None:
    sheets = expected("zezhou_sheets.csv")
    assert [sheet["table_no"] for sheet in sheets] == [str(number) for number in range(15, 41)]
    for sheet in sheets:
        money = [
            f"{int(value):,}"
            for name, value in sheet.items()
            if name.startswith(("term_", "annual_")) and value.isdigit()
        ]
        stamp = re.sub(r"\D", "", sheet["filed_at"])
        said = [*(bare(sheet[name]) for name in SHEET_TEXTS), *money, stamp]
        assert not set(said) - set(cells[sheet["table_no"]]), sheet["project_name"]


def test_the_sheets_money_of_the_year_is_its_sources_and_all_of_it_the_published_sum() -> None:
    sheets = expected("zezhou_sheets.csv")
    for sheet in sheets:
        for half in ("term", "annual"):
            sources = [int(sheet[f"{half}_{source}"]) for source in ("central", "provincial", "local", "self_raised")]
            assert int(sheet[f"{half}_total"]) == sum(sources)
    assert sum(int(sheet["annual_total"]) for sheet in sheets) == 34_868_599


def test_an_indicator_and_its_target_are_cells_of_its_table_as_often_as_they_are_listed(
    cells: dict[str, Counter[str]],
) -> None:
    listed: dict[str, Counter[str]] = {}
    for target in expected("zezhou_targets.csv"):
        listed.setdefault(target["table_no"], Counter()).update(
            [bare(target["indicator"]), bare(target["target_printed"])]
        )
    assert len(listed) == 27
    for table_no, texts in listed.items():
        assert not texts - cells[table_no], table_no


def test_the_figures_of_the_text_are_all_that_its_pages_print_with_a_unit_in_this_order(zezhou_pdf: Path) -> None:
    listed = expected("zezhou_figures.csv")
    with pdfium.PdfDocument(zezhou_pdf) as document:
        texts = {page: _text(document[int(page) - 1]) for page in {figure["page"] for figure in listed}}
    for page, figures_of_page in groupby(listed, key=lambda figure: figure["page"]):
        assert IN_TEXT.findall(texts[page]) == [(figure["value_printed"], figure["unit"]) for figure in figures_of_page]
