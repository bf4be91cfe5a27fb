"""A table without all its rules laid out: the borders of its columns and rows, and how far its headings reach.

Rows come from the rules, and from the lines of print where one field holds several (``body``, ``rows``); columns from
what is drawn (rules down, the ends of rules across, the table as it began on the page before), else from the white
that runs through all rows (``columns``); what the headings cover from the rules inside the head (``heads``), else from
where they stand (``coverings``). Where that allows two readings there is none: the caller gives the table row by row
without columns, so that no figure of it passes for another's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.columns import column_borders, is_one_column
from pipeline.extract.coverings import Covering, read_covering
from pipeline.extract.drawn import apart, closed_rows, drawn_borders
from pipeline.extract.frame import Flags, Floats
from pipeline.extract.grid import REACH, Grid, merged
from pipeline.extract.heads import Head, drawn_in_head, head_ends, head_sides, leaf_headings
from pipeline.extract.rows import body_heights
from pipeline.extract.tokens import Token, TokenLine, usual_height

FEWEST_BORDERS = 3  # sides and one between them: a table of one column is none
LOWEST = 0.8  # times the height of print: no row is lower
STRAY = 2.0  # points by which print may run over a border
_GLUED = re.compile(r"[一-鿿）)](\d{1,3}(,\d{3})+|\d+\.\d)|(,\d{3}|\.\d+)[一-鿿（(]|\.\d+[,.]\d")


@dataclass(frozen=True)
class _Above:
    """The head of a table laid out: the borders of all columns, the heights, and the closed sides of its fields."""

    xs: Floats
    ys: Floats
    left: Flags
    top: Flags


def laid_out(table: BarTable, lines: Sequence[TokenLine], begun: Grid | None = None) -> Grid | None:
    """The grid of a table; None where rows, columns or the reach of a heading are not certain.

    ``lines`` are what stands inside it; ``begun`` is the table of the page before when this one goes on from it.
    """
    for count, end in [(0, table.top)] if begun else head_ends(table, lines):
        head, body = [token for line in lines[:count] for token in line.tokens], lines[count:]
        above = _read_head(table, head, body, end, begun)
        grid = None if above is None else _with_body(table, above, head, body, end)
        if grid is not None:
            is_drawn = len(drawn_borders(table)) == len(grid.xs) or bool(begun and not begun.prints)
            return grid if is_drawn else replace(grid, prints=_prints(lines, grid, begun))
    return None


def _read_head(
    table: BarTable, head: Sequence[Token], body: Sequence[TokenLine], end: float, begun: Grid | None
) -> _Above | None:
    if not head:
        xs = _columns_begun(table, body, begun) if begun else _columns(body, (), drawn_borders(table))
        return None if xs is None else _flat(table, xs, end)
    known, rules = drawn_borders(table), drawn_in_head(table, end)
    if len(rules) or len(known) > 2:
        xs = _columns(body, leaf_headings(head, rules), known)
        drawn = None if xs is None else _drawn_head(table, head, rules, xs, end)
        if drawn is not None or len(table.down):
            return drawn
    elif any(runs_over(t, known) for line in body for t in line.tokens if t.is_amount):
        return None
    covering = read_covering(head, body, (table.x0, table.x1), (table.top, end))
    is_so = covering is not None and _agrees(covering, rules)
    return _covered(covering, _least_height(head)) if covering is not None and is_so else None


def _least_height(head: Sequence[Token]) -> float:
    """Points by which borders between rows stand apart at least: no row is lower than its print."""
    return min(2 * REACH, LOWEST * usual_height([TokenLine(tuple(head))]))


def _agrees(covering: Covering, rules: Floats) -> bool:
    """Whether every rule inside a head lies below the heading of a group, and over just its columns."""
    groups = [field for field in covering.fields if field.last > field.first]
    middles = [(x0 + x1) / 2 for _, x0, x1 in rules.tolist()]
    inside = [[m for m in middles if covering.xs[g.first] < m < covering.xs[g.last + 1]] for g in groups]
    return not middles or (all(inside) and len(groups) == len(middles))


def _flat(table: BarTable, xs: Floats, end: float) -> _Above:
    """No head, or one row of it with a heading over each column."""
    ys = np.array([table.top, end] if end > table.top else [table.top])
    rows = len(ys) - 1
    return _Above(xs, ys, np.ones((rows, len(xs)), dtype=bool), np.ones((rows + 1, len(xs) - 1), dtype=bool))


def _drawn_head(table: BarTable, head: Sequence[Token], rules: Floats, xs: Floats, end: float) -> _Above | None:
    ys = apart([table.top, *rules[:, 0].tolist(), end], _least_height(head))
    top = closed_rows(table.across, ys, xs)
    sides = head_sides(Head(table, tuple(head), rules, xs, ys, top))
    return None if sides is None else _Above(xs, ys, sides, top)


def _covered(covering: Covering, reach: float) -> _Above:
    """The sides of the fields that tile a head."""
    xs, fields = covering.xs, covering.fields
    ys = apart([y for field in fields for y in (field.top, field.bottom)], reach)
    owner = np.full((len(ys) - 1, len(xs) - 1), -1)
    for number, field in enumerate(fields):
        first, last = (int(np.abs(ys - y).argmin()) for y in (field.top, field.bottom))
        owner[first:last, field.first : field.last + 1] = number
    left = np.ones((len(ys) - 1, len(xs)), dtype=bool)
    left[:, 1:-1] = owner[:, 1:] != owner[:, :-1]
    top = np.ones((len(ys), len(xs) - 1), dtype=bool)
    top[1:-1] = owner[1:] != owner[:-1]
    return _Above(xs, ys, left, top)


def _with_body(
    table: BarTable, above: _Above, head: Sequence[Token], body: Sequence[TokenLine], end: float
) -> Grid | None:
    xs, depth = _moved(above.xs, head, body), len(above.ys) - 1
    if len(xs) < FEWEST_BORDERS or any(map(is_glued, body)) or _begins_among_figures(body, xs):
        return None
    heights = body_heights(table, body, xs, end)
    if heights is None:
        return None
    ys = np.concatenate([above.ys[:-1], heights])
    left = np.ones((len(ys) - 1, len(xs)), dtype=bool)
    left[:depth] = above.left
    top = closed_rows(table.across, ys, xs)
    top[: depth + 1] = above.top
    if not open_for_names(left, body, xs, ys):
        return None
    grid = merged(xs, ys, left, top)
    printed = [*head, *(token for line in body for token in line.tokens)]
    if any(not ys[0] < token.middle < ys[-1] for token in printed) or any(_is_cut(token, grid) for token in head):
        return None
    return grid


# --- columns ---------------------------------------------------------------------------------------------------------


def _columns(body: Sequence[TokenLine], leaves: Sequence[Token], known: Floats) -> Floats | None:
    """All borders: those known, and between them those that the print tells."""
    if any(runs_over(token, known) for line in body for token in line.tokens if token.is_amount):
        return None
    borders = [float(known[0])]
    for x0, x1 in pairwise(known.tolist()):
        is_drawn = len(known) > 2
        inner = [] if is_drawn and is_one_column(body, leaves, x0, x1) else column_borders(body, leaves, x0, x1)
        if inner is None:
            return None
        borders += [*inner, x1]
    return np.array(borders)


def _columns_begun(table: BarTable, body: Sequence[TokenLine], begun: Grid) -> Floats | None:
    """The borders of a table that goes on: those drawn before; where white parted its columns, each prints on there."""
    if not begun.prints:
        return _columns(body, (), begun.xs)
    before = [Token(x0, table.top, x1, table.top, "…") for x0, x1 in begun.prints]
    xs = _columns(body, before, np.array([table.x0, table.x1]))
    return xs if xs is not None and len(xs) == len(begun.xs) else None


def _prints(lines: Sequence[TokenLine], grid: Grid, begun: Grid | None) -> tuple[tuple[float, float], ...]:
    """From where to where each column prints, less what stands in several, here and on the pages before."""
    found = list(begun.prints) if begun and begun.prints else [(np.inf, -np.inf)] * (len(grid.xs) - 1)
    for token in (token for line in lines for token in line.tokens):
        first, last = (np.searchsorted(grid.xs, [token.x0 + STRAY, token.x1 - STRAY]) - 1).tolist()
        if first == last:
            found[first] = (min(found[first][0], token.x0), max(found[first][1], token.x1))
    return tuple(found)


def runs_over(token: Token, known: Floats) -> bool:
    """Whether print runs over a border between columns."""
    return bool(((known > token.x0 + STRAY) & (known < token.x1 - STRAY)).any())


def is_glued(line: TokenLine) -> bool:
    """Whether print touches or covers other print: an amount without white beside a name, words over words."""
    return any(token.is_overprinted or _GLUED.search(token.text) for token in line.tokens)


def _moved(xs: Floats, head: Sequence[Token], body: Sequence[TokenLine]) -> Floats:
    """The borders, each moved over the last letter of names that stick out over it, where the next column is free.

    A spreadsheet prints a name's last letter whole; 合计 in the middle of columns reaches into the next one's heading.
    """
    moved = xs.copy()
    tokens = [token for line in body for token in line.tokens]
    for place in range(1, len(xs) - 1):
        x = xs[place]
        over = [t for t in tokens if xs[place - 1] < t.centre < x and x + STRAY < t.x1 <= x + t.y1 - t.y0]
        after = [t.x0 for t in tokens if x < t.centre < xs[place + 1]] + [t.x0 for t in head if t.x0 > x]
        end = max((t.x1 for t in over), default=x)
        if x < end < min(after, default=np.inf) and end < xs[place + 1]:
            moved[place] = end
    return moved


def _begins_among_figures(body: Sequence[TokenLine], xs: Floats) -> bool:
    """Whether lines above the first with numbers print words in a column of figures: they are the head's."""
    figures = {_column(xs, token) for line in body for token in line.tokens if token.is_amount}
    above = itertools.takewhile(lambda line: not line.is_data, body)
    return any(_column(xs, token) in figures for line in above for token in line.tokens)


def _column(xs: Floats, token: Token) -> int:
    return int(np.searchsorted(xs, token.centre)) - 1


def _is_cut(token: Token, grid: Grid) -> bool:
    """Whether a heading sticks out of the field that its middle lies in."""
    row, column = np.searchsorted(grid.ys, token.middle) - 1, np.searchsorted(grid.xs, token.centre) - 1
    x0, _, x1, _ = grid.box_of(grid.spans[grid.owner[row, column]])
    return bool(token.x0 < x0 - STRAY or token.x1 > x1 + STRAY)


def open_for_names(left: Flags, body: Sequence[TokenLine], xs: Floats, ys: Floats) -> bool:
    """Open the sides that a name of the body runs over (changes ``left``); False where it runs into something."""
    rows: dict[int, list[Token]] = {}
    for line in body:
        for token in line.tokens:
            rows.setdefault(int(np.searchsorted(ys, token.middle)) - 1, []).append(token)
    for row, tokens in rows.items():
        for token in tokens:
            first, last = (np.searchsorted(xs, [token.x0 + STRAY, token.x1 - STRAY]) - 1).tolist()
            is_outside = first < 0 or last > len(xs) - 2
            if is_outside or (last > first and _runs_into(tokens, token, body, xs[first : last + 2])):
                return False
            left[row, first + 1 : last + 1] = False
    return True


def _runs_into(row: Sequence[Token], token: Token, body: Sequence[TokenLine], xs: Floats) -> bool:
    """Whether something else stands in the columns between ``xs`` that a name runs over, or begins where one does."""
    others = any(other is not token and xs[0] <= other.centre <= xs[-1] for other in row)
    return others or _begins_a_column(token, body, xs[-2])


def _begins_a_column(token: Token, body: Sequence[TokenLine], border: float) -> bool:
    """Whether names elsewhere begin where this one does and others follow past the border: two names without white."""
    others = [other for line in body for other in line.tokens if other is not token]
    begins = any(abs(other.x0 - token.x0) <= STRAY for other in others)
    return begins and any(border - STRAY <= other.x0 < token.x1 and not other.is_number for other in others)


def without_columns(table: BarTable, lines: Sequence[TokenLine]) -> Grid:
    """Line for line, all of it one column: what stands here is said, and not which column it belongs to."""
    ys = [table.top, *((a.y1 + b.y0) / 2 for a, b in pairwise(lines)), table.bottom]
    rows = len(ys) - 1
    xs, sides = np.array([table.x0, table.x1]), np.ones((rows, 2), dtype=bool)
    return merged(xs, np.array(ys), sides, np.ones((rows + 1, 1), dtype=bool))
