"""Cut-outs of a page as small pictures: the one module of the reports that opens a PDF.

A cut-out is a band of the page as displayed, in full width, around some cells, with a red frame round each; without
cells it is the top of the page. It is grey with one red, sixteen colours in all, so that a band of text is some 10 kB
of PNG and the same page gives the same bytes.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from pipeline.punctuation import narrow

MARGIN = 26.0  # points shown above and below the cells
HIGHEST = 330.0  # points: a cut-out is no higher, the first cells are shown
TOP = 190.0  # points of a page's top
NEAR = (30, 60, 120)  # characters before and behind a place: what stands nearer counts in more of them
_SCALE = 1.6  # pixels a point
_WIDEST = 1500  # pixels
_TALLEST = 1100
_GREYS = 15
_RED = _GREYS
_NUMBER_RUNS_ON = re.compile(r"[\d.,]\d|\d[\d.]")


@dataclass(frozen=True)
class Box:
    """A cell on a page, in points from the top left of the page as displayed."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Cutout:
    """A picture of a part of a page: PNG as a data URI, its size in pixels, and how many boxes it shows."""

    page: int
    uri: str
    width: int
    height: int
    boxes: int


class RawFile:
    """A raw PDF, open for cut-outs. A file that is not there or cannot be opened has a ``problem`` and no pictures."""

    def __init__(self, path: Path) -> None:
        self.problem: str | None = None
        self._document: pdfium.PdfDocument | None = None
        try:
            self._document = pdfium.PdfDocument(path)
        except FileNotFoundError:
            self.problem = "原始文件不在 --raw 中，没有图 / no picture: the raw file is not in --raw"
        except (pdfium.PdfiumError, OSError):
            self.problem = "原始文件打不开，没有图 / no picture: the raw file cannot be opened"

    def __enter__(self) -> RawFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._document is not None:
            self._document.close()

    def cut(self, page: int, boxes: Sequence[Box], quoted: Sequence[str] = ()) -> Cutout | None:
        """The part of the page (from 1) round the boxes; None when there is no such page to draw.

        Without boxes, round the first of the ``quoted`` texts that the page prints, and of several places that print it
        the one with most of the other texts around it; without that, the page's top.
        """
        if self._document is None or not 1 <= page <= len(self._document):
            return None
        try:
            return _cut(self._document, page, boxes, quoted)
        except pdfium.PdfiumError:
            return None


def _cut(document: pdfium.PdfDocument, page: int, boxes: Sequence[Box], quoted: Sequence[str]) -> Cutout:
    opened = document[page - 1]
    try:
        width, height = opened.get_size()
        boxes = boxes or _printed(opened, quoted)
        top, bottom = band(boxes, height)
        scale = min(_SCALE, _WIDEST / width, _TALLEST / (bottom - top))
        grey = opened.render(scale=scale, crop=(0, height - bottom, 0, top), grayscale=True).to_pil()
    finally:
        opened.close()
    picture = _few_colours(grey.convert("L"))
    shown = [box for box in boxes if box.y0 < bottom and box.y1 > top]
    pen = ImageDraw.Draw(picture)
    for box in shown:
        pen.rectangle(_corners(box, top, scale), outline=_RED, width=2)
    return Cutout(page, _uri(picture), picture.width, picture.height, len(shown))


def _printed(page: pdfium.PdfPage, quoted: Sequence[str]) -> list[Box]:
    """Where an upright page prints the first of the texts that it prints at all; a text that wraps is not found."""
    if page.get_rotation() != 0:
        return []
    text = page.get_textpage()
    try:
        for wanted in quoted:
            places = list(_occurrences(text, wanted)) or list(_occurrences(text, narrow(wanted)))
            if places:
                return [_box(page, text, *max(places, key=lambda place: _company(text, place, quoted)))]
        return []
    finally:
        text.close()


def _company(text: pdfium.PdfTextPage, place: tuple[int, int], quoted: Sequence[str]) -> float:
    """How much of the other quoted texts stands near a place: a rate such as 17.66% may be printed twice on a page."""
    around = [_around(text, place[0], reach) for reach in NEAR]
    return sum(_share_in(near, other) for near in around for other in quoted)


def _share_in(near: str, quoted: str) -> float:
    """A number stands there or does not; of a phrase, the share of its pairs of neighbouring characters.

    A finding names in its own words what a sentence says in others.
    """
    if quoted[0].isdigit():
        return float(quoted in near)
    pairs = {quoted[at : at + 2] for at in range(len(quoted) - 1)}
    return sum(pair in near for pair in pairs) / max(len(pairs), 1)


def _around(text: pdfium.PdfTextPage, place: int, reach: int) -> str:
    """The characters up to ``reach`` before and behind a place, without white space."""
    start = max(place - reach, 0)
    return "".join(text.get_text_range(start, min(reach * 2, text.count_chars() - start)).split())


def _occurrences(text: pdfium.PdfTextPage, wanted: str) -> Iterator[tuple[int, int]]:
    """Start and length of each occurrence that is no part of a longer number."""
    searcher = text.search(wanted)
    while (place := searcher.get_next()) is not None:
        start, count = place
        before = text.get_text_range(max(start - 1, 0), 1 if start else 0) + wanted[:1]
        after = wanted[-1:] + text.get_text_range(start + count, min(1, text.count_chars() - start - count))
        if not (_NUMBER_RUNS_ON.fullmatch(before) or _NUMBER_RUNS_ON.fullmatch(after)):
            yield place


def _box(page: pdfium.PdfPage, text: pdfium.PdfTextPage, start: int, count: int) -> Box:
    origin_x, _, _, top = page.get_cropbox()
    glyphs = [text.get_charbox(index) for index in range(start, start + count)]
    lefts, bottoms, rights, tops = zip(*glyphs, strict=True)
    return Box(min(lefts) - origin_x, top - max(tops), max(rights) - origin_x, top - min(bottoms))


def band(boxes: Sequence[Box], height: float) -> tuple[float, float]:
    """From where to where down the page, in points: round the boxes, at most ``HIGHEST``; without any, the top."""
    inside = [box for box in boxes if box.y0 < height and box.y1 > 0]
    if not inside:
        return 0.0, min(TOP, height)
    top = max(0.0, min(box.y0 for box in inside) - MARGIN)
    return top, min(height, max(box.y1 for box in inside) + MARGIN, top + HIGHEST)


def _corners(box: Box, top: float, scale: float) -> list[float]:
    left, right = sorted((box.x0 * scale, box.x1 * scale))
    upper, lower = sorted(((box.y0 - top) * scale, (box.y1 - top) * scale))
    return [left - 1, upper - 1, right + 1, lower + 1]


def _few_colours(grey: Image.Image) -> Image.Image:
    levels = grey.point([level * (_GREYS - 1) // 255 for level in range(256)])
    picture = Image.frombytes("P", levels.size, levels.tobytes())
    shades = [level * 255 // (_GREYS - 1) for level in range(_GREYS) for _ in range(3)]
    picture.putpalette([*shades, 214, 0, 28])
    return picture


def _uri(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "PNG", bits=4, optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
