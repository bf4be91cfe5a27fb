"""What a row is, and the rows of a document by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

Record = dict[str, object]
"""One row: column to value. Rows are never changed once they have been handed to the selectors."""

Tables = Mapping[str, Sequence[Record]]

TOLD = (
    "table_no", "table_id", "period", "nonzero", "code_source", "subject_code", "subject_name", "economic_code",
    "economic_name", "government_economic_code", "government_economic_name",
)  # fmt: skip
"""The columns of lines of which it is asked what stands side by side in the whole document."""


@dataclass(frozen=True)
class Records:
    """All rows of a document by table."""

    tables: Tables

    def of(self, table: str) -> Sequence[Record]:
        """The rows of a table; none when the document lacks it."""
        return self.tables.get(table, ())


class Lines:
    """The rows of ``budget_lines`` as the derived tables ask for them, which is each time for a few of very many."""

    def __init__(self, rows: Sequence[Record]) -> None:
        self.rows = rows

    @cached_property
    def by_cell(self) -> Mapping[object, Record]:
        """Every row by its cell."""
        return {row["cell_id"]: row for row in self.rows}

    @cached_property
    def by_table(self) -> Mapping[object, Sequence[Record]]:
        """The rows of each table by its number."""
        return grouped(self.rows, "table_no")

    def of_kind(self, *table_ids: str) -> Sequence[Record]:
        """The rows of the tables of these kinds, table after table."""
        return [row for rows in self.by_table.values() if rows[0]["table_id"] in table_ids for row in rows]

    def of_column(self, table_no: object, column_no: object) -> Sequence[Record]:
        """The rows of one column of a table."""
        return self._by_column.get((table_no, column_no), ())

    @cached_property
    def _by_column(self) -> Mapping[object, Sequence[Record]]:
        columns: dict[object, list[Record]] = defaultdict(list)
        for row in self.rows:
            columns[row["table_no"], row["column_no"]].append(row)
        return columns

    def told(self, *columns: str) -> Collection[tuple[object, ...]]:
        """What stands side by side in two of the columns ``TOLD`` or more, each combination once, in order."""
        return dict.fromkeys(map(itemgetter(*map(TOLD.index, columns)), self._told))

    @cached_property
    def _told(self) -> Collection[tuple[object, ...]]:
        """The combinations of all these columns, which are few beside the rows."""
        return dict.fromkeys(map(itemgetter(*TOLD), self.rows))


def grouped(rows: Iterable[Record], column: str) -> dict[object, list[Record]]:
    """The rows by their value in the column, in order."""
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def cells_of(row: Record) -> tuple[str, ...]:
    """The cells that a row comes from."""
    cell = row.get("cell_id")
    if cell:
        return (str(cell),)
    cells = row.get("cell_ids")
    return tuple(str(cell) for cell in cells) if isinstance(cells, list) else ()


def label_of(row: Record) -> str:
    """What a person calls the row: code and name, project, unit, or the row's label."""
    get = row.get  # asked of every figure
    code = get("subject_code") or get("economic_code")
    name = get("subject_name") or get("economic_name") or get("project_name") or get("item")
    name = name or get("unit_name") or get("printed_title")
    if not name:  # a table without a title, or a line without a label
        name = ("合计" if get("top") else "") if get("cell_id") else get("table_id") or ""
    return f"{code} {name}" if code and get("code_source") != "reference" else str(name)
