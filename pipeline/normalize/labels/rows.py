"""A row's label as a whole: what its cells print, then what the row is."""

from __future__ import annotations

from pipeline.normalize.labels.cells import LabelCells, take_cells
from pipeline.normalize.labels.kinds import classify
from pipeline.normalize.labels.label import Context, Label


def read_label(cells: LabelCells, side: str | None, context: Context) -> Label:
    """Read a row's label cells, given as (column, cell) from left to right; changes ``context``."""
    label = Label()
    take_cells(label, cells, context)
    classify(label, side, context)
    context.opened(label.codes)
    return label
