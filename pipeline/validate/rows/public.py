"""The three public expenses as the text tells them: derived tables of its figures.

public_text   the amount that a section of the text says of each of them (``public``: its role in the table's words);
              none where it says several
public_links  two rows a ``figure_no`` (``is_text`` or not): such an amount and the table's figure of that role, where
              two others of the section at the least are the table's, and no other of them is not; or one, of which the
              table prints the amount under the role that it is not of, and the other way round; of one that a budget
              says twice, the amount that is a slip of the pen
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.retold import when_of, with_when
from pipeline.validate.rows.spoken import decimal_of, is_amount
from pipeline.validate.rows.vocabulary import role_of, squeezed
from pipeline.validate.slips import slips_of

ROLES = ("three_public_total", "abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_running")
_PARTS = ROLES[1:]
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、．.]+")
_THIS_PERIOD = ("budget", "final")
_ENOUGH = _TWO = 2
_TOTAL, _ANY_TOTAL = "three_public_total", "grand_total"
_BESIDE = ("meetings", "training", "administrative")


def public_tables(figures: Sequence[Record], lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``figures`` are those of its text, ``lines`` the tables'."""
    told = list(_told(figures, identities))
    once = [rows[0] for rows in told if len({row["amount"] for row in rows}) == 1]
    return {"public_text": once, "public_links": list(_links(told, _once(public_printed(lines))))}


def public_role(row: Record, identities: Identities) -> str | None:
    """Which of the three public expenses, or of their parts, a figure of the text is said of; None for all else."""
    framed = identities.wording["public_frame"].fullmatch(squeezed(row["subject"])) if row["subject"] else None
    return role_of(framed["item"], {name: identities.vocabulary[name] for name in ROLES}) if framed else None


def _told(figures: Sequence[Record], identities: Identities) -> Iterator[Sequence[Record]]:
    """What each section says of each of them, however often; the section above, where each has a heading of its own."""
    wider = {row["section"]: _wider(str(row["section"]), identities) for row in figures}
    for section_name, section in groupby(with_when(figures), key=lambda row: wider[row["section"]]):
        said: dict[str, list[Record]] = defaultdict(list)
        for row in section:
            role = public_role(row, identities) if is_amount(row) else None
            if role is not None:
                said[role].append({**row, "public": role, "section": section_name})
        yield from said.values()


def _wider(section: str, identities: Identities) -> str:
    """The section above one whose heading names a part of the three public expenses; else the section."""
    above, _, heading = section.rpartition("/")
    return above if public_role({"subject": _NUMBERING.sub("", heading)}, identities) in _PARTS else section


def public_printed(lines: Lines) -> Mapping[object, Sequence[Record]]:
    """The table's figures of each role, each amount once: the whole department's, those of nothing aside where some
    fund, or this year's budget beside the accounts, has money."""
    rows = [row for row in lines.of_kind("three_public_expenses") if row["dims_top"] and row["amount"] is not None]
    rows = [row for row in rows if row["unit_name"] is None] or rows
    of_three = not any(row["role"] in (_TOTAL, *_BESIDE) for row in rows)
    found: dict[object, dict[object, Record]] = defaultdict(dict)
    for row in rows:
        role = _TOTAL if of_three and row["role"] == _ANY_TOTAL else row["role"]
        if role in ROLES and row["period"] in _THIS_PERIOD:
            found[role].setdefault(row["amount"], row)
    return {
        role: [row for row in by_amount.values() if row["amount"]] or [*by_amount.values()]
        for role, by_amount in found.items()
    }


def _once(printed: Mapping[object, Sequence[Record]]) -> Mapping[object, Record]:
    return {role: rows[0] for role, rows in printed.items() if len(rows) == 1}


def _links(told: Sequence[Sequence[Record]], printed: Mapping[object, Record]) -> Iterator[Record]:
    for _, section in groupby(told, key=lambda rows: rows[0]["section"]):
        of_section = [(rows, printed[rows[0]["public"]]) for rows in section if rows[0]["public"] in printed]
        odd = [pair for rows, line in of_section for pair in _odd(rows, line)]
        same = [(row, line) for rows, line in of_section for row in rows[:1] if all(are_one(one, line) for one in rows)]
        is_told = len(odd) == 1 or _are_crossed(odd)
        if is_told and len(same) >= _ENOUGH and any(row["amount"] for row, _ in same):
            for row, line in odd:
                yield {**row, "is_text": True, "cell_ids": []}
                yield {**line, "is_text": False, "figure_no": row["figure_no"]}


def _odd(rows: Sequence[Record], line: Record) -> Sequence[tuple[Record, Record]]:
    """What a section says of one of them that is not the table's. Where it says that too, only a slip of the pen of no
    other year, and of a budget alone: accounts are told beside their budget."""
    odd, good = [row for row in rows if not are_one(row, line)], [row for row in rows if are_one(row, line)]
    if good:
        known, meant = when_of(good), decimal_of(line, "amount")
        odd = [row for row in odd if when_of([row]) <= known and meant in slips_of(decimal_of(row, "amount"))]
        odd = odd if line["period"] == "budget" else []
    elif len({row["amount"] for row in rows}) > 1:
        odd = []
    return [(row, line) for row in odd[:1]]


def _are_crossed(odd: Sequence[tuple[Record, Record]]) -> bool:
    """Whether there are two, and the table prints what the text says of each in the row of the other."""
    if len(odd) != _TWO:
        return False
    (text, line), (other_text, other_line) = odd
    return are_one(text, other_line) and are_one(other_text, line)


def are_one(row: Record, line: Record, places: int = 1) -> bool:
    """Whether the text says what the table prints, but for so many of its last place."""
    apart = abs(decimal_of(row, "amount") - decimal_of(line, "amount"))
    return apart <= places * decimal_of(row, "half_unit") * 2 + decimal_of(line, "half_unit")
