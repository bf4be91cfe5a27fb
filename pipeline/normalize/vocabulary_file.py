"""The files of ``vocabulary/`` as typed records: phrases are data, and a slip in a file is told by the file's name.

A record's fields are the keys of its files, and a field's type says how its value is read. What is read in a way of its
own names it beside the type: ``columns: Annotated[Mapping[str, str], inverted]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from pipeline.directions import with_directions

FOLDER = Path(__file__).parent / "vocabulary"

Record = TypeVar("Record")


def read_words(record: type[Record], *names: str) -> Record:
    """The record that the files fill.

    Raises ValueError naming the file, and the key that it lacks, that holds another kind, or that no field reads.
    """
    said = {key: value for name in names for key, value in load(name).items()}
    filled: Record = _filled(record, said, f"vocabulary/{', '.join(names)}: ")
    return filled


def load(name: str) -> dict[str, Any]:
    """The file's mapping. Raises ValueError naming the file when it is no YAML, or no mapping."""
    try:
        loaded = yaml.safe_load(with_directions((FOLDER / name).read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ValueError(f"{name}: not valid YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{name}: expected a mapping at the top")
    return loaded


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for several."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def inverted(section: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """A meaning's words as each word's meaning."""
    return {word: meaning for meaning, words in section.items() for word in words}


def longest_first(section: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The same in the order in which words are tried: a longer one before what it begins or ends with."""
    return dict(sorted(inverted(section).items(), key=lambda item: -len(item[0])))


def _filled(record: Any, said: Mapping[str, Any], where: str) -> Any:
    kinds = get_type_hints(record, include_extras=True)
    unread = [key for key in said if key not in kinds]
    if unread:
        raise ValueError(f"{where}nothing reads '{unread[0]}'")
    return record(**{key: _read(kind, said.get(key), f"{where}'{key}'") for key, kind in kinds.items()})


def _read(kind: Any, value: Any, where: str) -> Any:
    """A value as the annotation of its field asks: texts and lists as patterns, tuples, sets, mappings, records."""
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin is Annotated:
        return _read_by(inner[1], value, where)
    if origin is re.Pattern:
        return any_of(_need(value, list, where)) if isinstance(value, list) else re.compile(_need(value, str, where))
    if origin in (tuple, frozenset):
        return origin(_read(inner[0], each, where) for each in _need(value, list, where))
    if origin is Mapping:
        return {key: _read(inner[1], each, f"{where}.{key}") for key, each in _need(value, dict, where).items()}
    return _filled(kind, _need(value, dict, where), f"{where}: ") if is_dataclass(kind) else _need(value, kind, where)


def _read_by(reader: Callable[[Any], Any], value: Any, where: str) -> Any:
    try:
        return reader(value)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{where} is not usable: {error!r}") from error


def _need(value: Any, kind: type, where: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{where} must be a {kind.__name__}")
    return value
