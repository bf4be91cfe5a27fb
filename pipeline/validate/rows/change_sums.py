"""Changes that are the sums of others, as the text tells them (see ``changes``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.public import public_role
from pipeline.validate.rows.spoken import decimal_of, is_amount, is_rate, judges_ill, pieces_of, sum_of
from pipeline.validate.rows.vocabulary import squeezed

_OF_VEHICLES = ("vehicle_purchase", "vehicle_running")
_WHOLES = {"three_public_total": ("abroad", "vehicles", "reception"), "vehicles": _OF_VEHICLES}
_SPREAD = {"three_public_total": ("abroad", *_OF_VEHICLES, "reception")}
_BASIC, _PROJECT = "基本支出", "项目支出"
_FEWEST = 2

Summed = tuple[Record, Sequence[Record]]
"""The change of a whole, and those of its parts."""


class Told(NamedTuple):
    """A change and its base."""

    base: Record
    change: Record

    @property
    def amount(self) -> Decimal:
        """By how much, less than nought for a fall."""
        return decimal_of(self.change, "amount")


def public_sums(
    told: Sequence[Told], figures: Sequence[Record], identities: Identities, *, spread: bool = False
) -> Iterator[Summed]:
    """The change of a whole and of all its parts, by what a section says of the three public expenses; ``spread``: of
    the three, where what changed of the vehicles is told of purchase and running alone."""
    by_section: dict[object, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in [*(each.change for each in told), *_level(figures, identities)]:
        role = public_role(row, identities)
        if role is not None:
            by_section[_chapter(row)][role].append(row)
    for said in by_section.values():
        once = {role: rows[0] for role, rows in said.items() if len({row["amount"] for row in rows}) == 1}
        for whole, parts in () if spread and "vehicles" in said else (_SPREAD if spread else _WHOLES).items():
            if whole in once and all(part in once for part in parts):
                yield once[whole], [once[part] for part in parts]


def splits(told: Sequence[Told]) -> Iterator[Summed]:
    """The change of the amount that basic and project expenditure of a section make together, and theirs."""
    by_section: dict[object, list[Told]] = defaultdict(list)
    for each in told:
        by_section[each.change["section"]].append(each)
    for said in by_section.values():
        parts = [
            [each for each in said if squeezed(each.base["subject"]).removesuffix("预算").endswith(name)]
            for name in (_BASIC, _PROJECT)
        ]
        if any(len(each) != 1 for each in parts):
            continue
        pair = [each for (each,) in parts]
        bases = [each.base for each in pair]
        whole, slack = sum_of(bases, "amount"), sum_of(bases, "half_unit") * 2
        of_whole = [each for each in said if abs(decimal_of(each.base, "amount") - whole) <= slack]
        if of_whole and not any(each in pair for each in of_whole):
            yield of_whole[0].change, [each.change for each in pair]


def item_sums(told: Sequence[Told], figures: Sequence[Record], identities: Identities) -> Iterator[Summed]:
    """The change of a whole, and those that a section tells of amounts that together make that whole.

    The whole is the first amount of the section, or one of which another section tells. None where the rate of one of
    them tells which is wrong.
    """
    ill = {each.change["figure_no"] for each in _against_their_rates(told, figures)}
    changes = {each.base["figure_no"]: each for each in told}
    changes |= {row["figure_no"]: Told(row, row) for row in _level(figures, identities)}
    for _, group in groupby(figures, key=lambda row: row["section"]):
        listed = [changes[row["figure_no"]] for row in group if is_amount(row) and row["figure_no"] in changes]
        if len(listed) <= _FEWEST:
            continue
        whole, others = _whole_and_parts(listed, told)
        if whole is not None and ill.isdisjoint(each.change["figure_no"] for each in (whole, *others)):
            yield whole.change, [each.change for each in others]


def _whole_and_parts(listed: Sequence[Told], told: Sequence[Told]) -> tuple[Told | None, Sequence[Told]]:
    """The first of a section's and the others, where these make it; else what all of them make, if anything."""
    first, others = listed[0], listed[1:]
    if _make(others, first):
        return first, others
    return next((each for each in told if each not in listed and _make(listed, each)), None), listed


def _against_their_rates(told: Sequence[Told], figures: Sequence[Record]) -> Iterator[Told]:
    """The changes whose own rate, right behind them, is another one."""
    behind = {row["figure_no"]: rate for row, rate in pairwise(figures) if is_rate(rate)}
    for each in told:
        rate = behind.get(each.change["figure_no"])
        if rate is not None and rate["sentence"] == each.change["sentence"]:
            before = decimal_of(each.base, "amount") - each.amount
            slack = sum_of([each.base, each.change], "half_unit")
            if judges_ill(rate, each.change, {**each.base, "amount": before, "half_unit": slack}):
                yield each


def _make(parts: Sequence[Told], whole: Told) -> bool:
    """Whether the amounts of which changes are told add up to another one."""
    bases = [each.base for each in parts]
    slack = sum_of([whole.base, *bases], "half_unit")
    return abs(_amount_of(bases) - _amount_of([whole.base])) <= slack


def _amount_of(rows: Sequence[Record]) -> Decimal:
    return sum((Decimal(str(row["value"])) for row in rows), Decimal(0))


def _chapter(row: Record) -> str:
    """The section, or the one above it where each item has one of its own (六、…/（二）公务接待费)."""
    return str(row["section"]).rpartition("/")[0] or str(row["section"])


def _level(figures: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """Amounts of which the text says that they are what they were: a change of nought."""
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        said = list(group)
        for row, (_, text) in zip(said, pieces_of(said), strict=True):
            if is_amount(row) and identities.wording["as_before"].match(text):
                key = f"{row['figure_key']}:level"  # a figure of its own, which the amount's rounding says nothing of
                yield {**row, "amount": Decimal(0), "kind": "change", "figure_key": key}


def listed(whole: Record, parts: Sequence[Record]) -> Iterator[Record]:
    """The rows of one sum under one ``list_no``, the number of the change of its whole."""
    for row in (whole, *parts):
        yield {**row, "list_no": whole["figure_no"], "is_whole": row is whole, "cell_ids": []}
