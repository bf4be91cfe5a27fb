"""What normalization works on: one document's interim tables as typed records, and what its readers hand back.

A reader (budget tables, performance sheets, text) takes a ``Document`` and returns records; it marks each cell's role
through ``Roles``, so that no number is lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.sources import Source
from pipeline.tables import Dataset

Row = dict[str, object]


@dataclass(frozen=True)
class Cell:
    """One printed cell. Rows and columns count from 1; ``text`` is repaired, ``raw`` as laid out.

    ``open_below``: no rule closes it at the foot of its page.
    """

    cell_id: str
    page: int
    row: int
    column: int
    rows: int
    columns: int
    text: str
    raw: str
    continued: bool
    repairs: tuple[str, ...] = ()
    box: Row = field(default_factory=dict)
    open_below: bool = False

    @property
    def last_row(self) -> int:
        """Last row that the cell covers."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Last column that the cell covers."""
        return self.column + self.columns - 1


@dataclass(frozen=True)
class Line:
    """One printed line outside the tables; ``next_table`` is the number of the table that follows it."""

    page: int
    paragraph: int
    next_table: int
    x0: float
    y0: float
    size: float
    role: str
    text: str


@dataclass(frozen=True)
class Grid:
    """One table as extracted: its cells by row, and the lines above it (nearest last) and below it.

    ``above_later`` are the lines over its parts on later pages: a wide table prints its unit over its right half only.
    """

    table_no: int
    first_page: int
    last_page: int
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    method: str = "ruled"
    above_later: tuple[Line, ...] = ()

    def row(self, number: int) -> list[Cell]:
        """Cells that start in a row, from left to right."""
        return self._by_row.get(number, [])

    def covering(self, number: int) -> dict[int, Cell]:
        """For each column the cell that covers it in a row, wherever that cell began."""
        return self._covering.get(number, {})

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    @cached_property
    def _covering(self) -> dict[int, dict[int, Cell]]:
        rows: dict[int, dict[int, Cell]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.last_row + 1):
                rows.setdefault(row, {}).update(dict.fromkeys(range(cell.column, cell.last_column + 1), cell))
        return rows


@dataclass(frozen=True)
class Document:
    """One document's interim tables as records."""

    source: Source
    page_count: int
    problems: dict[int, str]
    page_digits: dict[int, int]
    text_layers: dict[int, str]
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]
    damaged_places: int = 0  # of the file: see ``extract.integrity``

    @property
    def document_id(self) -> str:
        """Identifier of the disclosure."""
        return self.source.document_id


@dataclass(frozen=True)
class Finding:
    """Something that could not be read or is doubtful; ``code`` is a fixed word, the texts are for people."""

    code: str
    severity: str
    verdict: str
    zh: str
    en: str
    page: int | None = None
    cell_ids: tuple[str, ...] = ()
    check_id: str | None = None


@dataclass
class Roles:
    """Where each cell ended: fact, label, header, finding. A cell is given one role; unread is what nothing took."""

    _of: dict[str, str] = field(default_factory=dict)

    def give(self, cells: Iterable[Cell], role: str) -> None:
        """Give cells a role; the first role given stays."""
        for cell in cells:
            self._of.setdefault(cell.cell_id, role)

    def take(self, other: Roles) -> None:
        """Take over the roles given elsewhere; those given here stay."""
        for name, role in other._of.items():
            self._of.setdefault(name, role)

    def of(self, cell: Cell) -> str:
        """A cell's role."""
        return self._of.get(cell.cell_id, "unread") if cell.text else "blank"


def where(cells: Sequence[Cell]) -> tuple[int, tuple[str, ...]]:
    """Where a finding on cells is: the page of the first of them, and all that they are."""
    return cells[0].page, tuple(cell.cell_id for cell in cells)


def cell_id(document_id: str, table_no: int, row: int, column: int) -> str:
    """The published identifier of a cell: readable, stable for one reading of one document."""
    return f"{document_id}/t{table_no}/r{row}/c{column}"


def document_of(source: Source, interim: Dataset) -> Document:
    """The interim tables of one document as records."""
    pages = interim["pages"].to_pylist()
    lines = tuple(_line(row) for row in interim["lines"].to_pylist())
    return Document(
        source=source,
        page_count=len(pages),
        problems={row["page"]: row["problem"] for row in pages if row["problem"]},
        damaged_places=max((row["damaged_places"] for row in pages), default=0),
        page_digits={row["page"]: row["table_digits"] for row in pages},
        text_layers={row["page"]: row["text_layer"] for row in pages if row["text_layer"]},
        grids=_grids(source.document_id, interim, lines),
        lines=lines,
    )


def _line(row: dict[str, Any]) -> Line:
    return Line(
        page=row["page"],
        paragraph=row["paragraph_no"],
        next_table=row["table_no"],
        x0=row["x0"],
        y0=row["y0"],
        size=row["size"],
        role=row["role"],
        text=row["text"],
    )


def _cell(document_id: str, row: dict[str, Any]) -> Cell:
    return Cell(
        cell_id=cell_id(document_id, row["table_no"], row["row_no"], row["column_no"]),
        page=row["page"],
        row=row["row_no"],
        column=row["column_no"],
        rows=row["row_span"],
        columns=row["column_span"],
        text=row["text"],
        raw=row["text_raw"],
        continued=row["continued"],
        repairs=tuple(row["repairs"]),
        box={edge: row[edge] for edge in ("x0", "y0", "x1", "y1")},
        open_below=bool(row.get("open_below")),
    )


def _grids(document_id: str, interim: Dataset, lines: Sequence[Line]) -> tuple[Grid, ...]:
    cells: dict[int, list[Cell]] = {}
    for row in interim["raw_cells"].to_pylist():
        cells.setdefault(row["table_no"], []).append(_cell(document_id, row))
    above: dict[int, list[Line]] = {}
    for line in lines:
        above.setdefault(line.next_table, []).append(line)
    return tuple(_grid(row, cells, above) for row in interim["raw_tables"].to_pylist())


def _grid(row: dict[str, Any], cells: dict[int, list[Cell]], above: dict[int, list[Line]]) -> Grid:
    number, first, last = row["table_no"], row["first_page"], row["last_page"]
    return Grid(
        number,
        first,
        last,
        row["row_count"],
        row["column_count"],
        tuple(cells.get(number, ())),
        tuple(line for line in above.get(number, ()) if line.page <= first),
        tuple(line for line in above.get(number + 1, ()) if line.page <= last + 1),
        row["method"],
        tuple(line for line in above.get(number, ()) if line.page > first),
    )
