"""Failures that speak of no table in common have no cause in common: they are looked into apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from pipeline.validate.causes.model import Cause, Printed, Supposition
from pipeline.validate.check import Check

_MOST_OF_ONE = 6
_MOST = 8  # of all groups: the failures of a document with many faults are not explained one and all


@dataclass
class Group:
    """Failures that speak of the same tables, and what may have caused them, first that for which most speaks.

    When one supposition explains all sums among them, those are still asked for which as much speaks and which are
    about other figures, or about the same where more is said of their rows than it explains: that not the figures but
    the codes of two rows changed places is told by their names. What is said of other rows may have another cause.
    """

    failed: Sequence[Check]
    supposed: Sequence[Supposition]
    _needed: int = 0
    _known: list[tuple[str, ...]] = field(default_factory=list)

    def asks(self, supposition: Supposition) -> bool:
        """Whether it is still to be tried."""
        return supposition.rank >= self._needed and supposition.cell_ids not in self._known

    def remember(self, supposition: Supposition, cause: Cause) -> None:
        """What the trial of a supposition explains."""
        explained = {check.check_id for check in cause.explains}
        sums = {check.check_id for check in self.failed if check.left} or {check.check_id for check in self.failed}
        if sums <= explained:
            self._needed = supposition.rank
            cells = set(supposition.cell_ids)
            about_them = {check.check_id for check in self.failed if not cells.isdisjoint(check.cell_ids)}
            if about_them <= explained:
                self._known.append(supposition.cell_ids)


def apart(printed: Printed) -> list[list[Check]]:
    """The failures that speak of figures of tables, those together that speak of the same."""
    groups: list[tuple[set[int], list[Check]]] = []
    for check in printed.failing:
        tables, together = set(printed.tables_of(check)), [check]
        if tables:
            for group in [group for group in groups if group[0] & tables]:
                groups.remove(group)
                tables |= group[0]
                together = [*group[1], *together]
            groups.append((tables, together))
    return [together for _, together in groups]


def in_turn(groups: Sequence[Group]) -> Iterator[tuple[Group, Supposition]]:
    """The few that are tried: the first of every group that it still asks, then the second."""
    turns = [_few(group) for group in groups]
    pairs = (pair for turn in zip_longest(*turns) for pair in turn if pair is not None)
    return islice(pairs, _MOST)


def _few(group: Group) -> Iterator[tuple[Group, Supposition]]:
    """The first of a group that it still asks when their turn comes."""
    return islice(((group, each) for each in group.supposed if group.asks(each)), _MOST_OF_ONE)
