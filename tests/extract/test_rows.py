"""The rows of a body that no rule parts: names of several lines, and the numbers that they stand beside."""

from __future__ import annotations

import numpy as np

from pipeline.extract.rows import row_borders
from pipeline.extract.tokens import Token, TokenLine

XS = np.array([0.0, 120.0, 200.0])
NAME, AMOUNT = 5.0, 195.0


def name(text: str, middle: float) -> Token:
    return Token(NAME, middle - 5, NAME + 10 * len(text), middle + 5, text)


def amount(text: str, middle: float) -> Token:
    return Token(AMOUNT - 5 * len(text), middle - 5, AMOUNT, middle + 5, text)


def lines(*tokens: Token) -> list[TokenLine]:
    heights = sorted({token.middle for token in tokens})
    return [TokenLine(tuple(token for token in tokens if token.middle == y)) for y in heights]


def rows(*tokens: Token) -> list[list[str]] | None:
    """What each row prints, by the borders that are told."""
    borders = row_borders(lines(*tokens), XS)
    if borders is None:
        return None
    found: list[list[str]] = [[] for _ in range(len(borders) + 1)]
    for token in sorted(tokens, key=lambda t: (t.x0 > 100, t.middle)):
        found[int(np.searchsorted(borders, token.middle))].append(token.text)
    return found


def table(*tokens: Token, step: float = 20) -> list[list[str]] | None:
    """The rows after two of one line each, the second at a height of 30."""
    above = enumerate(("住房公积金补贴", "卫生健康"))
    plain = [t for n, text in above for t in (name(text, 30 + step * (n - 1)), amount(f"{n}1.50", 30 + step * (n - 1)))]
    found = rows(*plain, *tokens)
    return None if found is None else found[2:]


def test_a_name_of_two_lines_belongs_to_the_amount_that_it_stands_around() -> None:
    wrapped = [name("机关事业单位养老保险缴费", 54), name("支出", 66), amount("7.50", 60)]
    assert table(*wrapped) == [["机关事业单位养老保险缴费", "支出", "7.50"]]


def test_names_of_three_lines_one_below_the_other_keep_their_own_lines() -> None:
    first = [name("提前下达中央财政农村综合", 58), name("改革转移支付资金扶持壮大", 70), name("集体经济", 82)]
    second = [name("红色档案资源抢救保护与开", 98), name("发利用三年行动计划工程前", 110), name("期经费", 122)]
    found = table(*first, amount("7.50", 70), *second, amount("8.50", 110))
    assert found == [[*(t.text for t in first), "7.50"], [*(t.text for t in second), "8.50"]]


def test_a_name_set_from_the_height_of_its_amount_down_is_not_cut_after_its_first_line() -> None:
    wrapped = [name("机关事业单位养老保险缴费", 50), name("支出", 62), amount("7.50", 50)]
    after = [name("住房支出", 82), amount("8.50", 82)]
    assert table(*wrapped, *after) == [["机关事业单位养老保险缴费", "支出", "7.50"], ["住房支出", "8.50"]]


def test_a_name_without_figures_between_two_rows_is_a_row_of_its_own() -> None:
    assert table(name("其中", 50), name("住房支出", 70), amount("8.50", 70)) == [["其中"], ["住房支出", "8.50"]]


def test_lines_that_stand_as_far_apart_as_rows_and_may_be_one_name_are_no_rows() -> None:
    """Without white between rows only the length of the first line speaks for a wrap: that is not enough."""
    wrapped = [name("提前下达中央财政农村综合", 44), name("改革转移支付资金扶持壮大", 58), name("集体经济", 72)]
    assert table(*wrapped, amount("7.50", 58), name("住房支出", 86), amount("8.50", 86), step=14) is None


def test_a_name_nearer_to_a_row_than_rows_are_belongs_to_none_when_it_does_not_fit() -> None:
    assert table(name("其中", 42), name("住房支出", 50), amount("8.50", 50)) is None


def test_the_rest_of_an_amount_in_the_line_below_makes_no_smaller_amount() -> None:
    """40,825.37 printed as 40,825.3 and 7: neither is the figure."""
    torn = [name("地方志编纂", 50), amount("40,825.3", 50), name("住房支出", 70), amount("8.50", 70)]
    assert table(*torn, Token(190, 58, 195, 68, "7"), name("服务中心", 63)) is None
