"""The one kind of DuckDB connection that publishing uses: in memory, one thread, the same bytes every time."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.sql import name, text

__all__ = ["connection", "name", "os_errors", "rows_of", "text"]

FULL = "No space left on device"
UNREPEATABLE = "fsst,dict_fsst,bitpacking,alp,alprd,patas,chimp"


@contextmanager
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose files come out the same, byte for byte, whenever the same statements run.

    What made a database file differ from run to run, found by comparing bytes (DuckDB 2.0, storage v1.0.0):

    - several threads: the order of blocks. So one thread, and none for input and output.
    - FSST compression of texts, which draws its samples at random; bit packing, which packs whatever memory held
      in the place of a null; ALP of floating point, which may take such a value for its base. So none of these:
      what is left (constant, run length, dictionary, uncompressed) makes a file a third larger.
    - the gaps in segments, which are whatever their block held before. So blocks come from DuckDB's own pool, which
      starts as zeros and is filled in one order. It is address space: pages that are not used cost no memory.

    One transaction may fill one table only: a commit writes its tables in the order of their addresses in memory.
    """
    con = duckdb.connect(":memory:", config={"threads": 1, "async_threads": 0})
    try:
        con.execute(f"SET disabled_compression_methods = '{UNREPEATABLE}'")
        con.execute("SET block_allocator_memory = '100%'")
        yield con
    finally:
        con.close()


@contextmanager
def os_errors() -> Iterator[None]:
    """DuckDB's errors of input and output as OSError, with ENOSPC for a full disk, like anyone else's."""
    try:
        yield
    except duckdb.Error as error:
        full = FULL in str(error)  # comes as IOException, TransactionException or FatalException
        if not full and not isinstance(error, duckdb.IOException):
            raise
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


def rows_of(parquet: Path) -> str:
    """A Parquet file as a table of SQL: read while it is asked for, not held in memory."""
    return f"read_parquet({text(parquet)})"
