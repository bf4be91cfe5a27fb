"""Rows that a summary table seems to lack, as the selectors see them: derived tables of its labels and lines.

gaps        the numbered labels of one column (一、二、… or 1、2、…): ``gap`` right behind the number that none follows,
            though the one after it does
carried     the grand totals of a summary table beside this year's: ``lacks`` where they differ and no row between them,
            be it blank, nor any row of what is carried over, says why
subtotals   the summary tables that list what is carried over, be it blank: ``lacks`` where one prints no 本年收入合计
            and no 本年支出合计, though the document's other one prints them
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipeline.validate.money import money, money_en
from pipeline.validate.rows.crossed import number_of
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.spoken import decimal_of
from pipeline.validate.rows.vocabulary import squeezed, unnumbered

_SUMMARIES = ("budget_summary", "appropriation_summary")
_FEWEST = {
    0: 4,
    2: 10,
}  # numbered labels that make a list, by their style: 一、 and 1.; of the latter, that of the classes
_SIDES = ("revenue", "expenditure")
_TOTALS = ("current_total", "grand_total")
_CARRIED = ("carryover", "year_end", "supplement", "allotment")
_THIS_PERIOD = ("budget", "final")


def gap_tables(
    tables: Tables, labels: Sequence[Record], lines: Lines, carried: re.Pattern[str]
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``labels`` are the label cells of its summary tables, ``carried`` what those
    of a carry-over say.
    """
    titles = {row["table_no"]: row["table_title"] for row in tables.get("source_tables", ())}
    gaps = [{**row, "table_title": titles.get(row["table_no"])} for row in _gaps(labels)]
    carrying = {cell["table_no"] for cell in labels if carried.fullmatch(unnumbered(cell["text"]))}
    return {"gaps": gaps, "subtotals": list(_subtotals(lines, carrying)), "carried": list(_carried(lines, labels))}


def _gaps(labels: Sequence[Record]) -> Iterator[Record]:
    """Numbers of two styles; one that is not above the last begins another list."""
    columns: dict[tuple[object, object, int], list[tuple[int, Record]]] = defaultdict(list)
    for cell in labels:
        told = number_of(cell["text"])
        if told is not None and told[0] in _FEWEST:
            columns[cell["table_no"], cell["column_no"], told[0]].append((told[1], cell))
    for (_, _, style), numbered in columns.items():
        for run in _runs(numbered):
            gaps = [(row, after) for (one, row), (other, after) in pairwise(run) if other != one + 1]
            if len(run) >= _FEWEST[style] and run[0][0] == 1:
                # more than one was left out: the table lists what it has, under the numbers of the whole list
                yield from (_row(row, after, gap=len(gaps) == 1) for row, after in gaps or [(run[0][1], run[-1][1])])


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


def _subtotals(lines: Lines, carrying: Collection[object]) -> Iterator[Record]:
    found: dict[object, tuple[Record, set[tuple[object, object]]]] = {}
    for row in lines.of_kind(*_SUMMARIES):
        found.setdefault(row["table_no"], (row, set()))[1].add((row["side"], row["role"]))
    listing = [each for number, each in found.items() if number in carrying or _prints(each[1], "carryover")]
    usual = any(all((side, "current_total") in roles for side in _SIDES) for _, roles in listing)
    for row, roles in listing:
        lacks = usual and not any((side, "current_total") in roles for side in _SIDES)
        yield {**row, "lacks": lacks, "item": row["table_title"], "cell_ids": [row["cell_id"]]}


def _carried(lines: Lines, labels: Sequence[Record]) -> Iterator[Record]:
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
        between = (*rows, *_beside(grand, labelled[grand["table_no"]]))
        told = any(row["role"] in _CARRIED for row in rows) or any(_is_between(row, current, grand) for row in between)
        notes = {
            "note_zh": f"总计 {money(decimal_of(grand, 'amount'), str(grand['unit']))}，"
            f"本年合计 {money(decimal_of(current, 'amount'), str(current['unit']))}",
            "note_en": f"the grand total is {money_en(decimal_of(grand, 'amount'), str(grand['unit']))}, "
            f"this year's {money_en(decimal_of(current, 'amount'), str(current['unit']))}",
        }
        cells = [current["cell_id"], grand["cell_id"]]
        yield {**grand, "lacks": abs(more) > slack and not told, "cell_ids": cells, **notes}


def _beside(row: Record, labels: Sequence[Record]) -> list[Record]:
    """The labels in the column of a row's own."""
    own = {cell["column_no"] for cell in labels if cell["row_no"] == row["row_no"] and _is_label(cell, row)}
    return [cell for cell in labels if cell["column_no"] in own and squeezed(cell["text"])]


def _is_label(cell: Record, row: Record) -> bool:
    return squeezed(cell["text"]).endswith(squeezed(row["label"]))


def _only(rows: Sequence[Record]) -> Record | None:
    """The one of them that is a total of all money of this period; None where there are several, or it is blank."""
    whole = [row for row in rows if row["dims_top"] and row["amount"] is not None and row["period"] in _THIS_PERIOD]
    return whole[0] if len(whole) == 1 else None


def _is_between(row: Record, current: Record, grand: Record) -> bool:
    return int(str(current["row_no"])) < int(str(row["row_no"])) < int(str(grand["row_no"]))
