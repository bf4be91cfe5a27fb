"""Text below what the page draws later, and text of a layer that is turned off: the page holds it, and shows it not.

What may be hidden is told by the order of drawing and by the layers' marks; whether it is, by what the page shows: it
is drawn with it and without it, and where nothing changes nobody reads it. Pages are drawn only where something may be
hidden.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.extract.calls import plain
from pipeline.extract.drawing import Drawing
from pipeline.extract.frame import Flags, Frame
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.unseen import EVEN, Pixels, part_of, shown_as

DEEPEST = 5  # forms within forms
NEXT_LINE = 1.5  # times the height of print: the next line of one text is no farther below
_LAYER = "OC"  # the mark of what belongs to a layer
_count_marks = plain(raw.FPDFPageObj_CountMarks, ctypes.c_int, ctypes.c_void_p)


def hidden_below(page: pdfium.PdfPage, frame: Frame, glyphs: Glyphs, drawing: Drawing) -> Flags:
    """Which glyphs lie below what is drawn later, or belong to what is not shown; the page must still be open."""
    covered = _covered(glyphs, frame, drawing)
    layers = dict(_of_layers(page)) if drawing.has_layers else {}
    switched = {*(glyphs.addresses[number] for number in covered), *layers}
    doubtful = switched.union(*layers.values())
    numbers = [number for number in np.unique(glyphs.objects).tolist() if glyphs.addresses[number] in doubtful]
    if not numbers:
        return np.zeros(len(glyphs.codes), dtype=bool)
    changed = _changed_without(page, switched)
    unseen: set[int] = set()
    for number in numbers:
        is_seen = any(part_of(changed, frame, box).any() for box in glyphs.boxes[glyphs.objects == number])
        goes_on = number in covered and number - 1 not in unseen and _goes_on(glyphs, number)
        if not is_seen and not goes_on:
            unseen.add(number)
    return np.isin(glyphs.objects, list(unseen))


def _changed_without(page: pdfium.PdfPage, objects: Iterable[int]) -> Pixels:
    """Where the page looks another without the objects: 1 in such a pixel, else 0."""
    handles = [ctypes.cast(address, raw.FPDF_PAGEOBJECT) for address in objects]
    shown = shown_as(page).astype(np.int64)
    for handle in handles:
        raw.FPDFPageObj_SetIsActive(handle, False)
    changed = np.abs(shown - shown_as(page)) >= EVEN
    for handle in handles:
        raw.FPDFPageObj_SetIsActive(handle, True)
    return np.asarray(changed, dtype=np.uint8)


def _goes_on(glyphs: Glyphs, number: int) -> bool:
    """Whether a text object goes on from the one drawn before, beside it or in the next line.

    A spreadsheet prints a long name whole, and the rows below cover its end: it is the name's all the same.
    """
    before, first = np.flatnonzero(glyphs.objects == number - 1), np.flatnonzero(glyphs.objects == number)[:1]
    if not len(before):
        return False
    (x0, y0, x1, _), height = glyphs.boxes[first[0]].tolist(), float(glyphs.heights[first[0]])
    boxes = glyphs.boxes[before]
    left, right, above = boxes[:, 0].min(), boxes[:, 2].max(), y0 - boxes[-1, 1]
    is_beside = abs(above) < height / 2 and -height < x0 - boxes[-1, 2] < height
    is_below = 0 < above <= NEXT_LINE * height and left - height < x1 and x0 < right + height
    return bool(is_beside or is_below)


def _covered(glyphs: Glyphs, frame: Frame, drawing: Drawing) -> set[int]:
    """The text objects, by number, whose first glyph lies in a box that is filled after them; not what goes on from
    one that is read."""
    covered: set[int] = set()
    for number in _below_lids(glyphs, frame, drawing):
        if number - 1 in covered or not _goes_on(glyphs, number):
            covered.add(number)
    return covered


def _below_lids(glyphs: Glyphs, frame: Frame, drawing: Drawing) -> list[int]:
    if not drawing.lids:
        return []
    numbers, first = np.unique(glyphs.objects, return_index=True)
    places = {address: place for place, address in enumerate(drawing.texts)}
    drawn = np.array([places.get(glyphs.addresses[number], -1) for number in numbers.tolist()])
    x, y = (middles[first] for middles in glyphs.centres)
    boxes = frame.to_reading(np.array([box for _, box in drawing.lids]))
    after = np.array([place for place, _ in drawing.lids])
    inside = (boxes[:, :1] < x) & (x < boxes[:, 2:3]) & (boxes[:, 1:2] < y) & (y < boxes[:, 3:])
    found: list[int] = numbers[(inside & (drawn >= 0) & (drawn < after[:, None])).any(axis=0)].tolist()
    return found


def _of_layers(page: pdfium.PdfPage) -> Iterator[tuple[int, list[int]]]:
    """What may belong to a layer: an object and the text objects in it, by their addresses.

    A form says of itself that it belongs to one, and does not tell: all forms are asked.
    """
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        kind, address = raw.FPDFPageObj_GetType(item), ctypes.cast(item, ctypes.c_void_p).value or 0
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield address, list(_texts_in(item, DEEPEST))
        elif kind == raw.FPDF_PAGEOBJ_TEXT and _count_marks(address) > 0 and _LAYER in _marks(item):
            yield address, [address]


def _texts_in(form: object, depth: int) -> Iterator[int]:
    for index in range(raw.FPDFFormObj_CountObjects(form)):
        item = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield ctypes.cast(item, ctypes.c_void_p).value or 0
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _texts_in(item, depth - 1)


def _marks(item: object) -> list[str]:
    """The names of an object's marks."""
    names = []
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark, buffer, length = raw.FPDFPageObj_GetMark(item, index), (ctypes.c_ushort * 16)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        names.append("".join(map(chr, buffer)).partition("\0")[0])
    return names
