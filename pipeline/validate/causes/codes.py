"""A row that another table lists and this one lacks; a code that is the slip of another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.validate.causes.model import (
    LABELS,
    Line,
    Printed,
    Supposition,
    accounts_for,
    amount_of,
    column_of,
    half_of,
    line_of,
    name_of,
    paid,
)
from pipeline.validate.check import Check
from pipeline.validate.intervals import FEN
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Record, label_of
from pipeline.validate.words import Sentence

Lack = tuple[Decimal, Sequence[Check]]
"""What a sum is short by, and the failures that say so."""
_MOST = 4
_WHOLE_TABLE = 3  # digits of a class: it is a part of the table's total


def _codes(printed: Printed) -> Mapping[int, Mapping[str, Sequence[Record]]]:
    """The figures of every table that lists subjects, by code."""
    found: dict[int, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in printed.lines:
        if row["subject_code"] and row["side"] != "revenue":
            found[int(str(row["table_no"]))][str(row["subject_code"])].append(row)
    return found


# --- a row that is missing -------------------------------------------------------------------------------------------


def lost_rows(printed: Printed) -> Iterator[Supposition]:
    """Rows that others list, where sums over this table are short by just their amount."""
    codes = _codes(printed)
    found: list[Supposition] = []
    for table, listed in codes.items():
        numbered = _is_numbered(next(iter(listed.values())))
        absent = [
            (code, rows)
            for other, theirs in codes.items()
            for code, rows in theirs.items()
            if other != table and code not in listed and _parent_is_listed(code, listed)
        ]
        for code, rows in dict(sorted(absent, key=lambda each: _is_numbered(each[1]) == numbered)).items():
            found += _missing(printed, table, code, rows)
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def _is_numbered(rows: Sequence[Record]) -> bool:
    """Whether the labels of a table bear numbers and no codes: as such a table's own would."""
    return rows[0]["code_source"] == "reference"


def _parent_is_listed(code: str, listed: Mapping[str, object]) -> bool:
    return len(code) == _WHOLE_TABLE or code[:-2] in listed


def _missing(printed: Printed, table: int, code: str, theirs: Sequence[Record]) -> Iterator[Supposition]:
    """The row put in, with what the sums above it lack in each column."""
    parents = _parents(printed, table, code)
    for line, short in parents.items():
        whole = printed.by_line[line]
        if not any(abs(amount_of(row) - amount) <= half_of(row) * 4 for row in theirs for amount, _ in short.values()):
            continue
        label = {name: theirs[0][name] for name in (*LABELS, "item")}
        rows = [
            {**row, **label, "amount": _as_elsewhere(short[row["column_no"]][0], theirs, row),
             "row_no": _below(printed, line, code), "cell_id": f"{row['cell_id']}+"}
            for row in whole
            if row["column_no"] in short
        ]  # fmt: skip
        stray = [row for row in printed.lines if row["table_no"] == table and _is_stray(row, rows)]
        after = {id(row): {**row, "row_no": int(str(row["row_no"])) + 1} for row in _from(printed, table, rows[0])}
        checks = {check.check_id for _, which in short.values() for check in which}
        said = _said_stray(printed, stray[0], theirs[0]) if stray else _said_missing(printed, whole[0], theirs[0], rows)
        lines = printed.replaced(after, rows, map(id, stray))
        same = any(amount_of(row) == amount for row in theirs for amount, _ in short.values())
        yield Supposition(said, lines, (*stray, *whole), len(checks) + 1, sure=same or len(checks) > 1)


def _as_elsewhere(short: Decimal, theirs: Sequence[Record], row: Record) -> Decimal:
    """What a sum is short by, or what the other table prints where the two differ as rounding lets them."""
    near = (amount_of(each) for each in theirs if abs(amount_of(each) - short) <= half_of(row) * 4)
    return next(near, short.quantize(FEN))


def _is_stray(row: Record, rows: Sequence[Record]) -> bool:
    """Whether a figure without a label prints what a row lacks."""
    return not label_of(row) and any(amount_of(row) == amount_of(each) for each in rows)


def _said_stray(printed: Printed, stray: Record, theirs: Record) -> Sentence:
    title, name, amount = printed.title(stray), name_of(theirs), paid(stray)
    return Sentence(
        f"《{title}》“{name}”的 {amount.zh} 看来印错了栏：印在“{column_of(stray)}”栏没有名称的一行",
        f"“{title}”: the {amount.en} of “{name}” seems to stand in the wrong column: it is printed under "
        f"“{column_of(stray)}”, in a row without a label there",
    )


def _parents(printed: Printed, table: int, code: str) -> Mapping[Line, Mapping[object, Lack]]:
    """The rows above that code in the table of which sums are short, and by how much in each column.

    A row whose only part is missing has no sum: all that it prints is lacking.
    """
    found: dict[Line, dict[object, Lack]] = defaultdict(dict)
    for check in printed.failing:
        if len(check.left) != 1 or check.judgement.difference <= 0 or check.family.scope != "within_table":
            continue
        row = printed.by_cell.get(check.left[0].figure.name)
        if row is not None and row["table_no"] == table and row["side"] != "revenue" and _is_above(row, code):
            found[line_of(row)][row["column_no"]] = (check.judgement.difference, [check])
    for line, checks in printed.touched.items():
        rows = printed.by_line[line]
        if line[0] == table and str(rows[0]["subject_code"]) == code[:-2] and line not in found:
            structures = [check for check in checks if not check.left]
            if structures and not any(
                str(r["subject_code"] or "").startswith(code[:-2]) and r["subject_code"] != code[:-2]
                for r in printed.lines
                if r["table_no"] == table
            ):
                found[line] = {row["column_no"]: (amount_of(row), structures) for row in rows}
    return found


def _is_above(row: Record, code: str) -> bool:
    if len(code) > _WHOLE_TABLE:
        return row["subject_code"] == code[:-2]
    return not row["subject_code"]


def _below(printed: Printed, line: Line, code: str) -> int:
    """The number of the row before which a code would stand: after those below its parent that are smaller."""
    rows = [row for row in printed.lines if row["table_no"] == line[0] and (row["side"] or "") == line[2]]
    smaller = [int(str(row["row_no"])) for row in rows if row["subject_code"] and str(row["subject_code"]) < code]
    coded = [int(str(row["row_no"])) for row in rows if row["subject_code"]]
    return max(smaller) + 1 if smaller else min(coded, default=line[1] + 1)


def _from(printed: Printed, table: int, first: Record) -> list[Record]:
    number = int(str(first["row_no"]))
    return [row for row in printed.lines if row["table_no"] == table and int(str(row["row_no"])) >= number]


def _said_missing(printed: Printed, whole: Record, theirs: Record, rows: Sequence[Record]) -> Sentence:
    name, title, other = name_of(theirs), printed.title(whole), printed.title(theirs)
    unit = str(whole["unit"] or "元")
    amounts = [(column_of(row), amount_of(row)) for row in rows if amount_of(row)]
    zh = "、".join(f"{column} {money(amount, unit)}" for column, amount in amounts)
    en = ", ".join(f"{column} {money_en(amount, unit)}" for column, amount in amounts)
    return Sentence(
        f"《{title}》“{name_of(whole)}”之下看来缺一行“{name}”：《{other}》第{theirs['page']}页列有此项；"
        f"按本表各数推算，应为 {zh}",
        f"“{title}” seems to lack a row “{name}” under “{name_of(whole)}”: “{other}” lists it on page "
        f"{theirs['page']}; from the figures of this table it would be {en}",
    )


# --- a code that is a slip -------------------------------------------------------------------------------------------


def misprinted_codes(printed: Printed) -> Iterator[Supposition]:
    """Rows with a code that no other table lists, of the name of a subject that this table lacks."""
    codes = _codes(printed)
    for table, listed in codes.items():
        elsewhere = {
            (len(code), _bare(row)): row
            for other, theirs in codes.items()
            if other != table
            for code, rows in theirs.items()
            for row in rows[:1]
            if code not in listed and row["code_source"] == "printed"
        }
        known = {code for other, theirs in codes.items() if other != table for code in theirs}
        for code, rows in listed.items():
            right = elsewhere.get((len(code), _bare(rows[0])))
            if right is not None and code not in known and rows[0]["code_source"] == "printed":
                yield _recoded(printed, rows, right)
    yield from _misprinted_economic(printed)


def _bare(row: Record) -> str:
    return "".join(str(row["subject_name"] or "").split())


def _recoded(printed: Printed, rows: Sequence[Record], right: Record) -> Supposition:
    new = {
        id(row): {**row, "subject_code": right["subject_code"], "subject_level": right["subject_level"]} for row in rows
    }
    title, other = printed.title(rows[0]), printed.title(right)
    checks: list[Check] = list(printed.touched.get(line_of(rows[0]), ()))
    rank = 1 + len(checks) + sum(accounts_for(check, amount_of(row)) for check in checks for row in rows)
    said = Sentence(
        f"《{title}》“{name_of(rows[0])}”的科目编码看来应为 {right['subject_code']}："
        f"《{other}》第{right['page']}页同名科目的编码",
        f"“{title}”: the code of “{name_of(rows[0])}” seems to be a slip for {right['subject_code']}, which “{other}” "
        f"prints beside that name on page {right['page']}",
    )
    return Supposition(said, printed.replaced(new), rows, rank)


def _misprinted_economic(printed: Printed) -> Iterator[Supposition]:
    """Rows whose economic code is not that of their name in the reference list, which the table lacks."""
    listed = {(row["table_no"], row["economic_code"]) for row in printed.lines}
    for line, checks in printed.touched.items():
        rows = printed.by_line[line]
        code, name = str(rows[0]["economic_code"] or ""), "".join(str(rows[0]["economic_name"] or "").split())
        right = printed.codes_by_name.get(name)
        if right is None or not code or right == code or len(right) != len(code) or (line[0], right) in listed:
            continue
        new = {id(row): {**row, "economic_code": right} for row in rows}
        rank = 1 + sum(accounts_for(check, amount_of(row)) for check in checks for row in rows)
        title, said = printed.title(rows[0]), name_of(rows[0])
        yield Supposition(
            Sentence(
                f"《{title}》“{said}”的经济科目编码看来应为 {right}（该名称的编码）",
                f"“{title}”: the economic code of “{said}” seems to be a slip for {right}, the code of that name",
            ),
            printed.replaced(new),
            rows,
            rank,
        )
