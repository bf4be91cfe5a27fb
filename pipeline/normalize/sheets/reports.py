"""The findings that reading the performance sheets makes: what of them could not be read, with its page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize.model import Cell, Finding, Grid, where
from pipeline.normalize.sheets.listing import Group
from pipeline.normalize.sheets.records import ProjectSheet, Target


def unread(grid: Grid, cells: Sequence[Cell]) -> Finding:
    """Cells of a sheet that have no place in its form."""
    shown = "；".join(cell.text[:20] for cell in cells[:5])
    return Finding(
        "sheet_cell_unread", "warning", "extraction",
        f"绩效目标表（表序{grid.table_no}）有{len(cells)}个单元格没有归属：{shown}",
        f"{len(cells)} cells of the performance sheet (table {grid.table_no}) were not placed: {shown}",
        *where(cells),
    )  # fmt: skip


def without_total(sheet: ProjectSheet) -> Finding:
    """A sheet that prints no money, or of which none was read."""
    return Finding(
        "sheet_without_total", "warning", "undetermined",
        f"项目“{sheet.project_name}”的绩效目标表没有读到资金总额",
        f"no total was read from the performance sheet of the project {sheet.project_name}",
        sheet.first_page, sheet.cell_ids,
    )  # fmt: skip


def without_level(found: Sequence[Target]) -> Finding:
    """Indicators without a second level."""
    shown, page = "；".join(target.indicator[:20] for target in found[:5]), found[0].page
    return Finding(
        "level_not_printed", "info", "layout",
        f"第{page}页起有{len(found)}个绩效指标没有读到二级指标（页面未印，或与其他文字重叠）：{shown}",
        f"{len(found)} indicators from page {page} on have no second level that could be read (not printed, or printed "
        f"over other text): {shown}",
        page, tuple(cell for target in found for cell in target.cell_ids),
    )  # fmt: skip


def nameless(group: Group, cells: Sequence[Cell]) -> Finding:
    """A listed project whose name is not in its cells."""
    pages = f"{min(group.pages)}–{max(group.pages)}"
    return Finding(
        "listed_project_without_name", "warning", "layout",
        f"第{pages}页有一个项目的名称没有印在其框内，它的{len(group.rows)}行绩效指标未收入",
        f"the name of a project on pages {pages} is not in its cells; its {len(group.rows)} rows were not taken",
        min(group.pages), tuple(cell.cell_id for cell in cells),
    )  # fmt: skip


def without_rules(grid: Grid) -> Finding:
    """A page of a list that draws no rules in the projects' column."""
    return Finding(
        "listed_project_without_rules", "warning", "layout",
        f"第{grid.first_page}页的项目名称一栏没有框线，该页的绩效指标计入前一个项目",
        f"the projects' column on page {grid.first_page} has no rules; its indicators went to the project before",
        grid.first_page,
    )  # fmt: skip


def without_columns(grid: Grid, pages: Sequence[int], cells: Sequence[Cell]) -> Finding:
    """Pages of a list of which no column could be told."""
    printed = "、".join(map(str, pages))
    return Finding(
        "sheet_columns_untold", "warning", "extraction",
        f"第{printed}页的绩效目标表没有框线或框线不全，列的界限不清，该页未收入，请看原页",
        f"the performance sheet on page {', '.join(map(str, pages))} draws no rules, or not all, and its columns could "
        "not be told apart; not taken: see the page",
        pages[0], tuple(cell.cell_id for cell in cells),
    )  # fmt: skip


def without_name(grid: Grid) -> Finding:
    """A sheet that names no project."""
    return Finding(
        "sheet_without_name", "warning", "undetermined",
        f"绩效目标表（表序{grid.table_no}）没有读到项目名称",
        f"no project name was read from the performance sheet (table {grid.table_no})",
        grid.first_page,
    )  # fmt: skip
