"""Percentages of the text whose whole is known by name, as the selectors see them: derived tables of its figures.

public_shares  three rows a share of “三公”经费 (``part``: percent, numerator, denominator): the denominator is the
               table's own total of the three, without meetings and training
completions    three rows a share of the budget that was carried out: accounts over the budget that the text names,
               before them (年初预算为…，支出决算为…，完成…的…) or behind (支出…，完成预算…万元的…)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.spoken import is_amount
from pipeline.validate.rows.vocabulary import squeezed

_THIS_PERIOD = ("budget", "final")


def stated_tables(figures: Sequence[Record], lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``figures`` are those of its text, ``lines`` the tables'."""
    words = identities.wording
    return {
        "public_shares": list(_public_shares(figures, lines, words["public_share"])),
        "completions": [
            *_completions(figures, words["completion"]),
            *_named_behind(figures, words["completion"]),
        ],
    }


def _public_shares(figures: Sequence[Record], lines: Lines, share: re.Pattern[str]) -> Iterator[Record]:
    whole = _public_total(lines)
    for part, percent in pairwise(figures):
        named = percent["kind"] == "percent" and share.search(squeezed(percent["subject"]))
        if whole is not None and named and is_amount(part) and part["sentence"] == percent["sentence"]:
            yield from _parts(percent, part, whole)


def _public_total(lines: Lines) -> Record | None:
    """The total of the three in the whole table; None where it is not printed, or printed with two amounts."""
    totals = [
        row
        for row in lines.of_kind("three_public_expenses")
        if row["role"] == "three_public_total"
        if row["period"] in _THIS_PERIOD and not row["unit_name"] and row["nonzero"]
    ]
    return totals[0] if len({row["amount"] for row in totals}) == 1 else None


def _completions(figures: Sequence[Record], completion: re.Pattern[str]) -> Iterator[Record]:
    """年初预算为…，支出决算为…，完成年初预算的…: the two amounts right before, each by the name that it bears."""
    for budget, final, percent in zip(figures, figures[1:], figures[2:], strict=False):
        named = percent["kind"] == "percent" and completion.fullmatch(_own(percent, final))
        one_place = len({row["section"] for row in (budget, final, percent)}) == 1
        if not named or not one_place or not (is_amount(budget) and is_amount(final)):
            continue
        if squeezed(budget["subject"]).endswith(named["budget"]) and squeezed(final["subject"]).endswith("决算"):
            yield from _parts(percent, final, budget)


def _named_behind(figures: Sequence[Record], completion: re.Pattern[str]) -> Iterator[Record]:
    """支出…，完成预算…万元的…: the budget bears no name but that it was carried out, and so does the share."""
    for final, budget, percent in zip(figures, figures[1:], figures[2:], strict=False):
        of_it = percent["kind"] == "percent" and percent["subject"] == budget["subject"]
        in_one = final["sentence"] == budget["sentence"] == percent["sentence"] and is_amount(final)
        if of_it and in_one and is_amount(budget) and completion.fullmatch(_own(budget, final)):
            yield from _parts(percent, final, budget)


def _own(row: Record, final: Record) -> str:
    """What the subject of a budget or of its share has of its own, behind that of the accounts."""
    return squeezed(row["subject"]).removeprefix(squeezed(final["subject"]))


def _parts(percent: Record, numerator: Record, denominator: Record) -> Iterator[Record]:
    for name, row in (("percent", percent), ("numerator", numerator), ("denominator", denominator)):
        yield {**row, "share": percent["figure_no"], "part": name}
