"""Names and texts as SQL writes them."""

from __future__ import annotations


def name(identifier: str) -> str:
    """An identifier, quoted: ``left`` and ``right`` are columns here and words of SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: object) -> str:
    """A string literal."""
    return "'" + str(value).replace("'", "''") + "'"
