"""Which line adds up to which in a summary table (收支总表): 一、 over （一） over 1.

Each unnumbered total adds up what is open since the one before. Below a numbered item, unnumbered ones are its parts:
subjects (款, 项 under a 类) nest by their codes, any other list is one level deep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.validate.rows.model import Record
from pipeline.validate.rows.outline import Line

_TOTALS = ("current_total", "grand_total")
_BASE = ("carryover", "year_end", "supplement")
# a part of the balance that it stands below, numbered or not: a fund or type of a carry-over, a use of a surplus
_OPENED = {"fund": ("carryover", "year_end"), "allotment": ("supplement",)}
_ALL_FUNDS = "total"
_FIRST_FUND = "公共预算"


def is_statement(rows: Sequence[Record]) -> bool:
    """Whether a table lists labels down to 本年合计 and 总计, or two sides so, as a summary does: no codes or units."""
    if any(row["code_source"] == "printed" or row["project_name"] or row["unit_name"] for row in rows):
        return False
    return len({row["side"] for row in rows}) > 1 or {"current_total", "grand_total"} <= {row["role"] for row in rows}


def arrange_numbered(lines: Sequence[Line]) -> None:
    """Set every line's parent in one side of a summary table, and tell its totals apart.

    Whatever the totals are called, the last one of a side is its grand total, one before it the current year's.
    """
    totals = [line for line in lines if line.role in _TOTALS and line.numbering < 0]
    for line in totals:
        line.role = "grand_total" if line is totals[-1] and line.role == "grand_total" else "current_total"
    if len(totals) > 1:
        totals[-1].role = "grand_total"
    for line, after in pairwise(lines):
        if line.of_which and line.role == after.role == "fund" and not after.of_which and after.numbering < 0:
            line.of_which = False  # 其中 before the first of several funds lists them all
    for above, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        is_list = line.role == after.role == "source" and not after.of_which and after.numbering < 0
        if line.of_which and is_list and above.numbering >= 0:
            line.of_which = False  # so does 其中 before the first of several sources below 其他资金
    _join_carry_over(lines)
    side = _Side([], [])
    for line in lines:
        side.take(line)


def _join_carry_over(lines: Sequence[Line]) -> None:
    """Make the carry-over of single funds a part of that of all funds right above it, where it adds up to it."""
    for place, line in enumerate(lines):
        if not _is_plain_carry_over(line) or line.fund != _ALL_FUNDS or not line.amount:
            continue
        below = list(takewhile(lambda each: _is_plain_carry_over(each) and each.fund != _ALL_FUNDS, lines[place + 1 :]))
        if sum(each.amount or 0 for each in below) == line.amount:
            for each in below:
                each.joins(line)


def _is_plain_carry_over(line: Line) -> bool:
    return line.origin == "carryover" and line.numbering < 0 and not line.of_which and line.role not in _TOTALS


@dataclass(slots=True)
class _Side:
    """What is open while a side is read: the parts of the next total, and the nested numbers of the last part."""

    parts: list[Line]
    nested: list[Line]

    def take(self, line: Line) -> None:
        if line.of_which:
            line.stray = True
        elif line.parent is not None:
            return  # a fund of the carry-over above it
        elif line.numbering >= 0:
            self._take_numbered(line)
        elif line.role in _TOTALS:
            for part in self.parts:
                part.joins(line)
            self.parts, self.nested = [line], []
        elif self.nested and _takes(self.nested[0], line):
            line.joins(self.nested[0])
        else:
            self._take_plain(line)

    def _take_numbered(self, line: Line) -> None:
        styles = [each.numbering for each in self.nested]
        if line.numbering in styles:
            self.nested = self.nested[: styles.index(line.numbering)]
        if self.nested:
            line.joins(self.nested[-1])
        else:
            self._begin_list(line)
            self.parts.append(line)
        self.nested.append(line)

    def _begin_list(self, line: Line) -> None:
        """Economic classes numbered anew below the types of expenditure list the same money again: only they count."""
        before = [part for part in self.parts if part.numbering == line.numbering]
        is_again = line.path and not line.subject and before == self.parts and not any(part.path for part in before)
        if before and is_again:
            for part in before:
                part.stray = True
            self.parts = []

    def _take_plain(self, line: Line) -> None:
        """An unnumbered line opens a part of its own; below numbered items it is a detail of one of them."""
        if self.nested and self.nested[0].numbering >= 0 and line.role not in _BASE:
            self._take_detail(line)
            return
        self.parts.append(line)
        self.nested = [line]

    def _take_detail(self, line: Line) -> None:
        """A subject below the nearest open one whose code its own begins with; an item below the last number.

        A figure without a label is a part of the total alone.
        """
        if not line.label:
            self.parts.append(line)
            return
        over = [each for each in self.nested if each.numbering >= 0 or each.subject]
        if line.subject:
            over = [each for each in over if each.subject and _holds(each, line)]
        if not over or (not line.subject and over[-1].numbering < 0):
            line.stray = True
            return
        line.joins(over[-1])
        self.nested = [*self.nested[: self.nested.index(over[-1]) + 1], line]


def _holds(above: Line, line: Line) -> bool:
    """Whether the code of one subject is the beginning of another's."""
    return above.path != line.path and line.path[: len(above.path)] == above.path


def _takes(opened: Line, line: Line) -> bool:
    """Whether an open line consists of lines such as this: a balance of its parts, or 财政拨款 of the funds below it
    when 一般公共预算 comes first."""
    if line.role == "fund" and opened.role == "appropriation" and opened.numbering < 0:
        return opened.children is not None or _FIRST_FUND in line.label
    return opened.role in _OPENED.get(line.role or "", ())
