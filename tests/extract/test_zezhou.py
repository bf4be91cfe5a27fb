"""The 55 pages of the raw disclosure against their reviewed rows (tests/expected/README.md)."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.extract import read_document
from pipeline.tables import Dataset

Rows = list[dict[str, str]]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _printed_rows(interim: Dataset) -> dict[tuple[int, int], tuple[int, str]]:
    """(table, row) to its page and the texts of its cells that are not blank, joined by tabs."""
    cells = sorted(interim["raw_cells"].to_pylist(), key=lambda cell: (cell["table_no"], cell["row_no"]))
    rows = {}
    for key, group in groupby(cells, key=lambda cell: (cell["table_no"], cell["row_no"])):
        of_row = sorted(group, key=lambda cell: cell["column_no"])
        texts = [_squeezed(cell["text"]) for cell in of_row if cell["text"]]
        rows[key] = (of_row[0]["page"], "\t".join(texts))
    return {key: row for key, row in rows.items() if row[1]}


def test_every_one_of_the_1039_printed_rows_is_exactly_its_cells(zezhou_interim: Dataset, zezhou_rows: Rows) -> None:
    expected = {
        (int(row["table_no"]), int(row["row_no"])): (int(row["page"]), _squeezed_row(row["texts"]))
        for row in zezhou_rows
    }
    assert len(expected) == 1039
    assert _printed_rows(zezhou_interim) == expected


def _squeezed_row(texts: str) -> str:
    return "\t".join(_squeezed(text) for text in texts.split("\t"))


def test_the_forty_tables_begin_and_end_on_their_pages(zezhou_interim: Dataset, zezhou_rows: Rows) -> None:
    expected: dict[int, list[int]] = {}
    for row in zezhou_rows:
        expected.setdefault(int(row["table_no"]), []).append(int(row["page"]))
    found = {
        table["table_no"]: (table["first_page"], table["last_page"], table["row_count"])
        for table in zezhou_interim["raw_tables"].to_pylist()
    }
    assert len(found) == 40
    assert found == {number: (pages[0], pages[-1], len(pages)) for number, pages in expected.items()}


def test_the_digits_of_each_page_close(zezhou_interim: Dataset) -> None:
    in_cells: Counter[int] = Counter()
    for cell in zezhou_interim["raw_cells"].to_pylist():
        in_cells[cell["page"]] += sum(character in "0123456789" for character in cell["text"])
    in_tables = {page["page"]: page["table_digits"] for page in zezhou_interim["pages"].to_pylist()}
    assert {page: in_cells[page] for page in in_tables} == in_tables
    assert sum(in_tables.values()) > 2000


def test_every_upright_glyph_of_a_page_stands_in_a_cell_or_a_line(zezhou_interim: Dataset, zezhou_pdf: Path) -> None:
    found: dict[int, Counter[str]] = {}
    for row in (*zezhou_interim["raw_cells"].to_pylist(), *zezhou_interim["lines"].to_pylist()):
        found.setdefault(row["page"], Counter()).update(_squeezed(row["text"]))
    with pdfium.PdfDocument(zezhou_pdf) as document:
        for number, page in enumerate(document, start=1):
            assert found[number] == _upright(page), f"page {number}"


def _upright(page: pdfium.PdfPage) -> Counter[str]:
    text = page.get_textpage()
    places = [at for at in range(text.count_chars()) if abs(raw.FPDFText_GetCharAngle(text.raw, at)) < 0.01]
    characters = (chr(raw.FPDFText_GetUnicode(text.raw, at)) for at in places)
    return Counter(character for character in characters if not character.isspace() and character > " ")


def test_the_watermark_is_taken_out_of_every_page_that_bears_it(zezhou_interim: Dataset, zezhou_pdf: Path) -> None:
    pages = {page["page"]: page["watermark_glyphs"] for page in zezhou_interim["pages"].to_pylist()}
    with pdfium.PdfDocument(zezhou_pdf) as document:
        turned = {number: _turned(page) for number, page in enumerate(document, start=1)}
    assert pages == turned
    assert sum(turned.values()) > 1000


def _turned(page: pdfium.PdfPage) -> int:
    text = page.get_textpage()
    inked = [at for at in range(text.count_chars()) if raw.FPDFText_GetUnicode(text.raw, at) > 32]
    return sum(abs(raw.FPDFText_GetCharAngle(text.raw, at)) > 0.01 for at in inked)


def test_every_page_can_be_read(zezhou_interim: Dataset) -> None:
    pages = zezhou_interim["pages"].to_pylist()
    assert [page["page"] for page in pages] == list(range(1, 56))
    assert {page["problem"] for page in pages} == {None}
    assert {(round(page["width"]), round(page["height"])) for page in pages} <= {(595, 842), (842, 595)}


def test_each_cells_box_lies_on_its_page_and_boxes_of_one_page_never_overlap(zezhou_interim: Dataset) -> None:
    sizes = {page["page"]: (page["width"], page["height"]) for page in zezhou_interim["pages"].to_pylist()}
    by_page: dict[int, list[tuple[float, float, float, float]]] = {}
    for cell in zezhou_interim["raw_cells"].to_pylist():
        by_page.setdefault(cell["page"], []).append((cell["x0"], cell["y0"], cell["x1"], cell["y1"]))
    for page, boxes in by_page.items():
        width, height = sizes[page]
        assert all(0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height for x0, y0, x1, y1 in boxes)
        area = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)
        assert area <= width * height
        assert not _first_overlap(boxes), f"page {page}"


def _first_overlap(boxes: list[tuple[float, float, float, float]]) -> tuple[object, object] | None:
    ordered = sorted(boxes, key=lambda box: box[1])
    for index, a in enumerate(ordered):
        for b in ordered[index + 1 :]:
            if b[1] >= a[3] - 0.05:
                break
            if min(a[2], b[2]) - max(a[0], b[0]) > 0.05:
                return a, b
    return None


def test_only_the_layouts_doings_were_repaired(zezhou_interim: Dataset) -> None:
    """This file's repairs are wraps and blanks; it has no radicals, and a cell without repair is as laid out."""
    cells = zezhou_interim["raw_cells"].to_pylist()
    assert {repair for cell in cells for repair in cell["repairs"]} <= {"unwrapped", "inner_space_removed"}
    assert all(cell["text"] == cell["text_raw"] for cell in cells if not cell["repairs"])
    assert any("unwrapped" in cell["repairs"] for cell in cells)


def test_reading_the_file_twice_gives_the_same(zezhou_interim: Dataset, zezhou_pdf: Path) -> None:
    again = read_document(zezhou_pdf, "zezhou")
    assert all(again[name].equals(zezhou_interim[name]) for name in zezhou_interim)
