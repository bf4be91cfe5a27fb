"""The two halves of a project's form, of its whole term and of the year, as the selectors see them: derived tables.

Only of documents whose forms have both halves, and of the projects' sheets.

sheet_halves   one row a sheet with indicators: ``lacks_annual`` where it has some for the term, none for the year, and
               money for the year
moved_targets  one row an indicator that each half names once: ``moved`` where they list it under different kinds
cut_targets    one row a sheet that has indicators in both halves: ``is_cut`` where one half names an indicator by the
               beginning of the name that the other has for it
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.validate.rows.model import Record, Tables
from pipeline.validate.rows.vocabulary import squeezed

_BOTH = {"term", "annual"}
_HALVES = (("term", "实施期", "for the term"), ("annual", "年度", "for the year"))
_SHORTEST = 4  # characters of a name that another one goes on from

Halves = Mapping[str, Sequence[Record]]


def half_tables(tables: Tables) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``tables`` hold those of ``sheets`` too."""
    found: dict[object, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for target in tables.get("performance_targets", ()):
        found[target["project_id"]][str(target["term"])].append(target)
    forms = [(sheet, found[sheet["project_id"]]) for sheet in tables["sheets"] if sheet["project_id"] in found]
    whole = [(sheet, halves) for sheet, halves in forms if halves.keys() == _BOTH]
    return {
        "sheet_halves": [_half(sheet, halves) for sheet, halves in forms] if whole else [],
        "moved_targets": [row for _, halves in whole for row in _moved(halves)],
        "cut_targets": [_cut(sheet, halves) for sheet, halves in whole],
    }


def _half(sheet: Record, halves: Halves) -> Record:
    rows = [row for half in halves.values() for row in half]
    lacks = "annual" not in halves and bool(sheet["annual_total_amount"])
    return {
        **sheet,
        "page": min(int(str(row["page"])) for row in rows),
        "cell_ids": _cells(rows) if lacks else [],
        "lacks_annual": lacks,
        "note_zh": f"实施期有{len(rows)}项指标",
        "note_en": f"{len(rows)} are given for the term",
    }


def _moved(halves: Halves) -> Iterator[Record]:
    """A name that a half has twice may well stand under two kinds."""
    term, annual = (_once(halves[name]) for name, *_ in _HALVES)
    for one, other in [(term[name], annual[name]) for name in term if name in annual]:
        if one["level2"] and other["level2"]:
            yield {
                **one,
                "item": one["indicator"],
                "moved": squeezed(one["level2"]) != squeezed(other["level2"]),
                "cell_ids": _cells((one, other)),
                "note_zh": f"“{one['indicator']}”在实施期属{one['level2']}，在年度属{other['level2']}",
                "note_en": f"“{one['indicator']}” is of {one['level2']} for the term, {other['level2']} for the year",
            }


def _once(rows: Sequence[Record]) -> dict[str, Record]:
    """The rows by their name, less those of a name that stands twice."""
    times = Counter(squeezed(row["indicator"]) for row in rows)
    return {name: row for row in rows if times[name := squeezed(row["indicator"])] == 1}


def _cut(sheet: Record, halves: Halves) -> Record:
    pairs = list(_cut_pairs(halves))
    told = [_names_of(*pair) for pair in pairs]
    return {
        **sheet,
        "page": pairs[0][0]["page"] if pairs else sheet["page"],
        "cell_ids": _cells([row for pair in pairs for row in pair]),
        "is_cut": bool(pairs),
        "note_zh": "；".join(zh for zh, _ in told),
        "note_en": "; ".join(en for _, en in told),
    }


def _names_of(one: Record, other: Record) -> tuple[str, str]:
    """What each half calls it, in both languages."""
    by_term = {row["term"]: row["indicator"] for row in (one, other)}
    zh = [f"{in_zh}为“{by_term[name]}”" for name, in_zh, _ in _HALVES]
    en = [f"“{by_term[name]}” {in_en}" for name, _, in_en in _HALVES]
    return "，".join(zh), ", ".join(en)


def _cut_pairs(halves: Halves) -> Iterator[tuple[Record, Record]]:
    """Names that only one half has, of which one goes on from the other: under one kind, and each from one alone."""
    names = [{squeezed(row["indicator"]) for row in rows} for rows in halves.values()]
    shared = names[0] & names[1]
    lonely = [row for rows in halves.values() for row in rows if squeezed(row["indicator"]) not in shared]
    for short in lonely:
        begins = squeezed(short["indicator"])
        longer = [
            row
            for row in lonely
            if row["term"] != short["term"]
            and row["level2"] == short["level2"]
            and squeezed(row["indicator"]).startswith(begins)
        ]
        if len(begins) >= _SHORTEST and len(longer) == 1:
            yield short, longer[0]


def _cells(rows: Sequence[Record]) -> list[str]:
    cells = (cell for row in rows if isinstance(row["cell_ids"], list) for cell in row["cell_ids"])
    return list(dict.fromkeys(map(str, cells)))
