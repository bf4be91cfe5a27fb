"""Whether the characters of a page can be trusted."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.extract.unicode_maps import count_controls, is_unreadable

PAGE = "2026年部门收入总表，单位：万元。×÷·°±§®“行政运行”—— 2013101 1,234.56 αβ Ⅳ ① ㎡ Я" * 5


def unreadable(text: str, unmapped: int = 0) -> bool:
    return is_unreadable(np.array([ord(letter) for letter in text], dtype=np.int64), unmapped)


def test_a_page_of_chinese_with_signs_and_greek_is_readable() -> None:
    assert not unreadable(PAGE)
    assert not unreadable("")


@pytest.mark.parametrize("garbled", ["机关Ï业单位Ā本养老", "w中：ÿ1Ā|ó用车", "\x80\x9c\x89行政", "单位名Ā、Þ、Û"])
def test_a_page_whose_map_gives_some_letters_as_bytes_is_unreadable_as_a_whole(garbled: str) -> None:
    """Ghostscript loses the map of some fonts: most letters come out right, others as Latin-1."""
    assert unreadable(PAGE + garbled * 3)


def test_a_name_with_an_accent_makes_no_page_unreadable() -> None:
    assert not unreadable(PAGE + "Café Müller")


def test_a_tenth_of_glyphs_without_unicode_makes_a_page_unreadable() -> None:
    assert not unreadable(PAGE, len(PAGE) // 10)
    assert unreadable(PAGE, len(PAGE) // 10 + 1)


def test_glyphs_given_as_many_controls_have_no_map_and_a_blank_given_as_one_has() -> None:
    """Subset fonts without a map number their glyphs from 1: pages of controls and Latin letters were read as empty."""
    assert count_controls(np.array([1, 4, 5, 6, 7, 0x4E00])) == 5
    assert count_controls(np.array([3, 3, 3, 3, 3, 0x4E00])) == 0
    assert count_controls(np.array([2, 9, 10, 13, 13, 2])) == 0  # where lines end
