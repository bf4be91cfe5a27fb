"""Which glyphs are a watermark: slanted text, pale text much larger than the rest, pale text that recurs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.glyphs import Glyphs
from pipeline.extract.watermark import watermark_masks
from tests.extract.build import Ink, glyphs_of, printed, read, rows_of
from tests.fixtures import made

BODY = Ink("本部门预算支出合计", 60, 100)


def kept(pages: list[Glyphs]) -> list[str]:
    masks = watermark_masks(pages)
    return ["".join(chr(code) for code in page.codes[~mask].tolist()) for page, mask in zip(pages, masks, strict=True)]


def test_slanted_text_is_a_watermark_even_in_black() -> None:
    assert kept([glyphs_of(BODY, Ink("内部资料", 100, 300, slanted=True))]) == [BODY.text]


def test_pale_text_much_larger_than_the_rest_is_a_watermark() -> None:
    assert kept([glyphs_of(BODY, Ink("内部资料", 100, 300, size=40, paleness=0.8))]) == [BODY.text]


def test_pale_text_with_the_same_words_in_the_same_place_on_three_pages_is_a_watermark() -> None:
    pages = [glyphs_of(BODY, Ink("内部资料", 100, 300, paleness=0.8)) for _ in range(3)]
    assert kept(pages) == [BODY.text] * 3


def test_pale_text_of_usual_size_on_two_pages_only_is_the_pages_own() -> None:
    pages = [glyphs_of(BODY, Ink("仅供参考", 100, 300, paleness=0.8)) for _ in range(2)]
    assert kept(pages) == [BODY.text + "仅供参考"] * 2


def test_pale_text_that_says_something_else_on_each_page_is_the_pages_own() -> None:
    pages = [glyphs_of(BODY, Ink(words, 100, 300, paleness=0.8)) for words in ("甲单位", "乙单位", "丙单位")]
    assert kept(pages) == [BODY.text + words for words in ("甲单位", "乙单位", "丙单位")]


def test_dark_grey_body_text_is_kept_however_often_it_recurs() -> None:
    pages = [glyphs_of(BODY, Ink("单位：万元", 300, 80, paleness=0.3)) for _ in range(5)]
    assert kept(pages) == [BODY.text + "单位：万元"] * 5


def test_a_document_set_all_in_grey_is_kept() -> None:
    """Where most of the text is pale, paleness says nothing."""
    page = glyphs_of(Ink("科目编码", 60, 100, paleness=0.6), Ink("合计", 60, 120, paleness=0.6), Ink("表一", 60, 80))
    assert kept([page] * 4) == ["科目编码合计表一"] * 4


def test_a_watermark_in_small_tiles_may_be_most_of_the_text() -> None:
    """A page of few figures under seventy pale numbers: they were read into its cells."""
    tiles = [Ink("2022001", 40 + 90 * n, 100 + 60 * row, paleness=0.8) for row in range(3) for n in range(3)]
    pages = [glyphs_of(*tiles, Ink(f"公开表{number} 一般公共预算支出情况", 60, 60)) for number in range(3)]
    assert kept(pages) == [f"公开表{number}一般公共预算支出情况" for number in range(3)]


def test_a_watermark_that_the_pages_print_covers_in_places_is_the_same_watermark() -> None:
    words = "某县财政局决算公开专用"
    marks = [words, words[:4] + words[5:], words[:7] + words[8:]]
    more = Ink("一般公共预算财政拨款支出决算表", 60, 400)
    pages = [glyphs_of(BODY, Ink(each, 100, 300, paleness=0.8), more) for each in marks]
    assert kept(pages) == [BODY.text + more.text] * 3


def test_a_white_heading_on_dark_ground_is_no_watermark() -> None:
    """A head repeated on three pages, or the large title of a coloured cover."""
    head = Ink("科目编码科目名称合计", 100, 120, paleness=1.0)
    assert kept([glyphs_of(BODY, head) for _ in range(3)]) == [BODY.text + head.text] * 3
    title = Ink("示例县财政局决算", 60, 300, size=40, paleness=1.0)
    assert kept([glyphs_of(BODY, title)]) == [BODY.text + title.text]


def test_tiles_are_known_by_their_own_places_where_other_print_parts_their_run() -> None:
    """pdfium gives the tile that a heading touches after the heading: no run was the same on three pages."""
    tiles = [Ink("某某镇人民政府", 40 + 120 * n, 100 + 60 * row, paleness=0.8) for row in range(3) for n in range(3)]
    text = Ink("一般公共预算财政拨款支出决算表" * 5, 40, 400)
    pages = [glyphs_of(*tiles[:cut], BODY, *tiles[cut:], text) for cut in (2, 4, 6)]
    assert kept(pages) == [BODY.text + text.text] * 3


def test_a_large_pale_title_is_lost_only_where_it_is_much_larger_than_the_text() -> None:
    title = Ink("二〇二六年部门预算", 60, 40, size=16, paleness=0.5)
    assert kept([glyphs_of(title, BODY)]) == [title.text + BODY.text]


def test_a_page_with_nothing_but_a_watermark_keeps_nothing() -> None:
    pages = [glyphs_of(BODY), glyphs_of(Ink("内部资料", 100, 300, size=40, paleness=0.8))]
    assert kept(pages) == [BODY.text, ""]


def test_pages_without_a_glyph_have_no_watermark() -> None:
    assert [mask.tolist() for mask in watermark_masks([glyphs_of(Ink("", 0, 0)), glyphs_of(BODY)])] == [
        [],
        [False] * len(BODY.text),
    ]


# --- on pages --------------------------------------------------------------------------------------------------------

ROWS = (
    ("科目编码", "科目名称", "合计"),
    ("201", "一般公共服务支出", "4192.53"),
    ("208", "社会保障和就业支出", "10.00"),
)
MARKS = {
    "slanted": made.Watermark(angle=35),
    "steep": made.Watermark(text="样张 SAMPLE 2026", angle=-60, size=50, grey=0.7),
    "pale and upright": made.Watermark(angle=0, size=40, grey=0.85),
    "transparent black": made.Watermark(angle=0, size=40, grey=0.0, opacity=0.15),
    "slanted and black": made.Watermark(angle=45, size=20, grey=0.0),
    "turned by a quarter": made.Watermark(angle=90, size=40, grey=0.85),
    "figures": made.Watermark(text="2026", angle=30, size=30),
}


@pytest.mark.parametrize("name", MARKS)
def test_a_watermark_changes_no_cell_and_no_line(tmp_path: Path, name: str) -> None:
    sheet = made.MadeTable(ROWS, title="部门支出总体情况表", unit="万元")
    clean = read(made.tables_pdf(tmp_path / "clean.pdf", [sheet]))
    marked = read(made.tables_pdf(tmp_path / "marked.pdf", [sheet], made.Layout(watermark=MARKS[name])))
    assert marked["raw_cells"].equals(clean["raw_cells"])
    assert marked["lines"].equals(clean["lines"])
    assert rows_of(marked["raw_cells"]) == printed(ROWS)
    (page,) = marked["pages"].to_pylist()
    assert page["watermark_glyphs"] == 4 * len(MARKS[name].text.replace(" ", ""))


def test_a_small_upright_watermark_is_known_by_its_recurrence(tmp_path: Path) -> None:
    sheets = [made.MadeTable(ROWS, title=f"{place}部门支出总体情况表") for place in "甲乙丙丁"]
    mark = made.Watermark(angle=0, size=10, grey=0.8)
    found = read(made.tables_pdf(tmp_path / "m.pdf", sheets, made.Layout(watermark=mark)))
    assert [rows_of(found["raw_cells"], number) for number in range(1, 5)] == [printed(ROWS)] * 4
    assert {page["watermark_glyphs"] for page in found["pages"].to_pylist()} == {24}
