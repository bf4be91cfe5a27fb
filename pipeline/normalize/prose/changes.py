"""What a change is a change of: the head of a list, its last part or the paragraph's first amount, by the rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.prose.records import Context, NarrativeFigure, Place
from pipeline.normalize.prose.scan import Token, clause
from pipeline.normalize.prose.subjects import both_sides, change_said, changed_in, compared_in, comparison_off
from pipeline.normalize.prose.words import narrative_words

_SHORT = 2  # 支出, 收入: the names of too many


def rate_of(text: str, token: Token, following: Token | None) -> Token | None:
    """The rate that goes with a change of money: the next number, in per cent and with a direction."""
    if following is None or following.measure != "percent" or token.measure == "percent":
        return None
    return following if change_said(clause(text, following.start)) else None


def resolved(figure: NarrativeFigure, place: Place, context: Context, rate: Token | None) -> NarrativeFigure:
    """A change with what it is a change of; its rate follows it."""
    if figure.kind != "change" or figure.subject:
        return figure
    behind = narrative_words().object_behind.match(place.sentence.text[place.token.end :])
    if behind:
        return replace(figure, subject=behind["what"])  # 增加了40万元的办案费
    named = _changed(place, place.change.before, context.names) if place.change else ""
    pair = context.change
    if figure.measure == "percent" and pair is not None and pair.sentence == figure.sentence and not named:
        return replace(figure, subject=pair.subject, of=pair.of, pair=pair.figure_no)
    base = _named_base(named, figure, context, rate) if named else _base(figure, context, rate)
    subject = base.subject if base else named or figure.section.rpartition("/")[2]
    return replace(figure, subject=subject or None, of=base.figure_no if base else None)


def _changed(place: Place, before: str, names: Sequence[str]) -> str:
    """What a change says has changed, or else the clause before it that compares."""
    said = place.sentence.text[: place.token.start].removesuffix(place.before)
    return changed_in(before, names) or ("" if comparison_off(before) else compared_in(said, names))


def _named_base(named: str, figure: NarrativeFigure, context: Context, rate: Token | None) -> NarrativeFigure | None:
    """The amount of the subject that a change names: by its whole name (收、支总计 is 收入总计 and 支出总计), or by
    what is its own of it. Where 收入 or 支出 is all that it names, by the rate, or else the head of the list before it.
    """
    whole = [context.told.get(name) for name in (named, *both_sides(named))]
    candidates = [
        base for base in (context.last, context.head, context.first) if base and base.measure == figure.measure
    ]
    alike = [base for base in candidates if _are_alike(named, base.subject or "")]
    if len(named) <= _SHORT and not alike:
        fitting = [base for base in candidates if rate and _fits(base, figure, rate)]
        alike = fitting or [base for base in candidates if base is context.head and named in (base.subject or "")]
    return next((base for base in [*whole, *alike] if base), None)


def _are_alike(named: str, subject: str) -> bool:
    """Whether one name is all of the other but words that any total has: 财政拨款收、支总计 and 总预算."""
    noise = narrative_words().noise_of_totals
    one, other = noise.sub("", named), noise.sub("", subject)
    return min(len(one), len(other)) > _SHORT and (one in other or other in one)


def _base(figure: NarrativeFigure, context: Context, rate: Token | None) -> NarrativeFigure | None:
    """The amount that a change is a change of: the head of a list, its last part or the paragraph's first, by the rate.

    No change at all (增加0万元，增长0%) would fit any: it is said of what was spoken of last. What rose by more than
    there is of it was something else, where the paragraph has spoken of more.
    """
    candidates = [base for base in (context.head, context.last, context.first) if base is not None]
    if rate is not None and not figure.value:
        return context.last or context.head
    if rate is not None and figure.direction:
        fitting = [base for base in candidates if _fits(base, figure, rate)]
        if fitting:
            return fitting[0]
    listed = (context.in_parts and len(context.parts) > 1) or (context.closed and not context.here)
    likely = (context.head if listed else context.last) or context.head
    return next((base for base in [likely, *candidates] if base and _has_room(base, figure)), likely)


def _has_room(base: NarrativeFigure, change: NarrativeFigure) -> bool:
    """Whether so much may have been added to what came to the amount."""
    rises = change.direction == "increase" and change.measure == "amount"
    return not rises or (base.measure == change.measure and base.value + base.half + change.half >= change.value)


def _fits(base: NarrativeFigure, change: NarrativeFigure, rate: Token) -> bool:
    previous = base.value + (change.value if change.direction == "decrease" else -change.value)
    if base.measure != change.measure or previous <= 0:
        return False
    slack = (change.half + base.half) / previous * 100 + rate.half
    return abs(change.value / previous * 100 - rate.number) <= slack
