"""One document's interim tables to the tidy tables of the contract, and what is said where something is missing."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline import schema
from pipeline.normalize import unreadable_document
from pipeline.tables import Dataset
from tests.fixtures import made
from tests.fixtures.drawing import FONT
from tests.normalize.conftest import dataset_of
from tests.normalize.grids import source_of


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The tiny budget: a summary and an expenditure table."""
    return dataset_of(made.tiny_budget_pdf(tmp_path_factory.mktemp("document") / "tiny.pdf"))


def codes(dataset: Dataset) -> Counter[str]:
    return Counter(finding["code"] for finding in dataset["findings"].to_pylist())


def sheet(path: Path, **changes: object) -> Dataset:
    """The tiny expenditure table alone, printed otherwise."""
    return dataset_of(
        made.tables_pdf(path, [made.MadeTable(made.TINY_EXPENDITURE.rows, (70, 170, 80, 80, 80), **changes)])
    )  # type: ignore[arg-type]


def test_every_published_table_of_a_document_is_there_under_its_schema(tiny: Dataset) -> None:
    for name, rows in tiny.items():
        assert rows.schema.equals(schema.PUBLISHED[name].arrow()), name
    assert {"documents", "source_tables", "budget_lines", "projects", "cells", "findings", "coverage"} <= set(tiny)


def test_required_columns_have_a_value_and_keys_are_unique(tiny: Dataset) -> None:
    for name, rows in tiny.items():
        table, listed = schema.PUBLISHED[name], rows.to_pylist()
        keys = [tuple(row[column] for column in table.key) for row in listed]
        assert len(keys) == len(set(keys)), name
        for column in table.columns:
            assert not (column.required and any(row[column.name] is None for row in listed)), f"{name}.{column.name}"
            if column.enum:
                assert {row[column.name] for row in listed} <= {*column.enum, None}, f"{name}.{column.name}"


def test_a_small_budget_is_read_whole(tiny: Dataset) -> None:
    (document,) = tiny["documents"].to_pylist()
    assert (document["publisher"], document["fiscal_year"], document["document_type"]) == (
        "示例县档案局",
        2026,
        "budget",
    )
    assert (document["table_count"], document["figure_count"]) == (2, 27)
    assert codes(tiny) == Counter()
    totals = {
        (line["table_id"], line["item"]): line["amount"]
        for line in tiny["budget_lines"].to_pylist()
        if line["item"] in ("收入总计", "支出总计", "合计") and line["expenditure_type"] in (None, "total")
    }
    assert set(totals.values()) == {Decimal("1205000.00")}
    assert len(totals) == 3


def test_a_table_that_states_no_unit_takes_the_documents_and_says_so(tmp_path: Path) -> None:
    plain = made.MadeTable(made.TINY_EXPENDITURE.rows, (70, 170, 80, 80, 80), title="2026年部门支出总体情况表")
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [made.TINY_SUMMARY, plain], cover=made.TINY_COVER))
    assert codes(found)["unit_missing"] == 1
    assert {line["unit"] for line in found["budget_lines"].to_pylist()} == {"万元"}


def test_figures_whose_unit_is_nowhere_are_not_taken_and_that_is_an_error(tmp_path: Path) -> None:
    found = sheet(tmp_path / "t.pdf", title="2026年部门支出总体情况表")
    assert found["budget_lines"].num_rows == 0
    (finding,) = [finding for finding in found["findings"].to_pylist() if finding["code"] == "unit_missing"]
    assert finding["severity"] == "error"
    assert finding["page"] == 1


def test_the_error_that_a_unit_is_nowhere_names_every_cell_that_was_not_taken(tmp_path: Path) -> None:
    """It named none, and the suite of cells did not hold."""
    found = sheet(tmp_path / "t.pdf", title="2026年部门支出总体情况表")
    (finding,) = [finding for finding in found["findings"].to_pylist() if finding["code"] == "unit_missing"]
    left = [cell["cell_id"] for cell in found["cells"].to_pylist() if cell["role"] == "finding"]
    assert left
    assert finding["cell_ids"] == left


def test_numbers_of_a_table_whose_unit_is_nowhere_are_not_silently_missing(tmp_path: Path) -> None:
    """Every number inside a table ends in exactly one of fact, label, header or finding (issue 2, "Complete")."""
    found = sheet(tmp_path / "t.pdf", title="2026年部门支出总体情况表")
    assert [row["unread"] for row in found["coverage"].to_pylist()] == [0]


def test_a_table_whose_figures_could_not_be_taken_is_not_called_empty(tmp_path: Path) -> None:
    found = sheet(tmp_path / "t.pdf", title="2026年部门支出总体情况表")
    assert [row["state"] for row in found["source_tables"].to_pylist()] == ["data"]


def test_what_the_pages_do_not_say_of_the_document_is_a_finding(tmp_path: Path) -> None:
    found = sheet(tmp_path / "t.pdf", title="部门支出总体情况表", unit="元")
    (finding,) = [finding for finding in found["findings"].to_pylist() if finding["code"] == "identity_unknown"]
    assert "公开单位" in finding["explanation"]
    assert "sources.csv" in finding["explanation"]


def test_a_page_that_could_not_be_read_is_a_finding_with_its_page(tmp_path: Path) -> None:
    found = dataset_of(made.images_only_pdf(tmp_path / "s.pdf", pages=2))
    images = [finding for finding in found["findings"].to_pylist() if finding["code"] == "image_only"]
    assert [finding["page"] for finding in images] == [1, 2]
    assert {finding["severity"] for finding in images} == {"error"}
    (document,) = found["documents"].to_pylist()
    assert (document["text_layer"], document["figure_count"], document["page_count"]) == (None, 0, 2)


def test_print_that_no_reader_can_see_is_told_and_the_rest_of_its_page_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 12)
    canvas.drawString(100, 700, "示例县档案局2026年部门预算公开")
    canvas.setFillGray(1)
    canvas.drawString(100, 600, "本年收入99.00万元")
    canvas.save()
    found = dataset_of(tmp_path / "t.pdf")
    (finding,) = [each for each in found["findings"].to_pylist() if each["code"] == "unseen_print"]
    assert (finding["severity"], finding["page"]) == ("warning", 1)
    assert finding["explanation"].startswith("第1页含读者看不见的文字")  # 第1页起有1页 says the same in more words
    assert found["narrative_figures"].num_rows == 0
    assert found["documents"].to_pylist()[0]["publisher"] == "示例县档案局"


def test_a_finding_speaks_both_languages(tmp_path: Path) -> None:
    for finding in dataset_of(made.other_table_pdf(tmp_path / "o.pdf"))["findings"].to_pylist():
        zh, _, en = finding["explanation"].partition(" / ")
        assert any("一" <= character <= "鿿" for character in zh)
        assert any(character.isascii() and character.isalpha() for character in en)


def test_a_file_that_could_not_be_opened_is_a_document_with_one_finding() -> None:
    found = unreadable_document(
        source_of(publisher="示例县档案局", fiscal_year=2026), "damaged", "PDF 已损坏", "damaged"
    )
    (document,) = found["documents"].to_pylist()
    assert (document["page_count"], document["publisher"], document["fiscal_year"]) == (0, "示例县档案局", 2026)
    (finding,) = found["findings"].to_pylist()
    assert (finding["code"], finding["severity"]) == ("damaged", "error")
    assert "made.pdf" in finding["explanation"]
    assert all(rows.num_rows == 0 for name, rows in found.items() if name not in ("documents", "findings"))


def test_a_document_keeps_where_it_is_published_whether_it_could_be_read_or_not(tmp_path: Path) -> None:
    said = {"source_url": "https://www.example.gov.cn/2026.pdf", "where_from": "downloaded by hand"}
    read = dataset_of(made.tiny_budget_pdf(tmp_path / "tiny.pdf"), **said)
    unread = unreadable_document(source_of(**said), "damaged", "PDF 已损坏", "damaged")
    for found in (read, unread):
        (document,) = found["documents"].to_pylist()
        assert {name: document[name] for name in said} == said


def test_each_cell_of_a_document_has_one_role_and_blank_cells_are_blank(tiny: Dataset) -> None:
    for cell in tiny["cells"].to_pylist():
        assert (cell["role"] == "blank") == (not cell["text"])
        assert cell["role"] in schema.CELL_ROLES


def test_the_same_disclosure_under_a_watermark_or_turned_gives_the_same_figures(tmp_path: Path, tiny: Dataset) -> None:
    layouts = (made.Layout(watermark=made.Watermark()), made.Layout(rotate=90), made.Layout(rules="fills"))
    for number, layout in enumerate(layouts):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = dataset_of(made.tiny_budget_pdf(folder / "tiny.pdf", layout))
        assert found["budget_lines"].equals(tiny["budget_lines"])


def test_the_same_disclosure_without_rules_gives_the_same_expenditure(tmp_path: Path, tiny: Dataset) -> None:
    found = dataset_of(made.tiny_budget_pdf(tmp_path / "tiny.pdf", made.Layout(rules="none")))

    def figures(dataset: Dataset) -> list[tuple[object, ...]]:
        lines = [line for line in dataset["budget_lines"].to_pylist() if line["table_id"] == "expenditure_summary"]
        return [(line["subject_code"], line["expenditure_type"], line["amount"]) for line in lines]

    assert figures(found) == figures(tiny)


BY_ITEM = (
    ("支出项目", "总计", "一般公共预算拨款", "政府性基金预算拨款", "财政专户管理资金"),
    ("工资福利支出", "90.00", "80.00", "0.00", "10.00"),
    ("基本工资", "60.00", "50.00", "0.00", "10.00"),
)


@pytest.mark.parametrize(("count", "said"), [(2, 2), (3, 1)])
def test_a_document_that_draws_no_rules_says_so_once(tmp_path: Path, count: int, said: int) -> None:
    """Each of its eleven tables was a warning of its own."""
    rows = made.TINY_EXPENDITURE.rows
    titles = ("部门支出总体情况表", "一般公共预算支出情况表", "政府性基金预算支出情况表")[:count]
    tables = [made.MadeTable(rows, (70, 170, 80, 80, 80), title=title, unit="单位：万元") for title in titles]
    made.tables_pdf(tmp_path / "t.pdf", tables, made.Layout(rules="none"))
    found = dataset_of(tmp_path / "t.pdf")["findings"].to_pylist()
    told = [row for row in found if row["code"] == "table_without_rules"]
    assert len(told) == said
    assert all(f"第{page}页" in told[0]["explanation"] for page in range(1, count + 1)) or said == count


def basic(title: str, rows: tuple[tuple[str, ...], ...]) -> made.MadeTable:
    return made.MadeTable(rows, (120, 80, 90, 90, 90)[: len(rows[0])], title=title, unit="单位：万元")


def test_a_basic_table_of_all_funds_stands_in_where_the_general_budgets_is_not_printed(tmp_path: Path) -> None:
    """Its items have no codes printed, and its columns say whose money it is."""
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [basic("基本支出总表", BY_ITEM)]))[
        "budget_lines"
    ].to_pylist()
    read = [(line["economic_code"], line["fund"], line["amount_printed"]) for line in found if line["row_no"] == 3]
    assert read == [
        ("30101", "total", "60.00"),
        ("30101", "general_public_budget", "50.00"),
        ("30101", "government_fund", "0.00"),
        ("30101", "special_account", "10.00"),
    ]
    assert {line["table_id"] for line in found} == {"basic_expenditure"}


@pytest.mark.parametrize("title", ["基本支出总体情况表", "某县财政局基本支出总表"])
def test_a_stand_in_is_known_by_a_longer_title_and_behind_whose_it_is(tmp_path: Path, title: str) -> None:
    """All its figures were of a table of no kind."""
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [basic(title, BY_ITEM)]))["budget_lines"].to_pylist()
    assert {line["table_id"] for line in found} == {"basic_expenditure"}


def test_a_stand_in_is_set_aside_where_the_table_of_the_rule_is_printed(tmp_path: Path) -> None:
    own = basic("一般公共预算基本支出表", (("科目名称", "合计"), ("工资福利支出", "80.00"), ("基本工资", "50.00")))
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [basic("基本支出总表", BY_ITEM), own]))
    assert {line["table_no"] for line in found["budget_lines"].to_pylist()} == {2}
    assert {line["fund"] for line in found["budget_lines"].to_pylist()} == {"general_public_budget"}


def test_other_money_that_one_table_parts_is_the_same_money_where_another_prints_it_alone(tmp_path: Path) -> None:
    """三、其他资金 of the summary was other revenue, and in the revenue table the units' funds with two sources."""
    of_all = (("项目", "预算数"), ("一、财政拨款", "8.00"), ("二、其他资金", "5.00"), ("收入合计", "13.00"))
    spent = (("项目", "预算数"), ("一、教育支出", "9.00"), ("二、其他支出", "4.00"), ("支出合计", "13.00"))
    both = tuple((*left, *right) for left, right in zip(of_all, spent, strict=True))
    parted = (*of_all[:3], ("其中：事业收入", "3.00"), ("其他收入", "2.00"), of_all[3])
    tables = [
        made.MadeTable(rows, (120, 80) * (len(rows[0]) // 2), title=title, unit="单位：万元")
        for title, rows in (("收支总表", both), ("收入总表", parted))
    ]
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", tables))["budget_lines"].to_pylist()
    assert [line["fund"] for line in found if line["item"] == "二、其他资金"] == ["unit_funds", "unit_funds"]
    assert [line["fund"] for line in found if line["item"] == "其他收入"] == ["other_revenue"]


def test_codes_that_no_reference_knows_are_taken_and_named_once(tmp_path: Path) -> None:
    head = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    rows = (head, ("201", "一般公共服务支出", "5.00", "5.00", ""), ("20177", "新设事务", "5.00", "5.00", ""))
    tables = [
        made.MadeTable(rows, (70, 170, 80, 80, 80), title=title, unit="单位：万元")
        for title in ("部门支出总体情况表", "一般公共预算支出情况表")
    ]
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", tables))
    assert "20177" in {line["subject_code"] for line in found["budget_lines"].to_pylist()}
    (told,) = [row for row in found["findings"].to_pylist() if row["code"] == "code_not_in_reference"]
    assert "有1个科目编码不在参考科目表中，照印收入，请对照原页：20177 新设事务" in told["explanation"]
    assert (told["severity"], told["page"]) == ("info", 1)


def test_a_file_of_several_units_disclosures_says_so_and_tells_their_figures_apart(tmp_path: Path) -> None:
    def summary(unit: str, amount: str) -> made.MadeTable:
        rows = (("项目", "预算数"), ("一、财政拨款收入", amount), ("收入总计", amount))
        return made.MadeTable(rows, (200, 100), title="收支总表", caption=f"部门名称：{unit}", unit="单位：万元")

    found = dataset_of(
        made.tables_pdf(tmp_path / "t.pdf", [summary("示例县档案局", "10.00"), summary("示例县档案馆", "20.00")])
    )
    units = {(line["unit_name"], line["amount_printed"]) for line in found["budget_lines"].to_pylist()}
    assert units == {("示例县档案局", "10.00"), ("示例县档案馆", "20.00")}
    (said,) = [row for row in found["findings"].to_pylist() if row["code"] == "several_disclosures"]
    assert "示例县档案局（第1页起）、示例县档案馆（第2页起）" in said["explanation"]


def test_a_units_disclosure_begins_with_its_first_table_not_with_its_summary(tmp_path: Path) -> None:
    """Where the appropriations come first, a unit's tables were said to begin with the summary behind them."""

    def table(title: str, unit: str) -> made.MadeTable:
        rows = (("项目", "预算数"), ("一、财政拨款收入", "10.00"), ("收入总计", "10.00"))
        return made.MadeTable(rows, (200, 100), title=title, caption=f"部门名称：{unit}", unit="单位：万元")

    units, titles = ("示例县档案局", "示例县档案馆"), ("财政拨款收支总表", "部门收支总表")
    found = dataset_of(made.tables_pdf(tmp_path / "t.pdf", [table(title, unit) for unit in units for title in titles]))
    (said,) = [row for row in found["findings"].to_pylist() if row["code"] == "several_disclosures"]
    assert "示例县档案局（第1页起）、示例县档案馆（第3页起）" in said["explanation"]


def test_a_file_with_the_bytes_of_another_is_said_to_be_its_copy(tmp_path: Path) -> None:
    path = made.tiny_budget_pdf(tmp_path / "tiny.pdf")
    assert codes(dataset_of(path, same_as="tiny-before"))["duplicate_document"] == 1


def test_text_recognised_from_a_scan_says_so_and_is_never_called_the_publishers_error(tmp_path: Path) -> None:
    rows = (("2026年部门收入总表",), ("科目编码", "科目名称", "合计"), ("2010101", "行政运行", "10.00"))
    found = dataset_of(made.recognised_pdf(tmp_path / "scan.pdf", rows))
    (document,) = found["documents"].to_pylist()
    assert document["text_layer"] == "ocr"
    (said,) = [row for row in found["findings"].to_pylist() if row["code"] == "recognised_text"]
    assert (said["page"], said["verdict"]) == (1, "extraction")


def test_a_chart_was_told_to_be_a_table_of_unknown_title(tmp_path: Path) -> None:
    """The lines across a chart, with the numbers of its bars between them."""
    chart = made.MadeTable([["102180.52"], [""], ["1419.73"], ["458.20"]], (400,))
    assert codes(dataset_of(made.tables_pdf(tmp_path / "chart.pdf", [chart])))["chart"] == 1
    assert "unknown_table" not in codes(dataset_of(made.tables_pdf(tmp_path / "chart.pdf", [chart])))


def test_a_performance_sheet_under_unknown_headings_was_left_out_without_a_word(tmp_path: Path) -> None:
    rows = [["事项", "要求", "数"], ["修路", "里程", "12公里"], ["种树", "棵数", "300棵"], ["清渠", "条数", "7条"]]
    sheet = made.MadeTable(rows, (120, 160, 120), title="项目支出绩效目标表")
    found = dataset_of(made.tables_pdf(tmp_path / "sheet.pdf", [sheet]))
    (said,) = [row for row in found["findings"].to_pylist() if row["code"] == "unknown_sheet"]
    assert (said["page"], said["verdict"]) == (1, "extraction")
    assert "第1页“项目支出绩效目标表”的表头不在词汇表中，绩效目标和指标未读" in said["explanation"]
    nothing = made.MadeTable([rows[0], ["", "", ""]], (120, 160, 120), title="项目支出绩效目标表")
    assert "unknown_sheet" not in codes(dataset_of(made.tables_pdf(tmp_path / "empty.pdf", [nothing])))
