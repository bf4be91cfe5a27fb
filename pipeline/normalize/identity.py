"""What a document is: publisher, fiscal year, budget or final accounts, department or unit.

Read from its pages (file names lie); what the manifest says comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.normalize.model import Document
from pipeline.normalize.phrases import plain
from pipeline.normalize.titles import Heading

COVER_PAGES = 3
_OF_YEAR = re.compile(r"((?:19|20)\d{2})(?:年度?|年部门|年单位)[^，。；]{0,24}?(预算|决算)")
_COVER = re.compile(r"^(?:\d{1,4}[-—])?(.{3,40}?)(?:(?:19|20)\d{2})年度?(?:部门|单位)?(?:综合)?(预算|决算)")
_YEAR_FIRST = re.compile(r"^(?:(?:19|20)\d{2})年度?(.{4,40}?)(?:部门|单位)(?:综合)?(预算|决算)")
_YEAR_LINE = re.compile(r"^(?:(?:19|20)\d{2})年度?(?:部门|单位)?(?:综合)?(预算|决算)")
_ORGANISATION = re.compile(r"[一-鿿（）()、]{4,40}")


@dataclass(frozen=True)
class Identity:
    """What a document is; None where neither pages nor manifest say."""

    publisher: str | None
    publisher_code: str | None
    fiscal_year: int | None
    document_type: str | None
    level: str | None


def identify(document: Document, headings: Sequence[Heading]) -> Identity:
    """The identity of a document from its pages, under what the manifest says."""
    source = document.source
    texts = [line.text for line in document.lines if line.role != "page_number"]
    named = [*texts, *(heading.title for heading in headings if heading.title)]
    year, kind = _year_and_kind(named)
    return Identity(
        publisher=source.publisher or _publisher(document, headings),
        publisher_code=source.publisher_code,
        fiscal_year=source.fiscal_year or year,
        document_type=source.document_type or kind,
        level=_level(named),
    )


def _year_and_kind(texts: Iterable[str]) -> tuple[int | None, str | None]:
    """The year and kind that the document's lines name most often."""
    years: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    for text in texts:
        phrase = plain(text)
        for year, kind in _OF_YEAR.findall(phrase):
            years[int(year)] += 1
            kinds[kind] += 1
        if phrase.endswith("表") or len(phrase) < 30:
            kinds.update(re.findall("决算", phrase))
    year = years.most_common(1)[0][0] if years else None
    if not kinds:
        return year, None
    return year, "final_accounts" if kinds["决算"] > kinds["预算"] else "budget"


def _publisher(document: Document, headings: Sequence[Heading]) -> str | None:
    """The name on the tables' own lines (部门名称：…); else the cover's."""
    stated = Counter(heading.publisher for heading in headings if heading.publisher)
    return stated.most_common(1)[0][0] if stated else _cover_publisher(document)


def _cover_publisher(document: Document) -> str | None:
    cover = [line.text for line in document.lines if line.page <= COVER_PAGES and line.role == "body"][:30]
    for index, text in enumerate(cover):
        phrase = plain(text)
        found = _COVER.match(phrase) or _YEAR_FIRST.match(phrase)
        if found and _ORGANISATION.fullmatch(found[1]):
            return found[1]
        if index and _YEAR_LINE.match(phrase) and _ORGANISATION.fullmatch(plain(cover[index - 1])):
            return plain(cover[index - 1])
    return None


def _level(texts: Sequence[str]) -> str | None:
    """Department or unit, by which of 部门预算 and 单位预算 the document calls itself more often."""
    counts = Counter(found for text in texts for found in re.findall("(部门|单位)(?:综合)?(?:预算|决算)", plain(text)))
    if not counts:
        return None
    return "unit" if counts["单位"] > counts["部门"] else "department"
