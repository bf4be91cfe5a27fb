"""Tables with rules across and none, or not all, of those down: three-line tables, a rule under each row, a drawn head.

Here they are found; ``layout`` reads them. What it cannot read for certain is given row by row without columns: a
table not read is better than one read wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.extract.bars import FEWEST_BARS, SHORTEST_BAR, BarTable, find_bar_tables
from pipeline.extract.cells import FilledGrid
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grid import REACH, Grid
from pipeline.extract.heads import head_ends
from pipeline.extract.layout import FEWEST_BORDERS, laid_out, without_columns
from pipeline.extract.rules import Rules
from pipeline.extract.tokens import TokenLine, token_lines, usual_height
from pipeline.extract.words import line_words

HEAD_NEAR = 2.0  # times the height of print: headings of a head stand no farther above the rule below it
FEWEST_HEADINGS = 3  # side by side, which no line that names the unit or the page's table has
FEWEST_LEVELS = 3  # full rules of a table that no page before began
FEWEST_RUN_TOGETHER = 3  # rows of a table drawn without its inner rules down
_COLON = re.compile("[:：]")
_SIDE_BY_SIDE = re.compile(r"\S  ?-?\d[\d,]*\.\d+$", re.MULTILINE)


def find_barred(rules: Rules, glyphs: Glyphs, begun: Grid | None = None) -> list[Grid]:
    """The tables that a page's rules across hold together, from top to bottom.

    ``begun`` is the table that ended the page before: where its sides agree and no head stands here, it goes on.
    """
    lines = token_lines(glyphs, np.arange(len(glyphs.codes)))
    tables = find_bar_tables(rules, lines, None if begun is None else (begun.xs[0], begun.xs[-1]))
    if tables and _is_headed(tables[0], lines):
        begun = None
    grids = [_grid(table, _inside(table, lines), None if place else begun) for place, table in enumerate(tables)]
    return [grid for grid in grids if grid is not None]


def _is_headed(table: BarTable, lines: Sequence[TokenLine]) -> bool:
    """Whether headings stand right above the first rule, which then is the one below a head: no table goes on there."""
    above = [line for line in lines if line.middle < table.top]
    reach = HEAD_NEAR * usual_height(above[-3:])
    near = [line for line in above if table.top - line.y1 <= reach]
    headings = [token.text for line in near for token in line.tokens]
    if len(headings) < FEWEST_HEADINGS or any(line.is_data for line in near):
        return False
    return not any(line_words().unit.search(text) or _COLON.search(text) for text in headings)


def is_all_drawn(rules: Rules, drawn: Sequence[FilledGrid]) -> bool:
    """Whether the page's long rules across all lie in tables that are drawn, with no field that holds a whole row."""
    if any(map(is_run_together, drawn)):
        return False
    loose = rules.horizontal[rules.horizontal[:, 2] - rules.horizontal[:, 1] >= SHORTEST_BAR]
    for _, y0, _, y1 in (filled.grid.box for filled in drawn):
        loose = loose[(loose[:, 0] < y0 - REACH) | (loose[:, 0] > y1 + REACH)]
    if len(loose) >= FEWEST_BARS:
        return False
    # one rule as wide as a table, off it: the table's body draws no rules down
    sides = [filled.grid.xs[[0, -1]] for filled in drawn]
    return not any(bool((np.abs(loose[:, 1:] - ends) <= REACH).all(axis=1).any()) for ends in sides)


def is_run_together(filled: FilledGrid) -> bool:
    """Whether fields print a name and an amount, or two amounts, with white between them: a row is in one field."""
    rows = {cell.span.row for cell in filled.cells if _SIDE_BY_SIDE.search(cell.reading.raw)}
    is_one_column = len(filled.grid.xs) < FEWEST_BORDERS
    return len(rows) >= (1 if is_one_column else FEWEST_RUN_TOGETHER)


def _inside(table: BarTable, lines: Sequence[TokenLine]) -> list[TokenLine]:
    within = (
        tuple(t for t in line.tokens if table.top < t.middle < table.bottom and table.x0 <= t.centre <= table.x1)
        for line in lines
    )
    return [TokenLine(tokens) for tokens in within if tokens]


def _grid(table: BarTable, lines: Sequence[TokenLine], begun: Grid | None) -> Grid | None:
    end = next((end for _, end in head_ends(table, lines)), table.bottom)
    goes_on = begun is not None and end == table.top and _same_sides(table, begun)
    if not goes_on and not _is_table(table, lines, end):
        return None
    return laid_out(table, lines, begun if goes_on else None) or without_columns(table, lines)


def _same_sides(table: BarTable, begun: Grid) -> bool:
    return bool(abs(table.x0 - begun.xs[0]) <= REACH and abs(table.x1 - begun.xs[-1]) <= REACH)


def _is_table(table: BarTable, lines: Sequence[TokenLine], end: float) -> bool:
    """A head of several columns and rows below it; else the rules are a frame, a chart or decoration."""
    heads_columns = any(len(line.tokens) > 1 for line in lines if line.middle < end)
    return len(table.levels) >= FEWEST_LEVELS and heads_columns and end < table.bottom
