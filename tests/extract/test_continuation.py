"""Tables that go on over a page, and tables that only look as if they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.cells import FilledGrid, fill
from pipeline.extract.continuation import join_parts
from pipeline.extract.frame import Frame
from pipeline.extract.grid import find_grids
from pipeline.extract.parts import Part, WholeTable
from tests.extract.build import Ink, boxed, glyphs_of, read, rows_of
from tests.fixtures import made

PAGE = Frame((0, 0, 595, 842), 0, 0)


def filled(rows: Sequence[Sequence[str]], xs: Sequence[float] = (100, 200, 300)) -> FilledGrid:
    """A ruled table with its upper edge at 100 and its column borders at ``xs``."""
    boxes, inks = [], []
    for number, row in enumerate(rows):
        top = 100.0 + 20 * number
        for x0, x1, text in zip(xs, xs[1:], row, strict=False):
            boxes.append((x0, top, x1, top + 20))
            inks.append(Ink(text, x0 + 2, top + 5))
    (grid,) = find_grids(boxed(boxes))
    return fill(grid, glyphs_of(*inks))


def part(
    page: int,
    rows: Sequence[Sequence[str]],
    *,
    above: tuple[str, ...] = (),
    below: tuple[str, ...] = (),
    xs: Sequence[float] = (100, 200, 300),
    is_first: bool = True,
    is_last: bool = True,
) -> Part:
    return Part(page, PAGE, filled(rows, xs), above, below, is_first, is_last)


def pages(tables: Sequence[WholeTable]) -> list[list[int]]:
    return [[part.page for part in table.parts] for table in tables]


HEAD = ("科目", "合计")


def test_a_table_goes_on_over_a_page_without_its_header() -> None:
    parts = [part(1, [HEAD, ("201", "1.00")], above=("支出表",)), part(2, [("208", "2.00")])]
    assert pages(join_parts(parts)) == [[1, 2]]


def test_a_table_goes_on_with_its_header_printed_again() -> None:
    parts = [part(1, [HEAD, ("201", "1.00")], above=("支出表",)), part(2, [HEAD, ("208", "2.00")])]
    assert pages(join_parts(parts)) == [[1, 2]]


def test_a_table_goes_on_with_its_title_and_its_header_printed_again() -> None:
    above = ("支出表", "单位：万元")
    parts = [part(page, [HEAD, (str(page), "1.00")], above=above) for page in (1, 2, 3)]
    assert pages(join_parts(parts)) == [[1, 2, 3]]


@pytest.mark.parametrize("title", ["支出表（续）", "续：支出表", "支出表(续表2)"])
def test_a_title_printed_again_may_say_that_the_table_goes_on(title: str) -> None:
    parts = [
        part(1, [HEAD, ("201", "1.00")], above=("支出表", "单位：万元")),
        part(2, [HEAD, ("208", "2.00")], above=(title, "单位：万元")),
        part(3, [("213", "3.00")], above=(title,)),
    ]
    assert pages(join_parts(parts)) == [[1, 2, 3]]


def test_a_table_goes_on_with_figures_under_its_title_or_its_unit_alone() -> None:
    above = ("支出表", "单位：万元")
    parts = [
        part(1, [HEAD, ("201", "1.00")], above=above),
        part(2, [("208", "2.00")], above=above),
        part(3, [("213", "3.00")], above=("金额单位：万元",)),
    ]
    assert pages(join_parts(parts)) == [[1, 2, 3]]


def test_figures_under_another_title_are_another_table() -> None:
    parts = [part(1, [HEAD, ("201", "1.00")], above=("支出表",)), part(2, [("208", "2.00")], above=("收入表",))]
    assert pages(join_parts(parts)) == [[1], [2]]


@pytest.mark.parametrize("unit", ["单位：元", "单位：万元", "（金额单位：元）"])
def test_a_unit_stated_anew_over_the_next_page_parts_nothing(unit: str) -> None:
    parts = [part(1, [HEAD, ("201", "1.00")], above=("支出表",)), part(2, [HEAD, ("208", "2.00")], above=(unit,))]
    assert pages(join_parts(parts)) == [[1, 2]]


def test_forms_that_share_a_title_but_not_their_first_row_stay_apart() -> None:
    """One performance sheet a page: the same title over each, another project in its first row."""
    parts = [part(page, [("项目名称", name)], above=("绩效目标表",)) for page, name in enumerate("甲乙丙", start=1)]
    assert pages(join_parts(parts)) == [[1], [2], [3]]


def test_tables_that_share_a_layout_but_not_their_title_stay_apart() -> None:
    parts = [part(1, [HEAD], above=("政府性基金收入表",)), part(2, [HEAD], above=("政府性基金支出表",))]
    assert pages(join_parts(parts)) == [[1], [2]]


def test_a_note_under_a_table_ends_it() -> None:
    parts = [part(1, [HEAD], below=("注：本表无数据",)), part(2, [HEAD])]
    assert pages(join_parts(parts)) == [[1], [2]]


@pytest.mark.parametrize("line", ["续表", "（续表）", "(续表1)", "续 表", "续表二", "元"])
def test_a_line_that_says_the_table_goes_on_parts_nothing(line: str) -> None:
    parts = [part(1, [HEAD], above=("支出表",)), part(2, [("201", "1.00")], above=(line,))]
    assert pages(join_parts(parts)) == [[1, 2]]


def _titled(page: int, title: str, amount: str) -> Part:
    """A table that prints its title in its own first row, over all its columns."""
    boxes = [(100, 100, 300, 120), *((x, y, x + 100, y + 20) for y in (120, 140) for x in (100, 200))]
    texts = (title, *HEAD, "合计", amount)
    inks = [Ink(text, box[0] + 2, box[1] + 5) for text, box in zip(texts, boxes, strict=True)]
    (grid,) = find_grids(boxed(boxes))
    return Part(page, PAGE, fill(grid, glyphs_of(*inks)), (), (), True, True)


def test_tables_that_print_titles_of_their_own_in_them_stay_apart() -> None:
    """The table of state capital was read as the end of the fund table, which has its columns."""
    fund, capital = _titled(1, "政府性基金预算支出表", "1.00"), _titled(2, "国有资本经营预算支出表", "2.00")
    assert pages(join_parts([fund, capital])) == [[1], [2]]
    assert pages(join_parts([fund, _titled(2, "政府性基金预算支出表（续）", "2.00")])) == [[1, 2]]


def test_only_the_last_table_of_a_page_goes_on_and_only_as_the_first_of_the_next() -> None:
    parts = [
        part(1, [HEAD], is_last=False),
        part(1, [HEAD], is_first=False),
        part(2, [HEAD], is_last=False),
        part(2, [HEAD], is_first=False),
    ]
    assert pages(join_parts(parts)) == [[1], [1, 2], [2]]


def test_a_page_between_parts_two_tables() -> None:
    assert pages(join_parts([part(1, [HEAD]), part(3, [HEAD])])) == [[1], [3]]


# --- columns ---------------------------------------------------------------------------------------------------------


def test_tables_with_other_columns_stay_apart() -> None:
    parts = [part(1, [HEAD]), part(2, [HEAD], xs=(100, 240, 300))]
    assert pages(join_parts(parts)) == [[1], [2]]


def test_a_wider_table_stays_apart() -> None:
    assert pages(join_parts([part(1, [HEAD]), part(2, [HEAD], xs=(100, 200, 340))])) == [[1], [2]]


def test_a_table_that_moves_sideways_goes_on_but_not_across_the_page() -> None:
    near, far = part(2, [HEAD], xs=(112, 212, 312)), part(2, [HEAD], xs=(140, 240, 340))
    assert pages(join_parts([part(1, [HEAD]), near])) == [[1, 2]]
    assert pages(join_parts([part(1, [HEAD]), far])) == [[1], [2]]


def test_a_part_with_finer_columns_makes_the_tables_columns_finer() -> None:
    """A page that happens to hold only rows with merged cells shows fewer borders."""
    coarse, fine = part(1, [HEAD]), part(2, [("类", "款", "1.00")], xs=(100, 150, 200, 300))
    (table,) = join_parts([coarse, fine])
    assert table.xs.tolist() == [100, 150, 200, 300]
    assert table.columns_of(0).tolist() == [0, 2, 3]
    assert table.columns_of(1).tolist() == [0, 1, 2, 3]


def test_a_part_with_coarser_columns_keeps_the_tables_columns() -> None:
    fine, coarse = part(1, [("类", "款", "1.00")], xs=(100, 150, 200, 300)), part(2, [HEAD])
    (table,) = join_parts([fine, coarse])
    assert table.xs.tolist() == [100, 150, 200, 300]
    assert table.columns_of(1).tolist() == [0, 2, 3]


def test_finer_columns_of_a_moved_part_are_the_tables_own() -> None:
    coarse, fine = part(1, [HEAD]), part(2, [("类", "款", "1.00")], xs=(110, 160, 210, 310))
    (table,) = join_parts([coarse, fine])
    assert np.allclose(table.xs, [100, 150, 200, 300])
    assert table.columns_of(0).tolist() == [0, 2, 3]


def moved_up(lower: Part, points: float) -> Part:
    grid = replace(lower.filled.grid, ys=lower.filled.grid.ys - points)
    return replace(lower, filled=replace(lower.filled, grid=grid))


WIDE = [("科目", "合计"), ("201", "1.00"), ("208", "2.00")]
FURTHER = [("基金", "专户", "其他"), ("3.00", "4.00", "5.00"), ("6.00", "7.00", "8.00")]
FURTHER_XS = (100, 150, 200, 250)


def test_a_sheet_wider_than_the_paper_goes_on_beside_itself() -> None:
    """A revenue table set over two pages was read as two tables, its 上年结转 columns as another table's."""
    (table,) = join_parts([part(1, WIDE, above=("收入总表",)), part(2, FURTHER, xs=FURTHER_XS, above=("单位：万元",))])
    assert (table.row_count, table.column_count) == (3, 5)
    assert [table.rows_above(place) for place in (0, 1)] == [0, 0]
    assert table.columns_of(1).tolist() == [2, 3, 4, 5]


def test_a_sheet_goes_on_beside_itself_where_the_paper_cuts_its_title_and_its_head_has_more_rows() -> None:
    """A title set over two pages, and a head of three rows beside one of two, made two tables of a revenue table."""
    left = part(1, [("科目", "合计"), ("", "小计"), ("201", "1.00"), ("208", "2.00")], above=("2026年收入总表",))
    right = part(2, FURTHER, xs=FURTHER_XS, above=("6年收入总表", "单位：万元"))
    ys = np.array([left.filled.grid.ys[0], *left.filled.grid.ys[2:]])
    right = replace(right, filled=replace(right.filled, grid=replace(right.filled.grid, ys=ys)))
    (table,) = join_parts([left, right])
    assert (table.row_count, table.column_count) == (4, 5)
    assert table.rows_of(0).tolist() == [0, 1, 2, 3, 4]
    assert table.rows_of(1).tolist() == [0, 2, 3, 4]


def test_a_sheet_printed_down_then_over_keeps_each_row_beside_its_own() -> None:
    down = [part(1, WIDE), part(2, WIDE[1:] * 2)]
    over = [part(3, FURTHER, xs=FURTHER_XS), part(4, FURTHER[1:] * 2, xs=FURTHER_XS)]
    (table,) = join_parts([*down, *over])
    assert (table.row_count, table.column_count) == (7, 5)
    assert [table.rows_above(place) for place in range(4)] == [0, 3, 0, 3]
    assert table.columns_of(3).tolist() == [2, 3, 4, 5]


def test_the_whole_title_may_stand_over_further_columns_without_labels() -> None:
    """A spreadsheet sets a title in the middle of a sheet: where it is cut, the second page may print all of it."""
    rows = [*WIDE, *((f"20{number}", f"{number}.00") for number in range(3, 8))]
    further = [FURTHER[0], *(("3.00", "4.00", "5.00") for _ in rows[1:])]
    titled = part(2, further, xs=FURTHER_XS, above=("2026年收入总表",))
    assert pages(join_parts([part(1, rows, above=("表二",)), titled])) == [[1, 2]]
    assert pages(join_parts([part(1, WIDE), part(2, FURTHER, xs=FURTHER_XS, above=("支出总表",))])) == [[1], [2]]


def test_further_columns_may_be_blank_below_their_first_rows() -> None:
    rows = [*WIDE, *((f"20{number}", f"{number}.00") for number in range(3, 8))]
    carried = [("上年结转", "其他", ""), ("58.60", "", ""), *([("", "", "")] * 6)]
    assert pages(join_parts([part(1, rows, above=("收入总表",)), part(2, carried, xs=FURTHER_XS)])) == [[1, 2]]


def test_further_columns_without_a_figure_were_a_table_of_their_own() -> None:
    """对附属单位补助支出 on a page of its own: the table's unit, printed over it, was said to be stated nowhere."""
    blank = [("上缴上级支出", "对附属单位补助支出", "备注"), *([("", "", "")] * 2)]
    right = part(2, blank, xs=FURTHER_XS, above=("单位：万元",))
    assert pages(join_parts([part(1, WIDE, above=("支出总表",), below=("注：本表为空。",)), right])) == [[1, 2]]
    titled = replace(right, above=("国有资本经营预算支出表",))
    assert pages(join_parts([part(1, WIDE, above=("支出总表",)), titled])) == [[1], [2]]
    assert pages(join_parts([part(1, WIDE, above=("支出总表",), below=("二、收入情况",)), right])) == [[1], [2]]


def test_the_other_side_of_a_summary_goes_on_under_the_end_of_its_title() -> None:
    revenue = [("收入", "预算数"), ("财政拨款", "1.00"), ("总计", "1.00"), ("", "")]
    expenditure = [("支出", "预算数"), ("基本支出", "1.00"), ("总计", "1.00"), ("", "")]
    left = part(1, revenue, above=("2026年收支总表",))
    assert pages(join_parts([left, part(2, expenditure, above=("年收支总表", "单位：元"))])) == [[1, 2]]
    assert pages(join_parts([left, part(2, expenditure, above=("2026年拨款总表",))])) == [[1], [2]]
    named = part(1, revenue, above=("2026年收支总表", "部门：统计局"))
    assert pages(join_parts([named, part(2, expenditure, above=("2026年拨款总表", "部门：统计局"))])) == [[1], [2]]


def test_a_table_of_the_same_heights_with_a_title_of_its_own_stands_apart() -> None:
    parts = [part(1, WIDE, above=("收入总表",)), part(2, FURTHER, xs=FURTHER_XS, above=("支出总表",))]
    assert pages(join_parts(parts)) == [[1], [2]]


def test_columns_whose_rows_stand_at_other_heights_are_no_further_columns() -> None:
    parts = [part(1, WIDE), part(2, [*FURTHER, ("9.00", "", "")], xs=FURTHER_XS)]
    assert pages(join_parts(parts)) == [[1], [2]]


def test_further_columns_stand_higher_on_a_page_that_prints_no_title() -> None:
    rows = [*WIDE, *((f"20{number}", f"{number}.00") for number in range(3, 8))]
    further = [FURTHER[0], *(("3.00", "4.00", "5.00") for _ in rows[1:])]
    (table,) = join_parts([part(1, rows, above=("收入总表",)), moved_up(part(2, further, xs=FURTHER_XS), 30.0)])
    assert (table.row_count, table.column_count) == (8, 5)
    assert table.rows_of(1).tolist() == list(range(9))


def test_a_few_rows_that_stand_elsewhere_on_their_page_are_no_further_columns() -> None:
    parts = [part(1, WIDE, above=("收入总表",)), moved_up(part(2, FURTHER, xs=FURTHER_XS), 30.0)]
    assert pages(join_parts(parts)) == [[1], [2]]


# --- on pages --------------------------------------------------------------------------------------------------------

LONG = (("项目名称", "合计"), *((f"项目{number}", f"{number}.00") for number in range(1, 26)))


def test_a_long_table_without_repeated_header_is_one_table_of_its_rows(tmp_path: Path) -> None:
    path = made.ruled_table_pdf(tmp_path / "t.pdf", LONG, title="项目支出表", layout=made.Layout(rows_per_page=10))
    found = read(path)
    (table,) = found["raw_tables"].to_pylist()
    assert (table["first_page"], table["last_page"], table["row_count"]) == (1, 3, 26)
    assert rows_of(found["raw_cells"]) == [list(row) for row in LONG]


def test_a_repeated_header_stays_in_the_rows_and_is_marked_as_the_first_of_its_page(tmp_path: Path) -> None:
    layout = made.Layout(rows_per_page=10)
    path = made.ruled_table_pdf(tmp_path / "t.pdf", LONG, title="项目支出表", header_rows=1, layout=layout)
    found = read(path)
    rows = rows_of(found["raw_cells"])
    continued = sorted({cell["row_no"] for cell in found["raw_cells"].to_pylist() if cell["continued"]})
    assert len(continued) == 2
    assert [rows[number - 1] for number in continued] == [list(LONG[0])] * 2
    assert [row for row in rows if row != list(LONG[0])] == [list(row) for row in LONG[1:]]


def test_a_cell_merged_over_a_page_break_is_a_cell_on_each_page(tmp_path: Path) -> None:
    rows = [("单位", "项目", "合计"), *(("", f"项目{number}", "1.00") for number in range(8))]
    rows[1] = ("局本级", *rows[1][1:])
    path = made.ruled_table_pdf(
        tmp_path / "t.pdf", rows, spans=[made.Span(1, 0, rows=8)], layout=made.Layout(rows_per_page=5)
    )
    found = read(path)
    units = [cell for cell in found["raw_cells"].to_pylist() if cell["column_no"] == 1 and cell["row_no"] > 1]
    assert [(cell["row_no"], cell["row_span"], cell["text"]) for cell in units] == [(2, 4, "局本级"), (6, 4, "")]


def test_two_tables_on_one_page_are_two(tmp_path: Path) -> None:
    upper = made.MadeTable((HEAD, ("201", "1.00")), title="收入表")
    lower = made.MadeTable((HEAD, ("208", "2.00")), title="支出表", new_page=False)
    found = read(made.tables_pdf(tmp_path / "t.pdf", [upper, lower]))
    assert [row["first_page"] for row in found["raw_tables"].to_pylist()] == [1, 1]
    assert [rows_of(found["raw_cells"], number)[1] for number in (1, 2)] == [["201", "1.00"], ["208", "2.00"]]
    above = {line["text"]: line["table_no"] for line in found["lines"].to_pylist() if line["role"] == "body"}
    assert above == {"收入表": 1, "支出表": 2}


def test_tables_of_one_layout_on_pages_of_their_own_are_told_by_their_titles(tmp_path: Path) -> None:
    sheets = [made.MadeTable((HEAD, ("201", "1.00")), title=title) for title in ("收入总表", "支出总表", "基金收入表")]
    found = read(made.tables_pdf(tmp_path / "t.pdf", sheets))
    assert [row["first_page"] for row in found["raw_tables"].to_pylist()] == [1, 2, 3]
