"""One release of the made dataset, published once for all tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.publish import publish
from tests.publish.made import tables


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release")
    publish(tables(), out, version="1.2.3")
    return out
