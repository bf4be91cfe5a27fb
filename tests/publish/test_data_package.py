"""datapackage.json says exactly what stands beside it."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish import COMMITTED, publish
from pipeline.schema import BUDGET_LINES, CONVENIENCE, PUBLISHED
from tests.publish.made import DOCUMENT, tables

Json = dict[str, Any]


@pytest.fixture
def package(release: Path) -> Json:
    described: Json = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    return described


def resource(package: Json, name: str) -> Json:
    return next(found for found in package["resources"] if found["name"] == name)


def field(package: Json, name: str, column: str) -> Json:
    return next(found for found in resource(package, name)["schema"]["fields"] if found["name"] == column)


def test_every_csv_is_a_resource_with_its_bytes_and_hash(release: Path, package: Json) -> None:
    assert {found["path"] for found in package["resources"]} == {n for n in COMMITTED if n.endswith(".csv")}
    for found in package["resources"]:
        content = (release / found["path"]).read_bytes()
        assert found["bytes"] == len(content)
        assert found["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_fields_are_the_headers_of_the_file(release: Path, package: Json) -> None:
    for found in package["resources"]:
        with (release / found["path"]).open(encoding="utf-8-sig", newline="") as file:
            assert [f["name"] for f in found["schema"]["fields"]] == next(csv.reader(file))


def test_every_field_is_described_in_both_languages(package: Json) -> None:
    fields = [f for found in package["resources"] for f in found["schema"]["fields"]]
    assert len(fields) > 300
    for described in fields:
        for text in (described["title"], described["description"]):
            chinese, english = text.split(" / ", 1)
            assert chinese
            assert any(character.isascii() and character.isalpha() for character in english), text


def test_keys_references_types_and_vocabularies_are_those_of_the_schema(package: Json) -> None:
    schema = resource(package, "budget_lines")["schema"]
    assert schema["primaryKey"] == list(BUDGET_LINES.key)
    assert {"fields": ["cell_id"], "reference": {"resource": "cells", "fields": ["cell_id"]}} in schema["foreignKeys"]
    assert field(package, "budget_lines", "subject_code")["type"] == "string"
    amount = field(package, "budget_lines", "amount")
    assert (amount["type"], amount["unit"]) == ("number", "元")
    assert "revenue" in field(package, "budget_lines", "side")["constraints"]["enum"]
    assert field(package, "budget_lines", "cell_id")["constraints"] == {"required": True}


def test_lists_are_strings_whose_separator_is_told(package: Json) -> None:
    assert {f["type"] for found in package["resources"] for f in found["schema"]["fields"]} == {
        "string", "integer", "number", "boolean"
    }  # fmt: skip
    assert "joined by ;" in field(package, "cells", "repairs")["description"]


def test_references_lead_to_fields_that_exist(package: Json) -> None:
    for found in package["resources"]:
        names = {f["name"] for f in found["schema"]["fields"]}
        assert set(found["schema"]["primaryKey"]) <= names
        for key in found["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= names
            target = {f["name"] for f in resource(package, key["reference"]["resource"])["schema"]["fields"]}
            assert set(key["reference"]["fields"]) <= target


def test_the_spreadsheet_files_are_described_under_their_chinese_headers(package: Json) -> None:
    for view in CONVENIENCE:
        schema = resource(package, f"{view.table.name}.zh")["schema"]
        assert schema["primaryKey"] == ["文档标识", "表序", "行号", "列号"]


def test_version_licence_and_sources_are_told_and_no_time(package: Json) -> None:
    assert package["version"] == "1.2.3"
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert "MIT" in package["description"]
    assert "government publications" in package["description"]
    assert [source["documentId"] for source in package["sources"]] == ["made"]
    assert package["sources"][0]["hash"] == f"sha256:{'0' * 64}"
    assert "created" not in package


def test_frictionless_finds_no_fault(release: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed here")
    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == len(PUBLISHED) + len(CONVENIENCE)


def test_a_source_says_where_the_disclosure_is_published_and_how_it_came_here(package: Json) -> None:
    (source,) = package["sources"]
    assert (source["path"], source["provenance"]) == (DOCUMENT["source_url"], DOCUMENT["where_from"])


def test_a_source_whose_address_is_not_known_has_no_empty_one(tmp_path: Path) -> None:
    publish(tables(documents=[{**DOCUMENT, "source_url": None, "where_from": None}]), tmp_path, version="1")
    (source,) = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["sources"]
    assert set(source) == {"title", "documentId", "hash"}


def test_a_title_is_short_and_reads_as_words(package: Json) -> None:
    titles = {name: field(package, "cells", name)["title"].split(" / ")[1] for name in ("x0", "row_no", "cell_id")}
    assert titles == {"x0": "Left edge", "row_no": "Row number", "cell_id": "Cell identifier"}
    assert field(package, "documents", "sha256")["title"] == "校验和 / SHA-256"
    for described in (f for found in package["resources"] for f in found["schema"]["fields"]):
        english = described["title"].split(" / ", 1)[1]
        assert "_" not in english
        assert english[0].isupper()
        assert len(english) <= 40
