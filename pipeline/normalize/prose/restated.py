"""Which figure of a table a sentence restates: equal in the printed unit, and about the same thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.normalize.phrases import squeeze, uniform, unnumbered
from pipeline.normalize.prose.records import NarrativeFigure
from pipeline.normalize.prose.words import NarrativeWords, narrative_words

_NAMES = ("subject_name", "item", "project_name", "economic_name")
_APART = ("side", "period")
_PERIODS = (None, "budget", "final")
_NONE = Decimal(0)


def restates(figures: Sequence[NarrativeFigure], rows: Sequence[Mapping[str, object]]) -> list[NarrativeFigure]:
    """The figures with ``restates_cell_id`` set where one row of ``budget_lines`` is what the sentence speaks of.

    A row is taken when its amount lies within the figure's printed place and the words of the subject speak for it:
    its name, or its fund, type and origin. The section's table decides between equals, and so does the side that the
    sentence spoke of last (支出总计…，其中：本年预算安排…). Changes, shares, bounds and counts restate none.
    """
    words = narrative_words()
    budget = _Amounts(rows)
    sides = _sides(figures, words)
    return [_linked(figure, budget, words, side) for figure, side in zip(figures, sides, strict=True)]


class _Amounts:
    """The rows of this year's amounts, to be found by what they amount to."""

    def __init__(self, rows: Sequence[Mapping[str, object]]) -> None:
        amounts = [(row.get("amount"), number) for number, row in enumerate(rows) if row.get("period") in _PERIODS]
        self._rows = rows
        self._sorted = sorted((amount, number) for amount, number in amounts if isinstance(amount, Decimal))

    def within(self, figure: NarrativeFigure) -> list[Mapping[str, object]]:
        """The rows whose amount lies within the figure's printed place, in their order."""
        first = bisect_left(self._sorted, figure.value - figure.half, key=_amount)
        end = bisect_right(self._sorted, figure.value + figure.half, key=_amount)
        return [self._rows[number] for number in sorted(number for _, number in self._sorted[first:end])]


def _amount(entry: tuple[Decimal, int]) -> Decimal:
    return entry[0]


def _sides(figures: Sequence[NarrativeFigure], words: NarrativeWords) -> list[str | None]:
    """For each figure the side that its subject names, else the one that its sentence named last."""
    sides: list[str | None] = []
    sentence, side = "", None
    for figure in figures:
        said = dict(facets_of(squeeze(figure.subject or ""), words)).get("side")
        side = said or (side if figure.sentence == sentence else None)
        sentence = figure.sentence
        sides.append(side)
    return sides


def _linked(figure: NarrativeFigure, rows: _Amounts, words: NarrativeWords, side: str | None) -> NarrativeFigure:
    if figure.kind != "amount" or not figure.subject or figure.is_earlier:
        return figure
    found = rows.within(figure)
    scored = [
        (_score(figure, row, words), row.get("side") == side, _reach(figure, row, words), -index, row)
        for index, row in enumerate(found)
    ]
    best = max(scored, key=lambda item: item[:4], default=None)
    if best is None or best[0] <= 0:
        return figure
    return replace(figure, restates_cell_id=str(best[4]["cell_id"]))


def _reach(figure: NarrativeFigure, row: Mapping[str, object], words: NarrativeWords) -> int:
    """How far on in the subject the row's name ends: a subject names class, group and item, and means the last."""
    subject = _bare(squeeze(figure.subject or ""), words)
    names = [name for field in _NAMES if (name := _name(row, field, words))]
    return max((subject.rfind(name) + len(name) for name in names if name in subject), default=0)


def _score(figure: NarrativeFigure, row: Mapping[str, object], words: NarrativeWords) -> Decimal:
    """How well a row fits: 0 and less is no link."""
    subject = squeeze(figure.subject or "")
    facets = facets_of(subject, words)
    if any(field in _APART and row.get(field) not in (value, None) for field, value in facets):
        return _NONE  # revenue is no expenditure and a budget no account, however equal
    agree = sum(row.get(field) == value for field, value in facets)
    clash = sum(row.get(field) not in (value, None, "total", "fiscal_appropriation") for field, value in facets)
    named = _named(_bare(subject, words), row, words)
    total = _is_total(row, words) and any(word in subject for word in words.totals)
    evidence = Decimal(4 if named else 0) + 2 * agree + (2 if total else 0)
    if not evidence:
        return _NONE
    if not named and not _is_total(row, words):
        return _NONE  # a part's row needs its name: equal money alone is no ground
    return evidence - 3 * clash + _table_bonus(figure, row, words)


def facets_of(subject: str, words: NarrativeWords) -> list[tuple[str, str]]:
    """What the subject's words say of the row's columns, one value a column."""
    found: dict[str, str] = {}
    for rule in words.facets:
        if rule.field not in found and any(phrase in subject for phrase in rule.any):
            found[rule.field] = rule.value
    return list(found.items())


def _bare(name: str, words: NarrativeWords) -> str:
    for printed, other in words.other_names.items():
        name = name.replace(printed, other)
    for noise in words.name_noise:
        name = name.replace(noise, "") if len(name.replace(noise, "")) >= 4 else name
    return name


def _named(subject: str, row: Mapping[str, object], words: NarrativeWords) -> bool:
    for field in _NAMES:
        name = _name(row, field, words)
        if name == subject or (len(name) >= 3 and (name in subject or subject in name)):
            return True
    return False


def _name(row: Mapping[str, object], field: str, words: NarrativeWords) -> str:
    name = unnumbered(uniform(str(row.get(field) or "")))
    return _bare(name.split("、")[-1].strip("“”"), words)


def _is_total(row: Mapping[str, object], words: NarrativeWords) -> bool:
    return row.get("subject_level") == "total" or squeeze(str(row.get("item") or "")) in words.total_items


def _table_bonus(figure: NarrativeFigure, row: Mapping[str, object], words: NarrativeWords) -> Decimal:
    tables = next((rule.tables for rule in words.sections_of_tables if _speaks(figure, rule.any)), ())
    table = row.get("table_id")
    return Decimal(3 - tables.index(str(table))) if table in tables else _NONE


def _speaks(figure: NarrativeFigure, phrases: Sequence[str]) -> bool:
    nearest = figure.section.split("/")[-2:]
    return any(phrase in part for part in nearest for phrase in phrases)
