"""What stands outside the tables: printed lines, their roles, and the paragraphs that they make.

A line that stands apart from its neighbour on the same height (a caption at the left, the unit at the right) is a line
of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.frame import Floats, Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.text import TextLine, is_overprinted, lines_of, read
from pipeline.extract.words import line_words

APART = 2.0  # times the glyph height: a wider gap parts two lines on one height
MARGIN = 0.12  # share of the page's height, at top and bottom, where page numbers and running heads stand
MOST_PAGES_SHARE = 0.6  # share of the pages on which a running head must recur
FEWEST_RECURRENCES = 4
INDENT = 1.2  # times the glyph height: an indent that opens a paragraph, or a short end that closes one
_FIRST_IDEOGRAPH = 0x2E80  # and the full-width marks


@dataclass(frozen=True)
class PrintedLine:
    """One line outside the tables. ``box`` in reading space; ``after`` is how many of the page's tables stand above."""

    page: int
    page_height: float
    box: tuple[float, float, float, float]
    size: float
    text: str
    after: int
    role: str = "body"
    paragraph: int = 0


def printed_lines(
    glyphs: Glyphs, chosen: Integers, page: int, height: float, tops: Sequence[float]
) -> list[PrintedLine]:
    """The lines that the chosen glyphs make, in reading order; ``tops`` are the upper edges of the page's tables."""
    lines = []
    for line in lines_of(glyphs, chosen):
        for part in (part for layer in _layers(glyphs, line) for part in _parts(glyphs, layer)):
            boxes = glyphs.boxes[part.glyphs]
            box = (boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max())
            x0, y0, x1, y1 = (float(edge) for edge in box)
            size = _size(boxes[:, 3] - boxes[:, 1], glyphs.codes[part.glyphs])
            after = sum(1 for top in tops if top < (y0 + y1) / 2)
            lines.append(PrintedLine(page, height, (x0, y0, x1, y1), size, read(glyphs, [part]).text, after))
    return lines


def _size(heights: Floats, codes: Integers) -> float:
    """The font size of a line in points: that of its ideographs where it has any.

    Figures stand in another font, whose boxes may be a third higher: a line full of them is of the text's size.
    """
    ideographs = heights[codes >= _FIRST_IDEOGRAPH]
    return float(np.median(ideographs if len(ideographs) else heights))


def _layers(glyphs: Glyphs, line: TextLine) -> list[TextLine]:
    """A line by itself; where words are printed over other words, the words of each size by themselves.

    A spreadsheet clips a long cell, and the text layer keeps its hidden lines, which may lie over a title.
    """
    if not is_overprinted(glyphs, line.glyphs):
        return [line]
    sizes = np.round(glyphs.heights[line.glyphs])
    return [TextLine(line.glyphs[sizes == size]) for size in np.unique(sizes)]


def _parts(glyphs: Glyphs, line: TextLine) -> list[TextLine]:
    boxes = glyphs.boxes[line.glyphs]
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    breaks = np.flatnonzero(gaps > APART * (boxes[1:, 3] - boxes[1:, 1])) + 1
    return [TextLine(part) for part in np.split(line.glyphs, breaks)]


def with_roles(lines: Sequence[PrintedLine], page_count: int) -> list[PrintedLine]:
    """Tell page numbers and running heads from the body."""
    pages_of: Counter[str] = Counter()
    for pattern, _ in {(_pattern(line), line.page) for line in lines if _in_margin(line)}:
        pages_of[pattern] += 1
    needed = max(FEWEST_RECURRENCES, MOST_PAGES_SHARE * page_count)
    return [replace(line, role=_role(line, pages_of[_pattern(line)] >= needed)) for line in lines]


def _role(line: PrintedLine, recurs: bool) -> str:
    if not _in_margin(line):
        return "body"
    if line_words().page_numbers.fullmatch(line.text):
        return "page_number"
    return "running_head" if recurs else "body"


def _in_margin(line: PrintedLine) -> bool:
    middle = (line.box[1] + line.box[3]) / 2
    return not MARGIN * line.page_height < middle < (1 - MARGIN) * line.page_height


def _pattern(line: PrintedLine) -> str:
    """A line's words with its digits blanked, and which margin it stands in."""
    return re.sub(r"\d+", "#", line.text) + ("^" if line.box[1] < line.page_height / 2 else "_")


def with_paragraphs(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Number the paragraphs: a line goes on from the one before when that was full and this one not indented."""
    left, right = _measure(lines)
    numbered: list[PrintedLine] = []
    previous: PrintedLine | None = None
    number = 0
    for line in lines:
        if line.role != "body":
            numbered.append(replace(line, paragraph=0))
            continue
        if previous is None or not _goes_on(previous, line, left, right):
            number += 1
        previous = replace(line, paragraph=number)
        numbered.append(previous)
    return numbered


def _measure(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Left and right edge of the body text: the commonest left edge, and how far its long lines reach."""
    body = [line for line in lines if line.role == "body" and len(line.text) >= 20]
    if not body:
        return 0.0, float("inf")
    left = Counter(round(line.box[0] / 2) * 2 for line in body).most_common(1)[0][0]
    return float(left), float(np.percentile([line.box[2] for line in body], 80))


def _goes_on(previous: PrintedLine, line: PrintedLine, left: float, right: float) -> bool:
    if previous.after != line.after and previous.page == line.page:
        return False
    same_size = abs(previous.size - line.size) <= 0.15 * line.size
    full = previous.box[2] >= right - INDENT * 1.5 * previous.size
    indented = line.box[0] > left + INDENT * line.size
    near = line.page != previous.page or line.box[1] - previous.box[3] < 1.6 * line.size
    return same_size and full and not indented and near and line.box[1] != previous.box[1]
