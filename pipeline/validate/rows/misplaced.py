"""Figures in the row of another class, as a second table of the same classes tells: a derived table of the lines.

misplaced   the classes of one table beside those of another that is a part of it: ``contradicts`` where the other has
            money of a class of which the first has none, and the first prints that very amount as another class, of
            which the other has none (functional classes of the two summary tables); or where exactly one exchange of
            two figures of the first makes every class of the other a part of it (economic classes of the general
            budget's expenditure, and of the basic expenditure)

In a summary table a class without money has no figure, so that no sum and no bound asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.validate.intervals import ZERO
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.bounds import PUBLIC_ITEMS
from pipeline.validate.rows.model import Lines, Record, label_of
from pipeline.validate.rows.spoken import decimal_of

_WHOLE, _PART = "budget_summary", "appropriation_summary"
_BY_ECONOMIC, _BASIC = "general_budget_expenditure", "basic_expenditure"
_PUBLIC, _AGENCY = "three_public_expenses", "agency_operating_expenses"
_ITEMS = {"meetings": "30215", "training": "30216"} | {role: code for code, role in PUBLIC_ITEMS.items()}
_THIS_PERIOD = ("budget", "final")
_CLASS = 3  # digits
_WHOLES = ("fund_whole", "origin_whole", "mixed_whole", "expenditure_type_whole")

Classes = Mapping[object, Record]
"""The figures of a table's classes, by code, those of nothing left out."""


def misplaced_rows(lines: Lines) -> Iterator[Record]:
    """The rows of the derived table."""
    is_told = any(row["class_code"] for row in lines.of_kind("expenditure_summary"))  # X01 holds the classes to these
    whole, part = (_functional(lines, name) if not is_told else {} for name in (_WHOLE, _PART))
    spent, basic = (_economic(lines, name) for name in (_BY_ECONOMIC, _BASIC))
    items = _public(lines)
    parts = [_economic(lines, name, _ITEMS.values()) for name in (_BASIC, _AGENCY)] if items else []
    for period in _THIS_PERIOD:
        yield from _in_other_row(whole.get(period, {}), part.get(period, {}))
        yield from _exchanged(spent.get(period, {}), basic.get(period, {}))
        for each in parts:
            yield from _exchanged(items.get(period, {}), each.get(period, {}), is_equal=True)


def _once(found: Iterable[tuple[object, Record]]) -> Mapping[object, Classes]:
    """The figures by period; none of a period in which a class stands twice: a file of several units, each with tables
    of its own."""
    periods: dict[object, dict[object, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for key, row in found:
        if row["nonzero"]:
            periods[row["period"]][key].append(row)
    return {
        period: {key: each[0] for key, each in rows.items()}
        for period, rows in periods.items()
        if all(len(each) == 1 for each in rows.values())
    }


# --- functional classes -----------------------------------------------------------------------------------------------


def _functional(lines: Lines, table_id: str) -> Mapping[object, Classes]:
    rows = (row for row in lines.of_kind(table_id) if row["subject_level"] == "类" and row["side"] != "revenue")
    return _once((row["class_code"], row) for row in rows if row["placed"] and row["dims_top"])


def _in_other_row(whole: Classes, part: Classes) -> Iterator[Record]:
    alone = [row for code, row in whole.items() if code not in part]
    for code, row in part.items() if whole else ():
        found = [each for each in alone if each["amount"] == row["amount"]] if code not in whole else []
        yield _row(row, found[0], row, code) if len(found) == 1 else _fits(row, code)


# --- economic classes -------------------------------------------------------------------------------------------------


def _public(lines: Lines) -> Mapping[object, Classes]:
    rows = (row for row in lines.of_kind(_PUBLIC) if row["role"] in _ITEMS and row["dims_top"] and not row["unit_name"])
    return _once((_ITEMS[str(row["role"])], row) for row in rows)


def _economic(lines: Lines, table_id: str, codes: Collection[str] = ()) -> Mapping[object, Classes]:
    """The economic classes of a table, or these items."""
    told = ((row["economic"], row) for row in lines.of_kind(table_id) if row["economic"])
    rows = ((code, row) for code, row in told if (code in codes if codes else len(str(code)) == _CLASS))
    return _once((code, row) for code, row in rows if not any(map(row.get, _WHOLES)))


def _exchanged(whole: Classes, part: Classes, *, is_equal: bool = False) -> Iterator[Record]:
    shared = [code for code in part if code in whole]
    wrong = [code for code in shared if _is_more(part[code], whole[code])]
    turned = [pair for pair in combinations(shared, 2) if set(wrong) <= set(pair) and _fit(whole, part, pair)]
    if is_equal:
        turned = [pair for pair in turned if _is_equal(whole, part, pair)]
    for code in shared:
        is_told = wrong == [code] and len(turned) == 1
        other = next((each for each in turned[0] if each != code), code) if is_told else code
        yield _row(whole[code], whole[other], part[code], code) if is_told else _fits(whole[code], code)


def _fit(whole: Classes, part: Classes, pair: Sequence[object]) -> bool:
    """Whether both parts are parts of the whole, were its two figures exchanged."""
    one, other = pair
    return not _is_more(part[one], whole[other]) and not _is_more(part[other], whole[one])


def _is_equal(whole: Classes, part: Classes, pair: Sequence[object]) -> bool:
    """Whether one of the parts is what the whole prints in the row of the other."""
    return any(part[one]["amount"] == whole[other]["amount"] for one, other in (pair, pair[::-1]))


def _is_more(part: Record, whole: Record) -> bool:
    more = decimal_of(part, "amount") - decimal_of(whole, "amount")
    return more > max(ZERO, _half(part) + _half(whole))


def _half(row: Record) -> Decimal:
    return decimal_of(row, "half_unit")


# --- what is said -----------------------------------------------------------------------------------------------------


def _fits(row: Record, code: object) -> Record:
    return {**row, "class_key": code, "contradicts": False}


def _row(row: Record, other: Record, part: Record, code: object) -> Record:
    """The class, the row in which its figure seems to stand, and what the other table prints of it."""
    title, page = part["table_title"], part["page"]
    name, paid = label_of(other), (decimal_of(other, "amount"), str(other["unit"]))
    said = (decimal_of(part, "amount"), str(part["unit"]))
    table = other["table_title"]
    return {
        **row,
        **{column: other[column] for column in ("table_no", "table_title", "page")},
        "class_key": code,
        "contradicts": True,
        "cell_id": None,
        "cell_ids": list(dict.fromkeys([other["cell_id"], row["cell_id"], part["cell_id"]])),
        "note_zh": f"《{title}》（第{page}页）该科目有 {money(*said)}，而《{table}》“{name}”一行印有 {money(*paid)}",
        "note_en": f"“{title}” (p. {page}) has {money_en(*said)} of it, and “{table}” prints {money_en(*paid)} "
        f"in the row “{name}”",
    }
