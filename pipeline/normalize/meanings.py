"""What phrases mean: the typed rules that the files of ``vocabulary/`` are read into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.normalize.vocabulary_file import any_of

_ALL_PUBLIC, _PUBLIC = "fiscal_appropriation", ("general_public_budget", "government_fund", "state_capital")


@dataclass(frozen=True)
class TitleRule:
    """A title that fits ``fits`` and not ``unless`` names ``names``: a table, or a fund."""

    names: str
    fits: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Meaning:
    """What a column heading or a row label says; None where it says nothing."""

    side: str | None = None
    fund: str | None = None
    expenditure_type: str | None = None
    origin: str | None = None
    period: str | None = None
    memo: bool = False

    def agrees(self, other: Meaning) -> bool:
        """Whether the two say nothing that differs."""
        pairs = zip(vars(self).items(), vars(other).items(), strict=True)
        return all(one == two or one is None or two is None for (name, one), (_, two) in pairs if name != "memo")

    def then(self, lower: Meaning) -> Meaning:
        """This heading with a lower one below it, which says more and wins; 财政拨款 says less than which of it."""
        return Meaning(
            lower.side or self.side,
            self.fund if lower.fund == _ALL_PUBLIC and self.fund in _PUBLIC else lower.fund or self.fund,
            lower.expenditure_type or self.expenditure_type,
            lower.origin or self.origin,
            lower.period or self.period,
            lower.memo or self.memo,
        )


@dataclass(frozen=True)
class Rule:
    """Phrases that fit have this meaning, and for label columns this role; ``under`` is what must stand above them."""

    fits: re.Pattern[str]
    meaning: Meaning
    role: str = ""
    under: re.Pattern[str] | None = None

    def holds(self, phrase: str, above: Iterable[str] = ()) -> bool:
        """Whether the whole phrase fits, below one of the plain headings ``above`` where the rule asks for one."""
        if not self.fits.fullmatch(phrase):
            return False
        return self.under is None or any(map(self.under.fullmatch, above))


def named(rules: Iterable[TitleRule], title: str) -> str | None:
    """What the first rule that a plain title fits names; None when none does."""
    fitting = (rule for rule in rules if rule.fits.search(title) and not (rule.unless and rule.unless.search(title)))
    return next((rule.names for rule in fitting), None)


def first(rules: Iterable[Rule], phrase: str, above: tuple[str, ...] = ()) -> Meaning | None:
    """The meaning of the first rule that holds for the whole phrase below the headings ``above``."""
    return next((rule.meaning for rule in rules if rule.holds(phrase, above)), None)


def title_rules(entries: Iterable[dict[str, Any]]) -> tuple[TitleRule, ...]:
    """Rules of ``titles.yaml`` from their entries. Raises KeyError when a part is missing."""
    return tuple(map(_title_rule, entries))


def rules_of(entries: Iterable[dict[str, Any]]) -> tuple[Rule, ...]:
    """Rules of ``columns.yaml`` or ``items.yaml`` from their entries. Raises KeyError when one has no phrases."""
    return tuple(map(_rule, entries))


def _title_rule(entry: dict[str, Any]) -> TitleRule:
    unless = entry.get("unless")
    return TitleRule(entry.get("table") or entry["fund"], any_of(entry["any"]), any_of(unless) if unless else None)


def _rule(entry: dict[str, Any]) -> Rule:
    meaning = Meaning(
        side=entry.get("side"),
        fund=entry.get("fund"),
        expenditure_type=entry.get("expenditure_type", entry.get("type")),
        origin=entry.get("origin"),
        period=entry.get("period"),
        memo=bool(entry.get("memo", False)),
    )
    under = entry.get("under")
    return Rule(any_of(entry["any"]), meaning, entry.get("role", ""), re.compile(under) if under else None)
