"""One document's interim tables to the tidy tables of the contract.

The way through: what is the document (``identity``), what is each table (``titles``), its facts (``facts``), its
sheets and text (``attachments``); what stays unread is told (``page_reports``, ``document_reports``), and all becomes
rows (``document_rows``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.normalize import document_reports as reports
from pipeline.normalize.amounts import read_figure, with_plain_amounts
from pipeline.normalize.attachments import read_attachments
from pipeline.normalize.calendars import calendars_of
from pipeline.normalize.document_rows import dataset_of
from pipeline.normalize.facts.records import Setting, TableFacts
from pipeline.normalize.facts.table import read_facts
from pipeline.normalize.identity import identify
from pipeline.normalize.labels.names import names_printed
from pipeline.normalize.model import Finding, Grid, document_of
from pipeline.normalize.page_reports import file_findings
from pipeline.normalize.performance import kinds_of
from pipeline.normalize.phrases import plain
from pipeline.normalize.reading import SHEETS, UNREAD, Reading, ReadTable
from pipeline.normalize.settle import PROJECTS
from pipeline.normalize.titles import Heading, common_unit, heading_of, stand_in
from pipeline.sources import Source
from pipeline.tables import Dataset

_COLUMN_NUMBERS = re.compile(r"\D*[栏行]次(\s*\d{1,2})+\s*")
_AMOUNT_IN_WORDS = re.compile(r"[一-鿿）)](\d[\d,]*\.\d{2}(?![\d%])|\d{1,3}(,\d{3})+(?![\d.,]))")
_AMOUNT = re.compile(r"-?[\d,]+\.\d+")
_AMOUNTS_IN_ONE = re.compile(r"\.\d{3,}(?:,\d{3})*\.\d")  # 1,399.771,238.92: no date, no number of a paragraph


def normalize_document(source: Source, interim: Dataset) -> Dataset:
    """The tidy tables of one document: a pure function of its interim tables, its manifest row and the vocabulary."""
    document = document_of(source, interim)
    headings = [heading_of(grid) for grid in document.grids]
    reading = Reading(document, identify(document, headings), list(file_findings(document)))
    tables = _told_apart(document.grids, headings)
    _read_tables(reading, tables)
    reading.findings.extend(reports.unreferenced(reading.lines))
    beside = read_attachments(document, reading.lines, reading.identity.publisher, reading.roles)
    reading.findings.extend(beside.findings)
    if not any(table.table_id not in UNREAD for table in tables):
        reading.findings.append(reports.no_tables())
    reading.findings.extend(reports.identity_findings(source, reading.identity))
    return dataset_of(reading, tables, beside)


# --- what each table is ----------------------------------------------------------------------------------------------


def _told_apart(grids: Sequence[Grid], headings: Sequence[Heading]) -> list[ReadTable]:
    """The tables, each with what it is: by its form a performance sheet, else what its heading names."""
    kinds = kinds_of(grids)
    tables = [
        ReadTable(grid, heading, kinds.get(grid.table_no) or _table_id(heading), heading.unit)
        for grid, heading in zip(grids, headings, strict=True)
    ]
    return [table if table.table_id in UNREAD else _of_plain_amounts(table) for table in _with_stand_ins(tables)]


def _of_plain_amounts(table: ReadTable) -> ReadTable:
    grid, unit = with_plain_amounts(table.grid, table.unit)
    return replace(table, grid=grid, unit=unit)


def _table_id(heading: Heading) -> str:
    """The heading's table; a title of a performance sheet over what the sheets' reader does not know is none."""
    return heading.table_id if heading.table_id and heading.table_id not in SHEETS else "other"


def _with_stand_ins(tables: Sequence[ReadTable]) -> list[ReadTable]:
    """The tables, with those that stand in for a table of the rule of which the document prints none."""
    printed = {table.table_id for table in tables}
    known = [stand_in(t.heading.title) if t.table_id == "other" and t.heading.title else None for t in tables]
    return [
        replace(table, table_id=name) if name and name not in printed else table
        for table, name in zip(tables, known, strict=True)
    ]


# --- their facts -----------------------------------------------------------------------------------------------------


def _read_tables(reading: Reading, tables: Sequence[ReadTable]) -> None:
    """The facts of every table that can be read; what cannot be becomes a finding, before theirs."""
    ready = list(_readable(reading, tables))
    read = list(zip([table for table, _ in ready], _facts(ready), strict=True))
    aligned = [table for table, facts in read if table.grid.method == "aligned" and facts.rows]
    reading.findings.extend(reports.without_rules(aligned))
    for _, facts in read:
        reading.roles.take(facts.roles)
        reading.lines.extend(facts.rows)
        reading.findings.extend(facts.findings)


def _readable(reading: Reading, tables: Sequence[ReadTable]) -> Iterator[tuple[ReadTable, Setting]]:
    """The tables of the rule whose columns and unit are known, each with what its document says of it."""
    fallback = common_unit(reading.document)
    units = _unit_names(reading, tables)
    disclosures = _disclosures(tables)
    if len(disclosures) > 1:
        reading.findings.append(reports.several_disclosures(disclosures))
    calendars = calendars_of(reading.calendar, [table.heading for table in tables])
    for table, calendar in zip(tables, calendars, strict=True):
        if table.table_id in UNREAD:
            reading.findings.extend(_unread(table))
        elif is_woven(table.grid):
            reading.set_aside(table, reports.woven(table))
        elif unit := _unit(reading, table, fallback):
            own = table.heading.publisher if len(disclosures) > 1 else None
            setting = Setting(reading.document.document_id, table.table_id, unit, calendar, units, own_unit=own)
            yield table, setting


def _unread(table: ReadTable) -> Iterable[Finding]:
    """A table that no rule knows: its columns may be untold besides."""
    is_unknown = table.table_id not in SHEETS and table.heading.table_id is None
    return [reports.woven(table)] if is_unknown and is_woven(table.grid) else reports.unread(table)


def _disclosures(tables: Sequence[ReadTable]) -> dict[str, int]:
    """Whose summaries the file prints, each with its first page: more than one when it holds several disclosures.

    That is the page of its first table: not everywhere the summary comes first.
    """
    summed = {table.heading.publisher for table in tables if table.table_id == "budget_summary"}
    named = [table for table in tables if table.heading.publisher and table.heading.publisher in summed]
    return {str(table.heading.publisher): table.grid.first_page for table in reversed(named)}


def _unit(reading: Reading, table: ReadTable, fallback: str | None) -> str | None:
    """The table's unit of money, else the document's; without either its figures mean nothing."""
    unit = table.unit or fallback
    if unit is None:
        reading.set_aside(table, reports.unit_missing(table, None))
    elif table.unit is None:
        reading.findings.append(reports.unit_missing(table, unit))
    return unit


def _facts(ready: Sequence[tuple[ReadTable, Setting]]) -> Iterator[TableFacts]:
    """Each table's facts; one with labels that nothing knows, or with projects beside the codes of their subjects, is
    read again with the names that the tables of subjects print, and one of other money with what another says of it."""
    first = [read_facts(table.grid, table.heading, setting) for table, setting in ready]
    of_subjects = (facts.rows for facts, (table, _) in zip(first, ready, strict=True) if table.table_id not in PROJECTS)
    printed = names_printed(row for rows in of_subjects for row in rows)
    parts_other = any(facts.parts_other_money for facts in first)
    for (table, setting), facts in zip(ready, first, strict=True):
        unknown = any(finding.code == "unknown_item" for finding in facts.findings)
        coded = table.table_id in PROJECTS and any(row["code_source"] == "printed" for row in facts.rows)
        other = parts_other and any(row["fund"] == "other_revenue" for row in facts.rows)
        known = replace(setting, printed_names=printed, parts_other_money=parts_other)
        yield read_facts(table.grid, table.heading, known) if unknown or coded or other else facts


def _unit_names(reading: Reading, tables: Sequence[ReadTable]) -> frozenset[str]:
    """Plain names that are units of this document: the publisher, and what its tables list beside unit codes."""
    names = {plain(table.heading.publisher) for table in tables if table.heading.publisher}
    if reading.identity.publisher:
        names.add(plain(reading.identity.publisher))
    for table in tables:
        if table.table_id == "revenue_summary":
            for row in range(1, table.grid.row_count + 1):
                names.update(plain(c.text) for c in table.grid.row(row)[:2] if c.text and read_figure(c.text) is None)
    return frozenset(names)


def is_woven(grid: Grid) -> bool:
    """Whether a table read by alignment is one column, or has an amount inside a name: its columns were not told.

    One column without a number but those of its columns (栏次 1 2 3) is an empty table. One with rules may draw none
    between its rows: then it prints amounts one behind the other, and none in a cell of its own.
    """
    if grid.method != "aligned":
        texts = [cell.text for cell in grid.cells]
        return any(map(_AMOUNTS_IN_ONE.search, texts)) and not any(map(_AMOUNT.fullmatch, texts))
    numbers = (cell.text for cell in grid.cells if any(map(str.isdigit, cell.text)))
    is_one = grid.column_count == 1 and not all(_COLUMN_NUMBERS.fullmatch(text) for text in numbers)
    return is_one or any(_AMOUNT_IN_WORDS.search(cell.text) for cell in grid.cells)
