"""Which table of the rule a printed table is: its title, caption, unit of money, and whether it says it is empty.

The number printed on a table is not its identity, its title is. Titles stand above the table, in its first rows, or at
the foot of the page before; the nearest line that a rule knows wins.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalize.model import Cell, Document, Grid, Line
from pipeline.normalize.phrases import plain, without_years
from pipeline.normalize.words import vocabulary

HEAD_ROWS = 4  # rows at most that state the unit in their headings
LINES_BACK = 8  # how far above a table its title may stand
WRAPPED_LINES = 2  # lines that a title may wrap over before its last
LONGEST_TITLE = 60  # characters: longer lines are sentences
_SENTENCE = re.compile(r"[。；;]|[，,].{8,}")
_CODE_BEFORE = re.compile(r"^[\[【(（]?\d{3,12}[\]】)）]?[-—_]?(?=[一-鿿])")  # 501_某某局


@dataclass(frozen=True)
class Heading:
    """What the lines over a table say. ``preface`` counts the table's own first rows that belong to the heading."""

    table_id: str | None
    title: str | None
    caption: str | None
    unit: str | None
    publisher: str | None
    preface: int


def heading_of(grid: Grid) -> Heading:
    """The heading of a table; ``table_id`` is None when no line above it is a title that the vocabulary knows."""
    preface = _preface_rows(grid)
    own = [cell.text for row in range(1, preface + 1) for cell in grid.row(row) if cell.text]
    lines = _texts([line for line in grid.above if line.role != "page_number"][-LINES_BACK:]) + own
    later = [line.text for line in grid.above_later]
    table_id, title = next((found for found in (_title(lines), _title(later)) if found[0]), (None, None))
    return Heading(
        table_id,
        title,
        _first(map(_caption, reversed(lines))),
        _first(map(unit_in, [*reversed(lines), *later])) or _unit_of_heads(grid, preface),
        _first(map(publisher_in, reversed(lines))),
        preface,
    )


def lines_over(grid: Grid, heading: Heading) -> list[Line]:
    """The lines that make up a table's heading, nearest first: its title, caption, publisher and unit."""
    near = [line for line in grid.above if line.role == "body"][-LINES_BACK:]
    title = plain(heading.title or "")
    own = (is_over_table(line.text) or (len(line.text) > 1 and plain(line.text) in title) for line in reversed(near))
    return [line for line, _ in itertools.takewhile(lambda found: found[1], zip(reversed(near), own, strict=True))]


def is_over_table(line: str) -> bool:
    """Whether a line reads as one of those that stand over a table: a title, a caption, a publisher or a unit."""
    return table_in(line) is not None or _is_furniture(line)


def _texts(lines: Sequence[Line]) -> list[str]:
    """What the lines say; where a page ends a blank, so that no title wraps over to the next."""
    by_page = itertools.groupby(lines, key=lambda line: line.page)
    pages = [[line.text for line in group] for _, group in by_page]
    return [text for page in pages[:-1] for text in (*page, "")] + (pages[-1] if pages else [])


def _unit_of_heads(grid: Grid, preface: int) -> str | None:
    """The unit in the brackets of the table's headings (预算数（万元）), where no line states one and they agree."""
    rows = range(preface + 1, min(preface + HEAD_ROWS, grid.row_count) + 1)
    found = {unit for row in rows for cell in grid.row(row) if (unit := unit_in(cell.text))}
    return found.pop() if len(found) == 1 else None


def _first(found: Iterator[str | None]) -> str | None:
    return next((item for item in found if item), None)


def _title(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The nearest line, or two lines that a wrap parted, that reads as a title."""
    for index in range(len(lines) - 1, -1, -1):
        read = [(table_in(printed), _without_caption(printed)) for printed in _readings(lines, index)]
        if all(map(_is_furniture, lines[index + 1 :])):
            read.append((_bare_title(lines[index]), _without_caption(lines[index])))
        known = [(table_id, title) for table_id, title in read if table_id]
        if known:  # the longest reading says most; the shortest that says the same is the title
            return [reading for reading in known if reading[0] == known[0][0]][-1]
    return None, None


def table_in(title: str) -> str | None:
    """The table that a line names, if it reads as a title."""
    phrase = _title_alone(vocabulary().unit_behind.sub("", plain(title)))
    if len(phrase) > LONGEST_TITLE or _SENTENCE.search(phrase) or not vocabulary().title_ends.search(phrase):
        return None
    return vocabulary().table_of(phrase)


def _bare_title(line: str) -> str | None:
    """The table that a line names which does not say that it is a table's title: its place right over one tells."""
    phrase = _title_alone(vocabulary().unit_behind.sub("", plain(line)))
    return vocabulary().bare_title_of(phrase)


def fund_named(title: str | None) -> str | None:
    """The fund that a title names, if it names one that its figures belong to."""
    return vocabulary().fund_of_title(_title_alone(plain(title))) if title else None


def origin_named(title: str | None) -> str | None:
    """Whose year all of the money of a table is by its title: ``carryover``, if it says so."""
    return "carryover" if title and vocabulary().carried_titles.search(plain(title)) else None


def names_government(title: str | None) -> bool:
    """Whether a title says that its items are those of the government's economic scheme, and of no other."""
    return bool(title) and vocabulary().government_titles.search(plain(title or "")) is not None


def stand_in(title: str) -> str | None:
    """The table of the rule that a table which is none of them says the same as."""
    return vocabulary().stand_in_of(_title_alone(plain(title)))


def _readings(lines: Sequence[str], index: int) -> Iterator[str]:
    """A line joined to those before it where a title wraps, longest first, and by itself."""
    start = index
    while start > 0 and index - start < WRAPPED_LINES and _runs_on(lines[start - 1]):
        start -= 1
    for place in range(start, index + 1):
        yield "".join(lines[place : index + 1])


def _runs_on(line: str) -> bool:
    """Whether a line over a title may be the title's own beginning: long enough, no title itself, no furniture."""
    phrase = plain(line)
    return len(phrase) > 6 and not vocabulary().title_ends.search(phrase) and not _is_furniture(line)


def _is_furniture(line: str) -> bool:
    return not line or bool(vocabulary().captions.fullmatch(plain(line)) or unit_in(line) or publisher_in(line))


def _without_caption(title: str) -> str:
    found = vocabulary().captions.match(title)
    rest = title[found.end() :].lstrip("：: ") if found else title
    return rest or title


def _title_alone(phrase: str) -> str:
    """A plain title without its caption, its year and the name of whose table it is: 某市政府采购中心2025年支出总表."""
    title, _ = without_years(_without_caption(phrase))
    return vocabulary().whose.sub("", title) or title


def _caption(line: str) -> str | None:
    found = vocabulary().captions.match(plain(line))
    return found.group() if found else None


def unit_in(line: str) -> str | None:
    """The unit of money that a line states, such as 单位：万元."""
    phrase = plain(line)
    if len(phrase) > LONGEST_TITLE:
        return None
    return _first(found.group(1) for found in (unit.search(phrase) for unit in vocabulary().units) if found)


def publisher_in(line: str) -> str | None:
    """The department that a line names, as printed: 部门名称：…"""
    words = vocabulary()
    named = words.seals.sub("", words.money_behind.sub("", line).strip())
    if not any(pattern.match(plain(named)) for pattern in vocabulary().publisher_lines):
        return None
    return _CODE_BEFORE.sub("", "".join(re.split(r"[:：]", named, maxsplit=1)[-1].split()))


def _preface_rows(grid: Grid) -> int:
    """The table's own first rows that are its heading: one wide cell with a title, or a line with the unit."""
    count = 0
    for row in range(1, min(5, grid.row_count)):
        cells = [cell for cell in grid.row(row) if cell.text]
        if not cells or len(cells) > 3 or not all(_is_heading_cell(cell, grid) for cell in cells):
            break
        count = row
    return count


def _is_heading_cell(cell: Cell, grid: Grid) -> bool:
    phrase = _title_alone(plain(cell.text))
    wide = cell.columns * 2 > grid.column_count
    is_title = wide and bool(vocabulary().title_ends.search(phrase)) and vocabulary().table_of(phrase) is not None
    is_line = bool(vocabulary().heading_lines.match(phrase)) and _is_furniture(cell.text)
    return is_title or is_line or bool(vocabulary().captions.fullmatch(plain(cell.text)))


def common_unit(document: Document) -> str | None:
    """The unit of money that the document states most often: what a table without one most likely uses."""
    units = [unit for unit in (unit_in(line.text) for line in document.lines) if unit]
    return max(set(units), key=units.count) if units else None
