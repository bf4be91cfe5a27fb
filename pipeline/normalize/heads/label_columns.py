"""Which columns of a table are labels, and what each of them says of its rows (its role)."""

from __future__ import annotations

from pipeline.normalize.amounts import read_figure
from pipeline.normalize.codes import is_code
from pipeline.normalize.heads.columns import Column, column_heading, side_named
from pipeline.normalize.meanings import Meaning
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain
from pipeline.normalize.words import vocabulary

MOSTLY = 0.6  # share of a column's printed cells that must be figures for it to be a column of figures
_SCHEMES_OF_CODES = frozenset({"subject", "economic", "government", "unit"})
_SOFT_ROLES = frozenset({"label", "remark", "name", "project_name", "project_content", "unit_name"})


def label_column(grid: Grid, number: int, path: tuple[str, ...], last: int) -> Column | None:
    """The column under the headings ``path`` as a label column; None when it holds figures.

    ``last`` is the last row of the head.
    """
    role = _role(path, _parts_code(grid, last))
    figures = _share_of_figures(grid, number, last, path, but_codes=role in _SOFT_ROLES)
    if role and not (role in _SOFT_ROLES and figures is not None and figures > MOSTLY):
        return Column(number, role, path, _side_of(path))
    if figures is not None and figures < 1 - MOSTLY and not _are_unread_figures(grid, number, last, path):
        unknown = path[-1] if path and role is None else None
        return Column(number, "label", path, _side_of(path), unknown=unknown)
    return None


def _parts_code(grid: Grid, last: int) -> bool:
    """Whether the head parts a code over columns of its own: 类 and 款, so that a 项 beside them is no count."""
    headings = {plain(cell.text) for cell in grid.cells if cell.row <= last}
    return all(any(map(split.fullmatch, headings)) for split in vocabulary().code_split)


def _role(path: tuple[str, ...], parts_code: bool) -> str | None:
    """The role that a column's own heading has, told closer by the headings over it (功能分类 / 编码)."""
    if not path:
        return None
    *parents, role = [vocabulary().role_of(column_heading(text).phrase) for text in path]
    kinds = [parent.partition("_")[0] for parent in parents if parent]
    kind = next((kind for kind in reversed(kinds) if kind in _SCHEMES_OF_CODES), None)
    if role == "code_part":
        if kind and kind != "unit":
            return f"part:{kind}_code"
        return "part:code" if parts_code or "code" in kinds else None
    if role in ("code", "name") and kind:
        return f"{kind}_{role}"
    return role


def _side_of(path: tuple[str, ...]) -> Meaning:
    """The side that a label column's headings name, if any."""
    return Meaning(side=next(filter(None, map(side_named, path)), None))


def _share_of_figures(grid: Grid, number: int, last: int, path: tuple[str, ...], *, but_codes: bool) -> float | None:
    """Share of a column's printed cells below the head that are figures; None when it prints nothing.

    Its own heading repeated on a further page is not counted, nor what stands for a blank (/, 无). ``but_codes`` leaves
    out what reads as a subject code: codes may stand under a heading that names a label (项目).
    """
    printed = _printed(grid, number, last, path)
    if not printed:
        return None
    figures = [c for c in printed if read_figure(c.text) is not None and not (but_codes and is_code(c.text))]
    return len(figures) / len(printed)


def _are_unread_figures(grid: Grid, number: int, last: int, path: tuple[str, ...]) -> bool:
    """Whether text stands where a heading that is known announces money, and most of it has digits (12·30, 12.30-).

    Such a column is one of figures, each of which is told to be none, and no label's.
    """
    if not path or any(vocabulary().meaning_of(column_heading(text).phrase) is None for text in path):
        return False
    printed = _printed(grid, number, last, path)
    return sum(any(map(str.isdigit, c.text)) for c in printed) > MOSTLY * len(printed)


def _printed(grid: Grid, number: int, last: int, path: tuple[str, ...]) -> list[Cell]:
    """What a column prints below the head, but for its own heading again and what stands for a blank."""
    below = [c for c in grid.cells if c.column == number and c.row > last and c.text and c.columns == 1]
    return [c for c in below if c.text not in path and not vocabulary().empty_notes.search(plain(c.text))]
