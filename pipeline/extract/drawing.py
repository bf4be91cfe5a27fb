"""What a page draws beside its text: straight pieces that may be rules, boxes that it shades, and what lies over text.

One call into pdfium an object: the module carries its answers into boxes in page space, through forms within forms,
and leaves out what is white, or a curve, or a letter drawn with curves.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pypdfium2 import raw

from pipeline.extract.calls import plain

THICKEST = 3.0  # points: a filled bar thicker than this is shading, not a rule
LETTER = 40.0  # points: what is drawn within that square may be a letter; a path with curves has no shorter rules
MOST_OBJECTS = 200_000  # a page with more drawing objects is not a page of tables

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_Points = list[tuple[float, float]]
_object = plain(raw.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_object_of_form = plain(raw.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_kind = plain(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_OPAQUE = 255
_RECTANGLE = (4, 5)  # segments of a rectangle's path, closed or drawn to its beginning
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Piece(NamedTuple):
    """A thin drawn piece, or a shaded box: (x0, y0, x1, y1) in page space, and the box of the path that it is of."""

    box: Box
    path: Box


@dataclass
class Drawing:
    """What a page draws: the thin pieces and shaded boxes, and in which order it draws what may lie over its text.

    ``texts`` are the addresses of the text objects, in that order; ``lids`` the boxes (page space) filled after
    some text, each with how many texts are drawn before it. ``has_forms``: some of it is drawn in spaces of its own;
    ``has_layers``: its document has layers, which a viewer may show or not.
    """

    pieces: list[Piece] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    lids: list[tuple[int, Box]] = field(default_factory=list)
    has_forms: bool = False
    has_layers: bool = False


def read_drawing(page: object, *, has_layers: bool = False) -> Drawing:
    """Every thin drawn piece of the page, every shaded box, and what is filled over text."""
    drawing = Drawing(has_layers=has_layers)
    count = raw.FPDFPage_CountObjects(page)
    handle = ctypes.cast(page, ctypes.c_void_p).value  # type: ignore[arg-type]
    for index in range(min(count, MOST_OBJECTS)):
        _draw(_object(handle, index), _IDENTITY, drawing)
    return drawing


def _draw(address: int, outer: Matrix, drawing: Drawing) -> None:
    """What an object draws; the text objects, most of a page's, are asked for no more than their kind."""
    kind = _kind(address)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        drawing.texts.append(address)
        return
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        pieces = list(_path_pieces(item, outer))
        drawing.pieces.extend(pieces)
        is_rule = bool(pieces) and _is_thin(pieces[0].path)  # most paths are
        if drawing.texts and not is_rule and _is_lid(item):
            drawing.lids.append((len(drawing.texts), _bounds(item, outer)))
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:  # some producers lay a strip of pixels where a rule belongs
        box = _bounds(item, outer)
        if _is_thin(box):
            drawing.pieces.append(Piece(box, box))
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        drawing.has_forms = True
        inner = _times(_matrix_of(item), outer)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            _draw(_object_of_form(address, index), inner, drawing)


def _is_lid(item: object) -> bool:
    """Whether a path is a box that is filled, and nothing shines through."""
    if raw.FPDFPath_CountSegments(item) not in _RECTANGLE:
        return False
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, filled, stroked)
    shades = [ctypes.c_uint() for _ in range(4)]
    return bool(filled.value and raw.FPDFPageObj_GetFillColor(item, *shades) and shades[3].value == _OPAQUE)


def _path_pieces(item: object, outer: Matrix) -> Iterator[Piece]:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, filled, stroked)
    if not (filled.value or stroked.value) or _is_white(item, stroked=bool(stroked.value)):
        return
    box = _bounds(item, outer)
    is_simple = raw.FPDFPath_CountSegments(item) <= max(_RECTANGLE)
    if _is_thin(box) and (is_simple or _length(box) > LETTER):
        yield Piece(box, box)
    elif stroked.value or not is_simple:
        yield from (Piece(part, box) for part in _parts(item, outer, stroked=bool(stroked.value)))
    elif raw.FPDFPath_CountSegments(item) in _RECTANGLE:
        yield Piece(box, box)


def _is_white(item: object, *, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not colour(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value == 0


def _bounds(item: object, outer: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if outer is _IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _span(_apply(outer, left.value, bottom.value), _apply(outer, right.value, top.value))


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= THICKEST


def _length(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _parts(item: object, outer: Matrix, *, stroked: bool) -> Iterator[Box]:
    """The thin parts of a path that as a whole is no rule: its straight strokes, or its thin filled subpaths.

    Of a path with curves only the long ones: the others are the strokes of a letter, the sides of a seal's star.
    """
    subpaths, is_curved = _subpaths(item, _times(_matrix_of(item), outer))
    boxes = _strokes(subpaths) if stroked else (box for box in map(_box_of, subpaths) if _is_thin(box))
    yield from (box for box in boxes if not is_curved or _length(box) > LETTER)


def _strokes(subpaths: list[_Points]) -> Iterator[Box]:
    for points in subpaths:
        pieces = (_span(first, last) for first, last in itertools.pairwise(points))
        yield from (piece for piece in pieces if min(piece[2] - piece[0], piece[3] - piece[1]) <= 0.5)


def _box_of(points: _Points) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(item: object, matrix: Matrix) -> tuple[list[_Points], bool]:
    """The points of each subpath, and whether the path has a curve."""
    x, y = ctypes.c_float(), ctypes.c_float()
    subpaths: list[_Points] = [[]]
    is_curved = False
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        is_curved = is_curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            subpaths.append([point])
        else:
            subpaths[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            subpaths[-1].append(subpaths[-1][0])
    return [points for points in subpaths if len(points) > 1], is_curved


def _matrix_of(item: object) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _span(first: tuple[float, float], last: tuple[float, float]) -> Box:
    return min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1])
