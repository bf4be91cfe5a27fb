"""The headings that a paragraph stands under: by their numbering, and the terms of a glossary by theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.normalize.prose.words import NarrativeWords, narrative_words

_BELOW = 0.5  # of a level: a glossary's terms stand below its title, whatever their numbering


@dataclass
class _Terms:
    """A glossary that is open: the level of its title and its number, the level of its terms and the next number.

    ``inline`` says that the first term stands on one line with its definition.
    """

    level: float
    number: int
    term_level: int
    expected: int
    inline: bool


@dataclass
class Headings:
    """The open headings by level, as the paragraphs of a document go by."""

    _open: dict[float, str] = field(default_factory=dict)
    _terms: _Terms | None = None

    @property
    def section(self) -> str:
        """The open headings, joined by /."""
        return "/".join(self._open[key] for key in sorted(self._open))

    def take(self, text: str, following: str, *, is_large: bool) -> bool:
        """A paragraph goes by: its numbering closes headings, and it may be one. True where it is one.

        ``following`` is the text of the one behind it: whether it says what a term means.
        """
        words = narrative_words()
        level: float | None = _heading_level(text, words, is_large=is_large)
        numbered: float | None = numbering_level(text, words)
        terms = self._terms_with(text, following, words)
        if terms is not None:
            level, numbered = None if level is None else terms.level + _BELOW, terms.level + _BELOW
        elif numbered is not None and self._terms is not None and numbered <= self._terms.term_level:
            self._terms = None
        limit = numbered if level is None else level
        if limit is not None:
            self._open = {key: heading for key, heading in self._open.items() if key < limit}
        if level is not None:
            self._open[level] = text.rstrip("：:")
        return level is not None

    def end_glossary(self) -> None:
        """Where a table of the rule begins, a glossary ends: only the headings that it stands under stay open."""
        level = self._glossary(narrative_words())
        if level is not None:
            self._open = {key: heading for key, heading in self._open.items() if key < level}
        self._terms = None

    def _glossary(self, words: NarrativeWords) -> float | None:
        titled = (key for key, text in self._open.items() if any(title in text for title in words.glossary_titles))
        return min(titled, default=None)

    def _terms_with(self, text: str, following: str, words: NarrativeWords) -> _Terms | None:
        """The open glossary where the text is the next of its terms; a first term may be numbered as its title is."""
        level, own = self._glossary(words), numbering_level(text, words)
        if level is None or own is None:
            return None
        number, inline = _number(text, own, words), any(entry.match(text) for entry in words.glossary_entries)
        if self._terms is None:
            if number != 1 or own > level or not _defines(text, following, words):
                return None  # 一、部门概况 behind a list of contents is none
            self._terms = _Terms(level, _title_number(self._open[level], words), own, 2, inline)
            return self._terms
        terms = self._terms
        goes_on = number == terms.expected and (inline == terms.inline or number != terms.number + 1)
        misnumbered = inline and abs(number - terms.expected) <= 1
        if own != terms.term_level or not (goes_on or misnumbered):
            return None
        terms.expected = number + 1
        return terms


def _defines(text: str, following: str, words: NarrativeWords) -> bool:
    """Whether a numbered text says what its term means, or the text behind it does (指…, 是指…)."""
    found = next((match for entry in words.glossary_entries if (match := entry.match(text))), None)
    return words.defines.match((found["definition"] if found else "") or following) is not None


def numbering_level(text: str, words: NarrativeWords) -> int | None:
    """The level of a text's own numbering: 七、… closes the heading 六、…"""
    return next((level for level, pattern in enumerate(words.headings) if pattern.match(text)), None)


def _title_number(text: str, words: NarrativeWords) -> int:
    level = numbering_level(text, words)
    return 0 if level is None else _number(text, level, words)


def _number(text: str, level: int, words: NarrativeWords) -> int:
    """The number of a text's numbering of a level; 0 where it is none."""
    found = words.headings[level].match(text)
    printed = found[0].strip("（()）、．.第部分章节") if found else ""
    tens, ten, units = printed.rpartition("十")
    if printed.isdigit() or not printed:
        return int(printed or 0)
    return (10 * words.numerals.get(tens, 1) if ten else 0) + words.numerals.get(units, 0)


def _heading_level(text: str, words: NarrativeWords, *, is_large: bool) -> int | None:
    level = numbering_level(text, words)
    name = text if level is None else words.headings[level].sub("", text)
    if len(text) > words.heading_length or any(mark in text for mark in "。；，") or _is_entry(name):
        return None
    if any(pattern.search(text) for pattern in words.not_headings):
        return None
    return 0 if level is None and is_large and not text.isdigit() else level


def _is_entry(text: str) -> bool:
    """A short paragraph with something said after its colon, or with an amount, is text and no heading."""
    _head, colon, tail = text.partition("：")
    return bool(colon and tail) or (any(unit in text for unit in ("元", "%")) and any(c.isdigit() for c in text))
