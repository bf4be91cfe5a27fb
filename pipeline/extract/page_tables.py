"""Which tables a page has: those that it draws whole, those with rules across only, those set by alignment alone."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.aligned import find_aligned
from pipeline.extract.barred import find_barred, is_all_drawn, is_run_together
from pipeline.extract.cells import FilledGrid, fill
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import REACH, Grid, find_grids
from pipeline.extract.headed import with_bodies
from pipeline.extract.rules import Rules
from pipeline.extract.shaded import find_shaded


def grids_of(rules: Rules, glyphs: Glyphs, begun: Grid | None) -> tuple[FilledGrid, ...]:
    """The page's tables: those that it draws, or shades field by field; else those that it sets by alignment."""
    drawn = _filled(find_grids(rules), glyphs) or _filled(find_shaded(rules.fields, glyphs), glyphs)
    drawn = [
        table if isinstance(table, FilledGrid) else _aligned([table], glyphs)[0] for table in with_bodies(drawn, glyphs)
    ]
    if not is_all_drawn(rules, drawn):
        drawn = _with_barred(drawn, _aligned(find_barred(rules, glyphs, begun), glyphs))
    return tuple(drawn or _aligned(find_aligned(glyphs), glyphs))


def _aligned(grids: list[Grid], glyphs: Glyphs) -> list[FilledGrid]:
    return [replace(filled, method="aligned") for filled in _filled(grids, glyphs)]


def _with_barred(drawn: list[FilledGrid], barred: list[FilledGrid]) -> list[FilledGrid]:
    """The tables drawn whole, and those of which only rules across are."""
    kept = [grid for grid in drawn if not any(_is_part(grid, other.grid) for other in barred)]
    added = [grid for grid in barred if not any(_overlap(grid.grid, other.grid) for other in kept)]
    return sorted([*kept, *added], key=lambda filled: (filled.grid.ys[0], filled.grid.xs[0]))


def _is_part(drawn: FilledGrid, barred: Grid) -> bool:
    """Whether what is drawn is only the head, or the frame, of a table with rules across."""
    if not _overlap(drawn.grid, barred):
        return False
    goes_on = barred.ys[0] < drawn.grid.ys[0] - REACH or barred.ys[-1] > drawn.grid.ys[-1] + REACH
    return bool(goes_on) or is_run_together(drawn)


def _overlap(a: Grid, b: Grid) -> bool:
    return bool(min(a.ys[-1], b.ys[-1]) - max(a.ys[0], b.ys[0]) > 1 and a.xs[0] < b.xs[-1] and b.xs[0] < a.xs[-1])


def _filled(grids: list[Grid], glyphs: Glyphs) -> list[FilledGrid]:
    return [filled for filled in (fill(grid, glyphs) for grid in grids) if len(filled.taken)]
