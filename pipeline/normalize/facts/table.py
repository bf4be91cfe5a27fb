"""A table's facts from beginning to end: its head, its blocks, the rows and figures of each, and what is left."""

from __future__ import annotations

from dataclasses import replace

from pipeline.normalize import settle
from pipeline.normalize.blocks import blocks_of
from pipeline.normalize.cut_rows import with_whole_labels
from pipeline.normalize.facts.contradictions import without_contradictions
from pipeline.normalize.facts.figures import read_figures
from pipeline.normalize.facts.headers import give_headers
from pipeline.normalize.facts.records import Setting, TableFacts, TableReading
from pipeline.normalize.facts.rows import has_rows, lines_of, sides_of_rows
from pipeline.normalize.facts.untaken import give_the_rest, report_columns
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.heads.head import read_head
from pipeline.normalize.model import Grid
from pipeline.normalize.titles import Heading, fund_named, names_government, origin_named


def read_facts(grid: Grid, heading: Heading, setting: Setting) -> TableFacts:
    """Every figure of a recognised table as a fact, with a role for each of its cells."""
    grid = with_whole_labels(grid)
    items = setting.table_id in settle.ITEMS_OVER_COLUMNS
    head = read_head(grid, heading.preface, setting.calendar, items_over_columns=items)
    fund, origin = fund_named(heading.title), origin_named(heading.title)
    reading = TableReading(grid, setting, head, fund, origin, names_government(heading.title))
    give_headers(reading)
    report_columns(reading)
    blocks = blocks_of([_in_this_table(column, setting.table_id) for column in head.columns])
    for place, printed in enumerate(blocks):
        block = without_contradictions(reading, printed)
        if not block.labels and has_rows(reading, block) and not items:
            continue  # rows that nothing names: whose figures they are cannot be told
        side = settle.side_of_block(setting.table_id, block, place, len(blocks))
        for own_side, rows in sides_of_rows(reading, block, side, is_alone=len(blocks) == 1):
            read_figures(reading, lines_of(reading, block, own_side, rows))
    give_the_rest(reading)
    reading.rows = settle.without_levels(setting.table_id, reading.rows)
    return reading.facts


def _in_this_table(column: Column, table_id: str) -> Column:
    """项目名称 names projects in the project tables, and is a plain row label elsewhere."""
    is_label = column.role in ("project_name", "unit_or_project") and table_id not in settle.PROJECTS
    return replace(column, role="label") if is_label else column
