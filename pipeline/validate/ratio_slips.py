"""Which of the two figures of a percentage that fails was printed with a slip, where one slip alone explains it.

What the text restates from a table, or the table itself prints, is taken to be right. A percentage that is but little
off was worked out otherwise rather than from a misprint, and some slip would explain it by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.intervals import ZERO, Figure, judge_ratio
from pipeline.validate.money import money, money_en
from pipeline.validate.ratios import Part
from pipeline.validate.rows.model import Record
from pipeline.validate.slips import slips_of
from pipeline.validate.words import NO_WORDS, Sentence

_NAMES = {
    "part": Sentence("部分数", "the part"),
    "change": Sentence("增减额", "the change"),
    "whole": Sentence("总数", "the whole"),
    "this year": Sentence("本年数", "this year's figure"),
    "before": Sentence("所比的数", "the figure that is compared with"),
}
_PERCENT = "percent"
_TWO = 2
_FAR = Decimal("0.1")  # of the percentage


def slip_words(percent: Figure, numerator: Part, denominator: Part, rows: tuple[Record, Record]) -> Sentence:
    """The one figure and what it should be; nothing where several would do."""
    judged = judge_ratio(percent, numerator.figure, denominator.figure)
    if judged is None or abs(judged.difference) < _FAR * abs(percent.amount):
        return NO_WORDS
    slips = _slips if numerator.of is None else _slips_of_two_years
    found = list(slips(percent, numerator, denominator, rows))[:_TWO]
    if len(found) != 1 or found[0][0] == _PERCENT:  # what that should be is told
        return NO_WORDS
    name, printed, unit, value = found[0]
    said = _NAMES[name]
    zh, en = money(value, unit), money_en(value, unit)
    return Sentence(
        f"；只差一处笔误的话，印错的是“{said.zh}”一数：现印 {printed} {unit}，应为 {zh}",
        f"; if a single slip explains it, {said.en} is wrong (printed {printed}) and should be {en}",
    )


def _slips(
    percent: Figure, numerator: Part, denominator: Part, rows: tuple[Record, Record]
) -> Iterator[tuple[str, str, str, Decimal]]:
    """Each slip of one figure that would explain the failure: which figure, as printed, its unit, the right amount."""
    part, whole = numerator.figure, denominator.figure
    is_change = denominator.of is not None
    for value in _near(percent, Decimal(1)):
        if _is_right(percent._replace(amount=value), part, whole):
            yield _PERCENT, percent.printed, "%", abs(value)
    for value in () if _is_known(rows[0]) else _near(part, MONEY_UNITS.get(part.unit, Decimal(1))):
        moved = whole._replace(amount=whole.amount + part.amount - value, of=None) if is_change else whole
        if _is_right(percent, part._replace(amount=value), moved):
            yield "change" if is_change else "part", part.printed, part.unit, abs(value)
    base = replace(denominator, figure=whole._replace(amount=denominator.of[0])) if denominator.of else denominator
    for value in () if _is_known(rows[1]) else _near(base.figure, MONEY_UNITS.get(whole.unit, Decimal(1))):
        moved = whole._replace(amount=whole.amount + value - base.figure.amount, of=None)
        if _is_right(percent, part, moved):
            yield "this year" if is_change else "whole", whole.printed, whole.unit, value


def _slips_of_two_years(
    percent: Figure, numerator: Part, denominator: Part, rows: tuple[Record, Record]
) -> Iterator[tuple[str, str, str, Decimal]]:
    """The same of a rate that is told with the figures of both years, and without the change."""
    change, before = numerator.figure, denominator.figure
    now = before._replace(amount=before.amount + change.amount)
    unit = MONEY_UNITS.get(before.unit, Decimal(1))
    for value in _near(percent, Decimal(1)):
        if _is_right(percent._replace(amount=value), change, before):
            yield _PERCENT, percent.printed, "%", abs(value)
    for value in () if _is_known(rows[0]) else _near(now._replace(printed=change.printed), unit):
        if _is_right(percent, change._replace(amount=value - before.amount, of=None), before):
            yield "this year", change.printed, change.unit, value
    for value in () if _is_known(rows[1]) else _near(before, unit):
        if _is_right(percent, change._replace(amount=now.amount - value, of=None), before._replace(amount=value)):
            yield "before", before.printed, before.unit, value


def _is_known(row: Record) -> bool:
    """Whether a figure is a table's, or one that the text restates from it."""
    return bool(row.get("restates_cell_id")) or not row.get("figure_key")


def _near(figure: Figure, unit: Decimal) -> Iterator[Decimal]:
    """The amounts that are one slip away and could be printed so."""
    places = len(figure.printed.replace(",", "").partition(".")[2])
    step = unit.scaleb(-places)
    yield from (value for value in sorted(slips_of(figure.amount)) if value and value % step == ZERO)


def _is_right(percent: Figure, part: Figure, whole: Figure) -> bool:
    judged = judge_ratio(percent, part, whole)
    return judged is not None and judged.outcome != "fails"
