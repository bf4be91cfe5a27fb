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

from pipeline.normalize.lexicon import squeeze
from pipeline.normalize.sheets.records import ProjectSheet

_PUNCTUATION = re.compile(r"[（）()【】\[\]“”\"'‘’《》、，。,.\-－—_]")
_NEAR = 2  # characters that may be doubled or dropped in a name


@dataclass(frozen=True)
class Match:
    """``rows`` are places in the project rows given (several only for ``name_sum``)."""

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
    state = _State(list(sheets), this_year)
    _pass(state, "name_and_amount", lambda sheet, row: _same(sheet, row) and _equal(sheet, row))
    _pass(state, "near_name_and_amount", lambda sheet, row: _near(sheet, row) and _equal(sheet, row))
    _sums(state)
    _pass(state, "name", _same)
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
        rows = [place for place, row in state.rows.items() if _same(sheet, row)]
        amounts = [_amount(state.rows[place]) for place in rows]
        known = [amount for amount in amounts if amount is not None]
        if len(rows) > 1 and len(known) == len(rows) and sheet.amount == sum(known):
            state.take(sheet, rows, "name_sum")


def _amounts(state: _State) -> None:
    """By amount alone only where it is the only one left on both sides: equal money is no name."""
    counts = Counter(sheet.amount for sheet in state.sheets)
    for sheet in list(state.sheets):
        rows = [place for place, row in state.rows.items() if _equal(sheet, row)]
        if len(rows) == 1 and counts[sheet.amount] == 1:
            state.take(sheet, rows, "amount")


def _amount(row: Mapping[str, object]) -> Decimal | None:
    amount = row.get("amount")
    return amount if isinstance(amount, Decimal) else None


def _equal(sheet: ProjectSheet, row: Mapping[str, object]) -> bool:
    """Equal money: within the place that the coarser of the two prints (18.08 万元 and 180,800 元)."""
    amount, half = _amount(row), row.get("half_unit")
    if amount is None or sheet.amount is None:
        return False
    slack = half if isinstance(half, Decimal) else _half(amount, sheet.amount)
    return abs(amount - sheet.amount) <= slack


def _half(amount: Decimal, other: Decimal) -> Decimal:
    """Half of the last place of the row's amount, where the printed place is not told (0.82 万元 for 8,215 元)."""
    step = Decimal("0.01")
    while step < 10000 and amount % (step * 10) == 0:
        step *= 10
    return min(step, Decimal(100)) / 2 if amount != other else Decimal(0)


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
