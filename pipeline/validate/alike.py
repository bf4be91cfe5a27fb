"""Failures that are one fault: what is printed alike in several places, and shares reckoned of another whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check
from pipeline.validate.intervals import Figure, Interval
from pipeline.validate.money import money, money_en
from pipeline.validate.words import Sentence

_SEVERAL = 2
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class OtherWhole:
    """What several shares that fail were reckoned of: the name of their group, and what is said of it."""

    group: str
    said: Sentence


def printed_alike(check: Check) -> str:
    """The name of what says the same wherever it is printed: a percentage with its two figures, a rule about words with
    what breaks it. Empty for sums."""
    if check.ratio:
        return f"rate {check.family.id} {' '.join(str(figure.amount) for figure in check.ratio)}"
    return f"words {check.family.id} {check.failure.zh} {check.detail.zh}" if check.failure.zh else ""


def other_wholes(failing: Sequence[Check]) -> Mapping[str, OtherWhole]:
    """By check: the one whole that all shares of a family which fail of another would be right of."""
    shares: dict[tuple[str, Decimal], list[Check]] = defaultdict(list)
    for check in failing:
        if check.ratio and not check.misses_by_last_place:
            shares[check.family.id, check.ratio[2].amount].append(check)
    return {check.check_id: whole for checks in shares.values() for check, whole in _of_one_whole(checks)}


def _of_one_whole(checks: Sequence[Check]) -> Iterator[tuple[Check, OtherWhole]]:
    implied = [_whole_of(*check.ratio[:2]) for check in checks]
    spans = [each for each in implied if each is not None]
    if len({check.ratio[1].amount for check in checks}) < _SEVERAL or len(spans) < len(checks):
        return
    low, high = max(each.low for each in spans), min(each.high for each in spans)
    if low > high:
        return
    unit = checks[0].ratio[1].unit
    low, high = (_in_unit(each, unit) for each in (low, high))
    said = Sentence(
        f"这{len(checks)}个占比都像是以另一个总数算的（在 {money(low, unit)} 至 {money(high, unit)} 之间）。",
        f" These {len(checks)} shares all seem to be reckoned of another whole (between {money_en(low, unit)} and "
        f"{money_en(high, unit)}).",
    )
    yield from ((check, OtherWhole(f"whole {checks[0].check_id}", said)) for check in checks)


def _in_unit(amount: Decimal, unit: str) -> Decimal:
    """Rounded as a page would print it."""
    place = MONEY_UNITS.get(unit, Decimal(1)) / _HUNDRED
    return (amount / place).to_integral_value() * place


def _whole_of(percent: Figure, part: Figure) -> Interval | None:
    """The whole that a part is such a share of."""
    return Interval.of(part.amount * _HUNDRED, part.half_unit * _HUNDRED).over(
        Interval.of(percent.amount, percent.half_unit)
    )
