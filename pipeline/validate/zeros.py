"""A printed zero says that there is none: templates print 0.00 where others leave the cell blank.

So of the parts of a sum those printed as zero are none, rounded or not, and a total whose other parts are blank or
zero is its only part printed again: both must be equal. Amounts too small to be printed do exist (interest of a few
yuan in a table in 万元), and now and then take a total over the next last place. Then the total and its other parts are
each printed again elsewhere, with the same amounts: what a wrong figure would not be. Such a sum holds within rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.validate.check import Check
from pipeline.validate.intervals import is_same_fact, judge, without_zeros


def with_what_is_too_small(checks: Sequence[Check]) -> list[Check]:
    """The checks; one that fails by no more than its rounding holds where each of its figures is printed again."""
    near = {id(check): within for check in checks if (within := within_rounding(check)) is not None}
    if not near:
        return list(checks)
    again = _printed_again(checks)
    return [near[id(check)] if id(check) in near and _names(check) <= again else check for check in checks]


def within_rounding(check: Check) -> Check | None:
    """A failing sum, judged with its zeros as amounts too small to be printed, where it holds so."""
    if not check.fails or not check.right or all(term.figure.amount for term in (*check.left, *check.right)):
        return None
    judgement = judge(check.left, check.right)
    return check._replace(judgement=judgement) if judgement.outcome != "fails" else None


def _printed_again(checks: Iterable[Check]) -> set[str]:
    """The figures that equal another one, as they must."""
    names: set[str] = set()
    for check in checks:
        if check.judgement.outcome == "exact" and check.left and is_same_fact(*without_zeros(check.left, check.right)):
            names |= _names(check)
    return names


def _names(check: Check) -> set[str]:
    return {term.figure.name for term in (*check.left, *check.right) if term.figure.amount}
