"""The evaluator: families in, checks out. It knows no layout and no place.

Sums are worked in ``sums`` and ``readings``, structures examined in ``structure``; percentages and quotients are judged
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check, check_id, not_applicable, with_unique_ids
from pipeline.validate.identities import Family, Identities, Quotient, Ratio, Structure, Sum
from pipeline.validate.intervals import HALF_FEN, ZERO, Judgement, judge_quotient, judge_ratio
from pipeline.validate.ratio_slips import slip_words
from pipeline.validate.ratios import part_of, ratio_words
from pipeline.validate.readings import as_others_fail, sum_checks
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.rows.spoken import worked_out
from pipeline.validate.selectors import Selection
from pipeline.validate.structure import Verdict, examine
from pipeline.validate.sums import by_definition, only_slips
from pipeline.validate.words import NO_WORDS, Filled, Said, Sentence
from pipeline.validate.zeros import with_what_is_too_small

_TWO, _FEW = 2, 3
_ROUNDED = Decimal("0.1")


def evaluate(records: Records, identities: Identities, *, fen_is_exact: bool | None = None) -> list[Check]:
    """Every family on one document: at least one check each; check_ids are unique and stable.

    ``fen_is_exact``: whether a figure printed to the fen is that amount, where it is known; else the sums tell it.
    """
    checks = _evaluated(Selection(records, identities.families, fen_is_exact=fen_is_exact is not False), identities)
    if fen_is_exact is None and _rounds_to_the_fen(checks):
        checks = _evaluated(Selection(records, identities.families, fen_is_exact=False), identities)
    return with_unique_ids(as_others_fail(with_what_is_too_small(checks)))


def takes_fen_as_exact(checks: Sequence[Check]) -> bool:
    """Whether these checks take a figure printed to the fen for that amount."""
    figures = (term.figure for check in checks for term in (*check.left, *check.right))
    return not any(each.half_unit == HALF_FEN and each.unit in MONEY_UNITS and each.printed for each in figures)


def _rounds_to_the_fen(checks: Sequence[Check]) -> bool:
    """Whether a document's figures in fen were themselves rounded: more than a tenth of its sums miss by so little."""
    sums = [check for check in checks if check.is_linear and len(check.left) + len(check.right) > _TWO]
    missed = [check for check in sums if check.misses_by_fen]
    return len(missed) >= _FEW and len(missed) > _ROUNDED * len(sums)


def _evaluated(selection: Selection, identities: Identities) -> list[Check]:
    checks: list[Check] = []
    for family in identities.families:
        found = _checks(family, selection) if _applies(family, selection) else []
        checks += found or [not_applicable(family)]
    return checks


def _applies(family: Family, selection: Selection) -> bool:
    return all(any(selection.admits(guard) for guard in alternatives) for alternatives in family.when)


def _checks(family: Family, selection: Selection) -> list[Check]:
    checks = list(_worked(family, selection))
    if any(selection.rows(selector) for selector in family.blocked_by):
        checks = [_blocked(check) if check.fails else check for check in checks]
    if family.definition_may_differ:
        checks = by_definition(checks)
    return only_slips(checks) if family.fails_only_as_slip else checks


def _blocked(check: Check) -> Check:
    return check._replace(judgement=check.judgement._replace(outcome="blocked"))


def _worked(family: Family, selection: Selection) -> Iterable[Check]:
    if isinstance(family.form, Sum):
        return sum_checks(family, family.form, selection)
    if isinstance(family.form, Ratio):
        return _ratio_checks(family, family.form, selection)
    if isinstance(family.form, Quotient):
        return _quotient_checks(family, family.form, selection)
    return _structure_checks(family, family.form, selection)


# --- percentages, quotients and structures --------------------------------------------------------------------------


def _ratio_checks(family: Family, form: Ratio, selection: Selection) -> Iterator[Check]:
    selection.meet(form.percent, [form.numerator])
    selection.meet(form.percent, [form.denominator])
    parts = [selection.side_of([selector]) for selector in (form.percent, form.numerator, form.denominator)]
    for key in selection.groups(form.percent):
        sides = [side_of(key) for side_of in parts]
        if any(len(side.terms) != 1 for side in sides):
            continue
        percent, numerator, denominator = (worked_out(side.terms[0].figure, side.rows[0]) for side in sides)
        others = (*sides[2].rows, *sides[1].rows)
        judgement = judge_ratio(percent, numerator, denominator)
        if judgement is None:
            continue
        parts_of = part_of(numerator, sides[1].rows[0]), part_of(denominator, sides[2].rows[0])
        detail = ratio_words(percent, *parts_of)
        if judgement.outcome == "fails" and abs(judgement.difference) > judgement.tolerance + 2 * percent.half_unit:
            slip = slip_words(percent, *parts_of, (sides[1].rows[0], sides[2].rows[0]))
            detail = Sentence(detail.zh + slip.zh, detail.en + slip.en)
        yield Check(
            check_id=check_id(family, sides[0].rows[0]),
            family=family,
            statement=Filled(family.statement, sides[0].rows[0], others),
            judgement=judgement,
            cell_ids=tuple(cell for side in sides for term in side.terms for cell in term.figure.cell_ids),
            page=percent.page,
            place=2 * percent.half_unit,
            ratio=(percent, numerator, denominator),
            detail=detail,
            failure=_failure(family, sides[0].rows[0], others) if judgement.outcome == "fails" else NO_WORDS,
        )


def _quotient_checks(family: Family, form: Quotient, selection: Selection) -> Iterator[Check]:
    parts = [selection.side_of([selector]) for selector in (form.numerator, form.denominator)]
    for key in selection.groups(form.numerator):
        sides = [side_of(key) for side_of in parts]
        if any(len(side.terms) != 1 for side in sides):
            continue
        numerator, denominator = (side.terms[0].figure for side in sides)
        judgement = judge_quotient(numerator, denominator, form.low, form.high)
        if judgement is None:
            continue
        yield Check(
            check_id=check_id(family, sides[0].rows[0]),
            family=family,
            statement=Filled(family.statement, sides[0].rows[0], sides[1].rows),
            judgement=judgement,
            cell_ids=(*numerator.cell_ids, *denominator.cell_ids),
            page=numerator.page,
        )


def _structure_checks(family: Family, form: Structure, selection: Selection) -> Iterator[Check]:
    for verdict in examine(form, selection):
        first = (verdict.broken or verdict.rows)[0]
        yield Check(
            check_id=check_id(family, first),
            family=family,
            statement=Filled(family.statement, first, verdict.rows[1:]),
            judgement=_counted(verdict),
            cell_ids=verdict.cell_ids,
            page=verdict.page,
            detail=Sentence(verdict.detail_zh, verdict.detail_en),
            failure=_failure(family, first, verdict.rows[1:]) if verdict.broken else NO_WORDS,
            spoken=str(first.get("figure_key") or ""),
            beside=str(first.get("base_key") or ""),
        )


def _failure(family: Family, row: Record, others: Sequence[Record]) -> Said:
    return Filled(family.failure, row, others) if family.failure else NO_WORDS


def _counted(verdict: Verdict) -> Judgement:
    found, wanted = Decimal(verdict.found), Decimal(verdict.wanted)
    return Judgement(found, wanted, found - wanted, ZERO, "exact" if found == wanted else "fails")
