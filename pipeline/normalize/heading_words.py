"""What of ``vocabulary/titles.yaml`` tells the lines over a table from one another: titles, units of money, seals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.vocabulary_file import VocabularyFile


@dataclass(frozen=True)
class HeadingWords:
    """One pattern each; the file says what it finds. All are for plain phrases but ``money_behind`` and ``seals``."""

    title_ends: re.Pattern[str]
    unit_behind: re.Pattern[str]
    money_behind: re.Pattern[str]
    seals: re.Pattern[str]
    heading_lines: re.Pattern[str]
    whose: re.Pattern[str]
    government_titles: re.Pattern[str]
    carried_titles: re.Pattern[str]


@cache
def heading_words() -> HeadingWords:
    """The words, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    file = VocabularyFile("titles.yaml")
    return HeadingWords(
        re.compile("|".join(file.words("title_ends"))),
        file.pattern("unit_behind"),
        file.pattern("money_behind"),
        file.pattern("seals"),
        re.compile("|".join(file.words("heading_lines"))),
        re.compile(f"^[^()]{{2,30}}?(?:{'|'.join(file.words('organisations'))})(?={file.text('behind_whose')})"),
        re.compile("|".join(file.words("government_titles"))),
        re.compile("|".join(file.words("carried_titles"))),
    )
