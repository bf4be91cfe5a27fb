"""What is read of a table's head: its columns, their headings, and the side that a heading names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.normalize.meanings import Meaning
from pipeline.normalize.phrases import plain, without_part, without_years
from pipeline.normalize.words import vocabulary


@dataclass(frozen=True)
class ColumnHeading:
    """A printed heading for comparison: its phrase, the years in it, and whether it says 其中."""

    phrase: str
    years: tuple[int, ...]
    is_part: bool


@dataclass(frozen=True)
class Column:
    """What one grid column is: a label column with a ``role``, or figures with a ``meaning`` (role ``amount``).

    ``path`` are its printed headings from top to bottom; ``items`` those of them that name an item (“三公” tables);
    ``unknown`` the first heading that the vocabulary does not know. ``is_share``: it divides with others what its
    meaning says, and each holds a part of it.
    """

    number: int
    role: str
    path: tuple[str, ...]
    meaning: Meaning
    items: tuple[str, ...] = ()
    unknown: str | None = None
    is_share: bool = False

    @property
    def is_part(self) -> bool:
        """Whether its own heading says 其中: it is in its neighbour's figures already."""
        return bool(self.path) and column_heading(self.path[-1]).is_part

    @property
    def header(self) -> str:
        """The path as published."""
        return "/".join(self.path)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Its headings from top to bottom, as they are compared."""
        return tuple(column_heading(text).phrase for text in self.path)

    def set_aside(self) -> Column:
        """The column as one that is known and not taken."""
        return replace(self, meaning=replace(self.meaning, memo=True))


@dataclass(frozen=True)
class Head:
    """The head of a table: its last row, with the rows of column numbers below it, and its columns."""

    last_row: int
    columns: tuple[Column, ...]


@lru_cache(maxsize=65536)
def column_heading(text: str) -> ColumnHeading:
    """A printed heading for comparison: ``plain``, less a leading 其中 and its years."""
    phrase = plain(text)
    rest = without_part(phrase)
    shorter = (phrase if rest is None else rest).rstrip(":：")
    without, years = without_years(shorter)
    return ColumnHeading(without, years, shorter != phrase)


def side_named(text: str) -> str | None:
    """The side that a heading names: 收入 or 支出, but not both (收支)."""
    phrase = column_heading(text).phrase
    said = vocabulary().meaning_of(phrase)
    return said.side if said and said.side else vocabulary().side_within(phrase)
