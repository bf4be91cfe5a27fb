"""A table's columns as blocks: some label columns and the columns of figures that they name.

A summary table has two blocks side by side (收入 | 支出), others one, an economic table set in two halves two as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.normalize.heads.columns import Column, column_heading
from pipeline.normalize.meanings import Meaning, first
from pipeline.normalize.phrases import bare
from pipeline.normalize.words import vocabulary


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
        return bool(self._carryovers)

    @property
    def _carryovers(self) -> list[Column]:
        parts = any(column.meaning.origin == "current_year" and column.is_part for column in self.amounts)
        return [each for each in self.amounts if each.meaning.origin == "carryover" and (parts or not each.is_part)]

    def carries_beside(self, column: Column) -> bool:
        """Whether the carry-over of the money that a column holds stands beside it, in a column of its own.

        One inside a fund's own columns (一般公共预算/上年结转) is that fund's: it stands beside that fund's other
        columns, but neither beside its 小计, which takes it in, nor beside the columns of other funds.
        """
        summed = _without_sums(column)
        return any(
            not group or (column.path[: len(group)] == group and summed != group) for group in self._carried_groups
        )

    def takes_in_carryover(self, column: Column) -> bool:
        """Whether a column is of no fund, or sums columns of which one is a carry-over: what it holds is of all years.

        Only where a column of the block is a carry-over. One that is a 其中 is within all the others.
        """
        if not self._carryovers:
            return any(each.meaning.origin == "carryover" for each in self.amounts)
        summed = _without_sums(column)
        within = any(group[: len(summed)] == summed for group in self._carried_groups if group)
        return not column.meaning.fund or within

    @property
    def _carried_groups(self) -> list[tuple[str, ...]]:
        """The headings of one fund over each carry-over; none over one that is of all funds."""
        return [_fund_over(column) for column in self._carryovers]

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


def _fund_over(carried: Column) -> tuple[str, ...]:
    """The headings over the one that says carry-over, where one of them names a fund; none elsewhere."""
    said = [vocabulary().meaning_of(column_heading(text).phrase) or Meaning() for text in carried.path]
    place = next((number for number, each in enumerate(said) if each.origin == "carryover"), 0)
    return carried.path[:place] if any(each.fund for each in said[:place]) else ()


def _without_sums(column: Column) -> tuple[str, ...]:
    """A column's headings without 小计 at the end."""
    path = column.path
    while path and vocabulary().subtotals.fullmatch(column_heading(path[-1]).phrase):
        path = path[:-1]
    return path


def blocks_of(columns: Sequence[Column]) -> list[Block]:
    """The blocks of a table from left to right. Label columns after the last figures belong to the last block."""
    groups: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in _with_first_labels(columns):
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
        groups[-1][0].extend([] if _begins_another(trailing, *groups[-1]) else trailing)
    return [_block(labels, amounts) for labels, amounts in groups if amounts]


def _begins_another(trailing: Sequence[Column], labels: Sequence[Column], amounts: Sequence[Column]) -> bool:
    """Whether label columns at a table's end are those of a block whose figures the paper cut off: of the other side,
    or what the block before them has already."""
    sides = {each.meaning.side for each in (*labels, *amounts)} - {None}
    others = {each.meaning.side for each in trailing} - {None}
    return bool({each.role for each in trailing} & {each.role for each in labels} or (sides and others - sides))


def _with_first_labels(columns: Sequence[Column]) -> list[Column]:
    """The columns, a remark's (资金来源) before all figures as the rows' label where nothing else there names them."""
    first_ones = list(takewhile(lambda column: column.role != "amount", columns))
    if any(column.role not in ("remark", "sequence") for column in first_ones):
        return list(columns)
    labels = [replace(column, role="label") if column.role == "remark" else column for column in first_ones]
    return [*labels, *columns[len(labels) :]]


def _block(labels: Sequence[Column], amounts: Sequence[Column]) -> Block:
    named = {column.meaning.side for column in labels} - {None}
    if not named:  # 本年收入 beside 合计 says nothing of that one
        named = {column.meaning.side for column in amounts if not column.meaning.memo}
    return Block(_naming(labels), tuple(amounts), named.pop() if len(named) == 1 else None)


def _naming(labels: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that say what a row is: those the vocabulary knows, or an unknown one where they are only codes."""
    known = tuple(column for column in labels if not column.unknown)
    named = any(not column.role.endswith("code") and column.role != "sequence" for column in known)
    return known if named else tuple(labels)
