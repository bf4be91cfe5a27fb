"""Print that no reader can see is not published; what is seen is read, however it is drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.glyphs import read_glyphs
from pipeline.extract.pages import open_page
from pipeline.extract.unseen import unseen, without_blanks
from pipeline.tables import Dataset
from tests.extract.build import read, rows_of
from tests.fixtures.drawing import FONT

UNPAINTED = 3


def page(path: Path, grey: float, *, ground: float = 1.0, mode: int = 0, opacity: float = 1.0) -> Dataset:
    """A table of one row; the amount in it is drawn in ``grey`` on ``ground``, or in a mode that paints nothing."""
    canvas = Canvas(str(path), invariant=1)
    if ground < 1:
        canvas.setFillGray(ground)
        canvas.rect(240, 620, 60, 20, stroke=0, fill=1)
    canvas.grid([100, 240, 300], [600, 620, 640])
    canvas.setFillGray(0)
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 626, "行政运行")
    canvas.drawString(104, 606, "合计")
    canvas.drawString(250, 606, "12.00")
    canvas.setFillGray(grey, opacity)
    text = canvas.beginText(250, 626)
    text.setTextRenderMode(mode)
    text.textOut("99.00")
    canvas.drawText(text)
    canvas.save()
    return read(path)


def seen(found: Dataset) -> tuple[list[str], str | None]:
    """The first row of the table, and what the page says of itself."""
    return rows_of(found["raw_cells"])[0], found["pages"].to_pylist()[0]["problem"]


def test_an_amount_in_white_on_white_is_not_published(tmp_path: Path) -> None:
    assert seen(page(tmp_path / "t.pdf", 1.0)) == (["行政运行"], "unseen_print")


def test_an_amount_drawn_in_a_mode_that_paints_nothing_is_not_published(tmp_path: Path) -> None:
    assert seen(page(tmp_path / "t.pdf", 0.0, mode=UNPAINTED)) == (["行政运行"], "unseen_print")


def test_a_transparent_amount_is_not_published(tmp_path: Path) -> None:
    assert seen(page(tmp_path / "t.pdf", 0.0, opacity=0.0)) == (["行政运行"], "unseen_print")


@pytest.mark.parametrize("ground", [0.0, 0.5, 0.8])
def test_white_letters_on_a_shaded_ground_are_read(tmp_path: Path, ground: float) -> None:
    assert seen(page(tmp_path / "t.pdf", 1.0, ground=ground)) == (["行政运行", "99.00"], None)


def test_a_layer_that_paints_nothing_over_letters_drawn_as_curves_is_read(tmp_path: Path) -> None:
    """Producers that draw letters as curves lay the text over them unpainted: the reader sees the letters."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 240, 300], [600, 640])
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 616, "行政运行")
    for place in range(5):
        canvas.circle(253 + 5 * place, 619, 2, fill=1)
    text = canvas.beginText(250, 616)
    text.setTextRenderMode(UNPAINTED)
    text.textOut("99.00")
    canvas.drawText(text)
    canvas.save()
    assert seen(read(tmp_path / "t.pdf")) == (["行政运行", "99.00"], None)


@pytest.mark.parametrize(("ground", "is_seen"), [(0.4, True), (1.0, False)])
def test_a_flat_stroke_in_white_on_a_dark_head_was_of_one_tone_and_not_read(
    tmp_path: Path, ground: float, is_seen: bool
) -> None:
    """Some fonts box a letter by its ink, which 一 fills: 一般公共预算 in a blue head was 般公共预算."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab
    canvas = Canvas(str(tmp_path / "t.pdf"), pagesize=(400, 400), invariant=1)
    canvas.setFillGray(ground)
    canvas.rect(100, 100, 200, 100, stroke=0, fill=1)
    canvas.setFont("Vera", 40)
    canvas.setFillGray(1)
    canvas.drawString(150, 140, "—")
    canvas.save()
    page = open_page(pdfium.PdfDocument(tmp_path / "t.pdf"), 0)
    glyphs, frame = read_glyphs(page, has_forms=False)
    middle, ink = 400 - 140 - 40 * 0.272, 40 * 0.07  # of the stroke, from the page's top
    x0, _, x1, _ = glyphs.boxes[0]
    boxed = replace(glyphs, boxes=np.array([[x0 + 1, middle - ink / 2, x1 - 1, middle + ink / 2]]))
    assert bool(unseen(page, frame, boxed)[0]) is not is_seen


@pytest.mark.parametrize(
    ("letter", "entry", "kept"), [(" ", b"<20> <0020>", []), ("—", b"<01> <2014>", [0xFFFD])], ids=["blank", "stroke"]
)
def test_a_blank_that_the_font_does_not_name_is_no_sign_and_a_stroke_is_one(
    tmp_path: Path, letter: str, entry: bytes, kept: list[int]
) -> None:
    """A font cut down may lose the name of its blank, which made 项　目 a heading that nobody knew; a minus is none."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    path = tmp_path / "t.pdf"
    canvas = Canvas(str(path), pagesize=(400, 400), invariant=1, pageCompression=0)
    canvas.setFont("Vera", 12)
    canvas.drawString(150, 140, f"A{letter}B")
    canvas.save()
    assert entry in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(entry, entry[:5] + b"<0000>"))
    opened = open_page(pdfium.PdfDocument(path), 0)
    glyphs, frame = read_glyphs(opened, has_forms=False)
    assert glyphs.unmapped == 1
    left = without_blanks(opened, frame, glyphs)
    assert left.codes.tolist() == [ord("A"), *kept, ord("B")]
    assert left.unmapped == len(kept)
