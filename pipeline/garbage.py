"""How often Python looks for cycles of garbage.

A document is hundreds of thousands of small objects that all live until it is done, and almost none of them stand in
cycles: by default they are searched again and again, which took 15 to 30 % of evaluating a document's checks.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (1_000_000, 20, 20)  # objects between searches, and searches between searches of what has lived on


def collect_seldom() -> None:
    """Look seldom from now on: for a process that works on documents."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look seldom for as long as the block (or the function so decorated) takes: whoever calls it."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
