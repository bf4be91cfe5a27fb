"""What a row is, and the rows of a document by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Record = dict[str, object]
"""One row: column to value. Rows are never changed once they have been handed to the selectors."""

Tables = Mapping[str, Sequence[Record]]


@dataclass(frozen=True)
class Records:
    """All rows of a document by table."""

    tables: Tables

    def of(self, table: str) -> Sequence[Record]:
        """The rows of a table; none when the document lacks it."""
        return self.tables.get(table, ())


def grouped(rows: Iterable[Record], column: str) -> dict[object, list[Record]]:
    """The rows by their value in the column, in order."""
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
