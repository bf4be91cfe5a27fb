"""Whole tables and sheets as places print them: every figure, row and column in its place."""

from __future__ import annotations

from decimal import Decimal
from operator import add
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.normalize.model import Roles
from pipeline.normalize.performance import read_sheets
from pipeline.normalize.titles import heading_of
from tests.normalize.grids import document_of, grid_of
from tests.normalize.test_places import items_of, read_as, read_table

FILES = [
    yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("places_tables.yaml", "places_whole.yaml")
]
LISTED: dict[str, list[dict[str, Any]]] = {
    section: [entry for listed in FILES for entry in listed.get(section) or ()]
    for section in ("tables", "captions", "sheets")
}


def each(section: str) -> pytest.MarkDecorator:
    """One test for each entry of a section, named by its place and title."""
    entries = LISTED[section]
    return pytest.mark.parametrize("entry", entries, ids=[f"{n} {e['title']}" for n, e in enumerate(entries, start=1)])


@each("tables")
def test_every_figure_of_a_table_is_what_its_row_and_its_columns_say(entry: dict[str, Any]) -> None:
    """Of each row its cells, then what its figures are, from left to right."""
    head, rows = entry["head"], entry["rows"]
    grid, facts, is_final = read_table([*head, *(row[0] for row in rows)], entry)
    found = []
    for number, (cells, *_) in enumerate(rows, start=len(head) + 1):
        own = [cell for cell in grid.cells if cell.row == number and cell.column in entry["figures"] and cell.text]
        said = (read_as(facts, [cell], is_final=is_final) for cell in own)
        items = (items_of(facts, [cell]) if "units" in entry else "" for cell in own)
        found.append([cells, *map(add, said, items)])
    assert found == rows


@pytest.mark.parametrize("entry", LISTED["captions"], ids=[" ".join(e["lines"]) for e in LISTED["captions"]])
def test_the_lines_over_a_table_say_what_it_is_and_in_which_unit(entry: dict[str, Any]) -> None:
    heading = heading_of(grid_of([["科目名称", "合计"], ["教育支出", "1.00"]], entry["lines"]))
    said = {"table": heading.table_id, "unit": heading.unit, "caption": heading.caption}
    assert said == {name: entry.get(name) for name in said}


@each("sheets")
def test_a_performance_sheet_says_whose_project_costs_what_and_what_it_is_to_bring(entry: dict[str, Any]) -> None:
    grid = grid_of(entry["sheet"], (entry["title"], "单位：万元"))
    sheets = read_sheets(document_of([grid]), [grid], Roles())
    rows = ({**sheet.row(), "project_name": sheet.project_name} for sheet in sheets.sheets)
    said = [{name: str(value) for name, value in row.items() if isinstance(value, str | int | Decimal)} for row in rows]
    assert said == entry.get("projects", [])
    targets = [[t.term, t.level1, t.level2, t.indicator, t.target_printed] for t in sheets.targets]
    assert targets == entry["targets"]
