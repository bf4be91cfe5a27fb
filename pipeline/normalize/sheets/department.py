"""The whole-department form: every figure over its indicators with the path of its labels, and its texts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import label_key, squeeze
from pipeline.normalize.sheets.form import is_label
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.money import amount, unit_in
from pipeline.normalize.sheets.plan_model import Plan
from pipeline.normalize.sheets.records import DepartmentSheet, Figure
from pipeline.normalize.sheets.words import sheet_words

_COUNT = re.compile(r"^(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<unit>[^\d\s]{0,4})$")
_INLINE = re.compile(
    r"^(?P<label>[^\d：:]{2,20}(?:[：:][^\d：:]{2,20})?)[：:](?P<amount>-?\d[\d,]*(?:\.\d+)?(?:亿元|千元|万元|元)?)$"
)
_LONG = 30  # a label is shorter than this; longer cells are texts


@dataclass(frozen=True)
class DepartmentReading:
    """The form's record and where its cells ended."""

    sheet: DepartmentSheet
    facts: tuple[Cell, ...]
    labels: tuple[Cell, ...]


def read_department(layout: Layout, plan: Plan | None) -> DepartmentReading:
    """The form over its indicators."""
    first = min(plan.header_rows, default=layout.grid.row_count + 1) if plan else layout.grid.row_count + 1
    cells = [cell for cell in layout.grid.cells if cell.text and cell.row < first]
    unit = unit_in(cell.text for cell in cells) or unit_in(line.text for line in layout.grid.above)
    figures = _told_apart(layout, [(cell, figure) for cell in cells if (figure := _figure(layout, cell, unit))])
    numbers = {figure.cell_id for _, figure in figures}
    texts = [cell for cell in cells if cell.cell_id not in numbers and _is_text(layout, cell)]
    sheet = DepartmentSheet(
        layout.grid.first_page,
        tuple(figure for _, figure in figures),
        tuple((_label(layout, cell), cell.text) for cell in texts),
    )
    facts = (*(cell for cell, _ in figures), *texts)
    labels = (found for cell in facts if (found := _row_label(layout, cell)) is not None and found not in texts)
    return DepartmentReading(sheet, facts, tuple(labels))


def _figure(layout: Layout, cell: Cell, unit: str | None) -> Figure | None:
    """A number of money (in yuan) under its heading or behind its label (资金总额：2809.55), or a count (12个).

    A telephone number is neither, nor is a year over the amounts of that year.
    """
    label = _row_label(layout, cell)
    if label is not None and key(label) in sheet_words().people:
        return None
    inline = _INLINE.match(squeeze(cell.text))
    if inline:
        own = amount(inline["amount"], unit)
        return None if own is None else Figure(label_key(inline["label"]), own, "元", cell.page, cell.cell_id)
    if sheet_words().year.match(squeeze(cell.text)):
        return None
    path = _path(layout, cell)
    match = _COUNT.match(squeeze(cell.text))
    if match and match["unit"]:
        number = Decimal(match["number"].replace(",", ""))
        return Figure(path, number, match["unit"], cell.page, cell.cell_id)
    yuan = amount(cell.text, unit)
    if yuan is None or not path:
        return None
    return Figure(path, yuan, "元", cell.page, cell.cell_id)


def _told_apart(layout: Layout, figures: list[tuple[Cell, Figure]]) -> list[tuple[Cell, Figure]]:
    """The figures; those of one row whose labels do not tell them apart by what is printed over their columns.

    Those that this does not tell apart either (two years under one heading) are left out: which is which is not known.
    """
    places = Counter((cell.row, figure.attribute) for cell, figure in figures)
    named = [
        (cell, figure)
        if places[cell.row, figure.attribute] == 1
        else (cell, replace(figure, attribute="/".join([figure.attribute, *_over(layout, cell)])))
        for cell, figure in figures
    ]
    counts = Counter((cell.row, figure.attribute) for cell, figure in named)
    return [(cell, figure) for cell, figure in named if counts[cell.row, figure.attribute] == 1]


def _over(layout: Layout, cell: Cell) -> list[str]:
    """The nearest words over a cell's column."""
    words = (key(item) for item in layout.above(cell) if item.text and len(item.text) <= _LONG and not _is_number(item))
    return [*islice(words, 1)]


def _path(layout: Layout, cell: Cell) -> str:
    """The label of a figure's row under the headings over it, joined by /; a task's amount ends in its own column's."""
    label = _row_label(layout, cell)
    texts = sheet_words().department.text_headings  # 主要内容 stands over texts, though figures may follow below them
    over = [key(item) for item in reversed(_headings(layout, cell)) if key(item) not in texts]
    own = [key(item) for item in reversed(_headings(layout, label)) if not _is_unfilled(layout, item)] if label else []
    name = [key(label)] if label is not None else []
    if set(own) & sheet_words().department.row_headings:
        return "/".join([*name, *over])
    return "/".join(dict.fromkeys([*own, *name] if own else [*name, *over]))


def _headings(layout: Layout, cell: Cell) -> list[Cell]:
    """The headings over a cell, nearest first: words of the vocabulary that label no figure of their own row."""
    words = sheet_words()
    over = (item for item in layout.above(cell) if key(item) in words.department.headings and item.text)
    return [item for item in over if not _labels_figure(layout, item)]


def _labels_figure(layout: Layout, cell: Cell) -> bool:
    beside = layout.right(cell)
    return beside is not None and _is_number(beside)


def _is_unfilled(layout: Layout, cell: Cell) -> bool:
    """Whether a label names a source of money of which none is printed: a row, no heading over the labels below it."""
    beside = layout.right(cell)
    return key(cell) in sheet_words().sources and beside is not None and not beside.text


def _is_number(cell: Cell) -> bool:
    if sheet_words().year.match(squeeze(cell.text)):
        return False  # 2023年 over the figures of that year
    return bool(_COUNT.match(squeeze(cell.text))) or amount(cell.text, "元") is not None


def _row_label(layout: Layout, cell: Cell) -> Cell | None:
    """The nearest cell to the left that is no figure; in a table of tasks the task's name."""
    names = sheet_words().department.row_headings
    found: list[Cell] = []
    left = layout.left(cell)
    while left is not None:
        if left.text and not _is_number(left):
            found.append(left)
        left = layout.left(left)
    named = [item for item in found if any(key(over) in names for over in _headings(layout, item))]
    return next(iter(named or found), None)


def _is_text(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is a text of the form: no figure, no label, no heading."""
    words = sheet_words()
    if is_label(cell) or key(cell) in words.department.headings or key(cell) in words.department.markers:
        return False
    over = _headings(layout, cell)
    if len(cell.text) > _LONG or _is_name(layout, cell) or (over and key(over[0]) in words.department.text_headings):
        return True
    left = layout.left(cell)
    return left is not None and key(left) in words.department.texts | words.department.goal


def _is_name(layout: Layout, cell: Cell) -> bool:
    left = layout.left(cell)
    return left is not None and key(left) in sheet_words().department.name


def _label(layout: Layout, cell: Cell) -> str:
    left = layout.left(cell)
    if left is not None and (left.row, left.rows) == (cell.row, cell.rows) and is_label(left):
        return key(left)
    over = _headings(layout, cell)
    return key(over[0]) if over else key(left) if left is not None else ""
