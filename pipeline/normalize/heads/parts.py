"""Columns that divide money between them: parts of one fund, classes of a type of expenditure, sources of unit funds.

经费拨款 beside 非税收入安排的拨款 are the general public budget.

Of classes such as 工资福利支出 and 对个人和家庭的补助 below 人员经费 the contract knows nothing, but together they are
the whole that the headings over them name. Where no column prints that whole, their figures are its own, and nothing
else says what it is. Where one does, or a part of it is not taken, they are not taken either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.normalize.heads.amount_columns import Manner, amount_column
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.words import vocabulary
from pipeline.schema import FUND_PARTS

OTHERS = frozenset({"other_revenue", "other_funds"})
UNIT_FUNDS = "unit_funds"
FEWEST_FUNDS = 2  # beside which 其他 is the rest
SOURCES = OTHERS.union(FUND_PARTS[UNIT_FUNDS])


def read_fund_parts(columns: Sequence[Column]) -> list[Column]:
    """The columns, both parts as the fund's figures; as parts alone (memo) where a column beside them adds them up."""
    found = {column.number: column for column in columns}
    words = vocabulary()
    for first in columns:
        others = [each for each in columns if _is_part(each, words.non_tax_grant) and each.path[:-1] == first.path[:-1]]
        if not _is_part(first, words.plain_grant) or not others or first.unknown:
            continue
        meaning = replace(first.meaning, memo=any(_adds_up(each, first) for each in columns))
        for part in (first, *others):
            found[part.number] = replace(part, meaning=_of_part(part, meaning), unknown=None)
    return [found[column.number] for column in columns]


def _is_part(column: Column, named: re.Pattern[str]) -> bool:
    if column.role != "amount" or not column.path or column.items:
        return False
    return named.fullmatch(column.phrases[-1]) is not None


def _adds_up(column: Column, part: Column) -> bool:
    """Whether a column prints the whole of what the part is of: their group's 小计, or the fund itself beside them."""
    beside = column.path[:-1] == part.path[:-1] or column.path == part.path[:-1]
    is_other_part = _is_part(column, vocabulary().non_tax_grant)
    own = column.role == "amount" and column is not part and not column.unknown and not is_other_part
    return own and beside and column.meaning == part.meaning


def _of_part(part: Column, meaning: Meaning) -> Meaning:
    return replace(meaning, period=part.meaning.period or meaning.period)


# --- the classes of a type -------------------------------------------------------------------------------------------


def read_type_parts(columns: Sequence[Column], manner: Manner) -> list[Column]:
    """The columns, the parts of a type as its own figures where no column prints the whole and none is left out."""
    wholes = {column.number: whole for column in columns if (whole := _whole_of(column, manner)) is not None}
    others = [each for each in columns if each.role == "amount" and not each.is_part and each.number not in wholes]
    found = []
    for column in columns:
        whole = wholes.get(column.number)
        if whole is None:
            found.append(column)
        elif any(_prints(each, column, whole) or _is_untaken(each, whole) for each in others):
            found.append(column.set_aside())
        else:
            found.append(replace(column, meaning=whole, unknown=None, is_share=True))
    return found


def _whole_of(column: Column, manner: Manner) -> Meaning | None:
    """What the headings over a part of a type mean, that type among it; None for other columns.

    Some parts name their type by themselves: 其他运转类 and 特定目标类 are projects under any heading.
    """
    if column.role != "amount" or column.is_part or not column.path:
        return None
    above = amount_column(column.number, column.path[:-1], manner)
    own = next((each for each in (above, column) if each.meaning.expenditure_type), column)
    parts = vocabulary().type_parts.get(own.meaning.expenditure_type or "")
    fits = parts is not None and parts.fullmatch(column.phrases[-1])
    return own.meaning if fits and not (own.unknown or own.meaning.memo or own.items) else None


def _prints(column: Column, part: Column, whole: Meaning) -> bool:
    """Whether a column is what a part's group adds up to: its 小计, or the type itself beside the group."""
    in_group = column.path[: len(part.path) - 1] == part.path[:-1] or column.path[:-1] == part.path[:-2]
    return not column.unknown and in_group and column.meaning == whole


def _is_untaken(column: Column, whole: Meaning) -> bool:
    """Whether a column is of the same money and not taken: the parts without it are not the whole."""
    is_left_out = column.meaning.memo or column.unknown is not None
    return is_left_out and replace(column.meaning, memo=False) == whole


# --- the sources of unit funds ---------------------------------------------------------------------------------------


def is_whole(own: str | None, parts: Iterable[str | None]) -> bool:
    """Whether parts of these funds make what is printed as ``own`` over them the whole of unit funds: its sources,
    not all the same again, and no others."""
    named = {fund for fund in parts if fund}
    return own in OTHERS and bool(named - {own, "other_funds"}) and named <= SOURCES


def rest_of_funds(column: Column, columns: Sequence[Column]) -> Column:
    """其他 beside the columns of two funds or more is of all others; beside kinds of spending it may be anything, and
    beside 单位资金, which are all others already, it is not known."""
    if not column.unknown or column.meaning.fund or not vocabulary().rest_of_funds.fullmatch(column.phrases[-1]):
        return column
    beside = [each for each in columns if each.role == "amount" and each.path[:-1] == column.path[:-1]]
    others = [each for each in beside if each is not column]
    funds = {each.meaning.fund for each in others} - {None, "total"}
    is_mixed = any(each.unknown or each.items or each.meaning.expenditure_type for each in others)
    if is_mixed or len(funds) < FEWEST_FUNDS or funds & {*OTHERS, UNIT_FUNDS}:
        return column
    fund = "other_revenue" if funds & SOURCES else "other_funds"
    return replace(column, meaning=replace(column.meaning, fund=fund), unknown=None)
