"""A document while it is read: its tables under their headings, and what reading has gathered so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.identity import Identity
from pipeline.normalize.model import Document, Finding, Grid, Roles, Row
from pipeline.normalize.titles import Heading

SHEETS = ("department_performance", "project_performance")
UNREAD = (*SHEETS, "other")


@dataclass(frozen=True)
class ReadTable:
    """A table with what its heading says and what it is read as."""

    grid: Grid
    heading: Heading
    table_id: str
    unit: str | None

    @property
    def name(self) -> str:
        """What a finding calls it: the title as printed, if one is."""
        return self.heading.title or self.table_id


@dataclass
class Reading:
    """What reading a document has gathered so far."""

    document: Document
    identity: Identity
    findings: list[Finding]
    roles: Roles = field(default_factory=Roles)
    lines: list[Row] = field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        """The year and the kind of document, by which its columns are told apart."""
        return Calendar(self.identity.fiscal_year, self.identity.document_type == "final_accounts")

    def set_aside(self, table: ReadTable, why: Finding) -> None:
        """Take no cell of a table: the finding says why, and names them all."""
        printed = [cell for cell in table.grid.cells if cell.text]
        self.roles.give(printed, "finding")
        self.findings.append(replace(why, cell_ids=tuple(cell.cell_id for cell in printed)))
