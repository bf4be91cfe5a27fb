"""``schema-org.jsonld``: the release as a schema.org Dataset, for search engines and to stand in a portal's page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.release.facts import CREATOR, KEYWORDS, Both, Facts, Json, Source
from pipeline.release.inventory import SCHEMA_ORG, ReleaseFile
from pipeline.schema import BUDGET_LINES, Column

CONTEXT = "https://schema.org/"
LONGEST_DESCRIPTION = 5000  # that Google's dataset search reads


def dataset_page(facts: Facts, files: Sequence[ReleaseFile], archive: str) -> Json:
    """The dataset with a download a data file and one for the whole, and the variables of ``budget_lines``."""
    data = [file for file in files if file.form != "document"]
    dataset: Json = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"{facts.base}{SCHEMA_ORG}",
        "name": _both(facts.title),
        "description": _both(Both(facts.about.zh[:LONGEST_DESCRIPTION], facts.about.en[:LONGEST_DESCRIPTION])),
        "identifier": f"yusuan-{facts.version}",
        "version": facts.version,
        "license": facts.licence.path,
        "creator": {"@type": "Organization", "name": _both(CREATOR)},
        "inLanguage": ["zh", "en"],
        "isAccessibleForFree": True,
        "keywords": [tagged for word in KEYWORDS for tagged in _both(word)],
        "spatialCoverage": [_place(code, name) for code, name in facts.regions],
        "variableMeasured": [_variable(column) for column in BUDGET_LINES.columns],
        "isBasedOn": [_work(source) for source in facts.sources],
        "distribution": [*(_download(facts, file) for file in data), _whole(facts, archive)],
    }
    return {**dataset, **_when(facts), **({"url": facts.url} if facts.url else {})}


def _both(text: Both) -> list[Json]:
    return [{"@value": text.zh, "@language": "zh"}, {"@value": text.en, "@language": "en"}]


def _when(facts: Facts) -> Json:
    dates: Json = {"datePublished": facts.date} if facts.date else {}
    if facts.years:
        dates["temporalCoverage"] = f"{facts.years[0]}-01-01/{facts.years[-1]}-12-31"
    return dates


def _place(code: str, name: str) -> Json:
    place: Json = {"@type": "AdministrativeArea", "name": {"@value": name, "@language": "zh"}}
    return {**place, "identifier": f"GB/T 2260 {code}"} if code else place


def _work(source: Source) -> Json:
    work = {"@type": "CreativeWork", "name": source.title, "identifier": source.document_id}
    return {**work, "url": source.url} if source.url else work


def _variable(column: Column) -> Json:
    variable: Json = {
        "@type": "PropertyValue",
        "name": column.name,
        "alternateName": {"@value": column.title, "@language": "zh"},
        "description": _both(Both(column.zh, column.en)),
    }
    return {**variable, "unitText": column.unit} if column.unit else variable


def _download(facts: Facts, file: ReleaseFile) -> Json:
    return {
        "@type": "DataDownload",
        "name": _both(file.title),
        "contentUrl": f"{facts.base}{file.link}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _whole(facts: Facts, archive: str) -> Json:
    return {
        "@type": "DataDownload",
        "name": _both(Both("全部文件（ZIP）", "Everything (ZIP)")),
        "contentUrl": f"{facts.base}{archive}",
        "encodingFormat": "application/zip",
    }
