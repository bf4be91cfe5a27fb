"""Words of rise and fall: one list (``vocabulary/directions.yaml``), and the patterns of all files that use it.

A pattern of a vocabulary file or of ``identities.yaml`` says ``{changes}`` where any of the words may stand, and so on
(``NAMES``); the text of the file is read through ``with_directions``. Which words there are is told nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "normalize" / "vocabulary" / "directions.yaml"
_NAMED = re.compile(
    r"\{(rises|falls|changes|rises_always|falls_always|changes_always|changes_by|rise_rates|fall_rates|rates)\}"
)


@dataclass(frozen=True)
class Directions:
    """The list; the file says what each key holds."""

    rises: tuple[str, ...]
    falls: tuple[str, ...]
    rises_by: tuple[str, ...]
    falls_by: tuple[str, ...]
    rise_rates: tuple[str, ...]
    fall_rates: tuple[str, ...]
    either: tuple[str, ...]

    @property
    def ways(self) -> dict[str, str]:
        """Each word's direction: ``increase``, ``decrease`` or ``either``."""
        up = dict.fromkeys((*self.rises, *self.rises_by, *self.rise_rates), "increase")
        down = dict.fromkeys((*self.falls, *self.falls_by, *self.fall_rates), "decrease")
        return up | down | dict.fromkeys(self.either, "either")

    def named(self, name: str) -> tuple[str, ...]:
        """The words that a pattern calls by a name."""
        return {
            "rises": (*self.rises, *self.rises_by),
            "falls": (*self.falls, *self.falls_by),
            "changes": (*self.rises, *self.rises_by, *self.falls, *self.falls_by),
            "rises_always": self.rises,
            "falls_always": self.falls,
            "changes_always": (*self.rises, *self.falls),
            "changes_by": (*self.rises_by, *self.falls_by),
            "rise_rates": self.rise_rates,
            "fall_rates": self.fall_rates,
            "rates": (*self.rise_rates, *self.fall_rates),
        }[name]


@cache
def directions() -> Directions:
    """The list, read once. Raises ValueError naming the file when a key is missing, unknown, or no list of words."""
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    try:
        return Directions(**{key: tuple(map(str, words)) for key, words in said.items()})
    except (AttributeError, TypeError) as error:
        raise ValueError(f"{FILE.name} is not usable: {error}") from error


def with_directions(text: str) -> str:
    """The text of a file with the words in the place of their names, as alternatives of a pattern."""
    return _NAMED.sub(lambda found: "|".join(directions().named(found[1])), text)
