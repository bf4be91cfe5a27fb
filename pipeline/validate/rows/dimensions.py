"""What the columns of one line add up to: a figure's fund, expenditure type and origin against the wider ones.

A figure is wider than another when each of its dimensions is the same or an ancestor (total over
general_public_budget). Its parts are the printed figures with nothing printed between. Where all parts differ from it
in one dimension they are that dimension's parts (合计 = 基本支出 + 项目支出); where some differ in two (合计 =
一般公共预算 of this year + 上年结转 of all funds) all of them together are, provided that no two overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from operator import itemgetter

from pipeline.validate.rows.model import Record

DIMENSIONS = ("fund", "expenditure_type", "origin")
Meaning = tuple[str, ...]
_meaning: Callable[[Record], Meaning] = itemgetter(*DIMENSIONS)
_line = itemgetter("line", "period", "item")
Hierarchies = Mapping[str, Mapping[str, str]]


def one_origin(rows: Sequence[Record]) -> None:
    """A table that knows no carry-over has one origin: this year's money is all there is (data contract)."""
    if {row["origin"] for row in rows} == {"current_year", "total"}:
        for row in rows:
            row["origin"] = "total"


def one_fund(rows: Sequence[Record]) -> None:
    """A table that never shows one item for two funds has one fund, whatever a heading over some of them says."""
    funds: dict[object, set[object]] = defaultdict(set)
    for row in rows:
        funds[(row["row_no"], row["period"], row["item"])].add(row["fund"])
    if all(len(each) == 1 for each in funds.values()):
        for row in rows:
            row["fund"] = "total"


def derive_wholes(rows: Sequence[Record], hierarchies: Hierarchies) -> None:
    """Set, on the rows of one side of a table,

    ``<dimension>_whole``  the wider value that the figure is a part of in that dimension alone, or None
    ``mixed_whole``        the wider meaning that it is a part of across dimensions, or None
    ``dims_top``           whether no wider figure stands on the line
    ``origin_sum``         ``origin_whole`` where the table shows this year's money too, so that both add up to it

    Where this year's money is never shown by itself, the carry-over is a part (其中) that adds up to nothing.
    """
    is_parted = any(row["origin"] == "current_year" for row in rows)
    lines: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        lines[_line(row)].append(row)
    known: dict[tuple[Meaning, ...], Mapping[Meaning, Record]] = {}  # nearly all lines show the same
    for line in lines.values():
        meanings = tuple(map(_meaning, line))
        if meanings not in known:
            known[meanings] = _columns(frozenset(meanings), hierarchies, parted=is_parted)
        columns = known[meanings]
        for row, meaning in zip(line, meanings, strict=True):
            row.update(columns[meaning])


def _columns(meanings: Collection[Meaning], hierarchies: Hierarchies, *, parted: bool) -> dict[Meaning, Record]:
    """For each of the meanings that a line shows, the columns of its rows; ``parted``: years add up."""
    pure, mixed, tops = _line_wholes(sorted(meanings), hierarchies)
    return {
        meaning: {
            **{f"{name}_whole": pure.get((meaning, name)) for name in DIMENSIONS},
            "origin_sum": pure.get((meaning, "origin")) if parted else None,
            "mixed_whole": mixed.get(meaning),
            "meaning": meaning,
            "dims_top": meaning in tops,
        }
        for meaning in meanings
    }


def _line_wholes(
    meanings: Sequence[Meaning], hierarchies: Hierarchies
) -> tuple[dict[tuple[Meaning, str], str], dict[Meaning, Meaning], set[Meaning]]:
    """For the meanings printed on one line: the pure wholes, the mixed ones, and the meanings with none above."""
    parts: dict[Meaning, list[Meaning]] = defaultdict(list)
    tops: set[Meaning] = set()
    for meaning in meanings:
        nearest = _nearest_wider(meaning, meanings, hierarchies)
        tops |= set() if nearest else {meaning}
        for wider in nearest:
            parts[wider].append(meaning)
    pure: dict[tuple[Meaning, str], str] = {}
    mixed: dict[Meaning, Meaning] = {}
    for whole, found in parts.items():
        if all(len(_differing(part, whole)) == 1 for part in found):
            pure.update({(part, name): whole[at] for part in found for at, name in _differing(part, whole)})
        elif all(_are_apart(one, other, hierarchies) for one, other in combinations(found, 2)):
            mixed.update(dict.fromkeys(found, whole))
    return pure, mixed, tops


def _differing(part: Meaning, whole: Meaning) -> list[tuple[int, str]]:
    return [(at, name) for at, name in enumerate(DIMENSIONS) if part[at] != whole[at]]


def _nearest_wider(meaning: Meaning, meanings: Iterable[Meaning], hierarchies: Hierarchies) -> list[Meaning]:
    wider = [each for each in meanings if each != meaning and _is_within(meaning, each, hierarchies)]
    return [each for each in wider if not any(o != each and _is_within(o, each, hierarchies) for o in wider)]


def _is_within(part: Meaning, whole: Meaning, hierarchies: Hierarchies) -> bool:
    return all(whole[at] in _line_up(part[at], hierarchies[name]) for at, name in enumerate(DIMENSIONS))


def _are_apart(one: Meaning, other: Meaning, hierarchies: Hierarchies) -> bool:
    """Whether no money can be in both: in some dimension neither holds the other."""
    return any(
        one[at] not in _line_up(other[at], hierarchies[name]) and other[at] not in _line_up(one[at], hierarchies[name])
        for at, name in enumerate(DIMENSIONS)
    )


def _line_up(value: str, parents: Mapping[str, str]) -> list[str]:
    line = [value]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line
