"""Tables with rules across and none, or not all, of those down: three-line tables, a rule under each row, a drawn head.

Rows come from the rules, and from the lines of print where one field holds several; columns from what is drawn (rules
down, the ends of rules across, the table as it began on the page before), else from the white that runs through all
rows (``columns``), with the headings over it (``heads``). Where that allows two readings the table is given row by row
without columns, so that no figure of it passes for another's: a table not read is better than one read wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import FEWEST_BARS, SHORTEST_BAR, BarTable, find_bar_tables
from pipeline.extract.body import body_heights
from pipeline.extract.cells import FilledGrid
from pipeline.extract.columns import column_borders, is_one_column
from pipeline.extract.glyphs import Flags, Floats, Glyphs
from pipeline.extract.grid import REACH, Grid, closed_sides, merged
from pipeline.extract.heads import Head, head_end, head_rules, head_sides, leaf_headings
from pipeline.extract.rules import Rules
from pipeline.extract.tokens import Token, TokenLine, token_lines

FEWEST_LEVELS = 3  # full rules of a table that no page before began
FEWEST_ENDS = 0.6  # share of the full rules at which pieces must end for a border between columns
FEWEST_WITH_ENDS = 3
FEWEST_BORDERS = 3  # sides and one between them: a table of one column is none
SHORTEST_PIECE = 10.0  # points: shorter ones are dashes
FEWEST_RUN_TOGETHER = 3  # rows of a table drawn without its inner rules down
STRAY = 2.0  # points by which print may run over a border
_GLUED = re.compile(r"[一-鿿）)](\d{1,3}(,\d{3})+|\d+\.\d)|(,\d{3}|\.\d+)[一-鿿（(]")
_SIDE_BY_SIDE = re.compile(r"\S  ?-?\d[\d,]*\.\d+$", re.MULTILINE)


def find_barred(rules: Rules, glyphs: Glyphs, begun: Grid | None = None) -> list[Grid]:
    """The tables that a page's rules across hold together, from top to bottom.

    ``begun`` is the table that ended the page before: where its sides agree and no head stands here, it goes on.
    """
    lines = token_lines(glyphs, np.arange(len(glyphs.codes)))
    tables = find_bar_tables(rules, lines, None if begun is None else (begun.xs[0], begun.xs[-1]))
    grids = [_grid(table, _inside(table, lines), None if place else begun) for place, table in enumerate(tables)]
    return [grid for grid in grids if grid is not None]


def is_all_drawn(rules: Rules, drawn: Sequence[FilledGrid]) -> bool:
    """Whether the page's long rules across all lie in tables that are drawn, with no field that holds a whole row."""
    if any(map(is_run_together, drawn)):
        return False
    loose = rules.horizontal[rules.horizontal[:, 2] - rules.horizontal[:, 1] >= SHORTEST_BAR]
    for _, y0, _, y1 in (filled.grid.box for filled in drawn):
        loose = loose[(loose[:, 0] < y0 - REACH) | (loose[:, 0] > y1 + REACH)]
    if len(loose) >= FEWEST_BARS:
        return False
    # one rule as wide as a table, off it: the table's body draws no rules down
    sides = [filled.grid.xs[[0, -1]] for filled in drawn]
    return not any(bool((np.abs(loose[:, 1:] - ends) <= REACH).all(axis=1).any()) for ends in sides)


def is_run_together(filled: FilledGrid) -> bool:
    """Whether fields print a name and an amount, or two amounts, with white between them: a row is in one field."""
    rows = {cell.span.row for cell in filled.cells if _SIDE_BY_SIDE.search(cell.reading.raw)}
    is_one_column = len(filled.grid.xs) < FEWEST_BORDERS
    return len(rows) >= (1 if is_one_column else FEWEST_RUN_TOGETHER)


def _inside(table: BarTable, lines: Sequence[TokenLine]) -> list[TokenLine]:
    within = (
        tuple(t for t in line.tokens if table.top < t.middle < table.bottom and table.x0 <= t.centre <= table.x1)
        for line in lines
    )
    return [TokenLine(tokens) for tokens in within if tokens]


def _grid(table: BarTable, lines: Sequence[TokenLine], begun: Grid | None) -> Grid | None:
    end = head_end(table, lines)
    goes_on = begun is not None and end == table.top and _same_sides(table, begun)
    if not goes_on and not _is_table(table, lines, end):
        return None
    head = [token for line in lines for token in line.tokens if token.middle < end]
    body = [line for line in lines if line.middle > end]
    known = begun.xs if goes_on and begun is not None else _drawn_borders(table)
    grid = _laid_out(table, head, body, end, known)
    if grid is None and begun is not None and _repeats_head(table, begun, end):
        grid = _laid_out(table, head, body, end, begun.xs)
    return grid or without_columns(table, lines)


def _repeats_head(table: BarTable, begun: Grid, end: float) -> bool:
    """Whether a head is as wide and drawn as high as the one on the page before: printed again, most likely."""
    inside = table.across[(table.across[:, 0] >= table.top) & (table.across[:, 0] <= end + REACH), 0]
    heights, before = _apart(inside.tolist()) - table.top, begun.ys - begun.ys[0]
    return _same_sides(table, begun) and all(np.abs(before - height).min() <= 1.0 for height in heights.tolist())


def _same_sides(table: BarTable, begun: Grid) -> bool:
    return bool(abs(table.x0 - begun.xs[0]) <= REACH and abs(table.x1 - begun.xs[-1]) <= REACH)


def _is_table(table: BarTable, lines: Sequence[TokenLine], end: float) -> bool:
    """A head of several columns and rows below it; else the rules are a frame, a chart or decoration."""
    heads_columns = any(len(line.tokens) > 1 for line in lines if line.middle < end)
    return len(table.levels) >= FEWEST_LEVELS and heads_columns and end < table.bottom


def _drawn_borders(table: BarTable) -> Floats:
    """Borders between columns that are drawn: rules down, ends of shorter rules, pieces that end below one another."""
    pieces = table.pieces[table.pieces[:, 2] - table.pieces[:, 1] >= SHORTEST_PIECE]
    ends, heights = pieces[:, 1:].ravel(), np.repeat(pieces[:, 0], 2)
    found = [table.x0, table.x1, *table.down[:, 0].tolist()]
    for x in np.unique(np.round(ends)).tolist():
        at = np.unique(np.round(heights[np.abs(ends - x) <= STRAY]))
        if len(at) >= max(FEWEST_WITH_ENDS, FEWEST_ENDS * len(table.levels)):
            found.append(x)
    shorter = table.across[(table.across[:, 1] > table.x0 + REACH) | (table.across[:, 2] < table.x1 - REACH)]
    found += shorter[:, 1:].ravel().tolist()
    return _apart(found)


def _apart(found: Sequence[float]) -> Floats:
    """Positions in order, those within reach of one another as one."""
    groups: list[list[float]] = []
    for x in sorted(found):
        if groups and x - groups[-1][0] <= 2 * REACH:
            groups[-1].append(x)
        else:
            groups.append([x])
    return np.array([sum(group) / len(group) for group in groups])


def _laid_out(
    table: BarTable, head: Sequence[Token], body: Sequence[TokenLine], end: float, known: Floats
) -> Grid | None:
    """The grid; None where rows, columns or the reach of a heading are not certain."""
    rules = head_rules(table, head, end)
    if rules is None:
        return None
    xs = _columns(body, leaf_headings(head, rules), known)
    heights = body_heights(table, body, end)
    if xs is None or heights is None or len(xs) < FEWEST_BORDERS:
        return None
    tops = _apart([table.top, *rules[:, 0].tolist(), *([end] if end > table.top else [])])
    ys, depth = np.concatenate([tops[:-1], heights]), len(tops) - 1
    top = _closed_rows(np.concatenate([table.across, rules]), xs, ys, depth)
    left = np.ones((len(ys) - 1, len(xs)), dtype=bool)
    if depth:
        sides = head_sides(Head(table, tuple(head), rules, xs, ys[: depth + 1], top[: depth + 1]))
        if sides is None:
            return None
        left[:depth] = sides
    certain = open_for_names(left, body, xs, ys) and not any(map(is_glued, body))
    grid = merged(xs, ys, left, top)
    return grid if certain and not any(_is_cut(token, grid) for token in head) else None


def is_glued(line: TokenLine) -> bool:
    """Whether an amount stands without white beside a name: which column ends where cannot be seen."""
    return any(_GLUED.search(token.text) for token in line.tokens)


def _is_cut(token: Token, grid: Grid) -> bool:
    """Whether a heading sticks out of the field that its middle lies in."""
    row, column = np.searchsorted(grid.ys, token.middle) - 1, np.searchsorted(grid.xs, token.centre) - 1
    x0, _, x1, _ = grid.box_of(grid.spans[grid.owner[row, column]])
    return bool(token.x0 < x0 - STRAY or token.x1 > x1 + STRAY)


def _closed_rows(across: Floats, xs: Floats, ys: Floats, depth: int) -> Flags:
    """Which sides between rows are closed (borders by columns): where a rule is drawn, its reach; else all of them."""
    top = closed_sides(across, ys, xs).T
    drawn = (np.abs(across[:, 0][:, None] - ys[None, :]) <= REACH).any(axis=0)
    top[~drawn] = True
    top[[0, depth, -1]] = True
    return top


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


def runs_over(token: Token, known: Floats) -> bool:
    """Whether print runs over a border between columns."""
    return bool(((known > token.x0 + STRAY) & (known < token.x1 - STRAY)).any())


def open_for_names(left: Flags, body: Sequence[TokenLine], xs: Floats, ys: Floats) -> bool:
    """Open the sides that a name of the body runs over (changes ``left``); False where it runs into something."""
    for line in body:
        row = int(np.searchsorted(ys, line.middle)) - 1
        for token in line.tokens:
            first, last = (np.searchsorted(xs, [token.x0 + STRAY, token.x1 - STRAY]) - 1).tolist()
            if last > first and (
                _takes_others(line, token, xs[first], xs[last + 1]) or _begins_a_column(token, body, xs[last])
            ):
                return False
            left[row, first + 1 : last + 1] = False
    return True


def _takes_others(line: TokenLine, token: Token, x0: float, x1: float) -> bool:
    """Whether something else stands in the columns that a name runs over."""
    return any(other is not token and x0 <= other.centre <= x1 for other in line.tokens)


def _begins_a_column(token: Token, body: Sequence[TokenLine], border: float) -> bool:
    """Whether names elsewhere begin where this one does and others follow past the border: two names without white."""
    others = [other for line in body for other in line.tokens if other is not token]
    begins = any(abs(other.x0 - token.x0) <= STRAY for other in others)
    return begins and any(border - STRAY <= other.x0 < token.x1 and not other.is_number for other in others)


def without_columns(table: BarTable, lines: Sequence[TokenLine]) -> Grid:
    """Line for line, all of it one column: what stands here is said, and not which column it belongs to."""
    ys = [table.top, *((a.bottom + b.top) / 2 for a, b in pairwise(lines)), table.bottom]
    rows = len(ys) - 1
    xs, sides = np.array([table.x0, table.x1]), np.ones((rows, 2), dtype=bool)
    return merged(xs, np.array(ys), sides, np.ones((rows + 1, 1), dtype=bool))
