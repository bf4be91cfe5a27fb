"""The gate: one Great Expectations suite per published fact table, over all documents at once.

The suites are the JSON files of ``expectations/``, named after their tables and written by hand. What they ask about
rows is asked as a query of the Parquet files (``suite_queries``), so that memory does not grow with the number of
documents. Great Expectations is imported here and nowhere else, and only when suites run: importing it takes seconds.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import FACT_TABLES, Table
from pipeline.validate.identities import Identities
from pipeline.validate.identities_file import load_identities
from pipeline.validate.suite_queries import query_of

_SHOWN = 5
QUERY = "expect_query_to_return_no_rows"
_AS_THEY_ARE = (QUERY, "expect_table_columns_to_match_ordered_list")


class SuiteError(ValueError):
    """A suite's file cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True)
class SuiteResult:
    """What one suite says of its table.

    ``failures`` are the critical expectations that did not hold, ``warnings`` the others; each is one line in Chinese
    and English, with a few of the values that break it. ``expectations`` counts what was asked.
    """

    table: str
    expectations: int
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def success(self) -> bool:
        """Whether every critical expectation held."""
        return not self.failures


def run_suites(data: Path, expectations: Path, identities: Identities | None = None) -> list[SuiteResult]:
    """Run every fact table's suite, in the order of the schema.

    ``data`` is a folder with the Parquet files of the published fact tables of all documents; ``expectations`` the
    folder of the suites. Raises FileNotFoundError for a table without a suite or a file, and SuiteError for a suite
    that did not load whole.
    """
    suites = {table.name: _read(expectations, table) for table in FACT_TABLES}
    families = _families(identities or load_identities())
    with _great_expectations() as context:
        from pipeline.validate.query_expectation import open_tables  # noqa: PLC0415

        with open_tables(data, {"families": families}):
            return [_run(context, table, data, suites[table.name]) for table in FACT_TABLES]


def _read(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.json"
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: every fact table has a suite")
    try:
        suite: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise SuiteError(f"{path}: {error}") from error
    if suite.get("name") != table.name or not suite.get("expectations"):
        raise SuiteError(f"{path}: a suite bears its table's name and has expectations")
    return suite


def _families(identities: Identities) -> pa.Table:
    families = identities.families
    return pa.table({"family": [each.id for each in families], "kind": [each.kind for each in families]})


@contextmanager
def _great_expectations() -> Iterator[Any]:
    """An ephemeral context that calls nobody and draws nothing."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx  # noqa: PLC0415  (seconds)

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    yield context


def _run(context: Any, table: Table, data: Path, suite: Mapping[str, Any]) -> SuiteResult:
    from great_expectations import ExpectationSuite  # noqa: PLC0415

    loaded = ExpectationSuite(**{**suite, "expectations": [_as_query(table, one) for one in suite["expectations"]]})
    if len(loaded.expectations) != len(suite["expectations"]):
        wanted, got = len(suite["expectations"]), len(loaded.expectations)
        raise SuiteError(f"suite {table.name}: {got} of {wanted} expectations were loaded; a type is unknown")
    columns = pq.read_schema(data / f"{table.name}.parquet").empty_table().to_pandas()
    asset = context.data_sources.add_pandas(table.name).add_dataframe_asset(table.name)
    batch = asset.add_batch_definition_whole_dataframe(table.name).get_batch({"dataframe": columns})
    return _result(table, batch.validate(loaded, result_format="BASIC").results)


def _as_query(table: Table, expectation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The expectation, asked of the Parquet files where it is about the rows; about the columns, as it stands."""
    kind, arguments = expectation["type"], expectation["kwargs"]
    try:
        query = query_of(table.name, kind, arguments)
    except (KeyError, ValueError) as error:
        raise SuiteError(f"suite {table.name}, {kind}: {error}") from error
    if query is None and kind not in _AS_THEY_ARE:
        raise SuiteError(f"suite {table.name}: nothing is known of {kind}; add its query to suite_queries.py")
    if query is None:
        return expectation
    return {**expectation, "type": QUERY, "kwargs": {"query": query}}


def _result(table: Table, results: Sequence[Any]) -> SuiteResult:
    failed = [(_is_critical(each), _message(each)) for each in results if not each.success]
    return SuiteResult(
        table.name,
        len(results),
        tuple(message for critical, message in failed if critical),
        tuple(message for critical, message in failed if not critical),
    )


def _is_critical(result: Any) -> bool:
    severity = getattr(result.expectation_config, "severity", None)
    return str(getattr(severity, "value", severity) or "critical") == "critical"


def _message(result: Any) -> str:
    config = result.expectation_config
    said = config.meta or {}
    zh, en = said.get("zh", config.type), said.get("en", config.type)
    return f"{zh}{_shown(result, '：')} / {en}{_shown(result, ': ')}"


def _shown(result: Any, colon: str) -> str:
    raised = [each.get("exception_message") for each in _exceptions(result) if each.get("raised_exception")]
    if raised:
        return f"{colon}{raised[0]}"
    values = (result.result or {}).get("partial_unexpected_list") or []
    texts = [" ".join(map(str, each)) if isinstance(each, tuple | list) else str(each) for each in values]
    distinct = list(dict.fromkeys(texts))
    return f"{colon}{', '.join(distinct[:_SHOWN])}" if distinct else ""


def _exceptions(result: Any) -> list[Mapping[str, Any]]:
    """What was raised while the expectation ran: Great Expectations tells it in one of two shapes."""
    info = result.exception_info or {}
    return [info] if "raised_exception" in info else [each for each in info.values() if isinstance(each, Mapping)]
