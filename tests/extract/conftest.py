"""The Zezhou disclosure, read once for all the tests of extraction."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import read_document
from pipeline.tables import Dataset


@pytest.fixture(scope="session")
def zezhou_interim(zezhou_pdf: Path) -> Dataset:
    """The interim tables of the raw disclosure."""
    return read_document(zezhou_pdf, "zezhou")
