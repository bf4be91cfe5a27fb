"""One document's tables in, its ``checks`` and the findings that follow from them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.garbage import collecting_seldom
from pipeline.schema import CHECKS, FINDINGS
from pipeline.tables import Dataset, from_columns, to_arrow
from pipeline.validate.causes import find_causes, mended_too
from pipeline.validate.check import Check
from pipeline.validate.detection import DetectionPower, power_of
from pipeline.validate.evaluate import evaluate
from pipeline.validate.evidence import Elsewhere
from pipeline.validate.feasibility import joint_feasibility
from pipeline.validate.identities import Identities
from pipeline.validate.identities_file import load_identities
from pipeline.validate.intervals import Judgement
from pipeline.validate.linear import linear
from pipeline.validate.locate import Locator, Repair
from pipeline.validate.register import Told, findings_of
from pipeline.validate.rows.derived import read_all

_DAMAGED = "damaged_data"
_UNWORKED = (None, None, None, None, "not_applicable")


@dataclass(frozen=True)
class Checked:
    """What validation says of one document: rows of ``checks`` and ``findings``, and whether the figures can be true.

    ``jointly_feasible`` is None when the document has no identity to test, or the verdict could not be proved;
    ``power`` is the share of single-digit changes that the identities would notice.
    """

    checks: pa.Table
    findings: pa.Table
    jointly_feasible: bool | None
    power: DetectionPower

    @property
    def proof(self) -> dict[str, object]:
        """What ``documents`` says of the document's checks, as plain values."""
        return {"jointly_feasible": self.jointly_feasible, **self.power.told}


@collecting_seldom()
def check_document(dataset: Dataset, identities: Identities | None = None) -> Checked:
    """Prove one document's figures against ``identities`` (expectations/identities.yaml unless given).

    ``dataset`` holds the tables of exactly one document, as the normalize stage left them, and the reference tables
    (``subjects`` …); absent tables count as empty. ``findings`` are the new ones only. Raises ValueError when
    ``documents`` has not exactly one row.
    """
    document_id, is_sound = _document(dataset)
    known = identities or load_identities()
    records = read_all(dataset, known)
    checks = evaluate(records, known)
    indexed = linear(checks)
    feasibility = joint_feasibility(indexed)
    repairs = Locator(indexed.about_failures, lambda: Elsewhere(records)).repairs()
    causes = find_causes(dataset, known, records, checks, repairs)
    mended = mended_too(dataset, known, records, checks, repairs)
    told = Told(checks, feasibility, repairs, mended, causes, _headings(dataset, repairs), is_sound)
    findings = findings_of(document_id, told)
    power = power_of(Locator(indexed.deciding.believed), records)
    return Checked(_table(document_id, checks), to_arrow(FINDINGS, findings), feasibility.feasible, power)


def _document(dataset: Dataset) -> tuple[str, bool]:
    """The document's name, and whether its figures are the file's own text, and the file is whole."""
    rows = dataset["documents"].to_pylist()
    if len(rows) != 1:
        raise ValueError(f"check_document takes one document; documents has {len(rows)} rows")
    codes = dataset["findings"]["code"].to_pylist() if "findings" in dataset else ()
    return str(rows[0]["document_id"]), rows[0]["text_layer"] == "digital" and _DAMAGED not in codes


def _headings(dataset: Dataset, repairs: Mapping[str, Repair]) -> Mapping[str, str]:
    """The heading over the cell of each figure that would mend something."""
    lines = dataset.get("budget_lines")
    if not repairs or lines is None:
        return {}
    cells, headers = (lines[name].to_pylist() for name in ("cell_id", "column_header"))
    wanted = {repair.figure.name for repair in repairs.values()}
    pairs = zip(cells, headers, strict=True)
    return {cell: header.replace("/", "·") for cell, header in pairs if cell in wanted and header}


def _table(document_id: str, checks: Sequence[Check]) -> pa.Table:
    """The rows of ``checks``, a column at a time: they are many."""
    families = [check.family for check in checks]
    columns: dict[str, Sequence[object]] = {
        "document_id": [document_id] * len(checks),
        "check_id": [check.check_id for check in checks],
        "family": [family.id for family in families],
        "scope": [family.scope for family in families],
        "kind": [family.kind for family in families],
        "statement": [check.statement.zh for check in checks],
        "cell_ids": [check.cell_ids for check in checks],
    }
    judged = zip(*map(_judged, checks), strict=True)
    return from_columns(CHECKS, columns | dict(zip(Judgement._fields, judged, strict=True)))


def _judged(check: Check) -> Sequence[object]:
    """The columns of a judgement; one that was never worked has an outcome only."""
    if check.judgement.outcome == "not_applicable" and not check.other_definition:
        return _UNWORKED
    return check.judgement
