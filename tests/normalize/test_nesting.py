"""Rows of revenue below rows of revenue: whose carry-over one is, and where a carry-over ends."""

from __future__ import annotations

from tests.normalize.grids import figures, read

TITLE = "财政拨款收支总表"
READ = tuple[str, str]


def revenue(*labels: str, title: str = TITLE) -> dict[str, READ]:
    """Fund and origin of each row; labels that stand twice are told apart by the row's number."""
    sheet = [("收入", "<", "支出", "<"), ("项目", "预算数", "项目", "预算数")]
    sheet += [(label, f"{number}.00", "", "") for number, label in enumerate(labels, start=1)]
    found = figures([*sheet, ("", "", "支出总计", "99.00")], title, "side", "fund", "origin")
    read = [(str(fund), str(origin)) for _, side, fund, origin in found if side == "revenue"]
    return {f"{n} {label}": said for n, (label, said) in enumerate(zip(labels, read, strict=True), start=1)}


def test_a_carry_over_below_a_numbered_fund_was_that_of_the_whole_table() -> None:
    assert revenue(
        "一、一般公共预算", "（一）本年收入", "（二）上年结转", "二、政府性基金预算", "（一）本年收入",
        "（二）上年结转", "收入总计",
    ) == {
        "1 一、一般公共预算": ("general_public_budget", "total"),
        "2 （一）本年收入": ("general_public_budget", "current_year"),
        "3 （二）上年结转": ("general_public_budget", "carryover"),
        "4 二、政府性基金预算": ("government_fund", "total"),
        "5 （一）本年收入": ("government_fund", "current_year"),
        "6 （二）上年结转": ("government_fund", "carryover"),
        "7 收入总计": ("total", "total"),
    }  # fmt: skip


def test_a_fund_behind_the_carry_over_of_the_fund_before_it_was_carry_over() -> None:
    """Neither row has a number: that the funds' numbering goes on tells that they are the fund's above."""
    found = revenue(
        "一、一般公共预算拨款收入",
        "本年预算",
        "上年结转",
        "二、政府性基金预算拨款收入",
        "本年预算",
        "上年结转",
        "收入总计",
    )
    assert found["3 上年结转"] == ("general_public_budget", "carryover")
    assert found["4 二、政府性基金预算拨款收入"] == ("government_fund", "total")
    assert found["5 本年预算"] == ("government_fund", "current_year")
    assert found["6 上年结转"] == ("government_fund", "carryover")


def test_parts_of_a_fund_said_with_of_which_are_that_funds_years() -> None:
    found = revenue("一、一般公共预算拨款", "其中：本年拨款", "上年结转", "二、政府性基金预算拨款", "收入总计")
    assert found["2 其中：本年拨款"] == ("general_public_budget", "current_year")
    assert found["3 上年结转"] == ("general_public_budget", "carryover")
    assert found["4 二、政府性基金预算拨款"][1] == "total"


def test_what_takes_in_a_carry_over_two_levels_below_is_of_all_years() -> None:
    found = revenue(
        "一、财政拨款", "（一）一般公共预算", "1、本年收入", "2、上年结转", "二、单位资金", "收入总计",
        title="部门收支预算总表",
    )  # fmt: skip
    assert found["1 一、财政拨款"] == ("fiscal_appropriation", "total")
    assert found["2 （一）一般公共预算"] == ("general_public_budget", "total")
    assert found["4 2、上年结转"] == ("general_public_budget", "carryover")
    assert found["5 二、单位资金"] == ("unit_funds", "total")


def test_revenue_numbered_behind_the_carry_over_was_carry_over() -> None:
    found = revenue(
        "一、上年结转", "（一）一般公共预算拨款结转", "二、本年收入", "（一）一般公共预算拨款收入", "三、事业收入",
        "收入总计", title="部门收支总体情况表",
    )  # fmt: skip
    assert found["2 （一）一般公共预算拨款结转"] == ("general_public_budget", "carryover")
    assert found["4 （一）一般公共预算拨款收入"] == ("general_public_budget", "current_year")
    assert found["5 三、事业收入"] == ("business_revenue", "current_year")


def test_revenue_without_numbers_below_this_years_was_carry_over_where_that_stands_first() -> None:
    found = revenue("上年结转", "本年收入", "一般公共预算拨款收入", "事业收入", "收入合计", title="部门收支总体情况表")
    assert found["3 一般公共预算拨款收入"] == ("general_public_budget", "current_year")


def test_what_is_numbered_anew_below_the_carry_over_is_of_it() -> None:
    found = revenue("一、一般公共预算拨款", "二、政府性基金预算拨款", "上年结转", "一、一般公共预算拨款", "收入总计")
    assert found["2 二、政府性基金预算拨款"] == ("government_fund", "current_year")
    assert found["3 上年结转"] == ("total", "carryover")
    assert found["4 一、一般公共预算拨款"] == ("general_public_budget", "carryover")


def test_the_balance_behind_the_last_fund_is_that_of_the_whole_table() -> None:
    """本年收入 and 上年结转 close the list: that they have no number makes them nobody's parts."""
    found = revenue(
        "一、一般公共预算拨款", "二、附属单位上缴收入", "本年收入", "上年结转", "总收入", title="部门收支总体情况表"
    )
    assert found["2 二、附属单位上缴收入"] == ("affiliate_remittance", "current_year")
    assert found["4 上年结转"] == ("total", "carryover")


def test_a_carry_over_numbered_as_the_section_above_it_is_no_part_of_the_last_fund() -> None:
    """二、上年结转 behind 2. of a section whose own heading has no number."""
    found = revenue("1.一般公共预算拨款", "2.政府性基金预算拨款", "二、上年结转", "收入总计")
    assert found["3 二、上年结转"] == ("total", "carryover")
    assert found["2 2.政府性基金预算拨款"] == ("government_fund", "current_year")


def test_what_is_carried_below_a_fund_beside_this_years_is_last_years() -> None:
    """结转资金 says nothing of the year by itself."""
    found = revenue("一、一般公共预算拨款", "其中：当年拨款", "其中：结转资金", "二、事业收入", "收入合计")
    assert found["2 其中：当年拨款"] == ("general_public_budget", "current_year")
    assert found["3 其中：结转资金"] == ("general_public_budget", "carryover")


def test_money_from_above_within_a_budget_was_the_units_revenue_from_above() -> None:
    found = revenue(
        "一、一般公共预算", "（1）经费拨款", "（2）上级补助", "二、上级补助收入", "收入合计", title="部门收支总表"
    )
    assert found["3 （2）上级补助"][0] == "general_public_budget"
    assert found["4 二、上级补助收入"][0] == "superior_subsidy"


def test_a_part_of_a_row_that_nothing_knows_was_money_of_no_fund() -> None:
    sheet = [
        ("收入", "<", "支出", "<"),
        ("项目", "预算数", "项目", "预算数"),
        ("一、某某来源", "5.00", "", ""),
        ("其中：某某部分", "3.00", "支出总计", "5.00"),
    ]
    _, facts = read(sheet, "部门收支总表")
    (finding,) = facts.findings
    assert finding.code == "unknown_item"
    assert len(finding.cell_ids) == len(["一、某某来源", "其中：某某部分"])


def expenditure(*labels: str) -> list[tuple[object, ...]]:
    sheet = [("收入", "<", "支出", "<"), ("项目", "预算数", "项目", "预算数"), ("财政拨款", "9.00", "", "")]
    sheet += [("", "", label, "1.00") for label in labels]
    return [
        row[2:] for row in figures(sheet, "部门收支总表", "side", "expenditure_type", "origin") if row[1] != "revenue"
    ]


def test_expenditure_below_last_years_was_that_of_all_years() -> None:
    """（一）基本支出 stands twice: once below 本年支出, once below 上年结转支出."""
    assert expenditure(
        "一、本年支出", "（一）基本支出", "二、上年结转支出", "（一）基本支出", "（二）项目支出", "支出总计"
    ) == [
        ("total", "current_year"),
        ("basic", "current_year"),
        ("total", "carryover"),
        ("basic", "carryover"),
        ("project", "carryover"),
        ("total", "total"),
    ]


def test_expenditure_without_last_years_is_of_all_years() -> None:
    found = expenditure("一、本年支出", "（一）基本支出", "二、结转下年", "支出总计")
    assert {origin for _, origin in found} == {"total"}


def test_what_is_carried_beside_this_years_grants_was_of_no_year() -> None:
    """The funds below either were of all years, twice."""
    found = revenue("一、当年财政拨款", "（一）一般公共预算", "二、结转资金", "（一）一般公共预算", "收入总计")
    assert found["2 （一）一般公共预算"] == ("general_public_budget", "current_year")
    assert found["3 二、结转资金"] == ("total", "carryover")
    assert found["4 （一）一般公共预算"] == ("general_public_budget", "carryover")
    assert expenditure("一、当年支出", "（一）基本支出", "二、结转支出", "（一）基本支出", "支出总计")[1::2] == [
        ("basic", "current_year"),
        ("basic", "carryover"),
    ]


def test_grants_below_one_budgets_fund_were_those_of_all() -> None:
    found = revenue("一、一般公共预算拨款收入", "1.财政拨款", "2.非税收入拨款", "收入合计", title="部门收支总表")
    assert found["2 1.财政拨款"][0] == "general_public_budget"


def test_sources_behind_a_carry_over_in_the_middle_of_the_list_were_last_years() -> None:
    """No row has a number: what no other row names again is a source beside the carry-over, and no part of it."""
    found = revenue("财政拨款收入", "上年结转", "事业收入", "其他收入", "收入总计", title="部门收支总表")
    assert found == {
        "1 财政拨款收入": ("fiscal_appropriation", "current_year"),
        "2 上年结转": ("total", "carryover"),
        "3 事业收入": ("business_revenue", "current_year"),
        "4 其他收入": ("other_revenue", "current_year"),
        "5 收入总计": ("total", "total"),
    }


def test_sources_named_again_behind_a_carry_over_stay_parts_of_it() -> None:
    found = revenue(
        "一般公共预算拨款收入",
        "其他收入",
        "上年结转",
        "一般公共预算拨款收入",
        "其他收入",
        "收入总计",
        title="部门收支总表",
    )
    assert [origin for _, origin in found.values()] == ["current_year"] * 2 + ["carryover"] * 3 + ["total"]


def test_sums_and_first_named_funds_behind_a_carry_over_stay_parts_of_it() -> None:
    found = revenue("事业收入", "上年结转", "财政拨款", "单位资金", "收入总计", title="部门收支总表")
    assert [origin for _, origin in found.values()] == ["current_year"] + ["carryover"] * 3 + ["total"]
    found = revenue("上年结转", "一般公共预算", "事业收入", "收入总计", title="部门收支总表")
    assert [origin for _, origin in found.values()] == ["carryover"] * 3 + ["total"]


def test_this_years_revenue_below_the_carry_over_was_a_part_of_it() -> None:
    found = revenue(
        "上年结转", "一般公共预算", "本年收入", "一般公共预算", "事业收入", "收入总计", title="部门收支总表"
    )
    assert [origin for _, origin in found.values()] == ["carryover"] * 2 + ["current_year"] * 3 + ["total"]


def test_non_tax_revenue_of_the_special_account_was_the_general_budgets() -> None:
    found = revenue(
        "一、一般公共预算资金", "1.专项收入", "二、财政专户管理资金", "1.专项收入",
        "2.国有资源（资产）有偿使用收入", "当年收入小计", title="部门收支总表",
    )  # fmt: skip
    assert found["2 1.专项收入"][0] == "general_public_budget"
    assert found["4 1.专项收入"][0] == found["5 2.国有资源（资产）有偿使用收入"][0] == "special_account"


def test_a_fund_behind_the_carry_over_of_another_by_name_was_carried_over() -> None:
    """上年一般公共预算财政拨款结转 opens nothing for 政府性基金预算财政拨款; 上年结转 does, also above such a row."""
    found = revenue(
        "一般公共预算财政拨款", "上年一般公共预算财政拨款结转", "政府性基金预算财政拨款",
        "上年政府性基金预算财政拨款结转", "收入总计",
    )  # fmt: skip
    assert [origin for _, origin in found.values()] == ["current_year", "carryover"] * 2 + ["total"]
    found = revenue("一般公共预算", "政府性基金", "上年结转", "一般公共预算结转", "政府性基金", "收入总计")
    assert [origin for _, origin in found.values()] == ["current_year"] * 2 + ["carryover"] * 3 + ["total"]


def test_a_carry_over_with_the_number_of_this_years_revenue_was_a_part_of_the_last_fund() -> None:
    """一、本年收入 and 一、上年结转: the number is printed twice. All below was of all years."""
    funds = ("一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入")
    found = revenue("一、本年收入", *funds, "一、上年结转", *funds, "收入总计")
    names = ("general_public_budget", "government_fund", "state_capital")
    assert list(found.values()) == [
        ("total", "current_year"), *((name, "current_year") for name in names),
        ("total", "carryover"), *((name, "carryover") for name in names), ("total", "total"),
    ]  # fmt: skip
