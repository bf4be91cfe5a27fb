"""One figure in another unit of money than it should be: found, and said to be wrong in its unit alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from pipeline.schema import MONEY_UNITS, NARRATIVE_FIGURES
from pipeline.tables import Dataset, to_arrow
from pipeline.validate import check_document
from pipeline.validate.slips import in_another_unit, slip_between
from tests.validate.made import DOCUMENT, document, figure

VEHICLES = ("公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费")


def text(amounts: Mapping[str, str], sentences: Sequence[str]) -> Dataset:
    """A document with a text that says these amounts, and a table that speaks of something else."""
    rows = []
    for number, (name, said) in enumerate(amounts.items(), start=1):
        unit = "万元" if said.endswith("万元") else "元"
        printed = said.removesuffix(unit)
        rows.append({
            "document_id": DOCUMENT, "figure_no": number, "section": "说明",
            "sentence": next(each for each in sentences if f"{name}{said}" in each), "subject": name,
            "kind": "amount", "value": Decimal(printed.replace(",", "")) * MONEY_UNITS[unit],
            "value_printed": printed, "unit": unit, "page": 11,
        })  # fmt: skip
    lines = [figure("expenditure_summary", 3, 1, 2, "77123.45", item="合计", subject_level="total", period="budget")]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}


def vehicles(*said: str) -> Dataset:
    """What a section says of official vehicles, of their purchase and of their running costs."""
    amounts = dict(zip(VEHICLES, said, strict=True))
    return text(amounts, [f"{name}{amount}。" for name, amount in amounts.items()])


def told(dataset: Dataset) -> list[str]:
    rows = check_document(dataset).findings.to_pylist()
    return [row["explanation"] for row in rows if row["severity"] == "error"]


def test_what_adds_up_tells_nothing() -> None:
    assert told(vehicles("52.83万元", "18.32万元", "34.51万元")) == []


def test_a_whole_in_yuan_over_parts_in_ten_thousand_yuan_is_in_the_wrong_unit() -> None:
    """污染防治项目18,686.86元 over parts in 万元: what the text adds up was set aside, as no slip of a digit led from
    the one to the other."""
    (said,) = told(vehicles("52.83元", "18.32万元", "34.51万元"))
    assert "正好是两种金额单位之比" in said
    assert "现印 52.83 元，应为 52.83 万元，与所印只差金额单位" in said
    assert "52.83 ×10,000 yuan, the same number in another unit of money" in said


def test_a_part_in_yuan_beside_one_in_ten_thousand_yuan_is_the_one_in_the_wrong_unit() -> None:
    (said,) = told(vehicles("52.83万元", "18.32元", "34.51万元"))
    assert "“公务用车购置费”一数如按另一种金额单位计即相符，单位可能印错了" in said
    assert "“公务用车购置费”一数：现印 18.32 元，应为 18.32 万元" in said


def test_what_another_unit_does_not_mend_is_set_aside_as_before() -> None:
    assert told(vehicles("52.83万元", "17.22元", "34.51万元")) == []


@pytest.mark.parametrize(
    ("printed", "low", "high", "meant"),
    [
        ("9435.74", "94357400", "94357400", "94357400.00"),  # 万元 printed as 元
        ("94357400", "9435.74", "9435.74", "9435.7400"),
        ("9435.74", "9435740", "9435740", "9435740.00"),  # 千元
        ("9435.74", "94357200", "94357300", None),
        ("9435.74", "943574000", "943574000", None),  # no two units are so far apart
    ],
)
def test_a_number_in_another_unit_is_the_same_digits_a_thousand_or_ten_thousand_times(
    printed: str, low: str, high: str, meant: str | None
) -> None:
    number, half = Decimal(printed), Decimal("0.005")
    found = in_another_unit(number, half, Decimal(low), Decimal(high))
    assert found == (None if meant is None else Decimal(meant))
    assert (slip_between(number, half, Decimal(low), Decimal(high)) == "unit") == (meant is not None)


@pytest.mark.parametrize(("said", "wrong"), [("2,520.00元", 1), ("2,520元", 0), ("12,520.00元", 0)])
def test_a_sum_to_the_fen_that_is_less_than_ten_thousand_yuan_was_not_seen(said: str, wrong: int) -> None:
    """物业管理服务2,520.00元 beside amounts in 万元; what may be a fee, or more, is left."""
    amounts = {f"项目{place}": f"{place}52.83万元" for place in range(1, 13)} | {"物业管理服务": said}
    rows = check_document(text(amounts, [f"{name}{amount}。" for name, amount in amounts.items()])).findings.to_pylist()
    assert len([row for row in rows if "不足一万元却印到分" in row["explanation"]]) == wrong
