"""The rows of one table of ``budget_lines`` beside one another: its printed lines, their hierarchy and its columns.

line, node, cell_column        the printed line; the line in one column; the column within its table
parent_node                    the node that the figure is a part of: the nearest line above with that column
printed_parent_code            the line of the code above it, whether that shows the column or not
subject_above, lacks_parent    the nearest subject above it that is another; whether that is not the one a level up,
                               though the table prints that level
code_above, lacks_class        the nearest code above it that is another; whether that is not the 类 of an economic 款,
                               which the table prints in another place
children, is_part, placed, top kind of the line's parts; whether it is a part; whether its place in the hierarchy
                               is known; whether it is a total of the table
divides_fund, divides_type     whether it is a part of a line of its own fund (经费拨款 of 一般公共预算拨款), or type
code_root, code_top            no printed code above it; no line of the same code above it
economic_parent, bare_class    the 类 of an economic 款, in a table that prints those; whether it is the one 类 with an
                               amount under which a table lists none
parent_code, deepest_code      the code one level up, in a table that prints that level; digits of the longest code
tells_parents                  whether the table prints the level above its longest codes
fund_whole … mixed_whole, dims_top  see ``dimensions``
unit_order                     1 for a table's first unit
across, numbered, flat         the row, where a table spreads its items over columns; whether
                               the table is read by numbering; whether it lists each project once
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from pipeline.validate.identities import Identities
from pipeline.validate.intervals import Figure, Term, judge
from pipeline.validate.rows.coded import arrange_coded
from pipeline.validate.rows.dimensions import derive_wholes, one_fund, one_origin
from pipeline.validate.rows.headings import nest_headings
from pipeline.validate.rows.hierarchy import columns_of, derive_hierarchy
from pipeline.validate.rows.model import Record, grouped
from pipeline.validate.rows.numbered import arrange_numbered, is_statement
from pipeline.validate.rows.outline import Kind, Line, code_path
from pipeline.validate.rows.printing import derive_printing

_CLASS_DIGITS, _ITEM_DIGITS = 3, 5
_CODES = ("subject_code", "economic")


def derive_table(rows: Sequence[Record], identities: Identities) -> None:
    """Set the columns on the rows of one table, whose labels were read."""
    numbered = rows[0]["table_id"] in identities.numbered_tables or is_statement(rows)
    spread = not numbered and _spreads_items(rows)
    if not numbered:
        one_origin(rows)
    if spread:
        one_fund(rows)
    for side in grouped(rows, "side").values():
        _derive_numbered(side) if numbered else _derive_coded(side, spread=spread)
        derive_wholes(side, identities.hierarchies)
    codes, economic = ({str(code) for code in {row[name] for row in rows} if code} for name in _CODES)
    told = {length for length in {len(code) for code in codes} if _tells_parents(codes, length)}
    deepest = max(map(len, codes), default=None)
    parents: dict[object, str] = {code: code[:-2] for code in codes if len(code) in told}
    economic_parents, bare = _economic_parents(economic), _bare_class(rows) if economic else None
    of_table = {
        "numbered": numbered, "flat": _adds_up_once(rows), "across": None,
        "deepest_code": deepest, "tells_parents": deepest in told,
    }  # fmt: skip
    for row in rows:
        row.update(of_table)
        row["parent_code"] = parents.get(row["subject_code"])
        row["lacks_parent"] = row["parent_code"] is not None and row["parent_code"] != row["subject_above"]
        row["economic_parent"] = economic_parents.get(row["economic"])
        row["lacks_class"] = (
            row["economic_parent"] not in (None, row["code_above"]) and row["economic_parent"] in economic
        )
        row["bare_class"] = bare is not None and (row["side"], row["line"]) == bare
        if spread:
            row["across"] = row["row_no"]
    derive_printing(rows)


def _economic_parents(codes: Collection[str]) -> Mapping[object, str]:
    told = _tells_parents(codes, _ITEM_DIGITS)
    return {code: code[:-2] for code in codes if told and len(code) == _ITEM_DIGITS}


def _bare_class(rows: Sequence[Record]) -> object:
    """The side and the line of the only economic 类 with an amount that has no 款 below it; None where all do."""
    classes = [row for row in rows if row["kind"] == "economic" and len(str(row["economic"])) == _CLASS_DIGITS]
    bare = {(row["side"], row["line"]) for row in classes if row["children"] is None and row["nonzero"]}
    listed = any(row["children"] is not None for row in classes)
    return bare.pop() if listed and len(bare) == 1 else None


def _tells_parents(codes: Collection[str], length: int) -> bool:
    """Whether a table prints the level above the codes of this length: half of their parents, at least."""
    parents = {code[:-2] for code in codes if len(code) == length}
    return 2 * len(parents & set(codes)) >= len(parents)


def _adds_up_once(rows: Sequence[Record]) -> bool:
    """Whether a table lists each project once: most totals are the sum of the projects under them.

    Where headings among the projects add others up, a heading often bears the name of its only project.
    """
    parts: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "project":
            parts[row["side"], row["parent_node"]].append(row)
    wholes = [row for row in rows if (row["side"], row["node"]) in parts] if parts else []
    sums = [_is_sum([row, *parts[row["side"], row["node"]]]) for row in wholes]
    return 2 * sum(sums) > len(sums) and not any(row["kind"] == "project" for row in wholes)


def _spreads_items(rows: Sequence[Record]) -> bool:
    """Whether the items stand in columns: then a row shows several, and one item means no line."""
    if any(row["subject_code"] or row["economic"] or row["project_name"] for row in rows):
        return False
    items = {(row["row_no"], row["side"], row["item"]) for row in rows}
    return len({(row_no, side) for row_no, side, _ in items}) < len(items)


# --- its lines -------------------------------------------------------------------------------------------------------


def _derive_coded(rows: Sequence[Record], *, spread: bool) -> None:
    """One side of a table of codes, projects or units: all its columns show the same lines."""
    lines = _lines(rows, spread=spread)
    if lead_unit_is_sum(rows, lines):
        lines[0].kind = "total"
    elif _lead_unit_is_total(rows, lines):
        lines[1].kind = "total"
    arrange_coded(lines)
    columns = columns_of(rows)
    nest_headings(lines, rows, columns)
    derive_hierarchy(rows, lines, columns)


def _derive_numbered(rows: Sequence[Record]) -> None:
    """Each column by itself: a summary table may set several lists of items side by side under one side."""
    for column in grouped(rows, "column_no").values():
        lines = _lines(column, numbered=True)
        for row in column:
            line = lines[int(str(row["line"]))]
            line.fund, line.origin, line.amount = str(row["fund"]), str(row["origin"]), Decimal(str(row["amount"] or 0))
        arrange_numbered(lines)
        derive_hierarchy(column, lines, [row["column_no"] for row in column])
        for row in column:
            row["role"] = lines[int(str(row["line"]))].role  # which of a side's totals it is
    _lines(rows, numbered=True)  # the line of a row is the same in all columns


_place = itemgetter("row_no", "column_no")
_names = itemgetter("row_no", "subject_code", "economic", "unit_name", "project_name", "numbering")


def _lines(rows: Sequence[Record], *, numbered: bool = False, spread: bool = False) -> list[Line]:
    """The printed lines of one side, in order; every row learns the number of its line."""
    lines: dict[tuple[object, ...], Line] = {}
    for row in sorted(rows, key=_place):
        key = (*_names(row), None if spread else row["label"])
        if key not in lines:
            lines[key] = _line(len(lines), row, numbered=numbered)
        row["line"] = lines[key].index
        lines[key].is_zero &= not row["nonzero"]
    return list(lines.values())


def _line(index: int, row: Record, *, numbered: bool) -> Line:
    subject, economic = row["subject_code"], row["economic"]
    path = code_path(*(str(code) for code in (subject, economic) if code))
    if row["project_name"]:
        path = (*path, str(row["project_name"])) if path else ()
    return Line(
        index=index,
        row_no=int(str(row["row_no"])),
        kind="item" if numbered else _kind(row),
        path=path,
        subject=str(subject) if subject else None,
        label=str(row["label"]),
        unit=str(row["unit_name"]) if row["unit_name"] else None,
        role=str(row["role"]) if row["role"] else None,
        numbering=int(str(row["numbering"])),
        of_which=bool(row["of_which_item"]),
        is_zero=True,
    )


def _kind(row: Record) -> Kind:
    if row["project_name"]:
        return "project"
    if row["subject_code"]:
        return "subject"
    if row["economic"]:
        return "economic"
    if row["role"] in ("grand_total", "current_total"):
        return "total"
    if row["unit_name"]:
        return "unit"
    return "total" if row["subject_level"] == "total" else "item"


def lead_unit_is_sum(rows: Sequence[Record], lines: Sequence[Line]) -> bool:
    """Whether a table of units alone, without a total, opens with the department: the sum of the others.

    Half of its columns decide, so that one wrong figure does not.
    """
    if len(lines) < 3 or any(line.kind != "unit" for line in lines):
        return False
    columns = [each for each in grouped(rows, "column_no").values() if any(row["nonzero"] for row in each)]
    sums = [_is_sum(each) for each in columns if each[0]["line"] == 0]
    return 2 * sum(sums) > len(sums) > 0


def _lead_unit_is_total(rows: Sequence[Record], lines: Sequence[Line]) -> bool:
    """Whether the first unit below a table's total is the department itself: it repeats the total, and units follow.

    Half of its columns decide, not one wrong figure; where one unit has all the money, none does.
    """
    if [line.kind for line in lines[:2]] != ["total", "unit"] or {line.kind for line in lines[2:]} != {"unit"}:
        return False
    columns = [each for each in grouped(rows, "column_no").values() if any(row["nonzero"] for row in each[2:])]
    same = [each[0]["amount"] == each[1]["amount"] for each in columns if each[1]["line"] == 1]
    return 2 * sum(same) >= len(same) > 0


def _is_sum(rows: Sequence[Record]) -> bool:
    terms = [_term(row) for row in rows]
    return judge(terms[:1], terms[1:]).outcome != "fails"


def _term(row: Record) -> Term:
    return Term(Figure(Decimal(str(row["amount"] or 0)), Decimal(str(row["half_unit"] or 0)), ()), Decimal(1))
