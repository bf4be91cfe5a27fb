"""The convenience tables are projections of budget_lines, with the document's publisher, place and year."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.publish.convenience import projected
from pipeline.schema import CONVENIENCE, Convenience
from pipeline.tables import Row
from tests.publish.made import DOCUMENT, dataset, line

EVERY_TABLE = sorted({table_id for view in CONVENIENCE for table_id in view.table_ids} | {"projects", "other"})
SIDES = ("revenue", "expenditure", None)
LINES = [
    line(number, column, table_id, side=side)
    for number, table_id in enumerate(EVERY_TABLE, start=1)
    for column, side in enumerate(SIDES, start=1)
]


def rows_of(view: Convenience, **tables: list[Row]) -> pa.Table:
    made = dataset(**tables)
    return pa.concat_tables(projected(view, (made["budget_lines"],), made["documents"]))


@pytest.mark.parametrize("view", CONVENIENCE, ids=lambda view: view.table.name)
def test_a_view_has_the_rows_of_its_tables_and_its_side_and_no_others(view: Convenience) -> None:
    rows = rows_of(view, budget_lines=LINES).to_pylist()
    wanted = [
        (made["row_no"], made["column_no"])
        for made in LINES
        if made["table_id"] in view.table_ids and view.side in (None, made["side"])
    ]
    assert wanted
    assert [(row["row_no"], row["column_no"]) for row in rows] == wanted


def test_economic_items_of_the_general_budget_are_no_rows_of_a_view_by_subject() -> None:
    """Of 一般公共预算支出表（按经济分类） every row stood among the subjects, without a code."""
    item = {"subject_code": None, "subject_name": None, "subject_level": None}
    lines = [
        line(1, 1, "general_budget_expenditure", **{**item, "subject_level": "total"}),
        line(2, 1, "general_budget_expenditure"),
        line(3, 1, "general_budget_expenditure", item="没有人知道的科目", **item),
        line(1, 1, "general_budget_expenditure", table_no=2, item="合计", **item),
        line(2, 1, "general_budget_expenditure", table_no=2, item="工资福利支出", economic_code="301", **item),
    ]
    by_subject = next(view for view in CONVENIENCE if view.table.name == "expenditure_by_subject")
    rows = rows_of(by_subject, budget_lines=lines).to_pylist()
    assert [(row["table_no"], row["row_no"]) for row in rows] == [(1, 1), (1, 2), (1, 3)]
    made = dataset(budget_lines=lines)
    for cut in range(len(lines) + 1):  # a table may be cut between two parts
        parts = made["budget_lines"].slice(0, cut), made["budget_lines"].slice(cut)
        assert pa.concat_tables(projected(by_subject, parts, made["documents"])).to_pylist() == rows


@pytest.mark.parametrize("view", CONVENIENCE, ids=lambda view: view.table.name)
def test_a_view_has_the_schema_that_is_declared(view: Convenience) -> None:
    rows = rows_of(view, budget_lines=LINES)
    assert rows.schema.equals(view.table.arrow(), check_metadata=True)


def test_publisher_place_and_year_are_those_of_the_rows_own_document() -> None:
    documents = [{**DOCUMENT, "document_id": name, "publisher": f"{name}局", "fiscal_year": 2020 + number}
                 for number, name in enumerate(("b", "a"))]  # fmt: skip
    lines = [line(1, 1, "revenue_summary", side="revenue", document_id=name) for name in ("a", "b", "unknown")]
    revenue = next(view for view in CONVENIENCE if view.table.name == "revenue_by_subject")
    rows = rows_of(revenue, documents=documents, budget_lines=lines).to_pylist()
    told = [(row["document_id"], row["publisher"], row["fiscal_year"]) for row in rows]
    assert told == [("a", "a局", 2021), ("b", "b局", 2020), ("unknown", None, None)]


def test_lines_that_come_in_parts_are_projected_part_by_part() -> None:
    lines, documents = dataset(budget_lines=LINES)["budget_lines"], dataset()["documents"]
    for view in CONVENIENCE:
        parts = list(projected(view, (lines.slice(0, 5), lines.slice(5)), documents))
        assert len(parts) == 2
        assert pa.concat_tables(parts).equals(rows_of(view, budget_lines=LINES))


def test_without_a_figure_the_views_are_empty() -> None:
    assert {rows_of(view, budget_lines=[]).num_rows for view in CONVENIENCE} == {0}
