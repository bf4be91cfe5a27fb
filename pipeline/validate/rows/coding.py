"""Codes that are a slip of the pen for another's, as the selectors see it: a derived table of the budget's lines.

codings   the printed codes of functional subjects and of economic items whose name is that of one other code of the
          reference, a digit or two neighbouring digits off: ``slipped``; and a row for each table that prints codes

The reference is no official list, and classifications change with the years. So what is said of a name asks that
nothing in the document stands by the printed code: no other table prints it with that name, and its own table does not
list the level above it while lacking the one above the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pipeline.validate.rows.completeness import comparable
from pipeline.validate.rows.model import Lines, Record, Tables, label_of

_NAMES = {
    "subject_code": "subject_name",
    "economic_code": "economic_name",
    "government_economic_code": "government_economic_name",
}
_CLASS = 3  # digits

Names = Mapping[str, Collection[str]]
"""The codes of the reference by the name that they bear, as it is compared."""


def coding_tables(tables: Tables, lines: Lines) -> dict[str, Sequence[Record]]:
    """The derived table of one document."""
    economic = tables.get("economic_subjects", ())
    own = {
        "subject_code": _owners(tables.get("subjects", ())),
        "economic_code": _owners(row for row in economic if row["scheme"] == "department"),
        "government_economic_code": _owners(row for row in economic if row["scheme"] != "department"),
    }
    both = {**own["government_economic_code"], **own["economic_code"]}
    owners = {**own, "government_economic_code": both}  # a slip may make a code one of the other scheme
    return {"codings": [row for column in _NAMES for row in _codings(lines, column, owners[column], own[column])]}


def _owners(rows: Iterable[Record]) -> Names:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[comparable(row["name"])].add(str(row["code"]))
    return found


def _codings(lines: Lines, column: str, owners: Names, own: Names) -> Iterator[Record]:
    names = {code: name for name, codes in own.items() for code in codes}
    tables: dict[tuple[str, str], list[object]] = defaultdict(list)
    listed: dict[object, set[str]] = defaultdict(set)
    pairs = set()
    for table, code, said, source in lines.told("table_no", column, _NAMES[column], "code_source"):
        if code and said and source == "printed":
            tables[str(code), comparable(said)].append(table)
            listed[table].add(str(code))
            pairs.add((table, code, comparable(said)))
    for (code, name), found in tables.items():
        right = _right(code, name, owners) if len(found) == 1 and code not in own.get(name, ()) else None
        is_crossed = (found[0], right, names.get(code)) in pairs  # S15 says so
        if right is not None and not is_crossed and _is_slip(code, right, listed[found[0]]):
            row = next(row for row in lines.by_table[found[0]] if row[column] == code)
            yield _coding(row, row[_NAMES[column]], right)
    for table in listed:
        yield {**lines.by_table[table][0], "slipped": False}


def _right(code: str, name: str, owners: Names) -> str | None:
    """The one code of its length that bears the name, if it is a slip of the pen away."""
    like = [each for each in owners.get(name, ()) if len(each) == len(code)]
    return like[0] if len(like) == 1 and _is_near(code, like[0]) else None


def _is_near(one: str, other: str) -> bool:
    """Whether one digit is another, or two neighbours changed places."""
    off = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    is_turned = len(off) == 2 and off[1] == off[0] + 1 and one[off[0]] + one[off[1]] == other[off[1]] + other[off[0]]
    return len(off) == 1 or is_turned


def _is_slip(code: str, right: str, listed: Collection[str]) -> bool:
    """Whether the table speaks for the other code, or for neither: not only for the printed one."""
    return len(code) == _CLASS or not (code[:-2] in listed and right[:-2] not in listed)


def _coding(row: Record, name: object, right: str) -> Record:
    label = label_of(row)
    note_zh, note_en = f"“{label}”，{name}的编码是 {right}", f"“{label}”, while the code of {name} is {right}"
    return {**row, "slipped": True, "note_zh": note_zh, "note_en": note_en}
