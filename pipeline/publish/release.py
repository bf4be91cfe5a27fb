"""Runs the formats in order: data first, ``datapackage.json`` last, so that it never describes what is not there."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pipeline.publish import duck
from pipeline.publish.convenience import projected
from pipeline.publish.csv_files import write_csv, write_spreadsheet_csv
from pipeline.publish.data_package import CsvFile, write_data_package
from pipeline.publish.database import write_database
from pipeline.publish.dictionary import write_dictionary
from pipeline.publish.files import sweep
from pipeline.publish.parquet_files import parquet_of, write_parquet
from pipeline.publish.statements import statements
from pipeline.schema import BUDGET_LINES, CONVENIENCE, DOCUMENTS, FACT_TABLES, PUBLISHED
from pipeline.tables import ParquetParts, Tables

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


def publish(tables: Tables, out: Path, *, version: str) -> list[Path]:
    """Writes the release of ``tables`` into the folder ``out`` and returns its files, ``datapackage.json`` last.

    ``tables`` are those of schema.FACT_TABLES, in parts that come in the order of the documents: what is written has
    the documents in that order and each part's rows in key order. Parquet comes first; all else is made from it, so no
    table is ever whole in memory. The same rows and version give the same bytes, ``budget.duckdb`` too; a file whose
    bytes do not change is not touched. A run that dies leaves each previous file whole.

    Raises ValueError when a table is missing or its rows do not fit the schema, OutputError when a file cannot be
    written (a full disk, no rights).
    """
    missing = [table.name for table in FACT_TABLES if table.name not in tables]
    if missing:
        raise ValueError(f"the dataset lacks {', '.join(missing)}: publish needs every table of schema.FACT_TABLES")
    sweep(out, (*COMMITTED, *BUILT))
    parquet = [*_write_facts(tables, out, version), *_write_views(out, version)]
    csvs = _write_csvs(out)
    published = tuple(PUBLISHED.values())
    documents = pq.read_table(parquet_of(out, DOCUMENTS))
    return [
        *parquet,
        *(file.path for file in csvs),
        write_database(out / DATABASE, published, out, statements(documents, version)),
        write_dictionary(out / DICTIONARY, published),
        write_data_package(out / PACKAGE, csvs, documents, version),
    ]


def _write_facts(tables: Tables, out: Path, version: str) -> list[Path]:
    return [write_parquet(parquet_of(out, table), table, tables[table.name], version) for table in FACT_TABLES]


def _write_views(out: Path, version: str) -> list[Path]:
    documents, lines = pq.read_table(parquet_of(out, DOCUMENTS)), ParquetParts(parquet_of(out, BUDGET_LINES))
    views = ((view.table, projected(view, lines, documents)) for view in CONVENIENCE)
    return [write_parquet(parquet_of(out, table), table, parts, version) for table, parts in views]


def _write_csvs(out: Path) -> list[CsvFile]:
    with duck.connection() as con:
        plain = [CsvFile(table, write_csv(con, out / f"{name}.csv", table)) for name, table in PUBLISHED.items()]
        chinese = [
            CsvFile(table, write_spreadsheet_csv(con, out / f"{table.name}.zh.csv", table), True)
            for table in (view.table for view in CONVENIENCE)
        ]
    return [*plain, *chinese]
