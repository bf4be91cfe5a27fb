"""What changed between two datasets is found by key, cell by cell."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.publish import publish
from pipeline.release.compare import CHANGE_COLUMNS, Comparison, compare
from pipeline.release.facts import NotPublishedError
from pipeline.release.report import as_csv, as_markdown, as_text
from pipeline.tables import Row
from tests.publish.made import DOCUMENT, LINES, dataset, line, tables


@pytest.fixture
def changed(published: Path, tmp_path: Path) -> Any:
    def make(**rows: list[Row]) -> Comparison:
        publish(tables(**rows), tmp_path / "new", version="1.2.3")
        return compare(published, tmp_path / "new")

    return make


def changes(comparison: Comparison, table: str = "budget_lines") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = comparison.changes.to_pylist()
    return [row for row in rows if row["table"] == table]


def counts(comparison: Comparison, name: str) -> tuple[int, int, int]:
    table = next(table for table in comparison.tables if table.table == name)
    return table.added, table.removed, table.changed


def test_a_dataset_is_the_same_as_itself(published: Path) -> None:
    comparison = compare(published, published)
    assert comparison.same
    assert comparison.changes.num_rows == 0
    assert sum(table.old_rows for table in comparison.tables) > 10
    assert "nothing changed" in as_text(comparison)


def test_a_changed_amount_is_told_with_subject_fund_and_cell(changed: Any) -> None:
    comparison = changed(budget_lines=[{**LINES[0], "amount": Decimal("41925301.00")}, *LINES[1:]])
    (change,) = changes(comparison)
    assert counts(comparison, "budget_lines") == (0, 0, 1)
    assert (change["change"], change["column"], change["key"]) == ("changed", "amount", "made/1/10/2")
    assert (change["amount_old"], change["amount_new"]) == (Decimal("41925300.00"), Decimal("41925301.00"))
    assert (change["subject_code"], change["subject"], change["fund"]) == ("2013101", "行政运行", "total")
    assert change["cell_ids"] == "made/1/10/2"
    assert "41,925,300.00 元 → 41,925,301.00 元 [made/1/10/2]" in as_text(comparison)


def test_rows_that_came_and_went_are_told_in_the_order_of_their_keys(changed: Any) -> None:
    comparison = changed(budget_lines=[*LINES[1:], line(4, 2)])
    told = [(change["change"], change["key"], change["amount_old"] is None) for change in changes(comparison)]
    assert told == [("added", "made/1/4/2", True), ("removed", "made/1/10/2", False)]
    assert counts(comparison, "budget_lines") == (1, 1, 0)


def test_a_blank_that_is_filled_is_a_change_and_two_blanks_are_not(changed: Any) -> None:
    comparison = changed(documents=[{**DOCUMENT, "jointly_feasible": True}])
    (change,) = changes(comparison, "documents")
    assert (change["column"], change["old"], change["new"]) == ("jointly_feasible", None, "true")


def test_a_list_is_compared_item_by_item(changed: Any) -> None:
    cells = [dict(row) for row in dataset()["cells"].to_pylist()]
    cells[0]["repairs"] = ["unwrapped"]
    (change,) = changes(changed(cells=cells), "cells")
    assert change["column"] == "repairs"


def test_the_rows_of_a_new_document_are_counted_but_not_listed(changed: Any) -> None:
    more = [{**row, "document_id": "other"} for row in LINES]
    cells = [
        {**row, "document_id": "other", "cell_id": f"other/{n}"} for n, row in enumerate(dataset()["cells"].to_pylist())
    ]
    comparison = changed(
        documents=[DOCUMENT, {**DOCUMENT, "document_id": "other"}],
        budget_lines=[*LINES, *more],
        cells=[*dataset()["cells"].to_pylist(), *cells],
    )
    text = as_text(comparison)
    assert "+ other" in text
    assert "other/1/10/2" not in text
    assert counts(comparison, "budget_lines") == (4, 0, 0)
    assert len(changes(comparison)) == 4


def test_the_csv_has_every_change(changed: Any) -> None:
    comparison = changed(budget_lines=[])
    rows = list(csv.DictReader(io.StringIO(as_csv(comparison))))
    assert tuple(rows[0]) == CHANGE_COLUMNS
    assert len(rows) == comparison.changes.num_rows == 4


def test_texts_for_people_say_how_many_lines_they_leave_out(changed: Any) -> None:
    comparison = changed(budget_lines=[])
    assert "3 more in the CSV" in as_text(comparison, listed=1)


def test_marks_in_the_data_do_not_become_markdown(changed: Any) -> None:
    text = as_markdown(changed(documents=[{**DOCUMENT, "publisher": "某*局*_<b>"}]))
    assert r"某\*局\*\_&lt;b>" in text
    assert "- `~` made" in text


def test_a_column_that_is_new_is_said_and_the_others_are_compared(published: Path, tmp_path: Path) -> None:
    publish(tables(), tmp_path, version="1.2.3")
    path = tmp_path / "findings.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["severity"]), path)
    comparison = compare(published, tmp_path)
    assert not comparison.same
    assert next(t.shape for t in comparison.tables if t.table == "findings") == "列 columns: -severity"
    assert "-severity" in as_markdown(comparison)


def test_a_table_that_is_missing_is_said(published: Path, tmp_path: Path) -> None:
    publish(tables(), tmp_path, version="1.2.3")
    (tmp_path / "glossary.parquet").unlink()
    assert "no such table" in as_text(compare(published, tmp_path))


def test_a_folder_that_is_no_dataset_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="run build first"):
        compare(published, tmp_path)


def test_a_release_compares_like_the_folder_that_it_came_from(published: Path, released: Path) -> None:
    comparison = compare(released, published)
    assert comparison.same
    assert comparison.old_version == comparison.new_version == released.name
