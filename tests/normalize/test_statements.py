"""What a document says that is no figure, on small made lines and tables."""

from dataclasses import replace

import pytest

from pipeline.normalize.model import Document, Grid
from pipeline.normalize.statements import Statement, read_statements
from pipeline.normalize.titles import heading_of
from tests.normalize.drawn import document, line, table, text


def read(document: Document) -> list[Statement]:
    headings = [heading_of(grid) for grid in document.grids]
    return read_statements(document, headings, [heading.table_id or "other" for heading in headings])


def of(kind: str, document: Document) -> list[Statement]:
    return [each for each in read(document) if each.kind == kind]


def empty(note: str = "", title: str = "政府性基金预算支出表") -> Grid:
    grid = table([["科目编码", "合计"], ["", ""]], title)
    return replace(grid, below=(line(note),) if note else ())


@pytest.mark.parametrize(
    "note", ["注：本表无数据", "本部门没有政府性基金预算支出，故本表为空表。", "（无政府性基金支出）"]
)
def test_a_note_below_a_table_says_that_it_is_empty(note: str) -> None:
    (said,) = of("empty_table", document([empty(note)]))
    assert (said.table_id, said.table_no) == ("government_fund_expenditure", 1)


@pytest.mark.parametrize(
    "row",
    [
        ("无锡市重点项目服务中心", "3.00"),
        ("未安排支出的实户资金", "0.00"),
        ("是否空表", "否"),
        ("无人机装备采购项目", "9.00"),
    ],
)
def test_a_label_that_holds_the_words_of_a_note_says_nothing_of_the_table(row: tuple[str, str]) -> None:
    """无锡市…项目服务中心 beside its figures is a unit, and no note that there is none."""
    assert of("empty_table", document([table([["单位名称", "合计"], list(row)], "收入总表")])) == []


def test_a_note_that_has_its_row_of_the_table_alone_says_that_it_is_empty() -> None:
    grid = table([["科目编码", "合计"], ["此表为空", None]], "政府性基金预算支出表")
    assert len(of("empty_table", document([grid]))) == 1


def test_a_table_without_a_note_is_not_said_to_be_empty() -> None:
    assert of("empty_table", document([empty("注：金额以万元为单位。")])) == []


@pytest.mark.parametrize(
    ("sentence", "tables"),
    [
        ("本部门无“三公”经费预算。", ["three_public_expenses"]),
        ("本部门2026年没有国有资本经营预算拨款安排的支出。", ["state_capital_budget"]),
        ("本部门无政府性基金预算支出。", ["government_fund_expenditure", "government_fund_revenue"]),
        ("本部门无2025年结转的“三公”经费支出。", []),  # of the carry-over only
        ("本部门2021年无政府性基金预算“三公”经费支出。", []),  # of what is paid out of the fund for it only
        ("本部门没有国有资本经营预算财政拨款安排的“三公”经费支出。", []),
        ("“三公”经费3万元，比上年减少1万元，主要是未安排因公出国（境）费。", []),  # of a part only
        ("政府性基金预算与上年相同，没有变化。", []),
    ],
)
def test_a_sentence_says_that_there_is_none(sentence: str, tables: list[str]) -> None:
    assert [each.table_id for each in of("none", text(sentence))] == tables


@pytest.mark.parametrize(
    ("sentence", "tables"),
    [
        ("财政拨款支出预算中，政府性基金拨款支出预算为0；", ["government_fund_expenditure", "government_fund_revenue"]),
        ("国有资本经营预算拨款支出预算0万元，与2025年预算持平。", ["state_capital_budget"]),
        ("2026年“三公”经费预算数为0，与2025年预算持平。", ["three_public_expenses"]),
        ("某院2018年政府性基金支出预算支出0.00万元。", ["government_fund_expenditure", "government_fund_revenue"]),
        ("“三公”经费预算10万元，比2025年增加0万元。", []),  # the change is nought
        ("国有资本经营预算财政拨款年末结转和结余0万元。", []),
        ("政府性基金拨款支出预算20.0万元。", []),
    ],
)
def test_a_text_that_says_that_the_money_is_nought_was_told_to_say_nothing_of_the_empty_table(
    sentence: str, tables: list[str]
) -> None:
    assert [each.table_id for each in of("zero", text(sentence))] == tables


def test_the_departments_name_over_a_table_is_kept_as_printed_without_its_code() -> None:
    grid = table([["项目", "合计"], ["甲", "1"]], "支出总表|部门名称：[012]某县教育局")
    assert [each.text for each in of("publisher", document([grid]))] == ["某县教育局"]


def test_a_heading_names_the_year_of_the_budget() -> None:
    said = of("year", text("第二部分2026年度部门预算表", "一、2025年部门预算执行情况", "2026年我局重点工作任务如下"))
    assert [each.subject for each in said] == ["2026"]


def test_a_sentence_that_says_of_which_year_a_table_is_states_it() -> None:
    """本表反映某法院2018年度财政拨款支出预算安排情况。: only headings were held against the document's year."""
    reflects = "本表反映某法院{}财政拨款支出预算安排情况。"
    assert [each.subject for each in of("year", text("目录以外的一行", reflects.format("2018年度")))] == ["2018"]
    assert of("year", text("目录以外的一行", reflects.format("本年度"))) == []


def test_the_year_of_a_cover_on_lines_of_their_own_was_held_against_nothing() -> None:
    cover = replace(text("2025年", "某县林业局", "部门预算"), grids=())
    assert [(each.subject, each.page) for each in of("year", cover)] == [("2025", 1)]
    dated = text("某县林业局部门决算", "2025年9月")
    assert of("year", dated) == []


@pytest.mark.parametrize(
    "heading", ["（九）关于某区司法局2025年一般公共预算“三公”经费预算情况说明", "附件：2025年部门预算公开表"]
)
def test_headings_that_give_account_of_a_year_state_it_too(heading: str) -> None:
    assert [each.subject for each in of("year", text("目录以外的一行", heading))] == ["2025"]


@pytest.mark.parametrize(
    "words", ["指XX局的支出", "20XX年预算", "无数据的，仍保留该表格式", "某某单位", "下降（增长）27.78%"]
)
def test_what_a_template_leaves_is_found(words: str) -> None:
    assert len(of("placeholder", text(words))) == 1


def test_what_is_shown_of_a_template_began_in_the_middle_of_a_word() -> None:
    line = "少0.15万元，下降（增长）27.78%，其中：出国费"
    assert [each.text for each in of("placeholder", text(line))] == ["下降（增长）27.78%，其中：出国费"]
