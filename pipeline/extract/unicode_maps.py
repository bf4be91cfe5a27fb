"""Whether the fonts of a page tell which characters they draw: what a page says cannot be trusted where they do not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

UNMAPPED_SHARE = 0.1  # share of glyphs without Unicode from which a page counts as unreadable
STRANGE_SHARE = 0.01  # the same of strange letters: the glyphs round them are read wrong too, as letters like others
FEWEST_STRANGE = 3
# Letters that no disclosure prints: Latin with accents, phonetic signs, the alphabets from Armenian to Khmer, and the
# controls; × and ÷ among them stay. A font without a map turns into them: a byte of a glyph's number read as Latin-1.
_STRANGE = ((0x80, 0xA0), (0xC0, 0xD7), (0xD8, 0xF7), (0xF8, 0x370), (0x460, 0x2000))
_BREAKS = (2, 9, 10, 13)  # controls that pdfium itself puts where a line ends, or a word is parted
FEWEST_CONTROLS = 4  # a font may give its blank as a control, and no more
_ASKED = 200  # text objects that are asked for a mapping error


def is_unnamed(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which code points say nothing of what is drawn: none given, the replacement character, or a private-use code."""
    private = (codes >= 0xE000) & (codes <= 0xF8FF)
    return np.asarray(private | (codes == 0) | (codes == 0xFFFD), dtype=np.bool_)


def count_unmapped(handle: object, codes: npt.NDArray[np.int64], places: list[int]) -> int:
    """Glyphs that have no Unicode value.

    ``places`` are characters of the text page ``handle``, one of each text object.
    """
    errors = sum(1 for place in places[:_ASKED] if raw.FPDFText_HasUnicodeMapError(handle, place) == 1)
    return int(is_unnamed(codes).sum()) + errors


def count_controls(codes: npt.NDArray[np.int64]) -> int:
    """Glyphs that are given as several controls: numbers of glyphs that a font without a map takes for characters."""
    controls = codes[(codes > 0) & (codes < 32) & ~np.isin(codes, _BREAKS)]
    return len(controls) if len(np.unique(controls)) >= FEWEST_CONTROLS else 0


def is_unreadable(codes: npt.NDArray[np.int64], unmapped: int) -> bool:
    """Whether a page of these code points, ``unmapped`` of them without Unicode, says nothing that can be trusted."""
    strange = sum(int(((codes >= low) & (codes < high)).sum()) for low, high in _STRANGE)
    is_garbled = strange >= FEWEST_STRANGE and strange > STRANGE_SHARE * len(codes)
    return is_garbled or (len(codes) > 0 and unmapped > UNMAPPED_SHARE * len(codes))
