"""What cannot be more than what it is a part of, as the selectors see it: a derived table of the budget's lines.

bounds   a functional class in the appropriation summary beside the same class in the budget summary, of which the
         appropriation is a part: ``contradicts`` where it is more, rounding aside
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.validate.money import money, money_en
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.spoken import decimal_of

_WHOLE, _PART = "budget_summary", "appropriation_summary"
_THIS_PERIOD = ("budget", "final")


def bound_tables(lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table of one document."""
    return {"bounds": list(_bounds(lines))}


def _bounds(lines: Lines) -> Iterator[Record]:
    wholes = {(row["period"], row["class_code"]): row for row in _classes(lines, _WHOLE)}
    for row in _classes(lines, _PART):
        whole = wholes.get((row["period"], row["class_code"]))
        if whole is None:
            continue
        slack = decimal_of(row, "half_unit") + decimal_of(whole, "half_unit")
        more = decimal_of(row, "amount") - decimal_of(whole, "amount") > slack
        own, all_of_it = ((decimal_of(each, "amount"), str(each["unit"])) for each in (row, whole))
        yield {
            **row,
            "contradicts": more,
            "cell_ids": [row["cell_id"], whole["cell_id"]],
            "note_zh": f"印为 {money(*own)}，而《{whole['table_title']}》（第{whole['page']}页）该类全部资金只有 "
            f"{money(*all_of_it)}，财政拨款是其中一部分",
            "note_en": f"printed {money_en(*own)}, while “{whole['table_title']}” (p. {whole['page']}) has "
            f"{money_en(*all_of_it)} for that class in all",
        }


def _classes(lines: Lines, table_id: str) -> Iterator[Record]:
    """The classes of expenditure, all their money together."""
    for row in lines.of_kind(table_id):
        is_class = row["subject_level"] == "类" and row["side"] != "revenue" and row["placed"] and row["dims_top"]
        if is_class and row["amount"] is not None and row["period"] in _THIS_PERIOD:
            yield row
