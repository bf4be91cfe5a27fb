"""Rules to grids: which rules belong to one table, where its rows and columns are, which cells are merged.

A table is a set of rules that touch one another. Its row and column borders are the rules' positions; two
neighbouring fields with no rule between them are one merged cell. Nothing here looks at text.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.frame import Flags, Floats, Integers
from pipeline.extract.rules import SAME_LINE, Rules

REACH = 3.0  # points by which a rule may miss the one that it is meant to meet
OPEN_SIDE = 8.0  # points by which the rules must stand out for a side to count as open
COVERED = 0.5  # share of a field's side that a rule must cover to close it
NARROWEST = 3.0  # points: borders closer than this are one border


@dataclass(frozen=True)
class Span:
    """One cell of a grid: first row and column (from 0) and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """Borders of rows and columns in reading space, and the cells. ``owner[row, column]`` is the cell's index.

    ``open_below`` are the columns whose last cell no rule closes: a page break cut it, and it goes on; ``open_left``
    and ``open_right`` the rows that no rule closes at the side, where the paper cut a few of many. ``prints`` is,
    where white alone parts the columns, from where to where each prints.
    """

    xs: Floats
    ys: Floats
    spans: tuple[Span, ...]
    owner: Integers
    open_below: frozenset[int] = frozenset()
    prints: tuple[tuple[float, float], ...] = ()
    open_left: frozenset[int] = frozenset()
    open_right: frozenset[int] = frozenset()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Outer box of the grid."""
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])

    def is_open_below(self, span: Span) -> bool:
        """Whether no rule closes a cell at the foot of the grid."""
        columns = range(span.column, span.column + span.columns)
        return span.row + span.rows == len(self.ys) - 1 and self.open_below.issuperset(columns)

    def box_of(self, span: Span) -> tuple[float, float, float, float]:
        """Box of one cell."""
        return (
            float(self.xs[span.column]),
            float(self.ys[span.row]),
            float(self.xs[span.column + span.columns]),
            float(self.ys[span.row + span.rows]),
        )


def find_grids(rules: Rules) -> list[Grid]:
    """The grids that a page's rules draw, from top to bottom; frames around a single field are none."""
    grids = [_grid(part) for part in _connected(rules)]
    found = [grid for grid in grids if grid is not None]
    return sorted(_outermost(found), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _connected(rules: Rules) -> list[Rules]:
    """Rules split into groups that touch one another."""
    h, v = rules.horizontal, rules.vertical
    if not len(h) or not len(v):
        return []
    meets = (
        (v[None, :, 0] >= h[:, None, 1] - REACH)
        & (v[None, :, 0] <= h[:, None, 2] + REACH)
        & (h[:, None, 0] >= v[None, :, 1] - REACH)
        & (h[:, None, 0] <= v[None, :, 2] + REACH)
    )
    labels = _components(np.asarray(meets))
    groups = []
    for label in range(1, int(labels.max(initial=0)) + 1):
        rows = labels[: len(h)] == label
        columns = labels[len(h) :] == label
        if rows.sum() >= 2 and columns.any():
            groups.append(Rules(h[rows], v[columns | _beside(v, ~labels[len(h) :].astype(bool), v[columns])]))
    return groups


def _beside(v: Floats, lone: Flags, group: Floats) -> Flags:
    """Lone verticals as high as the group: sides of cells cut by both edges of the page, with no rule at their ends."""
    top, bottom = group[:, 1].min(), group[:, 2].max()
    return np.asarray(lone & (np.abs(v[:, 1] - top) <= REACH) & (np.abs(v[:, 2] - bottom) <= REACH), dtype=bool)


def _components(meets: Flags) -> Integers:
    """Labels (from 1) of the connected parts of a two-sided graph: its rows first, then its columns; lone ones 0."""
    rows, columns = meets.shape
    labels = np.zeros(rows + columns, dtype=np.int64)
    label = 0
    for seed in range(rows):
        if labels[seed] or not meets[seed].any():
            continue
        label += 1
        reached_rows = np.zeros(rows, dtype=bool)
        reached_rows[seed] = True
        while True:
            reached_columns = meets[reached_rows].any(axis=0)
            grown = reached_rows | meets[:, reached_columns].any(axis=1)
            if (grown == reached_rows).all():
                break
            reached_rows = grown
        labels[:rows][reached_rows] = label
        labels[rows:][reached_columns] = label
    return labels


def _grid(rules: Rules) -> Grid | None:
    xs = _borders(rules.vertical[:, 0])
    ys = _borders(rules.horizontal[:, 0])
    xs = _with_open_sides(xs, rules.horizontal)
    ys = _with_open_sides(ys, rules.vertical)
    if len(xs) < 2 or len(ys) < 2:
        return None
    left = closed_sides(rules.vertical, xs, ys)
    top = closed_sides(rules.horizontal, ys, xs).T
    open_below = frozenset(np.flatnonzero(~top[-1]).tolist())
    open_left, open_right = (frozenset(np.flatnonzero(~left[:, side]).tolist()) for side in (0, -1))
    # The outside is closed even where a producer left the side open.
    left[:, [0, -1]] = True
    top[[0, -1], :] = True
    grid = replace(merged(xs, ys, left, top), open_below=open_below, open_left=open_left, open_right=open_right)
    return grid if len(grid.spans) > 1 else None


def _borders(positions: Floats) -> Floats:
    borders: list[list[float]] = []
    for position in np.sort(positions):
        if borders and position - borders[-1][0] <= NARROWEST:
            borders[-1].append(float(position))
        else:
            borders.append([float(position)])
    return np.array([sum(group) / len(group) for group in borders])


def _with_open_sides(borders: Floats, crossing: Floats) -> Floats:
    """Add the ends of the crossing rules where several stand out beyond the outermost border."""
    low, high = borders[0], borders[-1]
    starts = crossing[crossing[:, 1] < low - OPEN_SIDE, 1]
    ends = crossing[crossing[:, 2] > high + OPEN_SIDE, 2]
    added = list(borders)
    if len(starts) >= 2:
        added.insert(0, float(np.median(starts)))
    if len(ends) >= 2:
        added.append(float(np.median(ends)))
    return np.array(added)


def closed_sides(lines: Floats, positions: Floats, fields: Floats) -> Flags:
    """Does a rule close that side? For each field (between two of ``fields``) and each position."""
    lengths = np.diff(fields)
    covered = np.zeros((len(lengths), len(positions)))
    nearest = np.abs(lines[:, 0][:, None] - positions[None, :]).argmin(axis=1)
    for line, place in zip(lines, nearest, strict=True):
        if abs(line[0] - positions[place]) > NARROWEST + SAME_LINE:
            continue
        overlap = np.minimum(fields[1:], line[2]) - np.maximum(fields[:-1], line[1])
        covered[:, place] += np.maximum(overlap, 0)
    return np.asarray(covered >= COVERED * lengths[:, None], dtype=bool)


def merged(xs: Floats, ys: Floats, left: Flags, top: Flags) -> Grid:
    """The grid of closed sides: ``left`` (rows, borders across) and ``top`` (borders down, columns).

    Fields with no rule between them become one cell; a cell is always a rectangle, grown right, then down.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    closed = _Closed(left.tolist(), top.tolist())  # plain lists: asking numpy a field costs more than the question
    owner = [[-1] * columns for _ in range(rows)]
    spans: list[Span] = []
    for row, column in itertools.product(range(rows), range(columns)):
        if owner[row][column] < 0:
            span = _grow(row, column, owner, closed)
            for taken in owner[row : row + span.rows]:
                taken[column : column + span.columns] = [len(spans)] * span.columns
            spans.append(span)
    return Grid(xs, ys, tuple(spans), np.array(owner, dtype=np.int64))


@dataclass(frozen=True)
class _Closed:
    """Which sides of the fields a rule closes: [row][column], one more column (row) than there are fields."""

    left: list[list[bool]]
    top: list[list[bool]]

    def opens_to(self, bottom: int, column: int, right: int) -> bool:
        """No rule above any field of the next row, none inside it, and one (or the outside) at both its ends."""
        if any(self.top[bottom][column:right]) or any(self.left[bottom][column + 1 : right]):
            return False
        return self.left[bottom][column] and self.left[bottom][right]


def _grow(row: int, column: int, owner: list[list[int]], closed: _Closed) -> Span:
    rows, columns = len(owner), len(owner[0])
    right = column + 1
    while right < columns and not closed.left[row][right] and owner[row][right] < 0:
        right += 1
    bottom = row + 1
    while bottom < rows and closed.opens_to(bottom, column, right):
        bottom += 1
    return Span(row, column, bottom - row, right - column)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Leave out grids drawn inside a cell of another grid."""
    return [grid for grid in grids if not any(_inside(grid, other) for other in grids if other is not grid)]


def _inside(inner: Grid, outer: Grid) -> bool:
    a, b = inner.box, outer.box
    within = a[0] >= b[0] - REACH and a[1] >= b[1] - REACH and a[2] <= b[2] + REACH and a[3] <= b[3] + REACH
    return within and inner.box != outer.box
