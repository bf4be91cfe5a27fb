"""Tables whose body is one field to a column, or one field across all: no rule parts its rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.layout import open_for_names
from pipeline.extract.tokens import Token, TokenLine
from pipeline.tables import Dataset
from tests.extract.build import read, rows_of
from tests.fixtures.drawing import FONT

XS = (60.0, 220.0, 320.0, 420.0)
TOP, STEP = 700.0, 18.0
HEAD = ("科目名称", "合计", "基本支出")
ROWS = (
    ("教育支出", "1,230.50", "1,000.00"),
    ("卫生健康支出", "45.60", "45.60"),
    ("住房保障支出", "7.80", "7.80"),
    ("合计", "1,283.90", "1,053.40"),
)


def _print(canvas: Canvas, rows: Sequence[Sequence[str]], xs: Sequence[float]) -> None:
    """The texts of the rows in the columns between ``xs``, numbers at the right."""
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            y = TOP - STEP * number - 13
            if text[:1].isdigit():
                canvas.drawRightString(xs[column + 1] - 4, y, text)
            else:
                canvas.drawString(xs[column] + 4, y, text)


def table(path: Path, rows: Sequence[Sequence[str]], *, drawn_columns: bool) -> Dataset:
    """A head with all its rules over rows without any: columns drawn down to the foot, or a frame alone."""
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont(FONT, 9)
    foot = TOP - STEP * (len(rows) + 1)
    canvas.grid(XS, [TOP - STEP, TOP])
    for x in XS if drawn_columns else (XS[0], XS[-1]):
        canvas.line(x, TOP, x, foot)
    canvas.line(XS[0], foot, XS[-1], foot)
    _print(canvas, (HEAD, *rows), XS)
    canvas.save()
    return read(path)


def test_columns_drawn_without_rows_are_read_row_by_row(tmp_path: Path) -> None:
    """All of a column was one cell, and its figures a label: the table passed for an empty one."""
    found = table(tmp_path / "t.pdf", ROWS, drawn_columns=True)
    assert rows_of(found["raw_cells"]) == [list(HEAD), *map(list, ROWS)]
    assert found["raw_tables"]["method"].to_pylist() == ["aligned"]


def test_a_frame_under_a_drawn_head_is_read_row_by_row(tmp_path: Path) -> None:
    found = table(tmp_path / "t.pdf", ROWS, drawn_columns=False)
    assert rows_of(found["raw_cells"]) == [list(HEAD), *map(list, ROWS)]


def test_a_frame_may_hold_a_single_row(tmp_path: Path) -> None:
    found = table(tmp_path / "t.pdf", ROWS[:1], drawn_columns=False)
    assert rows_of(found["raw_cells"]) == [list(HEAD), list(ROWS[0])]


def test_a_note_across_a_table_that_names_amounts_is_one_cell(tmp_path: Path) -> None:
    note = "注：本年12.50万元，上年3.20万元。"
    found = table(tmp_path / "t.pdf", [(note, "", "")], drawn_columns=False)
    assert rows_of(found["raw_cells"])[-1] == [note]
    assert found["raw_tables"]["method"].to_pylist() == ["ruled"]


def test_one_amount_with_its_parts_below_it_stays_one_cell(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 9)
    canvas.grid(XS, [600, 660, 680])
    for column, texts in enumerate((("资金",), ("12.50", "10.00", "2.50"), ("按时支付",))):
        canvas.drawString(XS[column] + 4, 666, HEAD[column])
        for line, text in enumerate(texts):
            canvas.drawString(XS[column] + 4, 645 - 14 * line, text)
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert found["raw_tables"]["method"].to_pylist() == ["ruled"]


# --- rules down, and none that parts the head from the body ----------------------------------------------------------


def columns_alone(path: Path, rows: Sequence[Sequence[str]], xs: Sequence[float], begin: Sequence[int] = ()) -> Dataset:
    """A frame and rules down, each from the row of ``begin`` on (from the first unless told), and none across."""
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont(FONT, 9)
    foot = TOP - STEP * len(rows)
    for y in (TOP, foot):
        canvas.line(xs[0], y, xs[-1], y)
    for x, row in zip(xs, begin or [0] * len(xs), strict=True):
        canvas.line(x, TOP - STEP * row, x, foot)
    _print(canvas, rows, xs)
    canvas.save()
    return read(path)


def test_a_head_that_no_rule_parts_from_its_rows_is_told_from_them_by_the_print(tmp_path: Path) -> None:
    """Head and body were one row of one field each, and every figure of the table was left out."""
    found = columns_alone(tmp_path / "t.pdf", (HEAD, *ROWS), XS)
    assert rows_of(found["raw_cells"]) == [list(HEAD), *map(list, ROWS)]
    assert found["raw_tables"]["method"].to_pylist() == ["aligned"]


def test_a_rule_down_that_begins_below_a_heading_says_which_columns_it_stands_over(tmp_path: Path) -> None:
    xs = (60.0, 220.0, 320.0, 420.0, 520.0)
    rows = (("科目名称", "合计", "本年支出", ""), ("", "", "基本支出", "项目支出"))
    body = tuple((*row, "1.00") for row in ROWS)
    found = columns_alone(tmp_path / "t.pdf", (*rows, *body), xs, (0, 0, 0, 1, 0))
    group = next(cell for cell in found["raw_cells"].to_pylist() if cell["text"] == "本年支出")
    assert (group["column_no"], group["column_span"]) == (3, 2)
    assert rows_of(found["raw_cells"])[2:] == [list(row) for row in body]


def test_the_end_of_a_list_that_a_page_break_cut_is_no_name_of_the_total_below_it(tmp_path: Path) -> None:
    """The names of four rows passed for the name of the one figure beside them."""
    head = ("项目", "预算数", "上年预算数")
    rows = (("二十九、其他支出", "", ""), ("三十、转移性支出", "", ""), ("支出总计", "2,556.39", "2,450.10"))
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 9)
    foot = TOP - STEP * (len(rows) + 1)
    canvas.grid(XS, [foot, TOP - STEP, TOP])
    for number, texts in enumerate((head, *rows)):
        for column, text in enumerate(texts):
            canvas.drawString(XS[column] + 4, TOP - STEP * number - 13, text)
    canvas.save()
    assert rows_of(read(tmp_path / "t.pdf")["raw_cells"])[1:] == [[name for name in row if name] for row in rows]


def test_print_that_sticks_out_of_a_table_whose_columns_are_told_by_its_print_is_no_error() -> None:
    """A name that begins left of the table, or ends right of it, was looked for in a column that is not there."""
    xs, ys = np.array([60.0, 220.0, 320.0]), np.array([100.0, 118.0])
    for x0, x1 in ((50.0, 230.0), (230.0, 330.0)):
        line = TokenLine((Token(x0, 102.0, x1, 111.0, "其他支出"),))
        assert not open_for_names(np.ones((1, 3), dtype=bool), [line], xs, ys)


@pytest.mark.parametrize("shares", [("-", "-", "-", "-"), ("96%", "3%", "1%", "100%")])
def test_dashes_and_shares_below_one_another_are_entries_of_rows_too(tmp_path: Path, shares: Sequence[str]) -> None:
    """Of a column of dashes one was a figure, of a whole table's rows; a table with a column of shares was none."""
    rows = [(name, amount, share) for (name, amount, _), share in zip(ROWS, shares, strict=True)]
    headed = table(tmp_path / "t.pdf", rows, drawn_columns=True)
    for drawn in (headed, columns_alone(tmp_path / "c.pdf", [HEAD, *rows], XS)):
        assert rows_of(drawn["raw_cells"]) == [list(HEAD), *map(list, rows)]
