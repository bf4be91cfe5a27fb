"""How words are told: the phrases of ``identities.yaml``, matched without white space; numbers written as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.punctuation import in_one_width

_DIGITS = re.compile(r"\d+")
_NUMBER_BEFORE = re.compile(r"^[（(]?[\d一二三四五六七八九十]+[、.．)）]")
_CHINESE_NUMBERS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def squeezed(text: object) -> str:
    """The text without white space, its punctuation in one width; empty for None."""
    return _squeezed(str(text)) if text is not None else ""


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return in_one_width("".join(text.split()))


def unnumbered(text: object) -> str:
    """The text without white space and the number before it: 八、社会保障和就业支出, （一）基本支出, 2.政府性基金."""
    return _NUMBER_BEFORE.sub("", squeezed(text))


def role_of(text: object, phrases: Mapping[str, re.Pattern[str]]) -> str | None:
    """The first role whose pattern matches the whole text."""
    name = squeezed(text)
    return next((role for role, pattern in phrases.items() if pattern.fullmatch(name)), None)


def caption_number(caption: object) -> int | None:
    """The number in a printed caption: 预算公开表12, 公开03表, 表十一; None when it has none."""
    text = str(caption or "")
    digits = _DIGITS.search(text)
    if digits:
        return int(digits.group())
    chinese = re.search(r"[一二三四五六七八九十]+", text)
    return _from_chinese(chinese.group()) if chinese else None


def _from_chinese(text: str) -> int:
    tens, _, units = text.rpartition("十")
    ten = 0 if "十" not in text else 10 * (_CHINESE_NUMBERS.get(tens, 1) if tens else 1)
    return ten + _CHINESE_NUMBERS.get(units, 0)
