"""The headings of a head: which lines of print are one heading, and which may name a single column.

Lines of one heading stand nearer than headings do; how near is tried. What stands above the middle of a head, or over
other print, names no single column; what stands between two others that begin below it may cover them instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.extract.tokens import Token, Tokens

OFF = 0.22  # share of the height of print by which a heading may miss the middle of its height
HIGH = 0.15  # share of the head's height above its middle where no heading of a single column stands
ABOVE = 0.3  # share of the height of print by which print that stands above other print may reach into it
SAME_STEP = 0.08  # the same share, within which two steps between lines are one
MOST_DOUBTS = 4  # headings that may head a blank column or cover their neighbours
FAR = 1.8  # times the height of print: farther below is no line of the same heading


class Block(Tokens):
    """One heading with all the lines of its wrap."""


def joinings(tokens: Sequence[Token]) -> Iterator[list[Block]]:
    """The headings, for every step between lines up to which these may be of one heading."""
    height = height_of(tokens)
    steps = sorted({round(b.middle - a.middle, 2) for a, b in _neighbours(tokens, height)})
    limits = [a for a, b in itertools.pairwise([*steps, np.inf]) if b - a > SAME_STEP * height]
    seen: list[list[Block]] = []
    for limit in [0.0, *limits]:
        blocks = _blocks(tokens, limit + 0.01, height)
        if blocks not in seen:
            seen.append(blocks)
            yield blocks


def height_of(tokens: Sequence[Token]) -> float:
    """Usual height of print."""
    return float(np.median([t.y1 - t.y0 for t in tokens]))


def _neighbours(tokens: Sequence[Token], height: float) -> Iterator[tuple[Token, Token]]:
    """Each piece of print with what stands next below it, no farther than a line of the same heading would."""
    for token in tokens:
        below = [t for t in tokens if _is_under(t, token, height) and t.middle - token.middle <= FAR * height]
        if below:
            yield token, min(below, key=lambda t: t.middle)


def _is_under(lower: Token, upper: Token, height: float) -> bool:
    over = min(lower.x1, upper.x1) - max(lower.x0, upper.x0)
    return lower.middle > upper.middle + ABOVE * height and over > ABOVE * height


def _blocks(tokens: Sequence[Token], limit: float, height: float) -> list[Block]:
    blocks: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: (t.middle, t.x0)):
        above = [b for b in blocks if any(_is_under(token, t, height) and token.middle - t.middle <= limit for t in b)]
        blocks = [b for b in blocks if b not in above] + [[*itertools.chain(*above), token]]
    return [Block(tuple(b)) for b in sorted(blocks, key=lambda b: (b[0].x0, b[0].middle))]


def leaf_sets(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Every choice of the headings of single columns.

    What stands above the middle, or over other print, heads none; what stands between two others that begin below it
    may cover them.
    """
    height = height_of([t for b in blocks for t in b.tokens])
    middle = (min(b.y0 for b in blocks) + max(b.y1 for b in blocks)) / 2
    highest = middle - max(OFF * height, HIGH * (max(b.y1 for b in blocks) - min(b.y0 for b in blocks)))
    may = [b for b in blocks if b.middle >= highest and not any(_stands_over(b, c, height) for c in blocks)]
    doubts = [b for b in may if _is_between(b, blocks, height)][:MOST_DOUBTS]
    for count in range(len(doubts) + 1):
        for covers in itertools.combinations(doubts, count):
            yield [b for b in may if b not in covers]


def _stands_over(upper: Block, lower: Block, height: float) -> bool:
    over = min(lower.x1, upper.x1) - max(lower.x0, upper.x0)
    return lower.y0 > upper.y1 - ABOVE * height and over > ABOVE * height


def _is_between(block: Block, blocks: Sequence[Block], height: float) -> bool:
    below = [b for b in blocks if b.y0 > block.y1 - ABOVE * height]
    return any(b.centre < block.centre for b in below) and any(b.centre > block.centre for b in below)
