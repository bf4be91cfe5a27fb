"""A code that stands without the level above it: the row of that level is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.validate.causes.model import LABELS, Line, Printed, Supposition, amount_of, name_of, told_amounts
from pipeline.validate.check import Check
from pipeline.validate.intervals import ZERO
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence

_CLASS, _GROUP = 3, 5  # digits of a 类 and of a 款
_LEVELS = {3: "类", 5: "款"}
_NAMES = {"subject_code": "subject_name", "economic_code": "economic_name"}


def lacking_levels(printed: Printed) -> Iterator[Supposition]:
    """Codes without the level above them: the row of that level is missing."""
    for line, checks in printed.touched.items():
        if not any(map(_speaks_of_the_list, checks)):
            continue
        row = printed.by_line[line][0]
        for column in _NAMES:
            code = str(row[column] or "")
            if len(code) > _CLASS:
                yield from _level(printed, line, column, code[:-2])
        code = str(row["subject_code"] or "")
        if len(code) == _GROUP:
            yield from _only_item(printed, line, code)


def _speaks_of_the_list(check: Check) -> bool:
    """Whether it is about which rows a table lists, and not about their amounts, nor about another table's rows."""
    return not check.left and check.family.scope == "within_table"


def _level(printed: Printed, line: Line, column: str, code: str) -> Iterator[Supposition]:
    rows = [row for row in printed.by_table[line[0]] if (row["side"] or "") == line[2]]
    if any(row[column] == code for row in rows):
        return
    parts = [row for row in rows if str(row[column] or "")[:-2] == code]
    above = min(parts, key=lambda row: int(str(row["row_no"])))
    number = int(str(above["row_no"]))
    sums: dict[object, Decimal] = defaultdict(lambda: ZERO)
    for row in parts:
        sums[row["column_no"]] += amount_of(row)
    name, where = _name_of_code(printed, column, code)
    columns = {row["column_no"]: row for row in reversed(parts)}
    level = _LEVELS.get(len(code)) if column == "subject_code" else None
    label = {**dict.fromkeys(LABELS), column: code, _NAMES[column]: name, "item": name,
             "code_source": above["code_source"], "subject_level": level}  # fmt: skip
    new = [
        {**columns[place], **label, "amount": amount, "row_no": number, "cell_id": f"{columns[place]['cell_id']}+"}
        for place, amount in sums.items()
    ]
    said = _said_level(printed, (code, name), parts, new, where)
    lines = printed.replaced(printed.moved_down(line[0], number), new)
    yield Supposition(said, lines, parts, len({row["row_no"] for row in parts}), sure=True)


def _only_item(printed: Printed, line: Line, code: str) -> Iterator[Supposition]:
    """A 款 with no 项 below it, in a table where every other one has some: its only item is missing."""
    rows = [row for row in printed.by_table[line[0]] if row["subject_code"]]
    groups = {str(row["subject_code"]) for row in rows if len(str(row["subject_code"])) == _GROUP}
    held = {str(row["subject_code"])[:_GROUP] for row in rows if len(str(row["subject_code"])) > _GROUP}
    if groups - held != {code} or len(held) <= 1:
        return
    whole = printed.by_line[line]
    label = {"subject_code": f"{code}99", "subject_level": "项", "subject_name": "", "item": ""}
    new = [{**row, **label, "row_no": line[1] + 1, "cell_id": f"{row['cell_id']}+"} for row in whole]
    title, name, amounts = printed.title(whole[0]), name_of(whole[0]), told_amounts(whole)
    said = Sentence(
        f"《{title}》“{name}”之下看来缺一行：没有列出项级科目，其余各款都列有；缺的是 {amounts.zh}（或几行，合计如此）",
        f"“{title}” seems to lack a row under “{name}”: no item is listed there, while every other group has some; "
        f"what is missing is {amounts.en} (in one row or several)",
    )
    yield Supposition(said, printed.replaced(printed.moved_down(line[0], line[1] + 1), new), whole, 1, sure=True)


def _name_of_code(printed: Printed, column: str, code: str) -> tuple[str, Sentence | None]:
    """What other tables, or else the reference, call a code."""
    for row in printed.lines:
        if row[column] == code and row[_NAMES[column]]:
            return str(row[_NAMES[column]]), _where_listed(printed, row)
    return printed.names.get((column, code), ""), None


def _where_listed(printed: Printed, row: Record) -> Sentence:
    return Sentence(
        f"《{printed.title(row)}》第{row['page']}页列有此项",
        f"“{printed.title(row)}” lists it on page {row['page']}",
    )


def _said_level(
    printed: Printed, named: tuple[str, str], parts: Sequence[Record], rows: Sequence[Record], where: Sentence | None
) -> Sentence:
    title, name, part = printed.title(parts[0]), " ".join(filter(None, named)), name_of(parts[0])
    where_zh, where_en = (f"；{where.zh}", f"; {where.en}") if where else ("", "")
    amounts = told_amounts(rows)
    return Sentence(
        f"《{title}》看来缺一行“{name}”：列有其下的“{part}”等，没有列出这一级{where_zh}；"
        f"按其下各行合计，应为 {amounts.zh}",
        f"“{title}” seems to lack a row “{name}”: it lists “{part}” (and others) below it, and not that level"
        f"{where_en}; the rows below it add up to {amounts.en}",
    )
