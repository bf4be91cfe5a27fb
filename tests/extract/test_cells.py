"""Glyphs into cells: by their middle, but a number stays whole and a clipped line goes back to its cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.extract.cells import FilledGrid, fill
from pipeline.extract.grid import Grid, find_grids
from tests.extract.build import Ink, boxed, glyphs_of, rules_of

NARROW = 40.0


def grid_of(columns: int, rows: int = 1, width: float = NARROW, height: float = 20.0) -> Grid:
    boxes = [
        (100 + column * width, 100 + row * height, 100 + (column + 1) * width, 100 + (row + 1) * height)
        for row in range(rows)
        for column in range(columns)
    ]
    (grid,) = find_grids(boxed(boxes))
    return grid


def texts(filled: FilledGrid) -> list[str]:
    return [cell.reading.text for cell in filled.cells]


def filled(grid: Grid, *inks: Ink) -> FilledGrid:
    return fill(grid, glyphs_of(*inks))


def test_a_glyph_belongs_to_the_cell_that_its_middle_lies_in() -> None:
    assert texts(filled(grid_of(2), Ink("合计", 102, 105), Ink("支出", 142, 105))) == ["合计", "支出"]


def test_a_glyph_outside_the_grid_is_left_alone() -> None:
    found = filled(grid_of(2), Ink("单位：万元", 100, 80), Ink("合计", 102, 105), Ink("3", 300, 400))
    assert texts(found) == ["合计", ""]
    assert found.taken.tolist() == [5, 6]


def test_a_line_that_a_page_break_cuts_lengthwise_belongs_to_the_open_cell_above_it() -> None:
    rules = rules_of([(100.0, 0.0, 80.0), (120.0, 40.0, 80.0)], [(x, 100.0, 120.0) for x in (0.0, 40.0, 80.0)])
    (grid,) = find_grids(rules)
    found = filled(grid, Ink("道路", 2, 104), Ink("养护", 2, 117), Ink("注：", 42, 117))
    assert texts(found) == ["道路养护", ""]


def test_a_number_wider_than_its_column_stays_whole() -> None:
    """Eleven figures are 55 points wide, the column 40: the rule runs through the number."""
    assert texts(filled(grid_of(2), Ink("12345678.90", 101, 105))) == ["12345678.90", ""]


@pytest.mark.parametrize("x", [92.0, 133.0])
def test_a_number_that_runs_over_the_tables_own_edge_stays_whole(x: float) -> None:
    """Its figures outside the frame are figures of the amount all the same: without them the amount is another."""
    found = filled(grid_of(2), Ink("12345678.90", x, 105))
    assert "".join(texts(found)) == "12345678.90"


def test_a_number_that_runs_over_the_rule_goes_to_the_cell_that_holds_most_of_it() -> None:
    assert texts(filled(grid_of(3), Ink("1,234,567.89", 125, 105))) == ["", "1,234,567.89", ""]


def test_two_numbers_that_touch_at_a_rule_are_not_made_one() -> None:
    """12345.67 and 8901.23 without a gap between them are no number; the rule parts them."""
    found = filled(grid_of(2), Ink("12345.67", 100, 105), Ink("8901.23", 140, 105))
    assert texts(found) == ["12345.67", "8901.23"]


def test_two_numbers_that_overlap_at_a_rule_are_told_apart_by_what_draws_them() -> None:
    """Another font's figures are wider: 10,823,891.00 was read as 0, and the next cell's as 010,823,891.0."""
    found = filled(grid_of(3), Ink("10,891.00", 98, 105), Ink("10,892.00", 142, 105))
    assert texts(found) == ["10,891.00", "10,892.00", ""]


def test_two_numbers_drawn_as_one_text_with_a_rule_through_a_figure_are_no_number() -> None:
    """Nothing tells where the one ends: the run stays whole and becomes a finding, not two wrong figures."""
    found = filled(grid_of(2), Ink("10,891.0010,892.00", 98, 105))
    assert texts(found) == ["10,891.0010,892.00", ""]


def test_the_last_letter_of_a_word_that_a_rule_goes_through_stays_with_its_word() -> None:
    assert texts(filled(grid_of(2), Ink("抽样调查", 106, 105), Ink("3.00", 160, 105))) == ["抽样调查", "3.00"]


def test_a_hyphen_that_runs_over_a_rule_makes_no_amount_negative() -> None:
    """A project of 2025年-2026年, whose first line ends in the hyphen, cost -5.35."""
    found = filled(grid_of(2), Ink("项目2025年-", 98, 105), Ink("5.35", 160, 105))
    assert texts(found) == ["项目2025年-", "5.35"]


def test_letters_set_close_in_narrow_cells_stay_in_their_cells() -> None:
    """类 款 项: no rule goes through a letter."""
    assert texts(filled(grid_of(3, width=11), Ink("类", 100.5, 105), Ink("款", 111.5, 105), Ink("项", 122.5, 105))) == [
        "类",
        "款",
        "项",
    ]


def test_words_that_run_over_a_rule_are_parted_by_it() -> None:
    assert texts(filled(grid_of(2), Ink("一般公共服务支出", 100, 105))) == ["一般公共", "服务支出"]


def test_numbers_in_neighbouring_cells_stay_apart() -> None:
    assert texts(filled(grid_of(3), Ink("1.00", 110, 105), Ink("22.00", 145, 105), Ink("3.00", 190, 105))) == [
        "1.00",
        "22.00",
        "3.00",
    ]


def test_a_line_clipped_at_the_foot_of_its_cell_goes_back_to_it() -> None:
    """A spreadsheet hides the last line of a name that does not fit; it lies over the next row's upper border."""
    name = (Ink("机关事业", 101, 100), Ink("单位", 101, 109), Ink("养老", 101, 118))
    found = filled(grid_of(1, rows=2), *name, Ink("死亡抚恤", 101, 128))
    assert texts(found) == ["机关事业单位养老", "死亡抚恤"]


def test_a_line_clipped_at_the_foot_of_the_table_goes_back_to_its_cell() -> None:
    """The last row of a page has no row below it to lie over: 运行与维护 lost its last character."""
    found = filled(grid_of(2), Ink("运行", 101, 101), Ink("维护", 101, 118), Ink("3.00", 145, 105))
    assert texts(found) == ["运行维护", "3.00"]


def test_a_note_close_under_the_table_is_no_part_of_its_last_row() -> None:
    found = filled(grid_of(2), Ink("合计", 101, 105), Ink("3.00", 145, 105), Ink("注：无", 101, 118))
    assert texts(found) == ["合计", "3.00"]
    assert len(found.taken) == len("合计3.00")


def test_a_line_clipped_at_the_head_of_its_cell_goes_back_to_it() -> None:
    found = filled(
        grid_of(1, rows=2), Ink("合计", 101, 101), Ink("机关事业", 101, 112.5), Ink("单位", 101, 121), Ink("养老",
        101, 130)
    )  # fmt: skip
    assert texts(found) == ["合计", "机关事业单位养老"]


def test_a_line_that_alone_fills_its_cell_stays_there_though_it_is_set_high() -> None:
    found = filled(grid_of(1, rows=2), Ink("合计", 101, 105), Ink("支出", 101, 117))
    assert texts(found) == ["合计", "支出"]


def test_an_amount_that_touches_the_code_of_the_next_column_is_no_number_with_it() -> None:
    """9,482.53 sticking out to the 302 beside it made 9,482.53302 of two columns."""
    found = filled(grid_of(2), Ink("9,482.53", 100.5, 105), Ink("302", 141, 105))
    assert texts(found) == ["9,482.53", "302"]


def test_a_heading_set_upwards_or_downwards_is_read_along() -> None:
    """Headings of narrow columns turned by a quarter were read backwards: 入收业事."""
    for turned, tops in ((1, (130, 120, 110, 100)), (3, (100, 110, 120, 130))):
        glyphs = glyphs_of(*(Ink(letter, 105, top) for letter, top in zip("事业收入", tops, strict=True)))
        quarters = np.full(len(glyphs.codes), turned, dtype=np.int64)
        (grid,) = find_grids(boxed([(100.0, 98.0, 140.0, 142.0), (140.0, 98.0, 180.0, 142.0)]))
        assert texts(fill(grid, replace(glyphs, turned=quarters)))[0] == "事业收入"


def test_every_glyph_taken_stands_in_exactly_one_cell() -> None:
    inks = (Ink("12345678.90", 94, 105), Ink("一般公共服务支出", 100, 125), Ink("3.00", 165, 105))
    glyphs = glyphs_of(*inks)
    found = fill(grid_of(3, rows=2), glyphs)
    read = sorted("".join(texts(found)))
    assert read == sorted(chr(code) for code in glyphs.codes[found.taken])
    assert len(np.unique(found.taken)) == len(found.taken)


def test_a_merged_cell_reads_its_text_across_the_columns_that_it_covers() -> None:
    boxes = [(100.0, 100.0, 180.0, 120.0), (100.0, 120.0, 140.0, 140.0), (140.0, 120.0, 180.0, 140.0)]
    (grid,) = find_grids(boxed(boxes))
    found = filled(grid, Ink("本年支出合计", 110, 105), Ink("1.00", 105, 125))
    assert texts(found) == ["本年支出合计", "1.00", ""]
    assert found.cells[0].box == (100, 100, 180, 120)
