"""The 332 figures of the raw disclosure against the reviewed ones (tests/expected/README.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.tables import Dataset

Rows = list[dict[str, str]]
Key = tuple[int, int, str]
FIELDS = (
    "table_id", "page", "item", "subject_code", "subject_name", "subject_level", "economic_code", "economic_name",
    "government_economic_code", "government_economic_name", "code_source", "project_name", "side", "fund",
    "expenditure_type", "origin", "period", "amount_printed",
)  # fmt: skip
ANY = "*"


def _key(row: dict[str, Any]) -> Key:
    return int(row["table_no"]), int(row["row_no"]), row["column_header"]


def _found(zezhou: Dataset) -> dict[Key, dict[str, Any]]:
    return {_key(row): row for row in zezhou["budget_lines"].to_pylist()}


def test_every_reviewed_figure_is_found_and_no_other(zezhou: Dataset, zezhou_budget_lines: Rows) -> None:
    assert zezhou["budget_lines"].num_rows == 332
    assert set(_found(zezhou)) == {_key(row) for row in zezhou_budget_lines}


@pytest.mark.parametrize("name", FIELDS)
def test_each_column_of_each_figure_is_as_reviewed(zezhou: Dataset, zezhou_budget_lines: Rows, name: str) -> None:
    found = _found(zezhou)
    wrong = {
        _key(row): (found[_key(row)][name], row[name])
        for row in zezhou_budget_lines
        if row[name] != ANY and not (name == "subject_name" and not row[name])
        if str(found[_key(row)][name] if found[_key(row)][name] is not None else "") != row[name]
    }
    assert not wrong, f"{len(wrong)} differ: (found, reviewed) {dict(list(wrong.items())[:5])}"


def test_each_amount_is_exactly_the_reviewed_one(zezhou: Dataset, zezhou_budget_lines: Rows) -> None:
    found = _found(zezhou)
    for row in zezhou_budget_lines:
        line = found[_key(row)]
        assert line["amount"] == Decimal(row["amount"])
        assert (line["unit"], line["half_unit"], line["value"]) == ("万元", Decimal(50), None)


def test_each_figure_points_at_the_cell_that_prints_it(zezhou: Dataset) -> None:
    cells = {cell["cell_id"]: cell for cell in zezhou["cells"].to_pylist()}
    for line in zezhou["budget_lines"].to_pylist():
        cell = cells[line["cell_id"]]
        assert cell["text"] == line["amount_printed"]
        assert [cell[name] for name in ("table_no", "row_no", "column_no", "page", "role")] == [
            *(line[name] for name in ("table_no", "row_no", "column_no", "page")),
            "fact",
        ]


def test_the_count_of_numbers_closes_on_every_page(zezhou: Dataset) -> None:
    for row in zezhou["coverage"].to_pylist():
        assert row["digits_in_cells"] == row["digits_in_text_layer"], f"page {row['page']}"
        parts = sum(row[name] for name in ("facts", "labels", "headers", "findings", "unread"))
        assert row["numbers"] == parts
        assert (row["findings"], row["unread"]) == (0, 0), f"page {row['page']}"


def test_no_cell_of_the_thirteen_tables_is_unread(zezhou: Dataset) -> None:
    roles = {cell["role"] for cell in zezhou["cells"].to_pylist() if cell["table_no"] <= 13}
    assert roles == {"fact", "label", "header", "blank"}


def test_the_thirteen_tables_are_known_by_their_titles_though_a_number_is_printed_twice(zezhou: Dataset) -> None:
    tables = sorted(zezhou["source_tables"].to_pylist(), key=lambda table: table["table_no"])
    assert [table["table_id"] for table in tables[:13]] == [
        "budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary",
        "general_budget_expenditure", "basic_expenditure", "government_fund_revenue", "government_fund_expenditure",
        "state_capital_budget", "three_public_expenses", "agency_operating_expenses", "projects", "projects_carryover",
    ]  # fmt: skip
    assert (tables[0]["printed_caption"], tables[3]["printed_caption"]) == ("预算公开表1", "预算公开表1")
    assert [table["state"] for table in tables[:13]] == ["data"] * 6 + ["empty"] * 4 + ["data"] * 3
    assert {table["unit"] for table in tables[:13]} == {"万元"}
    assert [table["table_id"] for table in tables[13:]] == ["department_performance"] + ["project_performance"] * 26


def test_the_document_is_what_its_cover_says(zezhou: Dataset) -> None:
    (document,) = zezhou["documents"].to_pylist()
    names = ("publisher", "fiscal_year", "document_type", "level", "page_count", "text_layer", "figure_count")
    assert tuple(document[name] for name in names) == (
        "中国共产党泽州县委员会组织部", 2026, "budget", "department", 55, "digital", 332,
    )  # fmt: skip


def test_projects_are_the_26_of_this_year_and_the_7_carried_over(zezhou: Dataset) -> None:
    projects = zezhou["projects"].to_pylist()
    by_origin = {
        origin: [project for project in projects if project["origin"] == origin]
        for origin in ("current_year", "carryover")
    }
    assert {origin: len(found) for origin, found in by_origin.items()} == {"current_year": 26, "carryover": 7}
    assert sum(project["amount"] for project in by_origin["current_year"]) == Decimal("34868600.00")
    assert sum(project["amount"] for project in by_origin["carryover"]) == Decimal("3825200.00")
    assert len({project["project_id"] for project in projects}) == len(projects)


def test_nothing_of_the_thirteen_tables_is_in_doubt(zezhou: Dataset) -> None:
    findings = [finding for finding in zezhou["findings"].to_pylist() if (finding["page"] or 0) <= 18]
    assert findings == []
