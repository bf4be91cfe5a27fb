"""The reading of a sum that a document follows, where its family knows several.

A document follows one reading throughout; within tables, whose keys begin with the table, each table one of its own. It
is the one that holds most often. Where several hold as often, it is the one with which what fails is told by what
fails elsewhere too: one wrong figure is off by as much wherever it is printed again. Where none is, it is the nearest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.validate.check import Check
from pipeline.validate.columns import Key
from pipeline.validate.identities import Family, Sum
from pipeline.validate.intervals import ZERO
from pipeline.validate.selectors import Selection
from pipeline.validate.sums import checks_under, set_aside

_FEW = 3
# what a check says of a reading; one that holds speaks for it
_AGAINST = {"fails": 1, "blocked": 0, "not_applicable": 0}
Gaps = Mapping[str, Collection[Decimal]]
"""How far off, in yuan, the failing sums are that each figure, by name, enters into."""


def sum_checks(family: Family, form: Sum, selection: Selection) -> list[Check]:
    """The checks under the reading of the right side that is followed throughout: the one that holds most often, or
    misses by least. A failing check knows those of the other readings that hold as often (``rivals``)."""
    if not form.absent_is_zero:
        selection.meet(form.left[0], [selector for reading in form.readings for selector in reading])
    keys: dict[object, list[Key]] = defaultdict(list)
    for key in selection.groups(form.left[0]):
        keys[key[0] if family.scope == "within_table" else None].append(key)
    return [check for group in keys.values() for check in _best(family, form, group, selection)]


def _best(family: Family, form: Sum, keys: Sequence[Key], selection: Selection) -> list[Check]:
    readings: list[list[Check]] = []
    for place, right in enumerate(form.readings):
        leeway = form.leeway if place == 0 else ()
        readings.append(checks_under(family, keys, replace(form, readings=(right,), leeway=leeway), selection))
        if _misfit(readings[-1]) == -len(keys):
            break  # no other reading holds more often
    if family.scope == "within_table" and _all_but_one(readings[0]):
        return readings[0]  # one wrong figure does not bring about another reading of a table
    # only what holds more often overrules a first reading that alone asserts
    best = min(filter(None, readings), key=_misfit if family.only_first_asserts else _nearest, default=[])
    if family.only_first_asserts:
        return best if best is readings[0] else [_not_asserted(check) for check in best]
    return _with_rivals(best, readings)


def _not_asserted(check: Check) -> Check:
    return set_aside(check) if check.fails else check._replace(decides=False)


def _with_rivals(best: list[Check], readings: Iterable[Sequence[Check]]) -> list[Check]:
    """The checks of a reading, those of the other readings that hold as often beside its first failing one."""
    first = next((place for place, check in enumerate(best) if check.fails), None)
    if first is None:
        return best
    likely = (_misfit(best), len(best))
    rivals = [each for each in readings if each is not best and (_misfit(each), len(each)) == likely]
    if not rivals:
        return best
    return [*best[:first], best[first]._replace(rivals=(best, *rivals)), *best[first + 1 :]]


def _all_but_one(checks: Sequence[Check]) -> bool:
    """Whether one alone fails, and three others or more hold."""
    outcomes = Counter(check.judgement.outcome for check in checks)
    return outcomes["fails"] == 1 and outcomes["exact"] + outcomes["within_rounding"] >= _FEW


def _misfit(checks: Sequence[Check]) -> int:
    """How many fail, less those that hold; what is blocked says nothing."""
    return sum(_AGAINST.get(check.judgement.outcome, -1) for check in checks)


def _nearest(checks: Sequence[Check]) -> tuple[int, int, Decimal]:
    """The same; of readings as good, the one that asks more, then the one that is less far off."""
    apart = (abs(check.judgement.difference) for check in checks if check.fails)
    return _misfit(checks), -len(checks), sum(apart, ZERO)


# --- by what fails elsewhere -----------------------------------------------------------------------------------------


def as_others_fail(checks: Sequence[Check]) -> list[Check]:
    """The checks, those of another reading in the place of the nearest where what fails elsewhere is as far off for the
    same figures with that one alone. A family that sets checks aside for reasons of its own keeps its reading."""
    undecided = [place for place, check in enumerate(checks) if check.rivals and check.fails and _keeps(check.family)]
    instead: dict[int, Check] = {}
    for place in undecided:
        best, *others = checks[place].rivals
        gaps = _gaps(each for each in checks if each.family.id != checks[place].family.id)
        met = [each for each in (best, *others) if all(_is_met(check, gaps) for check in each if check.fails)]
        if len(met) == 1 and met[0] is not best:
            start = place - next(before for before, check in enumerate(best) if check.fails)
            instead.update(enumerate(met[0], start))
    return [instead.get(place, check) for place, check in enumerate(checks)] if instead else list(checks)


def _keeps(family: Family) -> bool:
    """Whether a family's failing checks are what its reading made them."""
    return not family.definition_may_differ and not family.fails_only_as_slip


def _gaps(checks: Iterable[Check]) -> Gaps:
    gaps: dict[str, set[Decimal]] = defaultdict(set)
    for check in checks:
        if check.fails and check.right and check.family.kind == "assert":
            for term in (*check.left, *check.right):
                gaps[term.figure.name].add(abs(check.judgement.difference))
    return gaps


def _is_met(check: Check, gaps: Gaps) -> bool:
    """Whether a figure of a failing check is as far off elsewhere; or twice as far, where it changed places with a part
    of itself."""
    apart = {abs(check.judgement.difference), 2 * abs(check.judgement.difference)}
    return any(not apart.isdisjoint(gaps.get(term.figure.name, ())) for term in (*check.left, *check.right))
