"""Figures of real disclosures, one of each place, read by eye on the rendered page and held against the pipeline.

A line of an expectation is: page of the PDF, table, label of the row (its codes, functional and economic joined by
``+``; without a code the project, else the item), side, fund, type of expenditure, origin, period, amount in yuan.
``-`` stands for null, ``*`` for what the data contract leaves open (the fund of a “三公” table that only
its title names).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.tables import Dataset
from tests.normalize.conftest import dataset_of

EXPECTED = {
    # codes and names joined by a hyphen in one cell; 万元 with six places; two economic schemes beside the functional
    "beijing-006": """
        1 budget_summary 一、一般公共预算拨款收入 revenue general_public_budget - current_year budget 14310268.09
        1 budget_summary 上年结转结余 revenue total - carryover budget 295080896.61
        1 budget_summary 收入总计 revenue total - total budget 309391164.70
        1 budget_summary 201 expenditure total total total budget 295080896.61
        1 budget_summary 212 expenditure total total total budget 14129668.09
        1 budget_summary 本年支出合计 expenditure total total total budget 309391164.70
        3 expenditure_summary 2019999+30905 expenditure total project total budget 295080896.61
        3 expenditure_summary 2120101+30217 expenditure total basic total budget 14432.52
        3 expenditure_summary 2120199+30227 expenditure total total total budget 3990672.54
        3 expenditure_summary 合计 expenditure total basic total budget 9213245.52
        6 basic_expenditure 30199 expenditure general_public_budget personnel total budget 5214525.00
        6 basic_expenditure 30240 expenditure general_public_budget operating total budget 2000.00
        6 basic_expenditure 合计 expenditure general_public_budget operating total budget 1865120.52
        9 three_public_expenses “三公”经费财政拨款预算总额 expenditure total total total budget 447960.55
        9 three_public_expenses 公务接待费 expenditure total total total budget 14432.52
    """,
    # a section's heading over each table's title; zeros printed beside blanks; economic codes in one column
    "fuzhou-001": """
        7 budget_summary 一、一般公共预算拨款收入 revenue general_public_budget - current_year budget 60534200.00
        7 budget_summary 上年结转结余 revenue total - carryover budget 0.00
        7 budget_summary 204 expenditure total total total budget 44819100.00
        7 budget_summary 221 expenditure total total total budget 10592800.00
        7 budget_summary 支出合计 expenditure total total total budget 60534200.00
        11 general_budget_expenditure 2040250 expenditure general_public_budget basic total budget 44819100.00
        11 general_budget_expenditure 2210203 expenditure general_public_budget total total budget 5200000.00
        11 general_budget_expenditure 合计 expenditure general_public_budget project total budget 0.00
        15 basic_expenditure 合计 expenditure general_public_budget basic total budget 60534200.00
        15 basic_expenditure 30103 expenditure general_public_budget basic total budget 15980100.00
        15 basic_expenditure 30228 expenditure general_public_budget basic total budget 297500.00
        18 three_public_expenses 合计 expenditure * total total budget 0.00
        18 three_public_expenses （2）公务用车运行费 expenditure * total total budget 0.00
    """,
    # revenue by unit over funds; projects under their units; a summary over two pages
    "guangzhou-006": """
        6 budget_summary 一、预算拨款 revenue fiscal_appropriation - current_year budget 94337200.00
        6 budget_summary 五、其他收入 revenue other_revenue - current_year budget 500000.00
        6 budget_summary 201 expenditure total total total budget 82952800.00
        6 budget_summary 221 expenditure total total total budget 7641200.00
        8 revenue_summary 合计 revenue total - total budget 94837200.00
        8 revenue_summary 广州市统计局 revenue general_public_budget - current_year budget 66982800.00
        8 revenue_summary 广州市统计局 revenue other_revenue - current_year budget 500000.00
        8 revenue_summary 广州市统计普查中心 revenue total - total budget 13737400.00
        8 revenue_summary 合计 revenue total - carryover budget 0.00
        9 expenditure_summary 2010507 expenditure total project total budget 6110200.00
        9 expenditure_summary 2080505 expenditure total basic total budget 1758300.00
        17 three_public_expenses “三公”经费 expenditure total total total budget 198600.00
        17 three_public_expenses 2.公务用车运行维护费 expenditure general_public_budget total total budget 67000.00
        21 projects 广州市采购经理人指数调查编制工作经费 expenditure total project current_year budget 1000000.00
        21 projects 上级拨入专项调查经费 expenditure unit_funds project current_year budget 500000.00
        21 projects 广州市全国1%人口抽样调查经费 expenditure general_public_budget project current_year budget 150000.00
    """,
    # three blocks side by side; funds merged over their rows; a form of one row; a table that says it is empty
    "jiangsu-001": """
        14 budget_summary 一、财政拨款 revenue fiscal_appropriation - current_year budget 241697400.00
        14 budget_summary 1.一般公共预算 revenue general_public_budget - current_year budget 241697400.00
        14 budget_summary 收入合计 revenue total - total budget 241697400.00
        14 budget_summary 204 expenditure total total total budget 165931200.00
        14 budget_summary 221 expenditure total total total budget 56863500.00
        14 budget_summary 一、基本支出 expenditure total basic total budget 158440400.00
        14 budget_summary 二、项目支出 expenditure total project total budget 43353000.00
        14 budget_summary 当年支出小计 expenditure total total total budget 241697400.00
        15 revenue_summary 收入总计 revenue total - total budget 241697400.00
        15 revenue_summary 一般公共预算资金/小计 revenue general_public_budget - current_year budget 241697400.00
        15 expenditure_summary - expenditure total basic total budget 158440400.00
        15 expenditure_summary - expenditure total project total budget 43353000.00
        19 basic_expenditure 30108 expenditure general_public_budget basic total budget 10644600.00
        19 basic_expenditure 30309 expenditure general_public_budget basic total budget 10500.00
        20 three_public_expenses 合计 expenditure total total total budget 12767000.00
        20 three_public_expenses “三公”经费/小计 expenditure total total total budget 4182600.00
        20 three_public_expenses 公务用车购置及运行维护费/小计 expenditure total total total budget 2370000.00
        20 three_public_expenses 培训费 expenditure total total total budget 7000000.00
    """,
    # final accounts; economic codes in two halves; names that wrap over three lines
    "putuo-002": """
        5 budget_summary 一、一般公共预算财政拨款收入 revenue general_public_budget - current_year final 3078200.00
        5 budget_summary 本年收入合计 revenue total - current_year final 3078200.00
        5 budget_summary 201 expenditure total total total final 2648700.00
        5 budget_summary 221 expenditure total total total final 294200.00
        5 budget_summary 本年支出合计 expenditure total total total final 3078200.00
        6 revenue_summary 2013999 revenue fiscal_appropriation - total final 2022400.00
        6 revenue_summary 合计 revenue total - total final 3078200.00
        12 general_budget_expenditure 2013901 expenditure general_public_budget basic total final 513200.00
        12 general_budget_expenditure 2013999 expenditure general_public_budget project total final 2022400.00
        12 general_budget_expenditure 2080506 expenditure general_public_budget total total final 46400.00
        12 general_budget_expenditure 合计 expenditure general_public_budget basic total final 1055800.00
        13 basic_expenditure 301 expenditure general_public_budget basic total final 953600.00
        13 basic_expenditure 30239 expenditure general_public_budget basic total final 24300.00
        13 basic_expenditure 人员经费合计 expenditure general_public_budget personnel total final 953600.00
        13 basic_expenditure 公用经费合计 expenditure general_public_budget operating total final 102300.00
    """,
    # a heading over each side that says 财政拨款: the fund is the row's, the total's is none
    "shanghai-005": """
        8 revenue_summary 20809 revenue total - total budget 30604344.00
        8 revenue_summary 2082850 revenue fiscal_appropriation - total budget 10949330.00
        11 expenditure_summary 合计 expenditure total basic total budget 14240877.00
        12 appropriation_summary 一、一般公共预算 revenue general_public_budget - total budget 54837000.00
        12 appropriation_summary 208 expenditure general_public_budget total total budget 53300945.00
        12 appropriation_summary 210 expenditure total total total budget 1024037.00
        13 general_budget_expenditure 22102 expenditure general_public_budget total total budget 512018.00
        19 three_public_expenses 公务用车购置及运行费/运行费 expenditure * total total budget 56000.00
    """,
    # yuan without places; codes split over three columns, and over two for economic ones
    "shanghai-006": """
        7 budget_summary 一、财政拨款收入 revenue fiscal_appropriation - total budget 8332285.00
        7 budget_summary 1、一般公共预算 revenue general_public_budget - total budget 8332285.00
        7 budget_summary 208 expenditure total total total budget 1316754.00
        7 budget_summary 213 expenditure total personnel total budget 2658210.00
        7 budget_summary 213 expenditure total project total budget 3909902.00
        7 budget_summary 支出总计 expenditure total personnel total budget 4422383.00
        9 expenditure_summary 2080502 expenditure total basic total budget 685140.00
        9 expenditure_summary 21301 expenditure total project total budget 351902.00
        9 expenditure_summary 2130104 expenditure total total total budget 2695112.00
        9 expenditure_summary 合计 expenditure total project total budget 3909902.00
        14 basic_expenditure 30107 expenditure general_public_budget personnel total budget 1536390.00
        14 basic_expenditure 303 expenditure general_public_budget basic total budget 685140.00
        14 basic_expenditure 合计 expenditure general_public_budget basic total budget 4422383.00
    """,
    # functional names without codes below their class; tables by unit; rows by year; carry-over beside funds
    "shenzhen-007": """
        15 budget_summary 一、财政拨款 revenue fiscal_appropriation - current_year budget 46769600.00
        15 budget_summary 1.一般公共预算拨款 revenue general_public_budget - current_year budget 46769600.00
        16 budget_summary 1.财政拨款结余、结转 revenue fiscal_appropriation - carryover budget 73400.00
        24 appropriation_summary 2014004 expenditure total total total budget 15922900.00
        15 budget_summary 20140 expenditure total total total budget 34591300.00
        15 budget_summary 2014001 expenditure total total total budget 18668400.00
        15 budget_summary 2050803 expenditure total total total budget 200000.00
        15 budget_summary 2080506 expenditure total total total budget 871600.00
        17 revenue_summary 深圳市信访局 revenue total - total budget 46843000.00
        17 revenue_summary 深圳市信访局 revenue general_public_budget - current_year budget 46769600.00
        17 revenue_summary 深圳市信访局 revenue total - carryover budget 73400.00
        18 expenditure_summary 2014004 expenditure total project total budget 15922900.00
        18 expenditure_summary 深圳市信访局 expenditure total basic total budget 30720100.00
        23 projects 信访大厅运行 expenditure total project total budget 6038400.00
        23 projects 信访大厅运行 expenditure general_public_budget project current_year budget 5969400.00
        23 projects 政务信息化项目（系统业务运营服务） expenditure total project carryover budget 4400.00
        31 three_public_expenses 总计 expenditure general_public_budget total total prior_budget 55800.00
        31 three_public_expenses 总计 expenditure general_public_budget total total budget 55800.00
        31 three_public_expenses 总计 expenditure general_public_budget total total change 0.00
        31 three_public_expenses 公务接待费 expenditure general_public_budget total total prior_budget 29800.00
        31 three_public_expenses 公务接待费 expenditure general_public_budget total total change 0.00
        31 three_public_expenses 公务接待费 expenditure general_public_budget total total budget 29800.00
    """,
    # indented codes; a running head with a rule; operating expenses by economic subject
    "wuxi-002": """
        8 budget_summary 一、一般公共预算拨款收入 revenue general_public_budget - current_year budget 32101000.00
        8 budget_summary 208 expenditure total total total budget 2638500.00
        8 budget_summary 支出总计 expenditure total total total budget 32101000.00
        10 expenditure_summary 合计 expenditure total project total budget 9750600.00
        10 expenditure_summary 2010507 expenditure total project total budget 3155800.00
        10 expenditure_summary 2210202 expenditure total basic total budget 1483200.00
        19 basic_expenditure 30102 expenditure general_public_budget personnel total budget 8299000.00
        19 basic_expenditure 30228 expenditure general_public_budget operating total budget 196500.00
        19 basic_expenditure 合计 expenditure general_public_budget basic total budget 22350400.00
        20 three_public_expenses 公务接待费 expenditure * total total budget 30000.00
        20 three_public_expenses 公务用车购置及运行维护费/小计 expenditure * total total budget 0.00
        20 three_public_expenses 培训费 expenditure * total total budget 190300.00
    """,
    # yuan with cents; four blocks side by side; two schemes of economic codes; last year, this year and the change
    "xian-004": """
        21 budget_summary (1)一般公共预算拨款 revenue general_public_budget - current_year budget 50937608.35
        21 budget_summary 201 expenditure total total total budget 45144630.00
        21 budget_summary 208 expenditure total total total budget 2269619.63
        21 budget_summary 2、专项业务经费支出 expenditure total project total budget 30130020.00
        21 budget_summary 支出总计 expenditure total total total budget 50937608.35
        23 expenditure_summary 西安市行政审批服务局 expenditure total total total budget 50937608.35
        24 appropriation_summary 2、机关商品和服务支出 expenditure total total total budget 19746591.90
        26 general_budget_expenditure 30204 expenditure general_public_budget total total budget 10000.00
        29 basic_expenditure 30101 expenditure general_public_budget personnel total budget 3634974.00
        29 basic_expenditure 30239 expenditure general_public_budget basic total budget 667674.00
        29 basic_expenditure 30299 expenditure general_public_budget operating total budget 301296.00
        29 basic_expenditure 合计 expenditure general_public_budget basic total budget 20807588.35
        31 projects 法律顾问费 expenditure total project current_year budget 50000.00
        31 projects 合同尾款项目 expenditure total project current_year budget 7465000.00
        35 three_public_expenses 合计 expenditure general_public_budget total total prior_budget 695000.00
        35 three_public_expenses 合计 expenditure general_public_budget total total budget 264600.00
        35 three_public_expenses 合计 expenditure general_public_budget total total change -430400.00
        35 three_public_expenses 公务接待费 expenditure general_public_budget total total change -5000.00
        35 three_public_expenses 培训费 expenditure general_public_budget total total prior_budget 625000.00
    """,
}
IDENTITY = {
    "beijing-006": ("北京城市副中心工程建设管理办公室", 2026, "budget"),
    "fuzhou-001": ("福州市公安局文职人员管理中心", 2026, "budget"),
    "guangzhou-006": ("广州市统计局", 2026, "budget"),
    "jiangsu-001": ("江苏省人民检察院", 2019, "budget"),
    "putuo-002": ("中共上海市普陀区委社会工作部", 2024, "final_accounts"),
    "shanghai-005": ("上海市退役军人服务中心", 2026, "budget"),
    "shanghai-006": ("上海市花卉良种试验场", 2026, "budget"),
    "shenzhen-007": ("深圳市信访局", 2026, "budget"),
    "wuxi-002": ("无锡市统计局", 2026, "budget"),
    "xian-004": ("西安市行政审批服务局（汇总）", 2025, "budget"),
}
EMPTY = {
    "beijing-006": {"government_fund_expenditure", "state_capital_budget"},
    "jiangsu-001": {"government_fund_expenditure"},
    "putuo-002": {"three_public_expenses", "government_fund_expenditure", "state_capital_budget"},
    "shanghai-005": {"government_fund_expenditure", "state_capital_budget"},
    "shanghai-006": {"three_public_expenses", "government_fund_expenditure", "state_capital_budget"},
    "wuxi-002": {"government_fund_expenditure", "state_capital_budget"},
    "xian-004": {"government_fund_expenditure", "projects_carryover"},
}
MEANING = ("side", "fund", "expenditure_type", "origin", "period")


@cache
def _read(path: Path) -> Dataset:
    return dataset_of(path)


@pytest.fixture(params=EXPECTED)
def name(request: pytest.FixtureRequest) -> str:
    """A document of the corpus."""
    return str(request.param)


@pytest.fixture
def found(corpus: Path, name: str) -> Dataset:
    """Its tidy tables."""
    return _read(corpus / f"{name}.pdf")


def _line(row: dict[str, Any]) -> str:
    codes = [row[scheme] for scheme in ("subject_code", "economic_code") if row[scheme]]
    label = "+".join(codes) or row["project_name"] or row["item"]
    texts = (row["page"], row["table_id"], label, *(row[column] for column in MEANING), row["amount"])
    return " ".join("-" if text is None else str(text) for text in texts)


def test_the_figures_read_by_eye_are_the_figures_of_the_dataset(found: Dataset, name: str) -> None:
    lines = [_line(row).split(" ") for row in found["budget_lines"].to_pylist()]
    expected = [line.split() for line in EXPECTED[name].strip().splitlines()]
    assert len(expected) >= 8
    assert not [" ".join(wanted) for wanted in expected if not any(_fits(wanted, line) for line in lines)]


def _fits(wanted: list[str], line: list[str]) -> bool:
    return len(wanted) == len(line) and all(a in ("*", b) for a, b in zip(wanted, line, strict=True))


def test_a_document_is_what_its_pages_say_it_is(found: Dataset, name: str) -> None:
    (document,) = found["documents"].to_pylist()
    assert tuple(document[key] for key in ("publisher", "fiscal_year", "document_type")) == IDENTITY[name]


def test_a_table_without_a_figure_is_empty_and_any_other_is_not(found: Dataset, name: str) -> None:
    tables = [table for table in found["source_tables"].to_pylist() if "performance" not in table["table_id"]]
    empty = {table["table_id"] for table in tables if table["state"] == "empty"} - {"other"}
    assert empty == EMPTY.get(name, set())


def test_the_digits_of_every_page_reach_the_cells(found: Dataset) -> None:
    rows = found["coverage"].to_pylist()
    assert rows
    assert [row["page"] for row in rows if row["digits_in_cells"] != row["digits_in_text_layer"]] == []


def test_every_number_of_the_tables_of_the_rule_is_a_fact_a_label_a_header_or_a_finding(found: Dataset) -> None:
    ours = {table["table_no"] for table in found["source_tables"].to_pylist() if table["table_id"] != "other"}
    unread = [cell["cell_id"] for cell in found["cells"].to_pylist() if cell["role"] == "unread"]
    assert [name for name in unread if int(name.split("/t")[1].split("/")[0]) in ours] == []


def test_an_amount_is_its_printed_figure_in_yuan(found: Dataset) -> None:
    factors = {"元": Decimal(1), "万元": Decimal(10_000)}
    for row in found["budget_lines"].to_pylist():
        if row["amount"] is not None:
            printed = row["amount_printed"].replace(",", "")
            assert row["amount"] == (Decimal(printed) * factors[row["unit"]]).quantize(Decimal("0.01")), row


def test_codes_agree_with_the_level_that_is_said_of_them(found: Dataset) -> None:
    levels = {3: "类", 5: "款", 7: "项"}
    for row in found["budget_lines"].to_pylist():
        if row["subject_code"]:
            assert levels[len(row["subject_code"])] == row["subject_level"]


def test_a_unit_is_a_unit_and_no_subject(found: Dataset) -> None:
    """``unit_name`` is the row's label only where the rows are units (data contract, "Settled cases")."""
    rows = found["budget_lines"].to_pylist()
    names = {row["economic_name"] for row in rows} | {row["subject_name"] for row in rows}
    assert {row["unit_name"] for row in rows} & (names - {None}) == set()
