"""A printed zero says that there is none: what that binds, and the amounts too small to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bench.altered import answers
from pipeline.tables import Row
from pipeline.validate import check_document, load_identities
from pipeline.validate.intervals import Figure, Term, without_zeros
from tests.validate.made import document, figure, subject
from tests.validate.test_within_tables import outcomes

FUNDS = ("total", "general_public_budget", "government_fund", "state_capital", "special_account", "other_revenue")


def by_fund(*lines: Sequence[str], table_no: int = 2) -> list[Row]:
    """Lines of the revenue summary: the code, the total, and every fund, those without money too."""
    return [
        figure(
            "revenue_summary", table_no, row_no, column, printed, **{**subject(code), "fund": fund, "side": "revenue"}
        )
        for row_no, (code, *figures) in enumerate(lines, start=1)
        for column, (fund, printed) in enumerate(zip(FUNDS, figures, strict=True), start=1)
    ]


NONE = ("0.00", "0.00", "0.00", "0.00")


def test_a_total_beside_printed_zeros_is_its_only_part_printed_again() -> None:
    """In Shenzhen's tables four in ten changes of a last digit were taken for the rounding of five empty funds."""
    assert set(outcomes(document(by_fund(("201", "9.00", "9.00", *NONE))), "W10").values()) == {"exact"}
    assert set(outcomes(document(by_fund(("201", "9.01", "9.00", *NONE))), "W10").values()) == {"fails"}


def test_such_a_total_that_is_one_off_in_the_last_place_is_told_as_a_remainder_and_no_error() -> None:
    rows = check_document(document(by_fund(("201", "9.01", "9.00", *NONE)))).findings.to_pylist()
    (row,) = (row for row in rows if str(row["check_id"]).startswith("W10"))
    assert row["severity"] == "warning"
    assert "末位差1" in row["explanation"]


def test_parts_that_are_no_zeros_are_rounded_as_ever() -> None:
    lines = by_fund(("201", "9.01", "6.00", "3.00", *NONE[1:]))
    assert set(outcomes(document(lines), "W10").values()) == {"within_rounding"}
    lines = by_fund(("201", "9.02", "6.00", "3.00", *NONE[1:]))
    assert set(outcomes(document(lines), "W10").values()) == {"fails"}


def test_an_amount_too_small_to_be_printed_is_no_error_where_total_and_part_are_printed_again() -> None:
    """Interest of 30 yuan in a table in 万元: the total goes one up, on the subject's line and on its class's."""
    interest = ("9.01", "9.00", *NONE)
    assert set(outcomes(document(by_fund(("201", *interest), ("20131", *interest))), "W10").values()) == {
        "within_rounding"
    }
    half_so = by_fund(("201", *interest), ("20131", "9.00", "9.00", *NONE))
    assert "fails" in outcomes(document(half_so), "W10").values()


def test_a_difference_may_be_rounded_to_nothing() -> None:
    def term(amount: str, weight: int = 1) -> Term:
        return Term(Figure(Decimal(amount), Decimal(50), (amount,)), Decimal(weight))

    change, now, before = term("0"), term("90100"), term("90000", weight=-1)
    assert without_zeros([change], [now, before]) == ([change], [now, before])
    assert without_zeros([now], [term("0"), term("90100")]) == ([now], [term("90100")])


def test_digits_of_zeros_and_of_what_stands_beside_them_are_reckoned_as_checking_anew_finds_them() -> None:
    lines = (("total", "9.00", "9.00", *NONE), ("201", "6.00", "6.00", *NONE), ("208", "3.00", "3.00", *NONE))
    found = list(answers(document(by_fund(*lines)), 60, 5, load_identities()))
    assert [answer.altered for answer in found if answer.found != answer.reckoned] == []
    assert sum(answer.found for answer in found) > 50
