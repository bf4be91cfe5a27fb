"""The vocabulary of budget tables (``titles.yaml``, ``columns.yaml``, ``items.yaml``), loaded once into typed records.

Code asks; the files answer. A phrase that they do not know is a finding that names the file to add it to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.meanings import Meaning, Rule, TitleRule, any_of, first, named, rule_of, title_rule
from pipeline.normalize.vocabulary_file import load

SHORTEST = 2  # characters: what a heading keeps at least when its qualifiers are left out


@dataclass(frozen=True)
class Vocabulary:
    """Everything that budget tables are recognised by."""

    titles: tuple[TitleRule, ...]
    stand_ins: tuple[TitleRule, ...]
    bare_titles: tuple[TitleRule, ...]
    title_funds: tuple[TitleRule, ...]
    captions: re.Pattern[str]
    units: tuple[re.Pattern[str], ...]
    publisher_lines: tuple[re.Pattern[str], ...]
    empty_notes: re.Pattern[str]
    roles: tuple[Rule, ...]
    meanings: tuple[Rule, ...]
    qualifiers: tuple[re.Pattern[str], ...]
    items: re.Pattern[str]
    item_groups: re.Pattern[str]
    general_budget_parts: tuple[re.Pattern[str], re.Pattern[str]]
    type_parts: dict[str, re.Pattern[str]]
    groups_only: re.Pattern[str]
    beyond_appropriations: re.Pattern[str]
    this_year: re.Pattern[str]
    opening: re.Pattern[str]
    sides: tuple[Rule, ...]
    code_split: frozenset[str]
    subtotals: re.Pattern[str]
    of_a_group: re.Pattern[str]
    executed: re.Pattern[str]
    budgeted: re.Pattern[str]
    planned: re.Pattern[str]
    all_years: re.Pattern[str]
    adjusted: re.Pattern[str]
    first_budget: re.Pattern[str]
    fillers: re.Pattern[str]
    totals: tuple[Rule, ...]
    grand: re.Pattern[str]
    row_periods: tuple[Rule, ...]
    unit_groups: re.Pattern[str]
    adds_up: re.Pattern[str]
    this_year_rows: re.Pattern[str]
    carried_rows: re.Pattern[str]
    carryover: re.Pattern[str]
    carryover_words: re.Pattern[str]
    carried_projects: re.Pattern[str]
    asides: re.Pattern[str]
    carried_forward: re.Pattern[str]
    distribution: re.Pattern[str]
    revenue: tuple[Rule, ...]
    expenditure: tuple[Rule, ...]
    counts: re.Pattern[str]
    level_marks: re.Pattern[str]
    not_filled_in: re.Pattern[str]
    subject_endings: re.Pattern[str]
    subject_aliases: dict[str, str]
    economic_aliases: dict[str, dict[str, str]]
    economic_class_names: dict[str, dict[str, str]]

    def table_of(self, title: str) -> str | None:
        """The table that a plain title names; None when no rule knows it."""
        return named(self.titles, title)

    def stand_in_of(self, title: str) -> str | None:
        """The table of the rule that a table with this plain title says the same as, where there is no such table."""
        return named(self.stand_ins, title)

    def bare_title_of(self, title: str) -> str | None:
        """The table that a plain title without 表 names, where it stands right over a table; None for other lines."""
        return named(self.bare_titles, title)

    def fund_of_title(self, title: str) -> str | None:
        """The fund that a plain title names; None when it names none, or several."""
        return named(self.title_funds, title)

    def revenue_named(self, name: str) -> Meaning | None:
        """What a bare label of a revenue row says: which fund, also of a carry-over, or of what a total is."""
        said = first(self.revenue, name) or first(self.totals, name) or first(self.revenue, self.asides.sub("", name))
        if said is None and self.carryover.fullmatch(name):
            return first(self.revenue, self.carryover_words.sub("", name))
        return said

    def is_balance(self, name: str) -> bool:
        """Whether a bare label is what is carried forward, and no part of how a balance is distributed."""
        return self.carried_forward.fullmatch(name) is not None and not self.distribution.fullmatch(name)

    def role_of(self, phrase: str) -> str | None:
        """The role of a label column with this plain heading."""
        return next((rule.role for rule in self.roles if rule.fits.fullmatch(phrase)), None)

    def side_within(self, phrase: str) -> str | None:
        """The side that words within a plain heading name; None when they name none, or both."""
        named = {rule.meaning.side for rule in self.sides if rule.fits.search(phrase)}
        return named.pop() if len(named) == 1 else None

    def meaning_of(self, phrase: str, above: tuple[str, ...] = (), *, may_be_two: bool = True) -> Meaning | None:
        """What a plain column heading says of its figures; None if unknown. ``above``: the headings over it.

        One that no rule knows is looked up without its qualifiers, then (``may_be_two``) as two known ones in a row.
        """
        said = (first(self.meanings, shorter, above) for shorter in self._shortened(phrase))
        known = next((meaning for meaning in said if meaning), None)
        return known or (self._of_halves(phrase) if may_be_two else None)

    def _of_halves(self, phrase: str) -> Meaning | None:
        """The meaning of 财政拨款基本支出: that of 财政拨款 and of 基本支出, where they do not gainsay each other.

        合计基本支出 is no such phrase: a total says nothing of what follows it, so these are two columns' headings.
        """
        for place in range(SHORTEST, len(phrase) - SHORTEST + 1):
            left, right = first(self.meanings, phrase[:place]), first(self.meanings, phrase[place:])
            if left and right and left != Meaning() and left.agrees(right):
                return left.then(right)
        return None

    def _shortened(self, phrase: str) -> Iterator[str]:
        yield phrase
        for qualifier in self.qualifiers:
            shorter = qualifier.sub("", phrase)
            if len(shorter) >= SHORTEST and shorter != phrase:
                phrase = shorter
                yield phrase


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once. Raises ValueError naming the file when an entry is not usable."""
    titles, columns, items = (load(name) for name in ("titles.yaml", "columns.yaml", "items.yaml"))
    return Vocabulary(
        titles=tuple(title_rule(entry) for entry in titles["titles"]),
        stand_ins=tuple(title_rule(entry) for entry in titles["stand_ins"]),
        bare_titles=tuple(title_rule(entry) for entry in titles["bare_titles"]),
        title_funds=tuple(title_rule(entry) for entry in titles["title_funds"]),
        captions=any_of(titles["captions"]),
        units=tuple(re.compile(pattern) for pattern in titles["units"]),
        publisher_lines=tuple(re.compile(pattern) for pattern in titles["publisher_lines"]),
        empty_notes=any_of(titles["empty_notes"]),
        roles=tuple(rule_of(entry) for entry in columns["roles"]),
        meanings=tuple(rule_of(entry) for entry in columns["meanings"]),
        qualifiers=tuple(re.compile(pattern) for pattern in columns["qualifiers"]),
        items=any_of(columns["items"]),
        item_groups=any_of(columns["item_groups"]),
        general_budget_parts=(any_of(columns["plain_grant"]), any_of(columns["non_tax_grant"])),
        type_parts={kind: any_of(patterns) for kind, patterns in columns["type_parts"].items()},
        groups_only=any_of(columns["groups_only"]),
        beyond_appropriations=any_of(columns["beyond_appropriations"]),
        this_year=any_of(columns["this_year"]),
        opening=any_of(columns["opening"]),
        sides=tuple(rule_of(entry) for entry in columns["sides"]),
        code_split=frozenset(columns["code_split"]),
        subtotals=any_of(columns["subtotals"]),
        of_a_group=any_of(columns["of_a_group"]),
        executed=any_of(columns["executed"]),
        budgeted=any_of(columns["budgeted"]),
        planned=any_of(columns["planned"]),
        all_years=any_of(columns["all_years"]),
        adjusted=any_of(columns["adjusted"]),
        first_budget=any_of(columns["first_budget"]),
        fillers=any_of(columns["fillers"]),
        totals=tuple(rule_of(entry) for entry in items["totals"]),
        grand=any_of(items["grand"]),
        row_periods=tuple(rule_of(entry) for entry in items["row_periods"]),
        unit_groups=any_of(items["unit_groups"]),
        adds_up=any_of(items["adds_up"]),
        this_year_rows=any_of(items["this_year_rows"]),
        carried_rows=any_of(items["carried_rows"]),
        carryover=any_of(items["carryover"]),
        carryover_words=any_of(items["carryover_words"]),
        carried_projects=any_of(items["carried_projects"]),
        asides=any_of(items["asides"]),
        carried_forward=any_of(items["carried_forward"]),
        distribution=any_of(items["distribution"]),
        revenue=tuple(rule_of(entry) for entry in items["revenue"]),
        expenditure=tuple(rule_of(entry) for entry in items["expenditure"]),
        counts=any_of(items["counts"]),
        level_marks=any_of(items["level_marks"]),
        not_filled_in=any_of(items["not_filled_in"]),
        subject_endings=re.compile(f"(?:{'|'.join(items['subject_endings'])})$"),
        subject_aliases=items["subject_aliases"],
        economic_aliases=items["economic_aliases"],
        economic_class_names=items["economic_class_names"],
    )
