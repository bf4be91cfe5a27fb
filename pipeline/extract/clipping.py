"""Text that the page clips away: a spreadsheet prints a long cell whole and hides what leaves the cell.

The text layer keeps the hidden part. Where it lies over the cells beside and below, two texts would be read woven into
one, so it is left out; elsewhere it stays, being the end of what the cell says. A clip is asked for only on a page
where glyphs stand over others: asking costs more than all else that is asked of a text object.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

OVER = 0.3  # share of a glyph's height within which the middles of two glyphs are one place
MOST_HIDDEN = 0.5  # share of a page's glyphs: where clips hide more they are not of the page's space, as within forms

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_Box = tuple[float, float, float, float]


def clipped_away(boxes: Floats, codes: Integers, objects: Integers, addresses: Sequence[int]) -> Flags:
    """Which glyphs their text object's clip hides, where what the same clip hides stands over other text.

    ``boxes`` (n, 4) are x0, y0, x1, y1 in page space; ``addresses`` are those of the text objects, by their number.
    """
    nothing = np.zeros(len(codes), dtype=bool)
    over = over_others(boxes, codes, objects)
    if not over.any():
        return nothing
    clips = np.array([_clip(address) for address in addresses], dtype=np.float64).reshape(-1, 4)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    left, bottom, right, top = clips[objects].T
    hidden = (x < left) | (y < bottom) | (x > right) | (y > top)
    if hidden.mean() > MOST_HIDDEN:
        return nothing
    _, numbers = np.unique(clips, axis=0, return_inverse=True)
    clip_of = numbers.reshape(-1)[objects]
    return np.asarray(hidden & np.isin(clip_of, clip_of[hidden & over]), dtype=bool)


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


def _clip(address: int) -> _Box:
    """The box in page space that an object's clip paths leave of the page; without any, all of it."""
    clip = raw.FPDFPageObj_GetClipPath(ctypes.cast(address, raw.FPDF_PAGEOBJECT))
    left, bottom, right, top = -np.inf, -np.inf, np.inf, np.inf
    for index in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = [_point(clip, index, segment) for segment in range(raw.FPDFClipPath_CountPathSegments(clip, index))]
        if points:
            xs, ys = zip(*points, strict=True)
            left, bottom = max(left, min(xs)), max(bottom, min(ys))
            right, top = min(right, max(xs)), min(top, max(ys))
    return left, bottom, right, top


def _point(clip: object, index: int, segment: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, segment), x, y)
    return x.value, y.value
