"""Which rows of a table meet conditions, and under which key they stand."""

from __future__ import annotations

from pipeline.validate.columns import Columns
from pipeline.validate.identities import Condition

ROWS: list[dict[str, object]] = [
    {"side": "revenue", "code": None, "amount": 1},
    {"side": "expenditure", "code": "201", "amount": 2},
    {"side": "expenditure", "code": "208", "amount": 3},
    {"side": "expenditure", "amount": 4},
]
NAMES = ("side", "code")
SPENT = Condition("side", ("expenditure",))
CODED = Condition("code", (None,), negated=True)


def _amounts(columns: Columns, *conditions: Condition) -> list[object]:
    return [row["amount"] for rows in columns.grouped(conditions, ()).values() for row in rows]


def test_a_row_is_picked_when_it_meets_every_condition() -> None:
    assert _amounts(Columns(ROWS, NAMES), SPENT, CODED) == [2, 3]


def test_one_of_several_values_will_do() -> None:
    assert _amounts(Columns(ROWS, NAMES), Condition("code", ("208", "201"))) == [2, 3]


def test_a_column_that_a_row_lacks_is_blank_there() -> None:
    assert _amounts(Columns(ROWS, NAMES), SPENT, Condition("code", (None,))) == [4]


def test_a_condition_picks_the_same_rows_however_often_it_was_asked_before() -> None:
    columns = Columns(ROWS, NAMES)
    for _ in range(2):
        assert _amounts(columns, SPENT) == [2, 3, 4]
        assert _amounts(columns, SPENT, CODED) == [2, 3]
        assert _amounts(columns, CODED) == [2, 3]


def test_rows_stand_under_their_keys_in_the_order_of_the_table() -> None:
    groups = Columns(ROWS, NAMES).grouped((SPENT,), ("side", "code"))
    assert list(groups) == [("expenditure", "201"), ("expenditure", "208"), ("expenditure", None)]


def test_a_table_without_rows_has_no_groups() -> None:
    assert not Columns([], NAMES).grouped((SPENT,), ("side",))
    assert not Columns([], NAMES).grouped((), ())


def test_a_value_that_no_row_holds_picks_none_and_its_negation_all() -> None:
    columns = Columns(ROWS, NAMES)
    assert _amounts(columns, Condition("code", ("999",))) == []
    assert _amounts(columns, Condition("code", ("999",), negated=True)) == [1, 2, 3, 4]
