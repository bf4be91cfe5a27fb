"""Rows that a summary table seems to lack, as the selectors see them: derived tables of its labels and lines.

gaps        the numbered labels of one column of a summary table (一、二、… or 1、2、…), or of the table of the three
            public expenses: ``gap`` right behind the number that none follows, though the one after it does
headless    the labels of a column that open a list of the inner style (1.): ``headless`` where one stands right behind
            a total, though all the other lists of that style stand under a label of the outer style (一、)
carried     the grand totals of a summary table beside this year's: ``lacks`` where they differ and no row between them,
            be it blank, nor any row of what is carried over, says why: the funds that the total lists once more do not
subtotals   the summary tables that list what is carried over, be it blank: ``lacks`` where one prints no 本年收入合计
            and no 本年支出合计, though the document's other one prints them, nor what is them by another name (一、本年
            财政拨款 above the funds that it adds up)
totals      the tables that list subjects, economic items, units or projects: ``lacks_total`` where one alone prints no
            total, ``lacks_parts`` where a table of subjects or items prints an amount as its total, and no row else
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.validate.identities import Identities
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.crossed import STYLES, number_of
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.spoken import decimal_of
from pipeline.validate.rows.vocabulary import squeezed, unnumbered

_SUMMARIES = ("budget_summary", "appropriation_summary")
_FEWEST = {
    0: 4,
    2: 10,
}  # numbered labels that make a list, by their style: 一、 and 1.; of the latter, that of the classes
_OUTER, _INNER = 0, 2  # the styles 一、 and 1.
_PUBLIC = "three_public_expenses"
_FEWEST_OF_PUBLIC = dict.fromkeys(range(len(STYLES)), 2)  # it has three items
_SIDES = ("revenue", "expenditure")
_TOTALS = ("current_total", "grand_total")
_CURRENT = ("current_total", "this_years_money")  # this year's total, and what is it by another name
_CARRIED = ("carryover", "year_end", "supplement", "allotment")
_THIS_PERIOD = ("budget", "final")
_TOTAL, _ITEM, _CODED = "total", "item", ("subject", "economic")
_ADDED_UP = (_PUBLIC, "agency_operating_expenses")
_LISTS = ("general_budget_expenditure", "government_fund_expenditure", "state_capital_budget", "basic_expenditure")


def gap_tables(
    tables: Tables, labels: Sequence[Record], lines: Lines, identities: Identities
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``labels`` are the label cells of its summary tables."""
    titles = {row["table_no"]: row["table_title"] for row in tables.get("source_tables", ())}
    found = (*_gaps(labels, _FEWEST), *_gaps(_items_of(lines.of_kind(_PUBLIC)), _FEWEST_OF_PUBLIC))
    gaps = [{**row, "table_title": titles.get(row["table_no"])} for row in found]
    carried = identities.vocabulary["carryover"]
    carrying = {cell["table_no"] for cell in labels if carried.fullmatch(unnumbered(cell["text"]))}
    return {
        "gaps": gaps,
        "headless": [{**row, "table_title": titles.get(row["table_no"])} for row in _headless(labels, identities)],
        "subtotals": list(_subtotals(lines, carrying, identities.wording["this_years_money"])),
        "carried": list(_carried(lines, labels, identities)),
        "totals": list(_totals(lines)),
    }


def _items_of(rows: Sequence[Record]) -> list[Record]:
    """The items of a table that lists them in rows, each once."""
    first = {row["line"]: row for row in reversed(rows) if row["across"] is None}
    return [{**row, "text": row["item"], "column_no": 0} for row in reversed(first.values())]


def _gaps(labels: Sequence[Record], fewest: Mapping[int, int]) -> Iterator[Record]:
    """Numbers of two styles; one that is not above the last begins another list."""
    columns: dict[tuple[object, object, int], list[tuple[int, Record]]] = defaultdict(list)
    for cell in labels:
        told = number_of(cell["text"])
        if told is not None and told[0] in fewest:
            columns[cell["table_no"], cell["column_no"], told[0]].append((told[1], cell))
    for (_, _, style), numbered in columns.items():
        for run in _runs(numbered):
            gaps = [(row, after) for (one, row), (other, after) in pairwise(run) if other != one + 1]
            if len(run) >= fewest[style] and run[0][0] == 1:
                # more than one was left out: the table lists what it has, under the numbers of the whole list
                yield from (_row(row, after, gap=len(gaps) == 1) for row, after in gaps or [(run[0][1], run[-1][1])])


def _headless(labels: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The inner lists of summary tables: one right behind a total lacks the row that it divides."""
    totals = [identities.vocabulary[role] for role in _TOTALS]
    columns: dict[tuple[object, object], list[Record]] = defaultdict(list)
    for cell in labels:
        if squeezed(cell["text"]):
            columns[cell["table_no"], cell["column_no"]].append(cell)
    for column in columns.values():
        opening = [pair for pair in pairwise(column) if number_of(pair[1]["text"]) == (_INNER, 1)]
        under = [_style_of(above) for above, _ in opening]
        for above, cell in opening:
            is_total = any(each.fullmatch(unnumbered(above["text"])) for each in totals)
            is_odd = is_total and under.count(_OUTER) == len(under) - 1 > 0
            note = f"“{squeezed(above['text'])}”、“{squeezed(cell['text'])}”" if is_odd else ""
            yield {**cell, "headless": is_odd, "item": squeezed(cell["text"]), "note_zh": note, "note_en": note}


def _style_of(cell: Record) -> int | None:
    told = number_of(cell["text"])
    return told[0] if told else None


def _runs(numbered: Sequence[tuple[int, Record]]) -> Iterator[list[tuple[int, Record]]]:
    run: list[tuple[int, Record]] = []
    for number, cell in numbered:
        if run and number <= run[-1][0]:
            yield run
            run = []
        run.append((number, cell))
    if run:
        yield run


def _row(row: Record, after: Record, *, gap: bool) -> Record:
    between = f"“{squeezed(row['text'])}”、“{squeezed(after['text'])}”"
    return {**row, "gap": gap, "item": squeezed(row["text"]), "note_zh": between, "note_en": between}


def _prints(roles: Collection[tuple[object, object]], role: str) -> bool:
    return any(each == role for _, each in roles)


def _subtotals(lines: Lines, carrying: Collection[object], this_years: re.Pattern[str]) -> Iterator[Record]:
    found: dict[object, tuple[Record, set[tuple[object, object]]]] = {}
    for row in lines.of_kind(*_SUMMARIES):
        is_so_called = row["role"] != _CURRENT[0] and this_years.fullmatch(str(row["label"]))
        role = _CURRENT[1] if is_so_called else row["role"]
        found.setdefault(row["table_no"], (row, set()))[1].add((row["side"], role))
    listing = [each for number, each in found.items() if number in carrying or _prints(each[1], "carryover")]
    usual = any(all((side, "current_total") in roles for side in _SIDES) for _, roles in listing)
    for row, roles in listing:
        lacks = usual and not any((side, role) in roles for side in _SIDES for role in _CURRENT)
        yield {**row, "lacks": lacks, "item": row["table_title"], "cell_ids": [row["cell_id"]]}


def _totals(lines: Lines) -> Iterator[Record]:
    """A table lacks its total where the rows that are no part of another are what other tables list under a total.

    The form of finals sets types of expenditure side by side, each with its own total (人员经费合计), a row of neither
    kind; and some list the one department first, with all else under it.
    """
    known = [(rows[0], _kinds(rows)) for rows in lines.by_table.values() if not _is_summary(rows)]
    have, lack = ([row for row, kinds in known if said(kinds)] for said in (_has_total, _has_no_total))
    for row, kinds in known:
        lacks_total = len(have) > 1 and [each["table_no"] for each in lack] == [row["table_no"]]
        lacks_parts = (
            row["table_id"] in _LISTS
            and kinds == {_TOTAL: 1}
            and any(each["nonzero"] for each in lines.by_table[row["table_no"]])
        )
        yield {**row, "lacks_total": lacks_total, "lacks_parts": lacks_parts, "item": row["table_title"]}


def _is_summary(rows: Sequence[Record]) -> object:
    """Whether it is read by its numbers, or sets its items side by side, or lists what the text adds up: such a table
    need not have a total."""
    first = rows[0]
    is_added_up = first["table_id"] in _ADDED_UP and not any(row["code_source"] == "printed" for row in rows)
    return first["numbered"] or is_added_up or any(row["across"] is not None for row in rows)


def _kinds(rows: Sequence[Record]) -> Mapping[object, int]:
    """How many lines a table has of each kind that stands at the top; of other kinds none, but each is told."""
    top = {(row["line"], row["side"]): row["kind"] for row in rows if row["top"]}
    return {**dict.fromkeys((str(row["kind"]) for row in rows), 0), **Counter(top.values())}


def _has_total(kinds: Mapping[object, int]) -> bool:
    return _TOTAL in kinds and len(kinds) > 1


def _has_no_total(kinds: Mapping[object, int]) -> bool:
    if _TOTAL in kinds or (_ITEM in kinds and len(kinds) > 1):
        return False
    return any(kinds.get(kind) for kind in _CODED) or any(times > 1 for times in kinds.values())


def _carried(lines: Lines, labels: Sequence[Record], identities: Identities) -> Iterator[Record]:
    labelled: dict[object, list[Record]] = defaultdict(list)
    for cell in labels:
        labelled[cell["table_no"]].append(cell)
    sides: dict[tuple[object, object], list[Record]] = defaultdict(list)
    for row in lines.of_kind(*_SUMMARIES):
        sides[row["table_no"], row["side"]].append(row)
    for rows in sides.values():
        current, grand = (_only([row for row in rows if row["role"] == role]) for role in _TOTALS)
        if current is None or grand is None:
            continue
        slack = decimal_of(current, "half_unit") + decimal_of(grand, "half_unit")
        more = decimal_of(grand, "amount") - decimal_of(current, "amount")
        named = [*((row, row["label"]) for row in rows), *_beside(grand, labelled[grand["table_no"]])]
        told = any(row["role"] in _CARRIED for row in rows) or _tells(named, current, grand, identities)
        notes = {
            "note_zh": f"总计 {money(decimal_of(grand, 'amount'), str(grand['unit']))}，"
            f"本年合计 {money(decimal_of(current, 'amount'), str(current['unit']))}",
            "note_en": f"the grand total is {money_en(decimal_of(grand, 'amount'), str(grand['unit']))}, "
            f"this year's {money_en(decimal_of(current, 'amount'), str(current['unit']))}",
        }
        cells = [current["cell_id"], grand["cell_id"]]
        yield {**grand, "lacks": abs(more) > slack and not told, "cell_ids": cells, **notes}


def _beside(row: Record, labels: Sequence[Record]) -> list[tuple[Record, object]]:
    """The labels in the column of a row's own, with what they say."""
    own = {cell["column_no"] for cell in labels if cell["row_no"] == row["row_no"] and _is_label(cell, row)}
    return [(cell, cell["text"]) for cell in labels if cell["column_no"] in own and squeezed(cell["text"])]


def _is_label(cell: Record, row: Record) -> bool:
    return squeezed(cell["text"]).endswith(squeezed(row["label"]))


def _only(rows: Sequence[Record]) -> Record | None:
    """The one of them that is a total of all money of this period; None where there are several, or it is blank."""
    whole = [row for row in rows if row["dims_top"] and row["amount"] is not None and row["period"] in _THIS_PERIOD]
    return whole[0] if len(whole) == 1 else None


def _tells(named: Sequence[tuple[Record, object]], current: Record, grand: Record, identities: Identities) -> bool:
    """Whether a row between the two says what it is: not a fund once more, as this year's total adds them up."""
    first, last = int(str(current["row_no"])), int(str(grand["row_no"]))
    between = (unnumbered(said) for row, said in named if first < int(str(row["row_no"])) < last)
    fund, carried = identities.vocabulary["fund"], identities.wording["carries_over"]
    return any(not fund.fullmatch(said) or carried.search(said) for said in between)
