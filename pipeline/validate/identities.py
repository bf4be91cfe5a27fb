"""``expectations/identities.yaml`` as typed records: what the identities are, never how they are computed.

A *selector* picks rows of one published table (and of the columns that ``records`` derives) and says under which key
they are put together. A *family* is one identity over all the keys of a document: a ``sum`` (weighted figures on both
sides), a ``ratio`` (a printed percentage), or a ``structure`` (a statement about codes, names and blanks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

import yaml

from pipeline.schema import CHECK_KINDS, CHECK_SCOPES, SEVERITIES

PATH = Path(__file__).parents[2] / "expectations" / "identities.yaml"
Rule = Literal["unique", "agree", "same_set", "present", "nothing", "together", "increasing"]
RULES: tuple[Rule, ...] = ("unique", "agree", "same_set", "present", "nothing", "together", "increasing")


class IdentitiesError(ValueError):
    """identities.yaml says something that cannot be used; the message names the family and the word."""


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
class Sum:
    """left = right for every key; with several ``readings`` of the right side the document follows one throughout."""

    left: tuple[Selector, ...]
    readings: tuple[tuple[Selector, ...], ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed percentage = numerator / denominator."""

    percent: Selector
    numerator: Selector
    denominator: Selector


@dataclass(frozen=True, slots=True)
class Structure:
    """A rule about rows: see ``structure`` for what each does with ``rows``, ``others`` and the columns ``of``."""

    rule: Rule
    rows: tuple[Selector, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """Whether the document has a (``nonzero``) row of the selector; ``wanted`` says which answer lets the family in."""

    selector: Selector
    wanted: bool
    nonzero: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages, with ``{placeholders}``."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Family:
    """One family of identities.

    ``covers`` names the entries of the catalogue it answers for. ``when`` is a list of alternatives that must each be
    met. ``definition_may_differ``: places define the two sides differently; see ``evaluate.by_definition``.
    ``failure`` says what is wrong where a structure fails, in place of the statement and "it is not so".
    ``only_first_asserts``: a document may also follow a later reading, but what then fails is no error.
    ``fails_only_as_slip``: what the sides are is read from words, so that only a slip of the pen between them is called
    a failure.
    """

    id: str
    covers: tuple[str, ...]
    scope: str
    kind: str
    severity: str
    name: Words
    statement: Words
    check_id: str
    form: Sum | Ratio | Structure
    when: tuple[tuple[Guard, ...], ...]
    definition_may_differ: bool
    only_first_asserts: bool
    fails_only_as_slip: bool
    failure: Words | None = None


@dataclass(frozen=True)
class Identities:
    """The whole file: the families and the vocabulary that ``records`` and ``outline`` read labels with.

    ``vocabulary`` maps a role to patterns that match a whole label; ``numbering`` are the numbers before a label, one
    pattern a style; ``hierarchies`` map a column to {value: its parts}; ``outlines`` name the tables read by numbering.
    ``phrases`` map a role to patterns for what the text and the sheets measure; ``indicator_kinds`` are the kinds of
    indicator that a project's sheet has; ``required_tables`` map a type of document to {table_id: title};
    ``descriptions`` are patterns for what a project's own words say of its money; ``crosswalk`` maps an economic code
    of the government's scheme to the department's codes that it takes in.
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


@lru_cache(maxsize=4)
def load_identities(path: Path = PATH) -> Identities:
    """Read and check the file.

    Raises FileNotFoundError when it is not there, and IdentitiesError naming the family for an unknown word.
    """
    with path.open(encoding="utf-8") as file:
        raw = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    families = tuple(_family(each) for each in raw["families"])
    _refuse_twins([family.id for family in families])
    return Identities(
        families,
        {name: _any_of(patterns) for name, patterns in raw["vocabulary"].items()},
        tuple(re.compile(pattern) for pattern in raw["numbering"]),
        {column: _parents(tree) for column, tree in raw["hierarchies"].items()},
        frozenset(raw["numbered_tables"]),
        {name: _any_of(patterns) for name, patterns in raw.get("phrases", {}).items()},
        tuple(raw.get("indicator_kinds", ())),
        raw.get("required_tables", {}),
        {name: _any_of(patterns) for name, patterns in raw.get("descriptions", {}).items()},
        {code: frozenset(parts) for code, parts in raw.get("crosswalk", {}).items()},
    )


def _family(raw: Mapping[str, object]) -> Family:
    name = str(raw.get("id"))
    unknown = set(raw) - _FAMILY_WORDS
    if unknown:
        raise IdentitiesError(f"identities.yaml, family {name}: unknown words {', '.join(sorted(unknown))}")
    return Family(
        id=name,
        covers=tuple(_texts(raw.get("covers", [name]))),
        scope=_one_of(name, "scope", raw, CHECK_SCOPES),
        kind=_one_of(name, "kind", raw, CHECK_KINDS),
        severity=_one_of(name, "severity", {"severity": "error", **raw}, SEVERITIES),
        name=_words(raw["name"]),
        statement=_words(raw["statement"]),
        check_id=str(raw.get("check_id", name)),
        form=_form(name, raw),
        when=tuple(_alternatives(name, each) for each in cast("list[object]", raw.get("when", []))),
        definition_may_differ=bool(raw.get("definition_may_differ", False)),
        only_first_asserts=bool(raw.get("only_first_asserts", False)),
        fails_only_as_slip=bool(raw.get("fails_only_as_slip", False)),
        failure=_words(raw["failure"]) if "failure" in raw else None,
    )


_FORMS = ("sum", "ratio", *RULES)
_FAMILY_WORDS = {
    "id", "covers", "scope", "kind", "severity", "name", "statement", "check_id", "when", "definition_may_differ",
    "only_first_asserts", "fails_only_as_slip", "failure",
    *_FORMS,
}  # fmt: skip
_SELECTOR_WORDS = {"from", "where", "by", "weight", "measure", "half_unit", "required", "unit"}


def _form(name: str, raw: Mapping[str, object]) -> Sum | Ratio | Structure:
    found = [form for form in _FORMS if form in raw]
    if len(found) != 1:
        raise IdentitiesError(f"identities.yaml, family {name}: give exactly one of {', '.join(_FORMS)}")
    body = cast("Mapping[str, object]", raw[found[0]])
    if found[0] == "sum":
        return _sum(name, body)
    if found[0] == "ratio":
        parts = ("percent", "numerator", "denominator")
        return Ratio(*(_selector(name, body[part], ()) for part in parts))
    rows = tuple(_selector(name, each, ()) for each in cast("list[object]", body["rows"]))
    return Structure(cast("Rule", found[0]), rows, tuple(_texts(body.get("of", []))))


def _sum(name: str, body: Mapping[str, object]) -> Sum:
    left = _selectors(name, body["left"], ())
    readings = cast("list[object]", body.get("readings") or [body["right"]])
    return Sum(left, tuple(_selectors(name, reading, left[0].by) for reading in readings))


def _selectors(name: str, raw: object, by: tuple[str, ...]) -> tuple[Selector, ...]:
    each = raw if isinstance(raw, list) else [raw]
    return tuple(_selector(name, one, by) for one in each)


def _selector(name: str, raw: object, by: tuple[str, ...]) -> Selector:
    words = cast("Mapping[str, object]", raw)
    unknown = set(words) - _SELECTOR_WORDS
    if unknown:
        raise IdentitiesError(f"identities.yaml, family {name}: a selector knows no {', '.join(sorted(unknown))}")
    where = cast("Mapping[str, object]", words.get("where", {}))
    return Selector(
        table=str(words.get("from", "budget_lines")),
        conditions=tuple(_condition(column, value) for column, value in where.items()),
        by=tuple(_texts(words["by"])) if "by" in words else by,
        weight=Decimal(str(words.get("weight", 1))),
        measure=str(words.get("measure", "amount")),
        half_unit=str(words.get("half_unit", "half_unit")),
        required=bool(words.get("required", False)),
        unit=str(words.get("unit", "")),
    )


def _condition(column: str, value: object) -> Condition:
    if isinstance(value, dict):
        return Condition(column, _values(value["not"]), negated=True)
    return Condition(column, _values(value))


def _values(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _alternatives(name: str, raw: object) -> tuple[Guard, ...]:
    words = cast("Mapping[str, object]", raw)
    if "one_of" in words:
        return tuple(guard for each in cast("list[object]", words["one_of"]) for guard in _alternatives(name, each))
    (wanted, where), *rest = words.items()
    if rest or wanted not in ("any", "none", "any_row", "no_row"):
        raise IdentitiesError(f"identities.yaml, family {name}: a condition is any, none, any_row, no_row or one_of")
    selector = _selector(name, where, ())
    return (Guard(selector, wanted in ("any", "any_row"), nonzero=wanted in ("any", "none")),)


def _one_of(name: str, word: str, raw: Mapping[str, object], allowed: Sequence[str]) -> str:
    value = str(raw.get(word))
    if value not in allowed:
        raise IdentitiesError(f"identities.yaml, family {name}: {word} '{value}' is none of {', '.join(allowed)}")
    return value


def _words(raw: object) -> Words:
    words = cast("Mapping[str, str]", raw)
    return Words(words["zh"], words["en"])


def _texts(raw: object) -> list[str]:
    return [str(each) for each in raw] if isinstance(raw, list) else [str(raw)]


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _parents(tree: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {part: whole for whole, parts in tree.items() for part in parts}


def _refuse_twins(names: Sequence[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise IdentitiesError(f"identities.yaml: family {', '.join(twins)} is declared twice")
