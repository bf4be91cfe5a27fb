"""``vocabulary/identity.yaml``: how covers and titles say whose a document is, of which year and of which kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.vocabulary_file import VocabularyFile

_YEAR = r"(?:19|20)\d{2}"


@dataclass(frozen=True)
class IdentityWords:
    """The vocabulary as patterns; each finds plain phrases.

    ``cover`` (某某局2025年部门预算) and ``year_first`` (2025年某某局部门预算) hold the name, ``year_line`` has none;
    ``of_year`` finds a year with the kind that is said of it, ``cover_year`` a year that is no date.
    """

    kinds: Mapping[str, str]
    kind: re.Pattern[str]
    no_kind: re.Pattern[str]
    levels: Mapping[str, str]
    level: re.Pattern[str]
    cover: re.Pattern[str]
    year_first: re.Pattern[str]
    year_line: re.Pattern[str]
    of_year: re.Pattern[str]
    cover_year: re.Pattern[str]
    around_name: re.Pattern[str]
    no_name: re.Pattern[str]
    contents: re.Pattern[str]

    def name_in(self, text: str) -> str:
        """A name less what stands before and after it."""
        return self.around_name.sub("", text)


@cache
def identity_words() -> IdentityWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    file = VocabularyFile("identity.yaml")
    kinds, levels = file.section("kinds"), file.section("levels")
    kind, level, body = "|".join(kinds), "|".join(levels), file.text("bodies")
    return IdentityWords(
        kinds,
        re.compile(kind),
        re.compile("|".join(file.words("no_kind"))),
        levels,
        re.compile(f"({level})(?:综合)?(?:{kind})"),
        re.compile(rf"^(?:\d{{1,4}}[-—])?(.{{3,40}}?){_YEAR}年度?{body}({kind})"),
        re.compile(rf"^{_YEAR}年度?(.{{4,40}}?)(?:{level})(?:综合)?({kind})"),
        re.compile(rf"^{_YEAR}年度?{body}({kind})"),
        re.compile(rf"({_YEAR})年(?:度|{level})?[^，。；]{{0,24}}?({kind})"),
        re.compile(rf"({_YEAR})年(?!{file.text('months')})"),
        re.compile("|".join((*file.words("before_name"), *file.words("after_name")))),
        re.compile("|".join(file.words("no_name"))),
        re.compile("|".join(file.words("contents"))),
    )
