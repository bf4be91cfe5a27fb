"""How a table's values stand in CSV, for programs and for spreadsheets: the one rule that all writers of CSV follow.

Both: UTF-8; null is empty and an empty text ``""``; truth values ``true``/``false``; lists joined by ``;``; decimals
in plain digits, ``amount`` with two places, other decimals without trailing zeros.

The spreadsheet files have Chinese headers and a byte order mark, quote every text and protect with a leading tab the
texts that a spreadsheet would change or calculate on opening. A CSV cannot type its columns: a spreadsheet takes
``2013101`` for a number, quoted or not. Its digits survive (no leading zero, fewer than 16 digits); that it stays a
*text* takes the spreadsheet's own import.
"""

from __future__ import annotations

import re

from pipeline import sql
from pipeline.schema import Column, Table

SEPARATOR = ";"
BYTE_ORDER_MARK = "\ufeff".encode()

# RFC 4180 with line feeds. USE_TMP_FILE false: writers give a path that is a temporary file already.
COPY_OPTIONS = "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', USE_TMP_FILE false"

# What a spreadsheet changes on opening: leading zeros, more than 15 digits, exponents, dates and times; and what it
# calculates: a text that begins with = + @, or with - and is no number (the list of OWASP's "CSV injection").
ALTERED_BY_SPREADSHEETS = (
    r"^(?:[=+@\t\r].*|-.*[^0-9.,].*|0[0-9]+|[0-9]{16,}|[0-9.]+[eE][+-]?[0-9]+"
    r"|[0-9]{1,4}[-/:.][0-9]{1,2}[-/:.][0-9]{1,4}|[0-9]{1,4}[-/:][0-9]{1,4}"
    r"|[0-9]{1,4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日)$"
)


def plain_columns(table: Table) -> str:
    """What SQL selects for programs: the columns under their English names."""
    return ", ".join(f"{_plain(column)} AS {sql.name(column.name)}" for column in table.columns)


def spreadsheet_columns(table: Table) -> str:
    """What SQL selects for spreadsheets: the columns under their Chinese headers, texts protected."""
    return ", ".join(f"{_protected(column)} AS {sql.name(column.title)}" for column in table.columns)


def spreadsheet_options(table: Table) -> str:
    """DuckDB's options of COPY for spreadsheets: every text quoted."""
    quoted = ", ".join(sql.name(column.title) for column in table.columns if _is_text(column))
    return f"{COPY_OPTIONS}, FORCE_QUOTE ({quoted})"


def protected(text: str) -> str:
    """A text as it stands in the spreadsheet files: with a tab before it where a spreadsheet would change it."""
    return f"\t{text}" if re.match(ALTERED_BY_SPREADSHEETS, text, re.S) else text


def _is_text(column: Column) -> bool:
    return column.kind in ("text", "strings")


def _plain(column: Column) -> str:
    name = sql.name(column.name)
    if column.kind == "strings":
        return f"array_to_string({name}, {sql.text(SEPARATOR)})"
    if column.kind == "decimal":
        return f"rtrim(rtrim({name}::VARCHAR, '0'), '.')"
    return name


def _protected(column: Column) -> str:
    """``protected`` in SQL."""
    plain = _plain(column)
    if not _is_text(column):
        return plain
    altered = f"regexp_matches({plain}, {sql.text(ALTERED_BY_SPREADSHEETS)}, 's')"
    return f"CASE WHEN {altered} THEN chr(9) || {plain} ELSE {plain} END"
