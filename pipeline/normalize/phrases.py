"""Printed phrases made comparable: white space, quotation marks, brackets' width, years, numbering."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.normalize.vocabulary_file import read_words
from pipeline.punctuation import in_one_width


@dataclass(frozen=True)
class _PhraseWords:
    """``vocabulary/phrases.yaml``; the file says what each key holds."""

    parts: tuple[str, ...]
    signs: tuple[str, ...]
    behind_bare_years: tuple[str, ...]
    ends_of_years: tuple[str, ...]


_WORDS = read_words(_PhraseWords, "phrases.yaml")
_PARTS, _SIGNS, _BEHIND = map("|".join, (_WORDS.parts, _WORDS.signs, _WORDS.behind_bare_years))
_ENDS = "".join(_WORDS.ends_of_years)

# a glyph without Unicode (a wide blank that the font has not) comes as a control character: no part of a phrase
_QUOTES = re.compile(r"[\x00-\x1f\x7f\s“”\"‘’'《》〈〉﹒]+")
_YEAR = re.compile(rf"(?:19|20)\d{{2}}(?:年度|年(?![{_ENDS}])|(?=年[{_ENDS}])|(?={_BEHIND}))")
_WRITTEN_YEAR = re.compile(
    r"二[〇○零OО0][〇○零OО0一二三四五六七八九]{2}(?=年)"
)  # 二〇二四年; the circle is typed in many ways
_DIGITS = str.maketrans("〇○零OО一二三四五六七八九", "00000123456789")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．,，]|\([一二三四五六七八九十]{1,3}\)[、.]?|\(?\d{1,2}\)[、.]?"
    r"|\d{1,2}[、.．](?:(?!\d)|(?=20\d\d年))|[①-⑳]|[⑴-⒇]|[-—])+"
)
_PRINTED_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]、?|[（(]\d{1,2}[）)]"
    r"|\d{1,2}[、.．](?:(?!\d)|(?=20\d\d年))|[①-⑳])+"
)
_OF_WHICH = re.compile(rf"^(?:{_PARTS}|{_SIGNS})[:：]?|[:：]$")
_PART = re.compile(rf"^(?:{_PARTS})[:：]?")
_BRACKETS = re.compile(r"[（(［\[【][^（）()［］\[\]【】]*[）)］\]】]")
_LEAD = re.compile(rf"^((?:{_PARTS})[：:]?|[一二三四五六七八九十]+、|\d+[.、．])")
_EDGES = "：:，,。；;、 *＊"


def squeeze(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


@lru_cache(maxsize=65536)
def uniform(text: str) -> str:
    """Text without any white space, its punctuation and digits in one width: what sentences and titles are read by."""
    return in_one_width(squeeze(text))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A phrase for comparison: no white space, no quotation marks, half-width forms (NFKC), years in digits.

    Never published.
    """
    phrase = _QUOTES.sub("", unicodedata.normalize("NFKC", text))
    return _WRITTEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), phrase)


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """A row label for comparison: ``plain``, less its numbering and a leading 其中."""
    phrase = plain(unnumbered(text.strip()))  # before NFKC makes a digit of ①
    for _ in range(3):
        shorter = _OF_WHICH.sub("", _NUMBERING.sub("", phrase))
        if shorter == phrase or not shorter:
            break
        phrase = shorter
    return phrase


@lru_cache(maxsize=65536)
def without_years(phrase: str) -> tuple[str, tuple[int, ...]]:
    """A plain phrase without its years (2026年, 2026年度), and those years."""
    years = tuple(int(found[:4]) for found in _YEAR.findall(phrase))
    return _YEAR.sub("", phrase), years


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """What a label of a performance sheet is compared by: no white space, brackets, colons, 其中 or numbering."""
    unbracketed = _BRACKETS.sub("", squeeze(text)).strip(_EDGES)
    shorter = _LEAD.sub("", unbracketed).strip(_EDGES)
    return shorter or unbracketed


def says_part(text: str) -> bool:
    """Whether a printed row label begins with 其中: it is a part of a row above."""
    return without_part(plain(text)) is not None


def without_part(phrase: str) -> str | None:
    """What follows the 其中 that a plain phrase begins with; None where it begins with none."""
    found = _PART.match(phrase)
    return phrase[found.end() :] if found else None


def unnumbered(text: str) -> str:
    """A printed label without its numbering, otherwise as printed: what is published as a name."""
    return _PRINTED_NUMBERING.sub("", text) or text
