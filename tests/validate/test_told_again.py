"""What the text tells again: a column row by row, the three public expenses, a whole and its parts in one sentence."""

from __future__ import annotations

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, subject
from tests.validate.test_texts import said

SUBJECTS = (("2013101", "行政运行", "300.20"), ("2080505", "养老保险缴费支出", "96.13"),
            ("2101101", "行政单位医疗", "40.11"), ("2210201", "住房公积金", "70.20"),
            ("2210203", "购房补贴", "37.37"))  # fmt: skip
FRAMES = ("{}", "①{}", "住房保障支出（类）住房改革支出（款）{}（项）", "“{}”", "{}（2210203）")


def told(dataset: Dataset, family: str) -> list[str]:
    rows = check_document(dataset).findings.to_pylist()
    return [str(row["explanation"]) for row in rows if str(row["check_id"]).startswith(family)]


def with_text(lines: list[Row], text: list[Row]) -> Dataset:
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


def by_rows(**printed: str) -> Dataset:
    """A section that tells the general budget subject by subject; ``printed`` are amounts that it says otherwise."""
    lines = [
        figure("general_budget_expenditure", 5, row_no, 3, amount, side="expenditure", period="budget",
               **subject(code, name))
        for row_no, (code, name, amount) in enumerate(SUBJECTS, start=1)
    ]  # fmt: skip
    text = []
    for number, ((_, name, amount), frame) in enumerate(zip(SUBJECTS, FRAMES, strict=True), start=1):
        says = printed.get(name, amount)
        cell = f"{DOCUMENT}:t5:r{number}:c3" if says == amount else None
        more = {"restates_cell_id": cell, "sentence": f"（{number}）{name}{says}万元。"}
        text.append(said(number, frame.format(name), "amount", says, **more))
    return with_text(lines, text)


def test_an_amount_of_four_digits_is_put_beside_the_row_of_its_name_where_the_others_of_the_section_are_theirs() -> (
    None
):
    """With so few digits a slip is no sign, and it was compared with nothing."""
    assert told(by_rows(), "N27") == []
    (text,) = told(by_rows(购房补贴="37.07"), "N27")
    assert "应等于 2210203 购房补贴 37.37 万元（第5页）" in text


def test_an_amount_off_by_some_of_its_last_place_is_none_that_was_rounded() -> None:
    """As much as nine of the last place was left, and a wrong last digit with it."""
    assert "应等于 2210203 购房补贴 37.37 万元" in told(by_rows(购房补贴="37.31"), "N27")[0]


@pytest.mark.parametrize(
    "printed", [{"购房补贴": "37.38"}, {"购房补贴": "37.07", "住房公积金": "10.20"}, {"购房补贴": "12.91"}]
)
def test_what_a_text_rounds_or_what_is_no_slip_or_one_of_several_that_differ_is_left(printed: dict[str, str]) -> None:
    assert told(by_rows(**printed), "N27") == []


PUBLIC = (("“三公”经费预算数", "“三公”经费合计", "6.10"), ("因公出国（境）费", "因公出国（境）费", "0.00"),
          ("公务用车购置及运行费", "公务用车购置及运行费", "5.60"), ("公务用车购置费", "公务用车购置费", "2.00"),
          ("2026年公务用车运行费支出预算", "公务用车运行费", "3.60"), ("公务接待费", "公务接待费", "0.50"))  # fmt: skip


def public(**printed: str) -> Dataset:
    lines = [
        figure("three_public_expenses", 9, 4, column, amount, item=item, column_header=item, period="budget")
        for column, (_, item, amount) in enumerate(PUBLIC, start=2)
    ]
    text = [
        said(number, name, "amount", printed.get(item, amount), sentence=f"第{number}句。")
        for number, (name, item, amount) in enumerate(PUBLIC, start=1)
    ]
    return with_text(lines, text)


def test_an_item_of_the_three_public_expenses_that_the_text_tells_otherwise_is_told_against_the_table() -> None:
    assert told(public(), "N") == []
    texts = told(public(公务接待费="0.80"), "N")
    assert any("应等于 公务接待费 0.50 万元（第9页）" in text for text in texts)
    assert any("“公务接待费”一数：现印 0.80 万元，应为 0.50 万元" in text for text in texts)


def test_purchase_and_running_that_changed_places_in_the_table_were_not_seen() -> None:
    """Both are parts of one amount, and neither is a slip of the pen for the other: the text tells which is which."""
    (text,) = told(public(公务用车购置费="3.60", 公务用车运行费="2.00"), "N28")
    assert "看来互换了位置" in text
    assert "“公务用车购置费”栏的 2.00 万元 与“公务用车运行费”栏的 3.60 万元" in text


def test_the_three_add_up_in_the_text_too_and_so_do_purchase_and_running() -> None:
    assert any("＝因公出国（境）＋公务用车＋公务接待" in text for text in told(public(公务接待费="0.80"), "N"))
    assert any("＝购置费＋运行费" in text for text in told(public(公务用车运行费="3.90"), "N"))


def test_the_total_of_a_table_of_the_three_alone_was_compared_with_nothing() -> None:
    """It is called 合计 there; the text puts the department's name before it."""
    dataset = public()
    lines = [
        {**row, "item": "合计", "column_header": "合计"} if "三公" in str(row["item"]) else row
        for row in dataset["budget_lines"].to_pylist()
    ]
    rows = dataset["narrative_figures"].to_pylist()
    wrong = {**rows[0], "subject": "某区农业农村局“三公”经费年初预算安排", "value": rows[0]["value"] + 30000}
    texts = told(with_text(lines, [{**wrong, "value_printed": "9.10"}, *rows[1:]]), "N28")
    assert any("应等于 合计 6.10 万元（第9页）" in text for text in texts)


def test_the_three_add_up_where_the_text_tells_purchase_and_running_alone() -> None:
    dataset = public(公务用车运行费="3.90")
    rows = [row for row in dataset["narrative_figures"].to_pylist() if row["subject"] != "公务用车购置及运行费"]
    (text,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}, "N")
    assert "＝因公出国（境）＋公务用车购置＋公务用车运行＋公务接待（相差 0.30 万元）" in text


def test_nought_left_room_for_rounding_as_if_it_had_been_printed_in_whole_units() -> None:
    """0万元 is none; what the others miss the total by was called a remainder in fen."""
    dataset = public(公务接待费="0.56")
    rows = [
        {**row, "value_printed": "0"} if row["subject"] == "因公出国（境）费" else row
        for row in dataset["narrative_figures"].to_pylist()
    ]
    texts = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}, "N")
    assert texts
    assert not any("尾差" in text for text in texts)


@pytest.mark.parametrize(
    "frame", ["{}2026年预算数", "住房保障支出-住房改革支出-{}预算", "住房改革支出（款）{}（项）预算支出"]
)
def test_a_name_among_other_words_was_compared_with_no_row(frame: str) -> None:
    dataset = by_rows(购房补贴="37.07")
    *rows, last = dataset["narrative_figures"].to_pylist()
    text = [*rows, {**last, "subject": frame.format("购房补贴")}]
    (explanation,) = told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N27")
    assert "应等于 2210203 购房补贴 37.37 万元（第5页）" in explanation


def test_an_item_that_the_text_says_in_two_amounts_is_compared_with_none() -> None:
    dataset = public()
    text = [*dataset["narrative_figures"].to_pylist(), said(9, "公务接待费决算数", "amount", "0.80")]
    assert told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}, "N") == []


def test_an_item_said_twice_in_a_section_was_compared_with_none_where_one_is_a_slip() -> None:
    """公务接待费支出101.26万元 in the list, 公务接待费预算支出100.26万元 in its own sentence."""
    dataset = public()
    rows = dataset["narrative_figures"].to_pylist()

    def again(sentence: str) -> list[str]:
        second = said(9, "公务接待费预算支出", "amount", "0.80", sentence=sentence)
        return told({**dataset, "narrative_figures": to_arrow(NARRATIVE_FIGURES, [*rows, second])}, "N28")

    (text,) = again("公务接待费预算支出0.80万元，比预算减少。")
    assert "应等于 公务接待费 0.50 万元（第9页）" in text
    assert again("2025年公务接待费预算支出0.80万元。") == []


def sentences(*lists: tuple[str, ...], inner: str = "") -> Dataset:
    """Sentences of a whole and its parts (…万元，主要包括：…)."""
    text: list[Row] = []
    for number, (whole, *parts) in enumerate(lists):
        listed = "；".join(f"工作{place}{part}万元" for place, part in enumerate(parts))
        sentence = f"事项{number}安排{whole}万元，主要包括：{listed}{inner}。"
        for amount in (whole, *parts):
            name = f"事项{number}" if amount == whole else f"工作{amount}"
            text.append(said(len(text) + 1, name, "amount", amount, sentence=sentence))
    return with_text([], text)


def test_a_list_whose_only_figure_that_no_table_prints_is_a_slip_off_was_held_to_nothing() -> None:
    sentence = "预算收入3877.93万元，其中：一般公共预算收入3671.93万元，政府性基金预算收入204.00万元，其他收入0万元。"
    amounts = (
        ("预算收入", "3877.93", "c1"),
        ("一般公共预算收入", "3671.93", "c2"),
        ("政府性基金预算收入", "204.00", None),
    )
    text = [
        said(number, name, "amount", printed, sentence=sentence, restates_cell_id=cell)
        for number, (name, printed, cell) in enumerate((*amounts, ("其他收入", "0", None)), start=1)
    ]
    (explanation,) = told(with_text([], text), "N31")
    assert "相差 2.00 万元" in explanation


GOOD = (("30.00", "10.00", "20.00"), ("50.00", "15.00", "35.00"), ("12.50", "2.50", "10.00"))


def test_a_whole_and_its_parts_in_one_sentence_add_up_where_those_of_the_text_do() -> None:
    assert told(sentences(*GOOD), "N31") == []
    (text,) = told(sentences(*GOOD, ("172.22", "934.42", "37.80")), "N31")
    assert "印为 事项3 172.22 万元，应等于 工作934.42 934.42 万元 + 工作37.80 37.80 万元 = 972.22 万元" in text


def test_sentences_that_list_only_some_of_the_parts_are_held_to_nothing() -> None:
    some = (("30.00", "10.00", "11.00"), ("50.00", "15.00", "15.00"), ("172.22", "134.42", "31.80"))
    assert told(sentences(*GOOD, *some), "N31") == []


def test_a_part_of_a_part_is_not_added_up() -> None:
    """含结转经费6.90万元 stands within the part before it."""
    assert told(sentences(*GOOD, ("603.84", "328.69", "155.15", "120.00", "6.90")), "N31") == []
