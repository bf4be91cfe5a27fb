"""Releases of the made dataset, one of them changed, and a portal to publish them to."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.portal.plan import Plan, plan_of
from pipeline.publish import publish
from pipeline.release.facts import DATABASE, PACKAGE
from pipeline.release.inventory import HTML_DICTIONARY
from pipeline.tables import in_parts
from tests.portal.fake_ckan import TOKEN, FakeCkan, serving
from tests.publish.made import dataset
from tests.release.conftest import published, released

__all__ = ["published", "released"]
Publishing = Callable[..., int]
FEW = ("documents", "budget_lines", "cells", "subjects")


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the same dataset without the figures of its tables."""
    from pipeline.release.assemble import Order, release  # noqa: PLC0415

    out = tmp_path_factory.mktemp("changed")
    publish(in_parts(dataset(budget_lines=[])), out, version="1.2.4")
    return release(Order(out, tmp_path_factory.mktemp("dist"))).folder


@pytest.fixture
def ckan() -> Iterator[FakeCkan]:
    with serving(FakeCkan()) as portal:
        yield portal


@pytest.fixture
def few_tables(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Only a few tables of a release are published: a fifth of the requests. Returns their names."""
    monkeypatch.setattr("pipeline.portal.plan.plan_of", lambda release: _few(plan_of(release)))
    return FEW


@pytest.fixture
def publishing(publishing_all: Publishing, few_tables: tuple[str, ...]) -> Publishing:
    """The same with a few tables only."""
    return publishing_all


def _few(plan: Plan) -> Plan:
    large = (DATABASE, HTML_DICTIONARY, PACKAGE)
    kept = [item for item in plan.items if (item.table.name in FEW if item.table else item.name not in large)]
    return dataclasses.replace(plan, items=tuple(kept))


@pytest.fixture
def publishing_all(ckan: FakeCkan, monkeypatch: pytest.MonkeyPatch) -> Publishing:
    """The command on the portal, with its token; returns the exit code."""
    monkeypatch.setenv("CKAN_API_TOKEN", TOKEN)

    def run(release: Path, *more: str) -> int:
        return main(["publish-ckan", "--url", ckan.url, "--org", "finance", "--dist", f"{release}", *more])

    return run
