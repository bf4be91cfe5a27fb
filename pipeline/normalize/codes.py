"""Codes as they are printed: alone, or with their name in one cell."""

from __future__ import annotations

import re

from pipeline.normalize.phrases import plain

_SUBJECT_CODE = re.compile(r"[1235]\d{2}(\d{2}){0,2}")
_CODED_NAME = re.compile(r"[\[【(]?(\d{3,9})[\]】)]?\s*[-—_ ]*(\D.*)")
_CODE_BEFORE_NAME = re.compile(r"^[\[【(（]?\s*[\d\s]+[\]】)）]?\s*[-—_]*\s*")


def is_code(text: str) -> bool:
    """Digits that read as a subject code: 3, 5 or 7 of them, beginning as codes do."""
    return bool(_SUBJECT_CODE.fullmatch(plain(text)))


def code_and_name(text: str) -> tuple[str, str] | None:
    """A code and a name printed in one cell: ``[2013101]行政运行``, ``2013101-行政运行``; None when it is not both."""
    found = _CODED_NAME.fullmatch(plain(text))
    if not found:
        return None
    name_at = text.find(found[2][0]) if found[2] else -1
    return found[1], _CODE_BEFORE_NAME.sub("", text) if name_at >= 0 else found[2]
