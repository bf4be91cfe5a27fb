"""The glyphs of a page: where each stands, what it says, how it is turned and how dark it is.

pdfium reads the text layer; this module only carries its answers into arrays. Two facts shape it
(measured, see the engineering notes): the loose box (font ascent to descent, advance width) puts the glyphs of one
line on one height where the tight box does not, and a call into pdfium costs more than the work behind it, so what
belongs to a whole text object (its matrix, its colour) is asked once an object.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field, replace

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.extract.calls import plain
from pipeline.extract.clipping import clipped_away, over_others
from pipeline.extract.forms import in_page_space
from pipeline.extract.frame import Flags, Floats, Frame, Integers
from pipeline.extract.unicode_maps import count_controls, count_unmapped

_unicode = plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_text_object = plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_loose_box = plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_matrix = plain(raw.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_fill_colour = plain(raw.FPDFText_GetFillColor, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
render_mode = plain(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)

_RECT_BYTES, _MATRIX_BYTES, _COLOUR_BYTES = (
    ctypes.sizeof(kind) for kind in (raw.FS_RECTF, raw.FS_MATRIX, ctypes.c_uint * 4)
)
_ASKED = 50  # glyphs asked for what all of a page's are: enough for a share
_NOT_A_CHARACTER = (0xFFFE, 0xFFFF)
_HYPHENS = (0x00AD, 0x2010, 0x2011)  # soft, and by name: fonts give one glyph to all; what is drawn is a hyphen
_HYPHEN = 0x2D
_UNKNOWN = 0xFFFD  # what is drawn, and no font says what it is: a minus, it may be
OVERPRINT = 0.2  # share of a glyph's size: the same glyph so near is the same glyph drawn again
ANOTHER_SIZE = 0.25  # share of a glyph's size by which the same glyph drawn again may be larger, or smaller
_STRAIGHT = 2.0  # degrees within which text counts as upright or turned by a quarter
_FAINT = 0.35  # 0 is black, 1 is white: text as pale may be a watermark


@dataclass(frozen=True)
class Glyphs:
    """The glyphs of one page, in the order of the content stream; blanks are left out.

    ``boxes`` (n, 4) in reading space; ``codes`` (n,) code points; ``objects`` (n,) index of the text object that drew
    the glyph. A text object has ``slanted`` (turned by other than quarter turns) and ``paleness`` (0 black and opaque,
    1 white or wholly transparent). ``unmapped`` counts glyphs whose font has no Unicode for them; ``invisible`` is the
    share of glyphs drawn so that nobody sees them, as text recognition lays its text over a scan. ``addresses`` are
    pdfium's of the text objects, good while the page is open, and ``matrices`` (objects, 6) put their text on the
    page. ``clipped`` (n, 2) is a place within the cell that a glyph is clipped to (``seats``), x and y; NaN where no
    clip tells. ``buried`` are those that a clip hides and that stand over other text. ``turned`` are the
    quarter turns against the clock by which a text object stands in the page's text: a heading set upwards has 1.
    ``prints_over``: some of the page's text stands over other text.
    """

    boxes: Floats
    codes: Integers
    objects: Integers
    slanted: Flags
    paleness: Floats
    unmapped: int
    invisible: float = 0.0
    addresses: tuple[int, ...] = ()
    matrices: Floats = field(default_factory=lambda: np.empty((0, 6)))
    clipped: Floats | None = None
    buried: Flags | None = None
    turned: Integers | None = None
    prints_over: bool = False

    @property
    def centres(self) -> tuple[Floats, Floats]:
        """Middle of each glyph, x and y."""
        return (self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2

    @property
    def seats(self) -> tuple[Floats, Floats]:
        """Where each glyph belongs, x and y: its middle, or the place that its clip tells."""
        x, y = self.centres
        if self.clipped is None:
            return x, y
        told = self.is_clipped
        return np.where(told, self.clipped[:, 0], x), np.where(told, self.clipped[:, 1], y)

    @property
    def is_clipped(self) -> Flags:
        """Which glyphs have a clip that tells their cell."""
        if self.clipped is None:
            return np.zeros(len(self.codes), dtype=bool)
        return np.asarray(np.isfinite(self.clipped[:, 0]), dtype=bool)

    @property
    def heights(self) -> Floats:
        """Height of each loose box: the font size, near enough."""
        heights: Floats = self.boxes[:, 3] - self.boxes[:, 1]
        return heights

    def select(self, keep: Flags | Integers) -> Glyphs:
        """The glyphs at ``keep`` (a mask or indices); text objects keep their numbers."""
        return replace(
            self,
            boxes=self.boxes[keep],
            codes=self.codes[keep],
            objects=self.objects[keep],
            clipped=None if self.clipped is None else self.clipped[keep],
            buried=None if self.buried is None else self.buried[keep],
        )


def read_glyphs(page: pdfium.PdfPage, *, has_forms: bool = True) -> tuple[Glyphs, Frame]:
    """The glyphs of a page, as often as they are drawn, and the frame that puts them upright.

    ``has_forms``: some may be drawn in forms, which have a space of their own.
    """
    text_page = page.get_textpage()
    try:
        glyphs = _read_text(text_page, has_forms=has_forms)
    finally:
        text_page.close()
    degrees = np.degrees(np.arctan2(glyphs.matrices[:, 1], glyphs.matrices[:, 0]))
    upright = np.abs((degrees + 45) % 90 - 45) <= _STRAIGHT
    frame = _frame(page, degrees, upright, glyphs)
    turned = np.where(upright, (_quarters(degrees) - frame.turns) % 4, 0)
    return replace(glyphs, boxes=frame.to_reading(glyphs.boxes), slanted=~upright, turned=turned), frame


def _read_text(text_page: pdfium.PdfTextPage, *, has_forms: bool) -> Glyphs:
    """The glyphs in page space, before it is known which way their text goes."""
    printed = _read_codes(text_page.raw)
    boxes, codes, addresses, places = _read_characters(text_page, printed)
    first, objects = _number_objects(addresses)
    firsts, drawing = ([each[index] for index in first.tolist()] for each in (places, addresses))
    matrices, paleness = _describe(text_page.raw, firsts)
    unmapped = count_unmapped(text_page.raw, codes, firsts) + count_controls(printed)
    invisible = _share_invisible(addresses)
    boxes = in_page_space(boxes, objects, drawing, matrices) if has_forms else boxes
    over = over_others(boxes, codes, objects)
    buried = clipped_away(boxes, over, objects, drawing, matrices)
    none = np.zeros(len(drawing), dtype=bool)
    more = (tuple(drawing), matrices, None, buried, None, bool(over.any()))
    return Glyphs(boxes, codes, objects, none, paleness, unmapped, invisible, *more)


def drawn_once(glyphs: Glyphs) -> Flags:
    """Leave out glyphs drawn again over themselves: producers without a bold font print a glyph two to four times.

    Of a glyph and its shadow the darker stays; a stamp's letter may be the page's own, in another size.
    """
    keep = np.ones(len(glyphs.codes), dtype=bool)
    paleness = glyphs.paleness[glyphs.objects]
    x, y = glyphs.centres
    sizes = np.maximum(glyphs.heights, glyphs.boxes[:, 2] - glyphs.boxes[:, 0])  # the box of 一 may be very flat
    near = OVERPRINT * np.maximum(sizes, 1.0)
    for shift in (0.0, 2.0):  # two grids of 4 points, so that no pair is parted by a grid line in both
        order = np.lexsort((x, np.floor((x + shift) / 4), np.floor((y + shift) / 4), glyphs.codes))
        order = order[keep[order]]
        a, b = order[:-1], order[1:]
        again = (glyphs.codes[a] == glyphs.codes[b]) & (np.abs(x[a] - x[b]) < near[b]) & (np.abs(y[a] - y[b]) < near[b])
        again &= np.abs(sizes[a] - sizes[b]) <= ANOTHER_SIZE * sizes[a]
        keep[np.where(paleness[a] > paleness[b], a, b)[again]] = False
    return keep


def _read_characters(text_page: pdfium.PdfTextPage, codes: Integers) -> tuple[Floats, Integers, list[int], list[int]]:
    rects = (raw.FS_RECTF * max(len(codes), 1))()
    addresses: list[int] = []
    places: list[int] = []
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    start = ctypes.addressof(rects)
    for index in np.flatnonzero(~_is_blank(codes)).tolist():
        address = _text_object(handle, index)
        if address is None:  # pdfium's own guess at a blank or a line break
            continue
        _loose_box(handle, index, start + len(places) * _RECT_BYTES)
        addresses.append(address)
        places.append(index)
    edges = np.frombuffer(rects, dtype=np.float32).reshape(-1, 4)[: len(places)].astype(np.float64)
    boxes = np.column_stack([edges[:, 0], edges[:, 3], edges[:, 2], edges[:, 1]])  # left, top, right, bottom -> x0..y1
    drawn = codes[places]
    drawn = np.where(drawn == 0, _UNKNOWN, np.where(np.isin(drawn, _HYPHENS), _HYPHEN, drawn))
    return boxes, drawn, addresses, places


def _read_codes(handle: object) -> Integers:
    """The code point of every character of a text page, blanks among them.

    The page's text comes in one call; where it is not one UTF-16 unit for each character (a glyph without Unicode is
    left out of it, a rare ideograph takes two), every character is asked for its own. So is one that comes as no
    character: a hyphen at a line's end, or a glyph whose font names nothing.
    """
    count = max(raw.FPDFText_CountChars(handle), 0)
    text = (ctypes.c_ushort * (2 * count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, text) if count else 1
    units = np.frombuffer(text, dtype=np.uint16)[:count].astype(np.int64)
    address = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
    if written != count + 1 or ((units >= 0xD800) & (units <= 0xDFFF)).any():
        return np.array([_unicode(address, index) for index in range(count)], dtype=np.int64)
    for index in np.flatnonzero(np.isin(units, _NOT_A_CHARACTER)).tolist():
        units[index] = _unicode(address, index)
    return units


def _is_blank(codes: Integers) -> Flags:
    space = ((codes > 0) & (codes <= 32)) | (codes == 160) | (codes == 12288)
    return np.asarray(space | np.isin(codes, _NOT_A_CHARACTER), dtype=bool)


def _number_objects(addresses: list[int]) -> tuple[Integers, Integers]:
    """Number text objects in order of appearance: the first glyph of each, and each glyph's number."""
    _, first, found = np.unique(np.array(addresses, dtype=np.int64), return_index=True, return_inverse=True)
    order = first.argsort()
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return first[order], number[found]


def _describe(handle: object, places: list[int]) -> tuple[Floats, Floats]:
    """Matrix and paleness of each text object, asked of its first glyph; pdfium writes into two arrays."""
    address = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
    matrices, colours = np.zeros((len(places), 6), np.float32), np.zeros((len(places), 4), np.uint32)
    turn, red = matrices.ctypes.data, colours.ctypes.data
    coloured = np.zeros(len(places), dtype=bool)
    for index, place in enumerate(places):
        _matrix(address, place, turn + index * _MATRIX_BYTES)
        start = red + index * _COLOUR_BYTES
        coloured[index] = _fill_colour(address, place, start, start + 4, start + 8, start + 12)
    luminance = colours[:, :3] @ np.array([0.299, 0.587, 0.114]) / 255
    return matrices.astype(np.float64), np.where(coloured, 1 - colours[:, 3] / 255 * (1 - luminance), 0.0)


def _share_invisible(addresses: list[int]) -> float:
    """Share of glyphs in a render mode that draws nothing; asked of a few, spread over the page."""
    asked = addresses[:: max(len(addresses) // _ASKED, 1)]
    modes = [render_mode(address) for address in asked]
    return modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) / max(len(modes), 1)


def _frame(page: pdfium.PdfPage, degrees: Floats, upright: Flags, glyphs: Glyphs) -> Frame:
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, rect)
    display = raw.FPDFPage_GetRotation(page.raw) % 4
    # Text direction in page space is counter-clockwise; the turn that makes it upright goes clockwise by as much.
    is_dark = upright & (glyphs.paleness < _FAINT)  # a pale watermark has no vote where other text has one
    voting = is_dark if is_dark[glyphs.objects].any() else upright
    votes = np.bincount(_quarters(degrees)[glyphs.objects[voting[glyphs.objects]]], minlength=4)
    turns = int(votes.argmax()) if votes.any() else display
    return Frame((rect.left, rect.bottom, rect.right, rect.top), display, turns)


def _quarters(degrees: Floats) -> Integers:
    return np.round(degrees / 90).astype(np.int64) % 4
