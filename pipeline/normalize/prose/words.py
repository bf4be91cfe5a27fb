"""The vocabulary of the text (``vocabulary/narrative.yaml``) as a typed record: phrases are data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pipeline.normalize.vocabulary_file import inverted, longest_first, read_words


@dataclass(frozen=True)
class SectionRule:
    """A section whose heading has any of these words speaks of these tables, the likeliest first."""

    any: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class FacetRule:
    """A subject with any of these words has this value in this column."""

    any: tuple[str, ...]
    field: str
    value: str


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
    units: Annotated[Mapping[str, str], longest_first]
    unit_not_before: Mapping[str, tuple[str, ...]]
    not_after: tuple[str, ...]
    codes_before: re.Pattern[str]
    directions: Annotated[Mapping[str, str], inverted]
    after_direction: re.Pattern[str]
    object_of_direction: re.Pattern[str]
    changes_itself: re.Pattern[str]
    of_one_side: re.Pattern[str]
    no_change: tuple[str, ...]
    share: tuple[str, ...]
    part_marks: tuple[str, ...]
    leading: tuple[str, ...]
    trailing: tuple[str, ...]
    dependent: frozenset[str]
    counted_after: frozenset[str]
    leads_to_count: re.Pattern[str]
    noun_ends: re.Pattern[str]
    dependent_drops: tuple[str, ...]
    generic: frozenset[str]
    generic_of_item: frozenset[str]
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
    sections_of_tables: tuple[SectionRule, ...]
    facets: tuple[FacetRule, ...]
    name_noise: tuple[str, ...]
    totals: tuple[str, ...]
    total_items: frozenset[str]


@cache
def narrative_words() -> NarrativeWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(NarrativeWords, "narrative.yaml")
