"""What a table shows of how it was printed: a row that stands twice, a subject without its code.

repeats       whether the line right above says the very same: label and every figure; of an economic item, which may
              stand twice (of two subjects), whether both say nothing
prints_codes  whether the table prints a code beside its subjects, most of them at least
own_code      the code of the line's subject or economic item, printed or known by its name
economic_item its 款, where a table tells more (3021503 三类会议费 of 30215 会议费)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from pipeline.validate.rows.model import Record

_labels = itemgetter(
    "subject_code", "subject_name", "economic", "government_economic_code", "project_name", "unit_name", "item"
)
_figure = itemgetter("column_no", "amount")
_code_source = itemgetter("row_no", "code_source")
_MOST = 2
_ITEM = 5  # digits


def derive_printing(rows: Sequence[Record]) -> None:
    """Set the columns on the rows of one table."""
    sources = Counter(source for _, source in set(map(_code_source, rows)))
    of_table = {"prints_codes": sources["printed"] >= max(1, _MOST * sources["reference"]), "repeats": False}
    lines: dict[object, dict[int, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        row.update(of_table)
        economic = row["economic"]
        row["own_code"] = row["subject_code"] or economic
        row["economic_item"] = str(economic)[:_ITEM] if economic else None
        lines[row["side"]][row["row_no"]].append(row)  # type: ignore[index]
    for side in lines.values():
        for above, number in pairwise(sorted(side)):
            if number == above + 1 and _say_the_same(side[above], side[number]) and _is_once(side[number]):
                for row in side[number]:
                    row["repeats"] = True


def _is_once(line: Sequence[Record]) -> bool:
    return line[0]["subject_code"] is not None or not line[0]["economic"] or not any(row["nonzero"] for row in line)


def _say_the_same(above: Sequence[Record], below: Sequence[Record]) -> bool:
    """Of each of the lists that a table sets side by side: where one has no labels any more, the others go on."""
    if _labels(above[0]) != _labels(below[0]):
        return False
    here, there = (sorted(((*_figure(row), _labels(row)) for row in line), key=str) for line in (above, below))
    return here == there
