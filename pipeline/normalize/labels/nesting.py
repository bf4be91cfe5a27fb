"""Which rows of revenue stand below which, by their numbering: a carry-over below a fund is that fund's.

Printed rows tell it by how they are numbered (一、 above （一）, that above 1.) and by 其中. A row without a number is
below the numbered one over it only where the numbering goes on behind it, or where it does behind another that has
the same rows below it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize.labels.label import Label
from pipeline.normalize.labels.numbering import STYLES, number_of
from pipeline.normalize.labels.sources import (
    adds_up,
    is_of_several,
    is_this_year,
    names_a_source,
    names_a_year,
    names_one,
)
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.phrases import bare, says_part, squeeze
from pipeline.normalize.words import vocabulary

_PARTS_OF_BUDGETS = ("superior_subsidy", "fiscal_appropriation")
_BUDGETS = ("general_public_budget", "government_fund", "state_capital")
_WITH_NON_TAX = (*_BUDGETS, "special_account")
_PART, _PLAIN = "其中", ""  # styles of rows without a number


@dataclass
class _Row:
    """A row among the others: its numbering, the row that it stands below, and those that stand below it.

    ``is_sole``: it names a source of revenue that no other row does, behind rows that name others. ``is_of_one``: it
    names what is carried over of one fund alone, not below a carry-over of several.
    """

    number: int
    label: Label
    style: str
    ordinal: int
    above: _Row | None = None
    below: list[_Row] = field(default_factory=list)
    is_followed: bool = False
    is_sole: bool = False
    is_of_one: bool = False

    @property
    def is_numbered(self) -> bool:
        return self.style not in (_PART, _PLAIN)

    @property
    def rank(self) -> int:
        """How deep rows so numbered usually stand; -1 without a number."""
        return STYLES.index(self.style) if self.is_numbered else -1


@dataclass(frozen=True)
class Nesting:
    """Rows by number: those within a carry-over that a row above opened, and those that take one in below them."""

    within_carryover: frozenset[int]
    take_in: frozenset[int]

    def origin(self, number: int) -> str:
        """Origin of a row that says none itself, where rows tell origins."""
        if number in self.within_carryover:
            return "carryover"
        return "total" if number in self.take_in else "current_year"


def nest(labels: Mapping[int, Label]) -> Nesting:
    """How the rows of revenue, from top to bottom, nest; gives those below a fund that name none that fund."""
    rows, within = _placed(labels)
    for row in rows:
        if row.above and _is_part_of_budget(row, row.above):
            row.label.meaning = replace(row.label.meaning, fund=row.above.label.meaning.fund)
    return Nesting(within, frozenset(_take_in(rows)))


def years_of_expenditure(labels: Mapping[int, Label]) -> dict[int, str]:
    """Origins of the rows of expenditure, by number, where rows stand below a carry-over as below this year's."""
    rows, _ = _placed(labels)
    parted = [row for row in rows if row.is_numbered and row.label.is_carryover and row.below]
    beside = [each for row in parted for each in _beside(row, rows) if is_this_year(each.label)]
    this_year = {each.number for row in beside for each in _with_all_below(row)}
    last_year = {each.number for row in parted for each in _with_all_below(row)}
    return dict.fromkeys(this_year, "current_year") | dict.fromkeys(last_year, "carryover")


def _placed(labels: Mapping[int, Label]) -> tuple[list[_Row], frozenset[int]]:
    """The rows with a label, each below its own, and the numbers of all that are within a carry-over."""
    rows: list[_Row] = []
    within: set[int] = set()
    opened: list[_Row] = []
    funds = [label.meaning.fund for label in labels.values()]
    for number, label in labels.items():
        row = _row(number, label)
        if row:
            row.is_sole = names_a_source(label) and funds.count(label.meaning.fund) == 1 and _lists_sources(rows)
            row.is_of_one = names_one(label) and not any(is_of_several(each.label) for each in rows)
            _place(row, opened)
            if _is_carried(row, rows):
                label.is_carryover = label.is_known = True
            rows.append(row)
        if any(each.label.is_carryover for each in opened if each is not row):
            within.add(number)
    return rows, frozenset(within)


def _row(number: int, label: Label) -> _Row | None:
    """The row with its numbering; None for one that prints no label."""
    text = squeeze(label.texts[-1]) if label.texts else ""
    if not text:
        return None
    style, ordinal = number_of(text)
    return _Row(number, label, style or (_PART if says_part(text) else _PLAIN), ordinal)


# --- who stands below whom -------------------------------------------------------------------------------------------


def _place(row: _Row, opened: list[_Row]) -> None:
    """Put a row below the one that it stands under; ``opened`` are the rows over it, outermost first."""
    if not row.is_numbered and row.label.is_total and adds_up(row.label):
        opened.clear()
        return
    depth = next(_depths(row, opened), len(opened))
    if depth < len(opened):
        opened[depth].is_followed = row.is_numbered
    del opened[depth:]
    if opened:
        row.above = opened[-1]
        opened[-1].below.append(row)
    opened.append(row)


def _depths(row: _Row, opened: Sequence[_Row]) -> Iterator[int]:
    """Where among the opened rows those like this one stand, best first."""
    places = [place for place, each in enumerate(opened) if each.style == row.style]
    if row.is_numbered:
        yield from (place for place in reversed(places) if opened[place].ordinal + 1 == row.ordinal)
        yield from (place for place in reversed(places) if opened[place].ordinal < row.ordinal)
        if row.label.is_carryover:  # 一、上年结转 behind 一、本年收入: the number is printed twice
            yield from (place for place in reversed(places) if _says_this_year(opened[place].label))
        if not places:
            yield from (place for place, each in enumerate(opened) if each.rank > row.rank)
        return
    carried = next((place for place in places if row.style == _PLAIN and _opens(opened[place])), None)
    if carried is not None and (row.is_sole or names_a_year(row.label) or _is_of_another(row, opened[carried])):
        yield carried
    if places and places[-1] == carried:
        return  # what follows 上年结转 without a number is of it
    yield from reversed(places)
    if row.style == _PLAIN and opened and opened[-1].style == _PART:
        yield len(opened) - 1  # 其中：本年拨款, and below it 上年结转


def _says_this_year(label: Label) -> bool:
    return is_this_year(label) or (label.is_total and label.meaning.origin == "current_year")


def _opens(row: _Row) -> bool:
    return row.label.is_carryover and not (row.above and row.above.label.meaning.fund)


def _is_of_another(row: _Row, carried: _Row) -> bool:
    """Whether a row is of another fund than the one whose carry-over stands before it: 上年政府性基金结转."""
    return carried.is_of_one and names_one(row.label) and row.label.meaning.fund != carried.label.meaning.fund


def _lists_sources(before: Sequence[_Row]) -> bool:
    """Whether the first rows are sources of revenue: a list that a carry-over may stand in the middle of."""
    sources = itertools.takewhile(lambda row: not row.label.is_carryover, before)
    return any(row.label.meaning.fund for row in sources)


def _is_carried(row: _Row, before: Sequence[_Row]) -> bool:
    """Whether a row that says no more than 结转 is last year's, below a fund or beside this year's; elsewhere it may be
    carried forward."""
    if not vocabulary().carried_rows.fullmatch(bare(row.label.texts[-1])):
        return False
    of_fund = row.above is not None and row.above.label.meaning.fund is not None
    return of_fund or (row.is_numbered and any(is_this_year(each.label) for each in _beside(row, before)))


def _beside(row: _Row, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that are numbered as one is, below the same row or below none; itself among them."""
    all_beside = row.above.below if row.above else [each for each in rows if each.above is None]
    return [each for each in all_beside if each.style == row.style]


def _with_all_below(row: _Row) -> Iterator[_Row]:
    yield row
    for each in row.below:
        yield from _with_all_below(each)


# --- what that says --------------------------------------------------------------------------------------------------


def _take_in(rows: Sequence[_Row]) -> Iterator[int]:
    """The rows of funds that take in a carry-over, and of funds beside them, which would; what names only a year below
    a fund is that fund's from here on."""
    parted = [(row, row.above) for row in rows if row.above and _parts_a_fund(row)]
    is_summed = any(row.label.is_total and row.label.meaning.origin and adds_up(row.label) for row in rows)
    usual = {_names_below(above) for row, above in parted if row.style == _PLAIN and above.is_followed}
    for row, fund in parted:
        above: _Row | None = fund
        if row.style == _PLAIN and fund.is_numbered and not fund.is_followed and _names_below(fund) not in usual:
            continue  # nothing tells it from a row of the whole table: 上年结转 behind the last fund
        _give_fund(row.label, fund.label.meaning)
        while above and row.label.is_carryover:
            alike = [above] if is_summed else _beside(above, rows)
            yield from (each.number for each in alike if each.label.meaning.fund)
            above = above.above


def _parts_a_fund(row: _Row) -> bool:
    """Whether a row says which year's money, right below one that says which fund."""
    above = row.above.label if row.above else None
    if above is None or not above.meaning.fund or above.is_carryover or above.is_total:
        return False
    own = row.label.meaning.fund
    is_of_it = own in (None, above.meaning.fund, "fiscal_appropriation")
    return is_of_it and (row.label.is_carryover or is_this_year(row.label))


def _is_part_of_budget(row: _Row, above: _Row) -> bool:
    """Whether a row is a part of one budget's fund: 财政拨款, which is not all of them, 上级补助, no unit's own
    上级补助收入, or a kind of non-tax revenue (专项收入), which the special account holds too."""
    is_part = row.is_numbered or row.style == _PART
    own, whole = row.label.meaning.fund, above.label.meaning.fund
    if own in _PARTS_OF_BUDGETS and whole in _BUDGETS:
        return is_part
    of_any = vocabulary().non_tax_grant.fullmatch(bare(row.label.texts[-1]))
    return is_part and of_any is not None and whole in _WITH_NON_TAX


def _names_below(row: _Row) -> tuple[str, ...]:
    return tuple(bare(each.label.texts[-1]) for each in row.below)


def _give_fund(label: Label, fund: Meaning) -> None:
    origin = "carryover" if label.is_carryover else "current_year"
    label.meaning = Meaning(fund=fund.fund).then(label.meaning).then(Meaning(origin=origin))
    label.is_total, label.is_known, label.period = False, True, None
