"""All rows of one document that selectors can pick: the published tables, and those derived from them.

``records`` derives columns of the budget's lines, ``sheets`` the tables of the performance sheets, ``descriptions`` the
arithmetic in a project's own words, ``halves`` and ``overviews`` what its sheet says twice, ``texts`` the tables of the
text, ``classes`` those of the classifications, ``again`` what other tables print again, ``completeness`` what the rule
asks of a disclosure, ``wording`` what the text says beside its figures, ``levels`` whose departments the glossary is
about, ``crossed`` labels that changed places, ``coding`` codes that are a slip for another's, ``bounds`` what is a part
of what, ``misplaced`` figures in the row of another class, ``scales`` tables in another unit of money than all that
repeats them, ``magnitudes`` in one that their figures cannot have, ``public_units`` in another than the text, ``gaps``
rows that seem to be missing, ``serials`` rows whose numbers say so, ``depths`` the levels that tables of codes print.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import Dataset
from pipeline.validate.identities import Identities
from pipeline.validate.rows.again import again_tables
from pipeline.validate.rows.bounds import bound_tables
from pipeline.validate.rows.classes import budget_tables
from pipeline.validate.rows.coding import coding_tables
from pipeline.validate.rows.completeness import completeness_tables
from pipeline.validate.rows.crossed import crossed_tables
from pipeline.validate.rows.depths import depth_tables
from pipeline.validate.rows.descriptions import category_tables, description_tables
from pipeline.validate.rows.gaps import gap_tables
from pipeline.validate.rows.halves import half_tables
from pipeline.validate.rows.levels import level_tables
from pipeline.validate.rows.magnitudes import magnitude_tables
from pipeline.validate.rows.misplaced import misplaced_rows
from pipeline.validate.rows.model import Lines, Record, Records, grouped
from pipeline.validate.rows.overviews import overview_tables
from pipeline.validate.rows.public_units import public_unit_tables
from pipeline.validate.rows.records import read_lines, read_records
from pipeline.validate.rows.scales import cell_amounts, scale_tables
from pipeline.validate.rows.serials import serial_tables
from pipeline.validate.rows.sheets import project_tables, sheet_tables
from pipeline.validate.rows.texts import text_tables
from pipeline.validate.rows.wording import wording_tables

_CELLS = {
    "sheet_cells": ("department_performance", "project_performance"),
    "summary_cells": ("budget_summary", "appropriation_summary"),
    "other_cells": ("other",),
}
_COLUMNS = ["document_id", "cell_id", "table_no", "page", "text", "row_no", "column_no", "role"]


def read_all(dataset: Dataset, identities: Identities) -> Records:
    """The published and the derived rows of one document."""
    tables = dict(read_records(dataset, identities).tables)
    tables |= {name: _cells_of(dataset, kinds) for name, kinds in _CELLS.items()}
    tables["cell_amounts"] = cell_amounts(tables, [*tables["other_cells"], *tables["sheet_cells"]])
    tables |= sheet_tables(tables, tables["sheet_cells"], identities)
    tables |= description_tables(tables, identities)
    tables |= half_tables(tables)
    tables |= overview_tables(tables, identities)
    tables |= level_tables(tables, identities.wording["own_level"])
    tables |= serial_tables(dataset, tables, identities.wording["numbers_rows"])
    return derived_anew(Records(tables), identities)


def read_otherwise(records: Records, changed: Sequence[Record], identities: Identities) -> Records:
    """The same document with the lines of some tables otherwise, which are read anew; no table comes or goes.

    ``changed`` are all the lines of those tables, as ``budget_lines`` has them. What is derived from the lines of
    several tables still is what it was: ``derived_anew`` puts that right.
    """
    tables = records.tables
    lines = [dict(row) for row in changed]
    read_lines(lines, tables, identities)
    by_table = {**grouped(tables["budget_lines"], "table_no"), **grouped(lines, "table_no")}
    return Records({**tables, "budget_lines": [row for rows in by_table.values() for row in rows]})


def derived_anew(records: Records, identities: Identities) -> Records:
    """The same rows, with the tables that are derived from ``budget_lines`` as they follow from it."""
    tables, lines = dict(records.tables), Lines(records.of("budget_lines"))
    labels = [cell for cell in tables["summary_cells"] if cell["role"] == "label"]
    tables |= project_tables(tables, lines, tables["sheet_cells"])
    tables |= text_tables(tables, lines, identities)
    tables |= category_tables(tables)
    tables |= budget_tables(tables, lines, labels, identities)
    tables |= gap_tables(tables, labels, lines, identities)
    tables |= bound_tables(lines)
    tables |= {"misplaced": list(misplaced_rows(lines))}
    tables |= magnitude_tables(lines)
    tables |= public_unit_tables(tables, lines)
    tables |= scale_tables(tables, lines)
    tables |= again_tables(tables, tables["other_cells"])
    tables |= completeness_tables(tables, lines, identities)
    tables |= wording_tables(tables, lines, identities)
    tables |= crossed_tables(tables, lines)
    tables |= coding_tables(tables, lines)
    tables |= depth_tables(lines)
    return Records(tables)


def _cells_of(dataset: Dataset, table_ids: Sequence[str]) -> list[Record]:
    cells, tables = dataset.get("cells"), dataset.get("source_tables")
    if cells is None or tables is None:
        return []
    kinds = pc.is_in(tables["table_id"], pa.array(table_ids))
    numbers = tables.filter(kinds)["table_no"].combine_chunks()
    rows: list[Record] = cells.filter(pc.is_in(cells["table_no"], numbers)).select(_COLUMNS).to_pylist()
    return rows
