"""The rows of the interim tables (``schema.INTERIM``): pages, raw_tables, raw_cells, lines."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.frame import Frame
from pipeline.extract.lines import PrintedLine
from pipeline.extract.pages import ReadPage
from pipeline.extract.parts import WholeTable
from pipeline.extract.seams import seams_of

Row = dict[str, object]


def page_row(document_id: str, page: ReadPage, damaged: int) -> Row:
    """A page's row of ``pages``: its size as displayed, in points, and what was counted on it.

    ``damaged``: places of the file where its data are damaged or missing.
    """
    width, height = page.frame.display_size
    return {
        "document_id": document_id,
        "page": page.number,
        "width": width,
        "height": height,
        "glyphs": page.glyphs,
        "watermark_glyphs": page.watermark_glyphs,
        "table_digits": page.table_digits,
        "text_layer": page.text_layer,
        "problem": page.problem,
        "damaged_places": damaged,
    }


def _box(frame: Frame, box: tuple[float, float, float, float]) -> Row:
    x0, y0, x1, y1 = frame.to_display(*box) if frame.turns != frame.display_turns else box
    return {"x0": round(x0, 2), "y0": round(y0, 2), "x1": round(x1, 2), "y1": round(y1, 2)}


def table_rows(document_id: str, tables: list[WholeTable]) -> Iterator[Row]:
    """The rows of ``raw_tables``, numbered in reading order; the box is that of the part on the first page."""
    for number, table in enumerate(tables, start=1):
        first = table.parts[0]
        yield {
            "document_id": document_id,
            "table_no": number,
            "first_page": first.page,
            "last_page": table.parts[-1].page,
            "row_count": table.row_count,
            "column_count": table.column_count,
            "method": first.filled.method,
            **_box(first.frame, first.filled.grid.box),
        }


def cell_rows(document_id: str, tables: list[WholeTable]) -> Iterator[Row]:
    """The rows of ``raw_cells``: every cell, blank ones too, by its place in the whole table."""
    for number, table in enumerate(tables, start=1):
        seams = seams_of(table)
        for place, part in enumerate(table.parts):
            borders, rows, above = table.columns_of(place), table.rows_of(place), table.rows_above(place)
            for cell in part.filled.cells:
                if id(cell) in seams.ends:
                    continue
                span = cell.span
                further, text = seams.widened.get(id(cell), (0, cell))
                top, bottom = int(rows[span.row]), int(rows[span.row + span.rows])
                first, last = int(borders[span.column]), int(borders[span.column + span.columns])
                yield {
                    "document_id": document_id,
                    "table_no": number,
                    "row_no": above + top + 1,
                    "column_no": first + 1,
                    "page": part.page,
                    "row_span": bottom - top,
                    "column_span": last - first + further,
                    **_box(part.frame, cell.box),
                    "text_raw": text.reading.raw,
                    "text": text.reading.text,
                    "repairs": list(text.reading.repairs),
                    "continued": above > 0 and span.row == 0,
                    "open_below": part.filled.grid.is_open_below(span),
                }


def line_rows(
    document_id: str, lines: list[PrintedLine], tables: list[WholeTable], frames: dict[int, Frame]
) -> Iterator[Row]:
    """The rows of ``lines``: what stands outside tables, each with the table that comes next; ``frames`` by page."""
    numbers = _table_numbers(tables)
    for number, line in enumerate(lines, start=1):
        yield {
            "document_id": document_id,
            "line_no": number,
            "page": line.page,
            "paragraph_no": line.paragraph,
            "table_no": _next_table(numbers, line),
            **_box(frames[line.page], line.box),
            "size": round(line.size, 2),
            "role": line.role,
            "text": line.text,
        }


def _table_numbers(tables: list[WholeTable]) -> list[tuple[int, int]]:
    """(page, table number) of every part, in reading order."""
    return [(part.page, number) for number, table in enumerate(tables, start=1) for part in table.parts]


def _next_table(numbers: list[tuple[int, int]], line: PrintedLine) -> int:
    """Number of the first table part that comes after a line; one more than the last table's at the end."""
    on_page = [number for page, number in numbers if page == line.page]
    if line.after < len(on_page):
        return on_page[line.after]
    later = [number for page, number in numbers if page > line.page]
    return later[0] if later else (numbers[-1][1] + 1 if numbers else 1)
