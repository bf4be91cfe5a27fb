"""The convenience tables are projections of budget_lines, with the document's publisher, place and year."""

from __future__ import annotations

import pytest

from pipeline.publish.convenience import derived
from pipeline.schema import CONVENIENCE, Convenience
from tests.publish.made import DOCUMENT, dataset, line

EVERY_TABLE = sorted({table_id for view in CONVENIENCE for table_id in view.table_ids} | {"projects", "other"})
SIDES = ("revenue", "expenditure", None)
LINES = [
    line(number, column, table_id, side=side)
    for number, table_id in enumerate(EVERY_TABLE, start=1)
    for column, side in enumerate(SIDES, start=1)
]


@pytest.mark.parametrize("view", CONVENIENCE, ids=lambda view: view.table.name)
def test_a_view_has_the_rows_of_its_tables_and_its_side_and_no_others(view: Convenience) -> None:
    rows = derived(dataset(budget_lines=LINES))[view.table.name].to_pylist()
    wanted = [
        (made["row_no"], made["column_no"])
        for made in LINES
        if made["table_id"] in view.table_ids and view.side in (None, made["side"])
    ]
    assert wanted
    assert [(row["row_no"], row["column_no"]) for row in rows] == wanted


@pytest.mark.parametrize("view", CONVENIENCE, ids=lambda view: view.table.name)
def test_a_view_has_the_schema_that_is_declared(view: Convenience) -> None:
    rows = derived(dataset(budget_lines=LINES))[view.table.name]
    assert rows.schema.equals(view.table.arrow(), check_metadata=True)


def test_publisher_place_and_year_are_those_of_the_rows_own_document() -> None:
    documents = [{**DOCUMENT, "document_id": name, "publisher": f"{name}局", "fiscal_year": 2020 + number}
                 for number, name in enumerate(("b", "a"))]  # fmt: skip
    lines = [line(1, 1, "revenue_summary", side="revenue", document_id=name) for name in ("b", "a", "unknown")]
    rows = derived(dataset(documents=documents, budget_lines=lines))["revenue_by_subject"].to_pylist()
    told = [(row["document_id"], row["publisher"], row["fiscal_year"]) for row in rows]
    assert told == [("a", "a局", 2021), ("b", "b局", 2020), ("unknown", None, None)]


def test_without_a_figure_the_views_are_empty() -> None:
    assert {table.num_rows for table in derived(dataset(budget_lines=[])).values()} == {0}
