"""The vocabulary of performance sheets, targets and text, as typed records: phrases are data, never code.

Each ``*_words()`` reads one file of ``vocabulary/`` once. Raises ValueError naming the file and the key when a file
lacks what the code needs, so that a slip in the vocabulary is told where it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "vocabulary"
_BRACKETS = re.compile(r"[（(［\[【][^（）()［］\[\]【】]*[）)］\]】]")
_LEAD = re.compile(r"^(其中[：:]?|[一二三四五六七八九十]+、|\d+[.、．])")
_EDGES = "：:，,。；;、 *＊"


def squeeze(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """What a printed label is compared by: no white space, brackets, colons, leading 其中 or numbering."""
    bare = _BRACKETS.sub("", squeeze(text)).strip(_EDGES)
    shorter = _LEAD.sub("", bare).strip(_EDGES)
    return shorter or bare


@dataclass(frozen=True)
class SheetWords:
    """Phrases of ``sheets.yaml``: a printed key → what it means."""

    titles: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str]
    fields: Mapping[str, str]
    goals: Mapping[str, str]
    totals: Mapping[str, str]
    sources: Mapping[str, str]
    labels: frozenset[str]
    people: frozenset[str]
    department_names: frozenset[str]
    department_markers: frozenset[str]
    department_goals: frozenset[str]
    headings: frozenset[str]
    row_headings: frozenset[str]
    text_headings: frozenset[str]
    level1: tuple[str, ...]
    level2: Mapping[str, tuple[str, ...]]
    level2_suffix: str
    recurrence: tuple[str, ...]
    operators_printed: frozenset[str]
    units: tuple[str, ...]
    dashes: frozenset[str]
    coded_department: re.Pattern[str]
    coded_project: re.Pattern[str]
    numbered_indicator: re.Pattern[str]
    stamp: re.Pattern[str]


@dataclass(frozen=True)
class TargetWords:
    """Phrases of ``targets.yaml``: how an operator, a date, an approximation is printed."""

    operators: Mapping[str, str]
    trailing: Mapping[str, str]
    qualitative: frozenset[str]
    approximate_before: tuple[str, ...]
    approximate_after: tuple[str, ...]
    dates: tuple[re.Pattern[str], ...]
    unit_words: frozenset[str]


@dataclass(frozen=True)
class NarrativeWords:
    """Phrases of ``narrative.yaml``; every mapping keeps the file's order, so the first rule wins."""

    headings: tuple[re.Pattern[str], ...]
    heading_length: int
    not_headings: tuple[re.Pattern[str], ...]
    contents_line: re.Pattern[str]
    contents_titles: frozenset[str]
    publisher_lines: re.Pattern[str]
    speakers: tuple[str, ...]
    units: Mapping[str, str]
    unit_not_before: Mapping[str, tuple[str, ...]]
    not_after: tuple[str, ...]
    directions: Mapping[str, str]
    after_direction: re.Pattern[str]
    object_of_direction: re.Pattern[str]
    no_change: tuple[str, ...]
    share: tuple[str, ...]
    part_marks: tuple[str, ...]
    comparison: tuple[str, ...]
    leading: tuple[str, ...]
    trailing: tuple[str, ...]
    dependent: frozenset[str]
    counted_after: frozenset[str]
    dependent_drops: tuple[str, ...]
    generic: frozenset[str]
    bounds: re.Pattern[str]
    numerals: Mapping[str, int]
    counted: re.Pattern[str]
    name_lists: re.Pattern[str]
    list_end: re.Pattern[str]
    glossary_titles: tuple[str, ...]
    glossary_entries: tuple[re.Pattern[str], ...]
    profile_sections: tuple[str, ...]
    profile_kinds: frozenset[str]
    profile_amount_sections: tuple[str, ...]
    sections_of_tables: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    facets: tuple[tuple[tuple[str, ...], str, str], ...]
    name_noise: tuple[str, ...]
    totals: tuple[str, ...]
    total_items: frozenset[str]


@cache
def sheet_words() -> SheetWords:
    """The phrases of ``vocabulary/sheets.yaml``."""
    data = _File("sheets.yaml")
    department = data.section("department")
    return SheetWords(
        titles={kind: tuple(words) for kind, words in data.section("titles").items()},
        columns=_inverted(data.section("columns")),
        fields=_inverted(data.section("fields")),
        goals=_inverted(data.section("goals")),
        totals=_inverted(data.section("totals")),
        sources=_inverted(data.section("sources")),
        labels=frozenset(data.words("labels")),
        people=frozenset(data.words("people")),
        department_names=frozenset(department["name"]),
        department_markers=frozenset(department["markers"]),
        department_goals=frozenset(department["goal"]),
        headings=frozenset(department["headings"]),
        row_headings=frozenset(department["row_headings"]),
        text_headings=frozenset(department["text_headings"]),
        level1=data.words("level1"),
        level2={name: tuple(firsts) for name, firsts in data.section("level2").items()},
        level2_suffix=data.text("level2_suffix"),
        recurrence=data.words("recurrence"),
        operators_printed=frozenset(data.words("operators_printed")),
        units=data.words("units"),
        dashes=frozenset(data.words("dash")),
        coded_department=data.pattern("coded_department"),
        coded_project=data.pattern("coded_project"),
        numbered_indicator=data.pattern("numbered_indicator"),
        stamp=data.pattern("stamp"),
    )


@cache
def target_words() -> TargetWords:
    """The phrases of ``vocabulary/targets.yaml``; operators and trailing words are ordered longest first."""
    data = _File("targets.yaml")
    return TargetWords(
        operators=_longest_first(_inverted(data.section("operators"))),
        trailing=_longest_first(_inverted(data.section("trailing"))),
        qualitative=frozenset(data.words("qualitative")),
        approximate_before=data.words("approximate_before"),
        approximate_after=data.words("approximate_after"),
        dates=data.patterns("dates"),
        unit_words=frozenset(data.words("unit_words")),
    )


@cache
def narrative_words() -> NarrativeWords:
    """The phrases of ``vocabulary/narrative.yaml``; units are ordered longest first."""
    data = _File("narrative.yaml")
    directions = {word: way for way in ("increase", "decrease") for word in data.words(way)}
    return NarrativeWords(
        headings=data.patterns("headings"),
        heading_length=data.number("heading_length"),
        not_headings=data.patterns("not_headings"),
        contents_line=data.pattern("contents_line"),
        contents_titles=frozenset(data.words("contents_titles")),
        publisher_lines=data.pattern("publisher_lines"),
        speakers=data.words("speakers"),
        units=_longest_first(_inverted(data.section("units"))),
        unit_not_before={unit: tuple(words) for unit, words in data.section("unit_not_before").items()},
        not_after=data.words("not_after"),
        directions=directions,
        after_direction=data.pattern("after_direction"),
        object_of_direction=data.pattern("object_of_direction"),
        no_change=data.words("no_change"),
        share=data.words("share"),
        part_marks=data.words("part_marks"),
        comparison=data.words("comparison"),
        leading=data.words("leading"),
        trailing=data.words("trailing"),
        dependent=frozenset(data.words("dependent")),
        counted_after=frozenset(data.words("counted_after")),
        dependent_drops=data.words("dependent_drops"),
        generic=frozenset(data.words("generic")),
        bounds=data.pattern("bounds"),
        numerals=data.section("numerals"),
        counted=data.pattern("counted"),
        name_lists=data.pattern("name_lists"),
        list_end=data.pattern("list_end"),
        glossary_titles=data.words("glossary_titles"),
        glossary_entries=(data.pattern("glossary_entry"), data.pattern("glossary_means")),
        profile_sections=data.words("profile_sections"),
        profile_kinds=frozenset(data.words("profile_kinds")),
        profile_amount_sections=data.words("profile_amount_sections"),
        sections_of_tables=tuple((tuple(r["any"]), tuple(r["tables"])) for r in data.rules("sections_of_tables")),
        facets=tuple((tuple(r["any"]), r["field"], r["value"]) for r in data.rules("facets")),
        name_noise=data.words("name_noise"),
        totals=data.words("totals"),
        total_items=frozenset(data.words("total_items")),
    )


class _File:
    """One vocabulary file; a missing key is told with the file's name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))

    def _get(self, key: str, kind: type) -> Any:
        value = self.data.get(key)
        if not isinstance(value, kind):
            raise ValueError(f"vocabulary/{self.name}: '{key}' must be a {kind.__name__}")
        return value

    def section(self, key: str) -> dict[str, Any]:
        section: dict[str, Any] = self._get(key, dict)
        return section

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(self._get(key, list))

    def rules(self, key: str) -> tuple[dict[str, Any], ...]:
        return tuple(self._get(key, list))

    def number(self, key: str) -> int:
        number: int = self._get(key, int)
        return number

    def pattern(self, key: str) -> re.Pattern[str]:
        return re.compile(self.text(key))

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.words(key))

    def text(self, key: str) -> str:
        text: str = self._get(key, str)
        return text


VocabularyFile = _File  # for the readers of contents.yaml and statements.yaml


def _inverted(section: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: meaning for meaning, words in section.items() for word in words}


def _longest_first(words: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))
