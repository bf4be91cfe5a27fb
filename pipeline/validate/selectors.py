"""Selectors at work: which figures of a document stand under which key, and what one side of an identity adds up.

A key is the tuple of a row's values in the selector's ``by`` columns; ``columns`` finds the rows, ``figures`` reads
what they print.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pipeline.validate.columns import Columns, Groups, Key, Numbers, met_in
from pipeline.validate.figures import ContradictionError, Figures, number_in
from pipeline.validate.identities import Condition, Family, Guard, Selector
from pipeline.validate.intervals import Term
from pipeline.validate.rows.model import Record, Records

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MANY = 400  # rows: of fewer, all are put together sooner than it is told which are needed


class Side(NamedTuple):
    """One side of an identity under one key: the terms, and the rows that they come from."""

    terms: tuple[Term, ...]
    rows: tuple[Record, ...]
    blocked: bool = False


class Selection:
    """The rows of one document, picked and grouped; every selector is worked once.

    ``fen_is_exact``: a figure printed to the fen is that amount; otherwise it too may have been rounded.
    """

    def __init__(self, records: Records, families: Iterable[Family], *, fen_is_exact: bool = True) -> None:
        self._records = records
        self._asked = _asked(families)
        self._numbers = Numbers()
        self._columns: dict[str, Columns] = {}
        self._figures = Figures(fen_is_exact=fen_is_exact)
        self._groups: dict[tuple[object, ...], Groups] = {}
        self._known: dict[int, tuple[Selector, Groups]] = {}
        self._unread: dict[str, Mapping[Key, Sequence[Decimal]]] = {}
        self._left_out: dict[Key, list[Decimal]] | None = None

    def groups(self, selector: Selector) -> Groups:
        """The picked rows that hold a figure, by key, in the order of the table."""
        known = self._known.get(id(selector))  # asked for under every key, and to hash a selector takes its time
        if known is None:
            known = self._known[id(selector)] = (selector, self._worked(selector))  # what is kept keeps its id
        return known[1]

    def meet(self, one: Selector, others: Sequence[Selector]) -> None:
        """From now on leave out of the groups what stands under keys that only ``one`` or only the others have.

        For families that ask for no other keys. Where a selector has no key columns it stands under every key, and
        nothing is left out.
        """
        columns = self._columns_of(one)
        if len(columns) < _MANY or not all(selector.by for selector in (one, *others)):
            return
        sides = []
        for selector in (one, *others):
            columns = self._columns_of(selector)
            places = columns.places(conditions_of(selector))
            sides.append((selector, columns, places, columns.traces(places, selector.by)))
        first, rest = [sides[0][3]], [traces for *_, traces in sides[1:]]
        for selector, columns, places, traces in sides:
            kept = places[met_in(traces, rest if selector is one else first)]
            self._known[id(selector)] = (selector, columns.grouped(kept, selector.by))

    def _worked(self, selector: Selector) -> Groups:
        name = (selector.table, selector.conditions, selector.by, selector.measure)
        if name not in self._groups:
            columns = self._columns_of(selector)
            self._groups[name] = columns.grouped(columns.places(conditions_of(selector)), selector.by)
        return self._groups[name]

    def _columns_of(self, selector: Selector) -> Columns:
        if selector.table not in self._columns:
            rows, names = self._records.of(selector.table), self._asked.get(selector.table, ())
            self._columns[selector.table] = Columns(rows, names, self._numbers)
        return self._columns[selector.table]

    def rows(self, selector: Selector) -> list[Record]:
        """The picked rows, whatever their key."""
        return [row for group in self.groups(selector).values() for row in group]

    def admits(self, guard: Guard) -> bool:
        """Whether the document has, or has not, such a row, as the guard wants it."""
        rows = self.rows(guard.selector)
        found = any(not guard.nonzero or number_in(row, guard.selector.measure) for row in rows)
        return found == guard.wanted

    def listing(self, selectors: Sequence[Selector]) -> Callable[[Key], bool]:
        """Whether any of the selectors picks rows under a key: asked of many keys, told once."""
        if any(not selector.by and self.groups(selector) for selector in selectors):
            return lambda _: True
        listed = [self.groups(selector) for selector in selectors if selector.by]
        if len(listed) == 1:
            return listed[0].__contains__
        return lambda key: any(key in groups for groups in listed)

    def listed_like(self, selector: Selector, key: Key) -> list[Record]:
        """The rows under the keys that differ from this one in the last part alone."""
        return [row for each, rows in self.groups(selector).items() if each[:-1] == key[:-1] for row in rows]

    def side_of(self, selectors: Sequence[Selector]) -> Callable[[Key], Side]:
        """One side under a key: the terms of its selectors one after another. Asked of many keys, prepared once."""
        parts = [(self.groups(selector), bool(selector.by), self._figures.reader(selector)) for selector in selectors]

        def side(key: Key) -> Side:
            terms: list[Term] = []
            rows: list[Record] = []
            blocked = False
            for groups, has_keys, reader in parts:
                group = groups.get(key if has_keys else (), ())
                if len(group) == 1:  # as nearly all
                    terms.append(reader.each(group[0]))
                    rows.append(group[0])
                    continue
                try:
                    terms += reader.of(group)
                except ContradictionError:
                    terms, blocked = [*terms, *map(reader.each, group)], True
                rows += group
            return Side(tuple(terms), tuple(rows), blocked)

        return side

    @cached_property
    def has_unread(self) -> bool:
        """Whether there is any number that nobody could place."""
        return any(not cell.get("known") for cell in self._records.of("cells"))

    def unread_along(self, column: str) -> Mapping[Key, Sequence[Decimal]]:
        """The numbers that nobody could place, as printed, by row or column (table_no and the value of ``column``)."""
        if column not in self._unread:
            numbers: dict[Key, list[Decimal]] = defaultdict(list)
            for cell in self._records.of("cells"):
                if cell.get("known"):
                    continue
                numbers[cell.get("table_no"), cell.get(column)] += _numbers_in(str(cell.get("text")).replace("，", ","))
            self._unread[column] = numbers
        return self._unread[column]

    def left_out(self, table_no: object, row_no: object) -> Sequence[Decimal]:
        """The numbers, as printed, that a row shows in columns known to be outside the dataset."""
        if self._left_out is None:
            self._left_out = defaultdict(list)
            for cell in self._records.of("cells"):
                number = number_in(cell, "text") if cell.get("known") else None
                if number is not None:
                    self._left_out[cell.get("table_no"), cell.get("row_no")].append(number)
        return self._left_out.get((table_no, row_no), ())


def _numbers_in(text: str) -> list[Decimal]:
    """The numbers within a cell's text; zero for one whose digits are none of a number's own."""
    return [Decimal(found.replace(",", "")) for found in _NUMBER.findall(text)] or [Decimal(0)]


def _asked(families: Iterable[Family]) -> Mapping[str, Iterable[str]]:
    """The columns that the selectors of the families pick and put together by, by table."""
    columns: dict[str, dict[str, None]] = defaultdict(dict)
    for family in families:
        for selector in family.selectors:
            columns[selector.table].update(dict.fromkeys(selector.by))
            columns[selector.table].update((each.column, None) for each in conditions_of(selector))
    return columns


def conditions_of(selector: Selector) -> tuple[Condition, ...]:
    """What a row must meet: in the tables, where a row may print no amount, to hold a figure too."""
    if selector.table != "budget_lines":
        return selector.conditions
    return (*selector.conditions, Condition(selector.measure, (None,), negated=True))
