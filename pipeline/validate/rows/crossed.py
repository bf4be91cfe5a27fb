"""Rows whose labels seem to have changed places, as the selectors see them: derived tables of the tables' labels.

crossed   the lines that print a code of the reference, one row a code and name: ``swapped`` where the name is that of
          another code of the table, which in turn bears this one's name
ordinals  the numbered lines of a column in order: ``swapped`` where two neighbours stand the other way round in a list
          that is numbered without a gap, and no number of another style stands between them
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.validate.rows.completeness import comparable
from pipeline.validate.rows.model import Lines, Record, Tables, label_of
from pipeline.validate.rows.vocabulary import caption_number, squeezed

STYLES = (
    re.compile(r"^([一二三四五六七八九十]+)[、.．]"),
    re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]"),
    re.compile(r"^(\d{1,2})[、.．](?:(?!\d)|(?=20\d\d年))"),
    re.compile(r"^[（(](\d{1,2})[）)]"),
)
_OF_WHICH = re.compile(r"^其中[:：]?")
_NAMES = {"subject_code": "subject_name", "economic_code": "economic_name"}


def crossed_tables(tables: Tables, lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    return {"crossed": list(_crossed(tables, lines)), "ordinals": list(_ordinals(lines))}


def _crossed(tables: Tables, lines: Lines) -> Iterator[Record]:
    economic = (row for row in tables.get("economic_subjects", ()) if row["scheme"] == "department")
    known = {
        "subject_code": {str(row["code"]): comparable(row["name"]) for row in tables.get("subjects", ())},
        "economic_code": {str(row["code"]): comparable(row["name"]) for row in economic},
    }
    for rows in lines.by_table.values():
        for column, names in known.items():
            yield from _of_column(rows, column, names)


def _of_column(rows: Sequence[Record], column: str, names: Mapping[str, str]) -> Iterator[Record]:
    coded = [row for row in rows if row[column] in names and row["code_source"] != "reference"]
    pairs = {
        (str(row[column]), row[_NAMES[column]]): row for row in reversed(coded)
    }  # a list of units repeats its codes
    said = {(code, comparable(name)): row for (code, name), row in reversed(pairs.items())}
    owners: dict[str, set[str]] = defaultdict(set)
    for code, _ in said:
        owners[names[code]].add(code)
    for (code, name), row in said.items():
        others = owners[name] if name != names[code] else ()
        yield {**row, "swapped": any((other, names[code]) in said for other in others)}


def _ordinals(lines: Lines) -> Iterator[Record]:
    items = dict.fromkeys(row["item"] for row in lines.rows)  # the lines of a document have few labels
    numbers = {item: number for item in items if (number := number_of(item)) is not None}
    for rows in lines.by_table.values():
        yield from _of_table([(row, *numbers[row["item"]]) for row in rows if row["item"] in numbers])


def _of_table(numbered: Sequence[tuple[Record, int, int]]) -> Iterator[Record]:
    """The same of one table's rows, each with the style of its number and the number."""
    seen: set[object] = set()
    lists: dict[tuple[object, int], list[tuple[int, Record]]] = defaultdict(list)
    above: dict[object, int] = {}  # the style of the last number in each column: one of another parts two lists
    parted: set[int] = set()
    for row, style, number in numbered:
        if above.get(row["column_no"], style) != style:
            parted.add(id(row))
        above[row["column_no"]] = style
        lists[row["column_no"], style].append((number, row))
    for each in lists.values():
        for place, ((one, row), (other, after)) in enumerate(pairwise(each)):
            if row["row_no"] not in seen:
                seen.add(row["row_no"])
                is_turned = one == other + 1 and id(after) not in parted and _is_gapless(each, place)
                yield _pair(row, after, swapped=is_turned)


def number_of(item: object) -> tuple[int, int] | None:
    """The style of the number before a label, and the number."""
    text = _OF_WHICH.sub("", squeezed(item))
    for style, pattern in enumerate(STYLES):
        match = pattern.match(text)
        number = caption_number(match[1]) if match else None
        if number is not None:
            return style, number
    return None


def _is_gapless(numbered: Sequence[tuple[int, Record]], place: int) -> bool:
    """Whether the list goes on without a gap on both sides of two neighbours, were they the other way round."""
    first, last = numbered[place + 1][0], numbered[place][0]
    before = numbered[place - 1][0] == first - 1 if place else first == 1
    ends = place + 2 == len(numbered)
    return before and (numbered[place + 2][0] in (1, last + 1) if not ends else True)


def _pair(row: Record, after: Record, *, swapped: bool) -> Record:
    note = f"“{label_of(row)}”、“{label_of(after)}”" if swapped else ""
    return {**row, "swapped": swapped, "note_zh": note, "note_en": note}
