"""The reports on the command line."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.report.commands import add_parsers, run
from pipeline.tables import write_dataset
from tests.report.made import build, document, finding, pdf


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    left = finding("a-1", "f1", "unit_missing", "“收入总表”没有写明金额单位 / states no unit")
    write_dataset(folder, build(documents=[document("a-1")], findings=[left]))
    return folder


def _run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers(required=True))
    asked = parser.parse_args([str(argument) for argument in arguments])
    assert asked.command is run
    return asked.command(asked)


def test_the_scoreboard_is_printed_or_written_to_a_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("scoreboard", "--data", data) == 0
    assert "a-1" in capsys.readouterr().out
    assert _run("scoreboard", "--data", data, "--format", "html", "--out", tmp_path / "board.html") == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "board.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_work_list_is_printed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("unknown", "--data", data) == 0
    assert "收入总表" in capsys.readouterr().out


def test_the_report_says_which_raw_files_gave_no_pictures(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raw").mkdir()
    asked = ("report", "--data", data, "--raw", tmp_path / "raw", "--out", tmp_path / "out")
    assert _run(*asked) == 0
    assert "! a-1.pdf" in capsys.readouterr().out
    pdf(tmp_path / "raw" / "a-1.pdf")
    assert _run(*asked) == 0
    assert "!" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["scoreboard", "unknown", "report"])
def test_a_folder_without_a_build_is_wrong_usage(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--raw", tmp_path, "--out", tmp_path / "out"] if command == "report" else []
    assert _run(command, "--data", tmp_path, *more) == 2
    assert "run build first" in capsys.readouterr().err


def test_a_raw_folder_that_is_not_there_is_wrong_usage(data: Path, tmp_path: Path) -> None:
    assert _run("report", "--data", data, "--raw", tmp_path / "nowhere", "--out", tmp_path / "out") == 2


def test_the_commands_are_up_before_anything_heavy_is_imported() -> None:
    code = "import sys, pipeline.report.commands; print(*{'pyarrow', 'yaml', 'PIL', 'pypdfium2'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []
