"""A list of subjects printed again in a table that is none of the rule's: 财政拨款基本支出表, of the same money.

again   two rows a ``pair`` (``other`` or not): a figure of a table of the rule, and the amount that stands under the
        same code in the other table

Which columns say the same is told by what they print: of the amounts under shared codes all are equal, or all but one.
A department whose appropriation is all general budget has such a pair. Other money would make two lines differ at the
least, the item's and its class's or the total's; a misprint is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.schema import MONEY_UNITS
from pipeline.validate.rows.model import Record, Tables
from pipeline.validate.rows.printed import amount_in
from pipeline.validate.rows.vocabulary import squeezed

_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_TOTALS = ("合计", "总计")
_TOTAL = "total"
_LISTS = ("basic_expenditure", "general_budget_expenditure", "expenditure_summary")
_ENOUGH = 8  # equal amounts

Column = Mapping[str, Record]  # code to the row that has it


def again_tables(tables: Tables, cells: Sequence[Record]) -> dict[str, Sequence[Record]]:
    """The derived table; ``cells`` are those of the tables that are none of the rule's."""
    return {"again": list(_pairs(tables, cells)) if cells else []}


def _pairs(tables: Tables, cells: Sequence[Record]) -> Iterator[Record]:
    printed = _printed(tables.get("budget_lines", ()))
    pair = 0
    for other in _columns(tables, cells):
        for column in printed:
            shared = _shared(column, other)
            if not _is_again({code: (column[code], other[code]) for code in shared}):
                continue
            for code in shared:
                pair += 1
                yield {**column[code], "pair": pair, "other": False}
                yield {**other[code], "pair": pair, "other": True}


def _shared(column: Column, other: Column) -> list[str]:
    """The codes that both list; the total is of the same money only where neither lists a subject of money beside."""
    shared = [code for code in column if code in other]
    alone = [code for each in (column, other) for code, row in each.items() if code not in shared and row["amount"]]
    is_more = any(not any(_is_line(code, known) for known in shared if known != _TOTAL) for code in alone)
    return [code for code in shared if code != _TOTAL or not is_more]


def _is_line(one: str, other: str) -> bool:
    """Whether one of two codes is the other's or above it."""
    return one.startswith(other) or other.startswith(one)


def _is_again(both: Mapping[str, tuple[Record, Record]]) -> bool:
    """Whether the amounts under the same codes are equal, enough of them, but for a misprint."""
    told = {code: rows for code, rows in both.items() if rows[0]["nonzero"] or rows[1]["amount"]}
    if any(one["unit"] != other["unit"] for one, other in told.values()):
        return False
    odd = [code for code, (one, other) in told.items() if one["amount"] != other["amount"]]
    return len(told) - len(odd) >= _ENOUGH and (not odd or (len(odd) == 1 and _is_summed(odd[0], told)))


def _is_summed(code: str, others: Iterable[str]) -> bool:
    """Whether a line that adds this one up, or a part of it, is listed too: then other money would show there."""
    near = (_TOTAL in (code, each) or _is_line(code, each) for each in others if each != code)
    return any(near)


def _printed(lines: Sequence[Record]) -> list[Column]:
    """The columns of the rule's lists, each code once."""
    columns: dict[tuple[object, ...], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in lines:
        if row["table_id"] in _LISTS and row["amount"] is not None and row["code_source"] != "reference":
            code = row["subject_code"] or row["economic"] or (_TOTAL if row["top"] and row["kind"] == "total" else None)
            if code:
                columns[row["table_no"], row["column_no"]][str(code)].append(row)
    return [_once(column) for column in columns.values()]


def _columns(tables: Tables, cells: Sequence[Record]) -> Iterator[Column]:
    """The columns of amounts in tables that list codes and state a unit of money."""
    stated = {row["table_no"]: row for row in tables.get("source_tables", ())}
    lines: dict[tuple[object, object], list[Record]] = defaultdict(list)
    for cell in cells:
        lines[cell["table_no"], cell["row_no"]].append(cell)
    columns: dict[tuple[object, object], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for (table_no, _), line in lines.items():
        table = stated[table_no]
        labels = [squeezed(cell["text"]) for cell in line]
        codes = [label for label in labels if _CODE.fullmatch(label)]
        code = (
            codes[0] if len(codes) == 1 else _TOTAL if not codes and any(each in _TOTALS for each in labels) else None
        )
        if code and str(table["unit"]) in MONEY_UNITS:
            for cell, label in zip(line, labels, strict=True):
                if _NUMBER.fullmatch(label) and label != code:
                    row = amount_in(cell, label, table)
                    columns[table_no, cell["column_no"]][code].append(row)
    yield from (_once(column) for column in columns.values())


def _once(column: Mapping[str, Sequence[Record]]) -> Column:
    return {code: rows[0] for code, rows in column.items() if len(rows) == 1}
