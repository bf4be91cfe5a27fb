"""Tables whose body is one field to a column, or one field across all: no rule parts its rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

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


def table(path: Path, rows: Sequence[Sequence[str]], *, drawn_columns: bool) -> Dataset:
    """A head with all its rules over rows without any: columns drawn down to the foot, or a frame alone."""
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont(FONT, 9)
    foot = TOP - STEP * (len(rows) + 1)
    canvas.grid(XS, [TOP - STEP, TOP])
    for x in XS if drawn_columns else (XS[0], XS[-1]):
        canvas.line(x, TOP, x, foot)
    canvas.line(XS[0], foot, XS[-1], foot)
    for number, texts in enumerate((HEAD, *rows)):
        for column, text in enumerate(texts):
            y = TOP - STEP * number - 13
            if text[:1].isdigit():
                canvas.drawRightString(XS[column + 1] - 4, y, text)
            else:
                canvas.drawString(XS[column] + 4, y, text)
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
