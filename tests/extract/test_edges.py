"""What the edge of the paper leaves of a page's text."""

from __future__ import annotations

import pytest

from pipeline.extract.edges import on_page, with_cut_numbers
from pipeline.extract.frame import Frame
from tests.extract.build import Ink, glyphs_of

PAPER = Frame((0.0, 0.0, 595.0, 842.0), 0, 0)


def seen(*inks: Ink) -> str:
    glyphs = with_cut_numbers(glyphs_of(*inks), PAPER)
    return "".join(map(chr, glyphs.select(on_page(glyphs, PAPER)).codes.tolist()))


def test_what_lies_beyond_the_page_is_not_on_it() -> None:
    """A merged cell that a page break cuts keeps its whole text in the text layer of both pages."""
    glyphs = glyphs_of(Ink("上", 100, -30), Ink("中", 100, 300), Ink("下", 100, 900), Ink("旁", 700, 300))
    assert on_page(glyphs, PAPER).tolist() == [False, True, False, False]


@pytest.mark.parametrize(("x", "printed"), [(558.0, "1,399.…"), (-7.0, "…399.77"), (300.0, "1,399.77")])
def test_a_number_that_the_side_of_the_paper_cuts_is_no_number(x: float, printed: str) -> None:
    """1,399.77 with its last figure off the paper was published as 1,399.7."""
    assert seen(Ink("1,399.77", x, 300)) == printed


def test_words_that_the_side_of_the_paper_cuts_say_what_is_left_of_them() -> None:
    assert seen(Ink("2026年收入总表", 565, 300)) == "2026年"
