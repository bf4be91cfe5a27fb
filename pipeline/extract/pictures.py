"""Pictures in place of text: a scanned page, or a table pasted into a page as an image. They are told, not read.

A picture of a table is known by its long dark lines in both directions; a chart has them in one at most.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.extract.frame import Flags

SMALLEST = (150.0, 50.0)  # points: a smaller picture is a seal, a logo or a sign
MOST_OF_PAGE = 0.5  # share of the page's area that a scan covers
FEW_GLYPHS = 8  # a page number beside a scan
DARK = 140  # of 255
ALONG = 0.8  # share of a picture's side that a rule of its table runs along
THICKEST = 6  # pixels: what is thicker is no rule
FEWEST_LINES = (4, 3)  # across and down
DEEPEST = 3  # forms within forms


def picture_problem(page: pdfium.PdfPage, glyphs: int) -> str | None:
    """``image_only`` for a scan, ``table_picture`` for a page with a picture of a table; else None.

    ``glyphs`` is how many glyphs the page prints.
    """
    width, height = page.get_size()
    for image in _images(page):
        left, bottom, right, top = image.get_bounds()
        if glyphs <= FEW_GLYPHS and (not glyphs or (right - left) * (top - bottom) >= MOST_OF_PAGE * width * height):
            return "image_only"
        if right - left >= SMALLEST[0] and top - bottom >= SMALLEST[1] and _shows_table(image):
            return "table_picture"
    return None


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether the page shows any picture."""
    return next(_images(page), None) is not None


def _images(page: pdfium.PdfPage) -> Iterator[pdfium.PdfImage]:
    yield from page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=DEEPEST)


def _shows_table(image: pdfium.PdfImage) -> bool:
    try:
        pixels = image.get_bitmap().to_numpy()
    except pdfium.PdfiumError:
        return False
    grey = pixels[..., :3].mean(axis=-1) if pixels.ndim > 2 else pixels
    dark = np.asarray(grey < DARK, dtype=bool)
    across, down = _lines(dark.mean(axis=1) >= ALONG), _lines(dark.mean(axis=0) >= ALONG)
    return across >= FEWEST_LINES[0] and down >= FEWEST_LINES[1]


def _lines(long: Flags) -> int:
    """How many thin lines the rows (or columns) of pixels that are dark all along make."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], long, [False]]).astype(np.int8)))
    return int((turns[1::2] - turns[::2] <= THICKEST).sum())
