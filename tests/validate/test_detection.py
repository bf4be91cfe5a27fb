"""Detection power: what is reckoned of a figure's digits is what trying every other digit finds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bench.altered import answers
from pipeline.tables import write_dataset
from pipeline.validate import load_identities
from pipeline.validate.detection import _unseen
from pipeline.validate.detection_told import main
from pipeline.validate.intervals import Interval
from tests.validate.test_sheets import made, outcomes, project
from tests.validate.test_within_tables import projects
from tests.validate.zezhou import zezhou

cents = st.integers(0, 10**6).map(lambda number: Decimal(number) / 100)
ends = st.one_of(st.just(Decimal("Infinity")), cents)


def _tried(digits: Sequence[int], amount: Decimal, step: Decimal, within: Interval) -> list[int]:
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
    amount = Decimal(printed) / 100 * (-1 if negative else 1) + 0  # of no amount there is a negative one
    digits = tuple(int(digit) for digit in reversed(str(printed)))
    within = Interval(amount - down, amount + up)
    found = list(_unseen(digits, {"amount": amount, "half_unit": Decimal("0.005")}, within))
    step = Decimal("0.01").copy_sign(amount)
    assert found + [0] * (len(digits) - len(found)) == _tried(digits, amount, step, within)


def test_what_would_be_set_aside_if_it_failed_is_not_reckoned_to_notice_anything() -> None:
    """Half of the sheets define their total otherwise: those that agree with the table were counted as binding it,
    though altering the table makes no finding."""
    other = {"annual_total_amount": 310000, "annual_local_amount": 310000}
    dataset = made(project(1), project(2), project(3, **other), project(4, **other))
    assert sorted(outcomes(dataset, "P02")) == ["exact", "exact", "not_applicable", "not_applicable"]
    assert [answer for answer in answers(dataset, 60, 3, load_identities()) if answer.reckoned or answer.found] == []


def test_a_later_reading_is_not_reckoned_to_notice_anything() -> None:
    """Projects under headings that add them up: what fails under that reading is no error (only_first_asserts)."""
    nested = ((None, "甲局", "9.00"), ("通用", "通用", "9.00"), ("一", "一", "5.00"), ("二", "二", "4.00"))
    dataset = projects(*nested)
    assert outcomes(dataset, "W44") == ["exact"]
    assert [answer for answer in answers(dataset, 20, 3, load_identities()) if answer.reckoned] == []


def test_the_folder_that_the_power_is_to_be_written_into_need_not_be_there(tmp_path: Path) -> None:
    """In a new checkout `make bench-detection` reckoned for minutes, and then could not write what it had found."""
    write_dataset(tmp_path / "data", zezhou())
    told = tmp_path / "build" / "detection.json"
    assert main([str(tmp_path / "data"), "--json", str(told)]) == 0
    assert json.loads(told.read_text("utf-8"))["all"]["figures"] > 0
