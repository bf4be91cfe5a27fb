"""Rows that a table of codes, or a summary table, lacks or prints twice, told by how the document prints its likes."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schema import CELLS
from pipeline.tables import Dataset, Row, to_arrow
from tests.validate.made import DOCUMENT, document, figure, source_table, subject
from tests.validate.test_texts import checks
from tests.validate.test_wording import told

SPENT = {"side": "expenditure", "fund": "general_public_budget", "period": "budget"}
CODES = ("201", "20101", "2010101")
FUND = ("223", "22301", "2230105")


def outline(table_id: str, table_no: int, codes: Sequence[str], **meaning: object) -> list[Row]:
    said = ["total", *codes]
    return [
        figure(table_id, table_no, row, 3, "9.00", **subject(code), **SPENT, **meaning)
        for row, code in enumerate(said, start=3)
    ]


def disclosure(codes: Sequence[str] = FUND, others: Sequence[str] = CODES) -> Dataset:
    return document(
        [
            *outline("expenditure_summary", 3, CODES),
            *outline("general_budget_expenditure", 5, others),
            *outline("state_capital_budget", 10, codes),
        ]
    )


def test_the_class_of_a_table_of_one_class_was_gone_unseen() -> None:
    """合计、22301、2230105: the sums hold, and no other code of the table says that it prints classes."""
    assert told(disclosure(), "S31") == []
    (text,) = told(disclosure(FUND[1:]), "S31")
    assert "《state_capital_budget》没有列出其中一级科目（本文件其他各表都列有），看来缺一行：类级科目" in text
    (text,) = told(disclosure((FUND[0], FUND[2])), "S31")
    assert "款级科目" in text


def test_levels_are_usual_only_where_all_other_tables_print_them_above_every_code() -> None:
    """One table printed a 款 here and there among its 项, and another none: that was said to lack a row."""
    assert told(disclosure(FUND[2:], [*CODES, "2080505"]), "S31") == []
    assert told(disclosure(FUND[1:], CODES[1:]), "S31") == []
    assert told(disclosure(("22301", "2230105", "20899", "2089999")), "S31") == []  # two classes: its form has none
    two = document([*outline("expenditure_summary", 3, CODES), *outline("state_capital_budget", 10, FUND[1:])])
    assert told(two, "S31") == []


def economic(code: str, name: str) -> dict[str, object]:
    about = {"economic_code": code, "economic_name": name, "code_source": "printed"}
    return {**about, "item": name} if code else {"item": "合计"}


GOODS = (("", ""), ("302", "商品和服务支出"), ("30201", "办公费"), ("30205", "水费"))
WAGES = (("301", "工资福利支出"), ("30101", "基本工资"))


def agency(*rows: tuple[str, str]) -> Dataset:
    """The basic expenditure, and the agency's operating expenses with these rows."""
    amounts = {"": "3.00", "302": "3.00", "30201": "2.00", "30205": "1.00", "301": "4.00", "30101": "4.00"}
    basic = [GOODS[0], *WAGES, *GOODS[1:]]
    lines = [
        figure("basic_expenditure", 6, row, 3, "7.00" if not code else amounts[code], **economic(code, name), **SPENT)
        for row, (code, name) in enumerate(basic, start=3)
    ]
    lines += [
        figure("agency_operating_expenses", 11, row, 3, amounts[code], **economic(code, name), **SPENT)
        for row, (code, name) in enumerate(rows, start=3)
    ]
    return document([*lines, *outline("general_budget_expenditure", 5, CODES)])


def test_the_class_of_the_agencys_expenses_was_gone_unseen() -> None:
    assert told(agency(*GOODS), "S32") == []
    (text,) = told(agency(GOODS[0], *GOODS[2:]), "S32")
    assert "列有经济科目的款，没有列出它们的类（本文件另一张表列有），如非表式如此，则缺一行：类级科目" in text


def test_the_total_of_the_agencys_expenses_was_gone_unseen() -> None:
    """The class below it is its equal."""
    assert told(agency(*GOODS), "S26") == []
    (text,) = told(agency(*GOODS[1:]), "S26")
    assert "《agency_operating_expenses》没有列出合计（本文件其他各表都列有），看来缺一行" in text


def by_units(*second: str) -> Dataset:
    """Economic items under two units, the second with these codes."""
    amounts = {"": "5.00", "301": "4.00", "30101": "4.00", "303": "1.00", "30302": "1.00"}
    first = ("", "301", "30101", "303", "30302")
    lines: list[Row] = []
    for unit, codes in (("甲单位", first), ("乙单位", ("", *second))):
        for code in codes:
            label = economic(code, f"科目{code}") if code else {"item": unit}
            row = figure("general_budget_expenditure", 9, len(lines) + 3, 3, amounts[code], **label, **SPENT)
            lines.append({**row, "unit_name": unit})
    return document(lines)


def test_the_class_of_an_item_was_gone_unseen_under_one_unit_alone() -> None:
    assert told(by_units("301", "30101", "303", "30302"), "S35") == []
    (text,) = told(by_units("301", "30101", "30302"), "S35")
    assert "有的经济科目款之上没有列出其类（同表别处列有），看来缺一行：30302 科目30302" in text


def labels(*texts: str) -> Dataset:
    """A summary table with these labels."""
    cells: list[Row] = [
        {"cell_id": f"{DOCUMENT}:t1:r{row}:c1", "document_id": DOCUMENT, "page": 1, "table_no": 1, "row_no": row,
         "column_no": 1, "row_span": 1, "column_span": 1, "x0": 0, "y0": 0, "x1": 1, "y1": 1,
         "text_raw": text, "text": text, "role": "label"}
        for row, text in enumerate(texts, start=3)
    ]  # fmt: skip
    dataset = document([], [source_table("budget_summary", 1, printed_title="收支总表")])
    return {**dataset, "cells": to_arrow(CELLS, cells)}


SUMMARY = ("一、财政拨款", "1.一般公共预算拨款", "2.政府性基金预算拨款", "二、单位资金", "本年收入合计")
CARRIED = ("1.财政拨款结余、结转", "2.非财政拨款结余、结转", "收入总计")


def test_the_carry_over_above_its_parts_was_gone_unseen() -> None:
    """The parts give what the grand total has beyond this year's, and nothing said whose parts they are."""
    assert checks(labels(*SUMMARY, "上年结余、结转", *CARRIED), "S33") == [("S33/t1/c1", "exact")]
    (text,) = told(labels(*SUMMARY, *CARRIED), "S33")
    assert "《收支总表》“1.财政拨款结余、结转”等小项紧接在合计之后，没有列出所属的项，看来缺一行" in text


def test_a_table_that_divides_nothing_else_may_number_what_follows_a_total() -> None:
    assert told(labels("一、财政拨款", "二、单位资金", "本年收入合计", *CARRIED), "S33") == []


def test_rows_of_one_list_were_said_to_stand_twice_where_the_list_beside_it_had_ended() -> None:
    """Beside 三、 and 四、 stood 0.00 without a label, twice alike, and only that was looked at."""
    meaning = {"side": "expenditure", "fund": "government_fund", "period": "budget"}
    lines: list[Row] = []
    for row, item in enumerate(("三、上缴上级支出", "四、事业单位经营支出"), start=3):
        lines.append(figure("budget_summary", 1, row, 4, "0.00", **meaning))
        lines.append(figure("budget_summary", 1, row, 6, "0.00", item=item, **meaning))
    assert told(document(lines), "S20") == []
    lines[3] = {**lines[3], "item": "三、上缴上级支出"}
    assert len(told(document(lines), "S20")) == 1


def fund_statement(*labels: str) -> Dataset:
    """The revenue of a fund beside its expenditure by class, all nought."""
    fund = {"fund": "government_fund", "period": "budget"}
    lines: list[Row] = []
    for row, label in enumerate(labels, start=3):
        sides = (("expenditure", 4, label), *((("revenue", 2, "一、政府性基金拨款"),) if row == 3 else ()))
        lines += [
            figure("government_fund_expenditure", 8, row, column, "0.00", item=item, side=side, **fund)
            for side, column, item in sides
        ]
    return document(lines)


def test_a_row_of_a_funds_statement_stood_twice_unseen() -> None:
    """Only the two summary tables were looked at."""
    assert told(fund_statement("一、科学技术支出", "二、城乡社区支出"), "S34") == []
    (text,) = told(fund_statement("一、科学技术支出", "一、科学技术支出", "二、城乡社区支出"), "S34")
    assert "同一行（名称、金额都相同）看来连印了两次：一、科学技术支出" in text


def test_a_total_stood_twice_unseen() -> None:
    """No sum is other than it was, and 合计 is neither a subject's row nor a summary's."""
    once = outline("general_budget_expenditure", 5, CODES)
    twice = [once[0], *({**row, "row_no": row["row_no"] + 1, "cell_id": f"{row['cell_id']}+"} for row in once)]
    assert told(document(once), "S36") == []
    (text,) = told(document(twice), "S36")
    assert "《general_budget_expenditure》合计（金额相同）看来连印了两次" in text


def test_the_department_and_its_only_unit_may_have_one_total() -> None:
    once = outline("general_budget_expenditure", 5, CODES)
    unit = {**once[0], "unit_name": "某局（本级）", "item": "某局（本级）"}
    below = [{**row, "row_no": row["row_no"] + 1, "cell_id": f"{row['cell_id']}+"} for row in (unit, *once[1:])]
    assert told(document([once[0], *below]), "S36") == []
