"""The columns that selectors ask for in one table: which rows meet a selector's conditions, and under which key.

A document's rows are many and wide, and its identities ask for the same few dozen columns again and again. So every
row is gone through once, and its columns are put side by side; the values of a column are numbered, which makes a
condition one comparison of numbers, and several of them a conjunction. Most rows of a large table stand under keys
that only one side of an identity has: those are told by the numbers too (``traces``), and never put together.
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

    Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Places = np.ndarray[tuple[int], np.dtype[np.intp]]

Key = tuple[object, ...]
Groups = Mapping[Key, Sequence[Record]]

_BLANK = (None,)
_FACTOR = 0x5851F42D4C957F2D
_HALF = 32  # bits of a trace
_AT_ONCE = 256  # rows: what they are read into stays near at hand
_SLOTS = 1 << 18  # many beside the rows of a document, so that few share one; quicker by far than to sort


class Numbers:
    """A number for every value that has been asked for; equal values, of whichever table and column, have one."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = defaultdict(count().__next__)

    def of(self, values: Sequence[object]) -> Codes:
        """The numbers of the values."""
        import numpy as np  # noqa: PLC0415  (heavy: only where a document is checked)

        return np.fromiter(map(self._numbers.__getitem__, values), np.int64, len(values))

    def one(self, value: object) -> int:
        """The number of a value; -1 for one that nothing had."""
        return self._numbers.get(value, -1)


class Columns:
    """The rows of one table by what stands in the columns ``names``; a column that a row lacks is None there."""

    def __init__(self, rows: Sequence[Record], names: Iterable[str], numbers: Numbers) -> None:
        self._rows = rows
        self._numbers = numbers
        self._values = _side_by_side(rows, tuple(names))
        self._codes: dict[str, Codes] = {}
        self._met: dict[Condition, Mask] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def places(self, conditions: Sequence[Condition]) -> Places:
        """Where the rows stand that meet every condition."""
        import numpy as np  # noqa: PLC0415

        met = np.ones(len(self._rows), np.bool_)
        for condition in conditions:
            met &= self._mask(condition)
        return met.nonzero()[0]

    def grouped(self, places: Places, by: tuple[str, ...]) -> Groups:
        """The rows at these places by their values in the columns ``by``, in the order of the table."""
        rows = [self._rows[place] for place in places.tolist()]
        if not by:
            return {(): rows} if rows else {}
        groups: dict[Key, list[Record]] = defaultdict(list)
        for key, row in zip(self._keys(places, by), rows, strict=True):
            groups[key].append(row)
        return groups

    def _keys(self, places: Places, by: tuple[str, ...]) -> Sequence[Key]:
        if len(places) < 2:
            return [tuple(self._values[name][place] for name in by) for place in places.tolist()]
        pick = itemgetter(*places.tolist())
        return list(zip(*(pick(self._values[name]) for name in by), strict=True))

    def traces(self, places: Places, by: tuple[str, ...]) -> Codes:
        """A number for each place that is the same under the same key, in whichever table.

        Two keys may have one trace: it tells which rows need not be looked at, not which belong together.
        """
        traces = self._code(by[0])[places]
        for name in by[1:]:
            traces = traces * _FACTOR + self._code(name)[places]  # int64 wraps around
        return traces

    def _mask(self, condition: Condition) -> Mask:
        if condition not in self._met:
            met = self._blank(condition.column) if condition.values == _BLANK else self._among(condition)
            self._met[condition] = ~met if condition.negated else met
        return self._met[condition]

    def _blank(self, name: str) -> Mask:
        import numpy as np  # noqa: PLC0415

        if name in self._codes:
            return self._among(Condition(name, _BLANK))
        return np.fromiter([value is None for value in self._values[name]], np.bool_, len(self._rows))

    def _among(self, condition: Condition) -> Mask:
        codes = self._code(condition.column)
        met = codes < 0  # nowhere
        for value in condition.values:
            met = met | (codes == self._numbers.one(value))
        return met

    def _code(self, name: str) -> Codes:
        if name not in self._codes:
            self._codes[name] = self._numbers.of(self._values[name])
        return self._codes[name]


def met_in(traces: Codes, others: Iterable[Codes]) -> Mask:
    """Which of the traces are, in all likelihood, among the others; none that is goes missing."""
    import numpy as np  # noqa: PLC0415

    marks = np.zeros(_SLOTS, np.bool_)
    for each in others:
        marks[_slots(each)] = True
    return marks[_slots(traces)]


def _slots(traces: Codes) -> Codes:
    """A slot for each trace: its low bits tell single columns apart, the high ones are those that several mix."""
    return (traces ^ (traces >> _HALF)) & (_SLOTS - 1)


def _side_by_side(rows: Sequence[Record], names: Sequence[str]) -> Mapping[str, Sequence[object]]:
    if not rows or not names:
        return dict.fromkeys(names, ())
    columns: list[list[object]] = [[] for _ in names]
    for start in range(0, len(rows), _AT_ONCE):
        for column, values in zip(columns, _across(rows[start : start + _AT_ONCE], names), strict=True):
            column.extend(values)
    return dict(zip(names, columns, strict=True))


def _across(rows: Sequence[Record], names: Sequence[str]) -> Iterable[Sequence[object]]:
    """The columns of some rows."""
    quick = itemgetter(*names) if len(names) > 1 else None
    try:
        across = [quick(row) for row in rows] if quick else [(row[names[0]],) for row in rows]
    except KeyError:
        across = [tuple(row.get(name) for name in names) for row in rows]
    return zip(*across, strict=True)
