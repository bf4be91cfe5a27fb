"""Sheets matched to the rows of the project table, each with the ground of its match.

Grounds, the surest first: ``name_and_amount``, ``near_name_and_amount`` (the names differ by a doubled or a dropped
character), ``name_sum`` (rows of one name, in several units, add up to the sheet), ``name`` (the amounts differ),
``near_name``, ``amount`` (the only sheet and the only row left with that amount). Names are compared without white
space and punctuation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.records import ProjectSheet

_PUNCTUATION = re.compile(r"[（）()【】\[\]“”\"'‘’《》、，。,.\-－—_]")
_NEAR = 2  # characters that may be doubled or dropped in a name


@dataclass(frozen=True)
class Match:
    """``rows`` are places in the project rows given (several only for ``name_sum`` and ``name``)."""

    sheet_id: str
    rows: tuple[int, ...]
    ground: str


@dataclass(frozen=True)
class Matches:
    """What was matched, and what was not: ``sheets`` by sheet_id, ``rows`` by their place."""

    found: tuple[Match, ...]
    sheets: tuple[str, ...]
    rows: tuple[int, ...]

    def by_sheet(self) -> dict[str, Match]:
        """The matches by sheet_id."""
        return {match.sheet_id: match for match in self.found}


@dataclass
class _State:
    sheets: list[ProjectSheet]
    rows: dict[int, Mapping[str, object]]
    table: Sequence[Mapping[str, object]]
    found: list[Match] = field(default_factory=list)

    def take(self, sheet: ProjectSheet, rows: Sequence[int], ground: str) -> None:
        self.found.append(Match(sheet.sheet_id, tuple(rows), ground))
        self.sheets.remove(sheet)
        for row in rows:
            del self.rows[row]


def match_projects(project_rows: Sequence[Mapping[str, object]], sheets: Iterable[ProjectSheet]) -> Matches:
    """Match sheets to rows of ``projects`` (``project_name``, ``amount`` in yuan, ``half_unit`` where known).

    Each row and each sheet is matched once. Rows of carry-over never match: a sheet is this year's.
    """
    this_year = {n: row for n, row in enumerate(project_rows) if row.get("origin") != "carryover"}
    state = _State(list(sheets), this_year, project_rows)
    _pass(state, "name_and_amount", lambda sheet, row: _same(sheet, row) and _equal(sheet, row))
    _pass(state, "near_name_and_amount", lambda sheet, row: _near(sheet, row) and _equal(sheet, row))
    _sums(state)
    _names(state)
    _pass(state, "near_name", _near)
    _amounts(state)
    order = {match.sheet_id: match for match in state.found}
    return Matches(tuple(order.values()), tuple(sheet.sheet_id for sheet in state.sheets), tuple(state.rows))


def _pass(state: _State, ground: str, fits: Callable[[ProjectSheet, Mapping[str, object]], bool]) -> None:
    for sheet in list(state.sheets):
        row = next((place for place, row in state.rows.items() if fits(sheet, row)), None)
        if row is not None:
            state.take(sheet, [row], ground)


def _sums(state: _State) -> None:
    for sheet in list(state.sheets):
        for rows in _of_name(state, sheet):
            amounts = [amount_of(state.rows[place]) for place in rows]
            known = [amount for amount in amounts if amount is not None]
            if len(rows) > 1 and len(known) == len(rows) and _meets(sheet, sum(known, Decimal(0))):
                state.take(sheet, rows, "name_sum")
                break


def _names(state: _State) -> None:
    """By name alone: every row of the name, headings before projects."""
    for sheet in list(state.sheets):
        rows = next((rows for rows in _of_name(state, sheet) if rows), None)
        if rows:
            state.take(sheet, rows, "name")


def _of_name(state: _State, sheet: ProjectSheet) -> tuple[list[int], list[int]]:
    """The rows of a sheet's name: its headings, its projects (a heading may hold a project of its own name).

    A heading inside another of the same name is part of that one's money, and is left out.
    """
    same = [place for place, row in state.rows.items() if _same(sheet, row)]
    heads = [place for place in same if is_heading(state.rows[place])]
    outer = [place for place in heads if not any(_is_inside(state.table, place, head) for head in heads)]
    return outer, [place for place in same if place not in heads]


def is_heading(row: Mapping[str, object]) -> bool:
    """Whether a row of ``projects`` heads others."""
    return row.get("subtotal_amount") is not None


def _is_inside(table: Sequence[Mapping[str, object]], place: int, head: int) -> bool:
    """Whether the projects between a heading and a later row of its unit do not yet make up the heading's amount."""
    whole = amount_of(table[head])
    if head >= place or whole is None or table[head].get("unit_name") != table[place].get("unit_name"):
        return False
    between = (amount_of(row) or Decimal(0) for row in table[head + 1 : place] if not is_heading(row))
    return sum(between, Decimal(0)) < whole


def _amounts(state: _State) -> None:
    """By amount alone only where it is the only one left on both sides: equal money is no name.

    A heading and its only project are one.
    """
    counts = Counter(sheet.amount for sheet in state.sheets)
    for sheet in list(state.sheets):
        same = [place for place, row in state.rows.items() if _equal(sheet, row)]
        rows = [place for place in same if place - 1 not in same or not is_heading(state.rows[place - 1])]
        if len(rows) == 1 and counts[sheet.amount] == 1:
            state.take(sheet, rows, "amount")


def amount_of(row: Mapping[str, object]) -> Decimal | None:
    """The money of a row of ``projects`` in yuan: a project's, or a heading's."""
    found = (row.get(column) for column in ("amount", "subtotal_amount"))
    return next((amount for amount in found if isinstance(amount, Decimal)), None)


def _equal(sheet: ProjectSheet, row: Mapping[str, object]) -> bool:
    amount = amount_of(row)
    return amount is not None and _meets(sheet, amount, row.get("half_unit"))


def _meets(sheet: ProjectSheet, amount: Decimal, half: object = None) -> bool:
    """Equal money: within the place that the coarser of the two prints (0.82 万元 and 8,215 元)."""
    if sheet.amount is None:
        return False
    known = half if isinstance(half, Decimal) else _half(amount)
    return abs(amount - sheet.amount) <= max(known, _half(sheet.amount))


def _half(amount: Decimal) -> Decimal:
    """Half of an amount's last place, where the printed place is not told; never coarser than 0.01 万元."""
    step = Decimal("0.01")
    while step < 100 and amount % (step * 10) == 0:
        step *= 10
    return step / 2


def _name(text: object) -> str:
    return _PUNCTUATION.sub("", squeeze(str(text or "")))


def _same(sheet: ProjectSheet, row: Mapping[str, object]) -> bool:
    return bool(_name(sheet.project_name)) and _name(sheet.project_name) == _name(row.get("project_name"))


def _near(sheet: ProjectSheet, row: Mapping[str, object]) -> bool:
    """Names that differ by characters doubled or dropped at a wrap: nothing replaced, at most two too many."""
    one, other = _name(sheet.project_name), _name(row.get("project_name"))
    if not one or not other or abs(len(one) - len(other)) > _NEAR or min(len(one), len(other)) < 4:
        return False
    edits = [edit for edit in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if edit[0] != "equal"]
    extra = sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in edits)
    return extra <= _NEAR and all(edit[0] != "replace" for edit in edits)
