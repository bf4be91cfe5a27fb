"""Tables in parts: what is written does not depend on the parts, and each document finds its own rows again."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.interim import folders_to_read, tables_of
from pipeline import tables as tables_module
from pipeline.collect import by_document
from pipeline.interim import DocumentFolder
from pipeline.schema import CELLS, COVERAGE, DOCUMENTS, GLOSSARY
from pipeline.tables import (
    OtherVersionError,
    ParquetParts,
    PartsWriter,
    fill,
    in_key_order,
    read_parquet,
    rows_of,
    to_arrow,
)


def terms(*names: str) -> pa.Table:
    """A term of each of the documents named."""
    rows = [
        {"document_id": name, "term_no": i, "term": "文", "definition": "", "page": 1} for i, name in enumerate(names)
    ]
    return to_arrow(GLOSSARY, rows)


def documents(*names: str) -> pa.Table:
    usual = {"source_file": "x", "sha256": "x", "page_count": 1, "is_facsimile": False, "table_count": 0}
    return to_arrow(DOCUMENTS, [{**usual, "document_id": name, "figure_count": 0} for name in names])


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_the_parts_that_rows_came_in_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(tables_module, "ROW_GROUP", 4)
    rows = terms(*"abcdefghijk")
    fill(tmp_path / "one", GLOSSARY.arrow(), [rows])
    fill(tmp_path / "many", GLOSSARY.arrow(), [rows.slice(start, size) for start in range(0, 11, size)])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes()
    assert [pq.read_metadata(tmp_path / "many").row_group(n).num_rows for n in range(3)] == [4, 4, 3]
    assert pq.read_table(tmp_path / "many").equals(rows)


def test_a_writer_keeps_no_more_than_a_row_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_module, "ROW_GROUP", 4)
    with PartsWriter(tmp_path / "t", GLOSSARY.arrow()) as writer:
        for _ in range(50):
            writer.add(terms(*"abc"))
            assert sum(part.num_rows for part in writer._waiting) < 4


def test_a_writer_that_breaks_off_says_what_broke_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), PartsWriter(tmp_path / "t", GLOSSARY.arrow()) as writer:
        writer.add(terms("a"))
        1 / 0  # noqa: B018


def test_a_document_comes_whole_before_one_whose_name_begins_with_its_own() -> None:
    cell = {"page": 1, "table_no": 1, "row_no": 1, "column_no": 1, "row_span": 1, "column_span": 1, "text_raw": "",
            "text": "", "role": "blank"}  # fmt: skip
    rows = [{**cell, "document_id": name, "cell_id": f"{name}:t1"} for name in ("a-b", "a")]
    ordered = in_key_order(CELLS, to_arrow(CELLS, rows))
    assert ordered["document_id"].to_pylist() == ["a", "a-b"]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_each_document_finds_its_own_rows_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(tables_module, "BATCH", batch)
    fill(tmp_path / "d", DOCUMENTS.arrow(), [documents("a", "b", "c")])
    fill(tmp_path / "g", GLOSSARY.arrow(), [terms("a", "a", "a", "c")])
    fill(tmp_path / "v", COVERAGE.arrow(), [])
    parts = {"documents": ParquetParts(tmp_path / "d"), "glossary": ParquetParts(tmp_path / "g"),
             "coverage": ParquetParts(tmp_path / "v")}  # fmt: skip
    found = [(own["documents"]["document_id"].to_pylist(), own["glossary"].num_rows) for own in by_document(parts)]
    assert found == [(["a"], 3), (["b"], 0), (["c"], 1)]


def test_rows_out_of_the_documents_order_are_not_lost_in_silence() -> None:
    tables = {"documents": [documents("a", "b")], "glossary": [terms("b", "a")]}
    with pytest.raises(ValueError, match="glossary: the rows of a do not stand in the order"):
        list(by_document(tables))


def test_thousands_of_documents_with_a_row_each_wait_to_be_written_in_the_room_of_their_rows(tmp_path: Path) -> None:
    """Each is a table of its own, whose empty buffers took thirty thousand bytes: 5,000 documents took 150 MB."""

    schema = pa.schema([field.with_nullable(nullable=True) for field in DOCUMENTS.arrow()])

    def row(number: int) -> pa.Table:
        return to_arrow(DOCUMENTS, [{"document_id": f"d{number:04}"}]).cast(schema)

    alone = [row(number) for number in range(1_024)]
    path, before = tmp_path / "documents.parquet", pa.total_allocated_bytes()
    with PartsWriter(path, schema) as writer:
        for number in range(1_024):
            writer.add(row(number))
        waiting = pa.total_allocated_bytes() - before
    held = pa.total_allocated_bytes()
    alone.clear()
    unpacked = held - pa.total_allocated_bytes()
    assert 10 * waiting < unpacked
    assert pq.read_table(path)["document_id"].to_pylist() == [f"d{number:04}" for number in range(1_024)]


@pytest.mark.parametrize("change", ["a column fewer", "a column more", "another kind of values"])
def test_a_table_of_another_version_says_to_build_again(tmp_path: Path, change: str) -> None:
    """The benchmarks ended in a traceback on an interim folder that an older version had left."""
    made = {
        "a column fewer": GLOSSARY.arrow().empty_table().drop_columns(["definition"]),
        "a column more": GLOSSARY.arrow().empty_table().append_column("more", pa.array([], pa.int64())),
        "another kind of values": pa.table({name: pa.array([["x"]], pa.list_(pa.string())) for name in GLOSSARY.names}),
    }
    folder = DocumentFolder(tmp_path)
    (tmp_path / "normalize").mkdir()
    path = tmp_path / "normalize" / "glossary.parquet"
    pq.write_table(made[change], path)
    with pytest.raises(OtherVersionError, match="请重新构建"):
        read_parquet(path, GLOSSARY)
    with pytest.raises(SystemExit, match=r"build again \(make build\)$"):
        tables_of(folder, "normalize", [GLOSSARY])


def test_a_folder_without_documents_says_to_build_first(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="build first"):
        folders_to_read(tmp_path)


def test_many_rows_are_what_few_rows_are_with_room_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = terms(*"abcabc")
    few = rows_of(rows)
    monkeypatch.setattr(tables_module, "_MANY", 1)
    assert rows_of(rows) == few == rows.to_pylist()
    assert rows_of(rows, ["label"]) == [{**row, "label": None} for row in few]
