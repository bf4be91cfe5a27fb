"""What a table is read under, what reading it gathers, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.heads.columns import Head
from pipeline.normalize.labels.label import PrintedNames
from pipeline.normalize.model import Cell, Finding, Grid, Roles, Row


@dataclass(frozen=True)
class Setting:
    """What a table is read under: its identity, unit of money, the document's calendar, and the names of its units.

    ``own_unit`` is whose disclosure the table belongs to, in a file that holds those of several units;
    ``parts_other_money``: another table of the document lists 其他资金 with the sources that it consists of.
    """

    document_id: str
    table_id: str
    unit: str
    calendar: Calendar
    unit_names: frozenset[str]
    printed_names: PrintedNames = field(default_factory=dict)
    own_unit: str | None = None
    parts_other_money: bool = False


@dataclass(frozen=True)
class TableFacts:
    """The facts of one table, what could not be read of it, and where its cells ended.

    ``parts_other_money``: it lists 其他资金 with the sources that it consists of.
    """

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    roles: Roles
    parts_other_money: bool = False


@dataclass
class TableReading:
    """One table while it is read: its head, the fund and the origin that its title names, and what was found so far.

    ``names_government``: the title says that its items are those of the government's economic scheme.
    """

    grid: Grid
    setting: Setting
    head: Head
    title_fund: str | None = None
    title_origin: str | None = None
    names_government: bool = False
    roles: Roles = field(default_factory=Roles)
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts_other_money: bool = False

    def report(self, cells: Iterable[Cell], finding: Finding) -> None:
        """Give up cells: a finding says why."""
        self.roles.give(cells, "finding")
        self.findings.append(finding)

    @property
    def facts(self) -> TableFacts:
        """What has been read."""
        return TableFacts(tuple(self.rows), tuple(self.findings), self.roles, self.parts_other_money)
