"""What the edge of the paper leaves of a page's text.

A merged cell that a page break cuts keeps its text on both pages. A number of which the side of the paper cuts some
figures says another number: its last glyph on the page is a sign of that.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.extract.frame import Flags, Frame
from pipeline.extract.glyphs import Glyphs

_NUMERIC = [ord(character) for character in "0123456789.,-"]
CUT = ord("…")


def on_page(glyphs: Glyphs, frame: Frame) -> Flags:
    """The glyphs that a reader of the page can see."""
    x, y = glyphs.centres
    width, height = frame.size
    return np.asarray((x >= 0) & (x <= width) & (y >= 0) & (y <= height), dtype=bool)


def with_cut_numbers(glyphs: Glyphs, frame: Frame) -> Glyphs:
    """The glyphs; of a number that goes on beyond the side of the paper the last one on the page as an ellipsis."""
    x, y = glyphs.centres
    width, height = frame.size
    beyond = ((x < 0) | (x > width)) & (y >= 0) & (y <= height)
    if not beyond.any():
        return glyphs
    codes = glyphs.codes.copy()
    numeric = np.isin(codes, _NUMERIC)
    for number in np.unique(glyphs.objects[beyond & numeric]).tolist():
        own = np.flatnonzero(glyphs.objects == number)
        seen = own[~beyond[own]]
        if len(seen) and numeric[own].all():
            codes[seen[np.argmax(x[seen]) if (x[own] > width).any() else np.argmin(x[seen])]] = CUT
    return replace(glyphs, codes=codes)
