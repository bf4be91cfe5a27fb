"""Small made tables and texts for the tests of sheets and text, and the Zezhou disclosure as a document."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.extract import read_document
from pipeline.normalize.model import Cell, Document, Grid, Line, document_of
from pipeline.sources import Source

ROOT = Path(__file__).resolve().parents[2]
ZEZHOU = "zezhou-org-dept-2026-budget"

Place = tuple[int, int]  # rows and columns that a cell covers


def cell(row: int, column: int, text: str, covers: Place = (1, 1), page: int = 1, table_no: int = 1) -> Cell:
    """One cell; ``covers`` is its rows and columns."""
    return Cell(f"d/t{table_no}/r{row}/c{column}", page, row, column, covers[0], covers[1], text, text, False)


def line(text: str, page: int = 1, paragraph: int = 1, next_table: int = 0, size: float = 11.0) -> Line:
    """One printed line of the text."""
    return Line(page, paragraph, next_table, 60.0, 60.0, size, "body", text)


def table(
    rows: Sequence[Sequence[str | None]], title: str = "", table_no: int = 1, pages: Sequence[int] = (),
) -> Grid:  # fmt: skip
    """A table of rows of texts. None lengthens the cell to its left, ``^`` the cell above; ``pages`` by row."""
    pages = pages or [1] * len(rows)
    cells: dict[Place, list[int]] = {}
    owner: dict[Place, Place] = {}
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            place = owner[r, c - 1] if text is None else owner[r - 1, c] if text == "^" else (r, c)
            owner[r, c] = place
            covers = cells.setdefault(place, [1, 1])
            cells[place] = [max(covers[0], r - place[0] + 1), max(covers[1], c - place[1] + 1)]
    made = tuple(
        cell(r, c, rows[r - 1][c - 1] or "", (covers[0], covers[1]), pages[r - 1], table_no)
        for (r, c), covers in cells.items()
    )
    above = tuple(line(text, pages[0]) for text in title.split("|") if text)
    return Grid(table_no, pages[0], pages[-1], len(rows), len(rows[0]), made, above, ())


def document(grids: Sequence[Grid] = (), lines: Sequence[Line] = ()) -> Document:
    """A document of these tables and lines."""
    source = Source(document_id="d", path=Path("d.pdf"), sha256="0" * 64)
    return Document(source, 1, {}, {}, {1: "digital"}, tuple(grids), tuple(lines))


def text(*paragraphs: str) -> Document:
    """A document of these paragraphs, one line each, on page 1."""
    return document(lines=[line(words, paragraph=number) for number, words in enumerate(paragraphs, start=1)])


@cache
def zezhou() -> Document:
    """The disclosure of the Zezhou organisation department as extraction reads it."""
    path = ROOT / "data" / "raw" / f"{ZEZHOU}.pdf"
    return document_of(Source(document_id=ZEZHOU, path=path, sha256="0" * 64), read_document(path, ZEZHOU))


def expected(name: str) -> list[dict[str, str]]:
    """A reviewed expectation: see tests/expected/README.md."""
    with (ROOT / "tests" / "expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
