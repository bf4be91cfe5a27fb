"""This year's figure, what the text compares it with, and the change between the two, as the selectors see them.

changes_compared  three rows a ``change`` (``part``: change, now, before): 87.20万元，较2025年6.40万元增加80.80万元
changes_bounded   a change and what it is a change of: ``contradicts`` where more was added than there is, or where the
                  rate of no change of nothing is not nought
changes_left    a fall and what is left: ``contradicts`` where the two are one long number, as if half had gone to the
                last place, and nothing says so: it rose from nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.validate.rows.change_sums import Told
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.spoken import decimal_of, is_amount, is_rate, sum_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.rows.years import said_row

_EARLIER = "earlier"
_LONG = 5  # digits of a number that is no half of another by chance


def compared_tables(
    told: Sequence[Told], figures: Sequence[Record], halved: re.Pattern[str]
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``told`` are the changes of its text with their bases."""
    bounded = [*_more_than_there_is(told), *_rates_of_nothing(told, figures)]
    return {
        "changes_compared": list(_compared(figures)),
        "changes_bounded": [{**row, "place": place} for place, row in enumerate(bounded, start=1)],
        "changes_left": [{**row, "place": place} for place, row in enumerate(_left(told, halved), start=1)],
    }


def _compared(figures: Sequence[Record]) -> Iterator[Record]:
    """A change of money right behind what it compares with, of the amount of its subject before them; or right behind
    that amount, which came from the one before it (由4.10万元降至2.80万元，减少1.30万元)."""
    said: dict[tuple[object, object], Record] = {}
    for first, second, change in zip([None, *figures], figures, figures[1:], strict=False):
        if is_amount(second):
            said[second["section"], second["subject"]] = second
        is_last = second["kind"] == _EARLIER
        before = second if is_last else first
        if before is None or before["kind"] != _EARLIER or change["kind"] != "change" or not change["is_money"]:
            continue
        now = said.get((change["section"], change["subject"])) if is_last else second
        if now is None or len({row["sentence"] for row in (before, now, change)}) > 1:
            continue
        if now["subject"] == change["subject"] and is_amount(now):
            for name, row in (("change", change), ("now", now), ("before", before)):
                yield {**row, "change": change["figure_no"], "part": name}


def _more_than_there_is(told: Sequence[Told]) -> Iterator[Record]:
    """安排3万元，比上年增加11.3万元: there would have been less than nothing last year."""
    for each in told:
        if each.amount > 0 and each.base["amount"]:
            slack = sum_of([each.base, each.change], "half_unit")
            base, printed = each.base, f"{each.change['amount_printed']}{each.change['unit']}"
            there = f"{base['amount_printed']}{base['unit']}"
            yield said_row(
                each.change,
                f"{base['item']}{there}，增加{printed}",
                contradicts=each.amount > decimal_of(base, "amount") + slack,
                figure_key=each.change["figure_key"],
                base_key=base["figure_key"],
                note_zh=f"本年数只有{there}",
                note_en=f"this year's figure is {there}",
            )


def _left(told: Sequence[Told], halved: re.Pattern[str]) -> Iterator[Record]:
    """安排195.71万元，较上年减少195.71万元."""
    for each in told:
        printed = str(each.change["amount_printed"])
        if each.amount < 0 and len(printed.replace(",", "").replace(".", "").strip("0")) >= _LONG:
            is_half = decimal_of(each.base, "amount") == -each.amount
            yield said_row(
                each.change,
                f"{each.base['item']}{each.base['amount_printed']}{each.base['unit']}，减少{printed}{each.change['unit']}",
                contradicts=is_half and halved.search(squeezed(each.change["sentence"])) is None,
                figure_key=each.change["figure_key"],
                base_key=each.base["figure_key"],
            )


def _rates_of_nothing(told: Sequence[Told], figures: Sequence[Record]) -> Iterator[Record]:
    """0.00万元，增加0.00万元，增长7.00%: nothing that did not change has no rate but nought; and nothing carried out
    (决算为0.00万元，完成预算的4.00%) no other share."""
    for part, percent in pairwise(figures):
        of_it = percent["kind"] == "percent" and percent["sentence"] == part["sentence"] and is_amount(part)
        if of_it and not part["amount"] and str(percent["subject"]).startswith(f"{part['subject']}完成"):
            yield said_row(
                percent,
                f"{part['item']}{part['amount_printed']}{part['unit']}，完成{percent['amount_printed']}%",
                contradicts=decimal_of(percent, "amount") != Decimal(0),
                figure_key=percent["figure_key"],
                note_zh="没有完成的，比例为零",
                note_en="of nothing the share is nought",
            )
    behind = {one["figure_no"]: other for one, other in pairwise(figures)}
    for each in told:
        rate = behind.get(each.change["figure_no"])
        if rate is None or not is_rate(rate) or rate["sentence"] != each.change["sentence"]:
            continue
        if not each.amount and not each.base["amount"]:
            printed = f"{rate['amount_printed']}{rate['unit']}"
            yield said_row(
                rate,
                f"{each.base['item']}{each.base['amount_printed']}{each.base['unit']}，增减率{printed}",
                contradicts=decimal_of(rate, "amount") != Decimal(0),
                note_zh="本年数与增减额都是零",
                note_en="this year's figure and the change are nought",
            )
