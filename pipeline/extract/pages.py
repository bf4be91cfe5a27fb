"""The pages of a PDF as understood: glyphs and rules read, watermarks taken out, tables and lines told apart.

Pages are read in batches, so that memory does not grow with their number; what is judged over pages (watermarks) is
judged within a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from pipeline.extract.cells import FilledGrid
from pipeline.extract.clipping import hidden_objects
from pipeline.extract.drawing import Drawing, read_drawing
from pipeline.extract.edges import on_page, with_cut_numbers
from pipeline.extract.frame import Flags, Frame
from pipeline.extract.glyphs import Glyphs, drawn_once, read_glyphs
from pipeline.extract.grid import Grid
from pipeline.extract.halves import gutter
from pipeline.extract.hidden import hidden_below
from pipeline.extract.lines import PrintedLine, printed_lines
from pipeline.extract.opening import open_page
from pipeline.extract.page_tables import grids_of
from pipeline.extract.pictures import has_picture, picture_problem
from pipeline.extract.rules import Rules, read_rules
from pipeline.extract.seats import seated
from pipeline.extract.text import count_digits
from pipeline.extract.unicode_maps import is_unreadable
from pipeline.extract.unseen import unseen, without_blanks
from pipeline.extract.watermark import watermark_masks

BATCH = 64  # pages held in memory at a time
MOST_GLYPHS = 50_000  # a page with more is no page of a disclosure; reading it would cost minutes
UNSEEN = "unseen_print"  # the problem of a page whose text layer holds what no reader sees; the rest is read
MOST_INVISIBLE = 0.5  # share of glyphs that nobody sees beyond which a page with a picture is a scan


@dataclass(frozen=True)
class _RawPage:
    """A page as read, before it is known which glyphs are a watermark.

    ``at_edge`` are the numbers of the text objects at the edge of all that is drawn that a clip hides.
    """

    number: int
    frame: Frame
    glyphs: Glyphs
    rules: Rules
    text_layer: str | None = None
    problem: str | None = None
    at_edge: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadPage:
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


def read_pages(pdf: pdfium.PdfDocument, *, has_layers: bool = False) -> Iterator[ReadPage]:
    """Every page in order; one that cannot be read comes with its ``problem``.

    ``has_layers``: the document has layers, which a viewer may show or not (``opening.has_layers``).
    """
    before: ReadPage | None = None
    for start in range(0, len(pdf), BATCH):
        for page in _read_batch(pdf, range(start, min(start + BATCH, len(pdf))), before, has_layers=has_layers):
            before = page
            yield page


def _read_batch(pdf: pdfium.PdfDocument, batch: range, before: ReadPage | None, *, has_layers: bool) -> list[ReadPage]:
    """The pages of a batch; ``before`` is the page that it follows, whose last table may go on."""
    pages = [_read_raw(pdf, index, has_layers=has_layers) for index in batch]
    masks = watermark_masks([page.glyphs for page in pages])
    read: list[ReadPage] = []
    for page, mask in zip(pages, masks, strict=True):
        begun = before.grids[-1].grid if before and before.grids else None
        before = _understand(page, mask, begun)
        read.append(before)
    return read


_NO_GLYPHS = Glyphs(
    np.empty((0, 4)), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, bool), np.empty(0, np.float64), 0
)
_NO_RULES = Rules(np.empty((0, 3)), np.empty((0, 3)))


def _read_raw(pdf: pdfium.PdfDocument, index: int, *, has_layers: bool) -> _RawPage:
    try:
        page = open_page(pdf, index)
    except pdfium.PdfiumError:
        return _RawPage(index + 1, Frame((0, 0, 0, 0), 0, 0), _NO_GLYPHS, _NO_RULES, problem="damaged_page")
    try:
        drawing = read_drawing(page.raw, has_layers=has_layers)
        glyphs, frame = read_glyphs(page, has_forms=drawing.has_forms)
        glyphs = without_blanks(page, frame, glyphs)
        problem = _problem(page, glyphs)
        if problem:
            return _RawPage(index + 1, frame, _NO_GLYPHS, _NO_RULES, _text_layer(page, glyphs), problem)
        return _read_sound(page, index + 1, glyphs, frame, drawing)
    finally:
        page.close()


def _read_sound(page: pdfium.PdfPage, number: int, glyphs: Glyphs, frame: Frame, drawing: Drawing) -> _RawPage:
    """A page whose text can be read, less what no reader sees; it may still show a table as a picture."""
    layer = _text_layer(page, glyphs)
    below = hidden_below(page, frame, glyphs, drawing) if layer == "digital" else _none(glyphs)
    glyphs = glyphs.select(~below)
    glyphs = glyphs.select(drawn_once(glyphs))
    rules = read_rules(drawing, frame, glyphs)
    glyphs, at_edge = _without_hidden(seated(glyphs, rules, frame), rules)
    hidden = unseen(page, frame, glyphs) if layer == "digital" else _none(glyphs)
    glyphs = glyphs.select(~hidden)
    problem = UNSEEN if hidden.any() or below.any() else None
    if layer != "ocr" and not (len(rules.horizontal) and len(glyphs.codes)):
        problem = picture_problem(page, len(glyphs.codes)) or problem  # a page that draws rules draws its own tables
    return _RawPage(number, frame, glyphs, rules, layer if len(glyphs.codes) else None, problem, at_edge)


def _none(glyphs: Glyphs) -> Flags:
    return np.zeros(len(glyphs.codes), dtype=bool)


def _without_hidden(glyphs: Glyphs, rules: Rules) -> tuple[Glyphs, tuple[int, ...]]:
    """The glyphs, less those above and below all that is drawn that a clip hides: a page break hides a cell's rest.

    In the tables what is hidden stays, unless it lies over other text (``clipping``): it is the end of what a cell
    says. So do the text objects whose loose boxes reach into a table, and their numbers are told: they are no lines.
    """
    if not len(rules.horizontal) or not len(rules.vertical):
        return glyphs, ()
    top = min(rules.horizontal[:, 0].min(), rules.vertical[:, 1].min())
    bottom = max(rules.horizontal[:, 0].max(), rules.vertical[:, 2].max())
    _, middles = glyphs.centres
    outside = (middles < top) | (middles > bottom)
    beyond = ((glyphs.boxes[:, 3] < top) | (glyphs.boxes[:, 1] > bottom)) & ~glyphs.is_clipped
    hidden = hidden_objects(np.unique(glyphs.objects[outside]).tolist(), glyphs.addresses)
    return glyphs.select(~(beyond & np.isin(glyphs.objects, hidden))) if hidden else glyphs, tuple(hidden)


def _problem(page: pdfium.PdfPage, glyphs: Glyphs) -> str | None:
    count = len(glyphs.codes)
    if count > MOST_GLYPHS:
        return "too_many_glyphs"
    if is_unreadable(glyphs.codes, glyphs.unmapped):
        return "no_unicode_map"
    return None


def _text_layer(page: pdfium.PdfPage, glyphs: Glyphs) -> str | None:
    """Where the page's text comes from: its own (digital), or recognition, laid unseen over a picture of it (ocr)."""
    if not len(glyphs.codes):
        return None
    return "ocr" if glyphs.invisible > MOST_INVISIBLE and has_picture(page) else "digital"


def _understand(page: _RawPage, watermark: Flags, begun: Grid | None) -> ReadPage:
    glyphs = with_cut_numbers(page.glyphs, page.frame).select(~watermark & on_page(page.glyphs, page.frame))
    grids = grids_of(page.rules, glyphs, begun) if len(glyphs.codes) else ()
    inside = np.zeros(len(glyphs.codes), dtype=bool)
    for grid in grids:
        inside[grid.taken] = True
    outside = ~inside & ~np.isin(glyphs.objects, page.at_edge)
    middle = gutter(grids, glyphs)
    if middle is None:
        lines = _lines(page, glyphs, outside, grids)
    else:
        left = glyphs.centres[0] < middle
        first = tuple(grid for grid in grids if grid.grid.xs[0] < middle)
        second = tuple(grid for grid in grids if grid.grid.xs[0] >= middle)
        after = [replace(line, after=line.after + len(first)) for line in _lines(page, glyphs, outside & ~left, second)]
        grids, lines = (*first, *second), [*_lines(page, glyphs, outside & left, first), *after]
    return ReadPage(
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


def _lines(page: _RawPage, glyphs: Glyphs, outside: Flags, grids: Sequence[FilledGrid]) -> list[PrintedLine]:
    """The lines that the glyphs outside the tables make; each tells how many of ``grids`` stand above it."""
    tops = [float(grid.grid.ys[0]) for grid in grids]
    return printed_lines(glyphs, np.flatnonzero(outside), page.number, page.frame.size[1], tops)
