"""What a finding says of a difference, and of the one figure that is wrong: what it should be, and what tells it so."""

from __future__ import annotations

from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO
from pipeline.validate.locate import Repair
from pipeline.validate.money import money, money_en
from pipeline.validate.words import NO_WORDS, Sentence

_SLIPS = {
    "digit": Sentence("，与所印只差一处笔误（一位数字）", ", one slip away from what is printed (one digit)"),
    "transposed": Sentence(
        "，与所印只差一处笔误（相邻两位数字颠倒）", ", one slip away from what is printed (two digits changed places)"
    ),
    "shifted": Sentence(
        "，与所印只差一处笔误（小数点错了一位）", ", one slip away from what is printed (the point is one place off)"
    ),
    "unit": Sentence("，与所印只差金额单位", ", the same number in another unit of money"),
    "sign": Sentence("，与所印只差正负号", ", which differs from what is printed in its sign alone"),
}


def explain_repair(repair: Repair | None, column: str) -> Sentence:
    """What one figure would have to be that everything holds; ``column`` is the heading over it."""
    if repair is None:
        return NO_WORDS
    figure = repair.figure
    right = _amount_or_range(*_as_printed(repair), _unit_of(repair))
    slip = _SLIPS[repair.slip] if repair.slip else NO_WORDS
    page_zh, page_en = page_words(figure.page)
    at = f"（{column}）" if column else ""
    begin, end = _alone_or_likely(repair)
    return Sentence(
        f"{begin.zh}{page_zh}“{figure.label or '没有名称的一行'}”{at}一数：现印 {figure.printed} {figure.unit}，应为 "
        f"{right.zh}{slip.zh}{end.zh}。",
        f"{begin.en}{page_en}{figure.label or 'a row without a label'}{f' ({column})' if column else ''} "
        f"(printed {figure.printed}), which would be {right.en}{slip.en}{end.en}.",
    )


def _as_printed(repair: Repair) -> tuple[Decimal | None, Decimal, Decimal]:
    """The right amount and its range, without the sign that a fall of the text has here and not on the page."""
    low, high, value = repair.right.low, repair.right.high, repair.value
    is_fall = repair.figure.key and repair.figure.amount < 0 and not repair.figure.printed.startswith(("-", "－"))
    if not is_fall or high > 0:
        return value, low, high
    return None if value is None else -value, -high, -low


def _unit_of(repair: Repair) -> str:
    """The unit in which to say what the figure would be: the printed one, unless that is what is wrong."""
    figure = repair.figure
    if repair.slip != "unit" or repair.value is None:
        return figure.unit
    size = MONEY_UNITS[figure.unit] * repair.value / figure.amount
    return next((unit for unit, other in MONEY_UNITS.items() if other == size), figure.unit)


def _alone_or_likely(repair: Repair) -> tuple[Sentence, Sentence]:
    """That one figure alone would mend it; or that of several one is the likeliest, and why."""
    if not repair.rivals:
        return Sentence(
            "只改一个数就能使与它有关的勾稽都成立的，仅有",
            "One figure alone, if changed, makes every identity that it enters into hold: ",
        ), NO_WORDS
    count = repair.rivals + 1
    begin = Sentence(
        f"改一个数就能使与它有关的勾稽都成立的有{count}处，看来印错的是",
        f"Any of {count} figures, if changed, would make every identity that it enters into hold; the one that "
        f"seems wrong is ",
    )
    place = repair.seen
    if place is None:
        return begin, Sentence("；其余各数在别处也这样印", "; the others are printed so elsewhere too")
    return begin, Sentence(
        f"；第{place.page}页“{place.label}”所印即为此数", f"; “{place.label}” on page {place.page} prints that amount"
    )


def _amount_or_range(value: Decimal | None, low: Decimal, high: Decimal, unit: str) -> Sentence:
    if value is None:
        return Sentence(
            f"{money(low, unit)} 至 {money(high, unit)}（因四舍五入不能定到末位）",
            f"{money_en(low, unit)} to {money_en(high, unit)} (rounding leaves the last place open)",
        )
    none = ("（此处不应有数）", " (there should be no figure here)") if value == ZERO else ("", "")
    return Sentence(money(value, unit) + none[0], money_en(value, unit) + none[1])


def page_words(page: int | None) -> tuple[str, str]:
    """The page before a sentence, in both languages."""
    return (f"第{page}页", f"Page {page}: ") if page else ("", "")


def explain_gap(check: Check) -> Sentence:
    """What the difference of two sides looks like: a remainder, or one unit of money for another."""
    if check.misses_by_last_place:
        return Sentence(
            "（末位差1，可能是换算单位或凑整的尾差）",
            " (one in the last place: perhaps what a change of units or rounding left over)",
        )
    if check.in_another_unit:
        return Sentence(
            "（正好是两种金额单位之比，可能有一处的单位印错了）",
            " (just what two units of money are apart: one of the two may state the wrong unit)",
        )
    if check.odd_unit is not None:
        name = check.odd_unit.figure.label
        return Sentence(
            f"（“{name}”一数如按另一种金额单位计即相符，单位可能印错了）",
            f" (taken in another unit of money, {name} would make them agree: its unit may be wrong)",
        )
    if check.misses_by_fen:
        return Sentence("（以分计的尾差）", " (a remainder in fen)")
    return Sentence("", "")
