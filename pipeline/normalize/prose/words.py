"""The vocabulary of the text (``vocabulary/narrative.yaml``) as a typed record: phrases are data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.vocabulary_file import VocabularyFile, inverted, longest_first


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
    codes_before: re.Pattern[str]
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
    leads_to_count: re.Pattern[str]
    noun_ends: re.Pattern[str]
    dependent_drops: tuple[str, ...]
    generic: frozenset[str]
    explains: re.Pattern[str]
    item_named: re.Pattern[str]
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
def narrative_words() -> NarrativeWords:
    """The phrases of ``vocabulary/narrative.yaml``; units are ordered longest first."""
    data = VocabularyFile("narrative.yaml")
    directions = {word: way for way in ("increase", "decrease") for word in data.words(way)}
    return NarrativeWords(
        headings=data.patterns("headings"),
        heading_length=data.number("heading_length"),
        not_headings=data.patterns("not_headings"),
        contents_line=data.pattern("contents_line"),
        contents_titles=frozenset(data.words("contents_titles")),
        publisher_lines=data.pattern("publisher_lines"),
        speakers=data.words("speakers"),
        units=longest_first(inverted(data.section("units"))),
        unit_not_before={unit: tuple(words) for unit, words in data.section("unit_not_before").items()},
        not_after=data.words("not_after"),
        codes_before=data.pattern("codes_before"),
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
        leads_to_count=data.pattern("leads_to_count"),
        noun_ends=data.pattern("noun_ends"),
        dependent_drops=data.words("dependent_drops"),
        generic=frozenset(data.words("generic")),
        explains=data.pattern("explains"),
        item_named=data.pattern("item_named"),
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
