"""Every family of the catalogue (design/identities.md) is asserted on the Zezhou disclosure, and bites.

A change to what the family speaks of must make a check of it fail that did not fail so before: a family that covered
nothing, or compared a figure with itself, would not notice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import read_document
from pipeline.normalize import normalize_document, reference_tables
from pipeline.sources import Source, sha256_of
from pipeline.tables import Dataset
from pipeline.validate import check_document, load_identities
from pipeline.validate.check import Check
from pipeline.validate.evaluate import evaluate
from pipeline.validate.rows.derived import read_all
from pipeline.validate.rows.model import Records
from tests.validate.mutations import MUTATIONS, Mutation

# What the catalogue calls `assert` and the project infers: its lists of names are typed from general knowledge and
# hold for one year only, so that a difference from them is no error of the publisher's.
TYPED_LISTS = {"S05", "S10"}
WEAKER = {"X30": "inferred", "X31": "inferred", "X32": "inferred", "X40": "heuristic", "N16": "heuristic"}


@pytest.fixture(scope="module")
def disclosure(zezhou_pdf: Path) -> Dataset:
    """The disclosure's tables as the stages before leave them, beside the reference tables."""
    source = Source(zezhou_pdf.stem, zezhou_pdf, sha256_of(zezhou_pdf))
    return {**normalize_document(source, read_document(zezhou_pdf, zezhou_pdf.stem)), **reference_tables()}


@cache
def _covering(entry: str) -> frozenset[str]:
    return frozenset(family.id for family in load_identities().families if entry in family.covers)


@pytest.fixture(scope="module")
def before(disclosure: Dataset) -> Records:
    """The rows of the untouched disclosure."""
    return read_all(disclosure, load_identities())


def failures(records: Records, entry: str) -> dict[tuple[str, object], Check]:
    """The checks of the families that answer for an entry and fail, by name and by how far they do."""
    known = load_identities()
    asked = replace(known, families=tuple(family for family in known.families if family.id in _covering(entry)))
    checks = evaluate(records, asked)
    return {(check.check_id, check.judgement.difference): check for check in checks if check.fails}


def test_every_family_of_the_catalogue_has_its_change(shared: Path) -> None:
    text = (shared / "design" / "identities.md").read_text(encoding="utf-8")
    entries = set(re.findall(r"^\| ([A-Z]\d\d) \|", text, re.MULTILINE))
    assert entries == {mutation.entry for mutation in MUTATIONS}


def test_what_the_catalogue_asserts_is_asserted_here(shared: Path) -> None:
    text = (shared / "design" / "identities.md").read_text(encoding="utf-8")
    kinds = re.findall(r"^\| ([A-Z]\d\d) \|[^|]*\| (\w+) \|", text, re.MULTILINE)
    asserted = {entry for family in load_identities().families if family.kind == "assert" for entry in family.covers}
    assert {entry for entry, kind in kinds if kind == "assert"} - asserted == TYPED_LISTS


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.entry for mutation in MUTATIONS])
def test_a_family_of_the_catalogue_notices_what_it_speaks_of(
    disclosure: Dataset, before: Records, mutation: Mutation
) -> None:
    known = failures(before, mutation.entry)
    after = read_all(mutation.of(disclosure), load_identities())
    new = [check for name, check in failures(after, mutation.entry).items() if name not in known]
    if mutation.cell:
        new = [check for check in new if any(cell.endswith(f"/{mutation.cell}") for cell in check.cell_ids)]
    kinds = {check.family.kind for check in new}
    weaker = "inferred" if mutation.entry in TYPED_LISTS else WEAKER.get(mutation.entry, "assert")
    assert weaker in kinds, f"no check of {sorted(_covering(mutation.entry))} notices it"


@pytest.mark.parametrize("entry", sorted(TYPED_LISTS | set(WEAKER)))
def test_what_is_inferred_or_merely_plausible_is_checked_and_makes_no_finding(disclosure: Dataset, entry: str) -> None:
    """A list typed from general knowledge, a bridge between classifications, a plausible range prove no error."""
    mutation = next(mutation for mutation in MUTATIONS if mutation.entry == entry)
    checked = check_document(mutation.of(disclosure))
    weak = {family.id for family in load_identities().families if family.kind != "assert"}
    failing = {row["check_id"] for row in checked.checks.to_pylist() if row["outcome"] == "fails"}
    doubted = {row["check_id"] for row in checked.checks.to_pylist() if row["family"] in weak} & failing
    assert any(check.split("/")[0] in _covering(entry) for check in doubted)
    assert not doubted & set(checked.findings["check_id"].to_pylist())
