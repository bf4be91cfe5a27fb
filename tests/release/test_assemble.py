"""A release stands whole, says what it is, and comes out the same every time."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")

from pipeline.publish import publish
from pipeline.release import assemble
from pipeline.release.assemble import Order, Released, release
from pipeline.release.facts import NotPublishedError, facts_of
from pipeline.schema import CONVENIENCE, PUBLISHED
from tests.publish.made import DOCUMENT, tables


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def archive_of(folder: Path) -> Path:
    return next(folder.glob("*.zip"))


def test_every_table_is_there_in_every_form(released: Path) -> None:
    for name in PUBLISHED:
        for suffix in (".csv", ".zh.csv", ".parquet"):
            assert (released / f"{name}{suffix}").stat().st_size > 0
    for name in ("budget.xlsx", "budget.duckdb", "CHANGELOG.md", "README.md", "SHA256SUMS", "data-dictionary.html"):
        assert (released / name).is_file()


def test_the_same_inputs_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    first, second = (release(Order(published, tmp_path / name)).folder for name in ("one", "two"))
    assert first.name == second.name
    assert contents(first) == contents(second)


def test_a_release_that_stands_is_left_alone(published: Path, tmp_path: Path) -> None:
    first = release(Order(published, tmp_path))
    before = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    again: Released = release(Order(published, tmp_path))
    assert first.new and not again.new
    assert before == {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}


def test_the_version_follows_the_data_and_not_the_clock(published: Path, tmp_path: Path) -> None:
    publish(tables(documents=[{**DOCUMENT, "sha256": "1" * 64}]), tmp_path, version="1.2.3")
    version, other = facts_of(published).version, facts_of(tmp_path).version
    assert version.startswith("1.2.3-d")
    assert other.startswith("1.2.3-d")
    assert version != other


def test_the_sums_are_those_of_the_files_and_sha256sum_agrees(released: Path) -> None:
    told = dict(reversed(line.split("  ")) for line in (released / "SHA256SUMS").read_text().splitlines())
    archive = archive_of(released)
    assert set(told) == set(contents(released)) - {"SHA256SUMS", archive.name, f"{archive.name}.sha256"}
    assert all(hashlib.sha256((released / name).read_bytes()).hexdigest() == told[name] for name in told)
    if shutil.which("sha256sum"):
        for sums in ("SHA256SUMS", f"{archive.name}.sha256"):
            subprocess.run(["sha256sum", "--check", "--quiet", sums], cwd=released, check=True)


def test_the_zip_holds_every_other_file_without_a_date_of_its_own(released: Path) -> None:
    archive = archive_of(released)
    with zipfile.ZipFile(archive) as opened:
        inside = {entry.filename.partition("/")[2]: opened.read(entry) for entry in opened.infolist()}
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert inside == {name: data for name, data in contents(released).items() if not name.startswith(archive.name)}


def test_the_database_in_the_release_opens_and_has_the_figures(released: Path) -> None:
    with duckdb.connect(str(released / "budget.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM budget_lines").fetchone() == (4,)


def test_the_spreadsheet_csvs_follow_the_rules_of_the_published_ones(published: Path, tmp_path: Path) -> None:
    from pipeline.release.spreadsheet_csv import write_spreadsheet_csvs  # noqa: PLC0415

    for view in CONVENIENCE:
        shutil.copy(published / f"{view.table.name}.parquet", tmp_path)
        write_spreadsheet_csvs(tmp_path, [view.table])
        name = f"{view.table.name}.zh.csv"
        assert (tmp_path / name).read_bytes() == (published / name).read_bytes()


def test_a_failure_half_way_leaves_the_previous_release_whole(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = release(Order(published, tmp_path)).folder
    before = contents(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(assemble, "write_zip", fail)
    with pytest.raises(OSError, match="No space left"):
        release(Order(published, tmp_path, date="2026-01-01"))
    assert contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_release_of_other_bytes_takes_the_place_of_the_old(published: Path, tmp_path: Path) -> None:
    folder = release(Order(published, tmp_path)).folder
    (folder / "stray.txt").write_text("left by someone")
    assert release(Order(published, tmp_path, date="2026-01-01")).new
    assert not (folder / "stray.txt").exists()
    assert "2026-01-01" in (folder / "CHANGELOG.md").read_text()
    assert list(tmp_path.iterdir()) == [folder]


def test_files_that_do_not_belong_together_are_refused(published: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(published, data)
    with (data / "budget_lines.csv").open("a") as file:
        file.write("one line too many\n")
    with pytest.raises(NotPublishedError, match=r"budget_lines\.csv"):
        release(Order(data, tmp_path / "dist"))
    assert not list((tmp_path / "dist").iterdir())


@pytest.mark.parametrize("missing", ["datapackage.json", "cells.csv", "budget.duckdb", "checks.parquet"])
def test_a_folder_with_a_file_missing_is_refused_by_its_name(published: Path, tmp_path: Path, missing: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(published, data)
    (data / missing).unlink()
    with pytest.raises(NotPublishedError, match=missing.split(".", maxsplit=1)[0]):
        release(Order(data, tmp_path / "dist"))


def test_the_changelog_says_what_changed_and_keeps_the_earlier_sections(published: Path, tmp_path: Path) -> None:
    first = release(Order(published, tmp_path / "dist")).folder
    publish(tables(documents=[{**DOCUMENT, "publisher": "某县财政局"}]), tmp_path / "data", version="1.2.4")
    second = release(Order(tmp_path / "data", tmp_path / "dist", previous=first)).folder
    text = (second / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.index(f"## {second.name}") < text.index(f"## {first.name}")
    assert "某县某局 → 某县财政局" in text
    assert (second / "changes.csv").read_text(encoding="utf-8").count("某县财政局") == 1


def test_a_release_after_itself_adds_no_section(published: Path, tmp_path: Path) -> None:
    first = release(Order(published, tmp_path / "one")).folder
    again = release(Order(published, tmp_path / "two", previous=first)).folder
    assert (again / "CHANGELOG.md").read_bytes() == (first / "CHANGELOG.md").read_bytes()


def test_a_quality_report_goes_along(published: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    (report / "pages").mkdir(parents=True)
    (report / "pages" / "made.html").write_text("<p>质量</p>", encoding="utf-8")
    folder = release(Order(published, tmp_path / "dist", report=report)).folder
    assert (folder / "quality-report" / "pages" / "made.html").is_file()
    assert "quality-report/pages/made.html" in (folder / "SHA256SUMS").read_text()
