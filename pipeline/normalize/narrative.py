"""The text of a disclosure: figures, lists of names, terms, the department's profile, last year's implied figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.normalize.model import Document, Finding, Line, Row
from pipeline.normalize.prose.figures import read_figures
from pipeline.normalize.prose.glossary import Term, read_glossary, unread_glossary
from pipeline.normalize.prose.implied import Implied, read_implied
from pipeline.normalize.prose.paragraphs import Paragraph, paragraphs, said, sentences, text_lines
from pipeline.normalize.prose.profile import Attribute, read_profile
from pipeline.normalize.prose.records import NarrativeFigure
from pipeline.normalize.prose.restated import restates
from pipeline.normalize.prose.scan import clause, tokens
from pipeline.normalize.prose.subjects import subject_of
from pipeline.normalize.prose.words import narrative_words
from pipeline.normalize.sheets.runs import find_sheets
from pipeline.normalize.titles import heading_of, lines_over
from pipeline.punctuation import in_one_width

__all__ = ["NameList", "Narrative", "name_rows", "read_text", "restates"]


@dataclass(frozen=True)
class NameList:
    """A list of names in the text (人员经费…主要包括：基本工资、…): ``subject`` is what they are parts of."""

    subject: str
    names: tuple[str, ...]
    sentence: str
    section: str
    page: int


def name_rows(lists: Iterable[NameList]) -> Iterator[Row]:
    """The columns of ``name_lists`` less ``document_id``: one row a name."""
    for list_no, found in enumerate(lists, start=1):
        own = {"subject": found.subject or None, "sentence": found.sentence, "section": found.section}
        for name_no, name in enumerate(found.names, start=1):
            yield own | {"list_no": list_no, "name_no": name_no, "name": name, "page": found.page}


@dataclass(frozen=True)
class Narrative:
    """Everything read from the text; each record's ``row()`` is its table's row less ``document_id``.

    ``findings`` judge what the text says; ``unread`` tell what of it could not be read or placed.
    """

    figures: tuple[NarrativeFigure, ...] = ()
    lists: tuple[NameList, ...] = ()
    glossary: tuple[Term, ...] = ()
    profile: tuple[Attribute, ...] = ()
    implied: tuple[Implied, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Finding, ...] = ()


def read_text(document: Document, names: Sequence[str] = ()) -> Narrative:
    """The text outside the tables; ``names`` are names of the publisher, besides those that its tables print."""
    lines = _lines(document)
    found = paragraphs(lines, _beginnings(document))
    terms = read_glossary(found)
    spoken = [paragraph for paragraph in found if not _explains(paragraph)]
    known = _publishers(document.lines, names)
    figures = read_figures(spoken, known)
    implied, findings = read_implied(figures)
    return Narrative(
        figures=tuple(figures),
        lists=tuple(_lists(spoken, known)),
        glossary=tuple(terms),
        profile=tuple(read_profile(figures)),
        implied=tuple(implied),
        findings=tuple(findings),
        unread=(*unread_glossary(text_lines(lines), terms), *_unplaced(figures)),
    )


def _unplaced(figures: Iterable[NarrativeFigure]) -> Iterator[Finding]:
    """Lists of numbers whose names do not answer to them: one finding a sentence."""
    lists: dict[tuple[int, str], list[NarrativeFigure]] = {}
    for figure in figures:
        if figure.is_unplaced:
            lists.setdefault((figure.page, figure.sentence), []).append(figure)
    for (page, _), found in lists.items():
        said = "、".join(figure.value_printed + figure.unit for figure in found)
        yield Finding(
            "text_list_unclear", "info", "extraction",
            f"第{page}页文字中分别所列的“{said}”，各是什么的数，不能确定，请看原页",
            f"page {page}: what each of the listed figures “{said}” is of could not be told",
            page,
        )  # fmt: skip


def _lines(document: Document) -> list[Line]:
    """The lines of the text: what stands between two performance sheets is theirs (titles, cells without rules)."""
    sheets = {sheet.grid.table_no for sheet in find_sheets(document.grids)}
    return [line for line in document.lines if not {line.next_table, line.next_table - 1} <= sheets]


def _beginnings(document: Document) -> frozenset[Line]:
    """The lines at which tables of the rule begin: those of their headings, and the first behind each."""
    body = [line for line in document.lines if line.role == "body"]
    found: list[Line] = []
    for grid in document.grids:
        heading = heading_of(grid)
        if heading.table_id:
            found += lines_over(grid, heading)
            found += [line for line in body if line.next_table > grid.table_no][:1]
    return frozenset(found)


def _explains(paragraph: Paragraph) -> bool:
    return any(title in paragraph.section for title in narrative_words().glossary_titles)


def _publishers(lines: Sequence[Line], names: Sequence[str]) -> list[str]:
    """The publisher's names, longest first: given, printed over its tables, and on the first page."""
    printed = (narrative_words().publisher_lines.match(said(line)) for line in lines)
    known = {*map(in_one_width, names), *(match["name"] for match in printed if match)}
    cover = [said(line) for line in lines if line.page == 1]
    known |= {name for name in (*cover, *map("".join, pairwise(cover))) if len(name) > 4}
    return sorted((name for name in known if name), key=len, reverse=True)


def _lists(found: Iterable[Paragraph], names: Sequence[str]) -> Iterable[NameList]:
    words = narrative_words()
    for paragraph in found:
        for sentence in sentences(paragraph):
            for match in words.name_lists.finditer(sentence.text):
                listed = [part for part in words.list_end.sub("", match["names"]).split("、") if part]
                before = [token for token in tokens(sentence.text) if token.end <= match.start()]
                if len(listed) > 2 and before and not tokens(match["names"]):
                    subject = subject_of(clause(sentence.text, before[-1].start), names)
                    page = sentence.page(match.start())
                    yield NameList(subject, tuple(listed), sentence.printed, paragraph.section, page)
