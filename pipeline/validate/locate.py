"""Where an error sits: the one figure whose change makes everything hold again, when there is only one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from pipeline.validate.check import Check
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, Interval
from pipeline.validate.rows.printed import UNITS
from pipeline.validate.slips import slips_of

_MOST_VALUES = 200
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True)
class Repair:
    """The only figure that a change of would make every identity hold, and what it would have to be.

    ``right`` are the amounts (yuan) that would do; ``value`` the one among them that can be printed at the figure's
    precision, or the one that a single slip explains; None when several can. ``by_slip``: one digit, two swapped
    digits or a shifted point lead from what is printed to it.
    """

    figure: Figure
    right: Interval
    value: Decimal | None
    by_slip: bool


class _Use(NamedTuple):
    """A figure in a check: the amounts with which that would hold, all other figures being as printed."""

    fails: bool
    low: Decimal
    high: Decimal


class Locator:
    """The linear ``assert`` checks of a document, indexed by figure."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self._checks = [check for check in checks if check.family.kind == "assert" and check.is_linear]
        self._uses: dict[str, list[_Use]] = defaultdict(list)
        self._figures: dict[str, Figure] = {}
        for check in self._checks:
            for figure in figures_of(check):
                self._figures[figure.name] = figure
            for name, use in _uses(check):
                self._uses[name].append(use)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure that an identity binds, by its first cell."""
        return self._figures

    def allowed(self, name: str, *, by_failing: bool) -> Interval:
        """The amounts of a figure with which its checks hold, the other figures being as printed: those checks that
        hold now, and where ``by_failing`` those too that fail. Without any the interval is endless; it is empty (low
        above high) where no amount will do."""
        low, high = -_ENDLESS, _ENDLESS
        for use in self._uses[name]:
            if by_failing or not use.fails:
                low, high = max(low, use.low), min(high, use.high)
        return Interval(low, high)

    def repairs(self) -> dict[str, Repair]:
        """For each failing check (by check_id) the single repair of its group of failures, where there is one."""
        found: dict[str, Repair] = {}
        for group in self._failing_groups():
            repair = self._only_repair(group)
            if repair is not None:
                found.update({check.check_id: repair for check in group})
        return found

    def _failing_groups(self) -> list[list[Check]]:
        """The failing checks, those that share a figure together."""
        groups: list[tuple[set[str], list[Check]]] = []
        for check in (check for check in self._checks if check.fails):
            names = {figure.name for figure in figures_of(check)}
            touching = [group for group in groups if group[0] & names]
            merged = (names.union(*(group[0] for group in touching)), [c for group in touching for c in group[1]])
            groups = [group for group in groups if group not in touching]
            groups.append((merged[0], [*merged[1], check]))
        return [checks for _, checks in groups]

    def _only_repair(self, failing: Sequence[Check]) -> Repair | None:
        shared = set.intersection(*({figure.name for figure in figures_of(check)} for check in failing))
        repairs = [repair for name in sorted(shared) if (repair := self._repair(name)) is not None]
        by_slip = [repair for repair in repairs if repair.by_slip]
        chosen = repairs if len(repairs) == 1 else by_slip
        return chosen[0] if len(chosen) == 1 else None

    def _repair(self, name: str) -> Repair | None:
        figure = self._figures[name]
        if not figure.cell_ids and not figure.key:
            return None  # a row that was counted is no figure that could be printed otherwise
        right = self.allowed(name, by_failing=True)
        if right.low > right.high:
            return None
        values = _printable(figure, right)
        slips = [value for value in values if value in slips_of(figure.amount)]
        if not values:
            return None
        value = values[0] if len(values) == 1 else slips[0] if len(slips) == 1 else None
        return Repair(figure, right, value, by_slip=bool(slips))


def figures_of(check: Check) -> list[Figure]:
    """The figures on both sides of a linear check."""
    return [term.figure for term in (*check.left, *check.right)]


def _uses(check: Check) -> Iterator[tuple[str, _Use]]:
    """Every figure of a check by name, once."""
    fails, difference, allowed = check.fails, check.judgement.difference, check.judgement.tolerance
    for name, (amount, weight) in _weights(check).items():
        centre = amount - difference / weight if weight else amount
        spread = allowed / abs(weight) if weight else ZERO
        yield name, _Use(fails, centre - spread, centre + spread)


def _weights(check: Check) -> dict[str, tuple[Decimal, Decimal]]:
    """The amount of every figure of a check, and its weight in (left - right)."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for sign, terms in ((1, check.left), (-1, check.right)):
        for term in terms:
            name = term.figure.name
            amount, weight = found.get(name, (term.figure.amount, ZERO))
            found[name] = (amount, weight + sign * term.weight)
    return found


def _printable(figure: Figure, right: Interval) -> list[Decimal]:
    """The amounts in the interval that the page could print at the figure's precision."""
    step = max(figure.half_unit, HALF_FEN) * 2 if figure.unit in UNITS else figure.half_unit * 2
    if step <= 0:
        return [right.low] if right.low == right.high else []
    first = ((right.low / step).to_integral_value(ROUND_CEILING)) * step
    count = min(int((right.high - first) / step) + 1, _MOST_VALUES) if first <= right.high else 0
    return [first + number * step for number in range(count)]
