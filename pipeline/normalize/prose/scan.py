"""Numbers of a sentence with their units: amounts, percentages, areas, counts. Dates, years and numbering are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.normalize.prose.words import NarrativeWords, narrative_words
from pipeline.schema import MONEY_UNITS

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CLAUSE_ENDS = "，。；：:！？,;"
_NOUGHT = "为0"  # a figure without a unit


@dataclass(frozen=True)
class Token:
    """A number with its unit: where it stands in the sentence, its value in the unit, what the unit measures.

    ``noun`` is what a numeral in characters counts (三个事业单位).
    """

    start: int
    end: int
    printed: str
    number: Decimal
    unit: str
    measure: str
    noun: str = ""

    @property
    def value(self) -> Decimal:
        """The value; amounts in yuan."""
        return self.number * MONEY_UNITS[self.unit] if self.measure == "amount" else self.number

    @property
    def half(self) -> Decimal:
        """Half of the last printed place, in the measure of ``value``."""
        exponent = self.number.as_tuple().exponent
        place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
        return place * MONEY_UNITS[self.unit] if self.measure == "amount" else place


def tokens(text: str) -> list[Token]:
    """The numbers of a sentence in order, with those written in characters that count institutions."""
    words = narrative_words()
    found = [token for match in _pattern().finditer(text) if (token := _token(text, match, words))]
    return sorted([*found, *_in_characters(text, words)], key=lambda token: token.start)


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in narrative_words().units)
    return re.compile(rf"(?<![\d.,A-Za-z])(?P<number>[-－]?(?:{_NUMBER}))(?:余|多)?(?P<unit>{units})")


def _token(text: str, match: re.Match[str], words: NarrativeWords) -> Token | None:
    unit, start = match["unit"], match.start()
    after = text[match.end() :]
    if any(text[:start].endswith(mark) for mark in words.not_after) or words.codes_before.search(text[:start]):
        return None
    if any(after.startswith(word) for word in words.unit_not_before.get(unit, ())):
        return None
    printed = match["number"]
    digits = printed.replace(",", "").replace("，", "").replace("－", "-")
    signed = text[start - 1] in _CLAUSE_ENDS + "、为增长少降计" or text[:start].endswith(words.either)
    if digits.startswith("-") and start and not signed:
        # a dash between two numbers or words (5-10万元) is no sign
        digits, printed, start = digits[1:], printed[1:], start + 1
    return Token(start, match.end(), printed, Decimal(digits), unit, words.units[unit])


def _in_characters(text: str, words: NarrativeWords) -> Iterator[Token]:
    for match in words.counted.finditer(text):
        number = words.numerals.get(match["number"])
        if number is not None:
            yield Token(
                match.start(),
                match.end("unit"),
                match["number"],
                Decimal(number),
                match["unit"],
                "count",
                match["noun"],
            )


def clause(text: str, end: int, ends: Collection[int] = ()) -> str:
    """The text between the last comma, stop or colon and a place; commas inside brackets do not count.

    ``ends`` are the places where numbers end: 、 divides figures only after one of them (or after 为0), elsewhere it
    joins words; and so do 和 and 与.
    """
    depth = 0
    for index in range(end - 1, -1, -1):
        character = text[index]
        joint = narrative_words().joins.match(text, index, end) if index in ends and depth == 0 else None
        if joint:
            return text[joint.end() : end]
        depth += (character in "）)") - (character in "（(")
        if depth < 0:
            return text[index + 1 : end]  # the number stands in brackets that open here
        after_figure = index in ends or text[index - 1] in "）)" or text.endswith(_NOUGHT, 0, index)
        in_number = character in ",，" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
        divides = (character in _CLAUSE_ENDS and not in_number) or (character == "、" and after_figure)
        if depth <= 0 and divides:
            return text[index + 1 : end]
    return text[:end]


def opens_bracket(text: str) -> bool:
    """Whether a bracket is open at the end of a text; one that closes where none is open closes nothing."""
    depth = 0
    for character in text:
        depth = max(0, depth + (character in "（(") - (character in "）)"))
    return depth > 0


def is_bound(text: str, token: Token) -> bool:
    """Whether a number only bounds what is spoken of (价值50万元以上的设备)."""
    return narrative_words().bounds.match(text[token.end :]) is not None


def noun_after(text: str, token: Token) -> str:
    """The noun after a count that has none before it: 三个事业单位. What stands in brackets ends none."""
    rest = text[token.end :]
    ends = (found.start() for found in narrative_words().noun_ends.finditer(rest))
    return rest[: next((at for at in ends if not opens_bracket(rest[:at])), len(rest))]
