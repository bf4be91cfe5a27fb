"""A document checked anew with its lines as a supposition has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from pipeline.tables import Dataset
from pipeline.validate.causes.model import Cause, Supposition
from pipeline.validate.check import Check
from pipeline.validate.evaluate import evaluate
from pipeline.validate.identities import Identities
from pipeline.validate.rows.derived import derived_anew, read_otherwise
from pipeline.validate.rows.model import Record, Records

_LINES = "budget_lines"
_OF_LINES = ("source_tables",)  # published, but with derived columns that follow from the lines


class Trial:
    """The checks of a document that fail as it is printed, and what becomes of them otherwise.

    ``lines`` are the rows of its ``budget_lines`` that suppositions are made from, ``records`` all its rows as read.
    """

    def __init__(
        self,
        dataset: Dataset,
        identities: Identities,
        checks: Sequence[Check],
        records: Records,
        lines: Sequence[Record],
    ) -> None:
        self._dataset, self._identities, self._records = dataset, identities, records
        self._lines = {id(row): row for row in lines}
        self._failing = {_name(check): check for check in failing(checks)}
        self._aside = _aside(checks)
        self._first = _asked_first(dataset, identities, self._failing.values())
        asked = {family.id for family in self._first.families}
        self._asks_all = all(check.family.id in asked for check in self._failing.values())

    def cause(self, supposition: Supposition) -> Cause | None:
        """The supposition as a cause, with what it explains: None where something else fails under it, where nothing
        less fails, or where what fails is no longer asked."""
        records = read_otherwise(self._records, self._changed(supposition.lines), self._identities)
        if self._is_refuted(records):
            return None
        after = evaluate(derived_anew(records, self._dataset, self._identities), self._identities)
        still = {_name(check) for check in failing(after)}
        if not still < set(self._failing) or _aside(after) > self._aside + 1:
            return None
        explained = tuple(check for name, check in self._failing.items() if name not in still)
        return Cause(supposition.said, supposition.about, explained, supposition.sure)

    def _changed(self, lines: Sequence[Record]) -> list[Record]:
        """All lines of the tables in which some line is not as it was."""
        new, kept = [row for row in lines if id(row) not in self._lines], {id(row) for row in lines}
        lost = (row for name, row in self._lines.items() if name not in kept)
        tables = {row["table_no"] for row in (*new, *lost)}
        return [row for row in lines if row["table_no"] in tables]

    def _is_refuted(self, records: Records) -> bool:
        """Whether the families that fail and ask the lines alone, which is soon done, tell that it is no cause."""
        if not self._first.families:
            return False
        still = self._failing_first(records)
        return not still <= self._before or (self._asks_all and still == self._before)

    @cached_property
    def _before(self) -> set[tuple[str, str]]:
        return self._failing_first(self._records)

    def _failing_first(self, records: Records) -> set[tuple[str, str]]:
        return {_name(check) for check in failing(evaluate(records, self._first))}


def _asked_first(dataset: Dataset, identities: Identities, failed: Iterable[Check]) -> Identities:
    """The families that fail and pick from the lines, or from what does not follow from them, alone."""
    alone = {_LINES, *dataset} - set(_OF_LINES)
    ids = {check.family.id for check in failed}
    asked = [each for each in identities.families if each.id in ids]
    return replace(
        identities, families=tuple(each for each in asked if {part.table for part in each.selectors} <= alone)
    )


def failing(checks: Sequence[Check]) -> list[Check]:
    """The checks that assert something and fail."""
    return [check for check in checks if check.fails and check.family.kind == "assert"]


def _aside(checks: Sequence[Check]) -> int:
    """How many checks were set aside as following another definition."""
    return sum(check.other_definition for check in checks)


def _name(check: Check) -> tuple[str, str]:
    """A check by what it says: the numbers of rows change where one is added."""
    return check.family.id, check.statement.zh
