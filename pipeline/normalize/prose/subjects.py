"""What a number measures: the words before it, without dates, names and words that only join."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.normalize.prose.words import NarrativeWords, narrative_words

_YEAR = re.compile(r"^(?:截至)?(?:\d{4}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初)?)")
_CODE = re.compile(r"[（(]\d{3,7}[）)]")
_CODED = re.compile(r"^\d{3,7}[-－—]")
_EDGES = "，。；：:、 "
_LEAD_LENGTH = 60


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


def direction_of(clause: str) -> tuple[str | None, str]:
    """The direction that a clause gives its number, and the object between them (增加人员经费20万元)."""
    words = narrative_words()
    found: tuple[int, str, str] | None = None
    for phrase, way in words.directions.items():
        at = clause.rfind(phrase)
        if at >= 0 and (found is None or at + len(phrase) > found[0]):
            found = (at + len(phrase), way, clause[at + len(phrase) :])
    if found is None:
        return None, ""
    gap = found[2]
    if words.after_direction.match(gap):
        return found[1], ""
    if words.object_of_direction.match(gap) and not any(gap.startswith(word) for word in words.no_change):
        return found[1], gap.removeprefix("了")
    return None, ""


def changes_itself(clause: str) -> str:
    """What a clause says of itself that it changed (其中：基本支出增加13.87万元); empty where it names nothing."""
    found = narrative_words().changes_itself.fullmatch(clause.strip(_EDGES))
    return found["name"] if found else ""


def of_one_side(sentence: str, printed: str) -> bool:
    """Whether a change is that of all revenue or expenditure spoken of before (支出较去年增加7.55万元)."""
    return narrative_words().of_one_side.search(sentence.partition(printed)[0]) is not None
