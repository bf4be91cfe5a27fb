"""What a document says that is no figure: a table is empty, there is none of some money, a name, a year.

Each becomes a row of ``statements``, so that a check of the disclosure's completeness has operands that can be looked
up. Recognition is ``vocabulary/statements.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.normalize.identity import cover_of
from pipeline.normalize.model import Document, Grid, Line, Row
from pipeline.normalize.phrases import squeeze, uniform
from pipeline.normalize.titles import Heading
from pipeline.normalize.vocabulary_file import read_words

_SENTENCE_ENDS = re.compile(r"[。；;！？]")
_CLAUSE_ENDS = re.compile(r"[，,：:]")
_MARKS = re.compile(r"[，,：:。；;！？]")
_SHOWN = 40
_LONGEST_NOTE = 120
_LONGEST_HEADING = 45


@dataclass(frozen=True)
class Statement:
    """One row of ``statements`` less ``document_id`` and ``statement_no``."""

    kind: str
    subject: str | None
    text: str
    page: int
    table_id: str | None = None
    table_no: int | None = None
    cell_ids: tuple[str, ...] = ()

    def row(self) -> Row:
        """The columns of the table."""
        return {**vars(self), "cell_ids": list(self.cell_ids)}


@dataclass(frozen=True)
class MoneyWords:
    """What names some money: in sentences that there is none, and in clauses that it is nought; its tables."""

    subject: str
    any: re.Pattern[str]
    zero: re.Pattern[str]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class StatementWords:
    """``vocabulary/statements.yaml``; the file says what each key finds."""

    none: re.Pattern[str]
    not_none: re.Pattern[str]
    zero: re.Pattern[str]
    not_zero: re.Pattern[str]
    money: tuple[MoneyWords, ...]
    empty_table: re.Pattern[str]
    notes_below: int
    name_noise: re.Pattern[str]
    year: re.Pattern[str]
    year_of_table: re.Pattern[str]
    not_year: re.Pattern[str]
    placeholders: re.Pattern[str]


@cache
def statement_words() -> StatementWords:
    """The vocabulary, read once. Raises ValueError naming the file and the key when an entry is not usable."""
    return read_words(StatementWords, "statements.yaml")


def read_statements(document: Document, headings: Sequence[Heading], table_ids: Sequence[str]) -> list[Statement]:
    """Every statement, by kind and in the order of the document.

    ``headings`` and ``table_ids`` are those of the document's tables.
    """
    tables = list(zip(document.grids, headings, table_ids, strict=True))
    body = [line for line in document.lines if line.role != "page_number"]
    return [
        *(found for grid, _, name in tables for found in _empty(grid, name)),
        *_none(body),
        *_zero(body),
        *(found for grid, heading, name in tables for found in _publisher(grid, heading, name)),
        *_years(document, body),
        *_placeholders(document, body),
    ]


def _empty(grid: Grid, table_id: str) -> Iterator[Statement]:
    """The first note in the table or right below it that says it is empty; in the table a note has its row alone."""
    words = statement_words()
    for cell in grid.cells:
        if sum(bool(other.text) for other in grid.row(cell.row)) > 1:
            continue  # a label beside its figures (未安排支出的实户资金), a heading, an indicator
        if words.empty_table.search(uniform(cell.text)) and not any(letter.isdigit() for letter in cell.text[-6:]):
            yield Statement("empty_table", None, cell.text, cell.page, table_id, grid.table_no, (cell.cell_id,))
            return
    below = [line for line in grid.below if line.page == grid.last_page][: words.notes_below]
    for line in below:
        if len(line.text) <= _LONGEST_NOTE and words.empty_table.search(uniform(line.text)):
            yield Statement("empty_table", None, line.text, line.page, table_id, grid.table_no)
            return


def _none(body: Sequence[Line]) -> Iterator[Statement]:
    words = statement_words()
    for text, page in _sentences(body):
        found = words.none.match(uniform(text))
        if found is None or words.not_none.search(uniform(text)):
            continue
        for money in words.money:
            if money.any.search(found["what"]):
                for table_id in money.tables:
                    yield Statement("none", money.subject, text, page, table_id)


def _zero(body: Sequence[Line]) -> Iterator[Statement]:
    """Clauses that say that some money is nought: the table of it may then be empty."""
    words = statement_words()
    for sentence, page in _sentences(body):
        for text in _CLAUSE_ENDS.split(sentence):
            found = None if words.not_zero.search(uniform(text)) else words.zero.match(uniform(text))
            for money in words.money if found else ():
                if found and money.zero.search(found["what"]):
                    for table_id in money.tables:
                        yield Statement("zero", money.subject, text, page, table_id)


def _sentences(body: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """The sentences of each printed paragraph, without white space, with the page that it begins on."""
    paragraphs: dict[int, list[Line]] = {}
    for line in body:
        paragraphs.setdefault(line.paragraph, []).append(line)
    for lines in paragraphs.values():
        for text in _SENTENCE_ENDS.split(squeeze("".join(line.text for line in lines))):
            if text:
                yield text, lines[0].page


def _publisher(grid: Grid, heading: Heading, table_id: str) -> Iterator[Statement]:
    if heading.publisher:
        name = statement_words().name_noise.sub("", squeeze(heading.publisher))
        yield Statement("publisher", None, name, grid.first_page, table_id, grid.table_no)


def _years(document: Document, body: Sequence[Line]) -> Iterator[Statement]:
    """Headings that state a year, sentences that say of which year a table is, and before them a cover that states one
    on several lines."""
    words = statement_words()
    said: list[Statement] = []
    for line in body:
        text = uniform(line.text)
        found = words.year.match(text) if len(text) <= _LONGEST_HEADING else None
        if found and not words.not_year.search(text):
            said.append(Statement("year", found["year"], squeeze(line.text), line.page))
    for text, page in _sentences(body):
        if found := words.year_of_table.match(uniform(text)):
            said.append(Statement("year", found["year"], text, page))
    cover = cover_of(document) if all(each.page > 1 for each in said) else None
    if cover is not None and not words.not_year.search(cover[0]):
        yield Statement("year", cover[1], cover[0][:_LONGEST_HEADING], 1)
    yield from said


def _placeholders(document: Document, body: Sequence[Line]) -> Iterator[Statement]:
    for line in body:
        yield from _left(line.text, line.page)
    for grid in document.grids:
        for cell in grid.cells:
            yield from _left(cell.text, cell.page, grid.table_no, (cell.cell_id,))


def _left(text: str, page: int, table_no: int | None = None, cell_ids: tuple[str, ...] = ()) -> Iterator[Statement]:
    found = statement_words().placeholders.search(text)
    if found:
        before = text[max(0, found.start() - _SHOWN // 2) : found.start()]
        start = found.start() - len(_MARKS.split(before)[-1])  # a line may begin in the middle of a word
        yield Statement("placeholder", None, text[start : start + _SHOWN], page, None, table_no, cell_ids)
