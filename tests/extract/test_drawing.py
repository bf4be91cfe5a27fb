"""What a page draws: rules, and what looks like them. Pages are drawn here with reportlab, read with pdfium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.extract.build import read, rows_of
from tests.fixtures.drawing import FONT

TITLE = "项目支出表"
SIZE = 22.0
LEFT, BASE = 120.0, 700.0
Outline = Callable[[Canvas, float, float], None]


def curved(canvas: Canvas, x: float, y: float) -> None:
    """A letter of straight strokes with one curve, as most are."""
    path = canvas.beginPath()
    path.rect(x + 2, y, 16, 18)
    path.rect(x + 6, y + 6, 8, 6)
    path.moveTo(x + 2, y)
    path.curveTo(x + 4, y + 4, x + 8, y + 4, x + 18, y)
    canvas.drawPath(path)


def straight(canvas: Canvas, x: float, y: float) -> None:
    """目: nothing but straight strokes that cross one another as rules do."""
    path = canvas.beginPath()
    path.rect(x + 3, y, 14, 18)
    path.rect(x + 5, y + 6, 10, 6)
    canvas.drawPath(path)


def outlined_title(path: Path, outline: Outline) -> Path:
    """A table whose title is printed bold: each glyph as text, and a line round its strokes."""
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont(FONT, SIZE)
    canvas.drawString(LEFT, BASE, TITLE)
    for number in range(len(TITLE)):
        outline(canvas, LEFT + SIZE * number, BASE - 2)
    canvas.grid([100, 300, 400], [600, 620, 640])
    canvas.setFont(FONT, 10)
    for row, texts in enumerate((("项目名称", "金额"), ("办公楼维修", "12.00"))):
        for x, text in zip((104, 304), texts, strict=True):
            canvas.drawString(x, 626 - 20 * row, text)
    canvas.save()
    return path


@pytest.mark.parametrize("outline", [curved, straight])
def test_the_outlines_of_bold_letters_are_no_rules_and_take_no_letter_from_a_title(
    outline: Outline, tmp_path: Path
) -> None:
    found = read(outlined_title(tmp_path / "t.pdf", outline))
    assert [line["text"] for line in found["lines"].to_pylist()] == [TITLE]
    assert found["raw_tables"].num_rows == 1
    assert rows_of(found["raw_cells"]) == [["项目名称", "金额"], ["办公楼维修", "12.00"]]


def test_the_outlines_of_small_figures_part_no_column(tmp_path: Path) -> None:
    """A bold 1 of six points is narrower than many a rule is thick; its outline stood as a rule between two columns."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 200, 300], [600, 612, 624])
    canvas.setFont(FONT, 6)
    for row, texts in enumerate((("收入", "1111.11"), ("支出", "1111.11"))):
        for x, text in zip((104, 240), texts, strict=True):
            canvas.drawString(x, 615 - 12 * row, text)
    for x in (241, 244, 247, 250):
        path = canvas.beginPath()
        path.moveTo(x, 614)
        path.lineTo(x, 623)
        path.curveTo(x + 1, 623, x + 1.5, 622, x + 1.5, 614)
        for y in (614.5, 614.7, 614.9):
            path.lineTo(x + 1, y)
        path.close()
        canvas.drawPath(path)
    canvas.save()
    cells = read(tmp_path / "t.pdf")["raw_cells"]
    assert rows_of(cells) == [["收入", "1111.11"], ["支出", "1111.11"]]
    assert max(cells["column_no"].to_pylist()) == 2


@pytest.mark.parametrize("angle", [45, 0])
def test_the_dashed_sides_of_cells_under_a_watermark_are_no_outlines_of_its_letters(angle: int, tmp_path: Path) -> None:
    """A browser draws each side of a cell as dashes of one path: those that lay in a large letter's box were lost."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 9)
    for row in range(8):
        for column in range(3):
            canvas.drawString(103 + 60 * column, 604 + 14 * row, f"{row}{column}.00")
            for x in (100 + 60 * column, 160 + 60 * column):
                dashed_side(canvas, x, 600 + 14 * row)
    for row in range(9):
        canvas.line(100, 600 + 14 * row, 280, 600 + 14 * row)
    canvas.setFillGray(0.8)
    canvas.setFont(FONT, 44)
    canvas.translate(120, 610)
    canvas.rotate(angle)
    canvas.drawString(0, 0, "示例县")
    canvas.save()
    assert rows_of(read(tmp_path / "t.pdf")["raw_cells"]) == [
        [f"{row}{column}.00" for column in range(3)] for row in range(7, -1, -1)
    ]


def dashed_side(canvas: Canvas, x: float, y: float) -> None:
    """One side of a cell, 14 points high: four dashes filled as one path."""
    path = canvas.beginPath()
    for dash in range(4):
        path.rect(x - 0.2, y + 3.7 * dash, 0.4, 2.3)
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("higher", [0.0, 0.002])
def test_rules_of_square_dots_part_columns_as_well_as_rows(tmp_path: Path, higher: float) -> None:
    """A browser draws a dotted border as squares: those of the borders down were taken for pieces of lines across; and
    where rounding left some of them higher than wide, lines across had gaps and their rows ran into one."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 8)
    for row in range(14):
        for column in range(3):
            canvas.drawString(103 + 60 * column, 603 + 11 * row, f"{row}{column}.00")
    for y in (600 + 11 * row for row in range(15)):
        for step in range(121):
            canvas.rect(100 + 1.5 * step, y, 0.75, 0.75 + (higher if step % 40 < 9 else 0.0), stroke=0, fill=1)
    for x in (100, 160, 220, 280):
        for step in range(103):
            canvas.rect(x, 600 + 1.5 * step, 0.75, 0.75, stroke=0, fill=1)
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert found["raw_tables"]["method"].to_pylist() == ["ruled"]
    assert rows_of(found["raw_cells"]) == [[f"{row}{column}.00" for column in range(3)] for row in range(13, -1, -1)]


def test_a_table_in_a_frame_with_round_corners_keeps_its_frame(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.roundRect(100, 600, 300, 60, 6)
    canvas.lines([(100, 620, 400, 620), (100, 640, 400, 640), (300, 600, 300, 660)])
    canvas.setFont(FONT, 10)
    for row in range(3):
        canvas.drawString(110, 646 - 20 * row, f"第{row}项")
        canvas.drawString(310, 646 - 20 * row, f"{row}.00")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [[f"第{row}项", f"{row}.00"] for row in range(3)]


def test_cells_drawn_each_as_four_lines_of_one_path_are_a_table(tmp_path: Path) -> None:
    """Small paths of many segments, but no glyph stands for one: it lies within."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 9)
    for row in range(3):
        for column in range(3):
            x, y = 100 + 30 * column, 600 + 16 * row
            path = canvas.beginPath()
            for a, b in (((0, 0), (30, 0)), ((30, 0), (30, 16)), ((30, 16), (0, 16)), ((0, 16), (0, 0))):
                path.moveTo(x + a[0], y + a[1])
                path.lineTo(x + b[0], y + b[1])
            canvas.drawPath(path)
            canvas.drawString(x + 6, y + 4, f"{row}.{column}")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [[f"{row}.{column}" for column in range(3)] for row in (2, 1, 0)]


def test_a_soft_hyphen_that_is_drawn_is_a_minus(tmp_path: Path) -> None:
    """Fonts give one glyph to the hyphen and the soft hyphen, and their map names the one or the other."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 300, 400], [600, 620, 640])
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 626, "增减变化")
    canvas.drawString(104, 606, "\u00ad100.00")
    canvas.save()
    assert rows_of(read(tmp_path / "t.pdf")["raw_cells"])[1][0] == "-100.00"
