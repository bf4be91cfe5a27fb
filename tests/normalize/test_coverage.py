"""Where the numbers inside the tables went: the count that must close, page by page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.coverage import coverage_rows, numbers_in
from pipeline.normalize.model import Row
from tests.fixtures import made
from tests.normalize.conftest import dataset_of
from tests.normalize.grids import Sheet, document_of, read

COUNTS = ("facts", "labels", "headers", "findings", "unread")
SHEET: Sheet = (
    ("科目编码", "科目名称", "2026年预算数", "某某专款"),
    ("201", "一般公共服务支出", "1,234.50", "9.00"),
    ("208", "社会保障和就业支出", "约2.00", ""),
    ("210", "卫生健康支出", "3.00", ""),
    ("211", "节能环保支出", "4.00", ""),
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1,234.50", 1),
        ("12.50 3.00", 2),
        ("2026年", 1),
        ("合计", 0),
        ("一、支出", 0),
        ("2013101", 1),
        ("≥95%，共3次", 2),
        ("-0.5", 1),
    ],
)
def test_numbers_of_a_cell_are_counted(text: str, count: int) -> None:
    assert numbers_in(text) == count


def test_each_number_is_counted_once_under_what_it_became() -> None:
    grid, facts = read(SHEET, "支出总表")
    (row,) = coverage_rows(document_of([grid]), facts.roles)
    assert [row[name] for name in COUNTS] == [3, 4, 1, 2, 0]
    assert row["numbers"] == 10


def test_the_digits_of_the_cells_are_those_of_the_text_layer() -> None:
    grid, facts = read(SHEET, "支出总表")
    (row,) = coverage_rows(document_of([grid]), facts.roles)
    assert row["digits_in_cells"] == row["digits_in_text_layer"] == 34


def test_a_page_whose_digits_reached_no_cell_is_seen() -> None:
    document = document_of()
    lost = replace(document, page_digits={1: 0, 2: 7})
    (row,) = coverage_rows(lost, read(SHEET, "支出总表")[1].roles)
    assert (row["page"], row["digits_in_text_layer"], row["digits_in_cells"]) == (2, 7, 0)


def closes(row: Row) -> bool:
    whole = row["numbers"] == sum(int(str(row[name])) for name in COUNTS)
    return whole and row["digits_in_text_layer"] == row["digits_in_cells"]


def test_the_count_of_a_made_budget_closes_on_every_page(tmp_path: Path) -> None:
    rows = dataset_of(made.tiny_budget_pdf(tmp_path / "t.pdf"))["coverage"].to_pylist()
    assert [row["page"] for row in rows] == [2, 3]
    assert all(map(closes, rows))
    assert sum(row["facts"] for row in rows) == 27
    assert sum(row["unread"] for row in rows) == 0


def test_a_table_that_no_rule_knows_is_counted_and_told(tmp_path: Path) -> None:
    """Its numbers are not taken, but they are not silently missing: the page's finding says so."""
    found = dataset_of(made.other_table_pdf(tmp_path / "o.pdf"))
    (row,) = found["coverage"].to_pylist()
    assert closes(row)
    assert row["facts"] == 0
    codes = [finding["code"] for finding in found["findings"].to_pylist()]
    assert "unknown_table" in codes
    assert "no_tables" in codes


cells = st.sampled_from(["", "1.00", "-", "约3", "合计", "2,000.50", "100%", "1 2", "x", "0", "备注 5"])
labels = st.sampled_from(["201", "20126", "", "9", "合计", "[208]社会保障和就业支出"])
headings = st.sampled_from(["合计", "基本支出", "项目支出", "某某款", "2025年执行数", "", "备注", "增减%", "其中：甲"])


@given(
    st.tuples(headings, headings, headings),
    st.lists(st.tuples(labels, cells, cells, cells, cells), min_size=1, max_size=6),
    st.sampled_from(["支出总表", "收支总表", "“三公”经费支出表", "项目支出表", "收入总表"]),
)
def test_whatever_a_table_prints_every_number_ends_somewhere(
    head: tuple[str, ...], rows: list[tuple[str, ...]], title: str
) -> None:
    grid, facts = read((("科目编码", "科目名称", *head), *rows), title)
    (row,) = coverage_rows(document_of([grid]), facts.roles) if any(c.text for c in grid.cells) else ({},)
    assert closes(row)
    assert row["unread"] == 0
    assert len(facts.rows) == sum(facts.roles.of(cell) == "fact" for cell in grid.cells)
    told = {name for finding in facts.findings for name in finding.cell_ids}
    silent = [c.text for c in grid.cells if facts.roles.of(c) == "finding" and c.cell_id not in told]
    assert not [text for text in silent if numbers_in(text)]
