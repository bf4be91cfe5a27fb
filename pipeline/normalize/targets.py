"""Parse of target values: ``≥1300人`` is at least 1300, in 人; ``第四季度`` is no number.

A value is taken only when the target says one number; of several (``1000元和500元``) the value stays null and
the target still counts as quantitative. An operator that is not printed is null, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated

from pipeline.normalize.phrases import squeeze
from pipeline.normalize.vocabulary_file import longest_first, read_words

_NUMBER = r"[-－]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-－]?\d+(?:\.\d+)?"
_ANY_NUMBER = re.compile(_NUMBER)
_UNIT_TAIL = r"(?P<unit>[^\d；;，,。和且]*?(?:/\d+[^\d；;，,。]*)?)"
_WHOLE = re.compile(rf"^(?P<number>{_NUMBER}){_UNIT_TAIL}$")
_LISTED = re.compile(rf"^(?:{_NUMBER})(?P<unit>[^\d；;，,。和、及]*)$")
_SEPARATORS = re.compile(r"[；;、和及]|，且?|且")
_BRACKETED_END = re.compile(r"[（(]([^（）()]+)[）)]$")
_EDGES = "；;。，,、 "


@dataclass(frozen=True)
class TargetWords:
    """Phrases of ``targets.yaml``: how an operator, a date, an approximation is printed."""

    operators: Annotated[Mapping[str, str], longest_first]
    trailing: Annotated[Mapping[str, str], longest_first]
    qualitative: frozenset[str]
    approximate_before: tuple[str, ...]
    approximate_after: tuple[str, ...]
    dates: tuple[re.Pattern[str], ...]
    unit_words: frozenset[str]


@cache
def target_words() -> TargetWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(TargetWords, "targets.yaml")


@dataclass(frozen=True)
class ParsedTarget:
    """A target's parts. ``value`` is in ``unit`` as printed (50 with 万元, not 500000)."""

    operator: str | None
    value: Decimal | None
    unit: str | None
    is_quantitative: bool


QUALITATIVE = ParsedTarget(None, None, None, False)


def parse_target(
    printed: str, operator: str | None = None, unit: str | None = None, indicator: str = ""
) -> ParsedTarget:
    """The operator, value and unit of a printed target.

    ``operator`` and ``unit`` are what cells of their own say (≥ | 90 | %); the bracket at an indicator's end
    (培训期数（期）) gives the unit where nothing else does.
    """
    words = target_words()
    text = squeeze(printed).strip(_EDGES)
    sign, rest = _operator(text, words)
    sign = _sign(operator, words) or sign
    if not rest or (_is_date(rest, words) and not unit):
        return QUALITATIVE
    parsed = _single(rest, sign, words) or _several(rest) or _embedded(rest, words)
    if parsed is None:
        return QUALITATIVE
    return _with_unit(parsed, squeeze(unit or ""), indicator, words)


def _sign(printed: str | None, words: TargetWords) -> str | None:
    sign = squeeze(printed or "")
    return words.operators.get(sign) if sign and sign not in words.qualitative else None


def _operator(text: str, words: TargetWords) -> tuple[str | None, str]:
    for phrase, sign in words.operators.items():
        if text.startswith(phrase):
            return sign, text[len(phrase) :]
    return None, text


def _is_date(text: str, words: TargetWords) -> bool:
    return any(pattern.match(text) for pattern in words.dates)


def _single(text: str, sign: str | None, words: TargetWords) -> ParsedTarget | None:
    for phrase, meaning in words.trailing.items():
        if text.endswith(phrase) and _ANY_NUMBER.match(text):
            text, sign = text[: -len(phrase)], sign or meaning
            break
    for phrase in words.approximate_before:
        if text.startswith(phrase) and _ANY_NUMBER.match(text[len(phrase) :]):
            text = text[len(phrase) :]
    match = _WHOLE.match(text)
    if match is None:
        return None
    return ParsedTarget(sign, _decimal(match["number"]), _bare_unit(match["unit"], words), True)


def _bare_unit(unit: str, words: TargetWords) -> str | None:
    for phrase in words.approximate_after:
        unit = unit.removeprefix(phrase).removesuffix(phrase)
    return unit or None


def _several(text: str) -> ParsedTarget | None:
    """Several numbers side by side; a unit is told when all share it."""
    parts = [part.lstrip("≥≤><=＝》《") for part in _SEPARATORS.split(text) if part]
    matches = [_LISTED.match(part) for part in parts]
    if len(parts) < 2 or sum(match is not None for match in matches) < 2:
        return None
    units = {match["unit"] for match in matches if match}
    return ParsedTarget(None, None, units.pop() or None if len(units) == 1 and all(matches) else None, True)


def _embedded(text: str, words: TargetWords) -> ParsedTarget | None:
    """One bound inside a sentence (对各项事件进行响应，不少于10项); more numbers or none: no value is taken."""
    if len(_ANY_NUMBER.findall(text)) != 1:
        return None
    for phrase, sign in words.operators.items():
        head, found, tail = text.partition(phrase)
        match = _WHOLE.match(tail.strip(_EDGES)) if found and head else None
        if match:
            return ParsedTarget(sign, _decimal(match["number"]), match["unit"] or None, True)
    return None


def _with_unit(parsed: ParsedTarget, unit: str, indicator: str, words: TargetWords) -> ParsedTarget:
    found = parsed.unit or unit or _indicator_unit(indicator, words)
    return ParsedTarget(parsed.operator, parsed.value, found or None, parsed.is_quantitative)


def _indicator_unit(indicator: str, words: TargetWords) -> str | None:
    match = _BRACKETED_END.search(squeeze(indicator))
    if match is None:
        return None
    parts = re.split(r"[/每]", match[1])
    return match[1] if all(part in words.unit_words for part in parts if part) else None


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "").replace("，", "").replace("－", "-"))
