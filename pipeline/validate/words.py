"""Sentences for people, in Chinese and English: statements of checks, and amounts in the unit that the page prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from pipeline.validate.figures import label_of
from pipeline.validate.identities import Words
from pipeline.validate.intervals import Figure, Interval
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


def ratio_words(percent: Figure, numerator: Figure, denominator: Figure) -> Sentence:
    """What a printed percentage says and what its two figures allow, for a finding; a fall is told as such."""
    falls = percent.amount < 0 and numerator.amount < 0
    by_zh, by_en = ("下降 ", "a fall of ") if falls else ("", "")
    numerator = replace(numerator, amount=-numerator.amount) if falls else numerator
    top = Interval.of(numerator.amount * 100, numerator.half_unit * 100)
    range_ = top.over(Interval.of(denominator.amount, denominator.half_unit))
    low, high = (f"{value:.4f}" for value in (range_.low, range_.high)) if range_ else ("", "")
    right_zh, right_en = (f"应为 {low}%", f"is {low}%")
    if low != high:
        right_zh, right_en = (f"应在 {low}% 至 {high}% 之间", f"lies between {low}% and {high}%")
    rounded = _rounded(percent, range_)
    parts = (numerator.amount, numerator.unit), (denominator.amount, denominator.unit)
    zh = " ÷ ".join(money(*part) for part in parts)
    en = " / ".join(money_en(*part) for part in parts)
    return Sentence(
        f"印为{by_zh or ' '}{percent.printed}%，而 {zh} {right_zh}{rounded.zh}",
        f"printed as {by_en}{percent.printed}%, while {en} {right_en}{rounded.en}",
    )


def _rounded(percent: Figure, right: Interval | None) -> Sentence:
    """What the percentage would be at its printed places, and whether it was cut off there in place of rounded."""
    place = percent.half_unit * 2
    if right is None or place <= 0:
        return NO_WORDS
    value, last = ((bound / place).to_integral_value(ROUND_HALF_UP) * place for bound in (right.low, right.high))
    if value != last:
        return NO_WORDS
    cut = (right.low / place).to_integral_value(ROUND_FLOOR) * place == abs(percent.amount)
    cut_zh, cut_en = ("，所印似是舍去尾数、没有进位", "; it seems to have been cut off") if cut else ("", "")
    return Sentence(f"（四舍五入为 {value.normalize():f}%{cut_zh}）", f" (rounded {value.normalize():f}%{cut_en})")


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
