"""Which tables a page has when it draws some of their rules, some of their shading, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.extract.cells import FilledGrid
from pipeline.extract.page_tables import grids_of
from pipeline.extract.rules import Rules
from tests.extract.build import Ink, glyphs_of, rules_of

BORDERS = (50.0, 150.0, 250.0, 350.0, 450.0)
PITCH = 20.0
SHEET = (
    ("项目", "合计", "基本支出", "项目支出"),
    ("教育支出", "1,120.00", "1,100.00", "20.00"),
    ("卫生健康支出", "5.00", "", "5.00"),
    ("合计", "1,125.00", "1,100.00", "25.00"),
)
NONE = rules_of([], [])


def ink(text: str, column: int, top: float) -> Ink:
    """A name set left, a figure set right, a heading in the middle."""
    x0, x1 = BORDERS[column], BORDERS[column + 1]
    width = sum(5.0 if character.isascii() else 10.0 for character in text)
    if text[0].isdigit():
        return Ink(text, x1 - 3 - width, top)
    return Ink(text, (x0 + x1 - width) / 2 if top < 120 else x0 + 3, top)


def printed(rows: Sequence[Sequence[str]] = SHEET, top: float = 105.0) -> list[Ink]:
    return [ink(text, c, top + PITCH * r) for r, row in enumerate(rows) for c, text in enumerate(row) if text]


def texts(filled: FilledGrid) -> list[list[str]]:
    rows, columns = filled.grid.owner.shape
    table = [[""] * columns for _ in range(rows)]
    for cell in filled.cells:
        table[cell.span.row][cell.span.column] = cell.reading.text
    return table


def read(rules: Rules, inks: Sequence[Ink]) -> list[list[list[str]]]:
    return [texts(filled) for filled in grids_of(rules, glyphs_of(*inks), None)]


def head_box() -> Rules:
    return rules_of([(y, BORDERS[0], BORDERS[-1]) for y in (100.0, 120.0)], [(x, 100.0, 120.0) for x in BORDERS])


def shaded(rows: Sequence[int]) -> Rules:
    """Every field of some rows is shaded."""
    fields = [(a, 100.0 + PITCH * r, b, 120.0 + PITCH * r) for r in rows for a, b in pairwise(BORDERS)]
    return replace(NONE, fields=np.array(fields))


def test_a_table_that_draws_its_head_alone_is_read_to_its_end() -> None:
    assert read(head_box(), printed()) == [[list(row) for row in SHEET]]


def test_a_body_below_a_drawn_head_may_begin_with_rows_that_print_no_figures() -> None:
    sheet = (SHEET[0], ("一、本年收入", "", "", ""), *SHEET[1:])
    assert read(head_box(), printed(sheet)) == [[list(row) for row in sheet]]


def test_a_table_that_shades_its_head_alone_is_read_to_its_end() -> None:
    assert read(shaded([0]), printed()) == [[list(row) for row in SHEET]]


def test_a_last_row_that_is_not_shaded_is_not_lost() -> None:
    assert read(shaded([0, 2]), printed()) == [[list(row) for row in SHEET]]


def test_one_row_of_amounts_below_its_headings_is_a_table() -> None:
    assert read(NONE, printed((("合计", "因公出国", "公务用车", "公务接待"), ("3.00", "0.00", "1.00", "2.00")))) == [
        [["合计", "因公出国", "公务用车", "公务接待"], ["3.00", "0.00", "1.00", "2.00"]]
    ]


def test_what_a_cut_row_leaves_below_a_drawn_table_is_no_table() -> None:
    across = [(100.0 + PITCH * n, BORDERS[0], BORDERS[-1]) for n in range(5)]
    rules = rules_of(across, [(x, 100.0, 180.0) for x in BORDERS])
    assert read(rules, [*printed(), *printed((("农林水支出", "8.00", "8.00", ""),), 186)]) == [
        [list(row) for row in SHEET]
    ]


def test_a_name_with_more_lines_than_its_row_is_high_stays_whole() -> None:
    """A spreadsheet clips it for the eye; the text layer keeps its first line and its last on the rules around it."""
    rules = rules_of([(100.0 + PITCH * n, BORDERS[0], BORDERS[-1]) for n in range(6)], [])
    plain = printed([SHEET[0], SHEET[1], ("", "5.00", "", "5.00"), ("合计", "1,125.00", "1,100.00", "25.00")])
    name = [Ink(text, 53, top) for text, top in (("机关事业单位", 134), ("基本养老保险", 145), ("缴费支出", 156))]
    rest = [Ink(i.text, i.x, i.top + PITCH) if i.top > 160 else i for i in plain]
    (found,) = read(rules, [*rest, *name])
    assert [row[0] for row in found][2] == "机关事业单位基本养老保险缴费支出"


def test_words_printed_over_words_leave_the_table_without_columns() -> None:
    over = [Ink("农林水支出", 53, 145), Ink("住房保障支出", 57, 145)]
    assert [len(row) for row in read(NONE, [*printed(), *over])[0]] == [1] * 4


def test_a_table_goes_on_where_its_columns_print_wider_than_before() -> None:
    """The borders were told from white: a longer name on the next page may run over them, and over no column."""
    (before,) = grids_of(NONE, glyphs_of(*printed()), None)
    further = (("机关事业单位基本养老", "8.00", "", "8.00"), ("住房支出", "123,456.00", "1.00", "6.00"))
    (after,) = grids_of(NONE, glyphs_of(*printed(further, 140)), before.grid)
    assert texts(after) == [list(row) for row in further]
