"""Which documents are built again, what becomes of a bad one, and what a killed or doubled build leaves."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import build as build_module
from pipeline import jobs
from pipeline import publish as publish_package
from pipeline import stages as alone
from pipeline.build import Report, Settings, build, default_interim
from pipeline.inputs import UsageError
from pipeline.interim import LockedError, folder_of, locked
from pipeline.normalize import corrections_file
from pipeline.sources import MANIFEST
from pipeline.stamps import Stage, code_of
from pipeline.summary import text
from pipeline.tables import Tables, write_tables
from tests.fakes import Stages, Suite, raw, stages
from tests.fixtures import broken, made

__all__ = ["raw", "stages"]

UNOPENABLE = (
    "not_a_pdf",
    "empty_file",
    "truncated_pdf",
    "password_pdf",
    "zero_pages_pdf",
    "no_file",
    "broken_link",
    "link_to_itself",
)
UNREADABLE_PAGES = ("images_only_pdf", "many_glyphs_pdf", "no_unicode_map_pdf")

ALL = ["extract a", "extract b", "normalize a", "normalize b", "publish", "suites", "validate a", "validate b"]


@pytest.fixture
def settings(tmp_path: Path, raw: Path) -> Settings:
    expectations = tmp_path / "expectations"
    expectations.mkdir()
    (expectations / "identities.yaml").write_text("first")
    (expectations / "documents.json").write_text("first")
    return Settings(raw, tmp_path / "out", tmp_path / "interim", expectations, jobs=2)


@pytest.fixture
def built(settings: Settings, stages: Stages) -> Settings:
    """A finished build, its calls forgotten."""
    assert build(settings).holds
    stages.calls()
    return settings


def published(settings: Settings, name: str = "documents") -> str:
    return (settings.out / f"{name}.json").read_text(encoding="utf-8")


def test_a_first_build_takes_every_document_through_every_stage(settings: Settings, stages: Stages) -> None:
    report = build(settings)
    assert stages.calls() == ALL
    assert (report.rebuilt, report.summary.documents, report.summary.pages) == (2, 2, 5)
    assert report.summary.checks["exact"] == 2
    assert "'jointly_feasible': True" in published(settings)


# --- incremental


def test_nothing_changed_nothing_is_rebuilt_and_the_same_is_said(built: Settings, stages: Stages) -> None:
    report = build(built)
    assert stages.calls() == []
    assert report.nothing_to_do
    assert report.summary.pages == 5
    assert report.holds


def test_a_file_touched_but_not_changed_is_not_rebuilt(built: Settings, stages: Stages) -> None:
    os.utime(built.raw / "a.pdf", (1, 1))
    build(built)
    assert stages.calls() == []


def test_a_changed_file_of_the_same_size_and_time_is_rebuilt(built: Settings, stages: Stages) -> None:
    before = (built.raw / "a.pdf").stat()
    (built.raw / "a.pdf").write_text("pages=7")
    os.utime(built.raw / "a.pdf", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build(built).summary.pages == 10
    assert stages.calls() == ["extract a", "normalize a", "publish", "suites", "validate a"]


def test_a_new_manifest_row_normalizes_its_document_anew_and_reads_no_page(built: Settings, stages: Stages) -> None:
    (built.raw / MANIFEST).write_text("file,publisher\nb.pdf,组织部\n", encoding="utf-8")
    build(built)
    assert stages.calls() == ["normalize b", "publish", "suites", "validate b"]
    assert "组织部" in published(built)


@pytest.mark.parametrize(
    ("stage", "again"),
    [
        ("extract", ALL),
        ("normalize", [call for call in ALL if not call.startswith("extract")]),
        ("validate", ["publish", "suites", "validate a", "validate b"]),
        ("publish", ["publish"]),
    ],
)
def test_a_change_of_a_stage_s_code_redoes_that_stage_and_what_follows(
    built: Settings, stages: Stages, monkeypatch: pytest.MonkeyPatch, stage: Stage, again: list[str]
) -> None:
    for module in (build_module, jobs):  # what is published, and what each document's stages left
        monkeypatch.setattr(module, "code_of", lambda of: "changed" if of == stage else code_of(of))
    build(built)
    assert stages.calls() == again


def test_changed_identities_redo_the_checks_alone(built: Settings, stages: Stages) -> None:
    (built.expectations / "identities.yaml").write_text("second")
    build(built)
    assert stages.calls() == ["publish", "suites", "validate a", "validate b"]


def test_a_changed_suite_checks_no_document_again(built: Settings, stages: Stages) -> None:
    (built.expectations / "documents.json").write_text("second")
    build(built)
    assert stages.calls() == ["publish", "suites"]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{")])
def test_a_lost_or_damaged_output_is_published_again_from_what_is_there(
    built: Settings, stages: Stages, damage
) -> None:
    whole = published(built)
    damage(built.out / "documents.json")
    build(built)
    assert published(built) == whole
    assert stages.calls() == ["publish"]


def test_a_damaged_table_between_the_stages_is_made_again(built: Settings, stages: Stages) -> None:
    whole = published(built)
    (folder_of(built.interim, "a").path / "normalize" / "documents.parquet").write_bytes(b"half")
    (built.out / "documents.json").unlink()
    build(built)
    assert stages.calls() == ["normalize a", "publish"]
    assert published(built) == whole


def test_a_document_that_is_gone_from_raw_is_gone_from_everywhere(built: Settings, stages: Stages) -> None:
    (built.raw / "a.pdf").unlink()
    assert build(built).summary.documents == 1
    assert "a.pdf" not in published(built)
    assert not folder_of(built.interim, "a").path.exists()
    assert stages.calls() == ["publish", "suites"]


def test_a_file_that_is_no_longer_published_is_removed_and_others_files_are_left(
    built: Settings, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built.out / "notes.txt").write_text("somebody's own")

    def others(tables: Tables, out: Path, *, version: str) -> None:
        write_tables(out, tables)
        (out / "other.json").write_text("{}")

    monkeypatch.setattr(publish_package, "publish", others)
    build(Settings(built.raw, built.out, built.interim, built.expectations, jobs=1, force=True))
    left = sorted(path.name for path in built.out.iterdir() if path.suffix != ".parquet")
    assert left == ["notes.txt", "other.json"]


def test_a_folder_in_interim_that_is_no_document_is_left_alone(built: Settings) -> None:
    (built.interim / "mine").mkdir()
    (built.raw / "a.pdf").unlink()
    build(built)
    assert (built.interim / "mine").is_dir()


def test_force_does_everything_anew_and_publishes_the_same(built: Settings, stages: Stages) -> None:
    before = published(built)
    build(Settings(built.raw, built.out, built.interim, built.expectations, jobs=1, force=True))
    assert stages.calls() == ALL
    assert published(built) == before


def test_one_job_or_many_publish_the_same(settings: Settings, stages: Stages, tmp_path: Path) -> None:
    build(settings)
    build(Settings(settings.raw, tmp_path / "out1", tmp_path / "interim1", settings.expectations, jobs=1))
    assert (tmp_path / "out1" / "documents.json").read_bytes() == (settings.out / "documents.json").read_bytes()


def test_document_ids_that_no_file_system_takes_have_folders_of_their_own(settings: Settings, stages: Stages) -> None:
    names = ["..", "/etc/passwd", "很" * 200, "CON/..", ".publish"]
    folders = [folder_of(settings.interim, name).path for name in names]
    assert len(set(folders)) == len(names)
    assert all(folder.parent == settings.interim and len(folder.name.encode()) < 200 for folder in folders)


# --- bad input and faults


def test_a_file_that_cannot_be_opened_is_a_finding_and_stops_nothing(settings: Settings, stages: Stages) -> None:
    (settings.raw / "c.pdf").write_text("unreadable")
    report = build(settings)
    assert not report.holds
    assert (report.summary.documents, report.summary.unreadable, report.summary.pages) == (3, 1, 5)
    assert report.summary.problems == ["c.pdf: 不是 PDF / not a PDF"]
    assert "not_a_pdf" in published(settings, "findings")


def test_errata_of_a_document_that_the_build_does_not_have_are_told_and_are_no_fault(
    settings: Settings, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = corrections_file.Correction(
        "elsewhere", "flag", "1.00", "看不清", "proposed", "2026-01-01", place=(1, 1, 1)
    )
    monkeypatch.setattr(corrections_file, "load_corrections", lambda: (elsewhere,))
    report = build(settings)
    assert report.holds
    assert report.summary.errata_elsewhere == ["elsewhere"]
    assert "corrections.yaml: 本次没有该文件 not in this build: elsewhere" in text(report.summary)


def test_a_file_that_cannot_be_opened_is_not_tried_again_but_still_told_of(settings: Settings, stages: Stages) -> None:
    (settings.raw / "c.pdf").write_text("unreadable")
    build(settings)
    stages.calls()
    report = build(settings)
    assert stages.calls() == []
    assert not report.holds
    assert report.summary.problems


def test_a_fault_of_ours_inside_one_document_stops_no_other_and_is_tried_again(
    settings: Settings, stages: Stages
) -> None:
    (settings.raw / "c.pdf").write_text("raises")
    report = build(settings)
    assert not report.holds
    assert report.summary.documents == 3
    assert "internal_error" in published(settings, "findings")
    assert "a fault of ours" in (folder_of(settings.interim, "c").path / "error.txt").read_text()
    stages.calls()
    build(settings)
    assert "extract c" in stages.calls()


def test_a_fault_that_is_mended_leaves_no_trace(settings: Settings, stages: Stages) -> None:
    (settings.raw / "c.pdf").write_text("raises")
    build(settings)
    (settings.raw / "c.pdf").write_text("pages=1")
    assert build(settings).holds
    assert "internal_error" not in published(settings, "findings")
    assert not (folder_of(settings.interim, "c").path / "error.txt").exists()


def test_a_row_without_a_required_value_costs_its_own_document_only(settings: Settings, stages: Stages) -> None:
    (settings.raw / "c.pdf").write_text("gap")
    report = build(settings)
    assert report.summary.pages == 5
    assert ["c.pdf" in line for line in report.failures] == [True]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_worker_that_dies_loses_its_own_document_only(settings: Settings, stages: Stages, jobs: int) -> None:
    for name in "cdefgh":
        (settings.raw / f"{name}.pdf").write_text("dies" if name == "e" else "pages=1")
    report = build(Settings(settings.raw, settings.out, settings.interim, settings.expectations, jobs))
    assert (report.summary.documents, report.summary.unreadable, report.summary.pages) == (8, 1, 10)
    assert ["e.pdf" in line for line in report.failures] == [True]


def test_a_full_disk_stops_the_build_and_is_no_fault_of_a_document(settings: Settings, stages: Stages) -> None:
    (settings.raw / "c.pdf").write_text("full")
    with pytest.raises(OSError, match="No space left"):
        build(settings)
    assert not settings.out.exists()
    (settings.raw / "c.pdf").write_text("pages=1")
    assert build(settings).summary.pages == 6
    assert "internal_error" not in published(settings, "findings")


def test_workers_end_at_once_when_the_build_is_interrupted(settings: Settings, stages: Stages) -> None:
    (settings.raw / "a.pdf").write_text("slow")
    (settings.raw / "b.pdf").write_text("slow")
    process = multiprocessing.get_context("fork").Process(target=build, args=(settings,))
    process.start()
    _wait_until(lambda: stages.log.exists() and len(stages.log.read_text().splitlines()) == 2)
    workers = _children_of(process.pid)
    os.kill(process.pid, signal.SIGINT)
    process.join(10)
    assert process.exitcode is not None
    _wait_until(lambda: not any(_runs(worker) for worker in workers))


def test_a_suite_that_fails_fails_the_build_and_is_named(settings: Settings, stages: Stages) -> None:
    stages.suites = [Suite(), Suite("budget_lines", False, ("amount is null in 3 rows",))]
    report = build(settings)
    assert not report.holds
    assert report.summary.suite_failures == ["budget_lines: amount is null in 3 rows"]


def test_a_publication_that_breaks_off_leaves_the_previous_one_whole(
    built: Settings, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(tables: object, out: Path, *, version: str) -> list[Path]:
        (out / "documents.json").write_text("half")
        raise OSError("no space left")

    before = published(built)
    (built.raw / "a.pdf").write_text("pages=9")
    with monkeypatch.context() as patch:
        patch.setattr(publish_package, "publish", half)
        with pytest.raises(OSError, match="no space left"):
            build(built)
    assert published(built) == before
    assert not [path for path in built.out.iterdir() if path.name.startswith(".")]
    stages.calls()
    assert build(built).summary.pages == 12
    assert "extract a" not in stages.calls()  # what was done before it broke off is kept


def test_a_killed_build_leaves_the_previous_data_whole_and_the_next_one_finishes(
    built: Settings, stages: Stages
) -> None:
    before = published(built)
    (built.raw / "b.pdf").write_text("slow")
    process = multiprocessing.get_context("fork").Process(target=build, args=(built,))
    process.start()
    _wait_until(stages.log.exists)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert published(built) == before
    (built.raw / "b.pdf").write_text("pages=4")
    assert build(built).summary.pages == 6


def test_workers_end_when_the_build_that_started_them_is_killed(settings: Settings, stages: Stages) -> None:
    (settings.raw / "a.pdf").write_text("slow")
    (settings.raw / "b.pdf").write_text("slow")
    process = multiprocessing.get_context("fork").Process(target=build, args=(settings,))
    process.start()
    _wait_until(lambda: stages.log.exists() and len(stages.log.read_text().splitlines()) == 2)
    workers = _children_of(process.pid)
    assert len(workers) == 2
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    _wait_until(lambda: not any(_runs(worker) for worker in workers))


def test_a_second_build_at_the_same_time_is_refused_with_the_process_that_is_at_work(
    settings: Settings, stages: Stages
) -> None:
    process = multiprocessing.get_context("fork").Process(target=_hold, args=(settings.interim,))
    process.start()
    _wait_until((settings.interim / ".lock").exists)
    _wait_until(lambda: (settings.interim / ".lock").read_text() != "")
    try:
        with pytest.raises(LockedError, match=f"process {process.pid}"):
            build(settings)
    finally:
        process.kill()
        process.join()
    assert build(settings).holds


def _hold(folder: Path) -> None:
    with locked(folder):
        time.sleep(60)


def _wait_until(true, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def _children_of(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def _runs(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


# --- wrong usage


def test_a_missing_or_empty_folder_is_wrong_usage(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for raw_folder, message in ((tmp_path / "nowhere", "no such folder"), (tmp_path / "empty", "no PDF")):
        with pytest.raises(UsageError, match=message):
            build(Settings(raw_folder, settings.out, settings.interim, settings.expectations))


@pytest.mark.parametrize(
    "manifest", ["file,publisher\n部门.pdf,部\n".encode("gb18030"), b"file\nabsent.pdf\n", b"file\na.pdf\na.pdf\n"]
)
def test_a_manifest_that_cannot_be_used_is_wrong_usage_and_builds_nothing(settings: Settings, manifest: bytes) -> None:
    (settings.raw / MANIFEST).write_bytes(manifest)
    with pytest.raises(UsageError):
        build(settings)
    assert not settings.out.exists()


def test_identities_at_fault_are_wrong_usage_and_leave_what_was_published(built: Settings, stages: Stages) -> None:
    before = published(built)
    (built.expectations / "identities.yaml").write_text("wrong")
    with pytest.raises(UsageError, match=r"identities\.yaml.*unknown word"):
        build(built)
    assert published(built) == before


def test_interim_lies_beside_what_is_published() -> None:
    assert default_interim(Path("data/processed")) == Path("data/interim")
    assert default_interim(Path("x/out")) == Path("x/out.interim")


# --- the stages alone


def test_the_stages_one_after_another_publish_what_a_build_publishes(
    settings: Settings, stages: Stages, tmp_path: Path
) -> None:
    (settings.raw / "c.pdf").write_text("unreadable")
    build(settings)
    data, interim = tmp_path / "data", tmp_path / "interim-alone"
    assert alone.extract(settings.raw, interim, 2).failures == ["c.pdf: 不是 PDF / not a PDF"]
    assert alone.normalize(interim, data, 2).holds
    assert not alone.validate(data, settings.expectations).holds
    alone.publish(data)
    for name in ("documents", "findings", "checks"):
        assert (data / f"{name}.json").read_text() == published(settings, name)


def test_validation_done_twice_adds_its_findings_once(settings: Settings, stages: Stages, tmp_path: Path) -> None:
    data, interim = tmp_path / "data", tmp_path / "interim-alone"
    alone.extract(settings.raw, interim, 1)
    alone.normalize(interim, data, 1)
    alone.validate(data, settings.expectations)
    alone.validate(data, settings.expectations)
    assert pq.read_table(data / "findings.parquet").num_rows == 2


def test_a_stage_alone_does_again_only_what_is_stale(settings: Settings, stages: Stages, tmp_path: Path) -> None:
    interim = tmp_path / "interim-alone"
    alone.extract(settings.raw, interim, 1)
    (settings.raw / "a.pdf").write_text("pages=4")
    stages.calls()
    alone.extract(settings.raw, interim, 1)
    assert stages.calls() == ["extract a"]


def test_normalization_alone_needs_no_raw_file(settings: Settings, stages: Stages, tmp_path: Path) -> None:
    data, interim = tmp_path / "data", tmp_path / "interim-alone"
    (settings.raw / MANIFEST).write_text("file,publisher\nb.pdf,组织部\n", encoding="utf-8")
    alone.extract(settings.raw, interim, 1)
    for file in settings.raw.iterdir():
        file.unlink()
    alone.normalize(interim, data, 1)
    assert pq.read_table(data / "documents.parquet")["publisher"].to_pylist() == [None, "组织部"]


def test_a_stage_without_what_the_stage_before_leaves_says_which_to_run(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match="run extract first"):
        alone.normalize(tmp_path / "interim-none", tmp_path / "data", 1)
    with pytest.raises(UsageError, match="run normalize first"):
        alone.validate(tmp_path / "data", settings.expectations)
    with pytest.raises(UsageError, match="run validate first"):
        alone.publish(tmp_path / "data")


def test_a_report_without_data_holds_when_nothing_failed() -> None:
    assert Report(0, (), 0.0).holds
    assert not Report(1, ("x.pdf: y",), 0.0).holds


# --- the real stages


@pytest.fixture(scope="module")
def bad_and_good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """A build, with the real stages, of every kind of bad file beside one good disclosure."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "raw").mkdir()
    for kind in (*UNOPENABLE, *UNREADABLE_PAGES):
        getattr(broken, kind)(folder / "raw" / f"{kind}.pdf")
    made.tiny_budget_pdf(folder / "raw" / "good.pdf")
    return build(Settings(folder / "raw", folder / "out", folder / "interim", jobs=2)), folder / "out"


@pytest.mark.parametrize("kind", [*UNOPENABLE, *UNREADABLE_PAGES])
def test_every_kind_of_bad_file_is_named_with_its_reason_in_both_languages(
    bad_and_good: tuple[Report, Path], kind: str
) -> None:
    report, out = bad_and_good
    said = [line for line in report.summary.problems if line.startswith(f"{kind}.pdf")]
    assert said
    assert all(" / " in line for line in said)
    assert not report.failures  # the pipeline itself had no fault
    rows = pq.read_table(out / "findings.parquet", filters=[("document_id", "==", kind)]).to_pylist()
    assert {row["severity"] for row in rows} >= {"error"}


def test_a_file_that_cannot_be_read_is_tried_again_and_taken_when_it_can(settings: Settings, stages: Stages) -> None:
    """It stopped the whole build, and every one after."""
    broken.broken_link(settings.raw / "c.pdf")
    report = build(settings)
    assert (report.summary.documents, report.summary.unreadable) == (3, 1)
    (settings.raw / "gone.pdf").write_text("pages=2")
    assert build(settings).summary.unreadable == 0


def test_bad_files_leave_the_good_one_read(bad_and_good: tuple[Report, Path]) -> None:
    report, out = bad_and_good
    assert not report.holds
    assert report.summary.unreadable == len(UNOPENABLE)
    lines = pq.read_table(out / "budget_lines.parquet")
    assert set(lines["document_id"].to_pylist()) == {"good"}
    assert report.summary.numbers == report.summary.placed > 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_takes_too_long_is_given_up_and_the_others_go_on(
    settings: Settings, stages: Stages, jobs: int
) -> None:
    (settings.raw / "b.pdf").write_text("slow")
    report = build(replace(settings, jobs=jobs, timeout=1.0))
    assert (report.summary.documents, report.summary.unreadable) == (2, 1)
    (failure,) = report.failures
    assert failure.startswith("b.pdf")
    assert "处理超过 1 秒仍未完成，已放弃" in failure
    (settings.raw / "b.pdf").write_text("pages=1")
    assert build(settings).holds
