"""Which rows of a block are a unit's own, and which unit the rows below them belong to (tables by unit).

A unit's row is told by a column of units, by a code that only units have, or by a name that the document itself lists
as a unit's; it adds up the rows under it. A project beside its unit's code is no unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.normalize import settle
from pipeline.normalize.blocks import Block
from pipeline.normalize.codes import code_and_name
from pipeline.normalize.labels.label import Label
from pipeline.normalize.meanings import first
from pipeline.normalize.phrases import bare, plain
from pipeline.normalize.words import vocabulary

_UNIT_CODE = re.compile(r"\d{3}(\d{3}){0,2}[-—_]|[\[【(]\d{3}(\d{3}){0,2}[\]】)]")  # set apart from the name after it


@dataclass(frozen=True)
class UnitRows:
    """What the rows of one block tell of its units.

    ``codes`` are the units' codes and in how many rows each is printed, ``subjects`` the first row of a subject beside
    each; ``grand_total`` is the row of the only 合计,
    where it stands below all others: it belongs to no unit. ``mixed``: its heading says that units and projects share
    a column. ``beside`` are the names that a column of units prints beside projects.
    """

    table_id: str
    names: Collection[str]
    codes: Mapping[str, int]
    subjects: Mapping[str, int]
    beside: Collection[str]
    mixed: bool
    by_code: bool
    grand_total: int | None

    def take(self, number: int, label: Label, current: str | None, whole: str | None) -> str | None:
        """The unit that a row belongs to: its own, or the last one named above (changes the label of a unit's row).

        ``whole`` is the unit that the whole table is of, if any.
        """
        if label.project_name and self._is_of_several(label):
            label.unit_name = None
            return whole
        if label.unit_name is None and label.project_name is not None:
            self._take_project(label)
        elif self._is_project(number, label):
            label.project_name, label.unit_name, label.is_total = label.unit_name, None, False
        if label.unit_name is None and self._is_among_items(label):
            label.unit_name = label.item
        of_units = vocabulary().unit_groups.fullmatch(bare(label.item or "")) is not None
        if label.is_total or of_units:
            # 合计 in the column of units, projects or names is a total, not one of them
            label.is_total = True
            label.unit_name = label.project_name = None
            label.names.clear()
            return whole if of_units or number == self.grand_total else current
        if label.unit_name and not label.project_name and not label.codes:
            label.is_total = True
        return label.unit_name or current

    @staticmethod
    def _is_of_several(label: Label) -> bool:
        """Whether a row sums some of a list's projects, or one that several units share (小计 in their column)."""
        sums = vocabulary().sums_of_some.fullmatch(bare(label.project_name or "")) is not None
        return sums or first(vocabulary().totals, bare(label.unit_name or "")) is not None

    def _take_project(self, label: Label) -> None:
        """A unit's name among those of its projects, with its code before it or not."""
        coded = code_and_name(label.project_name or "")
        set_apart = self.mixed and _UNIT_CODE.match(plain(label.project_name or ""))
        if coded and (set_apart or plain(coded[1]) in self.names):
            label.unit_code, label.unit_name, label.project_name = coded[0], coded[1], None
        elif self._is_unit(label) or (not label.codes and self._is_of_a_unit(label.unit_code)):
            label.unit_name, label.project_name = label.project_name, None

    def _is_unit(self, label: Label) -> bool:
        """Whether the document names a unit so, or this table does beside its projects."""
        name = plain(label.project_name or "")
        return name in self.names or (not label.codes and name in self.beside)

    def _is_project(self, number: int, label: Label) -> bool:
        """A name below a subject in a table of projects, beside the code of its unit that its subject bears too."""
        if number < self.subjects.get(label.unit_code or "", number):
            return False  # it opens the rows of its unit
        is_below = self.table_id in settle.PROJECTS and label.unit_or_subject is not None and not label.codes
        named = label.unit_name is not None and plain(label.unit_name) not in self.names
        return is_below and named and bool(label.unit_code) and self.codes[label.unit_code or ""] > 1

    def _is_of_a_unit(self, code: str | None) -> bool:
        """Whether a code marks its row as a unit's: other codes go on from it, or only units' rows have one."""
        if not code:
            return False
        is_parent = any(other != code and other.startswith(code) for other in self.codes)
        return is_parent or (self.by_code and self.codes[code] == 1)

    def _is_among_items(self, label: Label) -> bool:
        """A row of a unit's name over the economic items of that unit."""
        by_item = self.table_id in settle.BY_ECONOMIC_ITEM and not label.codes and not label.is_total
        return by_item and plain(label.item or "") in self.names


def unit_rows(table_id: str, names: Collection[str], block: Block, labels: Mapping[int, Label]) -> UnitRows:
    """What a block's rows, by number, tell of its units; ``names`` are the plain names that the document lists."""
    codes = Counter(label.unit_code for label in labels.values() if label.unit_code)
    named = [label for label in labels.values() if label.texts and not label.is_total]
    some_lack_codes = codes.total() < len(named)
    mixed = any(column.role == "unit_or_project" for column in block.labels)
    subjects: dict[str, int] = {}
    for number, label in labels.items():
        if label.unit_code and label.codes:
            subjects.setdefault(label.unit_code, number)
    beside = {plain(label.unit_name) for label in labels.values() if label.unit_name and label.project_name}
    return UnitRows(table_id, names, codes, subjects, beside, mixed, mixed or some_lack_codes, _grand_total(labels))


def _grand_total(labels: Mapping[int, Label]) -> int | None:
    printed = [number for number, label in labels.items() if label.texts or label.codes]
    totals = [number for number in printed if labels[number].is_total]
    return totals[0] if len(totals) == 1 and totals == printed[-1:] else None
