"""Publish: tidy tables -> CSV, Parquet, DuckDB, a data package and a data dictionary.

Knows formats, knows no budget. Reading order: ``files`` (how a file is replaced), ``statements`` (what is said of
licences and facsimiles), ``parquet_files`` (what all other files are made from), ``convenience`` (what is derived),
``duck`` (the one kind of DuckDB connection), one module a format (``csv_files``, ``database``, ``data_package``,
``dictionary``), ``release`` (runs them).
"""

from pipeline.publish.files import OutputError
from pipeline.publish.release import BUILT, COMMITTED, publish

__all__ = ["BUILT", "COMMITTED", "OutputError", "publish"]
