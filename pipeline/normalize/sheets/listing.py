"""A list of projects: one group of rows each, over pages and over tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.layout import Layout
from pipeline.normalize.sheets.money import amount, unit_in
from pipeline.normalize.sheets.plan_model import Plan
from pipeline.normalize.sheets.records import Funds, ProjectSheet
from pipeline.normalize.sheets.words import sheet_words

_MONEY = ("total", "fiscal", "other")


@dataclass(frozen=True)
class _Text:
    """A text and its first and last printed line: a page break may print the line that it cuts on both pages."""

    text: str = ""
    first: str = ""
    last: str = ""

    def then(self, other: _Text) -> _Text:
        """The text with what the next page prints of it."""
        if not self.text or not other.text:
            return self if self.text else other
        head = self.text.removesuffix(other.first) if self.last == other.first else self.text
        return _Text(head + other.text, self.first, other.last)


def _text_of(cell: Cell | None) -> _Text:
    lines = cell.raw.splitlines() if cell is not None and cell.text else []
    return _Text(cell.text, lines[0], lines[-1]) if cell is not None and lines else _Text()


@dataclass
class Group:
    """The rows of one project: ``rows`` as (table_no, row), what its cells say, and the cells themselves.

    ``is_open`` says that no rule closes its money at the foot of the page, ``opens_page`` and ``closes_page`` that it
    stands at a page's edge.
    """

    table_no: int
    pages: list[int]
    name: str = ""
    unit_name: str = ""
    goal: _Text = _Text()
    term_goal: _Text = _Text()
    funds: dict[str, Decimal] = field(default_factory=dict)
    unit: str | None = None
    rows: list[tuple[int, int]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    is_open: bool = False
    opens_page: bool = False
    closes_page: bool = False
    among_units: bool = False
    has_money: bool = True  # a list without a column of money has no totals to miss

    @property
    def heads(self) -> bool:
        """Whether nothing but a name is printed, where names are units' too: the unit whose projects follow."""
        return self.among_units and bool(self.name) and not self.funds and not self.goal.text


@dataclass
class _Named:
    """What one printed name owns: one project, or several of one name (a project that several units have)."""

    name: _Text
    groups: list[Group]
    is_open: bool = False


def groups(layouts: Sequence[tuple[Layout, Plan]]) -> list[Group]:
    """The projects of a list that may go on over several tables; a group whose name is not printed has none."""
    told = any(_tells_cuts(layout) for layout, _ in layouts)
    found: list[_Named] = []
    unit: str | None = None
    for layout, plan in layouts:
        unit = _unit(layout, plan) or unit
        for piece in _pieces(layout, plan, unit) if plan.is_list else [_whole(layout)]:
            if found and _goes_on(found[-1], piece, told):
                _join(found[-1], piece, told)
            else:
                found.append(piece)
    return [replace(group, name=named.name.text) for named in found for group in named.groups]


def _tells_cuts(layout: Layout) -> bool:
    """Whether a table's rules tell the cells that a page break cuts: at the foot of a page some are open, some not."""
    feet: dict[int, int] = {}
    for cell in layout.grid.cells:
        feet[cell.page] = max(feet.get(cell.page, 0), cell.last_row)
    ends: dict[int, set[bool]] = {}
    for cell in layout.grid.cells:
        if cell.last_row == feet[cell.page]:
            ends.setdefault(cell.page, set()).add(cell.open_below)
    return any(len(kinds) == 2 for kinds in ends.values())


def _whole(layout: Layout) -> _Named:
    """A page on which the project's columns have no rules at all: its rows go on from the project before."""
    grid = layout.grid
    rows = [(grid.table_no, row) for row in range(1, grid.row_count + 1)]
    pages = [grid.first_page, grid.last_page]
    return _Named(_Text(), [Group(grid.table_no, pages, rows=rows, opens_page=True, closes_page=True)])


def _pieces(layout: Layout, plan: Plan, unit: str | None) -> list[_Named]:
    """What each cell of the names' column owns on its page, with where it touches the page's edge."""
    rows = [row for row in range(1, layout.grid.row_count + 1) if row not in plan.header_rows]
    pieces = [_piece(layout, plan, cell, unit) for cell in layout.column(plan.leading or 1, rows)]
    found = [group for piece in pieces for group in piece.groups]
    for index, group in enumerate(found):
        group.opens_page = index == 0 or found[index - 1].pages[-1] < group.pages[0]
        group.closes_page = index + 1 == len(found) or found[index + 1].pages[0] > group.pages[-1]
    return pieces


def _unit(layout: Layout, plan: Plan) -> str | None:
    headings = (cell.text for row in sorted(plan.header_rows) for cell in layout.grid.row(row))
    return unit_in(headings) or unit_in(line.text for line in layout.grid.above)


def _piece(layout: Layout, plan: Plan, name: Cell, unit: str | None) -> _Named:
    """One name with its projects: as many as its rows print totals; a blank total at a page's edge may be another's."""
    column = plan.listed.get("total")
    totals = layout.column(column, range(name.row, name.last_row + 1)) if column else []
    starts = [cell.row for cell in totals[1:] if cell.text or cell.last_row == name.last_row]
    bounds = [name.row, *starts, name.last_row + 1]
    parts = [_group(layout, plan, name, range(a, b), unit) for a, b in pairwise(bounds)]
    return _Named(_text_of(name) if "name" in plan.listed else _Text(), parts, name.open_below)


def _group(layout: Layout, plan: Plan, name: Cell, rows: range, unit: str | None) -> Group:
    found = {kind: cell for kind, column in plan.listed.items() if (cell := layout.at(rows[0], column)) is not None}
    text = {kind: cell.text for kind, cell in found.items()}
    money = {kind: amount(text.get(kind, ""), unit) for kind in _MONEY}
    foot = layout.at(rows[-1], plan.listed.get("total") or name.column)
    return Group(
        layout.grid.table_no, [name.page], "", text.get("unit_name", ""), _text_of(found.get("goal")),
        _text_of(found.get("term_goal")),
        {kind: yuan for kind, yuan in money.items() if yuan is not None}, unit,
        [(layout.grid.table_no, row) for row in rows], [cell for cell in found.values() if cell.text],
        foot is not None and foot.open_below, among_units=_names_units(layout, plan),
        has_money=not plan.listed.keys().isdisjoint(_MONEY),
    )  # fmt: skip


def _names_units(layout: Layout, plan: Plan) -> bool:
    """Whether the heading of the names says that units' names stand among them (单位名称、项目名称)."""
    phrases = [phrase for phrase, kind in sheet_words().columns.items() if kind == "unit_name"]
    over = (cell.text for row in plan.header_rows for cell in layout.grid.row(row) if cell.column == plan.leading)
    return any(phrase in squeeze(text) for text in over for phrase in phrases)


def _goes_on(named: _Named, piece: _Named, told: bool) -> bool:
    """Whether a piece belongs to the name before it: a page break cut the name's cell.

    Where the rules tell (``told``) they are believed; else a name printed in one part only belongs to both, and of two
    parts that both print a piece of it only one has the money, and the second no code.
    """
    last, first = named.groups[-1], piece.groups[0]
    if not (last.closes_page and first.opens_page):
        return False
    if told:
        return named.is_open
    if not named.name.text or not piece.name.text:
        return True
    return bool(last.funds) != bool(first.funds) and not _has_code(piece)


def _has_code(piece: _Named) -> bool:
    return sheet_words().coded_project.match(piece.name.text) is not None


def _join(named: _Named, piece: _Named, told: bool) -> None:
    """Add a piece to the name that it goes on from; its first project may go on from the last before the break."""
    last, first, *rest = named.groups[-1], *piece.groups
    one = last.is_open if told else not (last.funds and first.funds)
    if one:
        _merge(last, first)
    else:
        named.groups.append(first)
    named.groups += rest
    # a whole name with its code after the break: what stood before it ran over from the name above
    named.name = piece.name if _has_code(piece) else named.name.then(piece.name)
    named.is_open = piece.is_open


def _merge(group: Group, piece: Group) -> None:
    group.unit_name = group.unit_name or piece.unit_name
    group.goal, group.term_goal = group.goal.then(piece.goal), group.term_goal.then(piece.term_goal)
    group.funds = {**piece.funds, **group.funds}
    group.unit = group.unit or piece.unit
    group.pages += piece.pages
    group.rows += piece.rows
    group.cells += piece.cells
    group.is_open = piece.is_open
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
        term_goal=group.term_goal.text or None,
        annual_goal=group.goal.text or None,
        cell_ids=tuple(cell.cell_id for cell in group.cells),
    )
