"""Where else a document prints an amount: what tells of several figures that might be wrong which one is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.validate.rows.model import Record, Records, label_of
from pipeline.validate.rows.spoken import is_amount

_TELLING = 4  # digits: a shorter amount is met by chance


class Place(NamedTuple):
    """A printed amount: its lowest and highest value, the cell (none for one of the text), its page and its label."""

    low: Decimal
    high: Decimal
    cell_id: str
    page: int
    label: str


class Elsewhere:
    """The amounts that the tables and the text of a document print, by size."""

    def __init__(self, records: Records) -> None:
        places = [*_of_tables(records.of("budget_lines")), *_of_text(records.of("text"))]
        self._places = sorted(places, key=lambda place: place.low)
        self._lows = [place.low for place in self._places]
        self._widest = max((place.high - place.low for place in places), default=Decimal(0))

    def of(self, low: Decimal, high: Decimal, aside: Collection[str]) -> Place | None:
        """A place that prints an amount from ``low`` to ``high``, not in one of the cells ``aside``; tables first.

        None for amounts so short that they are met by chance.
        """
        if len(low.normalize().as_tuple().digits) < _TELLING and low == high:
            return None
        found: Place | None = None
        for place in self._places[bisect_left(self._lows, low - self._widest) :]:
            if place.low > high:
                break
            if place.high >= low and place.cell_id not in aside and (found is None or not found.cell_id):
                found = place
        return found


def _of_tables(rows: Sequence[Record]) -> Iterator[Place]:
    for row in rows:
        amount = row["amount"]
        if isinstance(amount, Decimal) and len(amount.normalize().as_tuple().digits) >= _TELLING:
            yield Place(amount, amount, str(row["cell_id"]), int(str(row["page"])), label_of(row))


def _of_text(rows: Sequence[Record]) -> Iterator[Place]:
    for row in rows:
        amount, half = row["amount"], row["half_unit"]
        if is_amount(row) and isinstance(amount, Decimal) and isinstance(half, Decimal):
            digits = sum(letter.isdigit() for letter in str(row["amount_printed"]).lstrip("0."))
            if digits >= _TELLING:
                key = str(row["figure_key"])
                yield Place(amount - half, amount + half, key, int(str(row["page"])), label_of(row))
