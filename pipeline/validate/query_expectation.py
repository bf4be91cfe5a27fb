"""One custom expectation: a query over the dataset's tables must return no row.

Great Expectations knows no references between tables and works on floats where it can; DuckDB does both exactly. The
query sees every table of the dataset under its own name (its Parquet file), and ``families``: the identities of
expectations/identities.yaml. Importing this module imports Great Expectations (seconds): only ``suites``
does, and only when suites run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import duckdb
import pyarrow as pa
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from pipeline.sql import name, text

_SHOWN = 5
_MEMORY = "64MB"
_THREADS = 2  # each takes its share of the memory


class Tables:
    """The connection that queries run on while a gate is open."""

    connection: ClassVar[duckdb.DuckDBPyConnection | None] = None


@contextmanager
def open_tables(folder: Path, tables: Mapping[str, pa.Table]) -> Iterator[None]:
    """Let queries see the Parquet files of the folder, and these tables, until the block ends.

    What a query cannot hold in ``_MEMORY`` goes to a folder beside the files, which goes when the block ends.
    """
    with TemporaryDirectory(prefix=".suites-", dir=folder) as spill, duckdb.connect() as connection:
        connection.execute(f"SET threads = {_THREADS}")
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute(f"SET temp_directory = {text(spill)}")
        connection.execute("SET preserve_insertion_order = false")
        for path in sorted(folder.glob("*.parquet")):
            connection.execute(f"CREATE VIEW {name(path.stem)} AS FROM read_parquet({text(path)})")
        for table, rows in tables.items():
            connection.register(table, rows)
        Tables.connection = connection
        try:
            yield
        finally:
            Tables.connection = None


class QueryRows(TableMetricProvider):  # type: ignore[misc]
    """The first rows that a query returns, in order."""

    metric_name = "table.query_rows"
    value_keys = ("query",)

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, metric_value_kwargs: Mapping[str, str], **_: object) -> list[tuple[str, ...]]:  # noqa: N805
        if Tables.connection is None:
            raise RuntimeError("a query expectation runs only inside open_tables()")
        first = f"FROM ({metric_value_kwargs['query']}) ORDER BY ALL LIMIT {_SHOWN}"
        return [tuple(map(str, row)) for row in Tables.connection.execute(first).fetchall()]


class ExpectQueryToReturnNoRows(BatchExpectation):  # type: ignore[misc]
    """Expect ``query`` (DuckDB SQL) to find nothing: it selects what is wrong."""

    query: str
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.query_rows",)
    success_keys: ClassVar[tuple[str, ...]] = ("query",)

    def _validate(self, metrics: Mapping[str, Any], **_: object) -> dict[str, Any]:
        found = metrics["table.query_rows"]
        return {"success": not found, "result": {"partial_unexpected_list": found}}
