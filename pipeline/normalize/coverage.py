"""Where the numbers inside the tables went: the count that must close, page by page.

Every cell has one role, and every digit glyph of a table stands in one cell: the digits of the text layer inside the
tables, counted before any cell was read, must equal the digits of the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.normalize.model import Cell, Document, Roles, Row

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COLUMNS = {"fact": "facts", "label": "labels", "header": "headers", "finding": "findings", "unread": "unread"}


def numbers_in(text: str) -> int:
    """How many numbers a cell prints."""
    return len(_NUMBER.findall(text))


def coverage_rows(document: Document, roles: Roles) -> Iterator[Row]:
    """One row a page that has tables."""
    cells: dict[int, list[Cell]] = {}
    for grid in document.grids:
        for cell in grid.cells:
            if cell.text:
                cells.setdefault(cell.page, []).append(cell)
    for page in sorted(set(cells) | {page for page, digits in document.page_digits.items() if digits}):
        yield _page_row(document, page, cells.get(page, []), roles)


def _page_row(document: Document, page: int, cells: list[Cell], roles: Roles) -> Row:
    counts = dict.fromkeys(_COLUMNS.values(), 0)
    for cell in cells:
        counts[_COLUMNS[roles.of(cell)]] += numbers_in(cell.text)
    return {
        "document_id": document.document_id,
        "page": page,
        "digits_in_text_layer": document.page_digits.get(page, 0),
        "digits_in_cells": sum(sum(c.isascii() and c.isdigit() for c in cell.text) for cell in cells),
        "numbers": sum(counts.values()),
        **counts,
    }
