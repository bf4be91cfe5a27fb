"""Subjects whose names stand in columns of 类, 款 and 项 without a code: each is looked up below the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize import reference
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.labels.label import Context, Label
from pipeline.normalize.labels.names import below
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import bare

_LENGTHS = (3, 5, 7)  # digits of a 类, a 款 and a 项


def take_names_of_levels(label: Label, cells: Sequence[tuple[Column, Cell]], context: Context) -> None:
    """Give the label the code of the last of its names, where every one of them has one below those before it.

    Which level a column holds a row tells that prints all three; a row that prints fewer goes on from the one above.
    """
    named = [(column, cell.text) for column, cell in cells if column.role in ("part:code", "part:subject_code")]
    if label.codes or not named:
        return
    if len(named) == len(_LENGTHS):
        context.reach.update(zip((column.number for column, _ in named), _LENGTHS, strict=True))
    code = context.codes.get("subject", "")
    for column, name in named:
        code = _code_below(name, code, context.reach.get(column.number), context)
    if code:
        label.codes["subject"], label.names["subject"] = code, named[-1][1]
        label.source = "reference"


def _code_below(name: str, opened: str, length: int | None, context: Context) -> str:
    """The code of ``length`` digits that a name has below what is opened; none where it is not known."""
    if length == reference.CLASS_DIGITS:
        return reference.classes().get(bare(name), "")
    if length is None or len(opened) < length - 2:
        return ""
    return below(bare(name), opened[: length - 2], length, context.printed_names) or ""
