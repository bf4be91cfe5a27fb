"""How far rounding is believed to bring the two sides of a sum apart, where it may bring them farther.

The interval rule (data contract, section Arithmetic) allows the utmost: every part rounded the same way, by half of
its last place. Of many parts that does not happen. Each rounding is an error that lies anywhere within half a place on
either side, and a weighted sum of such errors is sub-Gaussian with its own variance, which is the sum of
(weight · half_unit)²/3: it lies beyond five of its standard deviations with a chance below 2·exp(-12.5), one in
134,000. Of nine roundings or more the rule allows what lies beyond. Such a sum holds, and is no error; yet a wrong
figure is likelier than such rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO, Term, without_zeros

_DEVIATIONS = 5
_THIRD = Decimal(1) / Decimal(3)
FEW = 8
"""Roundings: of no more than these the rule itself allows less than five deviations."""


def believed(terms: Sequence[Term]) -> Decimal | None:
    """How far rounding alone is believed to bring a sum of these terms apart, in yuan; None of so few that any
    distance that the interval rule allows is."""
    if len(terms) <= FEW:
        return None
    spreads = [term.weight * term.figure.half_unit for term in terms if term.figure.half_unit]
    if len(spreads) <= FEW:
        return None
    return _DEVIATIONS * sum((spread * spread * _THIRD for spread in spreads), ZERO).sqrt()


def is_improbable(check: Check) -> bool:
    """Whether a sum holds by the interval rule, but its sides lie farther apart than rounding is believed to bring
    them."""
    if check.judgement.outcome != "within_rounding" or len(check.left) + len(check.right) <= FEW or not check.right:
        return False
    left, right = without_zeros(check.left, check.right)
    most = believed((*left, *right))
    return most is not None and abs(check.judgement.difference) > most
