"""Detection power: what is reckoned of a figure's digits is what trying every other digit finds."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.detection import _unseen
from pipeline.validate.intervals import Interval

cents = st.integers(0, 10**6).map(lambda number: Decimal(number) / 100)
ends = st.one_of(st.just(Decimal("Infinity")), cents)


def _tried(digits: list[int], amount: Decimal, step: Decimal, within: Interval) -> list[int]:
    """For each digit how many of the nine others keep the amount within the interval, by trying them."""
    kept = []
    for place, digit in enumerate(digits):
        changes = (step.scaleb(place) * (other - digit) for other in range(10) if other != digit)
        kept.append(sum(within.low <= amount + change <= within.high for change in changes))
    return kept


@given(st.integers(0, 10**6), st.booleans(), ends, ends)
def test_the_digits_that_stay_within_are_those_that_trying_finds(
    printed: int, negative: bool, down: Decimal, up: Decimal
) -> None:
    amount = Decimal(printed) / 100 * (-1 if negative else 1)
    digits = [int(digit) for digit in reversed(str(printed))]
    within = Interval(amount - down, amount + up)
    found = list(_unseen(digits, {"amount": amount, "half_unit": Decimal("0.005")}, within))
    step = Decimal("0.01").copy_sign(amount)
    assert found + [0] * (len(digits) - len(found)) == _tried(digits, amount, step, within)
