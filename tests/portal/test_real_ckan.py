"""On a real CKAN 2.12: `make test-ckan` brings it up, gives its address and token, and stops it afterwards.

What the portal has is asked over its API and compared with the release's own files, value by value.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
import requests

from pipeline.cli import main
from pipeline.commands.exits import NOT_OK, OK
from pipeline.publish import publish
from pipeline.schema import FACT_TABLES, PUBLISHED, Table
from pipeline.tables import in_parts, read_dataset
from tests.conftest import ROOT

URL = os.environ.get("CKAN_URL", "")
ORGANISATION = "finance-bureau"
NATIVE = {
    "text": "text", "strings": "text", "integer": "bigint", "amount": "numeric", "decimal": "numeric",
    "points": "double precision", "boolean": "boolean",
}  # fmt: skip
pytestmark = pytest.mark.skipif(not URL, reason="no CKAN_URL: `make test-ckan` runs these on a real CKAN")


@dataclass(frozen=True)
class Site:
    """The portal, asked without the code under test."""

    token: str

    def ask(self, action: str, **data: object) -> Any:
        """The result of an action; fails on an error."""
        answer = requests.post(
            f"{URL}/api/3/action/{action}", json=data, headers={"Authorization": self.token}, timeout=60
        )
        assert answer.ok, f"{action}: {answer.text}"
        return json.loads(answer.text, parse_float=Decimal)["result"]

    def has(self, action: str, **data: object) -> bool:
        """Whether the portal has such a thing."""
        headers = {"Authorization": self.token}
        return requests.post(f"{URL}/api/3/action/{action}", json=data, headers=headers, timeout=60).ok

    def resources(self, dataset: str) -> dict[str, dict[str, Any]]:
        """The dataset's resources by the file of the release; fails when a file is there twice."""
        found = self.ask("package_show", id=dataset)["resources"]
        named = {resource["release_file"]: resource for resource in found}
        assert len(named) == len(found)
        return named

    def rows(self, resource_id: str) -> list[dict[str, Any]]:
        """All rows of a table in the order in which they went in."""
        found: list[dict[str, Any]] = []
        while page := self.ask("datastore_search", resource_id=resource_id, limit=5000, offset=len(found), sort="_id")[
            "records"
        ]:
            found += page
        return found


@pytest.fixture(scope="session")
def site() -> Site:
    return Site(os.environ["CKAN_API_TOKEN"])


@pytest.fixture(scope="session")
def zezhou(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the published folder."""
    return _release(Path(os.environ.get("CKAN_DATA", ROOT / "data" / "processed")), tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def without_a_line(zezhou: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next release: the last printed figure is gone."""
    dataset, out = read_dataset(zezhou, FACT_TABLES), tmp_path_factory.mktemp("changed")
    dataset["budget_lines"] = dataset["budget_lines"].slice(0, dataset["budget_lines"].num_rows - 1)
    publish(in_parts(dataset), out, version="9.9.9")
    return _release(out, tmp_path_factory.mktemp("dist"))


def _release(data: Path, dist: Path) -> Path:
    from pipeline.release.assemble import Order, release  # noqa: PLC0415

    return release(Order(data, dist)).folder


@pytest.fixture(scope="session")
def standing(zezhou: Path) -> str:
    """A dataset to which the release was published once, for the tests that only look."""
    assert main(_command(zezhou, "yusuan")) == OK
    return "yusuan"


@pytest.fixture
def name() -> str:
    """A dataset of the test's own."""
    return f"budget-{uuid.uuid4().hex[:8]}"


def _command(release: Path, dataset: str, url: str = URL) -> list[str]:
    return ["publish-ckan", "--url", url, "--org", ORGANISATION, "--dataset", dataset, "--dist", f"{release}"]


def _assert_whole(site: Site, dataset: str, release: Path, tables: Iterable[str] = PUBLISHED) -> None:
    """Files, tables, types, dictionary, rows, previews and the version are the release's; nothing is there twice."""
    told, resources = site.ask("package_show", id=dataset), site.resources(dataset)
    assert (told["version"], told["private"]) == (release.name, False)
    for name, resource in resources.items():
        if (release / name).is_file():
            content = requests.get(resource["url"], timeout=60).content
            assert content == (release / name).read_bytes(), name
            assert resource["hash"] == hashlib.sha256(content).hexdigest(), name
    assert {name for name in resources if name.endswith(".csv")} == {f"{name}.csv" for name in tables}
    for name in tables:
        _assert_table(site, resources[f"{name}.csv"], PUBLISHED[name], release)


def _assert_table(site: Site, resource: dict[str, Any], table: Table, release: Path) -> None:
    assert resource["format"] == "CSV", table.name
    columns = site.ask("datastore_info", id=resource["id"])["fields"]
    assert [(one["id"], one["schema"]["native_type"], one["info"]["label"]) for one in columns] == [
        (column.name, NATIVE[column.kind], column.title) for column in table.columns
    ]
    assert all(column.zh in one["info"]["notes"] for one, column in zip(columns, table.columns, strict=True))
    there = [{name: row[name] for name in table.names} for row in site.rows(resource["id"])]
    assert there == _rows(table, release), table.name
    views = [view["view_type"] for view in site.ask("resource_view_list", id=resource["id"])]
    assert views.count("datatables_view") == 1, table.name


def _rows(table: Table, release: Path) -> list[dict[str, Any]]:
    """The release's own, as JSON can say them: lists joined, floats in decimal digits."""
    rows = pq.read_table(release / f"{table.name}.parquet").to_pylist()
    return [{name: _said(row[name]) for name in table.names} for row in rows]


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(value)
    return Decimal(repr(value)) if isinstance(value, float) else value


# --- what is there ---------------------------------------------------------------------------------------------------


def test_a_release_published_twice_is_whole_and_the_second_run_changes_nothing(
    site: Site, zezhou: Path, standing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _assert_whole(site, standing, zezhou)
    before = site.ask("package_show", id=standing)
    assert main(_command(zezhou, standing)) == OK
    assert "nothing changed" in capsys.readouterr().out
    assert site.ask("package_show", id=standing) == before


def test_codes_are_text_and_amounts_exact_numbers_that_can_be_queried(site: Site, standing: str) -> None:
    table = site.resources(standing)["expenditure_by_subject.csv"]["id"]
    filters = {"table_id": "expenditure_summary", "subject_code": "201", "expenditure_type": "total"}
    (row,) = site.ask("datastore_search", resource_id=table, filters=filters)["records"]
    assert (row["subject_code"], row["amount"]) == ("201", Decimal("19447100.00"))


def test_a_loader_of_the_portal_leaves_our_files_alone(site: Site, standing: str) -> None:
    assert "xloader" in site.ask("status_show")["extensions"]
    for file, resource in site.resources(standing).items():
        assert not site.has("xloader_status", resource_id=resource["id"]), f"{file} waits to be loaded again"


def test_a_changed_release_takes_the_place_and_the_previous_version_is_kept(
    site: Site, zezhou: Path, without_a_line: Path, name: str, few_tables: tuple[str, ...]
) -> None:
    main(_command(zezhou, name))
    before = site.resources(name)
    assert main(_command(without_a_line, name)) == OK
    _assert_whole(site, name, without_a_line, few_tables)
    after = site.resources(name)
    assert all(after[file]["id"] == resource["id"] for file, resource in before.items())
    old = after[f"yusuan-{zezhou.name}.zip"]
    assert requests.get(old["url"], timeout=60).content == (zezhou / old["release_file"]).read_bytes()
    assert main(_command(zezhou, name)) == OK
    _assert_whole(site, name, zezhou, few_tables)


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(site: Site) -> Callable[[str], str]:
    """Makes a user with a role in the organisation; returns a token of theirs."""

    def make(role: str) -> str:
        user = f"user-{uuid.uuid4().hex[:8]}"
        site.ask("user_create", name=user, email=f"{user}@localhost.localdomain", password=uuid.uuid4().hex)
        if not site.has("organization_show", id=ORGANISATION):
            site.ask("organization_create", name=ORGANISATION)
        site.ask("organization_member_create", id=ORGANISATION, username=user, role=role)
        token: str = site.ask("api_token_create", user=user, name="publish")["token"]
        return token

    return make


def test_an_editor_of_the_organisation_can_publish(
    site: Site,
    zezhou: Path,
    name: str,
    few_tables: tuple[str, ...],
    colleague: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CKAN_API_TOKEN", colleague("editor"))
    assert main(_command(zezhou, name)) == OK
    _assert_whole(site, name, zezhou, few_tables)


@pytest.mark.parametrize("whose", ["nobody's", "a reader's"])
def test_a_refused_token_is_told_and_nothing_is_made(
    whose: str,
    site: Site,
    zezhou: Path,
    name: str,
    colleague: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CKAN_API_TOKEN", colleague("member") if whose == "a reader's" else "revoked")
    assert main(_command(zezhou, name)) == NOT_OK
    said = capsys.readouterr().err
    assert "令牌" in said
    assert "token" in said
    assert not site.has("package_show", id=name)


def test_a_file_over_the_portals_limit_is_named(
    site: Site, zezhou: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = tmp_path / zezhou.name
    shutil.copytree(zezhou, large)
    with (large / "budget.xlsx").open("ab") as file:
        file.write(bytes(11 << 20))  # CKAN's default is 10 MB
    _sum_again(large, "budget.xlsx")
    assert main(_command(large, name)) == NOT_OK
    said = capsys.readouterr().err
    assert "budget.xlsx" in said
    assert "ckan.max_resource_size" in said


def _sum_again(release: Path, name: str) -> None:
    lines = (release / "SHA256SUMS").read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.endswith(f"  {name}\n")]
    digest = hashlib.sha256((release / name).read_bytes()).hexdigest()
    (release / "SHA256SUMS").write_text("".join([*kept, f"{digest}  {name}\n"]))


# --- runs that break -------------------------------------------------------------------------------------------------


class BreakingLine:
    """A line to the portal that goes dead for good once so many bytes were sent over it."""

    def __init__(self, bytes_to_send: int) -> None:
        self._left, self._listener = bytes_to_send, socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> str:
        threading.Thread(target=self._accept, daemon=True).start()
        return self.url

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        portal = urlsplit(URL)
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                ends = caller, socket.create_connection((portal.hostname or "", portal.port or 80))
                threading.Thread(target=self._send, args=ends, daemon=True).start()
                threading.Thread(target=_pump, args=ends[::-1], daemon=True).start()

    def _send(self, caller: socket.socket, portal: socket.socket) -> None:
        with suppress(OSError), caller, portal:
            while (chunk := caller.recv(1 << 14)) and self._left > 0:
                self._left -= len(chunk)
                portal.sendall(chunk)
            for end in (caller, portal):
                end.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(1 << 14):
            target.sendall(chunk)


@pytest.mark.parametrize("bytes_sent", [300_000, 2_500_000], ids=["in the workbook", "among the tables"])
def test_a_line_that_breaks_in_an_upload_is_told_and_the_next_run_makes_it_whole(
    bytes_sent: int,
    site: Site,
    zezhou: Path,
    name: str,
    few_tables: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    with BreakingLine(bytes_sent) as url:
        assert main(_command(zezhou, name, url)) == NOT_OK
    said = capsys.readouterr().err
    assert "连不上或连接中断" in said
    assert "run it again" in said
    half = site.ask("package_show", id=name)
    assert half["private"]
    assert not half["version"]
    assert main(_command(zezhou, name)) == OK
    _assert_whole(site, name, zezhou, few_tables)


def test_an_update_that_breaks_keeps_the_old_version_until_the_next_run(
    site: Site, zezhou: Path, without_a_line: Path, name: str, few_tables: tuple[str, ...]
) -> None:
    main(_command(zezhou, name))
    with BreakingLine(700_000) as url:
        assert main(_command(without_a_line, name, url)) == NOT_OK
    assert site.ask("package_show", id=name)["version"] == zezhou.name
    assert main(_command(without_a_line, name)) == OK
    _assert_whole(site, name, without_a_line, few_tables)


def test_a_run_that_is_killed_while_it_fills_a_table_can_be_run_again(site: Site, zezhou: Path, name: str) -> None:
    command = [sys.executable, "-m", "pipeline", *_command(zezhou, name)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, encoding="utf-8") as running:
        assert running.stderr
        assert any(line.startswith("文件 file: cells.csv") for line in running.stderr)
        running.send_signal(signal.SIGKILL)
    assert site.ask("package_show", id=name)["private"] is True
    assert main(_command(zezhou, name)) == OK
    _assert_whole(site, name, zezhou)
