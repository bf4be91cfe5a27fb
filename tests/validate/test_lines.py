"""The budget's lines, looked up by what the derived tables ask for."""

from __future__ import annotations

from pipeline.schema import BUDGET_LINES
from pipeline.validate import load_identities
from pipeline.validate.rows.model import TOLD, Lines, Record
from pipeline.validate.rows.records import LINE_COLUMNS, read_records
from tests.validate.zezhou import zezhou


def line(table_no: int, table_id: str, cell_id: str, period: str = "budget") -> Record:
    known = {"table_no": table_no, "table_id": table_id, "column_no": 2, "cell_id": cell_id, "period": period}
    return {**dict.fromkeys(TOLD), **known}


LINES = Lines([line(9, "projects", "a"), line(10, "expenditure_summary", "b"), line(11, "projects", "c", "final")])


def test_lines_of_several_kinds_come_table_after_table_by_number() -> None:
    found = LINES.of_kind("expenditure_summary", "projects")
    assert [row["cell_id"] for row in found] == ["a", "b", "c"]


def test_lines_are_found_by_kind_cell_and_column_and_none_where_there_are_none() -> None:
    assert [row["cell_id"] for row in LINES.of_kind("projects")] == ["a", "c"]
    assert LINES.by_cell["b"]["table_no"] == 10
    assert [row["cell_id"] for row in LINES.of_column(11, 2)] == ["c"]
    assert not LINES.of_kind("revenue_summary")
    assert not LINES.of_column(11, 3)


def test_what_stands_side_by_side_is_told_once() -> None:
    assert set(LINES.told("table_id", "period")) == {
        ("projects", "budget"), ("expenditure_summary", "budget"), ("projects", "final"),
    }  # fmt: skip


def test_what_stands_side_by_side_is_told_in_the_order_of_the_rows_every_time() -> None:
    """It was told in the order of a set: checks changed places from one build to the next."""
    codes = [f"{number}" for number in range(299, 200, -1)]
    lines = Lines([{**dict.fromkeys(TOLD), "table_no": 3, "subject_code": code} for code in codes])
    assert list(lines.told("table_no", "subject_code")) == [(3, code) for code in codes]


def test_many_rows_have_room_for_each_column_that_is_derived_and_for_no_other() -> None:
    rows = read_records(zezhou(), load_identities()).of("budget_lines")
    assert {name for row in rows for name in row} == {*BUDGET_LINES.names, *LINE_COLUMNS}
