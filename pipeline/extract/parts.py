"""A table's parts on its pages, and the table that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.extract.cells import FilledGrid
from pipeline.extract.frame import Floats, Frame, Integers
from pipeline.extract.words import line_words

SAME_BORDER = 3.0  # points
FARTHEST_SHIFT = 20.0  # points that a whole table may move sideways from page to page


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
        return unmarked(first[0].reading.text) if is_title else None


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
        matched = matching(self.xs, part.filled.grid.xs)
        if matched is None:
            raise ValueError(f"page {part.page}: the part's columns are not the table's")
        return matched


@cache
def _mark_at_end() -> re.Pattern[str]:
    mark = line_words().continued.pattern
    return re.compile(f"^(?:{mark})[：:]?|(?:{mark})$")


def unmarked(line: str) -> str:
    """A line without the 续表 that it begins or ends with."""
    return _mark_at_end().sub("", line)


def matching(fine: Floats, coarse: Floats) -> Integers | None:
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
