"""The levels that tables of codes print, beside one another, as the selectors see them: a derived table.

depths   the tables that list subjects, and those that list economic items: ``lacks_level`` where one prints the lowest
         level, and not a level above it that all the others print (合计、22301、2230105 for 合计、223、
         22301、2230105), where one row of that level would head all: that row seems to be missing

A table that lists one class has no other code to show which levels it prints; the document's other tables do. Where
several rows would have to be missing, its form leaves that level out. The forms differ from table to table more often
with economic items, so ``is_economic`` keeps those apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pipeline.validate.rows.model import Lines, Record

_SUBJECTS = (
    "revenue_summary", "expenditure_summary", "general_budget_expenditure", "government_fund_expenditure",
    "state_capital_budget",
)  # fmt: skip
_ECONOMIC = ("basic_expenditure", "agency_operating_expenses", "general_budget_expenditure")
_OTHERS = {"subject_code": 2, "economic_code": 1}  # so many tables that print a level make it usual
_LEVELS = {3: ("类", "classes"), 5: ("款", "5-digit subjects")}


class _Outline(NamedTuple):
    """A table's codes, their lengths, and whether all that are a part of one of its levels stand under it."""

    codes: Collection[str]
    levels: frozenset[int]
    is_whole: bool


def depth_tables(lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table of one document."""
    found = (("subject_code", _SUBJECTS), ("economic_code", _ECONOMIC))
    return {"depths": [row for column, table_ids in found for row in _depths(lines, column, table_ids)]}


def _depths(lines: Lines, column: str, table_ids: Collection[str]) -> Iterator[Record]:
    codes: dict[object, set[str]] = {}
    for table, kind, code, source in lines.told("table_no", "table_id", column, "code_source"):
        if code and kind in table_ids and source != "reference":
            codes.setdefault(table, set()).add(str(code))
    outlines = {table: _outline(own) for table, own in codes.items()}
    for table, own in outlines.items():
        lacking = _lacking(own, [each for other, each in outlines.items() if other != table], _OTHERS[column])
        level_zh, level_en = _LEVELS.get(lacking or 0, ("", ""))
        yield {
            **lines.by_table[table][0],
            "lacks_level": bool(level_zh),
            "is_economic": column == "economic_code",
            "note_zh": f"{level_zh}级科目" if level_zh else "",
            "note_en": level_en,
        }


def _outline(codes: Collection[str]) -> _Outline:
    levels = frozenset(map(len, codes))
    above = {code[:-2] for code in codes if len(code) - 2 in levels}
    return _Outline(codes, levels, is_whole=above <= set(codes))


def _lacking(own: _Outline, others: Sequence[_Outline], fewest: int) -> int | None:
    """The one level above the lowest that all tables of the same lowest level print, each above all of its codes, and
    this one does not, though one row of it would head all."""
    like = [each for each in others if max(each.levels) == max(own.levels)]
    usual = like[0].levels if like else frozenset()
    lacking = [level for level in usual if level not in own.levels]
    if len(like) < fewest or len(lacking) != 1 or not all(each.levels == usual and each.is_whole for each in like):
        return None
    heads = {code[: lacking[0]] for code in own.codes if len(code) > lacking[0]}
    return lacking[0] if len(heads) == 1 else None
