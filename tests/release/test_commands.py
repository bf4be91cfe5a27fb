"""The commands' exit codes and words."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from pipeline.publish import publish
from pipeline.release.commands import DIFFERENT, OK, WRONG_USAGE, add_parsers
from tests.publish.made import tables


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers(required=True))
    asked = parser.parse_args([str(argument) for argument in arguments])
    code: int = asked.command(asked)
    return code


def test_diff_ends_with_0_on_the_same_and_1_on_different_data(published: Path, tmp_path: Path) -> None:
    publish(tables(budget_lines=[]), tmp_path, version="1.2.3")
    assert run("diff", published, published) == OK
    assert run("diff", published, tmp_path) == DIFFERENT


@pytest.mark.parametrize("command", ["diff", "release"])
def test_a_folder_that_is_no_dataset_is_wrong_usage(
    command: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")
    given = ("diff", published, tmp_path) if command == "diff" else ("release", "--data", tmp_path, "--dist", tmp_path)
    assert run(*given) == WRONG_USAGE
    assert "不是发布数据" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "first"), [("csv", "table,change,"), ("markdown", "与 1.2.3"), ("text", "旧 old")])
def test_diff_prints_each_form(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, first: str
) -> None:
    publish(tables(budget_lines=[]), tmp_path, version="1.2.3")
    run("diff", published, tmp_path, "--format", form)
    assert capsys.readouterr().out.startswith(first)


def test_release_says_where_the_release_stands(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")
    assert run("release", "--data", published, "--dist", tmp_path) == OK
    assert str(tmp_path / "1.2.3-d") in capsys.readouterr().out


@pytest.mark.parametrize(("options", "there"), [((), True), (("--no-report",), False)])
def test_a_release_has_a_quality_report_unless_none_is_wanted(
    published: Path, tmp_path: Path, options: tuple[str, ...], there: bool
) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")
    assert run("release", "--data", published, "--dist", tmp_path, "--raw", tmp_path, *options) == OK
    (release,) = tmp_path.glob("1.2.3-d*")
    assert (release / "quality-report" / "index.html").exists() == there


@pytest.mark.parametrize("options", [("--date", "yesterday"), ("--url", "ftp://x")])
def test_a_date_or_address_that_is_none_is_wrong_usage(options: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("release", *options)
    assert ended.value.code == WRONG_USAGE


def test_a_release_beside_others_asks_which_came_before_and_claims_not_to_be_the_first(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")
    dist = tmp_path / "dist"
    given = ("--dist", dist, "--no-report", "--data")
    run("release", *given, published)
    assert "--previous" not in capsys.readouterr().err
    (first,) = dist.iterdir()
    publish(tables(budget_lines=[]), tmp_path / "data", version="1.2.3")
    run("release", *given, tmp_path / "data")
    said = capsys.readouterr()
    assert first.name in said.err
    assert "--previous" in said.err
    second = next(path for path in dist.iterdir() if path != first)
    assert "First release" not in (second / "CHANGELOG.md").read_text(encoding="utf-8")
    run("release", *given, tmp_path / "data", "--previous", first)
    assert "--previous" not in capsys.readouterr().err
    assert first.name in (second / "CHANGELOG.md").read_text(encoding="utf-8")
