"""Punctuation and digits in one width: pages print the same words with （ or (, with “ or ", as the typist had it."""

from __future__ import annotations

import re

_NARROW, _WIDE = "();?!", "（）；？！"
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_TO_WIDE = str.maketrans(_NARROW, _WIDE) | _DIGITS
_TO_NARROW = str.maketrans(_WIDE + "，：“”", _NARROW + ',:""')
_SEPARATOR = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")
_SEPARATORS = {",": "，", ":": "："}


def in_one_width(text: str) -> str:
    """The text with wide brackets, commas, colons, semicolons and quotation marks and narrow digits, as long as it was.

    A comma or colon between two digits stays, as part of a number or a time of day.
    """
    wide = text.translate(_TO_WIDE)
    if "," in wide or ":" in wide:
        wide = _SEPARATOR.sub(lambda found: _SEPARATORS[found[0]], wide)
    if '"' not in wide:
        return wide
    pieces = wide.split('"')
    return pieces[0] + "".join("“”"[place % 2] + piece for place, piece in enumerate(pieces[1:]))


def narrow(text: str) -> str:
    """The same with the narrow forms, as another typist has it: what to look for on a page that has no wide ones."""
    return text.translate(_TO_NARROW)
