"""The classifications as the selectors see them: derived tables of labels and codes.

categories  the functional classes that a summary table lists, whether they have money or not: ``numbered`` is the
            class with its number, less the items of other kinds numbered among them (二十四、对附属单位补助支出);
            ``full`` where the table lists them all
named       the printed codes that the reference table knows, each once a name: ``fits`` unless the name is that of
            another code. The table is no official list: what it does not say proves nothing
pairs       the economic subjects of both schemes on one line: ``fits`` by the crosswalk of identities.yaml
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter

from pipeline.validate.identities import Identities
from pipeline.validate.rows.completeness import comparable
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.vocabulary import caption_number, squeezed

_NUMBERED = re.compile(r"^[（(]?(?P<number>[一二三四五六七八九十]+)[）)]?[、.．]?(?P<name>\D+)$")
_CLASS_DIGITS = 3
_ITEM_DIGITS = 5
_MANY = 20  # classes: a table that lists as many lists them all


def budget_tables(
    tables: Tables, lines: Lines, labels: Sequence[Record], identities: Identities
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``labels`` are the label cells of its summary tables."""
    return {
        "categories": list(_categories(tables, labels)),
        "named": list(_named(tables)),
        "pairs": list(_pairs(lines, identities)),
    }


def _categories(tables: Tables, labels: Sequence[Record]) -> Iterator[Record]:
    kinds = {row["table_no"]: row["table_id"] for row in tables.get("source_tables", ())}
    classes = {squeezed(row["name"]) for row in tables.get("subjects", ()) if len(str(row["code"])) == _CLASS_DIGITS}
    found: dict[object, list[Record]] = defaultdict(list)
    for cell in labels:
        match = _NUMBERED.match(squeezed(cell["text"]))
        if match:
            name, number = match["name"], caption_number(match["number"])
            said = {"name": name, "number": number, "is_class": name in classes, "item": squeezed(cell["text"])}
            found[cell["table_no"]].append({**cell, **said, "table_id": kinds[cell["table_no"]]})
    for rows in found.values():
        columns = Counter(row["column_no"] for row in rows if row["is_class"]).most_common(
            1
        )  # another list has 其他支出
        if columns:
            yield from _renumbered([row for row in rows if row["column_no"] == columns[0][0]])


def _renumbered(listed: Sequence[Record]) -> Iterator[Record]:
    """The classes of a list, numbered as if nothing else stood among them."""
    classes = [bool(row["is_class"]) for row in listed]
    first = classes.index(True)  # what is numbered before it (一、本年支出) heads the list
    for place, row in enumerate(listed):
        if row["is_class"]:
            number = int(str(row["number"])) - classes[first:place].count(False)
            yield {**row, "numbered": f"{number} {row['name']}", "full": sum(classes) >= _MANY}


def _named(tables: Tables) -> Iterator[Record]:
    names = {str(row["code"]): comparable(row["name"]) for row in tables.get("subjects", ())}
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        codes[name].add(code)
    seen: set[tuple[str, str]] = set()
    for row in _each_once(tables.get("budget_lines", ()), "code_source", "subject_code", "subject_name"):
        code, name = str(row["subject_code"] or ""), comparable(row["subject_name"])
        if row["code_source"] == "printed" and code in names and name and (code, name) not in seen:
            seen.add((code, name))
            yield {**row, "fits": name == names[code] or not _is_anothers(code, codes[name])}


def _each_once(rows: Sequence[Record], *columns: str) -> Iterator[Record]:
    """The first of the rows that say the same in these columns."""
    seen: set[tuple[object, ...]] = set()
    told = itemgetter(*columns)
    for row in rows:
        said = told(row)
        if said not in seen:
            seen.add(said)
            yield row


def _is_anothers(code: str, others: Collection[str]) -> bool:
    """Whether a name belongs to another code: beside this one, or nowhere else (事业运行 stands under every 款)."""
    like = [other for other in others if len(other) == len(code)]
    return code not in others and (len(like) == 1 or any(other[:-2] == code[:-2] for other in like))


def _pairs(lines: Lines, identities: Identities) -> Iterator[Record]:
    """The lines of the basic expenditure table that print a subject of both schemes, each pair once."""
    seen: set[tuple[str, str]] = set()
    for row in lines.of_kind("basic_expenditure"):
        pair = (str(row["government_economic_code"] or ""), str(row["economic_code"] or ""))
        items = all(len(code) == _ITEM_DIGITS for code in pair)
        if items and pair not in seen and pair[0] in identities.crosswalk:
            seen.add(pair)
            item = f"{pair[1]} {row['economic_name'] or ''} → {pair[0]} {row['government_economic_name'] or ''}"
            yield {
                **{name: row[name] for name in ("table_no", "row_no", "page", "cell_id", "table_title")},
                "item": item,
                "pair": pair,
                "fits": pair[1] in identities.crosswalk[pair[0]],
            }
