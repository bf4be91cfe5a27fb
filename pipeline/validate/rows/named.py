"""Amounts of the text in a section that restates one column of a table, row by row, each by its name.

The one that says another amount than the row of its name was meant to say that row's: the others tell which column the
section is about. ``named_links`` has two rows a ``figure_no`` (``is_text`` or not).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.public import are_one
from pipeline.validate.rows.spoken import is_amount
from pipeline.validate.rows.vocabulary import squeezed

_NAMES = ("subject_name", "economic_name", "project_name")
_ENOUGH = 3
_LAST_PLACES = 1  # as much a text may be off that rounds in its own way
_LEVEL = re.compile(r"[（(]\d*(?:类|款|项)[）)](?:支出|预算|决算|数)*|(?<=[一-鿿])[-－—]+(?=[一-鿿])")
_TAIL = re.compile(r"(?:科目)?(?:20\d\d年度?)?(?:年初)?(?:支出)?(?:预算|决算|安排)+(?:数|支出)?$|科目$")
_FRAME = re.compile(r"^[“\"《①-⑳\d\-—－、.．（）()]*|[”\"》]*(?:[（(]?\d{3,7}[）)]?)?[”\"》]*$")

Place = tuple[object, object]
"""A column of a table."""


def named_links(figures: Sequence[Record], lines: Lines) -> Iterator[Record]:
    """The rows of the derived table."""
    by_cell = lines.by_cell
    columns: dict[Place, Mapping[str, Record]] = {}
    for _, group in groupby(figures, key=lambda row: row["section"]):
        section = [row for row in group if is_amount(row) and row["subject"] and row["amount"]]
        restated = [by_cell[row["restates_cell_id"]] for row in section if row["restates_cell_id"] in by_cell]
        places = Counter((line["table_no"], line["column_no"]) for line in restated).most_common(1)
        if not places or places[0][1] < _ENOUGH:
            continue
        place = places[0][0]
        if place not in columns:
            columns[place] = _by_name(lines.of_column(*place))
        yield from _odd(section, columns[place])


def _by_name(column: Sequence[Record]) -> Mapping[str, Record]:
    """The rows of a column by the names that one amount bears."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in column:
        for name in {squeezed(row.get(name)) for name in _NAMES} - {""}:
            if row["amount"] is not None:
                found[name].append(row)
    return {name: rows[0] for name, rows in found.items() if len({row["amount"] for row in rows}) == 1}


def _odd(section: Sequence[Record], named: Mapping[str, Record]) -> Iterator[Record]:
    """The one amount that is not its row's, where all others that are named are theirs."""
    pairs = [(row, named[name]) for row in section if (name := _known_name(row["subject"], named)) is not None]
    odd = [(row, line) for row, line in pairs if not are_one(row, line, _LAST_PLACES)]
    if len(odd) == 1 and len(pairs) > _ENOUGH and not odd[0][0]["restates_cell_id"]:
        ((row, line),) = odd
        yield {**row, "is_text": True, "cell_ids": []}
        yield {**line, "is_text": False, "figure_no": row["figure_no"]}


def _known_name(subject: object, named: Mapping[str, Record]) -> str | None:
    """The one of the names that a subject says that a row bears."""
    return next((each for each in names_in(subject) if each in named), None)


def names_in(subject: object) -> tuple[str, ...]:
    """The last name that a subject says, and what is left of it without 科目, 预算数 and the like."""
    name = name_in(subject)
    short = _FRAME.sub("", _TAIL.sub("", name))
    return (name, short) if short and short != name else (name,)


def name_in(subject: object) -> str:
    """The last name that the subject of a text says, without its level, code and quotation marks."""
    parts = [name for part in _LEVEL.split(squeezed(subject)) if (name := _FRAME.sub("", part))]
    return parts[-1] if parts else ""
