"""What the figures of a column are: the meanings of its headings from top to bottom, and the item that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.heads.columns import Column, ColumnHeading, column_heading
from pipeline.normalize.words import Meaning, vocabulary


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
    for heading, known in zip(headings, said, strict=True):
        own = Meaning(memo=heading.is_part) if known is None else known
        meaning = meaning.then(own).then(Meaning(period=_period(heading, own, manner.calendar)))
    unknown = (text for text, h, known in zip(path, headings, said, strict=True) if known is None and not h.is_part)
    items = _items_named(path) if manner.items_over_columns else ()
    return Column(number, "amount", path, meaning, items, next(unknown, None))


def _said(headings: Sequence[ColumnHeading], place: int, manner: Manner) -> Meaning | None:
    """What the heading at ``place`` says below those over it; None when the vocabulary does not know it."""
    phrase, words = headings[place].phrase, vocabulary()
    above = tuple(heading.phrase for heading in headings[:place])
    said = words.meaning_of(phrase, above, may_be_two=manner.told_apart) if phrase else Meaning()
    if said is not None:
        return said
    is_item = manner.items_over_columns and words.items.fullmatch(phrase)
    if manner.items_over_columns and not is_item and words.item_groups.fullmatch(phrase):
        return _fund_within(phrase)
    is_lowest = place == len(headings) - 1
    return Meaning() if is_item or _names_a_label(phrase, is_lowest=is_lowest) else None


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
        is_own = words.items.fullmatch(phrase) or words.item_groups.fullmatch(phrase)
        if is_own or (named and words.subtotals.fullmatch(phrase)):
            named.append(text)
    under = [text for text in named if not words.item_groups.fullmatch(column_heading(text).phrase)]
    own = [text for text in under if not words.subtotals.fullmatch(column_heading(text).phrase)]
    return tuple(under if own else named)


def _period(heading: ColumnHeading, said: Meaning, calendar: Calendar) -> str | None:
    """The period that a heading's year means, read against the document's own year."""
    words, years = vocabulary(), heading.years
    if said.period in ("change", "change_percent") or said.origin == "carryover":
        return said.period  # 2024年结转 is money of this year's budget
    if calendar.fiscal_year and len(years) == 1 and years[0] < calendar.fiscal_year:
        return "prior_execution" if words.executed.search(heading.phrase) else "prior_budget"
    if calendar.is_final and words.budgeted.search(heading.phrase):
        return "budget"
    return said.period
