"""The contents page (目录): its entries, and where the body prints what each of them names.

Contents printed as lines end where the body begins: at the line that prints the first entry's title again, or with the
page. Contents printed as a table (报表目录) stand before the tables that they list; a document may have both.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.normalize.contents_entries import (
    FEWEST,
    Entry,
    contents_words,
    entries_of_lines,
    entries_of_table,
    key_of,
    split_entry,
)
from pipeline.normalize.model import Document, Line
from pipeline.normalize.phrases import bare, squeeze, uniform
from pipeline.normalize.titles import Heading, table_in

_LONGEST_HEADING = 4  # lines
_SHORTEST, _MOST = 5, 0.7  # of a title that leaves words of the entry out
_LONGEST_TITLE, _SHORTEST_NAMELESS = 40, 4  # characters of a heading, and of one without whose it is
_FEWEST_ALIKE, _ALIKE = 4, 0.7  # characters: of a shorter title its ends tell nothing; and likeness
_LONG, _NEARLY = 12, 0.85  # of a heading without its number: characters, and likeness


def read_contents(
    document: Document, headings: Sequence[Heading], table_ids: Sequence[str], publisher: str | None = None
) -> list[Entry]:
    """The entries in order; none for a document without a contents page.

    ``headings`` and ``table_ids`` are those of the document's tables, in their order; ``publisher`` is whose document
    it is, as headings of the body may say in place of 单位 or 部门.
    """
    lines = [line for line in document.lines if line.role != "page_number" and uniform(line.text)]
    listed, body = _printed_as_lines(lines)
    tables = _titled(document, headings, table_ids)
    found = list(_placed(listed, tables, body, publisher or ""))
    for grid, heading in zip(document.grids, headings, strict=True):
        if contents_words().titles.fullmatch(uniform(heading.title or "")):
            after = [line for line in lines if line.next_table > grid.table_no]
            found.extend(_placed(entries_of_table(grid), tables, after, publisher or ""))
    return found


def _printed_as_lines(lines: Sequence[Line]) -> tuple[list[Entry], Sequence[Line]]:
    """The entries of the contents page, and the lines of the body behind it."""
    start = next((at for at, line in enumerate(lines) if _is_title(line)), None)
    if start is None:
        return [], ()
    listed = _until_body(lines[start + 1 :])
    entries = list(entries_of_lines(listed))
    return (entries, lines[start + 1 + len(listed) :]) if len(entries) >= FEWEST else ([], ())


def _is_title(line: Line) -> bool:
    return line.page <= contents_words().furthest_page and bool(contents_words().titles.fullmatch(uniform(line.text)))


def _until_body(lines: Sequence[Line]) -> list[Line]:
    """The lines of the contents: those before the first entry's title comes again, and of the first page else."""
    if not lines:
        return []
    first = key_of(split_entry(lines[0].text)[0])
    again = next((at for at, line in enumerate(lines) if at and key_of(split_entry(line.text)[0]) == first), None)
    near = [at for at, line in enumerate(lines) if line.page <= lines[0].page + (1 if again else 0)]
    end = min(len(lines) if again is None else again, near[-1] + 1)
    long = (
        at for at, line in enumerate(lines[:end]) if len(split_entry(line.text)[0]) > contents_words().longest_entry
    )
    return [line for line in lines[: next(long, end)] if line.role == "body"]


# --- where the body prints it ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Titled:
    """A table of the body by its title."""

    table_no: int
    table_id: str
    title: str
    page: int

    @property
    def key(self) -> str:
        return key_of(self.title)


def _titled(document: Document, headings: Sequence[Heading], table_ids: Sequence[str]) -> list[_Titled]:
    return [
        _Titled(grid.table_no, name, heading.title, grid.first_page)
        for grid, heading, name in zip(document.grids, headings, table_ids, strict=True)
        if heading.title
    ]


def _placed(
    entries: Sequence[Entry], tables: Sequence[_Titled], body: Sequence[Line], publisher: str
) -> Iterator[Entry]:
    """The entries with where the body prints them; a table is given to one entry."""
    printed = {**_joined(body), **{key_of(line.text): line for line in reversed(body)}}
    free = list(tables)
    for entry in entries:
        line = _line_of(entry, printed) or (None if entry.table_id else _heading_of(entry, body, publisher))
        table = _table_of(entry, free, is_printed=line is not None)
        if table is not None:
            free.remove(table)
            yield replace(entry, table_no=table.table_no, body_title=table.title, body_page=table.page)
        elif line is not None:
            number = line.next_table if any(table.table_no == line.next_table for table in tables) else None
            number = number if entry.table_id else None
            yield replace(entry, table_no=number, body_title=squeeze(line.text), body_page=line.page)
        else:
            yield entry


def _table_of(entry: Entry, free: Sequence[_Titled], *, is_printed: bool) -> _Titled | None:
    """An entry's table: by its title; where no line prints that, by its title less brackets, its kind, the end of its
    title, its number or the most of its words."""
    if entry.table_id is None:
        return None
    ways: list[Callable[[_Titled], bool]] = [lambda table: table.key == key_of(entry.title)]
    if not is_printed:
        ways.append(lambda table: _less_brackets(table.key) == _less_brackets(key_of(entry.title)))
        ways.append(lambda table: table.table_id == entry.table_id != "other")
        ways.append(lambda table: table.table_id == entry.table_id and table.key.endswith(key_of(entry.title)))
        ways.append(lambda table: table.table_id == entry.table_id and _bears_number(table, entry))
        ways.append(lambda table: table.table_id == entry.table_id and _ends_in_part(table.key, key_of(entry.title)))
    return next((table for way in ways for table in free if way(table)), None)


def _line_of(entry: Entry, printed: Mapping[str, Line]) -> Line | None:
    key = key_of(entry.title)
    if key in printed or not entry.table_id:
        return printed.get(key)
    return next((line for other, line in printed.items() if _is_much_like(other, key)), None)


def _bears_number(table: _Titled, entry: Entry) -> bool:
    """Whether a title begins with the entry's number and reads much like it."""
    bears = bool(entry.number) and uniform(table.title).startswith(uniform(str(entry.number)))
    return bears and _are_alike(table.key, key_of(entry.title))


def _ends_in_part(title: str, entry: str) -> bool:
    """Whether a title ends in most of an entry's words: …部门政府采购预算表 for 政府采购支出预算表."""
    fewest = max(_SHORTEST, math.ceil(len(entry) * _MOST))
    return any(_holds(entry, title[-count:]) for count in range(fewest, min(len(title), len(entry)) + 1))


def _heading_of(entry: Entry, body: Sequence[Line], publisher: str) -> Line | None:
    """A section's heading in other words: with the publisher's name in it, in like words, or at the head of a page."""
    key = _nameless(key_of(entry.title), publisher)
    own = (line for line in body if len(line.text) <= _LONGEST_TITLE and len(key) >= _SHORTEST_NAMELESS)
    named = next((line for line in own if _nameless(key_of(line.text), publisher) == key), None)
    near = named or _near(entry, body, publisher) or _at_head_of_page(key_of(entry.title), body)
    parts = _parts(body) if entry.number else ()
    return near or next((each for each in parts if _says_the_same(each.text, key_of(entry.title), publisher)), None)


def _parts(body: Sequence[Line]) -> Iterator[Line]:
    """The headings of parts (第一部分…), whatever number the contents page gives them (一、…)."""
    return (line for line in body if contents_words().parts.match(uniform(line.text)))


def _nameless(key: str, publisher: str) -> str:
    """A title without a year before it, nor whose it is: 某局主要职能 and 单位主要职能 are 主要职能."""
    words = contents_words()
    return words.publisher_before.sub("", words.year_before.sub("", key).removeprefix(bare(publisher)))


def _at_head_of_page(key: str, body: Sequence[Line]) -> Line | None:
    """The first line of a page that ends in a long title: what it puts before it is what the section is about."""
    firsts = [line for before, line in pairwise(body) if line.page != before.page and len(line.text) <= _LONGEST_TITLE]
    return next((line for line in firsts if len(key) > _SHORTEST and key_of(line.text).endswith(key)), None)


def _near(entry: Entry, body: Sequence[Line], publisher: str) -> Line | None:
    """A section's heading in other words: a line of the body with the entry's number that reads much like it.

    A part's heading may run over a few lines of its own page; so many are taken as read most like the entry.
    """
    key = key_of(entry.title)
    for at, line in enumerate(body):
        if entry.number and uniform(line.text).startswith(uniform(entry.number)):
            page = [each.text for each in body[at : at + _LONGEST_HEADING] if each.page == line.page]
            texts = ("".join(page[:count]) for count in range(1, len(page) + 1))
            alike = [text for text in texts if _are_alike(key_of(text), key) or _says_the_same(text, key, publisher)]
            if alike:
                return replace(
                    line, text=max(alike, key=lambda text: (_holds(key_of(text), key), _likeness(text, key)))
                )
    return _without_number(key, body)


def _says_the_same(text: str, key: str, publisher: str) -> bool:
    """Whether a line with the entry's number says the same but for a year and whose it is: 第一部分 单位概况 for
    第一部分 部门概况, 2026年部门预算情况说明 for 部门预算说明."""
    one, other = (_nameless(each, publisher) for each in (key_of(text), key))
    return bool(other) and (one == other or _are_alike(one, other))


def _without_number(key: str, body: Sequence[Line]) -> Line | None:
    """A long heading that the body prints without its number, and nearly in the same words."""
    if len(key) < _LONG:
        return None
    plain = [line for line in body if not contents_words().numbers.match(uniform(line.text))]
    as_long = [line for line in plain if abs(len(uniform(line.text)) - len(key)) <= len(key) * (1 - _NEARLY) * 2]
    best = max(as_long, default=None, key=lambda line: _likeness(key_of(line.text), key))
    return best if best is not None and _likeness(key_of(best.text), key) >= _NEARLY else None


def _less_brackets(key: str) -> str:
    return re.sub(r"[（(].*$", "", key)


def _is_much_like(key: str, wanted: str) -> bool:
    """Whether one title holds the other and reads as a table's: 支出预算表（功能科目） for 支出预算表."""
    return (key.startswith(wanted) or wanted.startswith(key)) and table_in(key) is not None


def _joined(body: Sequence[Line]) -> dict[str, Line]:
    """Titles that wrap: two lines of a page as one."""
    pairs = ((one, other) for one, other in pairwise(body) if one.page == other.page)
    return {key_of(one.text + other.text): replace(one, text=one.text + other.text) for one, other in pairs}


# --- how much two titles are alike -----------------------------------------------------------------------------------


def _are_alike(one: str, other: str) -> bool:
    """Whether one title holds the other at its two ends, or most of both is the same."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _FEWEST_ALIKE and (_holds(long, short) or _likeness(one, other) >= _ALIKE)


def _holds(long: str, short: str) -> bool:
    """Whether a title is another with words put into it."""
    return any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in range(len(short) + 1))


def _likeness(one: str, other: str) -> float:
    """Share of the characters of both that stand in both in one order: 0 to 1."""
    return SequenceMatcher(None, one, other).ratio()
