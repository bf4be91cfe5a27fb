"""What changed between two published datasets: rows by their keys, cell by cell, in DuckDB over the Parquet files.

A row is the same row when its key is the same: a figure's is (document_id, table_no, row_no, column_no). So a row that
is put in moves those below it, and they are changed. Keys are unique: the suites of a build hold that. Convenience
tables are projections of ``budget_lines`` and are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.release.facts import NotPublishedError, read_package, version_of
from pipeline.schema import BUDGET_LINES, FACT_TABLES, Table

#: Columns of the list of changes, which is also changes.csv. One line an added or removed row; one line a changed
#: cell. ``old`` and ``new`` are empty for a row that came or went; amounts (yuan) and subject are those of figures.
CHANGE_COLUMNS = (
    "table", "change", "document_id", "key", "column", "old", "new", "subject_code", "subject", "fund", "amount_old",
    "amount_new", "page", "cell_ids",
)  # fmt: skip
_TYPES = {"amount_old": "DECIMAL(18,2)", "amount_new": "DECIMAL(18,2)", "page": "BIGINT"}
_OLD, _NEW = "o", "n"


@dataclass(frozen=True)
class TableChange:
    """How one table changed. Counts are rows; ``shape`` says how its columns did, None when they did not."""

    table: str
    old_rows: int
    new_rows: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    shape: str | None = None

    @property
    def same(self) -> bool:
        """Nothing changed."""
        return not (self.added or self.removed or self.changed or self.shape)


@dataclass(frozen=True)
class Comparison:
    """Two datasets beside one another: versions, a summary a table, and every change (CHANGE_COLUMNS, all Arrow)."""

    old_version: str
    new_version: str
    tables: tuple[TableChange, ...]
    changes: pa.Table

    @property
    def same(self) -> bool:
        """Nothing changed in any table."""
        return all(table.same for table in self.tables)


def compare(old: Path, new: Path) -> Comparison:
    """Compare two published folders (or releases). Raises NotPublishedError when one is not a published dataset."""
    versions = [version_of(read_package(folder)) for folder in (old, new)]
    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        types = ", ".join(f"{_name(name)} {_TYPES.get(name, 'VARCHAR')}" for name in CHANGE_COLUMNS)
        con.execute(f"CREATE TABLE changes ({types})")
        try:
            tables = tuple(_compare_table(con, table, old, new) for table in FACT_TABLES)
        except duckdb.Error as error:
            raise NotPublishedError(f"{old} / {new}: 数据文件不能读 / a data file cannot be read: {error}") from error
        changes = con.sql("SELECT * FROM changes").to_arrow_table()
    return Comparison(versions[0], versions[1], tables, changes)


def _compare_table(con: duckdb.DuckDBPyConnection, table: Table, old: Path, new: Path) -> TableChange:
    columns = [_open(con, side, folder / f"{table.name}.parquet") for side, folder in ((_OLD, old), (_NEW, new))]
    rows = [_count(con, side) if found else 0 for side, found in zip((_OLD, _NEW), columns, strict=True)]
    if not all(columns):
        side = "旧 old" if not columns[0] else "新 new"
        return TableChange(table.name, rows[0], rows[1], shape=f"{side}: 没有此表 no such table")
    shared = [column for column in columns[1] if column in columns[0]]
    lost_keys = [name for name in table.key if name not in shared]
    if lost_keys:
        return TableChange(table.name, rows[0], rows[1], shape=f"主键不同 keys differ: {', '.join(lost_keys)}")
    con.execute(_changes_of(table, shared, columns[0], columns[1]))
    return TableChange(table.name, rows[0], rows[1], *_counts(con, table), _shape(columns[0], columns[1]))


def _open(con: duckdb.DuckDBPyConnection, side: str, path: Path) -> dict[str, str]:
    """Makes the file the view ``side``; returns its columns with their types, or none when there is no file."""
    if not path.is_file():
        return {}
    con.execute(f"CREATE OR REPLACE VIEW {side} AS SELECT * FROM read_parquet({_text(path)})")
    return {str(name): str(kind) for name, kind, *_ in con.execute(f"DESCRIBE {side}").fetchall()}


def _count(con: duckdb.DuckDBPyConnection, side: str) -> int:
    return _first(con, f"SELECT count(*) FROM {side}")


def _counts(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[int, int, int]:
    sql = f'SELECT count(DISTINCT key) FROM changes WHERE "table" = {_text(table.name)} AND change = '
    added, removed, changed = (_first(con, sql + _text(change)) for change in ("added", "removed", "changed"))
    return added, removed, changed


def _first(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])  # all: a half-read result holds the connection


def _shape(old: dict[str, str], new: dict[str, str]) -> str | None:
    said = [f"+{name}" for name in new if name not in old] + [f"-{name}" for name in old if name not in new]
    said += [f"{name}: {old[name]} → {new[name]}" for name in new if name in old and old[name] != new[name]]
    return f"列 columns: {', '.join(said)}" if said else None


# --- the statement ----------------------------------------------------------------------------------------------------


def _changes_of(table: Table, shared: list[str], old: dict[str, str], new: dict[str, str]) -> str:
    """Appends the table's changes to ``changes``, in the order of its key."""
    key = [_name(name) for name in table.key]
    cells = ", ".join(_cell_change(name, old[name] == new[name]) for name in shared if name not in table.key)
    on = " AND ".join(f"{_OLD}.{name} = {_NEW}.{name}" for name in key)
    row_change = f"CASE WHEN {_OLD}.{key[0]} IS NULL THEN 'added' WHEN {_NEW}.{key[0]} IS NULL THEN 'removed' END"
    ordered = ", ".join(f"coalesce({_NEW}.{name}, {_OLD}.{name}) AS k{place}" for place, name in enumerate(key))
    places = ", ".join(f"k{place}" for place in range(len(key)))
    return f"""
        INSERT INTO changes
        SELECT {_text(table.name)}, coalesce(row_change, 'changed'), document_id, concat_ws('/', {places}),
               cell['name'], cell['old'], cell['new'], {", ".join(_carried(table, shared))}, page, cell_ids
        FROM (
            SELECT *, unnest(CASE WHEN row_change IS NOT NULL THEN [NULL] ELSE cells END) AS cell
            FROM (
                SELECT {ordered}, {row_change} AS row_change,
                       list_filter([{cells}], lambda c: c IS NOT NULL) AS cells, {_context(table, shared)}
                FROM {_OLD} FULL JOIN {_NEW} ON {on}
            )
            WHERE row_change IS NOT NULL OR len(cells) > 0
        )
        ORDER BY {places}, cell['name']"""


def _cell_change(name: str, same_type: bool) -> str:
    """A struct where the two cells differ, else null; cells of different types are compared as they read."""
    quoted = _name(name)
    as_text = f"{_OLD}.{quoted}::VARCHAR", f"{_NEW}.{quoted}::VARCHAR"
    left, right = (f"{_OLD}.{quoted}", f"{_NEW}.{quoted}") if same_type else as_text
    struct = f"{{'name': {_text(name)}, 'old': {as_text[0]}, 'new': {as_text[1]}}}"
    return f"CASE WHEN {left} IS DISTINCT FROM {right} THEN {struct} END"


def _context(table: Table, shared: list[str]) -> str:
    """What tells a person which row it is: document, page, cells; subject, fund and amounts of a figure."""
    cells = "NULL"
    if "cell_ids" in shared:
        cells = f"array_to_string({_newest('cell_ids')}, ';')"
    elif "cell_id" in shared:
        cells = _newest("cell_id")
    found = {name: _newest(name) if name in shared else "NULL" for name in ("document_id", "page")}
    figure = {
        "subject_code": _first_of("subject_code", "economic_code"),
        "subject": _first_of("subject_name", "economic_name", "item"),
        "fund": _newest("fund"),
        "amount_old": f"{_OLD}.amount",
        "amount_new": f"{_NEW}.amount",
    }
    context = {**found, "cell_ids": cells, **(figure if _is_figure(table, shared) else {})}
    return ", ".join(f"{value} AS {name}" for name, value in context.items())


def _carried(table: Table, shared: list[str]) -> tuple[str, ...]:
    names = ("subject_code", "subject", "fund", "amount_old", "amount_new")
    return names if _is_figure(table, shared) else tuple("NULL" for _ in names)


def _is_figure(table: Table, shared: list[str]) -> bool:
    needed = {"subject_code", "economic_code", "subject_name", "economic_name", "item", "fund", "amount"}
    return table is BUDGET_LINES and needed <= set(shared)


def _newest(name: str) -> str:
    return f"coalesce({_NEW}.{_name(name)}, {_OLD}.{_name(name)})"


def _first_of(*names: str) -> str:
    return f"coalesce({', '.join(map(_newest, names))})"


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
