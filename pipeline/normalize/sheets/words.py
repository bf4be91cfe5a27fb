"""The vocabulary of performance sheets (``vocabulary/sheets.yaml``) as a typed record: phrases are data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.vocabulary_file import VocabularyFile, inverted


@dataclass(frozen=True)
class SheetWords:
    """Phrases of ``sheets.yaml``: a printed key → what it means."""

    titles: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str]
    evaluation: frozenset[str]
    term_targets: frozenset[str]
    fields: Mapping[str, str]
    goals: Mapping[str, str]
    totals: Mapping[str, str]
    totals_beside: Mapping[str, str]
    money: frozenset[str]
    sources: Mapping[str, str]
    untaken_sources: frozenset[str]
    labels: frozenset[str]
    people: frozenset[str]
    department_names: frozenset[str]
    department_markers: frozenset[str]
    department_goals: frozenset[str]
    department_rows: frozenset[str]
    department_texts: frozenset[str]
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
    year: re.Pattern[str]


@cache
def sheet_words() -> SheetWords:
    """The phrases of ``vocabulary/sheets.yaml``."""
    data = VocabularyFile("sheets.yaml")
    department = data.section("department")
    return SheetWords(
        titles={kind: tuple(words) for kind, words in data.section("titles").items()},
        columns=inverted(data.section("columns")),
        evaluation=frozenset(data.words("evaluation")),
        term_targets=frozenset(data.words("term_targets")),
        fields=inverted(data.section("fields")),
        goals=inverted(data.section("goals")),
        totals=inverted(data.section("totals")),
        totals_beside=inverted(data.section("totals_beside")),
        money=frozenset(data.words("money")),
        sources=inverted(data.section("sources")),
        untaken_sources=frozenset(data.words("untaken_sources")),
        labels=frozenset(data.words("labels")),
        people=frozenset(data.words("people")),
        department_names=frozenset(department["name"]),
        department_markers=frozenset(department["markers"]),
        department_goals=frozenset(department["goal"]),
        department_rows=frozenset(department["rows"]),
        department_texts=frozenset(department["texts"]),
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
        year=data.pattern("year"),
    )
