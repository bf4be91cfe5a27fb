"""``dcat.jsonld``: the release as a dataset of a catalogue, W3C DCAT 3 in JSON-LD with its context inside.

Follows the mandatory and recommended properties of DCAT-AP 3.0. Addresses are relative to the file unless the release
was told where it will be published. A fiscal year is the calendar year (预算法 art. 18).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.release.facts import CREATOR, DICTIONARY, KEYWORDS, Both, Facts, Json
from pipeline.release.inventory import DCAT, HTML_DICTIONARY, ReleaseFile

_IRI = "@id"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_FILE_TYPES = {".csv": "CSV", ".xlsx": "XLSX", ".zip": "ZIP"}  # of the EU's list; Parquet and DuckDB are not in it
THEMES = {
    "GOVE": Both("政府与公共部门", "Government and public sector"),
    "ECON": Both("经济与财政", "Economy and finance"),
}
CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat:accessURL": {"@type": _IRI},
    "dcat:downloadURL": {"@type": _IRI},
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "dcat:startDate": {"@type": "xsd:date"},
    "dcat:endDate": {"@type": "xsd:date"},
    "dct:issued": {"@type": "xsd:date"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary"},
}


def catalogue_entry(facts: Facts, files: Sequence[ReleaseFile], archive: str) -> Json:
    """The dataset with a distribution a data file and one for the whole (``archive``, the name of the zip)."""
    data = [file for file in files if file.form != "document"]
    page = next(file for file in files if file.name == HTML_DICTIONARY)
    dataset: Json = {
        "@context": CONTEXT,
        "@id": f"{facts.base}{DCAT}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _both(facts.title),
        "dct:description": _both(facts.about),
        "dct:identifier": f"yusuan-{facts.version}",
        "dcat:version": facts.version,
        "dct:publisher": _agent(facts),
        "dct:creator": {"@id": f"{facts.base}{DCAT}#creator"},
        "dct:license": _licence(facts),
        "dct:accessRights": _node(f"{_AUTHORITY}/access-right/PUBLIC", "dct:RightsStatement"),
        "dct:language": [_node(f"{_AUTHORITY}/language/{code}", "dct:LinguisticSystem") for code in ("ZHO", "ENG")],
        "dcat:theme": [_theme(code, label) for code, label in THEMES.items()],
        "dcat:keyword": [tagged for word in KEYWORDS for tagged in _both(word)],
        "foaf:page": _node(f"{facts.base}{page.link}", "foaf:Document"),
        "dct:spatial": [_place(code, name) for code, name in facts.regions],
        "prov:wasDerivedFrom": [_source(facts, number) for number in range(len(facts.sources))],
        "dcat:distribution": [*(_distribution(facts, file) for file in data), _whole(facts, archive)],
    }
    return {
        **dataset,
        **_dates(facts),
        **({"dcat:landingPage": _node(facts.url, "foaf:Document")} if facts.url else {}),
    }


def _both(text: Both) -> list[Json]:
    return [{"@value": text.zh, "@language": "zh"}, {"@value": text.en, "@language": "en"}]


def _node(address: str, kind: str) -> Json:
    """A thing of someone else's list, with its class: whoever reads this file offline cannot look it up."""
    return {"@id": address, "@type": kind}


def _licence(facts: Facts) -> Json:
    return _node(facts.licence.path, "dct:LicenseDocument")


def _media_type(name: str) -> Json:
    return _node(f"https://www.iana.org/assignments/media-types/{name}", "dct:MediaType")


def _theme(code: str, label: Both) -> Json:
    return {**_node(f"{_AUTHORITY}/data-theme/{code}", "skos:Concept"), "skos:prefLabel": _both(label)}


def _agent(facts: Facts) -> Json:
    return {"@id": f"{facts.base}{DCAT}#creator", "@type": "foaf:Agent", "foaf:name": _both(CREATOR)}


def _dates(facts: Facts) -> Json:
    dates: Json = {"dct:issued": facts.date} if facts.date else {}
    if facts.years:
        first, last = f"{facts.years[0]}-01-01", f"{facts.years[-1]}-12-31"
        dates["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    return dates


def _place(code: str, name: str) -> Json:
    place: Json = {"@type": "dct:Location", "rdfs:label": {"@value": name, "@language": "zh"}}
    return {**place, "dct:identifier": code} if code else place


def _source(facts: Facts, number: int) -> Json:
    source = facts.sources[number]
    page: Json = {"foaf:page": _node(source.url, "foaf:Document")} if source.url else {}
    said = {"@type": "dct:ProvenanceStatement", "rdfs:label": source.where_from}
    return {
        "@id": f"{facts.base}{DCAT}#source-{number + 1}",
        "@type": "prov:Entity",
        "dct:title": {"@value": source.title, "@language": "zh"},
        "dct:identifier": source.document_id,
        "spdx:checksum": _checksum(source.sha256),
        **page,
        **({"dct:provenance": said} if source.where_from else {}),
    }


def _distribution(facts: Facts, file: ReleaseFile) -> Json:
    link = f"{facts.base}{file.link}"
    about = Both(f"列的含义见 {DICTIONARY}", f"Columns are explained in {DICTIONARY}")
    if file.table:
        about = Both(f"{file.table.zh}。{about.zh}", f"{file.table.en}. {about.en}")
    return {
        **_said(f"{facts.base}{DCAT}#{file.link}", file.title, about, facts),
        "dcat:accessURL": link,
        "dcat:downloadURL": link,
        "dcat:mediaType": _media_type(file.media_type),
        "dcat:byteSize": str(file.size),
        "spdx:checksum": _checksum(file.sha256),
        **_format(file.name),
    }


def _whole(facts: Facts, archive: str) -> Json:
    """The zip: it holds this file, so its own hash cannot stand here."""
    title = Both("全部文件（ZIP）", "Everything (ZIP)")
    about = Both("本版的全部文件", "Every file of this release")
    return {
        **_said(f"{facts.base}{DCAT}#all", title, about, facts),
        "dcat:accessURL": f"{facts.base}{archive}",
        "dcat:downloadURL": f"{facts.base}{archive}",
        "dcat:mediaType": _media_type("application/zip"),
        **_format(archive),
    }


def _said(identifier: str, title: Both, about: Both, facts: Facts) -> Json:
    return {
        "@id": identifier,
        "@type": "dcat:Distribution",
        "dct:title": _both(title),
        "dct:description": _both(about),
        "dct:license": _licence(facts),
    }


def _format(name: str) -> Json:
    known = [code for suffix, code in _FILE_TYPES.items() if name.endswith(suffix)]
    return {"dct:format": _node(f"{_AUTHORITY}/file-type/{known[0]}", "dct:MediaTypeOrExtent")} if known else {}


def _checksum(sha256: str) -> Json:
    algorithm = _node("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm")
    return {"@type": "spdx:Checksum", "spdx:algorithm": algorithm, "spdx:checksumValue": sha256}
