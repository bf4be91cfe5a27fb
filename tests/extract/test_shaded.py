"""Tables that shade their rows instead of drawing rules: all of them, or every other one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from pipeline.extract.frame import Floats
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.shaded import find_shaded
from tests.extract.build import Ink, glyphs_of

XS = (50.0, 150.0, 250.0, 350.0)
TOP, HEIGHT = 100.0, 20.0
HEAD = ("项目", "行次", "金额")
ROWS = [HEAD, *((f"第{number}行", str(number), f"{number}.00") for number in range(1, 10))]


def printed(rows: Sequence[Sequence[str]]) -> Glyphs:
    """Rows of texts, each set left in its field and in the middle of its row; a blank text prints nothing."""
    return glyphs_of(
        *(
            Ink(text, x + 2, TOP + HEIGHT * row + 6, 8.0)
            for row, texts in enumerate(rows)
            for x, text in zip(XS, texts, strict=False)
        )
    )


def shaded(rows: Iterable[int]) -> Floats:
    """Boxes over the three fields of these rows."""
    tops = [TOP + HEIGHT * row for row in rows]
    return np.array([(x, top, x + 100, top + HEIGHT) for top in tops for x in XS[:-1]])


@pytest.mark.parametrize("rows", [8, 9])
def test_the_white_rows_between_shaded_ones_and_below_the_last_are_rows_of_the_table(rows: int) -> None:
    """The table ended at its first white row, and all below it was lost without a word."""
    (grid,) = find_shaded(shaded([0, *range(2, rows + 1, 2)]), printed(ROWS[: rows + 1]))
    assert (len(grid.xs) - 1, len(grid.ys) - 1) == (3, rows + 1)


def test_a_white_row_shows_its_merged_fields_by_the_print_that_runs_across_them() -> None:
    rows = [*ROWS[:7], ("人员经费合计和公用经费合计之和", "", "7.00"), *ROWS[8:9]]
    (grid,) = find_shaded(shaded([0, 2, 4, 6, 8]), printed(rows))
    assert [span.columns for span in grid.spans if span.row == 7] == [2, 1]


def test_white_space_between_two_shaded_tables_is_no_row() -> None:
    boxes = np.concatenate([shaded(range(5)), shaded(range(10, 15))])
    assert len(find_shaded(boxes, printed(ROWS[:5]))) == 2


def test_figures_right_below_a_shaded_table_show_that_the_shading_is_not_all_of_it() -> None:
    assert find_shaded(shaded(range(5)), printed(ROWS)) == []
    assert len(find_shaded(shaded(range(5)), printed(ROWS[:5]))) == 1


def _with_a_name_behind_an_amount(x: float) -> Glyphs:
    """A white row whose amount ends, and whose name begins, at ``x``."""
    ends = Ink("22,367.81", x - 36, TOP + HEIGHT * 7 + 6, 8.0)
    begins = Ink("公共安全支出", x, TOP + HEIGHT * 7 + 6, 8.0)
    rest = [
        Ink(text, left + 2, TOP + HEIGHT * row + 6, 8.0)
        for row, texts in enumerate(ROWS[:9])
        for left, text in zip(XS, texts, strict=False)
        if row != 7
    ]
    return glyphs_of(*rest, ends, begins)


def test_an_amount_that_touches_the_name_behind_it_is_parted_from_it_by_the_border_of_shading() -> None:
    """22,367.81三、公共安全支出 was published as the label of a row, and the amount was lost in it."""
    (grid,) = find_shaded(shaded([0, 2, 4, 6, 8]), _with_a_name_behind_an_amount(150.0))
    assert [span.columns for span in grid.spans if span.row == 7] == [1, 1, 1]


def test_an_amount_that_touches_a_name_away_from_the_borders_shows_no_table() -> None:
    assert find_shaded(shaded([0, 2, 4, 6, 8]), _with_a_name_behind_an_amount(200.0)) == []
