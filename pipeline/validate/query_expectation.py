"""One custom expectation: a query over the dataset's tables must return no row.

Great Expectations knows no references between tables and works on floats where it can; DuckDB does both exactly. The
query sees every table of the dataset under its own name (as Arrow, so decimals stay decimals), and ``families``: the
identities of expectations/identities.yaml. Importing this module imports Great Expectations (seconds): only ``suites``
does, and only when suites run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import duckdb
import pyarrow as pa
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

_SHOWN = 5


class Tables:
    """The connection that queries run on while a gate is open."""

    connection: ClassVar[duckdb.DuckDBPyConnection | None] = None


@contextmanager
def open_tables(tables: Mapping[str, pa.Table]) -> Iterator[None]:
    """Let queries see these tables until the block ends."""
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            connection.register(name, rows)
        Tables.connection = connection
        try:
            yield
        finally:
            Tables.connection = None


class QueryRows(TableMetricProvider):  # type: ignore[misc]
    """The number of rows that a query returns, and the first few."""

    metric_name = "table.query_rows"
    value_keys = ("query",)

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, metric_value_kwargs: Mapping[str, str], **_: object) -> dict[str, Any]:  # noqa: N805
        if Tables.connection is None:
            raise RuntimeError("a query expectation runs only inside open_tables()")
        rows = Tables.connection.execute(metric_value_kwargs["query"]).fetchall()
        return {"count": len(rows), "rows": [tuple(map(str, row)) for row in rows[:_SHOWN]]}


class ExpectQueryToReturnNoRows(BatchExpectation):  # type: ignore[misc]
    """Expect ``query`` (DuckDB SQL) to find nothing: it selects what is wrong."""

    query: str
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.query_rows",)
    success_keys: ClassVar[tuple[str, ...]] = ("query",)

    def _validate(self, metrics: Mapping[str, Any], **_: object) -> dict[str, Any]:
        found = metrics["table.query_rows"]
        return {
            "success": found["count"] == 0,
            "result": {"observed_value": found["count"], "partial_unexpected_list": found["rows"]},
        }
