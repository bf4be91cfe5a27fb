"""The data dictionary leaves nothing public undescribed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.publish.dictionary import section
from pipeline.schema import CONVENIENCE, PUBLISHED, Column, Table


@pytest.mark.parametrize("table", PUBLISHED.values(), ids=lambda table: table.name)
def test_a_section_tells_every_column_with_its_meaning_and_vocabulary(release: Path, table: Table) -> None:
    text = (release / "data-dictionary.md").read_text(encoding="utf-8")
    assert section(table) in text
    rows = {row.split("`")[1]: row for row in section(table).splitlines() if row.startswith("| `")}
    assert list(rows) == list(table.names)
    for column in table.columns:
        assert column.zh in rows[column.name]
        assert column.en in rows[column.name]
        assert all(f"`{value}`" in rows[column.name] for value in column.enum)
        assert column.unit in rows[column.name]


def test_key_and_references_are_told() -> None:
    told = section(PUBLISHED["budget_lines"])
    assert "`document_id`, `table_no`, `row_no`, `column_no`\n" in told
    assert "`cell_id` → `cells` (`cell_id`)" in told


def test_a_convenience_table_tells_what_it_is_taken_from() -> None:
    for view in CONVENIENCE:
        told = section(view.table)
        assert all(f"`{table_id}`" in told for table_id in view.table_ids)
        assert (f"`side` = `{view.side}`" in told) == (view.side is not None)


def test_a_bar_in_a_description_does_not_break_the_row() -> None:
    column = Column("code", "text", "编码", "201|31|01", "split over columns", enum=("a|b",))
    row = section(Table("t", "表", "表", "table", (column,), ("code",))).splitlines()[-1]
    assert len(re.split(r"(?<!\\)\|", row)) == 9


def test_the_dictionary_warns_that_a_csv_does_not_type_codes(release: Path) -> None:
    text = (release / "data-dictionary.md").read_text(encoding="utf-8")
    assert "CSV 不能标明类型" in text
    assert "A CSV cannot type its columns" in text
