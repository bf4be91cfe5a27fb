"""Detection power: of all changes of one digit in a document's figures, the share that its identities notice.

``python -m pipeline.validate DIR [--json FILE] [--sample N]`` measures it for every document of a built
dataset (``make bench-detection``).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pyarrow.compute as pc

from pipeline.schema import CHECKS, FACT_TABLES, FINDINGS
from pipeline.tables import Dataset, read_dataset
from pipeline.validate.evaluate import evaluate
from pipeline.validate.identities import Identities
from pipeline.validate.identities_file import load_identities
from pipeline.validate.intervals import Interval
from pipeline.validate.linear import linear
from pipeline.validate.locate import Locator
from pipeline.validate.rows.derived import read_all
from pipeline.validate.rows.model import Record, Records
from pipeline.validate.rows.spoken import decimal_of

_OTHERS = 9  # digits that a digit may be changed to


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
        tried = sum(self.tried.values())
        return Decimal(sum(self.noticed.values())) / tried if tried else Decimal(0)


def detection_power(
    dataset: Dataset, sample: int | None = None, identities: Identities | None = None
) -> DetectionPower:
    """Change every digit of every amount in ``budget_lines`` to every other digit, one at a time.

    ``sample`` takes that many figures (the same ones every time) instead of all. A change is noticed when a linear
    ``assert`` check that held fails with it, and is not set aside as a definition that the document does not share;
    joint feasibility and structures would notice more.
    """
    known = identities or load_identities()
    records = read_all(dataset, known)
    return power_of(Locator(linear(evaluate(records, known)).deciding), records, sample)


def power_of(locator: Locator, records: Records, sample: int | None = None) -> DetectionPower:
    """The same, of a document whose checks have been worked."""
    printed = [row for row in records.of("budget_lines") if row["amount"] is not None]
    if sample is not None and sample < len(printed):
        printed = random.Random(0).sample(printed, sample)
    allowed = _allowed(locator)
    lengths: Counter[int] = Counter()
    unseen: Counter[int] = Counter()
    unbound = 0
    for row in printed:
        digits = _digits(str(row["amount_printed"]))
        lengths[len(digits)] += 1
        within = allowed.get(str(row["cell_id"]))
        unbound += within is None
        for place, kept in enumerate(_unseen(digits, row, within), 1):
            unseen[place] += kept
    places = range(1, max(lengths, default=0) + 1)
    changes = {place: _OTHERS * sum(times for most, times in lengths.items() if most >= place) for place in places}
    noticed = {place: times - unseen[place] for place, times in changes.items()}
    return DetectionPower(changes, noticed, len(printed), unbound)


def _allowed(locator: Locator) -> dict[str, Interval]:
    """For every cell that an identity binds, the amounts with which every check that holds would go on holding."""
    return {cell: locator.allowed(name) for name, figure in locator.figures.items() for cell in figure.cell_ids}


@lru_cache(4096)  # a document prints few numbers many times
def _digits(printed: str) -> tuple[int, ...]:
    """The digits of a printed number, the last one first."""
    return tuple(int(letter) for letter in reversed(printed) if letter.isdigit())


def _unseen(digits: Sequence[int], row: Record, within: Interval | None) -> Sequence[int]:
    """For each of a figure's digits from the last one on, how many of the nine others keep it within the interval.

    All do where nothing binds the figure. At the place where even a step of one leads out on both sides it ends: so
    does one at any place before it. The figure as printed is within the interval.
    """
    if within is None:
        return [_OTHERS] * len(digits)
    amount, step = decimal_of(row, "amount"), 2 * decimal_of(row, "half_unit")
    below, above = amount - within.low, within.high - amount
    down, up = (above, below) if amount.is_signed() else (below, above)  # how far the printed number may go
    found: list[int] = []
    for digit in digits:
        if step > down and step > up:
            break
        if not step:
            found.append(_OTHERS)
        else:
            found.append(int(min(down // step, Decimal(digit)) + min(up // step, Decimal(_OTHERS - digit))))
        step = step.scaleb(1)
    return found


# --- a whole dataset -------------------------------------------------------------------------------------------------


def of_dataset(folder: Path, sample: int | None = None) -> dict[str, DetectionPower]:
    """The detection power of every document with figures in a built dataset's folder, by document_id.

    Raises FileNotFoundError where the folder holds no built dataset.
    """
    dataset = read_dataset(folder, [table for table in FACT_TABLES if table not in (CHECKS, FINDINGS)])
    return {name: detection_power(one, sample) for name, one in _documents(dataset) if one["budget_lines"].num_rows}


def _documents(dataset: Dataset) -> Iterator[tuple[str, Dataset]]:
    for name in dataset["documents"]["document_id"].to_pylist():
        yield (
            name,
            {
                table: rows.filter(pc.equal(rows["document_id"], name)) if "document_id" in rows.column_names else rows
                for table, rows in dataset.items()
            },
        )


def together(powers: Iterable[DetectionPower]) -> DetectionPower:
    """The power over several documents: all their changes counted together."""
    tried: Counter[int] = Counter()
    noticed: Counter[int] = Counter()
    figures = unbound = 0
    for power in powers:
        tried.update(power.tried)
        noticed.update(power.noticed)
        figures, unbound = figures + power.figures, unbound + power.unbound
    return DetectionPower(dict(sorted(tried.items())), dict(sorted(noticed.items())), figures, unbound)


def as_json(power: DetectionPower) -> dict[str, object]:
    """The power as plain values: changes by place of the digit (1: the last one printed), shares to four places."""
    places = {str(place): _place(power.tried[place], power.noticed[place]) for place in power.tried}
    return {"figures": power.figures, "unbound": power.unbound, "share": f"{power.share:.4f}", "by_place": places}


def _place(tried: int, noticed: int) -> dict[str, object]:
    return {"tried": tried, "noticed": noticed, "share": f"{Decimal(noticed) / tried:.4f}"}


def as_text(powers: Mapping[str, DetectionPower]) -> str:
    """A table for people: one line a document, then all together by place of the digit."""
    whole = together(powers.values())
    lines = ["单个数字改动的发现率 / single-digit changes noticed"]
    lines += [f"  {power.share:8.2%}  {_counts(power)}  {name}" for name, power in powers.items()]
    lines.append(f"  {whole.share:8.2%}  {_counts(whole)}  全部 all")
    lines.append("按数位（1 为印出的末位）/ by place (1: the last one printed)")
    for place, tried in whole.tried.items():
        noticed = whole.noticed[place]
        lines.append(f"  {place:>3}  {Decimal(noticed) / tried:8.2%}  {noticed:,} / {tried:,}")
    return "\n".join(lines)


def _counts(power: DetectionPower) -> str:
    return f"数字 figures {power.figures:>6,}  无约束 unbound {power.unbound:>5,}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the detection power of a built dataset. Exit 0; 2 where the folder holds none."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.validate", description=__doc__)
    parser.add_argument("folder", type=Path, help="已构建的数据集 / folder of a built dataset")
    parser.add_argument("--json", type=Path, help="同时写成 JSON / write it as JSON too")
    parser.add_argument("--sample", type=int, help="每份文件只取这么多数字 / that many figures of a document")
    said = parser.parse_args(arguments)
    try:
        powers = of_dataset(said.folder, said.sample)
    except FileNotFoundError as error:
        print(f"没有已构建的数据集 / no built dataset: {error}", file=sys.stderr)
        return 2
    print(as_text(powers))
    if said.json:
        documents = {name: as_json(power) for name, power in powers.items()}
        whole = {"all": as_json(together(powers.values())), "documents": documents}
        said.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0
