"""A watermark in tiles as dark as the text, printed over some of it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.glyphs import Glyphs
from pipeline.extract.watermark import watermark_masks
from tests.extract.build import Ink, glyphs_of

GRID = [(100.0, 100.0), (300.0, 100.0), (100.0, 300.0), (300.0, 300.0)]


def kept(pages: list[Glyphs]) -> list[str]:
    masks = watermark_masks([replace(page, prints_over=True) for page in pages])
    return ["".join(chr(code) for code in page.codes[~mask].tolist()) for page, mask in zip(pages, masks, strict=True)]


def page(own: str, words: str, places: list[tuple[float, float]] = GRID, at: float = 101.0) -> Glyphs:
    """One text of the page at ``at``, and words over it and elsewhere."""
    return glyphs_of(Ink(own, at, 101), *(Ink(words, *place) for place in places))


def test_dark_tiles_over_the_pages_text_are_a_watermark() -> None:
    """They were read into the cells below them: figures lost their names, and headings theirs."""
    assert kept([page(text, "林业局") for text in ("1,230.50", "45.60", "教育支出")]) == [
        "1,230.50",
        "45.60",
        "教育支出",
    ]


def test_dark_tiles_are_left_out_of_a_page_too_where_they_cover_nothing() -> None:
    pages = [page("教育支出", "林业局"), page("卫生支出", "林业局"), page("住房支出", "林业局", at=500.0)]
    assert kept(pages) == ["教育支出", "卫生支出", "住房支出"]


def test_words_in_rows_and_columns_that_cover_nothing_are_the_pages_own() -> None:
    assert kept([page("教育支出", "小计", at=500.0)] * 3) == ["教育支出" + "小计" * 4] * 3


def test_numbers_in_rows_and_columns_are_the_pages_own_whatever_they_cover() -> None:
    assert kept([page("教育支出", "12.30")] * 3) == ["教育支出" + "12.30" * 4] * 3


def test_words_over_others_in_one_column_are_the_pages_own() -> None:
    """A long name that runs over into the next column stands over its text, on every sheet of a form."""
    column = [(100.0, top) for top in (100.0, 200.0, 300.0, 400.0)]
    assert kept([page("教育支出", "指标值", column)] * 3) == ["教育支出" + "指标值" * 4] * 3


def test_tiles_on_two_pages_only_are_left_alone() -> None:
    assert kept([page("教育支出", "林业局")] * 2) == ["教育支出" + "林业局" * 4] * 2
