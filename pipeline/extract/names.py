"""The lines of a column of names as names, each beside the numbers of its row.

A name may wrap: its lines stand around its row's numbers, or from them down, or up to them; each but the last is as
long as the column lets it be, and all stand one step apart. The parting that gives most names numbers, and leaves the
fewest without, is the one, where there is no other as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np

SAME = 0.3  # share of the height of print within which two things stand on one height
NEXT_LINE = 1.7  # times the height of print: the next line of a name or a number is no farther below
FULL = 1.3  # times the height of print by which a wrapped line may fall short of the longest in its column
SHORTER = 2.5  # times the height of print, where lines stand clearly nearer than rows do
NEARER = 0.93  # share of the least step between rows up to which two lines stand clearly nearer
SHARE = 0.3  # of the longest line's length, by which a wrapped line may at most fall short of it
MOST_LINES = 8  # of one name
Blocks = tuple[tuple[int, int, int], ...]  # of each name its first line, its last, and its anchor (-1: none)


@dataclass(frozen=True)
class Line:
    """What a column prints on one height."""

    middle: float
    top: float
    bottom: float
    width: float
    end: float


@dataclass(frozen=True)
class Anchor:
    """A height that numbers of one row stand on."""

    middle: float
    top: float
    bottom: float
    numbers: int


@dataclass(frozen=True)
class Score:
    """How well lines are parted into rows: names with an anchor, names without, and in how many ways so well."""

    anchored: int = 0
    alone: int = 0
    ways: int = 1
    blocks: Blocks = ()

    @property
    def rank(self) -> tuple[int, int]:
        """For comparison: the more the better."""
        return self.anchored, -self.alone

    def after(self, first: int, last: int, anchor: int) -> Score:
        """The score with one more name before it."""
        blocks = ((first, last, anchor), *self.blocks)
        return Score(self.anchored + (anchor >= 0), self.alone + (anchor < 0), self.ways, blocks)


def name_blocks(lines: Sequence[Line], anchors: Sequence[Anchor], height: float, way: str) -> Blocks | None:
    """The lines of a column as names, each with its anchor; None where they may be parted otherwise as well.

    Where lines of one name stand no nearer than rows do, only the names' lengths tell: what those join is doubtful.
    """
    least = min((b.middle - a.middle for a, b in pairwise(anchors)), default=float("inf"))
    steps = [b.middle - a.middle for a, b in pairwise(lines)]
    nearer = [step <= NEARER * least for step in steps]
    long, longer = (_are_full(lines, short * height) for short in (SHORTER, FULL))
    sure: list[Score] = []
    perhaps: list[Score] = []
    for leading in _leadings(steps, NEXT_LINE * height):
        alike = [abs(step - leading) <= SAME * height / 2 for step in steps]
        joins = [a and b and c for a, b, c in zip(alike, nearer, long, strict=False)]
        either = [a or (b and c) for a, b, c in zip(joins, alike, longer, strict=False)]
        sure.append(_best(lines, anchors, joins, SAME * height, way))
        perhaps.append(_best(lines, anchors, either, SAME * height, way))
    best = max(sure, key=lambda score: score.rank)
    equal = {score.blocks for score in (*sure, *perhaps) if score.rank >= best.rank}
    is_one = len(equal) == 1 and best.ways == 1 and not _is_torn(best.blocks, nearer)
    return best.blocks if is_one else None


def _are_full(lines: Sequence[Line], short: float) -> list[bool]:
    """Whether each line is about as long as the longest, or reaches about as far (the first may be indented)."""
    longest, farthest = max((line.width for line in lines), default=0.0), max((line.end for line in lines), default=0.0)
    short = min(short, SHARE * longest)
    return [line.width >= longest - short or line.end >= farthest - short for line in lines]


def _leadings(steps: Sequence[float], most: float) -> list[float]:
    """The steps that may be those between lines of one name, likeliest first; 0 where none is."""
    ordered = sorted(step for step in steps if step <= most)
    return [a for a, b in pairwise([*ordered, np.inf]) if b - a > SAME] or [0.0]


def _is_torn(parted: Blocks, nearer: Sequence[bool]) -> bool:
    """Whether a name without an anchor stands nearer to the one beside it than rows do."""
    return any(nearer[a[1]] and -1 in (a[2], b[2]) for a, b in pairwise(parted))


def _best(lines: Sequence[Line], anchors: Sequence[Anchor], joins: Sequence[bool], reach: float, way: str) -> Score:
    """The parting with the most anchored and the fewest other names; ``joins``: a line may go on in the next."""

    @cache
    def best(start: int, used: int) -> Score:
        if start == len(lines):
            return Score()
        found = []
        for last in range(start, min(start + MOST_LINES, len(lines))):
            if last > start and not joins[last - 1]:
                break
            at = _place(lines, start, last, way)
            anchor = next((n for n in range(used, len(anchors)) if abs(anchors[n].middle - at) <= reach), -1)
            rest = best(last + 1, anchor + 1 if anchor >= 0 else used)
            found.append(rest.after(start, last, anchor))
        top = max(found, key=lambda score: score.rank)
        return replace(top, ways=sum(score.ways for score in found if score.rank == top.rank))

    return best(0, 0)


def _place(lines: Sequence[Line], first: int, last: int, way: str) -> float:
    a, b = {"around": (first, last), "down": (first, first), "up": (last, last)}[way]
    return (lines[a].middle + lines[b].middle) / 2
