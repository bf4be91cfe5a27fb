"""Which rows of a list of projects are headings that add up the rows under them.

Some project tables print categories between the unit and its projects (通用项目, in it 委托咨询业务, in it 法律顾问费),
and nothing in their layout tells them: neither code nor indent. The money does: the rows under a total are read as a
tree whose every heading is the sum of its children and whose top adds up to the total. Two equal amounts in a row
prove nothing by themselves; the total above them does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

MOST_ROWS = 400
MOST_STEPS = 200_000
_Place = tuple[int, Decimal, int]


@dataclass(frozen=True)
class _Way:
    """One reading of some rows: the headings among them, and how deep they nest."""

    chosen: frozenset[int] = frozenset()
    depth: int = 0

    def under(self, row: int, rest: _Way) -> _Way:
        """This reading as the children of ``row``, followed by ``rest``."""
        return _Way(self.chosen | rest.chosen | {row}, max(self.depth + 1, rest.depth))

    @property
    def cost(self) -> tuple[int, int]:
        return len(self.chosen), self.depth


_Ends = dict[int, _Way]


def headings(amounts: Sequence[Decimal], total: Decimal, half: Decimal) -> frozenset[int] | None:
    """The places of the headings among ``amounts`` (yuan, in printed order), as few and as shallow as the sums allow.

    ``total`` is what the rows add up to, ``half`` half of their last printed place: n rows may miss it by n + 1 halves.
    None where no reading meets the total (or the search would take too long).
    """
    if _meets(sum(amounts, Decimal(0)) - total, len(amounts), half):
        return frozenset()
    if len(amounts) > MOST_ROWS or any(amount < 0 for amount in amounts):
        return None
    search = _Search(amounts, half)
    try:
        way = search.ends(0, total).get(len(amounts))
    except _TooLongError:
        return None
    return way.chosen if way is not None else None


class _TooLongError(Exception):
    """The rows allow too many readings to try them all."""


def _meets(rest: Decimal, count: int, half: Decimal) -> bool:
    return abs(rest) <= (count + 1) * half


@dataclass
class _Search:
    amounts: Sequence[Decimal]
    half: Decimal
    steps: int = 0
    known: dict[_Place, _Ends] = field(default_factory=dict)

    def ends(self, start: int, total: Decimal) -> _Ends:
        """Where the children of a heading may end, each with the headings among them."""
        return self._from((start, total, 0))

    def _from(self, place: _Place) -> _Ends:
        if place not in self.known:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise _TooLongError
            found: _Ends = {}
            for end, way in self._ways(place):
                if end not in found or way.cost < found[end].cost:
                    found[end] = way
            self.known[place] = found
        return self.known[place]

    def _ways(self, place: _Place) -> Iterator[tuple[int, _Way]]:
        row, rest, count = place
        if count and _meets(rest, count, self.half):
            yield row, _Way()
        if row == len(self.amounts) or rest - self.amounts[row] < -(count + 2) * self.half:
            return
        amount = self.amounts[row]
        yield from self._from((row + 1, rest - amount, count + 1)).items()
        for end, inner in self.ends(row + 1, amount).items() if amount else ():
            for last, after in self._from((end, rest - amount, count + 1)).items():
                yield last, inner.under(row, after)
