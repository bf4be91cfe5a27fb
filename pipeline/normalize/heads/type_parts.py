"""Columns that divide a type of expenditure between them: 工资福利支出 beside 对个人和家庭的补助 below 人员经费.

What they are classes of is not the contract's, but together they are the whole that the headings over them name. Where
no column prints that whole, their figures are its own, and nothing else says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.heads.amount_columns import Manner, amount_column
from pipeline.normalize.heads.columns import Column, column_heading
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.words import vocabulary


def read_type_parts(columns: Sequence[Column], manner: Manner) -> list[Column]:
    """The columns, the parts of a type as its own figures where no column prints the whole of it."""
    wholes = {column.number: whole for column in columns if (whole := _whole_of(column, manner)) is not None}
    found = []
    for column in columns:
        whole = wholes.get(column.number)
        printed = any(_prints(each, column, whole) for each in columns if each.number not in wholes and whole)
        found.append(
            column if whole is None or printed else replace(column, meaning=whole, unknown=None, is_share=True)
        )
    return found


def _whole_of(column: Column, manner: Manner) -> Meaning | None:
    """What the headings over a part of a type mean, that type among it; None for other columns."""
    if column.role != "amount" or column.is_part or len(column.path) < 2:
        return None
    above = amount_column(column.number, column.path[:-1], manner)
    parts = vocabulary().type_parts.get(above.meaning.expenditure_type or "")
    fits = parts is not None and parts.fullmatch(column_heading(column.path[-1]).phrase)
    return above.meaning if fits and not (above.unknown or above.meaning.memo or above.items) else None


def _prints(column: Column, part: Column, whole: Meaning) -> bool:
    """Whether a column is what a part's group adds up to: its 小计, or the type itself beside the group."""
    in_group = column.path[: len(part.path) - 1] == part.path[:-1] or column.path[:-1] == part.path[:-2]
    return column.role == "amount" and not column.unknown and in_group and column.meaning == whole
