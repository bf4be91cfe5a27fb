"""Tables with rules across and none, or not all, of those down: what is read of them, and what is better not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import pages
from pipeline.extract.barred import find_barred
from pipeline.extract.cells import fill
from pipeline.extract.grid import Grid
from pipeline.extract.page_tables import grids_of
from pipeline.extract.rules import Rules, join_collinear
from tests.extract.build import Ink, Line, glyphs_of, read, rows_of, rules_of
from tests.fixtures import made

LEFT, RIGHT = 50.0, 450.0
COLUMNS = ((50.0, 150.0), (150.0, 250.0), (250.0, 350.0), (350.0, 450.0))
PITCH = 20.0
Row = Sequence[str]


def ink(text: str, column: int, top: float, reach: int = 1) -> Ink:
    """A heading in the middle of its columns, a figure at their right, a name at their left."""
    x0, x1 = COLUMNS[column][0], COLUMNS[column + reach - 1][1]
    width = sum(5.0 if character.isascii() else 10.0 for character in text)
    if text[0].isdigit():
        return Ink(text, x1 - 3 - width, top)
    return Ink(text, (x0 + x1 - width) / 2 if reach > 1 or top < 120 else x0 + 3, top)


def printed(rows: Sequence[Row], top: float = 105.0) -> list[Ink]:
    return [
        ink(text, column, top + PITCH * number)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]


def across(count: int, *more: Line) -> Rules:
    """Rules as wide as the table under every row, and others."""
    return rules_of([*((100.0 + PITCH * n, LEFT, RIGHT) for n in range(count + 1)), *more], [])


def three_lines(rows: int, head: int = 1) -> Rules:
    return rules_of([(y, LEFT, RIGHT) for y in (100.0, 100.0 + PITCH * head, 100.0 + PITCH * rows)], [])


def texts(rules: Rules, inks: Sequence[Ink], begun: Grid | None = None) -> list[list[str]]:
    glyphs = glyphs_of(*inks)
    (grid,) = find_barred(rules, glyphs, begun)
    rows, columns = grid.owner.shape
    table = [[""] * columns for _ in range(rows)]
    for cell in fill(grid, glyphs).cells:
        table[cell.span.row][cell.span.column] = cell.reading.text
    return table


SHEET = (
    ("项目", "合计", "基本支出", "项目支出"),
    ("教育支出", "1,120.00", "1,100.00", "20.00"),
    ("卫生健康支出", "5.00", "", "5.00"),
    ("合计", "1,125.00", "1,100.00", "25.00"),
)


def test_a_rule_under_every_row_gives_the_rows_and_the_print_the_columns() -> None:
    assert texts(across(4), printed(SHEET)) == [list(row) for row in SHEET]


def test_a_table_of_three_lines_is_read_line_by_line() -> None:
    assert texts(three_lines(4), printed(SHEET)) == [list(row) for row in SHEET]


def test_a_column_that_prints_nothing_keeps_its_heading_and_its_place() -> None:
    sheet = (SHEET[0], ("教育支出", "1,120.00", "", "1,120.00"), ("卫生健康支出", "5.00", "", "5.00"))
    assert texts(across(3), printed(sheet)) == [list(row) for row in sheet]


def test_a_wrapped_name_stays_with_the_figures_that_it_stands_around() -> None:
    name = [Ink("机关事业单位", 53, 120), Ink("养老保险缴费", 53, 131)]
    figures = [ink("7.00", 1, 125.5), ink("7.00", 2, 125.5)]
    rest = printed((("教育支出", "1.00", "1.00", ""), ("卫生支出", "9.00", "", "9.00")), 150)
    found = texts(three_lines(5), [*printed(SHEET[:1]), *name, *figures, *rest])
    assert found[1] == ["机关事业单位养老保险缴费", "7.00", "7.00", ""]
    assert [row[0] for row in found[2:]] == ["教育支出", "卫生支出"]


def test_a_rule_in_the_head_says_how_far_a_group_reaches() -> None:
    head = [*printed((("项目", "合计", "", ""),), 115), ink("财政拨款", 2, 105, 2)]
    leaves = printed((("", "", "基本支出", "项目支出"),), 119)
    rules = rules_of(
        [(100.0, LEFT, RIGHT), (117.0, 253.0, 447.0), (140.0, LEFT, RIGHT), (160.0, LEFT, RIGHT), (180.0, LEFT, RIGHT)],
        [],
    )
    inks = [*head, *(Ink(i.text, i.x + 20, 125) for i in leaves), *printed(SHEET[1:3], 145)]
    (grid,) = find_barred(rules, glyphs_of(*inks))
    heads = [(span.column, span.rows, span.columns) for span in grid.spans if span.row == 0]
    assert heads == [(0, 2, 1), (1, 2, 1), (2, 1, 2)]


def test_pieces_that_end_below_one_another_are_the_borders_of_columns() -> None:
    pieces = np.array([(100.0 + PITCH * n, *column) for n in range(4) for column in COLUMNS])
    rules = Rules(join_collinear(pieces), np.empty((0, 3)), pieces=pieces)
    (grid,) = find_barred(rules, glyphs_of(*printed(SHEET[:3])))
    assert [round(x) for x in grid.xs] == [50, 150, 250, 350, 450]


def test_a_total_in_the_middle_of_two_columns_pushed_their_border_into_a_heading() -> None:
    """It was taken for a name whose last letter sticks out; the heading was cut, and the table left unread."""
    pieces = np.array([(100.0 + PITCH * n, *column) for n in range(5) for column in COLUMNS])
    rules = Rules(join_collinear(pieces), np.empty((0, 3)), pieces=pieces)
    sheet = (("编码", "", "合计", "基本支出"), ("205", "", "1.00", "1.00"), ("210", "", "2.00", "2.00"))
    names = [Ink("支出功能科目名称", 153, 105), Ink("教育支出", 170, 125), Ink("卫生健康支出", 170, 145)]
    total = [Ink("合计", 138, 165), ink("3.00", 2, 165), ink("3.00", 3, 165)]
    assert texts(rules, [*printed(sheet), *names, *total]) == [
        ["编码", "支出功能科目名称", "合计", "基本支出"],
        ["205", "教育支出", "1.00", "1.00"],
        ["210", "卫生健康支出", "2.00", "2.00"],
        ["合计", "", "3.00", "3.00"],
    ]


def test_rules_down_in_the_head_alone_are_the_columns_of_the_body_too() -> None:
    rules = rules_of([(100.0 + PITCH * n, LEFT, RIGHT) for n in range(5)], [(x, 100, 120) for x in (150, 250, 350)])
    assert texts(rules, printed(SHEET)) == [list(row) for row in SHEET]


def test_a_body_goes_on_over_the_page_in_the_columns_that_it_began_in() -> None:
    (begun,) = find_barred(across(4), glyphs_of(*printed(SHEET)))
    further = (("农林水支出", "8.00", "", "8.00"), ("住房支出", "6.00", "", "6.00"))
    assert texts(across(2), printed(further), begun) == [list(row) for row in further]


# --- what may be two things is none ----------------------------------------------------------------------------------


def is_without_columns(rules: Rules, inks: Sequence[Ink]) -> bool:
    return [grid.owner.shape[1] for grid in find_barred(rules, glyphs_of(*inks))] == [1]


def test_figures_between_two_headings_with_nothing_to_tell_whose_they_are_get_no_column() -> None:
    inks = [Ink("项目", 80, 105), Ink("合计", 170, 105), Ink("基本支出", 300, 105)]
    rows = [ink for n in (1, 2, 3) for ink in (Ink("教育支出", 53, 105 + 20.0 * n), Ink("5.00", 250, 105 + 20.0 * n))]
    assert is_without_columns(across(4), [*inks, *rows])


def test_a_line_half_way_between_two_rows_belongs_to_neither() -> None:
    between = Ink("其中", 53, 135)
    assert is_without_columns(three_lines(4), [*printed(SHEET), between])


def test_an_amount_that_touches_a_name_leaves_the_table_unread() -> None:
    touching = [Ink("机关养老保险费5.00", 53, 165), ink("5.00", 2, 165)]
    assert is_without_columns(across(4), [*printed(SHEET[:3]), *touching])


def test_a_title_between_two_tables_parts_them() -> None:
    lower = [Ink(i.text, i.x, i.top + 120) for i in printed(SHEET[:3])]
    rules = rules_of([(100.0 + PITCH * n, LEFT, RIGHT) for n in (0, 1, 2, 3, 6, 7, 8, 9)], [])
    title = Ink("一般公共预算支出表", 180, 185, size=14)
    grids = find_barred(rules, glyphs_of(*printed(SHEET[:3]), title, *lower))
    assert [grid.owner.shape for grid in grids] == [(3, 4), (3, 4)]


def test_rules_around_prose_are_no_table() -> None:
    prose = [Ink("本年预算安排1,000.50万元。", 60, 105 + 20.0 * n) for n in range(3)]
    assert find_barred(across(3), glyphs_of(*prose)) == []


HEAD_ALONE = rules_of(
    [(y, LEFT, RIGHT) for y in (100.0, 120.0)], [(x, 100.0, 120.0) for x in (LEFT, 150.0, 250.0, 350.0, RIGHT)]
)


@pytest.mark.parametrize("after", [(), (Ink("注：本表含上年结转。", 60.0, 200.0),), (Ink("第 3 页", 240.0, 780.0),)])
def test_rows_without_rules_under_a_head_that_is_drawn_whole_are_its_table(after: Sequence[Ink]) -> None:
    """Sheets that draw their heads alone were read as empty tables, and their figures not at all."""
    glyphs = glyphs_of(*printed(SHEET), *after)
    (filled,) = grids_of(HEAD_ALONE, glyphs, None)
    assert [cell.reading.text for cell in filled.cells] == [text for row in SHEET for text in row]


def test_a_page_number_that_says_of_how_many_made_a_table_that_goes_on_over_the_page_an_empty_one() -> None:
    """5 / 21 below the last row, and no rule there: none of the rows was read."""
    rules = rules_of([(100.0, LEFT, RIGHT), (120.0, LEFT, RIGHT)], [])
    assert texts(rules, [*printed(SHEET), Ink("5 / 21", 240.0, 560.0)]) == [list(row) for row in SHEET]


def test_a_figure_that_touches_the_name_beside_it_ends_at_the_border_that_the_head_draws() -> None:
    """收入 and 支出 side by side: a figure set right against the border, and the next name begun right behind it."""
    inks = [
        *printed(SHEET[:1]),
        Ink("一、财政拨款", 53.0, 125.0),
        Ink("1,120.00", 210.0, 125.0),
        Ink("一、教育支出", 250.5, 125.0),
    ]
    inks += [Ink("5.00", 427.0, 125.0), Ink("合计", 53.0, 145.0), Ink("1,120.00", 210.0, 145.0)]
    (filled,) = grids_of(HEAD_ALONE, glyphs_of(*inks), None)
    assert [cell.reading.text for cell in filled.cells[4:8]] == ["一、财政拨款", "1,120.00", "一、教育支出", "5.00"]


def test_names_that_wrap_under_a_head_drawn_alone_stay_one_row_and_rows_without_figures_are_rows() -> None:
    inks = [
        *printed(SHEET[:1]),
        Ink("社会保障和就业", 53.0, 121.0),
        Ink("支出", 53.0, 132.0),
        Ink("5.00", 227.0, 126.5),
    ]
    inks += [
        Ink("卫生健康支出", 53.0, 160.0),
        Ink("合计", 53.0, 190.0),
        Ink("5.00", 227.0, 190.0),
        Ink("结转下年", 53.0, 220.0),
    ]
    (filled,) = grids_of(HEAD_ALONE, glyphs_of(*inks), None)
    rows = {}
    for cell in filled.cells[4:]:
        rows.setdefault(cell.span.row, []).append(cell.reading.text)
    assert [row[:2] for row in rows.values()] == [
        ["社会保障和就业支出", "5.00"],
        ["卫生健康支出", ""],
        ["合计", "5.00"],
        ["结转下年", ""],
    ]


def test_a_head_with_a_note_under_it_is_an_empty_table() -> None:
    note = Ink("注：本部门没有政府性基金预算 0.00 万元。", 60.0, 125.0)
    (filled,) = grids_of(HEAD_ALONE, glyphs_of(*printed(SHEET[:1]), note), None)
    assert filled.grid.owner.shape == (1, 4)


def test_a_head_printed_again_over_few_rows_has_the_columns_of_the_page_before() -> None:
    """Two rows on a table's last page did not tell its columns, and were not read."""
    rows = [("科目编码", "科目名称", "合计", "基本支出"), ("2210201", "住房公积金", "1,120.00", "1,120.00")]
    last = [rows[0], ("2210202", "提租补贴与购房补贴", "", "36.70")]
    glyphs = glyphs_of(*printed(rows))
    (begun,) = find_barred(across(2), glyphs)
    assert texts(across(2), printed(last), begun)[1] == ["2210202", "提租补贴与购房补贴", "", "36.70"]


def test_headings_right_above_the_only_rule_begin_a_table_of_their_own() -> None:
    """A rule below each head and no other: from the second page on every table was one that goes on, without a head."""
    glyphs = glyphs_of(*printed(SHEET))
    (begun,) = find_barred(across(4), glyphs)
    below_head = rules_of([(120.0, LEFT, RIGHT)], [])
    assert find_barred(below_head, glyphs, begun) == []
    stated = (Ink("部门：某某局", 53.0, 105.0), Ink("2026年", 200.0, 105.0), Ink("单位：万元", 390.0, 105.0))
    assert len(find_barred(below_head, glyphs_of(*stated, *printed(SHEET[1:], top=125.0)), begun)) == 1


# --- whole files -----------------------------------------------------------------------------------------------------


def test_a_table_without_rules_down_gives_the_rows_that_it_would_give_ruled(tmp_path: Path) -> None:
    barred = read(made.tiny_budget_pdf(tmp_path / "b.pdf", made.Layout(rules="across")))
    ruled = read(made.tiny_budget_pdf(tmp_path / "r.pdf"))
    assert {table["method"] for table in barred["raw_tables"].to_pylist()} == {"aligned"}
    for number in (1, 2):
        assert rows_of(barred["raw_cells"], number) == rows_of(ruled["raw_cells"], number)


def test_dashes_set_evenly_are_one_rule_and_two_words_of_them_are_none() -> None:
    dashes = np.array([(100.0, 50.0 + 8 * n, 54.0 + 8 * n) for n in range(40)])
    assert join_collinear(dashes).tolist() == [[100.0, 50.0, 366.0]]
    assert len(join_collinear(dashes[:5])) == 5


@pytest.mark.parametrize(("lines", "problem"), [("both", "table_picture"), ("across", None)])
def test_a_picture_of_a_table_among_text_is_told_and_a_chart_is_not(
    tmp_path: Path, lines: str, problem: str | None
) -> None:
    picture = Image.new("L", (400, 200), 255)
    draw = ImageDraw.Draw(picture)
    for step in range(0, 200, 40):
        draw.line((0, step, 399, step), 0)
        if lines == "both":
            draw.line((2 * step, 0, 2 * step, 199), 0)
    canvas = Canvas(str(tmp_path / "p.pdf"), invariant=1)
    canvas.drawString(60, 780, "Departmental budget 2026, table 1, in 10,000 yuan")
    canvas.drawImage(ImageReader(picture), 60, 500, 400, 200)
    canvas.save()
    assert [page["problem"] for page in read(tmp_path / "p.pdf")["pages"].to_pylist()] == [problem]


def test_rules_drawn_as_strips_of_pixels_are_rules(tmp_path: Path) -> None:
    black = ImageReader(Image.new("L", (2, 2), 0))
    canvas = Canvas(str(tmp_path / "s.pdf"), invariant=1)
    for n in range(4):
        canvas.drawImage(black, 60, 600 - 20 * n, 300, 0.6)
        canvas.drawImage(black, 60 + 100 * n, 540, 0.6, 60)
    for n in range(3):
        for m in range(3):
            canvas.drawString(65 + 100 * m, 585 - 20 * n, f"{n}{m}.00")
    canvas.save()
    (table,) = read(tmp_path / "s.pdf")["raw_tables"].to_pylist()
    assert (table["method"], table["row_count"], table["column_count"]) == ("ruled", 3, 3)


def test_a_table_goes_on_whether_or_not_its_pages_are_read_in_one_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (("项目", "合计", "基本支出"), *((f"支出{n}", f"{n}.50", f"{n}.25") for n in range(10, 22)))
    path = made.ruled_table_pdf(tmp_path / "t.pdf", rows, layout=made.Layout(rules="across", rows_per_page=7))
    at_once = read(path)["raw_cells"]
    monkeypatch.setattr(pages, "BATCH", 1)
    assert read(path)["raw_cells"].equals(at_once)
    assert set(at_once["column_no"].to_pylist()) == {1, 2, 3}
