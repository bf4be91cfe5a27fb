"""Numbers listed behind the names that they answer to in order: A、B和C分别为1万元、2万元和3万元."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.normalize.prose.records import Context, NarrativeFigure
from pipeline.normalize.prose.scan import Token, clause
from pipeline.normalize.prose.subjects import Said, change_said, comparison_off, is_share, subject_of, whole_of
from pipeline.normalize.prose.words import EITHER, narrative_words

_PAIR = 2


@dataclass(frozen=True)
class Listed:
    """What one number of a list measures: a name before the list, or the figure that it answers to (``peer``).

    ``subject`` is None where names and numbers do not answer to each other: nothing is guessed then.
    """

    subject: str | None
    change: Said | None = None
    peer: NarrativeFigure | None = None


def answered(figure: NarrativeFigure, listed: Listed) -> NarrativeFigure:
    """A figure with what it measures and speaks of, as its place in the list says."""
    change = listed.change
    of = listed.peer.figure_no if listed.peer and (change or figure.measure == "percent") else None
    way = None if change is None or change.way == EITHER else change.way
    kind = "change" if change else figure.measure
    direction = way or (figure.direction if change else None)
    missing = listed.subject is None
    return replace(figure, subject=listed.subject, kind=kind, direction=direction, of=of, is_unplaced=missing)


@dataclass(frozen=True)
class _Run:
    """Numbers that only 、 or 和 (and words of direction) stand between; the first one's clause, what stands before it.

    ``is_told`` says that the clause announces a list (分别).
    """

    tokens: Sequence[Token]
    clause: str
    before: str
    is_told: bool


def listed_from(text: str, found: Sequence[Token], index: int, context: Context) -> Mapping[int, Listed]:
    """The numbers of the list that begins with the number at ``index``, by their start; empty where none begins."""
    run = _run(text, found, index)
    if run is None:
        token = found[index]
        before = clause(text, token.start, {each.end for each in found})
        partly = narrative_words().each_partly.search(before)
        return {token.start: _behind_level(text, found, index, before, context)} if partly else {}
    changes = list(_changes(text, run))
    names, own = _names(run, context.names), _own(run.clause, context.names)
    peers = _peers(len(run.tokens), text, context) if run.is_told or not own else []
    if names:
        subjects: Sequence[str | None] = names
        peers = [context.told.get(name) for name in names]
    elif peers:
        subjects = [(peer.subject or "") + own if peer else None for peer in peers]
    elif run.is_told:
        subjects, peers = [None] * len(run.tokens), [None] * len(run.tokens)
    else:
        return {}
    numbers = zip(run.tokens, subjects, changes, peers, strict=True)
    return {
        token.start: Listed(_said_of(subject, token, run.clause), change, peer)
        for token, subject, change, peer in numbers
    }


def _behind_level(text: str, found: Sequence[Token], index: int, before: str, context: Context) -> Listed:
    """A number behind those that are what they were (A、B分别与上年持平、减少3万元): it is of the name that is left."""
    head, _, rest = before.partition("分别")
    count = len(narrative_words().level.findall(rest)) + 1
    said = change_said(before)
    last = index + 1 == len(found) or not _goes_on(text, found[index], found[index + 1])
    start = found[index].start - len(before)
    run = _Run([found[index]] * count, head, text[:start].rstrip("，"), is_told=True)
    names = _names(run, context.names)
    peers = [context.told.get(name) for name in names] or _peers(count, text, context)
    if not last or said is None or not peers:
        return Listed(None, said)
    peer = peers[-1]
    subject = names[-1] if names else peer.subject if peer else None
    return Listed(subject, Said(said.way, "", ""), peer)


def _run(text: str, found: Sequence[Token], index: int) -> _Run | None:
    end = index + 1
    while end < len(found) and _goes_on(text, found[end - 1], found[end]):
        end += 1
    before = clause(text, found[index].start, {token.end for token in found})
    told = narrative_words().each.search(before) is not None
    comma = any("，" in text[one.end : other.start] for one, other in pairwise(found[index:end]))
    if end - index < _PAIR or (not told and (comma or change_said(before))):
        return None
    return _Run(found[index:end], before, text[: found[index].start - len(before)].rstrip("，"), told)


def _goes_on(text: str, one: Token, other: Token) -> bool:
    """Whether a number follows another in a list: 、 or 和 between them, and at most a direction."""
    between = text[one.end : other.start]
    said = change_said(between)
    plain = said.before if said and not said.target else between
    return one.measure == other.measure and narrative_words().between_listed.fullmatch(plain) is not None


def _changes(text: str, run: _Run) -> Iterator[Said | None]:
    """The change that each number is; one without a word of its own is what the one before it is."""
    said = change_said(run.clause)
    yield said and Said(said.way, "", "")
    for one, other in pairwise(run.tokens):
        own = change_said(text[one.end : other.start])
        said = own or said
        yield said and Said(said.way, "", "")


def _said_of(subject: str | None, token: Token, said: str) -> str | None:
    """The subject of one number; of a share with its whole."""
    if subject is None or token.measure != "percent" or change_said(said) or not is_share(said):
        return subject
    whole = whole_of(said)
    return f"{subject}占{whole}比重" if whole else f"{subject}占比"


def _own(text: str, publisher: Sequence[str]) -> str:
    """What the words before 分别 name, without what a share or a change says behind the names."""
    text = narrative_words().each.sub("", text)
    said = change_said(text)
    return subject_of(comparison_off(said.before if said else text).partition("占")[0], publisher)


def _names(run: _Run, publisher: Sequence[str]) -> list[str]:
    """The names before the list, as many as it has numbers: in its own clause, or alone in the clause before it."""
    own = _own(run.clause, publisher)
    alone = clause(run.before, len(run.before))
    text = own or subject_of("" if any(map(str.isdigit, alone)) else alone, publisher)
    names = [subject_of(part, publisher) for part in _split(text, len(run.tokens))]
    return names if all(names) else []


def _split(text: str, count: int) -> list[str]:
    """The text as so many names: 、 parts them, and 和 the last two; a name may hold a 和 of its own."""
    parts = text.split("、")
    words = narrative_words()
    joints = [(found.start(), found.end()) for found in words.joins.finditer(parts[-1])]
    ways = [(parts[-1][:start], parts[-1][end:]) for start, end in joints if start and end < len(parts[-1])]
    alike = [way for way in ways if way[0].endswith(words.whole_names)]
    if len(parts) == count:  # A、B和C for two numbers are three names; 社会保障和就业支出 is one
        is_one = not ways or (not alike and parts[-1].endswith(words.whole_names))
        return parts if is_one else []
    ways = alike if len(ways) > 1 else ways
    return [*parts[:-1], *ways[0]] if len(parts) == count - 1 and len(ways) == 1 else []


def _peers(count: int, text: str, context: Context) -> list[NarrativeFigure | None]:
    """The figures told before in the sentence that as many numbers answer to: the parts, or all it has told."""
    for group in (context.listed, context.parts if context.in_parts else context.here):
        if len(group) == count and all(figure.subject and figure.sentence == text for figure in group):
            return list(group)
    return []
