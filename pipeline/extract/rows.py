"""The rows of a body: those that rules part, and in one field those that its lines of print make.

What is printed as a number (amounts, codes) stands on one height a row: its anchors. A name may wrap: its lines stand
around the anchor (or from it down, or up to it, all over the table alike), and each but the last is as long as the
column lets it be. A name with no anchor is a row by itself. Where lines may be parted in two ways no rows are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.frame import Floats
from pipeline.extract.grid import NARROWEST
from pipeline.extract.names import NEXT_LINE, SAME, Anchor, Blocks, Line, name_blocks
from pipeline.extract.tokens import Token, TokenLine

APART = 0.9  # the same share: anchors nearer than this are lines of one number that wraps
NUMBERS = 0.6  # share of a column's entries that are numbers from which they tell the rows
NEXT_ROW = 0.75  # share of the usual step between rows: a number nearer to a row than that is none of its own
ACROSS = 0.3  # share of a line's height by which its middle may come near a border
FEWEST_DRAWN = 4  # rules of a body whose rows are drawn: fewer part it nowhere, or once above a total
_WAYS = ("around", "down", "up")


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


# --- rows that no rule parts ------------------------------------------------------------------------------------------


def row_borders(body: Sequence[TokenLine], xs: Floats) -> list[float] | None:
    """The heights of the borders between the rows, from top to bottom; None where lines may be of two rows."""
    columns = _columns(body, xs)
    height = float(np.median([token.y1 - token.y0 for line in body for token in line.tokens]))
    numbers = [tokens for tokens in columns if _tells_rows(tokens)]
    names = [_lines(tokens, height) for tokens in columns if tokens and not _tells_rows(tokens)]
    anchors = _anchors([token for tokens in numbers for token in tokens], height)
    if any(_wraps_number(tokens, anchors, height) for tokens in numbers) or _is_lone(anchors, names, height):
        return None
    ways = list(_ways(names, anchors, height))
    best = max(map(_rank, ways), default=(0, 0))
    partings = {found for found in ways if _rank(found) == best}
    return _rows(anchors, names, partings.pop(), height) if len(partings) == 1 else None


def _ways(names: Sequence[Sequence[Line]], anchors: Sequence[Anchor], height: float) -> Iterator[tuple[Blocks, ...]]:
    """The partings of all columns of names, for each way in which names may stand to their anchors."""
    for way in _WAYS:
        found = [name_blocks(lines, anchors, height, way) for lines in names]
        parted = tuple(blocks for blocks in found if blocks is not None)
        if len(parted) == len(found):
            yield parted


def _columns(body: Sequence[TokenLine], xs: Floats) -> list[list[Token]]:
    columns: list[list[Token]] = [[] for _ in range(len(xs) - 1)]
    for line in body:
        for token in line.tokens:
            at = token.centre if token.is_number else min(token.x0 + (token.y1 - token.y0) / 2, token.centre)
            columns[int(np.clip(np.searchsorted(xs, at) - 1, 0, len(xs) - 2))].append(token)
    return columns


def _tells_rows(tokens: Sequence[Token]) -> bool:
    return sum(token.is_number for token in tokens) > NUMBERS * len(tokens)


def _lines(tokens: Sequence[Token], height: float) -> list[Line]:
    """The lines of a column of names, whatever stands on one height as one."""
    groups: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.middle):
        if groups and token.middle - groups[-1][0].middle <= SAME * height:
            groups[-1].append(token)
        else:
            groups.append([token])
    return [
        Line(
            sum(t.middle for t in group) / len(group),
            min(t.y0 for t in group),
            max(t.y1 for t in group),
            max(t.x1 for t in group) - min(t.x0 for t in group),
            max(t.x1 for t in group),
        )
        for group in groups
    ]


def _anchors(numbers: Sequence[Token], height: float) -> list[Anchor]:
    """The heights of the numbers; a number that wraps stands around its own."""
    groups: list[list[Token]] = []
    for token in sorted(numbers, key=lambda t: t.middle):
        if groups and token.middle - groups[-1][-1].middle <= APART * height:
            groups[-1].append(token)
        else:
            groups.append([token])
    return [
        Anchor(
            (min(t.middle for t in group) + max(t.middle for t in group)) / 2,
            min(t.y0 for t in group),
            max(t.y1 for t in group),
            len(group),
        )
        for group in groups
    ]


def _wraps_number(tokens: Sequence[Token], anchors: Sequence[Anchor], height: float) -> bool:
    """Whether an amount with other decimals than the rest of its column has digits below it, in another row than its
    own: that they are its rest is likely, and not certain.
    """
    ordered = sorted(tokens, key=lambda t: t.middle)
    decimals = [len(t.text.rpartition(".")[2]) if "." in t.text else 0 for t in ordered]
    usual = max(decimals, key=decimals.count, default=0)
    return any(
        a.is_amount
        and places != usual
        and b.text.isdigit()
        and b.middle - a.middle <= NEXT_LINE * height
        and not any(anchor.top <= a.middle and b.middle <= anchor.bottom for anchor in anchors)
        for (a, b), places in zip(pairwise(ordered), decimals, strict=False)
    )


def _is_lone(anchors: Sequence[Anchor], names: Sequence[Sequence[Line]], height: float) -> bool:
    """Whether one number by itself stands nearer to a row than rows do: the rest of a number that wraps."""
    heights = [line.middle for lines in names for line in lines]
    lone = [a for a in anchors if a.numbers == 1 and not any(abs(y - a.middle) <= SAME * height for y in heights)]
    full = [a for a in anchors if a not in lone]
    steps = sorted(b.middle - a.middle for a, b in pairwise(full))
    usual = steps[len(steps) // 2] if steps else 0.0
    return any(abs(a.middle - b.middle) < NEXT_ROW * usual for a in lone for b in full)


def _rank(blocks: Sequence[Blocks]) -> tuple[int, int]:
    """How well all columns of names are parted: names with an anchor, the fewest without."""
    anchors = [anchor for column in blocks for *_, anchor in column]
    return sum(anchor >= 0 for anchor in anchors), -sum(anchor < 0 for anchor in anchors)


def _rows(
    anchors: Sequence[Anchor], names: Sequence[Sequence[Line]], blocks: Sequence[Blocks], height: float
) -> list[float] | None:
    """The borders between the rows that the names and their anchors make."""
    rows = [(anchor.top, anchor.bottom) for anchor in anchors]
    alone: list[tuple[float, float, float]] = []
    for lines, parted in zip(names, blocks, strict=True):
        for first, last, anchor in parted:
            top, bottom = lines[first].top, lines[last].bottom
            if anchor >= 0:
                rows[anchor] = (min(top, rows[anchor][0]), max(bottom, rows[anchor][1]))
            else:
                alone.append((top, bottom, (lines[first].middle + lines[last].middle) / 2))
    return _parted([*rows, *_joined(alone, height)], height)


def _joined(alone: Sequence[tuple[float, float, float]], height: float) -> list[tuple[float, float]]:
    """Names without an anchor that stand beside one another as one row."""
    rows: list[tuple[float, float, float]] = []
    for top, bottom, middle in sorted(alone, key=lambda box: box[2]):
        if rows and middle - rows[-1][2] <= SAME * height:
            rows[-1] = (min(top, rows[-1][0]), max(bottom, rows[-1][1]), middle)
        else:
            rows.append((top, bottom, middle))
    return [(top, bottom) for top, bottom, _ in rows]


def _parted(rows: Sequence[tuple[float, float]], height: float) -> list[float] | None:
    """The middle between each row and the next; None where two rows overlap by more than print's own white."""
    ordered = sorted(rows)
    if any(a[1] - b[0] > 2 * SAME * height for a, b in pairwise(ordered)):
        return None
    return [(a[1] + b[0]) / 2 for a, b in pairwise(ordered)]
