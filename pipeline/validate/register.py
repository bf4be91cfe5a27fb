"""The register: a finding for every ``assert`` check that fails, in words a finance officer can act on.

Rounding is never a finding, but that it should have done what it next to never does is a warning (see ``chance``).
``inferred`` and ``heuristic`` families are never called errors; nor is a family whose definition the document does not
share: it is told as such, for information.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.schema import SEVERITIES
from pipeline.validate.alike import OtherWhole, other_wholes, printed_alike
from pipeline.validate.causes import Cause
from pipeline.validate.chance import is_improbable
from pipeline.validate.check import Check
from pipeline.validate.explain import explain, explain_conflict, explain_definition, explain_improbable
from pipeline.validate.feasibility import Feasibility
from pipeline.validate.identities import Ratio, Structure
from pipeline.validate.locate import Repair, mends
from pipeline.validate.reasons import also_alike, also_apart, also_broken, explain_cause
from pipeline.validate.rows.model import Record
from pipeline.validate.words import NO_WORDS, Sentence

FAILS = "identity_fails"
BROKEN = "structure_broken"
INFEASIBLE = "jointly_infeasible"
OTHER_DEFINITION = "other_definition"
IMPROBABLE = "improbable_rounding"
_SEVERAL = 2


@dataclass(frozen=True)
class Told:
    """What the register goes by: the checks, whether they can hold together, the single figures that would mend what
    fails, by check_id (``mended``: by name, of what is no sum), and the causes that explain it; the heading over each
    cell.

    ``is_sound``: the figures are the text of a whole file, so that a figure which alone is wrong was printed wrong; on
    recognised text or in a damaged file it may have been misread, and the verdict stays open.
    """

    checks: Sequence[Check]
    feasibility: Feasibility
    repairs: Mapping[str, Repair]
    mended: Mapping[str, str]
    causes: Sequence[Cause]
    headings: Mapping[str, str]
    is_sound: bool


def findings_of(document_id: str, told: Told) -> list[Record]:
    """The rows of ``findings`` that follow from a document's checks: one for each cause, and for each figure that alone
    is wrong, whatever fails because of it; one for each failure that nothing explains, with those like it that are as
    far off on that page, or that are about the same figure of the text."""
    failing = [check for check in told.checks if check.fails and check.family.kind == "assert"]
    rows = [_caused(cause) for cause in told.causes]
    explained = {check.check_id for cause in told.causes for check in cause.explains}
    groups: dict[str, list[Check]] = {}
    weight = Counter(repair.figure.name for repair in told.repairs.values())
    alone = {cell: check for check in failing if check.left and not check.right for cell in check.cell_ids}
    by_figure: dict[str, str] = {}
    wholes = other_wholes(failing)
    for check in sorted(failing, key=_comes_late):
        if check.check_id not in explained:
            same = (
                next((alone[cell] for cell in check.cell_ids if cell in alone), check) if _is_listing(check) else check
            )
            group = _group_of(same, told.repairs, weight)
            group = wholes[check.check_id].group if check.check_id in wholes else group
            group = f"figure {told.mended[check.check_id]}" if check.check_id in told.mended else group
            groups.setdefault(_with_its_figure(check, group, by_figure), []).append(check)
    rows += [_failure(group, told, wholes) for group in groups.values()]
    rows += [_conflict(told.feasibility.conflict)] if told.feasibility.conflict else []
    rows += _improbable(told.checks)
    rows += _definitions(told.checks)
    return [{"document_id": document_id, **row} for row in rows]


def _comes_late(check: Check) -> tuple[bool, bool]:
    """What tells of a figure of its own comes before what holds two of the text against one another, and before what
    only looks at one: these are told with it."""
    return bool(check.spoken), len(check.left) == len(check.right) == 1 and len(check.may_be_about) > 1


def _with_its_figure(check: Check, group: str, known: dict[str, str]) -> str:
    """The group of a failure; the one that is known of the figure of the text that it is about, where there is one.

    What only looks at a figure (``spoken``) goes with any sum that this is a part of.
    """
    group = next((known[key] for key in check.may_be_about if key in known), group)
    for figure in (*(term.figure for term in (*check.left, *check.right)), *check.ratio[1:]):
        if figure.key:
            known.setdefault(f"part {figure.key}", group)
    group = known.get(f"part {check.spoken}", group) if check.spoken not in known else group
    if check.about:
        known[check.about] = group
    return group


def _group_of(check: Check, repairs: Mapping[str, Repair], weight: Mapping[str, int]) -> str:
    """What a failure is told with: the figure that would mend it, which more than rounding is if several need it; else
    those of its kind that are as far off on its page."""
    repair = repairs.get(check.check_id) or next((each for each in repairs.values() if mends(each, check)), None)
    if repair is not None and (not _is_doubt(check) or weight[repair.figure.name] >= _SEVERAL):
        return f"figure {repair.figure.name}"
    if _is_doubt(check) or not check.left or not check.right:
        return printed_alike(check) or f"check {check.check_id}"
    return f"gap {check.family.id} {check.page} {abs(check.judgement.difference)}"


def _is_listing(check: Check) -> bool:
    """Whether it says that two tables list the same: what only one lists is told as an amount without a peer too."""
    return isinstance(check.family.form, Structure) and check.family.form.rule == "same_set"


def _is_doubt(check: Check) -> bool:
    """Whether it is what a change of units or rounding may leave over."""
    return check.misses_by_fen or check.misses_by_last_place


def _failure(group: Sequence[Check], told: Told, wholes: Mapping[str, OtherWhole]) -> Record:
    check = min(group, key=lambda each: (not each.left, len(each.left) + len(each.right), not each.ratio))
    alike = printed_alike(check)
    twins = [each for each in group if each is not check and alike and printed_alike(each) == alike]
    others = [each for each in group if each is not check and each not in twins]
    repair = told.repairs.get(check.check_id)
    is_rounding = _is_doubt(check) and len(group) < _SEVERAL
    # nothing tells what an amount without a peer should be; what is another sum exactly was not misprinted
    if is_rounding or (check.left and not check.right) or check.instead.zh:
        repair = None
    column = told.headings.get(repair.figure.name, "") if repair else ""
    is_gap = repair is None and all(each.left for each in others)
    whole = wholes[check.check_id].said if check.check_id in wholes and not repair else NO_WORDS
    said, more = explain(check, repair, column), (also_apart if is_gap else also_broken)(others)
    again = also_alike(twins)
    return {
        "finding_id": f"check:{check.check_id}",
        "check_id": check.check_id,
        "check_ids": [each.check_id for each in group],
        "severity": _severity(group),
        "verdict": _verdict(check, repair, group, told),
        "code": BROKEN if isinstance(check.family.form, Structure) else FAILS,
        "explanation": both(Sentence(said.zh + whole.zh + more.zh + again.zh, said.en + whole.en + more.en + again.en)),
        "page": repair.figure.page if repair is not None else check.page,
        "cell_ids": list(dict.fromkeys(cell for each in (check, *others, *twins) for cell in each.cell_ids)),
    }


def _verdict(check: Check, repair: Repair | None, group: Sequence[Check], told: Told) -> str:
    if check.instead.zh:
        return "definition"
    return "publisher_error" if _is_certain(repair, group, told) else "undetermined"


def _is_certain(repair: Repair | None, group: Sequence[Check], told: Told) -> bool:
    """Whether a figure was printed wrong: it alone mends what fails, was not misread, and all that speaks against it is
    printed too, not counted by us (sheets: which ones the text means is not told)."""
    if repair is None or repair.rivals or not told.is_sound:
        return False
    figures = (term.figure for check in group for term in (*check.left, *check.right))
    return all(figure.cell_ids or figure.key for figure in figures)


def _severity(group: Sequence[Check]) -> str:
    """The gravest of a group."""
    said = {_milder(check) if _is_doubt(check) or check.instead.zh else check.family.severity for check in group}
    return next(severity for severity in SEVERITIES if severity in said)


def _caused(cause: Cause) -> Record:
    """What a table seems to have gone through: told for comparing with the page, as it may have been misread too."""
    first = cause.explains[0]
    return {
        "finding_id": f"check:{first.check_id}",
        "check_id": first.check_id,
        "check_ids": [check.check_id for check in cause.explains],
        "severity": _severity(cause.explains),
        "verdict": "undetermined",
        "code": FAILS if any(check.left for check in cause.explains) else BROKEN,
        "explanation": both(explain_cause(cause.said, cause.page, cause.explains)),
        "page": cause.page or first.page,
        "cell_ids": list(
            dict.fromkeys((*cause.cell_ids, *(cell for each in cause.explains for cell in each.cell_ids)))
        ),
    }


def _milder(check: Check) -> str:
    """What a remainder of rounding or another definition is: an amount that is off is to be looked into, a percentage
    misleads nobody."""
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
        "check_ids": [check.check_id for check in conflict],
        "severity": "error",
        "verdict": "undetermined",
        "code": INFEASIBLE,
        "explanation": both(explain_conflict(conflict)),
        "page": conflict[0].page,
        "cell_ids": list(cells),
    }


def _improbable(checks: Iterable[Check]) -> list[Record]:
    """A finding for each sum that holds by less than rounding is believed to bring its sides apart, where none of its
    figures fails elsewhere."""
    asserting = [check for check in checks if check.family.kind == "assert"]
    told = {cell for check in asserting if check.fails for cell in check.cell_ids}
    doubtful = [check for check in asserting if check.decides and is_improbable(check)]
    how = ("warning", "undetermined", IMPROBABLE)
    found = [check for check in doubtful if told.isdisjoint(check.cell_ids)]
    return [_aside(check, f"chance:{check.check_id}", how, explain_improbable(check)) for check in found]


def _definitions(checks: Iterable[Check]) -> list[Record]:
    """One finding a family, where a document defines its two sides otherwise than the family does."""
    aside: dict[str, list[Check]] = {}
    for check in checks:
        if check.other_definition:
            aside.setdefault(check.family.id, []).append(check)
    how = ("info", "definition", OTHER_DEFINITION)
    return [
        _aside(group[0], f"definition:{name}", how, explain_definition(group[0], len(group)))
        for name, group in aside.items()
    ]


def _aside(check: Check, name: str, how: tuple[str, str, str], sentence: Sentence) -> Record:
    """The finding, called ``name``, about a check that does not fail; ``how``: its severity, verdict and code."""
    severity, verdict, code = how
    return {
        "finding_id": name,
        "check_id": check.check_id,
        "check_ids": [check.check_id],
        "severity": severity,
        "verdict": verdict,
        "code": code,
        "explanation": both(sentence),
        "page": check.page,
        "cell_ids": list(check.cell_ids),
    }
