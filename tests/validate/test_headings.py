"""Headings among a unit's projects: which lines add up which is told by the sums, and one wrong figure is found."""

from __future__ import annotations

from bench.altered import answers
from pipeline.tables import Dataset
from pipeline.validate import check_document, load_identities
from tests.validate.test_within_tables import outcomes, projects

Lines = tuple[tuple[int, str, str], ...]  # level (0: a unit), name, amount

OFFICE: Lines = (
    (0, "甲局", "100.00"),
    (1, "通用项目", "64.00"),
    (2, "办公场所租赁", "50.00"), (3, "库房租赁", "8.00"), (3, "机房租赁", "42.00"),
    (2, "维修改造", "14.00"), (3, "办公楼维修", "14.00"),
    (1, "专用项目", "36.00"),
    (2, "执法检查", "36.00"), (3, "日常检查", "29.40"), (3, "专项检查", "5.60"), (3, "检查用品", "1.00"),
)  # fmt: skip
BRANCH: Lines = (
    (0, "乙所", "7.00"), (1, "专用项目", "7.00"), (2, "监测", "7.00"), (3, "水质监测", "3.00"), (3, "空气监测", "4.00"),
)  # fmt: skip
NESTED = OFFICE + BRANCH


def printed(lines: Lines, **wrong: str) -> Dataset:
    """The table as it is printed, without levels; ``wrong`` gives other amounts by name."""
    return projects(*((name if level else None, name, wrong.get(name, amount)) for level, name, amount in lines))


def failing(lines: Lines, **wrong: str) -> list[str]:
    """The statements of the sums that fail."""
    rows = check_document(printed(lines, **wrong)).checks.to_pylist()
    return [row["statement"] for row in rows if row["family"] == "W44" and row["outcome"] == "fails"]


def test_every_heading_is_the_sum_of_what_stands_under_it_and_no_more() -> None:
    sums = outcomes(printed(NESTED), "W44")
    headings = sum(level < 3 for level, *_ in NESTED)
    assert list(sums.values()) == ["exact"] * headings


def test_a_wrong_project_fails_the_heading_over_it_alone() -> None:
    """In Xi'an's tables a wrong digit made no finding: what failed was read anew until it held, or set aside."""
    assert failing(NESTED, 机房租赁="43.00") == ["《projects》办公场所租赁（total）＝各项目之和"]
    assert failing(NESTED, 办公楼维修="1.40") == ["《projects》维修改造（total）＝各项目之和"]


def test_a_wrong_heading_fails_with_its_parts_and_with_the_heading_over_it() -> None:
    assert failing(NESTED, 维修改造="15.00") == [
        "《projects》通用项目（total）＝各项目之和", "《projects》维修改造（total）＝各项目之和",
    ]  # fmt: skip
    assert failing(NESTED, 甲局="110.00") == ["《projects》甲局（total）＝各项目之和"]


def test_a_heading_listed_alone_among_others_is_a_part_like_them() -> None:
    """Headings of two levels and of three in one table, of which one has no projects: nothing is wrong with it."""
    alone = (*OFFICE[:7], (2, "委托咨询", "6.00"), *OFFICE[7:], *BRANCH)
    amounts = {"通用项目": "70.00", "甲局": "106.00"}
    assert failing(alone, **amounts) == []
    assert failing(alone, **amounts, 委托咨询="5.00") == ["《projects》通用项目（total）＝各项目之和"]


def test_projects_side_by_side_stay_so_when_one_is_wrong() -> None:
    lines: Lines = (
        (0, "甲局", "12.00"), (1, "一", "5.00"), (1, "二", "5.00"), (1, "三", "2.00"),
        (0, "乙所", "9.00"), (1, "四", "4.50"), (1, "五", "4.50"),
    )  # fmt: skip
    assert failing(lines) == []
    assert failing(lines, 三="3.00") == ["《projects》甲局（total）＝各项目之和"]
    assert failing(lines[:4], 甲局="7.00") == ["《projects》甲局（total）＝各项目之和"]


def test_amounts_that_no_levels_explain_are_no_headings() -> None:
    lines: Lines = ((0, "甲局", "9.00"), (1, "一", "5.00"), (1, "二", "3.00"), (1, "三", "8.00"), (1, "四", "6.00"))
    assert len(outcomes(printed(lines), "W44")) == 1


def test_a_heading_that_bears_the_name_of_its_only_project_is_not_listed_twice() -> None:
    twins = (*OFFICE[:6], (3, "维修改造", "14.00"), *OFFICE[7:], *BRANCH)
    assert "fails" not in outcomes(printed(twins), "W45").values()


def test_digits_altered_anywhere_in_such_a_table_are_found_as_reckoned() -> None:
    found = list(answers(printed(NESTED), 150, 7, load_identities()))
    assert [answer for answer in found if answer.found < answer.reckoned] == []
    assert sum(answer.found for answer in found if answer.change.place > 1) == sum(a.change.place > 1 for a in found)
