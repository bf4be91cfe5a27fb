"""The contents page, on small made pages: entries, page numbers, and where the body prints them."""

from dataclasses import replace

from pipeline.normalize.contents import read_contents
from pipeline.normalize.contents_entries import Entry
from pipeline.normalize.model import Document, Line
from pipeline.normalize.titles import heading_of
from tests.normalize.drawn import document, line, table

PAGE = (
    "目录",
    "第一部分概况......1",
    "一、本部门职责……2",
    "第二部分2026年部门预算表",
    "表一收支总表……3",
    "表二支出总表……4",
)
BODY = ("第一部分", "概况", "一、本部门职责", "第二部分2026年部门预算表")


def made(*contents: str, body: tuple[str, ...] = BODY, titles: tuple[str, ...] = ("收支总表", "支出总表")) -> Document:
    lines = [line(text, paragraph=number) for number, text in enumerate(contents)]
    lines += [line(text, page=2, paragraph=100 + number) for number, text in enumerate(body)]
    grids = [
        table([["项目", "合计"], ["甲", "1"]], title, number, [2 + number] * 2)
        for number, title in enumerate(titles, 1)
    ]
    above: list[Line] = [each for grid in grids for each in grid.above]
    return document(grids, [*lines, *above])


def read(document: Document) -> list[Entry]:
    headings = [heading_of(grid) for grid in document.grids]
    return read_contents(document, headings, [heading.table_id or "other" for heading in headings])


def test_an_entry_has_its_number_its_title_and_its_page() -> None:
    entries = read(made(*PAGE))
    assert [(each.number, each.title, each.printed_page) for each in entries] == [
        ("第一部分", "概况", 1), ("一、", "本部门职责", 2), ("第二部分", "2026年部门预算表", None),
        ("表一", "收支总表", 3), ("表二", "支出总表", 4),
    ]  # fmt: skip


def test_a_table_is_found_by_its_title_and_a_section_by_its_heading() -> None:
    entries = read(made(*PAGE))
    assert [each.table_no for each in entries] == [None, None, None, 1, 2]
    assert [each.body_page for each in entries] == [2, 2, 2, 3, 4]


def test_a_page_number_on_a_line_of_its_own_belongs_to_the_entry_before() -> None:
    entries = read(made("目录", "第一部分概况.", "1", "一、本部门职责.", "12", "表一收支总表.", "3"))
    assert [each.printed_page for each in entries] == [1, 12, 3]


def test_a_title_that_wraps_is_one_entry() -> None:
    entries = read(made("目录", "第一部分概况", "一、本部门职责", "表一收支", "总表", "表二支出总表"))
    assert entries[2].title == "收支总表"


def test_an_attachment_without_a_number_is_an_entry_of_its_own() -> None:
    """附件：2021年部门预算表 ran on from 第三部分 名词解释, which the body was said to print otherwise."""
    entries = read(made("目录", "第一部分 概况", "第二部分 名词解释", "附件：2021年部门预算表"))
    assert [(each.number, each.title) for each in entries] == [
        ("第一部分", "概况"), ("第二部分", "名词解释"), ("附件：", "2021年部门预算表"),
    ]  # fmt: skip


def test_a_title_that_the_body_does_not_print_is_not_found() -> None:
    entries = read(made(*PAGE, body=("第一部分概况", "一、主要职能", "第二部分2026年部门预算表")))
    assert [each.body_title is None for each in entries] == [False, True, False, False, False]


def test_a_table_under_another_title_is_found_by_what_it_is() -> None:
    entries = read(made(*PAGE, titles=("部门收支预算总表", "支出总表")))
    assert (entries[3].title, entries[3].table_no, entries[3].body_title) == ("收支总表", 1, "部门收支预算总表")


def test_a_document_without_a_contents_page_has_no_entries() -> None:
    assert read(made(*BODY)) == []


LISTED = [
    ["报表", "报表名称", "是否空表", "理由"],
    ["表1", "2026年收支总表", "", ""],
    ["表2", "2026年支出总表", "", ""],
    ["表3", "2026年政府性基金收支表", "是", "不涉及"],
]


def test_contents_printed_as_a_table_are_read_with_what_they_say_of_empty_tables() -> None:
    grids = [
        table(LISTED, "目录", 1),
        table([["项目", "合计"], ["甲", "1"]], "2026年收支总表", 2, [2, 2]),
        table([["项目", "合计"], ["甲", "1"]], "2026年支出总表", 3, [3, 3]),
    ]
    entries = read(document(grids, [each for grid in grids for each in grid.above]))
    assert [(each.number, each.title, each.said_empty, each.table_no) for each in entries] == [
        ("表1", "2026年收支总表", False, 2),
        ("表2", "2026年支出总表", False, 3),
        ("表3", "2026年政府性基金收支表", True, None),
    ]


def test_a_section_in_other_words_is_found_by_its_number_and_told_as_the_body_prints_it() -> None:
    contents = ("目录", "第一部分概况", "一、部门政府采购情况说明", "表一收支总表")
    entries = read(made(*contents, body=("第一部分概况", "一、政府采购情况说明")))
    assert entries[1].body_title == "一、政府采购情况说明"


def test_a_parts_title_that_runs_over_its_page_with_the_departments_name_in_it_is_found_whole() -> None:
    body = ("第一部分概况", "一、本部门职责", "第二部分", "2026年", "某某市财政局", "部门预算表")
    entries = read(made(*PAGE, body=body))
    assert entries[2].body_title == "第二部分2026年某某市财政局部门预算表"


def test_a_table_of_no_known_kind_is_found_by_the_end_of_its_title() -> None:
    contents = ("目录", "第一部分概况", "一、本部门职责", "九、政府采购支出预算表")
    (*_, entry) = read(made(*contents, titles=("九、2026年度某某局部门政府采购支出预算表",)))
    assert (entry.table_id, entry.table_no) == ("other", 1)


def test_a_table_that_leaves_a_word_of_its_entry_out_was_told_to_be_missing() -> None:
    pages = ("目录", "第一部分概况", "一、收支总表", "二、支出总表", "十二、政府采购支出预算表")
    entries = read(made(*pages, body=(), titles=("收支总表", "支出总表", "十二、2017年某县人民法院部门政府采购预算表")))
    assert [(each.title, each.table_no) for each in entries[-1:]] == [("政府采购支出预算表", 3)]


def test_a_heading_of_another_departments_name_without_its_number_is_told_as_printed() -> None:
    pages = (
        "目录",
        "第一部分概况",
        "第二部分某市某区规划和自然资源局2024年度部门决算表",
        "表一收支总表",
        "表二支出总表",
    )
    (entry,) = (
        each
        for each in read(made(*pages, body=("第一部分概况", "某市规划和自然资源局2024年度部门决算表")))
        if each.number == "第二部分"
    )
    assert (entry.body_title, entry.body_page) == ("某市规划和自然资源局2024年度部门决算表", 2)


NAMED = ("目录", "一、单位主要职能", "二、单位预算编制说明", "三、项目经费情况说明", "表一收支总表", "表二支出总表")


def _named(*body: str) -> list[str | None]:
    """What the body prints of the three sections, each on a page of its own."""
    document = made(*NAMED, body=())
    pages = [line(text, page=10 + number, paragraph=500 + number) for number, text in enumerate(body)]
    document = replace(document, lines=(*document.lines, *pages))
    headings = [heading_of(grid) for grid in document.grids]
    entries = read_contents(document, headings, [each.table_id or "other" for each in headings], "某市海洋监测中心")
    return [each.body_title for each in entries[:3]]


def test_a_heading_with_the_publishers_name_or_a_year_was_told_to_be_missing() -> None:
    """某市海洋监测中心主要职能 is what the contents page calls 单位主要职能."""
    for first in ("某市海洋监测中心主要职能", "某市海洋监测中心（单位）主要职能"):
        headings = (first, "2026年单位预算编制说明", "人民调解项目经费情况说明")
        assert _named(*headings) == list(headings)


def test_a_heading_with_another_name_before_it_is_not_that_of_the_publisher() -> None:
    assert _named("某市气象局主要职能", "正文。")[0] is None


def test_an_entry_right_below_a_short_one_was_taken_for_the_rest_of_its_title() -> None:
    """第四部分 公开报表 ends long before the line below it does: it did not wrap."""
    entries = read(
        made(
            "目录",
            "第一部分概况",
            "一、本部门职责",
            "第四部分公开",
            "某市工业和信息化局2026年部门综合预算的表",
            "表一收支总表",
        )
    )
    assert [each.title for each in entries[2:4]] == ["公开", "某市工业和信息化局2026年部门综合预算的表"]


def test_a_heading_that_says_whose_it_is_in_another_word_or_puts_a_year_first_was_told_to_be_missing() -> None:
    """单位概况 is 部门概况; 2026年部门预算情况说明 is what the contents page calls 部门预算说明."""
    contents = ("目录", "第一部分单位概况", "第三部分部门预算说明", "表一收支总表")
    entries = read(made(*contents, body=("第一部分 部门概况", "正文。", "第三部分 2026年部门预算情况说明")))
    assert [each.body_title for each in entries[:2]] == ["第一部分部门概况", "第三部分2026年部门预算情况说明"]
    other = read(made(*contents, body=("第一部分 主要职责", "正文。", "第三部分 名词解释")))
    assert [each.body_title for each in other[:2]] == [None, None]


def test_a_part_that_the_contents_page_numbers_otherwise_was_told_to_be_missing() -> None:
    """一、概况 is the body's 第一部分 部门概况, 二、预算说明 its 第三部分."""
    contents = ("目录", "一、概况", "二、预算说明", "三、名词解释", "表一收支总表")
    body = ("第一部分 部门概况", "正文。", "第三部分 2026年部门预算情况说明", "正文。")
    assert [each.body_title for each in read(made(*contents, body=body))[:3]] == [
        "第一部分部门概况", "第三部分2026年部门预算情况说明", None,
    ]  # fmt: skip
