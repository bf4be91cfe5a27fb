"""A row that a table's own sums show to be missing: they are short by it in every column of its figures.

Where another table prints the amount beside a name that the list lacks, or the text lists such a name, it is that row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.validate.causes.model import (
    LABELS,
    Line,
    Printed,
    Supposition,
    accounts_for,
    line_of,
    name_of,
    told_amounts,
)
from pipeline.validate.check import Check
from pipeline.validate.intervals import FEN
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence

_MOST = 3
_CLASS = 3  # digits
_TELLING = 4  # digits: a shorter amount is met by chance
_NO_NAME = "（缺）"
_CODES = ("subject_code", "economic_code")
_NAMES = {"subject_code": "subject_name", "economic_code": "economic_name"}


class _Short(NamedTuple):
    """What a column's sum over the rows listed under a line is short by: the whole's figure, the last of its parts."""

    whole: Record
    last: Record
    amount: Decimal
    check: Check


class _Known(NamedTuple):
    """What is known of a missing row: its code and name, and where it is printed."""

    code: str
    name: str
    where: Sentence


def lacking_rows(printed: Printed) -> Iterator[Supposition]:
    """Rows by which the sums over a list are short: in two columns or more, or by an amount that another table prints
    beside the name of a row that this list lacks."""
    found = []
    for line, short in _shortages(printed).items():
        known = next((each for each in (_elsewhere(printed, one) for one in short.values()) if each), None)
        known = known or _named_by_text(printed, next(iter(short.values())))
        if len(short) > 1 or known:
            found.append(_put_in(printed, line, short, known))
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def _shortages(printed: Printed) -> Mapping[Line, Mapping[object, _Short]]:
    """The lines that print more than the rows listed under them, by column."""
    found: dict[Line, dict[object, _Short]] = defaultdict(dict)
    for check in printed.failing:
        if not check.in_list or len(check.left) != 1 or check.judgement.difference <= 0 or check.misses_by_fen:
            continue
        whole = printed.by_cell.get(check.left[0].figure.name)
        parts = [printed.by_cell[term.figure.name] for term in check.right if term.figure.name in printed.by_cell]
        if whole is not None and parts:
            last = max(parts, key=lambda row: int(str(row["row_no"])))
            found[line_of(whole)][whole["column_no"]] = _Short(whole, last, check.judgement.difference, check)
    return found


def _put_in(printed: Printed, line: Line, short: Mapping[object, _Short], known: _Known | None) -> Supposition:
    first = next(iter(short.values()))
    label = _label(printed, first, known)
    number = _place(printed, line, first)
    rows = [
        {**each.whole, **label, "amount": each.amount.quantize(FEN), "row_no": number,
         "cell_id": f"{each.whole['cell_id']}+", "unnamed": known is None}
        for each in short.values()
    ]  # fmt: skip
    lines = printed.replaced(printed.moved_down(line[0], number), rows)
    said = _said(printed, first.whole, known, rows)
    return Supposition(said, lines, printed.by_line[line], len(short), sure=True)


def _label(printed: Printed, short: _Short, known: _Known | None) -> Record:
    """The label of the missing row: of the kind of the last row listed, with a code and a name that no row has."""
    like = _in_class_of(printed, short)
    label: Record = {name: like[name] for name in (*LABELS, "item")}
    for column in _CODES:
        if like[column]:
            label[column] = known.code if known and known.code else _free(printed, like, column)
            if label[column] != like[column]:
                label[_NAMES[column]] = known.name if known else _NO_NAME
    for column in ("project_name", "item"):
        if label[column]:
            label[column] = f"{label[column]}{_NO_NAME}"
    if label["unit_name"] and label["unit_name"] == like["item"]:
        label["unit_name"] = label["item"]
    return label


def _in_class_of(printed: Printed, short: _Short) -> Record:
    """The last part; where another table's figure for one class is off by the amount, the last part of that class."""
    rows = printed.by_table[int(str(short.whole["table_no"]))]
    for check in printed.failing:
        if not check.in_list and accounts_for(check, short.amount):
            code = str(printed.by_cell.get(check.left[0].figure.name, {}).get("subject_code") or "-")
            own = [
                row for row in rows if row["side"] == short.last["side"] and str(row["subject_code"] or "")[:3] == code
            ]
            if own:
                return own[-1]
    return short.last


def _free(printed: Printed, like: Record, column: str) -> str:
    """A code beside that of a row which no row of the document bears; its own where a table lists codes repeatedly."""
    code, rows = str(like[column]), printed.by_table[int(str(like["table_no"]))]
    if len({row["row_no"] for row in rows if row[column] == code}) > 1:
        return code
    taken = {str(row[column]) for row in printed.lines}
    codes = (f"{code[:-2]}{number}" for number in range(98, 9, -1))
    return next((each for each in codes if each not in taken), code)


def _place(printed: Printed, line: Line, short: _Short) -> int:
    """The number of the row before which the missing one is put: before a total that ends the list, else after the
    last row of the list and what stands under that."""
    last = int(str(short.last["row_no"]))
    if line[1] > last:
        return line[1]
    codes = [str(short.last[column]) for column in _CODES if short.last[column]]
    below = [
        int(str(row["row_no"]))
        for row in printed.by_table[line[0]]
        if codes and any(str(row[column] or "").startswith(codes[-1]) for column in _CODES)
    ]
    return max([last, *below]) + 1


# --- which row it is -------------------------------------------------------------------------------------------------


def _elsewhere(printed: Printed, short: _Short) -> _Known | None:
    """The one row of other tables with that amount and a label of the kind that this list holds, which it lacks."""
    table = int(str(short.whole["table_no"]))
    listed = {_code_and_name(printed, row, short.last) for row in printed.by_table[table]}
    codes, names = {code for code, _ in listed}, {name for _, name in listed}
    found: dict[str, _Known] = {}
    for row in printed.by_amount.get(short.amount, ()):
        code, name = _code_and_name(printed, row, short.last)
        if row["table_no"] == table or name in names or not name or (code and code in codes):
            continue
        if _is_like(short, row, code):
            found.setdefault(code or name, _Known(code, name, _where(printed, row)))
    return next(iter(found.values())) if len(found) == 1 else None


def _code_and_name(printed: Printed, row: Record, last: Record) -> tuple[str, str]:
    """The code and the name of a row as the list of ``last`` would print them: of economic items that are named
    without their code the one of their name, of subjects that are one such item that item's."""
    name = str(row["subject_name"] or row["economic_name"] or row["project_name"] or row["item"] or "")
    name = "".join(name.split()).rpartition("/")[2]
    if not last["economic_code"]:
        return str(row["subject_code"] or ""), name
    bridged = printed.bridges.get(str(row["subject_code"]), "")
    code = str(row["economic_code"] or bridged or printed.codes_by_name.get(name, ""))
    return code, printed.names.get(("economic_code", code), name) if bridged else name


def _is_like(short: _Short, row: Record, code: str) -> bool:
    """Whether a row may stand in the same list as the last one of it."""
    last = short.last
    own = str(last["subject_code"] or last["economic_code"] or "")
    if own:
        return len(code) == len(own) and (len(own) == _CLASS or code[:-2] == own[:-2])
    telling = len(short.amount.normalize().as_tuple().digits) >= _TELLING
    return telling and not code and bool(last["project_name"]) == bool(row["project_name"])


def _where(printed: Printed, row: Record) -> Sentence:
    return Sentence(
        f"《{printed.title(row)}》第{row['page']}页列有此项，数也相同",
        f"“{printed.title(row)}” prints it with that amount on page {row['page']}",
    )


def _named_by_text(printed: Printed, short: _Short) -> _Known | None:
    """The one name that the text lists among those of the table, and the table does not."""
    own = str(short.last["economic_code"] or "")
    listed = {str(row["economic_code"]) for row in printed.by_table[int(str(short.whole["table_no"]))]}
    found: dict[str, tuple[str, int | None]] = {}
    for check in printed.failing if own else ():
        name = "".join(str(_row_of(check).get("item") or "").split()) if not check.left else ""
        code = printed.codes_by_name.get(name, "")
        if code and code not in listed and code[:-2] == own[:-2]:
            found[code] = name, check.page
    if len(found) != 1:
        return None
    ((code, (name, page)),) = found.items()
    return _Known(code, name, Sentence(f"第{page}页文字列有此项", f"the text lists it on page {page}"))


def _row_of(check: Check) -> Record:
    return getattr(check.statement, "row", {})


# --- words -----------------------------------------------------------------------------------------------------------


def _said(printed: Printed, whole: Record, known: _Known | None, rows: Sequence[Record]) -> Sentence:
    title, above = printed.title(whole), name_of(whole)
    name = f"{known.code} {known.name}".strip() if known else ""
    which_zh, which_en = (f"“{name}”", f" “{name}”") if known else ("", "")
    where_zh, where_en = (f"：{known.where.zh}", f": {known.where.en}") if known else ("", "")
    amounts = told_amounts(rows)
    several = "" if known else "（或几行，合计如此）"
    return Sentence(
        f"《{title}》“{above}”之下看来缺一行{which_zh}{where_zh}；按本表各数推算，缺的是 {amounts.zh}{several}",
        f"“{title}” seems to lack a row{which_en} under “{above}”{where_en}; from the figures of this table what is "
        f"missing is {amounts.en}{'' if known else ' (in one row or several)'}",
    )
