"""With which numbers in a figure's place the checks go on holding: what is reckoned is what trying them finds."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate import check_document, load_identities
from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO, Figure, Term, judge, without_zeros
from pipeline.validate.linear import linear
from pipeline.validate.locate import Locator
from tests.validate.test_within_tables import projects

STEP, HALF = Decimal(100), Decimal(50)  # 万元 with two places, in yuan
FAMILY = next(family for family in load_identities().families if family.id == "W13")
Sums = Sequence[Sequence[int]]  # each a total's place among the figures, and its parts'


def _figures(amounts: Sequence[int]) -> list[Figure]:
    return [Figure(amount * STEP, HALF, (f"c{place}",)) for place, amount in enumerate(amounts)]


def _checks(figures: Sequence[Figure], sums: Sums) -> list[Check]:
    """The sums that hold among the figures."""
    terms = [Term(figure, Decimal(1)) for figure in figures]
    sides = [([terms[total]], [terms[part] for part in parts]) for total, *parts in sums]
    judged = [(left, right, judge(*without_zeros(left, right))) for left, right in sides]
    return [
        Check(f"{place}", FAMILY, FAMILY.statement, judgement, tuple(left), tuple(right))
        for place, (left, right, judgement) in enumerate(judged)
        if judgement.outcome != "fails"
    ]


@given(st.lists(st.integers(0, 4), min_size=5, max_size=5), st.lists(st.permutations(range(5)), min_size=1, max_size=4))
def test_the_numbers_that_a_figure_may_be_are_those_with_which_every_sum_still_holds(
    amounts: Sequence[int], orders: Sequence[Sequence[int]]
) -> None:
    """That an amount becomes nothing, and loses its rounding with that, is not reckoned with."""
    sums = [order[: 2 + number % 3] for number, order in enumerate(orders)]
    figures = _figures(amounts)
    checks = _checks(figures, sums)
    held = [sums[int(check.check_id)] for check in checks]
    locator = Locator(linear(checks))
    for place, name in enumerate(figure.name for figure in figures):
        for number in range(1 if amounts[place] else 0, 10):
            other = _figures([*amounts[:place], number, *amounts[place + 1 :]])
            assert (locator.allowed(name).low <= number * STEP <= locator.allowed(name).high) == (
                len(_checks(other, held)) == len(held)
            )


def test_a_figure_that_an_unrounded_sum_fixes_can_be_nothing_else() -> None:
    figures = _figures([5, 5, 3, 2])
    locator = Locator(linear(_checks(figures, [(0, 1), (0, 2, 3)])))
    assert [locator.is_fixed(figure.name) for figure in figures] == [True, True, False, False]
    assert locator.allowed("c0") == (figures[0].amount, figures[0].amount)


def test_a_zero_beside_amounts_may_stand_for_what_their_rounding_hides() -> None:
    locator = Locator(linear(_checks(_figures([5, 5, 0, 0]), [(0, 1, 2)])))
    assert not locator.is_fixed("c2")
    assert locator.allowed("c2").high > HALF
    assert Locator(linear(_checks(_figures([0, 0]), [(0, 1)]))).allowed("c0") == (ZERO - HALF, HALF)


def test_to_check_a_document_leaves_the_garbage_collector_as_it_was() -> None:
    before = gc.get_threshold()
    checked = check_document(projects((None, "甲局", "9.00"), ("一", "一", "5.00"), ("二", "二", "4.00")))
    assert checked.checks.num_rows > 0
    assert gc.get_threshold() == before
