"""Names and numbers that answer to each other in order (A、B和C分别为…), and lists that are no guess."""

import pytest

from pipeline.normalize.narrative import read_text
from tests.normalize.drawn import text


def said(sentence: str) -> list[tuple[str | None, str]]:
    """What each number of a sentence measures, and the number."""
    return [(figure.subject, figure.value_printed) for figure in read_text(text(sentence)).figures]


def test_names_before_a_list_of_numbers_answer_to_the_numbers_in_order() -> None:
    """Each number but the first bore no name, and the first bore all of them."""
    assert said("政府采购货物、工程和服务预算分别为12.00万元、0.50万元和36.50万元。") == [
        ("政府采购货物", "12.00"), ("工程", "0.50"), ("服务预算", "36.50"),
    ]  # fmt: skip
    assert said("因公出国（境）费和公务接待费分别为1万元和2.60万元。") == [
        ("因公出国（境）费", "1"), ("公务接待费", "2.60"),
    ]  # fmt: skip


def test_a_name_with_an_and_of_its_own_is_one_name() -> None:
    assert said("卫生健康支出、社会保障和就业支出分别为8万元、12万元。") == [
        ("卫生健康支出", "8"), ("社会保障和就业支出", "12"),
    ]  # fmt: skip
    assert said("社会保障和就业支出和住房保障支出分别为8万元和12万元。") == [
        ("社会保障和就业支出", "8"), ("住房保障支出", "12"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", ["基本支出、项目支出和经营支出", "货物、工程和服务", "会议费、培训费和公务接待费"])
def test_three_names_with_two_numbers_were_named_wrongly(names: str) -> None:
    """项目支出和经营支出 was one name: which of the three has no number cannot be told."""
    read = read_text(text(f"{names}分别为12.00万元和36.50万元。"))

    assert [figure.subject for figure in read.figures] == [None, None]
    (finding,) = read.unread
    assert finding.code == "text_list_unclear"
    assert "“12.00万元、36.50万元”" in finding.zh


def test_shares_of_a_list_are_those_of_its_parts_in_order() -> None:
    told = said("基本支出和项目支出分别为60万元和40万元，分别占本年支出的60%和40%。")

    assert told[2:] == [("基本支出占本年支出比重", "60"), ("项目支出占本年支出比重", "40")]


def test_changes_of_a_list_are_those_of_its_parts_each_with_its_own_direction() -> None:
    read = read_text(text("会议费和培训费分别为3万元和6.80万元，较上年分别减少2.50万元和增加0.20万元。"))

    assert [(figure.subject, figure.direction, figure.of) for figure in read.figures[2:]] == [
        ("会议费", "decrease", 1), ("培训费", "increase", 2),
    ]  # fmt: skip


def test_a_fall_behind_what_was_level_is_one_of_the_name_that_is_left() -> None:
    """分别与上年持平、减少3.00万元: it was a fall of what was named last, whichever that was."""
    told = read_text(text("购置费0万元、运行费24万元，分别与上年持平、减少3.00万元。"))
    assert (told.figures[-1].subject, told.figures[-1].of, told.unread) == ("运行费", 2, ())
    named = read_text(text("会议费和培训费分别与上年无变化和增加2万元。")).figures
    assert [(figure.subject, figure.direction) for figure in named] == [("培训费", "increase")]


def test_more_falls_and_rises_than_names_are_of_none() -> None:
    read = read_text(text("购置费0万元、运行费24万元，分别与上年持平、减少3.00万元、增加2万元。"))
    assert read.figures[2].subject is None
    assert [finding.code for finding in read.unread] == ["text_list_unclear"]


def test_an_and_behind_a_number_parts_two_subjects() -> None:
    """包括人员经费3845.07万元和日常公用经费668.35万元: the second's name had the first one's number in it."""
    assert said("基本支出包括人员经费3845.07万元和日常公用经费668.35万元。")[-1] == ("日常公用经费", "668.35")


def test_what_falls_together_falls_in_both_parts() -> None:
    """减少会议费3万元和培训费2万元: the second was an amount of this year."""
    read = read_text(text("主要是减少会议费3万元和培训费2万元。"))

    assert [(figure.kind, figure.direction, figure.subject) for figure in read.figures] == [
        ("change", "decrease", "会议费"), ("change", "decrease", "培训费"),
    ]  # fmt: skip


def test_what_is_counted_in_a_list_stands_behind_each_number() -> None:
    """5座水库、7条管线: the second counted 5座水库."""
    assert said("用于5座水库、7条管线和6座泵站的运行。")[1:] == [("管线", "7"), ("泵站", "6")]
