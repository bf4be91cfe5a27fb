"""Sums of many rounded parts: how far apart the two sides may lie, and how far rounding is believed to bring them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bench.altered import answers
from pipeline.tables import Dataset, Row
from pipeline.validate import check_document, load_identities
from pipeline.validate.chance import believed
from pipeline.validate.intervals import Figure, Term, tolerance
from tests.validate.made import document
from tests.validate.test_within_tables import outcomes, spent

ITEMS = 18


def of_items(total: str, *, first: str = "1.00", items: int = ITEMS) -> Dataset:
    """A total in 万元 and so many items of one class under it; the first as given, the others 1.00."""
    codes = [f"20131{number:02}" for number in range(1, items + 1)]
    figures = [first, *["1.00"] * (items - 1)]
    lines = [("total", total), ("20131", total), *zip(codes, figures, strict=True)]
    return document(spent(*lines))


def doubts(dataset: Dataset) -> Sequence[Row]:
    rows = check_document(dataset).findings.to_pylist()
    return [row for row in rows if row["code"] == "improbable_rounding"]


def test_a_sum_that_only_rounding_all_one_way_could_explain_holds_but_is_doubted() -> None:
    """A step of ten in the last place of one of eighteen items was within the rule's utmost, and stayed unseen."""
    dataset = of_items("18.08")
    assert "fails" not in outcomes(dataset, "W02").values()
    (row,) = doubts(dataset)
    assert (row["severity"], row["verdict"]) == ("warning", "undetermined")
    for words in ("相差 0.08 万元", "18个数各自四舍五入", "0.095 万元", "0.08 ×10,000 yuan apart", "one in 100,000"):
        assert words in row["explanation"]


@pytest.mark.parametrize("total", ["18.00", "18.03", "17.94"])
def test_what_rounding_may_well_bring_about_is_no_finding(total: str) -> None:
    assert doubts(of_items(total)) == []


def test_of_few_parts_the_rule_allows_nothing_that_is_not_believed() -> None:
    def term(number: int) -> Term:
        return Term(Figure(Decimal(number), Decimal(50), (str(number),)), Decimal(1))

    terms = [term(number) for number in range(1, 12)]
    assert believed(terms[:8]) is None
    assert believed([*terms[:8], Term(Figure(Decimal(1), Decimal(0), ("exact",)), Decimal(1))]) is None
    most = believed(terms[:9])
    assert most is not None
    assert most < tolerance(terms[:1], terms[1:9])


def test_a_figure_that_fails_elsewhere_is_told_there_alone() -> None:
    """The class's other total differs: that names what is wrong, and the doubt would say it again."""
    dataset = of_items("18.08")
    lines = dataset["budget_lines"].to_pylist()
    lines[0] |= {"amount": Decimal("90000.00"), "amount_printed": "9.00"}
    assert doubts(document(lines)) == []


def test_digits_that_only_chance_speaks_against_are_reckoned_as_checking_anew_finds_them() -> None:
    found = list(answers(of_items("18.02"), 80, 1, load_identities()))
    assert [answer.altered for answer in found if answer.found != answer.reckoned] == []
    assert all(answer.found for answer in found if answer.change.place > 1)
