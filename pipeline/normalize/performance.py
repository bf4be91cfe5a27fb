"""Performance sheets (绩效目标表) of a document: which tables they are, and what they say.

Every layout goes the same way: a form of one project, a list of projects, a whole-department form, each possibly going
on over tables whose headings are not repeated. What cannot be read is a finding with its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize.model import Cell, Document, Finding, Grid, Roles
from pipeline.normalize.sheets import reports
from pipeline.normalize.sheets.department import read_department
from pipeline.normalize.sheets.form import is_label, read_form
from pipeline.normalize.sheets.indicators import NONE, indicator_rows, last_levels, targets
from pipeline.normalize.sheets.layout import Layout, key, untold_pages
from pipeline.normalize.sheets.list_rows import IndicatorRows, is_heading, rows_by_place, rows_of
from pipeline.normalize.sheets.listing import Group, groups, sheet_of
from pipeline.normalize.sheets.plan import level2_key
from pipeline.normalize.sheets.plan_model import Plan
from pipeline.normalize.sheets.records import DepartmentSheet, IndicatorRow, ProjectSheet, Sheets, Target
from pipeline.normalize.sheets.runs import DEPARTMENT, Sheet, find_sheets, is_sheet, runs
from pipeline.normalize.sheets.words import sheet_words

__all__ = ["Sheets", "is_sheet", "kinds_of", "read_sheets"]


def kinds_of(grids: Sequence[Grid]) -> dict[int, str]:
    """The kind of every performance sheet by table_no, with the tables that go on from one without headings."""
    return {sheet.grid.table_no: sheet.kind for sheet in find_sheets(grids)}


def read_sheets(document: Document, grids: Sequence[Grid], roles: Roles) -> Sheets:
    """Projects, targets and department forms of the sheets among ``grids``; every cell of a sheet gets its role."""
    reading = _Reading(roles)
    for run in runs(find_sheets(grids)):
        reading.read(run)
    return reading.sheets()


@dataclass
class _Reading:
    """What has been read so far of one document."""

    roles: Roles
    projects: list[ProjectSheet] = field(default_factory=list)
    found: list[Target] = field(default_factory=list)
    departments: list[DepartmentSheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    numbers: dict[int, dict[str, int]] = field(default_factory=dict)

    def sheets(self) -> Sheets:
        return Sheets(tuple(self.projects), tuple(self.found), tuple(self.departments), tuple(self.findings))

    def read(self, run: Sequence[Sheet]) -> None:
        for sheet in run:
            self.roles.give(_header_cells(sheet.layout, sheet.plan), "header")
        if run[0].plan.is_list:
            self._list([self._told(sheet) for sheet in run])
        elif run[0].kind == DEPARTMENT:
            self._department(run)
        else:
            self._form(run)
        for sheet in run:
            self._rest(sheet.layout, sheet.plan)

    def _department(self, run: Sequence[Sheet]) -> None:
        reading = read_department(run[0].layout, run[0].plan)
        self.departments.append(reading.sheet)
        self.roles.give(reading.facts, "fact")
        self.roles.give(reading.labels, "label")
        self._targets(run, None)

    def _form(self, run: Sequence[Sheet]) -> None:
        reading = read_form(run[0].layout, run[0].plan)
        self.roles.give(reading.facts, "fact")
        self.roles.give(reading.labels, "label")
        if reading.sheet is None:
            self._nameless(run)
            return
        self.projects.append(_ending(reading.sheet, run))
        self._targets(run, reading.sheet.sheet_id)
        if reading.sheet.amount is None:
            self.findings.append(reports.without_total(reading.sheet))

    def _nameless(self, run: Sequence[Sheet]) -> None:
        """An empty template is no sheet; targets without a project's name are a finding."""
        if any(True for sheet in run for _ in indicator_rows(sheet.layout, sheet.plan)):
            self.findings.append(reports.without_name(run[0].grid))
            self._targets(run, None)

    def _targets(self, run: Sequence[Sheet], sheet_id: str | None) -> None:
        carry = NONE
        for sheet in run:
            rows = list(indicator_rows(sheet.layout, sheet.plan, carry))
            carry = last_levels(rows) if rows else carry
            self._take(rows, run[0].grid.table_no, sheet_id)

    def _take(self, rows: Sequence[IndicatorRow], table_no: int, sheet_id: str | None) -> None:
        found = targets(rows, table_no, sheet_id, self.numbers.setdefault(table_no, {}))
        self.found += found
        bare = [target for target, row in zip(found, rows, strict=True) if target.level2 is None and row.has_level2]
        if bare:
            self.findings.append(reports.without_level(bare))
        self.roles.give((cell for row in rows for cell in row.cells), "fact")

    def _list(self, run: Sequence[Sheet]) -> None:
        rows = rows_by_place(run)
        number = 0
        unit = ""
        found = groups([(sheet.layout, sheet.plan) for sheet in run])
        for place, group in enumerate(found):
            if is_heading(place, found, rows) or (group.heads and not rows_of(group, rows)):
                unit = group.name
                self.roles.give(group.cells, "label")
                continue
            group.unit_name = group.unit_name or unit
            if not group.name:
                self._unnamed(group, rows)
                continue
            number += 1
            self._listed(sheet_of(group, number), group, rows)
        for sheet in run:
            if not sheet.plan.is_list:
                self.findings.append(reports.without_rules(sheet.grid))

    def _told(self, sheet: Sheet) -> Sheet:
        """A sheet without the pages of which no column could be told: what stands there is named, and not read."""
        untold = untold_pages(sheet.grid)
        if not untold:
            return sheet
        cells = [cell for cell in sheet.grid.cells if cell.page in untold and cell.text]
        self.roles.give(cells, "finding")
        self.findings.append(reports.without_columns(sheet.grid, untold, cells))
        told = tuple(cell for cell in sheet.grid.cells if cell.page not in untold)
        return replace(sheet, layout=Layout(replace(sheet.grid, cells=told)))

    def _listed(self, sheet: ProjectSheet, group: Group, rows: IndicatorRows) -> None:
        self.projects.append(sheet)
        self.roles.give(group.cells, "fact")
        self._take(rows_of(group, rows), sheet.table_no, sheet.sheet_id)
        if sheet.amount is None and group.has_money:
            self.findings.append(reports.without_total(sheet))

    def _unnamed(self, group: Group, rows: IndicatorRows) -> None:
        """Targets of a project whose name is not printed on its pages are not published: whose they are is unknown."""
        cells = [cell for row in rows_of(group, rows) for cell in row.cells] + group.cells
        if cells:
            self.roles.give(cells, "finding")
            self.findings.append(reports.nameless(group, cells))

    def _rest(self, layout: Layout, plan: Plan) -> None:
        """Roles of what is left: labels of the vocabulary, notes and scores; anything else is a finding."""
        cells = [cell for cell in layout.grid.cells if self.roles.of(cell) == "unread"]
        labels = [cell for cell in cells if _is_known(layout, plan, cell)]
        self.roles.give(labels, "label")
        left = [cell for cell in cells if self.roles.of(cell) == "unread"]
        if left:
            self.roles.give(left, "finding")
            self.findings.append(reports.unread(layout.grid, left))


def _ending(sheet: ProjectSheet, run: Sequence[Sheet]) -> ProjectSheet:
    return replace(sheet, last_page=max(part.grid.last_page for part in run))


def _header_cells(layout: Layout, plan: Plan) -> list[Cell]:
    cells = [cell for row in plan.header_rows for cell in layout.grid.row(row)]
    return [cell for cell in cells if cell.text and not is_label(cell)]


def _is_known(layout: Layout, plan: Plan, cell: Cell) -> bool:
    """Labels, level names, headings, titles, people, and whatever stands in the columns for scores and notes."""
    words = sheet_words()
    name = key(cell)
    if is_label(cell) or name in words.department.headings | words.department.markers | words.department.rows:
        return True
    if name in words.level1 or words.year.match(name) or level2_key(cell.text):
        return True
    if name in words.columns or cell.columns == layout.grid.column_count:
        return True
    left = layout.left(cell)
    if left is not None and key(left) in words.people | words.labels:
        return True
    if _is_level(plan, cell) or _is_piece_of_label(plan, cell):
        return True
    over = (words.columns.get(key(above)) for above in layout.above(cell) if above.text)
    said = next((kind for kind in over if kind), None)
    explains = said == "indicator" and cell.column not in {half.indicator for half in plan.halves}
    return explains or said in ("score", "note", "activity")


def _is_level(plan: Plan, cell: Cell) -> bool:
    """Whether a cell stands in a column of levels, whose text the targets have, or of earlier years' values."""
    columns = {column for half in plan.halves for column in (half.level1, half.level2)} | plan.earlier
    return cell.column in columns and cell.row >= plan.first_row


def _is_piece_of_label(plan: Plan, cell: Cell) -> bool:
    """Whether a cell left of the levels prints a piece of a label that a page break cut: 效指标 of 年度绩效指标."""
    first = min((half.level1 for half in plan.halves if half.level1), default=0)
    return cell.last_column < first and any(key(cell) in label for label in sheet_words().labels)
