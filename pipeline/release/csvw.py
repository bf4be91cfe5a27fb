"""``csv-metadata.json``: W3C CSV on the Web, every CSV with its columns' types, units, vocabularies and keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.release.facts import Both, Facts, Json
from pipeline.release.inventory import ReleaseFile, of_form
from pipeline.schema import Column, Kind, Table
from pipeline.spreadsheet import SEPARATOR

NAMESPACE = "http://www.w3.org/ns/csvw"
DATATYPES: dict[Kind, str | Json] = {
    "text": "string",
    "integer": "integer",
    "boolean": {"base": "boolean", "format": "true|false"},
    "amount": "decimal",
    "decimal": "decimal",
    "points": "double",
    "strings": "string",
}


def csv_metadata(facts: Facts, files: Sequence[ReleaseFile]) -> Json:
    """The table group: the plain CSVs with keys and references, then the spreadsheet CSVs under their own headers."""
    plain = [_table(file, table) for file, table in of_form(files, "csv")]
    chinese = [_spreadsheet_table(file, table) for file, table in of_form(files, "csv-zh")]
    group: Json = {
        "@context": NAMESPACE,
        "dc:title": _both(facts.title),
        "dc:description": _both(facts.about),
        "dc:identifier": f"yusuan-{facts.version}",
        "dc:license": {"@id": facts.licence.path},
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "encoding": "utf-8"},
        "tables": [*plain, *chinese],
    }
    return {**group, "dc:issued": facts.date} if facts.date else group


def _both(text: Both) -> list[Json]:
    return [{"@value": text.zh, "@language": "zh"}, {"@value": text.en, "@language": "en"}]


def _table(file: ReleaseFile, table: Table) -> Json:
    schema: Json = {
        "columns": [_column(column, [column.name, column.title]) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "columnReference": list(key.columns),
                "reference": {"resource": f"{key.table}.csv", "columnReference": list(key.references)},
            }
            for key in table.foreign_keys
        ]
    return {**_about(file, table), "tableSchema": schema}


def _spreadsheet_table(file: ReleaseFile, table: Table) -> Json:
    """Texts only: a protecting tab may stand before any of them."""
    columns = [_column(column, [column.title], protected=True) for column in table.columns]
    return {**_about(file, table), "tableSchema": {"columns": columns}}


def _about(file: ReleaseFile, table: Table) -> Json:
    return {"url": file.link, "dc:title": _both(file.title), "dc:description": _both(Both(table.zh, table.en))}


def _column(column: Column, titles: list[str], *, protected: bool = False) -> Json:
    described: Json = {
        "name": column.name,
        "titles": titles,
        "dc:description": _both(Both(column.zh, column.en)),
        "datatype": "string" if protected and column.kind == "strings" else _datatype(column, protected=protected),
    }
    if column.unit:
        described["schema:unitText"] = column.unit
    if column.kind == "strings" and not protected:
        described["separator"] = SEPARATOR
    if column.required and column.kind != "text":  # a blank cell's text is empty, and is one
        described["required"] = True
    return described


def _datatype(column: Column, *, protected: bool) -> str | Json:
    if column.enum and not protected:
        return {"base": "string", "format": "|".join(re.escape(value) for value in column.enum)}
    return DATATYPES[column.kind]
