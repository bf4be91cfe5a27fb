"""Terms with their definitions, from the part of a disclosure that explains them (名词解释)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.normalize.model import Finding, Line, Row
from pipeline.normalize.phrases import squeeze
from pipeline.normalize.prose.paragraphs import Paragraph
from pipeline.normalize.prose.words import narrative_words


@dataclass(frozen=True)
class Term:
    """One term of the glossary."""

    term_no: int
    term: str
    definition: str
    page: int

    def row(self) -> Row:
        """The columns of ``glossary`` less ``document_id``."""
        return {"term_no": self.term_no, "term": self.term, "definition": self.definition, "page": self.page}


def read_glossary(found: Iterable[Paragraph]) -> list[Term]:
    """The terms in order; a paragraph that opens no term goes on with the definition before it."""
    words = narrative_words()
    entries: list[tuple[str, str, int]] = []
    for paragraph in found:
        heading = _heading(paragraph.section, words.glossary_titles)
        if heading is None or _is_no_text(paragraph.text):
            continue
        if heading and (not entries or entries[-1][0] != heading):
            entries.append((heading, "", paragraph.page(0)))
        term, definition = _entry(paragraph)
        if term and not heading:
            entries.append((term, definition, paragraph.page(0)))
        elif entries:
            entries[-1] = (entries[-1][0], entries[-1][1] + paragraph.printed, entries[-1][2])
    return [Term(n, term, text, page) for n, (term, text, page) in enumerate(entries, 1) if text]


def unread_glossary(lines: Sequence[Line], terms: Sequence[Term]) -> list[Finding]:
    """A finding where the text has the title of a glossary, and not in a list of contents, and no term was read."""
    words = narrative_words()
    titles = [line for line in lines if _bare(squeeze(line.text)).removeprefix("专业") in words.glossary_titles]
    if terms or not titles:
        return []
    last = titles[-1]  # contents name it before
    if _is_listed(lines, lines.index(last)):
        return []
    return [
        Finding(
            "glossary_unread", "warning", "extraction",
            f"第{last.page}页有“{squeeze(last.text)}”，其下的名词未能读出，请看原页",
            f"page {last.page} has the title “{squeeze(last.text)}”, but no term below it could be read",
            last.page,
        )
    ]  # fmt: skip


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether a title stands between two others of its level, as contents have them."""
    level = next((pattern for pattern in narrative_words().headings if pattern.match(squeeze(lines[at].text))), None)
    beside = (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    return level is not None and len(beside) > 1 and all(level.match(squeeze(line.text)) for line in beside)


def _is_no_text(text: str) -> bool:
    """Whether a line is none of the text: it names an annex (附件：…预算表), a department or a unit."""
    inside = any(mark in text for mark in "。，；")
    return not inside and any(pattern.search(text) for pattern in narrative_words().not_headings)


def _heading(section: str, titles: tuple[str, ...]) -> str | None:
    """The term that a heading under the glossary's title is; empty at the title itself, None outside."""
    parts = section.split("/")
    at = next((index for index, part in enumerate(parts) if any(title in part for title in titles)), None)
    if at is None:
        return None
    below = parts[at + 1 :]
    return _bare(below[0]) if below else ""


def _bare(heading: str) -> str:
    for pattern in narrative_words().headings:
        match = pattern.match(heading)
        if match:
            return heading[match.end() :].strip("：:“”")
    return heading.strip("：:")


def _entry(paragraph: Paragraph) -> tuple[str | None, str]:
    """The term that a paragraph opens and its definition, as printed."""
    for pattern in narrative_words().glossary_entries:
        match = pattern.match(paragraph.text)
        if match:
            term, definition = (paragraph.printed[slice(*match.span(name))].strip() for name in ("term", "definition"))
            return term, definition
    return None, paragraph.printed
