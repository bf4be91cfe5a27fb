"""What a page clips away: a spreadsheet prints a long cell whole and hides what leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from tests.extract.build import read, rows_of
from tests.fixtures.drawing import FONT

LONG = ("确保视频会议顺利开展，保", "障各室音视频设备正常运行", "会议保障，")
SHORT = "应急指挥"


@contextmanager
def clipped(canvas: Canvas, x: float, y: float, width: float, height: float) -> Iterator[None]:
    """What is drawn meanwhile shows within this box alone."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, width, height)
    canvas.clipPath(frame, stroke=0)
    yield
    canvas.restoreState()


def clipped_pdf(path: Path, below: str, clip: bool = True) -> Path:
    """Two cells, one below the other: the upper one's third line lies over the lower one's, and is clipped."""
    canvas = Canvas(str(path), invariant=1)
    canvas.grid([100, 240, 300], [600, 620, 648])
    canvas.setFont(FONT, 10)
    with clipped(canvas, 100, 620, 140, 28) if clip else nullcontext():
        for number, line in enumerate(LONG):
            canvas.drawString(104, 637 - 14 * number, line)
    canvas.drawString(104, 609, below)
    canvas.drawString(250, 630, "99")
    canvas.drawString(250, 609, "40")
    canvas.save()
    return path


def test_hidden_lines_of_a_cell_are_not_woven_into_the_cell_below(tmp_path: Path) -> None:
    found = read(clipped_pdf(tmp_path / "t.pdf", SHORT))
    assert rows_of(found["raw_cells"]) == [["".join(LONG), "99"], [SHORT, "40"]]


def in_a_form(path: Path, scale: float = 0.8) -> Path:
    """The pages as programs that put sheets on paper print them: each drawn by a form, made smaller and moved."""
    whole, printed = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    for index in range(len(whole)):
        width, height = whole[index].get_size()
        form = raw.FPDF_NewXObjectFromPage(printed, whole, index)
        drawn = raw.FPDF_NewFormObjectFromXObject(form)
        raw.FPDFPageObj_TransformF(drawn, raw.FS_MATRIX(scale, 0, 0, scale, 31, 57))
        page = printed.new_page(width, height)
        raw.FPDFPage_InsertObject(page, drawn)
        page.gen_content()
        raw.FPDF_CloseXObject(form)
    printed.save(path.with_stem("form"))
    return path.with_stem("form")


def test_what_a_form_clips_is_hidden_where_the_form_stands(tmp_path: Path) -> None:
    """Clips of forms were left out, being told in a space of their own: the hidden lines were woven into the cell."""
    found = read(in_a_form(clipped_pdf(tmp_path / "t.pdf", SHORT)))
    assert rows_of(found["raw_cells"]) == [["".join(LONG), "99"], [SHORT, "40"]]


def test_hidden_lines_that_lie_over_nothing_are_the_end_of_what_their_cell_says(tmp_path: Path) -> None:
    found = read(clipped_pdf(tmp_path / "t.pdf", ""))
    assert rows_of(found["raw_cells"]) == [["".join(LONG), "99"], ["40"]]


@pytest.mark.parametrize("below", [SHORT, ""])
def test_text_that_nothing_clips_is_read_whatever_it_lies_over(below: str, tmp_path: Path) -> None:
    found = read(clipped_pdf(tmp_path / "t.pdf", below, clip=False))
    assert sum(len(text) for row in rows_of(found["raw_cells"]) for text in row) == len("".join(LONG) + below + "9940")


def test_what_a_page_break_hides_of_a_cell_is_no_line_of_the_page(tmp_path: Path) -> None:
    """A merged cell goes on over the page; its text is printed whole on both and clipped, also below the table."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 240, 300], [600, 620, 640])
    canvas.setFont(FONT, 10)
    canvas.drawString(250, 626, "99")
    canvas.drawString(100, 570, "注：无。")
    with clipped(canvas, 100, 600, 140, 40):
        canvas.drawString(104, 626, "应急指挥")
        canvas.drawString(104, 580, "68.611549")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert [line["text"] for line in found["lines"].to_pylist()] == ["注：无。"]
    assert rows_of(found["raw_cells"])[0] == ["应急指挥", "99"]


def test_what_a_page_break_hides_right_above_the_table_is_no_amount_outside_it(tmp_path: Path) -> None:
    """The loose boxes of its glyphs reach into the table, though their ink stands clear of it."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 240, 300], [600, 620, 640])
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 626, "应急指挥")
    canvas.drawString(250, 626, "99")
    with clipped(canvas, 100, 600, 200, 40):
        canvas.drawString(250, 641, "200.870000")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert found["lines"].to_pylist() == []
    assert rows_of(found["raw_cells"])[0] == ["应急指挥", "99"]


def test_a_heading_too_high_for_its_row_is_read_whole_in_its_own_cell(tmp_path: Path) -> None:
    """Three lines in a row of two, under a merged heading and over blank cells: the clip tells whose they are."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 220], [600, 618, 640])
    canvas.line(100, 658, 220, 658)
    for x in (100, 220):
        canvas.line(x, 640, x, 658)
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(160, 646, "本年收入")
    canvas.drawCentredString(130, 626, "小计")
    with clipped(canvas, 160, 618, 60, 22):
        for number, line in enumerate(("国有资", "本经营", "预算")):
            canvas.drawCentredString(190, 638 - 12 * number, line)
    canvas.drawRightString(158, 606, "91.35")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["本年收入"], ["小计", "国有资本经营预算"], ["91.35"]]


def test_what_a_page_hides_of_a_row_is_no_part_of_the_repeated_head(tmp_path: Path) -> None:
    """The page before ends within the row and prints its first line; here the clip is the strip below the head."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 200, 300], [600, 640, 660])
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 646, "绩效目标")
    canvas.drawString(204, 646, "金额")
    with clipped(canvas, 100, 600, 200, 40):
        for number, line in enumerate(("全面提升能力，", "推动高质量发展，", "完成培训任务")):
            canvas.drawString(109, 639 - 16 * number, line)
        canvas.drawString(204, 616, "103.98")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["绩效目标", "金额"], ["推动高质量发展，完成培训任务", "103.98"]]


def test_a_line_within_its_clip_stays_where_the_cell_below_goes_on_in_the_same_breath(tmp_path: Path) -> None:
    """Its foot sticks out of the cell, and the text of the cell below is drawn right after it."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 240, 300], [580, 620, 648])
    canvas.setFont(FONT, 10)
    canvas.drawString(104, 637, "保证网络系统安")
    with clipped(canvas, 100, 620, 140, 28):
        canvas.drawString(104, 619, "全合规")
    canvas.drawString(104, 600, "支撑开展分析")
    canvas.drawString(250, 630, "50")
    canvas.drawString(250, 600, "30")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["保证网络系统安全合规", "50"], ["支撑开展分析", "30"]]


def test_a_heading_that_leaves_the_table_is_no_part_of_the_line_above_it(tmp_path: Path) -> None:
    """The first line of a heading too high for its row lies over the unit of the table, hidden by its cell."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 220], [600, 618, 640])
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(130, 626, "科目名称")
    canvas.drawString(170, 643, "单位：元")
    with clipped(canvas, 160, 618, 60, 22):
        for number, line in enumerate(("其", "他", "收入")):
            canvas.drawString(208 - 4 * len(line), 639 - 10 * number, line)
    canvas.drawRightString(158, 606, "91.35")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert found["lines"]["text"].to_pylist() == ["单位：元"]


@pytest.mark.parametrize("across", [60, 200])
def test_a_name_that_is_printed_on_the_page_before_is_no_part_of_the_repeated_head(across: int, tmp_path: Path) -> None:
    """A unit beside the rows of two pages: its name stands in the head here, hidden by its cell's rest or the strip."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 300], [600, 620, 640, 660])
    canvas.setFont(FONT, 9)
    canvas.drawString(112, 646, "单位名称")
    canvas.drawString(204, 646, "合计")
    with clipped(canvas, 100, 600, across, 40):
        canvas.drawString(107.5, 647, "第一小学")
    canvas.drawString(204, 626, "49.08")
    canvas.drawString(204, 606, "83.81")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["单位名称", "合计"], ["49.08"], ["83.81"]]


def test_a_figure_is_not_torn_by_a_hidden_one_that_stands_over_it(tmp_path: Path) -> None:
    """The text layer weaves both into one line, glyph by glyph: ≥10次 of the cell above into ≥25次 of this one."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 300], [600, 620, 632])
    canvas.setFont(FONT, 8)
    canvas.drawString(104, 622, "会议")
    canvas.drawString(104, 608, "宣讲")
    canvas.drawString(164, 622, "30次；")
    with clipped(canvas, 160, 620, 140, 12):
        for glyph, x in zip("10次", (164, 167.7, 172), strict=True):
            canvas.drawString(x, 613, glyph)
    for glyph, x in zip("25次", (171.4, 175.1, 178.8), strict=True):
        canvas.drawString(x, 612, glyph)
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["会议", "30次；10次"], ["宣讲", "25次"]]


def test_a_heading_too_high_for_the_first_row_is_read_whole(tmp_path: Path) -> None:
    """Without its first line, which lies above the table, 一般公共预算拨款 would be another heading."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 220], [600, 618, 640])
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(130, 626, "合计")
    with clipped(canvas, 160, 618, 60, 22):
        for number, line in enumerate(("一般公共", "预算", "拨款")):
            canvas.drawCentredString(190, 638 - 12 * number, line)
    canvas.drawRightString(158, 606, "91.35")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["合计", "一般公共预算拨款"], ["91.35"]]


def test_a_hidden_name_drawn_glyph_by_glyph_is_hidden_to_its_last_glyph(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 300], [600, 620, 640, 660])
    canvas.setFont(FONT, 9)
    canvas.drawString(102, 646, "单位")
    canvas.drawString(204, 646, "合计")
    with clipped(canvas, 100, 600, 200, 40):
        for number, glyph in enumerate("卫生院"):
            canvas.drawString(126 + 9 * number, 647, glyph)
        canvas.drawString(204, 626, "49.08")
    canvas.drawString(204, 606, "83.81")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["单位", "合计"], ["49.08"], ["83.81"]]


def test_a_heading_that_the_rows_printed_again_cut_is_no_part_of_the_row_below(tmp_path: Path) -> None:
    """类 beside 栏次 and 合计: the next page repeats the rows down to 栏次, and its code read 类2210201."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.grid([100, 160, 300], [600, 618, 636, 654])
    canvas.setFont(FONT, 9)
    canvas.drawString(112, 642, "编码")
    canvas.drawString(204, 642, "合计")
    with clipped(canvas, 100, 618, 200, 36):
        canvas.drawString(126, 611, "类")
        canvas.drawString(204, 624, "1")
    with clipped(canvas, 100, 600, 200, 18):
        canvas.drawString(106, 602, "2210201")
        canvas.drawString(204, 606, "37.62")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert rows_of(found["raw_cells"]) == [["编码", "合计"], ["类", "1"], ["2210201", "37.62"]]
