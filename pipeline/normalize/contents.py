"""The contents page (目录): its entries, and where the body prints what each of them names.

An entry and its page number may stand on one line or on two; a title that wraps runs on to the next line. The contents
end where the body begins: at the line that prints the first entry's title again, or with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from pipeline.normalize.lexicon import VocabularyFile, squeeze
from pipeline.normalize.model import Document, Grid, Line, Row
from pipeline.normalize.phrases import bare
from pipeline.normalize.titles import Heading, table_in

_FEWEST = 3  # entries: fewer are no contents page
_LONGEST_HEADING = 4  # lines
_SHORTEST = 4  # characters: of a shorter title its ends tell nothing
_ALIKE = 0.7


@dataclass(frozen=True)
class _Words:
    """``vocabulary/contents.yaml``."""

    titles: re.Pattern[str]
    furthest_page: int
    longest_entry: int
    leader: re.Pattern[str]
    dots: re.Pattern[str]
    numbers: re.Pattern[str]


@dataclass(frozen=True)
class Entry:
    """One entry: its number and title as printed (without white space), the page it gives, the page it stands on.

    ``table_no``, ``body_title`` and ``body_page`` say where the body prints it; None when it does not.
    """

    number: str | None
    title: str
    printed_page: int | None
    page: int
    table_id: str | None
    table_no: int | None = None
    body_title: str | None = None
    body_page: int | None = None

    def row(self) -> Row:
        """The columns of ``contents`` less ``document_id`` and ``entry_no``."""
        row = {name: value for name, value in vars(self).items() if name != "table_id"}
        return {**row, "kind": "table" if self.table_id else "section"}


@cache
def vocabulary_of_contents() -> _Words:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    file = VocabularyFile("contents.yaml")
    return _Words(
        re.compile("|".join(file.words("titles"))),
        file.number("furthest_page"),
        file.number("longest_entry"),
        file.pattern("leader"),
        file.pattern("dots"),
        re.compile("|".join(f"(?:{pattern})" for pattern in file.words("numbers"))),
    )


def read_contents(document: Document, headings: Sequence[Heading], table_ids: Sequence[str]) -> list[Entry]:
    """The entries in order; none for a document without a contents page.

    ``headings`` and ``table_ids`` are those of the document's tables, in their order.
    """
    lines = [line for line in document.lines if line.role != "page_number" and squeeze(line.text)]
    start = next((at for at, line in enumerate(lines) if _is_title(line)), None)
    if start is None:
        return []
    listed = _until_body(lines[start + 1 :])
    entries = list(_entries(listed))
    if len(entries) < _FEWEST:
        return []
    body = lines[start + 1 + len(listed) :]
    return list(_placed(entries, document, headings, table_ids, body))


def _is_title(line: Line) -> bool:
    return line.page <= vocabulary_of_contents().furthest_page and bool(
        vocabulary_of_contents().titles.fullmatch(squeeze(line.text))
    )


def _until_body(lines: Sequence[Line]) -> list[Line]:
    """The lines of the contents: those before the first entry's title comes again, and of the first page else."""
    if not lines:
        return []
    first = _key(_split(lines[0].text)[0])
    again = next((at for at, line in enumerate(lines) if at and _key(_split(line.text)[0]) == first), None)
    near = [at for at, line in enumerate(lines) if line.page <= lines[0].page + (1 if again else 0)]
    end = min(len(lines) if again is None else again, near[-1] + 1)
    long = (
        at for at, line in enumerate(lines[:end]) if len(_split(line.text)[0]) > vocabulary_of_contents().longest_entry
    )
    return [line for line in lines[: next(long, end)] if line.role == "body"]


def _split(text: str) -> tuple[str, int | None]:
    """A printed line as its title and the page number behind it."""
    words, line = vocabulary_of_contents(), squeeze(text)
    found = words.leader.search(line)
    if found and (found.start() == 0 or found[0][0] in ".…·．。-—–" or not found.group("page").startswith("20")):
        return words.dots.sub("", line[: found.start()]), int(found["page"])
    return words.dots.sub("", line), None


def _key(title: str) -> str:
    """What titles are compared by: no number, no white space, no quotation marks."""
    line = squeeze(title)
    found = vocabulary_of_contents().numbers.match(line)
    return bare(line[found.end() :] if found else line) or line


def _entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """Entries, a page number of its own line given to the entry before, a line without number joined to it."""
    current: Entry | None = None
    for line in lines:
        title, page = _split(line.text)
        number = vocabulary_of_contents().numbers.match(title)
        if current is not None and not number and _runs_on(current, title, line.page):
            current = _titled(current.number, current.title + title, page, current.page)
            continue
        if current is not None and current.title:
            yield current
        current = _titled(number[0] if number else None, title[number.end() if number else 0 :], page, line.page)
    if current is not None and current.title:
        yield current


def _runs_on(entry: Entry, more: str, page: int) -> bool:
    """Whether a line without a number goes on from an entry; over a page only where that makes a table's title."""
    if entry.printed_page is not None:
        return False
    return page == entry.page or (entry.table_id is None and table_in(entry.title + more) is not None)


def _titled(number: str | None, title: str, printed_page: int | None, page: int) -> Entry:
    return Entry(number, title, printed_page, page, table_in(title) if title else None)


# --- where the body prints it ----------------------------------------------------------------------------------------


def _placed(
    entries: Sequence[Entry],
    document: Document,
    headings: Sequence[Heading],
    table_ids: Sequence[str],
    body: Sequence[Line],
) -> Iterator[Entry]:
    printed = {**_joined(body), **{_key(line.text): line for line in reversed(body)}}
    titles = [
        (grid, heading.title, name) for grid, heading, name in zip(document.grids, headings, table_ids, strict=True)
    ]
    taken: set[int] = set()
    for entry in entries:
        key = _key(entry.title)
        free = [(grid, title, name) for grid, title, name in titles if title and grid.table_no not in taken]
        same = next((each for each in free if _key(str(each[1])) == key), None) if entry.table_id else None
        line = printed.get(key)
        if same is None and line is None and entry.table_id:
            line = next((printed[each] for each in printed if _is_much_like(each, key)), None)
        if same is None and line is None and entry.table_id not in (None, "other"):
            same = next((each for each in free if each[2] == entry.table_id), None)
        if same is None and line is None and entry.table_id == "other":
            same = _numbered_alike(entry, free)
        if same is None and line is None and entry.table_id is None:
            line = _near(entry, body)
        if same is not None:
            taken.add(same[0].table_no)
            yield replace(entry, table_no=same[0].table_no, body_title=same[1], body_page=same[0].first_page)
        elif line is not None:
            table = (
                line.next_table if entry.table_id and any(g.table_no == line.next_table for g, *_ in titles) else None
            )
            yield replace(entry, table_no=table, body_title=squeeze(line.text), body_page=line.page)
        else:
            yield entry


def _numbered_alike(entry: Entry, free: Iterable[tuple[Grid, str, str]]) -> tuple[Grid, str, str] | None:
    """A table of no known kind: the one whose title ends in the entry's, or bears its number and reads much like it."""
    other = [each for each in free if each[2] == "other"]
    key = _key(entry.title)
    numbered = [each for each in other if entry.number and squeeze(str(each[1])).startswith(entry.number)]
    ending = (each for each in other if _key(str(each[1])).endswith(key))
    return next(ending, next((each for each in numbered if _are_alike(_key(str(each[1])), key)), None))


def _near(entry: Entry, body: Sequence[Line]) -> Line | None:
    """A section's heading in other words: a line of the body with the entry's number that reads much like it.

    A part's heading may run over a few lines of its own page; so many are taken as read most like the entry.
    """
    key = _key(entry.title)
    for at, line in enumerate(body):
        if entry.number and squeeze(line.text).startswith(entry.number):
            page = [each.text for each in body[at : at + _LONGEST_HEADING] if each.page == line.page]
            texts = ("".join(page[:count]) for count in range(1, len(page) + 1))
            alike = [text for text in texts if _are_alike(_key(text), key)]
            if alike:
                return replace(line, text=max(alike, key=lambda text: (_holds(_key(text), key), _likeness(text, key))))
    return None


def _are_alike(one: str, other: str) -> bool:
    """Whether one title holds the other at its two ends, or most of both is the same."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and (_holds(long, short) or _likeness(one, other) >= _ALIKE)


def _holds(long: str, short: str) -> bool:
    """Whether a title is another with words put into it."""
    return any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in range(len(short) + 1))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_much_like(key: str, wanted: str) -> bool:
    """Whether one title holds the other and reads as a table's: 支出预算表（功能科目） for 支出预算表."""
    return (key.startswith(wanted) or wanted.startswith(key)) and table_in(key) is not None


def _joined(body: Sequence[Line]) -> dict[str, Line]:
    """Titles that wrap: two lines of a page as one."""
    pairs = ((one, other) for one, other in pairwise(body) if one.page == other.page)
    return {_key(one.text + other.text): replace(one, text=one.text + other.text) for one, other in pairs}
