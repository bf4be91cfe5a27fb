"""The rows of a table's body: those that rules part, and within one field those that its lines of print make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.frame import Floats
from pipeline.extract.grid import NARROWEST
from pipeline.extract.rows import row_borders
from pipeline.extract.tokens import TokenLine

ACROSS = 0.3  # share of a line's height by which its middle may come near a border
FEWEST_DRAWN = 4  # rules of a body whose rows are drawn: fewer part it nowhere, or once above a total


def body_heights(table: BarTable, lines: Sequence[TokenLine], xs: Floats, end: float) -> Floats | None:
    """The borders between the rows from the head's end to the table's; None where a line may belong to two rows."""
    drawn = [end]
    for y in np.unique([*table.across[:, 0], *table.levels]).tolist():
        if y > drawn[-1] + NARROWEST:
            drawn.append(y)
    if any(_lies_across(line, drawn[1:-1]) for line in lines):
        drawn = [end, drawn[-1]]
    heights = [end]
    for above, below in pairwise(drawn):
        inside = [line for line in lines if above < line.middle < below]
        is_row = len(inside) < 2 or (len(drawn) >= FEWEST_DRAWN and not _holds_rows(inside))
        inner = [] if is_row else row_borders(inside, xs)
        if inner is None:
            return None
        heights += [*inner, below]
    return np.array(heights) if len(heights) > 1 else None


def _lies_across(line: TokenLine, borders: Sequence[float]) -> bool:
    """Whether a line is printed across a border: a spreadsheet's name with more lines than its row is high.

    Its own row is then told by what it stands around, not by the rules.
    """
    return any(abs(token.middle - y) < ACROSS * (token.y1 - token.y0) for token in line.tokens for y in borders)


def _holds_rows(lines: Sequence[TokenLine]) -> bool:
    """Whether a field prints amounts one below another."""
    amounts = [token for line in lines for token in line.tokens if token.is_amount]
    return any(
        a is not b and a.x0 < b.x1 and b.x0 < a.x1 and abs(a.middle - b.middle) > (a.y1 - a.y0) / 2
        for a in amounts
        for b in amounts
    )
