"""What a run of glyphs says, and which doings of the layout are undone (data contract, "Rules for values")."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.extract.glyphs import drawn_once
from pipeline.extract.text import RADICALS, count_digits, lines_of, read, repair
from tests.extract.build import Ink, glyphs_of


def texts(*inks: Ink) -> str:
    glyphs = glyphs_of(*inks)
    return read(glyphs, lines_of(glyphs, np.arange(len(glyphs.codes)))).text


# --- wraps -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("机关事业单位基本养老\n保险缴费支出", "机关事业单位基本养老保险缴费支出"),
        ("一、一般公共\n服务\n支出", "一、一般公共服务支出"),
        ("419\n2.53", "4192.53"),
        ("2026年\n预算数", "2026年预算数"),
        ("Budget of\nthe year", "Budget of the year"),
        ("项目管理\nand资金", "项目管理and资金"),
    ],
)
def test_a_wrapped_cell_reads_as_one_text(raw: str, text: str) -> None:
    reading = repair(raw)
    assert reading.text == text
    assert "unwrapped" in reading.repairs
    assert reading.raw == raw


@pytest.mark.parametrize("raw", ["-\n1,698,500.00", "12.30\n-\n1,698,500.00"])
def test_a_dash_on_a_line_of_its_own_is_no_sign_of_the_figure_below_it(raw: str) -> None:
    """Nothing, and below it 1,698,500.00, were published as minus 1,698,500.00."""
    assert "-1" not in repair(raw).text


def test_a_line_half_a_line_below_anothers_end_was_torn_in_two_by_a_hair() -> None:
    """费 that ends a heading of two lines stands half way above the headings beside it: these read 小计务车, 公用."""
    inks = [Ink("费", 10.0, 100.0), Ink("小计", 40.0, 105.1), Ink("公", 80.0, 104.9), Ink("务", 90.0, 105.1)]
    glyphs = glyphs_of(*inks)
    lines = lines_of(glyphs, np.arange(len(glyphs.codes)))
    assert ["".join(chr(glyphs.codes[n]) for n in line.glyphs) for line in lines] == ["费", "小计公务"]


# --- blanks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("4192. 53", "4192.53"),
        ("4 192.53", "4192.53"),
        ("1, 234.50", "1,234.50"),
        ("合  计", "合计"),
        ("2026 年预算", "2026年预算"),
        ("类 款 项", "类款项"),
        ("≥ 95 %", "≥95%"),
        ("  收入  ", "收入"),
    ],
)
def test_blanks_inside_words_and_numbers_are_the_layouts(raw: str, text: str) -> None:
    reading = repair(raw)
    assert reading.text == text
    assert reading.repairs == ("inner_space_removed",)


@pytest.mark.parametrize("raw", ["12.50  3.00", "1,234.50 3.00", "-5.00  100.00%"])
def test_two_numbers_in_one_cell_stay_two_numbers(raw: str) -> None:
    assert repair(raw).text.split() == raw.split()


def test_latin_words_keep_the_blank_between_them() -> None:
    assert repair("Microsoft Office软件").text == "Microsoft Office软件"
    assert repair("项目管理 and 资金").text == "项目管理and资金"


# --- radicals and forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("科⽬编码", "科目编码"),
        ("⼀般公共服务⽀出", "一般公共服务支出"),
        ("⽂化旅游", "文化旅游"),
        ("⾏政运⾏", "行政运行"),
        ("⼾籍", "户籍"),
        ("⺠政", "民政"),
        ("⻋辆购置", "车辆购置"),
        ("部⻔预算", "部门预算"),
        ("⻓期", "长期"),
        ("⻢匹", "马匹"),
        ("金額", "金額"),
    ],
)
def test_radicals_become_the_characters_that_they_stand_for(raw: str, text: str) -> None:
    reading = repair(raw)
    assert reading.text == text
    assert ("radical_normalised" in reading.repairs) == (raw != text)


def test_every_kangxi_radical_and_supplement_in_the_map_becomes_a_common_ideograph() -> None:
    assert set(range(0x2F00, 0x2FD6)) <= set(RADICALS)
    for code, plain in RADICALS.items():
        assert len(plain) == 1
        assert unicodedata.name(plain).startswith("CJK UNIFIED IDEOGRAPH"), hex(code)


def test_every_radical_that_unicode_equates_with_one_ideograph_is_in_the_map() -> None:
    """The supplement block, less the two that Unicode gives no equivalent (⺀ repeats, ⺚ is unassigned)."""
    supplement = {code for code in range(0x2E80, 0x2EF4) if unicodedata.category(chr(code)) != "Cn"}
    missing = sorted(chr(code) for code in supplement - set(RADICALS))
    simplified = [c for c in missing if "SIMPLIFIED" in unicodedata.name(c)]
    assert not simplified


@pytest.mark.parametrize("text", ["（一）“三公”经费", "财预〔2016〕143号", "【重点】－—", "１２３", "①～⑩", "Ⅳ类"])
def test_full_width_brackets_quotes_and_digits_stay_as_printed(text: str) -> None:
    assert repair(text) == repair(text).__class__(text, text, ())


# --- properties ------------------------------------------------------------------------------------------------------

NUMBERS = st.from_regex(r"-?\d{1,5}(\.\d{1,2})?%?", fullmatch=True)
WORDS = st.sampled_from(["支出", "合计", "（一）", "ab", "X", "⽬", "⻋", ",", "-", ".", "%", ""])
RAW = st.lists(st.tuples(st.one_of(NUMBERS, WORDS), st.sampled_from(["", " ", "  ", "\n", " \n"])), max_size=6).map(
    lambda pieces: "".join(text + gap for text, gap in pieces)
)


@given(RAW)
def test_a_repair_loses_no_digit_and_no_character_but_blanks(raw: str) -> None:
    kept = [character for character in raw.translate(RADICALS) if not character.isspace()]
    assert [character for character in repair(raw).text if character != " "] == kept


@given(RAW)
def test_a_repair_leaves_no_line_break_and_no_blank_at_an_end(raw: str) -> None:
    text = repair(raw).text
    assert "\n" not in text
    assert text == text.strip()


@given(RAW)
@example("12  34")
@example("0 -0 ,")
def test_a_repaired_text_has_nothing_left_to_repair(raw: str) -> None:
    once = repair(raw).text
    assert repair(once).text == once


@given(RAW)
def test_the_repairs_are_named_when_and_only_when_the_text_changed(raw: str) -> None:
    reading = repair(raw)
    assert bool(reading.repairs) == (reading.text != raw)


@given(st.lists(st.integers(0, 0x10FFFF), max_size=30))
def test_digits_are_counted_by_code_point(codes: list[int]) -> None:
    assert count_digits(np.array(codes, dtype=np.int64)) == sum(chr(code) in "0123456789" for code in codes)


# --- glyphs to lines -------------------------------------------------------------------------------------------------


def test_glyphs_on_one_height_are_one_line_from_left_to_right() -> None:
    assert texts(Ink("支出", 100, 50), Ink("本年", 80, 50.5)) == "本年支出"


def test_glyphs_on_two_heights_are_two_lines_from_top_to_bottom() -> None:
    assert texts(Ink("养老保险", 80, 64), Ink("机关事业单位", 80, 50)) == "机关事业单位养老保险"


def test_a_small_raised_character_stands_in_its_line() -> None:
    assert texts(Ink("面积", 80, 50), Ink("2", 100, 49, size=5), Ink("合计", 103, 50)) == "面积2合计"


def test_figures_that_stand_far_apart_are_two_numbers() -> None:
    assert texts(Ink("12.50", 80, 50), Ink("3.00", 130, 50)).split() == ["12.50", "3.00"]


def test_figures_set_loosely_are_one_number() -> None:
    assert texts(Ink("4 1 9 2 . 5 3", 80, 50)) == "4192.53"


def test_no_glyphs_say_nothing() -> None:
    assert lines_of(glyphs_of(Ink("", 0, 0)), np.arange(0)) == []


def test_a_sign_far_from_a_figure_is_not_its_sign() -> None:
    """The hyphen of a project's name, 2025年-2026年, ran over into the next cell, whose amount became -5.35."""
    assert repair("-  5.35").text == "-  5.35"
    assert repair("- 5.35").text == "-5.35"


# --- print over print ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("height", [10.0, 1.0])
def test_a_glyph_drawn_again_beside_itself_to_look_bold_is_read_once(height: float) -> None:
    """The box of 一 may be as flat as its stroke: it was kept twice, 一一般公共预算."""
    glyphs = glyphs_of(Ink("一般", 50, 100), Ink("一般", 50.3, 100))
    boxes = glyphs.boxes.copy()
    boxes[glyphs.codes == ord("一"), 3] = 100 + height
    again = replace(glyphs, boxes=boxes)
    assert "".join(map(chr, again.select(drawn_once(again)).codes.tolist())) == "一般"


def test_the_same_glyph_twice_in_a_word_is_two() -> None:
    glyphs = glyphs_of(Ink("——11", 50, 100))
    assert drawn_once(glyphs).all()


@pytest.mark.parametrize("printed", ["1 900 000000", "345 67", "12 345 67"])
def test_figures_whose_comma_and_point_are_blanks_are_no_number(printed: str) -> None:
    """A font's map gave both as blanks: 1,900.000000 became a thousand nine hundred million."""
    assert " " in repair(printed).text


@pytest.mark.parametrize(
    ("printed", "text"),
    [("1 900 000", "1900000"), ("1 234.56", "1234.56"), ("2 0 2 6 年", "2026年"), ("20 26年", "2026年")],
)
def test_figures_spaced_out_are_one_number(printed: str, text: str) -> None:
    assert repair(printed).text == text
