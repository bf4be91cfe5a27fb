"""Selectors at work: which figures of a document stand under which key, and what one side of an identity adds up.

A key is the tuple of a row's values in the selector's ``by`` columns. Under one key, figures with the same meaning on
the same line are one fact printed twice; the tables of one kind, where a document has several, must agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from pipeline.validate.identities import Condition, Guard, Selector
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, Term
from pipeline.validate.rows.dimensions import DIMENSIONS
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.rows.printed import UNITS

Key = tuple[object, ...]
Groups = Mapping[Key, Sequence[Record]]


_FEW = 50  # rows: fewer are looked through as quickly as they are looked up

COUNT = "one"
"""The measure that counts rows: what is counted is no figure of a cell."""
MONEY = "元"


class ContradictionError(Exception):
    """The same fact is printed twice with different amounts: what it enters into is blocked, not wrong."""


@dataclass(frozen=True)
class Side:
    """One side of an identity under one key: the terms, and the rows that they come from."""

    terms: tuple[Term, ...]
    rows: tuple[Record, ...]
    blocked: bool = False


class Selection:
    """The rows of one document, picked and grouped; every selector is worked once.

    ``fen_is_exact``: a figure printed to the fen is that amount; otherwise it too may have been rounded.
    """

    def __init__(self, records: Records, *, fen_is_exact: bool = True) -> None:
        self._records = records
        self._fen_is_exact = fen_is_exact
        self._groups: dict[tuple[object, ...], Groups] = {}
        self._places: dict[tuple[str, str], dict[object, list[int]]] = {}

    @property
    def records(self) -> Records:
        """The document's rows."""
        return self._records

    def groups(self, selector: Selector) -> Groups:
        """The picked rows that hold a figure, by key, in the order of the table."""
        name = (selector.table, selector.conditions, selector.by, selector.measure)
        if name not in self._groups:
            self._groups[name] = self._group(selector)
        return self._groups[name]

    def _group(self, selector: Selector) -> Groups:
        groups: dict[Key, list[Record]] = defaultdict(list)
        key_of, conditions = _key_of(selector.by), [(each.column, each.holds) for each in selector.conditions]
        measured = selector.measure if selector.table == "budget_lines" else None
        for row in self._candidates(selector):
            if conditions and not all(holds(row.get(column)) for column, holds in conditions):
                continue
            if measured is None or row.get(measured) is not None:
                groups[key_of(row)].append(row)
        return groups

    def _candidates(self, selector: Selector) -> Iterable[Record]:
        """The rows of the selector's table, in order: those that its most telling condition admits."""
        rows = self._records.of(selector.table)
        telling = [each for each in selector.conditions if not each.negated]
        if not telling or len(rows) < _FEW:
            return rows
        found = (self._admitted(selector.table, each) for each in telling)
        places = min(found, key=len)
        return (rows[place] for place in sorted(places))

    def _admitted(self, table: str, condition: Condition) -> list[int]:
        """The places of the rows that hold one of the condition's values; each column is looked through once."""
        known = self._places.get((table, condition.column))
        if known is None:
            known = self._places[(table, condition.column)] = defaultdict(list)
            for place, row in enumerate(self._records.of(table)):
                known[row.get(condition.column)].append(place)
        return [place for value in dict.fromkeys(condition.values) for place in known.get(value, ())]

    def rows(self, selector: Selector) -> list[Record]:
        """The picked rows, whatever their key."""
        return [row for group in self.groups(selector).values() for row in group]

    def admits(self, guard: Guard) -> bool:
        """Whether the document has, or has not, such a row, as the guard wants it."""
        rows = self.rows(guard.selector)
        found = any(not guard.nonzero or _number(row, guard.selector.measure) for row in rows)
        return found == guard.wanted

    def under(self, selector: Selector, key: Key) -> Sequence[Record]:
        """The rows under a key; a selector without key columns has one group, which stands under every key."""
        return self.groups(selector).get(key if selector.by else (), ())

    def listed_like(self, selector: Selector, key: Key) -> list[Record]:
        """The rows under the keys that differ from this one in the last part alone."""
        return [row for each, rows in self.groups(selector).items() if each[:-1] == key[:-1] for row in rows]

    def side(self, selectors: Sequence[Selector], key: Key) -> Side:
        """The terms of one side under a key: those of its selectors one after another."""
        terms: list[Term] = []
        rows: list[Record] = []
        blocked = False
        for selector in selectors:
            group = self.under(selector, key)
            try:
                figures = _figures(selector, group)
            except ContradictionError:
                figures, blocked = [_figure(selector, [row]) for row in group], True
            terms += [Term(self._exact(figure), selector.weight) for figure in figures]
            rows += group
        return Side(tuple(terms), tuple(rows), blocked)

    def _exact(self, figure: Figure) -> Figure:
        is_fen = figure.half_unit == HALF_FEN and figure.unit in UNITS and figure.printed
        return replace(figure, half_unit=ZERO) if self._fen_is_exact and is_fen else figure


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


def _figures(selector: Selector, rows: Sequence[Record]) -> list[Figure]:
    """The figures of a group, one per fact; of several tables of one kind those of the first, when they agree."""
    tables: dict[object, dict[object, list[Record]]] = {}
    for row in rows:
        tables.setdefault(row.get("table_id"), {}).setdefault(row.get("table_no"), []).append(row)
    chosen: list[Figure] = []
    for same_kind in tables.values():
        each = [_facts(selector, group) for group in same_kind.values()]
        if len({sum((figure.amount for figure in figures), ZERO) for figures in each}) > 1:
            raise ContradictionError
        chosen += each[0]
    return chosen


def _facts(selector: Selector, rows: Sequence[Record]) -> list[Figure]:
    facts: dict[Key, list[Record]] = defaultdict(list)
    for number, row in enumerate(rows):
        meaning = tuple(row.get(name) for name in ("side", "line", *DIMENSIONS, "period", "item"))
        facts[meaning if selector.table == "budget_lines" else (number,)].append(row)
    if any(len({row.get(selector.measure) for row in same}) > 1 for same in facts.values()):
        raise ContradictionError
    return [_figure(selector, same) for same in facts.values()]


def _figure(selector: Selector, rows: Sequence[Record]) -> Figure:
    row = rows[0]
    page = row.get("page") or row.get("first_page")
    return Figure(
        amount=_number(row, selector.measure) or ZERO,
        half_unit=_half_unit(row, selector.half_unit),
        cell_ids=() if selector.measure == COUNT else tuple(dict.fromkeys(c for each in rows for c in cells_of(each))),
        page=int(str(page)) if page else None,
        printed=str(row.get("amount_printed") or row.get(selector.measure) or ""),
        unit=_unit(row, selector),
        label=label_of(row),
        key=str(row.get("figure_key") or ""),
    )


def _unit(row: Record, selector: Selector) -> str:
    """What a figure is measured in: a count of rows in the selector's word, money without a word of its own in yuan."""
    if selector.measure == COUNT:
        return selector.unit
    unit = row.get("unit")
    return selector.unit or (MONEY if unit is None else str(unit))


def cells_of(row: Record) -> tuple[str, ...]:
    """The cells that a row comes from."""
    if row.get("cell_id"):
        return (str(row["cell_id"]),)
    cells = row.get("cell_ids")
    return tuple(str(cell) for cell in cells) if isinstance(cells, list) else ()


def label_of(row: Record) -> str:
    """What a person calls the row: code and name, project, unit, or the row's label."""
    code = row.get("subject_code") or row.get("economic_code")
    name = row.get("subject_name") or row.get("economic_name") or row.get("project_name") or row.get("item")
    name = name or row.get("unit_name") or row.get("printed_title") or row.get("table_id") or ""
    return f"{code} {name}" if code and row.get("code_source") != "reference" else str(name)


def _number(row: Record, column: str) -> Decimal | None:
    """The number in a column; a printed percentage (text) without its sign."""
    value = row.get(column)
    if isinstance(value, str):
        try:
            return Decimal(value.strip().rstrip("%％").replace(",", ""))
        except InvalidOperation:
            return None
    return Decimal(value) if isinstance(value, (Decimal, int)) else None


def _half_unit(row: Record, column: str) -> Decimal:
    """Half of the last printed place: a column, ``printed`` for that of the measure's text, or a number in yuan."""
    if column == "printed":
        text = str(row.get("value") or "").strip().rstrip("%％")
        return Decimal(5).scaleb(-len(text.partition(".")[2]) - 1)
    if column in row:
        return _number(row, column) or ZERO
    try:
        return Decimal(column)
    except InvalidOperation:
        return ZERO
