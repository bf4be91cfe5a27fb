"""Which tables a page has: those that it draws whole, those with rules across only, those set by alignment alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.extract.aligned import data_lines, find_aligned
from pipeline.extract.barred import find_barred, is_all_drawn, is_run_together
from pipeline.extract.cells import FilledGrid, fill
from pipeline.extract.frame import Integers
from pipeline.extract.framed import with_rows_told
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import REACH, Grid, find_grids
from pipeline.extract.halves import with_halves_joined
from pipeline.extract.headed import with_bodies
from pipeline.extract.rules import Rules, with_fields
from pipeline.extract.shaded import find_shaded
from pipeline.extract.tokens import is_amount, token_lines


def grids_of(rules: Rules, glyphs: Glyphs, begun: Grid | None) -> tuple[FilledGrid, ...]:
    """The page's tables: those that it draws, or shades field by field; then those that it sets by alignment.

    A page that prints amounts above or below what is drawn draws not all of its tables: what is drawn may be a head
    alone, or shading of some rows; what is then left is looked through for tables without any rules.
    """
    drawn = _with_bodies(_filled(with_halves_joined(find_grids(rules)), glyphs), glyphs, rules)
    shaded = [] if drawn else _filled(find_shaded(rules.fields, glyphs), glyphs)
    found = drawn or shaded
    if not is_all_drawn(rules, found):
        found = _with_barred(found, _aligned(find_barred(rules, glyphs, begun), glyphs))
    loose = _loose(found, glyphs)
    if loose.size and all(grid in shaded or _is_bodiless(grid) for grid in found if grid.method == "ruled"):
        found, loose = _with_more_rules(found, loose, rules, glyphs, begun)
    if loose.size:
        is_alone = not any(grid.method == "ruled" for grid in found)
        set_apart = _aligned(find_aligned(glyphs, begun, loose, is_alone=is_alone), glyphs)
        kept = [grid for grid in set_apart if not any(_overlap(grid.grid, other.grid) for other in found)]
        found = sorted([*found, *kept], key=_place)
    return tuple(found)


def _with_bodies(drawn: list[FilledGrid], glyphs: Glyphs, rules: Rules) -> list[FilledGrid]:
    """The tables drawn; one that draws its head alone, or its body in one field, with its rows."""
    tables = with_rows_told(drawn, glyphs, rules.vertical)
    told = [table if isinstance(table, FilledGrid) else _aligned([table], glyphs)[0] for table in tables]
    tables = with_bodies(told, glyphs)
    return [table if isinstance(table, FilledGrid) else _aligned([table], glyphs)[0] for table in tables]


def _with_more_rules(
    found: list[FilledGrid], loose: Integers, rules: Rules, glyphs: Glyphs, begun: Grid | None
) -> tuple[list[FilledGrid], Integers]:
    """The tables and what is left outside, with rules across or edges of shading that leave less outside."""
    for each in (rules, with_fields(rules)) if len(rules.fields) else (rules,):
        more = _with_barred(found, _aligned(find_barred(each, glyphs, begun), glyphs))
        left = _loose(more, glyphs)
        if len(left) < len(loose):
            found, loose = more, left
        if not loose.size:
            break
    return found, loose


def _loose(found: list[FilledGrid], glyphs: Glyphs) -> Integers:
    """The glyphs above, below and between the tables; none where they print no amounts as tables do."""
    _, y = glyphs.centres
    outside = np.ones(len(y), dtype=bool)
    for filled in found:
        outside &= (y < filled.grid.ys[0] - REACH) | (y > filled.grid.ys[-1] + REACH)
        outside[filled.taken] = False
    left = np.flatnonzero(outside)
    return left if left.size and data_lines(token_lines(glyphs, left)) else left[:0]


def _is_bodiless(filled: FilledGrid) -> bool:
    """Whether a table prints no amount: what is drawn may be a head alone."""
    return not any(is_amount(cell.reading.text) for cell in filled.cells)


def _place(filled: FilledGrid) -> tuple[float, float]:
    return float(filled.grid.ys[0]), float(filled.grid.xs[0])


def _aligned(grids: list[Grid], glyphs: Glyphs) -> list[FilledGrid]:
    return [replace(filled, method="aligned") for filled in _filled(grids, glyphs)]


def _with_barred(drawn: list[FilledGrid], barred: list[FilledGrid]) -> list[FilledGrid]:
    """The tables drawn whole, and those of which only rules across are."""
    kept = [grid for grid in drawn if not any(_is_part(grid, other.grid) for other in barred)]
    added = [grid for grid in barred if not any(_overlap(grid.grid, other.grid) for other in kept)]
    return sorted([*kept, *added], key=_place)


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
