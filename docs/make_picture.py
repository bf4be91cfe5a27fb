"""Makes docs/page-to-rows.png: a page with its cells drawn on it, beside the rows that came of it.

Needs a built dataset and a font with Chinese characters (Debian: fonts-noto-cjk), which nothing else here needs:

    .venv/bin/python docs/make_picture.py "$(fc-match -f '%{file}' 'Noto Sans CJK SC')"
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.query import Row, rows_of
from pipeline.show import PIXELS_PER_POINT, Box, boxes_of, draw, source_file

RAW, DATA = Path("data/raw"), Path("data/processed")
OUT = Path(__file__).with_name("page-to-rows.png")
DOCUMENT, PAGE = "zezhou-org-dept-2026-budget", 8
CROP = (58.0, 60.0, 537.0, 367.0)  # points: the upper part of the table
TRACED = (4, 3)  # row and column of the figure that a line is drawn from
COLUMNS = (("subject_code", 0), ("subject_name", 145), ("expenditure_type", 465), ("amount", 790), ("cell", 820))
TITLES = (
    ("PDF 第 8 页：`show` 画出的单元格", "page 8 of the PDF: its cells, drawn by `show`"),
    ("expenditure_by_subject：一行一个数字，金额为元", "one row a figure, in yuan, each with its cell"),
)
TOP, GAP, WIDTH, LINE = 84, 76, 940, 31
ROWS = 18
SQL = f"""SELECT subject_code, subject_name, expenditure_type, amount, row_no, column_no, table_no
FROM expenditure_by_subject WHERE document_id = '{DOCUMENT}' AND page = {PAGE}
ORDER BY row_no, column_no LIMIT {ROWS}"""
INK, GREY, MARK = (30, 30, 30), (120, 120, 120), (200, 20, 40)
Point = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """The picture being made: its pen and the fonts for text and small print."""

    picture: Image.Image
    pen: ImageDraw.ImageDraw
    text: ImageFont.FreeTypeFont
    small: ImageFont.FreeTypeFont


def main(font: str) -> None:
    """Write the picture. Raises FileNotFoundError when the dataset has not been built."""
    boxes = boxes_of(DATA, DOCUMENT, PAGE)
    page = cropped_page(boxes)
    _, rows = rows_of(DATA / "budget.duckdb", SQL, {})
    sheet = new_sheet((page.width + GAP + WIDTH, TOP + page.height + 12), font)
    sheet.picture.paste(page, (0, TOP))
    write_titles(sheet, (12, page.width + GAP))
    traced = write_rows(sheet, rows, page.width + GAP)
    trace(sheet, next(box for box in boxes if (box.row_no, box.column_no) == TRACED), traced)
    sheet.picture.quantize(128, dither=Image.Dither.NONE).save(OUT, optimize=True)


def cropped_page(boxes: list[Box]) -> Image.Image:
    """The upper part of the page as ``yusuan show`` draws it."""
    _, file = source_file(DATA, DOCUMENT)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "page.png"
        draw(RAW / file, PAGE, boxes, whole)
        left, top, right, bottom = (round(PIXELS_PER_POINT * edge) for edge in CROP)
        return Image.open(whole).crop((left, top, right, bottom))


def new_sheet(size: tuple[int, int], font: str) -> Sheet:
    """White paper, with the simplified Chinese face of the font file."""
    faces = [ImageFont.truetype(font, 20, index=index) for index in range(5 if font.endswith(".ttc") else 1)]
    text = next((face for face in faces if "SC" in (face.getname()[0] or "")), faces[0])
    picture = Image.new("RGB", size, "white")
    return Sheet(picture, ImageDraw.Draw(picture), text, text.font_variant(size=17))


def write_titles(sheet: Sheet, lefts: tuple[int, int]) -> None:
    """The two headings, Chinese over English."""
    for left, (zh, en) in zip(lefts, TITLES, strict=True):
        sheet.pen.text((left, 10), zh, fill=INK, font=sheet.text)
        sheet.pen.text((left, 40), en, fill=GREY, font=sheet.small)


def write_rows(sheet: Sheet, rows: list[Row], left: int) -> Point:
    """The rows as a table under their column names; returns where the traced figure's row begins."""
    write_line(sheet, [name for name, _ in COLUMNS], (left, TOP), GREY)
    traced = (0.0, 0.0)
    for number, (*texts, row, column, table) in enumerate(rows, start=1):
        y = TOP + number * LINE
        if (row, column) == TRACED:
            traced = (left - 8, y + LINE / 2 - 2)
            sheet.pen.rectangle([left - 8, y - 2, left + WIDTH - 24, y + LINE - 4], fill=(252, 226, 230))
        sheet.pen.line([left, y - 4, left + WIDTH - 24, y - 4], fill=(225, 225, 225))
        write_line(sheet, [*map(shown, texts), f"t{table}/r{row}/c{column}"], (left, y), INK)
    sheet.pen.text((left, TOP + (len(rows) + 1) * LINE - 4), "…", fill=GREY, font=sheet.text)
    return traced


def shown(value: object) -> str:
    """A value as the picture shows it; nothing for null."""
    return "" if value is None else str(value)


def write_line(sheet: Sheet, texts: list[str], at: tuple[int, int], ink: tuple[int, int, int]) -> None:
    """One line of the table, amounts to the right."""
    for (name, offset), text in zip(COLUMNS, texts, strict=True):
        anchor = "ra" if name == "amount" else "la"
        sheet.pen.text((at[0] + offset, at[1]), text, fill=ink, font=sheet.text, anchor=anchor)


def trace(sheet: Sheet, box: Box, end: Point) -> None:
    """A line from the figure on the page to its row."""
    edges = [PIXELS_PER_POINT * (edge - CROP[at % 2]) for at, edge in enumerate((box.x0, box.y0, box.x1, box.y1))]
    x0, y0, x1, y1 = edges[0], edges[1] + TOP, edges[2], edges[3] + TOP
    sheet.pen.rectangle([x0, y0, x1, y1], outline=MARK, width=4)
    corner = max(x1, CROP[2] * PIXELS_PER_POINT - CROP[0] * PIXELS_PER_POINT + GAP / 3)
    sheet.pen.line([(x1, y1), (corner, y1), (corner, end[1]), end], fill=MARK, width=3, joint="curve")


if __name__ == "__main__":
    main(sys.argv[1])
