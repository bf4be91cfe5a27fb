"""The register: a finding for every ``assert`` check that fails, in words a finance officer can act on.

Rounding is never a finding. ``inferred`` and ``heuristic`` families are never called errors; nor is a family whose
definition the document does not share: it is told as such, for information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.validate.check import Check
from pipeline.validate.explain import explain, explain_conflict, explain_definition
from pipeline.validate.feasibility import Feasibility
from pipeline.validate.identities import Ratio, Structure
from pipeline.validate.locate import Repair
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence

FAILS = "identity_fails"
BROKEN = "structure_broken"
INFEASIBLE = "jointly_infeasible"
OTHER_DEFINITION = "other_definition"


def findings_of(
    document_id: str,
    checks: Sequence[Check],
    feasibility: Feasibility,
    repairs: Mapping[str, Repair],
    *,
    is_digital: bool,
) -> list[Record]:
    """The rows of ``findings`` that follow from a document's checks.

    ``is_digital``: the figures are the file's own text, so that a figure which alone is wrong was printed wrong;
    on recognised text it may have been misread, and the verdict stays open.
    """
    failing = [check for check in checks if check.fails and check.family.kind == "assert"]
    rows = [_failure(check, repairs.get(check.check_id), is_digital=is_digital) for check in failing]
    rows += [_conflict(feasibility.conflict)] if feasibility.conflict else []
    rows += _definitions(checks)
    return [{"document_id": document_id, **row} for row in rows]


def _failure(check: Check, repair: Repair | None, *, is_digital: bool) -> Record:
    is_doubt = check.misses_by_fen or check.misses_by_last_place  # what a change of units or rounding may leave over
    if is_doubt or (check.left and not check.right):  # of an amount that the other table lacks nothing tells the right
        repair = None
    located = repair is not None and is_digital
    return {
        "finding_id": f"check:{check.check_id}",
        "check_id": check.check_id,
        "severity": _milder(check) if is_doubt else check.family.severity,
        "verdict": "publisher_error" if located else "undetermined",
        "code": BROKEN if isinstance(check.family.form, Structure) else FAILS,
        "explanation": both(explain(check, repair)),
        "page": repair.figure.page if repair is not None else check.page,
        "cell_ids": list(check.cell_ids),
    }


def _milder(check: Check) -> str:
    """What a remainder of rounding is: an amount that is one off is to be looked into, a percentage misleads nobody."""
    if isinstance(check.family.form, Ratio):
        return "info"
    return "warning" if check.family.severity == "error" else check.family.severity


def both(sentence: Sentence) -> str:
    """One text with the Chinese first."""
    return f"{sentence.zh} / {sentence.en}"


def _conflict(conflict: Sequence[Check]) -> Record:
    cells = dict.fromkeys(cell for check in conflict for cell in check.cell_ids)
    return {
        "finding_id": f"feasibility:{conflict[0].check_id}",
        "check_id": conflict[0].check_id,
        "severity": "error",
        "verdict": "undetermined",
        "code": INFEASIBLE,
        "explanation": both(explain_conflict(conflict)),
        "page": conflict[0].page,
        "cell_ids": list(cells),
    }


def _definitions(checks: Iterable[Check]) -> list[Record]:
    """One finding a family, where a document defines its two sides otherwise than the family does."""
    aside: dict[str, list[Check]] = {}
    for check in checks:
        if check.other_definition:
            aside.setdefault(check.family.id, []).append(check)
    return [_definition_row(group[0], explain_definition(group[0], len(group))) for group in aside.values()]


def _definition_row(first: Check, sentence: Sentence) -> Record:
    return {
        "finding_id": f"definition:{first.family.id}",
        "check_id": first.check_id,
        "severity": "info",
        "verdict": "definition",
        "code": OTHER_DEFINITION,
        "explanation": both(sentence),
        "page": first.page,
        "cell_ids": list(first.cell_ids),
    }
