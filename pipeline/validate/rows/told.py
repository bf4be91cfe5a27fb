"""Lists that the text tells without percentages (支出包括：…), as the selectors see them.

A sentence that opens a list, after one that says a single amount, names the parts of that amount. Whether they are all
its parts cannot be told from the words (等), so that only a slip of the pen between the two is a failure; and only a
list whose figures are the tables' own, but for one at the most, is taken for one at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.spoken import is_amount
from pipeline.validate.rows.vocabulary import role_of

_FEWEST = 3
_OPENS = "opens_list"


def told_lists(figures: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The whole (``is_whole``) and the parts of each list under one ``list_no``, the number of its first figure."""
    for _, section in groupby(figures, key=lambda row: row["section"]):
        whole: Record | None = None
        for sentence, group in groupby(section, key=lambda row: row["sentence"]):
            amounts = [row for row in group if is_amount(row)]
            opens = role_of(sentence, identities.phrases) == _OPENS
            if len(amounts) == 1 and not opens:
                whole = amounts[0]
            elif whole is not None and opens and _is_of_tables(amounts):
                for row in (whole, *amounts):
                    yield {**row, "list_no": amounts[0]["figure_no"], "is_whole": row is whole}


def _is_of_tables(amounts: Sequence[Record]) -> bool:
    """Whether the figures restate those of the tables, one at the most aside."""
    restated = [row for row in amounts if row["restates_cell_id"]]
    return len(amounts) >= _FEWEST and len(restated) >= len(amounts) - 1
