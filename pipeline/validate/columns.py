"""The columns that selectors ask for in one table: which rows meet a selector's conditions, and under which key.

A document's rows are many and wide, and its identities ask for the same few dozen columns again and again. So every
row is gone through once, and its columns are put side by side; the values of a column that has conditions are numbered,
which makes a condition one comparison of numbers, and several of them a conjunction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.validate.identities import Condition
from pipeline.validate.rows.model import Record

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[tuple[int], np.dtype[np.int32]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

Key = tuple[object, ...]
Groups = Mapping[Key, Sequence[Record]]


class Columns:
    """The rows of one table by what stands in the columns ``names``; a column that a row lacks is None there."""

    def __init__(self, rows: Sequence[Record], names: Iterable[str]) -> None:
        self._rows = rows
        self._values = _side_by_side(rows, tuple(names))
        self._numbered: dict[str, tuple[Mapping[object, int], Codes]] = {}
        self._met: dict[Condition, Mask] = {}
        self._keys: dict[tuple[str, ...], Sequence[Key]] = {}

    def grouped(self, conditions: Sequence[Condition], by: tuple[str, ...]) -> Groups:
        """The rows that meet every condition, by their values in the columns ``by``, in the order of the table."""
        places = self._places(conditions)
        if not by:
            return {(): [self._rows[place] for place in places]} if places else {}
        if by not in self._keys:
            self._keys[by] = list(zip(*(self._values[name] for name in by), strict=True))
        keys, rows = self._keys[by], self._rows
        groups: dict[Key, list[Record]] = defaultdict(list)
        for place in places:
            groups[keys[place]].append(rows[place])
        return groups

    def _places(self, conditions: Sequence[Condition]) -> Sequence[int]:
        if not conditions or not self._rows:
            return range(len(self._rows))
        met = self._mask(conditions[0])
        for condition in conditions[1:]:
            met = met & self._mask(condition)
        places: list[int] = met.nonzero()[0].tolist()
        return places

    def _mask(self, condition: Condition) -> Mask:
        if condition not in self._met:
            numbers, codes = self._number(condition.column)
            met = codes < 0  # nowhere
            for value in condition.values:
                met = met | (codes == numbers.get(value, -1))
            self._met[condition] = ~met if condition.negated else met
        return self._met[condition]

    def _number(self, name: str) -> tuple[Mapping[object, int], Codes]:
        """The number of each value of a column, and the column in numbers."""
        if name not in self._numbered:
            import numpy as np  # noqa: PLC0415  (heavy: only where a document is checked)

            numbers: dict[object, int] = defaultdict(count().__next__)
            codes = np.array([numbers[value] for value in self._values[name]], np.int32)
            self._numbered[name] = dict(numbers), codes
        return self._numbered[name]


def _side_by_side(rows: Sequence[Record], names: Sequence[str]) -> Mapping[str, Sequence[object]]:
    if not rows or not names:
        return dict.fromkeys(names, ())
    quick = itemgetter(*names) if len(names) > 1 else None
    try:
        across = [quick(row) for row in rows] if quick else [(row[names[0]],) for row in rows]
    except KeyError:
        across = [tuple(row.get(name) for name in names) for row in rows]
    return dict(zip(names, zip(*across, strict=True), strict=True))
