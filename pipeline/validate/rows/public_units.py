"""The unit of the table of the three public expenses, as the text speaks of it.

public_units  one row a section of the text that tells two of them or more, with money: ``contradicts`` where all are a
              thousand or ten thousand times what the table prints, or the other way round; ``meant``: the table, and
              the unit that it would then have. None where some agree and others do not

Their amounts are small and have few digits, which meet others by chance: here their names say which is which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, islice

from pipeline.schema import MONEY_UNITS, UNITS_APART
from pipeline.validate.intervals import HALF_FEN
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.public import are_one, public_printed
from pipeline.validate.rows.scales import named
from pipeline.validate.rows.spoken import decimal_of

_ENOUGH = 2
_TIMES = (Decimal(1), *UNITS_APART)

Pair = tuple[Record, Record]
"""What the text says of one of them, and what the table prints."""


def public_unit_tables(tables: Tables, lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table, of ``public_text``."""
    return {"public_units": list(_units(tables["public_text"], lines))}


def _units(told: Sequence[Record], lines: Lines) -> Iterator[Record]:
    printed = {role: [row for row in rows if row["amount"]] for role, rows in public_printed(lines).items()}
    for _, section in groupby(told, key=lambda row: row["section"]):
        said = [row for row in section if row["amount"] and printed.get(row["public"])]
        tried = (each for times in _TIMES if (each := _pairs(said, printed, times)))
        yield from (_of_section(*each) for each in islice(tried, 1))


def _pairs(
    said: Sequence[Record], printed: Mapping[object, Sequence[Record]], times: Decimal
) -> tuple[Sequence[Pair], Decimal] | None:
    """Each that is said and an amount that the table prints of it, so many times less; None where one has none."""
    found = [
        next(((row, line) for line in printed[row["public"]] if _are_apart(row, line, times)), None) for row in said
    ]
    pairs = [each for each in found if each is not None]
    return (pairs, times) if len(pairs) == len(said) >= _ENOUGH else None


def _are_apart(row: Record, line: Record, times: Decimal) -> bool:
    """Whether the text says so many times what the table prints, both within their last place."""
    if times == 1:
        return are_one(row, line)
    amount, half = decimal_of(line, "amount") * times, max(decimal_of(line, "half_unit"), HALF_FEN) * times
    return abs(decimal_of(row, "amount") - amount) <= decimal_of(row, "half_unit") + half


def _of_section(pairs: Sequence[Pair], times: Decimal) -> Record:
    (row, line), count = pairs[0], len(pairs)
    size, size_en, of = ("大", "larger", times) if times > 1 else ("小", "smaller", 1 / times)
    text, table, right = named(row), named(line), MONEY_UNITS[str(line["unit"])] * times
    return {
        **line,
        "contradicts": times != 1,
        "cell_ids": [each["cell_id"] for _, each in pairs],
        "meant": [(line["table_no"], unit) for unit, other in MONEY_UNITS.items() if other == right],
        "note_zh": f"文字所述的{count}项都正好{size}{of:,.0f}倍（如本表{table[0]}，第{row['page']}页文字{text[0]}）",
        "note_en": f"the text says {count} of its items exactly {of:,.0f} times {size_en} (as {table[1]}; "
        f"p. {row['page']}, the text: {text[1]})",
    }
