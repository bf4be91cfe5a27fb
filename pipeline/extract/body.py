"""The rows of a table's body: those that rules part, and within one field those that its lines of print make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.glyphs import Floats
from pipeline.extract.grid import NARROWEST
from pipeline.extract.tokens import TokenLine

WRAPPED = 0.77  # share of the least step between rows, up to which a line is the rest of the one above
FEWEST_DRAWN = 4  # rules of a body whose rows are drawn: fewer part it nowhere, or once above a total
AWRY = 2.5  # points by which amounts may miss the middle of their row
OWN_ROW = 0.9  # the same share, from which it is a row of its own; between the two it may be either


def body_heights(table: BarTable, lines: Sequence[TokenLine], end: float) -> Floats | None:
    """The borders between the rows from the head's end to the table's; None where a line may belong to two rows."""
    drawn = [end]
    for y in [*np.unique(table.across[:, 0]).tolist(), table.bottom]:
        if y > drawn[-1] + NARROWEST:
            drawn.append(y)
    heights = [end]
    for above, below in pairwise(drawn):
        inside = [line for line in lines if above < line.middle < below]
        if len(drawn) < FEWEST_DRAWN and not _may_be_one(inside):
            return None
        inner = _borders(inside)
        if inner is None:
            return None
        heights += [*inner, below]
    return np.array(heights) if len(heights) > 1 else None


def _may_be_one(lines: Sequence[TokenLine]) -> bool:
    """Whether a body without rules that prints one line with amounts is one row, and not rows of which one has some."""
    return sum(line.has_amount for line in lines) != 1 or len(lines) == 1 or _stands(lines, "around")


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
    """Lines as rows, by the steps between them: lines of one row stand clearly nearer than rows do.

    None where a step may be either, or where two lines with amounts would be one row.
    """
    steps = [b.middle - a.middle for a, b in pairwise(lines)]
    of_rows = [step for step, (a, b) in zip(steps, pairwise(lines), strict=True) if a.has_amount and b.has_amount]
    least = min(of_rows) if of_rows else _jump(steps)
    if least is None or any(WRAPPED * least < step < OWN_ROW * least for step in steps):
        return None
    rows = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step >= OWN_ROW * least:
            rows.append([line])
        else:
            rows[-1].append(line)
    printed = [sum(line.has_amount for line in row) for row in rows]
    return rows if max(printed) <= 1 and (of_rows or min(printed) == 1) and _stand_alike(rows) else None


def _jump(steps: Sequence[float]) -> float | None:
    """The least step between rows where no two lines with amounts follow one another: past the greatest jump."""
    ordered = sorted(steps)
    ratio, step = max(((b / max(a, 1.0), b) for a, b in pairwise(ordered)), default=(0.0, 0.0))
    return step if ratio >= 1 / WRAPPED else None


def _stand_alike(rows: Sequence[Sequence[TokenLine]]) -> bool:
    """Whether wrapped names stand to the amounts of their rows alike: all around them, all from them down, or up."""
    wrapped = [row for row in rows if len(row) > 1 and any(line.has_amount for line in row)]
    ways = [{way for way in _WAYS if _stands(row, way)} for row in wrapped]
    return not ways or bool(set.intersection(*ways))


_WAYS = ("around", "down", "up")


def _stands(row: Sequence[TokenLine], way: str) -> bool:
    at = next(line.middle for line in row if line.has_amount)
    first, last = row[0].middle, row[-1].middle
    place = {"around": (first + last) / 2, "down": first, "up": last}[way]
    return abs(place - at) <= AWRY
