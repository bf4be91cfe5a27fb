"""Amounts for people, in the unit that the page prints."""

from __future__ import annotations

from decimal import Decimal

from pipeline.schema import MONEY_UNITS

_UNIT_EN = {
    "元": "yuan", "千元": "thousand yuan", "万元": "×10,000 yuan", "亿元": "×100 million yuan",
    "个": "", "张": "", "项": "", "家": "", "人": "persons", "名": "persons", "辆": "vehicles",
    "台": "sets", "套": "sets",
}  # fmt: skip


def money(amount: Decimal, unit: str) -> str:
    """An amount in yuan as the page would print it: ``4,192.53 万元`` (no trailing zeros past two places).

    A count is printed as it is: ``26 个``.
    """
    return f"{_number(amount, unit)} {unit}".rstrip()


def money_en(amount: Decimal, unit: str) -> str:
    """An amount in yuan for an English sentence."""
    return f"{_number(amount, unit)} {_UNIT_EN.get(unit, unit)}".rstrip()


def _number(amount: Decimal, unit: str) -> str:
    value = (amount / MONEY_UNITS.get(unit, Decimal(1))).normalize()
    places = max(2 if unit in MONEY_UNITS else 0, -int(value.as_tuple().exponent))
    return f"{value:,.{places}f}"
