"""What cannot be more than what it is a part of, as the selectors see it: derived tables of the budget's lines.

bounds         a functional class in the appropriation summary beside the same class in the budget summary, of which the
               appropriation is a part: ``contradicts`` where it is more, rounding aside
public_bounds  an economic item of the basic expenditure, or of the agency's operating expenses, beside that of the
               three public expenses which it is a part of: ``contradicts`` where it is more, and a slip of the pen, or
               rows that changed places, made it so. What else is more was counted in another way
agency_bounds  an economic item of the agency's operating expenses beside that of the basic expenditure: ``contradicts``
               where it is more, and few are, so that the document does take the one for a part of the other
basic_bounds   an economic item of the basic expenditure beside that of the expenditure summary, where this tells items
               too: ``contradicts`` likewise
fund_bounds    a subject in the expenditure summary beside what the tables of the general budget, the funds and the
               state capital print of it: ``contradicts`` where these are more, and a slip or rows that changed places
               made it so
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.validate.intervals import ZERO
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Lines, Record, cells_of, label_of
from pipeline.validate.rows.spoken import decimal_of
from pipeline.validate.slips import slips_of

_WHOLE, _PART = "budget_summary", "appropriation_summary"
_THIS_PERIOD = ("budget", "final")
_OF_FUNDS = ("general_budget_expenditure", "government_fund_expenditure", "state_capital_budget")
_WHOLES = ("fund_whole", "origin_whole", "mixed_whole", "expenditure_type_whole")
_FEW = 5  # one in so many
PUBLIC_ITEMS = {"30212": "abroad", "30217": "reception", "30231": "vehicle_running"}

Key = tuple[object, object]


class _Words(NamedTuple):
    """How the whole is spoken of, and what the part is of it."""

    whole_zh: str
    part_zh: str
    whole_en: str


_CLASS = _Words("该类全部资金", "财政拨款是其中一部分", "for that class in all")
_PARTS_OF_PUBLIC = {
    "basic_expenditure": _Words("该项", "基本支出是其中一部分", "for that item in all"),
    "agency_operating_expenses": _Words("该项", "机关运行经费是其中一部分", "for that item in all"),
}
_OF_BASIC = _Words("该款", "机关运行经费是其中一部分", "for that item in all")


def bound_tables(lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    wholes = _alone(((row["period"], row["class_code"]), row) for row in _classes(lines, _WHOLE))
    parts = [((row["period"], row["class_code"]), row) for row in _classes(lines, _PART)]
    return {
        "bounds": list(_bounds(parts, wholes, _CLASS)),
        "public_bounds": [row for name in _PARTS_OF_PUBLIC for row in _public_bounds(lines, name)],
        "agency_bounds": list(_agency_bounds(lines)),
        "basic_bounds": list(_basic_bounds(lines)),
        "fund_bounds": list(_fund_bounds(lines)),
    }


def _alone(found: Iterable[tuple[Key, Record]]) -> Mapping[Key, Record]:
    """The rows by key, without what a file of several units prints once for each of them."""
    rows: dict[Key, list[Record]] = defaultdict(list)
    for key, row in found:
        rows[key].append(row)
    return {key: each[0] for key, each in rows.items() if len({row["amount"] for row in each}) == 1}


def _public_bounds(lines: Lines, table_id: str) -> Iterator[Record]:
    public, printed = _public(lines), _printed(lines, table_id)
    for key, row in _items(lines, table_id):
        for bound in _bounds([(key, row)], public, _PARTS_OF_PUBLIC[table_id]):
            meant = decimal_of(public[key], "amount")
            yield _if_explained(bound, decimal_of(row, "amount"), meant, printed.get(meant) if meant else None)


def _if_explained(bound: Record, amount: Decimal, meant: Decimal, elsewhere: Record | None) -> Record:
    """The bound, which contradicts only where a slip made the one amount of the other, or another row prints it."""
    if not bound["contradicts"]:
        return bound
    found = {**bound, "contradicts": elsewhere is not None or meant in slips_of(amount)}
    if elsewhere is not None:
        name = label_of(elsewhere)
        found["note_zh"] = f"{bound['note_zh']}；该数印在本表“{name}”一行，两行看来互换了位置"
        found["note_en"] = (
            f"{bound['note_en']}; that amount stands in the row “{name}”: the two changed places, it seems"
        )
    return found


def _printed(lines: Lines, table_id: str) -> Mapping[object, Record]:
    """The rows of a table of economic items that are none of the three, by their amounts, those printed once."""
    rows = [row for row in lines.of_kind(table_id) if row["dims_top"] and row["economic"]]
    times = Counter(row["amount"] for row in rows)
    return {row["amount"]: row for row in rows if times[row["amount"]] == 1 and row["economic"] not in PUBLIC_ITEMS}


# --- economic items: of the agency in the basic expenditure, of this in all expenditure ------------------------------


def _agency_bounds(lines: Lines) -> Iterator[Record]:
    wholes, own = (_economic(lines, name) for name in ("basic_expenditure", "agency_operating_expenses"))
    yield from _where_few(_bounds([(key, row) for key, row in own.items() if key in wholes], wholes, _OF_BASIC))


def _basic_bounds(lines: Lines) -> Iterator[Record]:
    """Told of the summary's rows, whose amount would be the lesser; a row that it is supposed to lack, and nothing
    tells which (``unnamed``), may be of any item."""
    wholes, parts = _economic(lines, "expenditure_summary"), _economic(lines, "basic_expenditure")
    unnamed = [row for row in lines.of_kind("expenditure_summary") if row.get("unnamed") and _is_basic(row)]
    spare = sum((decimal_of(row, "amount") for row in unnamed), ZERO)
    yield from _where_few(_less(whole, parts[key], spare) for key, whole in wholes.items() if key in parts)


def _where_few(found: Iterable[Record]) -> Iterator[Record]:
    """The bounds, which contradict only where few do: else the one is no part of the other in this document."""
    known = list(found)
    are_few = _FEW * sum(bool(each["contradicts"]) for each in known) <= len(known) and len(known) >= _FEW
    yield from ({**each, "contradicts": bool(each["contradicts"]) and are_few} for each in known)


def _economic(lines: Lines, table_id: str) -> Mapping[Key, Record]:
    """The basic expenditure of each economic item, that of all subjects added up."""
    found: dict[Key, list[Record]] = defaultdict(list)
    listed = [row for row in lines.of_kind(table_id) if row["economic_item"] and not row["children"]]
    for row in listed:
        if _is_basic(row) and row["amount"] is not None:
            found[row["period"], row["economic_item"]].append(row)
    return {key: _added(rows) for key, rows in found.items()}


def _is_basic(row: Record) -> bool:
    """Whether a figure is all of the basic expenditure of its row."""
    told = row["expenditure_type"] == "basic" or (row["table_id"] != "expenditure_summary" and bool(row["dims_top"]))
    return told and not (row["fund_whole"] or row["origin_whole"] or row["mixed_whole"])


# --- the funds, of all expenditure -----------------------------------------------------------------------------------


def _fund_bounds(lines: Lines) -> Iterator[Record]:
    """Told of the summary's row, whose amount would be the lesser."""
    wholes, parts = _subjects(lines, "expenditure_summary"), _subjects(lines, *_OF_FUNDS)
    times = Counter(row["amount"] for row in wholes.values())
    amounts: dict[object, Key] = {row["amount"]: key for key, row in wholes.items() if times[row["amount"]] == 1}
    for key, whole in wholes.items():
        part = parts.get(key)
        if part is None:
            continue
        meant = decimal_of(part, "amount")
        other = amounts.get(meant, key)
        is_others = other != key and other in parts and parts[other]["amount"] != meant
        elsewhere = wholes[other] if is_others else None  # beside what the funds' tables do not print of it
        yield _if_explained(_less(whole, part), decimal_of(whole, "amount"), meant, elsewhere)


def _subjects(lines: Lines, *table_ids: str) -> Mapping[Key, Record]:
    """What tables print of each subject, those of several funds and of several units added up."""
    found: dict[Key, list[Record]] = defaultdict(list)
    listed = [row for row in lines.of_kind(*table_ids) if row["subject_code"] and row["code_top"]]
    for row in listed:
        is_whole = not any(row[name] for name in _WHOLES)
        if is_whole and row["amount"] is not None and row["side"] != "revenue":
            found[row["period"], row["subject_code"]].append(row)
    return {key: _added(rows) for key, rows in found.items()}


def _added(rows: Sequence[Record]) -> Record:
    """One row for several: their amounts added up, with the cells of all."""
    if len(rows) == 1:
        return rows[0]
    sums = {name: sum((decimal_of(row, name) for row in rows), ZERO) for name in ("amount", "half_unit")}
    return {**rows[0], **sums, "cell_ids": [cell for row in rows for cell in cells_of(row)], "cell_id": None}


def _less(whole: Record, part: Record, spare: Decimal = ZERO) -> Record:
    """The whole, which contradicts where it is less than the part, and ``spare`` would not make up for it."""
    cells = {"cell_id": None, "cell_ids": [*cells_of(whole), *cells_of(part)]}
    if not _is_more(part, whole, spare):
        return {**whole, **cells, "contradicts": False}
    own, theirs = ((decimal_of(each, "amount"), str(each["unit"])) for each in (whole, part))
    title, page = part["table_title"], part["page"]
    return {
        **whole,
        **cells,
        "contradicts": True,
        "note_zh": f"印为 {money(*own)}，而《{title}》（第{page}页）等该科目就有 {money(*theirs)}",
        "note_en": f"printed {money_en(*own)}, while “{title}” (p. {page}) alone has {money_en(*theirs)} "
        "for that subject",
    }


# --- bounds in general -----------------------------------------------------------------------------------------------


def _bounds(parts: Sequence[tuple[Key, Record]], wholes: Mapping[Key, Record], words: _Words) -> Iterator[Record]:
    for key, row in parts:
        whole = wholes.get(key)
        if whole is None:
            continue
        cells = {"cell_ids": [row["cell_id"], whole["cell_id"]]}
        if not _is_more(row, whole):
            yield {**row, **cells, "contradicts": False}
            continue
        own, all_of_it = ((decimal_of(each, "amount"), str(each["unit"])) for each in (row, whole))
        yield {
            **row,
            **cells,
            "contradicts": True,
            "note_zh": f"印为 {money(*own)}，而《{whole['table_title']}》（第{whole['page']}页）{words.whole_zh}只有 "
            f"{money(*all_of_it)}，{words.part_zh}",
            "note_en": f"printed {money_en(*own)}, while “{whole['table_title']}” (p. {whole['page']}) has "
            f"{money_en(*all_of_it)} {words.whole_en}",
        }


def _is_more(part: Record, whole: Record, spare: Decimal = ZERO) -> bool:
    """Whether the part is more than the whole by more than their printed places leave open, and than ``spare``."""
    more = decimal_of(part, "amount") - decimal_of(whole, "amount") - spare
    return more > 0 and more > decimal_of(part, "half_unit") + decimal_of(whole, "half_unit")


def _classes(lines: Lines, table_id: str) -> Iterator[Record]:
    """The classes of expenditure, all their money together."""
    for row in lines.of_kind(table_id):
        is_class = row["subject_level"] == "类" and row["side"] != "revenue" and row["placed"] and row["dims_top"]
        if is_class and row["amount"] is not None and row["period"] in _THIS_PERIOD:
            yield row


def _items(lines: Lines, table_id: str) -> Iterator[tuple[Key, Record]]:
    """The items of a table that the three public expenses consist of too."""
    for row in lines.of_kind(table_id):
        role = PUBLIC_ITEMS.get(str(row["economic"]))
        if role and row["dims_top"] and row["amount"] is not None and row["period"] in _THIS_PERIOD:
            yield (row["period"], role), row


def _public(lines: Lines) -> Mapping[Key, Record]:
    """The amount of each of the three, where their table prints one, and is of the whole department."""
    printed = (row for row in lines.of_kind("three_public_expenses") if row["role"] in PUBLIC_ITEMS.values())
    whole = (row for row in printed if row["amount"] is not None and row["dims_top"])
    return _alone(((row["period"], row["role"]), row) for row in whole)
