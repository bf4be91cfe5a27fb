"""Figures of the text: each number with its kind, direction and subject; what was spoken of goes on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.normalize.prose.changes import rate_of, resolved
from pipeline.normalize.prose.lists import Listed, answered, listed_from
from pipeline.normalize.prose.naming import earlier_in, stem_of, subject_in
from pipeline.normalize.prose.paragraphs import Paragraph, Sentence, sentences
from pipeline.normalize.prose.records import Context, NarrativeFigure, Place
from pipeline.normalize.prose.scan import Token, clause, is_bound, opens_bracket, tokens
from pipeline.normalize.prose.subjects import Said, change_said, explains, lead_of
from pipeline.normalize.prose.words import EITHER, narrative_words


def read_figures(found: Iterable[Paragraph], names: Sequence[str]) -> list[NarrativeFigure]:
    """The figures of the paragraphs in order; ``names`` are the publisher's names, which are no subjects."""
    figures: list[NarrativeFigure] = []
    for paragraph in found:
        context = Context(names)
        for sentence in sentences(paragraph):
            _read_sentence(sentence, context, figures)
    return figures


def _read_sentence(sentence: Sentence, context: Context, figures: list[NarrativeFigure]) -> None:
    found = tokens(sentence.text)
    _begin(sentence, context, bool(found))
    ends = {token.end for token in found}
    listed: dict[int, Listed] = {}
    end = 0
    for index, token in enumerate(found):
        between = sentence.text[end : token.start]
        _turn(between, context)
        _brackets(opens_bracket(sentence.text[: token.start]), context)
        before = clause(sentence.text, token.start, ends)
        place = Place(sentence, token, before, _change(between, before, token, figures[-1] if end else None))
        if token.start not in listed and (run := listed_from(sentence.text, found, index, context)):
            listed.update(run)
            context.listed = []
        following = found[index + 1] if index + 1 < len(found) else None
        rate = rate_of(sentence.text, token, following)
        figures.append(_figure(place, listed.get(token.start), context, rate, len(figures) + 1))
        end = token.end


def _begin(sentence: Sentence, context: Context, has_figures: bool) -> None:
    """A sentence begins: what the one before it said goes on, but for its list and its part of a plain 预算."""
    parts = context.here[1:]
    adds_up = len(parts) > 1 and sum(part.value for part in parts) == context.here[0].value
    context.head = context.here[0] if adds_up else context.head
    context.closed = adds_up or len(context.parts) > 1
    context.in_parts, context.parts, context.here, context.listed, context.stem = False, [], [], [], ""
    quiet = has_figures or explains(sentence.text)
    context.lead = context.lead if quiet else lead_of(sentence.text, context.names)


def _change(between: str, before: str, token: Token, last: NarrativeFigure | None) -> Said | None:
    """The change that a number is: by its clause, behind one in brackets (减少1.49万元（18.63%）), or as the one before
    it is (减少会议费3万元和培训费2万元)."""
    if last is not None and token.measure == "percent" and between in ("（", "("):
        return Said(last.direction or EITHER, "", "") if last.kind == "change" else None
    said = change_said(before)
    joint = narrative_words().goes_on.match(between)
    if said is None and joint and last is not None and last.has_object and last.measure == token.measure:
        return Said(last.direction or EITHER, between[joint.end() :], "")
    return said


def _figure(place: Place, listed: Listed | None, context: Context, rate: Token | None, number: int) -> NarrativeFigure:
    """The number as a figure; what it says stays behind for those after it."""
    plain = _plain(place, context, number)
    earlier = "" if listed else earlier_in(place, context)
    if listed is not None:
        figure = answered(plain, listed)
        context.listed.append(figure)
    elif earlier:
        figure = replace(plain, subject=earlier, is_earlier=True)
    else:
        figure = resolved(replace(plain, subject=subject_in(place, context) or None), place, context, rate)
    if not earlier and not is_bound(place.sentence.text, place.token):
        _note(figure, context)
    return figure


def _turn(between: str, context: Context) -> None:
    """What stands between two numbers opens a list of parts (其中) or closes it (a new sentence or ；)."""
    marks = narrative_words().part_marks
    if "；" in between or "。" in between or ";" in between:
        context.in_parts = context.in_parts and any(mark in between for mark in marks)
    if any(mark in between for mark in marks):
        context.in_parts = True
        context.parts = []


def _plain(place: Place, context: Context, number: int) -> NarrativeFigure:
    """The number with its kind and direction, before what it measures is known. A fall is said by one of them."""
    token, change, printed = place.token, place.change, place.sentence.printed
    falls = change is not None and change.way == EITHER and token.value < 0
    kind = "change" if change else token.measure
    return NarrativeFigure(
        figure_no=number,
        section=place.sentence.section,
        opening=place.sentence.opening,
        sentence=place.sentence.text,
        printed=printed,
        subject=None,
        kind=kind,
        direction=_direction(change, falls),
        value=-token.value if falls else token.value,
        value_printed=printed[token.start : token.start + len(token.printed)],
        unit=printed[token.end - len(token.unit) : token.end],
        page=place.sentence.page(token.start),
        half=token.half,
        measure=token.measure,
        of=context.last.figure_no if kind == "percent" and context.last else None,
        has_object=bool(change and change.target),
    )


def _direction(change: Said | None, falls: bool) -> str | None:
    if change is None or change.way == EITHER:
        return "decrease" if falls else None
    return change.way


def _brackets(inside: bool, context: Context) -> None:
    """What brackets speak of ends with them: the subject before them is taken up again."""
    if inside and not context.in_brackets:
        context.outside = context.last
    elif context.in_brackets and not inside:
        context.last = context.outside
    context.in_brackets = inside


def _note(figure: NarrativeFigure, context: Context) -> None:
    """What the figure leaves for those after it."""
    subject = figure.subject or ""
    if figure.kind == "change":
        context.change = figure if figure.measure != "percent" else context.change
    elif figure.kind in ("amount", "count", "area"):
        context.last, context.first = figure, context.first or figure
        context.counted = subject if figure.kind == "count" else context.counted
        context.told[subject] = figure
        context.here += [] if context.in_brackets else [figure]
        _note_lead(subject, context)
        if context.in_parts:
            context.parts.append(figure)
        elif not context.in_brackets:
            context.head = figure
        if not context.in_brackets:
            context.change = None  # a rate behind another amount is none of the change before it


def _note_lead(subject: str, context: Context) -> None:
    """What a plain 预算 or 决算 after this one is of: the item, or what this one's words stand before."""
    words = narrative_words()
    stem = stem_of(subject)
    names_item = words.item_named.search(stem)
    context.lead = stem if names_item else context.lead
    context.stem = stem if stem != subject else context.stem
