"""The documents' tables put below one another: what the build publishes, read from what the stages left on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.interim import DocumentFolder
from pipeline.schema import CHECKS, DOCUMENTS, ECONOMIC_SUBJECTS, FACT_TABLES, FINDINGS, PUBLISHED, SUBJECTS, Table
from pipeline.stamps import Stage
from pipeline.tables import Dataset, Parts, Tables, concat, in_key_order

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


def collect(folders: Sequence[DocumentFolder], *, checked: bool = True) -> Tables:
    """The tables of all documents, a document a part in the order of the folders; with their checks, where they were
    ``checked``. Nothing is read before the parts are asked for."""
    tables: dict[str, Parts] = {table.name: _Left(table, folders, ("normalize",)) for table in NORMALIZED}
    if checked:
        tables["documents"] = _Documents(folders)
        tables["findings"] = _Left(FINDINGS, folders, ("normalize", "validate"))
        tables["checks"] = _Left(CHECKS, folders, ("validate",))
    return tables


@dataclass(frozen=True)
class _Left:
    """What the stages left of one table, a document at a time."""

    table: Table
    folders: Sequence[DocumentFolder]
    stages: Sequence[Stage]

    def __iter__(self) -> Iterator[pa.Table]:
        for folder in self.folders:
            parts = [folder.stage(stage).read([self.table]) for stage in self.stages]
            yield concat(self.table, [part[self.table.name] for part in parts if part])


@dataclass(frozen=True)
class _Documents:
    """The documents, each with what validation noted of it."""

    folders: Sequence[DocumentFolder]

    def __iter__(self) -> Iterator[pa.Table]:
        for folder in self.folders:
            proof = folder.stage("validate").note
            for documents in folder.stage("normalize").read([DOCUMENTS]).values():
                yield with_proof(documents, proof)


def with_proof(documents: pa.Table, proof: Mapping[str, object]) -> pa.Table:
    """The rows of ``documents`` with what validation says of them; null where it says nothing."""
    for name in PROOF:
        column = DOCUMENTS.names.index(name)
        field = DOCUMENTS.arrow().field(column)
        documents = documents.set_column(column, field, pa.array([proof.get(name)] * documents.num_rows, field.type))
    return documents


def by_document(tables: Tables) -> Iterator[Dataset]:
    """The dataset of each document in turn, in the order of ``documents``; the parts need not be documents.

    Raises ValueError when the rows of a table do not stand in that order, each document's together.
    """
    runs = {name: _Runs(PUBLISHED[name], parts) for name, parts in tables.items()}
    for documents in tables[DOCUMENTS.name]:
        for document_id in documents["document_id"].to_pylist():
            yield {name: run.take(document_id) for name, run in runs.items()}
    for name, run in runs.items():
        if run.document_id is not None:
            raise ValueError(f"table {name}: the rows of {run.document_id} do not stand in the order of the documents")


class _Runs:
    """A table that is read one document's rows after the other's."""

    def __init__(self, table: Table, parts: Parts) -> None:
        self._table = table
        self._runs = (run for part in parts for run in _runs_of(part))
        self._next()

    def _next(self) -> None:
        """``document_id`` is whose rows come next; None at the end."""
        run = next(self._runs, None)
        self.document_id: str | None = run[0] if run else None
        self._rows: pa.Table | None = run[1] if run else None

    def take(self, document_id: str) -> pa.Table:
        """The document's rows, if they are what comes next; none otherwise."""
        taken = []
        while self.document_id == document_id:
            taken.append(self._rows)
            self._next()
        return concat(self._table, taken)


def _runs_of(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each document that stand together, with its document_id."""
    start = 0
    runs = pc.run_end_encode(rows["document_id"].combine_chunks())
    for document_id, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield document_id, rows.slice(start, end - start)
        start = end


def with_checks(own: Dataset, checked: Checked) -> Dataset:
    """What changes of a document's dataset by its checks: they take the place of an earlier run's."""
    found = checked.findings
    return {
        "documents": with_proof(own["documents"], checked.proof),
        "findings": in_key_order(FINDINGS, concat(FINDINGS, [_without(own["findings"], found), found])),
        "checks": checked.checks,
    }


def _without(findings: pa.Table, found: pa.Table) -> pa.Table:
    """The findings that do not come from a check: neither by their check_id nor found again."""
    again = set(found["finding_id"].to_pylist())
    keys = zip(findings["finding_id"].to_pylist(), findings["check_id"].to_pylist(), strict=True)
    return findings.filter(pa.array([not check and finding not in again for finding, check in keys], pa.bool_()))
