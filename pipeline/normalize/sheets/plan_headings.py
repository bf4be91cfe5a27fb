"""The headings of an indicator table, or of a list of projects with their indicators, to its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import plain, squeeze
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.plan_model import Half, Plan, half_of
from pipeline.normalize.sheets.words import sheet_words

_LIST_KINDS = ("name", "unit_name", "total", "fiscal", "other", "goal", "term_goal")
_SHARED = ("level1", "level2", "indicator", "fused_indicator", "target")  # from left to right
_INDICATORS = {"indicator", "fused_indicator"}
_VALUE_KINDS = ("level1", "level2", "indicator", "fused_indicator", "target", "operator", "target_unit")


def is_header(cells: Sequence[Cell]) -> bool:
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


def from_headings(layout: Layout, headers: Sequence[int]) -> Plan:
    """The plan that the headings of these rows tell."""
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
    return replace(half_of("annual", kinds), named_level1=squeeze(group.text))


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
    """One half, or two where headings repeat: the whole term and the year; both share the columns of what stands
    before the heading that is repeated. One of values alone is only where one says that they are the whole term's.
    """
    halves: list[dict[str, int]] = [{}]
    of_term: list[bool] = [False]
    for cell, kind in kinds:
        if kind not in _VALUE_KINDS:
            continue
        says_term = kind == "target" and key(cell) in sheet_words().term_targets
        if kind in halves[-1]:
            shared = _shared(kind, names_term=says_term or of_term[-1])
            halves.append({name: column for name, column in halves[0].items() if name in shared})
            of_term.append(False)
        halves[-1][kind] = cell.column
        of_term[-1] |= says_term
    full = [place for place, half in enumerate(halves) if "target" in half and _INDICATORS & set(half)]
    if len(full) == 2 and not any(of_term):
        of_term[full[0]] = True
    return tuple(half_of("term" if of_term[place] else "annual", halves[place]) for place in full)


def _shared(repeated: str, *, names_term: bool) -> Sequence[str]:
    """What the half that a repeated heading opens takes over from the first one."""
    is_told = repeated in _SHARED and (repeated != "target" or names_term)
    return _SHARED[: _SHARED.index(repeated)] if is_told else _SHARED[:1]
