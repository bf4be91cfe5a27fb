"""The errata overlay: ``data/corrections.yaml``, the only thing that may change a figure that was read from a page.

Each entry (``corrections_file``) names one printed figure of one document and the text that it expects to find there;
it says what to do, why, on whose word, and since when. An entry that no longer finds what it expects stops the
document: a correction must never be applied to a figure that it was not written for. Every applied entry is a finding
(issue 6, point 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.corrections_file import PLACE, Correction, correction_error, number_of
from pipeline.normalize.model import Row
from pipeline.schema import BUDGET_LINES, CELLS, COVERAGE, DOCUMENTS, FINDINGS, MONEY_UNITS, PROJECTS, Table
from pipeline.tables import Dataset, to_arrow

CODE = "corrected"
_NUMBER = re.compile(r"\d")
_CHANGED: Mapping[str, Table] = {
    table.name: table for table in (BUDGET_LINES, PROJECTS, CELLS, DOCUMENTS, COVERAGE, FINDINGS)
}  # fmt: skip


def apply_corrections(dataset: Dataset, corrections: Iterable[Correction]) -> Dataset:
    """One document's dataset with the entries on it applied; the dataset itself when there is none.

    Changes ``budget_lines`` (amount, amount_printed, half_unit), the same money in ``projects``, ``cells`` (repairs,
    role), ``documents`` (figure_count), ``coverage`` and ``findings``; every other table stays as it is. Raises
    CorrectionError for an entry whose figure is not there or is not printed as it expects.
    """
    ids = set(dataset["documents"]["document_id"].to_pylist())
    own = [each for each in corrections if each.document_id in ids]
    if not own:
        return dataset
    work = _Work({name: dataset[name].to_pylist() for name in _CHANGED if name in dataset})
    for entry in own:
        work.apply(entry)
    changed = {name: to_arrow(_CHANGED[name], rows) for name, rows in work.tables.items()}
    return {**dataset, **changed}


@dataclass
class _Work:
    """The rows of the tables that entries change."""

    tables: dict[str, list[Row]]

    def apply(self, entry: Correction) -> None:
        line = self._line(entry)
        if str(line["amount_printed"]) != entry.expects:
            raise correction_error(
                f"{entry.name} 应印为“{entry.expects}”，现为“{line['amount_printed']}”，这条更正已不适用",
                f"{entry.name} was expected to print “{entry.expects}” and prints “{line['amount_printed']}”: "
                "the entry no longer applies",
            )
        if entry.action == "override":
            self._override(entry, line)
        elif entry.action == "drop":
            self._drop(line)
        self.tables["findings"].append(_finding(entry, line))

    def _line(self, entry: Correction) -> Row:
        for row in self.tables["budget_lines"]:
            place = tuple(row[name] for name in PLACE)
            if row["document_id"] == entry.document_id and (row["cell_id"] == entry.cell_id or place == entry.place):
                return row
        raise correction_error(
            f"{entry.name} 没有这个数字，这条更正已不适用",
            f"there is no figure {entry.name}: the entry no longer applies",
        )

    def _override(self, entry: Correction, line: Row) -> None:
        number, factor = number_of(entry.value), MONEY_UNITS.get(str(line["unit"]))
        if number is None or factor is None or line["amount"] is None:
            raise correction_error(
                f"{entry.name} 不是金额，不能 override", f"{entry.name} is no amount: it cannot be overridden"
            )
        self._projects(line, number * factor)
        line["amount"], line["amount_printed"] = number * factor, entry.value
        line["half_unit"] = Decimal(5).scaleb(-_places(number) - 1) * factor
        for cell in self._cells(line):
            repairs = cell["repairs"] if isinstance(cell["repairs"], list) else []
            cell["repairs"] = [*repairs, "digit_corrected"]

    def _drop(self, line: Row) -> None:
        self._projects(line, None)
        self.tables["budget_lines"].remove(line)
        for document in self.tables["documents"]:
            document["figure_count"] = int(str(document["figure_count"])) - 1
        for cell in self._cells(line):
            numbers = 1 if _NUMBER.search(str(cell["text"])) else 0
            cell["role"] = "finding"
            self._move(cell["page"], numbers)

    def _projects(self, line: Row, amount: Decimal | None) -> None:
        """The project that the figure is the money of, by its fund, follows it."""
        fund = str(line["fund"] or "total")
        columns = ["amount", "subtotal_amount"] if fund == "total" else [f"{fund}_amount", "amount", "subtotal_amount"]
        for project in self.tables.get("projects", ()):
            cells = project["cell_ids"] if isinstance(project["cell_ids"], list) else []
            for column in columns if line["cell_id"] in cells else ():
                if column in project and project[column] == line["amount"]:
                    project[column] = amount

    def _move(self, page: object, numbers: int) -> None:
        """The number of a dropped figure is counted among the findings of its page."""
        for row in self.tables.get("coverage", ()):
            if row["page"] == page:
                row["facts"] = int(str(row["facts"])) - numbers
                row["findings"] = int(str(row["findings"])) + numbers

    def _cells(self, line: Row) -> Sequence[Row]:
        return [cell for cell in self.tables.get("cells", ()) if cell["cell_id"] == line["cell_id"]]


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_DONE = {
    "override": ("改为 {value}", "was read as {value}"),
    "drop": ("未收入", "was left out"),
    "flag": ("存疑，未改动", "is in doubt and was not changed"),
}


def _finding(entry: Correction, line: Row) -> Row:
    done_zh, done_en = (text.format(value=entry.value) for text in _DONE[entry.action])
    zh = f"勘误：所印“{entry.expects}”{done_zh}（{entry.reason}；{entry.status}，{entry.since}）"
    en = f"erratum: the printed “{entry.expects}” {done_en} ({entry.reason}; {entry.status}, {entry.since})"
    return {
        "document_id": entry.document_id,
        "finding_id": f"{CODE}:{line['cell_id']}",
        "severity": "info",
        "verdict": "undetermined" if entry.status == "proposed" else "publisher_error",
        "code": CODE,
        "explanation": f"{zh} / {en}",
        "page": line["page"],
        "cell_ids": [line["cell_id"]],
    }
