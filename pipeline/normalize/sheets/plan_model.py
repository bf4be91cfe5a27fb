"""Which column of an indicator table holds what: the records of it."""

from __future__ import annotations

from dataclasses import dataclass, replace


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


def half_of(term: str, columns: dict[str, int]) -> Half:
    """The columns of a term by what they hold."""
    return replace(Half(term), **columns)  # type: ignore[arg-type]
