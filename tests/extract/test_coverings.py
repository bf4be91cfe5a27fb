"""Heads that draw no rules: which columns a heading covers, told by where it stands, or not told."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.coverings import read_covering
from pipeline.extract.tokens import Token, TokenLine

WIDTH, LINE = 60.0, 12.0
Heading = tuple[str, float, float]  # what it says, the middle of its columns in columns, of its rows in rows


def heading(text: str, column: float, row: float) -> Token:
    """A heading in the middle of columns and rows; 0.5 is the middle of the first."""
    x, y = WIDTH * column, 2 * LINE * row
    return Token(x - 5 * len(text), y - 5, x + 5 * len(text), y + 5, text)


def body(columns: int, top: float, rows: int = 3) -> list[TokenLine]:
    """Rows of a name and amounts of several lengths, set right."""

    def amount(row: int, column: int) -> Token:
        text, x1 = ("1,230.50", "45.60", "7.80")[(row + column) % 3], WIDTH * (column + 1) - 3
        y = top + 20 * row
        return Token(x1 - 5 * len(text), y - 5, x1, y + 5, text)

    names = [Token(3, top + 20 * n - 5, 43, top + 20 * n + 5, "教育支出") for n in range(rows)]
    return [TokenLine((names[n], *(amount(n, column) for column in range(1, columns)))) for n in range(rows)]


def spans(headings: Sequence[Heading], columns: int, depth: int) -> dict[str, tuple[int, int]] | None:
    """First and last column of every heading."""
    tokens = [heading(*each) for each in headings]
    end = 2 * LINE * depth
    found = read_covering(tokens, body(columns, end + 15), (0.0, WIDTH * columns), (0.0, end))
    if found is None:
        return None
    told = {}
    for token in tokens:
        over = [f for f in found.fields if f.top < token.middle < f.bottom]
        over = [f for f in over if found.xs[f.first] < token.centre < found.xs[f.last + 1]]
        told[token.text] = (over[0].first, over[0].last)
    return told


def test_a_heading_above_the_middle_covers_the_low_ones_below_it_and_no_others() -> None:
    heads = [("项目", 0.5, 1.0), ("合计", 1.5, 1.0), ("支出", 3.5, 0.5), ("小计", 2.5, 1.5), ("基本", 3.5, 1.5)]
    told = spans([*heads, ("专项", 4.5, 1.5), ("其他", 5.5, 1.0)], 6, 2)
    assert told == {
        "项目": (0, 0), "合计": (1, 1), "支出": (2, 4), "小计": (2, 2), "基本": (3, 3), "专项": (4, 4), "其他": (5, 5)
    }  # fmt: skip


def test_groups_within_groups_cover_their_own() -> None:
    heads = [("单位", 0.5, 1.5), ("合计", 1.5, 1.5), ("本年", 4.0, 0.5), ("小计", 2.5, 2.0), ("拨款", 4.0, 1.5)]
    told = spans([*heads, ("一般", 3.5, 2.5), ("基金", 4.5, 2.5), ("事业", 5.5, 2.0)], 6, 3)
    assert told is not None
    assert (told["本年"], told["拨款"], told["小计"], told["事业"]) == ((2, 5), (3, 4), (2, 2), (5, 5))


def test_two_groups_side_by_side_are_parted_where_their_middles_say() -> None:
    heads = [("项目", 0.5, 1.0), ("上年", 2.0, 0.5), ("本年", 4.5, 0.5)]
    leaves = [(text, 1.5 + n, 1.5) for n, text in enumerate(("甲", "乙", "丙", "丁", "戊"))]
    told = spans([*heads, *leaves], 6, 2)
    assert told is not None
    assert (told["上年"], told["本年"]) == ((1, 2), (3, 5))


def test_a_heading_over_the_gap_between_two_columns_is_none_of_a_column() -> None:
    heads = [("项目", 0.5, 1.0), ("支出", 2.0, 0.5), ("基本", 1.5, 1.5), ("专项", 2.5, 1.5)]
    assert spans(heads, 3, 2) == {"项目": (0, 0), "支出": (1, 2), "基本": (1, 1), "专项": (2, 2)}


def test_a_heading_that_stands_over_no_middle_leaves_the_head_untold() -> None:
    heads = [("项目", 0.5, 1.0), ("上年", 1.7, 0.5), ("本年", 3.6, 0.5)]
    leaves = [(text, 1.5 + n, 1.5) for n, text in enumerate(("甲", "乙", "丙", "丁"))]
    assert spans([*heads, *leaves], 5, 2) is None


def test_the_lines_of_a_wrapped_heading_are_one_heading() -> None:
    tokens = [heading("项目", 0.5, 0.5), heading("合计", 1.5, 0.5)]
    tokens += [Token(135, 1, 165, 11, "国有资"), Token(135, 12, 165, 22, "本预算")]
    found = read_covering(tokens, body(3, 40), (0.0, 180.0), (0.0, 24.0))
    assert found is not None
    assert [(f.first, f.last) for f in found.fields] == [(0, 0), (1, 1), (2, 2)]
