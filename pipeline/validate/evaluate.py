"""The evaluator of linear identities and percentages: families in, checks out. It knows no layout and no place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.validate.identities import Family, Identities, Ratio, Selector, Structure, Sum
from pipeline.validate.intervals import ZERO, Judgement, Term, judge, judge_ratio
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.selectors import Key, Selection, Side
from pipeline.validate.slips import slips_of
from pipeline.validate.structure import Verdict, examine
from pipeline.validate.words import NO_WORDS, Sentence, ratio_words, sentence

NOT_APPLICABLE = Judgement(ZERO, ZERO, ZERO, ZERO, "not_applicable")
_MAJORITY = Decimal(2) / Decimal(3)
_FEW = 3


@dataclass(frozen=True)
class Check:
    """One identity on one document under one key.

    ``left`` and ``right`` are the figures of a linear identity (none for a structure); ``cell_ids`` every operand;
    ``detail`` names what breaks a structure, ``failure`` says it in the family's own words; ``other_definition`` marks
    a check that was set aside because the document's own figures follow another definition.
    """

    check_id: str
    family: Family
    statement: Sentence
    judgement: Judgement
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    cell_ids: tuple[str, ...] = ()
    page: int | None = None
    detail: Sentence = NO_WORDS
    failure: Sentence = NO_WORDS
    other_definition: bool = False

    @property
    def fails(self) -> bool:
        """Whether the identity does not hold."""
        return self.judgement.outcome == "fails"

    @property
    def is_linear(self) -> bool:
        """Whether it is an equality between sums of figures, judged or to be judged."""
        return isinstance(self.family.form, Sum) and self.judgement.outcome in ("exact", "within_rounding", "fails")


def evaluate(records: Records, identities: Identities) -> list[Check]:
    """Every family on one document: at least one check each; check_ids are unique and stable."""
    selection = Selection(records)
    checks: list[Check] = []
    for family in identities.families:
        found = list(_checks(family, selection)) if _applies(family, selection) else []
        checks += found or [_not_applicable(family)]
    return _with_unique_ids(checks)


def _applies(family: Family, selection: Selection) -> bool:
    return all(any(selection.admits(guard) for guard in alternatives) for alternatives in family.when)


def _not_applicable(family: Family) -> Check:
    words = Sentence(f"{family.name.zh}：本文件没有相应的数字", f"{family.name.en}: no such figures in this document")
    return Check(family.id, family, words, NOT_APPLICABLE)


def _checks(family: Family, selection: Selection) -> Iterator[Check]:
    checks = list(_worked(family, selection))
    if family.definition_may_differ:
        checks = by_definition(checks)
    if family.fails_only_as_slip:
        checks = [check if not check.fails or _meant_equal(check) else _misread(check) for check in checks]
    yield from checks


def _worked(family: Family, selection: Selection) -> Iterable[Check]:
    if isinstance(family.form, Sum):
        return _best_reading(family, family.form, selection)
    if isinstance(family.form, Ratio):
        return _ratio_checks(family, family.form, selection)
    return _structure_checks(family, family.form, selection)


# --- sums ------------------------------------------------------------------------------------------------------------


def _best_reading(family: Family, form: Sum, selection: Selection) -> list[Check]:
    """The checks under the reading of the right side that is followed throughout: the one that holds most often.

    A document follows one reading; within tables, whose keys begin with the table, each table one of its own.
    """
    keys: dict[object, list[Key]] = defaultdict(list)
    for key in selection.groups(form.left[0]):
        keys[key[0] if family.scope == "within_table" else None].append(key)
    return [check for group in keys.values() for check in _best(family, form, group, selection)]


def _best(family: Family, form: Sum, keys: Sequence[Key], selection: Selection) -> list[Check]:
    readings = [_sum_checks(family, keys, form.left, right, selection) for right in form.readings]
    worked = [checks for checks in readings if checks]
    best = min(worked, key=lambda checks: sum(1 if check.fails else -1 for check in checks), default=[])
    if family.only_first_asserts and best is not readings[0]:
        return [_set_aside(check) if check.fails else check for check in best]
    return best


def _sum_checks(
    family: Family, keys: Sequence[Key], left: Sequence[Selector], right: Sequence[Selector], selection: Selection
) -> list[Check]:
    needed = [selector for selector in (*left, *right) if selector.required]
    return [
        _sum_check(family, selection.side(left, key), selection.side(right, key), selection.records)
        for key in keys
        if _is_key(key)
        and any(selection.under(selector, key) for selector in right)
        and all(selection.under(selector, key) for selector in needed)
    ]


def _is_key(key: Key) -> bool:
    """A key with its last part missing names nothing: a figure that is part of no other."""
    return not key or key[-1] is not None


def _sum_check(family: Family, left: Side, right: Side, records: Records) -> Check:
    judgement = judge(left.terms, right.terms)
    if left.blocked or right.blocked or (judgement.outcome == "fails" and _touches_unread(left, right, records)):
        judgement = replace(judgement, outcome="blocked")
    terms = (*left.terms, *right.terms)
    return Check(
        check_id=_check_id(family, left.rows[0]),
        family=family,
        statement=sentence(family.statement, left.rows[0], right.rows),
        judgement=judgement,
        left=left.terms,
        right=right.terms,
        cell_ids=tuple(dict.fromkeys(cell for term in terms for cell in term.figure.cell_ids)),
        page=left.terms[0].figure.page,
    )


def _touches_unread(left: Side, right: Side, records: Records) -> bool:
    """Whether a number that nobody could place stands in the very row or column that the sum runs along."""
    rows = [row for row in (*left.rows, *right.rows) if "row_no" in row]
    for name in ("row_no", "column_no"):
        along = {(row.get("table_no"), row.get(name)) for row in rows}
        unread = {(cell.get("table_no"), cell.get(name)) for cell in records.of("cells")}
        if len(along) == 1 and along & unread:
            return True
    return False


def by_definition(checks: Sequence[Check]) -> list[Check]:
    """Set failing checks aside where the document evidently defines the two sides otherwise than the family does.

    With three checks or more the document follows the family when two thirds hold, and those that fail are errors.
    With fewer, two figures that differ as by a slip of the pen (one digit, two digits swapped, a shifted point) were
    meant to be equal; others were not.
    """
    judged = [check for check in checks if check.judgement.outcome in ("exact", "within_rounding", "fails")]
    fails = [check for check in judged if check.fails]
    follows = len(judged) >= _FEW and len(judged) - len(fails) >= _MAJORITY * len(judged)
    if not fails or follows:
        return list(checks)
    return [check if not check.fails or _meant_equal(check) else _set_aside(check) for check in checks]


def _meant_equal(check: Check) -> bool:
    """Whether a slip in one of the figures explains the difference."""
    signed = [*check.left, *(Term(term.figure, -term.weight) for term in check.right)]
    allowed = check.judgement.tolerance
    return any(
        abs(check.judgement.difference + term.weight * (value - term.figure.amount)) <= allowed
        for term in signed
        for value in slips_of(term.figure.amount)
    )


def _misread(check: Check) -> Check:
    """The words were not about the figures that the family took them to be: nothing to tell."""
    return replace(check, judgement=replace(check.judgement, outcome="not_applicable"))


def _set_aside(check: Check) -> Check:
    return replace(check, judgement=replace(check.judgement, outcome="not_applicable"), other_definition=True)


# --- percentages and structures --------------------------------------------------------------------------------------


def _ratio_checks(family: Family, form: Ratio, selection: Selection) -> Iterator[Check]:
    for key in selection.groups(form.percent):
        sides = [selection.side([selector], key) for selector in (form.percent, form.numerator, form.denominator)]
        if any(len(side.terms) != 1 for side in sides):
            continue
        percent, numerator, denominator = (side.terms[0].figure for side in sides)
        judgement = judge_ratio(percent, numerator, denominator)
        if judgement is None:
            continue
        yield Check(
            check_id=_check_id(family, sides[0].rows[0]),
            family=family,
            statement=sentence(family.statement, sides[0].rows[0], sides[1].rows),
            judgement=judgement,
            cell_ids=tuple(cell for side in sides for term in side.terms for cell in term.figure.cell_ids),
            page=percent.page,
            detail=ratio_words(percent, numerator, denominator),
        )


def _structure_checks(family: Family, form: Structure, selection: Selection) -> Iterator[Check]:
    for verdict in examine(form, selection):
        first = (verdict.broken or verdict.rows)[0]
        wrong = family.failure if verdict.broken else None
        yield Check(
            check_id=_check_id(family, first),
            family=family,
            statement=sentence(family.statement, first, verdict.rows[1:]),
            judgement=_counted(verdict),
            cell_ids=verdict.cell_ids,
            page=verdict.page,
            detail=Sentence(verdict.detail_zh, verdict.detail_en),
            failure=sentence(wrong, first, verdict.rows[1:]) if wrong else NO_WORDS,
        )


def _counted(verdict: Verdict) -> Judgement:
    found, wanted = Decimal(verdict.found), Decimal(verdict.wanted)
    return Judgement(found, wanted, found - wanted, ZERO, "exact" if found == wanted else "fails")


# --- names -----------------------------------------------------------------------------------------------------------


class _Parts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return ""


def _check_id(family: Family, row: Record) -> str:
    code = row.get("subject_code") or row.get("economic") or ""
    known = {
        "t": f"t{row.get('table_no')}",
        "code": code or ("total" if row.get("top") else f"r{row.get('row_no')}"),
        "column": row.get("short_column"),
        "row": f"r{row.get('row_no')}",
    }
    return family.check_id.format_map(_Parts({**row, **known, "id": family.id}))


def _with_unique_ids(checks: Sequence[Check]) -> list[Check]:
    seen: Counter[str] = Counter()
    result = []
    for check in checks:
        seen[check.check_id] += 1
        times = seen[check.check_id]
        result.append(check if times == 1 else replace(check, check_id=f"{check.check_id}~{times}"))
    return result
