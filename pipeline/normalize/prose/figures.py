"""Figures of the text: each number with its kind, direction and subject; what was spoken of goes on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize.prose.changes import rate_of, resolved
from pipeline.normalize.prose.naming import subject_in
from pipeline.normalize.prose.paragraphs import Paragraph, Sentence, sentences
from pipeline.normalize.prose.records import Context, NarrativeFigure, Place
from pipeline.normalize.prose.scan import clause, is_bound, opens_bracket, tokens
from pipeline.normalize.prose.subjects import direction_of, explains, lead_of
from pipeline.normalize.prose.words import narrative_words


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
        figure = _figure(Place(sentence, token, before, *way), context, len(figures) + 1)
        following = found[index + 1] if index + 1 < len(found) else None
        figures.append(resolved(figure, context, rate_of(sentence.text, token, following)))
        if not is_bound(sentence.text, token):
            _note(figures[-1], context)
        end = token.end


def _turn(between: str, context: Context) -> None:
    """What stands between two numbers opens a list of parts (其中) or closes it (a new sentence or ；)."""
    marks = narrative_words().part_marks
    if "；" in between or "。" in between or ";" in between:
        context.in_parts = context.in_parts and any(mark in between for mark in marks)
    if any(mark in between for mark in marks):
        context.in_parts = True
        context.parts = []


def _figure(place: Place, context: Context, number: int) -> NarrativeFigure:
    token = place.token
    kind = "change" if place.direction else token.measure
    return NarrativeFigure(
        figure_no=number,
        section=place.sentence.section,
        opening=place.sentence.opening,
        sentence=place.sentence.text,
        subject=subject_in(place, context) or None,
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


def _brackets(inside: bool, context: Context) -> None:
    """What brackets speak of ends with them: the subject before them is taken up again."""
    if inside and not context.in_brackets:
        context.outside = context.last
    elif context.in_brackets and not inside:
        context.last = context.outside
    context.in_brackets = inside


def _note(figure: NarrativeFigure, context: Context) -> None:
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
