"""What stands beside the budget tables: performance sheets matched to the project rows, and the text's figures.

Rows of ``projects`` come from the project tables; a sheet fills in the columns of the row it was matched to, and a
sheet that no row answers to is a project of its own, with ``match_ground`` ``sheet_only``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.matching import match_projects
from pipeline.normalize.mismatches import match_findings
from pipeline.normalize.model import Document, Finding, Roles, Row
from pipeline.normalize.narrative import Narrative, name_rows, read_text, restates
from pipeline.normalize.performance import read_sheets
from pipeline.normalize.project_years import by_year
from pipeline.normalize.projects import only_fund, projects_of
from pipeline.normalize.sheets.records import ProjectSheet, Sheets


@dataclass(frozen=True)
class Attachments:
    """Rows of the tables that sheets and text fill, less nothing: ready for the contract."""

    projects: tuple[Row, ...]
    targets: tuple[Row, ...]
    figures: tuple[Row, ...]
    glossary: tuple[Row, ...]
    profile: tuple[Row, ...]
    implied: tuple[Row, ...]
    name_lists: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read_attachments(document: Document, lines: Sequence[Row], publisher: str | None, roles: Roles) -> Attachments:
    """Sheets and text of a document, given its budget lines; every cell of a sheet gets its role."""
    sheets = read_sheets(document, document.grids, roles)
    text = read_text(document, [publisher] if publisher else [])
    listed, ids, unmatched = _projects(document.document_id, projects_of(lines), sheets.sheets, only_fund(lines))
    projects = by_year(listed, lines)  # only now: a sheet's total of the year is all that its row prints
    own = {"document_id": document.document_id}
    return Attachments(
        projects=tuple(projects),
        targets=tuple(own | {"project_id": ids.get(target.sheet_id or "")} | target.row() for target in sheets.targets),
        figures=tuple(own | figure.row() for figure in restates(text.figures, lines)),
        glossary=tuple(own | term.row() for term in text.glossary),
        profile=tuple(own | row for row in _profile(text, sheets)),
        implied=tuple(own | implied.row() for implied in text.implied),
        name_lists=tuple(own | row for row in name_rows(text.lists)),
        findings=(*sheets.findings, *unmatched, *text.unread),  # the text's own arithmetic is validation's to judge
    )


def _projects(
    document_id: str, rows: list[Row], sheets: Sequence[ProjectSheet], fund: str | None
) -> tuple[list[Row], dict[str, str], list[Finding]]:
    """The project rows with their sheets' columns, each sheet's project_id, and where the two do not agree."""
    found = match_projects(rows, sheets)
    matches, findings = found.by_sheet(), match_findings(found, rows, sheets, fund)
    ids: dict[str, str] = {}
    alone: list[Row] = []
    for sheet in sheets:
        match = matches.get(sheet.sheet_id)
        if match is None:
            alone.append(_sheet_only(document_id, f"s{len(alone) + 1:03d}", sheet, None if rows else sheet.amount))
            ids[sheet.sheet_id] = str(alone[-1]["project_id"])
            continue
        first = rows[match.rows[0]]
        first.update(_filled(first, sheet))
        for place in match.rows:
            rows[place]["match_ground"] = match.ground
        ids[sheet.sheet_id] = str(first["project_id"])
    return [*rows, *alone], ids, findings


def _filled(row: Row, sheet: ProjectSheet) -> Row:
    cells = row["cell_ids"]
    own = list(cells) if isinstance(cells, list) else []
    return sheet.row() | {
        "cell_ids": [*own, *sheet.cell_ids],
        "first_page": sheet.first_page,
        "last_page": sheet.last_page,
    }


def _sheet_only(document_id: str, project_id: str, sheet: ProjectSheet, amount: Decimal | None) -> Row:
    """A project that no row answers to; where there is a project table, its money is not added to the table's."""
    return {
        "document_id": document_id,
        "project_id": project_id,
        "project_name": sheet.project_name,
        "unit_name": sheet.unit_name,
        "origin": "current_year",
        "amount": amount,
        "match_ground": "sheet_only",
        "first_page": sheet.first_page,
        "last_page": sheet.last_page,
        "cell_ids": list(sheet.cell_ids),
        **sheet.row(),
    }


def _profile(text: Narrative, sheets: Sheets) -> Iterator[Row]:
    """The profile from the text, then from the whole-department sheets, numbered through."""
    number = 0
    for attribute in text.profile:
        number += 1
        yield attribute.row() | {"attribute_no": number}
    for department in sheets.departments:
        for figure in department.figures:
            number += 1
            yield {
                "attribute_no": number,
                "attribute": figure.attribute,
                "value": Decimal(figure.value),
                "unit": figure.unit,
                "page": figure.page,
            }
        for label, said in department.texts:
            number += 1
            yield {"attribute_no": number, "attribute": label, "text": said, "page": department.first_page}
