"""Which printed line adds up to which: the hierarchy inside one table, from codes, totals and numbering.

Two ways of printing a hierarchy are known, and both are conventions of the rule, not of a place:

*coded* tables: a code's parent is the nearest printed line with a prefix of it; a total or a unit's line heads the
lines after it (or before it, where totals stand at the foot);

*numbered* tables (收支总表): 一、 over （一） over 1.; each unnumbered total adds up what is open since the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Kind = Literal["subject", "economic", "project", "unit", "total", "item"]
_CODE_LENGTHS = (3, 5, 7, 9)
_LEVELS = 3  # 类, 款, 项
_SUBTOTAL = ("合计", "小计", "总计")


@dataclass(slots=True, eq=False)
class Line:
    """One printed line of one side of a table, and the line that it is a part of.

    ``numbering`` is the style of the number before its label (-1: none); ``role`` what the vocabulary says of that.
    ``stray``: the line has no known place in the hierarchy, so it is neither a part nor a total. ``is_zero``: every
    figure on it is zero.
    """

    index: int
    row_no: int
    kind: Kind
    path: tuple[str, ...]
    subject: str | None
    label: str
    unit: str | None
    role: str | None
    numbering: int
    of_which: bool
    is_zero: bool = False
    parent: Line | None = None
    stray: bool = False
    children: Kind | None = None

    def above(self) -> Iterator[Line]:
        """The lines that it is a part of, nearest first."""
        line = self.parent
        while line is not None:
            yield line
            line = line.parent

    def joins(self, parent: Line) -> None:
        """Make the line a part of ``parent``."""
        self.parent = parent
        parent.children = parent.children or self.kind


def code_path(*codes: str | None) -> tuple[str, ...]:
    """A code's ancestors and itself: 2080505 is (208, 20805, 2080505); several codes follow one another."""
    return tuple(code[:length] for code in codes if code for length in _CODE_LENGTHS if length <= len(code))


# --- coded tables ----------------------------------------------------------------------------------------------------


def arrange_coded(lines: Sequence[Line]) -> None:
    """Set every line's parent in a table whose lines carry codes, projects or units."""
    detailed = any(line.kind in ("subject", "economic", "project") for line in lines)
    _tell_units(lines)
    _place_projects(lines)
    heads = _heads(lines, detailed=detailed)
    order = _leading_order(lines, heads)
    blocks = _arrange_heads(order, heads)
    _arrange_codes([line for line in lines if line not in heads], blocks)
    uncertain = _set_strays_aside(lines, heads, detailed=detailed)
    for line in lines:
        head = blocks.get(line)
        if head is not None and line.parent is None and not line.stray and line not in heads and not uncertain:
            line.joins(head)


def _place_projects(lines: Sequence[Line]) -> None:
    """A project without a code of its own belongs under the code above it, where a table lists both."""
    above: tuple[str, ...] = ()
    for line in lines:
        if line.kind == "subject":
            above = line.path
        elif line.kind == "project" and not line.path and above:
            line.path = (*above, line.label)


def _tell_units(lines: Sequence[Line]) -> None:
    """Beside projects, what is neither total nor project is the unit that they belong to."""
    if any(line.kind == "project" for line in lines):
        for line in lines:
            line.kind = "unit" if line.kind == "item" and not line.of_which else line.kind


def _heads(lines: Sequence[Line], *, detailed: bool) -> set[Line]:
    """Totals; and in a table with details, the units' lines. A 小计 heads lines only where it stands below them."""
    heads = {line for line in lines if line.kind == "total" or (detailed and line.kind == "unit")}
    if lines[0] in heads:
        heads = {line for line in heads if line.role == "grand_total" or not line.label.endswith(_SUBTOTAL)}
    return heads


def _leading_order(lines: Sequence[Line], heads: set[Line]) -> list[Line]:
    """The lines so that heads come before what they head: reversed where the table's totals stand at the foot."""
    if lines[0] not in heads and lines[-1] in heads:
        return list(reversed(lines))
    return list(lines)


def _arrange_heads(order: Sequence[Line], heads: set[Line]) -> dict[Line, Line]:
    """Nest the heads; return the head of every other line.

    The heads that a table opens with are nested, the last one being the innermost: total, department, unit. A later
    one is another of the innermost, or opens the next group of them; one without money heads nothing.
    """
    runs = [(is_head, list(run)) for is_head, run in groupby(order, key=heads.__contains__)]
    outer: list[Line] = []
    blocks: dict[Line, Line] = {}
    innermost: Line | None = None
    for number, (is_head, run) in enumerate(runs):
        if not is_head:
            blocks.update({line: innermost for line in run if innermost is not None})
        elif number and number == len(runs) - 1:
            _repeat(run, outer)
        else:
            outer = _opening(run) if innermost is None else _next_group(run, outer)
            innermost = run[-1]
            for head in run:
                if outer and head not in outer:
                    head.joins(outer[-1])
    return blocks


def _opening(run: Sequence[Line]) -> list[Line]:
    """The heads that a table opens with, nested, less the innermost."""
    with_money = [line for line in run if not line.is_zero]
    outer = with_money[:-1]
    for above, inner in pairwise(outer):
        inner.joins(above)
    return outer


def _next_group(run: Sequence[Line], outer: Sequence[Line]) -> list[Line]:
    """A later head with money but without details of its own opens the next group of units: it stands one level up."""
    groups = [line for line in run[:-1] if not line.is_zero]
    if not groups or len(outer) < 2:
        return list(outer)
    groups[-1].joins(outer[-2])
    return [*outer[:-1], groups[-1]]


def _repeat(run: Iterable[Line], outer: Sequence[Line]) -> None:
    """Heads at the other end: units without details, or the same total once more."""
    for line in run:
        if outer and line.kind == "unit":
            line.joins(outer[-1])
        else:
            line.stray = True


def _arrange_codes(lines: Sequence[Line], blocks: dict[Line, Line]) -> None:
    by_path: dict[tuple[str, ...], list[Line]] = {}
    detailed: dict[tuple[object, object], int] = {}
    for line in lines:
        if line.path:
            by_path.setdefault(line.path, []).append(line)
            if line.subject and line.path[-1] != line.subject:
                detailed.setdefault((line.subject, blocks.get(line)), line.index)
    for line in lines:
        parent = _nearest_ancestor(line, by_path, blocks)
        if parent is not None and not _is_late(line, parent, detailed.get((line.subject, blocks.get(line)))):
            line.joins(parent)
    _nest_twins(lines)


def _nearest_ancestor(line: Line, by_path: dict[tuple[str, ...], list[Line]], blocks: dict[Line, Line]) -> Line | None:
    for length in range(len(line.path) - 1, 0, -1):
        same_block = [each for each in by_path.get(line.path[:length], []) if blocks.get(each) is blocks.get(line)]
        before = [each for each in same_block if each.index < line.index]
        if same_block:
            return before[-1] if before else same_block[0]
    return None


def _is_late(line: Line, parent: Line, first_detail: int | None) -> bool:
    """A subject's own line comes before its economic items: a bare one among them is an item that lost its code."""
    return first_detail is not None and parent.path[-1] == line.subject and first_detail < parent.index


def _nest_twins(lines: Sequence[Line]) -> None:
    """A 款 that has no 项 is often printed twice, once for each level: the second is a part of the first."""
    for line, below in pairwise(lines):
        is_twin = line.kind == "subject" and line.path == below.path and line.label == below.label
        if is_twin and len(line.path) < _LEVELS:
            below.joins(line)


def _set_strays_aside(lines: Sequence[Line], heads: set[Line], *, detailed: bool) -> bool:
    """Mark lines without code in a table of codes; True when one of them may be an item, so that totals are unsure."""
    strays = [line for line in lines if line not in heads and not line.path and line.kind in ("total", "unit", "item")]
    if not detailed:
        strays = [line for line in strays if line.kind != "unit" and (line.kind == "total" or line.of_which)]
    for line in strays:
        line.stray = True
    return any(not line.label.endswith(_SUBTOTAL) and not line.of_which for line in strays)


# --- numbered tables -------------------------------------------------------------------------------------------------

_TOTALS = ("current_total", "grand_total")
_BASE = ("carryover", "year_end", "supplement")
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
        elif line.role == "fund" and self.nested and self.nested[0].role in _OPENED_BY_FUND:
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
