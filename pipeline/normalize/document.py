"""One document's interim tables to the tidy tables of the contract.

The way through: what is the document (``identity``), what is each table (``titles``), its facts (``facts``), its
sheets and text (``performance``, ``narrative``), and the count of what became of every number (``coverage``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline import schema
from pipeline.normalize.amounts import read_figure
from pipeline.normalize.attachments import Attachments, read_attachments
from pipeline.normalize.contents import read_contents
from pipeline.normalize.coverage import coverage_rows
from pipeline.normalize.facts import Setting, names_printed, read_facts
from pipeline.normalize.headers import Calendar
from pipeline.normalize.identity import Identity, identify
from pipeline.normalize.model import Document, Finding, Grid, Roles, Row, document_of
from pipeline.normalize.performance import kinds_of
from pipeline.normalize.phrases import plain
from pipeline.normalize.statements import read_statements
from pipeline.normalize.titles import Heading, common_unit, heading_of, stand_in
from pipeline.sources import Source
from pipeline.tables import Dataset, to_arrow

SHEETS = ("department_performance", "project_performance")
UNREAD = (*SHEETS, "other")
_AMOUNT_IN_WORDS = re.compile(r"[一-鿿）)]\d[\d,]*\.\d{2}(?![\d%])")
LONGEST_SEQUENCE = 3  # characters: a table whose numbers are all this short lists things (序号) and prints no amounts
_PROBLEMS = {
    "image_only": ("本页是图片，没有文字层，未读", "the page is an image without a text layer; not read"),
    "no_unicode_map": ("本页字体没有 Unicode 映射，文字不可信，未读", "the page's fonts have no Unicode map; not read"),
    "too_many_glyphs": ("本页字形过多，不像公开表格，未读", "the page has too many glyphs for a disclosure; not read"),
    "damaged_page": ("本页已损坏，未读", "the page is damaged; not read"),
}


@dataclass(frozen=True)
class _Table:
    """A table with what its heading says and what it is read as."""

    grid: Grid
    heading: Heading
    table_id: str
    unit: str | None


@dataclass
class _Reading:
    """What reading a document has gathered so far."""

    document: Document
    identity: Identity
    roles: Roles
    lines: list[Row]
    findings: list[Finding]


def normalize_document(source: Source, interim: Dataset) -> Dataset:
    """The tidy tables of one document: a pure function of its interim tables, its manifest row and the vocabulary."""
    document = document_of(source, interim)
    headings = [heading_of(grid) for grid in document.grids]
    reading = _Reading(document, identify(document, headings), Roles(), [], list(_page_findings(document)))
    kinds = kinds_of(document.grids)
    tables = [
        _Table(grid, heading, kinds.get(grid.table_no) or _table_id(heading), heading.unit)
        for grid, heading in zip(document.grids, headings, strict=True)
    ]
    tables = _with_stand_ins(tables)
    _read_tables(reading, tables)
    beside = read_attachments(document, reading.lines, reading.identity.publisher, reading.roles)
    reading.findings.extend(beside.findings)
    if not any(table.table_id not in UNREAD for table in tables):
        reading.findings.append(_no_tables())
    reading.findings.extend(_identity_findings(reading))
    return _dataset(reading, tables, beside)


def _table_id(heading: Heading) -> str:
    """The heading's table; a title of a performance sheet over what the sheets' reader does not know is none."""
    return heading.table_id if heading.table_id and heading.table_id not in SHEETS else "other"


def _with_stand_ins(tables: Sequence[_Table]) -> list[_Table]:
    """The tables, with those that stand in for a table of the rule of which the document prints none."""
    printed = {table.table_id for table in tables}
    known = [stand_in(t.heading.title) if t.table_id == "other" and t.heading.title else None for t in tables]
    return [
        replace(table, table_id=name) if name and name not in printed else table
        for table, name in zip(tables, known, strict=True)
    ]


def _read_tables(reading: _Reading, tables: Sequence[_Table]) -> None:
    fallback = common_unit(reading.document)
    units = _unit_names(reading, tables)
    settings: list[tuple[_Table, Setting]] = []
    for table in tables:
        if table.table_id in UNREAD:
            reading.findings.extend(_unread(table))
            continue
        if is_woven(table.grid):
            reading.roles.give((cell for cell in table.grid.cells if cell.text), "finding")
            reading.findings.append(_woven(table))
            continue
        unit = table.unit or fallback
        if unit is None or table.unit is None:
            reading.findings.append(_unit_missing(table, unit))
        if unit is None:
            reading.roles.give((cell for cell in table.grid.cells if cell.text), "finding")
            continue
        settings.append((table, _setting(reading, table, unit, units)))
    first = [read_facts(table.grid, table.heading, setting) for table, setting in settings]
    printed = names_printed(row for facts in first for row in facts.rows)
    for (table, setting), facts in zip(settings, first, strict=True):
        known = replace(setting, printed_names=printed)
        needs_names = any(finding.code == "unknown_item" for finding in facts.findings)
        final = read_facts(table.grid, table.heading, known) if needs_names else facts
        reading.roles.take(final.roles)
        if table.grid.method == "aligned":
            reading.findings.append(_without_rules(table))
        reading.lines.extend(final.rows)
        reading.findings.extend(final.findings)


def _setting(reading: _Reading, table: _Table, unit: str, units: frozenset[str]) -> Setting:
    identity = reading.identity
    return Setting(
        reading.document.document_id,
        table.table_id,
        unit,
        Calendar(identity.fiscal_year, identity.document_type == "final_accounts"),
        units,
    )


def _unit_names(reading: _Reading, tables: Sequence[_Table]) -> frozenset[str]:
    """Plain names that are units of this document: the publisher, and what its tables list beside unit codes."""
    names = {plain(table.heading.publisher) for table in tables if table.heading.publisher}
    if reading.identity.publisher:
        names.add(plain(reading.identity.publisher))
    for table in tables:
        if table.table_id == "revenue_summary":
            for row in range(1, table.grid.row_count + 1):
                names.update(plain(c.text) for c in table.grid.row(row)[:2] if c.text and read_figure(c.text) is None)
    return frozenset(names)


def _page_findings(document: Document) -> Iterable[Finding]:
    for page, problem in sorted(document.problems.items()):
        zh, en = _PROBLEMS.get(problem, (problem, problem))
        yield Finding(problem, "error", "extraction", f"第{page}页：{zh}", f"page {page}: {en}", page)


def _identity_findings(reading: _Reading) -> Iterable[Finding]:
    """What the pages do not say of the document itself, and the manifest does not either; a file that is another."""
    source = reading.document.source
    if source.expected_sha256 and source.expected_sha256 != source.sha256:
        zh = f"{source.path.name} 与 sources.csv 所记的校验和不符：文件已更换，请核对后更新该行"
        en = f"the SHA-256 of {source.path.name} is not the one in sources.csv: check the file, then update its row"
        yield Finding("sha256_differs", "error", "extraction", zh, en)
    wanted = {
        "publisher": ("公开单位", "the publisher"),
        "fiscal_year": ("年度", "the fiscal year"),
        "document_type": ("是预算还是决算", "whether it is a budget or final accounts"),
    }
    if reading.identity.year_inferred:
        year = reading.identity.fiscal_year
        zh = f"页面上没有写明年度，按文中最常提到的{year}年计；请在 sources.csv 中注明"
        en = f"the pages do not state the fiscal year; {year}, mentioned most, was used; say so in sources.csv"
        yield Finding("year_inferred", "warning", "publisher_error", zh, en)
    if reading.identity.region and reading.identity.region.inferred:
        name = reading.identity.region.name
        zh = f"公开单位的名称没有写明地区，按文中最常提到的{name}计；可在 sources.csv 中注明"
        en = f"the publisher's name states no region; {name}, mentioned most, was used; sources.csv can say otherwise"
        yield Finding("region_inferred", "info", "definition", zh, en)
    missing = [texts for name, texts in wanted.items() if getattr(reading.identity, name) is None]
    if missing:
        zh = f"页面上没有写明{'、'.join(zh for zh, _ in missing)}；请在 sources.csv 中注明"
        en = f"the pages do not state {', '.join(en for _, en in missing)}; say so in sources.csv"
        yield Finding("identity_unknown", "warning", "publisher_error", zh, en)


def _no_tables() -> Finding:
    return Finding(
        "no_tables", "error", "extraction",
        "没有识别出任何规定的预算公开表；请核对文件，或在 normalize/vocabulary/titles.yaml 中添加其表名",
        "no table of the disclosure rule was recognised; check the file, or add its titles to "
        "normalize/vocabulary/titles.yaml",
    )  # fmt: skip


def _unread(table: _Table) -> Iterable[Finding]:
    """A table with figures that no rule knows is said to be unread; one that we know to be outside the rule is not."""
    if table.table_id in SHEETS or table.heading.table_id is not None:
        return
    figures = [c for c in table.grid.cells if read_figure(c.text) is not None and len(plain(c.text)) > LONGEST_SEQUENCE]
    if not figures:
        return
    above = " / ".join(line.text[:40] for line in table.grid.above[-3:]) or "—"
    yield Finding(
        "unknown_table", "warning", "extraction",
        f"第{table.grid.first_page}页的表不在词汇表中，未读（其上文字：{above}）；"
        "请在 normalize/vocabulary/titles.yaml 中添加其表名",
        f"the table on page {table.grid.first_page} is not in the vocabulary, so it was not read (above it: {above}); "
        "add its title to normalize/vocabulary/titles.yaml",
        table.grid.first_page,
    )  # fmt: skip


def is_woven(grid: Grid) -> bool:
    """Whether a table read by alignment has an amount inside a name: its columns were not told apart."""
    return grid.method == "aligned" and any(_AMOUNT_IN_WORDS.search(cell.text) for cell in grid.cells)


def _woven(table: _Table) -> Finding:
    title, page = table.heading.title or table.table_id, table.grid.first_page
    return Finding(
        "alignment_unclear", "warning", "extraction",
        f"“{title}”没有框线，列的界限不清（数字落入名称之中），未收入，请看原页",
        f"“{title}” draws no rules and its columns could not be told apart (amounts fall inside names); not taken: "
        "see the page",
        page, tuple(cell.cell_id for cell in table.grid.cells if cell.text),
    )  # fmt: skip


def _without_rules(table: _Table) -> Finding:
    title, page = table.heading.title or table.table_id, table.grid.first_page
    return Finding(
        "table_without_rules", "warning", "layout",
        f"“{title}”没有框线，行列由文字对齐推定，请对照原页",
        f"“{title}” draws no rules; its rows and columns were taken from the text's alignment: compare with the page",
        page,
    )  # fmt: skip


def _unit_missing(table: _Table, used: str | None) -> Finding:
    page = table.grid.first_page
    title = table.heading.title or table.table_id
    if used:
        zh = f"“{title}”没有写明金额单位，按文件其他表的单位“{used}”计"
        en = f"“{title}” states no unit of money; the document's usual unit {used} was used"
        return Finding("unit_missing", "warning", "publisher_error", zh, en, page)
    zh = f"“{title}”及全文都没有写明金额单位，数字未收入"
    en = f"neither “{title}” nor the document states a unit of money; its figures were not taken"
    return Finding("unit_missing", "error", "publisher_error", zh, en, page)


def _dataset(reading: _Reading, tables: Sequence[_Table], beside: Attachments) -> Dataset:
    document, roles = reading.document, reading.roles
    rows: dict[str, Iterable[Row]] = {
        "documents": [_document_row(reading, tables)],
        "source_tables": _table_rows(reading, tables),
        "budget_lines": reading.lines,
        "projects": beside.projects,
        "performance_targets": beside.targets,
        "narrative_figures": beside.figures,
        "cells": _cell_rows(document, roles),
        "findings": finding_rows(document.document_id, reading.findings),
        "coverage": coverage_rows(document, roles),
        "glossary": beside.glossary,
        "department_profile": beside.profile,
        "implied_previous_year": beside.implied,
        "name_lists": beside.name_lists,
        **_said(reading, tables, beside),
    }
    return {name: to_arrow(schema.PUBLISHED[name], found) for name, found in rows.items()}


def _said(reading: _Reading, tables: Sequence[_Table], beside: Attachments) -> dict[str, Iterable[Row]]:
    """The contents page, and what the document says that is no figure."""
    document, headings, names = reading.document, [t.heading for t in tables], [t.table_id for t in tables]
    entries = read_contents(document, headings, names)
    said = read_statements(document, headings, names, beside.lists)
    own = {"document_id": document.document_id}
    return {
        "contents": [own | {"entry_no": number} | entry.row() for number, entry in enumerate(entries, start=1)],
        "statements": [own | {"statement_no": number} | each.row() for number, each in enumerate(said, start=1)],
    }


def _document_row(reading: _Reading, tables: Sequence[_Table]) -> Row:
    document, identity, source = reading.document, reading.identity, reading.document.source
    return {
        "document_id": document.document_id,
        "source_file": source.path.name,
        "sha256": source.sha256,
        "page_count": document.page_count,
        "publisher": identity.publisher,
        "publisher_code": identity.publisher_code,
        "region_code": identity.region.code if identity.region else None,
        "region_name": identity.region.name if identity.region else None,
        "fiscal_year": identity.fiscal_year,
        "document_type": identity.document_type,
        "level": identity.level,
        "text_layer": "digital" if document.has_text else None,
        "is_facsimile": source.is_facsimile,
        "table_count": sum(1 for table in tables if table.table_id != "other"),
        "figure_count": len(reading.lines),
        "source_url": source.source_url,
        "where_from": source.where_from,
    }


def _table_rows(reading: _Reading, tables: Sequence[_Table]) -> Iterable[Row]:
    read = {line["table_no"] for line in reading.lines}
    for table in tables:
        yield _table_row(reading.document.document_id, table, table.grid.table_no in read or _prints_figures(table))


def _prints_figures(table: _Table) -> bool:
    """Whether a table that is not read into budget lines prints amounts; a table of the rule without lines is empty."""
    if table.table_id not in UNREAD:
        return False
    return any(c.text and read_figure(c.text) is not None for c in table.grid.cells)


def _table_row(document_id: str, table: _Table, has_figures: bool) -> Row:
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


def finding_rows(document_id: str, findings: Sequence[Finding]) -> Iterable[Row]:
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
    row: Row = {
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
    rows: dict[str, Iterable[Row]] = {"documents": [row], "findings": finding_rows(source.document_id, [finding])}
    names = (
        "documents", "source_tables", "budget_lines", "projects", "performance_targets", "narrative_figures", "cells",
        "findings", "coverage", "glossary", "department_profile", "implied_previous_year", "name_lists", "contents",
        "statements",
    )  # fmt: skip
    return {name: to_arrow(schema.PUBLISHED[name], rows.get(name, ())) for name in names}
