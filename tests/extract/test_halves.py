"""Tables beside one another: the halves of one, and sheets that stand two on a page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.grid import find_grids
from pipeline.extract.halves import with_halves_joined
from tests.extract.build import boxed, read, rows_of
from tests.fixtures.drawing import FONT

YS = (100, 120, 140, 160)


def cells(x0: float, x1: float, ys: tuple[int, ...] = YS) -> list[tuple[float, float, float, float]]:
    """A table of two columns."""
    middle = (x0 + x1) / 2
    return [(a, top, b, foot) for top, foot in pairwise(ys) for a, b in ((x0, middle), (middle, x1))]


def columns(*boxes: tuple[float, float, float, float]) -> list[int]:
    """How many columns each table has that the boxes make."""
    return [len(grid.xs) - 1 for grid in with_halves_joined(find_grids(boxed(boxes)))]


def test_revenue_and_expenditure_drawn_beside_one_another_are_one_table() -> None:
    """A summary drawn as two tables was read as one with a title and one without: half its figures."""
    assert columns(*cells(100, 200), *cells(212, 312)) == [4]


def test_tables_beside_one_another_with_rows_of_their_own_stay_apart() -> None:
    assert columns(*cells(100, 200), *cells(212, 312, (100, 130, 150, 160))) == [2, 2]


def test_tables_far_beside_one_another_stay_apart() -> None:
    assert columns(*cells(100, 200), *cells(260, 360)) == [2, 2]


def test_two_sheets_on_a_page_keep_their_titles(tmp_path: Path) -> None:
    """Two pages shrunk onto one: the left table had got the right one's title, and the right one none."""
    canvas = Canvas(str(tmp_path / "t.pdf"), pagesize=(842, 595), invariant=1)
    canvas.setFont(FONT, 10)
    for x, title, rows in ((40, "一般公共预算支出表", 4), (460, "政府性基金预算支出表", 2)):
        canvas.drawString(x + 100, 520, title)
        canvas.grid([x, x + 200, x + 340], [500 - 20 * row for row in range(rows + 1)])
        for row in range(rows):
            canvas.drawString(x + 4, 486 - 20 * row, f"20{row}")
            canvas.drawString(x + 210, 486 - 20 * row, f"{row}{x}.00")
    canvas.save()
    found = read(tmp_path / "t.pdf")
    assert [(line["text"], line["table_no"]) for line in found["lines"].to_pylist()] == [
        ("一般公共预算支出表", 1),
        ("政府性基金预算支出表", 2),
    ]
    assert rows_of(found["raw_cells"], 2) == [["200", "0460.00"], ["201", "1460.00"]]
