"""Small tables and documents made from texts, for the tests of normalization.

A sheet is rows of texts in which ``<`` stands for "the cell at the left goes on here" and ``^`` for "the cell above
goes on here", so that a merged heading reads the way it is printed::

    ("收入", "<", "支出", "<"),
    ("项目", "预算数", "项目", "预算数"),
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.facts.records import Setting, TableFacts
from pipeline.normalize.facts.table import read_facts
from pipeline.normalize.labels.label import PrintedNames
from pipeline.normalize.model import Cell, Document, Grid, Line, Row, cell_id
from pipeline.normalize.titles import heading_of
from pipeline.sources import Source

Sheet = Sequence[Sequence[str]]
LEFT, ABOVE = "<", "^"


def cells_of(sheet: Sheet, table_no: int = 1, page: int = 1, continued: Collection[int] = ()) -> tuple[Cell, ...]:
    """The cells of a sheet; ``continued`` are the rows (from 1) that stand first on a further page."""
    cells = []
    for row, texts in enumerate(sheet):
        for column, text in enumerate(texts):
            if text in (LEFT, ABOVE):
                continue
            rows, columns = _reach(sheet, row, column)
            cells.append(
                Cell(
                    cell_id("made", table_no, row + 1, column + 1),
                    page + sum(1 for first in continued if first <= row + 1),
                    row + 1,
                    column + 1,
                    rows,
                    columns,
                    text,
                    text,
                    row + 1 in continued,
                )
            )
    return tuple(cells)


def _reach(sheet: Sheet, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns the cell that begins at a place covers."""
    columns = 1
    while column + columns < len(sheet[row]) and sheet[row][column + columns] == LEFT:
        columns += 1
    rows = 1
    while row + rows < len(sheet) and sheet[row + rows][column] == ABOVE:
        rows += 1
    return rows, columns


def lines_of(texts: Sequence[str], page: int = 1, next_table: int = 1) -> tuple[Line, ...]:
    """Lines one below another, above table ``next_table``."""
    return tuple(
        Line(page, number, next_table, 80.0, 60.0 + 16 * number, 12.0, "body", text)
        for number, text in enumerate(texts, start=1)
    )


def grid_of(
    sheet: Sheet,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    *,
    table_no: int = 1,
    page: int = 1,
    continued: Collection[int] = (),
) -> Grid:
    """A table with the lines above it (nearest last) and below it."""
    cells = cells_of(sheet, table_no, page, continued)
    return Grid(
        table_no,
        page,
        page + len(continued),
        len(sheet),
        max(map(len, sheet), default=0),
        cells,
        lines_of(above, page, table_no),
        lines_of(below, page + len(continued), table_no + 1),
    )


def source_of(**said: object) -> Source:
    """A raw file's row in the manifest; what is not said is None."""
    return Source(document_id="made", path=Path("made.pdf"), sha256="0" * 64, **said)  # type: ignore[arg-type]


def document_of(grids: Sequence[Grid] = (), lines: Sequence[Line] = (), source: Source | None = None) -> Document:
    """A document of these tables and lines; its count of digits is that of the tables' cells."""
    digits: dict[int, int] = {}
    for grid in grids:
        for cell in grid.cells:
            digits[cell.page] = digits.get(cell.page, 0) + sum(c in "0123456789" for c in cell.text)
    pages = max([line.page for line in lines] + [grid.last_page for grid in grids] + [1])
    return Document(source or source_of(), pages, {}, digits, {1: "digital"}, tuple(grids), tuple(lines))


def read(
    sheet: Sheet,
    title: str,
    *,
    unit: str = "万元",
    year: int = 2026,
    is_final: bool = False,
    units: Collection[str] = (),
    continued: Collection[int] = (),
    cut: Collection[tuple[int, int]] = (),
    printed: PrintedNames | None = None,
) -> tuple[Grid, TableFacts]:
    """A sheet under its title, read the way a document's table is; ``printed``: subjects of the other tables.

    ``cut`` are the rows and columns of the cells that no rule closes at the foot of their page.
    """
    grid = grid_of(sheet, (title, f"单位：{unit}"), continued=continued)
    grid = replace(grid, cells=tuple(replace(cell, open_below=(cell.row, cell.column) in cut) for cell in grid.cells))
    heading = heading_of(grid)
    assert heading.table_id, f"no rule knows the title {title}"
    setting = Setting(
        "made", heading.table_id, unit, Calendar(year, is_final), frozenset(units), printed_names=printed or {}
    )
    return grid, read_facts(grid, heading, setting)


def figures(sheet: Sheet, title: str, *names: str, **how: object) -> list[tuple[object, ...]]:
    """``amount_printed`` and the named columns of every figure of a sheet, in printed order.

    Fails when a cell has no role, when a finding was made, or when a figure is not a fact.
    """
    grid, facts = read(sheet, title, **how)  # type: ignore[arg-type]
    assert not facts.findings, [finding.en for finding in facts.findings]
    assert_placed(grid, facts)
    ordered = sorted(facts.rows, key=lambda row: (row["row_no"], row["column_no"]))
    return [tuple(row[name] for name in ("amount_printed", *names)) for row in ordered]


def assert_placed(grid: Grid, facts: TableFacts) -> None:
    """Every cell that is not blank has exactly one role, and the cells with the role ``fact`` are the facts' own."""
    roles = {cell.cell_id: facts.roles.of(cell) for cell in grid.cells}
    lost = [cell.text for cell in grid.cells if roles[cell.cell_id] == "unread"]
    assert not lost, f"no rule took {lost}"
    of_facts = [str(row["cell_id"]) for row in facts.rows]
    assert sorted(of_facts) == sorted(name for name, role in roles.items() if role == "fact")
    assert len(set(of_facts)) == len(of_facts)


def row_with(rows: Sequence[Row], printed: str) -> Row:
    """The one row whose figure is printed so."""
    (row,) = [row for row in rows if row["amount_printed"] == printed]
    return row
