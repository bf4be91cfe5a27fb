"""Extraction's tables in camelot's model."""

from pathlib import Path

from pipeline.extract import read_document
from pipeline.extract.camelot_tables import read_camelot_tables


def test_camelot_tables_print_the_same_rows_as_the_cells(zezhou_pdf: Path) -> None:
    tables = read_camelot_tables(zezhou_pdf)
    cells = read_document(zezhou_pdf, "zezhou")["raw_cells"].to_pylist()
    texts = [text for table in tables for row in table.data for text in row if text]
    assert texts == [cell["text"] for cell in cells if cell["text"]]


def test_a_camelot_table_knows_its_page_its_shape_and_its_merged_cells(zezhou_pdf: Path) -> None:
    first = read_camelot_tables(zezhou_pdf)[0]
    assert (first.page, first.order, first.df.shape[1]) == (4, 1, 6)
    assert first.df.iloc[1].tolist() == ["项目", "2026年", "项目", "2026年合计", "当年预算安排", "上年结转安排"]
    income, merged = first.cells[0][0], first.cells[0][1]
    assert (income.text, merged.text) == ("收入", "")
    assert (income.left, income.right, merged.left, merged.right) == (True, False, False, True)
