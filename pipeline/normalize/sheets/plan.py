"""Which column of an indicator table holds what: from its headings, or from its content where none are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import plain, squeeze
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.words import SheetWords, sheet_words

_LIST_KINDS = ("name", "unit_name", "total", "fiscal", "other", "goal")
_VALUE_KINDS = ("level1", "level2", "indicator", "fused_indicator", "target", "operator", "target_unit", "activity")


@dataclass(frozen=True)
class Half:
    """The columns of one term; None where the form has no such column.

    ``named_level1``: the first level that the heading over the columns names (成本指标 | 产出指标 side by side).
    """

    term: str
    level1: int | None = None
    level2: int | None = None
    indicator: int | None = None
    fused_indicator: int | None = None
    target: int | None = None
    operator: int | None = None
    target_unit: int | None = None
    activity: int | None = None
    named_level1: str | None = None


@dataclass(frozen=True)
class Plan:
    """The columns of a table: ``halves`` for its indicators, ``listed`` for a list of projects (kind → column).

    ``earlier`` are columns of earlier years' values, which one heading spans with this year's.
    """

    halves: tuple[Half, ...]
    listed: dict[str, int]
    header_rows: frozenset[int]
    column_count: int
    printed: bool = True
    earlier: frozenset[int] = frozenset()

    @property
    def is_list(self) -> bool:
        """Whether the table lists projects, one group of rows each (the names' own column may have no rules)."""
        return bool(self.listed)

    @property
    def leading(self) -> int | None:
        """The column that parts one listed project from the next: the name's, else the first one of the list."""
        return self.listed.get("name") or min(self.listed.values(), default=None)

    @property
    def first_row(self) -> int:
        """The first row under the first heading."""
        return min(self.header_rows, default=0) + 1


def plan_of(layout: Layout, before: Plan | None = None) -> Plan | None:
    """The plan of a table from its headings; else the one of the table it goes on from, or from its content.

    ``before`` is the plan of the sheet before it, one with as many columns if there is one. It also lends the columns
    of a list whose headings the rest of a cut row is printed over.
    """
    rows = range(1, layout.grid.row_count + 1)
    headers = [row for row in rows if _is_header(layout.grid.row(row))]
    if headers:
        plan = _from_headers(layout, headers)
        lent = before.listed if before is not None and _alike(before, plan) else {}
        return replace(plan, listed={**lent, **plan.listed})
    if before is not None and _fits(layout, before):
        return replace(before, header_rows=frozenset(), printed=False)
    found = _from_content(layout)
    return _shifted(found, before) if found is not None and before is not None else found


def _fits(layout: Layout, before: Plan) -> bool:
    """Whether a table without headings has the columns of the one before it: second levels stand where they stood."""
    if before.column_count != layout.grid.column_count:
        return False
    columns = [half.level2 for half in before.halves if half.level2]
    return all(_holds_level2(layout, column) for column in columns)


def _shifted(found: Plan, before: Plan) -> Plan:
    """The list's columns on a page whose first columns have no rules: the same columns, further to the left."""
    half, other = found.halves[0], before.halves[0] if before.halves else None
    if other is None or half.level2 is None or other.level2 is None:
        return found
    moved = {kind: column - other.level2 + half.level2 for kind, column in before.listed.items()}
    same = half.target_unit is not None and (half.target_unit - half.level2) == (other.target_unit or 0) - other.level2
    return replace(found, listed={kind: column for kind, column in moved.items() if column > 0}) if same else found


def _alike(one: Plan, other: Plan) -> bool:
    return one.column_count == other.column_count and one.halves == other.halves


def _is_header(cells: Sequence[Cell]) -> bool:
    """Headings of indicators (a third level with its value), or of a list (name and goal), and nothing else."""
    printed = [cell for cell in cells if cell.text]
    kinds = [_kind(cell) for cell in printed]
    known = {kind for kind in kinds if kind}
    indicators = "target" in known and bool({"indicator", "fused_indicator"} & known)
    listed = {"name", "goal"} <= known and "total" in known and all(kinds)
    return indicators or listed or len(_level_groups(cells)) > 1


def _level_groups(cells: Sequence[Cell]) -> list[Cell]:
    """Headings that name a first level over columns of its own."""
    return [cell for cell in cells if cell.columns > 1 and squeeze(cell.text) in sheet_words().level1]


def _kind(cell: Cell) -> str | None:
    """What a heading says the column holds: by the whole of it, else less its remark in brackets."""
    columns = sheet_words().columns
    return columns.get(plain(cell.text)) or columns.get(key(cell))


def _from_headers(layout: Layout, headers: Sequence[int]) -> Plan:
    cells = [cell for row in _first_run(headers) for cell in _header_cells(layout, row)]
    begun = [cell for cell in layout.row(headers[0]) if cell.row < headers[0] and _kind(cell) in _LIST_KINDS]
    cells += [cell for cell in begun if cell.last_row == headers[0]]  # headings that begin in the row above
    years = {cell.cell_id: found for cell in cells if (found := _years_under(layout, cell))}
    cells = [part for cell in cells for part in years.get(cell.cell_id, [cell])]
    crowded = sum(_kind(cell) is not None for cell in cells) >= 3
    kinds = [(cell, _kind(cell) or (_near_kind(cell) if crowded else None)) for cell in cells]
    is_list = any(kind == "name" for _, kind in kinds)
    listed = {kind: cell.column for cell, kind in kinds if is_list and kind in _LIST_KINDS}
    rows = {row for header in headers for row in range(header, header + _depth(layout, header))}
    rows |= {cell.row for cell in cells} if is_list else set()
    rows |= {cell.row for found in years.values() for cell in found}
    rows |= {row for row in (max(rows) + 1,) if _numbers_columns(layout.grid.row(row))}
    halves = _named_halves(layout, headers) or _halves(kinds)
    plan = Plan(halves, listed, frozenset(rows), layout.grid.column_count)
    return replace(plan, earlier=frozenset(c for found in years.values() for c in _columns(found, "target")))


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row under the headings only numbers their columns (1, 2, 3 …)."""
    return len(cells) > 1 and [squeeze(cell.text) for cell in cells] == [str(n + 1) for n in range(len(cells))]


def _years_under(layout: Layout, cell: Cell) -> list[Cell]:
    """The headings under one of targets that spans earlier years and this one (前年 | 上年 | 预计当年实现), else none.

    Without them the first column, a value of the year before last, would be taken for the target.
    """
    if cell.columns == 1 or _kind(cell) != "target":
        return []
    under = layout.below(cell)
    return under if "target" in (kinds := [_kind(item) for item in under]) or "earlier" in kinds else []


def _columns(cells: Sequence[Cell], but: str) -> list[int]:
    return [c for cell in cells if _kind(cell) != but for c in range(cell.column, cell.last_column + 1)]


def _named_halves(layout: Layout, headers: Sequence[int]) -> tuple[Half, ...]:
    """The columns under each first level that stands over columns of its own: an indicator and its target."""
    for header in headers:
        groups = _level_groups(layout.grid.row(header))
        if len(groups) > 1:
            return tuple(half for group in groups if (half := _half_of_group(layout, group)) is not None)
    return ()


def _half_of_group(layout: Layout, group: Cell) -> Half | None:
    kinds = {kind: cell.column for cell in layout.below(group) if (kind := _kind(cell)) in _VALUE_KINDS}
    if not kinds and group.columns == 2:
        kinds = {"indicator": group.column, "target": group.last_column}
    if "target" not in kinds or "indicator" not in kinds:
        return None
    return replace(_half("annual", kinds), named_level1=squeeze(group.text))


def _first_run(headers: Sequence[int]) -> Sequence[int]:
    """The first row of headings, with the one right under it where both are: a list's over its indicators'."""
    return [row for row in headers if row - headers[0] <= 1]


def _header_cells(layout: Layout, header: int) -> list[Cell]:
    rows = range(header, header + _depth(layout, header))
    return [cell for row in rows for cell in layout.grid.row(row)]


def _depth(layout: Layout, header: int) -> int:
    """Rows that the headings take: a list's headings may stand in two."""
    known = [cell.rows for cell in layout.grid.row(header) if _kind(cell) in (*_LIST_KINDS, *_VALUE_KINDS)]
    return min(known, default=1)


def _near_kind(cell: Cell) -> str | None:
    """A heading with the rest of a cut row printed into it: its phrase at the end, or at the start."""
    text = squeeze(cell.text)
    for phrase, kind in sheet_words().columns.items():
        if len(phrase) >= 4 and (text.endswith(phrase) or text.startswith(phrase)):
            return kind
    return None


def _halves(kinds: Sequence[tuple[Cell, str | None]]) -> tuple[Half, ...]:
    """One half, or two where headings repeat: the whole term and the year; both share the first level's column."""
    halves: list[dict[str, int]] = [{}]
    for cell, kind in kinds:
        if kind not in _VALUE_KINDS:
            continue
        if kind in halves[-1]:
            halves.append({name: column for name, column in halves[0].items() if name == "level1"})
        halves[-1][kind] = cell.column
    full = [half for half in halves if "target" in half and {"indicator", "fused_indicator"} & set(half)]
    terms = ("term", "annual") if len(full) == 2 else ("annual",) * len(full)
    return tuple(_half(term, half) for term, half in zip(terms, full, strict=True))


def _half(term: str, columns: dict[str, int]) -> Half:
    return replace(Half(term), **columns)  # type: ignore[arg-type]


def _from_content(layout: Layout) -> Plan | None:
    """The columns of a table that goes on without headings, by the level names and operators that stand in them."""
    words = sheet_words()
    count = layout.grid.column_count
    # 成本指标 and 满意度指标 are names of both levels: the second level is the last column that holds such names
    level2 = next((c for c in range(count, 0, -1) if _holds_level2(layout, c)), None)
    if level2 is None or level2 + 2 > count:
        return None
    level1 = level2 - 1 if level2 > 1 and _holds_level1(layout, level2 - 1, words) else None
    indicator = _last_column(layout, level2) + 1
    after = _last_column(layout, indicator) + 1
    half = Half("annual", level1=level1, level2=level2, indicator=indicator, target=after)
    if _holds_operators(layout, after, words):
        half = replace(half, operator=after, target=after + 1, target_unit=after + 2)
    return Plan((half,), {}, frozenset(), count, printed=False)


def _texts(layout: Layout, column: int) -> list[str]:
    cells = layout.column(column, range(1, layout.grid.row_count + 1))
    return [squeeze(cell.text) for cell in cells if cell.text]


def _holds_level2(layout: Layout, column: int) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and sum(level2_key(text) is not None for text in texts) * 3 >= len(texts) * 2


def _holds_level1(layout: Layout, column: int, words: SheetWords) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and all(text in words.level1 for text in texts)


def _holds_operators(layout: Layout, column: int, words: SheetWords) -> bool:
    texts = _texts(layout, column)
    return bool(texts) and all(text in words.operators_printed for text in texts)


def _last_column(layout: Layout, column: int) -> int:
    cells = layout.column(column, range(1, layout.grid.row_count + 1))
    return max((cell.last_column for cell in cells), default=column)


def level2_key(text: str) -> str | None:
    """The second-level name of the vocabulary that a text is; letters that two lines mixed up are put right."""
    words = sheet_words()
    bare = squeeze(text).removesuffix(words.level2_suffix)
    if bare in words.level2:
        return bare
    return _level2_by_letters().get("".join(sorted(squeeze(text))))


@cache
def _level2_by_letters() -> Mapping[str, str]:
    """The second-level names under their letters in order, with and without the suffix; the first of two alike."""
    words = sheet_words()
    names = [(form, name) for name in words.level2 for form in (name, name + words.level2_suffix)]
    return {"".join(sorted(form)): name for form, name in reversed(names)}
