"""The hierarchy of a table's lines as columns of its rows (``lines`` says which), and what a column means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter

from pipeline.validate.rows.dimensions import DIMENSIONS
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.outline import Line

_column_meaning = itemgetter(*DIMENSIONS, "period")


def derive_hierarchy(rows: Sequence[Record], lines: Sequence[Line], columns: Sequence[object]) -> None:
    """Set the columns of the hierarchy; ``columns`` are what each row's column means, beside the rows."""
    nodes = [(row["line"], column) for row, column in zip(rows, columns, strict=True)]
    codes = {row["line"]: row["subject_code"] for row in rows}
    units = {line.index: place for place, line in enumerate((line for line in lines if line.kind == "unit"), 1)}
    by_index = {line.index: line for line in lines}
    shared: dict[object, Record] = {index: _columns_of_line(line, codes, units) for index, line in by_index.items()}
    above: dict[object, list[int]] = {index: [up.index for up in line.above()] for index, line in by_index.items()}
    said = dict(zip(nodes, rows, strict=True))
    for row, node in zip(rows, nodes, strict=True):
        index, column = node
        row.update(shared[index])
        row["cell_column"], row["node"], row["parent_node"] = column, node, None
        row["divides_fund"] = row["divides_type"] = False
        for up in above[index]:
            whole = said.get((up, column))
            if whole is not None:
                row["parent_node"] = whole["line"], column
                row["divides_fund"] = row["fund"] == whole["fund"]
                row["divides_type"] = row["expenditure_type"] == whole["expenditure_type"]
                break


def _columns_of_line(line: Line, codes: Mapping[object, object], units: Mapping[int, int]) -> Record:
    """What the hierarchy says of a line, whichever of its figures it is; ``codes`` and ``units`` are by line."""
    code = codes[line.index]
    return {
        "printed_parent_code": line.parent.index if line.parent and line.parent.path else None,
        "subject_above": next((codes[up.index] for up in line.above() if codes[up.index] != code), None),
        "code_above": next((up.path[-1] for up in line.above() if up.path and up.path != line.path), None),
        "children": line.children,
        "kind": line.kind,
        "is_part": line.parent is not None,
        "placed": not line.stray,
        "top": line.parent is None and not line.stray,
        "code_root": bool(line.path) and not any(up.path for up in line.above()),
        "code_top": bool(code) and all(codes[up.index] != code for up in line.above()),
        "unit_order": units.get(line.index),
    }


def columns_of(rows: Sequence[Record]) -> list[object]:
    """What each row's column means, as a key: its dimensions; its number where one line shows the same twice.

    A meaning, because a table may set its codes side by side; in a numbered table the rows have meanings of their own.
    """
    meanings = list(map(_column_meaning, rows))
    shown = Counter((row["line"], meaning) for row, meaning in zip(rows, meanings, strict=True))
    doubled = {meaning for (_, meaning), times in shown.items() if times > 1}
    named = {each: "|".join(map(str, each)) for each in set(meanings)}  # one word is soonest told from another
    return [row["column_no"] if each in doubled else named[each] for row, each in zip(rows, meanings, strict=True)]
