"""The text as the selectors see it: derived tables of ``narrative_figures`` (``shares``, ``stated``, ``named``,
``public``, ``exchanged`` and ``changes`` add their own).

text       every figure: ``role`` (what ``phrases`` of identities.yaml say of its subject), ``amount`` (yuan for money,
           signed for changes) and ``half_unit`` from its printed places; ``one`` counts them; its ``passage``
links      two rows a ``figure_no`` (``is_text`` or not): an amount of the text and the table's figure that it speaks
           of. ``near``: told by its neighbours, whose figures stand in the same table, or by its name (``slipped``),
           and not by being equal
rates      three rows a rate of change: the rate, the change, and last year's figure as this year's less the change; or
           the rate and the two years' figures that its sentence says. ``minuend`` and ``subtrahend`` of one that
           was worked out, and the half unit of the former
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.validate.identities import Identities
from pipeline.validate.rows.changes import change_tables
from pipeline.validate.rows.exchanged import exchanged_pairs
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.named import named_links
from pipeline.validate.rows.public import public_tables
from pipeline.validate.rows.retold import retold_tables
from pipeline.validate.rows.shares import share_tables
from pipeline.validate.rows.slipped import Slipped
from pipeline.validate.rows.spoken import decimal_of, is_amount, is_rate, judges_well, pieces_of, read_figure
from pipeline.validate.rows.stated import stated_tables
from pipeline.validate.rows.text_units import odd_unit_tables
from pipeline.validate.rows.vocabulary import squeezed

_NAMES = ("label", "subject_name", "economic_name", "project_name")
_TWO = 2
_YEAR = re.compile("20\\d\\d(?=年)")
_GOES_ON = "其中"
_BY_NAME = ("basic_cost", "project_cost", "personnel_said", "operating_said")
_SHORTEST = 3  # a name of the table that a subject ends in says nothing when it is shorter


def text_tables(tables: Tables, lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    figures = list(_in_passages([read_figure(row, identities) for row in tables.get("narrative_figures", ())]))
    return {
        "text": figures,
        "links": list(_links(figures, lines)),
        "named_links": list(named_links(figures, lines)),
        "rates": [*_rates(figures), *_compared(figures)],
        **share_tables(figures, lines, identities),
        **stated_tables(figures, lines, identities),
        **public_tables(figures, lines, identities),
        **retold_tables(figures),
        **change_tables(figures, lines, identities),
        "exchanged": list(exchanged_pairs(figures, lines)),
        **odd_unit_tables(figures, lines, identities.wording["unit_price"]),
    }


def _in_passages(figures: Sequence[Record]) -> Iterator[Record]:
    """The figures with their ``passage``: a sentence, and those behind it that go on with its parts (其中…)."""
    passage = 0
    for (_, sentence), group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        passage += not squeezed(sentence).startswith(_GOES_ON)
        yield from ({**row, "passage": passage} for row in group)


# --- changes and rates -----------------------------------------------------------------------------------------------


def _rates(figures: Sequence[Record]) -> Iterator[Record]:
    """A change and its rate right behind it; or right before it (下降7%，减少1万元), unless that is another's."""
    last: Record | None = None
    for one, other in pairwise(figures):
        forward = _are_pair(one, other)
        change, rate = (one, other) if forward else (other, one)
        if forward or (_are_pair(other, one) and one is not last):
            last = rate
            bases = _bases(change, figures)
            base = next((base for base in bases if _fits(base, change, rate)), next(iter(bases), None))
            if base is not None:
                previous = _difference(base, change)
                for name, row in (("percent", rate), ("numerator", change), ("denominator", previous)):
                    yield {**row, "rate": rate["figure_no"], "part": name}


def _compared(figures: Sequence[Record]) -> Iterator[Record]:
    """A sentence with two amounts and one rate between them: 执行数为60.41万元，安排227.88万元，增加277.22%.

    Last year's comes first, unless only the other order agrees, and the years do not tell.
    """
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        rows = list(group)
        amounts, rates = [row for row in rows if is_amount(row)], [row for row in rows if is_rate(row)]
        if len(amounts) != _TWO or len(rows) != _TWO + 1 or len(rates) != 1:
            continue
        orders = [(before, _difference(after, before)) for before, after in (amounts, amounts[::-1])]
        years = [
            _YEAR.findall(before) for row, (before, _) in zip(rows, pieces_of(rows), strict=True) if row in amounts
        ]
        if all(len(each) == 1 for each in years) and years[0] < years[1]:
            orders = orders[:1]
        fitting = (each for each in orders if judges_well(rates[0], each[1], each[0]))
        before, change = next(fitting, orders[0])
        for name, row in (("percent", rates[0]), ("numerator", change), ("denominator", before)):
            yield {**row, "rate": rates[0]["figure_no"], "part": name}


def _difference(one: Record, other: Record) -> Record:
    """A figure that the text does not print: one less another, which it remembers."""
    half = decimal_of(one, "half_unit") + decimal_of(other, "half_unit")
    minuend, subtrahend = decimal_of(one, "amount"), decimal_of(other, "amount")
    return {
        **one, "amount": minuend - subtrahend, "half_unit": half, "minuend": minuend, "subtrahend": subtrahend,
        "minuend_half": one["half_unit"],
    }  # fmt: skip


def _are_pair(change: Record, rate: Record) -> bool:
    same = change["sentence"] == rate["sentence"] and change["subject"] == rate["subject"]
    money = change["kind"] == "change" and bool(change["is_money"])
    return same and money and is_rate(rate)


def _bases(change: Record, figures: Sequence[Record]) -> list[Record]:
    """What the change may be a change of: the amounts said of its subject, then the others of its sentence.

    An amount of another sentence only when it heads that sentence, or bears a name that is the change's own: of a list,
    which one is meant is not certain.
    """
    before = [row for row in figures if int(str(row["figure_no"])) < int(str(change["figure_no"])) and is_amount(row)]
    near = [row for row in reversed(before) if row["section"] == change["section"]]
    heads = {row["sentence"]: row["figure_no"] for row in near}  # the first amount of each
    own = [row for row in near if row["subject"] == change["subject"]]
    if len(own) > 1 or change["role"] not in _BY_NAME:
        same = change["sentence"]
        own = [row for row in own if row["sentence"] == same or heads[row["sentence"]] == row["figure_no"]]
    return [*own, *(row for row in near if row["sentence"] == change["sentence"])] if own else []


def _fits(base: Record, change: Record, rate: Record) -> bool:
    return judges_well(rate, change, _difference(base, change))


# --- the table's figure that the text speaks of ----------------------------------------------------------------------


class _Columns:
    """The figures of each column with the names of their rows, worked once however many sentences ask."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._known: dict[tuple[object, object], Sequence[tuple[Record, Sequence[str]]]] = {}

    def named(self, table_no: object, column_no: object) -> Sequence[tuple[Record, Sequence[str]]]:
        """The rows of a column that hold an amount."""
        key = (table_no, column_no)
        if key not in self._known:
            held = (line for line in self._lines.of_column(*key) if line["amount"] is not None)
            self._known[key] = [(line, [squeezed(line.get(name)) for name in _NAMES]) for line in held]
        return self._known[key]


def _links(figures: Sequence[Record], lines: Lines) -> Iterator[Record]:
    by_cell, slipped, columns = lines.by_cell, Slipped(lines), _Columns(lines)
    for _, sentence in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        whole = list(sentence)
        pieces = zip(whole, pieces_of(whole), strict=True)
        said = [(row, before) for row, (before, _) in pieces if is_amount(row)]
        restated = [by_cell[row["restates_cell_id"]] for row, _ in said if row["restates_cell_id"] in by_cell]
        for row, before in said:
            cell = row["restates_cell_id"]
            found = by_cell.get(cell) or _neighbour(row, restated, columns) or slipped.figure_of(row, before)
            if found is not None:
                yield {**row, "is_text": True, "near": cell is None, "cell_ids": []}
                yield {**found, "is_text": False, "near": cell is None, "figure_no": row["figure_no"]}


def _neighbour(row: Record, restated: Sequence[Record], columns: _Columns) -> Record | None:
    """The one figure of the neighbours' table and column that bears the subject's name; None when there is not one."""
    places = list(dict.fromkeys((line["table_no"], line["column_no"]) for line in restated))
    if len(places) != 1 or not row["subject"] or not row["amount"]:
        return None
    subject = squeezed(row["subject"])
    named = [line for line, names in columns.named(*places[0]) if any(_bears(subject, name) for name in names)]
    return named[0] if len({line["amount"] for line in named}) == 1 else None


def _bears(subject: str, name: str) -> bool:
    return name == subject or (len(name) > _SHORTEST and subject.endswith(name))
