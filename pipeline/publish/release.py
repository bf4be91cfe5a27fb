"""Runs the formats in order: data first, ``datapackage.json`` last, so that it never describes what is not there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from pipeline.publish import duck
from pipeline.publish.convenience import derived
from pipeline.publish.csv_files import write_csv, write_spreadsheet_csv
from pipeline.publish.data_package import CsvFile, write_data_package
from pipeline.publish.database import write_database
from pipeline.publish.dictionary import write_dictionary
from pipeline.publish.files import sweep
from pipeline.publish.parquet_files import write_parquet
from pipeline.publish.statements import statements
from pipeline.schema import CONVENIENCE, FACT_TABLES, PUBLISHED, Table
from pipeline.tables import Dataset, in_key_order

DATABASE, PACKAGE, DICTIONARY = "budget.duckdb", "datapackage.json", "data-dictionary.md"

#: Names of the files that stand in git: a reader of the repository has the data without building it.
COMMITTED = (
    *(f"{name}.csv" for name in PUBLISHED),
    *(f"{view.table.name}.zh.csv" for view in CONVENIENCE),
    DICTIONARY,
    PACKAGE,
)
#: Names of the files that every build makes and git ignores: binary, large, and equal to the CSVs in content.
BUILT = (*(f"{name}.parquet" for name in PUBLISHED), DATABASE)


def publish(dataset: Dataset, out: Path, *, version: str) -> list[Path]:
    """Writes the release of ``dataset`` into the folder ``out`` and returns its files, ``datapackage.json`` last.

    ``dataset`` holds every table of schema.FACT_TABLES; the convenience tables are derived here. Rows are written in
    key order. The same dataset and version give the same bytes, ``budget.duckdb`` too; a file whose bytes do not
    change is not touched. A run that dies leaves each previous file whole.

    Raises ValueError when a table is missing or its rows do not fit the schema, OutputError when a file cannot be
    written (a full disk, no rights).
    """
    sweep(out, (*COMMITTED, *BUILT))
    release = prepared(dataset)
    tables = tuple(PUBLISHED.values())
    parquet = [write_parquet(out / f"{name}.parquet", PUBLISHED[name], release[name], version) for name in PUBLISHED]
    csvs = _write_csvs(release, out)
    documents = release["documents"]
    return [
        *parquet,
        *(file.path for file in csvs),
        write_database(out / DATABASE, tables, release, statements(documents, version)),
        write_dictionary(out / DICTIONARY, tables),
        write_data_package(out / PACKAGE, csvs, documents, version),
    ]


def prepared(dataset: Dataset) -> Dataset:
    """Every published table under its schema, in key order: the fact tables as given, the convenience tables derived.

    Raises ValueError naming the table that is missing or the column that does not fit.
    """
    missing = [table.name for table in FACT_TABLES if table.name not in dataset]
    if missing:
        raise ValueError(f"the dataset lacks {', '.join(missing)}: publish needs every table of schema.FACT_TABLES")
    facts = {table.name: _fitted(table, dataset[table.name]) for table in FACT_TABLES}
    return {**facts, **derived(facts)}


def _fitted(table: Table, rows: pa.Table) -> pa.Table:
    if set(rows.column_names) != set(table.names):
        odd = sorted(set(rows.column_names) ^ set(table.names))
        raise ValueError(f"table {table.name}: missing or undeclared columns {', '.join(odd)}")
    empty = [column.name for column in table.columns if column.required and rows[column.name].null_count]
    if empty:
        raise ValueError(f"table {table.name}: no value in the required column {', '.join(empty)}")
    try:
        return in_key_order(table, rows.select(table.names).cast(table.arrow()))
    except pa.ArrowInvalid as error:
        raise ValueError(f"table {table.name}: {error}") from error


def _write_csvs(release: Dataset, out: Path) -> list[CsvFile]:
    with duck.connection() as con:
        plain = [
            CsvFile(table, write_csv(con, out / f"{name}.csv", table, release[name]))
            for name, table in PUBLISHED.items()
        ]
        chinese = [
            CsvFile(table, write_spreadsheet_csv(con, out / f"{table.name}.zh.csv", table, release[table.name]), True)
            for table in (view.table for view in CONVENIENCE)
        ]
    return [*plain, *chinese]
