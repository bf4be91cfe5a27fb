"""What a number measures, in its place: the words of its clause, completed by what was spoken of before it."""

from __future__ import annotations

from pipeline.normalize.prose.records import Context, Place
from pipeline.normalize.prose.scan import is_bound, noun_after
from pipeline.normalize.prose.subjects import changes_itself, is_share, item_of, lead_of, subject_of, whole_of
from pipeline.normalize.prose.words import narrative_words

_INSTITUTIONS = ("个", "家")  # units that institutions are counted by


def subject_in(place: Place, context: Context) -> str:
    """What the number in its place measures; empty where neither its clause nor what came before names it."""
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


def _completed(subject: str, place: Place, context: Context) -> str:
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


def _dependent(subject: str, after: str, context: Context) -> str:
    """A subject that needs the one before it (15个，涉及金额), or that follows its number (其中0个单位编报)."""
    if not subject and after:
        return after
    counted = context.counted
    for word in narrative_words().dependent_drops:
        counted = counted.removesuffix(word)
    return counted + subject
