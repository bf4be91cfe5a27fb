"""A document checked anew with its lines as a supposition has them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schema import BUDGET_LINES
from pipeline.tables import Dataset, to_arrow
from pipeline.validate.causes.model import Cause, Supposition
from pipeline.validate.check import Check
from pipeline.validate.evaluate import evaluate
from pipeline.validate.identities import Identities
from pipeline.validate.rows.derived import read_all
from pipeline.validate.rows.model import Record


class Trial:
    """The checks of a document that fail as it is printed, and what becomes of them otherwise."""

    def __init__(self, dataset: Dataset, identities: Identities, checks: Sequence[Check]) -> None:
        self._dataset, self._identities = dataset, identities
        self._failing = {_name(check): check for check in failing(checks)}
        self._aside = _aside(checks)

    def cause(self, supposition: Supposition) -> Cause | None:
        """The supposition as a cause, with what it explains: None where something else fails under it, where nothing
        less fails, or where what fails is no longer asked."""
        after = evaluate(read_all(self._with(supposition.lines), self._identities), self._identities)
        still = {_name(check) for check in failing(after)}
        if not still < set(self._failing) or _aside(after) > self._aside + 1:
            return None
        explained = tuple(check for name, check in self._failing.items() if name not in still)
        return Cause(supposition.said, supposition.about, explained, supposition.sure)

    def _with(self, lines: Sequence[Record]) -> Dataset:
        rows = [{name: row[name] for name in BUDGET_LINES.names if name in row} for row in lines]
        return {**self._dataset, "budget_lines": to_arrow(BUDGET_LINES, rows)}


def failing(checks: Sequence[Check]) -> list[Check]:
    """The checks that assert something and fail."""
    return [check for check in checks if check.fails and check.family.kind == "assert"]


def _aside(checks: Sequence[Check]) -> int:
    """How many checks were set aside as following another definition."""
    return sum(check.other_definition for check in checks)


def _name(check: Check) -> tuple[str, str]:
    """A check by what it says: the numbers of rows change where one is added."""
    return check.family.id, check.statement.zh
