"""What is drawn of a table without all its rules: borders between its columns, and which sides between rows close."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.frame import Flags, Floats
from pipeline.extract.grid import REACH, closed_sides

FEWEST_ENDS = 0.6  # share of the full rules at which pieces must end for a border between columns
FEWEST_WITH_ENDS = 3
SHORTEST_PIECE = 10.0  # points: shorter ones are dashes
STRAY = 2.0  # points by which pieces may end beside one another


def drawn_borders(table: BarTable) -> Floats:
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
    return apart(found)


def apart(found: Sequence[float], reach: float = 2 * REACH) -> Floats:
    """Positions in order, those within ``reach`` points of one another as one."""
    groups: list[list[float]] = []
    for x in sorted(found):
        if groups and x - groups[-1][0] <= reach:
            groups[-1].append(x)
        else:
            groups.append([x])
    return np.array([sum(group) / len(group) for group in groups])


def closed_rows(across: Floats, ys: Floats, xs: Floats) -> Flags:
    """Which sides between rows are closed (borders by columns): where a rule is drawn, its reach; else all of them."""
    if not len(across):
        return np.ones((len(ys), len(xs) - 1), dtype=bool)
    top = closed_sides(across, ys, xs).T
    drawn = (np.abs(across[:, 0][:, None] - ys[None, :]) <= REACH).any(axis=0)
    top[~drawn] = True
    top[[0, -1]] = True
    return top
