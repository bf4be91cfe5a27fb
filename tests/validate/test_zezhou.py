"""The whole arithmetic on the reviewed figures of the Zezhou disclosure."""

from collections import Counter
from decimal import Decimal

import pytest

from pipeline.validate import check_document, detection_power
from tests.validate.zezhou import zezhou


def arithmetic(dataset: object) -> Counter[str]:
    rows = check_document(dataset).checks.to_pylist()  # type: ignore[arg-type]
    return Counter(row["outcome"] for row in rows if row["scope"] != "disclosure")


def test_no_sum_is_called_wrong_though_twenty_two_differ_by_rounding() -> None:
    outcomes = arithmetic(zezhou())
    assert outcomes["within_rounding"] == 22
    assert outcomes["exact"] > 400
    assert outcomes["fails"] == outcomes["blocked"] == 0


def test_one_set_of_true_amounts_explains_every_figure() -> None:
    assert check_document(zezhou()).jointly_feasible is True


def test_the_only_findings_are_of_captions_out_of_order_and_lacking() -> None:
    findings = check_document(zezhou()).findings.to_pylist()
    assert [(row["check_id"], row["severity"]) for row in findings] == [
        ("C18", "info"), ("C03/t4", "warning"), ("C03/t8", "warning"),
    ]  # fmt: skip


def test_ninety_nine_of_a_hundred_changed_digits_are_noticed_and_all_above_the_last() -> None:
    power = detection_power(zezhou())
    assert power.unbound == 0
    assert power.share > Decimal("0.99")
    assert all(power.noticed[place] == power.tried[place] for place in power.tried if place > 1)


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ((3, 13, "合计", "55.08"), "55.80"),  # two digits swapped in a 项
        ((5, 25, "项目支出", "24424.00"), "2,442.40"),  # a figure shifted by ten
        ((12, 10, "合计", "95.00"), "85.00"),  # a digit of a project
    ],
)
def test_a_changed_figure_is_found_and_named(change: tuple[int, int, str, str], right: str) -> None:
    checked = check_document(zezhou(change))
    errors = [row for row in checked.findings.to_pylist() if row["severity"] == "error"]
    assert checked.jointly_feasible is False
    assert errors
    assert any("应为 " + right in row["explanation"] for row in errors)
