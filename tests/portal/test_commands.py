"""The command's options, and what it says before it asks a portal; finding and checking the release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.exits import NOT_OK, OK, WRONG_USAGE
from pipeline.portal.plan import find_release, plan_of
from pipeline.release.facts import NotPublishedError
from tests.portal.conftest import Publishing
from tests.portal.fake_ckan import TOKEN, FakeCkan

ASKED = ("publish-ckan", "--url", "http://127.0.0.1:1", "--org", "finance")


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CKAN_API_TOKEN", TOKEN)


def test_without_a_token_it_says_which_variable_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CKAN_API_TOKEN", raising=False)
    assert main([*ASKED]) == WRONG_USAGE
    assert "CKAN_API_TOKEN" in capsys.readouterr().err


def test_help_is_in_both_languages_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["publish-ckan", "--help"])
    said = capsys.readouterr().out
    for part in (
        "再运行一次不会改变任何东西",
        "A second run changes nothing",
        "yusuan publish-ckan --url",
        "CKAN_API_TOKEN",
    ):
        assert part in said


@pytest.mark.parametrize(
    "wrong",
    [
        ("--url", "data.example.org", "--org", "finance"),
        ("--url", "ftp://data.example.org", "--org", "finance"),
        ("--url", "https://data.example.org", "--org", "财政局"),
        ("--url", "https://data.example.org", "--org", "finance", "--dataset", "Budget 2026"),
        ("--url", "https://data.example.org"),
    ],
)
def test_an_address_or_a_name_that_is_none_is_wrong_usage(wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["publish-ckan", *wrong])
    assert ended.value.code == WRONG_USAGE


def test_a_portal_that_is_not_there_is_told(token: None, released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--dist", f"{released}"]) == NOT_OK
    assert "连不上" in capsys.readouterr().err


def test_plain_http_to_another_machine_is_warned_about(
    token: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish-ckan", "--url", "http://data.example.org", "--org", "finance", "--data", f"{tmp_path}"])
    assert "unencrypted" in capsys.readouterr().err


def test_no_release_is_wrong_usage_and_says_how_to_make_one(
    token: None, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASKED, "--data", f"{published}", "--dist", f"{tmp_path}"]) == WRONG_USAGE
    assert "make publish" in capsys.readouterr().err


def test_the_release_is_the_folder_itself_or_the_one_made_from_the_data(published: Path, released: Path) -> None:
    assert find_release(published, released.parent) == released
    assert find_release(Path("nowhere"), released) == released


def test_a_release_with_a_changed_file_is_not_published(
    ckan: FakeCkan, publishing: Publishing, released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(released, torn)
    (torn / "documents.csv").write_text("changed")
    assert publishing(torn) == WRONG_USAGE
    assert "documents.csv" in capsys.readouterr().err
    assert ckan.writes == []


def test_a_release_that_lost_a_file_is_not_published(released: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(released, torn)
    (torn / "budget.xlsx").unlink()
    with pytest.raises(NotPublishedError, match=r"budget\.xlsx"):
        plan_of(torn)


def test_a_dataset_can_have_another_name(ckan: FakeCkan, publishing: Publishing, released: Path) -> None:
    assert publishing(released, "--dataset", "budgets-2026", "--org-title", "财政局") == OK
    assert list(ckan.datasets) == ["budgets-2026"]
    assert ckan.organisations["finance"]["title"] == "财政局"


def test_a_plan_says_the_releases_address_and_day(released: Path) -> None:
    told = plan_of(released).told
    assert told["url"] == "https://data.example.org/yusuan/"
    assert {"key": "发布日期 / Issued", "value": "2026-11-22"} in told["extras"]


def test_resources_have_the_same_identifiers_on_every_run_and_others_in_another_dataset(released: Path) -> None:
    first, second = plan_of(released), plan_of(released)
    ids = [item.resource_id("a") for item in first.items]
    assert ids == [item.resource_id("a") for item in second.items]
    assert len({*ids, *(item.resource_id("b") for item in first.items)}) == 2 * len(ids)
