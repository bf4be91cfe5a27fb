"""Amounts on sheets: exact, in yuan, by the unit that the form prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.normalize.amounts import is_torn
from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.words import sheet_words
from pipeline.schema import MONEY_UNITS

_AMOUNT = re.compile(r"^(?P<number>-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<unit>亿元|千元|万元|元)?$")
_CENT = Decimal("0.01")


def amount(text: str, unit: str | None) -> Decimal | None:
    """A printed amount in yuan; a dash is zero, a blank None. A unit printed beside the number wins.

    Returns None also for text that is no amount, and where no unit is known: an amount without one means nothing.
    """
    bare = squeeze(text)
    if bare in sheet_words().dash:
        return Decimal("0.00")
    match = _AMOUNT.match(bare)
    factor = MONEY_UNITS.get((match["unit"] or unit or "") if match else "")
    if match is None or factor is None or is_torn(text):
        return None
    return (Decimal(match["number"].replace(",", "").replace("，", "")) * factor).quantize(_CENT)


def unit_in(texts: Iterable[str]) -> str | None:
    """The first unit of money that stands in brackets or after 单位 in the texts."""
    names = "|".join(sheet_words().units)
    pattern = re.compile(rf"[（(](?:[^（）()]*[：:])?({names})[）)]|单位[：:]?({names})")
    for text in texts:
        match = pattern.search(squeeze(text))
        if match:
            return match[1] or match[2]
    return None
