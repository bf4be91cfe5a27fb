"""A list of projects: one group of rows each, over pages and over tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.normalize.lexicon import sheet_words, squeeze
from pipeline.normalize.model import Cell
from pipeline.normalize.sheets.layout import Layout
from pipeline.normalize.sheets.money import amount, unit_in
from pipeline.normalize.sheets.plan import Plan
from pipeline.normalize.sheets.records import Funds, ProjectSheet

_MONEY = ("total", "fiscal", "other")


@dataclass
class Group:
    """The rows of one project: ``rows`` as (table_no, row), what its cells say, and the cells themselves."""

    table_no: int
    pages: list[int]
    name: str = ""
    unit_name: str = ""
    goal: str = ""
    funds: dict[str, Decimal] = field(default_factory=dict)
    unit: str | None = None
    rows: list[tuple[int, int]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    opens_page: bool = False
    closes_page: bool = False


def groups(layouts: Sequence[tuple[Layout, Plan]]) -> list[Group]:
    """The projects of a list that may go on over several tables; a group whose name is not printed has none."""
    pieces: list[Group] = []
    unit: str | None = None
    for layout, plan in layouts:
        unit = _unit(layout, plan) or unit
        pieces += _pieces(layout, plan, unit) if plan.is_list else [_whole(layout)]
    found: list[Group] = []
    for piece in pieces:
        if found and _goes_on(found[-1], piece):
            _merge(found[-1], piece)
        else:
            found.append(piece)
    return found


def _whole(layout: Layout) -> Group:
    """A page on which the project's columns have no rules at all: its rows go on from the project before."""
    grid = layout.grid
    rows = [(grid.table_no, row) for row in range(1, grid.row_count + 1)]
    return Group(grid.table_no, [grid.first_page, grid.last_page], rows=rows, opens_page=True, closes_page=True)


def _pieces(layout: Layout, plan: Plan, unit: str | None) -> list[Group]:
    """The stretches of rows that one name cell covers, with where they touch a page's edge."""
    rows = [row for row in range(1, layout.grid.row_count + 1) if row not in plan.header_rows]
    names = layout.column(plan.leading or 1, rows)
    pieces = [_piece(layout, plan, cell, unit) for cell in names]
    for index, piece in enumerate(pieces):
        piece.opens_page = index == 0 or pieces[index - 1].pages[-1] < piece.pages[0]
        piece.closes_page = index + 1 == len(pieces) or pieces[index + 1].pages[0] > piece.pages[-1]
    return pieces


def _unit(layout: Layout, plan: Plan) -> str | None:
    headings = (cell.text for row in sorted(plan.header_rows) for cell in layout.grid.row(row))
    return unit_in(headings) or unit_in(line.text for line in layout.grid.above)


def _piece(layout: Layout, plan: Plan, name: Cell, unit: str | None) -> Group:
    """What one leading cell's rows say of their project; a name without rules around it is read beside the table."""

    def cell(kind: str) -> Cell | None:
        column = plan.listed.get(kind)
        return layout.at(name.row, column) if column else None

    def text(kind: str) -> str:
        found = cell(kind)
        return found.text if found is not None else ""

    money = {kind: amount(text(kind), unit) for kind in _MONEY}
    cells = [found for kind in plan.listed if (found := cell(kind)) is not None and found.text]
    rows = [(layout.grid.table_no, row) for row in range(name.row, name.last_row + 1)]
    printed = text("name") if "name" in plan.listed else _beside(layout, name)
    return Group(
        layout.grid.table_no, [name.page], printed, text("unit_name"), text("goal"),
        {kind: yuan for kind, yuan in money.items() if yuan is not None}, unit, rows, cells,
    )  # fmt: skip


def _beside(layout: Layout, cell: Cell) -> str:
    """The lines to the left of a cell, between its top and its bottom, that stand on the page."""
    left, top, bottom = (float(str(cell.box.get(edge) or 0)) for edge in ("x0", "y0", "y1"))
    lines = (*layout.grid.above, *layout.grid.below)
    near = [line for line in lines if line.page == cell.page and line.x0 < left and 0 <= top <= line.y0 < bottom]
    return squeeze("".join(line.text for line in sorted(near, key=lambda line: line.y0)))


def _goes_on(group: Group, piece: Group) -> bool:
    """Whether a piece belongs to the project before it: a page break cut its cells, and one part holds the text."""
    if not (group.closes_page and piece.opens_page):
        return False
    if not group.name or not piece.name:
        return True
    # both parts print a piece of the name: one project, unless each has money or a code of its own
    has_code = sheet_words().coded_project.match(piece.name) is not None
    return not (group.funds and piece.funds) and not has_code and not group.funds


def _merge(group: Group, piece: Group) -> None:
    group.name += piece.name
    group.unit_name = group.unit_name or piece.unit_name
    group.goal += piece.goal
    group.funds = {**piece.funds, **group.funds}
    group.unit = group.unit or piece.unit
    group.pages += piece.pages
    group.rows += piece.rows
    group.cells += piece.cells
    group.closes_page = piece.closes_page


def sheet_of(group: Group, number: int) -> ProjectSheet:
    """The record of a listed project; ``number`` counts the projects of its table."""
    match = sheet_words().coded_project.match(group.name)
    return ProjectSheet(
        sheet_id=f"{group.table_no}/{number}",
        table_no=group.table_no,
        first_page=min(group.pages),
        last_page=max(group.pages),
        project_name=match["name"] if match else group.name,
        project_code=match["code"] if match else None,
        unit_name=group.unit_name or None,
        annual=Funds(**group.funds),
        unit=group.unit,
        annual_goal=group.goal or None,
        cell_ids=tuple(cell.cell_id for cell in group.cells),
    )
