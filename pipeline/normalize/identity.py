"""What a document is: publisher, fiscal year, budget or final accounts, department or unit.

Read from its pages (file names lie); what the manifest says comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.normalize.identity_words import identity_words
from pipeline.normalize.model import Document, Grid
from pipeline.normalize.phrases import plain, squeeze
from pipeline.normalize.region import Region, full_name, is_place, names_place, region_of
from pipeline.normalize.sheets.form import split_code
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.words import sheet_words
from pipeline.normalize.titles import Heading, publisher_in

COVER_PAGES = 3
COVER_WEIGHT, TITLE_WEIGHT = 20, 5  # a year on the cover or over a table outweighs the text, which names other years
LONGEST_COVER = 120  # characters on a first page that is a cover
MOSTLY = 0.6  # share of all the years mentioned that one must have to be taken for the document's own
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_ORGANISATION = re.compile(r"[一-鿿（）()、]{4,40}")


@dataclass(frozen=True)
class Identity:
    """What a document is; None where neither pages nor manifest say."""

    publisher: str | None
    publisher_code: str | None
    fiscal_year: int | None
    document_type: str | None
    level: str | None
    region: Region | None = None
    year_inferred: bool = False


def identify(document: Document, headings: Sequence[Heading]) -> Identity:
    """The identity of a document from its pages, under what the manifest says."""
    source = document.source
    texts = [line.text for line in document.lines if line.role != "page_number"]
    titles = [heading.title for heading in headings if heading.title]
    named = [*texts, *titles]
    captions = [heading.caption for heading in headings if heading.caption]
    year, kind = _year_and_kind(texts, titles * TITLE_WEIGHT, _cover(document) * COVER_WEIGHT, _column_years(document))
    kind = kind or _year_and_kind(captions)[1]
    stated = source.fiscal_year or year
    publisher = source.publisher or _publisher(document, headings)
    return Identity(
        publisher=publisher,
        publisher_code=source.publisher_code,
        fiscal_year=stated or _mentioned_year(document),
        document_type=source.document_type or kind,
        level=_level(named),
        region=_region(document, publisher, named),
        year_inferred=stated is None and _mentioned_year(document) is not None,
    )


def _region(document: Document, publisher: str | None, texts: Sequence[str]) -> Region | None:
    """The manifest's region, else what the publisher's name or the text says."""
    source = document.source
    if source.region_code:
        return Region(source.region_code, source.region_name or full_name(source.region_code))
    return region_of(publisher, texts)


def _mentioned_year(document: Document) -> int | None:
    """The year that text and tables speak of most of the time, where none is said to be the document's."""
    cells = (cell.text for grid in document.grids for cell in grid.cells)
    texts = (line.text for line in document.lines)
    years = Counter(int(year) for source in (texts, cells) for text in source for year in _YEAR.findall(plain(text)))
    if not years:
        return None
    year, mentions = years.most_common(1)[0]
    return year if mentions >= MOSTLY * years.total() else None


def _cover(document: Document) -> list[str]:
    """The first lines that name the disclosure itself: a year and 预算 or 决算."""
    first = [line.text for line in document.lines if line.page <= COVER_PAGES][:30]
    words = identity_words()
    named = [text for text in first if words.cover.match(plain(text)) or words.year_line.match(plain(text))][:2]
    return named or _scattered_cover(plain(_joined_cover(document)))


def cover_of(document: Document) -> tuple[str, str] | None:
    """What the first page says in all, where it is a cover that names one year, and that year."""
    cover = plain(_joined_cover(document))
    years = set(identity_words().cover_year.findall(cover))
    return (cover, years.pop()) if len(cover) <= LONGEST_COVER and len(years) == 1 else None


def _scattered_cover(cover: str) -> list[str]:
    """What a cover says that sets year, name and 预算 or 决算 on lines of their own, where it names one of each."""
    words = identity_words()
    years, kinds = set(words.cover_year.findall(cover)), set(words.kind.findall(cover))
    is_cover = len(cover) <= LONGEST_COVER and len(years) == len(kinds) == 1
    return [f"{years.pop()}年度{kinds.pop()}"] if is_cover else []


def _column_years(document: Document) -> list[str]:
    """Headings such as 2026年预算数; of the years that a table compares the highest is its own."""
    headings = [[plain(c.text) for c in grid.cells if c.row <= 4] for grid in document.grids]
    dated = [[phrase for phrase in phrases if identity_words().of_year.match(phrase)] for phrases in headings]
    return [phrase for phrases in dated for phrase in phrases if phrase[:4] == max(phrases)[:4]]


def _year_and_kind(*sources: Iterable[str]) -> tuple[int | None, str | None]:
    """The kind that the document's lines name most often, and the year that they name most often with it."""
    years: Counter[int] = Counter()
    words = identity_words()
    years_of: dict[str, Counter[int]] = {kind: Counter() for kind in words.kinds}
    kinds: Counter[str] = Counter()
    for text in (text for source in sources for text in source):
        phrase = plain(text)
        title = _YEAR.match(phrase)
        if title and phrase.endswith("表") and not words.of_year.search(phrase):
            years[int(title[1])] += 1
        for year, kind in words.of_year.findall(phrase):
            years_of[kind][int(year)] += 1
            kinds[kind] += 1
        if phrase.endswith("表"):
            kinds.update(words.kind.findall(phrase))
        elif len(phrase) < 30:
            kinds.update(re.findall("决算", phrase))
    kind = "决算" if kinds["决算"] > kinds["预算"] else "预算"
    years += years_of[kind] or sum(years_of.values(), Counter())
    year = years.most_common(1)[0][0] if years else None
    return year, words.kinds[kind] if kinds else None


def _publisher(document: Document, headings: Sequence[Heading]) -> str | None:
    """The name on the tables' own lines (部门名称：…), else the cover's, else the whole-department sheet's.

    It is the cover's where the tables print it without its place, and the cover in full (某市某区 | 河东街道), and
    where they are those of several units, of which the department's own office (某某局本级) is one.
    """
    stated = Counter(heading.publisher for heading in headings if heading.publisher)
    cover = _cover_publisher(document)
    if not stated:
        return _labelled(document) or cover or _sheet_publisher(document.grids)
    name = stated.most_common(1)[0][0]
    if cover is None:
        return name
    is_one = len(stated) > 1 and identity_words().head_office.fullmatch(plain(name).removeprefix(plain(cover)))
    in_full = plain(cover).endswith(plain(name)) and names_place(plain(cover)) and not names_place(plain(name))
    return cover if is_one or in_full else name


def _labelled(document: Document) -> str | None:
    """The one name that the cover prints behind its label (单位：某某局); None where it labels several."""
    cover = (line.text for line in document.lines if line.page == 1 and line.role == "body")
    names = {name for name in map(publisher_in, cover) if name and _ORGANISATION.fullmatch(name) and names_place(name)}
    return names.pop() if len(names) == 1 else None


def _sheet_publisher(grids: Sequence[Grid]) -> str | None:
    """The one name that stands beside 部门名称 in the document's tables; None where there are several."""
    words = sheet_words().department.name
    labels = ((grid, cell) for grid in grids for cell in grid.cells if cell.text and key(cell) in words)
    beside = (Layout(grid).right(cell) for grid, cell in labels)
    names = {split_code(squeeze(cell.text))[1] for cell in beside if cell is not None and cell.text}
    name = names.pop() if len(names) == 1 else None
    return name if name and _ORGANISATION.fullmatch(name) else None


def _cover_publisher(document: Document) -> str | None:
    lines = [line for line in document.lines if line.page <= COVER_PAGES and line.role == "body"][:30]
    cover, first = [line.text for line in lines], sum(line.page == 1 for line in lines)
    joined, words = _joined_cover(document), identity_words()
    above_each = [(text, cover[:index]) for index, text in enumerate(cover)]
    for text, before in [*above_each[:first], (joined, []), *above_each[first:]]:
        phrase, above = plain(text), [plain(line) for line in before]
        found = words.cover.match(phrase) or words.year_first.match(phrase)
        name = words.name_in(found[1] if found else above.pop() if above and words.year_line.match(phrase) else "")
        if _ORGANISATION.fullmatch(name) and not is_place(name):
            return _as_printed(_with_its_place(name, above), "".join(cover))
    return _as_printed(_only_name(cover), "".join(cover)) if _scattered_cover(plain(joined)) else None


def _as_printed(name: str | None, cover: str) -> str | None:
    """A plain name with its brackets as wide as the cover prints them."""
    return name.translate(_WIDE_BRACKETS) if name and "（" in cover else name


def _only_name(cover: Sequence[str]) -> str | None:
    """The one line of a cover that reads as a name with a place in it, wherever it stands."""
    words = identity_words()
    lines = (words.name_in(plain(line)) for line in cover)
    names = {name for name in lines if _ORGANISATION.fullmatch(name) and names_place(name) and not is_place(name)}
    own = {name for name in names if not words.no_name.search(name)}
    return own.pop() if len(own) == 1 else None


def _with_its_place(name: str, above: Sequence[str]) -> str:
    """A name that names no place, behind the line above it that does: 某市某区委员会 | 老干部局."""
    place = above[-1] if above else ""
    return place + name if _ORGANISATION.fullmatch(place) and names_place(place) and not names_place(name) else name


def _joined_cover(document: Document) -> str:
    """The lines of the first page as one, where a cover sets the name over several; up to the contents."""
    texts: list[str] = []
    for line in document.lines:
        if line.page > 1 or line.role != "body" or identity_words().contents.search(plain(line.text)):
            break
        texts.append(line.text)
    return "".join(texts)


def _level(texts: Sequence[str]) -> str | None:
    """Department or unit, by which of 部门预算 and 单位预算 the document calls itself more often."""
    words = identity_words()
    counts = Counter(words.levels[found] for text in texts for found in words.level.findall(plain(text)))
    if not counts:
        return None
    return "unit" if counts["unit"] > counts["department"] else "department"
