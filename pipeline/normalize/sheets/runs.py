"""Which tables are performance sheets, and which of them go on from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.model import Grid
from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.plan import level2_key, plan_of
from pipeline.normalize.sheets.plan_model import Plan
from pipeline.normalize.sheets.words import sheet_words

PROJECT = "project_performance"
DEPARTMENT = "department_performance"
_TITLE_LINES = 6
_TITLE_ROWS = 2


@dataclass(frozen=True)
class Sheet:
    """A table that is a sheet or goes on from one: its cells, its columns, its kind, and whether its run is a list."""

    layout: Layout
    plan: Plan
    kind: str
    in_list: bool

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.layout.grid


def is_sheet(grid: Grid) -> str | None:
    """``project_performance``, ``department_performance``, or None for a table that is no performance sheet.

    A title alone does not make a sheet: it needs a form's or a list's headings. A table that goes on from a sheet
    without headings is told by ``find_sheets``, which knows the table before it.
    """
    layout = Layout(grid)
    plan = plan_of(layout)
    return _kind(layout, plan) if plan is not None and plan.printed else None


def _kind(layout: Layout, plan: Plan) -> str | None:
    if _is_evaluation(layout.grid, plan):
        return None
    if plan.is_list:
        return PROJECT
    if not plan.halves:
        return None
    titled = title_kind(layout.grid)
    if titled:
        return titled
    return DEPARTMENT if _is_department(layout.grid) else PROJECT


def _is_evaluation(grid: Grid, plan: Plan) -> bool:
    """Whether the headings ask what was done and how it scores: an evaluation (绩效自评表), which sets no targets."""
    headings = (cell for row in plan.header_rows for cell in grid.row(row))
    return any(key(cell) in sheet_words().evaluation for cell in headings)


def _is_department(grid: Grid) -> bool:
    words = sheet_words()
    keys = {key(cell) for cell in grid.cells if cell.text}
    names_project = any(words.fields.get(name) == "project_name" for name in keys)
    return bool(keys & words.department.markers) and not names_project


def title_kind(grid: Grid) -> str | None:
    """The kind that the nearest title names: a cell over the whole width, or a line over the table on its page."""
    lines = [line.text for line in grid.above[-_TITLE_LINES:] if line.page == grid.first_page]
    wide = [cell.text for cell in grid.cells if cell.row <= _TITLE_ROWS and cell.columns == grid.column_count]
    for text in [*wide, *reversed(lines)]:
        for kind, phrases in sheet_words().titles.items():
            if any(phrase in squeeze(text) for phrase in phrases):
                return kind
    return None


def is_evaluation(grid: Grid) -> bool:
    """Whether a table's headings make it an evaluation, which is no sheet for all that its title may say."""
    plan = plan_of(Layout(grid))
    return plan is not None and _is_evaluation(grid, plan)


def holds_labels(grid: Grid) -> bool:
    """Whether a table prints labels of a form: then it is a form of its own."""
    words = sheet_words()
    keys = {key(cell) for cell in grid.cells if cell.text}
    return any(name in words.fields or name in words.department.markers for name in keys)


def find_sheets(grids: Sequence[Grid]) -> list[Sheet]:
    """The sheets among the tables in their order, with the tables that go on from one."""
    found: list[Sheet] = []
    plans: dict[int, Plan] = {}
    for grid in grids:
        before = found[-1] if found and grid.table_no - found[-1].grid.table_no == 1 else None
        if before is None:
            plans = {}
        sheet = _sheet(grid, before, plans)
        if sheet is not None:
            found.append(sheet)
            plans[grid.column_count] = sheet.plan
    return found


def _sheet(grid: Grid, before: Sheet | None, plans: dict[int, Plan]) -> Sheet | None:
    layout = Layout(grid)
    lists = [known for known in plans.values() if "name" in known.listed]
    plan = plan_of(layout, plans.get(grid.column_count) or next(iter(lists), None))
    if plan is None:
        return None
    kind = is_sheet(grid)
    if before is not None and _goes_on(layout, plan, kind, before):
        return Sheet(layout, plan, before.kind, before.in_list)
    return Sheet(layout, plan, kind, plan.is_list) if kind is not None else None


def _goes_on(layout: Layout, plan: Plan, kind: str | None, before: Sheet) -> bool:
    """Whether a table goes on from the sheet before it: it has no form of its own, and holds indicators."""
    grid = layout.grid
    if grid.first_page - before.grid.last_page > 1 or (holds_labels(grid) and not plan.is_list):
        return False
    if plan.is_list:
        return before.in_list
    if kind is not None and before.in_list and plan.printed and title_kind(grid) not in (None, before.kind):
        return False
    return any(level2_key(cell.text) or _starts_with_level(cell.text) for cell in grid.cells if cell.text)


def _starts_with_level(text: str) -> bool:
    return squeeze(text).startswith(sheet_words().level1)


def runs(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Each sheet with the tables that go on from it, in order."""
    found: list[list[Sheet]] = []
    for sheet in sheets:
        before = found[-1][-1] if found else None
        if before is not None and _belongs(sheet, before):
            found[-1].append(sheet)
        else:
            found.append([sheet])
    return found


def _belongs(sheet: Sheet, before: Sheet) -> bool:
    follows = sheet.grid.table_no - before.grid.table_no == 1
    return follows and _goes_on(sheet.layout, sheet.plan, is_sheet(sheet.grid), before) and sheet.kind == before.kind
