"""The convenience tables: projections of ``budget_lines`` with the publisher, the place and the year beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import BUDGET_LINES, Column, Convenience
from pipeline.tables import Parts


def projected(view: Convenience, lines: Parts, documents: pa.Table) -> Iterator[pa.Table]:
    """The rows of the view's tables (and side); columns that ``budget_lines`` lacks come from the row's document.

    ``lines`` are those of ``budget_lines``, in the order of its key, which is the view's.
    """
    known = documents["document_id"].combine_chunks()
    for part in lines:
        chosen = part.filter(_selected(view, part))
        place = pc.index_in(chosen["document_id"], value_set=known)
        arrays = [_values(column, chosen, documents, place) for column in view.table.columns]
        yield pa.Table.from_arrays(arrays, schema=view.table.arrow())


def _selected(view: Convenience, lines: pa.Table) -> pa.ChunkedArray:
    selected = pc.is_in(lines["table_id"], value_set=pa.array(view.table_ids))
    if view.side is None:
        return selected
    return pc.and_(selected, pc.fill_null(pc.equal(lines["side"], view.side), False))


def _values(column: Column, chosen: pa.Table, documents: pa.Table, place: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.name in BUDGET_LINES.names:
        return chosen[column.name]
    return documents[column.name].take(place)
