from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.intervals import Figure, Interval, Term, judge, judge_quotient, judge_ratio

HALF = Decimal("50")  # half of 0.01 万元
cents = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number) * 100)


def term(amount: str, half: Decimal = HALF, weight: int = 1) -> Term:
    return Term(Figure(Decimal(amount), half, (amount,)), Decimal(weight))


def test_a_sum_that_differs_by_the_rounding_of_its_parts_holds_within_rounding() -> None:
    judgement = judge([term("19447100")], [term("5177200"), term("14269800")])
    assert judgement.outcome == "within_rounding"
    assert (judgement.difference, judgement.tolerance) == (Decimal(100), Decimal(150))


def test_a_sum_fails_one_step_beyond_what_its_parts_can_round_to() -> None:
    assert judge([term("19447200")], [term("5177200"), term("14269800")]).outcome == "fails"


def test_the_same_fact_printed_twice_at_one_precision_must_be_equal() -> None:
    assert judge([term("2366300")], [term("2366400")]).outcome == "fails"
    assert judge([term("2366300")], [term("2366300")]).outcome == "exact"


def test_yuan_against_ten_thousand_yuan_holds_when_the_intervals_meet() -> None:
    exact = Decimal("0.005")
    assert judge([term("7056686", exact)], [term("7056700")]).outcome == "within_rounding"
    assert judge([term("7056586", exact)], [term("7056700")]).outcome == "fails"


def test_a_part_may_enter_with_a_negative_weight() -> None:
    assert judge([term("-100")], [term("300"), term("400", weight=-1)]).outcome == "exact"


@given(st.lists(cents, min_size=2, max_size=12))
def test_a_total_of_rounded_parts_never_fails_when_the_true_parts_add_up(tenths: list[Decimal]) -> None:
    true = [amount / 10 for amount in tenths]
    printed = [term(str((amount / 100).quantize(Decimal(1)) * 100)) for amount in true]
    whole = term(str((sum(true, Decimal(0)) / 100).quantize(Decimal(1)) * 100))
    assert judge([whole], printed).outcome in ("exact", "within_rounding")


@pytest.mark.parametrize(("printed", "outcome"), [("-5.56", "within_rounding"), ("-5.6", "fails"), ("-5.55", "fails")])
def test_a_rate_holds_when_the_quotient_of_the_intervals_meets_it(printed: str, outcome: str) -> None:
    rate = Figure(Decimal(printed), Decimal("0.005"), ("rate",))
    change = Figure(Decimal("-2691500"), HALF, ("change",))
    before = Figure(Decimal("48442000"), HALF, ("before",))
    judgement = judge_ratio(rate, change, before)
    assert judgement is not None
    assert judgement.outcome == outcome


def test_a_rate_over_what_may_be_zero_is_not_judged() -> None:
    rate = Figure(Decimal(100), Decimal("0.005"), ("rate",))
    assert judge_ratio(rate, Figure(Decimal(100), HALF, ("a",)), Figure(Decimal(0), HALF, ("b",))) is None


def test_an_interval_meets_one_that_it_only_touches() -> None:
    assert Interval.of(Decimal(1), Decimal("0.5")).meets(Interval.of(Decimal(2), Decimal("0.5")))


@pytest.mark.parametrize(
    ("area", "staff", "outcome", "gap"),
    [
        ("723.62", "40", "exact", "0"),
        ("7236.2", "40", "fails", "120.905"),
        ("72.362", "40", "fails", "-3.19095"),
        ("199.6", "40", "within_rounding", "-0.01"),
    ],
)
def test_a_quotient_is_plausible_when_it_may_lie_within_its_bounds(
    area: str, staff: str, outcome: str, gap: str
) -> None:
    spread = Decimal("0.5") if outcome == "within_rounding" else Decimal("0.005")
    space, heads = Figure(Decimal(area), spread, ("a",)), Figure(Decimal(staff), Decimal(0), ("b",))
    judgement = judge_quotient(space, heads, Decimal(5), Decimal(60))
    assert judgement is not None
    assert (judgement.outcome, judgement.difference) == (outcome, Decimal(gap))


def test_a_quotient_over_what_may_be_zero_is_not_judged() -> None:
    space, nobody = Figure(Decimal(100), Decimal(0), ("a",)), Figure(Decimal(0), Decimal(0), ("b",))
    assert judge_quotient(space, nobody, Decimal(5), Decimal(60)) is None
