"""Printed lines as tokens: the pieces of a line that stand by themselves, and whether each is a number.

Where a table draws no rules down, the white between two tokens is all that parts two columns. A figure set right and
the name set left in the next column stand close together, so a number is told apart by what it is, not by white alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.extract.frame import Flags, Floats, Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.text import is_overprinted, lines_of
from pipeline.extract.words import line_words

BLANK = 0.25  # share of the glyph height: white that may part a number from what stands beside it
WIDE = 0.62  # share of the glyph height: glyphs that wide are Chinese
TOUCH = 1.0  # points by which print may run over the border beside it
APART = 1.0  # share of the glyph height: wider white parts two words
_NUMERIC = [ord(character) for character in "0123456789.,-%"]
_NUMBER = re.compile(r"[-−]?[\d,]*\.?\d+%?|[-—－]+")
_AMOUNT = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d$")
_CODE = re.compile(r"\d{3,9}")
_FULL = "０１２３４５６７８９．，－％"
_HALF = str.maketrans(_FULL, "0123456789.,-%")


@dataclass(frozen=True)
class Token:
    """A piece of a printed line: its box in reading space, and what it says (without blanks).

    ``is_overprinted``: words are printed over words in it, so that it says neither's.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    is_overprinted: bool = False

    @property
    def is_number(self) -> bool:
        """Digits with their marks, or a dash."""
        return bool(_NUMBER.fullmatch(self.text))

    @property
    def is_amount(self) -> bool:
        """A number with decimals or parted thousands: never a code, a year or a line number."""
        return is_amount(self.text)

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle down the page."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class Tokens:
    """Tokens that belong together, and the box that they stand in."""

    tokens: tuple[Token, ...]

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(token.x0 for token in self.tokens)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(token.x1 for token in self.tokens)

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(token.y0 for token in self.tokens)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(token.y1 for token in self.tokens)

    @property
    def centre(self) -> float:
        """Middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Middle down the page."""
        return (self.y0 + self.y1) / 2


class TokenLine(Tokens):
    """One printed line: its tokens from left to right."""

    @property
    def is_data(self) -> bool:
        """Whether it prints what only a table's body prints: amounts, codes, or a row of numbers."""
        numbers = [token for token in self.tokens if token.is_number]
        return len(numbers) >= 2 or any(token.is_amount or _CODE.fullmatch(token.text) for token in numbers)

    @property
    def numbers_columns(self) -> bool:
        """Whether it only numbers the columns (栏次 1 2 3): set in their middle, whatever the figures are."""
        numbers = [token.text for token in self.tokens if token.is_number]
        return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]

    @property
    def has_amount(self) -> bool:
        """Whether it prints an amount."""
        return any(token.is_amount for token in self.tokens)

    @property
    def says_page(self) -> bool:
        """Whether it numbers the page by what stands around that (— 5 —, 第5页, 5/21): bare, it may be a row's."""
        text = "".join(token.text for token in self.tokens)
        is_bare = "/" not in text and (text[0].isdigit() or text[-1].isdigit())
        return not is_bare and bool(line_words().page_numbers.fullmatch(text))


def is_amount(text: str) -> bool:
    """Whether a text is a number with decimals or parted thousands."""
    return bool(_AMOUNT.fullmatch(text))


def usual_height(lines: Iterable[TokenLine]) -> float:
    """The usual height of what lines print, of their words if there are any: numbers may be set in another font."""
    tokens = [token for line in lines for token in line.tokens]
    words = [token.y1 - token.y0 for token in tokens if not token.is_number]
    heights = sorted(words or [token.y1 - token.y0 for token in tokens])
    return heights[len(heights) // 2] if heights else 0.0


def token_lines(glyphs: Glyphs, chosen: Integers, borders: Floats | None = None) -> list[TokenLine]:
    """The chosen glyphs as lines of tokens, from top to bottom, parted wherever there is white.

    ``borders`` of columns, where they are known, part a figure from a name that begins right behind it.
    """
    lines = (TokenLine(tuple(_tokens(glyphs, line.glyphs, borders))) for line in lines_of(glyphs, chosen))
    return [_with_label(line) if line.has_amount else line for line in lines]


def _with_label(line: TokenLine) -> TokenLine:
    """A row whose words are all single letters set apart (合　　计): those between two numbers are one word."""
    if any(len(token.text) > 1 and not token.is_number for token in line.tokens):
        return line
    joined: list[Token] = []
    for token in line.tokens:
        if joined and not token.is_number and not joined[-1].is_number:
            a, b = joined[-1], token
            joined[-1] = Token(a.x0, min(a.y0, b.y0), b.x1, max(a.y1, b.y1), a.text + b.text)
        else:
            joined.append(token)
    return TokenLine(tuple(joined))


def _tokens(glyphs: Glyphs, line: Integers, borders: Floats | None) -> Iterator[Token]:
    boxes = glyphs.boxes[line]
    height = _size(boxes)
    parted = boxes[1:, 0] - boxes[:-1, 2] > BLANK * height
    if borders is not None:
        parted |= _meet_at(borders, boxes) & _change_kind(glyphs.codes[line])
    held: Token | None = None
    for part in np.split(line, np.flatnonzero(parted) + 1):
        token = _token(glyphs, part)
        if held is not None and _is_year(held, token, height):
            held = Token(held.x0, min(held.y0, token.y0), token.x1, max(held.y1, token.y1), held.text + token.text)
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def _meet_at(borders: Floats, boxes: Floats) -> Flags:
    """Whether each glyph and the next meet at a border."""
    ends, starts = boxes[:-1, 2, None] - TOUCH, boxes[1:, 0, None] + TOUCH
    return np.asarray(((borders >= ends) & (borders <= starts)).any(axis=1))


def _change_kind(codes: Integers) -> Flags:
    """Whether of each glyph and the next one belongs to a number and the other does not."""
    numeric = np.isin(codes, _NUMERIC)
    return np.asarray(numeric[1:] != numeric[:-1])


def _size(boxes: Floats) -> float:
    """The size of a line's print: the width of its widest glyph, a Chinese one, where it has such; else its height."""
    height, widest = float(np.median(boxes[:, 3] - boxes[:, 1])), float((boxes[:, 2] - boxes[:, 0]).max())
    return min(height, widest) if widest > WIDE * height else height


def _is_year(before: Token, token: Token, height: float) -> bool:
    """Whether a year stands apart from its 年 by no more than the white that word processors set about numbers."""
    near = token.x0 - before.x1 <= 2 * BLANK * height
    return near and bool(_YEAR.search(before.text)) and token.text.startswith("年")


def _token(glyphs: Glyphs, part: Integers) -> Token:
    boxes = glyphs.boxes[part]
    (x0, y0), (x1, y1) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    text = "".join(map(chr, glyphs.codes[part].tolist()))
    is_full = text[0] in _FULL and not text.strip(_FULL)  # a number in full-width digits
    return Token(x0, y0, x1, y1, text.translate(_HALF) if is_full else text, is_overprinted(glyphs, part))
