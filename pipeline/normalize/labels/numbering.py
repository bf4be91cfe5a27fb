"""How printed rows are numbered: 一、 above （一）, that above 1., and the number itself."""

from __future__ import annotations

import re

from pipeline.normalize.phrases import squeeze

_DIGITS = "一二三四五六七八九"
_STYLES = (
    ("一、", re.compile(r"^([一二三四五六七八九十]{1,3})[、.．,，]")),
    ("（一）", re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[）)]")),
    ("1.", re.compile(r"^(\d{1,2})[、.．](?:(?!\d)|(?=20\d\d年))")),
    ("（1）", re.compile(r"^[（(](\d{1,2})[）)]")),
    ("①", re.compile(r"^([①-⑳])")),
)
STYLES = [style for style, _ in _STYLES]
"""The styles of numbers, from the outermost."""


def style_of(text: str) -> str:
    """The style of the number that a text begins with; empty for none."""
    return number_of(text)[0]


def number_of(text: str) -> tuple[str, int]:
    """The style and the number that a text begins with: 二十一、 is 21; of none an empty style."""
    squeezed = squeeze(text)
    for style, printed in _STYLES:
        found = printed.match(squeezed)
        if found:
            return style, _ordinal(found[1])
    return "", 0


def _ordinal(printed: str) -> int:
    """二十一 is 21, ③ is 3."""
    if printed.isdecimal():
        return int(printed)
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, ten, ones = printed.rpartition("十")
    return (_DIGITS.find(tens) + 1 if tens else 1) * (10 if ten else 0) + _DIGITS.find(ones[-1:] or "〇") + 1
