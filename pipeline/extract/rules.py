"""The rules of a page: the horizontal and vertical lines that tables are drawn with.

Producers draw a rule as a stroked line, as a thin filled rectangle, as the border of a stroked rectangle, or as one
of many pieces of a long path; all become segments in reading space, and collinear pieces become one segment. A table
may draw none, and shade each of its fields instead. What draws letters (an outline round bold text, text turned into
outlines, a seal) is no rule, though its strokes are straight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.extract.drawing import LETTER, THICKEST, Drawing, Piece
from pipeline.extract.frame import Flags, Floats, Frame
from pipeline.extract.glyphs import Glyphs

SHORTEST = 4.0  # points: shorter rules, once pieces are joined, are decoration
SAME_LINE = 2.0  # points: rules closer than this are one rule drawn twice (two cells' borders)
GAP = 2.5  # points: pieces of one rule may lie this far apart (dotted rules, corners)
DOT = 2.0  # points: a square no larger is one dot of a dotted rule
FEWEST_DASHES = 12  # short pieces on one line: fewer are signs, not a dashed rule
LONGEST_DASH = 6.0  # points
EVENLY = 0.8  # share of the gaps between dashes that are alike
FEWEST_FIELDS = 12  # shaded boxes on a page that draws no table: fewer are decoration
MOST_FIELDS = 4000  # more shaded boxes than that are a picture
BEYOND = 0.15  # share of a glyph's box by which its outline may pass it
HAIR = 0.03  # share of a glyph's height: its strokes are no thinner


@dataclass(frozen=True)
class Rules:
    """Joined rules in reading space. ``horizontal`` rows are (y, x0, x1), ``vertical`` rows (x, y0, y1).

    ``fields`` are the page's shaded boxes (x0, y0, x1, y1); ``pieces`` are the horizontal rules as drawn, not joined.
    ``of_shading`` says that edges of shaded boxes are among the rules: where they end a table need not.
    """

    horizontal: Floats
    vertical: Floats
    fields: Floats = field(default_factory=lambda: np.empty((0, 4)))
    pieces: Floats = field(default_factory=lambda: np.empty((0, 3)))
    of_shading: bool = False


def rules_of_fields(fields: Floats) -> Rules:
    """The edges of shaded boxes as rules, for a table that shades its fields and draws nothing between them."""
    if not FEWEST_FIELDS <= len(fields) <= MOST_FIELDS:
        return Rules(np.empty((0, 3)), np.empty((0, 3)))
    x0, y0, x1, y1 = fields.T
    across = [np.column_stack([y, x0, x1]) for y in (y0, y1)]
    down = [np.column_stack([x, y0, y1]) for x in (x0, x1)]
    return Rules(join_collinear(np.concatenate(across)), join_collinear(np.concatenate(down)))


def with_fields(rules: Rules) -> Rules:
    """The rules and the edges of shaded boxes together, for a table that shades some of its rows or its head."""
    if not len(rules.fields) or len(rules.fields) > MOST_FIELDS:
        return rules
    x0, y0, x1, y1 = rules.fields.T
    across = np.concatenate([rules.pieces, *(np.column_stack([y, x0, x1]) for y in (y0, y1))])
    down = np.concatenate([rules.vertical, *(np.column_stack([x, y0, y1]) for x in (x0, x1))])
    return Rules(join_collinear(across), join_collinear(down), rules.fields, across, of_shading=True)


def read_rules(drawing: Drawing, frame: Frame, glyphs: Glyphs) -> Rules:
    """The rules of a page, collinear pieces joined, rules outside the visible page and outlines of glyphs left out."""
    drawn = drawing.pieces
    if not drawn:
        return Rules(np.empty((0, 3)), np.empty((0, 3)))
    boxes = frame.to_reading(np.array([piece.box for piece in drawn], dtype=np.float64))
    boxes = boxes[_visible(boxes, frame) & ~_outlines(drawn, frame, glyphs)]
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THICKEST
    boxes, fields = boxes[thin], boxes[~thin]
    wide = (boxes[:, 2] - boxes[:, 0]) >= (boxes[:, 3] - boxes[:, 1])
    dots = _are_dots(boxes)
    across, down = boxes[wide | dots], boxes[~wide]
    horizontal = np.column_stack([(across[:, 1] + across[:, 3]) / 2, across[:, 0], across[:, 2]])
    vertical = np.column_stack([(down[:, 0] + down[:, 2]) / 2, down[:, 1], down[:, 3]])
    vertical = np.concatenate([join_collinear(vertical), _dotted_down(boxes[dots])])
    return Rules(join_collinear(horizontal), join_collinear(vertical), fields, horizontal)


def _are_dots(boxes: Floats) -> Flags:
    """Which pieces are square dots: as wide as high, but for what a number loses in its last places, they may be of a
    rule across or of one down."""
    sides = boxes[:, 2:] - boxes[:, :2]
    return np.asarray((sides.max(axis=1) <= DOT) & (sides.max(axis=1) <= 1.5 * sides.min(axis=1)), dtype=bool)


def _dotted_down(dots: Floats) -> Floats:
    """The vertical rules among square dots: those that nearly touch one below the other."""
    standing = np.column_stack([(dots[:, 0] + dots[:, 2]) / 2, dots[:, 1], dots[:, 3]])
    return join_collinear(standing, may_be_dashed=False)


def _visible(boxes: Floats, frame: Frame) -> npt.NDArray[np.bool_]:
    width, height = frame.size
    inside = (boxes[:, 2] >= 0) & (boxes[:, 0] <= width) & (boxes[:, 3] >= 0) & (boxes[:, 1] <= height)
    return np.asarray(inside, dtype=bool)


def _outlines(drawn: Sequence[Piece], frame: Frame, glyphs: Glyphs) -> Flags:
    """Which pieces are of a path that outlines a glyph: bold text is drawn so, a glyph and a line round its strokes."""
    paths = frame.to_reading(np.array([piece.path for piece in drawn], dtype=np.float64))
    widths, heights = paths[:, 2] - paths[:, 0], paths[:, 3] - paths[:, 1]
    parts = np.array([piece.box is not piece.path for piece in drawn])
    small = np.flatnonzero(parts & (widths <= LETTER) & (heights <= LETTER))
    outlined = np.zeros(len(drawn), dtype=bool)
    found, numbers = np.unique(paths[small], axis=0, return_inverse=True)
    within = np.array([_is_within_a_glyph(path, glyphs) for path in found], dtype=bool)
    if len(found):
        outlined[small] = within[numbers.reshape(-1)]
    return outlined


def _is_within_a_glyph(path: Floats, glyphs: Glyphs) -> bool:
    """Whether a path lies in the box of a glyph that it may outline.

    No side of a cell under a watermark does: slanted letters have no level strokes, and large ones no hair lines.
    """
    beyond = BEYOND * glyphs.heights
    x0, y0, x1, y1 = glyphs.boxes.T
    inside = (path[0] >= x0 - beyond) & (path[1] >= y0 - beyond) & (path[2] <= x1 + beyond) & (path[3] <= y1 + beyond)
    thickness = min(path[2] - path[0], path[3] - path[1])
    return bool((inside & ~glyphs.slanted[glyphs.objects] & (thickness >= HAIR * glyphs.heights)).any())


def join_collinear(lines: Floats, *, may_be_dashed: bool = True) -> Floats:
    """Pieces of one line joined: rows (position, start, end) whose positions agree and whose ends meet.

    ``may_be_dashed``: short pieces evenly set may lie farther apart.
    """
    if not len(lines):
        return np.empty((0, 3))
    joined: list[tuple[float, float, float]] = []
    for group in _same_line(lines[np.argsort(lines[:, 0], kind="stable")]):
        position = float(group[len(group) // 2, 0])  # the median: groups come sorted
        ordered = group[np.argsort(group[:, 1], kind="stable")]
        reach = _reach(ordered) if may_be_dashed else GAP
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
