"""Text that a page replaces (ActualText): within a form pdfium gives its box in the form's space, not the page's.

Browsers draw a table with opacity as a form, and say of many of its letters which they are; so do programs that shrink
pages to put several on a sheet. The matrix of such a letter is right, and tells where the form stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.extract.clipping import Floats, Integers, bounds_of
from pipeline.extract.forms import ALIKE, elsewhere, form_of, moved, own_matrices


def in_page_space(boxes: Floats, objects: Integers, addresses: Sequence[int], matrices: Floats) -> Floats:
    """The glyphs' boxes (x0, y0, x1, y1), those that are given in a form's space moved to the page's.

    ``matrices`` (n, 6) are those of the text objects on the page, as their first glyphs tell.
    """
    own = own_matrices(addresses)
    of_forms = np.flatnonzero(elsewhere(own, matrices))
    if not len(of_forms):
        return boxes
    placed = boxes.copy()
    for number in of_forms.tolist():
        places = np.flatnonzero(objects == number)
        given = np.array(bounds_of(addresses[number]))
        beside = boxes[places]
        is_own = (beside[:, :2] >= given[:2] - ALIKE).all() and (beside[:, 2:] <= given[2:] + ALIKE).all()
        form = form_of(own[number], matrices[number]) if is_own else None
        if form is not None:
            placed[places] = moved(beside, form)
    return placed
