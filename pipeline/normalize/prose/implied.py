"""Last year's figures that the text implies: a change and its rate, with this year's figure where it is stated.

``change / rate`` gives an interval, this year's figure less the change a narrower one; both come from the printed
places (half of the last one). Where they meet, the last year's figure lies in both; where they do not, the text
contradicts itself, and a finding says so: the interval of change and rate is published if it is near the other one,
and none if it is far off (培训费109.6万元，增加89.06万元（81.26%） implied 109.6万元 for last year, which had 20.54).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pipeline.normalize.model import Finding, Row
from pipeline.normalize.prose.records import NarrativeFigure

_PLACE = Decimal("0.01")
_HUNDRED = Decimal(100)
_FAR = Decimal("0.1")  # of last year's figure
Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Implied:
    """Last year's figure: ``low`` and ``high`` in yuan, the change in yuan and the rate in per cent, signed."""

    implied_no: int
    subject: str
    low: Decimal
    high: Decimal
    change: Decimal
    rate_percent: Decimal
    sentence: str
    page: int

    def row(self) -> Row:
        """The columns of ``implied_previous_year`` less ``document_id``."""
        names = ("implied_no", "subject", "low", "high", "change", "rate_percent", "sentence", "page")
        return {name: getattr(self, name) for name in names}


def read_implied(figures: Sequence[NarrativeFigure]) -> tuple[list[Implied], list[Finding]]:
    """Every change of money with its rate, as last year's figure; a rate of zero implies none."""
    by_number = {figure.figure_no: figure for figure in figures}
    found: list[Implied] = []
    findings: list[Finding] = []
    for rate in figures:
        change = by_number.get(rate.pair or 0)
        if change is None or change.direction is None or change.measure != "amount" or rate.value <= rate.half:
            continue
        quotient = _quotient(change, rate)
        difference = _difference(by_number.get(change.of or 0), change)
        both = _meet(quotient, difference) if difference else quotient
        if both is None:
            findings.append(_contradiction(change, rate))
        if both is None and difference and _far(quotient, difference):
            continue
        found.append(_implied(len(found) + 1, change, rate, both or quotient))
    return found, findings


def _quotient(change: NarrativeFigure, rate: NarrativeFigure) -> Interval:
    low = (change.value - change.half) / (rate.value + rate.half) * _HUNDRED
    high = (change.value + change.half) / (rate.value - rate.half) * _HUNDRED
    return max(low, Decimal(0)), high


def _difference(now: NarrativeFigure | None, change: NarrativeFigure) -> Interval | None:
    if now is None or now.measure != "amount":
        return None
    previous = now.value - _sign(change) * change.value
    slack = now.half + change.half
    return previous - slack, previous + slack


def _meet(one: Interval, other: Interval) -> Interval | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def _far(one: Interval, other: Interval) -> bool:
    """Whether two intervals that do not meet are so far apart that one of them comes from a misprint."""
    return max(one[0] - other[1], other[0] - one[1]) > _FAR * abs(other[1])


def _sign(change: NarrativeFigure) -> int:
    return -1 if change.direction == "decrease" else 1


def _implied(number: int, change: NarrativeFigure, rate: NarrativeFigure, interval: Interval) -> Implied:
    return Implied(
        implied_no=number,
        subject=change.subject or "",
        low=interval[0].quantize(_PLACE, ROUND_FLOOR),
        high=interval[1].quantize(_PLACE, ROUND_CEILING),
        change=_sign(change) * change.value,
        rate_percent=_sign(rate if rate.direction else change) * rate.value,
        sentence=change.printed,
        page=change.page,
    )


def _contradiction(change: NarrativeFigure, rate: NarrativeFigure) -> Finding:
    said = f"{change.value_printed}{change.unit}、{rate.value_printed}{rate.unit}"
    return Finding(
        "change_and_rate_disagree", "warning", "undetermined",
        f"文字所述“{change.subject}”的本年数、增减额与增减率（{said}）推不出同一个上年数",
        f"the figure, change and rate stated for {change.subject} ({said}) imply no one figure of last year",
        change.page,
    )  # fmt: skip
