"""One document as rows of the published tables, in place of the records that reading it made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline import schema
from pipeline.normalize.amounts import read_figure
from pipeline.normalize.attachments import Attachments
from pipeline.normalize.contents import read_contents
from pipeline.normalize.coverage import coverage_rows
from pipeline.normalize.model import Cell, Document, Finding, Roles, Row
from pipeline.normalize.reading import UNREAD, Reading, ReadTable
from pipeline.normalize.statements import read_statements
from pipeline.sources import Source
from pipeline.tables import Dataset, to_arrow

_OF_NO_DOCUMENT = (schema.SUBJECTS, schema.ECONOMIC_SUBJECTS, schema.CHECKS)  # references, and what validation makes


def dataset_of(reading: Reading, tables: Sequence[ReadTable], beside: Attachments) -> Dataset:
    """The tidy tables of a document that was read; ``beside`` is what its sheets and its text say."""
    document, roles = reading.document, reading.roles
    rows: dict[str, Iterable[Row]] = {
        "documents": [_document_row(reading, tables)],
        "source_tables": _table_rows(reading, tables),
        "budget_lines": reading.lines,
        "projects": beside.projects,
        "performance_targets": beside.targets,
        "narrative_figures": beside.figures,
        "cells": _cell_rows(document, roles),
        "findings": _finding_rows(document.document_id, reading.findings),
        "coverage": coverage_rows(document, roles),
        "glossary": beside.glossary,
        "department_profile": beside.profile,
        "implied_previous_year": beside.implied,
        "name_lists": beside.name_lists,
        **_said(reading, tables, beside),
    }
    return {name: to_arrow(schema.PUBLISHED[name], found) for name, found in rows.items()}


def _said(reading: Reading, tables: Sequence[ReadTable], beside: Attachments) -> dict[str, Iterable[Row]]:
    """The contents page, and what the document says that is no figure."""
    document, headings, names = reading.document, [t.heading for t in tables], [t.table_id for t in tables]
    entries = read_contents(document, headings, names, reading.identity.publisher)
    said = read_statements(document, headings, names)
    own = {"document_id": document.document_id}
    return {
        "contents": [own | {"entry_no": number} | entry.row() for number, entry in enumerate(entries, start=1)],
        "statements": [own | {"statement_no": number} | each.row() for number, each in enumerate(said, start=1)],
    }


def _document_row(reading: Reading, tables: Sequence[ReadTable]) -> Row:
    document, identity = reading.document, reading.identity
    return _manifest_row(document.source) | {
        "page_count": document.page_count,
        "publisher": identity.publisher,
        "publisher_code": identity.publisher_code,
        "region_code": identity.region.code if identity.region else None,
        "region_name": identity.region.name if identity.region else None,
        "fiscal_year": identity.fiscal_year,
        "document_type": identity.document_type,
        "level": identity.level,
        "text_layer": _text_layer(document),
        "table_count": sum(1 for table in tables if table.table_id != "other"),
        "figure_count": len(reading.lines),
    }


def _manifest_row(source: Source) -> Row:
    """What the manifest and the file itself say of a document, before any page is read."""
    return {
        "document_id": source.document_id,
        "source_file": source.path.name,
        "sha256": source.sha256,
        "page_count": 0,
        "publisher": source.publisher,
        "publisher_code": source.publisher_code,
        "region_code": source.region_code,
        "region_name": source.region_name,
        "fiscal_year": source.fiscal_year,
        "document_type": source.document_type,
        "is_facsimile": source.is_facsimile,
        "table_count": 0,
        "figure_count": 0,
        "source_url": source.source_url,
        "where_from": source.where_from,
    }


def _text_layer(document: Document) -> str | None:
    """``ocr`` when any page's text was recognised: its figures are not the publisher's own text."""
    layers = set(document.text_layers.values())
    return "ocr" if "ocr" in layers else next(iter(layers), None)


def _table_rows(reading: Reading, tables: Sequence[ReadTable]) -> Iterable[Row]:
    read = {line["table_no"] for line in reading.lines}
    for table in tables:
        has_figures = table.grid.table_no in read or _prints_figures(table, reading.roles)
        yield _table_row(reading.document.document_id, table, has_figures)


def _prints_figures(table: ReadTable, roles: Roles) -> bool:
    """Whether a table without budget lines prints numbers all the same: one that is none of the rule's, or not read."""
    if table.table_id in UNREAD:
        return any(cell.text and _is_figure(cell, roles) for cell in table.grid.cells)
    return any(roles.of(cell) == "finding" and any(map(str.isdigit, cell.text)) for cell in table.grid.cells)


def _is_figure(cell: Cell, roles: Roles) -> bool:
    """A number, or what a sheet says with one: 资金总额：2809.55, ≥2600件."""
    return read_figure(cell.text) is not None or (roles.of(cell) == "fact" and any(map(str.isdigit, cell.text)))


def _table_row(document_id: str, table: ReadTable, has_figures: bool) -> Row:
    grid = table.grid
    return {
        "document_id": document_id,
        "table_no": grid.table_no,
        "table_id": table.table_id,
        "printed_caption": table.heading.caption,
        "printed_title": table.heading.title,
        "first_page": grid.first_page,
        "last_page": grid.last_page,
        "unit": table.unit,
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "state": "data" if has_figures else "empty",
    }


def _cell_rows(document: Document, roles: Roles) -> Iterable[Row]:
    for grid in document.grids:
        for cell in grid.cells:
            yield {
                "cell_id": cell.cell_id,
                "document_id": document.document_id,
                "page": cell.page,
                "table_no": grid.table_no,
                "row_no": cell.row,
                "column_no": cell.column,
                "row_span": cell.rows,
                "column_span": cell.columns,
                **cell.box,
                "text_raw": cell.raw,
                "text": cell.text,
                "repairs": list(cell.repairs),
                "role": roles.of(cell),
            }


def _finding_rows(document_id: str, findings: Sequence[Finding]) -> Iterable[Row]:
    """Findings as rows, numbered in the order in which they were made."""
    for number, finding in enumerate(findings, start=1):
        yield {
            "document_id": document_id,
            "finding_id": f"n{number:04d}",
            "check_id": finding.check_id,
            "severity": finding.severity,
            "verdict": finding.verdict,
            "code": finding.code,
            "explanation": f"{finding.zh} / {finding.en}",
            "page": finding.page,
            "cell_ids": list(finding.cell_ids),
        }


def unreadable_document(source: Source, reason_code: str, zh: str, en: str) -> Dataset:
    """The tables of a file that could not be opened: its row in ``documents``, one finding, and nothing else."""
    finding = Finding(reason_code, "error", "extraction", f"{source.path.name}：{zh}", f"{source.path.name}: {en}")
    findings = _finding_rows(source.document_id, [finding])
    rows: dict[str, Iterable[Row]] = {"documents": [_manifest_row(source)], "findings": findings}
    tables = (table for table in schema.FACT_TABLES if table not in _OF_NO_DOCUMENT)
    return {table.name: to_arrow(table, rows.get(table.name, ())) for table in tables}
