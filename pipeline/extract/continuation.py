"""Tables that go on over a page.

The last table of a page and the first of the next are one table when their columns agree and nothing but page furniture
stands between them. Lines of the first's own heading may stand there too (its title, with 续 or without, its unit) when
the second repeats the first's first row, or goes right on with figures. Forms that share a heading and a layout but not
their first row (one performance sheet a page) stay apart, and so do tables that print titles of their own in them.

A sheet wider than the paper goes on beside itself: its further columns stand on the pages that follow, in rows of the
same heights, without a title of their own (a spreadsheet prints down, then over).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.extract.frame import Floats
from pipeline.extract.parts import SAME_BORDER, Part, WholeTable, matching, unmarked
from pipeline.extract.words import line_words

FEWEST_HEIGHTS = 4  # borders of rows that two parts must share to stand beside one another: a head and some rows
FEWEST_LETTERS = 3  # that the two pieces of a title share which both print what stands on the edge
FEWEST_SHIFTED = 7  # the same where one stands higher on its page, for want of the title
STRAY = 2  # characters
_AMOUNT = re.compile(r"-?[0-9][0-9,]*\.[0-9]+")


def join_parts(parts: Sequence[Part]) -> list[WholeTable]:
    """The parts, in reading order, as whole tables."""
    tables: list[WholeTable] = []
    for part in parts:
        grown = (_grow(tables[-1], part) or _widen(tables[-1], part)) if tables else None
        if grown is not None:
            tables[-1] = grown
        else:
            tables.append(WholeTable(part.filled.grid.xs, (part,)))
    return tables


def _grow(table: WholeTable, part: Part) -> WholeTable | None:
    last = table.parts[-1]
    if table.depth or not (last.is_last and part.is_first and part.page == last.page + 1):
        return None
    if not _goes_on(table.parts[0], last, part):
        return None
    if _aligned_alike(last, part):
        return WholeTable(table.xs, (*table.parts, part))
    xs = _common(table.xs, part.filled.grid.xs)
    return None if xs is None else WholeTable(xs, (*table.parts, part))


def _goes_on(first: Part, last: Part, part: Part) -> bool:
    """Whether what is printed between a table's last part and another lets that one be its next."""
    between = [line for line in (*last.below, *part.above) if not _is_nothing(line)]
    heading, unit = {unmarked(line) for line in first.above}, line_words().unit
    if any(unmarked(line) not in heading and not unit.fullmatch(line) for line in between):
        return False
    if first.title is not None and part.title is not None and part.title != first.title:
        return False
    goes_right_on = any(map(_AMOUNT.fullmatch, part.first_row))
    return not between or goes_right_on or part.first_row == first.first_row


def _widen(table: WholeTable, part: Part) -> WholeTable | None:
    """The table with a part beside it: on the next page, its rows at the heights of the part that it goes on from."""
    last, depth = table.parts[-1], table.depth or len(table.parts)
    place = len(table.parts) % depth
    left = table.parts[-depth]
    follows = last.is_last and part.is_first and part.page == last.page + 1
    if not follows or part.filled.method == "aligned" or not _same_heights(left, part):
        return None
    if not _belongs_beside(last, left, part, depth):
        return None
    above = table.parts[len(table.parts) - place] if place else None
    if above and _common(above.filled.grid.xs, part.filled.grid.xs) is None:
        return None
    return WholeTable(table.xs, (*table.parts, part), depth)


def _belongs_beside(last: Part, left: Part, right: Part, depth: int) -> bool:
    if _is_figures(right):
        return _are_its_figures(last, left, right, depth)
    return _are_its_blanks(last, left, right) if _is_blank(right) else _is_other_side(left, right, depth)


def _are_its_blanks(last: Part, left: Part, right: Part) -> bool:
    """Whether columns without a figure are the last of the page before: nothing but a note to that stands between."""
    between = [*(line for line in last.below if not line_words().notes.match(line)), *right.above]
    return all(_is_cut(line, left, right) for line in _lines(*between))


def _are_its_figures(last: Part, left: Part, right: Part, depth: int) -> bool:
    """Whether figures without labels belong to the rows of the page before: no other table's title stands between.

    A title over the whole width is on each page's text, however little of it a page shows; in the middle of a sheet it
    may stand whole over its further columns.
    """
    own = [line for line in _lines(*last.below, *right.above) if not _is_cut(line, left, right)]
    return not own or (depth == len(own) == 1 and len(right.filled.grid.ys) >= FEWEST_SHIFTED)


def _is_other_side(left: Part, right: Part, depth: int) -> bool:
    """Whether labels and figures are the other side of a summary: the end of its title, and no more, stands over them.

    What both pages print whole says nothing: all tables of a document name its publisher.
    """
    lines = _lines(*right.above)
    titled = any(title.endswith(line) and title != line for line in lines for title in left.above)
    own = [line for line in lines if not _is_cut(line, left, right)]
    return titled and depth == 1 and len(own) <= 1 and left.first_row[:1] != right.first_row[:1]


def _lines(*lines: str) -> list[str]:
    """Lines that say something: neither the unit of money nor a stray character."""
    return [line for line in lines if not _is_nothing(line) and not line_words().unit.fullmatch(line)]


def _is_rest(line: str, left: Part) -> bool:
    """Whether a line is what the edge of the page left of one above the table's beginning: its end, or all of it."""
    return any(title.endswith(line) or _goes_over(title, line) for title in left.above)


def _goes_over(title: str, line: str) -> bool:
    """Whether a line begins with the end of another: what stands on the edge is printed on both pages."""
    return any(title.endswith(line[:length]) for length in range(FEWEST_LETTERS, min(len(title), len(line))))


def _is_cut(line: str, left: Part, right: Part) -> bool:
    """Whether a line is what the edge of the page leaves of a heading: of the title, or of a group over both pages."""
    headings = {cell.reading.text for part in (left, right) for cell in part.filled.cells}
    return line in headings or _is_rest(line, left) or any(title.startswith(line) for title in left.above)


def _same_heights(left: Part, right: Part) -> bool:
    """Whether two parts' rows stand at the same heights of their pages, but for rows that only one's head has.

    On a page without the title they stand higher: then all of many rows are as high as those that they go on from.
    """
    if _rows_are_alike(left, right):
        return True
    coarse, fine = sorted((left.filled.grid.ys, right.filled.grid.ys), key=len)
    nearest = np.abs(fine[None, :] - coarse[:, None]).min(axis=1)
    ends = np.abs(fine[[0, -1]] - coarse[[0, -1]])
    if len(coarse) < FEWEST_HEIGHTS or max(nearest.max(), ends.max()) > SAME_BORDER:
        return False
    body = len(coarse) // 2  # only heads differ
    return bool((np.abs(fine[-body:] - coarse[-body:]) <= SAME_BORDER).all())


def _rows_are_alike(left: Part, right: Part) -> bool:
    first, second = left.filled.grid.ys, right.filled.grid.ys
    if len(first) != len(second) or len(first) < FEWEST_SHIFTED:
        return False
    return bool((np.abs((first - first[0]) - (second - second[0])) <= SAME_BORDER).all())


def _is_figures(part: Part) -> bool:
    """Whether the lower half of a part prints no words: what stands beside labelled rows are their figures."""
    lower = "".join(cell.reading.text for cell in part.filled.cells if 2 * cell.span.row >= part.row_count)
    has_figures = any(_AMOUNT.fullmatch(cell.reading.text) for cell in part.filled.cells)
    return (bool(lower) or has_figures) and not any(map(str.isalpha, lower))


def _is_blank(part: Part) -> bool:
    """Whether a part prints headings and nothing below them."""
    return part.title is None and not any(
        cell.reading.text for cell in part.filled.cells if 2 * cell.span.row >= part.row_count
    )


def _aligned_alike(last: Part, part: Part) -> bool:
    """Two tables without rules and with as many columns, each over the other's: their borders are guesses."""
    a, b = last.filled.grid.xs, part.filled.grid.xs
    if not last.filled.method == part.filled.method == "aligned" or len(a) != len(b):
        return False
    return bool((np.minimum(a[1:], b[1:]) > np.maximum(a[:-1], b[:-1])).all())


def _is_nothing(line: str) -> bool:
    """A line that parts no table: 续表, or a stray character or two that ran over the table's edge."""
    return len(line) <= STRAY or bool(line_words().continued.fullmatch(line))


def _common(first: Floats, second: Floats) -> Floats | None:
    """The finer of two sets of column borders when the coarser one fits into it."""
    if len(first) >= len(second):
        return first if matching(first, second) is not None else None
    matched = matching(second, first)
    return None if matched is None else second + (first[0] - second[0])
