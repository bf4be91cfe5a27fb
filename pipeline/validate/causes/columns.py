"""A figure in a column that is not its own; two figures of one row, or of one column, each in the other's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from pipeline.validate.causes.model import (
    LABELS,
    MEANINGS,
    SUMMARIES,
    Line,
    Printed,
    Supposition,
    accounts_for,
    amount_of,
    bare_name,
    column_of,
    line_of,
    name_of,
    paid,
)
from pipeline.validate.rows.model import Record, label_of
from pipeline.validate.rows.vocabulary import squeezed, unnumbered
from pipeline.validate.words import Sentence

_MOST = 4
_PRINTED = ("amount", "amount_printed")


def wrong_columns(printed: Printed) -> Iterator[Supposition]:
    """Figures that failures are off by, in another column of their table; those first of which most failures speak."""
    found = [each for line in printed.touched for each in _of_line(printed, line)]
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def stray_figures(printed: Printed) -> Iterator[Supposition]:
    """Figures in a row that bears no label on their side, and one on the other side, where it shows no figure."""
    strays = [line for line in printed.touched if not label_of(printed.by_line[line][0])]
    found = [replace(each, sure=True) for line in strays for each in _moves(printed, line)]
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def _moves(printed: Printed, line: Line) -> Iterator[Supposition]:
    """The figures of a line, each in every column in which its row shows none."""
    several = line[0] in printed.spread  # items a row: those of a summary table have their labels beside them
    rows = printed.by_line[line]
    for row in rows if not several or rows[0]["table_id"] in SUMMARIES else ():
        rank = _speak_of(printed, row, amount_of(row))
        for template in _free(printed, line) if rank else ():
            label = row if side_of(template) == line[2] and not several else _beside(printed, line, template)
            if label is not None and label_of(label):
                yield _moved(printed, row, template, label, rank + _lack(printed, template, amount_of(row)))


def _of_line(printed: Printed, line: Line) -> Iterator[Supposition]:
    yield from _moves(printed, line)
    failing = [row for row in printed.by_row[line[:2]] if str(row["cell_id"]) in printed.failing_by_cell]
    for one, other in combinations(failing, 2):
        gap = amount_of(one) - amount_of(other)
        ranks = [_speak_of(printed, row, gap) for row in (one, other)]
        if min(ranks):
            yield _exchanged(printed, one, other, sum(ranks))


def changed_cells(printed: Printed) -> Iterator[Supposition]:
    """Two figures of one column, each in the row of the other, the rest of their rows being as it should."""
    columns: dict[tuple[object, object], dict[Decimal, list[Record]]] = defaultdict(lambda: defaultdict(list))
    failing = {cell: check for check in printed.failing if check.left for cell in check.cell_ids}
    rows = [printed.by_cell[cell] for cell in failing if cell in printed.by_cell]
    for row in rows:
        columns[row["table_no"], row["column_no"]][amount_of(row)].append(row)
    gaps = {abs(check.judgement.difference) for check in failing.values()}
    found = []
    for one in rows:
        column = columns[one["table_no"], one["column_no"]]
        for other in (row for gap in gaps for row in column.get(amount_of(one) - gap, ()) if gap):
            ranks = [_speak_of(printed, row, amount_of(one) - amount_of(other)) for row in (one, other)]
            if min(ranks) and line_of(one) != line_of(other):
                found.append(_exchanged(printed, one, other, sum(ranks)))
    yield from sorted(found, key=lambda each: -each.rank)[:_MOST]


def _free(printed: Printed, line: Line) -> Iterable[Record]:
    """A figure of each column of the table in which the row shows none."""
    filled = {row["column_no"] for row in printed.by_row[line[:2]]}
    return {each["column_no"]: each for each in printed.by_table[line[0]] if each["column_no"] not in filled}.values()


def _beside(printed: Printed, line: Line, template: Record) -> Record | None:
    """What the other side of a printed row says of its figures; what it says of none is read from its label."""
    rows = printed.by_line.get((line[0], line[1], side_of(template)))
    if rows and line[0] not in printed.spread:
        return rows[0]
    own, last = printed.texts(line[0], int(str(template["row_no"]))), int(str(template["column_no"]))
    columns = [at for at, text in own.items() if at < last and squeezed(text) == squeezed(template["item"])]
    text = squeezed(printed.texts(line[0], line[1]).get(max(columns), "")) if columns else ""
    return {**dict.fromkeys(LABELS), **_known(printed, text, template), "item": text} if text else None


def _known(printed: Printed, text: str, template: Record) -> Record:
    """What other rows of that name, its number aside, say of it."""
    like = next((row for row in printed.lines if row["item"] and unnumbered(row["item"]) == unnumbered(text)), None)
    known = {name: like[name] for name in LABELS} if like is not None else {}
    return {**known, "code_source": template["code_source"]} if known.get("subject_code") else known


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
    in_row = line_of(one)[:2] == line_of(other)[:2]
    said = (_in_row if in_row else _in_column)(printed.title(one), one, other)
    names = frozenset() if in_row else frozenset(map(bare_name, (one, other)))  # another column may explain as much
    return Supposition(said, printed.replaced(new), (one, other), rank, names=names)


def _in_row(title: str, one: Record, other: Record) -> Sentence:
    columns = column_of(one), column_of(other)
    return Sentence(
        f"《{title}》“{name_of(one)}”一行“{columns[0]}”栏的 {paid(one).zh} 与“{columns[1]}”栏的 {paid(other).zh} "
        "看来互换了位置",
        f"“{title}”, row “{name_of(one)}”: {paid(one).en} under “{columns[0]}” and {paid(other).en} under "
        f"“{columns[1]}” seem to have changed places",
    )


def _in_column(title: str, one: Record, other: Record) -> Sentence:
    column, names = column_of(one), (name_of(one), name_of(other))
    return Sentence(
        f"《{title}》“{column}”栏“{names[0]}”一行的 {paid(one).zh} 与“{names[1]}”一行的 {paid(other).zh} "
        "看来互换了位置",
        f"“{title}”, column “{column}”: {paid(one).en} of “{names[0]}” and {paid(other).en} of “{names[1]}” seem to "
        "have changed places",
    )
