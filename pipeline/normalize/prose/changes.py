"""What a change is a change of: the head of a list, its last part or the paragraph's first amount, by the rate."""

from __future__ import annotations

from dataclasses import replace

from pipeline.normalize.prose.records import Context, NarrativeFigure
from pipeline.normalize.prose.scan import Token, clause
from pipeline.normalize.prose.subjects import direction_of, of_one_side


def rate_of(text: str, token: Token, following: Token | None) -> Token | None:
    """The rate that goes with a change of money: the next number, in per cent and with a direction."""
    if following is None or following.measure != "percent" or token.measure == "percent":
        return None
    return following if direction_of(clause(text, following.start))[0] else None


def resolved(figure: NarrativeFigure, context: Context, rate: Token | None) -> NarrativeFigure:
    """A change with what it is a change of; its rate follows it."""
    if figure.kind != "change" or figure.subject:
        return figure
    pair = context.change
    if figure.measure == "percent" and pair is not None and pair.sentence == figure.sentence:
        return replace(figure, subject=pair.subject, of=pair.of, pair=pair.figure_no)
    base = _base(figure, context, rate)
    subject = base.subject if base is not None else figure.section.rpartition("/")[2]
    return replace(figure, subject=subject or None, of=base.figure_no if base else None)


def _base(figure: NarrativeFigure, context: Context, rate: Token | None) -> NarrativeFigure | None:
    """The amount that a change is a change of: the head of a list, its last part or the paragraph's first, by the rate.

    No change at all (增加0万元，增长0%) would fit any: it is said of what was spoken of last.
    """
    candidates = [base for base in (context.head, context.last, context.first) if base is not None]
    if rate is not None and not figure.value:
        return context.last or context.head
    if rate is not None and figure.direction:
        fitting = [base for base in candidates if _fits(base, figure, rate)]
        if fitting:
            return fitting[0]
    listed = (context.in_parts and len(context.parts) > 1) or of_one_side(figure.sentence, figure.value_printed)
    return (context.head if listed else context.last) or context.head


def _fits(base: NarrativeFigure, change: NarrativeFigure, rate: Token) -> bool:
    previous = base.value + (change.value if change.direction == "decrease" else -change.value)
    if base.measure != change.measure or previous <= 0:
        return False
    slack = (change.half + base.half) / previous * 100 + rate.half
    return abs(change.value / previous * 100 - rate.number) <= slack
