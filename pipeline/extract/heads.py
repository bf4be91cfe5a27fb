"""The head of a table without all its rules: where it ends, and how far the groups reach that rules inside it draw.

A heading with a rule below it inside the head stands over a group of columns, in their middle; one without names a
column. A head that draws no rules inside is read by where its headings stand (``coverings``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.frame import Flags, Floats
from pipeline.extract.grid import REACH, closed_sides
from pipeline.extract.tokens import Token, TokenLine

ROW_APART = 0.5  # share of a token's height: print farther below is another row, not the rest of a wrapped heading
OFF_MIDDLE = 0.35  # share of the narrowest column by which a group's heading may miss the middle of its columns
LETTERS_APART = 5.0  # times the height of print: the letters of one heading are set no farther apart
AT_LEFT = 8.0  # points from the border within which a heading is set left in its columns
MOST_LABEL_ROWS = 3  # rows without figures that a body may begin with
CLEARLY = 0.3  # the same share, by which the next best reading must miss it farther


def head_ends(table: BarTable, lines: Sequence[TokenLine]) -> Iterator[tuple[int, float]]:
    """Where the head may end, likeliest first: how many lines it has, and the height below them.

    That is above the first line that only a body prints, at the rule there or in the white; or, as a body may begin
    with rows that print no figures, above the lines over that one.
    """
    first = next((place for place, line in enumerate(lines) if line.is_data), len(lines))
    if first == 0:
        yield 0, table.top
    inner = [level for level in table.levels if table.top < level < table.bottom]
    places = range(first, max(first - 1 - MOST_LABEL_ROWS, 0), -1)
    for above in places:
        high = lines[above].middle if above < len(lines) else table.bottom
        level = max((y for y in inner if lines[above - 1].middle < y < high), default=None)
        if level is not None:
            yield above, level
    for above in places[: 1 if inner else None]:
        if above < len(lines):
            yield above, (lines[above - 1].y1 + lines[above].y0) / 2


def drawn_in_head(table: BarTable, end: float) -> Floats:
    """The rules (y, x0, x1) inside the head."""
    y = table.across[:, 0]
    return table.across[(y > table.top + REACH) & (y < end - REACH)]


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
    """The inner sides of a run of columns that are closed, for its headings to stand in the middle of theirs, or left.

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
    if best > OFF_MIDDLE * narrowest:
        cuts = tuple(int(np.abs(xs - x0).argmin()) for x0, _ in entries[1:])
        if any(not 0 <= x0 - xs[cut] <= AT_LEFT for (x0, _), cut in zip(entries, (0, *cuts), strict=True)):
            return None
    elif len(ways) > 1 and ways[1][0] - best < CLEARLY * narrowest:
        return None
    return [place in cuts for place in range(1, inner + 1)]


def _entries(tokens: Sequence[Token]) -> list[tuple[float, float]]:
    """The headings of a row: lines one over another are one, and so are single letters set apart (收　入)."""
    joined: list[tuple[float, float]] = []
    letters = False
    for token in sorted(tokens, key=lambda t: t.x0):
        is_letter = len(token.text) == 1
        near = bool(joined) and token.x0 - joined[-1][1] <= LETTERS_APART * (token.y1 - token.y0)
        if joined and (token.x0 < joined[-1][1] or (letters and is_letter and near)):
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
