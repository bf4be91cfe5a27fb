"""Tables whose unit of money their own figures cannot have, as the selectors see them.

magnitudes   one row a table of amounts: ``contradicts`` where most are finer than a fen, which money is not, or some
             are more than twice all the money of the department
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.intervals import HALF_FEN, ZERO
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.scales import named, of_table
from pipeline.validate.rows.spoken import decimal_of

_FINEST = 6  # places of what is printed in 万元 to the fen: more are a spreadsheet's, not the page's
_FAR = 2  # of a part: no part is more than the whole, but what the whole is may be told otherwise
_A_PLACE = 10  # times the whole: no figure that one place more makes too large is larger
_WHOLES = ("budget_summary", "revenue_summary", "expenditure_summary")
_THIS_PERIOD = ("budget", "final")


def magnitude_tables(lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table."""
    return {"magnitudes": list(_magnitudes(lines))}


def _magnitudes(lines: Lines) -> Iterator[Record]:
    whole = max((decimal_of(row, "amount") for row in lines.of_kind(*_WHOLES)), default=ZERO)
    for rows in lines.by_table.values():
        amounts = [row for row in rows if row["amount"]] if rows[0]["unit"] in MONEY_UNITS else []
        if amounts:
            yield _fine(amounts) or _judged(amounts, whole)


def _fine(amounts: Sequence[Record]) -> Record | None:
    fine = [row for row in amounts if _is_finer_than_a_fen(row)]
    if 2 * len(fine) <= len(amounts):
        return None
    first, count = named(fine[0]), len(fine)
    return {
        **of_table(fine[0]),
        "contradicts": True,
        "cell_ids": [row["cell_id"] for row in fine],
        "note_zh": f"有{count}个数比分还细，如{first[0]}",
        "note_en": f"{count} of its figures are finer than a fen, as {first[1]}",
    }


def _judged(amounts: Sequence[Record], whole: Decimal) -> Record:
    """The table by its largest amount of this period.

    A unit makes all of a table's figures too large, and by thousands; of one alone the decimal point is wrong.
    """
    of_period = [row for row in amounts if row["period"] in _THIS_PERIOD]
    largest = max(of_period, key=_size, default=amounts[0])
    is_more = bool(of_period and whole) and _size(largest) > _FAR * whole
    is_alone = is_more and _is_alone(_size(largest), of_period, whole)
    name = named(largest)
    return {
        **of_table(largest),
        "contradicts": is_more,
        "cell_ids": [largest["cell_id"]],
        "note_zh": f"{name[0]}比本部门全部收支的两倍还大"
        + ("，其余各数不然，看来是该数的小数点印错了" if is_alone else ""),
        "note_en": f"{name[1]} is more than twice all the money of the department"
        + (", and no other figure is: its decimal point seems to be wrong" if is_alone else ""),
    }


def _is_alone(largest: Decimal, rows: Sequence[Record], whole: Decimal) -> bool:
    """Whether one amount of several is too large, and by no more than a place."""
    sizes = {*map(_size, rows)}
    return (
        len(sizes) > 1 and {size for size in sizes if size > _FAR * whole} == {largest} and largest <= _A_PLACE * whole
    )


def _is_finer_than_a_fen(row: Record) -> bool:
    half = row["half_unit"]
    is_fine = isinstance(half, Decimal) and half < HALF_FEN
    return is_fine and len(str(row["amount_printed"]).partition(".")[2]) <= _FINEST


def _size(row: Record) -> Decimal:
    return abs(decimal_of(row, "amount"))
