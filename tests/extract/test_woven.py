"""Print over print is read apart: no number and no name comes of two."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.text import lines_of
from pipeline.extract.text import read as read_lines
from tests.extract.build import Ink, glyphs_of, read, rows_of
from tests.fixtures.drawing import FONT


def said(*inks: Ink) -> str:
    """What one cell says that holds all of the inks."""
    glyphs = glyphs_of(*inks)
    return read_lines(glyphs, lines_of(glyphs, glyphs.objects.argsort(kind="stable"))).text


def test_a_figure_printed_over_another_is_no_number_with_it() -> None:
    assert said(Ink("60.12", 100, 50), Ink("66.66", 102, 50)) == "60.12  66.66"


def test_the_number_of_a_seal_beside_a_figure_is_no_number_with_it() -> None:
    """A seal's serial number lay over a row of zeros: 37052100123450.00 was published."""
    assert said(Ink("3705210012345", 100, 51, size=8), Ink("0.00", 152, 50)) == "3705210012345  0.00"


def test_the_number_of_a_seal_half_a_line_above_a_figure_is_no_number_with_it() -> None:
    assert said(Ink("3705210012345", 100, 44, size=8), Ink("0.00", 152, 50)) == "3705210012345  0.00"


def test_a_stamp_over_a_name_leaves_the_name_whole() -> None:
    assert "行政运行" in said(Ink("行政运行", 100, 50), Ink("作废", 105, 51))


def test_a_number_that_wraps_is_one_number() -> None:
    assert said(Ink("1,234,5", 100, 50), Ink("67.89", 100, 62)) == "1,234,567.89"


def test_a_number_drawn_glyph_by_glyph_is_one_number() -> None:
    assert said(*(Ink(letter, 100 + 5 * place, 50) for place, letter in enumerate("1,234.56"))) == "1,234.56"


def test_a_pale_digit_in_the_place_of_a_figures_own_takes_nothing_from_it(tmp_path: Path) -> None:
    """A watermark's 6 lay on a figure's: its own was left out as drawn twice, and 70.6 published for 70.64."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    for _ in range(4):
        canvas.setFont(FONT, 10)
        canvas.setFillGray(0.8)
        canvas.drawString(245.3, 606.3, "某单位1234.56")
        canvas.setFillGray(0)
        canvas.grid([100, 240, 400], [600, 620, 640])
        for x, y, text in ((104, 626, "行政运行"), (250, 626, "12.00"), (104, 606, "合计")):
            canvas.drawString(x, y, text)
        width = canvas.stringWidth("某单位1234.5", FONT, 10)
        canvas.drawString(245.3 + width - canvas.stringWidth("70", FONT, 10), 606.3, "706.64")
        canvas.showPage()
    canvas.save()
    rows = rows_of(read(tmp_path / "t.pdf")["raw_cells"])
    assert rows[1][-1] == "706.64"
