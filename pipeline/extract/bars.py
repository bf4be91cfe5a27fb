"""The rules across a page that belong to one table, where no rules down hold them together.

Rules of one table begin and end at the same places, one below the other; shorter ones between them part its head. What
parts two tables that are drawn alike is the title between them: print of another size, or a line that no row has.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.frame import Floats
from pipeline.extract.grid import REACH
from pipeline.extract.rules import Rules
from pipeline.extract.tokens import TokenLine, usual_height
from pipeline.extract.words import line_words

SHORTEST_BAR = 150.0  # points: shorter rules are no table's
MOSTLY = 0.7  # share of the width that the pieces of one rule must cover
FEWEST_BARS = 2
WRAP = 0.5  # share of a line's height: the next line of a wrapped name is no farther below
MOST_LABEL_ROWS = 6  # lines of names without figures that a body below its drawn head may begin with
LARGER = 1.15  # times the usual height of print: a title's


@dataclass(frozen=True)
class BarTable:
    """Rules across of one table, in reading space: its sides, the heights of its full rules from top to bottom, and
    what is drawn between: ``across`` rows (y, x0, x1) joined, ``pieces`` as drawn, ``down`` rows (x, y0, y1).
    """

    x0: float
    x1: float
    levels: tuple[float, ...]
    across: Floats
    pieces: Floats
    down: Floats

    @property
    def top(self) -> float:
        """Height of the first rule."""
        return self.levels[0]

    @property
    def bottom(self) -> float:
        """Height of the last rule."""
        return self.levels[-1]


def find_bar_tables(
    rules: Rules, lines: Sequence[TokenLine], begun: tuple[float, float] | None = None
) -> list[BarTable]:
    """The tables that a page's rules across draw, from top to bottom; ``lines`` are what the page prints.

    ``begun`` are the sides of the table that ended the page before: it may go on above the first rule.
    """
    found = []
    for x0, x1, levels in _alike(rules.horizontal):
        inside = [line for line in lines if _is_within(line, x0, x1)]
        parts = list(_parted(levels, inside))
        if begun and abs(x0 - begun[0]) <= REACH and abs(x1 - begun[1]) <= REACH:
            parts[0] = [*_open_above(parts[0][0], inside), *parts[0]]
        for part, next_top in itertools.zip_longest(parts, [other[0] for other in parts[1:]]):
            before = [line for line in inside if next_top is None or line.middle < next_top]
            body = any(_is_of_body(line) for line in inside if part[0] < line.middle < part[-1])
            is_closed = body and not rules.of_shading and _is_closed(rules.vertical, part[-1], x0, x1)
            open_to = (
                []
                if is_closed
                else _open_below(part[-1], before, 0 if body and not rules.of_shading else MOST_LABEL_ROWS)
            )
            heights = [*part, *open_to]
            if len(heights) >= FEWEST_BARS:
                found.append(_table(rules, x0, x1, heights))
    outer = [table for table in found if not any(_is_inside(table, other) for other in found)]
    return sorted(outer, key=lambda table: (table.top, table.x0))


def _is_inside(table: BarTable, other: BarTable) -> bool:
    """Whether the rules of a table are rules in the head of another."""
    below = other.top + REACH < table.top < other.bottom
    return below and table.x0 >= other.x0 - REACH and table.x1 <= other.x1 + REACH and table is not other


def _is_of_body(line: TokenLine) -> bool:
    return line.is_data and not line.numbers_columns


def _is_closed(down: Floats, level: float, x0: float, x1: float) -> bool:
    """Whether rules down end at the last rule across: the table is drawn to its end."""
    return bool(((np.abs(down[:, 2] - level) <= REACH) & (down[:, 0] >= x0 - REACH) & (down[:, 0] <= x1 + REACH)).any())


def _open_above(level: float, lines: Sequence[TokenLine]) -> list[float]:
    """Where a body that goes on from the page before begins: nothing but its rows stands above its first rule."""
    above = [line for line in lines if line.middle < level]
    return [above[0].y0 - 1] if above and above[0].is_data else []


def _open_below(level: float, lines: Sequence[TokenLine], labels: int) -> list[float]:
    """Where a body that no rule closes ends: below its last row with amounts, where a page break cut it.

    It may begin with as many lines as ``labels`` that print no numbers.
    """
    below = [line for line in lines if line.middle > level]
    places = [place for place, line in enumerate(below) if line.has_amount]
    begins = any(line.is_data for line in below[: labels + 1])
    if not places or not begins or any("。" in token.text for line in below for token in line.tokens):
        return []
    last = places[-1]
    steps = itertools.pairwise(below[last:])
    last += sum(1 for _ in itertools.takewhile(lambda pair: wraps(*pair), steps))
    rest = [line for line in below[last + 1 :] if not (line.says_page or _is_bare_number(line))]
    return [] if rest else [below[last].y1 + 1]


def _is_bare_number(line: TokenLine) -> bool:
    return len(line.tokens) == 1 and line.tokens[0].is_number


def wraps(line: TokenLine, below: TokenLine) -> bool:
    """Whether a line is near enough below another to be the rest of its row."""
    return below.y0 - line.y1 < WRAP * (line.y1 - line.y0)


def _is_within(line: TokenLine, x0: float, x1: float) -> bool:
    return any(x0 <= token.centre <= x1 for token in line.tokens)


def _table(rules: Rules, x0: float, x1: float, levels: Sequence[float]) -> BarTable:
    def inside(across: Floats) -> Floats:
        tall = (across[:, 0] >= levels[0] - REACH) & (across[:, 0] <= levels[-1] + REACH)
        return across[tall & (across[:, 1] >= x0 - 2 * REACH) & (across[:, 2] <= x1 + 2 * REACH)]  # dashes end unevenly

    down = rules.vertical
    reach = (down[:, 0] > x0 + REACH) & (down[:, 0] < x1 - REACH)
    reach &= (down[:, 2] > levels[0] + REACH) & (down[:, 1] < levels[-1] - REACH)
    return BarTable(x0, x1, tuple(levels), inside(rules.horizontal), inside(rules.pieces), down[reach])


def _alike(horizontal: Floats) -> Iterator[tuple[float, float, list[float]]]:
    """Left side, right side and heights of the rules that begin and end at the same places."""
    bars = sorted(_levels(horizontal), key=lambda bar: bar[2] - bar[1], reverse=True)
    while bars:
        _, x0, x1 = bars[0]
        same = [bar for bar in bars if abs(bar[1] - x0) <= REACH and abs(bar[2] - x1) <= REACH]
        yield x0, x1, sorted(bar[0] for bar in same)
        bars = [bar for bar in bars if bar not in same]


def _levels(horizontal: Floats) -> Iterator[tuple[float, float, float]]:
    """(y, x0, x1) of every height whose rules, taken together, go most of the way from their first to their last."""
    for _, group in itertools.groupby(sorted(horizontal.tolist()), key=lambda rule: rule[0]):  # joined: one height
        rules = list(group)
        x0, x1 = min(rule[1] for rule in rules), max(rule[2] for rule in rules)
        covered = sum(rule[2] - rule[1] for rule in rules)
        if x1 - x0 >= SHORTEST_BAR and covered >= MOSTLY * (x1 - x0):
            yield rules[0][0], x0, x1


def _parted(levels: Sequence[float], lines: Sequence[TokenLine]) -> Iterator[list[float]]:
    """The levels of each table: a title between two levels parts them, and so does a stretch without print."""
    bands = [(a, b, [line for line in lines if a < line.middle < b]) for a, b in itertools.pairwise(levels)]
    usual = usual_height(line for *_, band in bands for line in band)
    part = [levels[0]]
    for above, below, band in bands:
        if _is_between(band, below - above, usual):
            yield part
            part = []
        part.append(below)
    yield part


def _is_between(band: Sequence[TokenLine], height: float, usual: float) -> bool:
    """Whether what stands between two rules is no row of a table: a title, a unit, or much white."""
    if any(line.is_data for line in band):
        return False
    tokens = [token for line in band for token in line.tokens]
    if not tokens:
        return height > 4 * usual
    return any(token.y1 - token.y0 > LARGER * usual or line_words().unit.fullmatch(token.text) for token in tokens)
