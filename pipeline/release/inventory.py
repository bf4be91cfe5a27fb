"""The files of a release: what each is, in which form, how large, with which hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pipeline.release.facts import DATABASE, DICTIONARY, PACKAGE, Both
from pipeline.schema import PUBLISHED, Table
from pipeline.sources import sha256_of

Form = Literal["csv", "csv-zh", "parquet", "xlsx", "duckdb", "document", "zip"]

CROISSANT, DCAT, SCHEMA_ORG, CSVW = "croissant.json", "dcat.jsonld", "schema-org.jsonld", "csv-metadata.json"
WORKBOOK, HTML_DICTIONARY = "budget.xlsx", "data-dictionary.html"
CHANGELOG, CHANGES, README, SUMS = "CHANGELOG.md", "changes.csv", "README.md", "SHA256SUMS"
REPORT = "quality-report"

# IANA's names; DuckDB's format has none.
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".html": "text/html",
    ".zip": "application/zip",
}
OCTETS = "application/octet-stream"

_DOCUMENTS = {
    DATABASE: Both("DuckDB 数据库：全部数据表，列有中英文注释", "DuckDB database: every table, columns commented"),
    WORKBOOK: Both("Excel 工作簿：每表一页，附数据字典", "Excel workbook: a sheet a table, with the dictionary"),
    PACKAGE: Both("数据包描述（Frictionless Data Package v2）", "Data package descriptor (Frictionless, v2)"),
    DCAT: Both("目录元数据（DCAT 3）", "Catalogue metadata (DCAT 3)"),
    SCHEMA_ORG: Both("搜索引擎元数据（schema.org）", "Metadata for search engines (schema.org)"),
    CROISSANT: Both("机器学习元数据（Croissant 1.0）", "Metadata for machine learning (Croissant 1.0)"),
    CSVW: Both("CSV 元数据（W3C CSVW）", "Metadata of the CSV files (W3C CSVW)"),
    DICTIONARY: Both("数据字典（Markdown）", "Data dictionary (Markdown)"),
    HTML_DICTIONARY: Both("数据字典（网页）", "Data dictionary (web page)"),
    CHANGELOG: Both("更新记录", "What changed"),
    CHANGES: Both("与上一版相比的逐项变化", "Every change since the previous release"),
    README: Both("说明", "Read me first"),
    SUMS: Both("SHA-256 校验和", "SHA-256 sums"),
}
_FORMS: dict[str, tuple[Form, Both]] = {
    ".zh.csv": ("csv-zh", Both("CSV，中文列名，供电子表格", "CSV with Chinese headers, for spreadsheets")),
    ".csv": ("csv", Both("CSV", "CSV")),
    ".parquet": ("parquet", Both("Parquet", "Parquet")),
}


@dataclass(frozen=True)
class ReleaseFile:
    """One file. ``name`` is its path in the release, ``table`` what it holds (None: all tables, or a document)."""

    name: str
    form: Form
    title: Both
    size: int
    sha256: str
    table: Table | None = None

    @property
    def media_type(self) -> str:
        """IANA media type."""
        return MEDIA_TYPES.get(Path(self.name).suffix, OCTETS)

    @property
    def link(self) -> str:
        """The name as a relative link."""
        return quote(self.name)


def inventory(folder: Path) -> tuple[ReleaseFile, ...]:
    """Every file in ``folder`` and below, by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(_described(path, path.relative_to(folder).as_posix()) for path in paths)


def of_form(files: Sequence[ReleaseFile], form: Form) -> list[tuple[ReleaseFile, Table]]:
    """The files of one form with the table that each holds, in the schema's order."""
    found = {file.table.name: (file, file.table) for file in files if file.form == form and file.table}
    return [found[name] for name in PUBLISHED if name in found]


def _described(path: Path, name: str) -> ReleaseFile:
    form, title, table = _form(name)
    return ReleaseFile(name, form, title, path.stat().st_size, sha256_of(path), table)


def _form(name: str) -> tuple[Form, Both, Table | None]:
    for suffix, (form, said) in _FORMS.items():
        table = PUBLISHED.get(name.removesuffix(suffix)) if name.endswith(suffix) else None
        if table:
            return form, Both(f"{table.title}（{said.zh}）", f"{table.title_en} ({said.en})"), table
    special: dict[str, Form] = {DATABASE: "duckdb", WORKBOOK: "xlsx"}
    return special.get(name, "document"), _DOCUMENTS.get(name, Both(name, name)), None
