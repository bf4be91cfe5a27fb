"""The glyphs of a page: where each stands, what it says, how it is turned and how dark it is.

pdfium reads the text layer; this module only carries its answers into arrays. Two facts shape it
(measured, see the engineering notes): the loose box (font ascent to descent, advance width) puts the glyphs of one
line on one height where the tight box does not, and a call into pdfium costs more than the work behind it, so what
belongs to a whole text object (its matrix, its colour) is asked once an object.

Coordinates are PDF points in reading space: origin at the top left of the page once its text is upright.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# The three calls made for every glyph go through prototypes that take and give plain addresses: wrapping pointer
# objects would double the time of the loop.


def _plain(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_unicode = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_text_object = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_loose_box = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)

_RECT_BYTES = ctypes.sizeof(raw.FS_RECTF)
_NOT_A_CHARACTER = (0xFFFE, 0xFFFF)
OVERPRINT = 0.2  # share of a glyph's height: the same glyph so near is the same glyph drawn again
_STRAIGHT = 2.0  # degrees within which text counts as upright or turned by a quarter


@dataclass(frozen=True)
class Frame:
    """How page space becomes reading space: the visible box, its turn for display, and the turn of its text.

    ``display_turns`` is the page's own rotation in quarter turns clockwise; ``turns`` that plus what the content
    still needs. ``box`` is (left, bottom, right, top) in page space.
    """

    box: tuple[float, float, float, float]
    display_turns: int
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of reading space."""
        return _turned_size(self.box, self.turns)

    @property
    def display_size(self) -> tuple[float, float]:
        """Width and height of the page as a viewer shows it."""
        return _turned_size(self.box, self.display_turns)

    def to_reading(self, boxes: Floats) -> Floats:
        """Boxes (x0, y0, x1, y1; origin bottom left, page space) in reading space (origin top left)."""
        left, bottom, right, top = self.box
        x0, y0, x1, y1 = boxes.T
        if self.turns == 0:
            turned = (x0 - left, top - y1, x1 - left, top - y0)
        elif self.turns == 1:
            turned = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif self.turns == 2:
            turned = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        else:
            turned = (top - y1, right - x1, top - y0, right - x0)
        return np.column_stack(turned)

    def to_display(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of reading space on the page as a viewer shows it."""
        width, height = self.size
        for _ in range((self.turns - self.display_turns) % 4):  # undo one clockwise quarter turn at a time
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
            width, height = height, width
        return x0, y0, x1, y1


def _turned_size(box: tuple[float, float, float, float], turns: int) -> tuple[float, float]:
    width, height = box[2] - box[0], box[3] - box[1]
    return (height, width) if turns % 2 else (width, height)


@dataclass(frozen=True)
class Glyphs:
    """The glyphs of one page, in the order of the content stream; blanks are left out.

    ``boxes`` (n, 4) in reading space; ``codes`` (n,) code points; ``objects`` (n,) index of the text object that drew
    the glyph. A text object has ``slanted`` (turned by other than quarter turns) and ``paleness`` (0 black and opaque,
    1 white or wholly transparent). ``unmapped`` counts glyphs whose font has no Unicode for them.
    """

    boxes: Floats
    codes: Integers
    objects: Integers
    slanted: Flags
    paleness: Floats
    unmapped: int

    @property
    def centres(self) -> tuple[Floats, Floats]:
        """Middle of each glyph, x and y."""
        return (self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2

    @property
    def heights(self) -> Floats:
        """Height of each loose box: the font size, near enough."""
        heights: Floats = self.boxes[:, 3] - self.boxes[:, 1]
        return heights

    def select(self, keep: Flags | Integers) -> Glyphs:
        """The glyphs at ``keep`` (a mask or indices); text objects keep their numbers."""
        return Glyphs(
            self.boxes[keep], self.codes[keep], self.objects[keep], self.slanted, self.paleness, self.unmapped
        )


def read_glyphs(page: pdfium.PdfPage) -> tuple[Glyphs, Frame]:
    """The glyphs of a page and the frame that puts them upright."""
    text_page = page.get_textpage()
    try:
        boxes, codes, addresses, places = _read_characters(text_page)
        first, objects = _number_objects(addresses)
        degrees, paleness = _describe(text_page.raw, [places[index] for index in first])
        unmapped = _count_unmapped(text_page.raw, codes, [places[index] for index in first])
    finally:
        text_page.close()
    upright = np.abs((degrees + 45) % 90 - 45) <= _STRAIGHT
    frame = _frame(page, degrees, upright, objects)
    glyphs = Glyphs(frame.to_reading(boxes), codes, objects, ~upright, paleness, unmapped)
    return glyphs.select(_drawn_once(glyphs)), frame


def on_page(glyphs: Glyphs, frame: Frame) -> Flags:
    """The glyphs that a reader of the page can see: a merged cell cut by a page break keeps its text on both pages."""
    x, y = glyphs.centres
    width, height = frame.size
    return np.asarray((x >= 0) & (x <= width) & (y >= 0) & (y <= height), dtype=bool)


def _drawn_once(glyphs: Glyphs) -> Flags:
    """Leave out glyphs drawn again over themselves: producers without a bold font print a glyph two to four times."""
    keep = np.ones(len(glyphs.codes), dtype=bool)
    x, y = glyphs.centres
    near = OVERPRINT * np.maximum(glyphs.heights, 1.0)
    for shift in (0.0, 2.0):  # two grids of 4 points, so that no pair is parted by a grid line in both
        order = np.lexsort((x, np.floor((x + shift) / 4), np.floor((y + shift) / 4), glyphs.codes))
        order = order[keep[order]]
        a, b = order[:-1], order[1:]
        again = (glyphs.codes[a] == glyphs.codes[b]) & (np.abs(x[a] - x[b]) < near[b]) & (np.abs(y[a] - y[b]) < near[b])
        keep[b[again]] = False
    return keep


def _read_characters(text_page: pdfium.PdfTextPage) -> tuple[Floats, Integers, list[int], list[int]]:
    handle = text_page.raw
    count = max(raw.FPDFText_CountChars(handle), 0)
    rects = (raw.FS_RECTF * max(count, 1))()
    codes: list[int] = []
    addresses: list[int] = []
    places: list[int] = []
    address_of = ctypes.cast(handle, ctypes.c_void_p).value
    start = ctypes.addressof(rects)
    for index in range(count):
        code = _unicode(address_of, index)
        if 0 < code <= 32 or code in _NOT_A_CHARACTER or code in {160, 12288}:
            continue
        address = _text_object(address_of, index)
        if address is None:  # pdfium's own guess at a blank or a line break
            continue
        _loose_box(address_of, index, start + len(codes) * _RECT_BYTES)
        codes.append(code)
        addresses.append(address)
        places.append(index)
    edges = np.frombuffer(rects, dtype=np.float32).reshape(-1, 4)[: len(codes)].astype(np.float64)
    boxes = np.column_stack([edges[:, 0], edges[:, 3], edges[:, 2], edges[:, 1]])  # left, top, right, bottom -> x0..y1
    return boxes, np.array(codes, dtype=np.int64), addresses, places


def _number_objects(addresses: list[int]) -> tuple[list[int], Integers]:
    """Number text objects in order of appearance: the first glyph of each, and each glyph's number."""
    numbers: dict[int, int] = {}
    first: list[int] = []
    objects = np.empty(len(addresses), dtype=np.int64)
    for index, address in enumerate(addresses):
        number = numbers.get(address)
        if number is None:
            number = numbers[address] = len(first)
            first.append(index)
        objects[index] = number
    return first, objects


def _describe(handle: object, places: list[int]) -> tuple[Floats, Floats]:
    """Direction (degrees) and paleness of each text object, asked of its first glyph; one set of buffers serves all."""
    matrix = raw.FS_MATRIX()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix_of, colour_of = raw.FPDFText_GetMatrix, raw.FPDFText_GetFillColor
    degrees, paleness = np.zeros(len(places)), np.zeros(len(places))
    for index, place in enumerate(places):
        matrix_of(handle, place, matrix)
        if matrix.b != 0 or matrix.a < 0:
            degrees[index] = math.degrees(math.atan2(matrix.b, matrix.a))
        if colour_of(handle, place, red, green, blue, alpha):
            luminance = (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255
            paleness[index] = 1 - alpha.value / 255 * (1 - luminance)
    return degrees, paleness


def _count_unmapped(handle: object, codes: Integers, places: list[int]) -> int:
    """Glyphs that have no Unicode value: none given, the replacement character, or a private-use code."""
    private = (codes >= 0xE000) & (codes <= 0xF8FF)
    nothing = (codes == 0) | (codes == 0xFFFD)
    errors = sum(1 for place in places[:200] if raw.FPDFText_HasUnicodeMapError(handle, place) == 1)
    return int((private | nothing).sum()) + errors


def _frame(page: pdfium.PdfPage, degrees: Floats, upright: Flags, objects: Integers) -> Frame:
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, rect)
    display = raw.FPDFPage_GetRotation(page.raw) % 4
    # Text direction in page space is counter-clockwise; the turn that makes it upright goes clockwise by as much.
    quarters = np.round(degrees / 90).astype(np.int64) % 4
    votes = np.bincount(quarters[objects[upright[objects]]], minlength=4)
    turns = int(votes.argmax()) if votes.any() else display
    return Frame((rect.left, rect.bottom, rect.right, rect.top), display, turns)
