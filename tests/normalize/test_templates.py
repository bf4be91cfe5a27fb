"""The gallery of layouts (``templates.yaml``): each is read whole, every figure with the meaning written beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.normalize.titles import heading_of
from tests.normalize.grids import Row, assert_placed, grid_of, read

GALLERY: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("templates.yaml").read_text(encoding="utf-8"))
by_name = pytest.mark.parametrize("template", GALLERY, ids=[str(template["name"]) for template in GALLERY])
YEAR = 2023  # the year that the gallery's headings are read against


def in_words(row: Row) -> str:
    """A figure the way the gallery writes it."""
    code = row["subject_code"] or row["economic_code"] or row["government_economic_code"]
    whose = code or row["project_name"] or row["unit_name"] or row["item"]
    kind = " ".join(str(row[name] or "-") for name in ("side", "fund", "expenditure_type", "origin", "period"))
    return f"{row['row_no']} {whose} | {row['amount_printed']} | {kind}"


@by_name
def test_the_title_is_known(template: dict[str, Any]) -> None:
    heading = heading_of(grid_of(template["sheet"], (template["title"], f"单位：{template['unit']}")))
    assert (heading.table_id, heading.unit) == (template["table"], template["unit"])


@by_name
def test_every_figure_means_what_the_gallery_says(template: dict[str, Any]) -> None:
    grid, facts = read(
        template["sheet"], template["title"], unit=template["unit"], year=YEAR, is_final=template["is_final"]
    )
    ordered = sorted(facts.rows, key=lambda row: (row["row_no"], row["column_no"]))
    assert [in_words(row) for row in ordered] == template["figures"]
    assert [finding.code for finding in facts.findings] == template.get("findings", [])
    assert_placed(grid, facts)
