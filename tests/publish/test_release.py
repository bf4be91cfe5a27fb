"""A release as a whole: which files, the same bytes every time, and what is left when something goes wrong."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.publish import BUILT, COMMITTED, OutputError, publish
from pipeline.publish.files import STALE_SECONDS, put_text, sweep
from pipeline.schema import PUBLISHED
from pipeline.tables import Row, Tables, in_parts
from tests.publish.made import LINES, cell, dataset, line, tables


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def varied() -> Tables:
    """A few thousand rows with what once made databases differ: nulls among numbers, long texts, lists, no order."""
    cells: list[Row] = [
        {
            **cell(row, column, f"{row * column}.{column}" if row % 3 else "文" * (row % 11)),
            "x0": row / 7 if row % 5 else None,
            "repairs": None if row % 4 else ["unwrapped"] * (column % 3),
        }
        for row in range(700, 0, -1)
        for column in range(1, 6)
    ]
    cells[5] = {**cells[5], "text_raw": "长" * 9000}
    lines = [
        line(row, column, amount=Decimal(row * 977) / 100 if row % 3 else None, half_unit=None if row % 2 else 50)
        for row in range(1, 700)
        for column in range(1, 3)
    ]
    return tables(cells=cells, budget_lines=lines)


def test_a_release_holds_exactly_the_committed_and_the_built_files(release: Path) -> None:
    assert sorted(path.name for path in release.iterdir()) == sorted({*COMMITTED, *BUILT})
    assert not set(COMMITTED) & set(BUILT)
    assert {f"{name}.csv" for name in PUBLISHED} <= set(COMMITTED)


def test_the_data_package_is_written_last(tmp_path: Path) -> None:
    paths = publish(tables(), tmp_path, version="1")
    assert paths[-1].name == "datapackage.json"
    assert sorted(path.name for path in paths) == sorted((*COMMITTED, *BUILT))


def test_two_releases_of_the_same_data_have_the_same_bytes(tmp_path: Path) -> None:
    rows = varied()
    publish(rows, tmp_path / "one", version="1")
    publish(rows, tmp_path / "two", version="1")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_another_process_writes_the_same_bytes(tmp_path: Path, root: Path) -> None:
    publish(varied(), tmp_path / "here", version="1")
    code = (
        "import sys; from pathlib import Path; from pipeline.publish import publish; "
        "from tests.publish.test_release import varied; publish(varied(), Path(sys.argv[1]), version='1')"
    )
    # memory that is filled with something else shows whether a byte was left to chance
    surroundings = {**os.environ, "MALLOC_PERTURB_": "165", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True, cwd=root, env=surroundings)
    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_the_order_in_which_rows_were_made_does_not_show(tmp_path: Path) -> None:
    rows = dataset()
    turned = {name: table.take(list(range(table.num_rows))[::-1]) for name, table in rows.items()}
    publish(in_parts(rows), tmp_path / "one", version="1")
    publish(in_parts(turned), tmp_path / "two", version="1")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    written = pq.read_table(tmp_path / "one" / "budget_lines.parquet")
    assert written["row_no"].to_pylist() == [2, 2, 3, 10]
    assert written["column_no"].to_pylist() == [2, 3, 2, 2]


def test_publishing_again_touches_no_file(tmp_path: Path) -> None:
    publish(tables(), tmp_path, version="1")
    before = times(tmp_path)
    publish(tables(), tmp_path, version="1")
    assert times(tmp_path) == before


def test_a_changed_table_rewrites_only_what_holds_it(tmp_path: Path) -> None:
    publish(tables(), tmp_path, version="1")
    before = digests(tmp_path)
    publish(tables(budget_lines=[*LINES, line(11, 2, "projects")]), tmp_path, version="1")
    changed = {name for name, digest in digests(tmp_path).items() if digest != before[name]}
    assert changed == {"budget_lines.csv", "budget_lines.parquet", "budget.duckdb", "datapackage.json"}


def test_a_missing_table_is_named() -> None:
    rows = dataset()
    del rows["checks"]
    with pytest.raises(ValueError, match="lacks checks"):
        publish(in_parts(rows), Path("unused"), version="1")


def test_a_required_column_without_a_value_is_named(tmp_path: Path) -> None:
    rows = tables(cells=[{**cell(1, 1), "role": None}])
    with pytest.raises(ValueError, match=r"table cells.*role"):
        publish(rows, tmp_path, version="1")
    assert not [path.name for path in tmp_path.iterdir() if "cells" in path.name]
    assert not (tmp_path / "datapackage.json").exists()


def test_a_column_that_the_schema_lacks_is_named(tmp_path: Path) -> None:
    rows = dataset()
    rows["glossary"] = rows["glossary"].append_column("rating", pa.array([5]))
    with pytest.raises(ValueError, match=r"table glossary.*rating"):
        publish(in_parts(rows), tmp_path, version="1")


def test_a_release_that_fails_half_way_keeps_the_previous_data_package(tmp_path: Path) -> None:
    publish(tables(), tmp_path, version="1")
    before = (tmp_path / "datapackage.json").read_bytes()
    spoilt = tables(cells=[{**cell(1, 1), "repairs": ["two;in one"]}])
    with pytest.raises(ValueError, match="cells, column repairs"):
        publish(spoilt, tmp_path, version="2")
    assert (tmp_path / "datapackage.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("number", "zh", "en"), [(errno.ENOSPC, "磁盘已满", "disk is full"), (errno.EACCES, "没有写权限", "permission")]
)
def test_a_refused_file_is_explained_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, zh: str, en: str
) -> None:
    publish(tables(), tmp_path, version="1")
    before = digests(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pq.ParquetWriter, "write_table", refuse)
    with pytest.raises(OutputError) as caught:
        publish(tables(), tmp_path, version="2")
    assert caught.value.errno == number
    assert zh in str(caught.value)
    assert en in str(caught.value)
    assert "documents.parquet" in str(caught.value)
    assert digests(tmp_path) == before


def test_what_a_killed_run_left_is_swept_after_an_hour_and_nothing_else(tmp_path: Path) -> None:
    for name in (".budget.duckdb.abc.tmp", ".budget.duckdb.abc.tmp.wal", ".other.txt.abc.tmp"):
        put_text(tmp_path / name, "left")
    written = (tmp_path / ".budget.duckdb.abc.tmp").stat().st_mtime
    sweep(tmp_path, ("budget.duckdb",), now=written + STALE_SECONDS / 2)
    assert len(list(tmp_path.iterdir())) == 3
    sweep(tmp_path, ("budget.duckdb",), now=written + STALE_SECONDS * 2)
    assert [path.name for path in tmp_path.iterdir()] == [".other.txt.abc.tmp"]
