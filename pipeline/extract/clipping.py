"""Text that the page clips away: a spreadsheet prints a long cell whole and hides what leaves the cell.

The text layer keeps the hidden part. Where it lies over the cells beside and below, two texts would be read woven into
one, so it is left out; elsewhere in a table it stays, being the end of what the cell says. Above and below all that is
drawn it is left out too: what a page break hides of a merged cell is no line of the page. A clip is asked for only
where it may matter: asking costs more than all else that is asked of a text object.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence

import numpy as np
from pypdfium2 import raw

from pipeline.extract.calls import plain
from pipeline.extract.forms import bounds_of, elsewhere, form_of, moved, own_matrices
from pipeline.extract.frame import Box, Flags, Floats, Integers

_path = plain(raw.FPDFPageObj_GetClipPath, ctypes.c_void_p, ctypes.c_void_p)
_count = plain(raw.FPDFClipPath_CountPaths, ctypes.c_int, ctypes.c_void_p)
_count_segments = plain(raw.FPDFClipPath_CountPathSegments, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_segment = plain(raw.FPDFClipPath_GetPathSegment, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int)
_point = plain(raw.FPDFPathSegment_GetPoint, ctypes.c_int, *[ctypes.c_void_p] * 3)
_FLOAT = ctypes.sizeof(ctypes.c_float)
OVER = 0.3  # share of a glyph's height within which the middles of two glyphs are one place
MOST_HIDDEN = 0.5  # share of a page's glyphs: where clips hide more they are not understood

EVERYTHING: Box = (-np.inf, -np.inf, np.inf, np.inf)


def clipped_away(boxes: Floats, over: Flags, objects: Integers, addresses: Sequence[int], matrices: Floats) -> Flags:
    """Which glyphs their text object's clip hides, where what the same clip hides stands over other text.

    ``boxes`` (n, 4) are x0, y0, x1, y1 in page space, ``over`` says which stand over others; ``addresses`` are those of
    the text objects, by their number, and ``matrices`` (objects, 6) put their text on the page.
    """
    nothing = np.zeros(len(over), dtype=bool)
    clips = np.tile(EVERYTHING, (len(addresses), 1))
    for number in np.unique(objects[over]).tolist():
        clips[number] = page_clip(addresses[number], matrices[number])
    if not (_outside(boxes, clips[objects]) & over).any():
        return nothing
    clips = np.array([page_clip(address, matrix) for address, matrix in zip(addresses, matrices, strict=True)])
    hidden = _outside(boxes, clips[objects])
    if hidden.mean() > MOST_HIDDEN:
        return nothing
    _, numbers = np.unique(clips, axis=0, return_inverse=True)
    clip_of = numbers.reshape(-1)[objects]
    return np.asarray(hidden & np.isin(clip_of, clip_of[hidden & over]), dtype=bool)


def _outside(boxes: Floats, clips: Floats) -> Flags:
    """Whether the middle of each box lies outside the clip beside it."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    left, bottom, right, top = clips.T
    return np.asarray((x < left) | (y < bottom) | (x > right) | (y > top), dtype=bool)


def hidden_objects(numbers: Iterable[int], addresses: Sequence[int]) -> list[int]:
    """Those of the text objects, by number, of which their clip hides everything.

    Box and clip are of one space, also within a form.
    """
    return [number for number in numbers if not _meet(bounds_of(addresses[number]), clip_of(addresses[number]))]


def _meet(box: Box, clip: Box) -> bool:
    return box[0] <= clip[2] and clip[0] <= box[2] and box[1] <= clip[3] and clip[1] <= box[3]


def over_others(boxes: Floats, codes: Integers, objects: Integers) -> Flags:
    """Which glyphs stand in the place of a glyph of another text object that is not the same character drawn twice."""
    over = np.zeros(len(codes), dtype=bool)
    if not len(codes):
        return over
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    rows = y / np.median(heights)
    for shift in (0.0, 0.5):  # two sets of rows, so that no pair is parted by a border in both
        order = np.lexsort((x, np.floor(rows + shift)))
        a, b = order[:-1], order[1:]
        near = (np.abs(x[b] - x[a]) < OVER * heights[b]) & (np.abs(y[a] - y[b]) < OVER * heights[b])
        near &= (objects[a] != objects[b]) & (codes[a] != codes[b])
        over[a[near]] = over[b[near]] = True
    return over


def page_clip(address: int, matrix: Floats) -> Box:
    """The box in page space that a text object's clip paths leave of the page; ``matrix`` puts its text there.

    pdfium tells the clip in the space that the object is drawn in: that of the page, or of a form.
    """
    clip = clip_of(address)
    if clip == EVERYTHING:
        return clip
    (own,) = own_matrices([address])
    if not elsewhere(own, matrix):
        return clip
    form = form_of(own, matrix)
    if form is None:
        return EVERYTHING
    left, bottom, right, top = moved(np.array([clip]), form)[0].tolist()
    return left, bottom, right, top


def has_clip(addresses: Sequence[int]) -> Flags:
    """Which of the text objects have a clip of their own; asked without wrapping pointers, for it is asked of all."""
    return np.array([_count(_path(address)) > 0 for address in addresses], dtype=bool)


def clip_of(address: int) -> Box:
    """The box that an object's clip paths leave, in its own space; without any, all of it."""
    clip = _path(address)
    left, bottom, right, top = EVERYTHING
    for index in range(max(_count(clip), 0) if clip else 0):
        count = max(_count_segments(clip, index), 0)
        points = np.zeros(2 * count, np.float32)
        start = points.ctypes.data
        for segment in range(count):
            place = start + 2 * _FLOAT * segment
            _point(_segment(clip, index, segment), place, place + _FLOAT)
        xs, ys = points[::2].tolist(), points[1::2].tolist()
        if count:
            left, bottom, right, top = max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys))
    return left, bottom, right, top
