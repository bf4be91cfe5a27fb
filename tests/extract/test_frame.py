"""Pages as viewers show them: rotated, cropped, turned in their content. The cells are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.frame import Frame
from pipeline.tables import Dataset
from tests.extract.build import printed, read, rows_of
from tests.fixtures import made
from tests.fixtures.drawing import FONT

BOX = (20.0, 30.0, 615.0, 872.0)
turns = st.integers(0, 3)
corners = st.tuples(st.floats(20, 300), st.floats(30, 400), st.floats(301, 615), st.floats(401, 872))


@given(corners, turns)
def test_a_page_without_a_turn_only_exchanges_top_and_bottom(box: tuple[float, ...], turn: int) -> None:
    frame = Frame(BOX, 0, 0)
    x0, y0, x1, y1 = box
    reading = frame.to_reading(np.array([box]))[0]
    assert reading == pytest.approx((x0 - 20, 872 - y1, x1 - 20, 872 - y0))
    assert Frame(BOX, turn, turn).to_display(*reading) == tuple(reading)


@given(corners, turns, turns)
def test_what_is_displayed_does_not_depend_on_how_the_text_is_turned(
    box: tuple[float, ...], display: int, content: int
) -> None:
    """Reading space is a turn further; ``to_display`` takes it back to where a viewer shows the box."""
    shown = Frame(BOX, display, display).to_reading(np.array([box]))[0]
    turned = Frame(BOX, display, content)
    assert turned.to_display(*turned.to_reading(np.array([box]))[0].tolist()) == pytest.approx(tuple(shown))


@given(corners, turns, turns)
def test_a_box_stays_on_its_page_and_keeps_its_area(box: tuple[float, ...], display: int, content: int) -> None:
    frame = Frame(BOX, display, content)
    x0, y0, x1, y1 = frame.to_display(*frame.to_reading(np.array([box]))[0].tolist())
    width, height = frame.display_size
    assert -1e-6 <= x0 < x1 <= width + 1e-6
    assert -1e-6 <= y0 < y1 <= height + 1e-6
    assert (x1 - x0) * (y1 - y0) == pytest.approx((box[2] - box[0]) * (box[3] - box[1]))


def test_a_quarter_turn_exchanges_the_sides_of_the_page() -> None:
    assert Frame(BOX, 0, 1).size == (842, 595)
    assert Frame(BOX, 0, 1).display_size == (595, 842)
    assert Frame(BOX, 3, 0).display_size == (842, 595)


# --- on pages --------------------------------------------------------------------------------------------------------

LAYOUTS = {
    "rotated by 90": made.Layout(rotate=90),
    "rotated by 180": made.Layout(rotate=180),
    "rotated by 270": made.Layout(rotate=270),
    "cropped": made.Layout(crop=(20, 30, 580, 820)),
    "cropped and rotated": made.Layout(crop=(20, 30, 580, 820), rotate=90),
    "turned in its content": made.Layout(content_turned=True),
    "filled rules": made.Layout(rules="fills"),
}


@pytest.fixture(scope="module")
def upright(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The tiny budget on plain pages."""
    return read(made.tiny_budget_pdf(tmp_path_factory.mktemp("frame") / "plain.pdf"))


def words(dataset: Dataset) -> list[tuple[object, ...]]:
    """Every cell's place in its table and text."""
    names = ("table_no", "row_no", "column_no", "page", "row_span", "column_span", "text_raw", "text", "repairs")
    return [tuple(map(str, (cell[name] for name in names))) for cell in dataset["raw_cells"].to_pylist()]


@pytest.mark.parametrize("name", LAYOUTS)
def test_however_the_page_is_turned_or_cropped_the_cells_are_the_same(
    tmp_path: Path, upright: Dataset, name: str
) -> None:
    found = read(made.tiny_budget_pdf(tmp_path / "t.pdf", LAYOUTS[name]))
    assert words(found) == words(upright)
    assert rows_of(found["raw_cells"], 1) == printed(made.TINY_SUMMARY.rows)
    assert [line["text"] for line in found["lines"].to_pylist()] == [
        line["text"] for line in upright["lines"].to_pylist()
    ]


def test_a_pale_watermark_set_sideways_turned_a_page_of_few_words(tmp_path: Path) -> None:
    """An empty table under sixty letters of a watermark: read sideways, its title was none, and the table missing."""
    canvas = Canvas(str(tmp_path / "t.pdf"), invariant=1)
    canvas.setFont(FONT, 10)
    canvas.grid([100, 240, 300], [600, 620, 640])
    canvas.drawString(104, 626, "行政运行")
    canvas.drawString(250, 626, "12.00")
    canvas.setFillGray(0.8)
    canvas.setFont(FONT, 18)
    canvas.rotate(90)
    for place in range(6):
        canvas.drawString(100, -60 - 90 * place, "示例县林业局预算公开")
    canvas.save()
    assert rows_of(read(tmp_path / "t.pdf")["raw_cells"])[0] == ["行政运行", "12.00"]


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_turned_in_its_content_and_again_for_display_has_the_same_cells(
    tmp_path: Path, upright: Dataset, quarter: int
) -> None:
    path = made.tiny_budget_pdf(tmp_path / "t.pdf", made.Layout(content_turned=True))
    with pdfium.PdfDocument(path) as document:
        for page in document:
            page.set_rotation(quarter)
        document.save(tmp_path / "turned.pdf")
    found = read(tmp_path / "turned.pdf")
    assert words(found) == words(upright)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_cells_box_lies_where_a_viewer_shows_its_text(tmp_path: Path, name: str) -> None:
    """The box of 2013101's neighbour, looked up in the rendered page: it holds ink, and its margin is white."""
    path = made.tiny_budget_pdf(tmp_path / "t.pdf", LAYOUTS[name])
    dataset = read(path)
    page = dataset["pages"].to_pylist()[2]
    with pdfium.PdfDocument(path) as document:
        picture = document[2].render(scale=2).to_numpy()
    assert picture.shape[1] == pytest.approx(2 * page["width"], abs=2)
    assert picture.shape[0] == pytest.approx(2 * page["height"], abs=2)
    cells = [cell for cell in dataset["raw_cells"].to_pylist() if cell["table_no"] == 2]
    for cell in cells:
        assert _has_ink(picture, cell) == bool(cell["text"]), cell["text"]


def _has_ink(picture: np.ndarray, cell: dict[str, float]) -> bool:  # type: ignore[type-arg]
    """Whether anything is drawn inside a cell's borders."""
    x0, y0, x1, y1 = (cell[edge] * 2 for edge in ("x0", "y0", "x1", "y1"))
    inside = picture[round(y0) + 4 : round(y1) - 3, round(x0) + 4 : round(x1) - 3]
    return bool((inside < 128).any())
