"""A page as a picture with its cells drawn on it, for people to check an extraction by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

PIXELS_PER_POINT = 2.0
COLOURS: Mapping[str, tuple[int, int, int]] = {
    "fact": (0, 140, 60),
    "label": (30, 90, 220),
    "header": (225, 125, 0),
    "finding": (220, 0, 30),
    "blank": (150, 150, 150),
    "unread": (140, 60, 180),
}
_TINT = 28
_LEGEND = 26


class NotThereError(LookupError):
    """The document or the page that was asked for is not there; the message says which are."""


@dataclass(frozen=True)
class Box:
    """A cell on the page: its corners in points from the top left of the page as displayed, its place, its role."""

    x0: float
    y0: float
    x1: float
    y1: float
    row_no: int
    column_no: int
    role: str


def source_file(data: Path, document: str) -> tuple[str, str]:
    """The document_id and the raw file's name of the document that ``document`` names: whole, or a part of one only.

    Raises NotThereError when none or several are meant, or nothing has been built in ``data``.
    """
    if not (data / "documents.parquet").is_file():
        raise NotThereError(
            f"{data}: 没有构建好的数据；请用 --data 指出构建所写的目录，或先运行 build / no built dataset here: "
            "give the folder that a build wrote with --data, or run build first"
        )
    table = pq.read_table(data / "documents.parquet", columns=["document_id", "source_file"])
    files = dict(zip(*(table[name].to_pylist() for name in ("document_id", "source_file")), strict=True))
    if document in files:
        return document, files[document]
    meant = [known for known in files if document in known or document == files[known]]
    if len(meant) != 1:
        known = ", ".join((meant or list(files))[:10])
        raise NotThereError(f"{document}: 没有这份文件，或不止一份 / no such document, or several: {known} …")
    return meant[0], files[meant[0]]


def boxes_of(data: Path, document_id: str, page: int) -> list[Box]:
    """The cells of the page, from the published ``cells``."""
    columns = ["x0", "y0", "x1", "y1", "row_no", "column_no", "role"]
    where = [("document_id", "==", document_id), ("page", "==", page)]
    return [Box(**row) for row in pq.read_table(data / "cells.parquet", columns=columns, filters=where).to_pylist()]


def draw(pdf: Path, page: int, boxes: Sequence[Box], out: Path) -> None:
    """Write the page (from 1) as PNG, each cell in its role's colour with its ``row.column`` in the corner.

    Raises NotThereError when the file has no such page, PdfiumError when it cannot be opened.
    """
    picture = _render(pdf, page).convert("RGBA")
    layer = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(layer)
    font = ImageFont.load_default(11)
    for box in boxes:
        _draw_box(pen, box, font)
    _draw_legend(pen, boxes, font)
    out.parent.mkdir(parents=True, exist_ok=True)
    Image.alpha_composite(picture, layer).convert("RGB").save(out)


def _render(pdf: Path, page: int) -> Image.Image:
    if not pdf.is_file():
        raise NotThereError(
            f"{pdf}: 没有这个 PDF；请用 --raw 指出原始文件所在的目录 / no such PDF: "
            "say with --raw where the raw files are"
        )
    document = pdfium.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise NotThereError(f"{pdf.name}: 第 {page} 页不存在，共 {len(document)} 页 / it has {len(document)} pages")
        picture: Image.Image = document[page - 1].render(scale=PIXELS_PER_POINT).to_pil()
        return picture
    finally:
        document.close()


def _draw_box(pen: ImageDraw.ImageDraw, box: Box, font: ImageFont.ImageFont | ImageFont.FreeTypeFont) -> None:
    colour = COLOURS[box.role]
    corners = [PIXELS_PER_POINT * edge for edge in (box.x0, box.y0, box.x1, box.y1)]
    pen.rectangle(corners, outline=(*colour, 255), fill=(*colour, _TINT))
    pen.text((corners[0] + 2, corners[1] + 1), f"{box.row_no}.{box.column_no}", fill=(*colour, 255), font=font)


def _draw_legend(
    pen: ImageDraw.ImageDraw, boxes: Sequence[Box], font: ImageFont.ImageFont | ImageFont.FreeTypeFont
) -> None:
    x = 8
    for role, colour in COLOURS.items():
        count = sum(box.role == role for box in boxes)
        pen.rectangle([x, 8, x + 12, 20], outline=(*colour, 255), fill=(*colour, 120))
        pen.text((x + 16, 7), f"{role} {count}", fill=(*colour, 255), font=font)
        x += _LEGEND + 7 * len(f"{role} {count}")
