"""The convenience tables: projections of ``budget_lines`` with the publisher, the place and the year beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import BUDGET_LINES, Column, Convenience
from pipeline.tables import Parts


def projected(view: Convenience, lines: Parts, documents: pa.Table) -> Iterator[pa.Table]:
    """The rows of the view's tables (and side); columns that ``budget_lines`` lacks come from the row's document.

    ``lines`` are those of ``budget_lines``, in the order of its key, which is the view's. A view by functional subject
    leaves out the rows of economic items, and whole the tables that list no subjects but those.
    """
    economic = _economic_tables(lines) if view.by_subject else None
    known = documents["document_id"].combine_chunks()
    for part in lines:
        chosen = part.filter(_selected(view, part))
        if economic is not None:
            own = pc.and_(pc.invert(_is_economic(chosen)), pc.invert(pc.is_in(_table_of(chosen), value_set=economic)))
            chosen = chosen.filter(own)
        place = pc.index_in(chosen["document_id"], value_set=known)
        arrays = [_values(column, chosen, documents, place) for column in view.table.columns]
        yield pa.Table.from_arrays(arrays, schema=view.table.arrow())


def _economic_tables(lines: Parts) -> pa.Array:
    """The printed tables that list economic items and no functional subjects (一般公共预算支出表（按经济分类）).

    Rows come table by table: of all but the last one of a part nothing more is to come, and nothing is kept.
    """
    found: set[str] = set()
    of_items: set[str] = set()
    of_subjects: set[str] = set()
    for part in lines:
        tables = _table_of(part)
        of_items.update(tables.filter(_is_economic(part)).unique().to_pylist())
        of_subjects.update(tables.filter(pc.is_valid(part["subject_code"])).unique().to_pylist())
        going_on = {tables[-1].as_py()} if part.num_rows else of_items | of_subjects
        found |= of_items - of_subjects - going_on
        of_items, of_subjects = of_items & going_on, of_subjects & going_on
    return pa.array(sorted(found | (of_items - of_subjects)), pa.string())


def _table_of(lines: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(lines["document_id"], lines["table_no"].cast(pa.string()), "/")


def _is_economic(lines: pa.Table) -> pa.ChunkedArray:
    """Whether a row is an economic item's and no functional subject's."""
    is_item = pc.or_(pc.is_valid(lines["economic_code"]), pc.is_valid(lines["government_economic_code"]))
    return pc.and_(is_item, pc.is_null(lines["subject_code"]))


def _selected(view: Convenience, lines: pa.Table) -> pa.ChunkedArray:
    selected = pc.is_in(lines["table_id"], value_set=pa.array(view.table_ids))
    if view.side is None:
        return selected
    return pc.and_(selected, pc.fill_null(pc.equal(lines["side"], view.side), False))


def _values(column: Column, chosen: pa.Table, documents: pa.Table, place: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.name in BUDGET_LINES.names:
        return chosen[column.name]
    return documents[column.name].take(place)
