"""Sentences for people, in Chinese and English: the statements of checks, written out where they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import NamedTuple

from pipeline.validate.identities import Words
from pipeline.validate.rows.model import Record, label_of


class Sentence(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


NO_WORDS = Sentence("", "")


class Filled(NamedTuple):
    """A template and what fills it: a row, and those on the other side. It is written out where it is read, as nearly
    all statements are about what holds and read in one language only.

    Placeholders: ``{table}``, ``{row}``, ``{column}``, ``{other}`` (the other table: that of the first of the others
    which stands in another), ``{other_row}``, ``{page}``, ``{place_zh}`` or ``{place_en}`` (in brackets the unit
    and the heading that the label leaves open), and any column of the row.
    """

    template: Words
    row: Record
    others: Sequence[Record]

    @property
    def zh(self) -> str:
        """In Chinese."""
        return _fill(self.template.zh, self.row, self.others)

    @property
    def en(self) -> str:
        """In English."""
        return _fill(self.template.en, self.row, self.others)


Said = Sentence | Filled


def _place(row: Record) -> list[str]:
    """The unit, and the heading, of a figure whose label is neither: 合计 of one unit, under 2021年."""
    label, unit, header = label_of(row), str(row.get("unit_name") or ""), str(row.get("column_header") or "")
    return [each for each in (unit, header.replace("/", "·")) if each and each != label.replace("/", "·")]


def _fill(template: str, row: Record, others: Sequence[Record]) -> str:
    pattern, names = pattern_of(template)
    return pattern % tuple([_WORDS[name](row, others) if name in _WORDS else row[name] for name in names])


@cache
def pattern_of(template: str) -> tuple[str, tuple[str, ...]]:
    """A template with ``%s`` for its placeholders, and their names in order."""
    pieces = list(Formatter().parse(template))
    text = "".join(literal.replace("%", "%%") + ("" if name is None else "%s") for literal, name, *_ in pieces)
    return text, tuple(name for _, name, *_ in pieces if name is not None)


def _title(row: Record) -> object:
    return row.get("table_title") or row.get("printed_title") or ""


def _away(row: Record, others: Sequence[Record]) -> Record:
    title = _title(row)
    return next((each for each in others if each.get("table_title") != title), others[0] if others else {})


def _column(row: Record) -> str:
    header = str(row.get("column_header") or "").replace("/", "·")
    return header or str(row.get("short_column") or "")


_WORDS: Mapping[str, Callable[[Record, Sequence[Record]], object]] = {
    "table": lambda row, _: _title(row),
    "row": lambda row, _: label_of(row),
    "column": lambda row, _: _column(row),
    "place_zh": lambda row, _: f"（{'，'.join(_place(row))}）" if _place(row) else "",
    "place_en": lambda row, _: f" ({', '.join(_place(row))})" if _place(row) else "",
    "other": lambda row, others: _title(_away(row, others)),
    "other_row": lambda row, others: label_of(_away(row, others)) if others else "",
    "page": lambda row, _: row.get("page") or row.get("first_page") or "",
}
