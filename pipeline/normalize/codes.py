"""Codes as they are printed: alone, or with their name in one cell."""

from __future__ import annotations

import re

from pipeline.normalize.phrases import plain

_PART = r"[.·/-]"  # what sets 类, 款 and 项 apart: 208.05.01
_SUBJECT_CODE = re.compile(rf"[1235]\d{{2}}(\d{{2}}){{0,2}}|[1235]\d{{2}}{_PART}\d{{2}}{_PART}\d{{2}}")
_PARTED_CODE = re.compile(rf"\d{{3}}({_PART}\d{{2}}){{1,2}}")
_BRACKETED = re.compile(r"[\[【〔]([\d.·/-]{3,})[\]】〕]")
_CODED_NAME = re.compile(rf"[\[【(]?(\d{{3}}(?:{_PART}\d{{2}}){{1,2}}|\d{{3,9}})[\]】)]?\s*[-—_ ]*([^\d.·/—_-].*)")
_CODE_BEHIND = re.compile(r"(.*[^\d\s(（\[])\s*[(（\[](\d{3}|\d{5}|\d{7})[)）\]]\s*")
_CODE_BEFORE_NAME = re.compile(r"^[\[【(（]?\s*[\d\s.．·-]+[\]】)）]?\s*[-—_]*\s*")


def is_code(text: str) -> bool:
    """Digits that read as a subject code: 3, 5 or 7 of them, beginning as codes do. 208.05 reads as an amount too."""
    return bool(_SUBJECT_CODE.fullmatch(_unbracketed(text)))


def digits_of(text: str) -> str | None:
    """The digits of a cell that prints nothing but a code, whole or with its parts set apart; None for other text.

    Square brackets may stand round it, as where its name follows in the same cell: [2080505].
    """
    phrase = _unbracketed(text)
    if _PARTED_CODE.fullmatch(phrase):
        return re.sub(_PART, "", phrase)
    return phrase if phrase.isdecimal() else None


def _unbracketed(text: str) -> str:
    phrase = plain(text)
    found = _BRACKETED.fullmatch(phrase)
    return found[1] if found else phrase


def code_and_name(text: str) -> tuple[str, str] | None:
    """A code and a name printed in one cell: ``[2013101]行政运行``, ``2013101-行政运行``,
    ``201.31.01 行政运行``, ``行政运行（2013101）``; None when it is not both."""
    behind = _CODE_BEHIND.fullmatch(text)
    if behind and is_code(behind[2]):
        return behind[2], behind[1]
    found = _CODED_NAME.fullmatch(plain(text))
    if not found:
        return None
    name_at = text.find(found[2][0]) if found[2] else -1
    code = re.sub(_PART, "", found[1])
    return code, _CODE_BEFORE_NAME.sub("", text) if name_at >= 0 else found[2]
