"""Columns that divide one fund between them: 经费拨款 beside 非税收入安排的拨款 are the general public budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.heads.columns import Column, column_heading
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.words import vocabulary


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
    return named.fullmatch(column_heading(column.path[-1]).phrase) is not None


def _adds_up(column: Column, part: Column) -> bool:
    """Whether a column prints the whole of what the part is of: their group's 小计, or the fund itself beside them."""
    beside = column.path[:-1] == part.path[:-1] or column.path == part.path[:-1]
    is_other_part = _is_part(column, vocabulary().non_tax_grant)
    own = column.role == "amount" and column is not part and not column.unknown and not is_other_part
    return own and beside and column.meaning == part.meaning


def _of_part(part: Column, meaning: Meaning) -> Meaning:
    return replace(meaning, period=part.meaning.period or meaning.period)
