"""Amounts that one section tells more than once of one name, as the selectors see them: a derived table of the text.

retold   two rows a ``pair`` (``other`` or not): an amount that is told again, and the one that most of the section, or
         else a table, has of that name. Only where the two are equal, or so near that one must be a slip of the pen:
         where they are not, the two sentences are about something else. And so of a sentence that is printed again in
         another place, word by word: one figure of several
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.validate.rows.model import Record
from pipeline.validate.rows.spoken import decimal_of, is_amount, pieces_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.slips import slips_of

_LONG_NAME = 4
_DIGITS = 3
_CUSTOM = 3  # figures that bear a year
_NUMBER = re.compile(r"[\d.,，]*\d")
_OF_WHEN = re.compile("20\\d\\d|[上去]年|决算|执行|实际")


def retold_tables(figures: Sequence[Record]) -> dict[str, Sequence[Record]]:
    """The derived table of one document; ``figures`` are those of its text."""
    pairs = enumerate([*_pairs(figures), *_twins(figures)], start=1)
    return {
        "retold": [
            {**row, "pair": pair, "other": row is not again, "cell_ids": [] if row is again else row["cell_ids"]}
            for pair, (again, first) in pairs
            for row in (again, first)
        ]
    }


def with_when(figures: Sequence[Record]) -> Iterator[Record]:
    """The figures with ``when``: the years, and words for what is over, that stand before each in its sentence. The
    year that most figures bear is the document's: one that bears none is of that year too."""
    told: list[tuple[Record, list[str]]] = []
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        rows = list(group)
        for row, (before, _) in zip(rows, pieces_of(rows), strict=True):
            told.append((row, _OF_WHEN.findall(f"{before}{row['subject']}")))
    years = Counter(word for _, words in told for word in words if word.isdigit())
    own = next((year for year, times in years.most_common(1) if times >= _CUSTOM), "")
    yield from ({**row, "when": " ".join(word for word in words if word != own)} for row, words in told)


def when_of(rows: Sequence[Record]) -> set[str]:
    """All those of some amounts."""
    return {word for row in rows for word in str(row["when"]).split()}


def _pairs(figures: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    said: dict[tuple[object, str], list[Record]] = defaultdict(list)
    for row in with_when(figures):
        name = squeezed(row["subject"]).replace("“", "").replace("”", "")
        if is_amount(row) and len(name) >= _LONG_NAME and _digits(row) >= _DIGITS:
            said[row["section"], name].append(row)
    for rows in said.values():
        times = Counter(row["amount"] for row in rows)
        first = max(rows, key=lambda row: (times[row["amount"]], bool(row["restates_cell_id"])))
        for row in rows:
            of_one_year = when_of([row]) <= when_of([first])
            if row is not first and (row["amount"] == first["amount"] or (of_one_year and _is_slip(row, first))):
                yield row, first


def _twins(figures: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """The one amount in which a sentence differs from one of the same words elsewhere, with a long number that both
    tell; most of them tell what is right."""
    alike: dict[str, list[list[Record]]] = defaultdict(list)
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        said = list(group)
        alike[_NUMBER.sub("#", squeezed(said[0]["sentence"]))].append(said)
    for sentences in alike.values():
        times = Counter(tuple(row["amount"] for row in said) for said in sentences)
        known = max(sentences, key=lambda said: times[tuple(row["amount"] for row in said)])
        for said in sentences if len(times) > 1 else ():
            pairs = list(zip(said, known, strict=False))
            odd = [(row, like) for row, like in pairs if row["amount"] != like["amount"]]
            long = [row for row, like in pairs if row["amount"] == like["amount"] and _digits(row) > _DIGITS]
            if len(odd) == 1 and long and odd[0][0]["is_money"] and _is_slip(*odd[0]):
                yield odd[0]


def _digits(row: Record) -> int:
    return sum(letter.isdigit() for letter in str(row["amount_printed"]).lstrip("0."))


def _is_slip(row: Record, first: Record) -> bool:
    """Whether one slip of the pen makes the difference, more than the last place."""
    apart = abs(decimal_of(row, "amount") - decimal_of(first, "amount"))
    places = 2 * max(decimal_of(row, "half_unit"), decimal_of(first, "half_unit"))
    return apart > places and decimal_of(first, "amount") in slips_of(decimal_of(row, "amount"))
