"""Print over print: a stamp, a page number or a hidden layer that lies over what a cell says.

Read from left to right the two would be woven into one, and be a name or a number that nobody printed. So what is
drawn over other print, and figures on another height or in another size than those beside them, are read by
themselves, a wide blank apart: no number comes of that.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.extract.frame import Flags, Integers
from pipeline.extract.glyphs import Glyphs

OVERLAP = 0.3  # share of a glyph's height by which one glyph must lie over the next to be printed over it
WOVEN = 0.12  # the same where it is asked in which order they were drawn: figures are half as wide as high
ANOTHER_SIZE = 0.05  # share of a digit's height by which the next one of the same number may be higher, or lower
BACK = 0.1  # share of a glyph's height by which what is drawn next stands before it, where it is another text
_HALF_BLANK = np.array(sorted(map(ord, "（）〔〕【】《》〈〉「」『』“”‘’、，。；：！？·")))  # full-width marks


def over_the_next(glyphs: Glyphs, order: Integers, share: float = OVERLAP) -> Flags:
    """Which of the glyphs, given from left to right, is printed over the next by a share of its height.

    Full-width marks do not count: half their box is blank, and browsers set two of them (）（) half over one another.
    """
    boxes, codes = glyphs.boxes[order], glyphs.codes[order]
    over = boxes[1:, 0] < boxes[:-1, 2] - share * (boxes[1:, 3] - boxes[1:, 1])
    if over.any():
        marks = np.isin(codes, _HALF_BLANK)
        over &= ~(marks[1:] | marks[:-1])
    return np.asarray(over, dtype=bool)


def beside_another(glyphs: Glyphs, order: Integers) -> Flags:
    """Which of the glyphs, from left to right, is a digit beside one of another text: drawn apart, of another size."""
    codes, objects = glyphs.codes[order], glyphs.objects[order]
    digit = (codes >= 0x30) & (codes <= 0x39)
    beside = digit[1:] & digit[:-1] & (objects[1:] != objects[:-1])
    if beside.any() and glyphs.invisible == 0:  # text recognition sets each word in a size of its own
        edges = glyphs.boxes[order][:, 1::2]
        beside &= np.abs(np.diff(edges, axis=0)).max(axis=1) > ANOTHER_SIZE * glyphs.heights[order][1:]
        return np.asarray(beside, dtype=bool)
    return np.zeros(len(beside), dtype=bool)


def texts_of(glyphs: Glyphs, line: Integers) -> list[Integers]:
    """The texts of a line, given as its glyphs from left to right: one, or those that are printed over one another."""
    if len(line) < 2:
        return [line]
    drawn = list(_as_drawn(glyphs, np.sort(line))) if over_the_next(glyphs, line, WOVEN).any() else [line]
    parted = (np.split(run, np.flatnonzero(beside_another(glyphs, run)) + 1) for run in drawn)
    return sorted((piece for run in parted for piece in run), key=lambda piece: float(glyphs.boxes[piece[0], 0]))


def _as_drawn(glyphs: Glyphs, line: Integers) -> Iterator[Integers]:
    """The runs of a line as they were drawn, one after the other: each from left to right, on one height."""
    boxes, heights = glyphs.boxes[line], glyphs.heights[line][1:]
    back = boxes[1:, 0] < boxes[:-1, 0] + BACK * heights
    level = np.abs(np.diff(boxes[:, 1] + boxes[:, 3])) / 2
    yield from np.split(line, np.flatnonzero(back | (level > OVERLAP * heights)) + 1)
