"""A made dataset published and released once, for all tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.publish import publish
from tests.publish.made import tables

URL = "https://data.example.org/yusuan/"
DATE = "2026-11-22"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder."""
    out = tmp_path_factory.mktemp("published")
    publish(tables(), out, version="1.2.3")
    return out


@pytest.fixture(scope="session")
def released(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its release, with an address and a date."""
    pytest.importorskip("xlsxwriter", reason="XlsxWriter, which writes the workbook, is not installed here")
    from pipeline.release.assemble import Order, release  # noqa: PLC0415

    return release(Order(published, tmp_path_factory.mktemp("dist"), url=URL, date=DATE)).folder
