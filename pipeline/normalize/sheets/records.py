"""What the readers of performance sheets hand back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.model import Cell, Finding, Row

MONEY = ("total", "central", "provincial", "local", "self_raised", "other", "fiscal", "carryover")


@dataclass(frozen=True)
class Funds:
    """Money of one term in yuan; None where the form prints nothing.

    ``fiscal`` is 财政拨款 where a form does not split it by level.
    """

    total: Decimal | None = None
    central: Decimal | None = None
    provincial: Decimal | None = None
    local: Decimal | None = None
    self_raised: Decimal | None = None
    other: Decimal | None = None
    fiscal: Decimal | None = None
    carryover: Decimal | None = None


@dataclass(frozen=True)
class ProjectSheet:
    """One project's sheet: the fields of ``projects`` that a sheet fills. ``sheet_id`` is unique in the document."""

    sheet_id: str
    table_no: int
    first_page: int
    last_page: int
    project_name: str
    project_code: str | None = None
    unit_name: str | None = None
    department_in_charge: str | None = None
    department_code: str | None = None
    implementing_unit: str | None = None
    recurrence: str | None = None
    duration_years: int | None = None
    term: Funds = Funds()
    annual: Funds = Funds()
    unit: str | None = None
    overview: str | None = None
    basis: str | None = None
    necessity: str | None = None
    measures: str | None = None
    plan: str | None = None
    term_goal: str | None = None
    annual_goal: str | None = None
    filed_at: str | None = None
    cell_ids: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The year's total in yuan; the whole term's where the form prints no other."""
        return self.annual.total if self.annual.total is not None else self.term.total

    def row(self) -> Row:
        """The columns of ``projects`` that the sheet gives (no key, origin, match ground or pages)."""
        plain = (
            "project_code", "department_in_charge", "department_code", "implementing_unit", "recurrence",
            "duration_years",
            "overview", "basis", "necessity", "measures", "plan", "term_goal", "annual_goal", "filed_at",
        )  # fmt: skip
        row: Row = {name: getattr(self, name) for name in plain}
        row["sheet_name"] = self.project_name
        for term, funds in (("term", self.term), ("annual", self.annual)):
            row.update({f"{term}_{name}_amount": getattr(funds, name) for name in MONEY})
        return row


@dataclass(frozen=True)
class Target:
    """One indicator and term. ``sheet_id`` names its project's sheet, None for the whole department."""

    table_no: int
    sheet_id: str | None
    term: str
    target_no: int
    level1: str | None
    level2: str | None
    indicator: str
    target_printed: str | None
    operator: str | None
    value: Decimal | None
    unit: str | None
    is_quantitative: bool
    page: int
    cell_ids: tuple[str, ...]

    def row(self) -> Row:
        """The columns of ``performance_targets`` less ``document_id`` and ``project_id``."""
        names = (
            "term", "target_no", "level1", "level2", "indicator", "target_printed", "operator", "value", "unit",
            "is_quantitative", "page",
        )  # fmt: skip
        row: Row = {name: getattr(self, name) for name in names}
        return row | {"sheet_no": self.table_no, "cell_ids": list(self.cell_ids)}


@dataclass(frozen=True)
class Figure:
    """One figure of a whole-department form: ``attribute`` is its path of labels; amounts of money in yuan."""

    attribute: str
    value: Decimal
    unit: str | None
    page: int
    cell_id: str


@dataclass(frozen=True)
class DepartmentSheet:
    """The whole-department sheet: figures (funds, head counts, amounts of tasks) and its texts by label."""

    first_page: int
    figures: tuple[Figure, ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheets:
    """Everything read from a document's performance sheets."""

    sheets: tuple[ProjectSheet, ...] = ()
    targets: tuple[Target, ...] = ()
    departments: tuple[DepartmentSheet, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class IndicatorRow:
    """One row of an indicator table in one term, before its target is parsed.

    ``has_level2``: the form has a place for the second level (a list with 成本指标 | 产出指标 side by side has none).
    """

    term: str
    level1: str | None
    level2: str | None
    indicator: str
    target: str | None
    operator: str | None
    unit: str | None
    cell: Cell
    cells: tuple[Cell, ...]
    has_level2: bool = True
