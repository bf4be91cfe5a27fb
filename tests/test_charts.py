"""docs/budget.ipynb runs, draws what the pages print, and leaves a page that needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline.extract import read_document
from pipeline.normalize import normalize_document, reference_tables
from pipeline.publish import publish
from pipeline.schema import FACT_TABLES
from pipeline.sources import read_sources
from pipeline.tables import in_parts, to_arrow
from tests.conftest import ROOT

NOTEBOOK = ROOT / "docs" / "budget.ipynb"
PLOTLY = "application/vnd.plotly.v1+json"
CHARTS = ("sankey", "treemap", "projects")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Zezhou disclosure as a database, unchecked: charts draw no checks."""
    (source,) = read_sources(ROOT / "data" / "raw")
    dataset = {table.name: to_arrow(table, []) for table in FACT_TABLES}
    dataset |= normalize_document(source, read_document(source.path, source.document_id)) | reference_tables()
    out = tmp_path_factory.mktemp("charts")
    publish(in_parts(dataset), out, version="0")
    return out / "budget.duckdb"


def executed(database: Path, page: Path) -> dict[str, Mapping[str, Any]]:
    """The notebook's figures by the name of their cell, after a run that also writes ``page``."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YUSUAN_DATABASE", str(database))
        environment.setenv("YUSUAN_CHARTS", str(page))
        environment.setenv("PLOTLY_RENDERER", "plotly_mimetype")
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(page.parent)}}).execute()
    outputs = {cell["id"]: cell["outputs"] for cell in notebook.cells if cell.cell_type == "code"}
    return {name: outputs[name][0]["data"][PLOTLY] for name in CHARTS}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page") / "charts.html"


@pytest.fixture(scope="module")
def charts(database: Path, page: Path) -> dict[str, Mapping[str, Any]]:
    return executed(database, page)


def test_the_notebook_is_committed_without_outputs() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


def test_what_flows_into_a_class_flows_out_of_it_but_for_rounding(charts: dict[str, Mapping[str, Any]]) -> None:
    (drawn,) = charts["sankey"]["data"]
    link = drawn["link"]
    flows = list(zip(link["source"], link["target"], link["value"], strict=True))
    through = {source for source, _, _ in flows} & {target for _, target, _ in flows}
    assert len(through) == 5
    for node in through:
        balance = sum(value for _, end, value in flows if end == node) - sum(
            v for start, _, v in flows if start == node
        )
        assert abs(balance) <= 100, drawn["node"]["label"][node]


def test_the_nodes_say_the_amounts_that_the_pages_print(charts: dict[str, Mapping[str, Any]]) -> None:
    (drawn,) = charts["sankey"]["data"]
    assert {re.sub("<br>.*", "", label) for label in drawn["node"]["label"]} == {
        "一般公共预算 4,192.53",
        "上年结转 382.52",
        "一般公共服务支出 1,944.71",
        "社会保障和就业支出 104.11",
        "卫生健康支出 34.11",
        "农林水支出 2,442.40",
        "住房保障支出 49.72",
        "基本支出 705.67",
        "项目支出 3,869.38",
    }


def test_the_tiles_are_the_thirteen_subjects_that_have_none_below_them(charts: dict[str, Mapping[str, Any]]) -> None:
    (drawn,) = charts["treemap"]["data"]
    sizes = dict(zip(drawn["ids"], drawn["values"], strict=True))
    leaves = {code: size for code, size in sizes.items() if size}
    assert len(leaves) == 13
    assert all(len(code) == 7 for code in leaves)
    assert round(sum(leaves.values())) == 45_750_300  # the 项 as printed: three roundings short of the total
    assert all(parent in sizes for parent in drawn["parents"] if parent)


def test_the_bars_are_all_projects_and_those_carried_over_have_a_colour_of_their_own(
    charts: dict[str, Mapping[str, Any]],
) -> None:
    bars = {trace["name"].split()[0]: trace for trace in charts["projects"]["data"]}
    assert {name: len(trace["text"]) for name, trace in bars.items()} == {"本年": 26, "上年结转": 7}
    assert bars["本年"]["text"][0] == "1,950.40"
    assert len({trace["marker"]["color"] for trace in bars.values()}) == 2
    assert sorted(place for trace in bars.values() for place in trace["y"]) == list(range(33))


def test_the_page_asks_no_network_and_is_the_same_every_time(
    charts: dict[str, Mapping[str, Any]], database: Path, page: Path, tmp_path: Path
) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(
        r"<(?:script|img|iframe)[^>]*\ssrc=|<link\b|@import", re.sub(r"(?s)<script[^>]*>/\*\*.*?</script>", "", text)
    )
    assert all(f'id="{name}"' in text for name in charts)
    executed(database, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == page.read_bytes()
