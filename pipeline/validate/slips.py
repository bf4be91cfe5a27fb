"""Slips: what a figure may have been before a misprint or a misreading in one place."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pipeline.schema import UNITS_APART

Slip = Literal["digit", "transposed", "shifted", "unit", "sign"]
ZERO = Decimal(0)


def slips_of(amount: Decimal) -> set[Decimal]:
    """Every amount one slip away (a few dozen); amounts in yuan with two places."""
    return _digits_of(amount) | _swaps_of(amount) | {amount * 10, amount / 10}


def _digits_of(amount: Decimal) -> set[Decimal]:
    """One digit another."""
    sign, digits, exponent = _parts(amount)
    return {
        Decimal((sign, (*digits[:place], digit, *digits[place + 1 :]), exponent))
        for place in range(len(digits))
        for digit in range(10)
        if digit != digits[place]
    }


def _swaps_of(amount: Decimal) -> set[Decimal]:
    """Two digits beside one another swapped."""
    sign, digits, exponent = _parts(amount)
    return {
        Decimal((sign, (*digits[:place], right, left, *digits[place + 2 :]), exponent))
        for place, (left, right) in enumerate(pairwise(digits))
        if left != right
    }


def _parts(amount: Decimal) -> tuple[int, tuple[int, ...], int]:
    sign, digits, exponent = amount.quantize(Decimal("0.01")).as_tuple()
    return sign, (0, *digits), int(exponent)  # a leading digit may have been lost


def slip_between(printed: Decimal, half_unit: Decimal, low: Decimal, high: Decimal) -> Slip | None:
    """What would lead from some amount between ``low`` and ``high`` to what is printed, where one slip would.

    A point that was misplaced moves what the last printed place leaves open along with it.
    """
    if low <= ZERO <= high or not printed:
        return None
    if any(low <= slip <= high for slip in _digits_of(printed)):
        return "digit"
    if any(low <= slip <= high for slip in _swaps_of(printed)):
        return "transposed"
    for factor in (Decimal(10), Decimal("0.1")):
        if (printed - half_unit) * factor <= high and (printed + half_unit) * factor >= low:
            return "shifted"
    if in_another_unit(printed, half_unit, low, high) is not None:
        return "unit"
    return "sign" if low <= -printed <= high else None


def in_another_unit(printed: Decimal, half_unit: Decimal, low: Decimal, high: Decimal) -> Decimal | None:
    """What is printed, in the unit of money in which it may lie between ``low`` and ``high``; None where in none."""
    meets = ((printed - half_unit) * times <= high and (printed + half_unit) * times >= low for times in UNITS_APART)
    return next((printed * times for times, fits in zip(UNITS_APART, meets, strict=True) if fits), None)
