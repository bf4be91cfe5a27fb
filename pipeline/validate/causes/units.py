"""A table that states another unit than its figures are in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.causes.model import Printed, Supposition, amount_of, half_of
from pipeline.validate.check import Check
from pipeline.validate.intervals import FEN, HALF_FEN
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence

_NEAR = Decimal("0.02")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def wrong_units(printed: Printed) -> Iterator[Supposition]:
    """Tables of which sums with other tables, or all that is printed again, are off by what lies between two units.

    Where the text or a sheet alone is so far off, and but once, it is its own unit that is wrong.
    """
    tables = Counter(each for each in printed.units if each[0] in printed.by_table)
    said: Counter[tuple[int, str]] = Counter()
    for check in printed.failing:
        is_said = any(term.figure.key for term in (*check.left, *check.right))
        (said if is_said else tables).update(_suspects(printed, check))
    tables.update({suspect: times for suspect, times in said.items() if times > 1 or suspect in tables})
    for (table, unit), times in tables.most_common(3):
        yield _restated(printed, table, unit, times)


def _suspects(printed: Printed, check: Check) -> Iterator[tuple[int, str]]:
    """The tables whose figures, in another unit, would bring the two sides together."""
    if not check.right or not check.judgement.left or not check.judgement.right:
        return
    sides = [
        {int(str(printed.by_cell[cell]["table_no"])): str(printed.by_cell[cell]["unit"]) for cell in cells}
        for cells in (_cells(printed, check, side=0), _cells(printed, check, side=1))
    ]
    quotient = check.judgement.left / check.judgement.right
    for side, other, times in ((sides[0], sides[1], 1 / quotient), (sides[1], sides[0], quotient)):
        if len(side) == 1 and not side.keys() & other.keys():
            ((table, unit),) = side.items()
            for name, size in MONEY_UNITS.items():
                if unit in MONEY_UNITS and name != unit and abs(times * MONEY_UNITS[unit] / size - 1) < _NEAR:
                    yield table, name


def _cells(printed: Printed, check: Check, *, side: int) -> list[str]:
    terms = (check.left, check.right)[side]
    return [cell for term in terms for cell in term.figure.cell_ids if cell in printed.by_cell and not term.figure.key]


def _restated(printed: Printed, table: int, unit: str, times: int) -> Supposition:
    rows = [row for row in printed.lines if row["table_no"] == table]
    stated = str(rows[0]["unit"])
    factor = MONEY_UNITS[unit] / MONEY_UNITS[stated]
    new = {id(row): _scaled(row, factor, unit) for row in rows}
    title = printed.title(rows[0])
    said = Sentence(
        f"《{title}》的金额单位按“{stated}”计，看来应为“{unit}”：表内各数与其他各表的同一数字面相当，"
        f"按“{stated}”计则相差{_times(factor)}倍",
        f"“{title}”: its unit is taken to be {stated} and seems to be {unit}: its figures are printed as in the other "
        f"tables, and in {stated} they are {_times(factor)} times off",
    )
    return Supposition(said, printed.replaced(new), rows[:1], times + 100, sure=True)


def _times(factor: Decimal) -> str:
    return f"{max(factor, 1 / factor).normalize():f}"


def _scaled(row: Record, factor: Decimal, unit: str) -> Record:
    """The figure in the other unit, as the page prints it: what is finer than a fen in the wrong unit was rounded."""
    amount, printed = amount_of(row) * factor, _printed(row, unit)
    if printed is not None and abs(printed - amount) <= max(half_of(row), HALF_FEN) * factor:
        amount = printed
    amount = amount.quantize(FEN)  # money has no unit below the fen
    return {**row, "amount": amount, "half_unit": half_of(row) * factor, "unit": unit}


def _printed(row: Record, unit: str) -> Decimal | None:
    text = str(row["amount_printed"]).replace(",", "")
    return Decimal(text) * MONEY_UNITS[unit] if _NUMBER.fullmatch(text) else None
