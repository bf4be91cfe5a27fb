"""Figures of a table that changed places, as the running text tells: a derived table of its amounts.

exchanged   an amount of the text that no table prints beside its name, and another one: ``contradicts`` where one table
            prints each of the two beside the name of the other, in one column, or in one row where its columns are the
            items. Two figures that changed places leave every sum of the table as it was

Two that the text tells in one breath (会议费、培训费分别为…) say nothing: the reading may have mixed up their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product
from operator import itemgetter
from typing import NamedTuple

from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.named import names_in
from pipeline.validate.rows.spoken import decimal_of, is_amount, pieces_of
from pipeline.validate.rows.vocabulary import squeezed

_SHORTEST = {"label": 3, "subject_name": 2, "economic_name": 2, "project_name": 3}  # 水费 is a name, 支出 is none
_labels = itemgetter(*_SHORTEST)
_THIS_PERIOD = ("budget", "final")
_RESPECTIVELY = "分别"

ByAmount = Mapping[Decimal, Sequence[Record]]
Turned = tuple[tuple[Record, Record], tuple[Record, Record]]
"""Two amounts of the text, each with the figure beside its name in the table."""


class _Said(NamedTuple):
    """An amount of the text, the names that its subject may bear, and the tables' figures of that amount, those that
    bear one of the names (``own``) and the others."""

    row: Record
    names: tuple[str, ...]
    own: Sequence[Record]
    printed: Sequence[Record]


def exchanged_pairs(figures: Sequence[Record], lines: Lines) -> Iterator[Record]:
    """The rows of the derived table; ``figures`` are the text's."""
    said = [row for row in figures if is_amount(row) and row["amount"] and row["subject"] and _is_plain(row)]
    printed = _by_amount(lines, {decimal_of(row, "amount") for row in said})
    known = [each for row in said if (each := _said(row, printed)).printed]
    named = _by_name(printed)
    told: set[frozenset[object]] = set()
    by_amount: dict[object, list[_Said]] = defaultdict(list)
    for each in known:
        by_amount[each.row["amount"]].append(each)
    for one in (each for each in known if not each.own):
        found = next(_turned(one, named, by_amount), None)
        cells = frozenset(line["cell_id"] for _, line in found or ())
        yield _row(one.row, found if cells not in told else None)
        told.add(cells)


def _is_plain(row: Record) -> bool:
    """Whether its sentence does not tell several names first, and then their amounts."""
    return not any(_RESPECTIVELY in piece for pair in pieces_of([row]) for piece in pair)


def _by_amount(lines: Lines, amounts: Iterable[Decimal]) -> ByAmount:
    """The tables' figures of this period by amount, those that the text says."""
    wanted, found = set(amounts), defaultdict(list)
    for line in lines.rows if wanted else ():
        if line["amount"] in wanted and line["period"] in _THIS_PERIOD:
            found[decimal_of(line, "amount")].append(line)
    return found


def _said(row: Record, printed: ByAmount) -> _Said:
    names, lines = names_in(row["subject"]), printed.get(decimal_of(row, "amount"), ())
    own = [line for line in lines if _bears(names, line)]
    return _Said(row, names, own, [line for line in lines if not any(line is each for each in own)])


def _bears(names: Iterable[str], line: Record) -> bool:
    """Whether a name of the text is the row's, or ends in it."""
    return any(name.endswith(each) for each, name in product(_names_of(line), names))


def _names_of(line: Record) -> Collection[str]:
    return _long_enough(*_labels(line))


@lru_cache(maxsize=1024)  # the lines of a document have few names
def _long_enough(*labels: object) -> Collection[str]:
    names = (squeezed(label).rpartition("/")[2] for label in labels)
    return {name for name, fewest in zip(names, _SHORTEST.values(), strict=True) if len(name) >= fewest}


def _by_name(printed: ByAmount) -> Mapping[str, Sequence[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for line in (line for lines in printed.values() for line in lines):
        for name in _names_of(line):
            found[name].append(line)
    return found


def _turned(
    one: _Said, named: Mapping[str, Sequence[Record]], known: Mapping[object, Sequence[_Said]]
) -> Iterator[Turned]:
    """An amount of the text and another one, each with the figure of one table that stands beside its name, and is the
    other amount."""
    endings = dict.fromkeys(name[start:] for name in one.names for start in range(len(name)))
    beside = [here for ending in endings for here in named.get(ending, ()) if here["amount"] != one.row["amount"]]
    for here, there in product(beside, one.printed):
        for other in known.get(here["amount"], ()) if _are_beside(here, there) else ():
            is_right = any(line["table_no"] == here["table_no"] for line in (*one.own, *other.own))
            if _bears(other.names, there) and not is_right:
                yield (one.row, here), (other.row, there)


def _row(row: Record, turned: Turned | None) -> Record:
    base: Record = {
        "document_id": row["document_id"],
        "figure_no": row["figure_no"],
        "page": row["page"],
        "item": str(row["subject"]),
        "cell_ids": [],
        "contradicts": turned is not None,
        "note_zh": "",
        "note_en": "",
    }
    if turned is None:
        return base
    zh = "；".join(f"“{_name(line)}”印为 {_paid(line)}，而第{row['page']}页文字为 {_paid(row)}" for row, line in turned)
    en = "; ".join(
        f"“{_name(line)}” is printed as {_paid_en(line)}, and the text on page {row['page']} says {_paid_en(row)}"
        for row, line in turned
    )
    first = turned[0][1]
    about = {name: first[name] for name in ("page", "table_no", "table_title")}
    cells = [line["cell_id"] for _, line in turned]
    return {**base, **about, "item": _name(first), "cell_ids": cells, "note_zh": zh, "note_en": en}


def _are_beside(here: Record, there: Record) -> bool:
    """Whether two figures stand in one column of a table, or in one row whose columns are the items."""
    same = "row_no" if here["across"] is not None else "column_no"
    return here["table_no"] == there["table_no"] and here[same] == there[same] and here is not there


def _name(line: Record) -> str:
    return squeezed(line["item"] or line["label"]).rpartition("/")[2]


def _paid(row: Record) -> str:
    return money(decimal_of(row, "amount"), str(row["unit"]))


def _paid_en(row: Record) -> str:
    return money_en(decimal_of(row, "amount"), str(row["unit"]))
