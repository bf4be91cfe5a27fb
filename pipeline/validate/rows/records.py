"""The rows of a document's tables as the selectors see them: the published columns, and what follows from them.

Derived columns of ``budget_lines`` (all from the published ones; ``outline`` gives the hierarchy):

    label, numbering, of_which     the item without white space and number; the number's style; 其中
    role                           what the vocabulary says of the label
    line, node, cell_column        the printed line; the line in one column; the column within its table
    parent_node                    the node that the figure is a part of: the nearest line above with that column
    printed_parent_code            the line of the code above it, whether that shows the column or not
    children, is_part, placed, top kind of the line's parts; whether it is a part; whether its place in the hierarchy
                                   is known; whether it is a total of the table
    code_root, code_top            no printed code above it; no line of the same code above it
    class_code, parent_code        the 类 of its code; the code one level up, in a table that prints that level
    deepest_code, nonzero          digits of the table's longest code; whether the amount is not zero
    fund_whole, expenditure_type_whole, origin_whole, mixed_whole, dims_top
                                   see ``dimensions``
    unit_order, project_line       1 for a table's first unit; what must tell projects apart
    across                         the row, where a table spreads its items over columns
    table_title, short_column      for messages and check_ids
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.tables import Dataset
from pipeline.validate.identities import Identities
from pipeline.validate.intervals import Figure, Term, judge
from pipeline.validate.rows.dimensions import DIMENSIONS, derive_wholes, one_fund, one_origin
from pipeline.validate.rows.outline import Kind, Line, arrange_coded, arrange_numbered, code_path

_WHOLE = {"fund": "total", "expenditure_type": "total", "origin": "total", "period": "budget"}
_SPACE = re.compile(r"\s+")
_OF_WHICH = re.compile(r"^其中[:：]?")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(20\d\d)年")
_CHINESE_NUMBERS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
Record = dict[str, object]
"""One row: column to value. Rows are never changed after this module has made them."""


@dataclass(frozen=True)
class Records:
    """All rows of a document by table."""

    tables: Mapping[str, Sequence[Record]]

    def of(self, table: str) -> Sequence[Record]:
        """The rows of a table; none when the document lacks it."""
        return self.tables.get(table, ())


def read_records(dataset: Dataset, identities: Identities) -> Records:
    """The rows of every table of one document, with the derived columns."""
    tables: dict[str, Sequence[Record]] = {name: rows.to_pylist() for name, rows in dataset.items() if name != "cells"}
    titles = {row["table_no"]: row["printed_title"] or row["table_id"] for row in tables.get("source_tables", ())}
    lines = tables.get("budget_lines", ())
    for row in lines:
        _plain(row, identities, titles)
    for group in _grouped(lines, "table_no").values():
        _derive_table(group, identities)
    with_figures = {row["table_no"] for row in lines}
    year = next((row["fiscal_year"] for row in tables.get("documents", ())), None)
    for row in tables.get("source_tables", ()):
        row["caption_number"] = caption_number(row["printed_caption"])
        row["table_title"] = titles[row["table_no"]]
        row["has_figures"] = row["table_no"] in with_figures
        row["title_year"] = _year_of(row["printed_title"])
        row["other_year"] = row["title_year"] is not None and row["title_year"] != year
        row["one"] = Decimal(1)
    if "cells" in dataset:
        tables["cells"] = _unread_cells(dataset)
    return Records(tables)


def _year_of(title: object) -> int | None:
    match = _YEAR.search(str(title or ""))
    return int(match[1]) if match else None


def _unread_cells(dataset: Dataset) -> list[Record]:
    """The cells that hold a number nobody could place (role ``finding``): what makes a sum blocked."""
    columns = ["document_id", "cell_id", "table_no", "row_no", "column_no", "page", "role", "text"]
    cells = dataset["cells"].select(columns).to_pylist()
    return [cell for cell in cells if cell["role"] == "finding" and _DIGITS.search(cell["text"] or "")]


def caption_number(caption: object) -> int | None:
    """The number in a printed caption: 预算公开表12, 公开03表, 表十一; None when it has none."""
    text = str(caption or "")
    digits = _DIGITS.search(text)
    if digits:
        return int(digits.group())
    chinese = re.search(r"[一二三四五六七八九十]+", text)
    return _from_chinese(chinese.group()) if chinese else None


def _from_chinese(text: str) -> int:
    tens, _, units = text.rpartition("十")
    ten = 0 if "十" not in text else 10 * (_CHINESE_NUMBERS.get(tens, 1) if tens else 1)
    return ten + _CHINESE_NUMBERS.get(units, 0)


# --- one row ---------------------------------------------------------------------------------------------------------


def _plain(row: Record, identities: Identities, titles: Mapping[object, object]) -> None:
    for column, whole in _WHOLE.items():
        row[column] = row[column] or whole
    row["table_title"] = titles.get(row["table_no"], row["table_id"])
    text = _SPACE.sub("", str(row["item"] or ""))
    row["of_which"] = bool(_OF_WHICH.match(text)) or "其中" in str(row["column_header"] or "")
    text = _OF_WHICH.sub("", text)
    row["numbering"], row["label"] = _numbered(text, identities)
    row["role"] = _role(str(row["label"]), identities)
    code = str(row["subject_code"] or "")
    row["class_code"] = code[:3] or None
    row["economic"] = row["economic_code"] or row["government_economic_code"]
    row["nonzero"] = bool(row["amount"])
    row["short_column"] = ".".join(str(row[name]) for name, whole in _WHOLE.items() if row[name] != whole) or "total"
    row["cell_column"] = row["column_no"]


def _numbered(text: str, identities: Identities) -> tuple[int, str]:
    """The style of the number before a label (-1: none) and the label without numbers, nested ones included."""
    style = -1
    for _ in range(2):
        for number, pattern in enumerate(identities.numbering):
            match = pattern.match(text)
            if match:
                style, text = (number if style < 0 else style), text[match.end() :]
                break
    parts = [_without_number(part, identities) for part in text.split("/")]
    return style, "/".join(parts)


def _without_number(text: str, identities: Identities) -> str:
    for pattern in identities.numbering:
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text


def _role(label: str, identities: Identities) -> str | None:
    for role, pattern in identities.vocabulary.items():
        if pattern.fullmatch(label):
            return role
    return None


# --- one table -------------------------------------------------------------------------------------------------------


def _derive_table(rows: Sequence[Record], identities: Identities) -> None:
    numbered = rows[0]["table_id"] in identities.numbered_tables
    spread = not numbered and _spreads_items(rows)
    if not numbered:
        one_origin(rows)
    if spread:
        one_fund(rows)
    for side in _grouped(rows, "side").values():
        if numbered:
            _derive_numbered(side)
        else:
            lines = _lines(side, spread=spread)
            if lead_unit_is_sum(side, lines):
                lines[0].kind = "total"
            arrange_coded(lines)
            _derive_hierarchy(side, lines, _columns(side))
        derive_wholes(side, identities.hierarchies)
    lengths = {len(str(row["subject_code"])) for row in rows if row["subject_code"]}
    for row in rows:
        row["across"] = row["row_no"] if spread else None
        code = str(row["subject_code"] or "")
        row["parent_code"] = code[:-2] if len(code) - 2 in lengths else None
        row["deepest_code"] = max(lengths, default=None)


def lead_unit_is_sum(rows: Sequence[Record], lines: Sequence[Line]) -> bool:
    """Whether a table of units alone, without a total, opens with the department: the sum of the others.

    Half of its columns decide, so that one wrong figure does not.
    """
    if len(lines) < 3 or any(line.kind != "unit" for line in lines):
        return False
    columns = [each for each in _grouped(rows, "column_no").values() if any(row["nonzero"] for row in each)]
    sums = [_is_sum(each) for each in columns if each[0]["line"] == 0]
    return 2 * sum(sums) > len(sums) > 0


def _is_sum(rows: Sequence[Record]) -> bool:
    terms = [_term(row) for row in rows]
    return judge(terms[:1], terms[1:]).outcome != "fails"


def _term(row: Record) -> Term:
    return Term(Figure(Decimal(str(row["amount"] or 0)), Decimal(str(row["half_unit"] or 0)), ()), Decimal(1))


def _derive_numbered(rows: Sequence[Record]) -> None:
    """Each column by itself: a summary table may set several lists of items side by side under one side."""
    for column in _grouped(rows, "column_no").values():
        lines = _lines(column, numbered=True)
        arrange_numbered(lines)
        _derive_hierarchy(column, lines, {id(row): row["column_no"] for row in column})
        for row in column:
            row["role"] = lines[int(str(row["line"]))].role  # which of a side's totals it is
    _lines(rows, numbered=True)  # the line of a row is the same in all columns


def _spreads_items(rows: Sequence[Record]) -> bool:
    """Whether the items stand in columns: then a row shows several, and one item means no line."""
    if any(row["subject_code"] or row["economic"] or row["project_name"] for row in rows):
        return False
    items = {(row["row_no"], row["side"], row["item"]) for row in rows}
    return len({(row_no, side) for row_no, side, _ in items}) < len(items)


def _lines(rows: Sequence[Record], *, numbered: bool = False, spread: bool = False) -> list[Line]:
    """The printed lines of one side, in order; every row learns the number of its line."""
    lines: dict[tuple[object, ...], Line] = {}
    for row in sorted(rows, key=lambda each: (each["row_no"], each["column_no"])):
        item = None if spread else row["label"]
        names = ("row_no", "subject_code", "economic", "unit_name", "project_name", "numbering")
        key = (*(row[name] for name in names), item)
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
        of_which=str(row["item"] or "").lstrip().startswith("其中"),
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


def _derive_hierarchy(rows: Sequence[Record], lines: Sequence[Line], columns: Mapping[int, object]) -> None:
    nodes = {(row["line"], columns[id(row)]) for row in rows}
    units = [line.index for line in lines if line.kind == "unit"]
    by_index = {line.index: line for line in lines}
    codes = {row["line"]: row["subject_code"] for row in rows}
    for row in rows:
        line, column = by_index[int(str(row["line"]))], columns[id(row)]
        above = list(line.above())
        row["cell_column"] = column
        row["node"] = (line.index, column)
        row["parent_node"] = next(((up.index, column) for up in above if (up.index, column) in nodes), None)
        row["printed_parent_code"] = line.parent.index if line.parent and line.parent.path else None
        row["children"], row["kind"] = line.children, line.kind
        row["is_part"] = line.parent is not None
        row["placed"] = not line.stray
        row["top"] = line.parent is None and not line.stray
        row["code_root"] = bool(line.path) and not any(up.path for up in above)
        row["code_top"] = bool(row["subject_code"]) and all(codes[up.index] != row["subject_code"] for up in above)
        row["unit_order"] = units.index(line.index) + 1 if line.index in units else None


def _columns(rows: Sequence[Record]) -> dict[int, object]:
    """What each row's column means, as a key: its dimensions; its number where one line shows the same twice.

    A meaning, because a table may set its codes side by side; in a numbered table the rows have meanings of their own.
    """
    meanings = {id(row): tuple(row[name] for name in (*DIMENSIONS, "period")) for row in rows}
    shown = Counter((row["line"], meanings[id(row)]) for row in rows)
    doubled = {meaning for (_, meaning), times in shown.items() if times > 1}
    return {id(row): row["column_no"] if meanings[id(row)] in doubled else meanings[id(row)] for row in rows}


def _grouped(rows: Iterable[Record], column: str) -> dict[object, list[Record]]:
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
