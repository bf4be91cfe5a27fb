"""The register: a finding for every ``assert`` check that fails, in words a finance officer can act on.

Rounding is never a finding. ``inferred`` and ``heuristic`` families are never called errors; nor is a family whose
definition the document does not share: it is told as such, for information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipeline.validate.check import Check
from pipeline.validate.feasibility import Feasibility
from pipeline.validate.identities import Structure
from pipeline.validate.intervals import ZERO, Term
from pipeline.validate.locate import Repair
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence, money, money_en

FAILS = "identity_fails"
BROKEN = "structure_broken"
INFEASIBLE = "jointly_infeasible"
OTHER_DEFINITION = "other_definition"
_SHOWN = 8


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
    sentence = _explain_sum(check, repair) if check.left else _explain_structure(check)
    located = repair is not None and is_digital
    return {
        "finding_id": f"check:{check.check_id}",
        "check_id": check.check_id,
        "severity": "warning" if check.misses_by_fen else check.family.severity,
        "verdict": "publisher_error" if located else "undetermined",
        "code": BROKEN if isinstance(check.family.form, Structure) else FAILS,
        "explanation": both(sentence),
        "page": repair.figure.page if repair is not None else check.page,
        "cell_ids": list(check.cell_ids),
    }


def both(sentence: Sentence) -> str:
    """One text with the Chinese first."""
    return f"{sentence.zh} / {sentence.en}"


def _explain_structure(check: Check) -> Sentence:
    zh = f"：{check.detail.zh}" if check.detail.zh and check.detail.zh not in check.statement.zh else ""
    en = f": {check.detail.en}" if check.detail.en and check.detail.en not in check.statement.en else ""
    page_zh, page_en = _page(check.page)
    if check.failure.zh:
        return Sentence(f"{page_zh}{check.failure.zh}{zh}。", f"{page_en}{check.failure.en}{en}.")
    return Sentence(
        f"{page_zh}{check.statement.zh}，实际不符{zh}。", f"{page_en}{check.statement.en}; it is not so{en}."
    )


def _explain_sum(check: Check, repair: Repair | None) -> Sentence:
    judgement, unit = check.judgement, check.left[0].figure.unit
    low, high = judgement.right - judgement.tolerance, judgement.right + judgement.tolerance
    page_zh, page_en = _page(check.page)
    gap = abs(judgement.difference)
    right_zh = money(low, unit) if low == high else f"{money(low, unit)} 至 {money(high, unit)}"
    right_en = money_en(low, unit) if low == high else f"{money_en(low, unit)} to {money_en(high, unit)}"
    mend = _explain_repair(repair)
    rounded_zh, rounded_en = ("（已计四舍五入）", ", rounding allowed for") if low != high else ("", "")
    zh = (
        f"{page_zh}{check.statement.zh}：印为 {_terms(check.left, money)}，应等于 {_terms(check.right, money)}，"
        f"相差 {money(gap, unit)}。其余各数不变时，左边应为 {right_zh}{rounded_zh}。{mend.zh}"
    )
    en = (
        f"{page_en}{check.statement.en}: printed {_terms(check.left, money_en)}, should equal "
        f"{_terms(check.right, money_en)}; {money_en(gap, unit)} apart. With the other figures as printed, the left "
        f"side would have to be {right_en}{rounded_en}. {mend.en}"
    )
    return Sentence(zh, en.rstrip())


def _terms(terms: Sequence[Term], money_of: object) -> str:
    to_text = money if money_of is money else money_en
    if not terms:
        return "0（该表没有列出此项）" if to_text is money else "0 (that table does not list it)"
    shown = [_term(term, to_text(term.figure.amount, term.figure.unit)) for term in terms[:_SHOWN]]
    joined = " ".join(shown).removeprefix("+ ")
    if len(terms) == 1:
        return joined
    sum_of = sum((term.weight * term.figure.amount for term in terms), ZERO)
    rest = " + …" if len(terms) > _SHOWN else ""
    return f"{joined}{rest} = {to_text(sum_of, terms[0].figure.unit)}"


def _term(term: Term, amount: str) -> str:
    sign = "-" if term.weight < 0 else "+"
    label = f"{term.figure.label} " if term.figure.label else ""
    page = f" (p.{term.figure.page})" if term.figure.page else ""
    return f"{sign} {label}{amount}{page}"


def _explain_repair(repair: Repair | None) -> Sentence:
    if repair is None:
        return Sentence("", "")
    figure = repair.figure
    low, high = repair.right.low, repair.right.high
    zh, en = _amount_or_range(repair.value, low, high, figure.unit)
    slip_zh, slip_en = ("，与所印只差一处笔误", ", one slip away from what is printed") if repair.by_slip else ("", "")
    page_zh, page_en = _page(figure.page)
    return Sentence(
        f"只改一个数而使全部勾稽成立的，仅有{page_zh}{figure.label}"
        f"（现印 {figure.printed} {figure.unit}），应为 {zh}{slip_zh}。",
        f"One figure alone, if changed, makes every identity hold: {page_en}{figure.label} (printed {figure.printed}), "
        f"which would be {en}{slip_en}.",
    )


def _amount_or_range(value: Decimal | None, low: Decimal, high: Decimal, unit: str) -> tuple[str, str]:
    if value is not None:
        return money(value, unit), money_en(value, unit)
    return f"{money(low, unit)} 至 {money(high, unit)}", f"{money_en(low, unit)} to {money_en(high, unit)}"


def _page(page: int | None) -> tuple[str, str]:
    return (f"第{page}页", f"Page {page}: ") if page else ("", "")


def _conflict(conflict: Sequence[Check]) -> Record:
    zh = "；".join(check.statement.zh for check in conflict)
    en = "; ".join(check.statement.en for check in conflict)
    cells = dict.fromkeys(cell for check in conflict for cell in check.cell_ids)
    sentence = Sentence(
        f"以下{len(conflict)}条勾稽关系各自在四舍五入之内，但没有一组真值能使它们同时成立：{zh}。",
        f"Each of these {len(conflict)} identities holds within rounding, but no set of true amounts meets them all at "
        f"once: {en}.",
    )
    return {
        "finding_id": f"feasibility:{conflict[0].check_id}",
        "check_id": conflict[0].check_id,
        "severity": "error",
        "verdict": "undetermined",
        "code": INFEASIBLE,
        "explanation": both(sentence),
        "page": conflict[0].page,
        "cell_ids": list(cells),
    }


def _definitions(checks: Iterable[Check]) -> list[Record]:
    """One finding a family, where a document defines its two sides otherwise than the family does."""
    aside: dict[str, list[Check]] = {}
    for check in checks:
        if check.other_definition:
            aside.setdefault(check.family.id, []).append(check)
    return [_definition(group) for group in aside.values()]


def _definition(checks: Sequence[Check]) -> Record:
    first = checks[0]
    if isinstance(first.family.form, Structure):
        return _definition_row(first, _custom(first, len(checks)))
    sentence = Sentence(
        f"{first.family.name.zh}：本文件有{len(checks)}处两边不等，口径与此关系不同，不作错误（如：{first.statement.zh}）。",
        f"{first.family.name.en}: the two sides differ in {len(checks)} places; the document defines them otherwise, "
        f"which is no error (such as: {first.statement.en}).",
    )
    return _definition_row(first, sentence)


def _custom(first: Check, places: int) -> Sentence:
    return Sentence(
        f"{first.family.name.zh}：本文件有{places}处不是如此，可见另有惯例，不作错误（如：{first.statement.zh}）。",
        f"{first.family.name.en}: it is not so in {places} places; the document follows a custom of its own, which is "
        f"no error (such as: {first.statement.en}).",
    )


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
