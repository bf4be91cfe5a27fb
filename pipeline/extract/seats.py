"""Whose a line is that leaves its cell: a spreadsheet clips it, and the clip tells what the place does not.

A heading of three lines in a row of two lies with its first line in the row above and with its last in the one below,
between other headings and figures. Its clip is its cell, and there it belongs. A clip as wide as the table is the strip
of it that stands on the page: what that hides of a row is printed on the page before or after, and is left out. A clip
is asked for only of text that lies across a horizontal rule, and of what is drawn next to it: asking costs more than
all else that is asked of a text object.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.extract.clipping import EVERYTHING, MOST_HIDDEN, Box, bounds_of, clip_of, is_here
from pipeline.extract.glyphs import Flags, Floats, Frame, Glyphs
from pipeline.extract.rules import Rules

ACROSS = 0.15  # share of a glyph's height by which it must stand out over a rule to lie across it
WHOLE = 0.9  # share of the width of all that is drawn from which a clip is the table's
INSET = 2.0  # points within a clip, at most: its edge may lie on the rule, and beyond it by the rule's width


def seated(glyphs: Glyphs, rules: Rules, frame: Frame) -> Glyphs:
    """The glyphs that belong to the page, those that are clipped to a cell with their place in it."""
    crossing = np.unique(glyphs.objects[_lies_across(glyphs, rules)]).tolist()
    if not crossing:
        return glyphs
    clips = _clips(glyphs, frame, crossing)[glyphs.objects]
    (x, y), (x0, y0, x1, y1) = glyphs.centres, clips.T
    hidden = (x < x0) | (x > x1) | (y < y0) | (y > y1)
    if hidden.mean() > MOST_HIDDEN:
        return glyphs
    of_cell = np.isfinite(clips).all(axis=1) & _is_cell(clips, rules)
    top, foot = rules.horizontal[:, 0].min(), rules.horizontal[:, 0].max()
    told = of_cell & (y >= top) & (y <= foot)
    places = np.column_stack([_into(x, x0, x1), _into(y, y0, y1)])
    kept = glyphs if not told.any() else replace(glyphs, clipped=np.where(told[:, None], places, np.nan))
    return kept.select(~(hidden & (y < np.where(of_cell, top, y0))))


def _is_cell(clips: Floats, rules: Rules) -> Flags:
    """Which clips are too narrow to be the strip of a table that stands on the page."""
    across = rules.horizontal[:, 2].max() - rules.horizontal[:, 1].min()
    return np.asarray(clips[:, 2] - clips[:, 0] < WHOLE * across, dtype=bool)


def _lies_across(glyphs: Glyphs, rules: Rules) -> Flags:
    """Which glyphs lie across the height of a horizontal rule."""
    heights = np.unique(rules.horizontal[:, 0])
    slack = ACROSS * glyphs.heights
    above = np.searchsorted(heights, glyphs.boxes[:, 1] + slack)
    return np.asarray(np.searchsorted(heights, glyphs.boxes[:, 3] - slack) > above, dtype=bool)


def _clips(glyphs: Glyphs, frame: Frame, crossing: list[int]) -> Floats:
    """The clip of each text object in reading space: of those that lie across a rule, and of the same cell's others."""
    numbers, first = np.unique(glyphs.objects, return_index=True)
    places = dict(zip(numbers.tolist(), first.tolist(), strict=True))
    clips = np.tile(EVERYTHING, (len(glyphs.addresses), 1))
    asked: dict[int, Box] = {}
    for number in crossing:
        asked[number] = _reading_clip(glyphs, frame, number, places)
        for step in (-1, 1):
            beside = number + step
            while np.isfinite(asked[number]).all() and beside in places and beside not in asked:
                clip = _reading_clip(glyphs, frame, beside, places)
                if clip != asked[number]:
                    break
                asked[beside], beside = clip, beside + step
    for number, clip in asked.items():
        clips[number] = clip
    return clips


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
