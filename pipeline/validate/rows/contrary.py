"""Changes that go the other way than the rest of the document says: a derived table of the text's figures.

contrary   a change, and what tells of it too: the same change told of another subject, or by the table; the sum that it
           is a part of; the reason given for it. ``contradicts`` where that says a rise and this a fall, or the reverse
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.validate.rows.model import Record
from pipeline.validate.rows.named import name_in
from pipeline.validate.rows.spoken import decimal_of, is_rate, sum_of
from pipeline.validate.rows.vocabulary import squeezed

_LONG_NAME = 4

Pair = tuple[Record, Record]
Summed = tuple[Record, Sequence[Record]]
"""The change of a whole, and those of its parts."""


def contraries(
    pairs: Iterable[Pair],
    sums: Sequence[Summed],
    changes: Sequence[Record],
    figures: Sequence[Record],
    words: Mapping[str, re.Pattern[str]],
) -> Iterator[Record]:
    """Each change once, with what says the opposite of it; not one whose own rate does, which is told as such."""
    own = set(_against_own_rate(figures))
    found: dict[object, Record] = {}
    for row in [*_explained(changes, words), *_turned(pairs), *_turned_in_sums(sums)]:
        known = found.get(row["figure_no"])
        if row["figure_no"] not in own and (known is None or (row["contradicts"] and not known["contradicts"])):
            found[row["figure_no"]] = row
    for place, row in enumerate(found.values(), start=1):
        yield {**row, "place": place}


def _against_own_rate(figures: Sequence[Record]) -> Iterator[object]:
    for row, rate in pairwise(figures):
        both = row["kind"] == "change" and row["is_money"] and is_rate(rate)
        if both and row["sentence"] == rate["sentence"] and row["direction"] != rate["direction"]:
            yield row["figure_no"]


def _turned(pairs: Iterable[Pair]) -> Iterator[Record]:
    for one, other in pairs:
        if one["amount"] and abs(decimal_of(one, "amount")) == abs(decimal_of(other, "amount")):
            yield _contrary(one, one["amount"] != other["amount"], [other])


def _turned_in_sums(sums: Sequence[Summed]) -> Iterator[Record]:
    """Of several that might be the wrong one, the one of most sums that do not hold."""
    turned = [turned_of(*each) for each in sums]
    times = Counter(row["figure_no"] for rows in turned for row in rows)
    for (whole, parts), rows in zip(sums, turned, strict=True):
        if rows or _holds(whole, parts):
            row = max(rows, key=lambda each: times[each["figure_no"]], default=whole)
            yield _contrary(row, bool(rows), [each for each in (whole, *parts) if each is not row])


def _explained(changes: Sequence[Record], words: Mapping[str, re.Pattern[str]]) -> Iterator[Record]:
    """A reason that ends in words of the very subject that it rose or fell (减少…，原因是…，其他支出减少)."""
    for row in changes:
        name = name_in(row["subject"])
        reason = words["reason_given"].search(squeezed(row["sentence"]).partition(squeezed(row["amount_printed"]))[2])
        before, found, ending = reason[0].rpartition(name) if reason and len(name) >= _LONG_NAME else ("", "", "")
        way = words["reason_ends"].fullmatch(ending) if found and row["amount"] else None
        if way and not words["tells_change"].search(before):
            falls = decimal_of(row, "amount") < 0
            yield _contrary(row, falls == bool(way["rise"]), [], f"{name}{ending}")


def _said(row: Record) -> str:
    amount = decimal_of(row, "amount")
    word = "增加" if amount > 0 else "减少" if amount < 0 else "持平"
    printed = f"{str(row['amount_printed']).lstrip('-－')}{row['unit']}" if amount else ""
    return f"{row['item']}{word}{printed}"


def _contrary(row: Record, contradicts: bool, others: Sequence[Record], reason: str = "") -> Record:
    said = [f"第{each['page']}页“{_said(each)}”" for each in others] or [f"原因说的是“{reason}”"]
    return {
        "document_id": row["document_id"],
        "figure_no": row["figure_no"],
        "figure_key": row["figure_key"],
        "page": row["page"],
        "item": _said(row),
        "cell_ids": [],
        "contradicts": contradicts,
        "note_zh": "、".join(said),
        "note_en": ", ".join(f"“{_said(each)}” on page {each['page']}" for each in others) or f"the reason: “{reason}”",
    }


# --- sums -------------------------------------------------------------------------------------------------------------


def turned_of(whole: Record, parts: Sequence[Record]) -> list[Record]:
    """The changes of which any one would have to be the other way for the sum to hold."""
    off, slack = _off(whole, parts), sum_of([whole, *parts], "half_unit")
    ways = [(row, -2 * decimal_of(row, "amount")) for row in parts] + [(whole, 2 * decimal_of(whole, "amount"))]
    return [row for row, more in ways if more and abs(off) > slack and abs(off + more) <= slack]


def _holds(whole: Record, parts: Sequence[Record]) -> bool:
    return abs(_off(whole, parts)) <= sum_of([whole, *parts], "half_unit")


def _off(whole: Record, parts: Sequence[Record]) -> Decimal:
    return sum_of(parts, "amount") - decimal_of(whole, "amount")
