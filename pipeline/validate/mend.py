"""What a finding says of the one figure that is wrong: what it should be, and what tells it from others."""

from __future__ import annotations

from decimal import Decimal

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
    "sign": Sentence("，与所印只差正负号", ", which differs from what is printed in its sign alone"),
}


def explain_repair(repair: Repair | None, column: str) -> Sentence:
    """What one figure would have to be that everything holds; ``column`` is the heading over it."""
    if repair is None:
        return NO_WORDS
    figure = repair.figure
    right = _amount_or_range(repair.value, repair.right.low, repair.right.high, figure.unit)
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
