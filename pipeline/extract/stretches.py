"""Stretches across a page: from where to where something prints, and which of them are one.

Single letters set apart (项　　目) are one heading; letters that each head a column of their own (类, 款, 项) are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.tokens import Token

WHITE = 1.0  # points: less parts no stretches
FAR_APART = 6.0  # times the height of print: the letters of one heading are set no farther apart

Stretch = tuple[float, float]


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches from left to right, those that overlap or meet as one."""
    joined: list[Stretch] = []
    for x0, x1 in sorted(stretches):
        if joined and x0 <= joined[-1][1] + WHITE:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined


def overlap(a: Stretch, b: Stretch) -> bool:
    """Whether two stretches have more in common than a hair."""
    return min(a[1], b[1]) - max(a[0], b[0]) > WHITE / 2


def each_has_its_own(a: Stretch, b: Stretch, others: Sequence[Stretch]) -> bool:
    """Whether each of two stretches has one of the others over or under it that the other has not."""
    beside = [{other for other in others if overlap(other, stretch)} for stretch in (a, b)]
    return bool(beside[0] - beside[1]) and bool(beside[1] - beside[0])


def whole_words(headings: Sequence[Token], prints: Sequence[Stretch]) -> Iterator[Stretch]:
    """Where headings stand, letters set apart as one where the rows (``prints``) do not print under each of them."""
    word: list[Token] = []
    for token in sorted(headings, key=lambda token: token.x0):
        goes_on = bool(word) and all(_is_letter(each, headings) for each in (word[-1], token))
        if goes_on and _are_near(word[-1], token) and not each_has_its_own(_of(word[-1]), _of(token), prints):
            word.append(token)
            continue
        if word:
            yield word[0].x0, word[-1].x1
        word = [token]
    if word:
        yield word[0].x0, word[-1].x1


def _of(token: Token) -> Stretch:
    return token.x0, token.x1


def _is_letter(token: Token, headings: Sequence[Token]) -> bool:
    """Whether a heading is one letter, and not the last of one that wraps."""
    alone = not any(other is not token and overlap(_of(token), _of(other)) for other in headings)
    return len(token.text) == 1 and alone


def _are_near(a: Token, b: Token) -> bool:
    height = a.y1 - a.y0
    return abs(a.middle - b.middle) < height / 2 and b.x0 - a.x1 <= FAR_APART * height
