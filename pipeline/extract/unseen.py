"""Print that no reader can see: white on white, wholly transparent, or drawn in a mode that paints nothing.

A page is asked what it shows only where some of its text may be such print: white letters on a dark head are seen, and
so are letters drawn as curves under a text layer that paints nothing. Where the page shows one even tone in the place
of a letter, nobody reads it there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.extract.frame import Flags, Frame, Integers
from pipeline.extract.glyphs import Glyphs, render_mode
from pipeline.extract.unicode_maps import is_unnamed

PALE = 0.98  # paleness from which letters may be as white as the page
DOTS = 2.0  # pixels a point
EVEN = 12  # of 255: tones that differ by less are one to the eye
WHITE = 255  # the tone of the page
FLAT = 0.25  # height to width of a glyph that is one stroke (一, -): nothing of its ground shows within its box
AROUND = 0.25  # share of its width that is looked at above and below such a stroke
BESIDE = 0.25  # share of a glyph's width left out on both sides where it is asked whether it draws anything
INSIDE = 0.12  # share of a glyph's height left out above and below: a rule that touches its loose box is not its ink

Pixels = npt.NDArray[np.uint8]


def unseen(page: pdfium.PdfPage, frame: Frame, glyphs: Glyphs) -> Flags:
    """Which glyphs of the page nobody can see; ``glyphs.addresses`` must be good, so the page still open."""
    hidden = np.zeros(len(glyphs.codes), dtype=bool)
    drawn = np.unique(glyphs.objects).tolist()
    doubtful = [number for number in drawn if glyphs.paleness[number] >= PALE or _paints_nothing(glyphs, number)]
    if not doubtful:
        return hidden
    shown = shown_as(page)
    is_doubtful = np.isin(glyphs.objects, doubtful)
    for number in doubtful:
        places = np.flatnonzero(glyphs.objects == number)
        is_over = glyphs.paleness[number] >= PALE and _is_over(glyphs, places, np.flatnonzero(~is_doubtful))
        has_ink = _stands_out if is_over else _has_ink
        boxes = map(_with_ground, glyphs.boxes[places])
        if not any(has_ink(part_of(shown, frame, box)) for box in boxes):
            hidden[places] = True
    return hidden


def without_blanks(page: pdfium.PdfPage, frame: Frame, glyphs: Glyphs) -> Glyphs:
    """The glyphs less those that no font names and that draw nothing: blanks, as fonts lose them that are cut down."""
    unnamed = np.flatnonzero(is_unnamed(glyphs.codes))
    if not len(unnamed):
        return glyphs
    shown = shown_as(page)
    blank = [place for place in unnamed.tolist() if not _has_ink(part_of(shown, frame, _middle(glyphs.boxes[place])))]
    kept = np.ones(len(glyphs.codes), dtype=bool)
    kept[blank] = False
    return replace(glyphs.select(kept), unmapped=glyphs.unmapped - len(blank))


def _middle(box: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A glyph's box without its sides, into which its neighbours may reach."""
    side = BESIDE * (box[2] - box[0])
    inner: npt.NDArray[np.float64] = box + np.array([side, 0.0, -side, 0.0])
    return inner


def _with_ground(box: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A glyph's box, higher where it holds but a stroke from side to side, which covers it."""
    x0, y0, x1, y1 = box.tolist()
    around = AROUND * (x1 - x0) if y1 - y0 < FLAT * (x1 - x0) else 0.0
    return np.array([x0, y0 - around, x1, y1 + around])


def _is_over(glyphs: Glyphs, places: Integers, others: Integers) -> bool:
    """Whether one of the glyphs at ``places`` stands over or under one of the others."""
    a, b = glyphs.boxes[places][:, None], glyphs.boxes[others][None, :]
    shared = np.minimum(a, b)[..., 2:] - np.maximum(a, b)[..., :2]
    return bool((shared > 0).all(axis=-1).any())


def _paints_nothing(glyphs: Glyphs, number: int) -> bool:
    return render_mode(glyphs.addresses[number]) in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


def shown_as(page: pdfium.PdfPage) -> Pixels:
    """The page as a viewer shows it, in grey."""
    bitmap: Any = page.render(scale=DOTS, grayscale=True)
    pixels: Pixels = bitmap.to_numpy()
    return pixels[..., 0] if pixels.ndim > 2 else pixels


def part_of(shown: Pixels, frame: Frame, box: npt.NDArray[np.float64]) -> Pixels:
    """What the page shows inside a box of reading space; nothing beyond the page."""
    trimmed = INSIDE * (box[3] - box[1])
    corners = frame.to_display(box[0], box[1] + trimmed, box[2], box[3] - trimmed)
    x0, y0, x1, y1 = (max(round(edge * DOTS), 0) for edge in corners)
    return shown[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _has_ink(part: Pixels) -> bool:
    """Whether a part of the page is not of one tone."""
    return bool(part.size) and int(part.max()) - int(part.min()) >= EVEN


def _stands_out(part: Pixels) -> bool:
    """Whether white letters stand out from the ground of a part of the page, whose ink may be other letters'."""
    return bool(part.size) and float(np.median(part)) <= WHITE - EVEN
