"""The head of a table without rules down: its depth, the headings of single columns, and how far groups reach.

A heading with a rule below it inside the head stands over a group of columns; one without names a column. Where a head
draws no rule inside, print in two heights says the same. A group's heading stands over the middle of its columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.glyphs import Flags, Floats
from pipeline.extract.grid import REACH, closed_sides
from pipeline.extract.tokens import Token, TokenLine

ROW_APART = 0.5  # share of a token's height: print farther below is another row, not the rest of a wrapped heading
OFF_MIDDLE = 0.35  # share of the narrowest column by which a group's heading may miss the middle of its columns
CLEARLY = 0.3  # the same share, by which the next best reading must miss it farther


def head_end(table: BarTable, lines: Sequence[TokenLine]) -> float:
    """Where the head ends: at the last full rule above the first line that only a body prints; the top without a head.

    A table that draws no rule there ends its head in the white above that line.
    """
    first = next((place for place, line in enumerate(lines) if line.is_data), None)
    if first == 0:
        return table.top
    limit = table.bottom if first is None else lines[first].middle
    above = [level for level in table.levels if table.top < level < min(limit, table.bottom)]
    if above:
        return above[-1]
    return table.top if first is None else (lines[first - 1].bottom + lines[first].top) / 2


def head_rules(table: BarTable, tokens: Sequence[Token], end: float) -> Floats:
    """The rules (y, x0, x1) inside the head, drawn or implied by print in two heights."""
    y = table.across[:, 0]
    drawn = table.across[(y > table.top + REACH) & (y < end - REACH)]
    if len(drawn) or len(table.down):
        return drawn
    return np.array(list(_implied(table, tokens)), dtype=np.float64).reshape(-1, 3)


def _implied(table: BarTable, tokens: Sequence[Token]) -> Iterator[tuple[float, float, float]]:
    """A rule between each heading of a group and the headings below it."""
    if not tokens:
        return
    top, foot = min(t.y0 for t in tokens), max(t.y1 for t in tokens)
    upper = [t for t in tokens if t.y0 <= top + (t.y1 - t.y0) * ROW_APART]
    limit = max(t.y1 for t in upper)
    lower = [t for t in tokens if t.y0 >= limit]
    groups = [t for t in upper if _stands_over(t, tokens, lower)]
    if not groups or foot <= limit:
        return
    others = [t for t in tokens if t not in groups and t not in lower]
    for run in _runs(sorted(lower, key=lambda t: t.x0), others):
        if any(run[0].x0 <= t.centre <= run[-1].x1 for t in groups):
            x0 = max((t.x1 for t in others if t.x1 <= run[0].x0), default=table.x0)
            x1 = min((t.x0 for t in others if t.x0 >= run[-1].x1), default=table.x1)
            yield (limit + min(t.y0 for t in run)) / 2, x0, x1


def _stands_over(token: Token, tokens: Sequence[Token], lower: Sequence[Token]) -> bool:
    below = [t for t in tokens if t.y0 >= token.middle and t is not token and t.x0 < token.x1 and token.x0 < t.x1]
    if below:
        return min(t.y0 for t in below) - token.y1 > ROW_APART * (token.y1 - token.y0)
    return any(t.x1 <= token.centre for t in lower) and any(t.x0 >= token.centre for t in lower)


def _runs(lower: Sequence[Token], others: Sequence[Token]) -> Iterator[list[Token]]:
    """Neighbours of the lower row with no heading of the whole depth between them."""
    run: list[Token] = []
    for token in lower:
        if run and any(run[-1].x1 <= other.centre <= token.x0 for other in others):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def leaf_headings(tokens: Sequence[Token], rules: Floats) -> list[Token]:
    """The headings that no rule inside the head parts from the body."""
    below = [any(y > t.middle and x0 <= t.centre <= x1 for y, x0, x1 in rules.tolist()) for t in tokens]
    return [token for token, under in zip(tokens, below, strict=True) if not under]


@dataclass(frozen=True)
class Head:
    """A head laid out: what it prints, the rules inside it, and the borders of its columns and rows.

    ``top`` says which sides between rows are closed (borders by columns).
    """

    table: BarTable
    tokens: tuple[Token, ...]
    rules: Floats
    xs: Floats
    ys: Floats
    top: Flags


def head_sides(head: Head) -> Flags | None:
    """Which sides between columns are closed (rows by borders); None where a group's reach is not certain."""
    rows, borders = len(head.ys) - 1, len(head.xs)
    drawn = np.zeros((rows, borders), dtype=bool)
    if len(head.table.down):
        drawn = closed_sides(head.table.down, head.xs, head.ys)
    drawn[:, [0, -1]] = True
    if drawn[-1].all():
        return drawn
    certain = all(_is_parted(head, token) for token in head.tokens) and _names_columns_once(head)
    return _told_by_middles(head, drawn) if certain else None


def _is_parted(head: Head, token: Token) -> bool:
    """Whether the column that a heading stands in has the rules below it that the heading has."""
    column = int(np.searchsorted(head.xs, token.centre)) - 1
    under = [y for y, x0, x1 in head.rules.tolist() if y > token.middle and x0 <= token.centre <= x1]
    return all(head.top[np.abs(head.ys - y).argmin(), column] for y in under)


def _names_columns_once(head: Head) -> bool:
    """Whether no column has two headings one below the other with a row's white between them: a group, unseen."""
    columns: dict[int, list[Token]] = {}
    for token in leaf_headings(head.tokens, head.rules):
        columns.setdefault(int(np.searchsorted(head.xs, token.centre)), []).append(token)
    return not any(
        b.y0 - a.y1 > ROW_APART * (a.y1 - a.y0)
        for tokens in columns.values()
        for a, b in itertools.pairwise(sorted(tokens, key=lambda t: t.y0))
    )


def _told_by_middles(head: Head, drawn: Flags) -> Flags | None:
    """The sides that are drawn, and those between headings that stand over the middle of their columns."""
    left = np.ones_like(drawn)
    for row in range(len(head.ys) - 2):
        for first, last in _open_runs(head, row, drawn):
            x0, x1 = head.xs[first], head.xs[last + 1]
            inside = [t for t in head.tokens if head.ys[row] < t.middle < head.ys[row + 1] and x0 <= t.centre <= x1]
            whole = (first, last) == (0, len(head.xs) - 2)
            closed = _closed_in(inside, head.xs[first : last + 2], certain=not whole)
            if closed is None:
                return None
            left[row, first + 1 : last + 1] = closed
    return left


def _open_runs(head: Head, row: int, drawn: Flags) -> Iterator[tuple[int, int]]:
    """First and last of neighbouring columns with one rule below the row that goes on from each to the next."""
    columns = np.flatnonzero(head.top[row] & head.top[row + 1]).tolist()
    for _, group in itertools.groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        run = [column for _, column in group]
        start = run[0]
        for a, b in itertools.pairwise(run):
            if drawn[row, b] or _ends_at(head.table.across, head.ys[row + 1], head.xs[b]):
                yield start, a
                start = b
        yield start, run[-1]


def _ends_at(across: Floats, y: float, x: float) -> bool:
    """Whether the rules at a height leave off around a border between columns."""
    there = across[np.abs(across[:, 0] - y) <= REACH]
    return len(there) > 0 and not bool(((there[:, 1] < x - REACH) & (there[:, 2] > x + REACH)).any())


def _closed_in(tokens: Sequence[Token], xs: Floats, *, certain: bool) -> list[bool] | None:
    """The inner sides of a run of columns that are closed, for its headings to stand over the middle of theirs.

    ``certain``: the rule below the run is its own, so that a lone heading stands over all of it.
    """
    inner = len(xs) - 2
    if not inner or not tokens:
        return [True] * inner
    entries = _entries(tokens)
    if len(entries) > inner + 1:
        return None
    narrowest = float(np.diff(xs).min())
    choices = itertools.combinations(range(1, inner + 1), len(entries) - 1)
    ways = sorted((_miss(entries, xs, cuts), cuts) for cuts in choices)
    best, cuts = ways[0]
    if len(ways) == 1 and certain:
        return [place in cuts for place in range(1, inner + 1)]
    if best > OFF_MIDDLE * narrowest or (len(ways) > 1 and ways[1][0] - best < CLEARLY * narrowest):
        return None
    return [place in cuts for place in range(1, inner + 1)]


def _entries(tokens: Sequence[Token]) -> list[tuple[float, float]]:
    """The headings of a row: lines one over another are one, and so are single letters set apart (收　入)."""
    joined: list[tuple[float, float]] = []
    letters = False
    for token in sorted(tokens, key=lambda t: t.x0):
        is_letter = len(token.text) == 1
        if joined and (token.x0 < joined[-1][1] or (letters and is_letter)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], token.x1))
        else:
            joined.append((token.x0, token.x1))
        letters = is_letter
    return joined


def _miss(entries: Sequence[tuple[float, float]], xs: Floats, cuts: Sequence[int]) -> float:
    """How far the worst of the headings stands from the middle of the columns between its cuts."""
    bounds = [0, *cuts, len(xs) - 1]
    middles = [(xs[a] + xs[b]) / 2 for a, b in itertools.pairwise(bounds)]
    return max(abs((x0 + x1) / 2 - float(middle)) for (x0, x1), middle in zip(entries, middles, strict=True))
