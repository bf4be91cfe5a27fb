"""``datapackage.json`` of a release: the published one, with the release's version, every spreadsheet CSV, the
contributors, and the Fiscal Data Package's column types.

Column types are those of the budget taxonomy (specs.frictionlessdata.io/taxonomies/fiscal/budgets.json), given where
its definition is ours; a table has each type at most once. The printed ``unit`` has none: amounts are in yuan.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.release.facts import CREATOR, KEYWORDS, Facts, Json
from pipeline.release.inventory import ReleaseFile, of_form
from pipeline.schema import (
    BUDGET_LINES,
    CONVENIENCE,
    DOCUMENTS,
    PROJECTS,
    PUBLISHED,
    SUBJECTS,
    ForeignKey,
    Table,
)
from pipeline.spreadsheet import protected

_FIGURES = {
    "amount": "value",
    "fiscal_year": "date:fiscal-year",
    "side": "direction",
    "period": "phase:id",
    "fund": "fin-source:generic:code",
    "expenditure_type": "expenditure-type:code",
    "subject_code": "functional-classification:generic:code",
    "subject_name": "functional-classification:generic:label",
    "economic_code": "economic-classification:generic:code",
    "economic_name": "economic-classification:generic:label",
    "publisher": "administrative-classification:generic:level1:label",
    "unit_name": "administrative-classification:generic:level2:label",
    "region_name": "geo:source:title",
    "project_id": "activity:generic:project:code",
    "project_name": "activity:generic:project:label",
}
COLUMN_TYPES: dict[str, dict[str, str]] = {
    **{table.name: _FIGURES for table in (BUDGET_LINES, PROJECTS, *(view.table for view in CONVENIENCE))},
    DOCUMENTS.name: {
        "fiscal_year": "date:fiscal-year",
        "publisher": "administrative-classification:generic:label",
        "publisher_code": "administrative-classification:generic:code",
        "region_code": "geo:source:code",
        "region_name": "geo:source:title",
    },
    SUBJECTS.name: {
        "code": "functional-classification:generic:code",
        "name": "functional-classification:generic:label",
        "cofog_code": "functional-classification:cofog:code",
    },
}
_FOR_SPREADSHEETS = "（电子表格用 / for spreadsheets）"


def release_package(published: Json, facts: Facts, files: Sequence[ReleaseFile]) -> Json:
    """The descriptor. ``files`` are the release's, with ``<table>.zh.csv`` of every table among them."""
    plain = {resource["name"]: resource for resource in published["resources"] if ".zh" not in resource["name"]}
    chinese = [_chinese(file, table, plain[table.name]) for file, table in of_form(files, "csv-zh")]
    resources = [_typed(resource, name) for name, resource in plain.items()]
    package = {
        **{name: value for name, value in published.items() if name != "resources"},
        "version": facts.version,
        "description": str(facts.about),
        "contributors": [{"title": str(CREATOR), "roles": ["creator"]}],
        "keywords": [text for word in KEYWORDS for text in (word.zh, word.en)],
        "resources": [*resources, *chinese],
    }
    if facts.url:
        package["homepage"] = facts.url
    return {**package, "created": f"{facts.date}T00:00:00Z"} if facts.date else package


def _typed(resource: Json, table: str, headers: dict[str, str] | None = None) -> Json:
    """The resource with column types; ``headers`` gives the file's own header of each column."""
    types = {(headers or {}).get(name, name): kind for name, kind in COLUMN_TYPES.get(table, {}).items()}
    fields = [
        {**field, "columnType": types[field["name"]]} if field["name"] in types else field
        for field in resource["schema"]["fields"]
    ]
    return {**resource, "schema": {**resource["schema"], "fields": fields}}


def _chinese(file: ReleaseFile, table: Table, plain: Json) -> Json:
    """The spreadsheet file of a table: the plain one's description under its own headers, bytes and hash."""
    headers = _headers(table)
    schema = plain["schema"]
    own: Json = {
        "fields": [{**_in_spreadsheet(field), "name": headers[field["name"]]} for field in schema["fields"]],
        "primaryKey": [headers[name] for name in schema["primaryKey"]],
    }
    if table.foreign_keys:
        own["foreignKeys"] = [_chinese_reference(headers, key) for key in table.foreign_keys]
    about = {"name": f"{table.name}.zh", "path": file.name, "title": plain["title"] + _FOR_SPREADSHEETS}
    resource = {**plain, **about, "bytes": file.size, "hash": f"sha256:{file.sha256}", "schema": own}
    return _typed(resource, table.name, headers)


def _headers(table: Table) -> dict[str, str]:
    return {column.name: column.title for column in table.columns}


def _in_spreadsheet(field: Json) -> Json:
    """The words of a vocabulary as the spreadsheet file has them: ``=`` has a tab before it there."""
    constraints = field.get("constraints", {})
    if "enum" not in constraints:
        return field
    return {**field, "constraints": {**constraints, "enum": [protected(word) for word in constraints["enum"]]}}


def _chinese_reference(headers: dict[str, str], key: ForeignKey) -> Json:
    """To the other table's spreadsheet file: a key with a tab before it has one there too."""
    theirs = _headers(PUBLISHED[key.table])
    reference = {"resource": f"{key.table}.zh", "fields": [theirs[name] for name in key.references]}
    return {"fields": [headers[name] for name in key.columns], "reference": reference}
