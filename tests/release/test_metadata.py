"""Each metadata file through the tool of its own ecosystem, and against the files that it describes."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.publish import publish
from pipeline.release.package import COLUMN_TYPES
from pipeline.schema import PERFORMANCE_TARGETS, PUBLISHED
from pipeline.sources import sha256_of
from pipeline.tables import Tables
from tests.publish.made import DOCUMENT, table_row, tables
from tests.release.conftest import DATE, URL

Json = dict[str, Any]
SHAPES = Path(__file__).with_name("dcat_shapes.ttl")


def read(released: Path, name: str) -> Json:
    described: Json = json.loads((released / name).read_text(encoding="utf-8"))
    return described


def tool(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is not installed here")


def local(address: str) -> str:
    return address.removeprefix(URL)


# --- Frictionless ----------------------------------------------------------------------------------------------------


def test_frictionless_finds_no_fault_in_the_package(released: Path) -> None:
    report = tool("frictionless").validate(str(released / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == 2 * len(PUBLISHED)


@pytest.mark.parametrize("document_id", ["001", "2026-01-01", "=1+1"])
def test_frictionless_finds_no_fault_where_a_spreadsheet_needs_tabs_before_keys_and_words(
    document_id: str, tmp_path: Path
) -> None:
    frictionless = tool("frictionless")
    target = {**table_row(PERFORMANCE_TARGETS), "operator": "="}
    publish(renamed(tables(performance_targets=[target]), document_id), tmp_path / "data", version="1")
    from pipeline.release.assemble import Order, release  # noqa: PLC0415

    order = Order(tmp_path / "data", tmp_path / "dist")
    for folder in (order.data, release(order).folder):
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["name", "type", "message"])
    assert f'"\t{document_id}"' in (folder / "cells.zh.csv").read_text(encoding="utf-8")
    assert '"\t="' in (folder / "performance_targets.zh.csv").read_text(encoding="utf-8")


def renamed(dataset: Tables, document_id: str) -> Tables:
    """The made dataset under another document_id."""
    return {name: tuple(_renamed(part, document_id) for part in parts) for name, parts in dataset.items()}


def _renamed(rows: pa.Table, document_id: str) -> pa.Table:
    if "document_id" not in rows.column_names:
        return rows
    place = rows.schema.get_field_index("document_id")
    return rows.set_column(place, rows.schema.field(place), pa.array([document_id] * rows.num_rows))


def test_the_package_has_every_csv_of_the_release_with_its_hash_and_bytes(released: Path) -> None:
    resources = read(released, "datapackage.json")["resources"]
    assert {r["path"] for r in resources} == {p.name for p in released.glob("*.csv")}
    for resource in resources:
        path = released / resource["path"]
        assert (resource["bytes"], resource["hash"]) == (path.stat().st_size, f"sha256:{sha256_of(path)}")


def test_the_package_names_version_contributors_and_address(released: Path) -> None:
    package = read(released, "datapackage.json")
    assert package["version"] == released.name
    assert package["contributors"][0]["roles"] == ["creator"]
    assert package["homepage"] == URL
    assert package["created"] == f"{DATE}T00:00:00Z"


def test_fiscal_column_types_stand_once_a_table_on_columns_that_exist(released: Path) -> None:
    for resource in read(released, "datapackage.json")["resources"]:
        types = [f["columnType"] for f in resource["schema"]["fields"] if "columnType" in f]
        assert len(set(types)) == len(types)
        name = resource["name"].removesuffix(".zh")
        assert len(types) == len(set(COLUMN_TYPES.get(name, {})) & set(PUBLISHED[name].names))
    fields = {f["name"]: f for f in read(released, "datapackage.json")["resources"][2]["schema"]["fields"]}
    assert fields["amount"]["columnType"] == "value"


# --- DCAT ------------------------------------------------------------------------------------------------------------


def test_dcat_holds_to_the_shapes(released: Path) -> None:
    rdflib, pyshacl = tool("rdflib"), tool("pyshacl")
    graph = rdflib.Graph().parse(released / "dcat.jsonld", format="json-ld")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert conforms, text
    graph.remove((None, rdflib.DCAT.accessURL, None))
    assert not pyshacl.validate(graph, shacl_graph=str(SHAPES))[0]


def test_dcat_names_every_data_file_with_its_size_and_sum(released: Path) -> None:
    found = {local(d["dcat:downloadURL"]): d for d in read(released, "dcat.jsonld")["dcat:distribution"]}
    archive = next(released.glob("*.zip")).name
    data = {p.name for p in released.iterdir() if p.suffix in {".csv", ".parquet", ".xlsx", ".duckdb"}}
    assert set(found) == {*data, archive}
    for name in data:
        assert found[name]["dcat:byteSize"] == str((released / name).stat().st_size)
        assert found[name]["spdx:checksum"]["spdx:checksumValue"] == sha256_of(released / name)


def test_dcat_and_schema_org_say_where_a_disclosure_is_published(released: Path) -> None:
    (source,) = read(released, "dcat.jsonld")["prov:wasDerivedFrom"]
    assert source["foaf:page"]["@id"] == DOCUMENT["source_url"]
    assert source["dct:provenance"] == {"@type": "dct:ProvenanceStatement", "rdfs:label": DOCUMENT["where_from"]}
    assert read(released, "schema-org.jsonld")["isBasedOn"][0]["url"] == DOCUMENT["source_url"]


# --- schema.org ------------------------------------------------------------------------------------------------------


def test_schema_org_uses_no_word_that_is_not_in_the_vocabulary(released: Path) -> None:
    rdflib = tool("rdflib")
    page = {**read(released, "schema-org.jsonld"), "@context": {"@vocab": "https://schema.org/"}}  # offline
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    words = {*graph.predicates(), *graph.objects(None, rdflib.RDF.type)} - {rdflib.RDF.type}
    names = {str(word).removeprefix("https://schema.org/") for word in words}
    assert len(names) > 20
    assert [name for name in names if name not in rdflib.SDO] == []


def test_schema_org_says_what_a_dataset_search_asks_for(released: Path) -> None:
    page = read(released, "schema-org.jsonld")
    for text in page["description"]:
        assert 50 <= len(text["@value"]) <= 5000
    assert {text["@language"] for text in page["name"]} == {"zh", "en"}
    assert page["license"].startswith("https://creativecommons.org/")
    assert page["temporalCoverage"] == "2026-01-01/2026-12-31"
    assert all((released / local(d["contentUrl"])).is_file() for d in page["distribution"])


# --- Croissant -------------------------------------------------------------------------------------------------------


def test_mlcroissant_takes_the_description_and_reads_every_row(released: Path, tmp_path: Path) -> None:
    mlcroissant = tool("mlcroissant")
    described = read(released, "croissant.json")
    for file in described["distribution"]:
        file["contentUrl"] = str(released / local(file["contentUrl"]))  # nothing is downloaded in a test
    (tmp_path / "croissant.json").write_text(json.dumps(described), encoding="utf-8")
    dataset = mlcroissant.Dataset(jsonld=str(tmp_path / "croissant.json"))
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    lines = list(dataset.records("budget_lines"))
    assert {line["budget_lines/subject_code"] for line in lines} == {b"2013101", None}
    assert len(list(dataset.records("cells"))) == 7


def test_croissant_has_a_record_set_a_table_and_a_field_a_column(released: Path) -> None:
    described = read(released, "croissant.json")
    fields = {f["@id"] for records in described["recordSet"] for f in records["field"]}
    assert fields == {f"{table.name}/{name}" for table in PUBLISHED.values() for name in table.names}
    assert all(sha256_of(released / f["@id"]) == f["sha256"] for f in described["distribution"])


# --- CSVW ------------------------------------------------------------------------------------------------------------


def test_csvw_reads_every_row_by_the_metadata_with_keys_and_references(released: Path) -> None:
    csvw = tool("csvw")
    checked = csvw.CSVW(str(released / "csv-metadata.json"), validate=True)
    assert checked.is_valid, [str(warning.message) for warning in checked.warnings]
    group = csvw.TableGroup.from_file(str(released / "csv-metadata.json"))
    assert group.check_referential_integrity()
    assert len(group.tables) == 2 * len(PUBLISHED)
    for table in group.tables:
        chinese = ".zh." in str(table.url)  # whose headers are titles, which the strict reader does not match
        rows = pq.read_metadata(released / f"{str(table.url).partition('.')[0]}.parquet").num_rows
        assert len(list(table.iterdicts(strict=not chinese))) == rows


# --- the dictionary --------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Anchors and links of a page, and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors += [given["id"] or ""] if "id" in given else []
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_dictionary_page_explains_every_column_and_needs_nothing_from_outside(released: Path) -> None:
    page = Page()
    page.feed((released / "data-dictionary.html").read_text(encoding="utf-8"))
    assert page.open == []
    assert {f"{table.name}.{name}" for table in PUBLISHED.values() for name in table.names} <= set(page.anchors)
    assert all(link[1:] in page.anchors for link in page.links if link.startswith("#"))
    assert {link for link in page.links if not link.startswith("#")} == {"https://creativecommons.org/licenses/by/4.0/"}
