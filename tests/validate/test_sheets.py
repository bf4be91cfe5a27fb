"""Identities of performance sheets, on small made sheets."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from pipeline.schema import CELLS, DEPARTMENT_PROFILE, FINDINGS, PERFORMANCE_TARGETS, PROJECTS, SOURCE_TABLES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, source_table

MONEY = {"annual_total_amount": 300000, "annual_central_amount": 0, "annual_local_amount": 300000}
TERM = {"term_total_amount": 300000, "term_central_amount": 0, "term_local_amount": 300000}


def project(number: int = 1, **said: object) -> Row:
    plain = {
        "document_id": DOCUMENT, "project_id": f"p{number:03d}", "project_name": f"项目{number}",
        "origin": "current_year", "amount": Decimal(300000), "match_ground": "name_and_amount", "recurrence": "一次性",
        "duration_years": 1, "department_in_charge": "某县教育局", "filed_at": "2025-10-20T16:46:06",
        "first_page": 20 + number, "last_page": 20 + number, "cell_ids": [f"{DOCUMENT}:t12:r{number}:c2"],
    }  # fmt: skip
    row = {**plain, **MONEY, **TERM, **said}
    return {name: Decimal(value) if name.endswith("_amount") else value for name, value in row.items()}  # type: ignore[arg-type]


def target(number: int, term: str, indicator: str, printed: str, **said: object) -> Row:
    return {
        "document_id": DOCUMENT, "sheet_no": 21, "project_id": "p001", "term": term, "target_no": number,
        "level2": "数量指标", "indicator": indicator, "target_printed": printed, "is_quantitative": False, "page": 21,
        **said,
    }  # fmt: skip


def _line(number: int, row: Row, printed: str) -> Row:
    name = row["project_name"]
    return figure("projects", 12, number, 2, printed if number == 1 else "30.00", project_name=name, item=name)


def made(
    *projects: Row, targets: tuple[Row, ...] = (), profile: tuple[Row, ...] = (), printed: str = "30.00"
) -> Dataset:
    lines = [_line(number, row, printed) for number, row in enumerate(projects, start=1)]
    dataset = document(lines, publisher="某县教育局", level="department")
    tables = [*dataset["source_tables"].to_pylist(), source_table("department_performance", 14, first_page=21)]
    return {
        **dataset,
        "source_tables": to_arrow(SOURCE_TABLES, tables),
        "projects": to_arrow(PROJECTS, projects),
        "performance_targets": to_arrow(PERFORMANCE_TARGETS, targets),
        "department_profile": to_arrow(DEPARTMENT_PROFILE, profile),
    }


def outcomes(dataset: Dataset, family: str) -> list[str]:
    return [row["outcome"] for row in check_document(dataset).checks.to_pylist() if row["family"] == family]


THREE = (project(1), project(2), project(3))


@pytest.mark.parametrize("family", ["P01", "P02", "P03", "P05", "P06", "P07"])
def test_a_sheet_in_order_holds(family: str) -> None:
    assert outcomes(made(*THREE), family) == ["exact"] * 3


@pytest.mark.parametrize(
    ("family", "wrong"),
    [
        ("P01", {"match_ground": "sheet_only"}),
        ("P03", {"term_total_amount": 310000}),
        ("P05", {"duration_years": 99}),
        ("P06", {"filed_at": "2026-06-01T08:00:00"}),
        ("P07", {"department_in_charge": "另一部门"}),
    ],
)
def test_a_sheet_at_odds_with_itself_fails(family: str, wrong: Mapping[str, object]) -> None:
    assert outcomes(made(project(1, **wrong), project(2), project(3)), family) == ["fails", "exact", "exact"]


def test_a_sheet_that_calls_its_project_by_other_words_than_the_table_is_told_with_both_pages() -> None:
    """Findings on the sheet quoted the table's name as the sheet's."""
    row = project(1, project_name="选调生到村补助", sheet_name="选调生下乡补助", annual_central_amount=0)
    checked = check_document(made(row))
    found = {row["check_id"]: row for row in checked.findings.to_pylist()}
    told = found["P18/p001"]
    assert (told["severity"], told["verdict"], told["page"]) == ("info", "undetermined", 21)
    assert told["explanation"].startswith(
        "第21页项目“选调生下乡补助”的名称，绩效目标表与项目支出表印得不同："
        "绩效目标表（第21页）印为“选调生下乡补助”，项目支出表（第12页）印为“选调生到村补助”。"
    )
    assert told["cell_ids"] == [f"{DOCUMENT}:t12:r1:c2"]
    assert "“选调生下乡补助”" in _statement(checked.checks.to_pylist(), "P02/p001")


@pytest.mark.parametrize(
    ("in_table", "on_sheet", "page"),
    [
        ("选调生工作中中央补助", "选调生工作中央补助", 12),
        ("选调生工作中央补助", "选调生工作中中央补助", 21),
        ("选调生选调生工作补助", "选调生工作补助", 12),
    ],
)
def test_a_piece_of_a_name_that_is_printed_twice_was_filed_where_it_does_not_stand(
    in_table: str, on_sheet: str, page: int
) -> None:
    """The doubled character stands in the project table, and the finding stood on the sheet's page."""
    row = project(1, project_name=in_table, sheet_name=on_sheet)
    (told,) = (each for each in check_document(made(row)).findings.to_pylist() if each["check_id"] == "P18/p001")
    piece = "中" if "中中" in in_table + on_sheet else "选调生"
    assert told["page"] == page
    assert f"，第{page}页看来多印了“{piece}”。" in told["explanation"]


def _statement(checks: list[Row], name: str) -> str:
    return str(next(row["statement"] for row in checks if row["check_id"] == name))


@pytest.mark.parametrize(
    "on_sheet",
    ["村级 组织运转经费（三保）", "村级组织运转经费(三保)", "村级组织运转经费“三保”", "村级组织运转经费", None],
    ids=["a wrap", "narrow brackets", "quotation marks", "a remark behind the name", "no name of its own"],
)
def test_white_space_marks_and_what_stands_behind_a_name_are_no_other_name(on_sheet: str | None) -> None:
    row = project(1, project_name="村级组织运转经费（三保）", sheet_name=on_sheet)
    assert outcomes(made(row), "P18") == ["not_applicable" if on_sheet is None else "exact"]


def test_a_sheet_that_no_row_answers_to_has_no_other_name() -> None:
    assert outcomes(made(project(1, match_ground="sheet_only", sheet_name="别的项目", cell_ids=[])), "P18") == [
        "not_applicable"
    ]


def test_the_year_of_a_sheet_is_the_projects_amount() -> None:
    wrong = made(project(1, annual_total_amount=310000), project(2), project(3))
    assert outcomes(wrong, "P02") == ["fails", "exact", "exact"]


def test_a_sheets_total_is_all_that_its_row_prints_of_this_year_and_of_the_carry_over() -> None:
    cell = f"{DOCUMENT}:t12:r1:c2"
    this = project(1, amount=250000, cell_ids=[cell])
    carried = {**project(2, amount=50000, cell_ids=[]), "origin": "carryover", "match_ground": None}
    carried |= {name: None for name in carried if name.startswith(("annual", "term"))}
    both = figure("projects", 12, 1, 2, "30.00", project_name="项目1", item="项目1", fund="total", origin="total")
    dataset = made(this, carried)
    dataset = {**dataset, "budget_lines": document([both])["budget_lines"]}
    assert outcomes(dataset, "P02") == ["exact"]


def test_yuan_on_a_sheet_meet_ten_thousands_in_the_table_within_their_places() -> None:
    near = project(1, amount=8200, annual_total_amount=8215, annual_local_amount=8215)
    assert outcomes(made(near, project(2), project(3), printed="0.82"), "P02") == ["within_rounding", "exact", "exact"]


def test_a_total_is_the_sum_of_its_levels_of_government() -> None:
    assert outcomes(made(project(1, annual_local_amount=290000)), "P04") == ["exact", "fails"]


def test_a_form_that_does_not_split_its_money_by_level_is_not_added_up() -> None:
    whole = {"annual_central_amount": 0, "annual_local_amount": 0, "term_central_amount": 0, "term_local_amount": 0}
    row = {name: value for name, value in project(1, annual_other_amount=5).items() if name not in whole}
    assert outcomes(made(row), "P04") == ["not_applicable"]


def test_a_recurrent_project_may_cost_more_over_its_term() -> None:
    recurrent = project(1, recurrence="经常性", duration_years=3, term_total_amount=900000)
    assert outcomes(made(recurrent), "P03") == ["not_applicable"]


def test_an_indicator_of_a_project_of_one_year_has_one_target() -> None:
    same = (target(1, "term", "培训人数", "≥100人"), target(1, "annual", "培训人数", "≥100人"))
    other = (target(2, "term", "培训期数", "2期"), target(2, "annual", "培训期数", "3期"))
    assert outcomes(made(project(1), targets=(*same, *other)), "P09") == ["exact", "fails"]


def test_an_indicator_of_one_half_alone_is_not_compared() -> None:
    assert outcomes(made(project(1), targets=(target(1, "term", "培训人数", "≥100人"),)), "P09") == ["not_applicable"]


def attribute(number: int, name: str, value: int, unit: str = "元") -> Row:
    return {
        "document_id": DOCUMENT, "attribute_no": number, "attribute": name, "value": Decimal(value), "unit": unit,
        "page": 21,
    }  # fmt: skip


def whole(basic: int) -> tuple[Row, ...]:
    sheet = {"按资金方向划分/合计": 1_000_000, "按资金方向划分/基本支出": basic, "按资金方向划分/项目支出": 300_000}
    return tuple(attribute(number, name, value) for number, (name, value) in enumerate(sheet.items(), start=1))


def test_the_whole_departments_money_is_the_sum_of_its_uses() -> None:
    assert outcomes(made(*THREE, profile=whole(700_000)), "E06") == ["exact"]
    assert outcomes(made(*THREE, profile=whole(690_000)), "E06") == ["fails"]


def test_a_cost_indicator_in_ten_thousands_meets_the_sheets_own_money() -> None:
    def cost(value: str) -> Row:
        said = {"level2": "成本指标", "project_id": None, "value": Decimal(value), "unit": "万元"}
        return target(1, "annual", "项目支出", f"{value}万元", **said)

    assert outcomes(made(*THREE, profile=whole(700_000), targets=(cost("30.00"),)), "E05") == ["exact"]
    assert outcomes(made(*THREE, profile=whole(700_000), targets=(cost("31.00"),)), "E05") == ["fails"]


def _parts(*local: int) -> Dataset:
    """Sheets with so much local money each, and 60,000 yuan of the centre's on the first; a cost of 54.00 万元."""
    sheets = [
        project(
            number,
            annual_total_amount=amount + (60_000 if number == 1 else 0),
            annual_central_amount=60_000 if number == 1 else 0,
            annual_local_amount=amount,
        )
        for number, amount in enumerate(local, start=1)
    ]
    said = {"level2": "成本指标", "project_id": None, "value": Decimal("54.00"), "unit": "万元"}
    sheet = {"按资金方向划分/合计": 600_000, "按资金方向划分/项目支出": 600_000}
    profile = tuple(attribute(number, name, value) for number, (name, value) in enumerate(sheet.items(), start=1))
    return made(*sheets, profile=profile, targets=(target(1, "annual", "项目支出", "54.00万元", **said),))


def test_a_cost_that_is_the_sum_of_the_local_funds_alone_was_called_a_misprint_of_the_whole() -> None:
    dataset = _parts(300_000, 240_000)
    assert outcomes(dataset, "E05") == ["fails"]
    found = {row["check_id"]: row for row in check_document(dataset).findings.to_pylist()}["E05/project/annual"]
    assert (found["severity"], found["verdict"]) == ("warning", "definition")
    assert "它正好等于各项目绩效目标表年度市县（区）财政资金之和" in found["explanation"]


def test_a_cost_that_is_no_sum_of_the_sheets_stays_an_error() -> None:
    found = {row["check_id"]: row for row in check_document(_parts(300_000, 230_000)).findings.to_pylist()}
    assert found["E05/project/annual"]["severity"] == "error"
    assert "正好等于" not in found["E05/project/annual"]["explanation"]


@pytest.mark.parametrize(
    ("name", "whole", "own", "unit", "outcome"),
    [
        ("培养合格率", "100", "≥98", "%", "fails"),
        ("培养合格率", "≥98", "98", "%", "exact"),
        ("培训人数", "≥150", "≥100", "人", "exact"),  # others may add to it
        ("培训人数", "≥10", "≥20", "人", "fails"),
        ("培养村两委干部和后备干部人数", "≥150", "≥100", "人", "fails"),  # so long a name is of one thing
        ("群众满意度", "≥95", "≥90", "%", None),  # a name that any sheet may use for its own
        ("项目支出", "≥10", "≥20", "万元", None),
    ],
)
def test_a_whole_sheet_asks_for_what_the_projects_sheet_of_the_same_indicator_does(
    name: str, whole: str, own: str, unit: str, outcome: str | None
) -> None:
    def said(number: int, indicator: str, printed: str, unit: str, whose: str | None) -> Row:
        operator = printed[0] if printed[0] in "≥≤" else None
        more = {"project_id": whose, "operator": operator, "value": Decimal(printed.lstrip("≥≤")), "unit": unit}
        return target(number, "annual", indicator, f"{printed}{unit}", **more)

    same = [said(n, f"任务{n}数", "3", "项", whose) for n in (2, 3) for whose in (None, "p001")]
    dataset = made(project(), targets=(said(1, name, whole, unit, None), said(1, name, own, unit, "p001"), *same))
    assert outcomes(dataset, "E15") == ([outcome] if outcome else []) + ["exact", "exact"]


@pytest.mark.parametrize(
    ("whole", "own", "outcome"),
    [("≥70", "≤74", "exact"), ("≥150", "100", "fails"), ("≥10000", "≥20000", "exact"), ("100", "≥90", "exact")],
)
def test_two_sheets_contradict_one_another_where_no_value_is_within_both_targets(
    whole: str, own: str, outcome: str
) -> None:
    def said(number: int, printed: str, project_id: str | None) -> Row:
        operator = printed[0] if printed[0] in "≥≤" else None
        value = Decimal(printed.lstrip("≥≤"))
        more = {"project_id": project_id, "operator": operator, "value": value, "unit": "人"}
        return target(number, "annual", "培训人数", f"{printed}人", **more)

    found = outcomes(made(project(), targets=(said(1, whole, None), said(2, own, "p001"))), "E09")
    assert found == [outcome if outcome == "exact" else "not_applicable"]  # one alone: the document's own custom


def _costs(*said: tuple[str, str, str | None]) -> tuple[Row, ...]:
    return tuple(
        target(number, "annual", name, f"{printed}万元", project_id=whose, value=Decimal(printed), unit="万元")
        for number, (name, printed, whose) in enumerate(said, start=1)
    )


def test_money_that_two_projects_share_was_told_to_contradict_the_whole_departments() -> None:
    """534 万元 for a building were 524.70 of one project and 9.30 of another: no contradiction; 30 of 8.50 is one."""
    fitting = [(name, amount, whose) for name in "甲乙" for amount, whose in (("534", None), ("524.7", "p001"))]
    more = _costs(*fitting, ("丙", "8.5", None), ("丙", "30", "p001"))
    assert outcomes(made(project(), targets=more), "E09") == ["exact", "exact", "fails"]


def test_a_sheet_whose_page_break_lost_the_name_of_a_kind_was_told_to_lack_it() -> None:
    def kinds(*named: str | None) -> tuple[Row, ...]:
        return tuple(target(n, "annual", f"指标{n}", "1个", level2=name) for n, name in enumerate(named, start=1))

    four = ("数量指标", "质量指标", "时效指标", "满意度指标")
    assert outcomes(made(project(), targets=kinds(*four, None)), "P10") == ["exact"]
    assert outcomes(made(project(), targets=kinds(*four)), "P10") == ["not_applicable"]  # one alone: a custom


def test_a_sheets_total_was_not_held_against_its_fiscal_funds() -> None:
    """337770.89 万元 in all, 337700.89 of them fiscal, and no other funds."""
    unsplit = {f"{term}_{level}_amount": None for term in ("term", "annual") for level in ("central", "local")}

    def sheet(fiscal: int, other: int | None) -> Dataset:
        row = project() | unsplit | {"annual_total_amount": Decimal(300000), "annual_fiscal_amount": Decimal(fiscal)}
        return made(row | {"annual_other_amount": None if other is None else Decimal(other)})

    assert outcomes(sheet(300000, None), "P17") == ["exact"]
    assert outcomes(sheet(200000, 100000), "P17") == ["exact"]
    assert outcomes(sheet(230000, None), "P17") == ["fails"]
    (row,) = [row for row in check_document(sheet(230000, 0)).findings.to_pylist() if row["check_id"][:3] == "P17"]
    assert (
        "应等于 财政拨款 230,000.00 元 + 其他资金 0.00 元" in row["explanation"]
    )  # each was called by the project's name


def test_two_units_rows_of_one_name_are_not_one_print_of_a_sheets_money() -> None:
    """The sum is ours, and may be of other units' money: reading says so (sheet_amount_differs), no check fails."""
    one, other = (
        project(number, project_name="业务费", match_ground="name", unit_name=f"{number}局") for number in (1, 2)
    )
    assert outcomes(made(one | {"annual_total_amount": Decimal(900000)}, other, *THREE[2:]), "P02") == ["exact"]


def test_the_whole_departments_money_may_be_this_years_expenditure_alone() -> None:
    """Some is left for next year: neither the year's revenue nor the expenditure in all is what the sheet says."""
    rows = (
        ("本年收入合计", "revenue", "90.00"),
        ("本年支出合计", "expenditure", "95.00"),
        ("支出总计", "expenditure", "99.00"),
    )
    lines = [
        figure("budget_summary", 1, row, 2, printed, item=item, side=side)
        for row, (item, side, printed) in enumerate(rows, 1)
    ]
    sheet = attribute(1, "总体资金情况/预算支出总额", 950_000)
    assert outcomes(_with_sheet(lines, sheet), "E01") == ["exact"]


def test_the_fiscal_projects_of_a_whole_department_are_of_all_its_funds() -> None:
    total = {"subject_level": "total", "item": "合计", "side": "expenditure", "expenditure_type": "project"}
    lines = [
        figure("general_budget_expenditure", 5, 1, 2, "60.00", fund="general_public_budget", **total),
        figure("government_fund_expenditure", 7, 1, 2, "5.00", fund="government_fund", **total),
    ]
    sheet = attribute(1, "总体资金情况/财政拨款/项目支出", 650_000)
    assert outcomes(_with_sheet(lines, sheet), "E14") == ["exact"]


def test_a_reading_that_nothing_can_judge_was_preferred_to_one_that_holds() -> None:
    """A number that was not taken stands in the row of the general budget: by itself it could not be judged."""
    total = {"subject_level": "total", "item": "合计", "side": "expenditure", "expenditure_type": "project"}
    lines = [
        figure("general_budget_expenditure", 5, 1, 2, "60.00", fund="general_public_budget", **total),
        figure("government_fund_expenditure", 7, 1, 2, "5.00", fund="government_fund", **total),
    ]
    unread = {
        "cell_id": "c", "document_id": DOCUMENT, "page": 5, "table_no": 5, "row_no": 1, "column_no": 3, "row_span": 1,
        "column_span": 1, "text_raw": "9.00", "text": "9.00", "role": "finding",
    }  # fmt: skip
    dataset = _with_sheet(lines, attribute(1, "总体资金情况/财政拨款/项目支出", 650_000))
    assert outcomes({**dataset, "cells": to_arrow(CELLS, [unread])}, "E14") == ["exact"]


def _with_sheet(lines: list[Row], *profile: Row) -> Dataset:
    return {**document(lines), "department_profile": to_arrow(DEPARTMENT_PROFILE, profile)}


def test_a_total_is_not_held_against_its_levels_where_a_cell_of_the_sheets_was_not_read() -> None:
    """90 万元, of which 70 are of this level: the 20 granted from above are on the sheet, and were not taken."""
    unread = {
        "document_id": DOCUMENT, "finding_id": "f", "severity": "warning", "verdict": "extraction", "page": 21,
        "code": "sheet_cell_unread", "explanation": "20.00",
    }  # fmt: skip
    wrong = made(project(1, annual_local_amount=290000))
    assert outcomes({**wrong, "findings": to_arrow(FINDINGS, [unread])}, "P04") == ["exact", "blocked"]


def test_a_part_that_was_not_read_made_the_whole_departments_money_an_error() -> None:
    """财政拨款 of a sheet was told to be more than its project expenditure alone: 基本支出… had not been taken."""
    sheet = {"总体资金情况/财政拨款/合计": 9_000_000, "总体资金情况/财政拨款/项目支出": 2_000_000}
    profile = tuple(attribute(number, name, value) for number, (name, value) in enumerate(sheet.items(), start=1))
    unread = {
        "document_id": DOCUMENT, "finding_id": "f", "severity": "warning", "verdict": "extraction", "page": 21,
        "code": "sheet_cell_unread", "explanation": "700.00",
    }  # fmt: skip
    whole = made(*THREE, profile=profile)
    assert outcomes(whole, "E10") == ["fails"]
    assert outcomes({**whole, "findings": to_arrow(FINDINGS, [unread])}, "E10") == ["blocked"]


def tasks(total: int = 300, fiscal: int = 300) -> Dataset:
    """The tasks of a whole-department sheet with their money, by source."""
    sheet = {
        "道路养护/预算金额/总额": total, "道路养护/预算金额/财政拨款": fiscal, "技校教育/预算金额/总额": 50,
        "技校教育/预算金额/其他资金": 50, "金额合计/预算金额/总额": 350, "金额合计/预算金额/财政拨款": 300,
        "金额合计/预算金额/其他资金": 50,
    }  # fmt: skip
    rows = [attribute(number, name, value * 10_000) for number, (name, value) in enumerate(sheet.items(), start=1)]
    return made(*THREE, profile=tuple(rows))


def test_the_money_of_a_task_was_held_to_nothing_but_the_sum_of_the_totals() -> None:
    assert outcomes(tasks(), "E21") == ["exact", "exact"]
    assert outcomes(tasks(), "E22") == ["exact", "exact"]
    texts = [str(row["explanation"]) for row in check_document(tasks(fiscal=800)).findings.to_pylist()]
    (text,) = [each for each in texts if "道路养护" in each]
    assert "“道路养护/预算金额/财政拨款”一数：现印 " in text
    assert "与所印只差一处笔误" in text
