"""The entries that a contents page (目录) lists, whether it is printed as lines or as a table.

An entry and its page number may stand on one line or on two; a title that wraps runs on to the next line. In a table
the column of titles is the one that names the most tables, and the number stands to its left; where the table says
which tables are empty (是否空表), the entry does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pipeline.normalize.model import Cell, Grid, Line, Row
from pipeline.normalize.phrases import bare, squeeze, uniform
from pipeline.normalize.titles import table_in
from pipeline.normalize.vocabulary_file import read_words

FEWEST = 3  # entries: fewer are no contents page


@dataclass(frozen=True)
class ContentsWords:
    """``vocabulary/contents.yaml``; the file says what each key finds."""

    titles: re.Pattern[str]
    furthest_page: int
    longest_entry: int
    leader: re.Pattern[str]
    dots: re.Pattern[str]
    numbers: re.Pattern[str]
    parts: re.Pattern[str]
    year_before: re.Pattern[str]
    publisher_before: re.Pattern[str]
    columns: Mapping[str, re.Pattern[str]]
    is_empty: re.Pattern[str]


@dataclass(frozen=True)
class Entry:
    """One entry: its number and title as printed (without white space), the page it gives, the page it stands on.

    ``said_empty``: the contents say that the table is empty; None where they do not speak of it. ``table_no``,
    ``body_title`` and ``body_page`` say where the body prints it; None when it does not.
    """

    number: str | None
    title: str
    printed_page: int | None
    page: int
    table_id: str | None
    said_empty: bool | None = None
    table_no: int | None = None
    body_title: str | None = None
    body_page: int | None = None

    def row(self) -> Row:
        """The columns of ``contents`` less ``document_id`` and ``entry_no``."""
        row = {name: value for name, value in vars(self).items() if name != "table_id"}
        return {**row, "kind": "table" if self.table_id else "section"}


@cache
def contents_words() -> ContentsWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(ContentsWords, "contents.yaml")


def split_entry(text: str) -> tuple[str, int | None]:
    """A printed line as its title and the page number behind it."""
    words, line = contents_words(), squeeze(text)
    found = words.leader.search(uniform(line))
    if found and (found.start() == 0 or found[0][0] in ".…·．。-—–" or not found.group("page").startswith("20")):
        return words.dots.sub("", line[: found.start()]), int(found["page"])
    return words.dots.sub("", line), None


def key_of(title: str) -> str:
    """What titles are compared by: no number, no white space, no quotation marks."""
    line = uniform(title)
    found = contents_words().numbers.match(line)
    return bare(line[found.end() :] if found else line) or line


def entries_of_lines(lines: Iterable[Line]) -> Iterator[Entry]:
    """Entries, a page number of its own line given to the entry before, a line without number joined to it."""
    current: Entry | None = None
    end = 0.0  # of the line before
    for line in lines:
        title, page = split_entry(line.text)
        number = contents_words().numbers.match(uniform(title))
        wraps = end >= _end_of(line) - line.size or title[:1] in ("", *"（(")  # a remark in brackets is no entry
        end = _end_of(line)
        if current is not None and not number and wraps and _runs_on(current, title, line.page):
            current = _titled(current.number, current.title + title, page, current.page)
            continue
        if current is not None and current.title:
            yield current
        current = _numbered(title, number, page, line.page)
    if current is not None and current.title:
        yield current


def _end_of(line: Line) -> float:
    """Where a line ends, near enough: a line that wraps is as long as there is room, and none goes on past it."""
    wide = sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in line.text)
    return line.x0 + wide * line.size


def _runs_on(entry: Entry, more: str, page: int) -> bool:
    """Whether a line without a number goes on from an entry; over a page only where that makes a table's title."""
    if entry.printed_page is not None:
        return False
    return page == entry.page or (entry.table_id is None and table_in(entry.title + more) is not None)


def _numbered(text: str, number: re.Match[str] | None, printed_page: int | None, page: int) -> Entry:
    """An entry of a printed text and the number before it, found in the text in one width."""
    end = number.end() if number else 0
    return _titled(text[:end] or None, text[end:], printed_page, page)


def _titled(number: str | None, title: str, printed_page: int | None, page: int) -> Entry:
    return Entry(number, title, printed_page, page, table_in(title) if title else None)


# --- contents printed as a table -------------------------------------------------------------------------------------


def entries_of_table(grid: Grid) -> list[Entry]:
    """The entries that a table of contents lists, in order; none for a table whose cells name too few tables."""
    named = [cell for cell in grid.cells if table_in(uniform(cell.text))]
    columns = [cell.column for cell in named]
    if len(columns) < FEWEST:
        return []
    column = max(set(columns), key=columns.count)
    others = _columns_of(grid)
    found = (_entry_of(grid, cell, others) for cell in grid.cells if cell.column == column and cell.text)
    return [entry for entry in found if entry is not None]


def _columns_of(grid: Grid) -> dict[str, int]:
    """Which column says what, by its head."""
    columns = contents_words().columns
    return {
        name: cell.column for cell in grid.cells for name, head in columns.items() if head.fullmatch(uniform(cell.text))
    }


def _entry_of(grid: Grid, cell: Cell, columns: Mapping[str, int]) -> Entry | None:
    words, beside = contents_words(), grid.covering(cell.row)
    title = squeeze(cell.text)
    if words.columns["title"].fullmatch(uniform(title)):
        return None
    own = words.numbers.match(uniform(title))
    before = [squeeze(other.text) for place, other in beside.items() if place < cell.column and other.text]
    page = uniform(beside[columns["page"]].text) if columns.get("page") in beside else ""
    empty = uniform(beside[columns["is_empty"]].text) if columns.get("is_empty") in beside else None
    entry = _numbered(title, own, int(page) if page.isdecimal() else None, cell.page)
    entry = entry if own or not before else replace(entry, number=before[-1])
    return replace(entry, said_empty=None if empty is None else bool(words.is_empty.fullmatch(empty)))
