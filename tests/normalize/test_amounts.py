"""Printed figures to exact yuan (data contract, "Rules for values")."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.amounts import Figure, is_exact, read_figure, to_amount
from pipeline.schema import MONEY_UNITS


def yuan(printed: str, unit: str) -> tuple[str, str]:
    figure = read_figure(printed)
    assert figure is not None
    amount = to_amount(figure, unit)
    return str(amount.value), str(amount.half_unit.normalize().__format__("f"))


@pytest.mark.parametrize(
    ("printed", "unit", "amount", "half_unit"),
    [
        ("4192.53", "万元", "41925300.00", "50"),
        ("4,192.53", "万元", "41925300.00", "50"),
        ("705.6686", "万元", "7056686.00", "0.5"),
        ("12.345678", "万元", "123456.78", "0.005"),
        ("34868599", "元", "34868599.00", "0.5"),
        ("34,868,599.10", "元", "34868599.10", "0.005"),
        ("1.5", "亿元", "150000000.00", "5000000"),
        ("12", "千元", "12000.00", "500"),
        ("0.00", "万元", "0.00", "50"),
        ("0", "万元", "0.00", "5000"),
    ],
)
def test_an_amount_is_in_yuan_and_knows_half_of_its_last_place(
    printed: str, unit: str, amount: str, half_unit: str
) -> None:
    assert yuan(printed, unit) == (amount, half_unit)


@pytest.mark.parametrize("dash", ["-", "－", "—", "–", "−", "--", "——"])
def test_a_dash_is_a_printed_zero(dash: str) -> None:
    assert yuan(dash, "万元") == ("0.00", "5000")


@pytest.mark.parametrize(
    ("printed", "amount"),
    [("(12.50)", "-125000.00"), ("（12.50）", "-125000.00"), ("-12.50", "-125000.00"), ("－12.50", "-125000.00"),
     ("−1,234.50", "-12345000.00"), ("-.50", "-5000.00"), (".50", "5000.00")],
)  # fmt: skip
def test_brackets_and_every_kind_of_minus_make_an_amount_negative(printed: str, amount: str) -> None:
    assert yuan(printed, "万元")[0] == amount


@pytest.mark.parametrize(
    ("printed", "value", "places"), [("12.5%", "12.5", 1), ("-3.20％", "-3.20", 2), ("100%", "100", 0)]
)
def test_a_percentage_is_no_money(printed: str, value: str, places: int) -> None:
    assert read_figure(printed) == Figure(Decimal(value), places, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "合计",
        "2026年",
        "12.50 3.00",
        "1.2.3",
        "12,34",
        "1,2345.00",
        "≥95",
        "95以上",
        "(一)",
        "①",
        "12.50元",
        "%",
        ".",
    ],
)
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert read_figure(text) is None


def test_the_code_of_a_project_is_no_money() -> None:
    assert read_figure("530100210000000018301") is None
    assert read_figure("530,100,210,000,000,018") is not None


def test_full_width_figures_are_figures() -> None:
    assert yuan("１２．５０", "万元") == ("125000.00", "50")


def test_a_figure_finer_than_a_cent_is_said_to_be_so() -> None:
    coarse, fine = read_figure("12.345678"), read_figure("12.3456789")
    assert coarse and fine
    assert is_exact(coarse, "万元")
    assert not is_exact(fine, "万元")
    assert is_exact(fine, "亿元")


def test_a_unit_that_is_no_unit_of_money_is_refused() -> None:
    with pytest.raises(KeyError):
        to_amount(Figure(Decimal(1), 0, False), "美元")


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(amounts, st.booleans())
def test_an_amount_in_yuan_comes_back_from_print_exactly(amount: Decimal, grouped: bool) -> None:
    printed = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    figure = read_figure(printed)
    assert figure is not None
    assert to_amount(figure, "元").value == amount
    assert is_exact(figure, "元")


@given(amounts, st.sampled_from(sorted(MONEY_UNITS)))
def test_an_amount_printed_in_any_unit_is_exact_to_the_cent(amount: Decimal, unit: str) -> None:
    """Printed with as many places as the unit needs, nothing is lost; no binary float could do that."""
    printed = f"{amount / MONEY_UNITS[unit]:f}"
    figure = read_figure(printed)
    assert figure is not None
    assert to_amount(figure, unit).value == amount


@given(amounts, st.integers(0, 4), st.sampled_from(["元", "万元"]))
def test_a_rounded_figure_lies_within_half_a_unit_of_the_truth(amount: Decimal, places: int, unit: str) -> None:
    printed = f"{amount / MONEY_UNITS[unit]:.{places}f}"
    figure = read_figure(printed)
    assert figure is not None
    read = to_amount(figure, unit)
    assert abs(amount - figure.value * MONEY_UNITS[unit]) <= read.half_unit


@pytest.mark.parametrize("text", ["12  34", "1,234.50  66", "-  5.35", "1.00 2.00"])
def test_two_numbers_in_one_cell_are_no_figure(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(("text", "value"), [("12.5 %", "12.5"), (" 12.00 ", "12.00"), ("¥ 12.00", "12.00")])
def test_blanks_round_a_figure_part_nothing(text: str, value: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.value == Decimal(value)
