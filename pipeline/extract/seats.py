"""Whose a line is that leaves its cell: a spreadsheet clips it, and the clip tells what the place does not.

A heading of three lines in a row of two lies with its first line in the row above and with its last in the one below,
between other headings and figures. Its clip is its cell, and there it belongs. What a page break cuts is printed whole
on both pages: what is hidden above a cell that still has room below, or above the strip of the table that stands on
the page, is read on the page before, and is left out here. What is hidden below such a strip, where the table goes on
below it, is the end of a heading that the rows printed again cut: it belongs to the strip, not to the row below.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.extract.clipping import EVERYTHING, MOST_HIDDEN, has_clip, page_clip
from pipeline.extract.frame import Flags, Floats, Frame, Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.rules import Rules

OVER = 0.3  # share of a glyph's width and height by which the next must lie over it to be woven into its line
BLANK = 0.6  # share of a glyph's height by which the next may stand from it in a piece of a line
WHOLE = 0.9  # share of the width of all that is drawn from which a clip is the table's
INSET = 2.0  # points within a clip, at most: its edge may lie on the rule, and beyond it by the rule's width


def seated(glyphs: Glyphs, rules: Rules, frame: Frame) -> Glyphs:
    """The glyphs that belong to the page, those that are clipped to a cell with their place in it.

    What a clip hides over other text is left out where it is not known whose it is: two texts would be read as one.
    """
    buried = np.zeros(len(glyphs.codes), dtype=bool) if glyphs.buried is None else glyphs.buried
    clipped = has_clip(glyphs.addresses) if len(rules.horizontal) else np.zeros(0, dtype=bool)
    if not clipped.any():
        return glyphs.select(~buried)
    clips = _clips(glyphs, frame, clipped, glyphs.objects[buried | _telling(glyphs, rules, clipped)])[glyphs.objects]
    (x, y), (x0, y0, x1, y1) = glyphs.centres, clips.T
    hidden = (x < x0) | (x > x1) | (y < y0) | (y > y1)
    if hidden.mean() > MOST_HIDDEN:
        return glyphs.select(~buried)
    is_told, is_cell = np.isfinite(clips).all(axis=1), _is_cell(clips, rules)
    of_cell, of_strip = is_told & is_cell, is_told & ~is_cell & (y > y1)
    told = (of_cell | of_strip) & (y <= rules.horizontal[:, 0].max())
    places = np.column_stack([_into(x, x0, x1), _into(y, y0, y1)])
    above = hidden & ~of_cell & (y < y0)
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


def _telling(glyphs: Glyphs, rules: Rules, clipped: Flags) -> Flags:
    """Glyphs whose clips tell all others': the first of each piece of a line, and the last of one over a vertical rule.

    A piece are glyphs drawn one after the other, none of them over the next, all of them clipped or none.
    """
    a, b = glyphs.boxes[:-1], glyphs.boxes[1:]
    shared = np.minimum(a, b)[:, 2:] - np.maximum(a, b)[:, :2]
    woven = (shared > OVER * np.minimum(a[:, 2:] - a[:, :2], b[:, 2:] - b[:, :2])).all(axis=1)
    apart = woven | (shared < glyphs.heights[1:, None] * (-BLANK, OVER)).any(axis=1)
    apart |= np.diff(clipped[glyphs.objects])
    telling = np.append(True, apart)
    starts, ends = np.flatnonzero(telling), np.flatnonzero(np.append(apart, True))
    edges = np.unique(rules.vertical[:, 0])
    telling[ends] |= np.searchsorted(edges, glyphs.boxes[starts, 0]) < np.searchsorted(edges, glyphs.boxes[ends, 2])
    return np.asarray(telling, dtype=bool)


def _clips(glyphs: Glyphs, frame: Frame, clipped: Flags, telling: Integers) -> Floats:
    """The clip of each text object in reading space, so far as it may hide something.

    Asked are the ``telling`` ones. Between two of one clip, what lies within that clip is taken to have it too, and is
    not asked: asking costs more than reading the text.
    """
    numbers, first = np.unique(glyphs.objects, return_index=True)
    order = numbers[clipped[numbers]]
    boxes = np.full((len(glyphs.addresses), 4), np.nan)
    boxes[numbers] = glyphs.boxes[first]
    clips = np.tile(EVERYTHING, (len(glyphs.addresses), 1))

    def ask(asked: Integers) -> None:
        if len(asked):
            told = [page_clip(glyphs.addresses[number], glyphs.matrices[number]) for number in asked.tolist()]
            clips[asked] = frame.to_reading(np.array(told))

    points = np.union1d(np.intersect1d(order, telling), order[-1:])
    ask(points)
    gaps = list(pairwise(np.searchsorted(order, points).tolist()))
    while gaps := [(a, b) for a, b in gaps if b - a > 1 and not _is_one(clips[order[[a, b]]], boxes[order[a + 1 : b]])]:
        ask(order[[(a + b) // 2 for a, b in gaps]])
        gaps = [half for a, b in gaps for half in ((a, (a + b) // 2), ((a + b) // 2, b))]
    return clips


def _is_one(clips: Floats, boxes: Floats) -> bool:
    """Whether two clips are one, and these boxes lie within its height."""
    (_, top, _, foot), other = clips
    return bool((clips[0] == other).all() and (boxes[:, 1] >= top).all() and (boxes[:, 3] <= foot).all())


def _into(middles: Floats, low: Floats, high: Floats) -> Floats:
    """The place nearest to each middle that is between two edges, and a little within them."""
    inset = np.minimum(INSET, (high - low) / 4)
    return np.clip(middles, low + inset, high - inset)
