"""What a printed percentage says and what its two figures allow, for a finding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from pipeline.validate.figures import number_in
from pipeline.validate.intervals import ZERO, Figure, Interval, percent_interval
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Record
from pipeline.validate.words import NO_WORDS, Sentence

_SHIFTS = (10, 100)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two figures; ``of`` are the printed amounts in yuan that it is the difference of, where it is one."""

    figure: Figure
    of: tuple[Decimal, Decimal] | None = None

    def words(self) -> Sentence:
        """The figure as the page prints it, or the difference that it was worked out as."""
        unit = self.figure.unit
        if self.of is None:
            return Sentence(money(self.figure.amount, unit), money_en(self.figure.amount, unit))
        sign, other = ("+", -self.of[1]) if self.of[1] < 0 else ("-", self.of[1])
        texts = (f"({to_text(self.of[0], unit)} {sign} {to_text(other, unit)})" for to_text in (money, money_en))
        return Sentence(*texts)

    def negative(self) -> Part:
        """The same figure told as a fall."""
        of = None if self.of is None else (self.of[1], self.of[0])
        return Part(self.figure._replace(amount=-self.figure.amount), of)


def part_of(figure: Figure, row: Record) -> Part:
    """A figure beside the row that it comes from: ``minuend`` and ``subtrahend`` tell a difference."""
    one, other = number_in(row, "minuend"), number_in(row, "subtrahend")
    return Part(figure, None if one is None or other is None else (one, other))


def ratio_words(percent: Figure, numerator: Part, denominator: Part) -> Sentence:
    """What was printed, what would be right, and what may have happened; a fall is told as such."""
    if percent.amount * numerator.figure.amount < 0 and numerator.of is None:
        return _against(percent, numerator, denominator)
    falls = percent.amount < 0 and numerator.figure.amount < 0
    by_zh, by_en = ("下降 ", "a fall of ") if falls else ("", "")
    range_ = percent_interval(numerator.figure, denominator.figure)
    if falls:
        numerator, range_ = numerator.negative(), range_ and Interval(-range_.high, -range_.low)
    right, hint = _right(range_), _hint(percent, numerator, denominator, range_)
    one, other = numerator.words(), denominator.words()
    return Sentence(
        f"印为{by_zh or ' '}{percent.printed}%，而 {one.zh} ÷ {other.zh} {right.zh}{hint.zh}",
        f"printed as {by_en}{percent.printed}%, while {one.en} / {other.en} {right.en}{hint.en}",
    )


def _against(percent: Figure, numerator: Part, denominator: Part) -> Sentence:
    """That the change and the rate speak of opposite directions; and which of the two the other figures agree with."""
    falls = numerator.figure.amount < 0
    change_zh, change_en = ("减少", "a fall") if falls else ("增加", "a rise")
    rate_zh, rate_en = ("增长", "a rise") if falls else ("下降", "a fall")
    amount = abs(numerator.figure.amount)
    zh, en = money(amount, numerator.figure.unit), money_en(amount, numerator.figure.unit)
    fits = [word for word, part in _directions(numerator, denominator) if _is_rate(percent, *part)]
    told = Sentence("", "")
    if len(fits) == 1:
        word_zh, word_en = ("增加", "rise") if fits[0] > 0 else ("减少", "fall")
        told = Sentence(
            f"；按{word_zh} {zh} 计，增减率与所印数字相符",
            f"; reckoned as a {word_en} of {en} the rate is what is printed",
        )
    return Sentence(
        f"增减额说的是{change_zh}（{zh}），增减率说的却是{rate_zh}（{percent.printed}%），方向相反{told.zh}",
        f"the change is told as {change_en} ({en}), the rate as {rate_en} ({percent.printed}%){told.en}",
    )


def _directions(numerator: Part, denominator: Part) -> list[tuple[int, tuple[Decimal, Interval]]]:
    """The change as a rise and as a fall: each with the figure of last year that it would come from."""
    now = _this_year(numerator, denominator)
    if now is None:
        return []
    change = abs(numerator.figure.amount)
    return [(sign, (change, Interval(now.low - sign * change, now.high - sign * change))) for sign in (1, -1)]


def _is_rate(percent: Figure, change: Decimal, before: Interval) -> bool:
    rate = Interval.of(change * 100, ZERO).over(before)
    return rate is not None and rate.meets(Interval.of(abs(percent.amount), percent.half_unit))


def _right(range_: Interval | None) -> Sentence:
    low, high = (f"{value:.4f}" for value in (range_.low, range_.high)) if range_ else ("", "")
    if low == high:
        return Sentence(f"应为 {low}%", f"is {low}%")
    return Sentence(f"应在 {low}% 至 {high}% 之间", f"lies between {low}% and {high}%")


def _hint(percent: Figure, numerator: Part, denominator: Part, right: Interval | None) -> Sentence:
    """In brackets: the right percentage at the printed places, and what would explain the printed one."""
    place = percent.half_unit * 2
    if right is None or place <= 0:
        return NO_WORDS
    said = [
        each
        for each in (_rounded(right, place), _slip(percent, numerator, denominator, right, place))
        if each is not NO_WORDS
    ]
    if not said:
        return NO_WORDS
    return Sentence(f"（{'，'.join(each.zh for each in said)}）", f" ({'; '.join(each.en for each in said)})")


def _rounded(right: Interval, place: Decimal) -> Sentence:
    value, last = ((bound / place).to_integral_value(ROUND_HALF_UP) * place for bound in (right.low, right.high))
    if value != last:
        return NO_WORDS
    text = f"{value.quantize(place.normalize()):f}%"
    return Sentence(f"四舍五入为 {text}", f"rounded {text}")


def _slip(percent: Figure, numerator: Part, denominator: Part, right: Interval, place: Decimal) -> Sentence:
    printed, half = abs(percent.amount), percent.half_unit
    if all((bound / place).to_integral_value(ROUND_FLOOR) * place == printed for bound in (right.low, right.high)):
        return Sentence("所印似是舍去尾数、没有进位", "it seems to have been cut off")
    if printed and any(right.meets(Interval.of(printed * shift, half * shift)) for shift in _SHIFTS):
        return Sentence("所印似是小数点错位", "the point seems to have been misplaced")
    now = _this_year(numerator, denominator)
    middle = (now.low + now.high) / 2 if now else None
    # as a reader works it out: that rounding would allow it is not enough to say what was done
    if middle and (numerator.figure.amount * 100 / middle / place).to_integral_value(ROUND_HALF_UP) * place == printed:
        return Sentence(
            "所印等于增减额÷本年数，误以本年数为基数",
            "what is printed is the change over this year's figure, not last year's",
        )
    return NO_WORDS


def _this_year(numerator: Part, denominator: Part) -> Interval | None:
    """This year's figure, where last year's was worked out from it, or the change from both."""
    of = denominator.of or numerator.of
    if of is None:
        return None
    amount = of[0] if denominator.of or of[0] != denominator.figure.amount else of[1]
    return Interval.of(amount, denominator.figure.half_unit)
