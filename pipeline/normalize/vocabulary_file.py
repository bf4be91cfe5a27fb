"""One file of ``vocabulary/``: phrases are data, and a slip in a file is told by the file's name, where it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "vocabulary"


def load(name: str) -> dict[str, Any]:
    """The file's mapping. Raises ValueError naming the file when it is no YAML, or no mapping."""
    try:
        loaded = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{name}: not valid YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{name}: expected a mapping at the top")
    return loaded


class VocabularyFile:
    """A file's values by key, each of the kind that is asked for.

    Every method raises ValueError naming the file and the key when the file lacks it, or holds another kind.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = load(name)

    def section(self, key: str) -> dict[str, Any]:
        """A mapping."""
        section: dict[str, Any] = self._get(key, dict)
        return section

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self._get(key, list))

    def rules(self, key: str) -> tuple[dict[str, Any], ...]:
        """A list of mappings."""
        return tuple(self._get(key, list))

    def number(self, key: str) -> int:
        """A whole number."""
        number: int = self._get(key, int)
        return number

    def text(self, key: str) -> str:
        """A text."""
        text: str = self._get(key, str)
        return text

    def pattern(self, key: str) -> re.Pattern[str]:
        """A text as a pattern."""
        return re.compile(self.text(key))

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """A list of texts as patterns."""
        return tuple(re.compile(pattern) for pattern in self.words(key))

    def _get(self, key: str, kind: type) -> Any:
        value = self.data.get(key)
        if not isinstance(value, kind):
            raise ValueError(f"vocabulary/{self.name}: '{key}' must be a {kind.__name__}")
        return value


def inverted(section: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """A meaning's words as each word's meaning."""
    return {word: meaning for meaning, words in section.items() for word in words}


def longest_first(words: Mapping[str, str]) -> dict[str, str]:
    """The words in the order in which they are tried: a longer one before what it begins or ends with."""
    return dict(sorted(words.items(), key=lambda item: -len(item[0])))
