"""A printed line of a table and the line that it is a part of: what the hierarchy inside one table is told in.

Two ways of printing a hierarchy are known, and both are conventions of the rule, not of a place: by codes (``coded``)
and by the numbers before the labels (``numbered``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["subject", "economic", "project", "unit", "total", "item"]
_CODE_LENGTHS = (3, 5, 7, 9)


@dataclass(slots=True, eq=False)
class Line:
    """One printed line of one side of a table, and the line that it is a part of.

    ``numbering`` is the style of the number before its label (-1: none); ``role`` what the vocabulary says of that.
    ``stray``: the line has no known place in the hierarchy, so it is neither a part nor a total. ``is_zero``: every
    figure on it is zero. ``fund``, ``origin`` and ``amount`` (yuan) are those of its figure where a column is read
    by itself.
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
    fund: str | None = None
    origin: str | None = None
    amount: Decimal | None = None
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
