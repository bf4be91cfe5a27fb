"""Amounts of the text in another unit of money than all others there, as the selectors see them.

odd_units   such an amount or change: ``contradicts`` where the same number stands elsewhere in the usual unit, in the
            text or, as an amount, in a table; or where it would be less than a thousand yuan beside amounts in 万元
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.schema import MONEY_UNITS
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.spoken import decimal_of, pieces_of
from pipeline.validate.rows.years import said_row

_FEW = 10  # one in so many
_DIGITS = 4  # a number with fewer is met by chance elsewhere
_DIGITS_NEAR = 3  # … in its own section
_LEAST = Decimal(1000)  # yuan: a department's budget speaks of no less
_FEN = re.compile(r"\.\d\d$")
_BOUND = "（界限）"


class _Usual(NamedTuple):
    """The unit that the amounts of a text have, and the numbers printed in it, noughts too: all, and by section."""

    unit: str
    numbers: Collection[str]
    near: Mapping[object, Collection[str]]


def odd_unit_tables(figures: Sequence[Record], lines: Lines, price: re.Pattern[str]) -> dict[str, Sequence[Record]]:
    """The derived table of one document; ``price`` are words around what one costs (每人…, the number as …)."""
    money = [row for row in figures if row["is_money"] and row["amount"]]
    units = Counter(str(row["unit"]) for row in money)
    usual = units.most_common(1)[0][0] if units else ""
    odd = [row for row in money if row["unit"] != usual and not row["restates_cell_id"]]
    if not odd or len(money) - units[usual] > len(money) // _FEW:
        return {"odd_units": []}
    known = _usual([row for row in figures if row["unit"] == usual], usual)
    amounts = sorted({abs(decimal_of(line, "amount")) for line in lines.rows if line["nonzero"]})
    found = (_judged(row, _contradiction(row, known, amounts)) for row in odd if not _is_price(row, figures, price))
    return {"odd_units": list(found)}


def _usual(rows: Sequence[Record], unit: str) -> _Usual:
    near: dict[object, set[str]] = defaultdict(set)
    for row in rows:
        near[row["section"]].add(_number(row))
    return _Usual(unit, set().union(*near.values()), near)


def _number(row: Record) -> str:
    number = str(row["amount_printed"]).replace(",", "").replace("，", "")
    return f"{number}{_BOUND}" if str(row["subject"]).endswith(_BOUND) else number


def _is_price(row: Record, figures: Sequence[Record], price: re.Pattern[str]) -> bool:
    said = [each for each in figures if each["sentence"] == row["sentence"] and each["section"] == row["section"]]
    before, behind = pieces_of(said)[said.index(row)]
    return not _number(row).endswith(_BOUND) and price.search(f"{before}…{behind}") is not None


def _contradiction(row: Record, usual: _Usual, amounts: Sequence[Decimal]) -> tuple[str, str] | None:
    """What speaks against the unit."""
    number, times = _number(row), MONEY_UNITS[usual.unit] / MONEY_UNITS[str(row["unit"])]
    digits = sum(letter.isdigit() for letter in number.lstrip("0."))
    beside = usual.near.get(row["section"], ())
    if (number in usual.numbers and digits >= _DIGITS) or (number in beside and digits >= _DIGITS_NEAR):
        said = f"{row['amount_printed']}{usual.unit}"
        return f"他处印作“{said}”", f"elsewhere it is “{said}”"
    amount, half = abs(decimal_of(row, "amount")) * times, decimal_of(row, "half_unit") * times
    at = bisect_left(amounts, amount - half)
    if digits >= _DIGITS and at < len(amounts) and amounts[at] <= amount + half:
        return f"表中有同一数字，以{usual.unit}计", f"a table has that number in {usual.unit}"
    if beside and usual.unit == "万元" and not number.endswith(_BOUND):
        if amount < _LEAST * times:
            return "不足一千元，而该节其他金额以万元计", "less than a thousand yuan, beside amounts in 万元"
        if amount < times * times and _FEN.search(number):
            return (
                "不足一万元却印到分，而该节其他金额以万元计",
                "less than ten thousand yuan and printed to the fen, beside amounts in 万元",
            )
    return None


def _judged(row: Record, found: tuple[str, str] | None) -> Record:
    zh, en = found or ("", "")
    said = said_row(row, f"{row['subject']}{row['amount_printed']}{row['unit']}", contradicts=found is not None)
    return {**said, "figure_key": row["figure_key"], "note_zh": zh, "note_en": en}
