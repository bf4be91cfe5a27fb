"""Text that a page replaces within a form stands where the page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.build import read, rows_of
from tests.fixtures.raw_pdf import GRID, stream, text, write

LABELS = text(104, 626, "Salaries") + text(104, 606, "Total")
FIGURES = text(290, 626, "60.12") + "/Span<</ActualText(70.12)>>BDC " + text(290, 606, "70.12") + "EMC "
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"


@pytest.mark.parametrize("matrix", ["0.5 0 0 0.5 100 200", "1 0 0 1 0 -300", "0 1 -1 0 800 0"])
def test_replaced_text_of_a_form_is_read_in_its_cell(tmp_path: Path, matrix: str) -> None:
    """Tables that a browser prints with opacity, and pages shrunk onto a sheet, had lost figures and headings."""
    form = stream(GRID + LABELS + FIGURES, FORM)
    path = write(tmp_path / "t.pdf", f"q {matrix} cm /X Do Q", resources="/XObject<</X 6 0 R>>", further={6: form})
    assert rows_of(read(path)["raw_cells"]) == [["Salaries", "60.12"], ["Total", "70.12"]]
