"""Headings among a unit's projects, told by their sums: 通用项目 over 办公场所租赁 over the projects that it adds up.

Such a table prints a tree line by line, a heading before its parts, and does not say which line is one: every line has
a name and an amount. But the parts of each heading add up to it, and headings nest to one depth throughout, though some
tables list a heading alone, without parts. So the lines are given the levels with which the fewest figures would have
to be wrong for every sum to hold. One wrong figure cannot bring about other levels: it is the one figure that must be
wrong, its sums fail, and the reading stays. A table is read so only where projects side by side do not make most units'
totals, and where three sums of headings hold for each figure that must be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from heapq import heappop, heappush
from itertools import groupby
from typing import NamedTuple

from pipeline.validate.intervals import ZERO
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.outline import Line

_DEPTHS = (2, 3, 4)
_ENOUGH = 3  # sums of headings that hold for each wrong figure
_PATIENCE = 20_000  # steps of the search for the levels of one unit's projects

Amount = tuple[Decimal, Decimal]  # and half of its last place


class _Price(NamedTuple):
    """What a wrong figure costs in a search, what a heading without parts costs, and the most that may be spent."""

    wrong: int
    alone: int
    most: int


_EXACT = _Price(1, 1, 0)
# nothing wrong is sought first, then a wrong figure with no heading alone; only then both
_PRICES = (_EXACT, _Price(5, 1, 4), _Price(1, 2, 1), _Price(5, 1, 9), _Price(1, 3, 2))


class _Block(NamedTuple):
    """A unit (or total) with the projects below it, in order."""

    head: Line
    total: Amount
    projects: Sequence[Line]
    amounts: Sequence[Amount]

    @property
    def is_sum(self) -> bool:
        """Whether the projects make the total side by side."""
        off, half = self.total
        for amount, half_of_it in self.amounts:
            off, half = off - amount, half + half_of_it
        return abs(off) <= half


class _Reading(NamedTuple):
    """The levels of a unit's projects (1: right below the unit), how many figures must be wrong, and how many sums of
    headings hold."""

    levels: Sequence[int]
    wrong: int
    holding: int


def nest_headings(lines: Sequence[Line], rows: Sequence[Record], columns: Sequence[object]) -> None:
    """Make those projects of one table that are headings the parents of the projects that they add up.

    ``columns`` says for each row which column it is in.
    """
    blocks = _blocks(lines, _amounts(rows, columns))
    if 2 * sum(not block.is_sum for block in blocks) <= len(blocks):
        return
    found = [each for depth in _likely(blocks) if (each := _readings(blocks, depth))]
    best = min(found, key=lambda readings: sum(each.wrong for each in readings), default=[])
    if sum(each.holding for each in best) < _ENOUGH * max(1, sum(each.wrong for each in best)):
        return
    for block, reading in zip(blocks, best, strict=True):
        above = [block.head]
        for line, level in zip(block.projects, reading.levels, strict=True):
            above = [*above[:level], line]
            line.joins(above[-2])


def _amounts(rows: Sequence[Record], columns: Sequence[object]) -> dict[object, Amount]:
    """The amount on each line, in the column that shows most."""
    placed = [(row, column) for row, column in zip(rows, columns, strict=True) if row["amount"] is not None]
    shown = Counter(column for row, column in placed if row["project_name"])
    if not shown:
        return {}
    most = shown.most_common(1)[0][0]
    return {
        row["line"]: (Decimal(str(row["amount"])), Decimal(str(row["half_unit"] or 0)))
        for row, column in placed
        if column == most
    }


def _blocks(lines: Sequence[Line], amounts: Mapping[object, Amount]) -> list[_Block]:
    """The projects without codes by the head that they are parts of; none where a line has no amount, or a negative."""
    listed = [line for line in lines if line.kind == "project"]
    if any(line.path for line in listed) or any(amounts.get(line.index, (-1,))[0] < 0 for line in listed):
        return []
    return [
        _Block(head, amounts[head.index], projects, [amounts[line.index] for line in projects])
        for head, group in groupby(listed, key=lambda line: line.parent)
        if head is not None and head.index in amounts and (projects := list(group))
    ]


def _likely(blocks: Sequence[_Block]) -> Sequence[int]:
    """The depths at which most units read with nothing wrong; all where none does."""
    exact = {depth: sum(_search(block, depth, _EXACT) is not None for block in blocks) for depth in _DEPTHS}
    return [depth for depth, times in exact.items() if times == max(exact.values())]


def _readings(blocks: Sequence[_Block], depth: int) -> list[_Reading]:
    """The reading of every unit at a depth; none at all where one of them cannot be read."""
    found: list[_Reading] = []
    for block in blocks:
        reading = next((each for price in _PRICES if (each := _search(block, depth, price))), None)
        if reading is None:
            return []
        found.append(reading)
    return found


# --- the levels of one unit's projects -------------------------------------------------------------------------------


class _Open(NamedTuple):
    """A heading that further lines may join: its amount less its parts, how far rounding may reach, and its parts.

    ``unknown``: its own amount is taken to be wrong, and is what its parts make; ``short``: one of its parts is wrong,
    and is what the others leave.
    """

    left: Decimal
    half: Decimal
    parts: int = 0
    unknown: bool = False
    short: bool = False

    def takes(self, amount: Amount) -> _Open | None:
        """The heading with one more part; None where its parts exceed it."""
        left, half = self.left - amount[0], self.half + amount[1]
        if left < -half and not self.unknown:
            return None
        return self._replace(left=left, half=half, parts=self.parts + 1)

    @property
    def holds(self) -> bool:
        """Whether its parts add up to it, or may do with the wrong one among them."""
        return self.unknown or self.short or self.left <= self.half


_Stack = tuple[_Open, ...]  # the unit first, then the headings that are open below it


class _State(NamedTuple):
    """How far a search has come: the stack, what was paid, and the levels and wrong figures so far."""

    stack: _Stack
    cost: int
    levels: tuple[int, ...] = ()
    wrong: int = 0
    holding: int = 0


def _search(block: _Block, depth: int, price: _Price) -> _Reading | None:
    """The reading that costs least; None where all cost too much, or the search takes too long."""
    starts = [_State((_Open(*block.total),), 0), _State((_Open(ZERO, ZERO, unknown=True),), price.wrong, wrong=1)]
    heap = [(state.cost, 0, number, state) for number, state in enumerate(starts) if state.cost <= price.most]
    met: set[tuple[int, _Stack]] = set()
    steps = len(heap)
    while heap and steps < _PATIENCE:
        *_, state = heappop(heap)
        done = len(state.levels)
        if not state.stack:
            return _Reading(state.levels, state.wrong, state.holding)
        if (done, state.stack) in met:
            continue
        met.add((done, state.stack))
        for after in _next(block, state, depth, price):
            steps += 1
            if after.cost <= price.most:
                heappush(heap, (after.cost, -len(after.levels), steps, after))
    return None


def _next(block: _Block, state: _State, depth: int, price: _Price) -> Iterator[_State]:
    """What may follow: the next line at any level, right or wrong; after the last one, an empty stack."""
    done = len(state.levels)
    if done == len(block.amounts):
        closed = _close(state, 1, price)
        if closed is not None and closed.stack[0].holds:
            yield closed._replace(stack=())
        return
    amount = block.amounts[done]
    for level in range(min(len(state.stack), depth), 0, -1):
        closed = _close(state, level, price)
        if closed is None:
            return  # what cannot be closed cannot be closed with more
        closed = closed._replace(levels=(*closed.levels, level))
        *above, parent = closed.stack
        if (with_it := parent.takes(amount)) is not None:
            opened = (_Open(*amount),) if level < depth else ()
            yield closed._replace(stack=(*above, with_it, *opened))
        if closed.cost + price.wrong <= price.most:
            wrong = closed._replace(cost=closed.cost + price.wrong, wrong=closed.wrong + 1)
            if level < depth:
                yield wrong._replace(stack=(*above, parent, _Open(ZERO, ZERO, unknown=True)))
            else:
                yield wrong._replace(stack=(*above, parent._replace(short=True, parts=parent.parts + 1)))


def _close(state: _State, level: int, price: _Price) -> _State | None:
    """The state with no more than so many headings open; None where one of the others does not hold."""
    *open_, cost, holding = *state.stack, state.cost, state.holding
    while len(open_) > level:
        top = open_.pop()
        if not top.parts:
            cost += price.alone
            if top.unknown:
                open_[-1] = open_[-1]._replace(short=True, parts=open_[-1].parts + 1)
        elif not top.holds:
            return None
        else:
            holding += not (top.unknown or top.short)
            with_it = open_[-1].takes((-top.left, top.half)) if top.unknown else open_[-1]
            if with_it is None:
                return None
            open_[-1] = with_it
    return state._replace(stack=tuple(open_), cost=cost, holding=holding)
