"""The errata overlay: what it changes, what it says, and when it refuses."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.normalize.corrections import apply_corrections
from pipeline.normalize.corrections_file import (
    PATH,
    Correction,
    CorrectionError,
    load_corrections,
    unknown_documents,
)
from pipeline.schema import BUDGET_LINES, CELLS, COVERAGE, DOCUMENTS, FINDINGS
from pipeline.tables import Dataset, Row, to_arrow

CELL = "made/t3/r2/c4"
LINE: Row = {
    "document_id": "made", "table_no": 3, "row_no": 2, "column_no": 4, "table_id": "expenditure_summary", "page": 8,
    "cell_id": CELL, "amount": Decimal("550800.00"), "amount_printed": "55.08", "unit": "万元",
    "half_unit": Decimal(50), "item": "行政运行",
}  # fmt: skip
ENTRY = """
corrections:
  - {document_id: made, cell_id: made/t3/r2/c4, expects: "55.08", action: override, value: "55.80",
     reason: 两位数字颠倒, status: confirmed, since: "2026-11-22"}
"""


def made() -> Dataset:
    cell = {
        "cell_id": CELL, "document_id": "made", "page": 8, "table_no": 3, "row_no": 2, "column_no": 4, "row_span": 1,
        "column_span": 1, "text_raw": "55.08", "text": "55.08", "repairs": [], "role": "fact",
    }  # fmt: skip
    counted = dict.fromkeys(("digits_in_text_layer", "digits_in_cells"), 4)
    counted |= {"numbers": 1, "facts": 1, "labels": 0, "headers": 0, "findings": 0, "unread": 0}
    about = {"document_id": "made", "source_file": "made.pdf", "sha256": "0" * 64, "page_count": 9, "figure_count": 1}
    return {
        "documents": to_arrow(DOCUMENTS, [{**about, "is_facsimile": True, "table_count": 1}]),
        "budget_lines": to_arrow(BUDGET_LINES, [LINE]),
        "cells": to_arrow(CELLS, [cell]),
        "coverage": to_arrow(COVERAGE, [{"document_id": "made", "page": 8, **counted}]),
        "findings": to_arrow(FINDINGS, []),
    }


def entry(**said: object) -> Correction:
    known: dict[str, object] = {
        "document_id": "made", "action": "override", "expects": "55.08", "reason": "颠倒", "status": "confirmed",
        "since": "2026-11-22", "cell_id": CELL, "value": "55.80",
    }  # fmt: skip
    return Correction(**{**known, **said})  # type: ignore[arg-type]


def write(folder: Path, text: str) -> Path:
    path = folder / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_has_no_entries() -> None:
    assert PATH.exists()
    assert load_corrections() == ()


def test_without_an_entry_on_it_a_document_is_left_as_it_is() -> None:
    dataset = made()
    assert apply_corrections(dataset, [entry(document_id="other")]) is dataset


def test_an_override_changes_the_figure_and_says_so() -> None:
    dataset = made()
    corrected = apply_corrections(dataset, [entry()])
    (line,), (cell,) = corrected["budget_lines"].to_pylist(), corrected["cells"].to_pylist()
    assert (line["amount"], line["amount_printed"]) == (Decimal("558000.00"), "55.80")
    assert (cell["text"], cell["repairs"]) == ("55.08", ["digit_corrected"])
    (finding,) = corrected["findings"].to_pylist()
    assert (finding["severity"], finding["page"], finding["cell_ids"]) == ("info", 8, [CELL])
    assert "所印“55.08”改为 55.80" in finding["explanation"]
    assert dataset["budget_lines"].to_pylist()[0]["amount_printed"] == "55.08"


def test_the_half_unit_follows_the_places_of_the_value() -> None:
    (line,) = apply_corrections(made(), [entry(value="55.8")])["budget_lines"].to_pylist()
    assert line["half_unit"] == Decimal(500)


def test_a_dropped_figure_leaves_its_number_among_the_findings() -> None:
    corrected = apply_corrections(made(), [entry(action="drop", value=None)])
    assert corrected["budget_lines"].num_rows == 0
    assert corrected["documents"].to_pylist()[0]["figure_count"] == 0
    assert corrected["cells"].to_pylist()[0]["role"] == "finding"
    (counted,) = corrected["coverage"].to_pylist()
    assert (counted["numbers"], counted["facts"], counted["findings"]) == (1, 0, 1)


def test_a_flag_changes_no_figure() -> None:
    corrected = apply_corrections(made(), [entry(action="flag", value=None, cell_id=None, place=(3, 2, 4))])
    assert corrected["budget_lines"].equals(made()["budget_lines"])
    assert corrected["findings"].num_rows == 1


@pytest.mark.parametrize("stale", [{"expects": "55.09"}, {"cell_id": "made/t3/r9/c4"}])
def test_an_entry_that_no_longer_matches_is_an_error_in_both_languages(stale: dict[str, object]) -> None:
    with pytest.raises(CorrectionError, match=r"更正已不适用.*no longer applies"):
        apply_corrections(made(), [entry(**stale)])


def test_entries_are_read_as_they_are_written(tmp_path: Path) -> None:
    (read,) = load_corrections(write(tmp_path, ENTRY))
    assert read == entry(reason="两位数字颠倒")
    assert unknown_documents([read], ["another"]) == ["made"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reason: 两位数字颠倒, ", "", "reason"),
        ("action: override", "action: guess", "override, drop, flag"),
        ('value: "55.80"', "value: 不详", "number"),
        ("status: confirmed", "status: confirmed, colour: red", "colour"),
    ],
)
def test_a_malformed_entry_is_refused_by_what_is_wrong_with_it(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CorrectionError, match=said):
        load_corrections(write(tmp_path, ENTRY.replace(old, new)))
