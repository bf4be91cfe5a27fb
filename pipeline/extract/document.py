"""One PDF to its interim tables: pages, raw_tables, raw_cells, lines.

What is light to keep of a page (cells, lines) is kept to the end: tables go on over pages, and what is printed on every
page is no line of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import schema
from pipeline.extract.cells import FilledGrid
from pipeline.extract.continuation import join_parts
from pipeline.extract.integrity import damaged_places
from pipeline.extract.interim_rows import cell_rows, line_rows, page_row, table_rows
from pipeline.extract.lines import PrintedLine, with_paragraphs, with_roles
from pipeline.extract.opening import has_layers, open_pdf
from pipeline.extract.pages import ReadPage, read_pages
from pipeline.extract.parts import Part
from pipeline.tables import Dataset, to_arrow


def read_document(path: Path, document_id: str) -> Dataset:
    """The interim tables (``schema.INTERIM``) of one PDF: a pure function of its bytes.

    Raises UnreadableDocument when the file cannot be opened; a page that cannot be read is a ``pages`` row with its
    ``problem``, and the others go on.
    """
    pdf = open_pdf(path)
    try:
        pages = list(read_pages(pdf, has_layers=has_layers(path)))
    finally:
        pdf.close()
    damaged = damaged_places(path.read_bytes())
    lines = with_paragraphs(with_roles([line for page in pages for line in page.lines], len(pages)))
    tables = join_parts(list(_parts(pages, lines)))
    return {
        "pages": to_arrow(schema.PAGES, (page_row(document_id, page, damaged) for page in pages)),
        "raw_tables": to_arrow(schema.RAW_TABLES, table_rows(document_id, tables)),
        "raw_cells": to_arrow(schema.RAW_CELLS, cell_rows(document_id, tables)),
        "lines": to_arrow(schema.LINES, line_rows(document_id, lines, tables, {p.number: p.frame for p in pages})),
    }


def read_grids(path: Path) -> Iterator[tuple[int, float, tuple[FilledGrid, ...]]]:
    """Page number, height and filled grids of each page, in reading space: what tables are made of, before joining.

    Raises UnreadableDocument when the file cannot be opened.
    """
    pdf = open_pdf(path)
    try:
        for page in read_pages(pdf, has_layers=has_layers(path)):
            yield page.number, page.frame.size[1], page.grids
    finally:
        pdf.close()


def _parts(pages: list[ReadPage], lines: list[PrintedLine]) -> Iterator[Part]:
    body: dict[int, list[PrintedLine]] = {}
    for line in lines:
        if line.role == "body":
            body.setdefault(line.page, []).append(line)
    for page in pages:
        for place, filled in enumerate(page.grids):
            on_page = body.get(page.number, [])
            yield Part(
                page.number,
                page.frame,
                filled,
                tuple(line.text for line in on_page if line.after == place),
                tuple(line.text for line in on_page if line.after == place + 1),
                place == 0,
                place == len(page.grids) - 1,
            )
