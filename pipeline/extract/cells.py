"""Glyphs into the cells of a grid.

A glyph belongs to the cell that its middle lies in. One thing is stronger than a border: what is printed in one piece.
Figures wider than their column run over the rule beside them, so a run of digits with no gap in it goes whole to the
cell that holds most of it; so do words, where the rule goes through a letter and few of them stand beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.extract.frame import Flags, Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import Grid, Span
from pipeline.extract.text import Reading, read_groups

ACROSS = 0.15  # share of a glyph's height by which a line must stand out over a border to lie across it
TOUCHING = 0.2  # share of a glyph's height: digits closer than this are one number
BLANK = 0.6  # the same for the letters of one line, with a blank between two of them
THROUGH = 0.15  # share of a glyph's width that must stand on either side of a border that goes through it
MOST_BEYOND = 2  # glyphs of a word that may stand beyond the border: more are a second cell's
_NUMERIC = frozenset(ord(character) for character in "0123456789.,-")
_DIGITS = _NUMERIC - {ord("-")}
_ONE_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?")


@dataclass(frozen=True)
class FilledCell:
    """A cell and what it says."""

    span: Span
    box: tuple[float, float, float, float]
    reading: Reading


@dataclass(frozen=True)
class FilledGrid:
    """A grid with its text, and which glyphs of the page it took."""

    grid: Grid
    cells: tuple[FilledCell, ...]
    taken: Integers
    method: str = "ruled"


def fill(grid: Grid, glyphs: Glyphs) -> FilledGrid:
    """Read every cell of the grid from the page's glyphs."""
    owners = _owners(grid, glyphs)
    _return_overflow(grid, owners, glyphs)
    _keep_numbers_whole(grid, owners, glyphs)
    _keep_words_whole(grid, owners, glyphs)
    taken = np.flatnonzero(owners >= 0)
    order = taken[np.lexsort((glyphs.boxes[taken, 0], owners[taken]))]
    bounds = np.searchsorted(owners[order], np.arange(len(grid.spans) + 1))
    readings = read_groups(glyphs, order, bounds)
    cells = tuple(
        FilledCell(span, grid.box_of(span), reading) for span, reading in zip(grid.spans, readings, strict=True)
    )
    return FilledGrid(grid, cells, taken)


def _owners(grid: Grid, glyphs: Glyphs) -> Integers:
    """Index of the cell that each glyph's middle, or the clip that hides it, lies in; -1 outside the grid."""
    x, y = glyphs.seats
    column = np.searchsorted(grid.xs, x) - 1
    row = np.searchsorted(grid.ys, y) - 1
    inside: Flags = (column >= 0) & (column < len(grid.xs) - 1) & (row >= 0) & (row < len(grid.ys) - 1)
    owners = np.full(len(x), -1, dtype=np.int64)
    owners[inside] = grid.owner[row[inside], column[inside]]
    cut = _cut_at_foot(grid, glyphs, column)
    owners[cut] = grid.owner[-1, column[cut]]
    return owners


def _cut_at_foot(grid: Grid, glyphs: Glyphs, column: Integers) -> Flags:
    """Glyphs that a page break cuts lengthwise: they stick out of a cell that no rule closes below."""
    middle = (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2
    end = grid.ys[-1]
    over = (glyphs.boxes[:, 1] < end - ACROSS * glyphs.heights) & (middle >= end)
    return np.asarray(over & np.isin(column, list(grid.open_below)), dtype=bool)


def _return_overflow(grid: Grid, owners: Integers, glyphs: Glyphs) -> None:
    """Give lines that ran over their cell's upper or lower border back to it (changes ``owners``).

    Spreadsheets clip a wrapped name that does not fit its row; the text layer keeps the hidden line, which lies across
    the border. It is told by its place in the content stream, right after (or before) the text it belongs to, and by
    the cell it lies in having text of its own.
    """
    tops = np.array([grid.ys[span.row] for span in grid.spans])
    bottoms = np.array([grid.ys[span.row + span.rows] for span in grid.spans])
    inside = (owners >= 0) & ~glyphs.is_clipped  # a clip says whose the line is; what follows tells it without one
    slack = ACROSS * glyphs.heights
    own = np.where(inside, owners, 0)
    over_top = inside & (glyphs.boxes[:, 1] < tops[own] - slack)
    over_bottom = inside & (glyphs.boxes[:, 3] > bottoms[own] + slack)
    for cell in np.unique(owners[over_top]).tolist():
        _return_run(grid, owners, np.flatnonzero(over_top & (owners == cell)), cell, above=True)
    for cell in np.unique(owners[over_bottom]).tolist():
        _return_run(grid, owners, np.flatnonzero(over_bottom & (owners == cell)), cell, above=False)
    _return_from_below(grid, owners, glyphs)


def _return_from_below(grid: Grid, owners: Integers, glyphs: Glyphs) -> None:
    """Give lines that ran over the table's foot back to the last row's cells (changes ``owners``).

    Below the last row no cell tells a hidden line; its place does: across the foot, within its own cell's columns,
    right after that cell's text in the content stream. A note under the table follows the last cell, not the first.
    """
    x, y = glyphs.centres
    column = np.searchsorted(grid.xs, x) - 1
    under: Flags = (owners < 0) & (column >= 0) & (column < len(grid.xs) - 1) & (y >= grid.ys[-1])
    across = under & (glyphs.boxes[:, 1] < grid.ys[-1] - ACROSS * glyphs.heights)
    above = grid.owner[-1, np.where(across, column, 0)]
    for cell in np.unique(above[across]).tolist():
        run, there = np.flatnonzero(across & (above == cell)), np.flatnonzero(owners == cell)
        if len(there) and run[0] == there[-1] + 1 and run[-1] - run[0] == len(run) - 1:
            owners[run] = cell


def _return_run(grid: Grid, owners: Integers, run: Integers, cell: int, *, above: bool) -> None:
    span = grid.spans[cell]
    row = span.row - 1 if above else span.row + span.rows
    if not 0 <= row < grid.owner.shape[0] or not len(run) or len(run) == (owners == cell).sum():
        return
    neighbour = int(grid.owner[row, span.column])
    there = np.flatnonzero(owners == neighbour)
    follows = len(there) > 0 and (run[0] == there[-1] + 1 if above else run[-1] + 1 == there[0])
    if follows and run[-1] - run[0] == len(run) - 1:
        owners[run] = neighbour


def _keep_numbers_whole(grid: Grid, owners: Integers, glyphs: Glyphs) -> None:
    """Give each number that crosses a border to the cell that holds most of it (changes ``owners``).

    The table's own edge is a border too: figures printed beyond it belong to the number all the same.
    """
    numeric = np.flatnonzero(np.isin(glyphs.codes, list(_NUMERIC)) & ~glyphs.is_clipped)
    for run in _crossing_runs(owners, glyphs, numeric, TOUCHING):
        for number in _numbers(grid, owners, glyphs, run):
            _give_to_most(owners, number)


def _keep_words_whole(grid: Grid, owners: Integers, glyphs: Glyphs) -> None:
    """Give the few letters of a word that a border cuts through to the cell of the word (changes ``owners``).

    First what one text object draws, then the end of a line that several draw: a hyphen after a number, say.
    """
    everything = np.flatnonzero(~glyphs.is_clipped)
    for run in _crossing_runs(owners, glyphs, everything, BLANK, one_object=True):
        if _few_beyond(grid, owners, glyphs, run):
            _give_to_most(owners, run)
    for run in _crossing_runs(owners, glyphs, everything, BLANK):
        if owners[run[-1]] != owners[run[0]] and _few_beyond(grid, owners, glyphs, run):
            owners[run] = owners[run[0]]


def _few_beyond(grid: Grid, owners: Integers, glyphs: Glyphs, run: Integers) -> bool:
    """Whether few glyphs of a run of words stand in a second cell, and the border goes through a letter."""
    cells, counts = np.unique(owners[run], return_counts=True)
    letters = run[~np.isin(glyphs.codes[run], list(_DIGITS))]
    return (
        len(cells) == 2 and counts.min() <= MOST_BEYOND and len(letters) > 0 and _is_cut(grid, owners, glyphs, letters)
    )


def _crossing_runs(
    owners: Integers, glyphs: Glyphs, chosen: Integers, gap: float, *, one_object: bool = False
) -> Iterator[Integers]:
    """Runs of the chosen glyphs, drawn one right after the other on one height, that stand in more cells than one.

    ``gap`` is the widest between two of them, as a share of the height.
    """
    if len(chosen) < 2:
        return
    boxes, heights = glyphs.boxes[chosen], glyphs.heights[chosen]
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    same_piece = (
        (np.diff(chosen) == 1)
        & (np.abs(np.diff(middles)) < TOUCHING * heights[1:])
        & (np.abs(boxes[1:, 0] - boxes[:-1, 2]) < gap * heights[1:])
    )
    if one_object:
        same_piece &= np.diff(glyphs.objects[chosen]) == 0
    crossing = same_piece & (np.diff(owners[chosen]) != 0)
    done = -1
    for place in np.flatnonzero(crossing).tolist():
        if place > done:
            run = _run(same_piece, place)
            done = run.stop
            yield chosen[run]


def _give_to_most(owners: Integers, run: Integers) -> None:
    cells, counts = np.unique(owners[run][owners[run] >= 0], return_counts=True)
    if len(cells):
        owners[run] = cells[counts.argmax()]


def _numbers(grid: Grid, owners: Integers, glyphs: Glyphs, run: Integers) -> list[Integers]:
    """The numbers of a run of figures; none where the border parts it rightly.

    Two numbers that overlap are told apart by the text objects that draw them. Where nothing tells them apart and a
    border goes through a figure, the run stays whole: no number, and so a finding, which is better than two wrong ones.
    """
    drawn = np.split(run, np.flatnonzero(np.diff(glyphs.objects[run])) + 1)
    if all(_is_number(glyphs, piece) for piece in drawn) and (
        not _is_number(glyphs, run) or _stand_apart(owners, drawn)
    ):
        return drawn
    if _is_number(glyphs, run):
        return [run]
    return [run] if _is_cut(grid, owners, glyphs, run) else []


def _stand_apart(owners: Integers, drawn: list[Integers]) -> bool:
    """Whether pieces of several figures each stand in cells of their own: an amount, and the next column's code."""
    homes = [np.bincount(owners[piece][owners[piece] >= 0] + 1, minlength=1).argmax() for piece in drawn]
    return min(map(len, drawn)) > 1 and len(set(homes)) == len(drawn)


def _is_number(glyphs: Glyphs, run: Integers) -> bool:
    return _ONE_NUMBER.fullmatch("".join(map(chr, glyphs.codes[run].tolist()))) is not None


def _is_cut(grid: Grid, owners: Integers, glyphs: Glyphs, run: Integers) -> bool:
    """Whether a border between the run's cells goes through one of its glyphs, not between two."""
    boxes = glyphs.boxes[run]
    slack = THROUGH * (boxes[:, 2] - boxes[:, 0])
    edges = {
        edge
        for cell in np.unique(owners[run][owners[run] >= 0]).tolist()
        for edge in grid.box_of(grid.spans[cell])[::2]
    }
    return any(((boxes[:, 0] + slack < edge) & (edge < boxes[:, 2] - slack)).any() for edge in edges)


def _run(same_piece: Flags, place: int) -> slice:
    start, end = place, place + 1
    while start > 0 and same_piece[start - 1]:
        start -= 1
    while end < len(same_piece) and same_piece[end]:
        end += 1
    return slice(start, end + 1)
