"""What a printed target says: operator, value, unit, and whether it is a number at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.targets import QUALITATIVE, parse_target


@pytest.mark.parametrize(
    ("printed", "operator", "value", "unit"),
    [
        ("≥1300人", "≥", "1300", "人"),
        ("10000元/人", None, "10000", "元/人"),
        ("360元/每人每年", None, "360", "元/每人每年"),
        ("≤50万元", "≤", "50", "万元"),
        ("3437.0599万元", None, "3437.0599", "万元"),
        ("100%", None, "100", "%"),
        ("≧ 90 %", "≥", "90", "%"),
        (">=3部", "≥", "3", "部"),
        ("大于等于5个", "≥", "5", "个"),
        ("不少于350个。", "≥", "350", "个"),
        ("95%以上", "≥", "95", "%"),
        ("1,200元", None, "1200", "元"),
        ("≤1次/48小时", "≤", "1", "次/48小时"),
        ("12个月", None, "12", "个月"),
    ],
)
def test_a_target_with_one_number_gives_it_exactly(
    printed: str, operator: str | None, value: str, unit: str | None
) -> None:
    parsed = parse_target(printed)

    assert (parsed.operator, parsed.value, parsed.unit) == (operator, Decimal(value), unit)
    assert parsed.is_quantitative


@pytest.mark.parametrize(
    "printed", ["第四季度", "2026年底", "提高", "提高%", "春节", "全年", "2022年8月底前", "定性", "每月", ""]
)
def test_words_and_dates_are_no_numbers(printed: str) -> None:
    assert parse_target(printed) == QUALITATIVE


def test_two_numbers_give_no_value_but_their_common_unit() -> None:
    parsed = parse_target("1000元和500元")

    assert (parsed.value, parsed.unit, parsed.is_quantitative) == (None, "元", True)


def test_two_numbers_in_two_units_give_no_unit() -> None:
    parsed = parse_target("2%，且≤2000万元/项目")

    assert (parsed.operator, parsed.value, parsed.unit, parsed.is_quantitative) == (None, None, None, True)


def test_operator_and_unit_in_cells_of_their_own_are_taken() -> None:
    parsed = parse_target("12", operator="≤", unit="月")

    assert (parsed.operator, parsed.value, parsed.unit) == ("≤", Decimal(12), "月")


def test_a_qualitative_sign_is_no_operator() -> None:
    assert parse_target("优", operator="定性", unit="") == QUALITATIVE


def test_the_indicators_bracket_gives_the_unit_where_the_target_has_none() -> None:
    assert parse_target("≤75", indicator="仓储费用标准(元/平方米/月)").unit == "元/平方米/月"


def test_a_bracket_that_is_no_unit_gives_none() -> None:
    assert parse_target("99", indicator="网络覆盖率（五环内）").unit is None


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False), st.sampled_from(["≥", "≤", ""]))
def test_every_number_comes_back_as_it_was_printed(number: Decimal, sign: str) -> None:
    parsed = parse_target(f"{sign}{number:,}万元")

    assert (parsed.value, parsed.operator or "") == (number, sign)
