"""Punctuation in one width: pages print the same words with （ or (, with “ or ", as the typist had it."""

from __future__ import annotations

import re

_NARROW, _WIDE = "();?!", "（）；？！"
_TO_WIDE = str.maketrans(_NARROW, _WIDE)
_TO_NARROW = str.maketrans(_WIDE + "，：“”", _NARROW + ',:""')
_SEPARATOR = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")  # within a number or a time of day they are part of it
_SEPARATORS = {",": "，", ":": "："}


def in_one_width(text: str, *, within_quotes: bool = False) -> str:
    """The text with the wide forms of brackets, commas, colons, semicolons and quotation marks; it gets no longer.

    ``within_quotes``: the text goes on from one whose last " was not closed. A comma or colon between two digits stays.
    """
    wide = text.translate(_TO_WIDE)
    if "," in wide or ":" in wide:
        wide = _SEPARATOR.sub(lambda found: _SEPARATORS[found[0]], wide)
    if '"' not in wide:
        return wide
    marks = "”“" if within_quotes else "“”"
    pieces = wide.split('"')
    return pieces[0] + "".join(marks[place % 2] + piece for place, piece in enumerate(pieces[1:]))


def narrow(text: str) -> str:
    """The same with the narrow forms, as another typist has it: what to look for on a page that has no wide ones."""
    return text.translate(_TO_NARROW)
