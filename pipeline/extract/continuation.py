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
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.extract.cells import FilledGrid
from pipeline.extract.glyphs import Floats, Frame, Integers
from pipeline.extract.words import line_words

SAME_BORDER = 3.0  # points
FEWEST_HEIGHTS = 4  # borders of rows that two parts must share to stand beside one another: a head and some rows
FEWEST_SHIFTED = 7  # the same where one stands higher on its page, for want of the title
STRAY = 2  # characters
FARTHEST_SHIFT = 20.0  # points that a whole table may move sideways from page to page
_AMOUNT = re.compile(r"-?[0-9][0-9,]*\.[0-9]+")


@dataclass(frozen=True)
class Part:
    """The part of a table that stands on one page, with the body lines above it (since the table before) and below."""

    page: int
    frame: Frame
    filled: FilledGrid
    above: tuple[str, ...]
    below: tuple[str, ...]
    is_first: bool
    is_last: bool

    @property
    def row_count(self) -> int:
        """Rows of the part."""
        return len(self.filled.grid.ys) - 1

    @property
    def first_row(self) -> tuple[str, ...]:
        """Texts of the first printed row."""
        return tuple(cell.reading.text for cell in self.filled.cells if cell.span.row == 0)

    @property
    def title(self) -> str | None:
        """What the first row says where it is one cell over all columns, less 续: a table's title printed in it."""
        first = [cell for cell in self.filled.cells if cell.span.row == 0]
        columns = len(self.filled.grid.xs) - 1
        is_title = len(first) == 1 and first[0].span.columns == columns > 1 and bool(first[0].reading.text)
        return _unmarked(first[0].reading.text) if is_title else None


@dataclass(frozen=True)
class WholeTable:
    """A table over all its pages: the borders of its columns, and its parts from first to last.

    ``depth`` is the number of parts that stand below one another where the columns go on over further pages; the
    parts after them stand beside them, and ``xs`` are the borders of the first ``depth`` parts alone.
    """

    xs: Floats
    parts: tuple[Part, ...]
    depth: int | None = None

    @property
    def row_count(self) -> int:
        """Rows of the parts that stand below one another."""
        return sum(len(self._heights(place)) - 1 for place in range(self.depth or len(self.parts)))

    @property
    def column_count(self) -> int:
        """Columns of all the parts that stand beside one another."""
        return len(self.xs) - 1 + sum(len(part.filled.grid.xs) - 1 for part in self._heads())

    def rows_above(self, place: int) -> int:
        """How many of the table's rows stand above its part number ``place`` (from 0)."""
        return sum(len(self._heights(above)) - 1 for above in range(place % self.depth if self.depth else place))

    def rows_of(self, place: int) -> Integers:
        """For each row border of part number ``place`` (from 0), its number among those of the parts beside it."""
        ys, heights = self.parts[place].filled.grid.ys, self._heights(place)
        if len(ys) == len(heights):
            return np.arange(len(ys))  # whether it stands as high on its page or not
        nearest: Integers = np.abs(heights[None, :] - ys[:, None]).argmin(axis=1)
        return nearest

    def columns_of(self, place: int) -> Integers:
        """For each column border of part number ``place`` (from 0), its number among the table's borders."""
        part = self.parts[place]
        if self.depth and place >= self.depth:
            left = self._heads()[: place // self.depth - 1]
            before = len(self.xs) - 1 + sum(len(head.filled.grid.xs) - 1 for head in left)
            return before + np.arange(len(part.filled.grid.xs))
        return self._first_columns(part)

    def _heights(self, place: int) -> Floats:
        """The row borders of a part and of those beside it: a head may be parted finer on one page than on another."""
        beside = self.parts[place % self.depth :: self.depth] if self.depth else (self.parts[place],)
        return max((part.filled.grid.ys for part in beside), key=len)

    def _heads(self) -> tuple[Part, ...]:
        """The topmost of the parts that stand beside the first."""
        return self.parts[self.depth :: self.depth] if self.depth else ()

    def _first_columns(self, part: Part) -> Integers:
        if part.filled.method == "aligned" and len(part.filled.grid.xs) == len(self.xs):
            return np.arange(len(self.xs))
        matched = _match(self.xs, part.filled.grid.xs)
        if matched is None:
            raise ValueError(f"page {part.page}: the part's columns are not the table's")
        return matched


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
    heading, unit = {_unmarked(line) for line in first.above}, line_words().unit
    if any(_unmarked(line) not in heading and not unit.fullmatch(line) for line in between):
        return False
    if first.title is not None and part.title is not None and part.title != first.title:
        return False
    goes_right_on = any(map(_AMOUNT.fullmatch, part.first_row))
    return not between or goes_right_on or part.first_row == first.first_row


@cache
def _mark_at_end() -> re.Pattern[str]:
    mark = line_words().continued.pattern
    return re.compile(f"^(?:{mark})[：:]?|(?:{mark})$")


def _unmarked(line: str) -> str:
    """A line without the 续表 that it begins or ends with."""
    return _mark_at_end().sub("", line)


def _widen(table: WholeTable, part: Part) -> WholeTable | None:
    """The table with a part beside it: on the next page, its rows at the heights of the part that it goes on from."""
    last, depth = table.parts[-1], table.depth or len(table.parts)
    place = len(table.parts) % depth
    left = table.parts[-depth]
    follows = last.is_last and part.is_first and part.page == last.page + 1
    if not follows or part.filled.method == "aligned" or not _same_heights(left, part):
        return None
    lines = [line for line in (*last.below, *part.above) if not _is_nothing(line)]
    if not _lets_widen(lines, left, part):
        return None
    above = table.parts[len(table.parts) - place] if place else None
    if above and _common(above.filled.grid.xs, part.filled.grid.xs) is None:
        return None
    return WholeTable(table.xs, (*table.parts, part), depth)


def _lets_widen(lines: Sequence[str], left: Part, right: Part) -> bool:
    """Whether what is printed between two parts lets the second stand beside the first.

    A title over the whole width is on each page's text, however little of it a page shows: where its end is printed,
    the columns go on, be they the other side of a summary. Figures without labels belong to the rows before them, and
    the whole title may stand over them.
    """
    is_unit = line_words().unit.fullmatch
    own = [line for line in lines if not is_unit(line)]
    if _is_figures(right):
        whole = [line for line in own if not _is_cut(line, left, right)]
        return not whole or (len(whole) == 1 and len(right.filled.grid.ys) >= FEWEST_SHIFTED)
    return bool(own) and all(_is_end(line, left) for line in own)


def _is_end(line: str, left: Part) -> bool:
    """Whether a line is the end of one above the table's beginning, which the edge of the page cut."""
    return any(title.endswith(line) and title != line for title in left.above)


def _is_cut(line: str, left: Part, right: Part) -> bool:
    """Whether a line is what the edge of the page leaves of a heading: of the title, or of a group over both pages."""
    headings = {cell.reading.text for part in (left, right) for cell in part.filled.cells}
    return line in headings or any(title.startswith(line) or title.endswith(line) for title in left.above)


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
    lower = [cell.reading.text for cell in part.filled.cells if 2 * cell.span.row >= part.row_count]
    return any(lower) and not any(map(str.isalpha, "".join(lower)))


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
        return first if _match(first, second) is not None else None
    matched = _match(second, first)
    return None if matched is None else second + (first[0] - second[0])


def _match(fine: Floats, coarse: Floats) -> Integers | None:
    """For each border of ``coarse`` its number in ``fine``; None when one has none, or the outer ones differ."""
    shift = fine[0] - coarse[0]
    if abs(shift) > FARTHEST_SHIFT:
        return None
    distance = np.abs(fine[None, :] - (coarse[:, None] + shift))
    nearest: Integers = distance.argmin(axis=1)
    if (distance[np.arange(len(coarse)), nearest] > SAME_BORDER).any():
        return None
    whole = nearest[0] == 0 and nearest[-1] == len(fine) - 1 and bool((np.diff(nearest) > 0).all())
    return nearest if whole else None
