"""The vocabulary of performance sheets (``vocabulary/sheets.yaml``) as a typed record: phrases are data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pipeline.normalize.vocabulary_file import inverted, read_words

_Meanings = Annotated[Mapping[str, str], inverted]  # a printed key → what it means


@dataclass(frozen=True)
class DepartmentWords:
    """Labels and headings of the whole-department form."""

    name: frozenset[str]
    markers: frozenset[str]
    goal: frozenset[str]
    headings: frozenset[str]
    row_headings: frozenset[str]
    text_headings: frozenset[str]
    texts: frozenset[str]
    rows: frozenset[str]


@dataclass(frozen=True)
class SheetWords:
    """Phrases of ``sheets.yaml``; the file says what each key holds."""

    titles: Mapping[str, tuple[str, ...]]
    columns: _Meanings
    evaluation: frozenset[str]
    term_targets: frozenset[str]
    fields: _Meanings
    goals: _Meanings
    totals: _Meanings
    totals_beside: _Meanings
    money: frozenset[str]
    sources: _Meanings
    untaken_sources: frozenset[str]
    department: DepartmentWords
    labels: frozenset[str]
    people: frozenset[str]
    level1: tuple[str, ...]
    level2: Mapping[str, tuple[str, ...]]
    level2_suffix: str
    recurrence: tuple[str, ...]
    operators_printed: frozenset[str]
    units: tuple[str, ...]
    dash: frozenset[str]
    coded_department: re.Pattern[str]
    coded_project: re.Pattern[str]
    numbered_indicator: re.Pattern[str]
    stamp: re.Pattern[str]
    year: re.Pattern[str]


@cache
def sheet_words() -> SheetWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(SheetWords, "sheets.yaml")
