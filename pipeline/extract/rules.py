"""The rules of a page: the horizontal and vertical lines that tables are drawn with.

Producers draw a rule as a stroked line, as a thin filled rectangle, as the border of a stroked rectangle, or as one
of many pieces of a long path; all become segments in reading space, and collinear pieces become one segment. A table
may draw none, and shade each of its fields instead.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.extract.glyphs import Floats, Frame

THICKEST = 3.0  # points: a filled bar thicker than this is shading, not a rule
SHORTEST = 4.0  # points: shorter rules, once pieces are joined, are decoration
SAME_LINE = 2.0  # points: rules closer than this are one rule drawn twice (two cells' borders)
GAP = 2.5  # points: pieces of one rule may lie this far apart (dotted rules, corners)
FEWEST_DASHES = 12  # short pieces on one line: fewer are signs, not a dashed rule
LONGEST_DASH = 6.0  # points
EVENLY = 0.8  # share of the gaps between dashes that are alike
FEWEST_FIELDS = 12  # shaded boxes on a page that draws no table: fewer are decoration
MOST_FIELDS = 4000  # more shaded boxes than that are a picture
MOST_OBJECTS = 200_000  # a page with more drawing objects is not a page of tables

Matrix = tuple[float, float, float, float, float, float]
_RECTANGLE = (4, 5)  # segments of a rectangle's path, closed or drawn to its beginning
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Rules:
    """Joined rules in reading space. ``horizontal`` rows are (y, x0, x1), ``vertical`` rows (x, y0, y1).

    ``fields`` are the page's shaded boxes (x0, y0, x1, y1); ``pieces`` are the horizontal rules as drawn, not joined.
    """

    horizontal: Floats
    vertical: Floats
    fields: Floats = field(default_factory=lambda: np.empty((0, 4)))
    pieces: Floats = field(default_factory=lambda: np.empty((0, 3)))


def rules_of_fields(fields: Floats) -> Rules:
    """The edges of shaded boxes as rules, for a table that shades its fields and draws nothing between them."""
    if not FEWEST_FIELDS <= len(fields) <= MOST_FIELDS:
        return Rules(np.empty((0, 3)), np.empty((0, 3)))
    x0, y0, x1, y1 = fields.T
    across = [np.column_stack([y, x0, x1]) for y in (y0, y1)]
    down = [np.column_stack([x, y0, y1]) for x in (x0, x1)]
    return Rules(join_collinear(np.concatenate(across)), join_collinear(np.concatenate(down)))


def read_rules(page: pdfium.PdfPage, frame: Frame) -> Rules:
    """The rules of a page, collinear pieces joined, rules outside the visible page left out."""
    boxes = np.array(list(_segments(page.raw)), dtype=np.float64).reshape(-1, 4)
    if not len(boxes):
        return Rules(np.empty((0, 3)), np.empty((0, 3)))
    boxes = frame.to_reading(boxes)
    boxes = boxes[_visible(boxes, frame)]
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THICKEST
    boxes, fields = boxes[thin], boxes[~thin]
    wide = (boxes[:, 2] - boxes[:, 0]) >= (boxes[:, 3] - boxes[:, 1])
    across, down = boxes[wide], boxes[~wide]
    horizontal = np.column_stack([(across[:, 1] + across[:, 3]) / 2, across[:, 0], across[:, 2]])
    vertical = np.column_stack([(down[:, 0] + down[:, 2]) / 2, down[:, 1], down[:, 3]])
    return Rules(join_collinear(horizontal), join_collinear(vertical), fields, horizontal)


def _visible(boxes: Floats, frame: Frame) -> npt.NDArray[np.bool_]:
    width, height = frame.size
    inside = (boxes[:, 2] >= 0) & (boxes[:, 0] <= width) & (boxes[:, 3] >= 0) & (boxes[:, 1] <= height)
    return np.asarray(inside, dtype=bool)


def join_collinear(lines: Floats) -> Floats:
    """Pieces of one line joined: rows (position, start, end) whose positions agree and whose ends meet."""
    if not len(lines):
        return np.empty((0, 3))
    joined: list[tuple[float, float, float]] = []
    for group in _same_line(lines[np.argsort(lines[:, 0], kind="stable")]):
        position = float(group[len(group) // 2, 0])  # the median: groups come sorted
        ordered = group[np.argsort(group[:, 1], kind="stable")]
        reach = _reach(ordered)
        start, end = float(ordered[0, 1]), float(ordered[0, 2])
        for _, low, high in ordered[1:]:
            if low > end + reach:
                joined.append((position, start, end))
                start, end = float(low), float(high)
            else:
                end = max(end, float(high))
        joined.append((position, start, end))
    return np.array([line for line in joined if line[2] - line[1] >= SHORTEST]).reshape(-1, 3)


def _reach(ordered: Floats) -> float:
    """How far apart the pieces of one rule may lie: many short ones, evenly set, are dashes and lie farther apart."""
    lengths = ordered[:, 2] - ordered[:, 1]
    if len(ordered) < FEWEST_DASHES or np.median(lengths) > LONGEST_DASH:
        return GAP
    gaps = ordered[1:, 1] - ordered[:-1, 2]
    even = np.median(gaps)
    is_even = even <= 2 * LONGEST_DASH and bool((np.abs(gaps - even) <= 1.0).mean() >= EVENLY)
    return float(even) + 1.0 if is_even and even > GAP else GAP


def _same_line(ordered: Floats) -> Iterator[Floats]:
    start = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index, 0] - ordered[start, 0] > SAME_LINE:
            yield ordered[start:index]
            start = index


Segment = tuple[float, float, float, float]


def _segments(page: object) -> Iterator[Segment]:
    """Every thin drawn piece of the page, and every shaded box, as (x0, y0, x1, y1) in page space."""
    count = raw.FPDFPage_CountObjects(page)
    for index in range(min(count, MOST_OBJECTS)):
        yield from _object_segments(raw.FPDFPage_GetObject(page, index), _IDENTITY)


def _object_segments(item: object, outer: Matrix) -> Iterator[Segment]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_segments(item, outer)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:  # some producers lay a strip of pixels where a rule belongs
        box = _bounds(item, outer)
        if _is_thin(box):
            yield box
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        inner = _times(_matrix_of(item), outer)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _object_segments(raw.FPDFFormObj_GetObject(item, index), inner)


def _path_segments(item: object, outer: Matrix) -> Iterator[Segment]:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, filled, stroked)
    if not (filled.value or stroked.value) or _is_white(item, stroked=bool(stroked.value)):
        return
    box = _bounds(item, outer)
    if _is_thin(box):
        yield box
    elif stroked.value or raw.FPDFPath_CountSegments(item) > 5:
        yield from _pieces(item, outer, stroked=bool(stroked.value))
    elif raw.FPDFPath_CountSegments(item) in _RECTANGLE:
        yield box


def _is_white(item: object, *, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not colour(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value == 0


def _bounds(item: object, outer: Matrix) -> Segment:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if outer is _IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _span(_apply(outer, left.value, bottom.value), _apply(outer, right.value, top.value))


def _is_thin(box: Segment) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= THICKEST


def _pieces(item: object, outer: Matrix, *, stroked: bool) -> Iterator[Segment]:
    """The thin parts of a path that as a whole is not thin: its straight strokes, or its thin filled subpaths."""
    matrix = _times(_matrix_of(item), outer)
    for points in _subpaths(item, matrix):
        if stroked:
            pieces = [_span(a, b) for a, b in itertools.pairwise(points)]
            yield from (piece for piece in pieces if min(piece[2] - piece[0], piece[3] - piece[1]) <= 0.5)
        else:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if _is_thin(box):
                yield box


def _subpaths(item: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = [point]
        else:
            points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


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


def _span(first: tuple[float, float], last: tuple[float, float]) -> Segment:
    return min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1])
