"""A table's columns as blocks: some label columns and the columns of figures that they name.

A summary table has two blocks side by side (收入 | 支出), others one, an economic table set in two halves two as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.heads.columns import Column
from pipeline.normalize.phrases import bare
from pipeline.normalize.words import first, vocabulary


@dataclass(frozen=True)
class Block:
    """Label columns and the figures to their right. ``side`` is what the headings say, if anything."""

    labels: tuple[Column, ...]
    amounts: tuple[Column, ...]
    side: str | None

    @property
    def has_carryover_column(self) -> bool:
        """Whether one of the block's columns of figures is last year's money, and no 其中 of the column beside it.

        A 其中 of last year's beside a 其中 of this year's parts the column before them.
        """
        parts = any(column.meaning.origin == "current_year" and column.is_part for column in self.amounts)
        return any(column.meaning.origin == "carryover" and (parts or not column.is_part) for column in self.amounts)

    @property
    def spreads_funds(self) -> bool:
        """Whether its columns are those of several funds."""
        return len({column.meaning.fund for column in self.amounts} - {None, "fiscal_appropriation", "total"}) > 1

    def item_of(self, column: Column) -> str | None:
        """The item that a column names, where the block spreads items over its columns; None where rows name them.

        A total column beside the items is an item too; headings nest, as 公务用车购置及运行费/小计.
        """
        named = sum(1 for other in self.amounts if other.items)
        if named < 2 and not (named and not self.labels):
            return None
        total = next((text for text in column.path if first(vocabulary().totals, bare(text))), None)
        return "/".join(column.items) or total or (column.path[-1] if column.path else None)


def blocks_of(columns: Sequence[Column]) -> list[Block]:
    """The blocks of a table from left to right. Label columns after the last figures belong to the last block."""
    groups: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in columns:
        labels, amounts = groups[-1]
        if column.role == "amount":
            amounts.append(column)
        elif column.role == "remark" or (amounts and column.unknown and not column.meaning.side):
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
    return Block(_naming(labels), tuple(amounts), named.pop() if len(named) == 1 else None)


def _naming(labels: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that say what a row is: those the vocabulary knows, or an unknown one where they are only codes."""
    known = tuple(column for column in labels if not column.unknown)
    named = any(not column.role.endswith("code") and column.role != "sequence" for column in known)
    return known if named else tuple(labels)
