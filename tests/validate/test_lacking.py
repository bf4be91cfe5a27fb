"""A row that is missing is told once, with what it would print, and by its name where something tells it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.schema import CELLS, ECONOMIC_SUBJECTS, FINDINGS, NAME_LISTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table, subject
from tests.validate.test_within_tables import TREE, spent

BASIC = 6
COLUMNS = ({"expenditure_type": "basic"}, {"expenditure_type": "operating"})
GOODS = (("302", "商品和服务支出", "39.30"), ("30201", "办公费", "20.18"), ("30215", "会议费", "7.12"),
         ("30239", "其他交通费用", "12.00"))  # fmt: skip


def item(code: str, name: str) -> dict[str, object]:
    return {"economic_code": code, "economic_name": name, "item": name, "code_source": "printed"}


def basic(rows: Sequence[tuple[str, str, str]], columns: Sequence[dict[str, object]] = COLUMNS) -> list[Row]:
    """The basic expenditure by economic items, each figure in every column."""
    return [
        figure("basic_expenditure", BASIC, row_no, column, printed, column_header=str(meaning["expenditure_type"]),
               side="expenditure", fund="general_public_budget", **item(code, name), **meaning)
        for row_no, (code, name, printed) in enumerate(rows, start=1)
        for column, meaning in enumerate(columns, start=1)
    ]  # fmt: skip


def made(lines: Sequence[Row], **more: object) -> Dataset:
    titles = {BASIC: "基本支出表", 11: "机关运行经费表", 3: "支出总表"}
    tables = [source_table(row["table_id"], row["table_no"], printed_title=titles.get(int(str(row["table_no"]))))
              for row in {row["table_no"]: row for row in lines}.values()]  # fmt: skip
    names = [{"scheme": "department", "code": code, "name": name, "level": "款"} for code, name, _ in GOODS]
    return {**document(lines, tables), "economic_subjects": to_arrow(ECONOMIC_SUBJECTS, names), **more}


def told(dataset: Dataset) -> list[str]:
    """What is told of the table's sums and codes."""
    rows = check_document(dataset).findings.to_pylist()
    return [str(row["explanation"]) for row in rows if str(row["check_id"])[0] in "WSX"]


def test_a_list_that_is_short_in_every_column_lacks_a_row_and_one_finding_says_so() -> None:
    """It was one finding for each column, and none of them said more than that a row may be missing."""
    (text,) = told(made(basic([GOODS[0], *GOODS[2:]])))
    assert "《基本支出表》“302 商品和服务支出”之下看来缺一行；按本表各数推算" in text
    assert "缺的是 basic 20.18 万元、operating 20.18 万元" in text
    assert "（或几行，合计如此）" in text
    assert "seems to lack a row under “302 商品和服务支出”" in text
    assert told(made(basic(GOODS))) == []


def test_the_missing_row_is_the_one_that_another_table_prints_with_that_amount() -> None:
    agency = [
        figure("agency_operating_expenses", 11, row_no, 1, printed, side="expenditure", **item(code, name))
        for row_no, (code, name, printed) in enumerate(GOODS, start=1)
    ]
    texts = told(made([*basic([GOODS[0], *GOODS[2:]], COLUMNS[:1]), *agency]))
    assert any("之下看来缺一行“30201 办公费”：《机关运行经费表》第11页列有此项，数也相同" in text for text in texts)


def test_a_name_that_only_the_text_lists_is_that_of_the_missing_row() -> None:
    rows: list[Row] = [
        {"document_id": "made", "list_no": 1, "name_no": number, "subject": "公用经费", "name": name, "page": 9,
         "sentence": "公用经费主要包括：办公费、会议费、其他交通费用。"}
        for number, name in enumerate(("办公费", "会议费", "其他交通费用"), start=1)
    ]  # fmt: skip
    texts = told(made(basic([GOODS[0], *GOODS[2:]]), name_lists=to_arrow(NAME_LISTS, rows)))
    assert any("看来缺一行“30201 办公费”：第9页文字列有此项" in text for text in texts)


def test_a_short_list_of_one_column_with_nothing_that_names_the_row_says_only_that_it_may_be_missing() -> None:
    (text,) = told(made(basic([GOODS[0], *GOODS[2:]], COLUMNS[:1])))
    assert "其下也可能缺了一行（20.18 万元）" in text
    assert "看来缺一行" not in text


def test_where_a_row_may_be_missing_no_part_is_called_the_only_one_that_can_be_wrong() -> None:
    """Of a list of two, the one that was left was told to be wrong, and to be the whole."""
    (text,) = told(made(basic([GOODS[0], GOODS[1]], COLUMNS[:1])))
    assert "仅有" not in text


def test_a_part_that_is_a_slip_away_is_still_called_the_only_one() -> None:
    (text,) = told(made(basic([GOODS[0], *GOODS[1:3], ("30239", "其他交通费用", "1.20")], COLUMNS[:1])))
    assert "仅有第6页“30239 其他交通费用”（basic）一数：现印 1.20 万元" in text
    assert "小数点错了一位" in text


@pytest.mark.parametrize("lost", ["20131", "201"])
def test_a_level_that_is_missing_is_told_with_what_the_rows_below_it_add_up_to(lost: str) -> None:
    tree = [*TREE[:5], ("20132", "2.00", "", "2.00"), ("2013202", "2.00", "", "2.00"), TREE[5],
            ("20805", "3.00", "", "3.00"), ("2080505", "3.00", "", "3.00")]  # fmt: skip
    tree[0], tree[1] = ("total", "14.00", "5.00", "9.00"), ("201", "11.00", "5.00", "6.00")
    texts = told(made(spent(*(line for line in tree if line[0] != lost))))
    (text,) = [each for each in texts if "没有列出这一级" in each]
    assert f"《支出总表》看来缺一行“{lost}" in text
    assert "seems to lack a row" in text
    assert told(made(spent(*tree))) == []


def test_a_group_without_an_item_lacks_one_where_every_other_group_has_some() -> None:
    tree = [("total", "14.00"), ("201", "11.00"), ("20131", "9.00"), ("2013101", "9.00"), ("20132", "2.00"),
            ("2013202", "2.00"), ("208", "3.00"), ("20805", "3.00")]  # fmt: skip
    (text,) = told(made(spent(*tree)))
    assert "“20805 科目20805”之下看来缺一行：没有列出项级科目，其余各款都列有" in text


def test_a_row_that_is_no_part_is_named_only_where_it_prints_just_what_is_too_much() -> None:
    """A sum that was 0.00006 too large was told that a row of that amount may be listed too much."""
    rows = [GOODS[0], *GOODS[1:], ("30299", "其他商品和服务支出", "5.50")]
    (text,) = told(made(basic(rows, COLUMNS[:1])))
    assert "其下也可能多列了一行（“30299 其他商品和服务支出”正是 5.50 万元）" in text
    (text,) = told(made(basic([*GOODS[:3], ("30239", "其他交通费用", "12.63")], COLUMNS[:1])))
    assert "多列" not in text


def test_a_summary_without_its_grand_total_is_told() -> None:
    lines = [
        figure("budget_summary", 1, row, 2, printed, item=name, side="revenue", period="budget", unit_name=None, **more)
        for row, (name, printed, more) in enumerate(
            (("一、一般公共预算", "9.00", {}), ("本年收入合计", "9.00", {}), ("收入总计", "9.00", {})), start=1
        )
    ] + [figure("budget_summary", 1, 1, 4, "9.00", item="一、教育支出", side="expenditure", period="budget",
                **{k: v for k, v in subject("205").items() if k != "item"})]  # fmt: skip
    lines[-1]["code_source"] = "reference"
    assert not [text for text in told(document(lines)) if "没有列出收入总计" in text]
    assert [text for text in told(document([*lines[:1], lines[-1]])) if "没有列出收入总计" in text]


def test_a_list_with_a_row_that_nobody_knows_was_told_to_lack_a_row() -> None:
    """The row is there, a fact without a code: what the sum over the others misses is printed in it."""
    lines = basic(GOODS)
    unknown = [row for row in lines if row["row_no"] == 2]
    for row in unknown:
        row.update(dict.fromkeys(("economic_code", "economic_name", "code_source")), item="某项费用")
    cells = [
        {"cell_id": row["cell_id"], "document_id": DOCUMENT, "page": BASIC, "table_no": BASIC, "row_no": 2,
         "column_no": row["column_no"], "row_span": 1, "column_span": 1, "text_raw": "20.18", "text": "20.18",
         "role": "fact"}
        for row in unknown
    ]  # fmt: skip
    finding = {
        "document_id": DOCUMENT, "finding_id": "f", "severity": "warning", "verdict": "extraction", "page": BASIC,
        "code": "unknown_item", "explanation": "某项费用", "cell_ids": [row["cell_id"] for row in unknown],
    }  # fmt: skip
    printed = made(lines, cells=to_arrow(CELLS, cells))
    assert any("看来缺一行" in text for text in told(printed))
    assert told({**printed, "findings": to_arrow(FINDINGS, [finding])}) == []
