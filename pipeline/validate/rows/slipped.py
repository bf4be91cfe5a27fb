"""Amounts of the text that are a slip of the pen away from the table's figure that they speak of.

What the text says is put beside the tables by being equal to a figure there. An amount with a wrong digit is equal to
none: it is put beside the figures that its subject names (a row of a table by its code or its name, or the total that
it has a word for), where one slip alone leads from one of them to it, and no other of them is as it is; or where it is
one of them in another unit of money.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import itemgetter

from pipeline.schema import UNITS_APART
from pipeline.validate.intervals import HALF_FEN
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.named import names_in
from pipeline.validate.rows.spoken import decimal_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.slips import slips_of

_names_of = itemgetter("label", "subject_name", "economic_name", "project_name")
_SHORTEST = 4  # a shorter name says nothing
_DIGITS = 5  # a number with fewer is a slip away from too many
_DIGITS_OF_CODE = 4  # … or from too many of the figures that one code has
_DIGITS_OF_UNIT = 4  # … or the same as too many in another unit
_CODE = re.compile(
    r"(?<![\d.,])(?P<code>\d{5}(?:\d\d)?)[）)]?(?:[^\d，。；,;]|20\d\d年){0,16}$"
)  # right before an amount
_LAST_PLACES = 9  # of the last place: as much a text may be off that rounds or adds up in its own way
_THIS_PERIOD = ("budget", "final")
_SIDES = ("revenue", "expenditure")
_TOTALS = {
    "revenue_total": ("budget_summary", _SIDES[:1]),
    "revenue_total_of": ("budget_summary", _SIDES[:1]),
    "expenditure_total": ("budget_summary", _SIDES[1:]),
    "expenditure_total_of": ("budget_summary", _SIDES[1:]),
    "both_total": ("budget_summary", _SIDES),
    "appropriation_total": ("appropriation_summary", _SIDES),
    "appropriation_revenue": ("appropriation_summary", _SIDES[:1]),
    "appropriation_expenditure": ("appropriation_summary", _SIDES[1:]),
}
_TYPES = {"basic_cost": "basic", "project_cost": "project", "all_projects": "project", "goal_money": "project"}
_BY_TYPE = ("expenditure_summary", "general_budget_expenditure")
_WHOLES = ("grand_total", "current_total")


class Slipped:
    """The tables' figures of a document by what a text may call them."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Record]]:
        named: dict[str, list[Record]] = defaultdict(list)
        known: dict[tuple[object, ...], Collection[str]] = {}  # the lines of a document have few names
        for line in self._lines.rows:
            if not line["nonzero"] or line["period"] not in _THIS_PERIOD:
                continue
            names = _names_of(line)
            if names not in known:
                known[names] = _long(names)
            for name in known[names]:
                named[name].append(line)
        return named

    @cached_property
    def _totals(self) -> Mapping[tuple[str, str], Sequence[Record]]:
        totals: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for table in {table for table, _ in _TOTALS.values()}:
            for (_, side), lines in _by_side(self._lines.of_kind(table)).items():
                wholes = [line for line in lines if line["role"] in _WHOLES]
                if not _goes_on(lines):
                    totals[table, side] += wholes
        return totals

    def figure_of(self, row: Record, before: str = "") -> Record | None:
        """The table's figure that an amount of the text was meant to be, which stands behind the words ``before`` in
        its sentence; None where that is not told."""
        coded = self._coded(before)
        digits = sum(letter.isdigit() for letter in str(row["amount_printed"]).lstrip("0."))
        if not row["subject"] or digits < _DIGITS_OF_UNIT:
            return None
        named = coded or self._meant(row)
        amount, half = decimal_of(row, "amount"), max(decimal_of(row, "half_unit"), HALF_FEN)
        same = next((line for line in coded if abs(decimal_of(line, "amount") - amount) <= half), None)
        is_long = digits >= (_DIGITS_OF_CODE if coded else _DIGITS)
        slip = _slipped(named, amount, half) if is_long and same is None else None
        return same or slip or _in_another_unit(named, amount, half)

    def _coded(self, before: str) -> Sequence[Record]:
        """The figures of the code that stands right before an amount."""
        found = _CODE.search(before)
        return self._by_code.get(found["code"], ()) if found else ()

    @cached_property
    def _by_code(self) -> Mapping[object, Sequence[Record]]:
        by_code: dict[object, list[Record]] = defaultdict(list)
        for line in self._lines.rows:
            if line["nonzero"] and line["period"] in _THIS_PERIOD:
                by_code[line["subject_code"] or line["economic_code"]].append(line)
        return by_code

    def _meant(self, row: Record) -> Sequence[Record]:
        """The figures that a subject names."""
        if row["role"] in _TOTALS:
            table, sides = _TOTALS[str(row["role"])]
            return [line for side in sides for line in self._totals.get((table, side), ())]
        if row["role"] in _TYPES:
            kind = _TYPES[str(row["role"])]
            of_type = (line for line in self._lines.of_kind(*_BY_TYPE) if line["expenditure_type"] == kind)
            return [line for line in of_type if _is_total(line)]
        names = (squeezed(row["subject"]), *names_in(row["subject"]))
        endings = (ending for name in names for ending in _endings(name))
        return next((self._named[name] for name in endings if name in self._named), ())


def _by_side(lines: Iterable[Record]) -> Mapping[tuple[object, str], Sequence[Record]]:
    """The figures of this period that are not nothing, by table and side, in order."""
    found: dict[tuple[object, str], list[Record]] = defaultdict(list)
    for line in lines:
        if line["amount"] and line["period"] in _THIS_PERIOD:
            found[line["table_no"], str(line["side"])].append(line)
    return found


def _goes_on(lines: Sequence[Record]) -> bool:
    """Whether money stands below this year's total, so that a text may speak of a grand total that is not printed."""
    rows = [int(str(line["row_no"])) for line in lines]
    return max(rows) > max((row for row, line in zip(rows, lines, strict=True) if line["role"] in _WHOLES), default=0)


def _slipped(named: Sequence[Record], amount: Decimal, half: Decimal) -> Record | None:
    """The one of these figures that the text would print a slip of the pen away from what it does."""
    said = {_rounded(decimal_of(line, "amount"), half): line for line in reversed(named)}
    far = _LAST_PLACES * half * 2
    near = [value for value in said if abs(value - amount) > far and _may_be_slip(value, amount)]
    if amount in said or not near:
        return None
    possible = slips_of(amount)
    meant = [said[value] for value in near if value in possible]
    return meant[0] if len(meant) == 1 else None


def _in_another_unit(named: Sequence[Record], amount: Decimal, half: Decimal) -> Record | None:
    """The first of these figures whose number the text prints in another unit of money; None where one is the same."""
    spans = [((amount - half) * times, (amount + half) * times) for times in UNITS_APART]
    values = [(line, decimal_of(line, "amount")) for line in named]
    if any(abs(value - amount) <= half for _, value in values):
        return None
    return next((line for line, value in values if value and any(low <= value <= high for low, high in spans)), None)


def _is_total(line: Record) -> bool:
    return bool(line["top"] and line["nonzero"]) and line["period"] in _THIS_PERIOD


def _long(names: Iterable[object]) -> Collection[str]:
    """The names that say something, each once, as a text would print them."""
    return {name for each in names if len(name := squeezed(each).rpartition("/")[2]) >= _SHORTEST}


def _may_be_slip(value: Decimal, amount: Decimal) -> bool:
    """What all slips have in common, soon told: one is ten times the other, or two digits and noughts lie between."""
    return len((value - amount).normalize().as_tuple().digits) <= len("90") or value in (amount * 10, amount / 10)


def _endings(subject: str) -> Iterable[str]:
    """The subject, and the shorter names that it ends in."""
    return (subject[start:] for start in range(max(len(subject) - _SHORTEST + 1, 0)))


def _rounded(amount: Decimal, half: Decimal) -> Decimal:
    """The amount as the text would print it."""
    step = half * 2
    return (amount / step).to_integral_value(ROUND_HALF_UP) * step
