"""How a page stands: its own space, the page as a viewer shows it, and reading space, in which its text is upright.

Coordinates are PDF points. Page space has its origin at the bottom left, reading space at the top left of the page once
its text is upright.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """How page space becomes reading space: the visible box, its turn for display, and the turn of its text.

    ``display_turns`` is the page's own rotation in quarter turns clockwise; ``turns`` that plus what the content
    still needs. ``box`` is (left, bottom, right, top) in page space.
    """

    box: Box
    display_turns: int
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of reading space."""
        return _turned_size(self.box, self.turns)

    @property
    def display_size(self) -> tuple[float, float]:
        """Width and height of the page as a viewer shows it."""
        return _turned_size(self.box, self.display_turns)

    def to_reading(self, boxes: Floats) -> Floats:
        """Boxes (x0, y0, x1, y1; origin bottom left, page space) in reading space (origin top left)."""
        left, bottom, right, top = self.box
        x0, y0, x1, y1 = boxes.T
        if self.turns == 0:
            turned = (x0 - left, top - y1, x1 - left, top - y0)
        elif self.turns == 1:
            turned = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif self.turns == 2:
            turned = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        else:
            turned = (top - y1, right - x1, top - y0, right - x0)
        return np.column_stack(turned)

    def to_display(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of reading space on the page as a viewer shows it."""
        width, height = self.size
        for _ in range((self.turns - self.display_turns) % 4):  # undo one clockwise quarter turn at a time
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
            width, height = height, width
        return x0, y0, x1, y1


def _turned_size(box: Box, turns: int) -> tuple[float, float]:
    width, height = box[2] - box[0], box[3] - box[1]
    return (height, width) if turns % 2 else (width, height)
