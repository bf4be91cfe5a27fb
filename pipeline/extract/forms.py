"""Where a form stands: what it draws has a space of its own, in which pdfium tells some of its objects' measures.

An object's matrix is told in that space, and that of its text on the page: from the one to the other leads what puts
the form on the page. Within a form so is the box of text that a page replaces (ActualText): browsers draw a table with
opacity as a form, and say of many of its letters which they are; so do programs that shrink pages to put several on a
sheet.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
from pypdfium2 import raw

from pipeline.extract.calls import plain
from pipeline.extract.frame import Box, Flags, Floats, Integers

ALIKE = 0.01  # points, or share of a matrix: boxes and matrices that differ by less are one
_own_matrix = plain(raw.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_bounds = plain(raw.FPDFPageObj_GetBounds, ctypes.c_int, *[ctypes.c_void_p] * 5)
_FLOAT = ctypes.sizeof(ctypes.c_float)
_MATRIX_BYTES = ctypes.sizeof(raw.FS_MATRIX)


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


def own_matrices(addresses: Sequence[int]) -> Floats:
    """The matrices (n, 6) of text objects, each in the space that it is drawn in."""
    own = np.zeros((len(addresses), 6), np.float32)
    start = own.ctypes.data
    for index, address in enumerate(addresses):
        _own_matrix(address, start + index * _MATRIX_BYTES)
    return own.astype(np.float64)


def bounds_of(address: int) -> Box:
    """The box of a text object in its own space: that of the page, or of a form."""
    box = np.zeros(4, np.float32)
    start = box.ctypes.data
    _bounds(address, start, start + _FLOAT, start + 2 * _FLOAT, start + 3 * _FLOAT)
    left, bottom, right, top = box.tolist()
    return left, bottom, right, top


def elsewhere(own: Floats, on_page: Floats) -> Flags:
    """Which matrices (n, 6) are not those on the page: their objects are a form's."""
    return np.asarray((np.abs(own - on_page) > ALIKE).any(axis=-1), dtype=bool)


def form_of(own: Floats, on_page: Floats) -> Floats | None:
    """The matrix of the form, from that of an object in it and on the page; None where the object's has no inverse."""
    inner, outer = _square(own), _square(on_page)
    if abs(np.linalg.det(inner)) < ALIKE**2:
        return None
    return np.asarray(np.linalg.solve(inner, outer), dtype=np.float64)


def _square(matrix: Floats) -> Floats:
    a, b, c, d, e, f = matrix.tolist()
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def moved(boxes: Floats, form: Floats) -> Floats:
    """Boxes (n, 4) of the form's space on the page, turned by quarters at the most."""
    corners = [np.column_stack([boxes[:, x], boxes[:, y], np.ones(len(boxes))]) @ form for x, y in ((0, 1), (2, 3))]
    first, last = corners[0][:, :2], corners[1][:, :2]
    return np.column_stack([np.minimum(first, last), np.maximum(first, last)])
