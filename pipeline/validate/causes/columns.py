"""A figure in a column that is not its own, or two figures of one row each in the other's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from pipeline.validate.causes.model import (
    LABELS,
    MEANINGS,
    Line,
    Printed,
    Supposition,
    accounts_for,
    amount_of,
    column_of,
    name_of,
    paid,
)
from pipeline.validate.rows.model import Record
from pipeline.validate.words import Sentence

_MOST = 4
_PRINTED = ("amount", "amount_printed")


def wrong_columns(printed: Printed) -> Iterator[Supposition]:
    """Figures that failures are off by, in another column of their table; those first of which most failures speak."""
    found = [each for line in printed.touched for each in _of_line(printed, line)]
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def _of_line(printed: Printed, line: Line) -> Iterator[Supposition]:
    if line[0] in printed.spread:
        return
    whole_row = printed.by_row[line[:2]]
    for row in printed.by_line[line]:
        rank = _speak_of(printed, row, amount_of(row))
        for template in _free(printed, line) if rank else ():
            label = row if side_of(template) == line[2] else _beside(printed, line, side_of(template))
            if label is not None:
                yield _moved(printed, row, template, label, rank + _lack(printed, template, amount_of(row)))
    for one, other in combinations(whole_row, 2):
        gap = amount_of(one) - amount_of(other)
        ranks = [_speak_of(printed, row, gap) for row in (one, other)]
        if min(ranks):
            yield _exchanged(printed, one, other, sum(ranks))


def _free(printed: Printed, line: Line) -> Iterable[Record]:
    """A figure of each column of the table in which the row shows none."""
    filled = {row["column_no"] for row in printed.by_row[line[:2]]}
    return {each["column_no"]: each for each in printed.by_table[line[0]] if each["column_no"] not in filled}.values()


def _beside(printed: Printed, line: Line, side: str) -> Record | None:
    """What the other side of a printed row says of its figures."""
    rows = printed.by_line.get((line[0], line[1], side), ())
    return rows[0] if rows else None


def side_of(row: Record) -> str:
    """The side of its table that a figure stands on."""
    return str(row["side"] or "")


def _speak_of(printed: Printed, row: Record, gap: Decimal) -> int:
    """How many failures that a figure enters into are off by this much."""
    return sum(accounts_for(check, gap) for check in printed.failing_by_cell.get(str(row["cell_id"]), ()))


def _lack(printed: Printed, template: Record, amount: Decimal) -> int:
    """How many failures that another column of the table enters into are off by this amount."""
    place = template["table_no"], template["column_no"]
    return sum(
        accounts_for(check, amount)
        and any((row["table_no"], row["column_no"]) == place for row in printed.figures_of(check))
        for check in printed.failing
    )


def _moved(printed: Printed, row: Record, template: Record, label: Record, rank: int) -> Supposition:
    new = {**row, **{name: label[name] for name in (*LABELS, "item")}, **{name: template[name] for name in MEANINGS}}
    said = Sentence(
        f"《{printed.title(row)}》“{name_of(label)}”一行的 {paid(row).zh} 看来印错了栏：印在“{column_of(row)}”栏，"
        f"应在“{column_of(template)}”栏",
        f"“{printed.title(row)}”, row “{name_of(label)}”: {paid(row).en} seems to stand in the wrong column: it is "
        f"printed under “{column_of(row)}” and belongs under “{column_of(template)}”",
    )
    return Supposition(said, printed.replaced({id(row): new}), (row,), rank)


def _exchanged(printed: Printed, one: Record, other: Record, rank: int) -> Supposition:
    new = {id(one): {**one, **{name: other[name] for name in _PRINTED}}}
    new[id(other)] = {**other, **{name: one[name] for name in _PRINTED}}
    columns = column_of(one), column_of(other)
    said = Sentence(
        f"《{printed.title(one)}》“{name_of(one)}”一行“{columns[0]}”栏的 {paid(one).zh} 与“{columns[1]}”栏的 "
        f"{paid(other).zh} 看来互换了位置",
        f"“{printed.title(one)}”, row “{name_of(one)}”: {paid(one).en} under “{columns[0]}” and {paid(other).en} under "
        f"“{columns[1]}” seem to have changed places",
    )
    return Supposition(said, printed.replaced(new), (one, other), rank)
