"""Whose a line is that leaves its cell: a spreadsheet clips it, and the clip tells what the place does not.

A heading of three lines in a row of two lies with its first line in the row above and with its last in the one below,
between other headings and figures. Its clip is its cell, and there it belongs. What a page break cuts is printed whole
on both pages: what is hidden above a cell that still has room below, or above the strip of the table that stands on
the page, is read on the page before, and is left out here.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.extract.clipping import EVERYTHING, MOST_HIDDEN, Box, bounds_of, clip_of, has_clip, is_here
from pipeline.extract.glyphs import Flags, Floats, Frame, Glyphs, Integers
from pipeline.extract.rules import Rules

OVER = 0.3  # share of a glyph's width and height by which the next must lie over it to be woven into its line
ACROSS = 0.15  # share of a glyph's height by which it must stand out over a rule to lie across it
WHOLE = 0.9  # share of the width of all that is drawn from which a clip is the table's
INSET = 2.0  # points within a clip, at most: its edge may lie on the rule, and beyond it by the rule's width
STEP = 8  # clipped text objects from one asked for its clip to the next: asking costs more than reading the text


def seated(glyphs: Glyphs, rules: Rules, frame: Frame) -> Glyphs:
    """The glyphs that belong to the page, those that are clipped to a cell with their place in it.

    What a clip hides over other text is left out where it is not known whose it is: two texts would be read as one.
    """
    buried = np.zeros(len(glyphs.codes), dtype=bool) if glyphs.buried is None else glyphs.buried
    clipped = has_clip(glyphs.addresses) if len(rules.horizontal) else np.zeros(0, dtype=bool)
    if not clipped.any():
        return glyphs.select(~buried)
    clips = _clips(glyphs, frame, clipped, glyphs.objects[buried | _doubtful(glyphs, rules)])[glyphs.objects]
    (x, y), (x0, y0, x1, y1) = glyphs.centres, clips.T
    hidden = (x < x0) | (x > x1) | (y < y0) | (y > y1)
    if hidden.mean() > MOST_HIDDEN:
        return glyphs.select(~buried)
    of_cell = np.isfinite(clips).all(axis=1) & _is_cell(clips, rules)
    top, foot = rules.horizontal[:, 0].min(), rules.horizontal[:, 0].max()
    told = of_cell & (y >= top) & (y <= foot)
    places = np.column_stack([_into(x, x0, x1), _into(y, y0, y1)])
    above = hidden & (y < np.where(of_cell, top, y0))
    cut = told & (y < y0) & _has_room_below(glyphs, clips, told & (y < y0))
    kept = replace(glyphs, clipped=np.where(told[:, None], places, np.nan)) if told.any() else glyphs
    return kept.select(~(above | cut | (buried & ~told)))


def _has_room_below(glyphs: Glyphs, clips: Floats, asked: Flags) -> Flags:
    """Which of the glyphs ``asked`` for are clipped to a cell that has room for a line below its text."""
    room = np.zeros(len(asked), dtype=bool)
    x, _ = glyphs.centres
    for clip in np.unique(clips[asked], axis=0):
        x0, y0, x1, y1 = clip
        within = (x > x0) & (x < x1) & (glyphs.boxes[:, 3] > y0) & (glyphs.boxes[:, 1] < y1)
        own = asked & (clips == clip).all(axis=1)
        lowest = glyphs.boxes[within, 3].max(initial=y0)
        room[own] = y1 - lowest > glyphs.heights[own].max()
    return room


def _is_cell(clips: Floats, rules: Rules) -> Flags:
    """Which clips are too narrow to be the strip of a table that stands on the page."""
    across = rules.horizontal[:, 2].max() - rules.horizontal[:, 1].min()
    return np.asarray(clips[:, 2] - clips[:, 0] < WHOLE * across, dtype=bool)


def _doubtful(glyphs: Glyphs, rules: Rules) -> Flags:
    """Which glyphs lie across the height of a horizontal rule, or over the next one."""
    heights = np.unique(rules.horizontal[:, 0])
    slack = ACROSS * glyphs.heights
    above = np.searchsorted(heights, glyphs.boxes[:, 1] + slack)
    doubtful = np.asarray(np.searchsorted(heights, glyphs.boxes[:, 3] - slack) > above, dtype=bool)
    a, b = glyphs.boxes[:-1], glyphs.boxes[1:]
    shared = np.minimum(a, b)[:, 2:] - np.maximum(a, b)[:, :2]
    woven = (shared > OVER * np.minimum(a[:, 2:] - a[:, :2], b[:, 2:] - b[:, :2])).all(axis=1)
    doubtful[:-1] |= woven
    doubtful[1:] |= woven
    return doubtful


def _clips(glyphs: Glyphs, frame: Frame, clipped: Flags, doubtful: Integers) -> Floats:
    """The clip of each text object in reading space, so far as it may hide something.

    Asked are objects at steps, and the ``doubtful`` ones. Between two of one clip, what lies within that clip is
    taken to have it too, and is not asked.
    """
    numbers, first = np.unique(glyphs.objects, return_index=True)
    places = {number: place for number, place in zip(numbers.tolist(), first.tolist(), strict=True) if clipped[number]}
    order = list(places)
    asked = sorted({*order[::STEP], *order[-1:], *places.keys() & set(doubtful.tolist())})
    found = {number: _reading_clip(glyphs, frame, number, places) for number in asked}
    for start, end in pairwise(asked):
        between = order[bisect(order, start) : bisect_left(order, end)]
        if found[start] != found[end] or not _all_within(glyphs, [places[number] for number in between], found[end]):
            found |= {number: _reading_clip(glyphs, frame, number, places) for number in between}
    clips = np.tile(EVERYTHING, (len(glyphs.addresses), 1))
    for number, clip in found.items():
        clips[number] = clip
    return clips


def _all_within(glyphs: Glyphs, places: list[int], clip: Box) -> bool:
    boxes = glyphs.boxes[places]
    return bool((boxes[:, 1] >= clip[1]).all() and (boxes[:, 3] <= clip[3]).all())


def _reading_clip(glyphs: Glyphs, frame: Frame, number: int, places: dict[int, int]) -> Box:
    """The clip of a text object; the object of a form, which stands elsewhere in its own space, has none."""
    address = glyphs.addresses[number]
    bounds, clip = frame.to_reading(np.array([bounds_of(address), clip_of(address)])).tolist()
    if not np.isfinite(clip).all() or not is_here(bounds, glyphs.boxes[places[number]]):
        return EVERYTHING
    x0, y0, x1, y1 = clip
    return x0, y0, x1, y1


def _into(middles: Floats, low: Floats, high: Floats) -> Floats:
    """The place nearest to each middle that is between two edges, and a little within them."""
    inset = np.minimum(INSET, (high - low) / 4)
    return np.clip(middles, low + inset, high - inset)
