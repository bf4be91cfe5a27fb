"""The rows of a table's body: those that rules part, and within one field those that its lines of print make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.glyphs import Floats
from pipeline.extract.grid import NARROWEST
from pipeline.extract.tokens import TokenLine

CLEARLY_NEARER = 0.75  # times the distance to the other row: a line nearer than that belongs to its own
OWN_ROW = 0.9  # share of the least distance between rows from which a line without amounts is a row of its own
WRAPPED = 0.75  # the same share, up to which it is the rest of a wrapped name


def body_heights(table: BarTable, lines: Sequence[TokenLine], end: float) -> Floats | None:
    """The borders between the rows from the head's end to the table's; None where a line may belong to two rows."""
    drawn = [end]
    for y in np.unique(table.across[:, 0]).tolist():
        if y > drawn[-1] + NARROWEST:
            drawn.append(y)
    heights = [end]
    for above, below in pairwise(drawn):
        inner = _borders([line for line in lines if above < line.middle < below])
        if inner is None:
            return None
        heights += [*inner, below]
    return np.array(heights) if len(heights) > 1 else None


def _borders(lines: Sequence[TokenLine]) -> list[float] | None:
    """The borders between the rows of one field."""
    if not _holds_rows(lines):
        return []
    rows = _rows(lines)
    return None if rows is None else [(a[-1].bottom + b[0].top) / 2 for a, b in pairwise(rows)]


def _holds_rows(lines: Sequence[TokenLine]) -> bool:
    """Whether a field prints amounts one below another."""
    amounts = [token for line in lines for token in line.tokens if token.is_amount]
    return any(
        a is not b and a.x0 < b.x1 and b.x0 < a.x1 and abs(a.middle - b.middle) > (a.y1 - a.y0) / 2
        for a in amounts
        for b in amounts
    )


def _rows(lines: Sequence[TokenLine]) -> list[list[TokenLine]] | None:
    """Lines as rows: each with amounts begins one, and the others belong to the nearest, or are rows of their own."""
    middles = [line.middle for line in lines if line.has_amount]
    closest = float(np.diff(middles).min())
    rows: list[list[TokenLine]] = []
    homes: list[float] = []
    for line in lines:
        home = line.middle if line.has_amount else _home(line.middle, middles, closest)
        if home is None:
            return None
        if homes and home == homes[-1]:
            rows[-1].append(line)
        else:
            rows.append([line])
            homes.append(home)
    return rows


def _home(middle: float, middles: Sequence[float], closest: float) -> float | None:
    """The row that a line without amounts belongs to (its own middle when to none); None when it could be two."""
    near, *others = sorted(middles, key=lambda other: abs(other - middle))
    distance = abs(near - middle)
    if distance >= OWN_ROW * closest:
        return middle
    is_nearer = not others or distance <= CLEARLY_NEARER * abs(others[0] - middle)
    return near if is_nearer and distance <= WRAPPED * closest else None
