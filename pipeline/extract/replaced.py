"""Text that a page replaces (ActualText): within a form pdfium gives its box in the form's space, not the page's.

Browsers draw a table with opacity as a form, and say of many of its letters which they are; so do programs that shrink
pages to put several on a sheet. The matrix of such a letter is right, and tells where the form stands.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
from pypdfium2 import raw

from pipeline.extract.calls import plain
from pipeline.extract.clipping import Floats, Integers, affine, bounds_of

ALIKE = 0.01  # points, or share of a matrix: boxes and matrices that differ by less are one
_own_matrix = plain(raw.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_MATRIX_BYTES = ctypes.sizeof(raw.FS_MATRIX)


def in_page_space(boxes: Floats, objects: Integers, addresses: Sequence[int], matrices: Floats) -> Floats:
    """The glyphs' boxes (x0, y0, x1, y1), those that are given in a form's space moved to the page's.

    ``matrices`` (n, 6) are those of the text objects on the page, as their first glyphs tell.
    """
    own = np.zeros((len(addresses), 6), np.float32)
    start = own.ctypes.data
    for index, address in enumerate(addresses):
        _own_matrix(address, start + index * _MATRIX_BYTES)
    elsewhere = np.flatnonzero((np.abs(own - matrices) > ALIKE).any(axis=1))
    if not len(elsewhere):
        return boxes
    moved = boxes.copy()
    for number in elsewhere.tolist():
        places = np.flatnonzero(objects == number)
        given = np.array(bounds_of(addresses[number]))
        beside = boxes[places]
        is_own = (beside[:, :2] >= given[:2] - ALIKE).all() and (beside[:, 2:] <= given[2:] + ALIKE).all()
        form = _form_of(own[number], matrices[number]) if is_own else None
        if form is not None:
            moved[places] = _moved(beside, form)
    return moved


def _form_of(own: Floats, on_page: Floats) -> Floats | None:
    """The matrix of the form, from that of an object in it and on the page; None where the object's has no inverse."""
    inner, outer = affine(own.astype(np.float64)), affine(on_page)
    if abs(np.linalg.det(inner)) < ALIKE**2:
        return None
    return np.asarray(np.linalg.solve(inner, outer), dtype=np.float64)


def _moved(boxes: Floats, form: Floats) -> Floats:
    corners = [np.column_stack([boxes[:, x], boxes[:, y], np.ones(len(boxes))]) @ form for x, y in ((0, 1), (2, 3))]
    first, last = corners[0][:, :2], corners[1][:, :2]
    return np.column_stack([np.minimum(first, last), np.maximum(first, last)])
