"""All rows of one document that selectors can pick: the published tables, and those derived from them.

``records`` derives columns of the budget's lines, ``sheets`` the tables of the performance sheets, ``texts`` those of
the text, ``completeness`` what the rule asks of a disclosure.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import Dataset
from pipeline.validate.completeness import completeness_tables
from pipeline.validate.identities import Identities
from pipeline.validate.records import Record, Records, read_records
from pipeline.validate.sheets import sheet_tables
from pipeline.validate.texts import text_tables

_SHEETS = ("department_performance", "project_performance")
_COLUMNS = ["document_id", "cell_id", "table_no", "page", "text"]


def read_all(dataset: Dataset, identities: Identities) -> Records:
    """The published and the derived rows of one document."""
    records = read_records(dataset, identities)
    tables = dict(records.tables)
    tables |= sheet_tables(tables, _sheet_cells(dataset), identities)
    tables |= text_tables(tables, identities)
    tables |= completeness_tables(tables, _placeholder_cells(dataset, identities), identities)
    return Records(tables)


def _sheet_cells(dataset: Dataset) -> list[Record]:
    cells, sheets = dataset.get("cells"), dataset.get("source_tables")
    if cells is None or sheets is None:
        return []
    kinds = pc.is_in(sheets["table_id"], pa.array(_SHEETS))
    numbers = sheets.filter(kinds)["table_no"].combine_chunks()
    rows: list[Record] = cells.filter(pc.is_in(cells["table_no"], numbers)).select(_COLUMNS).to_pylist()
    return rows


def _placeholder_cells(dataset: Dataset, identities: Identities) -> list[Record]:
    cells, pattern = dataset.get("cells"), identities.placeholders
    if cells is None or pattern is None:
        return []
    found: list[Record] = (
        cells.filter(pc.match_substring_regex(cells["text"], pattern.pattern)).select(_COLUMNS).to_pylist()
    )
    return found
