"""Which line adds up to which in a summary table (收支总表): 一、 over （一） over 1.

Each unnumbered total adds up what is open since the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.validate.rows.outline import Line

_TOTALS = ("current_total", "grand_total")
_BASE = ("carryover", "year_end", "supplement")
_FIRST_FUND = "公共预算"
_OPENED_BY_FUND = ("carryover", "year_end")  # a fund named below one of these is a part of it, numbered or not


def arrange_numbered(lines: Sequence[Line]) -> None:
    """Set every line's parent in one side of a summary table, and tell its totals apart.

    Whatever the totals are called, the last one of a side is its grand total, one before it the current year's.
    """
    totals = [line for line in lines if line.role in _TOTALS and line.numbering < 0]
    for line in totals:
        line.role = "grand_total" if line is totals[-1] and line.role == "grand_total" else "current_total"
    if len(totals) > 1:
        totals[-1].role = "grand_total"
    side = _Side([], [])
    for line in lines:
        side.take(line)


@dataclass(slots=True)
class _Side:
    """What is open while a side is read: the parts of the next total, and the nested numbers of the last part."""

    parts: list[Line]
    nested: list[Line]

    def take(self, line: Line) -> None:
        if line.of_which:
            line.stray = True
        elif line.numbering >= 0:
            self._take_numbered(line)
        elif line.role in _TOTALS:
            for part in self.parts:
                part.joins(line)
            self.parts, self.nested = [line], []
        elif line.role == "fund" and self.nested and _takes_fund(self.nested[0], line):
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
            self.parts.append(line)
        self.nested.append(line)

    def _take_plain(self, line: Line) -> None:
        """An unnumbered line opens a part of its own; below numbered items it is a detail of unknown depth."""
        if self.nested and self.nested[0].numbering >= 0 and line.role not in _BASE:
            line.stray = True
            return
        self.parts.append(line)
        self.nested = [line]


def _takes_fund(opened: Line, fund: Line) -> bool:
    """Whether an open line consists of funds: the carry-over, or 财政拨款 when 一般公共预算 comes first below it."""
    if opened.role == "appropriation" and opened.numbering < 0:
        return opened.children is not None or _FIRST_FUND in fund.label
    return opened.role in _OPENED_BY_FUND
