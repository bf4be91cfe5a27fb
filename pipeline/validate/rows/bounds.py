"""What cannot be more than what it is a part of, as the selectors see it: derived tables of the budget's lines.

bounds         a functional class in the appropriation summary beside the same class in the budget summary, of which the
               appropriation is a part: ``contradicts`` where it is more, rounding aside
public_bounds  an economic item of the basic expenditure beside that of the three public expenses which it is a part of:
               ``contradicts`` where it is more, and a slip of the pen, or rows that changed places, made it so. What
               else is more was counted in another way
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.spoken import decimal_of
from pipeline.validate.slips import slips_of

_WHOLE, _PART = "budget_summary", "appropriation_summary"
_THIS_PERIOD = ("budget", "final")
_PUBLIC = {"30212": "abroad", "30217": "reception", "30231": "vehicle_running"}

Key = tuple[object, object]


class _Words(NamedTuple):
    """How the whole is spoken of, and what the part is of it."""

    whole_zh: str
    part_zh: str
    whole_en: str


_CLASS = _Words("该类全部资金", "财政拨款是其中一部分", "for that class in all")
_ITEM = _Words("该项", "基本支出是其中一部分", "for that item in all")


def bound_tables(lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    wholes = {(row["period"], row["class_code"]): row for row in _classes(lines, _WHOLE)}
    parts = [((row["period"], row["class_code"]), row) for row in _classes(lines, _PART)]
    return {
        "bounds": list(_bounds(parts, wholes, _CLASS)),
        "public_bounds": list(_public_bounds(lines)),
    }


def _public_bounds(lines: Lines) -> Iterator[Record]:
    public, printed = _public(lines), _printed(lines)
    for key, row in _items(lines):
        for bound in _bounds([(key, row)], public, _ITEM):
            meant = decimal_of(public[key], "amount")
            elsewhere = printed.get(meant) if meant else None
            is_slip = meant in slips_of(decimal_of(row, "amount"))
            found = {**bound, "contradicts": bool(bound["contradicts"]) and (is_slip or elsewhere is not None)}
            if elsewhere is not None:
                name = f"“{elsewhere['economic']} {elsewhere['economic_name'] or ''}”"
                found["note_zh"] = f"{bound['note_zh']}；该数印在本表{name}一行，两行看来互换了位置"
                found["note_en"] = (
                    f"{bound['note_en']}; that amount stands in the row {name}: the two changed places, it seems"
                )
            yield found


def _printed(lines: Lines) -> Mapping[object, Record]:
    """The rows of the basic expenditure that are none of the three, by their amounts; none for one printed twice."""
    rows = [row for row in lines.of_kind("basic_expenditure") if row["dims_top"] and row["economic"]]
    times = Counter(row["amount"] for row in rows)
    return {row["amount"]: row for row in rows if times[row["amount"]] == 1 and row["economic"] not in _PUBLIC}


def _bounds(parts: Sequence[tuple[Key, Record]], wholes: Mapping[Key, Record], words: _Words) -> Iterator[Record]:
    for key, row in parts:
        whole = wholes.get(key)
        if whole is None:
            continue
        slack = decimal_of(row, "half_unit") + decimal_of(whole, "half_unit")
        more = decimal_of(row, "amount") - decimal_of(whole, "amount") > slack
        own, all_of_it = ((decimal_of(each, "amount"), str(each["unit"])) for each in (row, whole))
        yield {
            **row,
            "contradicts": more,
            "cell_ids": [row["cell_id"], whole["cell_id"]],
            "note_zh": f"印为 {money(*own)}，而《{whole['table_title']}》（第{whole['page']}页）{words.whole_zh}只有 "
            f"{money(*all_of_it)}，{words.part_zh}",
            "note_en": f"printed {money_en(*own)}, while “{whole['table_title']}” (p. {whole['page']}) has "
            f"{money_en(*all_of_it)} {words.whole_en}",
        }


def _classes(lines: Lines, table_id: str) -> Iterator[Record]:
    """The classes of expenditure, all their money together."""
    for row in lines.of_kind(table_id):
        is_class = row["subject_level"] == "类" and row["side"] != "revenue" and row["placed"] and row["dims_top"]
        if is_class and row["amount"] is not None and row["period"] in _THIS_PERIOD:
            yield row


def _items(lines: Lines) -> Iterator[tuple[Key, Record]]:
    """The items of the basic expenditure that the three public expenses consist of too."""
    for row in lines.of_kind("basic_expenditure"):
        role = _PUBLIC.get(str(row["economic"]))
        if role and row["dims_top"] and row["amount"] is not None and row["period"] in _THIS_PERIOD:
            yield (row["period"], role), row


def _public(lines: Lines) -> Mapping[Key, Record]:
    """The amount of each of the three, where their table prints one, and is of the whole department."""
    found: dict[Key, list[Record]] = defaultdict(list)
    for row in lines.of_kind("three_public_expenses"):
        if row["role"] in _PUBLIC.values() and row["amount"] is not None and row["dims_top"]:
            found[row["period"], row["role"]].append(row)
    return {key: rows[0] for key, rows in found.items() if len({row["amount"] for row in rows}) == 1}
