"""Completeness of the disclosure itself: never mixed with the arithmetic."""

from decimal import Decimal

import pytest

from pipeline.schema import CONTENTS, FINDINGS, GLOSSARY, NAME_LISTS, NARRATIVE_FIGURES, STATEMENTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table

REQUIRED = (
    "budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary", "general_budget_expenditure",
    "basic_expenditure", "government_fund_expenditure", "three_public_expenses",
)  # fmt: skip


def made(*table_ids: str, year: int = 2026) -> Dataset:
    tables = [
        source_table(name, number, printed_title=f"{year}年{name}") for number, name in enumerate(table_ids, start=1)
    ]
    return document([], tables)


def broken(dataset: Dataset) -> list[tuple[str, str]]:
    findings = check_document(dataset).findings.to_pylist()
    return [(row["check_id"], row["severity"]) for row in findings]


def test_a_disclosure_with_every_table_of_the_rule_is_complete() -> None:
    assert broken(made(*REQUIRED)) == []


def test_a_missing_table_is_named_by_its_title_in_the_rule() -> None:
    (finding,) = check_document(made(*REQUIRED[:-1])).findings.to_pylist()
    assert (finding["check_id"], finding["severity"]) == ("C02/three_public_expenses", "warning")
    assert "“三公”经费支出情况表" in finding["explanation"]


def test_a_table_that_nobody_knows_may_be_the_one_that_seemed_to_be_missing() -> None:
    """The finding that it is not known is told; that the publisher left one out is not known."""
    unknown = {
        "document_id": DOCUMENT, "finding_id": "f", "severity": "warning", "verdict": "extraction", "page": 8,
        "code": "unknown_table", "explanation": "未读",
    }  # fmt: skip
    assert broken({**made(*REQUIRED[:-1]), "findings": to_arrow(FINDINGS, [unknown])}) == []


@pytest.mark.parametrize(
    ("text", "told"), [("无政府性基金预算支出，故本表无数据", []), ("没有政府性基金预算", ["C02"])]
)
def test_an_empty_table_that_draws_no_rules_was_missing_though_a_note_under_it_says_so(
    text: str, told: list[str]
) -> None:
    dataset = made(*(name for name in REQUIRED if name != "government_fund_expenditure"))
    note = {"kind": "none", "subject": "政府性基金", "table_id": "government_fund_expenditure", "text": text}
    assert [check[:3] for check, _ in broken(said(note, dataset=dataset)) if check.startswith("C02")] == told


def test_a_title_of_another_year_is_told() -> None:
    assert broken(made(*REQUIRED, year=2025))[0] == ("C09/t1", "warning")


def said(*statements: Row, dataset: Dataset | None = None) -> Dataset:
    plain = {"document_id": DOCUMENT, "text": "…", "page": 9}
    rows = [{**plain, "statement_no": number, **row} for number, row in enumerate(statements, start=1)]
    return {**(dataset or made(*REQUIRED)), "statements": to_arrow(STATEMENTS, rows)}


def with_text(dataset: Dataset) -> Dataset:
    """The same with a text, which says something else."""
    staff = {
        "document_id": DOCUMENT, "figure_no": 1, "section": "一、基本情况", "sentence": "在职人员40人。",
        "subject": "在职人员", "kind": "count", "value": Decimal(40), "value_printed": "40", "unit": "人", "page": 3,
    }  # fmt: skip
    return {**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, [staff])}


def listed(*entries: Row) -> Dataset:
    """A disclosure whose contents page has these entries, found in the body under the same title unless they say."""
    plain = {"document_id": DOCUMENT, "kind": "table", "page": 2}
    rows = [{**plain, "entry_no": number, **row} for number, row in enumerate(entries, start=1)]
    tables = [
        source_table("budget_summary", 1, printed_caption="预算公开表1", printed_title="收支总表"),
        source_table("revenue_summary", 2, printed_caption="预算公开表1", printed_title="收入总表"),
        source_table("expenditure_summary", 3, printed_caption="预算公开表3", printed_title="支出总表"),
    ]
    return {**document([], tables), "contents": to_arrow(CONTENTS, rows)}


def entry(number: str | None, title: str, table_no: int | None, **more: object) -> Row:
    return {"number": number, "title": title, "table_no": table_no, "body_title": title, "body_page": 4, **more}


ENTRIES = (entry("表一", "收支总表", 1), entry("表二", "收入总表", 2), entry("表三", "支出总表", 3))


def found(dataset: Dataset, family: str) -> list[str]:
    rows = check_document(dataset).findings.to_pylist()
    return [row["explanation"] for row in rows if str(row["check_id"]).split("/", 1)[0] == family]


def test_a_placeholder_of_the_template_is_told() -> None:
    assert broken(said({"kind": "placeholder", "text": "指XX局的支出。"})) == [("C08", "warning")]


def test_the_number_on_a_table_that_is_not_that_of_the_contents_page_is_told() -> None:
    (explanation,) = found(listed(*ENTRIES), "C11")
    assert "第4页表上所印表号与目录“表二收入总表”的编号不同：表上印的是第1号" in explanation


def captioned(*captions: str | None) -> Dataset:
    kinds = ("budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary")
    pairs = enumerate(zip(kinds, captions, strict=True), start=1)
    tables = [
        source_table(kind, number, printed_caption=caption, printed_title=f"第{number}个表")
        for number, (kind, caption) in pairs
    ]
    return document([], tables)


def test_a_caption_of_other_words_than_most_is_told_with_what_those_are() -> None:
    """部门公开表9 among 预算公开表1 to 8 was no finding."""
    (explanation,) = found(captioned("预算公开表1", "预算公开表2", "部门公开表3", "预算公开表4"), "C17")
    assert "《第3个表》的表号“部门公开表3”与其他各表字样不同：多数表印的是“预算公开表”加编号" in explanation


def test_a_table_without_a_caption_is_told_where_most_bear_one() -> None:
    (explanation,) = found(captioned("表一", "表二", "表三", None), "C18")
    assert "多数表印有表号，有的没有：第4个表" in explanation
    assert found(captioned("表一", None, None, None), "C18") == []


@pytest.mark.parametrize("last", ["预算01-1表", "预算公开４表", "预算公开-四表"])
def test_the_number_of_a_caption_is_none_of_its_words(last: str) -> None:
    first = last.replace("01-1", "02").replace("４", "1").replace("-四", "1")
    assert found(captioned(first, first, first, last), "C17") == []


def test_a_table_of_the_contents_page_that_the_body_lacks_is_told() -> None:
    lost = entry("表四", "项目支出表", None, body_title=None, body_page=None)
    (explanation,) = found(listed(*ENTRIES, lost), "C01")
    assert "目录列有“表四项目支出表”，正文没有印出" in explanation


def test_a_table_that_the_contents_page_lacks_is_told() -> None:
    assert "正文印有《支出总表》，目录没有列出" in found(listed(*ENTRIES[:2]), "C13")[0]


def test_a_title_that_the_body_words_otherwise_is_told_with_what_it_prints() -> None:
    other = entry("表三", "支出预算表", 3, body_title="支出总表", body_page=8)
    (explanation,) = found(listed(*ENTRIES[:2], other), "C10")
    assert "正文第8页印的是“支出总表”" in explanation


def test_a_number_ran_into_the_year_of_the_title_after_it() -> None:
    """表2 2021年支出预算表 was told as 表22021年支出预算表."""
    other = entry("表2", "2021年支出预算表", 3, body_title="2021年支出总表", body_page=8)
    (explanation,) = found(listed(*ENTRIES[:2], other), "C10")
    assert "“表2 2021年支出预算表”" in explanation


def test_a_title_that_differs_in_marks_and_spaces_only_is_the_same() -> None:
    other = entry("表三", "2026年度“支出” 总表", 3, body_title="三、2026年支出总表")
    assert found(listed(*ENTRIES[:2], other), "C10") == []


def test_a_remark_in_brackets_behind_a_title_is_no_part_of_it() -> None:
    other = entry("表三", "支出总表（按功能科目分）", 3, body_title="支出总表（按支出功能分类科目，不含上年结转）")
    assert found(listed(*ENTRIES[:2], other), "C10") == []


def test_page_numbers_that_fall_are_told() -> None:
    pages = [{**each, "printed_page": page} for each, page in zip(ENTRIES, (4, 7, 6), strict=True)]
    assert "6 < 7" in found(listed(*pages), "C04")[0]


def test_most_entries_that_differ_are_a_custom_and_no_error() -> None:
    others = [{**each, "body_title": f"某县{each['title']}情况表"} for each in ENTRIES]
    (explanation,) = found(listed(*others), "C10")
    assert "另有惯例，不作错误" in explanation


def test_an_empty_table_must_be_said_to_be_empty() -> None:
    silent = with_text(document([], [source_table("state_capital_budget", 9, state="empty")]))
    assert "是空表，表下和文字中都没有说明" in found(silent, "C12")[0]
    noted = {"kind": "empty_table", "table_id": "state_capital_budget", "table_no": 9}
    assert found(said(noted, dataset=silent), "C12") == []
    denied = {"kind": "none", "subject": "国有资本经营预算", "table_id": "state_capital_budget"}
    assert found(said(denied, dataset=silent), "C12") == []
    nought = {"kind": "zero", "subject": "国有资本经营预算", "table_id": "state_capital_budget"}
    assert found(said(nought, dataset=silent), "C12") == []


def test_of_a_file_of_tables_alone_it_is_not_told_that_no_text_says_a_table_is_empty() -> None:
    tables = document([], [source_table("state_capital_budget", 9, state="empty")])
    assert found(tables, "C12") == []
    assert ("C20/t9", "info") in broken(tables)
    assert "说明可能另印在文字部分" in found(tables, "C20")[0]
    noted = {"kind": "empty_table", "table_id": "state_capital_budget", "table_no": 9}
    assert found(said(noted, dataset=tables), "C20") == []
    assert found(with_text(tables), "C20") == []


def test_a_table_that_the_contents_page_calls_empty_needs_no_note_and_may_be_left_out() -> None:
    silent = with_text(document([], [source_table("state_capital_budget", 9, state="empty", printed_title="国资表")]))
    listed_empty = {**entry("表九", "国资表", 9, said_empty=True), "document_id": DOCUMENT, "kind": "table", "page": 2}
    lost = {**listed_empty, "table_no": None, "body_title": None, "body_page": None}
    for row in (listed_empty, lost):
        dataset = {**silent, "contents": to_arrow(CONTENTS, [{**row, "entry_no": 1}])}
        assert found(dataset, "C01") == []
    assert found({**silent, "contents": to_arrow(CONTENTS, [{**listed_empty, "entry_no": 1}])}, "C12") == []


def test_money_in_a_table_that_the_contents_page_calls_empty_is_told() -> None:
    entries = [{**entry("表九", "国资表", 9, said_empty=True), "document_id": DOCUMENT, "kind": "table", "page": 2}]
    contents = to_arrow(CONTENTS, [{**row, "entry_no": number} for number, row in enumerate(entries, start=1)])
    for amount, told in (("1.00", 1), ("0.00", 0)):
        line = figure("state_capital_budget", 9, 3, 2, amount, item="合计", period="budget")
        assert len(found({**document([line]), "contents": contents}, "C15")) == told


def test_one_table_under_another_departments_name_is_told() -> None:
    names = [{"kind": "publisher", "text": name, "table_no": at} for at, name in enumerate(("甲局", "甲局", "乙局"), 1)]
    (explanation,) = found(said(*names), "C07")
    assert "“乙局”与其他各表不同：多数表印的是“甲局”" in explanation


def test_the_tables_of_a_second_unit_in_the_file_bear_its_own_name() -> None:
    """A department's tables, then its library's: each of the library's was told to bear another name."""
    own = [("甲局", "budget_summary"), ("甲局", "expenditure_summary"), ("甲局", "projects")]
    second = [("乙馆", "budget_summary"), ("乙馆", "expenditure_summary")]
    names = [
        {"kind": "publisher", "text": name, "table_id": table_id, "table_no": number}
        for number, (name, table_id) in enumerate([*own, *second, ("丙站", "projects")], start=1)
    ]
    (explanation,) = found(said(*names), "C07")
    assert "丙站" in explanation


def test_a_departments_name_that_the_edge_of_a_cell_cut_was_told_to_be_another() -> None:
    names = ("某区应急管理局", "某区应急管理局", "某区应急管理")
    assert (
        found(said(*({"kind": "publisher", "text": name, "table_no": at} for at, name in enumerate(names, 1))), "C07")
        == []
    )


def test_a_heading_of_another_year_is_told() -> None:
    years = [{"kind": "year", "subject": year, "text": f"{year}年部门预算表"} for year in ("2026", "2026", "2025")]
    assert len(found(said(*years), "C14")) == 1


def test_the_cover_says_of_which_year_few_headings_are() -> None:
    """One of two headings bore last year's date, which was taken for a custom of the document's."""
    cover = {"kind": "year", "subject": "2026", "text": "2026年某局部门预算", "page": 1}
    other = {"kind": "year", "subject": "2025", "text": "附件：2025年部门预算表", "page": 4}
    (explanation,) = found(said(cover, other), "C21")
    assert "标题“附件：2025年部门预算表”的年度不是文件的年度" in explanation
    assert found(said(cover, other), "C14") == []


def test_a_cover_of_another_year_than_all_headings_was_taken_for_a_custom() -> None:
    cover = {"kind": "year", "subject": "2025", "text": "2025年某局部门预算", "page": 1}
    own = {"kind": "year", "subject": "2026", "text": "附件：2026年部门预算表", "page": 4}
    (explanation,) = found(said(cover, own), "C22")
    assert "封面“2025年某局部门预算”的年度不是文件的年度" in explanation


def test_the_page_of_a_name_was_told_twice() -> None:
    names = [{"kind": "publisher", "text": name, "table_no": at} for at, name in enumerate(("甲局", "甲局", "乙局"), 1)]
    (explanation,) = found(said(*names), "C07")
    assert explanation.count("第") == 1


def test_money_that_the_text_denies_is_told() -> None:
    denied = {
        "kind": "none",
        "subject": "“三公”经费",
        "text": "本部门无“三公”经费预算",
        "table_id": "three_public_expenses",
    }
    spent = figure("three_public_expenses", 10, 3, 2, "1.00", item="合计", period="budget")
    nothing = figure("three_public_expenses", 10, 3, 2, "0.00", item="合计", period="budget")
    assert "文字说“本部门无“三公”经费预算”，而相应的表有数" in found(said(denied, dataset=document([spent])), "N09")[0]
    assert found(said(denied, dataset=document([nothing])), "N09") == []


def test_a_note_beside_one_units_empty_table_was_said_to_deny_the_money_of_another() -> None:
    """Two units in one file: 本单位没有政府性基金… below the second one's table, on its page."""
    kind = "government_fund_expenditure"
    tables = [
        source_table(name, number, first_page=number, last_page=number)
        for number, name in enumerate(("budget_summary", kind, "budget_summary", kind), start=1)
    ]
    spent = figure(kind, 2, 3, 2, "1.00", item="合计", period="budget")
    note = {"kind": "none", "subject": "政府性基金", "text": "本单位没有政府性基金", "table_id": kind, "page": 4}
    assert found(said(note, dataset=document([spent], tables)), "N09") == []
    assert len(found(said({**note, "page": 2}, dataset=document([spent], tables)), "N09")) == 1
    in_the_text = {**note, "page": 9}  # of which unit is not told: the second has none
    assert found(said(in_the_text, dataset=document([spent], tables)), "N09") == []
    other = {**note, "table_id": "government_fund_revenue"}  # of which the file prints no table
    assert found(said(other, dataset=document([spent], tables)), "N09") == []
    both = [spent, figure(kind, 4, 3, 2, "1.00", item="合计", period="budget")]
    assert len(found(said(in_the_text, dataset=document(both, tables)), "N09")) == 1


PERSONNEL = ("基本工资", "津贴补贴", "奖金")


def naming(subject: str, *names: str) -> Dataset:
    """A text that lists the names as parts of ``subject``, over a table that prints money for ``PERSONNEL``."""
    lines = [
        figure("basic_expenditure", 6, row, 2, "1.00", economic_code=f"3010{row}", economic_name=name, item=name,
               expenditure_type="personnel")
        for row, name in enumerate(PERSONNEL, start=1)
    ]  # fmt: skip
    plain = {"document_id": DOCUMENT, "list_no": 1, "subject": subject, "sentence": "…", "page": 9}
    rows = [{**plain, "name_no": number, "name": name} for number, name in enumerate(names, start=1)]
    return {**document(lines), "name_lists": to_arrow(NAME_LISTS, rows)}


def test_a_subject_that_the_text_lists_and_the_table_lacks_is_told() -> None:
    (explanation,) = found(naming("基本支出：人员经费", *PERSONNEL, "退休费"), "N08")
    assert "文字列有“退休费”" in explanation


def test_a_shorter_name_for_a_subject_of_the_table_was_said_to_have_no_money() -> None:
    """社会保障缴费 stands for 其他社会保障缴费 and its like."""
    listed = naming("人员经费", *PERSONNEL, "社会保障缴费")
    assert len(found(listed, "N08")) == 1
    lines = listed["budget_lines"].to_pylist()
    more = {**lines[0], "row_no": 9, "economic_code": "30112", "economic_name": "其他社会保障缴费", "cell_id": "x"}
    dataset = {**document([*lines, more]), "name_lists": listed["name_lists"]}
    assert found(dataset, "N08") == []


def test_the_check_of_a_listed_name_is_named_after_its_place_in_the_list() -> None:
    checks = check_document(naming("人员经费", *PERSONNEL)).checks.to_pylist()
    assert [row["check_id"] for row in checks if row["family"] == "N08"] == ["N08/l1.1", "N08/l1.2", "N08/l1.3"]


def test_names_of_something_other_than_basic_expenditure_are_not_looked_for_in_it() -> None:
    assert found(naming("河道运行管理", *PERSONNEL, "退休费"), "N08") == []


def test_the_completeness_of_a_disclosure_has_a_scope_of_its_own() -> None:
    rows = check_document(made()).checks.to_pylist()
    assert {row["scope"] for row in rows if row["family"] in ("C02", "C08", "C09")} == {"disclosure"}


def test_a_departments_name_put_into_a_numbered_heading_was_told_as_another_title() -> None:
    """第二部分 2026年度某县统计局部门预算表 for 2026年度部门预算表: the number before it and the name in it."""
    heading = entry(
        "第二部分", "2026年度部门预算表", None, kind="section", body_title="第二部分2026年度某县统计局部门预算表"
    )
    other = entry("四、", "绩效目标说明", None, kind="section", body_title="四、绩效目标情况说明")
    more = [entry(f"{number}、", f"章节{number}", None, kind="section") for number in "一二三"]
    named = {"documents": document([], publisher="某县统计局")["documents"]}
    assert [text[:25] for text in found({**listed(*ENTRIES, heading, other, *more), **named}, "C16")] == [
        "第2页目录的章节“四、绩效目标说明”与正文所印标题"
    ]


def test_a_section_in_other_words_is_for_information_and_one_that_the_body_lacks_is_a_warning() -> None:
    """Each of a contents page's small slips was a warning of its own, beside a section that is nowhere."""
    other = entry("四、", "绩效目标说明", None, kind="section", body_title="四、绩效目标情况说明")
    lost = entry("五、", "国有资产占用情况", None, kind="section", body_title=None, body_page=None)
    more = [entry(f"{number}、", f"章节{number}", None, kind="section") for number in "一二三四五六"]
    rows = check_document(listed(*ENTRIES, other, lost, *more)).findings.to_pylist()
    told = {row["check_id"]: row["severity"] for row in rows if str(row["check_id"])[:3] in ("C05", "C16")}
    assert told == {"C16/4": "info", "C05/5": "warning"}


def test_no_table_is_called_missing_while_a_page_could_not_be_read() -> None:
    unread: Row = {
        "document_id": DOCUMENT, "finding_id": "f1", "severity": "error", "verdict": "extraction", "page": 5,
        "code": "image_only", "explanation": "第5页：本页是图片",
    }  # fmt: skip
    incomplete = made(*REQUIRED[:-1])
    assert broken({**incomplete, "findings": to_arrow(FINDINGS, [unread])}) == []


def test_captions_begin_anew_with_each_unit_of_a_file() -> None:
    kinds = ("budget_summary", "revenue_summary", "expenditure_summary")
    tables = [
        source_table(kinds[at % 3], at + 1, printed_caption=f"公开表{number}")
        for at, number in enumerate((1, 2, 3, 1, 2, 3))
    ]
    assert found(document([], tables), "C03") == []
    tables[4]["printed_caption"], tables[5]["printed_caption"] = "公开表3", "公开表2"
    assert len(found(document([], tables), "C03")) == 1


def test_a_kind_that_each_unit_prints_twice_moved_the_second_units_captions_into_the_first_ones() -> None:
    kinds = ("budget_summary", "general_budget_expenditure", "general_budget_expenditure")
    tables = [
        source_table(kinds[at % 3], at + 1, printed_caption=f"附表{number}")
        for at, number in enumerate((1, 2, 3, 1, 2, 3))
    ]
    assert found(document([], tables), "C03") == []


def test_the_first_figure_of_a_year_is_no_number_before_the_heading() -> None:
    other = entry("2.", "2026年收入总表", 2, body_title="2026年收入总表")
    assert found(listed(ENTRIES[0], other, ENTRIES[2]), "C10") == []


def test_a_table_of_which_no_figure_was_taken_needs_no_unit() -> None:
    table = source_table("budget_summary", 1, unit=None)
    assert found(document([], [table]), "C06") == []
    line = figure("budget_summary", 1, 1, 2, "9.00", item="收入总计", side="revenue")
    assert len(found(document([line], [table]), "C06")) == 1


def test_what_only_heads_the_tables_behind_it_and_what_bears_no_number_are_not_asked_for_in_the_body() -> None:
    lost = {"kind": "section", "body_title": None, "body_page": None}
    sections = [entry(f"{number}、", f"章节{number}", None, kind="section") for number in "一二三四五六"]
    heads, remark = entry("七、", "预算公开表", None, **lost), entry(None, "某局公开的报表", None, **lost)
    assert found(listed(*sections, remark, heads, *ENTRIES), "C05") == []
    assert found(listed(*sections, heads), "C05") == []
    assert len(found(listed(*sections, entry("七、", "国有资产情况说明", None, **lost)), "C05")) == 1


@pytest.mark.parametrize(
    ("code", "region", "level", "count"),
    [
        ("140525", "山西省晋城市泽州县", "省直", 1),
        ("140525", "山西省晋城市泽州县", "县级", 0),
        ("140000", "山西省", "省直", 0),
        ("310000", "上海市", "市级", 0),
        ("310107", "上海市普陀区", "市级", 1),
        ("411481", "河南省永城市", "市级", 0),
        ("510100", "四川省成都市", "市级", 0),
        (None, None, "省直", 0),
    ],
)
def test_a_definition_taken_over_from_a_higher_levels_template_is_told(
    code: str | None, region: str | None, level: str, count: int
) -> None:
    """A county's glossary defined what 省直部门 spend on the three public expenses."""
    text = f"指{level}部门用财政拨款安排的因公出国（境）费。"
    term = {"document_id": DOCUMENT, "term_no": 1, "term": "“三公”经费", "definition": text, "page": 9}
    dataset = document([], [], region_code=code, region_name=region)
    rows = found({**dataset, "glossary": to_arrow(GLOSSARY, [term])}, "C19")
    assert len(rows) == count
    assert all(f"说的是“{level}部门”" in row for row in rows)
