"""Rows whose labels or figures stand in each other's place: by their names, their numbers, or the other tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.schema import ECONOMIC_SUBJECTS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, source_table

INSURANCE = (("30108", "养老保险缴费", "96.13"), ("30109", "职业年金缴费", "48.06"), ("30113", "住房公积金", "70.20"))
TITLES = {6: "基本支出表", 11: "机关运行经费表"}


def items(rows: Sequence[tuple[str, str, str]], table_id: str = "basic_expenditure", table_no: int = 6) -> list[Row]:
    return [
        figure(table_id, table_no, row_no, 1, printed, side="expenditure", period="budget", economic_code=code,
               economic_name=name, item=name, code_source="printed")
        for row_no, (code, name, printed) in enumerate(rows, start=1)
    ]  # fmt: skip


def told(lines: Sequence[Row], *families: str) -> list[str]:
    tables = [
        source_table(row["table_id"], row["table_no"], printed_title=TITLES.get(int(str(row["table_no"])), "收支总表"))
        for row in {row["table_no"]: row for row in lines}.values()
    ]
    known = [{"scheme": "department", "code": code, "name": name, "level": "款"} for code, name, _ in INSURANCE]
    dataset: Dataset = {**document(lines, tables), "economic_subjects": to_arrow(ECONOMIC_SUBJECTS, known)}
    rows = check_document(dataset).findings.to_pylist()
    return [str(row["explanation"]) for row in rows if str(row["check_id"]).startswith(families)]


def test_two_codes_that_bear_each_others_name_are_told_by_the_reference() -> None:
    """No sum fails for it: the figures stayed with their codes."""
    (one, other, third) = INSURANCE
    swapped = [(one[0], other[1], one[2]), (other[0], one[1], other[2]), third]
    (text,) = told(items(swapped), "S15")
    assert (
        "《基本支出表》有科目的名称看来互换了位置（各是对方编码的名称）：30108 职业年金缴费、30109 养老保险缴费" in text
    )
    assert told(items(INSURANCE), "S15") == []


def test_a_code_with_another_name_that_no_other_code_answers_for_is_not_called_swapped() -> None:
    assert told(items([(INSURANCE[0][0], "职业年金缴费", "96.13"), INSURANCE[2]]), "S15") == []


NUMBERED = ("一、公共预算", "二、基金预算", "三、资本经营", "四、其他收入")


@pytest.mark.parametrize(
    ("order", "swapped"),
    [((0, 1, 2, 3), 0), ((0, 2, 1, 3), 1), ((1, 0, 2, 3), 1), ((0, 2, 3), 0), ((0, 1, 0, 1), 0), ((3, 0, 1, 2), 0)],
)
def test_two_neighbours_that_stand_against_their_numbers_are_told_where_the_list_has_no_gap(
    order: tuple[int, ...], swapped: int
) -> None:
    lines = [
        figure("budget_summary", 1, row_no, 2, f"{row_no}.00", item=NUMBERED[place], side="revenue", period="budget")
        for row_no, place in enumerate(order, start=1)
    ]
    texts = told(lines, "S17")
    assert len(texts) == swapped
    assert all("相邻两行的序号颠倒，看来互换了位置" in text and "“二、基金预算”" in text for text in texts)


def test_lists_below_two_numbers_are_two_lists_although_blank_rows_of_theirs_are_left_out() -> None:
    """（1）购置费 is blank: （2）运行维护费 and （1）国内接待费 below 3. were told to be turned."""
    items = ("2.公务用车购置及运行维护费", "（2）公务用车运行维护费", "3.公务接待费", "（1）国内接待费")
    lines = [
        figure("three_public_expenses", 1, row_no, 2, f"{row_no}.00", item=item, side="expenditure", period="budget")
        for row_no, item in enumerate(items, start=1)
    ]
    assert told(lines, "S17") == []


def test_two_rows_that_stand_the_other_way_round_in_another_table_are_one_finding_that_names_both_tables() -> None:
    """It was two findings, one a row, and neither said that the figures are each other's."""
    (one, other, third) = INSURANCE
    swapped = [(*one[:2], other[2]), (*other[:2], one[2]), third]
    lines = [*items(INSURANCE), *items(swapped, "agency_operating_expenses", 11)]
    (text,) = told(lines, "X36")
    assert "“30108 养老保险缴费”与“30109 职业年金缴费”两行的数（或其编码、名称）看来互换了位置" in text
    assert "；或者《" in text
    assert "; or else “" in text
    assert "《基本支出表》" in text
    assert "《机关运行经费表》" in text


def test_a_table_that_follows_a_definition_of_its_own_is_still_told_where_two_rows_have_each_others_figures() -> None:
    """Most of its figures are another measure's and set aside, and with them the two that only changed places."""
    (one, other, third) = INSURANCE
    own = [(*one[:2], other[2]), (*other[:2], one[2]), (*third[:2], "5.00"), ("30101", "基本工资", "1.00")]
    lines = [*items([*INSURANCE, ("30101", "基本工资", "300.00")]), *items(own, "agency_operating_expenses", 11)]
    assert any("看来互换了位置" in text for text in told(lines, "X36"))


def test_labels_that_tell_the_fund_changed_places_with_it() -> None:
    """Of 五、其他收入 and 六、上级补助收入 the labels alone were put right, and the funds stayed the other row's."""
    rows = (("五、其他收入", "other_revenue", "0.00"), ("六、上级补助收入", "superior_subsidy", "50.00"),
            ("七、公共预算", "general_public_budget", "70.00"), ("本年收入合计", "total", "120.00"))  # fmt: skip
    lines = [
        figure("budget_summary", 1, row_no, 2, printed, item=name, fund=fund, side="revenue", period="budget",
               origin="current_year")
        for row_no, (name, fund, printed) in enumerate(rows, start=1)
    ]  # fmt: skip
    lines += [
        figure("revenue_summary", 2, row_no, column, printed, item=name, fund=fund, side="revenue", period="budget",
               subject_level="total" if name == "合计" else None, unit_name=None if name == "合计" else name,
               origin="current_year", column_header=fund)
        for row_no, name in enumerate(("合计", "示例局", "示例中心"), start=3)
        for column, (fund, printed) in enumerate(
            (("other_revenue", "50.00" if row_no < 5 else "0.00"), ("superior_subsidy", "0.00"),
             ("general_public_budget", ("70.00", "30.00", "40.00")[row_no - 3])), start=2)
    ]  # fmt: skip
    texts = told(lines, "X07")
    assert any("两行的" in text and "看来互换了位置" in text for text in texts)
