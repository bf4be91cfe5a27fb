"""The Zezhou disclosure, read once for all the tests of normalization."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import read_document
from pipeline.normalize import normalize_document
from pipeline.sources import Source, sha256_of
from pipeline.tables import Dataset


def dataset_of(path: Path, **said: str) -> Dataset:
    """The tidy tables of one file, by the stages themselves; ``said`` is what the manifest says of it."""
    source = Source(path.stem, path, sha256_of(path), **said)  # type: ignore[arg-type]
    return normalize_document(source, read_document(path, path.stem))


@pytest.fixture(scope="session")
def zezhou(zezhou_pdf: Path) -> Dataset:
    """The tidy tables of the raw disclosure."""
    return dataset_of(zezhou_pdf)
