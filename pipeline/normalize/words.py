"""The vocabulary of budget tables (``titles.yaml``, ``columns.yaml``, ``items.yaml``), loaded once into typed records.

Code asks; the files answer. A phrase that they do not know is a finding that names the file to add it to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated

from pipeline.normalize.meanings import Meaning, Rule, TitleRule, first, named, rules_of, title_rules
from pipeline.normalize.vocabulary_file import read_words

TitleRules = Annotated[tuple[TitleRule, ...], title_rules]
Rules = Annotated[tuple[Rule, ...], rules_of]
SHORTEST = 2  # characters: what a heading keeps at least when its qualifiers are left out


def at_the_end(endings: list[str]) -> re.Pattern[str]:
    """A pattern for what ends in one of several."""
    return re.compile(f"(?:{'|'.join(endings)})$")


@dataclass(frozen=True)
class Vocabulary:
    """Everything that budget tables are recognised by; the files say what each key finds.

    All are for plain phrases but ``money_behind`` and ``seals``.
    """

    titles: TitleRules
    stand_ins: TitleRules
    bare_titles: TitleRules
    title_funds: TitleRules
    carried_titles: re.Pattern[str]
    government_titles: re.Pattern[str]
    title_ends: re.Pattern[str]
    organisations: tuple[str, ...]
    behind_whose: str
    unit_behind: re.Pattern[str]
    money_behind: re.Pattern[str]
    seals: re.Pattern[str]
    heading_lines: re.Pattern[str]
    captions: re.Pattern[str]
    units: tuple[re.Pattern[str], ...]
    publisher_lines: tuple[re.Pattern[str], ...]
    empty_notes: re.Pattern[str]
    roles: Rules
    meanings: Rules
    qualifiers: tuple[re.Pattern[str], ...]
    items: re.Pattern[str]
    item_groups: re.Pattern[str]
    plain_grant: re.Pattern[str]
    non_tax_grant: re.Pattern[str]
    type_parts: Mapping[str, re.Pattern[str]]
    groups_only: re.Pattern[str]
    beyond_appropriations: re.Pattern[str]
    rest_of_funds: re.Pattern[str]
    this_year: re.Pattern[str]
    opening: re.Pattern[str]
    sides: Rules
    code_split: tuple[re.Pattern[str], ...]
    subtotals: re.Pattern[str]
    of_a_group: re.Pattern[str]
    executed: re.Pattern[str]
    budgeted: re.Pattern[str]
    planned: re.Pattern[str]
    all_years: re.Pattern[str]
    adjusted: re.Pattern[str]
    first_budget: re.Pattern[str]
    fillers: re.Pattern[str]
    totals: Rules
    grand: re.Pattern[str]
    row_periods: Rules
    unit_groups: re.Pattern[str]
    sums_of_some: re.Pattern[str]
    adds_up: re.Pattern[str]
    this_year_rows: re.Pattern[str]
    carried_rows: re.Pattern[str]
    carryover: re.Pattern[str]
    carryover_words: re.Pattern[str]
    carried_projects: re.Pattern[str]
    asides: re.Pattern[str]
    carried_forward: re.Pattern[str]
    distribution: re.Pattern[str]
    revenue: Rules
    expenditure: Rules
    counts: re.Pattern[str]
    level_marks: re.Pattern[str]
    not_filled_in: re.Pattern[str]
    subject_endings: Annotated[re.Pattern[str], at_the_end]
    subject_aliases: Mapping[str, str]
    economic_aliases: Mapping[str, Mapping[str, str]]
    economic_class_names: Mapping[str, Mapping[str, str]]

    @cached_property
    def whose(self) -> re.Pattern[str]:
        """What a plain title begins with that says whose table it is."""
        return re.compile(f"^[^()]{{2,30}}?(?:{'|'.join(self.organisations)})(?={self.behind_whose})")

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
    """The vocabulary, read once. Raises ValueError naming the files and the key when an entry is not usable."""
    return read_words(Vocabulary, "titles.yaml", "columns.yaml", "items.yaml")
