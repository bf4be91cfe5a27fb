"""Where a figure of a performance sheet or of the text is printed, and to what place: its cell and its half unit.

``projects``, ``department_profile`` and ``narrative_figures`` hold amounts in yuan without the place that the page
prints to; the interval rule needs it. It is read again from the printed number: that of the cell with the same amount
for sheets, the figure's own text for sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.intervals import ZERO
from pipeline.validate.rows.model import Record

_NUMBER = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_SHEETS = ("department_performance", "project_performance")


def half_of(printed: str, unit: object) -> Decimal:
    """Half of the last printed place, in yuan for a unit of money and in the number's own unit for any other."""
    text = printed.replace("，", "").replace(",", "")
    return Decimal(5).scaleb(-len(text.partition(".")[2]) - 1) * MONEY_UNITS.get(str(unit), Decimal(1))


def amount_in(cell: Record, printed: str, table: Record) -> Record:
    """A number that a cell of a table of no kind prints, as one of that table's amounts in yuan; it states its unit."""
    unit = str(table["unit"])
    return {
        **{name: cell[name] for name in ("document_id", "table_no", "row_no", "column_no", "page", "cell_id")},
        "amount": Decimal(printed.replace(",", "")) * MONEY_UNITS[unit],
        "half_unit": half_of(printed, unit),
        "amount_printed": printed,
        "unit": unit,
        "table_id": table["table_id"],
        "table_title": table["table_title"],
        "item": table["table_title"],
    }


@dataclass(frozen=True)
class Printed:
    """One printed number of a sheet: its cell, page, text and unit of money, and half of its last place in yuan."""

    cell_id: str
    page: int
    text: str
    unit: str
    half_unit: Decimal

    def fields(self) -> Record:
        """The columns that a figure's row takes from it."""
        return {
            "cell_ids": [self.cell_id],
            "page": self.page,
            "amount_printed": self.text,
            "unit": self.unit,
            "half_unit": self.half_unit,
        }


class SheetCells:
    """The numbers in the cells of a document's performance sheets; each cell answers for one figure, where it can."""

    def __init__(self, cells: Iterable[Mapping[str, object]], kinds: Mapping[object, object]) -> None:
        self._by_cell: dict[str, list[tuple[Decimal, Printed]]] = {}
        self._by_page: dict[object, list[str]] = defaultdict(list)
        self._taken: set[str] = set()
        for cell in cells:
            if kinds.get(cell["table_no"]) in _SHEETS and (readings := _readings(cell)):
                self._by_cell[str(cell["cell_id"])] = readings
                self._by_page[cell["page"]].append(str(cell["cell_id"]))

    def find(self, amount: Decimal, cell_ids: Iterable[object]) -> Printed | None:
        """The first of these cells, an unused one before a used one, that prints the amount in some unit of money."""
        fitting = [
            printed for cell_id in cell_ids for value, printed in self._by_cell.get(str(cell_id), ()) if value == amount
        ]
        unused = [printed for printed in fitting if printed.cell_id not in self._taken]
        chosen = next(iter(unused or fitting), None)
        if chosen is not None:
            self._taken.add(chosen.cell_id)
        return chosen

    def on_page(self, page: object) -> list[str]:
        """The cells with a number on a page, in reading order."""
        return self._by_page.get(page, [])


def _readings(cell: Mapping[str, object]) -> list[tuple[Decimal, Printed]]:
    text = re.sub(r"\s", "", str(cell["text"] or ""))
    text = text.removesuffix("元").removesuffix("万")
    if not _NUMBER.fullmatch(text):
        return []
    number = Decimal(text.replace("，", "").replace(",", "").replace("－", "-"))
    page = int(str(cell["page"]))
    units = [unit for unit in MONEY_UNITS if unit != "亿元"]
    return [
        (number * MONEY_UNITS[unit], Printed(str(cell["cell_id"]), page, text, unit, half_of(text, unit)))
        for unit in units
    ]


def coarsest(rows: Iterable[Mapping[str, object]]) -> Decimal:
    """The sum of half units: how far a sum of printed figures may be from its true value."""
    return sum((Decimal(str(row["half_unit"] or 0)) for row in rows), ZERO)
