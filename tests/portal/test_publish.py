"""A release on a portal: what is there after one run, a second, a changed release, and runs that broke."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.commands.exits import NOT_OK, OK
from pipeline.portal.resources import MARK
from pipeline.schema import PUBLISHED
from tests.portal.conftest import FEW, Publishing
from tests.portal.fake_ckan import FakeCkan, Fault


def _state(ckan: FakeCkan) -> dict[str, object]:
    """All that a visitor of the portal finds, without the dataset's random identifier."""
    (dataset,) = ckan.datasets.values()
    names = {resource["id"]: resource["release_file"] for resource in dataset["resources"]}
    unnamed = {"id", "package_id"}
    return copy.deepcopy(
        {
            "dataset": {name: value for name, value in dataset.items() if name not in {*unnamed, "resources"}},
            "resources": [{k: v for k, v in one.items() if k not in unnamed} for one in dataset["resources"]],
            "tables": {names[key]: (table["fields"], table["records"]) for key, table in ckan.tables.items()},
            "files": {names[key]: content for key, content in ckan.files.items()},
            "views": sorted(names[view["resource_id"]] for view in ckan.views),
        }
    )


def test_every_table_is_a_file_a_queryable_table_and_a_preview(
    ckan: FakeCkan, publishing_all: Publishing, released: Path
) -> None:
    assert publishing_all(released) == OK
    resources = ckan.resources()
    for name, table in PUBLISHED.items():
        resource = resources[f"{name}.csv"]
        assert ckan.files[resource["id"]] == (released / f"{name}.csv").read_bytes()
        assert [column["id"] for column in ckan.tables[resource["id"]]["fields"]] == list(table.names)
        assert ckan.tables[resource["id"]]["primary_key"] == list(table.key)
        assert resource["format"] == "CSV"
    assert len(ckan.views) == len(ckan.tables) == len(PUBLISHED)
    assert list(resources)[:2] == ["budget.xlsx", "revenue_by_subject.csv"]
    assert resources["budget.xlsx"]["format"] == "XLSX"
    assert list(resources)[-1].endswith(".zip")


def test_the_dataset_is_public_and_says_its_version_licence_and_keywords(
    ckan: FakeCkan, publishing: Publishing, released: Path
) -> None:
    publishing(released)
    dataset = ckan.datasets["yusuan"]
    assert (dataset["private"], dataset["version"], dataset["license_id"]) == (False, released.name, "cc-by")
    assert dataset["owner_org"] == "org-finance"
    assert "部门预算" in [tag["name"] for tag in dataset["tags"]]
    assert dataset["notes"].count("个数字：金额") == 1


def test_a_new_dataset_can_stay_private(ckan: FakeCkan, publishing: Publishing, released: Path) -> None:
    assert publishing(released, "--private") == OK
    assert ckan.datasets["yusuan"]["private"] is True


def test_a_second_run_writes_nothing(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing(released)
    ckan.writes.clear()
    assert publishing(released) == OK
    assert ckan.writes == []
    assert "nothing changed" in capsys.readouterr().out


def test_a_changed_release_keeps_addresses_and_the_older_versions_zip(
    ckan: FakeCkan, publishing: Publishing, released: Path, changed: Path
) -> None:
    publishing(released)
    before = {file: resource["id"] for file, resource in ckan.resources().items()}
    assert publishing(changed) == OK
    after = {file: resource["id"] for file, resource in ckan.resources().items()}
    assert before.items() <= after.items()
    assert [file for file in after if file.endswith(".zip")] == [
        f"yusuan-{changed.name}.zip",
        f"yusuan-{released.name}.zip",
    ]
    assert ckan.tables[after["budget_lines.csv"]]["records"] == []
    assert ckan.datasets["yusuan"]["version"] == changed.name


def test_only_what_changed_is_uploaded_again(
    ckan: FakeCkan, publishing: Publishing, released: Path, changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing(released)
    capsys.readouterr()
    publishing(changed)
    said = capsys.readouterr().err
    assert "file: budget_lines.csv" in said
    assert "file: subjects.csv" not in said


def test_a_table_that_someone_emptied_or_retyped_is_filled_again(
    ckan: FakeCkan, publishing: Publishing, released: Path
) -> None:
    publishing(released)
    whole = _state(ckan)
    resources = ckan.resources()
    ckan.tables[resources["subjects.csv"]["id"]]["records"].pop()
    ckan.tables[resources["documents.csv"]["id"]]["fields"][0]["type"] = "numeric"
    del ckan.tables[resources["cells.csv"]["id"]]
    assert publishing(released) == OK
    assert _state(ckan) == whole


def test_what_editors_added_stays(ckan: FakeCkan, publishing: Publishing, released: Path, changed: Path) -> None:
    publishing(released)
    dataset = ckan.datasets["yusuan"]
    dataset["tags"].append({"name": "山西"})
    dataset["extras"].append({"key": "联系人", "value": "数据科"})
    dataset["resources"].append({"id": "theirs", "name": "使用说明", "url": "https://example.org"})
    publishing(changed)
    assert "山西" in [tag["name"] for tag in dataset["tags"]]
    assert "联系人" in [extra["key"] for extra in dataset["extras"]]
    assert "theirs" in [resource["id"] for resource in dataset["resources"]]


def test_a_file_that_is_no_longer_released_is_named_and_left(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing(released)
    ckan.datasets["yusuan"]["resources"].append({"id": "old", "release_file": "old_table.csv"})
    assert publishing(released) == OK
    assert "old_table.csv" in capsys.readouterr().err


# --- runs that break -------------------------------------------------------------------------------------------------

FAULTS = [
    Fault("organization_create", "drop after"),
    Fault("package_create", "drop after"),
    Fault("resource_create", "drop before", nth=3),
    Fault("resource_create", "drop after", nth=3),
    Fault("datastore_create", "drop after", nth=2),
    Fault("datastore_upsert", "drop before", nth=4),
    Fault("datastore_upsert", "drop after", nth=4),
    Fault("resource_patch", "drop before", nth=2),
    Fault("resource_view_create", "drop after", nth=2),
    Fault("package_patch", "drop before"),
    Fault("package_patch", "drop after"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.action} {fault.how}")
def test_a_connection_that_breaks_anywhere_is_told_and_the_next_run_makes_it_whole(
    fault: Fault,
    ckan: FakeCkan,
    publishing: Publishing,
    released: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ckan.fault = Fault(fault.action, fault.how, nth=fault.nth)
    assert publishing(released) == NOT_OK
    said = capsys.readouterr().err
    assert "连不上或连接中断" in said
    assert "run it again" in said
    assert publishing(released) == OK
    assert _is_whole(ckan, released)
    ckan.writes.clear()
    publishing(released)
    assert ckan.writes == []


UPDATE_FAULTS = [
    Fault("datastore_delete", "drop after"),
    Fault("resource_patch", "drop before"),
    Fault("resource_patch", "drop after"),
    Fault("datastore_create", "drop before"),
    Fault("package_resource_reorder", "drop before"),
]


@pytest.mark.parametrize("fault", UPDATE_FAULTS, ids=lambda fault: f"{fault.action} {fault.how}")
def test_an_update_that_breaks_keeps_the_old_version_until_the_next_run_ends(
    fault: Fault, ckan: FakeCkan, publishing: Publishing, released: Path, changed: Path
) -> None:
    publishing(released)
    ckan.fault = Fault(fault.action, fault.how, nth=fault.nth)
    assert publishing(changed) == NOT_OK
    assert ckan.datasets["yusuan"]["version"] == released.name
    assert publishing(changed) == OK
    assert ckan.tables[ckan.resources()["budget_lines.csv"]["id"]]["records"] == []
    assert publishing(released) == OK
    assert _is_whole(ckan, released)


def _is_whole(ckan: FakeCkan, release: Path) -> bool:
    """Every table filled once, marked, under its format, with one preview; the dataset public, of the version."""
    resources, dataset = ckan.resources(), ckan.datasets["yusuan"]
    assert len(dataset["resources"]) == len(resources)
    for name in FEW:
        resource = resources[f"{name}.csv"]
        rows = ckan.tables[resource["id"]]["records"]
        keys = [tuple(row[column] for column in PUBLISHED[name].key) for row in rows]
        assert len(set(keys)) == len(keys), name
        assert resource[MARK], name
        assert resource["format"] == "CSV", name
        assert len([view for view in ckan.views if view["resource_id"] == resource["id"]]) == 1, name
    lines = ckan.tables[resources["budget_lines.csv"]["id"]]["records"]
    assert sum(Decimal(row["amount"]) for row in lines if row["amount"]) > 0
    return (dataset["version"], dataset["private"]) == (release.name, False)


def test_a_killed_run_leaves_a_new_dataset_private(
    ckan: FakeCkan, publishing: Publishing, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.portal.publish._close", killed)
    assert publishing(released) == 130
    assert ckan.datasets["yusuan"]["private"] is True


# --- what the portal says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("status_show", "<html>welcome</html>", 200), "check --url"),
        (Fault("status_show", "<html>not found</html>", 404), "check --url"),
        (Fault("package_create", "<html>bad gateway</html>", 502), "the portal failed"),
        (Fault("resource_create", "<html>too large</html>", 413), "ckan.max_resource_size"),
        (
            Fault(
                "resource_create", '{"error": {"__type": "Validation Error", "upload": ["File upload too large"]}}', 409
            ),
            "budget.xlsx",
        ),
        (Fault("package_create", '{"error": {"__type": "Validation Error", "name": ["taken"]}}', 409), "taken"),
        (Fault("resource_create", '{"error": {"__type": "Not Found Error", "message": "gone"}}', 404), "run again"),
    ],
)
def test_what_the_portal_answers_is_said_in_plain_words(
    fault: Fault,
    words: str,
    ckan: FakeCkan,
    publishing: Publishing,
    released: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ckan.fault = Fault(fault.action, fault.how, fault.status)
    assert publishing(released) == NOT_OK
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


def test_a_token_that_the_portal_does_not_know_is_refused_before_anything_is_written(
    ckan: FakeCkan,
    publishing: Publishing,
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CKAN_API_TOKEN", "revoked")
    assert publishing(released) == NOT_OK
    said = capsys.readouterr().err
    assert "不认识此令牌" in said
    assert "revoked or expired" in said
    assert ckan.writes == []


def test_a_token_with_too_few_rights_is_told(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ckan.rights = False
    assert publishing(released) == NOT_OK
    said = capsys.readouterr().err
    assert "权限不够" in said
    assert "organization_create" in said


def test_a_portal_without_datastore_is_told_before_anything_is_written(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ckan.extensions = []
    assert publishing(released) == NOT_OK
    assert "DataStore" in capsys.readouterr().err
    assert ckan.writes == []


def test_a_portal_without_previews_or_with_a_guessing_loader_is_warned_about(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ckan.extensions = ["datastore", "datapusher"]
    assert publishing(released) == OK
    said = capsys.readouterr().err
    assert "no preview" in said
    assert "guessed types" in said
    assert ckan.views == []


@pytest.mark.parametrize("kind", ["organisations", "datasets"])
def test_what_was_deleted_on_the_portal_is_not_brought_back(
    kind: str, ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing(released)
    for one in getattr(ckan, kind).values():
        one["state"] = "deleted"
    ckan.writes.clear()
    assert publishing(released) == NOT_OK
    assert "is deleted there" in capsys.readouterr().err
    assert ckan.writes == []


def test_a_dataset_of_another_organisation_is_left_alone(
    ckan: FakeCkan, publishing: Publishing, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing(released)
    ckan.datasets["yusuan"].update(owner_org="org-other", organization={"name": "other"})
    ckan.writes.clear()
    assert publishing(released) == NOT_OK
    assert "other" in capsys.readouterr().err
    assert ckan.writes == []
