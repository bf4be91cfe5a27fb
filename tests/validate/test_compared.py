"""Changes beside what they are compared with, parts of the sentence before, amounts that are told again."""

from __future__ import annotations

import pytest

from pipeline.tables import Row
from tests.validate.test_changes import changed, made
from tests.validate.test_texts import checks, said
from tests.validate.test_wording import told

SENTENCE = "接待费87.20万元，较2025年年初预算6.40万元增加80.80万元，增长7.00%。"


def compared(before: str = "6.40") -> list[Row]:
    sentence = SENTENCE.replace("6.40", before)
    return [
        said(1, "接待费", "amount", "87.20", sentence=sentence),
        said(2, "接待费2025年年初预算（此前）", "amount", before, sentence=sentence),
        said(3, "接待费", "change", "80.80", sentence=sentence, direction="increase"),
    ]


def test_a_change_is_what_lies_between_the_two_figures_that_its_sentence_prints() -> None:
    assert checks(made(*compared()), "N60") == [("N60/3", "exact")]
    (text,) = told(made(*compared("4.40")), "N60")
    assert "“接待费”的增减额＝所说的本年数－所比的数" in text


def test_more_was_added_than_there_is() -> None:
    """安排3万元，比上年增加11.3万元: 减少 was meant."""
    assert checks(made(*changed(1, "接待费", "3.00", "-11.30")), "N61") == [("N61", "not_applicable")]
    assert checks(made(*changed(1, "接待费", "3.00", "3.00")), "N61") == [("N61/1", "exact")]
    (text,) = told(made(*changed(1, "接待费", "3.00", "11.30")), "N61")
    assert "“接待费3.00万元，增加11.30万元”所说的增减与本年数不能同时成立：本年数只有3.00万元" in text


@pytest.mark.parametrize(("rate", "outcome"), [("0.00", "exact"), ("7.00", "fails")])
def test_no_change_of_nothing_has_no_rate(rate: str, outcome: str) -> None:
    rows = changed(1, "出国费", "0.00", "0.00")
    rows += [said(3, "出国费", "change", rate, "%", sentence=rows[1]["sentence"], direction="increase")]
    assert checks(made(*rows), "N61") == [("N61/1", outcome)]


def test_what_stands_between_an_amount_and_its_change_began_at_the_first_figure_printed_alike() -> None:
    """出国费0万元，…原因是…；购置费0万元，比上年减少19.60万元: the reason was taken for one of the change."""
    frame = (
        "出国费0万元，原因是与上年持平；用车{0}（购置费0万元，比上年减少19.60万元；"
        "运行费24.80万元，比上年{1}。）比上年减少25.05万元。"
    )

    def vehicles(running: str) -> list[tuple[str, str]]:
        sentence = frame.format("24.80万元", f"{running}5.45万元")
        way = "decrease" if running == "减少" else "increase"
        of = {"sentence": sentence}
        down = of | {"direction": "decrease"}
        dataset = made(
            said(1, "因公出国（境）费", "amount", "0", **of),
            said(2, "公务用车购置及运行维护费", "amount", "24.80", **of),
            said(3, "公务用车购置费", "amount", "0", **of),
            said(4, "公务用车购置费", "change", "19.60", **down),
            said(5, "公务用车运行维护费", "amount", "24.80", **of),
            said(6, "公务用车运行维护费", "change", "5.45", **of, direction=way),
            said(7, "公务用车购置及运行维护费", "change", "25.05", **down),
        )
        return [outcome for check, outcome in checks(dataset, "N32") if outcome == "fails"]

    assert vehicles("减少") == []
    assert vehicles("增加") == ["fails"]


def test_procurement_whose_parts_the_next_sentence_lists_was_held_to_nothing() -> None:
    def procured(services: str) -> list[tuple[str, str]]:
        behind = {"sentence": f"其中拟购买货物59.00万元，拟购买服务{services}万元。"}
        whole = {"sentence": "政府采购预算总金额为2247.85万元。"}
        text = [
            said(1, "政府采购预算总金额", "amount", "2247.85", **whole),
            said(2, "拟购买货物", "amount", "59.00", **behind),
            said(3, "拟购买服务", "amount", services, **behind),
        ]
        return checks(made(*text), "N26")

    assert procured("2188.85") == [("N26/1", "exact")]
    assert procured("2108.85") == [("N26/1", "fails")]


def test_shares_that_open_a_section_are_of_the_whole_that_the_one_before_it_says() -> None:
    def shares(percent: str) -> list[tuple[str, str]]:
        parts = [("公共服务支出", "80.00", "80.00"), ("教育支出", "20.00", percent)]
        text = [said(1, "一般公共预算拨款", "amount", "100.00", section="三/五/（一）")]
        for name, amount, share in parts:
            text += [said(len(text) + 1, name, "amount", amount, section="三/五/（二）")]
            text += [said(len(text) + 1, f"{name}占比", "percent", share, "%", section="三/五/（二）")]
        return checks(made(*text), "N03")

    assert shares("20.00") == [("N03/3", "exact"), ("N03/5", "exact")]
    assert shares("70.00") == [("N03/3", "exact"), ("N03/5", "fails")]


def test_a_list_of_one_part_is_that_part_where_such_lists_of_the_text_are() -> None:
    def lists(part: str) -> list[str]:
        text: list[Row] = []
        for number, (whole, one) in enumerate([("5.00", "5.00"), ("7.10", "7.10"), ("8.20", "8.20"), ("146.07", part)]):
            sentence = f"事项{number}安排{whole}万元，主要包括：工作{number}共{one}万元。"
            text += [said(len(text) + 1, f"事项{number}", "amount", whole, sentence=sentence)]
            text += [said(len(text) + 1, f"工作{number}", "amount", one, sentence=sentence)]
        return told(made(*text), "N31")

    assert lists("146.07") == []
    assert len(lists("946.07")) == 1


def test_an_amount_that_a_section_tells_twice_of_one_name_was_held_to_nothing() -> None:
    """包括…公用经费857.93万元, and below it （二）公用经费875.93万元."""

    def twice(again: str, sentence: str = "（二）公用经费{}万元。", section: str = "一、某站") -> list[str]:
        text = [
            said(1, "公用经费", "amount", "857.93", section="一、某站", sentence="包括公用经费857.93万元。"),
            said(2, "公用经费", "amount", again, section=section, sentence=sentence.format(again)),
        ]
        return told(made(*text), "N62")

    (text,) = twice("875.93")
    assert "“公用经费”的数额＝同一节里他处所说：印为 公用经费 875.93 万元，应等于 公用经费 857.93 万元" in text
    assert twice("857.9") == []
    assert twice("666.00") == []  # another thing of that name
    assert twice("875.93", sentence="2025年公用经费{}万元。") == []
    assert twice("875.93", section="二、另一站") == []


@pytest.mark.parametrize(
    ("amount", "by", "behind", "findings"),
    [
        ("195.71", "-195.71", "", 1),
        ("195.71", "195.71", "", 0),  # there was none last year
        ("150.00", "-150.00", "", 0),  # half of a round amount may well be gone
        ("195.71", "-195.71", "压减一半", 0),
    ],
)
def test_a_fall_of_just_what_is_left_was_not_seen(amount: str, by: str, behind: str, findings: int) -> None:
    """公务员医疗补助195.71万元，较上年减少195.71万元: it rose, from nothing."""
    rows = changed(1, "公务员医疗补助", amount, by)
    rows = [{**row, "sentence": f"{row['sentence']}{behind}"} for row in rows]
    texts = told(made(*rows), "N64")
    assert len(texts) == findings
    assert all("“公务员医疗补助195.71万元，减少195.71万元”减少的恰好等于本年数" in text for text in texts)
