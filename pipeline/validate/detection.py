"""Detection power: of all changes of one digit in a document's figures, the share that its identities notice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.tables import Dataset
from pipeline.validate.evaluate import evaluate
from pipeline.validate.identities import Identities, load_identities
from pipeline.validate.intervals import Interval
from pipeline.validate.locate import Locator, amounts_that_hold
from pipeline.validate.records import read_records


@dataclass(frozen=True)
class DetectionPower:
    """Changes tried and noticed, by place of the digit (1: the last one printed, 2: the one before …).

    ``unbound`` counts figures that no linear ``assert`` identity binds: no change of theirs is noticed.
    """

    tried: Mapping[int, int]
    noticed: Mapping[int, int]
    figures: int
    unbound: int

    @property
    def share(self) -> Decimal:
        """Noticed of tried, over all places; 0 when nothing was tried."""
        tried = sum(self.tried.values())
        return Decimal(sum(self.noticed.values())) / tried if tried else Decimal(0)


def detection_power(
    dataset: Dataset, sample: int | None = None, identities: Identities | None = None
) -> DetectionPower:
    """Change every digit of every amount in ``budget_lines`` to every other digit, one at a time.

    ``sample`` takes that many figures (the same ones every time) instead of all. A change is noticed when a linear
    ``assert`` check that held fails with it; joint feasibility and structures would notice more.
    """
    records = read_records(dataset, identities or load_identities())
    locator = Locator(evaluate(records, identities or load_identities()))
    printed = [row for row in records.of("budget_lines") if row["amount"] is not None]
    if sample is not None and sample < len(printed):
        printed = random.Random(0).sample(printed, sample)
    allowed = {cell: _allowed(locator, name) for name, figure in locator.figures.items() for cell in figure.cell_ids}
    tried: Counter[int] = Counter()
    noticed: Counter[int] = Counter()
    for row in printed:
        within = allowed.get(str(row["cell_id"]))
        amount = Decimal(str(row["amount"]))
        for place, change in _changes(str(row["amount_printed"]), amount, row["half_unit"]):
            tried[place] += 1
            noticed[place] += within is not None and not within.low <= amount + change <= within.high
    unbound = sum(str(row["cell_id"]) not in allowed for row in printed)
    return DetectionPower(dict(sorted(tried.items())), dict(sorted(noticed.items())), len(printed), unbound)


def _allowed(locator: Locator, name: str) -> Interval:
    """The amounts of a figure with which every check that now holds would go on holding."""
    ranges = [amounts_that_hold(check, name) for check in locator.checks_of(name) if not check.fails]
    if not ranges:
        return Interval(Decimal("-Infinity"), Decimal("Infinity"))
    return Interval(max(each.low for each in ranges), min(each.high for each in ranges))


def _changes(printed: str, amount: Decimal, half_unit: object) -> Iterator[tuple[int, Decimal]]:
    """Every change of one digit, as the difference it makes in yuan, with the place of the digit from the end."""
    last_place = Decimal(str(half_unit)) * 2 if half_unit else Decimal(0)
    last_place = last_place.copy_sign(amount)
    digits = [int(letter) for letter in printed if letter.isdigit()]
    for place, digit in enumerate(reversed(digits)):
        for other in range(10):
            if other != digit:
                yield place + 1, (other - digit) * last_place.scaleb(place)
