"""Printed figures to exact amounts in yuan. No binary floating point comes near them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain
from pipeline.schema import MONEY_UNITS

_NUMBER = re.compile(r"(?:\+|([-−–—]))?[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?")
_TORN = re.compile(r"[\d.,\-−–—－+]\s+[\d.,]")
_DASHES = re.compile(r"[-−–—－]+")
_WITH_UNIT = re.compile(rf"(.*\d)({'|'.join(sorted(MONEY_UNITS, key=len, reverse=True))})")
_CENT = Decimal("0.01")
MOST_DIGITS = 14  # before the point, without separators: more are the code of a project, not money


@dataclass(frozen=True)
class Figure:
    """A printed number before its unit: value, places after the point, and whether it is a percentage."""

    value: Decimal
    places: int
    is_percent: bool


@dataclass(frozen=True)
class Amount:
    """Money in yuan, and half of the last printed place in yuan: the true value lies within value ± half_unit."""

    value: Decimal
    half_unit: Decimal


def read_figure(text: str) -> Figure | None:
    """The number that a cell prints; None when it prints none. A lone dash is a printed zero (data contract)."""
    if any(unicodedata.category(character) == "No" for character in text):
        return None  # ① and ² are marks, which NFKC would make digits of
    if is_torn(text):
        return None
    phrase = plain(text)
    if _DASHES.fullmatch(phrase):
        return Figure(Decimal(0), 0, False)
    percent = phrase.endswith("%")
    phrase = phrase.removesuffix("%")
    if phrase.startswith("(") and phrase.endswith(")") and any(map(str.isdigit, phrase)):
        phrase = "-" + phrase[1:-1]  # a negative amount in the accountants' way
    found = _NUMBER.fullmatch(phrase)
    if not found or not (found[2] or found[3]):
        return None
    if len(found[2] or "") > MOST_DIGITS and "," not in found[2]:
        return None
    digits = (found[2] or "0").replace(",", "")
    value = Decimal(digits + (found[3] or ""))
    places = len(found[3]) - 1 if found[3] else 0
    return Figure(-value if found[1] else value, places, percent)


def is_torn(text: str) -> bool:
    """Whether figures stand apart in a text: extraction closes the blanks inside a number, so these are two."""
    return _TORN.search(text.strip()) is not None


def to_amount(figure: Figure, unit: str) -> Amount:
    """A figure in its unit as yuan. Raises KeyError for a unit of money that does not exist."""
    factor = MONEY_UNITS[unit]
    half = factor * Decimal(1).scaleb(-figure.places) / 2
    return Amount((figure.value * factor).quantize(_CENT), half)


def is_exact(figure: Figure, unit: str) -> bool:
    """Whether the amount in yuan has no more than two places: what the published type can hold."""
    scaled = figure.value * MONEY_UNITS[unit]
    return scaled == scaled.quantize(_CENT)


# --- cells that print an amount with its unit ------------------------------------------------------------------------


def with_plain_amounts(grid: Grid, unit: str | None) -> tuple[Grid, str | None]:
    """The table with the numbers alone of the cells that print their unit (12.30万元), and its unit of money.

    Where a cell names another unit than the table or another cell, or amounts without one stand in a table that states
    none, nothing is changed: what is no figure then is a finding.
    """
    told = {cell.cell_id: (number, said) for cell, number, said in _told(grid)}
    units = {said for _, said in told.values()} | ({unit} if unit else set())
    if not told or len(units) != 1 or (unit is None and any(_is_amount(cell) for cell in grid.cells)):
        return grid, unit
    cells = (replace(cell, text=told[cell.cell_id][0]) if cell.cell_id in told else cell for cell in grid.cells)
    return replace(grid, cells=tuple(cells)), units.pop()


def _told(grid: Grid) -> Iterator[tuple[Cell, str, str]]:
    for cell in grid.cells:
        found = _WITH_UNIT.fullmatch(plain(cell.text))
        if found and read_figure(found[1]) is not None:
            yield cell, found[1], found[2]


def _is_amount(cell: Cell) -> bool:
    """Whether a cell prints what may be an amount, by its point: a code or a number of a row has none."""
    return "." in cell.text and read_figure(cell.text) is not None
