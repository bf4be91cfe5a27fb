"""Where an error sits: the one figure whose change makes everything hold again, when there is only one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check
from pipeline.validate.evidence import Elsewhere, Place
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, Interval, judge_ratio
from pipeline.validate.linear import ENDLESS, Equation, Linear
from pipeline.validate.slips import Slip, in_another_unit, slip_between, slips_of

_MOST_VALUES = 200
_ENDLESSLY_LOW = -ENDLESS


@dataclass(frozen=True)
class Repair:
    """The only figure that a change of would make every identity hold, and what it would have to be.

    ``right`` are the amounts (yuan) that would do, from the lowest to the highest that the page could print; ``value``
    the one among them that can be printed at the figure's precision, or the one that a single slip explains; None when
    several can. ``slip``: one digit, two swapped digits, a shifted point, another unit or a lost sign lead from what is
    printed to it. ``rivals``: how many other figures would do as well, of which none is the one that is wrong by what
    else the document prints: ``seen`` is a place that prints the right amount; without one, the others stand elsewhere
    as here.
    """

    figure: Figure
    right: Interval
    value: Decimal | None
    slip: Slip | None
    rivals: int = 0
    seen: Place | None = None


def mends(repair: Repair, check: Check) -> bool:
    """Whether a percentage that fails would be right with the figure of a repair as it should be."""
    if not check.ratio or repair.value is None:
        return False
    more = repair.value - repair.figure.amount
    name = repair.figure.name
    figures = [each._replace(amount=each.amount + more, of=None) if each.name == name else each for each in check.ratio]
    if figures == list(check.ratio):
        return False
    judged = judge_ratio(*figures)
    return judged is not None and judged.outcome != "fails"


class Locator:
    """The linear ``assert`` checks of a document by figure: with which amounts of it they hold."""

    def __init__(self, checks: Linear, elsewhere: Callable[[], Elsewhere] | None = None) -> None:
        self._elsewhere = elsewhere
        self._failing = [equation for equation in checks.equations if equation.check.fails]
        self._figures = checks.figures
        holding = [equation for equation in checks.equations if not equation.check.fails]
        self._fixed = {name for each in holding for name in _fixed(each)}
        self._low: dict[str, Decimal] = {}
        self._high: dict[str, Decimal] = {}
        for equation in holding:
            if not self._fixed.issuperset(equation.terms):
                self._hold(equation)

    def _hold(self, equation: Equation) -> None:
        for name, low, high in _allowed(equation):
            if name not in self._low:
                self._low[name], self._high[name] = low, high
                continue
            self._low[name] = max(self._low[name], low)
            self._high[name] = min(self._high[name], high)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure that an identity binds, by its first cell."""
        return self._figures

    def allowed(self, name: str) -> Interval:
        """The amounts of a figure with which every check that holds goes on holding, the other figures being as
        printed. Without any the interval is endless; it is empty (low above high) where no amount will do."""
        if name in self._fixed:
            figure = self._figures[name]
            return Interval.of(figure.amount, ZERO if figure.amount else figure.half_unit)
        return Interval(self._low.get(name, _ENDLESSLY_LOW), self._high.get(name, ENDLESS))

    def is_fixed(self, name: str) -> bool:
        """Whether some check that holds would with no other number in the figure's place."""
        return name in self._fixed

    def repairs(self) -> dict[str, Repair]:
        """For each failing check (by check_id) the single repair of its group of failures, where there is one."""
        found: dict[str, Repair] = {}
        for group in self._failing_groups():
            repair = self._only_repair(group)
            if repair is not None:
                found.update({equation.check.check_id: repair for equation in group})
        return found

    def _failing_groups(self) -> list[list[Equation]]:
        """The failing checks, those that share a figure together."""
        groups: list[tuple[set[str], list[Equation]]] = []
        for equation in self._failing:
            names = set(equation.terms)
            touching = [group for group in groups if group[0] & names]
            merged = (names.union(*(group[0] for group in touching)), [e for group in touching for e in group[1]])
            groups = [group for group in groups if group not in touching]
            groups.append((merged[0], [*merged[1], equation]))
        return [equations for _, equations in groups]

    def _only_repair(self, failing: Sequence[Equation]) -> Repair | None:
        shared = set.intersection(*(set(equation.terms) for equation in failing))
        repairs = [repair for name in sorted(shared) if (repair := self._repair(name, failing)) is not None]
        by_slip = [repair for repair in repairs if repair.slip]
        chosen = repairs if len(repairs) == 1 else by_slip
        if len(chosen) == 1:
            return None if _is_rather_a_row(chosen[0], failing) else chosen[0]
        return self._by_evidence(chosen, failing) if chosen else None

    def _by_evidence(self, repairs: Sequence[Repair], failing: Sequence[Equation]) -> Repair | None:
        """Of several repairs, each by one slip, the one for which speaks what else the document prints."""
        if self._elsewhere is None:
            return None
        known = self._elsewhere()
        aside = {
            cell for each in failing for figure, _ in each.terms.values() for cell in (figure.key, *figure.cell_ids)
        }
        doubted = [each for each in repairs if not known.of(each.figure.amount, each.figure.amount, aside)]
        seen = [(each, known.of(*_span(each), aside)) for each in repairs]
        backed = [(each, place) for each, place in seen if place is not None]
        if len(backed) == 1 and backed[0][0] in doubted:
            ((repair, place),) = backed
            return replace(repair, rivals=len(repairs) - 1, seen=place)
        if not backed and len(doubted) == 1:
            return replace(doubted[0], rivals=len(repairs) - 1)
        return None

    def _repair(self, name: str, failing: Sequence[Equation]) -> Repair | None:
        figure = self._figures[name]
        if not figure.cell_ids and not figure.key:
            return None  # a row that was counted is no figure that could be printed otherwise
        right = self.allowed(name)
        for equation in failing:
            low, high = next((low, high) for each, low, high in _allowed(equation) if each == name)
            right = Interval(max(right.low, low), min(right.high, high))
        if right.low > right.high:
            return None
        values = _printable(figure, right)
        if not values or (figure.amount > 0 > values[-1] and not _has_negative(failing)):
            return None  # money is negative only where changes are told
        possible = slips_of(figure.amount) - {figure.amount * 10}  # a digit was lost, and nothing tells which
        slips = [value for value in values if value in possible]
        value = values[0] if len(values) == 1 else slips[0] if len(slips) == 1 else _nought(values)
        if len(values) < _MOST_VALUES:
            right = Interval(values[0], values[-1])
        low, high = (value, value) if value is not None else right
        half = max(figure.half_unit, HALF_FEN) if figure.unit in MONEY_UNITS else figure.half_unit
        slip = slip_between(figure.amount, half, low, high)
        if slip == "unit":
            value = in_another_unit(figure.amount, half, low, high)
        return Repair(figure, right, value, slip)


def _span(repair: Repair) -> tuple[Decimal, Decimal]:
    """From the lowest to the highest amount that would do."""
    return repair.right if repair.value is None else (repair.value, repair.value)


def _is_rather_a_row(repair: Repair, failing: Sequence[Equation]) -> bool:
    """Whether lists are short by what a row has that they lack, as likely as one of their figures is too small.

    A figure that a slip leads to, or that repeats another one of the list, tells for itself that it is wrong.
    """
    if repair.slip or not all(equation.check.in_list for equation in failing):
        return False
    name, amount = repair.figure.name, repair.figure.amount
    return all(_lacks_a_row(equation, name, amount) for equation in failing)


def _lacks_a_row(equation: Equation, name: str, amount: Decimal) -> bool:
    """Whether a list is short, the figure being one of its parts; or holds, under the figure, what is another row's:
    the last of its parts make up what it is over by."""
    difference = equation.check.judgement.difference
    if equation.terms[name][1] < 0:
        repeats = any(each.amount == amount for other, (each, _) in equation.terms.items() if other != name)
        return difference > 0 and not repeats
    over = ZERO
    for term in reversed(equation.check.right):
        over += term.weight * term.figure.amount
        if over == -difference:
            return True
    return False


def _has_negative(failing: Sequence[Equation]) -> bool:
    return any(figure.amount < 0 for equation in failing for figure, _ in equation.terms.values())


def _nought(values: Sequence[Decimal]) -> Decimal | None:
    """Where nothing may do as well as a few of the last places, nothing was meant."""
    return ZERO if ZERO in values else None


def _fixed(equation: Equation) -> Iterable[str]:
    """The figures of a check that holds with no other number in their place: all where nothing was rounded, as in most.

    A zero is one of them only among zeros: beside amounts it may stand for as much as their rounding hides.
    """
    if equation.check.judgement.difference or equation.check.judgement.tolerance:
        return ()
    amounts = [name for name, (figure, _) in equation.terms.items() if figure.amount]
    return amounts or [name for name, (_, weight) in equation.terms.items() if abs(weight) == 1]


def _allowed(equation: Equation) -> Iterator[tuple[str, Decimal, Decimal]]:
    """For every figure of a check by name: the lowest and the highest amount with which that would hold, the others
    being as printed."""
    difference = equation.check.judgement.difference
    tolerance = min(equation.check.judgement.tolerance, equation.most)
    rounding: Decimal | None = None  # of all that is no zero, where it is asked
    for name, (figure, weight) in equation.terms.items():
        spread = tolerance
        if not figure.amount and figure.half_unit:  # any other amount would have been rounded
            if rounding is None:
                rounding = sum([abs(w) * each.half_unit for each, w in equation.terms.values() if each.amount], ZERO)
            spread = max(tolerance, min(rounding + abs(weight) * figure.half_unit, equation.most))
        less, more = spread + difference, spread - difference  # for a figure that is added
        if weight == 1:
            yield name, figure.amount - less, figure.amount + more
        elif weight == -1:
            yield name, figure.amount - more, figure.amount + less
        elif weight:
            centre, width = figure.amount - difference / weight, spread / abs(weight)
            yield name, centre - width, centre + width
        else:
            yield name, figure.amount, figure.amount


def _printable(figure: Figure, right: Interval) -> list[Decimal]:
    """The amounts in the interval that the page could print at the figure's precision."""
    step = max(figure.half_unit, HALF_FEN) * 2 if figure.unit in MONEY_UNITS else figure.half_unit * 2
    if step <= 0:
        return [right.low] if right.low == right.high else []
    first = ((right.low / step).to_integral_value(ROUND_CEILING)) * step
    count = min(int((right.high - first) / step) + 1, _MOST_VALUES) if first <= right.high else 0
    return [first + number * step for number in range(count)]
