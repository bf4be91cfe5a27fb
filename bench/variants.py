"""Other ways to print the same disclosure: each says the same, so nothing that is read or told of it may change.

A variant changes the text of lines or of cells, wherever the words stand that it is about. Nothing here knows how they
are read; ``reprinted`` measures that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

Change = Callable[[str], str]

_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW_BRACKETS = str.maketrans("（）", "()")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_NARROW = str.maketrans("（），；：“”", '(),;:""')
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NOUGHT = re.compile(r"0(?:\.0+)?")
_CODE = re.compile(r"2\d{4}(?:\d\d)?")
_SHORT_NAME = re.compile(r"[一-鿿]{2,4}")
_MONEY = re.compile(r"(?<![\d.,])(\d{4,})(\.\d+)(?=[万亿]?元)")
_UNIT = re.compile(r"单位[:：](.*元)")
_TITLE = re.compile(r"[^，。；：]{2,40}(?:预算|决算|收支|收入|支出|情况|经费)[^，。；：]{0,12}表(?:（[^）]*）)?")


class Variant(NamedTuple):
    """One other way to print: of which texts, and how."""

    of: Literal["lines", "cells"]
    change: Change


def _words(pattern: str, other: str) -> Change:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(other, text)


def _where(fits: re.Pattern[str], change: Change) -> Change:
    """The change, of texts that are nothing but such."""
    return lambda text: change(text) if fits.fullmatch(text) else text


def _called(name: str, other: str) -> Change:
    return lambda text: other if "".join(text.split()) == name else text


def _parted(code: str) -> str:
    return " ".join(filter(None, (code[:3], code[3:5], code[5:])))


_LINES: Mapping[str, Change] = {
    "narrow brackets": lambda text: text.translate(_NARROW_BRACKETS),
    "wide brackets": lambda text: text.translate(_WIDE_BRACKETS),
    "narrow punctuation": lambda text: text.translate(_NARROW),
    "wide digits": lambda text: text.translate(_WIDE_DIGITS),
    "thousands parted": lambda text: _MONEY.sub(lambda found: f"{int(found[1]):,}{found[2]}", text),
    "thousands not parted": _words(r"(?<=\d),(?=\d{3}(?:[.,]|\D|$))", ""),
    "blank before the unit": _words(r"(?<=\d)(?=[万亿]?元)", " "),
    "blanks round numbers": _words(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])", " "),
    "％": _words("%", "％"),
    "增加 as 增长": _words(r"增加(?=了?\d)", "增长"),
    "减少 as 下降": _words(r"减少(?=了?\d)", "下降"),
    "增长 as 上升": _words(r"增长(?=了?\d)", "上升"),
    "增长 as 提高": _words(r"增长(?=了?\d)", "提高"),
    "下降 as 降低": _words(r"下降(?=了?\d)", "降低"),
    "增长 as 增长约": _words(r"(增长|下降)(?=\d[\d.]*[%％])", r"\1约"),
    "增加 as 增加了": _words(r"(增加|减少|增长|下降)(?=\d)", r"\1了"),
    "比上年 as 较上年": _words("比上年", "较上年"),
    "比上年 as 与上年相比": _words("[比较]上年(?=[增减下])", "与上年相比，"),
    "预算 as 预算共计": _words(r"预算(?=\d[\d,.]*万元)", "预算共计"),
    "为 as 为人民币": _words(r"为(?=\d[\d,.]*万元)", "为人民币"),
    "（一） as (一)": _words("^（([一二三四五六七八九])）", r"(\1)"),
    "1. as （1）": _words(r"^(\d)[.．、](?!\d)", r"（\1）"),
    "1. as 1、": _words(r"^(\d)[.．](?!\d)", r"\1、"),
    "一、 as 一.": _words("^([一二三四五六七八九十]+)、", r"\1."),
    "人民币 in the unit": _where(_UNIT, _words("^单位[:：]", "金额单位：人民币")),
    "brackets round the unit": _where(_UNIT, _words("^(.*)$", r"（\1）")),
    "a title spaced out": _where(_TITLE, " ".join),
    "a title behind its number": _where(_TITLE, "附表1：{}".format),
    "总表 as 总体情况表": _where(_TITLE, _words("总表", "总体情况表")),
    "部门 as 单位 in titles": _where(_TITLE, _words("部门", "单位")),
}  # fmt: skip
_CELLS: Mapping[str, Change] = {
    "narrow brackets in cells": lambda text: text.translate(_NARROW_BRACKETS),
    "wide brackets in cells": lambda text: text.translate(_WIDE_BRACKETS),
    "thousands not parted in cells": _where(_NUMBER, _words(",", "")),
    "wide commas in cells": _where(_NUMBER, _words(",", "，")),
    "short names spaced out": _where(_SHORT_NAME, " ".join),
    "noughts as dashes": _where(_NOUGHT, lambda _: "-"),
    "noughts as long dashes": _where(_NOUGHT, lambda _: "—"),
    "noughts without places": _where(_NOUGHT, lambda _: "0"),
    "codes in wide digits": _where(_CODE, lambda text: text.translate(_WIDE_DIGITS)),
    "codes parted": _where(_CODE, _parted),
}
_CALLED = (
    ("基本支出", "基本支出预算"), ("项目支出", "项目支出预算"), ("人员经费", "人员支出"), ("公用经费", "日常公用经费"),
    ("公用经费", "公用支出"), ("财政专户管理资金", "财政专户管理资金收入"), ("事业单位经营收入", "经营收入"),
    ("上级补助收入", "上级补助"), ("附属单位上缴收入", "附属单位上交收入"), ("上年结转", "上年结转结余"),
    ("上年结转结余", "上年结转"), ("结转下年", "年终结转结余"), ("因公出国（境）费用", "因公出国（境）费"),
    ("公务用车购置及运行费", "公务用车购置及运行维护费"), ("公务用车运行费", "公务用车运行维护费"),
    ("公务接待费", "公务接待费用"), ("单位名称", "预算单位"), ("单位编码", "单位代码"), ("科目编码", "科目代码"),
    ("合计", "总计"), ("收入", "收 入"), ("支出", "支 出"), ("预算数", "本年预算数"), ("预算数", "年初预算数"),
    ("本年收入合计", "收入合计"), ("本年支出合计", "支出合计"), ("一般公共预算", "一般公共预算资金"),
    ("一般公共预算拨款", "一般公共预算拨款收入"), ("政府性基金预算拨款", "政府性基金"), ("单位资金", "单位资金收入"),
    ("国有资本经营预算拨款", "国有资本经营预算"), ("财政拨款", "财政拨款资金"), ("类", "类别"), ("款", "款别"),
    ("经营支出", "事业单位经营支出"), ("对附属单位补助支出", "对附属单位补助"),
)  # fmt: skip

VARIANTS: Mapping[str, Variant] = {
    **{name: Variant("lines", change) for name, change in _LINES.items()},
    **{name: Variant("cells", change) for name, change in _CELLS.items()},
    **{f"{name} as {other}": Variant("cells", _called(name, other)) for name, other in _CALLED},
}
