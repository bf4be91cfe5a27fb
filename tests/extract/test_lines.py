"""What stands outside the tables: lines, page numbers, running heads, paragraphs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.lines import PrintedLine, printed_lines, with_paragraphs, with_roles
from tests.extract.build import Ink, glyphs_of, read
from tests.fixtures import made

HEIGHT = 842.0


def line(text: str, page: int = 1, top: float = 400.0, *, x0: float = 80.0, x1: float = 0.0) -> PrintedLine:
    right = x1 or x0 + 12.0 * len(text)
    return PrintedLine(page, HEIGHT, (x0, top, right, top + 12.0), 12.0, text, 0)


def role_of(text: str, top: float, pages: int = 1) -> str:
    """The role of a line that stands at ``top`` of each of ten pages, or of as many as ``pages``."""
    return with_roles([line(text, page, top) for page in range(1, pages + 1)], 10)[0].role


# --- lines -----------------------------------------------------------------------------------------------------------


def test_lines_on_one_height_that_stand_apart_are_two() -> None:
    glyphs = glyphs_of(Ink("部门名称：档案局", 60, 80), Ink("单位：万元", 400, 80))
    found = printed_lines(glyphs, np.arange(len(glyphs.codes)), 1, HEIGHT, [])
    assert [found_line.text for found_line in found] == ["部门名称：档案局", "单位：万元"]


def test_words_printed_over_other_words_are_not_woven_into_them() -> None:
    """A spreadsheet clips a long cell; the text layer keeps its hidden lines, which may lie over a table's title."""
    glyphs = glyphs_of(Ink("预算表12项目支出绩效目标表", 100, 80, size=12), Ink("主要用于完成各", 104, 81, size=9))
    found = printed_lines(glyphs, np.arange(len(glyphs.codes)), 1, HEIGHT, [])
    assert {found_line.text for found_line in found} == {"预算表12项目支出绩效目标表", "主要用于完成各"}


def test_full_width_marks_set_half_over_one_another_part_no_line() -> None:
    """A browser sets ）（ closer by half; the characters beside them may have boxes of other heights."""
    glyphs = glyphs_of(
        Ink("表（人员）", 100, 80, size=12), Ink("（按", 154, 80, size=12), Ink("一类", 178, 80.5, size=11)
    )
    found = printed_lines(glyphs, np.arange(len(glyphs.codes)), 1, HEIGHT, [])
    assert [found_line.text for found_line in found] == ["表（人员）（按一类"]


def test_a_line_knows_how_many_tables_stand_above_it() -> None:
    glyphs = glyphs_of(Ink("表一", 60, 80), Ink("表二", 60, 300), Ink("说明", 60, 700))
    found = printed_lines(glyphs, np.arange(len(glyphs.codes)), 1, HEIGHT, [100.0, 320.0])
    assert [found_line.after for found_line in found] == [0, 1, 2]


def test_a_line_keeps_its_box_and_size() -> None:
    glyphs = glyphs_of(Ink("表一", 60, 80, size=16))
    (found,) = printed_lines(glyphs, np.arange(2), 3, HEIGHT, [])
    assert (found.page, found.box, found.size) == (3, (60, 80, 92, 96), 16)


def test_a_line_full_of_figures_is_of_the_size_of_its_ideographs() -> None:
    """Figures of another font have higher boxes: a sentence was parted before them, its figure without subject."""
    glyphs = glyphs_of(Ink("入", 80, 102, size=16), Ink("31,888.00", 96, 100, size=21), Ink("万元", 190, 102, size=16))
    (found,) = printed_lines(glyphs, np.arange(len(glyphs.codes)), 1, HEIGHT, [])
    assert found.size == 16
    (found,) = printed_lines(glyphs_of(Ink("31,888.00", 96, 100, size=21)), np.arange(9), 1, HEIGHT, [])
    assert found.size == 21


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["3", "12", "- 3 -", "—12—", "第 3 页", "3/55", "3 / 55", "iv", "－ 7 －", "·5·", "~5~"]
)
def test_a_lone_number_in_the_margin_is_a_page_number(text: str) -> None:
    assert role_of(text, 800) == "page_number"
    assert role_of(text, 20) == "page_number"


@pytest.mark.parametrize("text", ["2026年部门预算", "表12", "12.50", "一、概况", "第三部分"])
def test_words_in_the_margin_are_no_page_number(text: str) -> None:
    assert role_of(text, 800) == "body"


def test_a_number_in_the_middle_of_the_page_is_body() -> None:
    assert role_of("12", 400) == "body"


def test_a_line_that_recurs_in_the_margin_of_most_pages_is_a_running_head() -> None:
    assert role_of("示例县档案局2026年部门预算", 20, pages=8) == "running_head"


def test_a_running_head_may_carry_the_page_number() -> None:
    lines = [line(f"示例县档案局2026年部门预算 第{page}页", page, 20) for page in range(1, 9)]
    assert {found.role for found in with_roles(lines, 10)} == {"running_head"}


def test_a_line_that_recurs_on_a_few_pages_only_is_body() -> None:
    assert role_of("单位：万元", 80, pages=3) == "body"
    assert role_of("单位：万元", 80, pages=5) == "body"


def test_the_same_words_at_head_and_foot_are_counted_apart() -> None:
    lines = [line("档案局", page, 20 if page % 2 else 810) for page in range(1, 9)]
    assert {found.role for found in with_roles(lines, 10)} == {"body"}


def test_a_line_that_recurs_in_the_middle_of_the_pages_is_body() -> None:
    assert role_of("项目名称", 400, pages=10) == "body"


# --- paragraphs ------------------------------------------------------------------------------------------------------

FULL = "本部门二〇二六年预算收入总计四千五百七十五万元，其中一般公共预算拨款收入"  # 35 characters: to the margin


def paragraphs(*lines: PrintedLine) -> list[int]:
    return [found.paragraph for found in with_paragraphs(lines)]


def test_a_full_line_goes_on_in_the_next() -> None:
    lines = [line(FULL, top=400, x0=104, x1=500), line(FULL, top=416, x1=500), line("四千万元。", top=432)]
    assert paragraphs(*lines) == [1, 1, 1]


def test_a_line_that_ends_short_ends_its_paragraph() -> None:
    lines = [line(FULL, top=400, x1=500), line("四千万元。", top=416), line(FULL, top=432, x1=500)]
    assert paragraphs(*lines) == [1, 1, 2]


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [line(FULL, top=400, x1=500), line(FULL, top=416, x0=104, x1=500), line(FULL, top=432, x1=500)]
    assert paragraphs(*lines) == [1, 2, 2]


def test_a_paragraph_goes_on_over_a_page_past_the_page_number() -> None:
    number = line("7", top=800, x0=290)
    lines = [line(FULL, 1, 740, x1=500), number, line("四千万元。", 2, 70), line(FULL, 2, 86, x0=104, x1=500)]
    found = with_paragraphs(with_roles(lines, 2))
    assert [(item.role, item.paragraph) for item in found] == [
        ("body", 1),
        ("page_number", 0),
        ("body", 1),
        ("body", 2),
    ]


def test_a_heading_of_another_size_is_a_paragraph_of_its_own() -> None:
    heading = PrintedLine(1, HEIGHT, (80, 380, 500, 398), 18.0, FULL, 0)
    assert paragraphs(heading, line(FULL, top=400, x1=500)) == [1, 2]


def test_prose_of_a_made_page_comes_back_paragraph_by_paragraph(tmp_path: Path) -> None:
    texts = [
        "示例县档案局贯彻落实党中央关于档案工作的方针政策和决策部署，负责全县档案事业的统筹规划、制度建设和监督指导。"
        * 3,
        "2026年本部门预算收入总计120.50万元，比上年增加10.00万元，增长9.05%，主要原因是档案数字化项目增加。" * 2,
        "无其他需要说明的事项。",
    ]
    found = read(made.text_pdf(tmp_path / "t.pdf", texts))["lines"].to_pylist()
    joined: dict[int, str] = {}
    for item in found:
        if item["role"] == "body":
            joined[item["paragraph_no"]] = joined.get(item["paragraph_no"], "") + item["text"]
    assert list(joined.values()) == texts
    assert [item["line_no"] for item in found] == list(range(1, len(found) + 1))


def test_a_paragraph_of_a_made_file_goes_on_over_a_page(tmp_path: Path) -> None:
    long = "".join(f"第{number}项预算安排{number}.50万元，用于档案数字化和库房维护；" for number in range(200)) + "完。"
    found = read(made.text_pdf(tmp_path / "t.pdf", [long, "末段。"]))["lines"].to_pylist()
    body = [item for item in found if item["role"] == "body"]
    assert {item["page"] for item in body} >= {1, 2}
    assert "".join(item["text"] for item in body if item["paragraph_no"] == 1) == long
    assert body[-1]["paragraph_no"] == 2
