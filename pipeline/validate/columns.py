"""The columns of one table, looked through once each: which of its rows meet a selector's conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from pipeline.validate.identities import Condition
from pipeline.validate.rows.model import Record

Places = AbstractSet[int]
_NOWHERE: Places = frozenset()


class Columns:
    """The rows of one table by what stands in their columns; a column is read when a condition first asks for it.

    The hundred identities of a document ask for the same few dozen conditions again and again: the rows that meet a
    condition are a set of places, and those that meet several an intersection.
    """

    def __init__(self, rows: Sequence[Record]) -> None:
        self._rows = rows
        self._columns: dict[str, Mapping[object, Places]] = {}
        self._met: dict[Condition, Places] = {}

    def rows_with(self, conditions: Sequence[Condition]) -> Sequence[Record]:
        """The rows that meet every condition, in the order of the table; a column that a row lacks is None there."""
        wanted = sorted((self._holding(each) for each in conditions if not each.negated), key=len)
        excluded = [self._holding(each) for each in conditions if each.negated]
        if not wanted and not any(excluded):
            return self._rows
        found = wanted[0] if wanted else frozenset(range(len(self._rows)))
        for places in wanted[1:]:
            found = found & places
        for places in excluded:
            found = found - places
        return [self._rows[place] for place in sorted(found)]

    def _holding(self, condition: Condition) -> Places:
        """The places of the rows that hold one of the condition's values."""
        if condition not in self._met:
            column = self._column(condition.column)
            found = [column.get(value, _NOWHERE) for value in condition.values]
            self._met[condition] = found[0] if len(found) == 1 else frozenset().union(*found)
        return self._met[condition]

    def _column(self, name: str) -> Mapping[object, Places]:
        if name not in self._columns:
            places: dict[object, set[int]] = defaultdict(set)
            for place, row in enumerate(self._rows):
                places[row.get(name)].add(place)
            self._columns[name] = places
        return self._columns[name]
