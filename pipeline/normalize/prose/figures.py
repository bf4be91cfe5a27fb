"""Figures of the text: each number with its kind, direction and subject, and what a change is a change of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.normalize.model import Row
from pipeline.normalize.prose.paragraphs import Paragraph, Sentence, sentences
from pipeline.normalize.prose.scan import Token, clause, is_bound, noun_after, opens_bracket, tokens
from pipeline.normalize.prose.subjects import (
    changes_itself,
    direction_of,
    explains,
    is_share,
    item_of,
    lead_of,
    of_one_side,
    subject_of,
    whole_of,
)
from pipeline.normalize.prose.words import narrative_words

_INSTITUTIONS = ("个", "家")  # units that institutions are counted by


@dataclass(frozen=True)
class NarrativeFigure:
    """One figure of the text. ``value`` in yuan for amounts; ``half`` is half of the last printed place, alike.

    ``of`` is the figure_no of the amount that a change or share speaks of; ``pair`` joins a change with its rate.
    """

    figure_no: int
    section: str
    sentence: str
    subject: str | None
    kind: str
    direction: str | None
    value: Decimal
    value_printed: str
    unit: str
    page: int
    half: Decimal
    measure: str
    of: int | None = None
    pair: int | None = None
    restates_cell_id: str | None = None
    opening: str = ""

    def row(self) -> Row:
        """The columns of ``narrative_figures`` less ``document_id``."""
        names = (
            "figure_no", "section", "sentence", "subject", "kind", "direction", "value", "value_printed", "unit",
            "page", "restates_cell_id",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


@dataclass
class _Context:
    """What a paragraph has spoken of so far: the head before 其中, the parts after it, the first and last subject.

    ``names`` are the publisher's; ``lead`` is what a short sentence announced; ``outside`` waits while brackets speak.
    """

    names: Sequence[str] = ()
    head: NarrativeFigure | None = None
    first: NarrativeFigure | None = None
    parts: list[NarrativeFigure] = field(default_factory=list)
    in_parts: bool = False
    last: NarrativeFigure | None = None
    counted: str = ""
    change: NarrativeFigure | None = None
    lead: str = ""
    outside: NarrativeFigure | None = None
    in_brackets: bool = False


@dataclass(frozen=True)
class _Place:
    """A number in its sentence: the clause before it, and the direction and object that the clause gives it."""

    sentence: Sentence
    token: Token
    before: str
    direction: str | None
    target: str


def read_figures(found: Iterable[Paragraph], names: Sequence[str]) -> list[NarrativeFigure]:
    """The figures of the paragraphs in order; ``names`` are the publisher's names, which are no subjects."""
    figures: list[NarrativeFigure] = []
    for paragraph in found:
        context = _Context(names)
        for sentence in sentences(paragraph):
            _read_sentence(sentence, context, figures)
    return figures


def _read_sentence(sentence: Sentence, context: _Context, figures: list[NarrativeFigure]) -> None:
    found = tokens(sentence.text)
    context.in_parts, context.parts = False, []
    context.lead = context.lead if found or explains(sentence.text) else lead_of(sentence.text, context.names)
    ends = {token.end for token in found}
    end = 0
    for index, token in enumerate(found):
        _turn(sentence.text[end : token.start], context)
        _brackets(opens_bracket(sentence.text[: token.start]), context)
        before = clause(sentence.text, token.start, ends)
        behind = end and token.measure == "percent" and sentence.text[end : token.start] in ("（", "(")
        way = (figures[-1].direction, "") if behind else direction_of(before)  # 减少1.49万元（18.63%）
        figure = _figure(_Place(sentence, token, before, *way), context, len(figures) + 1)
        following = found[index + 1] if index + 1 < len(found) else None
        figures.append(_resolved(figure, context, _rate_of(sentence.text, token, following)))
        if not is_bound(sentence.text, token):
            _note(figures[-1], context)
        end = token.end


def _turn(between: str, context: _Context) -> None:
    """What stands between two numbers opens a list of parts (其中) or closes it (a new sentence or ；)."""
    marks = narrative_words().part_marks
    if "；" in between or "。" in between or ";" in between:
        context.in_parts = context.in_parts and any(mark in between for mark in marks)
    if any(mark in between for mark in marks):
        context.in_parts = True
        context.parts = []


def _figure(place: _Place, context: _Context, number: int) -> NarrativeFigure:
    token = place.token
    kind = "change" if place.direction else token.measure
    return NarrativeFigure(
        figure_no=number,
        section=place.sentence.section,
        opening=place.sentence.opening,
        sentence=place.sentence.text,
        subject=_subject(place, context) or None,
        kind=kind,
        direction=place.direction,
        value=token.value,
        value_printed=token.printed,
        unit=token.unit,
        page=place.sentence.page(token.start),
        half=token.half,
        measure=token.measure,
        of=context.last.figure_no if kind == "percent" and context.last else None,
    )


def _subject(place: _Place, context: _Context) -> str:
    if place.direction:
        return place.target or changes_itself(place.before)
    if place.token.measure == "percent" and is_share(place.before):
        whole = whole_of(place.before)
        part = context.last.subject if context.last and context.last.subject else ""
        return f"{part}占{whole}比重" if whole else f"{part}占比"
    named, noun = subject_of(place.before, context.names), place.token.noun
    lead = narrative_words().leads_to_count.search(named)
    subject = noun if noun and lead and not lead["whose"] else named + noun
    if is_bound(place.sentence.text, place.token):
        return f"{subject}（界限）"
    return _completed(subject, place, context)


def _completed(subject: str, place: _Place, context: _Context) -> str:
    """A subject that does not stand by itself, completed by what was announced, counted before or follows."""
    words = narrative_words()
    after = noun_after(place.sentence.text, place.token) if place.token.measure == "count" else ""
    led = place.before if place.before.endswith("、") else subject
    lead = words.leads_to_count.search(led) if after and place.token.unit in _INSTITUTIONS else None
    if lead:
        return (lead["whose"] or "") + after
    if subject in words.counted_after:
        return after or subject
    own = item_of(place.sentence.text[: place.token.start], context.names) or context.lead
    if subject in words.generic or (subject in words.generic_of_item and words.item_named.search(own)):
        return (own or lead_of(place.sentence.section.rpartition("/")[2], context.names)) + subject
    return _dependent(subject, after, context) if subject in words.dependent else subject


def _dependent(subject: str, after: str, context: _Context) -> str:
    """A subject that needs the one before it (15个，涉及金额), or that follows its number (其中0个单位编报)."""
    if not subject and after:
        return after
    counted = context.counted
    for word in narrative_words().dependent_drops:
        counted = counted.removesuffix(word)
    return counted + subject


def _rate_of(text: str, token: Token, following: Token | None) -> Token | None:
    """The rate that goes with a change of money: the next number, in per cent and with a direction."""
    if following is None or following.measure != "percent" or token.measure == "percent":
        return None
    return following if direction_of(clause(text, following.start))[0] else None


def _resolved(figure: NarrativeFigure, context: _Context, rate: Token | None) -> NarrativeFigure:
    """A change with what it is a change of; its rate follows it."""
    if figure.kind != "change" or figure.subject:
        return figure
    pair = context.change
    if figure.measure == "percent" and pair is not None and pair.sentence == figure.sentence:
        return replace(figure, subject=pair.subject, of=pair.of, pair=pair.figure_no)
    base = _base(figure, context, rate)
    subject = base.subject if base is not None else figure.section.rpartition("/")[2]
    return replace(figure, subject=subject or None, of=base.figure_no if base else None)


def _base(figure: NarrativeFigure, context: _Context, rate: Token | None) -> NarrativeFigure | None:
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


def _brackets(inside: bool, context: _Context) -> None:
    """What brackets speak of ends with them: the subject before them is taken up again."""
    if inside and not context.in_brackets:
        context.outside = context.last
    elif context.in_brackets and not inside:
        context.last = context.outside
    context.in_brackets = inside


def _note(figure: NarrativeFigure, context: _Context) -> None:
    """What the figure leaves for those after it."""
    if figure.kind == "change":
        context.change = figure if figure.measure != "percent" else context.change
    elif figure.kind in ("amount", "count", "area"):
        context.last, context.first = figure, context.first or figure
        context.counted = figure.subject or "" if figure.kind == "count" else context.counted
        names_item = narrative_words().item_named.search(figure.subject or "")
        context.lead = figure.subject or "" if names_item else context.lead
        if context.in_parts:
            context.parts.append(figure)
        elif not context.in_brackets:
            context.head = figure
