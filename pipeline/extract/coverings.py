"""A head that draws no rules inside: which columns each of its headings covers.

Every column is headed from the top of the head to its end. A heading in the middle of that height heads one column; one
above the middle covers several, and stands over their middle; those below the middle are what it covers, and are read
alike. Lines of one heading stand nearer than headings do: how near is tried, and so is whether a heading with nothing
of its own below it heads a blank column or covers its neighbours. One reading must fit, or none is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.columns import column_borders
from pipeline.extract.frame import Floats
from pipeline.extract.headings import ABOVE, OFF, Block, height_of, joinings, leaf_sets
from pipeline.extract.tokens import Token, TokenLine

OFF_CENTRE = 0.4  # share of the narrowest column by which a heading may miss the middle of those it covers
CLEARLY = 0.3  # the same share, by which the next best reading must miss it farther
AT_LEFT = 1.5  # points: headings set left begin where the first heading below them does
STRAY = 4.0  # points by which a heading may stick out of its columns
LETTERS_APART = 5.0  # times the height of print: the letters of one heading are set no farther apart


@dataclass(frozen=True)
class Field:
    """A heading's field: first and last column, and its upper and lower edge."""

    first: int
    last: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Covering:
    """A head as read: the borders of its columns, and the fields that tile it."""

    xs: Floats
    fields: tuple[Field, ...]


def read_covering(
    tokens: Sequence[Token], body: Sequence[TokenLine], sides: tuple[float, float], edges: tuple[float, float]
) -> Covering | None:
    """The one way in which the headings cover the columns; None where there is none, or more than one.

    ``sides`` are the table's left and right, ``edges`` the head's upper and lower.
    """
    found: dict[object, Covering] = {}
    for blocks in joinings(tokens):
        for leaves in leaf_sets(blocks):
            xs = column_borders(body, [t for b in leaves for t in b.tokens], *sides)
            if xs is None:
                continue
            borders = np.array([sides[0], *xs, sides[1]])
            others = [b for b in blocks if b not in leaves]
            readings = (_Reading(borders, tuple(leaves), tuple(others), is_left) for is_left in (False, True))
            fields = next((read for reading in readings if (read := reading.fields(edges)) is not None), None)
            if fields is not None:
                cut = tuple((f.first, f.last) for f in fields)
                found.setdefault((cut, tuple(np.round(borders))), Covering(borders, tuple(fields)))
    return next(iter(found.values())) if len(found) == 1 else None


@dataclass(frozen=True)
class _Reading:
    """One choice of the headings of single columns, to be tried: borders of the columns, those, and the others.

    ``is_left``: the others are set left in their columns, not in their middle.
    """

    xs: Floats
    leaves: tuple[Block, ...]
    others: tuple[Block, ...]
    is_left: bool

    def fields(self, edges: tuple[float, float]) -> list[Field] | None:
        """The fields of the head, or None where this choice leaves a column unheaded or a heading without columns."""
        columns = len(self.xs) - 1
        own = (self._leaf(column) for column in range(columns))
        if not all(_overlap_in_height(a, b) for leaf in own for a, b in itertools.pairwise(leaf)):
            return None
        return self._cover(0, columns - 1, self.others, *edges)

    @property
    def _print(self) -> float:
        return height_of([t for b in (*self.leaves, *self.others) for t in b.tokens])

    def _leaf(self, column: int) -> list[Block]:
        return [b for b in self.leaves if self.xs[column] < b.centre <= self.xs[column + 1]]

    def _cover(self, first: int, last: int, others: Sequence[Block], top: float, bottom: float) -> list[Field] | None:
        """The fields below ``top`` of the columns from ``first`` to ``last``, which ``others`` stand over."""
        leaves = {column: self._leaf(column) for column in range(first, last + 1)}
        if not others:
            own = [block for leaf in leaves.values() for block in leaf]
            alike = _spread([b.middle for b in own]), _spread([b.y0 for b in own])
            return [Field(n, n, top, bottom) for n in leaves] if min(alike) <= 2 * OFF * self._print else None
        found = []
        for whole in self._wholes(leaves):
            fields = self._cover_rest(leaves, whole, others, top, bottom)
            found += [] if fields is None else [fields]
        return found[0] if len(found) == 1 else None

    def _wholes(self, leaves: dict[int, list[Block]]) -> Iterator[list[int]]:
        """The columns whose headings may stand in the middle of the height: the highest ones on one height, or none."""
        middles = {n: b.middle for n, blocks in leaves.items() for b in blocks}
        bare = [n for n in leaves if n not in middles]
        high, low = min(middles.values(), default=0.0), max(middles.values(), default=0.0)
        if low - high > 2 * OFF * self._print:
            yield [*bare, *(n for n, y in middles.items() if y - high <= OFF * self._print)]
        yield bare

    def _cover_rest(
        self, leaves: dict[int, list[Block]], whole: Sequence[int], others: Sequence[Block], top: float, bottom: float
    ) -> list[Field] | None:
        """The fields where the headings of the columns ``whole`` have no other above them, and all others have."""
        fields = [Field(n, n, top, bottom) for n in whole]
        left = list(others)
        for run in _runs([n for n in leaves if n not in whole]):
            own = [b for b in left if self.xs[run[0]] < b.centre <= self.xs[run[-1] + 1]]
            left = [b for b in left if b not in own]
            below = self._cover_run(run, own, top, bottom)
            if below is None:
                return None
            fields += below
        return None if left else fields

    def _cover_run(self, run: Sequence[int], others: Sequence[Block], top: float, bottom: float) -> list[Field] | None:
        """The fields of neighbouring columns whose own headings stand low: each is covered by one from the top."""
        uppermost = [b for b in others if not any(a.y1 - ABOVE * self._print < b.y0 for a in others)]
        heads = _words(uppermost, self._print)
        cuts = self._cuts(run, heads)
        if cuts is None:
            return None
        fields: list[Field] = []
        for head, a, b in zip(heads, [run[0], *cuts], [*(c - 1 for c in cuts), run[-1]], strict=True):
            under = [o for o in others if o not in uppermost and self.xs[a] < o.centre <= self.xs[b + 1]]
            beneath = [*under, *(leaf for n in range(a, b + 1) for leaf in self._leaf(n))]
            if not beneath or min(o.y0 for o in beneath) < head.y1 - ABOVE * self._print:
                return None
            edge = (head.y1 + min(o.y0 for o in beneath)) / 2
            below = self._cover(a, b, under, edge, bottom)
            if below is None:
                return None
            fields += [Field(a, b, top, edge), *below]
        return fields

    def _cuts(self, run: Sequence[int], heads: Sequence[Block]) -> tuple[int, ...] | None:
        """The first columns of the second heading and those after it; None where the middles do not tell."""
        if not heads or 2 * len(heads) > len(run):
            return None
        ways = []
        for cuts in itertools.combinations(range(run[0] + 2, run[-1]), len(heads) - 1):
            starts, ends = [run[0], *cuts], [*(c - 1 for c in cuts), run[-1]]
            if all(b > a for a, b in zip(starts, ends, strict=True)):
                ways.append((max(self._miss(h, a, b) for h, a, b in zip(heads, starts, ends, strict=True)), cuts))
        ways.sort()
        if not ways or ways[0][0] > 1.0 or (len(ways) > 1 and ways[1][0] < ways[0][0] + CLEARLY):
            return None
        return ways[0][1]

    def _miss(self, head: Block, first: int, last: int) -> float:
        """How far a heading misses the middle of its columns, or their beginning; up to 1.0 it may."""
        narrowest = float(np.diff(self.xs[first : last + 2]).min())
        middle = (self.xs[first] + self.xs[last + 1]) / 2
        own = [leaf for n in (first, last) for leaf in self._leaf(n)]
        between = (min(b.centre for b in own) + max(b.centre for b in own)) / 2 if own else middle
        off = min(abs(head.centre - middle), abs(head.centre - between)) / (OFF_CENTRE * narrowest)
        if head.x0 < self.xs[first] - STRAY or head.x1 > self.xs[last + 1] + STRAY:
            return float("inf")
        begins = min((b.x0 for b in self._leaf(first)), default=self.xs[first])
        return abs(head.x0 - begins) / AT_LEFT if self.is_left else off


def _spread(values: Sequence[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0)


def _overlap_in_height(a: Block, b: Block) -> bool:
    return min(a.y1, b.y1) > max(a.y0, b.y0)


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    """Neighbouring columns."""
    for _, group in itertools.groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        yield [column for _, column in group]


def _words(blocks: Sequence[Block], height: float) -> list[Block]:
    """Headings from left to right; single letters set apart (收　入) are one."""
    words: list[Block] = []
    for block in sorted(blocks, key=lambda b: b.x0):
        letters = bool(words) and _is_letter(block.tokens[-1]) and all(map(_is_letter, words[-1].tokens))
        if letters and block.x0 - words[-1].x1 <= LETTERS_APART * height:
            words[-1] = Block((*words[-1].tokens, *block.tokens))
        else:
            words.append(block)
    return words


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1
