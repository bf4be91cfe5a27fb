"""Glyphs, rules and interim tables made by hand, for the tests of extraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.extract import read_document
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.rules import Rules
from pipeline.tables import Dataset

Line = tuple[float, float, float]


@dataclass(frozen=True)
class Ink:
    """One text object: its text from left to right at (x, top). A blank moves on and draws nothing.

    Chinese characters are as wide as high, others half as wide.
    """

    text: str
    x: float
    top: float
    size: float = 10.0
    paleness: float = 0.0
    slanted: bool = False


def glyphs_of(*inks: Ink) -> Glyphs:
    """The glyphs of one page in the order in which they are drawn."""
    boxes: list[tuple[float, float, float, float]] = []
    codes: list[int] = []
    objects: list[int] = []
    for number, ink in enumerate(inks):
        x = ink.x
        for character in ink.text:
            width = ink.size * (0.5 if character.isascii() else 1.0)
            if character != " ":
                boxes.append((x, ink.top, x + width, ink.top + ink.size))
                codes.append(ord(character))
                objects.append(number)
            x += width
    return Glyphs(
        np.array(boxes, dtype=np.float64).reshape(-1, 4),
        np.array(codes, dtype=np.int64),
        np.array(objects, dtype=np.int64),
        np.array([ink.slanted for ink in inks], dtype=bool),
        np.array([ink.paleness for ink in inks], dtype=np.float64),
        0,
    )


def rules_of(horizontal: Iterable[Line], vertical: Iterable[Line]) -> Rules:
    """Rules as (position, start, end)."""
    return Rules(
        np.array(list(horizontal), dtype=np.float64).reshape(-1, 3),
        np.array(list(vertical), dtype=np.float64).reshape(-1, 3),
    )


def boxed(boxes: Iterable[tuple[float, float, float, float]]) -> Rules:
    """The four sides of every box as rules."""
    horizontal: list[Line] = []
    vertical: list[Line] = []
    for x0, y0, x1, y1 in boxes:
        horizontal += [(y0, x0, x1), (y1, x0, x1)]
        vertical += [(x0, y0, y1), (x1, y0, y1)]
    return rules_of(horizontal, vertical)


def read(path: Path) -> Dataset:
    """The interim tables of a made file."""
    return read_document(path, "made")


def rows_of(raw_cells: pa.Table, table_no: int = 1) -> list[list[str]]:
    """The texts of a table's cells that are not blank, row by row, by the row in which a cell begins."""
    cells = [cell for cell in raw_cells.to_pylist() if cell["table_no"] == table_no]
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in cells:
        rows.setdefault(cell["row_no"], []).append((cell["column_no"], cell["text"]))
    return [[text for _, text in sorted(rows[number]) if text] for number in sorted(rows)]


def printed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a made sheet without its blanks, the way ``rows_of`` gives them."""
    return [[text for text in row if text] for row in rows]
