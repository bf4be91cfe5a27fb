"""Which column of an indicator table holds what: from its headings, or from its content where none are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.layout import Layout
from pipeline.normalize.sheets.plan_headings import from_headings, is_header
from pipeline.normalize.sheets.plan_model import Half, Plan
from pipeline.normalize.sheets.words import SheetWords, sheet_words


def plan_of(layout: Layout, before: Plan | None = None) -> Plan | None:
    """The plan of a table from its headings; else the one of the table it goes on from, or from its content.

    ``before`` is the plan of the sheet before it, one with as many columns if there is one. It also lends the columns
    of a list whose headings the rest of a cut row is printed over.
    """
    rows = range(1, layout.grid.row_count + 1)
    headers = [row for row in rows if is_header(layout.grid.row(row))]
    if headers:
        plan = from_headings(layout, headers)
        lent = before.listed if before is not None and _alike(before, plan) else {}
        return replace(plan, listed={**lent, **plan.listed})
    if before is not None and _fits(layout, before):
        return replace(before, header_rows=frozenset(), printed=False)
    return _from_content(layout)


def _fits(layout: Layout, before: Plan) -> bool:
    """Whether a table without headings has the columns of the one before it: second levels stand where they stood."""
    if before.column_count != layout.grid.column_count:
        return False
    columns = [half.level2 for half in before.halves if half.level2]
    return all(_holds_level2(layout, column) for column in columns)


def _alike(one: Plan, other: Plan) -> bool:
    return one.column_count == other.column_count and one.halves == other.halves


def _from_content(layout: Layout) -> Plan | None:
    """The columns of a table that goes on without headings, by the level names and operators that stand in them."""
    words = sheet_words()
    count = layout.grid.column_count
    # 成本指标 and 满意度指标 are names of both levels: the second level is the last column that holds such names
    level2 = next((c for c in range(count, 0, -1) if _holds_level2(layout, c)), None)
    if level2 is None or level2 + 2 > count:
        return None
    level1 = level2 - 1 if level2 > 1 and _holds_level1(layout, level2 - 1, words) else None
    indicator = _last_column(layout, level2) + 1
    after = _last_column(layout, indicator) + 1
    half = Half("annual", level1=level1, level2=level2, indicator=indicator, target=after)
    if _holds_operators(layout, after, words):
        half = replace(half, operator=after, target=after + 1, target_unit=after + 2)
    return Plan((half,), {}, frozenset(), count, printed=False)


def _texts(layout: Layout, column: int) -> list[str]:
    cells = layout.column(column, range(1, layout.grid.row_count + 1))
    return [squeeze(cell.text) for cell in cells if cell.text]


def _holds_level2(layout: Layout, column: int) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and sum(level2_key(text) is not None for text in texts) * 3 >= len(texts) * 2


def _holds_level1(layout: Layout, column: int, words: SheetWords) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and all(text in words.level1 for text in texts)


def _holds_operators(layout: Layout, column: int, words: SheetWords) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and all(text in words.operators_printed for text in texts)


def _last_column(layout: Layout, column: int) -> int:
    cells = layout.column(column, range(1, layout.grid.row_count + 1))
    return max((cell.last_column for cell in cells), default=column)


def level2_key(text: str) -> str | None:
    """The second-level name of the vocabulary that a text is; letters that two lines mixed up are put right."""
    words = sheet_words()
    bare = squeeze(text).removesuffix(words.level2_suffix)
    if bare in words.level2:
        return bare
    return _level2_by_letters().get("".join(sorted(squeeze(text))))


@cache
def _level2_by_letters() -> Mapping[str, str]:
    """The second-level names under their letters in order, with and without the suffix; the first of two alike."""
    words = sheet_words()
    names = [(form, name) for name in words.level2 for form in (name, name + words.level2_suffix)]
    return {"".join(sorted(form)): name for form, name in reversed(names)}
