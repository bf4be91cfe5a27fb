"""Rules to grids: which rules are one table, and which of its fields are one merged cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.grid import Grid, find_grids
from pipeline.extract.rules import Rules, join_collinear, rules_of_fields
from tests.extract.build import Line, boxed, rules_of

XS = (50.0, 150.0, 250.0, 350.0)
YS = (100.0, 120.0, 140.0, 160.0)


def lattice(without: tuple[Line, ...] = (), vertical_without: tuple[Line, ...] = ()) -> Rules:
    """Three by three fields, drawn side by side; ``without`` leaves out sides given as (position, start, end)."""
    horizontal = [(y, a, b) for y in YS for a, b in pairwise(XS)]
    vertical = [(x, a, b) for x in XS for a, b in pairwise(YS)]
    return rules_of(
        (side for side in horizontal if side not in without),
        (side for side in vertical if side not in vertical_without),
    )


def one(rules: Rules) -> Grid:
    (grid,) = find_grids(rules)
    return grid


def shape(grid: Grid) -> tuple[int, int]:
    return grid.owner.shape[0], grid.owner.shape[1]


def merged(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [
        (span.row, span.column, span.rows, span.columns) for span in grid.spans if (span.rows, span.columns) != (1, 1)
    ]


# --- borders ---------------------------------------------------------------------------------------------------------


def test_a_lattice_of_rules_is_a_grid_with_a_cell_a_field() -> None:
    grid = one(lattice())
    assert shape(grid) == (3, 3)
    assert len(grid.spans) == 9
    assert grid.box == (50, 100, 350, 160)
    assert grid.box_of(grid.spans[4]) == (150, 120, 250, 140)


def test_fields_without_a_rule_between_them_are_one_merged_cell() -> None:
    across = one(lattice(vertical_without=((150.0, 100.0, 120.0),)))
    down = one(lattice(without=((120.0, 50.0, 150.0), (140.0, 50.0, 150.0))))
    both = one(lattice(without=((120.0, 50.0, 150.0), (120.0, 150.0, 250.0)), vertical_without=(
        (150.0, 100.0, 120.0), (150.0, 120.0, 140.0))))  # fmt: skip
    assert merged(across) == [(0, 0, 1, 2)]
    assert merged(down) == [(0, 0, 3, 1)]
    assert merged(both) == [(0, 0, 2, 2)]


def test_a_rule_that_stops_half_way_does_not_part_the_other_half() -> None:
    """A side counts as closed when a rule covers most of it: corners are drawn short, and rounded."""
    nearly = rules_of([*[(y, 50.0, 350.0) for y in YS]], [*[(x, 102.0, 158.0) for x in XS]])
    assert merged(one(nearly)) == []


def test_an_open_side_is_closed_where_several_rules_end() -> None:
    """Tables drawn without their outer verticals: the rules across stand out on both sides."""
    open_sides = rules_of([(y, 50.0, 350.0) for y in YS], [(x, 100.0, 160.0) for x in XS[1:-1]])
    grid = one(open_sides)
    assert shape(grid) == (3, 3)
    assert grid.box == (50, 100, 350, 160)


def test_a_table_open_above_and_below_ends_where_its_rules_end() -> None:
    open_ends = rules_of([(y, 50.0, 350.0) for y in YS[1:-1]], [(x, 100.0, 160.0) for x in XS])
    assert shape(one(open_ends)) == (3, 3)


def test_a_column_that_no_rule_closes_at_the_foot_is_open_below() -> None:
    """A page break cuts a merged cell: its foot has no rule, the cells beside it that end there have one."""
    cut = one(lattice(without=((160.0, 50.0, 150.0), (120.0, 50.0, 150.0), (140.0, 50.0, 150.0))))
    assert [cut.is_open_below(span) for span in cut.spans if span.row + span.rows == 3] == [True, False, False]
    assert one(lattice()).open_below == frozenset()


def test_sides_as_high_as_the_table_are_its_columns_though_no_rule_meets_them() -> None:
    """Cells that go on over both edges of a page draw their sides only."""
    table = lattice()
    sides = [(x, 100.0, 160.0) for x in (10.0, 30.0)]
    grid = one(rules_of(table.horizontal.tolist(), [*table.vertical.tolist(), *sides]))
    assert grid.box == (10, 100, 350, 160)
    assert [(span.column, span.rows) for span in grid.spans[:2]] == [(0, 3), (1, 3)]
    assert all(grid.is_open_below(span) for span in grid.spans[:2])


def test_a_vertical_of_another_height_beside_a_table_is_none_of_its() -> None:
    table = lattice()
    grid = one(rules_of(table.horizontal.tolist(), [*table.vertical.tolist(), (30.0, 20.0, 400.0)]))
    assert shape(grid) == (3, 3)


def test_a_single_rule_that_stands_out_opens_no_column() -> None:
    """One long underline is decoration."""
    rules = rules_of([(100.0, 20.0, 350.0), *[(y, 50.0, 350.0) for y in YS[1:]]], [(x, 100.0, 160.0) for x in XS])
    assert shape(one(rules)) == (3, 3)


def test_a_rule_drawn_twice_is_one_border() -> None:
    """Each cell draws its own border, a hair apart."""
    double = boxed([(x0 + 0.6, y0 + 0.6, x1 - 0.6, y1 - 0.6) for x0, y0, x1, y1 in _fields()])
    joined = Rules(join_collinear(double.horizontal), join_collinear(double.vertical))
    grid = one(joined)
    assert shape(grid) == (3, 3)
    assert len(grid.spans) == 9


def _fields() -> Iterator[tuple[float, float, float, float]]:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            yield x0, y0, x1, y1


# --- which rules are one table ---------------------------------------------------------------------------------------


def test_tables_whose_rules_do_not_touch_are_two_from_top_to_bottom() -> None:
    lower = boxed([(50.0, 300.0, 150.0, 320.0), (150.0, 300.0, 250.0, 320.0)])
    upper = lattice()
    grids = find_grids(
        Rules(np.vstack([lower.horizontal, upper.horizontal]), np.vstack([lower.vertical, upper.vertical]))
    )
    assert [shape(grid) for grid in grids] == [(3, 3), (1, 2)]


def test_tables_side_by_side_are_two_from_left_to_right() -> None:
    left, right = [(50.0, 100.0, 100.0, 120.0), (100.0, 100.0, 150.0, 120.0)], [(200.0, 100.0, 250.0, 120.0)] * 1
    right = [*right, (250.0, 100.0, 300.0, 120.0)]
    assert [grid.box[0] for grid in find_grids(boxed([*right, *left]))] == [50, 200]


def test_a_frame_around_a_single_field_is_no_table() -> None:
    assert find_grids(boxed([(50.0, 100.0, 350.0, 160.0)])) == []


def test_rules_that_meet_no_other_are_no_table() -> None:
    assert find_grids(rules_of([(100.0, 50.0, 350.0), (120.0, 50.0, 350.0)], [])) == []
    assert find_grids(rules_of([], [])) == []
    assert find_grids(rules_of([(100.0, 50.0, 150.0)], [(300.0, 200.0, 260.0)])) == []


def test_a_grid_drawn_inside_a_cell_of_another_is_left_to_that_cell() -> None:
    inner = boxed([(160.0, 124.0, 190.0, 136.0), (190.0, 124.0, 220.0, 136.0)])
    outer = lattice()
    grids = find_grids(
        Rules(np.vstack([outer.horizontal, inner.horizontal]), np.vstack([outer.vertical, inner.vertical]))
    )
    assert [grid.box for grid in grids] == [(50, 100, 350, 160)]


def test_a_frame_around_a_whole_table_does_not_swallow_it() -> None:
    """A page border in two pieces of line: it is one field, so no table of its own."""
    frame = boxed([(20.0, 50.0, 500.0, 700.0)])
    table = lattice()
    grids = find_grids(
        Rules(np.vstack([frame.horizontal, table.horizontal]), np.vstack([frame.vertical, table.vertical]))
    )
    assert [grid.box for grid in grids] == [(50, 100, 350, 160)]


# --- joining pieces --------------------------------------------------------------------------------------------------


def test_pieces_of_one_line_are_joined_and_a_gap_parts_them() -> None:
    pieces = np.array([[100.0, 50.0, 100.0], [100.4, 101.0, 150.0], [100.0, 170.0, 200.0]])
    assert join_collinear(pieces).tolist() == [[100.0, 50.0, 150.0], [100.0, 170.0, 200.0]]


def test_pieces_too_short_to_be_a_rule_are_left_out() -> None:
    assert join_collinear(np.array([[100.0, 50.0, 52.0]])).shape == (0, 3)
    assert join_collinear(np.empty((0, 3))).shape == (0, 3)


def test_dots_that_make_a_line_are_a_rule() -> None:
    dots = np.array([[100.0, 50.0 + 3 * step, 51.5 + 3 * step] for step in range(40)])
    assert join_collinear(dots).tolist() == [[100.0, 50.0, 168.5]]


# --- properties ------------------------------------------------------------------------------------------------------

Box = tuple[int, int, int, int]


@st.composite
def tilings(draw: st.DrawFn) -> list[Box]:
    """Rectangles that tile a grid of fields, as (row, column, rows, columns): split again and again."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    boxes: list[Box] = [(0, 0, rows, columns)]
    for _ in range(draw(st.integers(0, 12))):
        row, column, height, width = boxes.pop(draw(st.integers(0, len(boxes) - 1)))
        if draw(st.booleans()) and height > 1:
            at = draw(st.integers(1, height - 1))
            boxes += [(row, column, at, width), (row + at, column, height - at, width)]
        elif width > 1:
            at = draw(st.integers(1, width - 1))
            boxes += [(row, column, height, at), (row, column + at, height, width - at)]
        else:
            boxes.append((row, column, height, width))
    return boxes


def _on_page(box: Box) -> tuple[float, float, float, float]:
    row, column, rows, columns = box
    return 50.0 + 40 * column, 100.0 + 15 * row, 50.0 + 40 * (column + columns), 100.0 + 15 * (row + rows)


@given(tilings())
def test_any_layout_of_merged_cells_comes_back_cell_by_cell(boxes: list[Box]) -> None:
    grids = find_grids(boxed(map(_on_page, boxes)))
    if len(boxes) == 1:
        assert grids == []
        return
    (grid,) = grids
    assert sorted(grid.box_of(span) for span in grid.spans) == sorted(map(_on_page, boxes))


@st.composite
def broken_lattices(draw: st.DrawFn) -> Rules:
    """A grid from which any sides are missing, so that its regions are of any shape."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    xs = [50.0 + 40 * n for n in range(columns + 1)]
    ys = [100.0 + 15 * n for n in range(rows + 1)]
    across = [(y, a, b) for y in ys for a, b in pairwise(xs)]
    down = [(x, a, b) for x in xs for a, b in pairwise(ys)]
    flags = draw(st.lists(st.booleans(), min_size=len(across) + len(down), max_size=len(across) + len(down)))
    kept = [side for side, keep in zip([*across, *down], flags, strict=True) if keep]
    return rules_of([side for side in across if side in kept], [side for side in down if side in kept])


@given(broken_lattices())
@settings(max_examples=200)
def test_each_field_has_exactly_one_owner_whatever_shape_a_region_has(rules: Rules) -> None:
    for grid in find_grids(rules):
        covered = np.zeros(grid.owner.shape, dtype=int)
        for number, span in enumerate(grid.spans):
            area = (slice(span.row, span.row + span.rows), slice(span.column, span.column + span.columns))
            assert (grid.owner[area] == number).all()
            covered[area] += 1
        assert (covered == 1).all()
        assert grid.owner.max() == len(grid.spans) - 1


@given(broken_lattices())
def test_borders_stand_in_order_and_apart(rules: Rules) -> None:
    for grid in find_grids(rules):
        assert (np.diff(grid.xs) > 3).all()
        assert (np.diff(grid.ys) > 3).all()


# --- shading ---------------------------------------------------------------------------------------------------------


def fields(*, gap: float, lower: int = 5) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Rows of three shaded fields under a head of one wide field and one; ``gap`` points of paper between them."""
    rows = [100.0 + 20 * row for row in range(lower + 1)]
    head = [(50 + gap, 100 + gap, 250 - gap, 120 - gap), (250 + gap, 100 + gap, 350 - gap, 120 - gap)]
    body = [(x + gap, y + gap, x + 100 - gap, y + 20 - gap) for y in rows[1:] for x in XS[:-1]]
    return np.array([*head, *body], dtype=np.float64)


def test_shaded_fields_with_paper_between_them_are_the_cells_of_a_table() -> None:
    grid = one(rules_of_fields(fields(gap=0.5)))
    assert (len(grid.xs) - 1, len(grid.ys) - 1, len(grid.spans)) == (3, 6, 17)


def test_fields_that_touch_are_told_apart() -> None:
    assert len(one(rules_of_fields(fields(gap=0.0))).spans) == 17


def test_a_few_shaded_boxes_are_decoration() -> None:
    assert not find_grids(rules_of_fields(fields(gap=0.5, lower=1)))
