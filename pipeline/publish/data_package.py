"""``datapackage.json``: a Frictionless Data Package v2 of the CSV files (https://datapackage.org/standard/).

Everything is generated from the schema. There is no time stamp in it: the version and the hashes say what it is.
Lists are strings with a separator, for the standard's ``list`` type is not read by its own tool (frictionless 5).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.publish.files import put_text
from pipeline.publish.statements import DATA_LICENCE, LICENCES, TITLE, facsimiles
from pipeline.schema import Column, ForeignKey, Kind, Table
from pipeline.sources import sha256_of
from pipeline.spreadsheet import SEPARATOR, protected

Json = dict[str, object]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "boolean": "boolean",
    "amount": "number",
    "decimal": "number",
    "points": "number",
    "strings": "string",
}


@dataclass(frozen=True)
class CsvFile:
    """One CSV of the release: the table that it holds and whether its headers are Chinese."""

    table: Table
    path: Path
    chinese: bool = False

    def header(self, column: Column) -> str:
        """The column's header in this file."""
        return column.title if self.chinese else column.name

    def value(self, text: str) -> str:
        """A word of a column's vocabulary as it stands in this file."""
        return protected(text) if self.chinese else text


def write_data_package(path: Path, files: Sequence[CsvFile], documents: pa.Table, version: str) -> Path:
    """Describes ``files``, which must be written already: their bytes and hashes are in it."""
    package = describe(files, documents, version)
    return put_text(path, json.dumps(package, ensure_ascii=False, indent=2) + "\n")


def describe(files: Sequence[CsvFile], documents: pa.Table, version: str) -> Json:
    """The package as it goes into the file."""
    said = (*LICENCES, facsimiles(documents))
    return {
        "$schema": PROFILE,
        "name": "yusuan",
        "title": " / ".join(TITLE),
        "description": "\n".join(f"{statement.zh}。 / {statement.en}." for statement in said),
        "version": version,
        "licenses": [{"name": DATA_LICENCE.name, "title": DATA_LICENCE.title, "path": DATA_LICENCE.path}],
        "sources": [_source(row) for row in documents.to_pylist()],
        "resources": [_resource(file) for file in files],
    }


def _source(document: Json) -> Json:
    """A disclosure; ``path`` is the standard's word for its address, ``provenance`` ours for how it came here."""
    printed = (document[name] for name in ("publisher", "fiscal_year", "document_type", "source_file"))
    title = " · ".join(str(part) for part in printed if part is not None)
    told = {"path": document["source_url"], "provenance": document["where_from"]}
    return {
        "title": title,
        **{name: value for name, value in told.items() if value},
        "documentId": document["document_id"],
        **({"hash": f"sha256:{document['sha256']}"} if document["sha256"] else {}),  # none of what cannot be read
    }


def _resource(file: CsvFile) -> Json:
    table, chinese = file.table, file.chinese
    return {
        "name": f"{table.name}.zh" if chinese else table.name,
        "type": "table",
        "path": file.path.name,
        "title": f"{table.title} / {table.title_en}" + ("（电子表格用 / for spreadsheets）" if chinese else ""),
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{sha256_of(file.path)}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminator": "\n"},
        "schema": _schema(file),
    }


def _schema(file: CsvFile) -> Json:
    """A spreadsheet file has no references: its keys may have a tab before them, those that they refer to have none."""
    table = file.table

    def headers(names: Sequence[str]) -> list[str]:
        return [file.header(table.column(name)) for name in names]

    schema: Json = {
        "fields": [_field(column, file) for column in table.columns],
        "primaryKey": headers(table.key),
    }
    if table.foreign_keys and not file.chinese:
        schema["foreignKeys"] = [_reference(key, headers) for key in table.foreign_keys]
    return schema


def _reference(key: ForeignKey, headers: Callable[[Sequence[str]], list[str]]) -> Json:
    return {"fields": headers(key.columns), "reference": {"resource": key.table, "fields": list(key.references)}}


def _field(column: Column, file: CsvFile) -> Json:
    joined = f"; 各项以 {SEPARATOR} 分隔 / items joined by {SEPARATOR}" if column.kind == "strings" else ""
    field: Json = {
        "name": file.header(column),
        "type": TYPES[column.kind],
        "title": f"{column.title} / {column.title_en}",
        "description": column.description + joined,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.required and column.kind == "text":
        field["missingValues"] = []  # a blank cell's text is "", which is a text and not a missing one
    constraints = _constraints(column, file)
    return {**field, "constraints": constraints} if constraints else field


def _constraints(column: Column, file: CsvFile) -> Json:
    constraints: Json = {"required": True} if column.required else {}
    return {**constraints, "enum": [file.value(word) for word in column.enum]} if column.enum else constraints
