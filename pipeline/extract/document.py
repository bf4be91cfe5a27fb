"""One PDF to its interim tables: pages, raw_tables, raw_cells, lines.

Pages are read in batches, so that memory does not grow with their number; what is judged over pages (watermarks) is
judged within a batch, and what is light to keep (cells, lines) is kept to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from pipeline import schema
from pipeline.extract.aligned import find_aligned
from pipeline.extract.barred import find_barred, is_all_drawn, is_run_together
from pipeline.extract.cells import FilledGrid, fill
from pipeline.extract.continuation import Part, WholeTable, join_parts
from pipeline.extract.glyphs import Flags, Frame, Glyphs, on_page, read_glyphs
from pipeline.extract.grid import REACH, Grid, find_grids
from pipeline.extract.lines import PrintedLine, printed_lines, with_paragraphs, with_roles
from pipeline.extract.pictures import has_picture, picture_problem
from pipeline.extract.rules import Rules, read_rules, rules_of_fields
from pipeline.extract.text import count_digits
from pipeline.extract.watermark import watermark_masks
from pipeline.tables import Dataset, to_arrow

BATCH = 64  # pages held in memory at a time
MOST_GLYPHS = 50_000  # a page with more is no page of a disclosure; reading it would cost minutes
FEWEST_SHADED = 2  # rows and columns of a table that only its shading shows
MOST_INVISIBLE = 0.5  # share of glyphs that nobody sees beyond which a page with a picture is a scan
UNMAPPED_SHARE = 0.1  # share of glyphs without Unicode from which a page counts as unreadable


class UnreadableDocument(Exception):
    """A file that cannot be opened as a PDF at all.

    ``reason_code`` is a fixed word (not_a_pdf, empty_file, encrypted, damaged, no_pages); ``zh`` and ``en`` say what is
    wrong and what to do.
    """

    def __init__(self, reason_code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.reason_code, self.zh, self.en = reason_code, zh, en

    def __reduce__(self) -> tuple[type[UnreadableDocument], tuple[str, str, str]]:
        """Lets the exception cross from a worker process."""
        return UnreadableDocument, (self.reason_code, self.zh, self.en)


@dataclass(frozen=True)
class _RawPage:
    """A page as read, before it is known which glyphs are a watermark."""

    number: int
    frame: Frame
    glyphs: Glyphs
    rules: Rules
    text_layer: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class _ReadPage:
    """A page as understood: its tables' text, the lines outside them, and the counts that coverage closes on."""

    number: int
    frame: Frame
    grids: tuple[FilledGrid, ...]
    lines: tuple[PrintedLine, ...]
    glyphs: int
    watermark_glyphs: int
    table_digits: int
    text_layer: str | None
    problem: str | None


def read_document(path: Path, document_id: str) -> Dataset:
    """The interim tables (``schema.INTERIM``) of one PDF: a pure function of its bytes.

    Raises UnreadableDocument when the file cannot be opened; a page that cannot be read is a ``pages`` row with its
    ``problem``, and the others go on.
    """
    pdf = _open(path)
    try:
        pages = [page for batch in _batches(len(pdf)) for page in _read_batch(pdf, batch)]
    finally:
        pdf.close()
    lines = with_paragraphs(with_roles([line for page in pages for line in page.lines], len(pages)))
    tables = join_parts(list(_parts(pages, lines)))
    return {
        "pages": to_arrow(schema.PAGES, (_page_row(document_id, page) for page in pages)),
        "raw_tables": to_arrow(schema.RAW_TABLES, _table_rows(document_id, tables)),
        "raw_cells": to_arrow(schema.RAW_CELLS, _cell_rows(document_id, tables)),
        "lines": to_arrow(schema.LINES, _line_rows(document_id, lines, tables, {p.number: p.frame for p in pages})),
    }


def read_grids(path: Path) -> Iterator[tuple[int, float, tuple[FilledGrid, ...]]]:
    """Page number, height and filled grids of each page, in reading space: what tables are made of, before joining.

    Raises UnreadableDocument when the file cannot be opened.
    """
    pdf = _open(path)
    try:
        for batch in _batches(len(pdf)):
            for page in _read_batch(pdf, batch):
                yield page.number, page.frame.size[1], page.grids
    finally:
        pdf.close()


def _open(path: Path) -> pdfium.PdfDocument:
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise UnreadableDocument("empty_file", "文件为空，请重新下载", "the file is empty; download it again")
    if b"%PDF" not in head:
        raise UnreadableDocument("not_a_pdf", "不是 PDF 文件，请核对文件", "this is not a PDF; check the file")
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unreadable(path) from error
    if len(pdf) == 0:
        pdf.close()
        raise UnreadableDocument("no_pages", "PDF 没有页面", "the PDF has no pages")
    return pdf


def _unreadable(path: Path) -> UnreadableDocument:
    """Why pdfium refused a file, from its bytes: the library's error code may be one left over from another file."""
    data = path.read_bytes()
    if b"/Encrypt" in data:
        return UnreadableDocument(
            "encrypted", "PDF 有密码，请换用未加密的文件", "the PDF is protected by a password; supply it unprotected"
        )
    if re.search(rb"/Count\s+0\b", data) and b"%%EOF" in data:
        return UnreadableDocument("no_pages", "PDF 没有页面", "the PDF has no pages")
    return UnreadableDocument(
        "damaged", "PDF 已损坏或不完整，请重新下载", "the PDF is damaged or cut short; download it again"
    )


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(start + BATCH, count))


def _read_batch(pdf: pdfium.PdfDocument, batch: range) -> list[_ReadPage]:
    pages = [_read_raw(pdf, index) for index in batch]
    masks = watermark_masks([page.glyphs for page in pages])
    read: list[_ReadPage] = []
    for page, mask in zip(pages, masks, strict=True):
        begun = read[-1].grids[-1].grid if read and read[-1].grids else None
        read.append(_understand(page, mask, begun))
    return read


_NO_GLYPHS = Glyphs(
    np.empty((0, 4)), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, bool), np.empty(0, np.float64), 0
)
_NO_RULES = Rules(np.empty((0, 3)), np.empty((0, 3)))


def _read_raw(pdf: pdfium.PdfDocument, index: int) -> _RawPage:
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _RawPage(index + 1, Frame((0, 0, 0, 0), 0, 0), _NO_GLYPHS, _NO_RULES, problem="damaged_page")
    try:
        glyphs, frame = read_glyphs(page)
        problem = _problem(page, glyphs)
        rules = _NO_RULES if problem else read_rules(page, frame)
        layer = _text_layer(page, glyphs)
        if problem is None and layer != "ocr" and not (len(rules.horizontal) and len(glyphs.codes)):
            problem = picture_problem(page, len(glyphs.codes))  # a page that draws rules draws its own tables
            return _RawPage(index + 1, frame, glyphs, rules, layer, problem)
        return _RawPage(index + 1, frame, _NO_GLYPHS if problem else glyphs, rules, layer, problem)
    finally:
        page.close()


def _problem(page: pdfium.PdfPage, glyphs: Glyphs) -> str | None:
    count = len(glyphs.codes)
    if count > MOST_GLYPHS:
        return "too_many_glyphs"
    if count and glyphs.unmapped > UNMAPPED_SHARE * count:
        return "no_unicode_map"
    return None


def _text_layer(page: pdfium.PdfPage, glyphs: Glyphs) -> str | None:
    """Where the page's text comes from: its own (digital), or recognition, laid unseen over a picture of it (ocr)."""
    if not len(glyphs.codes):
        return None
    return "ocr" if glyphs.invisible > MOST_INVISIBLE and has_picture(page) else "digital"


def _understand(page: _RawPage, watermark: Flags, begun: Grid | None) -> _ReadPage:
    glyphs = page.glyphs.select(~watermark & on_page(page.glyphs, page.frame))
    grids = _grids(page.rules, glyphs, begun) if len(glyphs.codes) else ()
    inside = np.zeros(len(glyphs.codes), dtype=bool)
    for grid in grids:
        inside[grid.taken] = True
    tops = [float(grid.grid.ys[0]) for grid in grids]
    lines = printed_lines(glyphs, np.flatnonzero(~inside), page.number, page.frame.size[1], tops)
    return _ReadPage(
        page.number,
        page.frame,
        grids,
        tuple(lines),
        len(glyphs.codes),
        int(watermark.sum()),
        count_digits(glyphs.codes[inside]),
        page.text_layer,
        page.problem,
    )


def _grids(rules: Rules, glyphs: Glyphs, begun: Grid | None) -> tuple[FilledGrid, ...]:
    """The page's tables: those that it draws, or shades field by field; else those that it sets by alignment."""
    drawn = _filled(find_grids(rules), glyphs) or _filled(_shaded(rules), glyphs)
    if not is_all_drawn(rules, drawn):
        drawn = _with_barred(drawn, _aligned(find_barred(rules, glyphs, begun), glyphs))
    return tuple(drawn or _aligned(find_aligned(glyphs), glyphs))


def _aligned(grids: list[Grid], glyphs: Glyphs) -> list[FilledGrid]:
    return [replace(filled, method="aligned") for filled in _filled(grids, glyphs)]


def _with_barred(drawn: list[FilledGrid], barred: list[FilledGrid]) -> list[FilledGrid]:
    """The tables drawn whole, and those of which only rules across are."""
    kept = [grid for grid in drawn if not any(_is_part(grid, other.grid) for other in barred)]
    added = [grid for grid in barred if not any(_overlap(grid.grid, other.grid) for other in kept)]
    return sorted([*kept, *added], key=lambda filled: (filled.grid.ys[0], filled.grid.xs[0]))


def _is_part(drawn: FilledGrid, barred: Grid) -> bool:
    """Whether what is drawn is only the head, or the frame, of a table with rules across."""
    if not _overlap(drawn.grid, barred):
        return False
    goes_on = barred.ys[0] < drawn.grid.ys[0] - REACH or barred.ys[-1] > drawn.grid.ys[-1] + REACH
    return bool(goes_on) or is_run_together(drawn)


def _overlap(a: Grid, b: Grid) -> bool:
    return bool(min(a.ys[-1], b.ys[-1]) - max(a.ys[0], b.ys[0]) > 1 and a.xs[0] < b.xs[-1] and b.xs[0] < a.xs[-1])


def _filled(grids: list[Grid], glyphs: Glyphs) -> list[FilledGrid]:
    return [filled for filled in (fill(grid, glyphs) for grid in grids) if len(filled.taken)]


def _shaded(rules: Rules) -> list[Grid]:
    """Tables of shaded fields. A page's other shading makes no rows and columns."""
    grids = find_grids(rules_of_fields(rules.fields))
    return [grid for grid in grids if min(len(grid.xs), len(grid.ys)) > FEWEST_SHADED]


def _parts(pages: list[_ReadPage], lines: list[PrintedLine]) -> Iterator[Part]:
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


Row = dict[str, object]


def _page_row(document_id: str, page: _ReadPage) -> Row:
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
    }


def _box(frame: Frame, box: tuple[float, float, float, float]) -> Row:
    x0, y0, x1, y1 = frame.to_display(*box) if frame.turns != frame.display_turns else box
    return {"x0": round(x0, 2), "y0": round(y0, 2), "x1": round(x1, 2), "y1": round(y1, 2)}


def _table_rows(document_id: str, tables: list[WholeTable]) -> Iterator[Row]:
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


def _cell_rows(document_id: str, tables: list[WholeTable]) -> Iterator[Row]:
    for number, table in enumerate(tables, start=1):
        for place, part in enumerate(table.parts):
            borders, above = table.columns_of(place), table.rows_above(place)
            for cell in part.filled.cells:
                span = cell.span
                first, last = int(borders[span.column]), int(borders[span.column + span.columns])
                yield {
                    "document_id": document_id,
                    "table_no": number,
                    "row_no": above + span.row + 1,
                    "column_no": first + 1,
                    "page": part.page,
                    "row_span": span.rows,
                    "column_span": last - first,
                    **_box(part.frame, cell.box),
                    "text_raw": cell.reading.raw,
                    "text": cell.reading.text,
                    "repairs": list(cell.reading.repairs),
                    "continued": above > 0 and span.row == 0,
                    "open_below": part.filled.grid.is_open_below(span),
                }


def _line_rows(
    document_id: str, lines: list[PrintedLine], tables: list[WholeTable], frames: dict[int, Frame]
) -> Iterator[Row]:
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
