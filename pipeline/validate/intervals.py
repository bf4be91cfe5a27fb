"""The arithmetic of printed figures: what "holds" means (data contract, section Arithmetic).

A figure printed as v with last place p stands for every true value in the closed interval [v - p/2, v + p/2]. Two
sums agree when their intervals meet (the rule of XBRL Calculations 1.1). The same fact printed twice at one
precision, or a total with a single part, must be equal. Money has no unit below the fen: of the interval of a figure
printed to the fen (in yuan with two places, in 万元 with six) one amount alone is money, so that sums of such figures
must be equal too. All numbers are exact decimals in yuan.

The records are named tuples: a document has tens of thousands of them, and nothing else is made as quickly.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

Outcome = Literal["exact", "within_rounding", "fails", "blocked", "not_applicable"]
ZERO = Decimal(0)
FEN = Decimal("0.01")
HALF_FEN = Decimal("0.005")
"""Half of the last place of a figure printed to the fen, in yuan."""
_PLACES = Decimal("0.00000001")
_ONCE = (Decimal(1), Decimal(-1))


class Figure(NamedTuple):
    """One printed figure: its amount and half of its last place in yuan, and the cells that print it.

    ``cell_ids`` has several when the same fact stands in several cells; ``printed`` and ``unit`` are what the page
    shows, for messages. ``key`` names a figure that is not itself in those cells: one of the text, or of a sheet.
    ``of`` are the two that it is the difference of, where it was worked out.
    """

    amount: Decimal
    half_unit: Decimal
    cell_ids: tuple[str, ...]
    page: int | None = None
    printed: str = ""
    unit: str = "元"
    label: str = ""
    key: str = ""
    of: tuple[Interval, Interval] | None = None

    @property
    def span(self) -> Interval:
        """What it stands for."""
        return Interval.of(self.amount, self.half_unit)

    @property
    def name(self) -> str:
        """Its name within its document: its key, else its first cell.

        A figure of the text that restates a table's is a figure of its own, rounded on its own, though it points to
        that table's cell.
        """
        return self.key or (self.cell_ids[0] if self.cell_ids else f"{self.label}:{self.amount}")


class Term(NamedTuple):
    """A figure with the weight (+1 or -1, rarely another) at which it enters a side of an identity."""

    figure: Figure
    weight: Decimal


class Judgement(NamedTuple):
    """Both sides, left less right, how far they may lie apart, and the outcome; amounts in yuan."""

    left: Decimal
    right: Decimal
    difference: Decimal
    tolerance: Decimal
    outcome: Outcome


class Interval(NamedTuple):
    """A closed interval."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, value: Decimal, half: Decimal) -> Interval:
        """The interval that a printed value stands for."""
        return cls(value - half, value + half)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def over(self, divisor: Interval) -> Interval | None:
        """Every quotient of the two; None when the divisor may be zero."""
        if divisor.low <= 0 <= divisor.high:
            return None
        corners = [top / bottom for top in (self.low, self.high) for bottom in (divisor.low, divisor.high)]
        return Interval(min(corners), max(corners))


def total(terms: Sequence[Term]) -> Decimal:
    """The weighted sum of the printed amounts."""
    return sum([term.weight * term.figure.amount for term in terms], ZERO)


def tolerance(left: Sequence[Term], right: Sequence[Term]) -> Decimal:
    """How far the two sides may lie apart: nothing for one fact against one at one precision, else all half units."""
    if is_same_fact(left, right):
        return ZERO
    return sum([_spread(term) for term in (*left, *right)], ZERO)


def _spread(term: Term) -> Decimal:
    """How far a weighted figure may lie from what it stands for: a part of an amount in fen was itself rounded."""
    if term.weight in _ONCE:  # as nearly all are
        return term.figure.half_unit
    is_part = term.weight != term.weight.to_integral_value()
    return max(abs(term.weight) * term.figure.half_unit, HALF_FEN if is_part else ZERO)


def is_same_fact(left: Sequence[Term], right: Sequence[Term]) -> bool:
    """Whether the identity says that one figure is another, at the same precision: then they must be equal."""
    if len(left) != 1 or len(right) != 1:
        return False
    one, other = left[0], right[0]
    return one.weight == other.weight and one.figure.half_unit == other.figure.half_unit


def without_zeros(left: Sequence[Term], right: Sequence[Term]) -> tuple[Sequence[Term], Sequence[Term]]:
    """Both sides less what is printed as zero, which says that there is none (see ``zeros``).

    Not where something is taken away: a difference may be rounded to nothing.
    """
    if ZERO not in [term.figure.amount for term in (*left, *right)]:
        return left, right
    if any(term.weight < 0 or term.figure.amount < 0 for term in (*left, *right)):
        return left, right
    return [term for term in left if term.figure.amount], [term for term in right if term.figure.amount]


def judge(left: Sequence[Term], right: Sequence[Term]) -> Judgement:
    """Compare the two sides of a linear identity by the interval rule."""
    allowed = tolerance(left, right)
    left_sum, right_sum = total(left), total(right)
    difference = left_sum - right_sum
    return Judgement(left_sum, right_sum, difference, allowed, _outcome(difference, allowed))


def judge_printed(left: Sequence[Term], right: Sequence[Term]) -> Judgement:
    """The same of both sides less what is printed as zero."""
    if is_same_fact(left, right) and left[0].figure.amount == right[0].figure.amount:  # as of nearly all, soon told
        amount = left[0].weight * left[0].figure.amount
        return Judgement(amount, amount, ZERO, ZERO, "exact")
    return judge(*without_zeros(left, right))


def judge_ratio(percent: Figure, numerator: Figure, denominator: Figure) -> Judgement | None:
    """Compare a printed percentage with the quotient of two figures; None when the divisor may be zero.

    ``percent.amount`` is in percent. The tolerance is the printed percentage's half place and the quotient's own.
    """
    quotient = percent_interval(numerator, denominator)
    if quotient is None:
        return None
    exact = (numerator.amount / denominator.amount * 100).quantize(_PLACES)
    meets = quotient.meets(Interval.of(percent.amount, percent.half_unit))
    spread = ((quotient.high - quotient.low) / 2).quantize(_PLACES)
    difference = percent.amount - exact
    outcome: Outcome = "fails" if not meets else "exact" if difference == 0 else "within_rounding"
    return Judgement(percent.amount, exact, difference, percent.half_unit + spread, outcome)


def judge_quotient(numerator: Figure, denominator: Figure, low: Decimal, high: Decimal) -> Judgement | None:
    """Whether the quotient of two figures may lie within bounds; None when the divisor may be zero.

    The right side is the bound that the quotient lies beyond; the quotient itself where it lies within.
    """
    quotient = Interval.of(*numerator[:2]).over(Interval.of(*denominator[:2]))
    if quotient is None:
        return None
    exact = (numerator.amount / denominator.amount).quantize(_PLACES)
    bound = min(max(exact, low), high)
    tolerance = ((quotient.high - quotient.low) / 2).quantize(_PLACES)
    difference = exact - bound
    if difference and not quotient.meets(Interval(low, high)):
        return Judgement(exact, bound, difference, tolerance, "fails")
    return Judgement(exact, bound, difference, tolerance, "within_rounding" if difference else "exact")


def percent_interval(numerator: Figure, denominator: Figure) -> Interval | None:
    """Every percentage that the two may make; None when the divisor may be zero.

    A change over the year before, where one of the two was worked out from the other and this year's figure, is one
    function of what was printed, and not of three amounts that each may lie anywhere.
    """
    change, before = numerator.span, denominator.span
    if denominator.of is not None and denominator.of[1] == change:
        pairs = [(each, now - each) for each in change for now in denominator.of[0]]
    elif numerator.of is not None and numerator.of[1] == before:
        pairs = [(now - each, each) for each in before for now in numerator.of[0]]
    else:
        return Interval(change.low * 100, change.high * 100).over(before)
    wholes = [whole for _, whole in pairs]
    if min(wholes) <= 0 <= max(wholes):
        return None
    corners = [part * 100 / whole for part, whole in pairs]  # it rises, or falls, with either
    return Interval(min(corners), max(corners))


def _outcome(difference: Decimal, allowed: Decimal) -> Outcome:
    if difference == 0:
        return "exact"
    return "within_rounding" if abs(difference) <= allowed else "fails"
