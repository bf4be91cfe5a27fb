"""``vocabulary/identity.yaml``: how covers and titles say whose a document is, of which year and of which kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.normalize.vocabulary_file import any_of, read_words

_YEAR = r"(?:19|20)\d{2}"


@dataclass(frozen=True)
class IdentityWords:
    """The words of the file, and the patterns made of them; each finds plain phrases."""

    kinds: Mapping[str, str]
    bodies: str
    no_kind: re.Pattern[str]
    levels: Mapping[str, str]
    before_name: tuple[str, ...]
    after_name: tuple[str, ...]
    no_name: re.Pattern[str]
    head_office: re.Pattern[str]
    contents: re.Pattern[str]
    months: str

    @cached_property
    def kind(self) -> re.Pattern[str]:
        """预算 or 决算."""
        return re.compile("|".join(self.kinds))

    @cached_property
    def level(self) -> re.Pattern[str]:
        """Department or unit, with the kind that is said of it."""
        return re.compile(f"({'|'.join(self.levels)})(?:综合)?(?:{self.kind.pattern})")

    @cached_property
    def cover(self) -> re.Pattern[str]:
        """某某局2025年部门预算, with the name."""
        return re.compile(rf"^(?:\d{{1,4}}[-—])?(.{{3,40}}?){_YEAR}年度?{self.bodies}({self.kind.pattern})")

    @cached_property
    def year_first(self) -> re.Pattern[str]:
        """2025年某某局部门预算, with the name."""
        before, level = "|".join(self.before_name), "|".join(self.levels)
        return re.compile(rf"^(?:{before})?{_YEAR}年度?(.{{4,40}}?)(?:{level})(?:综合)?({self.kind.pattern})")

    @cached_property
    def year_line(self) -> re.Pattern[str]:
        """2025年部门预算, without a name."""
        return re.compile(rf"^{_YEAR}年度?{self.bodies}({self.kind.pattern})")

    @cached_property
    def of_year(self) -> re.Pattern[str]:
        """A year with the kind that is said of it."""
        return re.compile(rf"({_YEAR})年(?:度|{'|'.join(self.levels)})?[^，。；]{{0,24}}?({self.kind.pattern})")

    @cached_property
    def cover_year(self) -> re.Pattern[str]:
        """A year that is no date."""
        return re.compile(rf"({_YEAR})年(?!{self.months})")

    @cached_property
    def around_name(self) -> re.Pattern[str]:
        """What stands before and after a name and is no part of it."""
        return any_of((*self.before_name, *self.after_name))

    def name_in(self, text: str) -> str:
        """A name less what stands before and after it."""
        return self.around_name.sub("", text)


@cache
def identity_words() -> IdentityWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(IdentityWords, "identity.yaml")
