"""Slips: what a figure may have been before a misprint or a misreading in one place."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise


def slips_of(amount: Decimal) -> set[Decimal]:
    """Every amount one slip away (a few dozen); amounts in yuan with two places."""
    sign, digits, exponent = amount.quantize(Decimal("0.01")).as_tuple()
    digits = (0, *digits)  # a leading digit may have been lost
    changed = [
        (*digits[:place], digit, *digits[place + 1 :])
        for place in range(len(digits))
        for digit in range(10)
        if digit != digits[place]
    ]
    swapped = [
        (*digits[:place], right, left, *digits[place + 2 :])
        for place, (left, right) in enumerate(pairwise(digits))
        if left != right
    ]
    amounts = {Decimal((sign, each, int(exponent))) for each in (*changed, *swapped)}
    return amounts | {amount * 10, amount / 10}
