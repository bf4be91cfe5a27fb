"""From rows to figures: what a group of rows prints, as terms of an identity take it.

Under one key, figures with the same meaning on the same line are one fact printed twice; the tables of one kind, where
a document has several, must agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from pipeline.schema import MONEY_UNITS
from pipeline.validate.identities import Selector
from pipeline.validate.intervals import HALF_FEN, ZERO, Figure, Term
from pipeline.validate.rows.dimensions import DIMENSIONS
from pipeline.validate.rows.model import Record, cells_of, label_of

COUNT = "one"
"""The measure that counts rows: what is counted is no figure of a cell."""
MONEY = "元"

_line_of = itemgetter("line")
_meaning_of = itemgetter("side", "line", *DIMENSIONS, "period", "item", "share")


class ContradictionError(Exception):
    """The same fact is printed twice with different amounts: what it enters into is blocked, not wrong."""


class Figures:
    """The figures of one document; a row that stands alone is read once for all the identities that it enters into.

    ``fen_is_exact``: a figure printed to the fen is that amount; otherwise it too may have been rounded.
    """

    def __init__(self, *, fen_is_exact: bool = True) -> None:
        self._fen_is_exact = fen_is_exact
        self._alone: dict[tuple[str, str, str, Decimal], dict[int, Term]] = defaultdict(dict)

    def reader(self, selector: Selector) -> Reader:
        """What reads rows as the selector takes them."""
        alone = self._alone[selector.measure, selector.half_unit, selector.unit, selector.weight]
        return Reader(selector, alone, fen_is_exact=self._fen_is_exact)


class Reader:
    """Rows to terms, as one selector takes them; ``alone`` are those of rows that were read before."""

    def __init__(self, selector: Selector, alone: dict[int, Term], *, fen_is_exact: bool) -> None:
        self._selector = selector
        self._alone = alone
        self._fen_is_exact = fen_is_exact
        self._within_table = "table_no" in selector.by

    def of(self, rows: Sequence[Record]) -> list[Term]:
        """The terms of a group, one per fact; of several tables of one kind those of the first, when they agree.

        Raises ContradictionError when they do not.
        """
        if self._within_table:
            return self._facts(rows)
        tables: dict[object, dict[object, list[Record]]] = {}
        for row in rows:
            tables.setdefault(row.get("table_id"), {}).setdefault(row.get("table_no"), []).append(row)
        chosen: list[Term] = []
        for same_kind in tables.values():
            each = [self._facts(group) for group in same_kind.values()]
            if len(each) > 1 and len({sum((term.figure.amount for term in terms), ZERO) for terms in each}) > 1:
                raise ContradictionError
            chosen += each[0]
        return chosen

    def each(self, row: Record) -> Term:
        """The term of one row by itself."""
        term = self._alone.get(id(row))  # the document's rows outlive this
        if term is None:
            term = self._alone[id(row)] = self._term((row,))
        return term

    def _facts(self, rows: Sequence[Record]) -> list[Term]:
        if self._selector.table != "budget_lines":
            return [self.each(row) for row in rows]
        if len(set(map(_line_of, rows))) == len(rows) or len(set(map(_meaning_of, rows))) == len(rows):
            return list(map(self.each, rows))
        facts: dict[object, list[Record]] = defaultdict(list)
        for row in rows:
            facts[_meaning_of(row)].append(row)
        if any(_differ(self._selector, same) for same in facts.values()):
            raise ContradictionError
        return [self.each(same[0]) if len(same) == 1 else self._term(same) for same in facts.values()]

    def _term(self, rows: Sequence[Record]) -> Term:
        return Term(_figure(self._selector, rows, fen_is_exact=self._fen_is_exact), self._selector.weight)


def _differ(selector: Selector, same: Sequence[Record]) -> bool:
    return len({row.get(selector.measure) for row in same}) > 1


def _figure(selector: Selector, rows: Sequence[Record], *, fen_is_exact: bool) -> Figure:
    row = rows[0]
    page = row.get("page") or row.get("first_page")
    printed, unit = str(row.get("amount_printed") or row.get(selector.measure) or ""), _unit(row, selector)
    half_unit = _half_unit(row, selector.half_unit)
    if fen_is_exact and half_unit == HALF_FEN and unit in MONEY_UNITS and printed:
        half_unit = ZERO
    return Figure(
        number_in(row, selector.measure) or ZERO,
        half_unit,
        () if selector.measure == COUNT else _cells(rows),
        _whole(page) if page else None,
        printed,
        unit,
        label_of(row),
        str(row.get("figure_key") or ""),
    )


def _cells(rows: Sequence[Record]) -> tuple[str, ...]:
    if len(rows) == 1 and rows[0].get("cell_id"):
        return (str(rows[0]["cell_id"]),)
    return tuple(dict.fromkeys(cell for row in rows for cell in cells_of(row)))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else int(str(value))


def _unit(row: Record, selector: Selector) -> str:
    """What a figure is measured in: a count of rows in the selector's word, money without a word of its own in yuan."""
    if selector.measure == COUNT:
        return selector.unit
    unit = row.get("unit")
    return selector.unit or (MONEY if unit is None else str(unit))


def number_in(row: Record, column: str) -> Decimal | None:
    """The number in a column, None for a blank; a printed percentage (text) without its sign."""
    value = row.get(column)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        try:
            return Decimal(value.strip().rstrip("%％").replace(",", "").replace("，", ""))
        except InvalidOperation:
            return None
    return Decimal(value) if isinstance(value, int) else None


def _half_unit(row: Record, column: str) -> Decimal:
    """Half of the last printed place: a column, ``printed`` for that of the measure's text, or a number in yuan."""
    if column == "printed":
        text = str(row.get("value") or "").strip().rstrip("%％")
        return Decimal(5).scaleb(-len(text.partition(".")[2]) - 1)
    if column in row:
        return number_in(row, column) or ZERO
    try:
        return Decimal(column)
    except InvalidOperation:
        return ZERO
