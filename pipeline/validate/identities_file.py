"""``expectations/identities.yaml`` read and checked: an unknown word is refused by the name of its family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

import yaml

from pipeline.directions import with_directions
from pipeline.schema import CHECK_KINDS, CHECK_SCOPES, SEVERITIES
from pipeline.validate.identities import (
    RULES,
    Condition,
    Family,
    Form,
    Guard,
    Identities,
    Instead,
    Quotient,
    Ratio,
    Rule,
    Selector,
    Structure,
    Sum,
    Words,
)

PATH = Path(__file__).parents[2] / "expectations" / "identities.yaml"
_FORMS = ("sum", "ratio", "quotient", *RULES)
_FAMILY_WORDS = {
    "id", "covers", "scope", "kind", "severity", "name", "statement", "check_id", "when", "definition_may_differ",
    "only_first_asserts", "fails_only_as_slip", "failure", "blocked_by",
    *_FORMS,
}  # fmt: skip
_SELECTOR_WORDS = {"from", "where", "by", "weight", "measure", "half_unit", "required", "unit"}


class IdentitiesError(ValueError):
    """identities.yaml says something that cannot be used; the message names the family and the word."""


@lru_cache(maxsize=4)
def load_identities(path: Path = PATH) -> Identities:
    """Read and check the file.

    Raises FileNotFoundError when it is not there, and IdentitiesError naming the family for an unknown word.
    """
    text = with_directions(path.read_text(encoding="utf-8"))
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
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
        {name: _any_of(patterns) for name, patterns in raw.get("list_parts", {}).items()},
        {name: re.compile(pattern) for name, pattern in raw.get("wording", {}).items()},
        dict(raw.get("bridges", {})),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _parents(tree: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {part: whole for whole, parts in tree.items() for part in parts}


def _refuse_twins(names: Sequence[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise IdentitiesError(f"identities.yaml: family {', '.join(twins)} is declared twice")


# --- one family ------------------------------------------------------------------------------------------------------


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
        blocked_by=tuple(_selector(name, each, ()) for each in cast("list[object]", raw.get("blocked_by", []))),
    )


def _form(name: str, raw: Mapping[str, object]) -> Form:
    found = [form for form in _FORMS if form in raw]
    if len(found) != 1:
        raise IdentitiesError(f"identities.yaml, family {name}: give exactly one of {', '.join(_FORMS)}")
    body = cast("Mapping[str, object]", raw[found[0]])
    if found[0] == "sum":
        return _sum(name, body)
    if found[0] == "ratio":
        parts = ("percent", "numerator", "denominator")
        return Ratio(*(_selector(name, body[part], ()) for part in parts))
    if found[0] == "quotient":
        numerator, denominator = (_selector(name, body[part], ()) for part in ("numerator", "denominator"))
        return Quotient(numerator, denominator, *(Decimal(str(body[bound])) for bound in ("low", "high")))
    rows = tuple(_selector(name, each, ()) for each in cast("list[object]", body["rows"]))
    return Structure(cast("Rule", found[0]), rows, tuple(_texts(body.get("of", []))))


def _sum(name: str, body: Mapping[str, object]) -> Sum:
    left = _sides(name, body["left"], ())
    readings = cast("list[object]", body.get("readings") or [body["right"]])
    right = tuple(_sides(name, reading, left[0].by) for reading in readings)
    others = cast("list[Mapping[str, object]]", body.get("instead", []))
    instead = tuple(Instead(_words(each["name"]), _sides(name, each["side"], ())) for each in others)
    leeway = _sides(name, body["leeway"], left[0].by) if "leeway" in body else ()
    return Sum(left, right, bool(body.get("absent_is_zero", False)), instead, leeway)


def _sides(name: str, raw: object, by: tuple[str, ...]) -> tuple[Selector, ...]:
    """A key with its last part missing names nothing (a figure that is part of no other): such rows are not picked."""
    each = raw if isinstance(raw, list) else [raw]
    return tuple(_with_filled(selector, selector.by[-1:]) for selector in (_selector(name, one, by) for one in each))


def _with_filled(selector: Selector, columns: Sequence[str]) -> Selector:
    filled = (Condition(column, (None,), negated=True) for column in columns)
    return replace(selector, conditions=(*selector.conditions, *filled))


def _alternatives(name: str, raw: object) -> tuple[Guard, ...]:
    words = cast("Mapping[str, object]", raw)
    if "one_of" in words:
        return tuple(guard for each in cast("list[object]", words["one_of"]) for guard in _alternatives(name, each))
    (wanted, where), *rest = words.items()
    if rest or wanted not in ("any", "none", "any_row", "no_row"):
        raise IdentitiesError(f"identities.yaml, family {name}: a condition is any, none, any_row, no_row or one_of")
    selector = _selector(name, where, ())
    return (Guard(selector, wanted in ("any", "any_row"), nonzero=wanted in ("any", "none")),)


# --- its selectors ---------------------------------------------------------------------------------------------------


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


# --- single words ----------------------------------------------------------------------------------------------------


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
