"""What the tests share: where the repository, the raw disclosure and the corpus of real disclosures are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how busy the machine is says nothing of the code
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = Path(__file__).resolve().parent / "expected"
ZEZHOU = "zezhou-org-dept-2026-budget"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository with material that is not published; skips where it is absent."""
    return _beside("")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real disclosures in other templates; skips where it is absent."""
    return _beside("corpus")


@pytest.fixture(scope="session")
def zezhou_pdf() -> Path:
    """The raw disclosure of the Zezhou organisation department."""
    return ROOT / "data" / "raw" / f"{ZEZHOU}.pdf"


@pytest.fixture(scope="session")
def zezhou_rows() -> list[dict[str, str]]:
    """The reviewed rows of its 40 tables: see tests/expected/README.md."""
    return _expected("zezhou_rows.csv")


@pytest.fixture(scope="session")
def zezhou_budget_lines() -> list[dict[str, str]]:
    """The reviewed figures of its thirteen budget tables: see tests/expected/README.md."""
    return _expected("zezhou_budget_lines.csv")


def _beside(name: str) -> Path:
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"../shared/{name} is not beside this checkout")
    return folder


def _expected(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
