"""Each row of ``budget_lines`` by itself: what its label and its columns say.

    label, numbering, of_which     the item without white space and number; the number's style; 其中
    of_which_item                  其中 before the item itself
    heading, of_which_column       what stands before the last stroke of the label; 其中 over the column
    role                           what the vocabulary says of the label
    class_code, economic           the 类 of its code; its economic code, of whichever scheme
    economic_class                 the 类 of its economic code
    bridge                         the economic item that links the row to the other classification
    share                          the column's heading where it is one of several that make up a fund (经费拨款)
    nonzero                        whether the amount is not zero
    table_title, short_column      for messages and check_ids

A dimension that the table does not tell is the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from operator import itemgetter

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.vocabulary import squeezed

_WHOLE = {"fund": "total", "expenditure_type": "total", "origin": "total", "period": "budget"}
_OF_WHICH = re.compile(r"^其中[:：]?")


class Labels:
    """What the rows' own labels say; ``titles`` are those of the tables by number.

    What an item, a column and a code say is the same in all their rows, and is worked once.
    """

    def __init__(self, identities: Identities, titles: Mapping[object, object]) -> None:
        self._identities = identities
        self._titles = titles
        self._items: dict[object, Record] = {}
        self._columns: dict[tuple[object, ...], Record] = {}
        self._codes: dict[tuple[object, ...], Record] = {}

    def read(self, rows: Iterable[Record]) -> None:
        """Set the columns on every row."""
        items, columns, codes = self._items, self._columns, self._codes
        for row in rows:
            item, column, code = row["item"], _column(row), _codes_of(row)
            if item not in items:
                items[item] = _read_item(item, self._identities)
            if column not in columns:
                columns[column] = _read_column(row, self._identities)
            if code not in codes:
                codes[code] = _read_codes(row, self._identities.bridges)
            row.update(items[item])
            row.update(columns[column])
            row.update(codes[code])
            row["of_which"] = row["of_which_item"] or row["of_which_column"]
            row["table_title"] = self._titles.get(row["table_no"], row["table_id"])
            row["nonzero"] = bool(row["amount"])
            row["cell_column"] = row["column_no"]


_column = itemgetter(*_WHOLE, "column_header")
_codes_of = itemgetter("subject_code", "economic_code", "government_economic_code")


def _read_item(item: object, identities: Identities) -> Record:
    text = squeezed(item)
    numbering, label = _numbered(_OF_WHICH.sub("", text), identities)
    return {
        "numbering": numbering,
        "label": label,
        "role": _role(label, identities),
        "heading": label.rpartition("/")[0] or None,
        "of_which_item": bool(_OF_WHICH.match(text)),
    }


def _read_column(row: Record, identities: Identities) -> Record:
    meaning: Record = {name: row[name] or whole for name, whole in _WHOLE.items()}
    narrower = (str(meaning[name]) for name, whole in _WHOLE.items() if meaning[name] != whole)
    header = str(row["column_header"] or "")
    lowest = squeezed(header.rpartition("/")[2])
    share = lowest if identities.wording["fund_part"].fullmatch(lowest) else None
    short = ".".join(narrower) or "total"
    return {**meaning, "short_column": short, "of_which_column": "其中" in header, "share": share}


def _read_codes(row: Record, bridges: Mapping[str, str]) -> Record:
    subject, economic = str(row["subject_code"] or ""), row["economic_code"] or row["government_economic_code"]
    return {
        "class_code": subject[:3] or None,
        "economic": economic,
        "economic_class": str(economic or "")[:3] or None,
        "bridge": _bridge(subject, str(economic or ""), bridges),
    }


def _numbered(text: str, identities: Identities) -> tuple[int, str]:
    """The style of the number before a label (-1: none) and the label without numbers, nested ones included."""
    style = -1
    for _ in range(2):
        for number, pattern in enumerate(identities.numbering):
            match = pattern.match(text)
            if match:
                style, text = (number if style < 0 else style), text[match.end() :]
                break
    parts = [_without_number(part, identities) for part in text.split("/")]
    return style, "/".join(parts)


def _without_number(text: str, identities: Identities) -> str:
    for pattern in identities.numbering:
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text


def _bridge(subject: str, economic: str, bridges: Mapping[str, str]) -> str | None:
    """The economic item that a subject's basic expenditure consists of; itself for such an item."""
    return bridges.get(subject) or (economic if economic in bridges.values() else None)


def _role(label: str, identities: Identities) -> str | None:
    for role, pattern in identities.vocabulary.items():
        if pattern.fullmatch(label):
            return role
    return None
