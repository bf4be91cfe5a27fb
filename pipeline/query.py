"""One SQL query on the published database, printed for a person or a program."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import duckdb

Row = Sequence[object]
_WIDEST = 60


def rows_of(database: Path, sql: str, values: Mapping[str, str]) -> tuple[list[str], list[Row]]:
    """The query's column names and rows, with ``values`` for its ``$names``; amounts come as Decimal.

    The database is opened for reading only.

    Raises duckdb.Error when the query is wrong.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute(sql, dict(values)) if values else connection.execute(sql)
        names = [column[0] for column in result.description or ()]
        return names, list(result.fetchall())


def as_table(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns in line, numbers to the right; a Chinese character takes two places. Only the last one may be long."""
    cells = [list(names), *(_fitted(row) for row in rows)]
    widths = [min(max(_width(row[i]) for row in cells), _WIDEST) for i in range(len(names))]
    right = [any(_is_number(row[i]) for row in rows) for i in range(len(names))]
    lines = ["  ".join(map(_padded, row, widths, right)).rstrip() for row in cells]
    rule = "  ".join("─" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:], f"({len(rows):,} 行 rows)"])


def as_csv(names: Sequence[str], rows: Sequence[Row]) -> str:
    """The rows as CSV under their names; null is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([list(names), *([_text(value) for value in row] for row in rows)])
    return out.getvalue().rstrip("\n")


def as_json(names: Sequence[str], rows: Sequence[Row]) -> str:
    """The rows as a JSON list of objects; exact decimals are text, as a JSON number would be read as a float."""
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=1, default=_plain)


FORMATS: Mapping[str, Callable[[Sequence[str], Sequence[Row]], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return "" if value is None else _plain(value)


def _plain(value: object) -> str:
    """A value as text; a decimal in plain digits, never as 0E-8."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _fitted(row: Row) -> list[str]:
    """A row's values as text, each on one line."""
    texts = [" ".join(_text(value).split()) for value in row]
    return [*map(_short, texts[:-1]), *texts[-1:]]


def _short(line: str) -> str:
    fitting = sum(width < _WIDEST for width in accumulate(map(_width, line)))
    return line if _width(line) <= _WIDEST else f"{line[:fitting]}…"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks
