"""The lines of a page as entries, and which lines are one row of a table that draws no rules.

An entry is a piece of a line that stands by itself: white space as wide as a character parts it from the next, and an
amount, unless in a sentence, is parted from what stands close beside it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.glyphs import Glyphs, Integers
from pipeline.extract.text import lines_of, read

APART = 1.0  # times the glyph height: a wider gap parts two entries of one line
BESIDE = 0.25  # times the glyph height: a wider gap parts an amount from what stands beside it
FEWEST_LINES = 3  # with amounts
MOST_HEADER_LINES = 8
LONGEST_NAME = 30  # characters of a lone entry that may still be a name
SAME_START = 6.0  # points
SAME_ROW = 0.7  # share of the usual pitch below which two lines are one row with a wrapped entry
_SENTENCE_MARKS = "，。；"  # an amount in a sentence has white space about it and is no entry
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+|-?\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True)
class Entry:
    """A piece of a line that stands by itself."""

    x0: float
    x1: float
    text: str
    pieces: tuple[Entry, ...] = ()  # what a little white space parts within it, where it does

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount and nothing else."""
        return bool(_AMOUNT.fullmatch(self.text))

    @property
    def is_number(self) -> bool:
        """Whether it is an amount, a code or a line's number and nothing else."""
        return self.is_amount or self.text.isdecimal()


@dataclass(frozen=True)
class Row:
    """A printed line: its entries, and its upper and lower edge."""

    top: float
    bottom: float
    entries: tuple[Entry, ...]

    @property
    def has_amount(self) -> bool:
        """Whether the line prints an amount."""
        return any(entry.is_amount for entry in self.entries)

    @property
    def has_number(self) -> bool:
        """Whether the line prints a number that stands by itself beside something else."""
        return len(self.entries) > 1 and any(entry.is_number for entry in self.entries)

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


def rows_in(glyphs: Glyphs) -> list[Row]:
    """The printed lines of a page, from top to bottom."""
    return [_row(glyphs, line.glyphs) for line in lines_of(glyphs, np.arange(len(glyphs.codes)))]


def _row(glyphs: Glyphs, line: Integers) -> Row:
    boxes = glyphs.boxes[line]
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    pieces = [_entry(glyphs, part) for part in np.split(line, np.flatnonzero(gaps > BESIDE * height) + 1)]
    in_words = any(mark in piece.text for piece in pieces for mark in _SENTENCE_MARKS)
    breaks = [
        after
        for after, (left, right) in enumerate(itertools.pairwise(pieces), start=1)
        if right.x0 - left.x1 > APART * height or (not in_words and (left.is_amount or right.is_amount))
    ]
    entries = tuple(map(_one_entry, _parts(pieces, breaks)))
    return Row(float(boxes[:, 1].min()), float(boxes[:, 3].max()), entries)


def _parts(pieces: Sequence[Entry], breaks: Sequence[int]) -> list[Sequence[Entry]]:
    return [pieces[start:end] for start, end in itertools.pairwise([0, *breaks, len(pieces)])]


def _one_entry(pieces: Sequence[Entry]) -> Entry:
    """What a line prints in one stretch."""
    if len(pieces) == 1:
        return pieces[0]
    return Entry(pieces[0].x0, pieces[-1].x1, " ".join(piece.text for piece in pieces), tuple(pieces))


def _entry(glyphs: Glyphs, part: Integers) -> Entry:
    boxes = glyphs.boxes[part]
    return Entry(float(boxes[:, 0].min()), float(boxes[:, 2].max()), read(glyphs, lines_of(glyphs, part)).text)


def blocks_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Runs of lines that are tables: lines with amounts, what stands between them, and the headings above."""
    blocks: list[list[Row]] = []
    start: int | None = None
    several = _beside_others(rows)
    for index, row in enumerate(rows):
        if several[index] or (start is not None and _is_in_column(rows[start:index], row)):
            start = index if start is None else start
        elif start is not None:
            blocks.append(list(rows[start:index]))
            start = None
    if start is not None:
        blocks.append(list(rows[start:]))
    return [block for block in map(_trimmed, blocks) if sum(row.has_amount for row in block) >= FEWEST_LINES]


def _beside_others(rows: Sequence[Row]) -> list[bool]:
    """Whether each line has several entries, itself or with the line that it stands beside.

    A cell whose text wraps is set in the middle of its row: its lines stand half above and half below the others'.
    """
    several = [len(row.entries) >= 2 for row in rows]
    beside = list(itertools.starmap(is_beside, itertools.pairwise(rows)))
    return [
        own or (index > 0 and beside[index - 1]) or (index < len(beside) and beside[index])
        for index, own in enumerate(several)
    ]


def _is_in_column(above: Sequence[Row], row: Row) -> bool:
    """A lone entry that begins where an entry above it does: the rest of a wrapped name, or a row without figures."""
    entry = row.entries[0]
    if len(entry.text) > LONGEST_NAME or entry.text.endswith("。") or entry.text.isdigit():  # digits: a page number
        return False
    starts = [other.x0 for line in above if len(line.entries) >= 2 for other in line.entries]
    return any(abs(entry.x0 - x0) <= SAME_START for x0 in starts)


def _trimmed(block: list[Row]) -> list[Row]:
    """No more lines above the first amount than a table's head has."""
    first = next((index for index, row in enumerate(block) if row.has_amount), len(block))
    return block[max(first - MOST_HEADER_LINES, 0) :]


def joined_rows(block: Sequence[Row]) -> list[list[Row]]:
    """Lines as rows: a line belongs to those that it stands beside, else to one closer above than rows usually are.

    How close they are is told by the lines with numbers: in a table with many blank fields few have amounts.
    """
    pitches = [b.middle - a.middle for a, b in itertools.pairwise(row for row in block if row.has_number)]
    usual = float(np.median(pitches)) if pitches else 0.0
    rows: list[list[Row]] = []
    for row, below in itertools.zip_longest(block, block[1:]):
        if rows and (is_beside(rows[-1][-1], row) or _is_rest(rows[-1], row, below, SAME_ROW * usual)):
            rows[-1].append(row)
        else:
            rows.append([row])
    return rows


def is_beside(upper: Row, lower: Row) -> bool:
    """Whether two lines share some height, as the lines of a wrapped cell share that of the cells beside it."""
    return upper.bottom > lower.top


def _is_rest(above: Sequence[Row], row: Row, below: Row | None, near: float) -> bool:
    """Whether a line is the rest of the row above: near it, not beside the next, and not both with numbers."""
    both = row.has_number and any(line.has_number for line in above)
    return row.middle - above[-1].middle < near and not both and not (below and is_beside(row, below))
