"""What is laid over a page is read as part of it: filled-in fields, typed notes, stamps; not what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.build import read, rows_of
from tests.fixtures.raw_pdf import GRID, stream, text, write

LABELS = text(104, 626, "Salaries") + text(104, 606, "Total")
LOOK = "/Type/XObject/Subtype/Form/BBox[0 0 60 12]/Resources<</Font<</F 5 0 R>>>>"


def with_figure_in(path: Path, kind: str, *, flags: int = 4) -> Path:
    """The second figure of the table is what an annotation of a kind shows."""
    annotation = f"<</Type/Annot/Subtype/{kind}/Rect[280 604 340 616]/F {flags}/AP<</N 7 0 R>>/Contents(70.12)>>"
    further = {6: annotation, 7: stream(text(10, 2, "70.12"), LOOK)}
    return write(path, f"{GRID}{LABELS}{text(290, 626, '60.12')}", page="/Annots[6 0 R]", further=further)


@pytest.mark.parametrize("kind", ["Widget", "FreeText", "Stamp"])
def test_a_figure_laid_over_the_page_is_read(tmp_path: Path, kind: str) -> None:
    """A form's fields hold figures that are none of the page's text: a table filled in was read as an empty one."""
    rows = rows_of(read(with_figure_in(tmp_path / "t.pdf", kind))["raw_cells"])
    assert rows == [["Salaries", "60.12"], ["Total", "70.12"]]


@pytest.mark.parametrize(("kind", "flags"), [("FreeText", 2), ("Text", 4)])
def test_a_note_that_a_viewer_does_not_show_is_not_read(tmp_path: Path, kind: str, flags: int) -> None:
    rows = rows_of(read(with_figure_in(tmp_path / "t.pdf", kind, flags=flags))["raw_cells"])
    assert rows == [["Salaries", "60.12"], ["Total"]]
