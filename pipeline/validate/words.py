"""Sentences for people, in Chinese and English: statements of checks, and amounts in the unit that the page prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.validate.figures import label_of
from pipeline.validate.identities import Words
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.printed import UNITS

_UNIT_EN = {
    "元": "yuan", "千元": "thousand yuan", "万元": "×10,000 yuan", "亿元": "×100 million yuan",
    "个": "", "张": "", "项": "", "家": "", "人": "persons", "名": "persons", "辆": "vehicles",
    "台": "sets", "套": "sets",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same in Chinese and in English."""

    zh: str
    en: str


NO_WORDS = Sentence("", "")


def sentence(template: Words, row: Record, others: Sequence[Record]) -> Sentence:
    """The template filled from the first row on the left, and the first on the right that stands in another table.

    Placeholders: ``{table}``, ``{row}``, ``{column}``, ``{other}`` (the other table), ``{other_row}``,
    ``{page}``, and ``{place_zh}`` or ``{place_en}``: in brackets the unit and the heading that the label leaves open.
    """
    title = row.get("table_title") or row.get("printed_title") or ""
    away = next((each for each in others if each.get("table_title") != title), others[0] if others else {})
    fields = _Fields(row)
    fields |= {
        "table": title,
        "row": label_of(row),
        "column": _column(row),
        "place_zh": f"（{'，'.join(_place(row))}）" if _place(row) else "",
        "place_en": f" ({', '.join(_place(row))})" if _place(row) else "",
        "other": away.get("table_title") or away.get("printed_title") or "",
        "other_row": label_of(away) if away else "",
        "page": row.get("page") or row.get("first_page") or "",
    }
    return Sentence(template.zh.format_map(fields), template.en.format_map(fields))


def _place(row: Record) -> list[str]:
    """The unit, and the heading, of a figure whose label is neither: 合计 of one unit, under 2021年."""
    label, unit, header = label_of(row), str(row.get("unit_name") or ""), str(row.get("column_header") or "")
    return [each for each in (unit, header.replace("/", "·")) if each and each != label.replace("/", "·")]


class _Fields(dict[str, object]):
    """What a template may name: what is set here, else the row's own columns, which are too many to copy each time."""

    def __init__(self, row: Record) -> None:
        self._row = row

    def __missing__(self, name: str) -> object:
        return self._row[name]


def _column(row: Record) -> str:
    header = str(row.get("column_header") or "").replace("/", "·")
    return header or str(row.get("short_column") or "")


def money(amount: Decimal, unit: str) -> str:
    """An amount in yuan as the page would print it: ``4,192.53 万元`` (no trailing zeros past two places).

    A count is printed as it is: ``26 个``.
    """
    return f"{_number(amount, unit)} {unit}".rstrip()


def money_en(amount: Decimal, unit: str) -> str:
    """An amount in yuan for an English sentence."""
    return f"{_number(amount, unit)} {_UNIT_EN.get(unit, unit)}".rstrip()


def _number(amount: Decimal, unit: str) -> str:
    value = (amount / UNITS.get(unit, Decimal(1))).normalize()
    places = max(2 if unit in UNITS else 0, -int(value.as_tuple().exponent))
    return f"{value:,.{places}f}"
