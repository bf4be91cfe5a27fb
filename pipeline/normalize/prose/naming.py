"""What a number measures, in its place: the words of its clause, completed by what was spoken of before it."""

from __future__ import annotations

from pipeline.normalize.prose.records import Context, Place
from pipeline.normalize.prose.scan import clause, is_bound, noun_after
from pipeline.normalize.prose.subjects import head_of, is_share, item_of, lead_of, part_of_share, subject_of, whole_of
from pipeline.normalize.prose.words import narrative_words

_INSTITUTIONS = ("个", "家")  # units that institutions are counted by
_COLONS = ("：", ":")
_DOUBLED = "支出"  # 三公经费支出 and 支出决算 are 三公经费支出决算


def subject_in(place: Place, context: Context) -> str:
    """What the number in its place measures; empty where neither its clause nor what came before names it."""
    if place.change:
        return place.change.target
    before = _before_move(_before_colon(place))
    if place.token.measure == "percent" and is_share(before):
        whole, part = whole_of(before), part_of_share(before, context.names) or context.last_subject
        return f"{part}占{whole}比重" if whole else f"{part}占比"
    if before != place.before and not before:
        return context.last_subject  # 由12辆减少至10辆
    named, noun = subject_of(narrative_words().reason.sub("", before), context.names), place.token.noun
    plan = narrative_words().of_a_plan.match(named)
    if plan and (place.token.measure == "percent" or context.last in context.here):
        return context.last_subject.removesuffix(plan["plan"]) + plan["plan"]
    lead = narrative_words().leads_to_count.search(named)
    subject = noun if noun and lead and not lead["whose"] else named + noun
    if is_bound(place.sentence.text, place.token):
        return f"{subject}（界限）"
    return _completed(subject, place, context)


def _before_colon(place: Place) -> str:
    """The clause before a number; that before the colon which the number stands right behind (其他收入：4万元)."""
    text, start = place.sentence.text, place.token.start
    return clause(text, start - 1) if not place.before and text[:start].endswith(_COLONS) else place.before


def _before_move(clause_: str) -> str:
    """A clause without the figure of before that it moved from (某费由上年的92万元减少到)."""
    return narrative_words().moved.sub("", clause_)


def earlier_in(place: Place, context: Context) -> str:
    """The subject of a figure that another is compared with or came from: it says itself that it is of before."""
    words, text, token = narrative_words(), place.sentence.text, place.token
    before, after = place.before, text[token.end :]
    if not before and text[: token.start].endswith(("（", "(")):
        before, after = clause(text, token.start - 1), after.lstrip("）)")
    moves, compares = words.moved_to.match(after), words.compares.match(after)
    found = (words.moved_from.search(before) if moves else None) or (
        words.compared_with.match(before) if compares else None
    )
    if place.change or token.measure == "percent" or not found:
        return ""
    what = subject_of(before[: found.start()] if moves else found["what"], context.names)
    return f"{what or context.last_subject}{found['when']}（此前）"


def _completed(subject: str, place: Place, context: Context) -> str:
    """A subject that does not stand by itself, completed by what was announced, counted before or follows."""
    words = narrative_words()
    after = noun_after(place.sentence.text, place.token) if place.token.measure == "count" else ""
    if after and words.noun_between.search(place.before):
        return after  # 5座水库、7条管线
    led = place.before if place.before.endswith("、") else subject
    lead = words.leads_to_count.search(led) if after and place.token.unit in _INSTITUTIONS else None
    if lead:
        return (lead["whose"] or "") + after
    if words.counted_after.match(subject) or subject in (*context.names, *words.speakers):
        return after or subject  # 本部门1家行政单位
    own = _whose(place, context)
    if subject in words.generic or (subject in words.generic_of_item and words.item_named.search(own)):
        own = own or subject_of(place.sentence.opening, context.names)
        own = own or head_of(place.sentence.text[: place.token.start], context.names)
        own = own or lead_of(place.sentence.section.rpartition("/")[2], context.names)
        return own + (subject.removeprefix(_DOUBLED) if own.endswith(_DOUBLED) else subject)
    return _dependent(subject, after, place, context) if subject in words.dependent else subject


def _whose(place: Place, context: Context) -> str:
    """What a plain 预算 is of: the item of its sentence, what the sentence told one of, or what was announced."""
    item = item_of(place.sentence.text[: place.token.start], context.names)
    return item or context.stem or context.lead


def _dependent(subject: str, after: str, place: Place, context: Context) -> str:
    """A subject that needs the one before it (15个，涉及金额), or that follows its number (其中0个单位编报)."""
    if not subject and after:
        return after
    counted = context.counted or _entered(place, context)
    for word in narrative_words().dependent_drops:
        counted = counted.removesuffix(word)
    return counted + subject


def _entered(place: Place, context: Context) -> str:
    """What the clause before this one says is managed, where no figure stands between (项目支出纳入绩效管理，涉及…)."""
    start = place.token.start - len(place.before) - 1
    entered = narrative_words().enters.match(clause(place.sentence.text, start)) if start > 0 else None
    return subject_of(entered["what"], context.names) if entered and not context.here else ""


def stem_of(subject: str) -> str:
    """A subject without the plain words that end it: X年初预算 is a budget of X."""
    words = sorted(narrative_words().generic, key=len, reverse=True)
    return next((subject.removesuffix(word) for word in words if subject.endswith(word) and word != subject), subject)
