"""Tables without rules: where a page sets text like one, by the alignment of what it prints.

A table guessed from white space is worth less than one that is drawn, and is said to be so (``method`` is ``aligned``).
Its body begins at the first line that prints amounts by themselves and ends before text, a title or a wide white; its
head is what stands close above, less the title and the line that states the unit. What it says is then read as that
of a table with rules across is (``layout``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.extract.bars import BarTable
from pipeline.extract.frame import Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import Grid
from pipeline.extract.layout import laid_out, without_columns
from pipeline.extract.tokens import Token, TokenLine, token_lines, usual_height
from pipeline.extract.words import line_words

FEWEST_LINES = 3  # with amounts, of a table whose head or columns are not told
FEWEST_NUMBERS = 4  # side by side, of a row without amounts
FEWEST_AMOUNTS = 2  # of a table with a head
MOST_HEAD_LINES = 12
LONGEST_NAME = 30  # characters of a lone piece of print that may still be a name
LARGER = 1.15  # times the usual height of print: a title's
WIDE = 2.5  # times the usual step between lines: white that ends a table
TALLEST = 5.0  # times the height of print: rows may be as tall
NARROW = 6.0  # times the height of print: the number of a page is no wider, dashes included
HEAD_APART = 3.0  # times the height of print: what stands farther above a body is no head of it
WIDER = 30.0  # points by which a table that goes on may print wider than on the page before
_COLON = re.compile("[:：]")
_NO_RULES = np.empty((0, 3))


def find_aligned(
    glyphs: Glyphs, begun: Grid | None = None, chosen: Integers | None = None, *, is_alone: bool = True
) -> list[Grid]:
    """The tables that a page sets by alignment, from top to bottom, among its ``chosen`` glyphs (all unless told).

    ``begun`` is the table that ended the page before: where no head stands here and its columns hold, it goes on.
    Where the page draws a table (``is_alone`` is false) a line or two outside it are cut rows of that, and no table.
    """
    lines = token_lines(glyphs, np.arange(len(glyphs.codes)) if chosen is None else chosen)
    grids: list[Grid] = []
    start = 0
    while (region := _next_region(lines, start)) is not None:
        first, body, start = region
        if not is_alone and data_lines(lines[body:start]) < FEWEST_LINES:
            continue
        goes_on = begun if not grids and first in (0, body) else None
        grid = _grid(lines[first:body], lines[body:start], goes_on)
        grids += [] if grid is None else [grid]
    return grids


def data_lines(lines: Sequence[TokenLine]) -> int:
    """How many lines print amounts by themselves, as only tables do."""
    return sum(map(_is_data, lines))


def _is_data(line: TokenLine) -> bool:
    """Amounts by themselves, or whole numbers and dashes side by side, with no more than the name of their row."""
    return (_is_numbers(line) or (line.has_amount and len(line.tokens) > 1)) and not _is_text(line)


def _is_numbers(line: TokenLine) -> bool:
    numbers = sum(token.is_number for token in line.tokens)
    return numbers >= FEWEST_NUMBERS and len(line.tokens) - numbers <= 1 and not line.numbers_columns


def _is_text(line: TokenLine) -> bool:
    return any(line_words().sentences.search(token.text) for token in line.tokens)


def _next_region(lines: Sequence[TokenLine], start: int) -> tuple[int, int, int] | None:
    """First line of the head, of the body, and the one after: of the first table from ``start`` on."""
    first = next((n for n in range(start, len(lines)) if _is_data(lines[n])), None)
    if first is None:
        return None
    usual = usual_height(lines[first : first + FEWEST_LINES])
    end = first + 1
    steps: list[float] = []
    while end < len(lines) and not _ends(lines[end - 1], lines[end], usual, steps):
        steps.append(lines[end].middle - lines[end - 1].middle)
        end += 1
    is_cut = not any(len(line.tokens) > 1 or not line.tokens[0].is_number for line in lines[end:])
    while not (_is_row(lines[end - 1], is_cut=is_cut) or _wraps(lines[end - 2], lines[end - 1])):
        end -= 1
    head = first
    while head > max(start, first - MOST_HEAD_LINES) and _may_head(lines[head - 1], lines[head], usual):
        head -= 1
    while head < first and lines[head].numbers_columns:  # numbers alone are no head: of pages, of columns
        head += 1
    return head, first, end


def _ends(above: TokenLine, line: TokenLine, usual: float, steps: Sequence[float]) -> bool:
    """Whether a line is no part of the body above it."""
    step = line.middle - above.middle
    far = step > max(WIDE * float(np.median(steps)) if steps else 0.0, TALLEST * usual)
    lone = len(line.tokens) == 1
    is_note = lone and len(line.tokens[0].text) > LONGEST_NAME
    return far or is_note or _is_text(line) or _is_furniture(line, usual)


def _is_furniture(line: TokenLine, usual: float) -> bool:
    """A title, a line that states the unit, or a page's number (— 5 —, 第5页, 5/21)."""
    words = line_words()
    if any(words.unit.search(token.text) or token.y1 - token.y0 > LARGER * usual for token in line.tokens):
        return True
    if line.has_amount:
        return False
    if line.says_page and line.tokens[-1].x1 - line.tokens[0].x0 <= NARROW * usual:
        return True
    text = line.tokens[0].text
    return len(line.tokens) == 1 and bool(words.title_ends.search(text) or _COLON.search(text))


def _may_head(line: TokenLine, below: TokenLine, usual: float) -> bool:
    if below.y0 - line.y1 > HEAD_APART * usual or _is_text(line) or line.has_amount:
        return False
    return not _is_furniture(line, usual)


def _is_row(line: TokenLine, *, is_cut: bool) -> bool:
    """Whether a line at the foot is a row: it prints numbers, or it is a name and the page's end cuts the table."""
    return (len(line.tokens) > 1 and line.is_data) or line.has_amount or (is_cut and not line.tokens[0].is_number)


def _wraps(above: TokenLine, line: TokenLine) -> bool:
    """Whether a line without amounts may be the rest of a name in the row above."""
    return line.y0 - above.y1 < (line.y1 - line.y0) / 2


def _grid(head: Sequence[TokenLine], body: Sequence[TokenLine], begun: Grid | None) -> Grid | None:
    lines = [*head, *body]
    table = _region(lines, body)
    amounts = [t for line in body for t in line.tokens if t.is_amount or (t.is_number and _is_numbers(line))]
    grid = laid_out(table, lines) if head and (len(amounts) >= FEWEST_AMOUNTS or _is_headed_alike(head, body)) else None
    if grid is None and begun is not None and _is_within(table, begun):
        grid = laid_out(_as_wide(table, begun), lines, begun)
    enough = data_lines(body) >= FEWEST_LINES
    if grid is None and not head and enough:
        grid = laid_out(table, lines)
    if grid is not None:
        return grid
    return without_columns(table, lines) if enough or _heads(head, amounts) else None


def _is_headed_alike(head: Sequence[TokenLine], body: Sequence[TokenLine]) -> bool:
    """Whether the table is one row with one amount, under as many headings as it has entries."""
    return len(body) == 1 and len(head[-1].tokens) == len(body[0].tokens) > 1


def _as_wide(table: BarTable, begun: Grid) -> BarTable:
    return replace(table, x0=min(table.x0, float(begun.xs[0])), x1=max(table.x1, float(begun.xs[-1])))


def _heads(head: Sequence[TokenLine], amounts: Sequence[Token]) -> bool:
    """Whether headings side by side stand over amounts side by side."""
    return any(len(line.tokens) > 1 for line in head) and len(amounts) >= FEWEST_AMOUNTS


def _region(lines: Sequence[TokenLine], body: Sequence[TokenLine]) -> BarTable:
    tokens = [token for line in lines for token in line.tokens]
    x0, x1 = min(t.x0 for t in tokens) - 1, max(t.x1 for t in tokens) + 1
    levels = (min(t.y0 for t in tokens) - 1, max(line.y1 for line in body) + 1)
    return BarTable(x0, x1, levels, _NO_RULES, _NO_RULES, _NO_RULES)


def _is_within(table: BarTable, begun: Grid) -> bool:
    return bool(table.x0 >= begun.xs[0] - WIDER and table.x1 <= begun.xs[-1] + WIDER)
