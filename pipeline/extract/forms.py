"""Where a form stands: what it draws has a space of its own, in which pdfium tells some of its objects' measures.

An object's matrix is told in that space, and that of its text on the page: from the one to the other leads what puts
the form on the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from pipeline.extract.calls import plain

Floats = npt.NDArray[np.float64]

ALIKE = 0.01  # points, or share of a matrix: boxes and matrices that differ by less are one
_own_matrix = plain(raw.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_MATRIX_BYTES = ctypes.sizeof(raw.FS_MATRIX)


def own_matrices(addresses: Sequence[int]) -> Floats:
    """The matrices (n, 6) of text objects, each in the space that it is drawn in."""
    own = np.zeros((len(addresses), 6), np.float32)
    start = own.ctypes.data
    for index, address in enumerate(addresses):
        _own_matrix(address, start + index * _MATRIX_BYTES)
    return own.astype(np.float64)


def elsewhere(own: Floats, on_page: Floats) -> npt.NDArray[np.bool_]:
    """Which matrices (n, 6) are not those on the page: their objects are a form's."""
    return np.asarray((np.abs(own - on_page) > ALIKE).any(axis=-1), dtype=np.bool_)


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
