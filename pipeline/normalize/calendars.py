"""Which year and kind each table of a file is read against: the document's, but where the file holds both kinds.

Some files print this year's budget and the last closed year's final accounts one after the other. Then a table is of
the kind that its own title names, or that the title before it named; no accounts are final of a year after the file's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalize.identity_words import identity_words
from pipeline.normalize.phrases import plain, without_years
from pipeline.normalize.titles import Heading

SEVERAL = 3  # titles of the other kind from which a file holds both; fewer are slips or tables of comparison


@dataclass(frozen=True)
class Calendar:
    """A document's or a table's own year and kind, which years in headings are read against."""

    fiscal_year: int | None
    is_final: bool

    def is_beyond(self, year: int) -> bool:
        """Whether the contract has no period for a year: it is neither this one nor the one before."""
        return self.fiscal_year is not None and year not in (self.fiscal_year, self.fiscal_year - 1)


def calendars_of(document: Calendar, headings: Sequence[Heading]) -> list[Calendar]:
    """For each heading in printed order the year and kind that its table is read against."""
    said = [_kind(heading.title, document) for heading in headings]
    if Counter(said)[not document.is_final] < SEVERAL or document.is_final not in said:
        return [document] * len(headings)
    years = {kind: _year(headings, said, kind) for kind in (True, False)}
    years[document.is_final] = document.fiscal_year
    return [Calendar(years[kind], kind) for kind in _carried(said, document.is_final)]


def _kind(title: str | None, document: Calendar) -> bool | None:
    """Whether a title names final accounts (true) or a budget (false); None for neither or both."""
    phrase, years = without_years(plain(title or ""))
    words = identity_words()
    named = {words.kinds[kind] for kind in words.kind.findall(words.no_kind.sub("", phrase))}
    if len(named) == 1:
        return "final_accounts" in named
    is_later = any(year > document.fiscal_year for year in years) if document.fiscal_year else False
    return False if document.is_final and is_later else None


def _year(headings: Sequence[Heading], said: Sequence[bool | None], kind: bool) -> int | None:
    """The year that the titles of one kind print most often."""
    titles = (plain(heading.title or "") for heading, own in zip(headings, said, strict=True) if own is kind)
    years = Counter(year for title in titles for year in without_years(title)[1])
    return years.most_common(1)[0][0] if years else None


def _carried(said: Sequence[bool | None], first: bool) -> Iterator[bool]:
    """Every table's kind: its own, else that of the table before it, before the first of them that one's."""
    kind = next((own for own in said if own is not None), first)
    for own in said:
        kind = kind if own is None else own
        yield kind
