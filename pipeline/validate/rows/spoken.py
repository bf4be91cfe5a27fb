"""One figure of the text as the selectors see it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.identities import Identities
from pipeline.validate.intervals import Figure, Interval, judge_ratio
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.printed import half_of
from pipeline.validate.rows.vocabulary import role_of, squeezed

_NONE = "0"  # of money: none at all, however many places other amounts print
EARLIER = "（此前）"
"""How the subject of a figure ends that this year's is compared with or came from."""


def read_figure(row: Record, identities: Identities) -> Record:
    """A row of ``narrative_figures`` as one of ``text``."""
    sign = -1 if row["direction"] == "decrease" else 1
    printed, unit = squeezed(row["value_printed"]), row["unit"]
    is_none = printed == _NONE and row["kind"] == "amount" and unit in MONEY_UNITS
    is_number = printed.replace(",", "").replace("，", "").replace(".", "").lstrip("-－").isdigit()
    return {
        **row,
        "kind": _kind(row),
        "role": role_of(row["subject"], identities.phrases),
        "amount": sign * Decimal(str(row["value"])),
        "half_unit": half_of(printed, unit) if is_number and row["kind"] != "count" and not is_none else Decimal(0),
        "amount_printed": printed,
        "item": row["subject"],
        "table_title": row["section"],
        "unit": unit or "",
        "is_money": unit in MONEY_UNITS,
        "cell_ids": [row["restates_cell_id"]] if row["restates_cell_id"] else [],
        "figure_key": f"text:{row['figure_no']}",
        "one": Decimal(1),
    }


def _kind(row: Record) -> object:
    """What it is for the checks: a figure of before and a change whose direction nothing tells are judged by none."""
    if row["kind"] == "change" and row["direction"] is None and row["value"]:
        return "undirected"
    return "earlier" if str(row["subject"] or "").endswith(EARLIER) else row["kind"]


def is_amount(row: Record) -> bool:
    """Whether it is a sum of money, and no change of one."""
    return row["kind"] == "amount" and bool(row["is_money"])


def is_rate(row: Record) -> bool:
    """Whether it is a change in percent; a change may be one of a number of things too (新增7辆)."""
    return row["kind"] == "change" and row["unit"] in ("%", "％")


def judges_well(percent: Record, part: Record, whole: Record) -> bool:
    """Whether the percentage may be the one of the part in the whole, all within their printed places."""
    judged = judge_ratio(*(_as_figure(row) for row in (percent, part, whole)))
    return judged is not None and judged.outcome != "fails"


def judges_ill(percent: Record, part: Record, whole: Record) -> bool:
    """Whether the percentage cannot be the one of the part in the whole; not where nothing can be divided by it."""
    judged = judge_ratio(*(_as_figure(row) for row in (percent, part, whole)))
    return judged is not None and judged.outcome == "fails"


def _as_figure(row: Record) -> Figure:
    return worked_out(Figure(decimal_of(row, "amount"), decimal_of(row, "half_unit"), ()), row)


def worked_out(figure: Figure, row: Record) -> Figure:
    """The figure of a row with the two that it is the difference of, where it is one."""
    if row.get("minuend") is None:
        return figure
    half = decimal_of(row, "minuend_half")
    pair = (decimal_of(row, "minuend"), half), (decimal_of(row, "subtrahend"), figure.half_unit - half)
    return figure._replace(of=(Interval.of(*pair[0]), Interval.of(*pair[1])))


def sum_of(rows: Sequence[Record], column: str) -> Decimal:
    """The exact sum of a column."""
    return sum((decimal_of(row, column) for row in rows), Decimal(0))


def decimal_of(row: Record, column: str) -> Decimal:
    """The number in the column; a blank is zero."""
    value = row[column]
    return value if isinstance(value, Decimal) else Decimal(str(value or 0))


def pieces_of(said: Sequence[Record]) -> list[tuple[str, str]]:
    """The text before and behind each figure of one sentence, from the figure before it and up to the next."""
    text, end, spans = squeezed(said[0]["sentence"]), 0, []
    for row in said:
        printed = squeezed(row["amount_printed"])
        start = text.find(printed, end)
        spans.append((start, start + len(printed)) if start >= 0 else (end, end))
        end = spans[-1][1]
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return [
        (text[edges[2 * n] : edges[2 * n + 1]], text[edges[2 * n + 2] : edges[2 * n + 3]]) for n in range(len(said))
    ]
