"""Tables that a page sets by alignment alone, without a rule; and pages that only look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.aligned import find_aligned
from pipeline.extract.cells import fill
from pipeline.tables import Dataset
from tests.extract.build import Ink, glyphs_of, printed, read, rows_of
from tests.fixtures import made

BARE = made.Layout(rules="none")


def shape(*inks: Ink) -> list[tuple[int, int]]:
    return [(grid.owner.shape[0], grid.owner.shape[1]) for grid in find_aligned(glyphs_of(*inks))]


def columns(*rows: tuple[str, ...], top: float = 100.0) -> list[Ink]:
    """Rows of entries, a column each 100 points, figures set right."""
    return [
        Ink(text, 60 + 150 * place + (60 - 5 * len(text) if text[0].isdigit() else 0), top + 18 * number)
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
        if text
    ]


def test_lines_that_print_amounts_in_the_same_columns_are_a_table() -> None:
    rows = (("科目名称", "合计"), ("教育支出", "1,000.50"), ("卫生健康支出", "20.00"), ("合计", "1,020.50"))
    assert shape(*columns(*rows)) == [(4, 2)]


@pytest.mark.parametrize("number", ["—5—", "- 5 -", "第5页", "5/21"])
def test_the_number_of_a_page_close_under_a_table_that_goes_on_was_a_row_of_it(number: str) -> None:
    rows = (("科目名称", "合计"), ("教育支出", "1,000.50"), ("卫生健康支出", "20.00"), ("合计", "1,020.50"))
    assert shape(*columns(*rows), Ink(number, 210, 190)) == [(4, 2)]


HEADINGS = ("年度", "合计", "公务接待费", "公务用车费", "出国费")


@pytest.mark.parametrize(
    "row",
    [
        ("2019", "986", "208", "778", "0"),
        ("本年", "-", "-", "-", "-"),
        ("本年", "５．１７", "１．７１", "３．４６", "－"),
    ],
    ids=["whole numbers", "dashes", "full width"],
)
def test_a_row_without_amounts_in_plain_digits_was_no_table(row: tuple[str, ...]) -> None:
    """Its page had none, and what it prints was told nowhere."""
    assert shape(*columns(HEADINGS, row)) == [(2, 5)]


def test_one_amount_under_its_heading_was_no_table() -> None:
    assert shape(*columns(("单位名称", "机关运行经费"), ("某某局", "899,844.66"))) == [(2, 2)]
    assert shape(*columns(("单位名称", "机关运行经费", "备注"), ("某某局", "899,844.66"))) == []


def test_a_heading_set_in_the_middle_over_codes_set_left_is_their_own() -> None:
    """科目编码 right of its codes made a column of its own, and 合计 below them lost its label."""
    inks = [Ink("科目编码", 100, 100), Ink("科目名称", 215, 100), Ink("合计", 400, 100)]
    for top, code, name, amount in (
        (118, "201", "教育支出", "3.50"),
        (136, "20101", "普通教育", "3.50"),
        (154, "合计", "", "7.00"),
    ):
        inks += [Ink(code, 60, top), Ink(amount, 400, top), *([Ink(name, 210, top)] if name else [])]
    assert shape(*inks) == [(4, 3)]


def test_the_letters_of_a_heading_set_apart_head_one_column() -> None:
    """项　　　目 over names made 目 a column of its own, and 预算数 beside it lost its first letter."""
    inks = [Ink("项", 90, 100), Ink("目", 140, 100), Ink("预", 230, 100), Ink("算", 242, 100), Ink("数", 254, 100)]
    for top, name, amount in ((118, "一、本年收入", "3.50"), (136, "一般公共预算", "3.50"), (154, "二、结转", "7.00")):
        inks += [Ink(name, 60, top), Ink(amount, 235, top)]
    assert shape(*inks) == [(4, 2)]


def test_letters_that_each_head_a_column_stay_apart() -> None:
    inks = [Ink(text, x, 100) for text, x in (("类", 60), ("款", 100), ("项", 140), ("合计", 240))]
    for top in (118, 136, 154):
        inks += [Ink("201", 55, top), Ink("31", 98, top), Ink("01", 138, top), Ink("7.50", 240, top)]
    assert shape(*inks) == [(4, 4)]


def test_a_total_whose_letters_stand_apart_is_one_name_across_code_and_name() -> None:
    """合　计 below 科目编码 and 科目名称 became a code 合 with the name 计."""
    inks = [Ink("科目编码", 60, 100), Ink("科目名称", 180, 100), Ink("合计", 320, 100)]
    for top, code, name in ((118, "201", "一般公共服务支出"), (136, "208", "社会保障和就业支出")):
        inks += [Ink(code, 60, top), Ink(name, 160, top), Ink("7.50", 320, top)]
    inks += [Ink("合", 75, 154), Ink("计", 190, 154), Ink("15.00", 316, 154)]
    (grid,) = find_aligned(glyphs_of(*inks))
    total = [span for span in grid.spans if span.row == 3]
    assert [span.columns for span in total] == [2, 1]


def test_two_lines_with_amounts_are_not_enough() -> None:
    assert shape(*columns(("收入", "1,000.50"), ("支出", "20.00"))) == []


def test_prose_with_amounts_is_no_table() -> None:
    prose = [Ink(f"第{n}项预算安排{n}00.50万元，用于档案数字化和库房维护。", 60, 100.0 + 18 * n) for n in range(1, 6)]
    assert shape(*prose) == []


def test_a_contents_page_is_no_table() -> None:
    contents = [
        ink for n in range(1, 8) for ink in (Ink(f"第{n}部分", 60, 80.0 + 18 * n), Ink(str(n), 500, 80.0 + 18 * n))
    ]
    assert shape(*contents) == []


def test_a_page_with_rules_is_read_by_its_rules(tmp_path: Path) -> None:
    found = read(made.tiny_budget_pdf(tmp_path / "t.pdf"))
    assert {table["method"] for table in found["raw_tables"].to_pylist()} == {"ruled"}


@pytest.fixture(scope="module")
def unruled(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The tiny budget without a single rule."""
    return read(made.tiny_budget_pdf(tmp_path_factory.mktemp("aligned") / "t.pdf", BARE))


def test_a_table_without_rules_is_said_to_be_found_by_alignment(unruled: Dataset) -> None:
    assert [table["method"] for table in unruled["raw_tables"].to_pylist()] == ["aligned", "aligned"]


def test_a_table_without_rules_gives_the_rows_that_its_rules_would(unruled: Dataset) -> None:
    rows = rows_of(unruled["raw_cells"], 2)
    with_figures = [row for row in printed(made.TINY_EXPENDITURE.rows) if any("." in text for text in row)]
    assert [row for row in rows if any("." in text for text in row)] == with_figures


def test_a_table_without_rules_keeps_each_figure_in_its_column(unruled: Dataset) -> None:
    """A blank between two figures is a blank column: 2012604 has a total and project expenditure, nothing basic."""
    cells = [cell for cell in unruled["raw_cells"].to_pylist() if cell["table_no"] == 2]
    label_of = {cell["text"]: cell["row_no"] for cell in cells}
    total, basic, project = _figures_of(cells, label_of["201"])
    assert _figures_of(cells, label_of["2012601"]) == [total, basic]
    assert _figures_of(cells, label_of["2012604"]) == [total, project]


def _figures_of(cells: list[dict[str, object]], row: int) -> list[object]:
    return [cell["column_no"] for cell in cells if cell["row_no"] == row and "." in str(cell["text"])]


def test_what_stands_outside_a_table_without_rules_stays_outside(unruled: Dataset) -> None:
    body = [line["text"] for line in unruled["lines"].to_pylist() if line["role"] == "body"]
    assert "2026年部门收支总体情况表" in body
    assert "示例县档案局" in body


def texts_in(*inks: Ink) -> list[list[str]]:
    """The cells of the only table on a page, row by row, less blanks."""
    glyphs = glyphs_of(*inks)
    (grid,) = find_aligned(glyphs)
    rows: list[list[str]] = [[] for _ in grid.owner]
    for span, cell in zip(grid.spans, fill(grid, glyphs).cells, strict=True):
        rows[span.row] += [cell.reading.text] if cell.reading.text else []
    return rows


def test_an_amount_is_parted_from_the_label_close_beside_it() -> None:
    rows = [
        ink
        for n, name in enumerate(("教育支出", "卫生健康支出", "住房保障支出"))
        for ink in (
            Ink(f"收入{n}", 60, 100.0 + 18 * n),
            Ink(f"1{n}.50", 140, 100.0 + 18 * n),
            Ink(name, 169, 100.0 + 18 * n),
        )
    ]
    amounts = [Ink(f"2{n}.50", 240, 100.0 + 18 * n) for n in range(3)]
    assert texts_in(*rows, *amounts)[1] == ["收入1", "11.50", "卫生健康支出", "21.50"]


def test_amounts_in_sentences_are_no_columns_however_wide_the_white_space_about_them() -> None:
    prose = [Ink(f"本年预算 {n}1.50 万元，比上年 {n}2.50 万元增加", 60, 100.0 + 18 * n) for n in range(1, 6)]
    assert find_aligned(glyphs_of(*prose)) == []


def test_a_wrapped_name_belongs_to_the_row_in_whose_middle_its_amounts_stand() -> None:
    """Its lines stand half above and half below the other cells, and the number that wraps too is one number."""
    plain = columns(("科目名称", "合计", "基本支出"), ("教育支出", "10.50", "10.50"), ("农林水支出", "20.50", "20.50"))
    name = [Ink("机关事业单位基本养老", 60, 148.0), Ink("保险", 60, 160.0)]
    amounts = [Ink("2,609.5", 230, 148.0), Ink("0", 260, 160.0), Ink("2,609.50", 380, 154.0)]
    after = columns(("住房保障支出", "30.50", "30.50"), top=178.0)
    assert texts_in(*plain, *name, *amounts, *after)[3] == ["机关事业单位基本养老保险", "2,609.50", "2,609.50"]


def test_headings_close_together_stand_each_over_its_own_column() -> None:
    heads = [Ink("科目名称", 60, 100), Ink("合计", 150, 100), Ink("基本支出", 182, 100), Ink("项目支出", 226, 100)]
    rows = [
        Ink(text, x, 118.0 + 18 * n)
        for n in range(3)
        for text, x in ((f"科目{n}", 60), (f"1{n}.50", 145), (f"2{n}.50", 195), (f"3{n}.50", 240))
    ]
    assert texts_in(*heads, *rows)[0] == ["科目名称", "合计", "基本支出", "项目支出"]


def test_rows_with_numbers_but_without_amounts_are_rows_of_their_own() -> None:
    """A settlement numbers its lines and leaves most of its amounts blank: five of them were taken for one row."""
    amounts = {1: "1,000.50", 6: "20.00", 11: "3.00"}
    rows = (("项目", "行次", "金额"), *((f"第{n}项收入", str(n), amounts.get(n, "")) for n in range(1, 12)))
    assert shape(*columns(*rows)) == [(12, 3)]
