"""The documents' tables put below one another: what the build publishes, read from what the stages left on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.interim import DocumentFolder
from pipeline.schema import CHECKS, DOCUMENTS, ECONOMIC_SUBJECTS, FACT_TABLES, FINDINGS, SUBJECTS, Table
from pipeline.stamps import Stage
from pipeline.tables import Dataset, concat, in_key_order

DIMENSIONS = (SUBJECTS, ECONOMIC_SUBJECTS)
NORMALIZED = tuple(table for table in FACT_TABLES if table not in (*DIMENSIONS, CHECKS))


PROOF = (
    "jointly_feasible", "figures_unbound", "digit_changes", "digit_changes_noticed", "last_digit_changes",
    "last_digit_changes_noticed",
)  # fmt: skip
"""The columns of ``documents`` that validation fills."""


class Checked(Protocol):
    """What validation says of one document."""

    @property
    def checks(self) -> pa.Table:
        """Rows of ``checks``."""

    @property
    def findings(self) -> pa.Table:
        """Rows of ``findings`` beside those of normalization."""

    @property
    def proof(self) -> Mapping[str, object]:
        """The values of ``PROOF``."""


def collect(folders: Sequence[DocumentFolder], *, checked: bool = True) -> Dataset:
    """The tables of all documents, in the order of the folders; with their checks, where they were ``checked``."""
    dataset = {table.name: _all(table, folders, ("normalize",)) for table in NORMALIZED}
    if checked:
        dataset["findings"] = _all(FINDINGS, folders, ("normalize", "validate"))
        dataset["checks"] = _all(CHECKS, folders, ("validate",))
        notes = {document_id: folder.stage("validate").note for document_id, folder in _known(folders)}
        dataset["documents"] = with_proof(dataset["documents"], notes)
    return dataset


def with_proof(documents: pa.Table, notes: Mapping[str, Mapping[str, object]]) -> pa.Table:
    """The documents with what validation says of each, by document_id; null where it says nothing."""
    names = documents["document_id"].to_pylist()
    for name in PROOF:
        values = [notes.get(document_id, {}).get(name) for document_id in names]
        field = DOCUMENTS.arrow().field(name)
        documents = documents.set_column(DOCUMENTS.names.index(name), field, pa.array(values, field.type))
    return documents


def by_document(dataset: Dataset) -> Iterator[Dataset]:
    """The dataset of each document in turn, without the dimensions, which know no document."""
    facts = {name: _parts(rows) for name, rows in dataset.items() if "document_id" in rows.column_names}
    for document_id in dataset["documents"]["document_id"].to_pylist():
        yield {name: parts.get(document_id, dataset[name].slice(0, 0)) for name, parts in facts.items()}


def _parts(rows: pa.Table) -> dict[str, pa.Table]:
    """The rows of each document, in the order that they had."""
    ordered = rows.take(pc.sort_indices(rows["document_id"]))
    parts, start = {}, 0
    for counted in pc.value_counts(ordered["document_id"]).to_pylist():
        parts[counted["values"]] = ordered.slice(start, counted["counts"])
        start += counted["counts"]
    return parts


def with_checks(dataset: Dataset, checked: Mapping[str, Checked]) -> Dataset:
    """The dataset with the results of the checks, by document_id, in place of those of an earlier run."""
    found = concat(FINDINGS, [result.findings for result in checked.values()])
    proofs = {document_id: result.proof for document_id, result in checked.items()}
    return {
        **dataset,
        "checks": concat(CHECKS, [result.checks for result in checked.values()]),
        "findings": in_key_order(FINDINGS, concat(FINDINGS, [_without(dataset["findings"], found), found])),
        "documents": with_proof(dataset["documents"], proofs),
    }


def _without(findings: pa.Table, found: pa.Table) -> pa.Table:
    """The findings that do not come from a check: neither by their check_id nor found again."""
    again = set(zip(found["document_id"].to_pylist(), found["finding_id"].to_pylist(), strict=True))
    keys = zip(*(findings[name].to_pylist() for name in ("document_id", "finding_id", "check_id")), strict=True)
    return findings.filter(pa.array([not key[2] and key[:2] not in again for key in keys], pa.bool_()))


def _all(table: Table, folders: Sequence[DocumentFolder], stages: Sequence[Stage]) -> pa.Table:
    parts = (folder.stage(stage).read([table]) for folder in folders for stage in stages)
    return concat(table, [part[table.name] for part in parts if part])


def _known(folders: Sequence[DocumentFolder]) -> Iterator[tuple[str, DocumentFolder]]:
    for folder in folders:
        if folder.source:
            yield folder.source.document_id, folder
