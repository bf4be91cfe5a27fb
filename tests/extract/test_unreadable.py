"""Files and pages that cannot be read: the reason is told in both languages, and nothing else stops."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.extract import UnreadableDocument, read_document
from pipeline.extract.integrity import damaged_places
from tests.extract.build import printed, read, rows_of
from tests.fixtures import made
from tests.fixtures.raw_pdf import GRID, text, write

Make = Callable[[Path], Path]
FILES: dict[str, tuple[Make, str, str, str]] = {
    "a web page": (made.not_a_pdf, "not_a_pdf", "不是 PDF", "not a PDF"),
    "no bytes": (made.empty_file, "empty_file", "文件为空", "empty"),
    "half a download": (made.truncated_pdf, "damaged", "损坏", "damaged"),
    "a password": (made.password_pdf, "encrypted", "密码", "password"),
    "no page": (made.zero_pages_pdf, "no_pages", "没有页面", "no pages"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_opened_says_why_in_both_languages(tmp_path: Path, name: str) -> None:
    make, reason, zh, en = FILES[name]
    path = make(tmp_path / "bad.pdf")
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, "bad")
    error = caught.value
    assert error.reason_code == reason
    assert zh in error.zh
    assert en in error.en
    assert str(error) == f"{error.zh} / {error.en}"


def test_the_reason_is_the_files_own_whatever_failed_before_it(tmp_path: Path) -> None:
    """pdfium keeps one error code for all: a refused password must not be blamed on the next file."""
    reasons = []
    for make in (made.password_pdf, made.zero_pages_pdf, made.truncated_pdf, made.password_pdf, made.truncated_pdf):
        with pytest.raises(UnreadableDocument) as caught:
            read_document(make(tmp_path / "bad.pdf"), "bad")
        reasons.append(caught.value.reason_code)
    assert reasons == ["encrypted", "no_pages", "damaged", "encrypted", "damaged"]


def test_the_error_crosses_from_a_worker_process_whole() -> None:
    error = pickle.loads(pickle.dumps(UnreadableDocument("damaged", "已损坏", "damaged")))
    assert (error.reason_code, error.zh, error.en) == ("damaged", "已损坏", "damaged")


@pytest.mark.parametrize("keep", [0.05, 0.5, 0.9, 0.99])
def test_a_download_cut_anywhere_is_damaged_or_read_but_never_a_crash(tmp_path: Path, keep: float) -> None:
    path = made.truncated_pdf(tmp_path / "cut.pdf", keep)
    try:
        found = read_document(path, "cut")
    except UnreadableDocument as error:
        assert error.reason_code in ("damaged", "no_pages")
    else:
        assert found["pages"].num_rows == 1


def test_a_file_encrypted_only_against_editing_is_read(tmp_path: Path) -> None:
    found = read(made.encrypted_pdf(tmp_path / "e.pdf"))
    assert rows_of(found["raw_cells"])[1] == ["201", "一般公共服务支出", "10.00"]


def _rows_of_figures(path: Path, *, wrong_at: float | None = None) -> Path:
    """A page with a table, packed; ``wrong_at``: with one byte of it changed, so far on."""
    write(path, GRID + "".join(text(250, y, f"{y}.00") for y in (605, 625)), is_packed=True)
    if wrong_at is not None:
        data = bytearray(path.read_bytes())
        start, end = data.find(b"stream\n") + 7, data.find(b"\nendstream")
        data[start + int(wrong_at * (end - start))] ^= 0xFF
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("wrong_at", [0.0, 0.5, 0.9])
def test_a_file_damaged_inside_says_so_though_its_page_can_be_opened(tmp_path: Path, wrong_at: float) -> None:
    """pdfium reads a damaged page as far as it goes: rows and figures were missing, and nothing said so."""
    whole = read(_rows_of_figures(tmp_path / "w.pdf"))
    assert [page["damaged_places"] for page in whole["pages"].to_pylist()] == [0]
    damaged = read(_rows_of_figures(tmp_path / "d.pdf", wrong_at=wrong_at))
    assert [page["damaged_places"] for page in damaged["pages"].to_pylist()] == [1]


def test_a_hole_that_a_download_left_between_the_objects_is_damage_and_noughts_within_a_stream_are_none() -> None:
    """Whole objects were missing: a unit, a page's table, and nothing said why."""
    noughts = b"\0" * 4096
    assert damaged_places(b"%PDF-1.7\n" + noughts + b"9 0 obj\n<<>>\nendobj") == 1
    plain = b"%PDF-1.7\n1 0 obj\n<</Length 4096>>stream\n" + noughts + b"\nendstream\nendobj"
    assert damaged_places(plain) == 0
    assert damaged_places(plain.replace(b"<<", b"<</Filter/DCTDecode")) == 1


def test_encrypted_data_is_not_called_damaged(tmp_path: Path) -> None:
    data = _rows_of_figures(tmp_path / "d.pdf", wrong_at=0.5).read_bytes()
    assert damaged_places(data) == 1
    assert damaged_places(data.replace(b"trailer<<", b"trailer<</Encrypt 9 0 R")) == 0


# --- pages -----------------------------------------------------------------------------------------------------------

PAGES: dict[str, tuple[Make, str]] = {
    "a scan": (made.images_only_pdf, "image_only"),
    "no Unicode map": (made.no_unicode_map_pdf, "no_unicode_map"),
    "a hundred thousand glyphs": (made.many_glyphs_pdf, "too_many_glyphs"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_cannot_be_read_is_a_row_with_its_problem(tmp_path: Path, name: str) -> None:
    make, problem = PAGES[name]
    found = read(make(tmp_path / "p.pdf"))
    (page,) = found["pages"].to_pylist()
    assert page["problem"] == problem
    assert page["width"] > 0
    assert found["raw_cells"].num_rows == 0
    assert found["lines"].num_rows == 0


@pytest.mark.parametrize("name", PAGES)
def test_the_other_pages_of_the_file_are_read(tmp_path: Path, name: str) -> None:
    make, problem = PAGES[name]
    path = _joined(tmp_path, [made.tiny_budget_pdf(tmp_path / "good.pdf"), make(tmp_path / "p.pdf")])
    found = read(path)
    assert [page["problem"] for page in found["pages"].to_pylist()] == [None, None, None, problem]
    assert rows_of(found["raw_cells"], 1) == printed(made.TINY_SUMMARY.rows)
    assert rows_of(found["raw_cells"], 2) == printed(made.TINY_EXPENDITURE.rows)


def _joined(folder: Path, parts: list[Path]) -> Path:
    path = folder / "joined.pdf"
    with pdfium.PdfDocument.new() as whole:
        for part in parts:
            with pdfium.PdfDocument(part) as document:
                whole.import_pages(document)
        whole.save(path)
    return path


def test_a_blank_page_has_no_problem(tmp_path: Path) -> None:
    path = made.tables_pdf(tmp_path / "b.pdf", [], made.Layout(page_numbers=False))
    (page,) = read(path)["pages"].to_pylist()
    assert (page["problem"], page["glyphs"]) == (None, 0)


def test_text_without_a_table_is_lines_only(tmp_path: Path) -> None:
    found = read(made.text_pdf(tmp_path / "t.pdf", ["本部门无“三公”经费预算。"]))
    assert found["raw_tables"].num_rows == 0
    assert found["lines"].to_pylist()[0]["text"] == "本部门无“三公”经费预算。"
    assert found["lines"].to_pylist()[0]["table_no"] == 1


RECOGNISED = (("2026年部门收入总表",), ("科目编码", "科目名称", "合计"), ("2010101", "行政运行", "10.00"))


def test_text_recognised_over_a_scan_is_told_from_the_publishers_own(tmp_path: Path) -> None:
    good, scan = made.tiny_budget_pdf(tmp_path / "good.pdf"), made.recognised_pdf(tmp_path / "scan.pdf", RECOGNISED)
    found = read(_joined(tmp_path, [good, scan, made.images_only_pdf(tmp_path / "image.pdf")]))
    layers = [page["text_layer"] for page in found["pages"].to_pylist()]
    assert layers == ["digital", "digital", "digital", "ocr", None]
