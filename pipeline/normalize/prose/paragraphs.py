"""Lines to paragraphs and sentences, each under its headings and with the page of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.normalize.model import Line
from pipeline.normalize.phrases import squeeze, uniform
from pipeline.normalize.prose.headings import Headings, numbering_level
from pipeline.normalize.prose.scan import tokens
from pipeline.normalize.prose.words import NarrativeWords, narrative_words
from pipeline.punctuation import in_one_width

_SENTENCE_ENDS = "。！？"
_CLOSING = ("）", ")")
_PARAGRAPH_ENDS = "。！？；;：:"
_INSIDE = "，。；"
_IDEOGRAPH = re.compile(r"[一-鿿]")
_AMOUNT = re.compile(r"[-－]?(?:\d{1,3}(?:,\d{3})+|\d+\.\d)")
_ONE_LINE = 0.2  # of the font size: lines that stand no further apart are one
_OPENING_ENDS = re.compile("[。：:]")
_LARGER = 1.15  # a heading's font against the text's


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text, the headings that it stands under (joined by /), the page at each offset.

    ``text`` has its punctuation and digits in one width, ``printed`` is character for character what the page prints.
    """

    text: str
    printed: str
    section: str
    starts: tuple[tuple[int, int], ...]

    def page(self, offset: int) -> int:
        """The page of the character at an offset."""
        return next(page for start, page in reversed(self.starts) if start <= offset)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a paragraph, from ``start`` in its text.

    ``opening`` is the heading that runs into the text before it or at its beginning (（三）国有资产占用情况。截至…).
    """

    paragraph: Paragraph
    start: int
    text: str
    opening: str = ""

    @property
    def printed(self) -> str:
        """The sentence as the page prints it, without white space."""
        return self.paragraph.printed[self.start : self.start + len(self.text)]

    @property
    def section(self) -> str:
        """The headings that the sentence stands under."""
        return self.paragraph.section

    def page(self, offset: int) -> int:
        """The page of the character at an offset of the sentence."""
        return self.paragraph.page(self.start + offset)


@dataclass
class _Joined:
    """Lines of one paragraph as they come together."""

    lines: list[Line]

    @property
    def printed(self) -> str:
        return "".join(squeeze(line.text) for line in self.lines)

    @property
    def text(self) -> str:
        return in_one_width(self.printed)

    def starts(self) -> tuple[tuple[int, int], ...]:
        offset, found = 0, []
        for line in self.lines:
            found.append((offset, line.page))
            offset += len(said(line))
        return tuple(found)


def paragraphs(lines: Sequence[Line], tables: Collection[Line] = ()) -> list[Paragraph]:
    """The paragraphs of the text in order, less contents pages and headings; lines join over wraps and pages.

    ``tables`` are the lines at which tables begin: no glossary goes on behind one, whatever heading is still open.
    """
    words, kept = narrative_words(), text_lines(lines)
    text_size = _text_size(kept)
    return list(_under_headings(_joined(kept, words), text_size, tables))


def text_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of the text, less contents pages."""
    words = narrative_words()
    body = [line for line in lines if line.role == "body" and said(line)]
    contents = _contents_pages(body, words)
    return [line for line in body if line.page not in contents and not words.contents_line.search(line.text)]


def said(line: Line) -> str:
    """What a line says, for comparison: without white space, its punctuation in one width."""
    return uniform(line.text)


def _contents_pages(lines: Sequence[Line], words: NarrativeWords) -> set[int]:
    titled = {line.page for line in lines if said(line) in words.contents_titles}
    counts = Counter(line.page for line in lines if words.contents_line.search(line.text))
    totals = Counter(line.page for line in lines)
    mostly = {page for page, count in counts.items() if count * 2 > totals[page] and count > 2}
    return mostly | {page for page in titled if counts[page] * 2 > totals[page]}


def _text_size(lines: Sequence[Line]) -> float:
    """The font size that most characters of the text have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 0)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _joined(lines: Sequence[Line], words: NarrativeWords) -> Iterator[_Joined]:
    current: _Joined | None = None
    for line in lines:
        if current is not None and (
            (line.paragraph == current.lines[-1].paragraph and not _is_numbered(line, words))
            or _breaks_off(current, line)
            or _fills_blank(current.lines[-1], line)
            or _names(current, line, words)
            or _completes(current, line, words)
        ):
            current.lines.append(line)
            continue
        if current is not None:
            yield current
        current = _Joined([line])
    if current is not None:
        yield current


def _is_numbered(line: Line, words: NarrativeWords) -> bool:
    """Whether a line opens with a heading's numbering of the first levels: it opens a paragraph of its own."""
    return any(pattern.match(said(line)) for pattern in words.headings[:3])


def _fills_blank(last: Line, line: Line) -> bool:
    """Whether a figure, or the unit behind one, stands wide apart on the line of the words before it: a form's blank
    that was filled in (一般公共预算收入＿＿21,940.96＿＿万元)."""
    if line.page != last.page or abs(line.y0 - last.y0) > _ONE_LINE * line.size or line.x0 <= last.x0:
        return False
    text = said(line)
    opens = _AMOUNT.match(text) is not None or any(token.start == 0 for token in tokens(text)[:1])
    return opens or (last.text[-1:].isdigit() and text.startswith(tuple(narrative_words().units)))


def _names(current: _Joined, line: Line, words: NarrativeWords) -> bool:
    """Whether a line is the title of the part whose number alone stands before it (第四部分, then 名词解释)."""
    if not words.headings[0].fullmatch(current.text) or line.page != current.lines[-1].page:
        return False
    title = said(line)
    numbered = numbering_level(title, words) is not None
    return len(title) <= words.heading_length and not numbered and not any(mark in title for mark in "。；，：")


def _completes(current: _Joined, line: Line, words: NarrativeWords) -> bool:
    """Whether a line opens with the money that the words before it lead up to (预算数为, 其他收入：, 行政运行（项）),
    or with the unit of the number that they end in."""
    text, own = current.text, said(line)
    if line.page - current.lines[-1].page > 1 or text.endswith(tuple("。；;！？")):
        return False
    if text[-1].isdigit() and _IDEOGRAPH.search(text):
        return own.startswith(tuple(words.units))
    found = tokens(own)[:1]
    return bool(found) and found[0].start == 0 and found[0].measure == "amount" and _IDEOGRAPH.search(text) is not None


def _breaks_off(current: _Joined, line: Line) -> bool:
    """Whether a paragraph stops in mid-sentence, so that the line after it goes on from it."""
    text, words = current.text, narrative_words()
    if text[-1] in _PARAGRAPH_ENDS or not any(mark in text for mark in _INSIDE):
        return False
    opens = any(pattern.match(said(line)) for pattern in words.headings)
    table_between = current.lines[-1].next_table != line.next_table and line.page - current.lines[-1].page > 1
    same_size = abs(line.size - current.lines[-1].size) < 1 or not _IDEOGRAPH.search(line.text)  # figures are lower
    return not opens and not table_between and same_size


def _under_headings(joined: Iterator[_Joined], text_size: float, tables: Collection[Line]) -> Iterator[Paragraph]:
    headings = Headings()
    items = list(joined)
    for item, following in zip_longest(items, items[1:]):
        if item.lines[0] in tables:
            headings.end_glossary()
        if not headings.take(
            item.text, following.text if following else "", is_large=item.lines[0].size > text_size * _LARGER
        ):
            yield Paragraph(item.text, item.printed, headings.section, item.starts())


def sentences(paragraph: Paragraph) -> list[Sentence]:
    """The sentences of a paragraph; its end ends the last one. What ends right before a bracket closes is a remark
    within a sentence that goes on (12.64万元（…减少4.11万元。）比上年减少…)."""
    found, start, text, opening = list[Sentence](), 0, paragraph.text, ""
    for index, character in enumerate(text):
        ends = character in _SENTENCE_ENDS and text[index + 1 : index + 2] not in _CLOSING
        if ends or index + 1 == len(text):
            opening = _opening(text[start : index + 1]) or opening
            found.append(Sentence(paragraph, start, text[start : index + 1], opening))
            start = index + 1
    return found


def _opening(sentence: str) -> str:
    """The short numbered words, up to the first 。 or ：, that a sentence begins with and that say no figure."""
    words = narrative_words()
    head = _OPENING_ENDS.split(sentence, maxsplit=1)[0]
    short = head != sentence and len(head) <= words.heading_length and not any(mark in head for mark in "，；")
    return head if short and numbering_level(head, words) is not None and not tokens(head) else ""
