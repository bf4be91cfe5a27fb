"""Selectors at work: which figures of a document stand under which key, and what one side of an identity adds up.

A key is the tuple of a row's values in the selector's ``by`` columns; ``columns`` finds the rows, ``figures`` reads
what they print.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pipeline.validate.columns import Columns
from pipeline.validate.figures import ContradictionError, Figures, number_in
from pipeline.validate.identities import Guard, Selector
from pipeline.validate.intervals import Term
from pipeline.validate.rows.model import Record, Records

Key = tuple[object, ...]
Groups = Mapping[Key, Sequence[Record]]


@dataclass(frozen=True)
class Side:
    """One side of an identity under one key: the terms, and the rows that they come from."""

    terms: tuple[Term, ...]
    rows: tuple[Record, ...]
    blocked: bool = False


class Selection:
    """The rows of one document, picked and grouped; every selector is worked once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._columns: dict[str, Columns] = {}
        self._figures = Figures()
        self._groups: dict[tuple[object, ...], Groups] = {}
        self._known: dict[int, tuple[Selector, Groups]] = {}
        self._unread: dict[str, frozenset[Key]] = {}

    def groups(self, selector: Selector) -> Groups:
        """The picked rows that hold a figure, by key, in the order of the table."""
        known = self._known.get(id(selector))  # asked for under every key, and to hash a selector takes its time
        if known is None:
            known = self._known[id(selector)] = (selector, self._worked(selector))  # what is kept keeps its id
        return known[1]

    def _worked(self, selector: Selector) -> Groups:
        name = (selector.table, selector.conditions, selector.by, selector.measure)
        if name not in self._groups:
            self._groups[name] = self._group(selector)
        return self._groups[name]

    def _group(self, selector: Selector) -> Groups:
        rows = self._admitted(selector)
        if selector.table == "budget_lines":
            rows = [row for row in rows if row.get(selector.measure) is not None]
        if not selector.by:
            return {(): rows} if rows else {}
        groups: dict[Key, list[Record]] = defaultdict(list)
        key_of = _key_of(selector.by)
        for row in rows:
            groups[key_of(row)].append(row)
        return groups

    def _admitted(self, selector: Selector) -> Sequence[Record]:
        columns = self._columns.get(selector.table)
        if columns is None:
            columns = self._columns[selector.table] = Columns(self._records.of(selector.table))
        return columns.rows_with(selector.conditions)

    def rows(self, selector: Selector) -> list[Record]:
        """The picked rows, whatever their key."""
        return [row for group in self.groups(selector).values() for row in group]

    def admits(self, guard: Guard) -> bool:
        """Whether the document has, or has not, such a row, as the guard wants it."""
        rows = self.rows(guard.selector)
        found = any(not guard.nonzero or number_in(row, guard.selector.measure) for row in rows)
        return found == guard.wanted

    def under(self, selector: Selector, key: Key) -> Sequence[Record]:
        """The rows under a key; a selector without key columns has one group, which stands under every key."""
        return self.groups(selector).get(key if selector.by else (), ())

    def side(self, selectors: Sequence[Selector], key: Key) -> Side:
        """The terms of one side under a key: those of its selectors one after another."""
        terms: list[Term] = []
        rows: list[Record] = []
        blocked = False
        for selector in selectors:
            group = self.under(selector, key)
            try:
                figures = self._figures.of(selector, group)
            except ContradictionError:
                figures, blocked = [self._figures.each(selector, row) for row in group], True
            terms += [Term(figure, selector.weight) for figure in figures]
            rows += group
        return Side(tuple(terms), tuple(rows), blocked)

    def unread_along(self, column: str) -> frozenset[Key]:
        """The rows or columns (table_no and the value of ``column``) that hold a number nobody could place."""
        if column not in self._unread:
            cells = self._records.of("cells")
            self._unread[column] = frozenset((cell.get("table_no"), cell.get(column)) for cell in cells)
        return self._unread[column]


def _key_of(columns: Sequence[str]) -> Callable[[Record], Key]:
    """What makes a row's key of these columns; a column that the row lacks is None."""
    if len(columns) < 2:
        return lambda row: tuple(row.get(column) for column in columns)
    quick = itemgetter(*columns)  # half of the time of a document's checks goes into keys

    def key(row: Record) -> Key:
        try:
            found: Key = quick(row)
        except KeyError:
            return tuple(row.get(column) for column in columns)
        return found

    return key
