"""``words.yaml``: the few words outside the tables that tell where a table begins and ends.

They are the reader's own: it knows no budget, and ``normalize/vocabulary`` is not for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class LineWords:
    """One pattern each; the file says what it finds."""

    unit: re.Pattern[str]
    continued: re.Pattern[str]
    notes: re.Pattern[str]
    title_ends: re.Pattern[str]
    page_numbers: re.Pattern[str]
    sentences: re.Pattern[str]


@cache
def line_words() -> LineWords:
    """The words, read once. Raises ValueError naming the file when it lacks one, or has one that nothing reads."""
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    names = [field.name for field in fields(LineWords)]
    if not isinstance(said, dict) or sorted(said) != sorted(names) or not all(said.values()):
        raise ValueError(f"extract/{FILE.name}: must hold lists of patterns under {', '.join(names)}")
    return LineWords(**{name: re.compile("|".join(f"(?:{pattern})" for pattern in said[name])) for name in names})
