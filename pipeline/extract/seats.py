"""Whose a line is that leaves its cell: a spreadsheet clips it to the cell, and the clip tells what the place does not.

A heading of three lines in a row of two lies with its first line in the row above and with its last in the one below,
between other headings and figures. The eye does not see those lines; the text layer keeps them. A clip is asked for
only of text that lies across a horizontal rule, and of what is drawn next to it: asking costs more than all else that
is asked of a text object.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.extract.clipping import EVERYTHING, Box, bounds_of, clip_of, is_here
from pipeline.extract.glyphs import Flags, Floats, Frame, Glyphs
from pipeline.extract.rules import Rules

ACROSS = 0.15  # share of a glyph's height by which it must stand out over a rule to lie across it
INSET = 2.0  # points within a clip, at most: its edge may lie on the rule, and beyond it by the rule's width


def seated(glyphs: Glyphs, rules: Rules, frame: Frame) -> Glyphs:
    """The glyphs, those that a clip hides with the way to the nearest place within it (``Glyphs.shifts``)."""
    crossing = np.unique(glyphs.objects[_lies_across(glyphs, rules)]).tolist()
    if not crossing:
        return glyphs
    clips = _clips(glyphs, frame, crossing)
    x, y = glyphs.centres
    left, top, right, bottom = clips[glyphs.objects].T
    shifts = np.column_stack([_into(x, left, right), _into(y, top, bottom)])
    shifts[(y < rules.horizontal[:, 0].min()) | (y > rules.horizontal[:, 0].max())] = 0.0  # of a cell on another page
    return replace(glyphs, shifts=shifts) if shifts.any() else glyphs


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
    """How far to go from each middle to be between two edges, and a little within them."""
    inset = np.minimum(INSET, (high - low) / 4)
    ways: Floats = np.where(middles < low, low + inset - middles, np.where(middles > high, high - inset - middles, 0.0))
    return ways
