"""Amounts whose cells print their unit: 12.30万元."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.normalize.amounts import with_plain_amounts
from tests.fixtures import made
from tests.normalize.conftest import dataset_of
from tests.normalize.grids import Sheet, grid_of

ROWS: Sheet = (("项目", "预算数"), ("合计", "12.30万元"), ("公务接待费", "2.30 万元"), ("单价50万元以上设备", "0"))


@pytest.mark.parametrize("unit", [None, "万元"])
def test_amounts_with_their_unit_were_no_figures(unit: str | None) -> None:
    """A column of them was taken for text, and all its money was missing."""
    grid, said = with_plain_amounts(grid_of(ROWS), unit)
    assert said == "万元"
    assert [cell.text for cell in grid.cells if cell.column == 2][1:] == ["12.30", "2.30", "0"]
    assert grid.cells[6].text == "单价50万元以上设备"


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        (ROWS, "元"),  # the table states another
        ((*ROWS, ("会议费", "300.00元")), None),  # another cell does
        ((*ROWS, ("会议费", "3.00")), None),  # of what unit this is nothing tells
    ],
)
def test_where_units_differ_the_cells_stay_as_they_are(rows: Sheet, unit: str | None) -> None:
    grid = grid_of(rows)
    assert with_plain_amounts(grid, unit) == (grid, unit)


def test_a_document_whose_cells_print_their_unit_is_read(tmp_path: Path) -> None:
    rows = (("项目", "2026年预算数"), ("合计", "12.30万元"), ("公务接待费", "2.30万元"))
    table = made.MadeTable(rows, (200, 120), title="“三公”经费支出预算表")
    lines = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [table]))["budget_lines"].to_pylist()
    assert [(row["amount"], row["unit"]) for row in lines] == [(123000, "万元"), (23000, "万元")]
