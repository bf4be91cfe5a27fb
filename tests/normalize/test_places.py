"""What places print (``places.yaml`` and the three lists after it): each of it is read so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.normalize.facts.records import TableFacts
from pipeline.normalize.identity import identify
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.titles import heading_of, unit_in
from tests.normalize.grids import Row, document_of, grid_of, lines_of, read

# of four authors, each without the others' at hand
FILES = ("places.yaml", "places_more.yaml", "places_tables.yaml", "places_whole.yaml")
LISTED: list[dict[str, Any]] = [
    yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")) for name in FILES
]
PLACES: dict[str, list[dict[str, Any]]] = {
    section: [entry for listed in LISTED for entry in listed.get(section, ())]
    for section in ("heads", "summaries", "rows", "covers")
}
MEANT: dict[str, list[tuple[str, str]]] = {
    section: [(said, text) for listed in LISTED for said, texts in listed.get(section, {}).items() for text in texts]
    for section in ("titles", "units", "cells")
}
BUDGET, ACCOUNTS = 2025, 2023
ROWS = {  # code and name of each row
    "subjects": [("201", "一般公共服务支出"), ("20101", "人大事务"), ("2010101", "行政运行")],
    "funds": [
        ("212", "城乡社区支出"),
        ("21208", "国有土地使用权出让收入安排的支出"),
        ("2120801", "征地和拆迁补偿支出"),
    ],
    "capital": [("223", "国有资本经营预算支出"), ("22301", "解决历史遗留问题及改革成本支出")],
    "economics": [("301", "工资福利支出"), ("30101", "基本工资"), ("30102", "津贴补贴")],
    "units": [("101", "某某局"), ("101001", "某某局本级")],
    "projects": [("420000251", "办公楼维修"), ("420000252", "系统运维")],
    "three": [("", "因公出国（境）费"), ("", "公务接待费")],
    "one": [("", "")],
}
LABELS = {  # what stands in a label column, by a word of its heading; else code or name
    "备注|原因|绩效": "说明文字",
    "序号": "1",
    "项目单位|主管部门": "某某局",
    "类型|类别": "特定目标类",
    "政府采购": "否",
}
ITEMS_OVER_COLUMNS = ("three_public_expenses", "agency_operating_expenses")
TELLS_SIDES = ("revenue_summary", "budget_summary", "appropriation_summary")  # what else is revenue is said to be


def named(section: str) -> pytest.MarkDecorator:
    """One test for each table of a section, named by its place and title."""
    tables = list(enumerate(PLACES[section], start=1))
    return pytest.mark.parametrize(
        "table", [table for _, table in tables], ids=[f"{n} {t['title']}" for n, t in tables]
    )


def one_by_one(section: str) -> pytest.MarkDecorator:
    """One test for each text of a section that lists texts by what they mean."""
    return pytest.mark.parametrize(("meaning", "text"), MEANT[section])


def sheet_of(chains: Sequence[str], labels: Iterable[str], rows: str) -> list[list[str]]:
    """A table with these headings (``/`` between a heading and the one below it) over rows of a kind."""
    paths, own = [chain.split("/") for chain in chains], set(labels)
    head = [["^"] * len(paths) for _ in range(max(map(len, paths)))]
    for column, path in enumerate(paths):
        for level, text in enumerate(path):
            left = paths[column - 1] if column else []
            goes_on = level + 1 < min(len(path), len(left)) and left[: level + 1] == path[: level + 1]
            head[level][column] = "<" if goes_on else text
    body = [[label_of(chain, *row, rows) if chain in own else "1.00" for chain in chains] for row in ROWS[rows]]
    return [*head, *body]


def label_of(chain: str, code: str, name: str, rows: str) -> str:
    """What a row prints in a label column."""
    heading = chain.rsplit("/", maxsplit=1)[-1]
    parts = {"类": code[:3], "款": code[3:5], "项": code[5:]}
    if "功能分类" in chain and rows in ("units", "projects"):
        return "2010101" if "编码" in heading else "行政运行"
    others = (text for words, text in LABELS.items() if re.search(words, heading))
    return parts.get(heading) or next(others, code if re.search("编码|代码", heading) else name)


def in_words(row: Row, *, is_final: bool) -> str:
    """A figure's meaning the way the file writes it."""
    code = row["subject_code"] or row["economic_code"] or row["government_economic_code"]
    side = ["revenue"] if row["side"] == "revenue" and row["table_id"] not in TELLS_SIDES else []
    said = [str(row[name]) for name in ("fund", "expenditure_type", "origin") if row[name] not in (None, "total")]
    period = [] if row["period"] == ("final" if is_final else "budget") else [str(row["period"])]
    words = [*side, *said, *period]
    return " ".join([str(code), *words] if code else words) or "whole"


def read_as(facts: TableFacts, cells: Sequence[Cell], *, is_final: bool, codes: bool = True) -> str:
    """What the figures in some cells are read as."""
    ids = {cell.cell_id for cell in cells}
    rows = [row for row in facts.rows if row["cell_id"] in ids]
    if not rows:
        return "not taken" if any(ids & set(finding.cell_ids) for finding in facts.findings) else "label"
    shown = (
        rows
        if codes
        else [row | {"subject_code": None, "economic_code": None, "government_economic_code": None} for row in rows]
    )
    return " / ".join(sorted({in_words(row, is_final=is_final) for row in shown}))


def items_of(facts: TableFacts, cells: Sequence[Cell]) -> str:
    """The item that the figures in some cells share, as the file writes it; nothing where rows name them."""
    ids = {cell.cell_id for cell in cells}
    items = {str(row["item"]) for row in facts.rows if row["cell_id"] in ids and row["table_id"] in ITEMS_OVER_COLUMNS}
    return f", {items.pop()}" if len(items) == 1 else ""


def read_table(sheet: Sequence[Sequence[str]], table: dict[str, Any]) -> tuple[Grid, TableFacts, bool]:
    """A table read, and whether it is one of final accounts."""
    is_final = table.get("final", False)
    units = {name for _, name in ROWS["units"]}
    year = ACCOUNTS if is_final else BUDGET
    return *read(sheet, table["title"], year=year, is_final=is_final, units=units), is_final


@named("heads")
def test_a_column_is_what_its_headings_say(table: dict[str, Any]) -> None:
    said, rows = table["columns"], table.get("rows", "subjects")
    sheet = sheet_of(list(said), [chain for chain, meaning in said.items() if meaning == "label"], rows)
    grid, facts, is_final = read_table(sheet, table)
    found = {}
    for column, chain in enumerate(said, start=1):
        below = [cell for cell in grid.cells if cell.column == column and cell.row > len(sheet) - len(ROWS[rows])]
        item = items_of(facts, below) if rows in ("units", "one") else ""
        found[chain] = read_as(facts, below, is_final=is_final, codes=False) + item
    assert found == said


@named("summaries")
def test_a_row_of_a_summary_is_what_its_label_says(table: dict[str, Any]) -> None:
    sides = [[pair for item in table[side] for pair in item.items()] for side in ("revenue", "expenditure")]
    column = "决算数" if table.get("final") else "预算数"
    sheet = [["收入", "<", "支出", "<"], ["项目", column, "项目", column]]
    for number in range(max(map(len, sides))):
        cells = ((side[number][0], "1.00") if number < len(side) else ("", "") for side in sides)
        sheet.append([text for cell in cells for text in cell])
    grid, facts, is_final = read_table(sheet, table)
    for side, place in zip(sides, (2, 4), strict=True):
        figures = {cell.row: cell for cell in grid.cells if cell.column == place}
        rows = [
            (name, read_as(facts, [figures[row]], is_final=is_final)) for row, (name, _) in enumerate(side, start=3)
        ]
        assert rows == side


@named("rows")
def test_a_row_is_what_its_label_says(table: dict[str, Any]) -> None:
    sheet = [table["heads"], *([name, "1.00"] for name in table["rows"])]
    grid, facts, is_final = read_table(sheet, table)
    figures = [cell for cell in grid.cells if cell.column == 2 and cell.row > 1]
    found = {name: read_as(facts, [cell], is_final=is_final) for name, cell in zip(table["rows"], figures, strict=True)}
    assert found == table["rows"]


@one_by_one("titles")
def test_a_title_names_its_table(meaning: str, text: str) -> None:
    assert heading_of(grid_of([["科目名称", "合计"], ["教育支出", "1.00"]], (text, "单位：万元"))).table_id == meaning


@one_by_one("units")
def test_a_unit_of_money_is_read_where_one_is_stated(meaning: str, text: str) -> None:
    assert (unit_in(text) or "no unit of money") == meaning


@one_by_one("cells")
def test_a_cell_is_a_figure_or_is_told_of(meaning: str, text: str) -> None:
    """The page is in 万元, amounts are in yuan. ``blank`` says that there is nothing: neither a fact nor a finding."""
    sheet = [["科目编码", "科目名称", "合计", "基本支出"]]
    sheet += [[code, name, "9.00", text if code == "20101" else "9.00"] for code, name in ROWS["subjects"]]
    grid, facts = read(sheet, "部门支出总表")
    (own,) = [cell for cell in grid.cells if (cell.row, cell.column) == (3, 4)]
    figures = [row for row in facts.rows if row["cell_id"] == own.cell_id]
    if figures:
        found = "a rate" if figures[0]["amount"] is None else str(figures[0]["amount"])
    else:
        found = "not taken" if any(own.cell_id in finding.cell_ids for finding in facts.findings) else "blank"
    assert found == meaning


@pytest.mark.parametrize("cover", PLACES["covers"], ids=[cover["lines"][0] for cover in PLACES["covers"]])
def test_a_cover_says_whose_of_which_year_and_of_which_kind(cover: dict[str, Any]) -> None:
    found = identify(document_of((), lines_of(cover["lines"])), [])
    region = found.region.code if found.region else None
    said = {
        "publisher": found.publisher,
        "region": region,
        "year": found.fiscal_year,
        "type": found.document_type,
        "level": found.level,
    }
    assert {name: value for name, value in said.items() if value is not None} == cover["said"]
