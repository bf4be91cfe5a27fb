"""The convenience tables: projections of ``budget_lines`` with the publisher, the place and the year beside them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import BUDGET_LINES, CONVENIENCE, Column, Convenience
from pipeline.tables import Dataset, in_key_order


def derived(dataset: Dataset) -> Dataset:
    """Every table of schema.CONVENIENCE, in key order, from ``budget_lines`` and ``documents``."""
    lines, documents = dataset[BUDGET_LINES.name], dataset["documents"]
    return {view.table.name: project(view, lines, documents) for view in CONVENIENCE}


def project(view: Convenience, lines: pa.Table, documents: pa.Table) -> pa.Table:
    """The rows of the view's tables (and side); columns that ``budget_lines`` lacks come from the row's document."""
    chosen = lines.filter(_selected(view, lines))
    place = pc.index_in(chosen["document_id"], value_set=documents["document_id"].combine_chunks())
    arrays = [_values(column, chosen, documents, place) for column in view.table.columns]
    return in_key_order(view.table, pa.Table.from_arrays(arrays, schema=view.table.arrow()))


def _selected(view: Convenience, lines: pa.Table) -> pa.ChunkedArray:
    selected = pc.is_in(lines["table_id"], value_set=pa.array(view.table_ids))
    if view.side is None:
        return selected
    return pc.and_(selected, pc.fill_null(pc.equal(lines["side"], view.side), False))


def _values(column: Column, chosen: pa.Table, documents: pa.Table, place: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.name in BUDGET_LINES.names:
        return chosen[column.name]
    return documents[column.name].take(place)
