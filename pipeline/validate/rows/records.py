"""The published tables of one document as rows, with the columns that follow from them.

``labels`` and ``lines`` derive the columns of ``budget_lines``, and ``is_heading`` says that reading took a project's
row for a heading of others. Those of ``source_tables`` are ``caption_number``, ``table_title``, ``has_figures``,
``is_unread`` (a table of the rule with figures, none of which was taken), ``title_year``, ``other_year`` (than the
document's), ``round`` (each unit of a file prints the kinds again, with the same numbers: 2 from where the second does)
and ``one``, which counts them.
Of ``cells`` only those are kept that hold a number which nobody could place: no figure, or one of a row of which nobody
knows what it is of; or (``known``) one of a column that is known to be outside the dataset, mostly a part (其中) of
another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.tables import Dataset, rows_of
from pipeline.validate.identities import Identities
from pipeline.validate.rows.labels import Labels
from pipeline.validate.rows.lines import derive_table
from pipeline.validate.rows.model import Record, Records, Tables, cells_of, grouped
from pipeline.validate.rows.vocabulary import caption_number, squeezed

_OUTSIDE, _UNKNOWN = "column_outside_contract", "unknown_item"
_NO_LINES = ("other", "department_performance", "project_performance")  # tables whose figures are no budget_lines
LINE_COLUMNS = (
    "is_heading", "numbering", "label", "role", "heading", "of_which_item", "short_column", "of_which_column", "share",
    "class_code", "economic", "economic_class", "bridge", "of_which", "table_title", "nonzero", "cell_column", "line",
    "printed_parent_code", "subject_above", "code_above", "children", "kind", "is_part", "placed", "top", "code_root",
    "code_top", "unit_order", "node", "parent_node", "divides_fund", "divides_type", "fund_whole",
    "expenditure_type_whole", "origin_whole", "origin_sum", "mixed_whole", "meaning", "dims_top", "numbered", "flat",
    "across", "deepest_code", "tells_parents", "parent_code", "lacks_parent", "economic_parent", "lacks_class",
    "bare_class", "prints_codes", "repeats", "own_code", "economic_item",
)  # fmt: skip
"""The derived columns of ``budget_lines``: so many rows have room for them from the start."""
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(20\d\d)年")


def read_records(dataset: Dataset, identities: Identities) -> Records:
    """The rows of every table of one document, with the derived columns."""
    derived = {"budget_lines": LINE_COLUMNS}
    tables: dict[str, list[Record]] = {
        name: rows_of(rows, derived.get(name, ())) for name, rows in dataset.items() if name != "cells"
    }
    printed, lines = tables.get("source_tables", []), tables.get("budget_lines", [])
    read_lines(lines, tables, identities)
    titles = _titles(printed)
    year = next((row["fiscal_year"] for row in tables.get("documents", ())), None)
    with_figures = {row["table_no"] for row in lines}
    for row in printed:
        _derive_printed(row, titles, with_figures, year)
    _number_rounds(printed)
    if "cells" in dataset:
        tables["cells"] = _unread_cells(dataset, tables.get("findings", ()))
    return Records(tables)


def read_lines(lines: Sequence[Record], tables: Tables, identities: Identities) -> None:
    """Set the derived columns on lines of ``budget_lines``: all of some tables; ``tables`` are the others published."""
    with_headings = (row for row in tables.get("projects", ()) if row["subtotal_amount"] is not None)
    headings = {cell for row in with_headings for cell in cells_of(row)}
    labels = Labels(identities, _titles(tables.get("source_tables", ())))
    for group in grouped(lines, "table_no").values():
        for row in group:
            row["is_heading"] = row["cell_id"] in headings
        labels.read(group)
        derive_table(group, identities)


def _titles(printed: Sequence[Record]) -> dict[object, object]:
    """What each table is called."""
    return {row["table_no"]: row["printed_title"] or row["table_id"] for row in printed}


def _derive_printed(
    row: Record, titles: Mapping[object, object], with_figures: Collection[object], year: object
) -> None:
    """The columns of one printed table."""
    row["caption_number"] = caption_number(row["printed_caption"])
    row["table_title"] = titles[row["table_no"]]
    row["has_figures"] = row["table_no"] in with_figures
    row["is_unread"] = row["state"] == "data" and not row["has_figures"] and row["table_id"] not in _NO_LINES
    row["title_year"] = _year_of(row["printed_title"])
    row["other_year"] = row["title_year"] is not None and row["title_year"] != year
    row["one"] = Decimal(1)


def _number_rounds(printed: Sequence[Record]) -> None:
    """Set ``round``: a kind of table that bears the number that one of its kind bore begins another."""
    number, met = 1, set[tuple[object, object]]()
    for row in printed:
        kind = (row["table_id"], row["caption_number"])
        if row["caption_number"] is not None and kind in met:
            number, met = number + 1, set()
        met.add(kind)
        row["round"] = number


def _year_of(title: object) -> int | None:
    match = _YEAR.search(squeezed(title))
    return int(match[1]) if match else None


def _unread_cells(dataset: Dataset, findings: Sequence[Record]) -> list[Record]:
    """The cells with a number that is no figure (role ``finding``): what may make a sum blocked."""
    columns = ["document_id", "cell_id", "table_no", "row_no", "column_no", "page", "role", "text"]
    cells = dataset["cells"].select(columns)
    known, of_unknown = (_cells_named(findings, code) for code in (_OUTSIDE, _UNKNOWN))
    is_unplaced = pc.equal(cells["role"], "finding")
    if of_unknown:
        is_unplaced = pc.or_(is_unplaced, pc.is_in(cells["cell_id"], pa.array(sorted(of_unknown))))
    unplaced = cells.filter(is_unplaced).to_pylist()
    for cell in unplaced:
        cell["known"] = cell["cell_id"] in known
    return [cell for cell in unplaced if _DIGITS.search(cell["text"] or "")]


def _cells_named(findings: Sequence[Record], code: str) -> set[str]:
    """The cells that the findings of one code are about."""
    lists = (row["cell_ids"] for row in findings if row["code"] == code)
    return {str(cell) for each in lists if isinstance(each, list) for cell in each}
