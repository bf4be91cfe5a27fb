"""Changes that the text tells: twice, beside the table's, in parts, in one direction; on small made sentences."""

from __future__ import annotations

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure
from tests.validate.test_texts import checks, said
from tests.validate.test_wording import told

PUBLIC = (("abroad", "因公出国(境)费", "18.26"), ("reception", "公务接待费", "-0.24"),
          ("vehicle_purchase", "公务用车购置及运行维护费/公务用车购置费", "-12.00"))  # fmt: skip


def made(*figures: Row) -> Dataset:
    lines = [figure("budget_summary", 1, 9, 2, "833", item="收入总计", side="revenue", period="budget")]
    lines += [
        figure("three_public_expenses", 8, 3, column, amount, item=item, period="change", fund="general_public_budget")
        for column, (_, item, amount) in enumerate(PUBLIC, start=3)
    ]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, figures)}


def changed(number: int, name: str, amount: str, by: str, **more: object) -> list[Row]:
    """An amount of the text and its change; a fall where that is less than nought."""
    direction = "decrease" if by.startswith("-") else "increase"
    sentence = f"{name}{amount}万元，比上年变动{by.lstrip('-')}万元。"
    return [
        said(number, name, "amount", amount, **{"sentence": sentence, **more}),
        said(number + 1, name, "change", by.lstrip("-"), **{"sentence": sentence, **more, "direction": direction}),
    ]


def twice(one: str, other: str, amount: str = "9,880.78") -> Dataset:
    return made(*changed(1, "收入预算", amount, one), *changed(3, "支出预算", amount, other))


def test_a_change_of_one_amount_is_the_same_for_revenue_and_for_expenditure() -> None:
    """The change of either was held to nothing where the text gives no rate."""
    assert checks(twice("-1560.77", "-1560.77"), "N33") == [("N33/4", "exact")]
    (text,) = told(twice("-1560.77", "-1566.77"), "N33")
    assert "“支出预算”的增减额＝“收入预算”的增减额（本年数相同）" in text


@pytest.mark.parametrize(
    ("one", "other", "amount"),
    [
        ("67808.00", "-68212.00", "67,808.00"),  # the money is the same, last year's was not
        ("15.96", "15.95", "192.99"),  # rounded each in its own way
        ("1.00", "7.00", "5.00"),  # of short numbers two have nothing in common
    ],
)
def test_changes_of_one_amount_that_may_be_two_things_are_left(one: str, other: str, amount: str) -> None:
    assert told(twice(one, other, amount), "N33") == []
    assert told(twice(one, other, amount), "N32") == []


def test_the_change_of_a_short_amount_told_twice_of_one_name_was_held_to_nothing() -> None:
    """对个人和家庭的补助6.47万元, by kinds of money and by kinds of expenditure."""

    def again(by: str, chapter: str = "三/支出") -> Dataset:
        name = "对个人和家庭的补助（303）"
        return made(
            *changed(1, name, "6.47", "1.26", section="三/支出/1"),
            *changed(3, name, "6.47", by, section=f"{chapter}/2"),
        )

    assert checks(again("1.26"), "N33") == [("N33/4", "exact")]
    assert len(told(again("-1.26"), "N32")) == 1
    assert told(again("-1.26", chapter="四/下属单位"), "N32") == []  # another's money


def test_a_rise_of_expenditure_where_revenue_of_that_amount_fell_as_much_was_not_seen() -> None:
    assert checks(twice("-1560.77", "-1560.77"), "N32") == [("N32/1", "exact")]
    (text,) = told(twice("-1560.77", "1560.77"), "N32")
    assert "“支出预算增加1560.77万元”的增减方向与他处所说相反：第7页“收入预算减少1560.77万元”" in text


def test_a_total_of_few_digits_is_held_to_what_most_say_of_it() -> None:
    """财政拨款收入, 支出 and 一般公共预算 of 833万元: three digits, but the tables' total."""
    rows = [*changed(1, "拨款收入", "833", "-136"), *changed(3, "拨款支出", "833", "-136")]
    rows += changed(5, "一般公共预算", "833", "136")
    assert told(made(*rows), "N32") == []
    total = made()["budget_lines"].to_pylist()[0]["cell_id"]
    linked = [{**row, "restates_cell_id": total} if row["kind"] == "amount" else row for row in rows]
    assert "“一般公共预算增加136万元”" in told(made(*linked), "N32")[0]


def test_what_a_reason_says_is_no_second_change_of_the_amount() -> None:
    """收入总计各增加1808.29万元。主要原因是基本支出增加1408.29万元: the second is another money's."""
    rows = changed(1, "收入总计", "28,849.38", "1808.29")
    reason = "主要原因是基本支出增加1408.29万元。"
    rows.append(said(3, "收入总计", "change", "1408.29", direction="increase", sentence=reason))
    assert checks(made(*rows), "N33") == [("N33", "not_applicable")]


def test_the_change_of_a_public_expense_is_that_of_the_table() -> None:
    assert checks(made(*changed(1, "因公出国（境）费用", "36.14", "18.26")), "N34") == [("N34/2", "exact")]
    (text,) = told(made(*changed(1, "因公出国（境）费用", "36.14", "13.26")), "N34")
    assert "应等于 因公出国(境)费 18.26 万元（第8页）" in text
    (text,) = told(made(*changed(1, "公务接待费", "1.65", "0.24")), "N32")
    assert "“公务接待费增加0.24万元”的增减方向与他处所说相反：第8页“公务接待费减少0.24万元”" in text


def whole_and_parts(total: str = "-15.50", vehicles: str = "-15.00", reception: str = "-0.50") -> Dataset:
    level = "因公出国（境）费10.00万元，与2025年预算持平。"
    return made(
        *changed(1, "“三公”经费预算数", "16.80", total, section="三公"),
        said(3, "因公出国（境）费", "amount", "10.00", section="三公", sentence=level),
        *changed(4, "公务用车购置及运行费", "6.30", vehicles, section="三公"),
        *changed(6, "公务接待费", "0.50", reception, section="三公"),
    )


def test_the_changes_of_the_three_public_expenses_add_up_to_the_change_of_all() -> None:
    assert checks(whole_and_parts(), "N35") == [("N35/2", "exact")]
    (text,) = told(whole_and_parts(vehicles="-15.80"), "N35")
    assert "“三公”经费预算数”的增减额＝所列各项增减额之和" in text
    assert checks(whole_and_parts(vehicles="-24.71"), "N35") == [("N35/2", "not_applicable")]  # no slip: another custom


def test_the_part_that_rose_where_the_sum_wants_a_fall_is_named() -> None:
    (text,) = told(whole_and_parts(vehicles="15.00"), "N32")
    assert "“公务用车购置及运行费增加15.00万元”" in text
    assert "第7页“因公出国（境）费持平”" in text


@pytest.mark.parametrize(("given", "finds"), [("增加", 1), ("减少", 0)])
def test_a_reason_that_says_the_opposite_of_the_very_subject_was_not_seen(given: str, finds: int) -> None:
    sentence = f"其他自然资源支出6331.61万元，较上年减少2645.4万元，原因是根据工作安排，其他自然资源支出{given}；"
    rows = changed(1, "其他自然资源支出", "6331.61", "-2645.4", sentence=sentence)
    assert len(told(made(*rows), "N32")) == finds


def test_a_reason_that_speaks_of_a_part_that_rose_says_nothing_of_the_whole() -> None:
    sentence = "其他自然资源支出61.10万元，较上年减少2.10万元，原因是培训减少，其他自然资源支出增加；"
    assert told(made(*changed(1, "其他自然资源支出", "61.10", "-2.10", sentence=sentence)), "N32") == []


@pytest.mark.parametrize(
    ("sentence", "finds"),
    [
        ("较上年增加218.91万元，减幅100.00%", 1),
        ("较上年减少218.91万元，减幅100.00%", 0),
        ("较上年增加0万元，下降0%", 0),  # no change at all has no direction
    ],
)
def test_a_rate_of_the_other_direction_right_behind_a_change_was_not_seen(sentence: str, finds: int) -> None:
    """With nothing this year the rate is 100 % of whatever it was, and no quotient told."""
    assert len(told(made(said(1, "医疗", "amount", "0.00", sentence=sentence)), "N19")) == finds


def by_year(change: str) -> Dataset:
    """The text's change of the running costs, over a table that prints two years and no change."""
    lines = [
        figure("three_public_expenses", 8, row, 3, amount, item="公务用车运行费", period=period)
        for row, (period, amount) in enumerate((("prior_budget", "5.66"), ("budget", "5.60")), start=3)
    ]
    text = changed(1, "公务用车运行维护费", "5.60", change)
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


def test_a_change_was_not_held_against_the_two_years_of_the_table() -> None:
    assert checks(by_year("-0.06"), "N52") == [("N52/2", "exact")]
    (text,) = told(by_year("-0.60"), "N52")
    assert "应等于 公务用车运行费 5.60 万元（第8页） - 公务用车运行费 5.66 万元（第8页） = -0.06 万元" in text
    assert checks(by_year("-3.15"), "N52") == [("N52", "not_applicable")]  # no slip: of something else


def expenditure(project: str) -> Dataset:
    return made(
        *changed(1, "支出总预算", "1022.06", "45.34"),
        *changed(3, "基本支出", "733.06", "15.34"),
        *changed(5, "项目支出", "289.00", project),
    )


def test_the_changes_of_basic_and_project_expenditure_add_up_to_the_change_of_all() -> None:
    assert checks(expenditure("30.00"), "N51") == [("N51/2", "exact")]
    (text,) = told(expenditure("39.00"), "N51")
    assert "“支出总预算”的增减额＝基本支出与项目支出的增减额之和" in text


def by_items(sign: str = "", last: str = "4.00") -> Dataset:
    """A whole, and in another section the three items that it consists of, of which one stayed what it was."""
    level = "住房公积金10.00万元，与上年持平。"
    return made(
        *changed(1, "一般公共预算当年拨款", "100.00", "7.00", section="四/总体"),
        *changed(3, "行政运行（项）", "60.00", "3.00", section="四/具体"),
        *changed(5, "普法宣传（项）", "30.00", f"{sign}{last}", section="四/具体"),
        said(7, "住房公积金（项）", "amount", "10.00", section="四/具体", sentence=level),
    )


def test_the_changes_of_items_add_up_to_the_change_of_what_they_make() -> None:
    """An item's change had no rate, and was held to nothing."""
    assert checks(by_items(), "N54") == [("N54/2", "exact")]
    (text,) = told(by_items(last="9.00"), "N54")
    assert "应等于 行政运行（项） 3.00 万元" in text
    (text,) = told(by_items("-"), "N32")
    assert "“普法宣传（项）减少4.00万元”的增减方向与他处所说相反" in text


def test_a_change_told_in_another_section_than_its_amount_was_of_nothing() -> None:
    """2、支出说明 says the amounts, 3、比上年增减情况 what they changed by."""

    def told_apart(project: str) -> Dataset:
        text = [said(1, "基本支出", "amount", "773.93", section="一/二/2"),
                said(2, "项目支出", "amount", "3104.00", section="一/二/2"),
                *changed(3, "预算收支安排", "3877.93", "182.87", section="一/二/3"),
                said(5, "基本支出", "change", "13.87", direction="increase", section="一/二/3"),
                said(6, "项目支出", "change", project, direction="increase", section="一/二/3")]  # fmt: skip
        return made(*text)

    assert checks(told_apart("169.00"), "N51") == [("N51/4", "exact")]
    assert len(told(told_apart("160.00"), "N51")) == 1


def test_items_were_added_up_where_a_rate_tells_which_change_is_wrong() -> None:
    """One error was told twice, the second time of the whole, which is right."""
    dataset = by_items(last="9.00")
    rows = dataset["narrative_figures"].to_pylist()
    wrong = next(row for row in rows if row["value_printed"] == "9.00")
    rate = said(
        90,
        "普法宣传（项）",
        "change",
        "15.38",
        "%",
        direction="increase",
        section="四/具体",
        sentence=wrong["sentence"],
    )
    place = rows.index(wrong) + 1
    told_rate = {**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, [*rows[:place], rate, *rows[place:]])}
    assert told(told_rate, "N54") == []
    assert len(told(told_rate, "N05")) == 1


def test_what_changed_of_the_vehicles_by_purchase_and_running_alone_was_added_up_to_nothing() -> None:
    """469.17 rose by 86.53: abroad by 66.00, purchase by 60.03, running less 39.50; 购置7辆 is no rate of a change."""

    def public(purchase: str) -> Dataset:
        of = {"section": "第五部分三公经费"}
        rows = changed(1, "“三公”经费预算", "469.17", "86.53", **of)
        rows += changed(3, "因公出国（境）费", "71.20", "66.00", **of)
        rows += changed(5, "公务接待费", "14.07", "0.00", **of)
        bought = changed(7, "公务用车购置费", "126.00", purchase, **of)
        rows += [
            *bought,
            said(9, "购置", "change", "7", "辆", **of, sentence=bought[0]["sentence"], direction="increase"),
        ]
        rows += changed(10, "公务用车运行维护费", "257.90", "-39.50", **of)
        lines = [figure("budget_summary", 1, 9, 2, "833", item="收入总计", side="revenue", period="budget")]
        return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}

    assert told(public("60.03"), "N32") == []
    (text,) = told(public("-60.03"), "N32")
    assert "“公务用车购置费减少60.03万元”的增减方向与他处所说相反" in text


def test_amounts_that_stayed_what_they_were_were_held_to_be_the_changes_themselves() -> None:
    """Each 与上年预算持平: 13.16 = 5.74 + 7.41 but for rounding, for which the noughts seemed to leave no room."""
    amounts = (("“三公”经费预算", "13.16"), ("因公出国（境）费", "0.00"), ("公务用车购置及运行维护费", "5.74"),
               ("公务用车运行维护费", "5.74"), ("公务接待费", "7.41"))  # fmt: skip
    clauses = [f"{name}{amount}万元" for name, amount in amounts]
    sentences = [f"{clause}，与上年预算持平。" for clause in clauses]
    sentences[2] = sentences[3] = f"{clauses[2]}，其中：公务用车购置费0.00万元，{sentences[3]}"
    text = [
        said(number, name, "amount", amount, section="五、“三公”经费", sentence=sentence)
        for number, ((name, amount), sentence) in enumerate(zip(amounts, sentences, strict=True), start=1)
    ]
    bought = said(9, "公务用车购置费", "amount", "0.00", section="五、“三公”经费", sentence=sentences[2])
    dataset = made(*text[:3], bought, *text[3:])
    assert ("N54/1", "exact") in checks(dataset, "N54")
    assert check_document(dataset).jointly_feasible is True
