"""What a page holds and does not show: text of a layer turned off, and text below what is drawn over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.build import read, rows_of
from tests.fixtures.raw_pdf import GRID, stream, text, write

LABELS = text(104, 626, "Salaries") + text(104, 606, "Total")
FIGURES = text(290, 626, "60.12") + text(290, 606, "70.12")
OLD = text(290, 626, "66.66") + text(280, 607, "77.77")  # one in the very place of a figure, one beside another
LAYER = {"further": {6: "<</Type/OCG/Name(old)>>"}}
SEEN = [["Salaries", "60.12"], ["Total", "70.12"]]


def layered(path: Path, *, off: bool) -> Path:
    turned = "/OFF[6 0 R]" if off else ""
    return write(
        path,
        f"{GRID}{LABELS}/OC /L BDC {OLD}EMC {FIGURES}",
        resources="/Properties<</L 6 0 R>>",
        catalog=f"/OCProperties<</OCGs[6 0 R]/D<<{turned}>>>>",
        **LAYER,
    )


def test_figures_of_a_layer_turned_off_are_not_read(tmp_path: Path) -> None:
    """Old figures of a hidden layer were woven into those shown: 60.12 over 66.66 was published as 660.6162."""
    found = read(layered(tmp_path / "t.pdf", off=True))
    assert rows_of(found["raw_cells"]) == SEEN
    assert found["pages"].to_pylist()[0]["problem"] == "unseen_print"


def test_figures_of_a_layer_that_is_shown_over_others_are_no_number_with_them(tmp_path: Path) -> None:
    (first, second) = rows_of(read(layered(tmp_path / "t.pdf", off=False))["raw_cells"])
    assert "  " in first[1] and "  " in second[1]


def test_a_form_that_belongs_to_a_layer_turned_off_is_not_read(tmp_path: Path) -> None:
    form = stream(OLD, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F 5 0 R>>>>")
    path = write(
        tmp_path / "t.pdf",
        f"{GRID}{LABELS}{FIGURES}/X Do",
        resources="/XObject<</X 7 0 R>>",
        catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        further={6: "<</Type/OCG/Name(draft)>>", 7: form},
    )
    assert rows_of(read(path)["raw_cells"]) == SEEN


def test_a_figure_below_a_white_box_is_not_read_and_the_one_drawn_over_it_is(tmp_path: Path) -> None:
    """Editors lay a white box over a figure and draw the new one on it; both were read, and neither taken."""
    white = "1 g 242 622 96 16 re f 0 g "
    path = write(tmp_path / "t.pdf", f"{GRID}{LABELS}{text(250, 626, '99.99')}{white}{FIGURES}")
    assert rows_of(read(path)["raw_cells"]) == SEEN


@pytest.mark.parametrize("shade", ["/G gs 1 g", "1 g"])
def test_a_figure_that_shines_through_what_lies_over_it_is_read(tmp_path: Path, shade: str) -> None:
    box = f"q {shade} 242 622 96 16 re f Q " if shade != "1 g" else "q 1 g 242 640 96 16 re f Q "
    path = write(
        tmp_path / "t.pdf", f"{GRID}{LABELS}{FIGURES}{box}", resources="/ExtGState<</G<</ca 0.3/BM/Multiply>>>>"
    )
    assert rows_of(read(path)["raw_cells"]) == SEEN


def test_the_end_of_a_name_that_the_row_below_covers_is_the_names(tmp_path: Path) -> None:
    """A spreadsheet prints a wrapped name whole and fills the row below after it: its end is hidden, and is said."""
    name = text(104, 624, "Upkeep-of-the-old", size=9) + text(104, 614, "townhouse", size=9)
    fill = "1 g 101 601 138 18.5 re f 0 g "
    path = write(tmp_path / "t.pdf", f"{GRID}{name}{fill}{text(104, 603, 'Total', size=9)}{FIGURES}")
    assert rows_of(read(path)["raw_cells"])[0][0].replace(" ", "") == "Upkeep-of-the-oldtownhouse"
