"""Publish: tidy tables -> CSV, Parquet, DuckDB, a data package and a data dictionary.

Knows formats, knows no budget. Reading order: ``convenience`` (what is derived), ``files`` (how a file is replaced),
``duck`` (the one kind of DuckDB connection), one module a format (``csv_files``, ``parquet_files``, ``database``,
``data_package``, ``dictionary``), ``statements`` (what is said of licences and facsimiles), ``release`` (runs them).
"""

from pipeline.publish.files import OutputError
from pipeline.publish.release import BUILT, COMMITTED, publish

__all__ = ["BUILT", "COMMITTED", "OutputError", "publish"]
