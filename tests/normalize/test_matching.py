"""Sheets find their rows of the project table, and say how."""

from decimal import Decimal

from pipeline.normalize.matching import Matches, match_projects
from pipeline.normalize.mismatches import match_findings
from pipeline.normalize.sheets.records import Funds, ProjectSheet

WAN = Decimal(10000)


def sheet(name: str, yuan: str | None, number: int = 1) -> ProjectSheet:
    total = Decimal(yuan) if yuan else None
    return ProjectSheet(str(number), number, 1, 1, name, annual=Funds(total=total))


def row(name: str, wan: str, origin: str = "current_year") -> dict[str, object]:
    return {"project_name": name, "amount": Decimal(wan) * WAN, "half_unit": Decimal(50), "origin": origin}


def grounds(matches: Matches) -> list[tuple[tuple[int, ...], str]]:
    return [(match.rows, match.ground) for match in matches.found]


def test_a_wrapped_name_matches_within_the_rounding_of_the_table() -> None:
    matches = match_projects([row("12380举报网站 系统运维费", "0.82")], [sheet("12380举报网站系统运维费", "8215")])

    assert grounds(matches) == [((0,), "name_and_amount")]


def test_a_doubled_character_is_a_near_name() -> None:
    matches = match_projects([row("选调生到村工作中中央补助", "12.5")], [sheet("选调生到村工作中央补助", "125000")])

    assert grounds(matches) == [((0,), "near_name_and_amount")]


def test_names_that_differ_in_a_word_are_not_near() -> None:
    matches = match_projects(
        [row("选调生到村工作省级补助", "12.5"), row("其他", "12.5")], [sheet("选调生到村工作中央补助", "125000")]
    )

    assert (matches.found, matches.sheets, matches.rows) == ((), ("1",), (0, 1))


def test_the_amount_tells_rows_of_one_name_apart() -> None:
    matches = match_projects([row("培训经费", "10"), row("培训经费", "20")], [sheet("培训经费", "200000")])

    assert grounds(matches) == [((1,), "name_and_amount")]


def test_rows_of_several_units_may_add_up_to_one_sheet() -> None:
    matches = match_projects([row("租赁", "10"), row("租赁", "20")], [sheet("租赁", "300000")])

    assert grounds(matches) == [((0, 1), "name_sum")]


def heading(name: str, wan: str, unit: str = "甲单位") -> dict[str, object]:
    return {"project_name": name, "amount": None, "subtotal_amount": Decimal(wan) * WAN, "unit_name": unit}


def test_a_heading_inside_another_of_its_name_was_added_up_twice() -> None:
    """专用项目 516 with 专用项目 87 and 其他 429 under it, and 专用项目 6 of another unit: the sheet says 522."""
    rows = [
        heading("专用项目", "516"), heading("专用项目", "87"), row("活动", "87"),
        heading("其他专项", "429"), row("展会", "429"), heading("专用项目", "6", "乙单位"), row("运行", "6"),
    ]  # fmt: skip
    rows = [{"unit_name": "甲单位", **each} for each in rows]
    assert grounds(match_projects(rows, [sheet("专用项目", "5220000")])) == [((0, 5), "name_sum")]


def test_a_heading_with_one_project_was_taken_for_two_rows_of_one_amount() -> None:
    rows = [heading("大宗印刷项目", "240"), row("业务印刷", "240"), heading("购置", "10"), row("办公设备", "10")]
    assert grounds(match_projects(rows, [sheet("大宗印刷业务", "2400000")])) == [((0,), "amount")]


def test_several_rows_that_differ_from_the_sheet_are_counted_and_no_more_than_a_note() -> None:
    rows = [{**row("办案费", "10"), "first_page": 5}, {**row("办案费", "20"), "first_page": 7}]
    (finding,) = match_findings(match_projects(rows, [sheet("办案费", "400000")]), rows, [sheet("办案费", "400000")])
    assert (finding.severity, "同名的2行共（第5、7页）为 300,000 元，相差 100,000 元" in finding.zh) == ("info", True)


def test_a_name_with_another_amount_still_matches_and_says_so() -> None:
    assert grounds(match_projects([row("租赁", "10")], [sheet("租赁", "300000")])) == [((0,), "name")]


def test_the_only_equal_amount_left_is_the_last_ground() -> None:
    assert grounds(match_projects([row("道路", "30")], [sheet("街巷整治工程", "300000")])) == [((0,), "amount")]


def test_equal_amounts_alone_match_nothing_when_there_are_two() -> None:
    rows = [row("道路", "30"), row("桥梁", "30")]

    assert match_projects(rows, [sheet("街巷整治工程", "300000")]).found == ()


def test_a_sheet_never_matches_carried_over_money() -> None:
    assert match_projects([row("道路", "30", "carryover")], [sheet("道路", "300000")]).found == ()


def test_each_row_is_matched_once() -> None:
    matches = match_projects([row("道路", "30")], [sheet("道路", "300000", 1), sheet("道路", "300000", 2)])

    assert (len(matches.found), matches.sheets) == (1, ("2",))


def codes(rows: list[dict[str, object]], sheets: list[ProjectSheet]) -> list[str]:
    return [finding.code for finding in match_findings(match_projects(rows, sheets), rows, sheets)]


def test_sheets_that_agree_with_the_table_give_no_finding() -> None:
    assert codes([row("道路", "30")], [sheet("道路", "300000")]) == []


def test_another_amount_of_the_term_is_a_finding() -> None:
    term = ProjectSheet("1", 1, 1, 1, "道路", term=Funds(total=Decimal(300000)))
    assert codes([row("道路", "10")], [term]) == ["sheet_amount_differs"]


def test_a_years_total_that_differs_from_its_row_was_told_twice() -> None:
    """By reading, and by the check that holds the two against one another (P02)."""
    assert codes([row("道路", "10")], [sheet("道路", "300000")]) == []


def test_rows_of_one_name_that_do_not_make_up_the_sheet_are_told_by_reading_alone() -> None:
    assert codes([row("道路", "10"), row("道路", "30")], [sheet("道路", "500000")]) == ["sheet_amount_differs"]


def test_what_stands_on_one_side_only_is_a_finding() -> None:
    assert codes([row("道路", "10")], [sheet("街巷整治工程", "300000")]) == ["sheets_without_row", "rows_without_sheet"]


def test_five_sheets_of_one_name_were_named_five_times() -> None:
    sheets = [sheet("信息系统运维", "100000", number) for number in range(5)]
    sheets += [sheet(f"项目{letter}", "200000", place) for place, letter in enumerate("甲乙丙丁戊", start=5)]
    (finding,) = match_findings(match_projects([], sheets), [], sheets)

    assert finding.zh.endswith("：信息系统运维；项目甲；项目乙；项目丙；项目丁；…")
    assert finding.en.startswith("10 performance sheets (1,500,000 yuan) without a project table")


def test_one_sheet_was_one_sheets() -> None:
    found = match_findings(match_projects([], [sheet("道路", "300000")]), [], [sheet("道路", "300000")])

    assert found[0].en == "1 performance sheet (300,000 yuan) without a project table to be matched with: 道路"


def test_a_table_without_any_sheets_gives_no_finding() -> None:
    assert codes([row("道路", "10")], []) == []


def test_a_project_table_in_another_unit_was_told_once_for_every_project() -> None:
    rows = [{**row(name, "10"), "first_page": 5} for name in ("甲项目", "甲项目", "乙项目", "乙项目")]
    rows += [row("丙项目", "10"), row("丙项目", "20")]
    sheets = [sheet("甲项目", "20.00"), sheet("乙项目", "20.00", 2), sheet("丙项目", "400000", 3)]
    of_unit, other = match_findings(match_projects(rows, sheets), rows, sheets)

    assert of_unit.zh.startswith(
        "2张绩效目标表的资金与项目支出表（第5页）的同名项目都相差10,000倍，看来有一处金额单位有误"
    )
    assert "are all 10,000 times apart, so that one unit of money seems to be wrong: 甲项目；乙项目" in of_unit.en
    assert "绩效目标表“丙项目”的资金为 400,000 元" in other.zh


def test_sheets_of_other_money_were_said_to_lack_a_row_in_a_table_of_one_fund() -> None:
    """一般公共预算项目支出预算表 lists no project of a government fund, which has a sheet all the same."""
    rows, sheets = [row("道路", "30")], [sheet("道路", "300000", 1), sheet("水渠", "200000", 2)]
    matches = match_projects(rows, sheets)

    (finding,) = match_findings(matches, rows, sheets, "general_public_budget")
    assert (finding.code, finding.severity) == ("sheets_without_row", "info")
    assert "该表只列一种资金的项目" in finding.zh
    assert [each.severity for each in match_findings(matches, rows, sheets)] == ["warning"]
