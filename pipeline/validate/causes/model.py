"""A supposition of how a table came to be as it is printed, and the printed lines that it is made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pipeline.validate.check import Check
from pipeline.validate.intervals import HALF_FEN
from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Record, label_of
from pipeline.validate.words import Sentence

LABELS = (
    "subject_code", "subject_name", "subject_level", "economic_code", "economic_name", "government_economic_code",
    "government_economic_name", "code_source", "project_name", "unit_name",
)  # fmt: skip
"""What the row of a figure says of it; ``item`` too, but where a table spreads its items over columns."""
SUMMARIES = ("budget_summary", "appropriation_summary")
"""The tables that set lists of items side by side, each with its labels."""
MEANINGS = ("column_no", "side", "fund", "expenditure_type", "origin", "period", "unit", "half_unit", "column_header")
"""What the column of a figure says of it."""

Line = tuple[int, int, str]
"""A printed row on one side of its table: table, row and side."""

Texts = Callable[[int, int], Mapping[int, str]]
"""What a row of a table prints, by column: asked for by table and row."""


@dataclass(frozen=True)
class Supposition:
    """What may have happened, the lines as they would then have been printed, and the records that it is about.

    ``rank`` is how much of the failures speaks for it: what speaks most is tried first. ``sure``: one failure is
    enough, as the page shows by itself what it says. ``names`` are those of the two rows of which figures changed
    places: the same may have happened in one table or in the other.
    """

    said: Sentence
    lines: Sequence[Record]
    about: Sequence[Record]
    rank: int
    sure: bool = False
    names: frozenset[str] = frozenset()

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """The cells that it is about."""
        return _cells_of(self.about)


@dataclass(frozen=True)
class Cause:
    """A supposition under which ``explains`` would hold, and nothing would fail that holds now."""

    said: Sentence
    about: Sequence[Record]
    explains: tuple[Check, ...]
    sure: bool = False
    names: frozenset[str] = frozenset()

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """The cells that it is about."""
        return _cells_of(self.about)

    @property
    def page(self) -> int | None:
        """The page of the first of them."""
        return next((int(str(row["page"])) for row in self.about), None)


def _cells_of(rows: Iterable[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row["cell_id"]) for row in rows if row.get("cell_id")))


class Known(NamedTuple):
    """What is known beside the lines: the titles of tables by number; the names of the reference by column and code of
    ``budget_lines``; the economic item that a subject consists of; the units of money that tables, by number, would
    have if all that prints their figures again were right; and the texts of a printed row, those of its labels too."""

    titles: Mapping[object, str]
    names: Mapping[tuple[str, str], str]
    bridges: Mapping[str, str]
    units: Sequence[tuple[int, str]]
    texts: Texts


class Printed:
    """The printed figures of a document by line, the failures, and what else is known."""

    def __init__(self, lines: Sequence[Record], failing: Sequence[Check], known: Known) -> None:
        self.lines = [row for row in lines if row["amount"] is not None]
        self.others = [row for row in lines if row["amount"] is None]
        self.failing = failing
        self.titles, self.names, self.bridges, self.units, self.texts = known

    @cached_property
    def codes_by_name(self) -> Mapping[str, str]:
        """The department's economic codes by their names in the reference, those names that one code bears."""
        economic = {code: name for (column, code), name in self.names.items() if column == "economic_code"}
        times = Counter(economic.values())
        return {name: code for code, name in economic.items() if times[name] == 1}

    @cached_property
    def by_amount(self) -> Mapping[Decimal, Sequence[Record]]:
        """The figures by amount, those of nothing aside."""
        found: dict[Decimal, list[Record]] = defaultdict(list)
        for row in self.lines:
            if row["amount"]:
                found[amount_of(row)].append(row)
        return found

    @cached_property
    def by_line(self) -> Mapping[Line, Sequence[Record]]:
        """The figures of each printed row and side, in order."""
        found: dict[Line, list[Record]] = defaultdict(list)
        for row in self.lines:
            found[line_of(row)].append(row)
        return found

    @cached_property
    def by_row(self) -> Mapping[tuple[int, int], Sequence[Record]]:
        """The figures of each printed row, both sides."""
        found: dict[tuple[int, int], list[Record]] = defaultdict(list)
        for row in self.lines:
            found[line_of(row)[:2]].append(row)
        return found

    @cached_property
    def by_table(self) -> Mapping[int, Sequence[Record]]:
        """The figures of each table."""
        found: dict[int, list[Record]] = defaultdict(list)
        for row in self.lines:
            found[int(str(row["table_no"]))].append(row)
        return found

    @cached_property
    def spread(self) -> Collection[int]:
        """The tables that spread their items over columns: then a row shows several."""
        items: dict[Line, set[object]] = defaultdict(set)
        for row in self.lines:
            items[line_of(row)].add(row["item"])
        return {line[0] for line, each in items.items() if len(each) > 1}

    @cached_property
    def by_cell(self) -> Mapping[str, Record]:
        """The figures by cell."""
        return {str(row["cell_id"]): row for row in self.lines}

    def about(self, failing: Sequence[Check]) -> Printed:
        """The same figures, and these failures alone."""
        other = copy(self)
        other.failing = failing
        for name in ("touched", "failing_by_cell"):
            other.__dict__.pop(name, None)
        return other

    def tables_of(self, check: Check) -> Collection[int]:
        """The tables whose figures a check speaks of."""
        return {int(str(row["table_no"])) for row in self.figures_of(check)}

    def figures_of(self, check: Check) -> Sequence[Record]:
        """The tables' figures that a check speaks of."""
        return [self.by_cell[cell] for cell in check.cell_ids if cell in self.by_cell]

    @cached_property
    def touched(self) -> Mapping[Line, Sequence[Check]]:
        """The printed rows that failures speak of, and which."""
        found: dict[Line, list[Check]] = defaultdict(list)
        for check in self.failing:
            for line in dict.fromkeys(map(line_of, self.figures_of(check))):
                found[line].append(check)
        return found

    @cached_property
    def failing_by_cell(self) -> Mapping[str, Sequence[Check]]:
        """The failures that each cell enters into."""
        found: dict[str, list[Check]] = defaultdict(list)
        for check in self.failing:
            for cell in set(check.cell_ids):
                found[cell].append(check)
        return found

    def replaced(
        self, new: Mapping[int, Record], added: Iterable[Record] = (), lost: Iterable[int] = ()
    ) -> list[Record]:
        """All lines, those of ``new`` (by id of the record) in the place of the old, ``lost`` left out."""
        gone = set(lost)
        kept = [new.get(id(row), row) for row in self.lines if id(row) not in gone]
        return [*kept, *added, *self.others]

    def moved_down(self, table: int, number: int) -> dict[int, Record]:
        """The figures of a table from one row on, each a row further down: to put one in before them."""
        return {
            id(row): {**row, "row_no": int(str(row["row_no"])) + 1}
            for row in self.by_table[table]
            if int(str(row["row_no"])) >= number
        }

    def title(self, row: Record) -> str:
        """The title of the table that a figure stands in."""
        return self.titles.get(row["table_no"], "")


def line_of(row: Record) -> Line:
    """The printed row of a figure."""
    return int(str(row["table_no"])), int(str(row["row_no"])), str(row["side"] or "")


def amount_of(row: Record) -> Decimal:
    """The amount in yuan."""
    amount = row["amount"]
    return amount if isinstance(amount, Decimal) else Decimal(str(amount))


def half_of(row: Record) -> Decimal:
    """Half of the last printed place in yuan."""
    return Decimal(str(row["half_unit"] or HALF_FEN))


def accounts_for(check: Check, amount: Decimal) -> bool:
    """Whether a failing sum is off by this amount, rounding allowed for."""
    if not check.left or not amount:
        return False
    return abs(abs(check.judgement.difference) - abs(amount)) <= check.judgement.tolerance + 2 * HALF_FEN


def name_of(row: Record) -> str:
    """What a person calls the row."""
    return label_of(row) or "（没有名称的一行）"


def bare_name(row: Record) -> str:
    """The name of a row without its code, as tables print it that print none."""
    return "".join(str(row["subject_name"] or row["economic_name"] or row["item"] or "").split())


def paid(row: Record) -> Sentence:
    """The amount as the page prints it."""
    unit = str(row["unit"] or "元")
    return Sentence(money(amount_of(row), unit), money_en(amount_of(row), unit))


def column_of(row: Record) -> str:
    """The heading over a figure."""
    return str(row["column_header"] or "").replace("/", "·") or f"{row['column_no']}"


def told_amounts(rows: Iterable[Record]) -> Sentence:
    """What a row would print: each amount with the heading over it, those of nothing aside."""
    said = [(column_of(row), paid(row)) for row in rows if row["amount"]]
    zh = "、".join(f"{column} {amount.zh}" for column, amount in said)
    return Sentence(zh, ", ".join(f"{column} {amount.en}" for column, amount in said))
