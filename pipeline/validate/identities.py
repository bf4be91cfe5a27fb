"""What an identity is, in typed records: never how one is computed, nor how ``identities.yaml`` spells it.

A *selector* picks rows of one published table (and of those that ``rows`` derives) and says under which key they are
put together. A *family* is one identity over all the keys of a document: a ``sum`` (weighted figures on both sides),
a ``ratio`` (a printed percentage), a ``quotient`` (of two figures, within bounds), or a ``structure`` (a statement
about codes, names and blanks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Rule = Literal["unique", "agree", "same_set", "present", "nothing", "together", "increasing"]
RULES: tuple[Rule, ...] = ("unique", "agree", "same_set", "present", "nothing", "together", "increasing")


@dataclass(frozen=True, slots=True)
class Condition:
    """``column`` holds one of ``values`` (or, ``negated``, none of them); None stands for a blank."""

    column: str
    values: tuple[object, ...]
    negated: bool = False

    def holds(self, value: object) -> bool:
        """Whether a row with this value in the column is picked."""
        return (value in self.values) != self.negated


@dataclass(frozen=True, slots=True)
class Selector:
    """Rows of one table, keyed by the columns ``by``; ``measure`` ± ``half_unit`` is the figure of a row.

    ``half_unit`` is a column or a number in yuan. ``required``: without a row under a key there is no check there.
    ``unit`` is what the measure is counted in where the rows do not say (张, 个); money needs none.
    """

    table: str
    conditions: tuple[Condition, ...]
    by: tuple[str, ...]
    weight: Decimal = Decimal(1)
    measure: str = "amount"
    half_unit: str = "half_unit"
    required: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages, with ``{placeholders}``."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Instead:
    """What a figure that is not what it should be may have been taken for: a sum, and what it is called."""

    name: Words
    side: tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """left = right for every key; with several ``readings`` of the right side the document follows one throughout.

    ``absent_is_zero``: a key that the right side lacks is zero there, where it has others that differ in the last part.
    ``instead``: where the two differ, the left side may be exactly one of these, and so no slip but another definition.
    ``leeway``: money of which the left side may hold any part beside the first reading; within it nothing can be said.
    """

    left: tuple[Selector, ...]
    readings: tuple[tuple[Selector, ...], ...]
    absent_is_zero: bool = False
    instead: tuple[Instead, ...] = ()
    leeway: tuple[Selector, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed percentage = numerator / denominator."""

    percent: Selector
    numerator: Selector
    denominator: Selector


@dataclass(frozen=True, slots=True)
class Quotient:
    """low ≤ numerator / denominator ≤ high: what is plausible, in the units of the two figures."""

    numerator: Selector
    denominator: Selector
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Structure:
    """A rule about rows: see ``structure`` for what each does with ``rows``, ``others`` and the columns ``of``."""

    rule: Rule
    rows: tuple[Selector, ...]
    of: tuple[str, ...]


Form = Sum | Ratio | Quotient | Structure


@dataclass(frozen=True, slots=True)
class Guard:
    """Whether the document has a (``nonzero``) row of the selector; ``wanted`` says which answer lets the family in."""

    selector: Selector
    wanted: bool
    nonzero: bool


@dataclass(frozen=True, slots=True)
class Family:
    """One family of identities.

    ``covers`` names the entries of the catalogue it answers for. ``when`` is a list of alternatives that must each be
    met. ``definition_may_differ``: places define the two sides differently; see ``sums.by_definition``.
    ``failure`` says what is wrong where a structure fails, in place of the statement and "it is not so".
    ``only_first_asserts``: a document may also follow a later reading, but what then fails is no error.
    ``fails_only_as_slip``: what the sides are is read from words, so that only a slip of the pen between them is called
    a failure. ``blocked_by``: a document with such a row has not been read whole, so that what fails is blocked.
    """

    id: str
    covers: tuple[str, ...]
    scope: str
    kind: str
    severity: str
    name: Words
    statement: Words
    check_id: str
    form: Form
    when: tuple[tuple[Guard, ...], ...]
    definition_may_differ: bool
    only_first_asserts: bool
    fails_only_as_slip: bool
    failure: Words | None = None
    blocked_by: tuple[Selector, ...] = ()

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """All that it picks rows with, those of its guards included."""
        guards = (guard.selector for alternatives in self.when for guard in alternatives)
        return (*_selectors_of(self.form), *guards, *self.blocked_by)


def _selectors_of(form: Form) -> tuple[Selector, ...]:
    if isinstance(form, Sum):
        others = (*form.readings, form.leeway, *(each.side for each in form.instead))
        return (*form.left, *(selector for side in others for selector in side))
    if isinstance(form, Structure):
        return form.rows
    both = (form.numerator, form.denominator)
    return (form.percent, *both) if isinstance(form, Ratio) else both


@dataclass(frozen=True)
class Identities:
    """The whole file: the families and the vocabulary that ``rows`` reads labels with.

    ``vocabulary`` maps a role to patterns that match a whole label; ``numbering`` are the numbers before a label, one
    pattern a style; ``hierarchies`` map a column to {value: its parts}; ``outlines`` name the tables read by numbering.
    ``phrases`` map a role to patterns for what the text and the sheets measure; ``indicator_kinds`` are the kinds of
    indicator that a project's sheet has; ``required_tables`` map a type of document to {table_id: title};
    ``descriptions`` are patterns for what a project's own words say of its money; ``crosswalk`` maps an economic code
    of the government's scheme to the department's codes that it takes in; ``list_parts`` are patterns for what the text
    lists parts of, by type of expenditure; ``wording`` are patterns for what it says beside its figures; ``bridges``
    map a functional subject to the economic item that its basic expenditure consists of.
    """

    families: tuple[Family, ...]
    vocabulary: Mapping[str, re.Pattern[str]]
    numbering: tuple[re.Pattern[str], ...]
    hierarchies: Mapping[str, Mapping[str, str]]
    numbered_tables: frozenset[str]
    phrases: Mapping[str, re.Pattern[str]]
    indicator_kinds: tuple[str, ...]
    required_tables: Mapping[str, Mapping[str, str]]
    descriptions: Mapping[str, re.Pattern[str]]
    crosswalk: Mapping[str, frozenset[str]]
    list_parts: Mapping[str, re.Pattern[str]]
    wording: Mapping[str, re.Pattern[str]]
    bridges: Mapping[str, str]
