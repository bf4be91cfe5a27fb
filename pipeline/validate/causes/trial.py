"""A document checked anew with its lines as a supposition has them.

A supposition is about one table, and most are wrong. So that table alone is read anew, and the families that compare
what stands within one table are worked on it alone: most suppositions break something there. Those that do not are put
into the document; but of the other families only those are worked again that pick a line of that table, or a row of
what follows from the lines and is no longer as it was. What the others find cannot have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from pipeline.tables import Dataset
from pipeline.validate.causes.model import Cause, Supposition
from pipeline.validate.check import Check
from pipeline.validate.evaluate import evaluate, takes_fen_as_exact
from pipeline.validate.identities import Family, Identities
from pipeline.validate.rows.derived import derived_anew, read_otherwise
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.selectors import Selection
from pipeline.validate.zeros import within_rounding

_LINES = "budget_lines"
_Name = tuple[str, str]
_place = itemgetter("table_no", "row_no", "column_no")


@dataclass(frozen=True)
class _Found:
    """What some families find: the failing assertions by name, and how many checks are set aside."""

    failing: dict[_Name, Check]
    aside: int

    @classmethod
    def of(cls, checks: Iterable[Check]) -> _Found:
        """That of these checks."""
        known = list(checks)
        return cls({_name(check): check for check in failing(known)}, sum(check.other_definition for check in known))

    def and_(self, other: _Found) -> _Found:
        """Both together."""
        return _Found({**self.failing, **other.failing}, self.aside + other.aside)

    def breaks(self, before: _Found) -> bool:
        """Whether something fails that did not; what misses by no more than rounding, where a zero may stand for an
        amount too small to be printed, is not known to fail before all of the document is worked."""
        new = (check for name, check in self.failing.items() if name not in before.failing)
        return any(within_rounding(check) is None for check in new)


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
        self._dataset, self._identities, self._records, self._checks = dataset, identities, records, checks
        self._lines = {id(row): row for row in lines}
        self._fen_is_exact = takes_fen_as_exact(checks)
        self._inner, self._outer = _parted(identities.families)
        self._before: dict[frozenset[object], _Found] = {}
        self._inner_ids = {family.id for family in self._inner}

    def cause(self, supposition: Supposition) -> Cause | None:
        """The supposition as a cause, with what it explains: None where something else fails under it, where nothing
        less fails, or where what fails is no longer asked."""
        changed = self._changed(supposition.lines)
        if not changed:
            return None
        otherwise = read_otherwise(self._records, changed, self._identities)
        tables = frozenset(row["table_no"] for row in changed)
        here = _of_tables(otherwise, tables)
        before, after = self._inner_before(tables), _Found.of(self._worked(here, self._inner))
        if after.breaks(before) or (self._asks_inner_alone(tables) and after.failing.keys() >= before.failing.keys()):
            return None
        touched = self._touched((_of_tables(self._records, tables), here))
        for whole, families in self._in_turn(otherwise, touched):
            ids = {family.id for family in families}
            before = before.and_(_Found.of(check for check in self._checks if check.family.id in ids))
            after = after.and_(_Found.of(self._worked(whole, families)))
            if after.breaks(before):
                return None
        holding = before.failing.keys() - after.failing.keys()
        if not holding or after.aside > before.aside + 1:
            return None
        explained = tuple(check for check in failing(self._checks) if _name(check) in holding)
        return Cause(supposition.said, supposition.about, explained, supposition.sure, supposition.names)

    def _asks_inner_alone(self, tables: Collection[object]) -> bool:
        """Whether all that fails of these tables stands within one of them."""
        cells = {row["cell_id"] for row in self._lines.values() if row["table_no"] in tables}
        failed = (check for check in failing(self._checks) if check.family.id not in self._inner_ids)
        return not any(cell in cells for check in failed for cell in check.cell_ids)

    def _inner_before(self, tables: frozenset[object]) -> _Found:
        """What the inner families find in the tables as they are printed: several suppositions are about one table."""
        if tables not in self._before:
            self._before[tables] = _Found.of(self._worked(_of_tables(self._records, tables), self._inner))
        return self._before[tables]

    def _in_turn(self, otherwise: Records, touched: Sequence[Family]) -> Iterator[tuple[Records, Sequence[Family]]]:
        """The touched families that ask the lines alone; then, on what is derived anew, those that ask what follows
        from them, where it is no longer the same."""
        alone = {_LINES, *self._dataset}
        asks_more = [family for family in self._outer if not {part.table for part in family.selectors} <= alone]
        more = {family.id for family in asks_more}
        yield otherwise, [family for family in touched if family.id not in more]
        whole = derived_anew(otherwise, self._identities)
        changed = {name for name in whole.tables if name not in alone and whole.of(name) != self._records.of(name)}
        ids = {family.id for family in touched}
        yield (
            whole,
            [
                family
                for family in asks_more
                if family.id in ids or any(part.table in changed for part in family.selectors)
            ],
        )

    def _worked(self, records: Records, families: Sequence[Family]) -> list[Check]:
        identities = replace(self._identities, families=tuple(families))
        return evaluate(records, identities, fen_is_exact=self._fen_is_exact)

    def _changed(self, lines: Sequence[Record]) -> list[Record]:
        """All lines of the tables in which some line is not as it was, in the order of the page."""
        new, kept = [row for row in lines if id(row) not in self._lines], {id(row) for row in lines}
        lost = [row for name, row in self._lines.items() if name not in kept]
        if sorted(map(repr, new)) == sorted(map(repr, lost)):
            return []
        tables = {row["table_no"] for row in (*new, *lost)}
        return sorted((row for row in lines if row["table_no"] in tables), key=_place)

    def _touched(self, here: Sequence[Records]) -> list[Family]:
        """The outer families that pick one of the lines that were in the tables, or are now."""
        lines = [row for records in here for row in records.of(_LINES)]
        selection = Selection(Records({_LINES: lines}), self._outer)
        return [
            family
            for family in self._outer
            if any(part.table == _LINES and selection.rows(part) for part in family.selectors)
        ]


def _parted(families: Iterable[Family]) -> tuple[list[Family], list[Family]]:
    """The families that compare what stands within one table, by what that table alone tells; and the others."""
    inner = [
        family
        for family in families
        if family.scope == "within_table"
        and not (family.definition_may_differ or family.when or family.blocked_by)
        and all(part.table == _LINES and "table_no" in part.by for part in family.selectors)
    ]
    ids = {family.id for family in inner}
    return inner, [family for family in families if family.id not in ids]


def _of_tables(records: Records, tables: Collection[object]) -> Records:
    """The lines of these tables, and all other rows."""
    lines = [row for row in records.of(_LINES) if row["table_no"] in tables]
    return Records({**records.tables, _LINES: lines})


def failing(checks: Iterable[Check]) -> list[Check]:
    """The checks that assert something and fail."""
    return [check for check in checks if check.fails and check.family.kind == "assert"]


def _name(check: Check) -> _Name:
    """A check by what it says: the numbers of rows change where one is added."""
    return check.family.id, check.statement.zh
