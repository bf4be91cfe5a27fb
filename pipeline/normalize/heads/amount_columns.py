"""What the figures of a column are: the meanings of its headings from top to bottom, and the item that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.heads.columns import Column, ColumnHeading, column_heading
from pipeline.normalize.meanings import Meaning, first
from pipeline.normalize.words import vocabulary

_CHANGES, _PRIOR = ("change", "change_percent"), ("prior_budget", "prior_execution")


@dataclass(frozen=True)
class Manner:
    """How the headings of one table are read: years against ``calendar``; as items where columns spread those.

    ``told_apart``: rules part the columns, so that no heading is two columns' run together.
    """

    calendar: Calendar
    items_over_columns: bool
    told_apart: bool


def amount_column(number: int, path: tuple[str, ...], manner: Manner) -> Column:
    """The column of figures under the headings ``path``; an unknown 其中 heading is a part, which nothing adds up."""
    headings = [column_heading(text) for text in path]
    said = [_said(headings, place, manner) for place in range(len(path))]
    meaning = Meaning()
    owns = [Meaning(memo=h.is_part) if known is None else known for h, known in zip(headings, said, strict=True)]
    for own in owns:
        meaning = meaning.then(own)
    period = _period(list(zip(headings, owns, strict=True)), manner.calendar)
    is_unfinished = period is None and not manner.calendar.is_final and _is_executed(headings)
    meaning = replace(meaning, period=period, memo=meaning.memo or is_unfinished)
    is_sum_of_group = any(map(_only_groups, headings[:-1])) and _only_sums(headings[-1])
    meaning = replace(meaning, memo=meaning.memo or is_sum_of_group)
    unknown = (text for text, h, known in zip(path, headings, said, strict=True) if known is None and not h.is_part)
    items = _items_named(path) if manner.items_over_columns else ()
    return Column(number, "amount", path, meaning, items, next(unknown, None))


def _only_groups(heading: ColumnHeading) -> bool:
    return vocabulary().groups_only.fullmatch(heading.phrase) is not None


def _only_sums(heading: ColumnHeading) -> bool:
    return vocabulary().subtotals.fullmatch(heading.phrase) is not None


def _said(headings: Sequence[ColumnHeading], place: int, manner: Manner) -> Meaning | None:
    """What the heading at ``place`` says below those over it; None when the vocabulary does not know it."""
    phrase, words = headings[place].phrase, vocabulary()
    above = tuple(heading.phrase for heading in headings[:place])
    said = words.meaning_of(phrase, above, may_be_two=manner.told_apart) if phrase else Meaning()
    if said is not None:
        return said
    told = _item_with_period(phrase) if manner.items_over_columns else None
    if told is not None:
        return told
    is_item = manner.items_over_columns and words.items.fullmatch(phrase)
    if manner.items_over_columns and not is_item and words.item_groups.fullmatch(phrase):
        return _fund_within(phrase)
    is_lowest = place == len(headings) - 1
    is_group = not is_lowest and _only_groups(headings[place])
    return Meaning() if is_item or is_group or _names_a_label(phrase, is_lowest=is_lowest) else None


def _item_with_period(phrase: str) -> Meaning | None:
    """What the end of a heading says that begins with an item's name (培训费决算数); None for other headings."""
    words = vocabulary()
    for place in range(2, len(phrase)):
        said = first(words.row_periods, phrase[place:])
        if said and words.items.fullmatch(phrase[:place]):
            return said
    return None


def _names_a_label(phrase: str, *, is_lowest: bool) -> bool:
    """Whether a heading over figures is a label's, such as 功能分类 over both.

    A remark's (其中：政府采购) right over figures names a part.
    """
    role = vocabulary().role_of(phrase)
    return role is not None and not (is_lowest and role == "remark")


def _fund_within(phrase: str) -> Meaning:
    """The fund that a group heading such as 一般公共预算拨款安排的三公经费预算 begins with."""
    for length in range(len(phrase), 3, -1):
        said = vocabulary().meaning_of(phrase[:length])
        if said and said.fund:
            return Meaning(fund=said.fund)
    return Meaning()


def _items_named(path: Sequence[str]) -> tuple[str, ...]:
    """An item's headings: the item, the group that it is of, and a 小计 below either.

    The “三公”经费 over an item is left out unless it is what the 小计 below it sums.
    """
    words = vocabulary()
    named: list[str] = []
    for text in path:
        phrase = column_heading(text).phrase
        is_item = words.items.fullmatch(phrase) or _item_with_period(phrase) is not None
        is_own = is_item or words.item_groups.fullmatch(phrase)
        if is_own or (named and words.subtotals.fullmatch(phrase)):
            named.append(text)
    under = [text for text in named if not words.item_groups.fullmatch(column_heading(text).phrase)]
    own = [text for text in under if not words.subtotals.fullmatch(column_heading(text).phrase)]
    return tuple(under if own else named)


def _period(said: Sequence[tuple[ColumnHeading, Meaning]], calendar: Calendar) -> str | None:
    """The period that a column's headings mean together, from top to bottom; years are read against the document's.

    2022年 over 决算数 is what 2022年决算数 is; so is 决算数 over 2022年, and 上年 over 决算数.
    """
    own = [_own_period(heading, meaning, calendar) for heading, meaning in said]
    period = next(filter(None, reversed(own)), None)
    dated = (each for (h, m), each in zip(said, own, strict=True) if _tells_year(h, m, each))
    if period in _CHANGES or next(reversed(list(dated)), None) not in _PRIOR:
        return period
    words = vocabulary()
    for heading, meaning in reversed(said):
        if words.executed.search(heading.phrase):
            return "prior_execution"
        if meaning.fund is None and words.planned.search(heading.phrase):
            break  # 一般公共预算 below 决算数 is no budget of a year
    return "prior_budget"


def _is_executed(headings: Sequence[ColumnHeading]) -> bool:
    """Whether headings say what was carried out (执行数): in a budget, of no year or its own, none of its figures.

    决算数 in what is not known for final accounts says rather that it is some.
    """
    words = vocabulary()
    said = [heading.phrase for heading in headings if words.executed.search(heading.phrase)]
    return any(first(words.row_periods, phrase) is None for phrase in said)


def _tells_year(heading: ColumnHeading, said: Meaning, period: str | None) -> bool:
    """Whether a heading says of which year the figures are: by a year, or as 上年."""
    return said.origin != "carryover" and (len(heading.years) == 1 or period in _PRIOR)


def _own_period(heading: ColumnHeading, said: Meaning, calendar: Calendar) -> str | None:
    """The period that one heading means by itself."""
    words, years = vocabulary(), heading.years
    if said.period in _CHANGES or said.origin == "carryover":
        return said.period  # 2024年结转 is money of this year's budget
    if calendar.fiscal_year and len(years) == 1 and years[0] < calendar.fiscal_year:
        return "prior_execution" if words.executed.search(heading.phrase) else "prior_budget"
    if calendar.is_final and words.budgeted.search(heading.phrase):
        return "budget"
    return said.period
