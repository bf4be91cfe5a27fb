"""What a number measures: the words before it, without dates, names and words that only join."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.prose.words import NarrativeWords, narrative_words

_YEAR = re.compile(r"^(?:截至)?(?:\d{4}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初)?)")
_CODE = re.compile(r"[（(]\d{3,7}[）)]")
_CODED = re.compile(r"^(?:\d{3,7}[-－—]|\d{7}(?=[一-鿿]))")
_EDGES = "，。；：:、 "
_LEAD_LENGTH = 60
_HEAD_LENGTH = 30
_SIDES = ("收入", "支出")


def subject_of(clause: str, names: Sequence[str]) -> str:
    """The subject that a clause before a number names; empty when it only joins on (其中, 占, 比上年)."""
    words = narrative_words()
    text = _numbering_off(_CODE.sub("", clause).strip(_EDGES), words)
    before = None
    while before != text:
        before = text
        text = _lead_off(text.strip(_EDGES), names, words)
    return _CODED.sub("", _tail_off(text, words)).strip(_EDGES)


def lead_of(sentence: str, names: Sequence[str]) -> str:
    """The subject that a short sentence without figures announces for those after it; empty for a longer one."""
    return subject_of(sentence, names) if len(sentence) <= _LEAD_LENGTH else ""


def item_of(text: str, names: Sequence[str]) -> str:
    """The item that a sentence names before a colon (行政运行（项）：2026年预算数); empty where it names none."""
    head = text.rpartition("：")[0]
    level = narrative_words().item_named.search(head)
    return subject_of(head, names) if level and level.start() else ""


def head_of(text: str, names: Sequence[str]) -> str:
    """The subject that words before a colon are (住房公积金：2026年预算数); empty where they are a clause or more."""
    head = text.rpartition("：")[0]
    parts = any(mark in head for mark in (*_EDGES, *narrative_words().part_marks)) or explains(head)
    return "" if parts or len(head) > _HEAD_LENGTH or head.startswith(("（", "(")) else subject_of(head, names)


def explains(sentence: str) -> bool:
    """Whether a sentence says what money is for or why it changed (主要用于：…): that announces no subject."""
    return narrative_words().explains.search(sentence) is not None


def _numbering_off(text: str, words: NarrativeWords) -> str:
    for pattern in words.headings:
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text


def _lead_off(text: str, names: Sequence[str], words: NarrativeWords) -> str:
    match = _YEAR.match(text)
    if match:
        return text[match.end() :]
    now = words.this_year.match(text)
    if now and text[now.end() :].startswith((*names, *words.speakers)):
        return text[now.end() :]
    for phrase in (*names, *words.speakers, *words.leading):
        if phrase and text.startswith(phrase) and len(text) > len(phrase):
            rest = text[len(phrase) :]
            # 共有 before a noun joins; 有效…, 和平…, 单位资金 are words of their own
            if phrase in words.leading and len(phrase) == 1 and rest[:1] not in "：:“":
                continue
            return rest if phrase != "单位" or rest[:1] in "：:" else text
    return "" if text in words.leading else text


def _tail_off(text: str, words: NarrativeWords) -> str:
    before = None
    while before != text:
        before = text
        for phrase in words.trailing:
            if text.endswith(phrase):
                text = text[: -len(phrase)]
                break
    return text


def is_share(clause: str) -> bool:
    """Whether a clause opens a share: 占…"""
    return any(mark in clause for mark in narrative_words().share)


def whole_of(clause: str) -> str:
    """The whole that a share names: 占部门项目支出总额的 → 部门项目支出总额."""
    match = re.search(r"占(?P<whole>[^占]+?)(?:的|比重|比例)?(?:为|约)?$", clause)
    return match["whole"].strip("的") if match and match["whole"] not in ("比", "比为") else ""


def part_of_share(clause: str, names: Sequence[str]) -> str:
    """The part that a share names before its whole (基本支出占62%); empty where the figure before it is the part."""
    return subject_of(clause.partition("占")[0], names) if "占" in clause else ""


@dataclass(frozen=True)
class Said:
    """What a clause says of a change: its direction, the object behind it (增加人员经费20万元), the words before it."""

    way: str
    target: str
    before: str


def change_said(clause: str) -> Said | None:
    """The change that a clause gives its number; None where it gives none."""
    words = narrative_words()
    found: tuple[int, str, str] | None = None
    for phrase, way in words.directions.items():
        at = clause.rfind(phrase)
        if at >= 0 and (found is None or at + len(phrase) > found[0]):
            found = (at + len(phrase), way, clause[:at])
    if found is None:
        return None
    gap = clause[found[0] :]
    if words.after_direction.match(gap):
        return Said(found[1], "", found[2])
    if words.object_of_direction.match(gap) and not any(gap.startswith(word) for word in words.no_change):
        return Said(found[1], gap.removeprefix("了"), found[2])
    return None


def comparison_off(said: str) -> str:
    """A clause without what it compares with (支出总计比上年…)."""
    before = None
    while before != said:
        before = said
        cut = narrative_words().compared.search(said)
        said = said[: cut.start()] if cut else said
    return said


def changed_in(said: str, names: Sequence[str]) -> str:
    """What the words before a direction say has changed (支出总计比上年…); empty where they only compare."""
    words = narrative_words()
    said = comparison_off(words.reason.sub("", said))
    named = "" if words.cause.match(said) else subject_of(said, names)
    short = named in words.generic or named in words.dependent or len(named) > words.changed_length
    return "" if short else named


def compared_in(text: str, names: Sequence[str]) -> str:
    """What a clause that only compares names (本年支出与上年相比，增加…): the last of a text that ends in a comma.

    Empty where it says no more than with what.
    """
    head, comma, _ = text.rpartition("，")
    said = re.split(r"[，。；：]", head)[-1] if comma else ""
    has_figure = any(letter.isdigit() for letter in re.sub(r"\d{4}年", "", said))
    return changed_in(said, names) if comparison_off(said) != said and not has_figure else ""


def both_sides(named: str) -> list[str]:
    """The names of revenue and expenditure that one name of both says (收、支总计); none for another name."""
    sides = narrative_words().both_sides
    return [sides.sub(side, named) for side in _SIDES] if sides.search(named) else []
