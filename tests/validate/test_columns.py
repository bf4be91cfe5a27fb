"""Which rows of a table meet conditions, and under which key they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.validate import check_document, selectors
from pipeline.validate.columns import Columns, Groups, Numbers
from pipeline.validate.identities import Condition
from pipeline.validate.rows.model import Record
from tests.validate.made import document, figure, subject

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
    return [row["amount"] for rows in _grouped(columns, conditions, ()).values() for row in rows]


def _grouped(columns: Columns, conditions: Sequence[Condition], by: tuple[str, ...]) -> Groups:
    return columns.grouped(columns.places(conditions), by)


def _columns(rows: Sequence[Record]) -> Columns:
    return Columns(rows, NAMES, Numbers())


def test_a_row_is_picked_when_it_meets_every_condition() -> None:
    assert _amounts(_columns(ROWS), SPENT, CODED) == [2, 3]


def test_one_of_several_values_will_do() -> None:
    assert _amounts(_columns(ROWS), Condition("code", ("208", "201"))) == [2, 3]


def test_a_column_that_a_row_lacks_is_blank_there() -> None:
    assert _amounts(_columns(ROWS), SPENT, Condition("code", (None,))) == [4]


def test_a_condition_picks_the_same_rows_however_often_it_was_asked_before() -> None:
    columns = _columns(ROWS)
    for _ in range(2):
        assert _amounts(columns, SPENT) == [2, 3, 4]
        assert _amounts(columns, SPENT, CODED) == [2, 3]
        assert _amounts(columns, CODED) == [2, 3]


def test_rows_stand_under_their_keys_in_the_order_of_the_table() -> None:
    groups = _grouped(_columns(ROWS), (SPENT,), ("side", "code"))
    assert list(groups) == [("expenditure", "201"), ("expenditure", "208"), ("expenditure", None)]


def test_a_table_without_rows_has_no_groups() -> None:
    assert not _grouped(_columns([]), (SPENT,), ("side",))
    assert not _grouped(_columns([]), (), ())


def test_a_value_that_no_row_holds_picks_none_and_its_negation_all() -> None:
    columns = _columns(ROWS)
    assert _amounts(columns, Condition("code", ("999",))) == []
    assert _amounts(columns, Condition("code", ("999",), negated=True)) == [1, 2, 3, 4]


def test_one_key_has_one_trace_in_every_table() -> None:
    numbers = Numbers()
    here, there = Columns(ROWS, NAMES, numbers), Columns(ROWS[::-1], NAMES, numbers)
    by = ("side", "code")
    traces = [columns.traces(columns.places(()), by).tolist() for columns in (here, there)]
    assert traces[0] == traces[1][::-1]
    assert len(set(traces[0])) == len(ROWS)


def test_what_stands_on_one_side_alone_is_left_out_without_a_change_to_any_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = ("total", "201", "20101", "2010101", "208", "20805", "2080505")
    amounts = ("30.00", "10.00", "10.00", "10.00", "20.00", "20.00", "20.01")
    lines = [
        figure(table, number, row, 1, amount, **subject(code), fund="total", expenditure_type="total")
        for number, table in enumerate(("revenue_summary", "expenditure_summary", "general_budget_expenditure"), 1)
        for row, (code, amount) in enumerate(zip(codes[: 8 - number], amounts, strict=False), 1)
    ]
    found = []
    for many in (0, 10**6):
        monkeypatch.setattr(selectors, "_MANY", many)
        found.append(check_document(document(lines)))
    assert "fails" in found[0].checks["outcome"].to_pylist()
    assert found[0].checks.equals(found[1].checks)
    assert found[0].findings.equals(found[1].findings)
