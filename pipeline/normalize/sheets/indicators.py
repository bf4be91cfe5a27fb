"""Rows of indicator tables: their levels, over page breaks and misplaced labels, and their targets parsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import squeeze
from pipeline.normalize.sheets.layout import Layout, joined, key
from pipeline.normalize.sheets.plan import level2_key
from pipeline.normalize.sheets.plan_model import Half, Plan
from pipeline.normalize.sheets.records import IndicatorRow, Target
from pipeline.normalize.sheets.words import sheet_words
from pipeline.normalize.targets import parse_target


@dataclass(frozen=True)
class Levels:
    """First and second level at the foot of a table, for the one that goes on from it."""

    level1: str = ""
    level2: str = ""


NONE = Levels()


@dataclass(frozen=True)
class _Texts:
    """Texts of the level columns with page breaks mended, by cell_id."""

    level1: dict[str, str]
    level2: dict[str, str]


def indicator_rows(layout: Layout, plan: Plan, carry: Levels = NONE) -> Iterator[IndicatorRow]:
    """Every row of every term that names an indicator, top to bottom, the terms in the plan's order.

    ``carry`` are the levels where the table before ended.
    """
    rows = [row for row in range(plan.first_row, layout.grid.row_count + 1) if row not in plan.header_rows]
    rows = [row for row in rows if not _is_footer(layout, row)]
    for half in plan.halves:
        texts = _texts(layout, half, rows, carry)
        for row in rows:
            found = _row(layout, half, texts, row)
            if found:
                yield found


def _is_footer(layout: Layout, row: int) -> bool:
    """Whether a row under the indicators is signed (负责人：… 填报日期：…): it holds no indicator."""
    words = sheet_words()
    keys = {key(cell) for cell in layout.grid.row(row) if cell.text}
    return bool(keys & words.people) or any(name in words.fields for name in keys)


def last_levels(rows: Sequence[IndicatorRow]) -> Levels:
    """The levels of the last row read."""
    return Levels(rows[-1].level1 or "", rows[-1].level2 or "") if rows else NONE


def _texts(layout: Layout, half: Half, rows: Sequence[int], carry: Levels) -> _Texts:
    def column(number: int | None, before: str) -> dict[str, str]:
        return joined(layout.column(number, rows), before) if number else {}

    return _Texts(column(half.level1, carry.level1), column(half.level2, carry.level2))


def _row(layout: Layout, half: Half, texts: _Texts, row: int) -> IndicatorRow | None:
    def cell(column: int | None) -> Cell | None:
        return layout.at(row, column) if column else None

    named = cell(half.indicator or half.fused_indicator)
    target, operator, unit = (cell(column) for column in (half.target, half.operator, half.target_unit))
    if named is None or not named.text or named.row != row or named is target:
        return None
    level1, level2, indicator = _levels(half, named, cell(half.level1), cell(half.level2), texts)
    level1 = level1 or half.named_level1
    used = tuple(item for item in (named, target, operator, unit) if item is not None and item.text)
    return IndicatorRow(
        half.term, level1, level2, indicator, _text(target), _text(operator), _text(unit), named, used,
        half.named_level1 is None,
    )  # fmt: skip


def _text(cell: Cell | None) -> str | None:
    return cell.text if cell is not None and cell.text else None


def _levels(
    half: Half, named: Cell, cell1: Cell | None, cell2: Cell | None, texts: _Texts
) -> tuple[str | None, str | None, str]:
    if half.fused_indicator and not half.indicator:
        return split_levels(named.text)
    printed1 = texts.level1.get(cell1.cell_id, "") if cell1 else ""
    printed2 = texts.level2.get(cell2.cell_id, "") if cell2 else ""
    numbered = sheet_words().numbered_indicator
    indicator = numbered.sub("", named.text).strip(" ：:；;") or named.text
    return first_level(printed2, printed1), squeeze(printed2) or None, indicator


def first_level(level2: str, printed: str) -> str | None:
    """The first level that a second-level name decides; where two are possible, the printed one chooses.

    Labels that the layout misplaces do not count: 数量指标 is 产出指标, wherever the label beside it landed.
    """
    words = sheet_words()
    name = level2_key(level2)
    possible = words.level2.get(name, ()) if name else ()
    label = squeeze(printed)
    if label in possible or not possible:
        return label or None
    return possible[0]


def split_levels(text: str) -> tuple[str | None, str | None, str]:
    """Levels and name printed into one cell: 产出指标数量指标完成个数 → 产出指标, 数量指标, 完成个数."""
    words = sheet_words()
    for level1 in words.level1:
        head, found, rest = text.partition(level1)
        for name in words.level2:
            level2 = name + words.level2_suffix
            if found and rest.startswith(level2):
                # what stands before the levels is the end of a name that the row above had no room for
                return level1, level2, rest[len(level2) :] or head
    return None, None, text


def targets(rows: Sequence[IndicatorRow], table_no: int, sheet_id: str | None, start: dict[str, int]) -> list[Target]:
    """The rows as targets; ``start`` counts the numbers given in each term of the table and is moved on."""
    found = []
    for row in rows:
        start[row.term] = start.get(row.term, 0) + 1
        parsed = parse_target(row.target or "", row.operator, row.unit, row.indicator)
        found.append(
            Target(
                table_no=table_no,
                sheet_id=sheet_id,
                term=row.term,
                target_no=start[row.term],
                level1=row.level1,
                level2=row.level2,
                indicator=row.indicator,
                target_printed=_printed(row),
                operator=parsed.operator,
                value=parsed.value,
                unit=parsed.unit,
                is_quantitative=parsed.is_quantitative,
                page=row.cell.page,
                cell_ids=tuple(cell.cell_id for cell in row.cells),
            )
        )
    return found


def _printed(row: IndicatorRow) -> str | None:
    """The target as printed; an operator and a unit in cells of their own stand around it (优 | 其他 has no unit)."""
    sign = row.operator if row.operator in sheet_words().operators_printed else None
    parts = (
        sign if row.target and sign not in ("定性", "定量") else None,
        row.target,
        row.unit if row.target and row.operator != "定性" else None,
    )
    return "".join(part for part in parts if part) or None
