"""Errors of the text that the rest of its sentence, or of the document, speaks against: on small made sentences."""

from __future__ import annotations

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, subject
from tests.validate.test_texts import checks, said
from tests.validate.test_wording import told

FINAL = {"period": "budget", "side": "expenditure"}


def made(*figures: Row) -> Dataset:
    lines = [
        figure("general_budget_expenditure", 5, 1, 1, "338.16", **subject("2070607", "电影"), **FINAL),
        figure("general_budget_expenditure", 5, 2, 1, "92.46", **subject("2080501", "行政单位离退休"), **FINAL),
        figure("expenditure_summary", 3, 1, 2, "852.36", expenditure_type="project", **subject("total"), **FINAL),
        figure("three_public_expenses", 8, 1, 1, "18.60", item="“三公”经费合计", **FINAL),
        figure("three_public_expenses", 8, 2, 1, "3.00", item="因公出国（境）费", **FINAL),
        figure("three_public_expenses", 8, 3, 1, "12.80", item="公务用车购置及运行费", **FINAL),
        figure("three_public_expenses", 8, 4, 1, "2.80", item="公务接待费", **FINAL),
    ]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, figures)}


def sentence(text: str, *figures: tuple[str, str, str, str], start: int = 1, **more: object) -> list[Row]:
    """The figures of one sentence: each its subject, kind, printed number and unit; a change signed by its kind."""
    ways = {"+": "increase", "-": "decrease"}
    return [
        said(
            number, name, "change" if kind in ways else kind, printed, unit, sentence=text,
            direction=ways.get(kind), **more,
        )
        for number, (name, kind, printed, unit) in enumerate(figures, start)
    ]  # fmt: skip


def amount(name: str, printed: str, unit: str = "万元") -> tuple[str, str, str, str]:
    return name, "amount", printed, unit


# --- units ------------------------------------------------------------------------------------------------------------

OTHERS = [said(50 + n, f"支出{n}", "amount", f"{n}5.10", sentence=f"支出{n}{n}5.10万元。") for n in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "one", "why"),
    [
        ("会议费支出44.9元。", amount("会议费支出", "44.9", "元"), "不足一千元"),
        ("涉及资金75,850.18元。", amount("涉及资金", "75,850.18", "元"), "他处印作“75,850.18万元”"),
        ("影院补助852.36元。", amount("影院补助", "852.36", "元"), "表中有同一数字，以万元计"),
    ],
)
def test_an_amount_in_another_unit_than_all_others_was_held_to_nothing(
    text: str, one: tuple[str, str, str, str], why: str
) -> None:
    again = said(40, "资金", "amount", "75,850.18", sentence="资金75,850.18万元。")
    (found,) = told(made(*sentence(text, one), again, *OTHERS), "N63")
    assert "金额单位看来印错了" in found
    assert why in found


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("每人每月补助500元。", amount("补助", "500", "元")),
        ("标准为200元/人。", amount("标准", "200", "元")),
        ("公务接待费5,600元。", amount("公务接待费", "5,600", "元")),
    ],
)
def test_what_one_costs_and_a_sum_that_may_be_are_no_wrong_units(text: str, one: tuple[str, str, str, str]) -> None:
    assert told(made(*sentence(text, one), *OTHERS), "N63") == []


def test_a_small_sum_in_a_section_that_tells_no_other_may_be_one() -> None:
    assert (
        told(made(said(1, "工本费", "amount", "10", "元", section="收费", sentence="工本费10元。"), *OTHERS), "N63")
        == []
    )


def test_a_text_in_both_units_has_no_usual_one() -> None:
    yuan = [said(70 + n, f"项目{n}", "amount", f"{n}00", "元", sentence=f"项目{n}，{n}00元。") for n in range(1, 8)]
    assert told(made(*yuan, *OTHERS), "N63") == []


def test_a_bound_of_a_hundred_yuan_beside_one_of_a_million() -> None:
    bounds = [
        said(1, "单价（界限）", "amount", "100", sentence="单价100万元以上设备0台。"),
        said(2, "购置单价（界限）", "amount", "100", "元", sentence="购置单价100元以上设备0台。"),
    ]
    assert "他处印作“100万元”" in told(made(*bounds, *OTHERS), "N63")[0]


# --- what a figure is told to be of -----------------------------------------------------------------------------------


def test_a_subject_of_two_letters_is_known_by_its_code() -> None:
    """电影（2070607）338.16万元: no row was found by so short a name, so that the amount was compared with none."""

    def of(printed: str, text: str = "电影（2070607）{}万元，用于补助。") -> list[tuple[str, str]]:
        return checks(made(*sentence(text.format(printed), amount("电影", printed))), "N01")

    assert of("338.16") == [("N01/1", "exact")]
    assert of("338.16", "2070607电影{}万元。") == [("N01/1", "exact")]
    assert of("388.16") == [("N01/1", "fails")]
    assert of("338.16", "电影{}万元。") == [("N01", "not_applicable")]


@pytest.mark.parametrize("name", ["“行政单位离退休”科目", "《行政单位离退休》安排", "行政单位离退休2080501预算数"])
def test_a_name_in_quotation_marks_is_the_rows(name: str) -> None:
    (found,) = told(made(said(1, name, "amount", "92.46", "元"), *OTHERS), "N01")
    assert "行政单位离退休 92.46 万元" in found


def test_all_project_expenditure_is_the_total_of_projects() -> None:
    (found,) = told(made(said(1, "所有项目支出预算涉及预算资金", "amount", "852.86")), "N01")
    assert "852.36 万元" in found


def test_the_three_public_expenses_under_a_heading_each_are_held_to_their_table() -> None:
    """（一）因公出国（境）费 … （三）公务接待费: each section said only one of them, and no other vouched for it."""

    def text(reception: str) -> Dataset:
        parts = [("因公出国（境）经费", "3.00"), ("公务用车购置及运行费", "12.80"), ("公务接待费", reception)]
        return made(
            *(
                said(n, f"{name}预算安排", "amount", printed, section=f"三公/（{'一二三'[n - 1]}）{name}")
                for n, (name, printed) in enumerate(parts, 1)
            )
        )

    assert told(text("2.80"), "N28") == []
    assert "公务接待费 2.80 万元" in told(text("8.80"), "N28")[0]


def test_a_list_with_one_slip_in_a_sentence_that_tells_changes_too() -> None:
    """财政拨款收入…，其中：一般公共预算…，较上年增加…: only lists of nothing but amounts were added up."""

    def text(whole: str) -> Dataset:
        restated = {"restates_cell_id": "made:t5:r1:c1"}
        rows = sentence(
            f"拨款收入{whole}万元，其中：一般公共预算338.16万元，较上年增加62.08万元。",
            amount("拨款收入", whole), amount("一般公共预算", "338.16"), ("拨款收入", "+", "62.08", "万元"),
        )  # fmt: skip
        return made(rows[0], {**rows[1], **restated}, rows[2])

    assert told(text("338.16"), "N31") == []
    assert "印为 拨款收入 338.76 万元" in told(text("338.76"), "N31")[0]
    assert told(text("999.12"), "N31") == []  # the one part that is named of several


def test_a_sentence_printed_twice_with_one_figure_otherwise() -> None:
    text = "原因是缴费等{}万元、单位预留增加3,075.14万元。"

    def twice(again: str) -> list[str]:
        rows = [
            sentence(text.format(printed), amount("缴费等", printed), ("单位预留", "+", "3,075.14", "万元"),
                     start=start, section=section)
            for start, section, printed in ((1, "一", "1,447.63"), (3, "二", again))
        ]  # fmt: skip
        return told(made(*(row for each in rows for row in each)), "N62")

    assert twice("1,447.63") == []
    assert "1,442.63 万元" in twice("1,442.63")[0]
    assert twice("1,992.63") == []  # no slip of the pen


# --- changes and rates ------------------------------------------------------------------------------------------------


def three_public(way: str, rate: str) -> Dataset:
    text = f"“三公”经费18.60万元，同比{way}{rate}%，减少1.50万元。"
    kind = "-" if way == "下降" else "+"
    return made(
        *sentence(
            text, amount("“三公”经费", "18.60"), ("“三公”经费", kind, rate, "%"), ("“三公”经费", "-", "1.50", "万元")
        )
    )


def test_a_rate_that_stands_before_its_change_was_not_proved() -> None:
    assert told(three_public("下降", "7.46"), "N05") == []
    assert len(told(three_public("下降", "9.46"), "N05")) == 1
    assert len(told(three_public("增长", "7.46"), "N05")) == 1


def test_the_earlier_of_two_years_is_what_a_rate_is_worked_out_from() -> None:
    """241.76 in 2025, 243.36 in 2026, a fall by 0.66 %: taken the other way round, that agreed."""

    def rate(way: str) -> list[str]:
        text = "2025年执行数为241.76万元，2026年安排243.36万元，比2025年执行数变动0.66%。"
        return told(
            made(*sentence(text, amount("补贴执行数", "241.76"), amount("补贴", "243.36"), ("补贴", way, "0.66", "%"))),
            "N05",
        )

    assert rate("+") == []
    assert len(rate("-")) == 1


def test_a_figure_that_came_down_from_another_and_by_how_much() -> None:
    def fell(before: str) -> list[str]:
        text = f"公务接待费由2025年的{before}万元降至2.80万元，减少1.30万元。"
        earlier = amount("公务接待费2025年（此前）", before)
        return told(
            made(*sentence(text, earlier, amount("公务接待费", "2.80"), ("公务接待费", "-", "1.30", "万元"))), "N60"
        )

    assert fell("4.10") == []
    assert len(fell("9.10")) == 1


def test_of_nothing_no_share_was_carried_out() -> None:
    def done(share: str) -> list[str]:
        text = f"接待费决算0.00万元，完成预算的{share}%。"
        return told(
            made(*sentence(text, amount("接待费决算", "0.00"), ("接待费决算完成预算", "percent", share, "%"))), "N61"
        )

    assert done("0.00") == []
    assert "没有完成的，比例为零" in done("4.00")[0]


def test_what_is_about_one_change_is_told_once() -> None:
    """A rise where a fall was meant: more added than there is, and contrary to the table, were two findings."""
    text = "公务接待费2.80万元，比2025年4.10万元增加1.30万元，增长31.71%。"
    rows = sentence(
        text, amount("公务接待费", "2.80"), amount("公务接待费2025年（此前）", "4.10"),
        ("公务接待费", "+", "1.30", "万元"), ("公务接待费", "+", "31.71", "%"),
    )  # fmt: skip
    findings = check_document(made(*rows)).findings.to_pylist()
    (found,) = [row for row in findings if str(row["check_id"]).startswith("N")]
    assert set(found["check_ids"]) == {"N05/4", "N60/3"}


# --- words ------------------------------------------------------------------------------------------------------------


def one(text: str, family: str) -> list[str]:
    good = [f"公务费1.00万元，较上年增加2.00万元，原因是人员{n}增加" for n in "甲乙丙"]
    return told(
        made(*(said(n, "费", "amount", "1.00", sentence=each) for n, each in enumerate([text, *good], 1))), family
    )


def test_a_fall_because_something_rose() -> None:
    assert len(one("公积金348.92万元，较上年减少19.93万元，原因是住房公积金缴费增加；", "N19")) == 1
    assert one("公积金348.92万元，较上年减少19.93万元，原因是人员减少；", "N19") == []
    assert one("公积金348.92万元，较上年减少19.93万元，原因是其他资金安排的增加；", "N19") == []
    assert one("公积金348.92万元，较上年减少0.00万元，原因是缴费增加；", "N19") == []
    assert one("公积金348.92万元，较上年减少19.93万元，原因是上年一次性补缴增加；", "N19") == []


@pytest.mark.parametrize(
    "text",
    [
        "2025年度，本单位编报绩效目标的项目共9个，涉及资金1.00万元",
        "按照管理的总体要求，2025年度，本单位编报绩效目标的项目共5个",
        "文化与体育支出（类）图书馆（项）2025年预算数为1.00万元",
        "2025年本部门财政拨款收入较上年减少20671.44万元，主要原因是压缩",
    ],
)
def test_a_year_before_a_comma_or_behind_a_name_with_a_joint_was_not_looked_at(text: str) -> None:
    assert len(one(text, "N36")) == 1
    assert one(text.replace("2025", "2026"), "N36") == []


def test_a_comparison_with_the_year_before_last_where_all_others_are_with_last_year() -> None:
    usual = [f"支出{n}1.00万元，比2025年预算增加1.00万元。" for n in range(4)]

    def compared(*texts: str) -> list[str]:
        return told(made(*(said(n, "支出", "amount", "1.00", sentence=text) for n, text in enumerate(texts, 1))), "N20")

    odd = "公务费1.00万元，比2024年预算增加1.00万元。"
    assert "其他各处都与2025年相比" in compared(*usual, odd)[0]
    assert compared(*usual[:3], odd) == []


def test_a_fall_is_told_without_the_sign_that_the_page_does_not_print() -> None:
    """减少 701.70 万元 “should be -801.70”: the sum has a sign, and the sentence the word for it."""
    printed = {"budget": "3115.80", "prior_budget": "3917.50", "change": "-801.70"}
    lines = [
        figure("three_public_expenses", 8, 4, column, text, item="公务接待费", side="expenditure", period=period)
        for column, (period, text) in enumerate(printed.items(), 1)
    ]
    text = "公务接待费3,115.80万元，比上年减少701.70万元。"
    rows = sentence(text, amount("公务接待费", "3,115.80"), ("公务接待费", "-", "701.70", "万元"))
    (found,) = told({**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}, "N34")
    assert "现印 701.70 万元，应为 801.70 万元，与所印只差一处笔误" in found
