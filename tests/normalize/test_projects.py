"""Rows of the project tables: projects, and the headings that add them up."""

from decimal import Decimal

import pytest

from pipeline.normalize.project_years import by_year
from pipeline.normalize.projects import only_fund, projects_of
from pipeline.normalize.subtotals import headings

CENT = Decimal("0.005")


def found(total: int, *amounts: int, half: Decimal = CENT) -> list[int] | None:
    places = headings([Decimal(amount) for amount in amounts], Decimal(total), half)
    return None if places is None else sorted(places)


def test_a_list_that_adds_up_has_no_headings_though_a_row_is_the_sum_of_the_next_two() -> None:
    assert found(10, 5, 2, 3) == []


def test_a_heading_is_the_sum_of_the_rows_under_it() -> None:
    assert found(9, 5, 2, 3, 4) == [0]


def test_headings_nest_and_one_may_hold_a_single_project_of_its_own_amount() -> None:
    """专用项目 9, in it 其他履职 9, in it the projects 4 and 5."""
    assert found(9, 9, 9, 4, 5) == [0, 1]


def test_equal_amounts_are_siblings_or_heading_and_project_as_the_total_says() -> None:
    assert found(6, 3, 3) == []
    assert found(3, 3, 3) == [0]


def test_of_readings_with_as_many_headings_the_shallower_one_is_taken() -> None:
    """Two headings with a project each, not a project beside a heading in a heading."""
    assert found(4, 2, 2, 2, 2) == [0, 2]


def test_sums_hold_within_the_printed_places() -> None:
    """In 万元 with two places: three rows of 33.33 under 100.00."""
    assert found(1_000_000, 1_000_000, 333_300, 333_300, 333_300, half=Decimal(50)) == [0]


@pytest.mark.parametrize("amounts", [(5, 3, 3), (9, -4, 13), ()])
def test_rows_that_no_reading_adds_up_have_no_headings_said(amounts: tuple[int, ...]) -> None:
    assert found(7, *amounts) is None


def line(
    row: int, amount: int, project: str | None = None, unit: str | None = None, **more: object
) -> dict[str, object]:
    own = {"document_id": "d", "table_id": "projects", "table_no": 1, "row_no": row, "page": 3, "cell_id": f"c{row}"}
    money = {"fund": "total", "origin": "current_year", "amount": Decimal(amount), "half_unit": CENT}
    names = {"project_name": project, "unit_name": unit, "subject_code": None, "subject_name": None, "period": "budget"}
    return own | money | names | more


def test_amounts_of_projects_add_up_to_the_tables_total_and_headings_keep_theirs_beside() -> None:
    lines = [
        line(1, 9),
        line(2, 9, unit="局"),
        line(3, 9, "专用项目", "局"),
        line(4, 4, "甲", "局"),
        line(5, 5, "乙", "局"),
    ]
    rows = projects_of(lines)

    assert [(row["project_id"], row["amount"], row.get("subtotal_amount")) for row in rows] == [
        ("p001", None, 9),
        ("p002", 4, None),
        ("p003", 5, None),
    ]
    assert {row["half_unit"] for row in rows} == {CENT}


def test_each_unit_has_headings_of_its_own() -> None:
    lines = [
        line(1, 4, unit="局"),
        line(2, 4, "类", "局"),
        line(3, 4, "甲", "局"),
        line(4, 2, unit="站"),
        line(5, 2, "乙", "站"),
    ]
    assert [row["amount"] for row in projects_of(lines)] == [None, 4, 2]


def test_a_projects_economic_items_below_it_doubled_its_money() -> None:
    """检察办案业务经费 9, then its 办公费 4 and 差旅费 5: three projects of 18. A project of other rows keeps them."""

    def item(row: int, amount: int, project: str, economic: str, unit: str = "院") -> dict[str, object]:
        return line(row, amount, project, unit, economic_name=economic)

    parted = [line(1, 9, "办案"), item(2, 4, "办案", "办公费"), item(3, 5, "办案", "差旅费")]
    alone = [line(4, 3, "救助", "院"), item(5, 3, "救助", "生活补助"), line(6, 12)]
    rows = projects_of([*parted, *alone])
    read = [(row["project_id"], row["project_name"], row["unit_name"], row["amount"]) for row in rows]
    assert read == [("p001", "办案", "院", 9), ("p002", "救助", "院", 3)]
    assert [row["cell_ids"] for row in rows] == [["c1"], ["c4"]]

    short = [line(1, 9, "办案"), item(2, 4, "办案", "办公费")]
    assert [row["amount"] for row in projects_of(short)] == [9, 4]
    other = [line(1, 4, "办案"), item(2, 4, "救助", "办公费")]
    assert [row["amount"] for row in projects_of(other)] == [4, 4]


def test_a_project_by_economic_item_without_a_row_of_its_own_was_as_many_projects() -> None:
    def row(number: int, column: int, amount: int, economic: str, project: str = "监测", **more: object) -> object:
        money = {"column_no": column, "cell_id": f"c{number}.{column}", "economic_name": economic}
        return line(number, amount, project, "局", **{**money, **more})

    lines = [
        *(row(1, 4, 4, "办公费"), row(1, 5, 4, "办公费", fund="general_public_budget")),
        *(row(2, 4, 4, "差旅费", page=4), row(2, 5, 4, "差旅费", fund="general_public_budget", page=4)),
        row(3, 4, 7, "办公费", "防火"),
    ]
    together, other = projects_of(lines)
    assert (together["amount"], together["general_public_budget_amount"], other["amount"]) == (8, 8, 7)
    assert together["cell_ids"] == ["c1.4", "c1.5", "c2.4", "c2.5"]
    assert (together["first_page"], together["last_page"]) == (3, 4)

    again = [row(1, 4, 4, "办公费"), row(2, 4, 4, "办公费")]
    years = [row(1, 4, 4, "办公费"), row(2, 4, 4, "差旅费", origin="carryover")]
    assert [len(projects_of(rows)) for rows in (again, years)] == [2, 2]


def test_what_sums_some_of_the_projects_above_it_was_one_more_of_them() -> None:
    rows = [line(1, 4, "监测", "局"), line(2, 5, "防火", "局"), line(3, 9, "机关小计"), line(4, 9)]
    assert [row["project_name"] for row in projects_of(rows)] == ["监测", "防火"]


def test_headings_over_a_total_that_is_printed_last_were_projects() -> None:
    """A project printed over its units', and 合计 at the foot of the table."""
    rows = [line(1, 9, "办案"), line(2, 4, "办案", "院"), line(3, 5, "办案", "站"), line(4, 9)]
    assert [row["amount"] for row in projects_of(rows)] == [None, 4, 5]
    assert [row["amount"] for row in projects_of(rows[:3])] == [9, 4, 5]


def test_a_project_with_a_subject_beside_it_is_a_project_and_a_subjects_own_row_is_none() -> None:
    subject = {"subject_code": "2040299", "subject_name": "其他公安支出"}
    rows = projects_of([line(1, 5, "其他公安支出", **subject), line(2, 5, "监管场所建设", **subject)])
    assert [row["project_name"] for row in rows] == ["监管场所建设"]


def test_a_change_against_last_year_is_no_money_of_a_project() -> None:
    lines = [line(1, 20, "维修"), line(1, -5, "维修", period="change")]
    assert [project["amount"] for project in projects_of(lines)] == [20]


def test_a_subtotal_of_one_funds_parts_is_not_added_to_them() -> None:
    lines = [line(1, 20, "维修"), *(line(1, amount, "维修", fund="general_public_budget") for amount in (20, 15, 5))]
    (project,) = projects_of(lines)
    assert project["general_public_budget_amount"] == 20


def parted(*money: tuple[str, str, int], half: Decimal = CENT) -> list[tuple[object, ...]]:
    """The projects of one row whose columns are (fund, origin, amount): origin, amount, and its general budget."""
    lines = [
        line(1, amount, "道路养护", fund=fund, origin=origin, cell_id=f"c{number}", half_unit=half)
        for number, (fund, origin, amount) in enumerate(money)
    ]
    rows = by_year(projects_of(lines), lines)
    return [(row["origin"], row["amount"], row.get("general_public_budget_amount")) for row in rows]


def test_a_row_that_parts_this_years_money_from_the_carry_over_is_a_project_of_each() -> None:
    """It was one project of all years, and none of its funds was said."""
    general = [("general_public_budget", "current_year", 7), ("general_public_budget", "carryover", 2)]
    assert parted(("total", "total", 9), *general) == [("current_year", 7, 7), ("carryover", 2, 2)]
    sums = [("total", "current_year", 7), general[0], ("total", "carryover", 2)]
    assert parted(("total", "total", 9), *sums) == [("current_year", 7, 7), ("carryover", 2, None)]


def test_a_row_whose_money_is_all_of_one_year_is_that_years_project() -> None:
    this, carried = ("general_public_budget", "current_year", 9), ("general_public_budget", "carryover", 9)
    assert parted(("total", "total", 9), this, ("total", "carryover", 0)) == [("current_year", 9, 9)]
    assert parted(("total", "total", 9), this) == [("current_year", 9, 9)]
    assert parted(("total", "total", 9), ("general_public_budget", "current_year", 0), carried) == [("carryover", 9, 9)]


def test_years_that_do_not_make_up_a_projects_total_are_not_parted() -> None:
    """合计 with 其中：上年结转 alone: this year's part is not printed. Nor where one of the funds was not read."""
    assert parted(("total", "total", 9), ("total", "carryover", 2)) == [("total", 9, None)]
    short = [("general_public_budget", "current_year", 6), ("total", "carryover", 2)]
    assert parted(("total", "total", 9), *short) == [("total", 9, None)]


def test_this_years_sources_of_a_units_own_money_are_its_funds_together() -> None:
    money = [("business_revenue", "current_year", 3), ("other_revenue", "current_year", 4), ("total", "carryover", 2)]
    lines = [line(1, 9, "培训", origin="total", cell_id="c")]
    lines += [line(1, a, "培训", fund=f, origin=o, cell_id=f"c{n}") for n, (f, o, a) in enumerate(money)]
    first, second = by_year(projects_of(lines), lines)
    assert (first["amount"], first["unit_funds_amount"]) == (7, 7)
    assert (first["project_id"], second["project_id"]) == ("p001", "p001c")
    assert second["cell_ids"] == ["c2"]


def test_a_project_table_is_of_one_fund_where_all_that_it_prints_is() -> None:
    one = [line(1, 9, fund="general_public_budget"), line(2, 9, "甲", fund="general_public_budget")]
    assert only_fund(one) == "general_public_budget"
    assert only_fund([*one, line(3, 4, "乙", fund="government_fund")]) is None
    assert only_fund([line(1, 9, "甲")]) is None  # 合计: of all funds
    assert only_fund([]) is None
