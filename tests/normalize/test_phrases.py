"""Printed phrases made comparable, and labels as they are published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.phrases import bare, plain, unnumbered, without_years


@pytest.mark.parametrize(
    ("printed", "phrase"),
    [
        ("“三公”经费", "三公经费"),
        ("合　　计", "合计"),
        (" 一般公共\n服务支出 ", "一般公共服务支出"),
        ("（一）基本支出", "(一)基本支出"),
        ("单位：万元", "单位:万元"),
        ("《预算法》", "预算法"),
        ("２０１", "201"),
        ("⽬录", "目录"),
        ("二〇二四年部门预算", "2024年部门预算"),
        ("二○二六年度", "2026年度"),
        ("二十四年", "二十四年"),
    ],
)
def test_phrases_are_compared_without_blanks_quotes_and_widths(printed: str, phrase: str) -> None:
    assert plain(printed) == phrase


@pytest.mark.parametrize(
    "printed",
    ["一、基本支出", "（一）基本支出", "1.基本支出", "1、基本支出", "①基本支出", "(1)基本支出", "其中：基本支出",
    "　其中:基本支出",
     "一．基本支出", "十二、基本支出", "⑴基本支出", "其中：1.基本支出", "基本支出：", "- 基本支出"],
)  # fmt: skip
def test_a_label_is_compared_without_its_numbering_and_a_leading_of_which(printed: str) -> None:
    assert bare(printed) == "基本支出"


@pytest.mark.parametrize("printed", ["二十大宣传", "三公经费", "一般公共服务支出", "2026年预算", "12.5", "其中", "1"])
def test_words_that_only_begin_like_a_number_stay_whole(printed: str) -> None:
    assert bare(printed) == printed


@pytest.mark.parametrize(
    ("phrase", "shorter", "years"),
    [
        ("2026年部门收支总体情况表", "部门收支总体情况表", (2026,)),
        ("2026年度预算数", "预算数", (2026,)),
        ("2025年预算数与2026年预算数", "预算数与预算数", (2025, 2026)),
        ("2026预算数", "预算数", (2026,)),
        ("2025决算", "决算", (2025,)),
        ("预算数", "预算数", ()),
        ("科目2013101", "科目2013101", ()),
        ("1999元", "1999元", ()),
        ("2023年初预算数", "年初预算数", (2023,)),
        ("2023年年初预算数", "年初预算数", (2023,)),
        ("2023年末结转和结余", "年末结转和结余", (2023,)),
    ],
)
def test_years_are_kept_apart_from_the_phrase(phrase: str, shorter: str, years: tuple[int, ...]) -> None:
    assert without_years(phrase) == (shorter, years)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("（一）工资福利支出", "工资福利支出"),
        ("（1）“两委”补助", "“两委”补助"),
        ("1.办公费", "办公费"),
        ("档案馆", "档案馆"),
        ("2013101", "2013101"),
        ("一、", "一、"),
    ],
)
def test_a_published_name_loses_its_numbering_and_nothing_else(printed: str, name: str) -> None:
    assert unnumbered(printed) == name


@given(st.text(alphabet="一二十（(1.2、）)其中：支出费 　“”", max_size=12))
def test_comparing_twice_is_comparing_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert without_years(without_years(plain(text))[0])[0] == without_years(plain(text))[0]


@given(st.text(max_size=20))
def test_a_label_never_becomes_nothing(text: str) -> None:
    assert bool(bare(text)) == bool(plain(text))
    assert bool(unnumbered(text)) == bool(text)
