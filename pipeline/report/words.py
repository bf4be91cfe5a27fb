"""How counts, amounts and the schema's words are shown to people, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

SEVERITY: Mapping[str, str] = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
VERDICT: Mapping[str, str] = {
    "publisher_error": "公布有误 publisher's error",
    "definition": "口径 definition",
    "layout": "版式 layout",
    "extraction": "抽取未尽 our reading",
    "undetermined": "未定 undetermined",
}
OUTCOME: Mapping[str, str] = {
    "exact": "相等 exact",
    "within_rounding": "舍入之内 within rounding",
    "fails": "不成立 fails",
    "blocked": "受阻 blocked",
    "not_applicable": "不适用 not applicable",
}
GROUP: Mapping[str, str] = {
    "assert": "必须成立 assert",
    "inferred": "推断 inferred",
    "heuristic": "经验 heuristic",
    "disclosure": "公开完整性 disclosure",
}
PLACE: Mapping[str, str] = {
    "facts": "数据 facts",
    "labels": "行标题 labels",
    "headers": "列标题 headers",
    "findings": "问题 findings",
    "unread": "未识别的表 unread tables",
}
DOCUMENT_TYPE: Mapping[str | None, str] = {
    "budget": "预算 budget",
    "final_accounts": "决算 final accounts",
    None: "类型不明 type unknown",
}
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_BETWEEN = " / "


def percent(part: int, whole: int) -> str:
    """A share with two decimals, cut off and not rounded: only all of them are 100 %. ``–`` of nothing."""
    if not whole:
        return "–"
    share = part * 10000 // whole
    return f"{share // 100}.{share % 100:02d} %"


def of(part: int, whole: int) -> str:
    """``8 / 9``."""
    return f"{part:,} / {whole:,}"


def figure(value: Decimal | None) -> str:
    """An exact decimal with thousands and without trailing zeros beyond two places; nothing for None."""
    if value is None:
        return ""
    whole, _, places = f"{value:,f}".partition(".")
    kept = places.rstrip("0")
    return f"{whole}.{kept:0<2}" if kept else whole


def pages(numbers: Iterable[int | None], most: int = 8) -> str:
    """``p.3, 4, 9``, at most ``most`` of them; nothing when there are none."""
    known = sorted({number for number in numbers if number is not None})
    if not known:
        return ""
    return f"p.{', '.join(map(str, known[:most]))}{' …' if len(known) > most else ''}"


def both_languages(explanation: str) -> tuple[str, str]:
    """The Chinese and the English half of a finding's explanation.

    They are joined by `` / ``, which may also stand in what they quote or as a sign of division, so the cut is the one
    with the left most Chinese and the right least; figures are of no language. An explanation of one half has an empty
    second one. Nothing of the text is lost.
    """
    cuts = [found.start() for found in re.finditer(re.escape(_BETWEEN), explanation)]
    if not cuts:
        return explanation, ""
    cut = max(cuts, key=lambda at: _chinese(explanation[:at]) - _chinese(explanation[at + len(_BETWEEN) :]))
    return explanation[:cut], explanation[cut + len(_BETWEEN) :]


def _chinese(text: str) -> float:
    """The share of Chinese among the letters of a text."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return han / max(han + latin, 1)
