"""CSV for programs and for spreadsheets."""

from __future__ import annotations

import csv
import errno
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.publish import duck
from pipeline.publish.csv_files import write_csv, write_spreadsheet_csv
from pipeline.publish.parquet_files import parquet_of, write_parquet
from pipeline.schema import CONVENIENCE, GLOSSARY, PERFORMANCE_TARGETS, Convenience, Table
from pipeline.tables import Row, to_arrow
from tests.publish.made import AWKWARD, table_row


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, table: Table, rows: list[Row], chinese: bool = False) -> Path:
    write = write_spreadsheet_csv if chinese else write_csv
    write_parquet(parquet_of(path.parent, table), table, [to_arrow(table, rows)], "1")
    with duck.connection() as con:
        return write(con, path, table)


def terms(texts: list[str]) -> list[Row]:
    return [{"document_id": "d", "term_no": 1, "term": text, "definition": "", "page": 1} for text in texts]


def test_a_null_is_empty_and_an_empty_text_is_quoted(tmp_path: Path) -> None:
    row = {**table_row(PERFORMANCE_TARGETS), "target_printed": "", "unit": None, "cell_ids": None}
    first, second = written(tmp_path / "t.csv", PERFORMANCE_TARGETS, [row]).read_text().splitlines()
    fields = dict(zip(first.split(","), second.split(","), strict=True))
    assert fields["target_printed"] == '""'
    assert fields["unit"] == fields["cell_ids"] == ""


@pytest.mark.parametrize(
    ("value", "plain"),
    [("0", "0"), ("50", "50"), ("0.005", "0.005"), ("-1300.50", "-1300.5"), ("0.00000001", "0.00000001"),
     ("12345678901234567890.12345678", "12345678901234567890.12345678")],
)  # fmt: skip
def test_a_decimal_is_written_in_plain_digits(tmp_path: Path, value: str, plain: str) -> None:
    row = {**table_row(PERFORMANCE_TARGETS), "value": Decimal(value)}
    assert read(written(tmp_path / "t.csv", PERFORMANCE_TARGETS, [row]))[0]["value"] == plain


def test_an_amount_has_two_places(release: Path) -> None:
    amounts = [row["amount"] for row in read(release / "budget_lines.csv")]
    assert amounts == ["-1.10", "0.00", "41925300.00", "41925300.00"]


def test_truth_values_and_lists(release: Path) -> None:
    assert read(release / "documents.csv")[0]["is_facsimile"] == "true"
    assert read(release / "cells.csv")[0]["repairs"] == "unwrapped;watermark_removed"


def test_awkward_text_comes_back_as_it_was(release: Path) -> None:
    assert AWKWARD in [row["text_raw"] for row in read(release / "cells.csv")]
    assert b"\r\n" not in (release / "cells.csv").read_bytes()


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=8))
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = read(written(Path(folder) / "t.csv", GLOSSARY, terms(texts)))
    assert [row["term"] for row in rows] == texts


def test_a_list_whose_item_holds_the_separator_is_refused(tmp_path: Path) -> None:
    row = {**table_row(PERFORMANCE_TARGETS), "cell_ids": ["a", "b;c"]}
    with pytest.raises(ValueError, match="performance_targets, column cell_ids"):
        written(tmp_path / "t.csv", PERFORMANCE_TARGETS, [row])
    assert not (tmp_path / "t.csv").exists()


@pytest.mark.parametrize("view", CONVENIENCE, ids=lambda view: view.table.name)
def test_a_spreadsheet_file_has_a_byte_order_mark_and_one_chinese_header_a_column(
    release: Path, view: Convenience
) -> None:
    table = view.table
    path = release / f"{table.name}.zh.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header = next(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    assert header == [column.title for column in table.columns]
    assert len(set(header)) == len(header)


def test_a_spreadsheet_file_says_the_same_as_the_plain_one(release: Path) -> None:
    plain, chinese = (read(release / f"expenditure_by_subject{ending}") for ending in (".csv", ".zh.csv"))
    assert len(plain) == 2
    assert [list(row.values()) for row in plain] == [list(row.values()) for row in chinese]


@pytest.mark.parametrize("text", ["2013101", "201", "4192.53", "-", "-1.10", "4,192.53", "行政运行", "0.00", ""])
def test_codes_and_figures_stand_unchanged_in_a_spreadsheet_file(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "t.csv", GLOSSARY, terms([text]), chinese=True)
    assert read(path)[0]["名词"] == text
    assert f'"{text}"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["007", "1234567890123456", "1E5", "2026-01", "1/2", "2026年1月", "3月5日", "8:30", "=1+1", "+86", "@a", "-1+2",
     '=HYPERLINK("a",\n"b")'],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_has_a_tab_before_it(tmp_path: Path, text: str) -> None:
    rows = terms([text])
    assert read(written(tmp_path / "zh.csv", GLOSSARY, rows, chinese=True))[0]["名词"] == f"\t{text}"
    assert read(written(tmp_path / "plain.csv", GLOSSARY, rows))[0]["term"] == text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_of_the_operating_system() -> None:
    with pytest.raises(OSError, match="No space left") as caught, duck.os_errors(), duck.connection() as con:
        con.execute("COPY (SELECT range FROM range(100000)) TO '/dev/full' (FORMAT csv, USE_TMP_FILE false)")
    assert caught.value.errno == errno.ENOSPC


def test_an_error_in_a_statement_stays_what_it_is() -> None:
    with pytest.raises(duckdb.CatalogException), duck.os_errors(), duck.connection() as con:
        con.execute("SELECT * FROM nowhere")
