"""Tables in another unit of money than all that prints their figures again, as the selectors see them.

Sums within a table hold in any unit, and what should be equal elsewhere may be bound by no other rule; but the same
digits a thousand or ten thousand times as large, in every place that repeats them, are no chance.

scales   one row a table of which some amounts are printed elsewhere: ``contradicts`` where they are there another
         number of times as large, in more places than are the same, with those cells; else with the cells of what is
         repeated. ``meant``: the tables that may state the wrong unit, by number, and the unit that would be right

Tables that are none of the rule's count by the cells that print an amount.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from pipeline.schema import MONEY_UNITS, UNITS_APART
from pipeline.validate.intervals import HALF_FEN
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Lines, Record, Tables, cells_of, grouped, label_of
from pipeline.validate.rows.printed import amount_in
from pipeline.validate.rows.spoken import decimal_of, is_amount
from pipeline.validate.rows.vocabulary import squeezed

_LARGEST = 12  # amounts of a table: totals and classes are what is repeated
_DIGITS = 4  # that an amount has besides noughts: round ones meet by chance
_BY_CHANCE = Decimal("0.002")
_ONE = Decimal(1)
_LARGER = tuple(times for times in UNITS_APART if times > 1)
_TEXT = "text"
_DECIMAL = re.compile(r"-?\d[\d,]*\.\d+")  # codes and counts have no places


class _Amount(NamedTuple):
    """An amount without its sign and half of its last place, in yuan; the table (or the text) that prints it."""

    amount: Decimal
    half: Decimal
    source: object
    row: Record


class _Meeting(NamedTuple):
    """Two prints, the second ``factor`` times the first, and how far apart they may be as a share of either."""

    own: _Amount
    other: _Amount
    factor: Decimal
    share: Decimal


Meetings = dict[Decimal, list[_Meeting]]
"""What an amount of one table meets elsewhere, by how many times as large the other is."""


def scale_tables(tables: Tables, lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table, of the lines, the text and ``cell_amounts``."""
    return {"scales": list(_scales(tables, lines))}


def _scales(tables: Tables, lines: Lines) -> Iterator[Record]:
    by_table = {**lines.by_table, **grouped(tables["cell_amounts"], "table_no")}
    of_tables = {table_no: _largest(table_no, rows) for table_no, rows in by_table.items()}
    of_text = _telling(_TEXT, _in_main_unit([row for row in tables.get("text", ()) if is_amount(row)]))
    amounts = sorted((*of_text, *(each for found in of_tables.values() for each in found)), key=lambda each: each[0])
    odd, others = _set_apart(_repeated(amounts), of_tables, len(amounts))
    yield from map(_contradiction, odd)
    for same in others:
        cells_ = dict.fromkeys(cell for each in same for cell in cells_of(each.own.row))
        yield {**of_table(same[0].own.row), "contradicts": False, "cell_ids": list(cells_)}


def _in_main_unit(said: Sequence[Record]) -> Sequence[Record]:
    """The amounts of the text in the unit that it speaks in: one in another may be wrong itself."""
    units = Counter(row["unit"] for row in said if row["amount"])
    main = max(units, key=lambda unit: units[unit], default=None)
    return [row for row in said if row["unit"] == main]


def cell_amounts(tables: Tables, cells: Sequence[Record]) -> list[Record]:
    """The amounts in performance sheets and in tables that are none of the rule's, which state a unit of money."""
    stated = {row["table_no"]: row for row in tables.get("source_tables", ()) if row["unit"] in MONEY_UNITS}
    told = ((cell, squeezed(cell["text"]).replace("，", ",")) for cell in cells if cell["table_no"] in stated)
    return [amount_in(cell, text, stated[cell["table_no"]]) for cell, text in told if _DECIMAL.fullmatch(text)]


def _largest(source: object, rows: Sequence[Record]) -> list[_Amount]:
    if rows[0]["unit"] not in MONEY_UNITS:
        return []
    return list(islice(_telling(source, [row for row in rows if row["amount"]]), _LARGEST))


def _telling(source: object, rows: Iterable[Record]) -> Iterator[_Amount]:
    """The amounts that meet no other by chance, each once, the largest first."""
    found = {decimal_of(row, "amount"): row for row in rows}
    for amount in sorted(found, key=abs, reverse=True):
        if amount and len(amount.normalize().as_tuple().digits) >= _DIGITS:
            yield _Amount(abs(amount), max(decimal_of(found[amount], "half_unit"), HALF_FEN), source, found[amount])


def _repeated(amounts: Sequence[_Amount]) -> dict[object, Meetings]:
    """Of each table the meetings of its amounts with those of others; ``amounts`` are in order."""
    found: dict[object, Meetings] = defaultdict(lambda: defaultdict(list))
    for each in _meetings(amounts):
        back = _Meeting(each.other, each.own, 1 / each.factor, each.share)
        found[each.own.source][each.factor].append(each)
        found[back.own.source][back.factor].append(back)
    found.pop(_TEXT, None)  # its figures have a unit each
    return found


def _meetings(amounts: Sequence[_Amount]) -> Iterator[_Meeting]:
    values = [each.amount for each in amounts]
    widest = max((each.half for each in amounts), default=HALF_FEN)
    for place, own in enumerate(amounts):
        for factor in (_ONE, *_LARGER):
            middle, half = own.amount * factor, own.half * factor
            start = place + 1 if factor == 1 else bisect_left(values, middle - half - widest)
            for other in _until(amounts, start, middle + half + widest):
                slack = half + other.half
                if other.source != own.source and abs(other.amount - middle) <= slack:
                    yield _Meeting(own, other, factor, slack / middle)


def _until(amounts: Sequence[_Amount], start: int, end: Decimal) -> Iterator[_Amount]:
    for place in range(start, len(amounts)):
        if amounts[place].amount > end:
            return
        yield amounts[place]


def _set_apart(
    repeated: dict[object, Meetings], of_tables: Mapping[object, Sequence[_Amount]], count: int
) -> tuple[list[list[_Meeting]], list[list[_Meeting]]]:
    """What contradicts a table's unit, table after table, and what agrees with the others'; among ``count`` amounts.

    The table that most others contradict comes first; what it prints speaks against no other any more.
    """
    odd: list[list[_Meeting]] = []
    while True:
        against = {table_no: _against(found, of_tables[table_no], count) for table_no, found in repeated.items()}
        worst = max(against, key=lambda each: _sources(against[each]), default=None)
        if worst is None or not against[worst]:
            return odd, [found[_ONE] for found in repeated.values() if found.get(_ONE)]
        odd.append(against[worst])
        repeated = {table_no: _without(worst, found) for table_no, found in repeated.items() if table_no != worst}


def _without(source: object, found: Meetings) -> Meetings:
    kept = {factor: [each for each in meetings if each.other.source != source] for factor, meetings in found.items()}
    return {factor: meetings for factor, meetings in kept.items() if meetings}


def _against(found: Meetings, own: Sequence[_Amount], count: int) -> list[_Meeting]:
    """The meetings that contradict a table's unit: none where as many agree, or where they may all be by chance.

    Any of its amounts may meet any other by chance; its largest, mostly a total, is one.
    """
    others = (meetings for factor, meetings in found.items() if factor != _ONE)
    meetings = max(others, key=lambda each: len({meeting.own.amount for meeting in each}), default=[])
    if _sources(meetings) <= _sources(found.get(_ONE, ())):
        return []
    shares = {each.own.amount: each.share for each in sorted(meetings, key=lambda each: -each.share)}
    chance = _ONE
    for amount, share in shares.items():
        chance *= min(_ONE, share * count * (1 if amount == own[0].amount else len(own)))
    return meetings if chance < _BY_CHANCE else []


def _sources(meetings: Sequence[_Meeting]) -> int:
    """How many tables, or the text, they are with."""
    return len({each.other.source for each in meetings})


# --- in words --------------------------------------------------------------------------------------------------------


def of_table(row: Record) -> Record:
    """What names a row's table."""
    return {name: row[name] for name in ("document_id", "table_no", "table_id", "table_title", "page", "unit")}


def named(row: Record) -> tuple[str, str]:
    """The row and its amount, in Chinese and English."""
    amount, unit, label = decimal_of(row, "amount"), str(row["unit"]), label_of(row)
    return f"“{label}” {money(amount, unit)}", f"“{label}” {money_en(amount, unit)}"


def _contradiction(meetings: Sequence[_Meeting]) -> Record:
    """The row of a table whose amounts are elsewhere another number of times as large."""
    first = max(meetings, key=lambda each: each.own.amount)
    here, there, other = named(first.own.row), named(first.other.row), first.other.row
    is_text = first.other.source == _TEXT
    where, where_en = ("文字", "the text") if is_text else (f"《{other['table_title']}》", f"“{other['table_title']}”")
    (size, size_en), times = ("大", "larger"), first.factor
    if times < 1:
        (size, size_en), times = ("小", "smaller"), 1 / first.factor
    count = len({each.own.amount for each in meetings})
    cells = dict.fromkeys(cell for each in meetings for side in (each.own, each.other) for cell in cells_of(side.row))
    return {
        **of_table(first.own.row),
        "contradicts": True,
        "cell_ids": list(cells),
        "meant": _meant(meetings),
        "note_zh": f"有{count}个数在别处重印，那里正好{size}{times:,.0f}倍"
        f"（如本表{here[0]}，第{other['page']}页{where}{there[0]}）",
        "note_en": f"{count} of its figures are printed again elsewhere exactly {times:,.0f} times {size_en} "
        f"(as {here[1]}; p. {other['page']}, {where_en}: {there[1]})",
    }


def _meant(meetings: Sequence[_Meeting]) -> list[tuple[object, str]]:
    """The unit that would be right for the table; and for the other, if it alone contradicts."""
    own, others = meetings[0].own, {each.other.source: each.other for each in meetings}
    sides = [(own, meetings[0].factor)]
    if len(others) == 1 and _TEXT not in others:
        sides += [(other, 1 / meetings[0].factor) for other in others.values()]
    sizes = [(each.source, MONEY_UNITS[str(each.row["unit"])] * factor) for each, factor in sides]
    return [(source, unit) for source, size in sizes for unit, other in MONEY_UNITS.items() if other == size]
