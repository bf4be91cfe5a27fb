"""Each row of ``budget_lines`` by itself: what its label and its columns say.

    label, numbering, of_which     the item without white space and number; the number's style; 其中
    heading, of_which_column       what stands before the last stroke of the label; 其中 over the column
    role                           what the vocabulary says of the label
    class_code, economic           the 类 of its code; its economic code, of whichever scheme
    economic_class                 the 类 of its economic code
    bridge                         the economic item that links the row to the other classification
    nonzero                        whether the amount is not zero
    table_title, short_column      for messages and check_ids

A dimension that the table does not tell is the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.vocabulary import squeezed

_WHOLE = {"fund": "total", "expenditure_type": "total", "origin": "total", "period": "budget"}
_OF_WHICH = re.compile(r"^其中[:：]?")


def read_labels(rows: Iterable[Record], identities: Identities, titles: Mapping[object, object]) -> None:
    """Set the columns on every row; ``titles`` are those of the tables by number."""
    said: dict[object, _Said] = {}  # one item stands in all columns of its row, and often in many rows
    for row in rows:
        if row["item"] not in said:
            said[row["item"]] = _read_item(row["item"], identities)
        _read_label(row, said[row["item"]], identities.bridges, titles)


@dataclass(frozen=True, slots=True)
class _Said:
    """What an item says."""

    of_which: bool
    numbering: int
    label: str
    role: str | None


def _read_item(item: object, identities: Identities) -> _Said:
    text = squeezed(item)
    numbering, label = _numbered(_OF_WHICH.sub("", text), identities)
    return _Said(bool(_OF_WHICH.match(text)), numbering, label, _role(label, identities))


def _read_label(row: Record, said: _Said, bridges: Mapping[str, str], titles: Mapping[object, object]) -> None:
    for column, whole in _WHOLE.items():
        row[column] = row[column] or whole
    row["table_title"] = titles.get(row["table_no"], row["table_id"])
    row["of_which_column"] = "其中" in str(row["column_header"] or "")
    row["of_which"] = said.of_which or row["of_which_column"]
    row["numbering"], row["label"], row["role"] = said.numbering, said.label, said.role
    row["heading"] = said.label.rpartition("/")[0] or None
    code = str(row["subject_code"] or "")
    row["class_code"] = code[:3] or None
    row["economic"] = row["economic_code"] or row["government_economic_code"]
    row["economic_class"] = str(row["economic"] or "")[:3] or None
    row["bridge"] = _bridge(code, str(row["economic"] or ""), bridges)
    row["nonzero"] = bool(row["amount"])
    row["short_column"] = ".".join(str(row[name]) for name, whole in _WHOLE.items() if row[name] != whole) or "total"
    row["cell_column"] = row["column_no"]


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
