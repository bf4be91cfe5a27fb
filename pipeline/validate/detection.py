"""Detection power: of all changes of one digit in a document's figures, the share that its identities notice.

It is told of the tables of subjects and their summaries, of those of projects, of the others, and of all;
``detection_told`` prints it for a built dataset.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pipeline.tables import Dataset
from pipeline.validate.evaluate import evaluate
from pipeline.validate.identities import Identities
from pipeline.validate.identities_file import load_identities
from pipeline.validate.intervals import Interval
from pipeline.validate.linear import ENDLESS, linear
from pipeline.validate.locate import Locator
from pipeline.validate.rows.derived import read_all
from pipeline.validate.rows.model import Record, Records, grouped
from pipeline.validate.rows.spoken import decimal_of

_UNBOUND = Interval(-ENDLESS, ENDLESS)
_OTHERS = 9  # digits that a digit may be changed to
CODED, PROJECTS, OTHER = "coded", "projects", "other"
GROUPS: Mapping[str, str] = {
    CODED: "编码表 coded tables",
    PROJECTS: "项目表 project tables",
    OTHER: "其他表 other tables",
}
_GROUP_OF = {"projects": PROJECTS, "projects_carryover": PROJECTS, "three_public_expenses": OTHER}


def group_of(row: Mapping[str, object]) -> str:
    """Which of the GROUPS a figure is in, by its table: those of subjects and their summaries are coded."""
    return _GROUP_OF.get(str(row["table_id"]), CODED)


@dataclass(frozen=True)
class DetectionPower:
    """Changes tried and noticed, by place of the digit (1: the last one printed, 2: the one before …).

    ``unbound`` counts figures that no linear ``assert`` identity binds: no change of theirs is noticed. ``groups``
    tells the same of each of the GROUPS that the figures are in.
    """

    tried: Mapping[int, int]
    noticed: Mapping[int, int]
    figures: int
    unbound: int
    groups: Mapping[str, DetectionPower] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, int]:
        """The columns of ``documents``: changes in all, and those of the last printed digit."""
        return {
            "figures_unbound": self.unbound,
            "digit_changes": sum(self.tried.values()),
            "digit_changes_noticed": sum(self.noticed.values()),
            "last_digit_changes": self.tried.get(1, 0),
            "last_digit_changes_noticed": self.noticed.get(1, 0),
        }

    @property
    def share(self) -> Decimal:
        """Noticed of tried, over all places; 0 when nothing was tried."""
        return self._share(min(self.tried, default=1))

    @property
    def share_above(self) -> Decimal:
        """Noticed of tried above the last printed digit; 0 when nothing was tried."""
        return self._share(2)

    @property
    def share_last(self) -> Decimal:
        """Noticed of tried of the last printed digit; 0 when nothing was tried."""
        return self._share(1, 1)

    def _share(self, first: int, last: int | None = None) -> Decimal:
        places = [place for place in self.tried if first <= place and (last is None or place <= last)]
        tried = sum(self.tried[place] for place in places)
        return Decimal(sum(self.noticed[place] for place in places)) / tried if tried else Decimal(0)


def detection_power(
    dataset: Dataset, sample: int | None = None, identities: Identities | None = None
) -> DetectionPower:
    """Change every digit of every amount in ``budget_lines`` to every other digit, one at a time.

    ``sample`` takes that many figures (the same ones every time) instead of all. A change is noticed when a linear
    ``assert`` check that held fails with it, and is not set aside as a definition that the document does not share, or
    when its sides come to lie farther apart than rounding is believed to bring them (see ``chance``); joint
    feasibility and structures would notice more.
    """
    known = identities or load_identities()
    records = read_all(dataset, known)
    return power_of(Locator(linear(evaluate(records, known)).deciding.believed), records, sample)


def power_of(locator: Locator, records: Records, sample: int | None = None) -> DetectionPower:
    """The same, of a document whose checks have been worked."""
    printed = [row for row in records.of("budget_lines") if row["amount"] is not None]
    if sample is not None and sample < len(printed):
        printed = random.Random(0).sample(printed, sample)
    allowed = _allowed(locator)
    groups: dict[str, list[Record]] = defaultdict(list)
    for rows in grouped(printed, "table_id").values():
        groups[group_of(rows[0])] += rows
    powers = {name: _power(groups[name], allowed) for name in GROUPS if name in groups}
    return together(powers.values(), powers)


def together(powers: Iterable[DetectionPower], groups: Mapping[str, DetectionPower] | None = None) -> DetectionPower:
    """The power over several documents or groups: all their changes counted together, and those of each group."""
    known = list(powers)
    tried: Counter[int] = Counter()
    noticed: Counter[int] = Counter()
    for power in known:
        tried.update(power.tried)
        noticed.update(power.noticed)
    if groups is None:
        named = {name: [power.groups[name] for power in known if name in power.groups] for name in GROUPS}
        groups = {name: together(each) for name, each in named.items() if each}
    figures, unbound = sum(power.figures for power in known), sum(power.unbound for power in known)
    return DetectionPower(dict(sorted(tried.items())), dict(sorted(noticed.items())), figures, unbound, groups)


def _power(printed: Sequence[Record], allowed: Mapping[object, Interval | None]) -> DetectionPower:
    lengths = Counter([len(_digits(row["amount_printed"])) for row in printed])
    unseen: Counter[int] = Counter()
    unbound = 0
    for row in printed:
        within = allowed.get(row["cell_id"], _UNBOUND)
        if within is None:
            continue
        unbound += within is _UNBOUND
        for place, kept in enumerate(_unseen(_digits(row["amount_printed"]), row, within), 1):
            unseen[place] += kept
    places = range(1, max(lengths, default=0) + 1)
    changes = {place: _OTHERS * sum(times for most, times in lengths.items() if most >= place) for place in places}
    noticed = {place: times - unseen[place] for place, times in changes.items()}
    return DetectionPower(changes, noticed, len(printed), unbound)


def _allowed(locator: Locator) -> dict[object, Interval | None]:
    """For every cell that an identity binds, the amounts with which every check that holds would go on holding.

    None where no other amount than the printed one would do. A figure of the text points to the cell that it restates,
    but is not in it.
    """
    printed = [(name, figure) for name, figure in locator.figures.items() if not figure.key]
    return {
        cell: None if locator.is_fixed(name) else locator.allowed(name)
        for name, figure in printed
        for cell in figure.cell_ids
    }


@lru_cache(4096)  # a document prints few numbers many times
def _digits(printed: object) -> tuple[int, ...]:
    """The digits of a printed number, the last one first."""
    return tuple(int(letter) for letter in reversed(str(printed)) if letter.isdigit())


def _unseen(digits: tuple[int, ...], row: Record, within: Interval) -> Sequence[int]:
    """For each of a figure's digits from the last one on, how many of the nine others keep it within the interval.

    All do where nothing binds the figure. The figure as printed is within the interval.
    """
    if within is _UNBOUND:
        return (_OTHERS,) * len(digits)
    half_unit = decimal_of(row, "half_unit")
    if within.high - within.low < 2 * half_unit:  # as of nearly all: a step of one leads out on both sides
        return ()
    amount = decimal_of(row, "amount")
    below, above = amount - within.low, within.high - amount
    down, up = (above, below) if amount.is_signed() else (below, above)  # how far the printed number may go
    return _staying(digits, half_unit, down, up)


@lru_cache(4096)  # of few numbers, most of them nought, nearly all in the same two or three ways
def _staying(digits: tuple[int, ...], half_unit: Decimal, down: Decimal, up: Decimal) -> Sequence[int]:
    """The same of a number that may go down and up by so much, in yuan.

    At the place where even a step of one leads out on both sides it ends: so does one at any place before it.
    """
    step = 2 * half_unit
    found: list[int] = []
    for digit in digits:
        if step > down and step > up:
            break
        if not step:
            found.append(_OTHERS)
        else:
            found.append(int(min(down // step, Decimal(digit)) + min(up // step, Decimal(_OTHERS - digit))))
        step = step.scaleb(1)
    return tuple(found)
