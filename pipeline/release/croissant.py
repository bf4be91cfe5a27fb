"""``croissant.json``: MLCommons Croissant 1.0, a record set a table, read from the Parquet files.

Parquet, not CSV: codes stay texts and lists stay lists. Croissant has no exact decimal: ``sc:Float`` tells a reader
that an amount is a number; the Parquet column is DECIMAL(18,2) all the same. Texts carry both languages in one string,
for version 1.0 has one language a file. ``references`` are left out: mlcroissant 1.1 joins the
tables for each and loses rows (17 of 4,851 cells were left); the data package and CSVW have the foreign keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.release.facts import CREATOR, KEYWORDS, Facts, Json
from pipeline.release.inventory import ReleaseFile, of_form
from pipeline.schema import Column, Kind, Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
DATA_TYPES: dict[Kind, str] = {
    "text": "sc:Text",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "amount": "sc:Float",
    "decimal": "sc:Float",
    "points": "sc:Float",
    "strings": "sc:Text",
}
# The standard's own context, word for word: readers compare it.
CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(facts: Facts, files: Sequence[ReleaseFile]) -> Json:
    """The dataset, its Parquet files and its record sets."""
    tables = of_form(files, "parquet")
    described: Json = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "yusuan",
        "alternateName": str(facts.title),
        "description": str(facts.about),
        "version": facts.version,
        "license": facts.licence.path,
        "creator": {"@type": "Organization", "name": str(CREATOR)},
        "inLanguage": ["zh", "en"],
        "keywords": [str(word) for word in KEYWORDS],
        "citeAs": f"{facts.title}, {CREATOR}, {facts.version}, {facts.licence.name}",
        "distribution": [_file(facts, file) for file, _ in tables],
        "recordSet": [_records(file, table) for file, table in tables],
    }
    more = {"url": facts.url, "datePublished": facts.date}
    return {**described, **{name: value for name, value in more.items() if value}}


def _file(facts: Facts, file: ReleaseFile) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": str(file.title),
        "contentUrl": f"{facts.base}{file.link}",
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/x-parquet",  # the name that Croissant's readers know
        "sha256": file.sha256,
    }


def _records(file: ReleaseFile, table: Table) -> Json:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title}: {table.description}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(file, table, column) for column in table.columns],
    }


def _field(file: ReleaseFile, table: Table, column: Column) -> Json:
    field: Json = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.title}: {column.description}",
        "dataType": DATA_TYPES[column.kind],
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
    }
    if column.kind == "strings":
        field["repeated"] = True
    return field
