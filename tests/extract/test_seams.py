"""Headings that stand over columns on both sides of a page's edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract.cells import FilledGrid
from pipeline.extract.continuation import join_parts
from pipeline.extract.grid import Span
from pipeline.extract.interim_rows import cell_rows
from pipeline.extract.parts import WholeTable
from tests.extract.test_continuation import FURTHER_XS, part

LEFT = [("科目", "", ""), ("", "合计", "小计"), ("201", "1.00", "1.00"), ("208", "2.00", "2.00")]
RIGHT = [("本年收入", "", ""), ("基金", "专户", "其他"), ("", "", "3.00"), ("", "", "4.00")]


def widened(grid: FilledGrid, row: int, column: int, columns: int) -> FilledGrid:
    """The table with a cell merged with those to its right."""
    covered = {(row, further) for further in range(column + 1, column + columns)}
    kept = [cell for cell in grid.cells if (cell.span.row, cell.span.column) not in covered]
    merged = Span(row, column, 1, columns)
    return replace(grid, cells=tuple(replace(c, span=merged) if c.span == Span(row, column, 1, 1) else c for c in kept))


def sheet() -> WholeTable:
    left = part(1, LEFT, xs=(100, 160, 220, 280))
    left = replace(left, filled=widened(left.filled, 0, 1, 2))
    right = part(2, RIGHT, xs=FURTHER_XS)
    right = replace(right, filled=widened(right.filled, 0, 0, 2))
    (table,) = join_parts([left, right])
    return table


def test_a_heading_that_the_paper_cuts_stands_over_the_columns_of_both_pages() -> None:
    """小计 on the first page had lost the 本年收入 over it, and with it the year of its money."""
    cells = {(cell["row_no"], cell["column_no"]): cell for cell in cell_rows("made", [sheet()])}
    assert (cells[1, 2]["text"], cells[1, 2]["column_span"]) == ("本年收入", 4)
    assert (1, 4) not in cells


def test_a_heading_that_the_paper_cuts_stands_over_the_last_column_before_the_edge_too() -> None:
    """小计 alone stood on the first page, under a blank field: the group's name was on the second."""
    left = part(1, [("科目", ""), ("", "小计"), ("201", "1.00"), ("208", "2.00")])
    right = part(
        2, [("本年收入", "", "其他"), ("基金", "专户", ""), ("1.00", "", "3.00"), ("2.00", "", "4.00")], xs=FURTHER_XS
    )
    right = replace(right, filled=widened(right.filled, 0, 0, 2))
    (table,) = join_parts([left, right])
    cells = {(cell["row_no"], cell["column_no"]): cell for cell in cell_rows("made", [table])}
    assert (cells[1, 2]["text"], cells[1, 2]["column_span"]) == ("本年收入", 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [("本年收", "入"), ("本年", "本年收入"), ("本年收入", "收入"), ("本年收", "年收入"), ("", "本年收入")],
)
def test_a_heading_without_a_rule_at_the_edge_is_one_whatever_each_page_prints_of_it(first: str, second: str) -> None:
    """基本 on one page and 基本支出 on the next are one heading: the figures below 基本 were not taken."""
    left = part(1, [("科目", first), ("", "小计"), ("201", "1.00"), ("208", "2.00")])
    further = [(second, "其他", "年末"), ("基金", "", ""), ("1.00", "3.00", "5.00"), ("2.00", "4.00", "6.00")]
    right = part(2, further, xs=FURTHER_XS)
    left = replace(left, filled=replace(left.filled, grid=replace(left.filled.grid, open_right=frozenset({0}))))
    right = replace(right, filled=replace(right.filled, grid=replace(right.filled.grid, open_left=frozenset({0}))))
    (table,) = join_parts([left, right])
    cells = {(cell["row_no"], cell["column_no"]): cell for cell in cell_rows("made", [table])}
    assert (cells[1, 2]["text"], cells[1, 2]["column_span"]) == ("本年收入", 2)


def test_figures_in_a_row_without_a_rule_at_the_edge_stay_two() -> None:
    left, right = part(1, LEFT, xs=(100, 160, 220, 280)), part(2, RIGHT, xs=FURTHER_XS)
    left = replace(left, filled=replace(left.filled, grid=replace(left.filled.grid, open_right=frozenset({3}))))
    right = replace(right, filled=replace(right.filled, grid=replace(right.filled.grid, open_left=frozenset({3}))))
    (table,) = join_parts([left, right])
    cells = {(cell["row_no"], cell["column_no"]): cell["text"] for cell in cell_rows("made", [table])}
    assert [cells[4, column] for column in (3, 4)] == ["2.00", ""]


def test_blank_figures_at_the_edge_stay_cells_of_their_own() -> None:
    cells = {(cell["row_no"], cell["column_no"]): cell["text"] for cell in cell_rows("made", [sheet()])}
    assert [cells[3, column] for column in range(1, 7)] == ["201", "1.00", "1.00", "", "", "3.00"]
