"""What a run of glyphs says: lines in reading order, wraps joined, and the repairs of the layout's doings.

Only what the page's layout added is repaired (the data contract, "Rules for values"): line wraps, blanks inside
Chinese words and numbers, Kangxi and other compatibility radicals. Full-width brackets and quotation marks stay.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.extract.frame import Integers
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.woven import OVERLAP, WOVEN, beside_another, over_the_next, texts_of

# CJK Radicals Supplement to unified ideographs, after Unicode's EquivalentUnifiedIdeograph.txt: NFKC leaves them be.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬"
    "⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝"
    "⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉"
    "⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)


def _radicals() -> dict[int, str]:
    mapping = {ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    for low, high in ((0x2F00, 0x2FD6), (0xF900, 0xFAFF)):
        for code in range(low, high):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                mapping[code] = plain
    mapping[0x2F3E] = "户"  # NFKC gives the traditional 戶; fonts of this country draw this radical as 户
    return mapping


RADICALS = _radicals()
SAME_HEIGHT = 0.5  # share of a glyph's height by which glyphs of one line may differ
BLANK = 0.3  # share of a glyph's height that reads as a blank
HAIR = 0.1  # points: glyphs that lie over one another by less, or digits that stand so near one height, are one text
ANOTHER_LINE = 0.2  # share of a digit's height by which a number may be larger, or smaller, where it is wrapped
ANOTHER = "  "  # between texts that are not one: they stay apart
TORN = 1.5  # share of a glyph's height beyond which two numbers are two numbers
_SIGNS = frozenset("-−–—－+")
_FIGURE = re.compile(r"\d")
_LATIN = re.compile(r"[A-Za-z]")
_WHOLE_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_YEAR = re.compile(r"(19|20)\d\d")
_NUMBER_AT_END = re.compile(rf"(?<![\d.,-]){_WHOLE_NUMBER.pattern}$")
_NUMBER_AT_START = re.compile(rf"{_WHOLE_NUMBER.pattern}(?![\d.,])")


@dataclass(frozen=True)
class Reading:
    """What a cell or a line says: ``raw`` as laid out (line breaks kept), ``text`` repaired, and the repairs' names."""

    raw: str
    text: str
    repairs: tuple[str, ...]


@dataclass(frozen=True)
class TextLine:
    """One printed line: indices of its glyphs from left to right."""

    glyphs: Integers


def lines_of(glyphs: Glyphs, chosen: Integers) -> list[TextLine]:
    """The chosen glyphs as lines from top to bottom, each from left to right."""
    if not len(chosen):
        return []
    boxes = glyphs.boxes[chosen]
    sums = boxes[:, 1] + boxes[:, 3]
    if sums.max() - sums.min() <= SAME_HEIGHT * 2 * (boxes[0, 3] - boxes[0, 1]):  # one line: most cells
        return [TextLine(chosen[boxes[:, 0].argsort(kind="stable")])]
    order = sums.argsort(kind="stable")
    middles = ((boxes[:, 1] + boxes[:, 3]) / 2)[order].tolist()
    heights = (boxes[:, 3] - boxes[:, 1])[order].tolist()
    breaks = [0]
    for place, (middle, height) in enumerate(zip(middles, heights, strict=True)):
        while middle - middles[first := breaks[-1]] > SAME_HEIGHT * max(height, heights[first], 1.0):
            # at the widest step: a line that stands half a line below another heading's is not torn apart
            breaks.append(max(range(place, first, -1), key=lambda n: middles[n] - middles[n - 1]))
    parts = [order[a:b] for a, b in zip(breaks, [*breaks[1:], len(order)], strict=True)]
    return [TextLine(chosen[part[boxes[part, 0].argsort(kind="stable")]]) for part in parts]


def is_overprinted(glyphs: Glyphs, line: Integers) -> bool:
    """Whether words of a line, given as its glyphs from left to right, are printed over other words."""
    return bool(over_the_next(glyphs, line).any())


def read(glyphs: Glyphs, lines: list[TextLine]) -> Reading:
    """The text of the lines, read as one cell or one paragraph line."""
    if not lines:
        return _NOTHING
    raw = _line_text(glyphs, lines[0])
    for above, line in pairwise(lines):
        raw += ("\n" if _goes_on(glyphs, above, line) else ANOTHER) + _line_text(glyphs, line)
    return repair(raw)


def _goes_on(glyphs: Glyphs, above: TextLine, line: TextLine) -> bool:
    """Whether a line goes on from the one above: a number that is wrapped stands below, and in one size."""
    last, first = above.glyphs[-1], line.glyphs[0]
    if not (is_digit(glyphs.codes[last]) and is_digit(glyphs.codes[first])):
        return True
    height = glyphs.heights[last]
    is_below = glyphs.boxes[first, 1] >= glyphs.boxes[last, 3] - OVERLAP * height
    return bool(is_below and abs(glyphs.heights[first] - height) <= ANOTHER_LINE * height)


_NOTHING = Reading("", "", ())


def read_groups(glyphs: Glyphs, order: Integers, bounds: Integers) -> list[Reading]:
    """The text of many groups of glyphs: group n is ``order[bounds[n]:bounds[n + 1]]``, from left to right.

    Most groups are cells of one line; they are read from plain lists, because asking numpy a cell costs more than its
    work.
    """
    boxes = glyphs.boxes[order]
    letters = [chr(code) for code in glyphs.codes[order].tolist()]
    middles = ((boxes[:, 1] + boxes[:, 3]) / 2).tolist()
    heights = (boxes[:, 3] - boxes[:, 1]).tolist()
    gaps = [0.0, *(boxes[1:, 0] - boxes[:-1, 2]).tolist()]
    apart = np.cumsum(np.append(0, over_the_next(glyphs, order, WOVEN) | beside_another(glyphs, order))).tolist()
    has_turned = glyphs.turned is not None and bool(glyphs.turned.any())
    readings = []
    for a, b in pairwise(bounds.tolist()):
        if a == b:
            readings.append(_NOTHING)
        elif apart[a] == apart[b - 1] and max(middles[a:b]) - min(middles[a:b]) <= SAME_HEIGHT * heights[a]:
            readings.append(repair(_set(letters[a:b], gaps[a + 1 : b], heights[a:b])))
        else:
            readings.append((_read_turned if has_turned else _read_lines)(glyphs, order[a:b]))
    return readings


def _read_lines(glyphs: Glyphs, chosen: Integers) -> Reading:
    return read(glyphs, lines_of(glyphs, chosen))


def _read_turned(glyphs: Glyphs, chosen: Integers) -> Reading:
    """The text of a cell of several lines, or of one set upwards or downwards."""
    turns = np.zeros(1, np.int64) if glyphs.turned is None else np.unique(glyphs.turned[glyphs.objects[chosen]])
    if len(turns) > 1 or turns[0] not in (1, 3):
        return _read_lines(glyphs, chosen)
    picked = glyphs.select(chosen)
    x0, y0, x1, y1 = picked.boxes.T
    sides = (-y1, x0, -y0, x1) if turns[0] == 1 else (y0, -x1, y1, -x0)
    upright = replace(picked, boxes=np.column_stack(sides))
    return _read_lines(upright, np.arange(len(chosen)))


def _line_text(glyphs: Glyphs, line: TextLine) -> str:
    boxes = glyphs.boxes[line.glyphs].tolist()
    letters = [chr(code) for code in glyphs.codes[line.glyphs].tolist()]
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    heights = [box[3] - box[1] for box in boxes]
    if _may_be_several(letters, boxes, gaps, heights):
        texts = texts_of(glyphs, line.glyphs)
        if len(texts) > 1:
            return ANOTHER.join(_line_text(glyphs, TextLine(text)) for text in texts)
    return _set(letters, gaps, heights)


def _may_be_several(letters: list[str], boxes: list[list[float]], gaps: list[float], heights: list[float]) -> bool:
    """Whether glyphs of a line lie over one another, or its digits on several heights: asked of every line."""
    if any(gap < -WOVEN * height for gap, height in zip(gaps, heights[1:], strict=True)):
        return True
    tops = [box[1] for box, letter in zip(boxes, letters, strict=True) if "0" <= letter <= "9"]
    return len(tops) > 1 and max(tops) - min(tops) > HAIR


def _set(letters: list[str], gaps: list[float], heights: list[float]) -> str:
    """A printed line with a blank where the glyphs stand apart, two where they stand far apart."""
    height = sorted(heights)[len(heights) // 2]
    if not gaps or max(gaps) <= BLANK * height:
        return "".join(letters)
    blanks = ["" if gap <= BLANK * height else ("  " if gap > TORN * height else " ") for gap in gaps]
    return "".join(map(str.__add__, letters, [*blanks, ""]))


def repair(raw: str) -> Reading:
    """Undo what the layout did to a text. Pure text in, text out."""
    repairs: list[str] = []
    text = raw.translate(RADICALS)
    if text != raw:
        repairs.append("radical_normalised")
    if "\n" in text:
        repairs.append("unwrapped")
        text = _unwrap(text)
    if " " in text:
        closed = _close_blanks(text)
        if closed != text:
            repairs.append("inner_space_removed")
        text = closed
    return Reading(raw, text, tuple(repairs))


def _unwrap(text: str) -> str:
    """Join wrapped lines: nothing between Chinese and numbers, a blank between Latin words."""
    lines = [line.strip() for line in text.split("\n")]
    joined = lines[0]
    for above, line in pairwise(lines):
        between = " " if joined[-1:] and line[:1] and _LATIN.match(joined[-1]) and _LATIN.match(line[0]) else ""
        if above in _SIGNS and _FIGURE.match(line):
            between = ANOTHER  # a dash for nothing over a figure: no sign of that
        joined += between + line
    return joined


def _close_blanks(text: str) -> str:
    """Take out blanks inside Chinese words and numbers; keep them between Latin words and between two numbers."""
    pieces = re.split(r"( +)", text.strip())
    joined = pieces[0]
    for blank, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        joined += (blank[:2] if _keeps_blank(joined, blank, piece) else "") + piece
    return joined if joined == text else _close_blanks(joined)  # what was joined may join again


def _keeps_blank(before: str, blank: str, after: str) -> bool:
    if _LATIN.match(before[-1:]) and _LATIN.match(after[:1]):
        return True
    if before[-1:] in _SIGNS and len(blank) > 1:  # far from a figure: another text's end that ran over, not its sign
        return True
    tail, head = _NUMBER_AT_END.search(before), _NUMBER_AT_START.match(after)
    if not tail or not head:
        return False
    return len(blank) > 1 or not _is_one_number(tail.group(), head.group())


def _is_one_number(tail: str, head: str) -> bool:
    """Whether two runs of figures with a blank between them are surely one number.

    A font's map may give its comma and its point as blanks: 1,900.000000 says 1 900 000000, and no number may be made
    of that. A number with a point is whole, thousands are parted in threes, and print is spaced out figure by figure.
    """
    joined = tail + head
    if not _WHOLE_NUMBER.fullmatch(joined):
        return False
    return "." in joined or len(head) in (1, 3) or _YEAR.fullmatch(joined) is not None


def count_digits(codes: Integers) -> int:
    """How many of the code points are digits 0-9."""
    return int(((codes >= 0x30) & (codes <= 0x39)).sum())


def is_digit(code: int) -> bool:
    """Whether a code point is a digit 0-9."""
    return 0x30 <= code <= 0x39
