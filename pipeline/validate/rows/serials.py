"""The numbers that a table prints beside its rows (序号, 行次), as the selectors see them: a derived table.

serials   the numbers of a column in order: ``gap`` where the one after it is left out, ``twice`` where the next row of
          the page bears the same, and nothing else in the column is out of order: a row seems to be missing, or to be
          printed once more
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import Dataset
from pipeline.validate.rows.model import Record, Tables

_NUMBER = r"^\d{1,4}$"
_COLUMNS = ["document_id", "cell_id", "table_no", "page", "text", "row_no", "column_no"]
_FEWEST = 4
_FIRST = 1
_LEFT_OUT = 2  # from the number before it to the one after


def serial_tables(dataset: Dataset, tables: Tables, heading: re.Pattern[str]) -> dict[str, Sequence[Record]]:
    """The derived table of one document; ``heading`` is what stands over a column of such numbers."""
    titles = {row["table_no"]: row["table_title"] for row in tables.get("source_tables", ())}
    found = [each for numbers in _columns(dataset, heading).values() for each in _in_order(numbers)]
    return {"serials": [{**row, "table_title": titles.get(row["table_no"])} for row in found]}


def _columns(dataset: Dataset, heading: re.Pattern[str]) -> Mapping[tuple[object, object], Sequence[Record]]:
    """The numbers under such a heading, by table and column, in the order of the rows."""
    cells = dataset.get("cells")
    if cells is None:
        return {}
    heads = cells.filter(pc.match_substring_regex(cells["text"], f"^(?:{heading.pattern})$")).select(_COLUMNS)
    tops: dict[tuple[object, object], int] = {}
    for row in heads.to_pylist():
        tops.setdefault((row["table_no"], row["column_no"]), row["row_no"])
    if not tops:
        return {}
    numbers = pc.and_(
        pc.is_in(cells["table_no"], pa.array({table for table, _ in tops}, cells["table_no"].type)),
        pc.match_substring_regex(cells["text"], _NUMBER),
    )
    found: dict[tuple[object, object], list[Record]] = defaultdict(list)
    for row in cells.filter(numbers).select(_COLUMNS).to_pylist():
        key = (row["table_no"], row["column_no"])
        if row["row_no"] > tops.get(key, row["row_no"]):
            found[key].append({**row, "number": int(row["text"])})
    return {key: sorted(rows, key=lambda row: int(str(row["row_no"]))) for key, rows in found.items()}


def _in_order(numbers: Sequence[Record]) -> Iterator[Record]:
    """The numbers of a column; where more than one is out of order they number something else."""
    steps = [(row, after, _step(row, after)) for row, after in pairwise(numbers)]
    odd = [step for *_, step in steps if step != 1]
    if len(numbers) < _FEWEST or numbers[0]["number"] != _FIRST or len(odd) > 1:
        return
    for row, after, step in steps:
        yield {
            **row,
            "gap": step == _LEFT_OUT,
            "twice": step == 0 and row["page"] == after["page"],
            "item": row["text"],
        }


def _step(row: Record, after: Record) -> int:
    return int(str(after["number"])) - int(str(row["number"]))
