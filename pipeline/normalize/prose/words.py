"""The vocabulary of the text (``vocabulary/narrative.yaml``) as a typed record: phrases are data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated

from pipeline.directions import directions
from pipeline.normalize.vocabulary_file import longest_first, read_words

EITHER = "either"  # the direction of a change that only the number's sign tells


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
    this_year: re.Pattern[str]
    speakers: tuple[str, ...]
    units: Annotated[Mapping[str, str], longest_first]
    unit_not_before: Mapping[str, tuple[str, ...]]
    not_after: tuple[str, ...]
    codes_before: re.Pattern[str]
    after_direction: re.Pattern[str]
    object_of_direction: re.Pattern[str]
    no_change: tuple[str, ...]
    compared: re.Pattern[str]
    reason: re.Pattern[str]
    cause: re.Pattern[str]
    noise_of_totals: re.Pattern[str]
    object_behind: re.Pattern[str]
    changed_length: int
    both_sides: re.Pattern[str]
    moved_from: re.Pattern[str]
    moved_to: re.Pattern[str]
    moved: re.Pattern[str]
    compared_with: re.Pattern[str]
    compares: re.Pattern[str]
    share: tuple[str, ...]
    of_a_plan: re.Pattern[str]
    each: re.Pattern[str]
    each_partly: re.Pattern[str]
    level: re.Pattern[str]
    between_listed: re.Pattern[str]
    goes_on: re.Pattern[str]
    noun_between: re.Pattern[str]
    joins: re.Pattern[str]
    whole_names: tuple[str, ...]
    part_marks: tuple[str, ...]
    leading: tuple[str, ...]
    trailing: tuple[str, ...]
    dependent: frozenset[str]
    counted_after: re.Pattern[str]
    leads_to_count: re.Pattern[str]
    noun_ends: re.Pattern[str]
    dependent_drops: tuple[str, ...]
    enters: re.Pattern[str]
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
    defines: re.Pattern[str]
    glossary_entries: tuple[re.Pattern[str], ...]
    profile_sections: tuple[str, ...]
    profile_kinds: frozenset[str]
    profile_amount_sections: tuple[str, ...]
    sections_of_tables: tuple[SectionRule, ...]
    facets: tuple[FacetRule, ...]
    name_noise: tuple[str, ...]
    other_names: Mapping[str, str]
    totals: tuple[str, ...]
    total_items: frozenset[str]

    @cached_property
    def directions(self) -> Mapping[str, str]:
        """The direction of each word of a change; ``EITHER`` where only the number's sign tells."""
        return directions().ways

    @property
    def either(self) -> tuple[str, ...]:
        """The words of a change whose direction only the number's sign tells."""
        return directions().either


@cache
def narrative_words() -> NarrativeWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(NarrativeWords, "narrative.yaml")
