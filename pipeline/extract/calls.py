"""Calls into pdfium that are made for every glyph or text object.

They go through prototypes that take and give plain addresses: wrapping pointer objects would double the time of the
loops.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def plain(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    """The function of pdfium as one of plain addresses; ``result`` and ``arguments`` are types of ctypes."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]
