"""A table's columns as blocks: some label columns and the columns of figures that they name.

A summary table has two blocks side by side (收入 | 支出), others one, an economic table set in two halves two as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.headers import Column


@dataclass(frozen=True)
class Block:
    """Label columns and the figures to their right. ``side`` is what the headings say, if anything."""

    labels: tuple[Column, ...]
    amounts: tuple[Column, ...]
    side: str | None

    @property
    def has_carryover_column(self) -> bool:
        """Whether one of the block's columns of figures is last year's money."""
        return any(column.meaning.origin == "carryover" for column in self.amounts)


def blocks_of(columns: Sequence[Column]) -> list[Block]:
    """The blocks of a table from left to right. Label columns after the last figures belong to the last block."""
    groups: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in columns:
        labels, amounts = groups[-1]
        if column.role == "amount":
            amounts.append(column)
        elif column.role == "remark":
            continue
        elif amounts:
            groups.append(([column], []))
        else:
            labels.append(column)
    if len(groups) > 1 and not groups[-1][1]:
        trailing = groups.pop()[0]
        groups[-1][0].extend(trailing)
    return [_block(labels, amounts) for labels, amounts in groups if amounts]


def _block(labels: Sequence[Column], amounts: Sequence[Column]) -> Block:
    named = {column.meaning.side for column in labels} - {None}
    if not named:
        named = {column.meaning.side for column in amounts} - {None}
    return Block(tuple(labels), tuple(amounts), named.pop() if len(named) == 1 else None)
