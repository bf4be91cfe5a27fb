"""Families of sums on one document, under one reading of each; and what is no failure, though it fails."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check, check_id
from pipeline.validate.columns import Key
from pipeline.validate.figures import number_in
from pipeline.validate.identities import Family, Selector, Structure, Sum
from pipeline.validate.intervals import ZERO, Judgement, Term, judge, judge_printed, total
from pipeline.validate.rows.model import Record, label_of
from pipeline.validate.selectors import Selection, Side
from pipeline.validate.slips import slips_of
from pipeline.validate.words import NO_WORDS, Filled, Sentence

_MAJORITY = Decimal(2) / Decimal(3)
_FEW = 3
_ONE_IN_EACH = 2
_LINES = ("row_no", "column_no")


def checks_under(family: Family, keys: Sequence[Key], form: Sum, selection: Selection) -> list[Check]:
    """The checks under the only reading of the right side that the form has."""
    (right,) = form.readings
    left_of, right_of = selection.side_of(form.left), selection.side_of(right)
    needed = [selection.listing([selector]) for selector in (*form.left, *right) if selector.required]
    is_listed = selection.listing(right)
    more_of = selection.side_of(form.leeway)
    judged = [
        (key, _sum_check(family, left_of(key), _against(right, right_of(key), key, selection), selection))
        for key in keys
        if (is_listed(key) or _is_absent(form, key, selection)) and all(each(key) for each in needed)
    ]
    return [
        _with_what_it_is(_within(more_of(key).terms, check), form, selection) if check.fails else check
        for key, check in judged
    ]


def _within(leeway: Sequence[Term], check: Check) -> Check:
    """The check, saying nothing where the left side is more than the right one by no more than the leeway."""
    more = check.judgement.left - check.judgement.right
    is_within = ZERO < more <= total(leeway) + check.judgement.tolerance
    return _misread(check) if leeway and is_within else check


def _with_what_it_is(check: Check, form: Sum, selection: Selection) -> Check:
    """The check with the first of the other sums that its left side exactly is; unchanged where it is none of them."""
    for other in form.instead:
        terms = selection.side_of(other.side)(()).terms
        if sum(1 for term in terms if term.figure.amount) > 1 and total(terms) == check.judgement.left:
            return check._replace(instead=Sentence(other.name.zh, other.name.en))
    return check


def _is_absent(form: Sum, key: Key, selection: Selection) -> bool:
    """Whether the right side lists others like the key, and so says that there is none of it."""
    return form.absent_is_zero and any(selection.listed_like(selector, key) for selector in form.readings[0])


def _against(right: Sequence[Selector], side: Side, key: Key, selection: Selection) -> Side:
    """The right side; where it lists nothing under the key no terms, beside the rows that it lists instead."""
    if side.rows:
        return side
    return side._replace(rows=tuple(row for selector in right for row in selection.listed_like(selector, key)))


def _sum_check(family: Family, left: Side, right: Side, selection: Selection) -> Check:
    judgement = judge_printed(left.terms, right.terms)
    # what is printed twice with two amounts is two facts where both together hold
    unsure = left.blocked or right.blocked or _touches_unread(left, right, selection)
    if judgement.outcome == "fails" and (unsure or _is_left_out(judgement, left, right, selection)):
        judgement = judgement._replace(outcome="blocked")
    cells = [cell for term in (*left.terms, *right.terms) for cell in term.figure.cell_ids]
    return Check(
        check_id=check_id(family, left.rows[0]),
        family=family,
        statement=Filled(family.statement, left.rows[0], right.rows),
        judgement=judgement,
        left=left.terms,
        right=right.terms,
        cell_ids=tuple(dict.fromkeys(cells)),
        page=left.terms[0].figure.page,
        detail=_said_elsewhere(left, right) if judgement.outcome == "fails" and not right.terms else NO_WORDS,
        decides=not unsure and False not in [row.get("near") for row in left.rows],  # no two sought for being equal
    )


def _said_elsewhere(left: Side, right: Side) -> Sentence:
    """Where the other table lists nothing under the key: that it lists the same amount under another name."""
    amount = total(left.terms)
    same = next((row for row in right.rows if number_in(row, "amount") == amount), None)
    if same is None or not amount:
        return NO_WORDS
    label, page = label_of(same), same.get("page")
    return Sentence(
        f"该表第{page}页“{label}”的数与此相同，可能是两表中有一处印错了名称",
        f"The amount is that of “{label}” on page {page} of that table: one of the two may bear the wrong name",
    )


def _touches_unread(left: Side, right: Side, selection: Selection) -> bool:
    """Whether a number that nobody could place stands in the very row or column that the sum runs along.

    Where only one side's terms stand in one line of a table, that number must be what the sum lacks.
    """
    if not selection.has_unread:
        return False
    both = (*left.rows, *right.rows)
    if any(_unread_in_line(both, name, selection) for name in _LINES):
        return True
    judgement = judge(left.terms, right.terms)
    sides = [side.rows for side in (left, right) if len(side.terms) > 1]
    unread = [number for rows in sides for name in _LINES for number in _unread_in_line(rows, name, selection)]
    return any(abs(abs(judgement.difference) - number) <= judgement.tolerance for number in unread)


def _unread_in_line(rows: Sequence[Record], name: str, selection: Selection) -> list[Decimal]:
    """The unread numbers, in yuan, of the one line (``name``: row_no or column_no) that all the rows stand in."""
    in_tables = [row for row in rows if "row_no" in row]
    along = {(row.get("table_no"), row.get(name)) for row in in_tables}
    if len(along) != 1:
        return []
    unit = MONEY_UNITS.get(str(in_tables[0].get("unit")), Decimal(1))
    return [number * unit for number in selection.unread_along(name).get(along.pop(), ())]


def _is_left_out(judgement: Judgement, left: Side, right: Side, selection: Selection) -> bool:
    """Whether the difference is what the line shows in columns outside the dataset, which so are parts of the sum."""
    rows = [row for row in (*left.rows, *right.rows) if "row_no" in row]
    lines = {(row.get("table_no"), row.get("row_no")) for row in rows}
    numbers = selection.left_out(*lines.pop()) if len(lines) == 1 else ()
    if not numbers or not judgement.difference:
        return False
    unit = MONEY_UNITS.get(str(rows[0].get("unit")), Decimal(1))
    missing = (number * unit for number in (*numbers, sum(numbers)) if number)
    return any(abs(abs(judgement.difference) - amount) <= judgement.tolerance for amount in missing)


# --- failures that are none ------------------------------------------------------------------------------------------


def by_definition(checks: Sequence[Check]) -> list[Check]:
    """Set failing checks aside where the document evidently defines the two sides otherwise than the family does.

    With three checks or more the document follows the family when two thirds hold, and those that fail are errors.
    With fewer, two figures that differ as by a slip of the pen (one digit, two digits swapped, a shifted point) were
    meant to be equal; others were not.
    """
    judged = [check for check in checks if check.judgement.outcome in ("exact", "within_rounding", "fails")]
    fails = [check for check in judged if check.fails]
    follows = len(judged) >= _FEW and len(judged) - len(fails) >= _MAJORITY * len(judged)
    if len(judged) >= _FEW and len(judged) - len(fails) - 1 < _MAJORITY * len(judged):
        checks = [check if check.fails else check._replace(decides=False) for check in checks]
    if not fails or follows:
        return list(checks)
    few, crossed = len(judged) < _FEW, _crossed(fails)
    return [
        check
        if not check.fails or (few and _meant_equal(check)) or check.in_another_unit or check in crossed
        else set_aside(check)
        for check in checks
    ]


def _crossed(fails: Sequence[Check]) -> Sequence[Check]:
    """The checks of which two each have on the left what the other has on the right: two rows changed places."""
    single = [check for check in fails if len(check.left) == len(check.right) == 1]
    return [check for check in single if any(_changed_places(check, each) for each in single)]


def _changed_places(one: Check, other: Check) -> bool:
    """Whether each left is the other's right, but for the last printed place."""
    here, there = one.judgement, other.judgement
    slack = 2 * max(term.figure.half_unit for check in (one, other) for term in (*check.left, *check.right))
    apart = (abs(here.left - there.right), abs(there.left - here.right))
    return max(apart) <= slack < abs(here.difference)


def only_slips(checks: Sequence[Check]) -> list[Check]:
    """Set failing checks aside where the words were not about the figures that the family took them to be."""
    meant = _crossed([check for check in checks if check.fails])
    return [c if not c.fails or _meant_equal(c) or c in meant else _misread(c) for c in checks]


def _meant_equal(check: Check) -> bool:
    """Whether a slip in one of the figures, or its unit, explains the difference; of two lists, one name in each."""
    if isinstance(check.family.form, Structure):
        return check.family.form.rule == "same_set" and check.judgement.left <= _ONE_IN_EACH
    if check.in_another_unit or check.odd_unit is not None:
        return True
    signed = [*check.left, *(Term(term.figure, -term.weight) for term in check.right)]
    allowed = check.judgement.tolerance
    return any(
        abs(check.judgement.difference + term.weight * (value - term.figure.amount)) <= allowed
        for term in signed
        for value in slips_of(term.figure.amount)
    )


def _misread(check: Check) -> Check:
    return check._replace(judgement=check.judgement._replace(outcome="not_applicable"))


def set_aside(check: Check) -> Check:
    """The check as one of a definition that the document does not share."""
    return check._replace(judgement=check.judgement._replace(outcome="not_applicable"), other_definition=True)
