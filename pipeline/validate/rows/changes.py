"""Changes that the text tells of, as the selectors see them: derived tables of its figures.

What a change is a change of (its *base*) is the amount said of the same subject before it. A change that two sentences
tell is put side by side where the two are equal, or so near that one of them must be a slip of the pen; where they are
not, the two sentences are about something else, and nothing is said of them.

changes_again   two rows a ``pair`` (``other`` or not): two changes of one amount, told of two subjects (收入, 支出)
changes_tabled  two rows a ``pair``: a change of one of the three public expenses, and that of the table
changes_by_year  three rows a ``pair`` (``part``: text, now, before): such a change, and the two years' figures of the
                table, where that prints no changes
change_sums     rows under one ``list_no``: the change of one of them (``is_whole``), and those of its parts
change_splits   the same of all expenditure, and of what of it is basic and for projects
change_items    the same of a whole, and of what a section tells item by item
contrary, changes_compared, changes_bounded, changes_left  see ``contrary`` and ``compared``
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from pipeline.validate.identities import Identities
from pipeline.validate.rows.change_sums import Told, item_sums, listed, public_sums, splits
from pipeline.validate.rows.compared import compared_tables
from pipeline.validate.rows.contrary import contraries, turned_of
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.named import name_in
from pipeline.validate.rows.public import public_role
from pipeline.validate.rows.spoken import decimal_of, is_amount, pieces_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.slips import slips_of

_LONG_NAME = 4
_DIGITS = 5  # an amount with fewer may be said of two things that have nothing in common
_TOTALS = ("grand_total", "current_total", "appropriation")
_TABLED = {"three_public_total": ("three_public_total", "grand_total")}
_THIS, _LAST = ("budget", "final"), ("prior_budget", "prior_final")


def change_tables(figures: Sequence[Record], lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``figures`` are those of its text, ``lines`` the tables'."""
    told = list(_told(figures, identities.wording["gives_reason"]))
    pairs = [*_again(told, lines)]
    tabled = [*_tabled(told, lines, identities)]
    sums = [*public_sums(told, figures, identities)]
    changes = [each.change for each in told]
    divided, items = [*splits(told)], [*item_sums(told, figures, identities)]
    return {
        "changes_again": list(_paired(pairs)),
        "changes_tabled": list(_paired(tabled)),
        "changes_by_year": list(_by_year(told, lines, identities)),
        **compared_tables(told, figures, identities.wording["halved"]),
        "change_sums": [row for each in sums if not turned_of(*each) for row in listed(*each)],
        "change_splits": [row for each in divided if not turned_of(*each) for row in listed(*each)],
        "change_items": [row for each in items if not turned_of(*each) for row in listed(*each)],
        "contrary": list(
            contraries(
                [*pairs, *tabled],
                [*sums, *public_sums(told, figures, identities, spread=True), *divided, *items],
                changes,
                figures,
                identities.wording,
            )
        ),
    }


def _told(figures: Sequence[Record], reason: re.Pattern[str]) -> Iterator[Told]:
    """The first change of money after each amount of a section, of the same subject; reasons tell of other changes.

    Of a subject of which the section says no amount, the one that its chapter says.
    """
    said: dict[tuple[object, object], Record] = {}
    known: set[tuple[object, object]] = set()
    before = dict(_texts_before(figures))
    of_chapter: dict[tuple[object, object], dict[object, Record]] = defaultdict(dict)
    for row in figures:
        key, wider = (row["section"], row["subject"]), (_chapter(row), row["subject"])
        if is_amount(row):
            said[key] = of_chapter[wider][row["amount"]] = row
            known.add(key)
        elif row["kind"] == "change" and row["is_money"] and key not in known and len(of_chapter[wider]) == 1:
            known.add(key)
            yield Told(next(iter(of_chapter[wider].values())), row)
        elif row["kind"] == "change" and row["is_money"] and key in said:
            base, text = said.pop(key), before[row["figure_no"]]
            if base["sentence"] == row["sentence"]:
                text = text[len(before[base["figure_no"]]) :]
            if not reason.search(text):
                yield Told(base, row)


def _texts_before(figures: Sequence[Record]) -> Iterator[tuple[object, str]]:
    """What stands before each figure in its sentence."""
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        said, text = list(group), ""
        for row, (before, _) in zip(said, pieces_of(said), strict=True):
            text += before
            yield row["figure_no"], text
            text += squeezed(row["amount_printed"])


def _chapter(row: Record) -> tuple[str, ...]:
    """The first two headings over a figure."""
    return tuple(str(row["section"]).split("/")[:2])


# --- one change told twice -------------------------------------------------------------------------------------------


def _again(told: Sequence[Told], lines: Lines) -> Iterator[tuple[Record, Record]]:
    """Changes of one amount: the one that most sentences tell, and each other."""
    by_base: dict[Decimal, list[Told]] = defaultdict(list)
    for each in told:
        if each.base["amount"]:
            by_base[decimal_of(each.base, "amount")].append(each)
    for group in by_base.values():
        most = Counter(abs(each.amount) for each in group).most_common(1)[0][0]
        usual, times = Counter(each.amount for each in group if abs(each.amount) == most).most_common(1)[0]
        first = next(each for each in group if each.amount == usual)
        sure = _is_long(first.base) or (times > 1 and _is_whole(first.base, lines))
        alike = [each for each in group if each is not first and (sure or _is_of_one_name(each, first))]
        yield from ((each.change, first.change) for each in alike)


def _is_of_one_name(one: Told, other: Told) -> bool:
    """Whether two sentences of a chapter speak of a subject of one name that is its own."""
    names = {(_chapter(each.base), name_in(each.base["subject"])) for each in (one, other)}
    return len(names) == 1 and len(names.pop()[1]) >= _LONG_NAME


def _is_long(base: Record) -> bool:
    return sum(letter.isdigit() for letter in str(base["amount_printed"]).lstrip("0.")) >= _DIGITS


def _is_whole(base: Record, lines: Lines) -> bool:
    """Whether it restates a total of a table."""
    line = lines.by_cell.get(base["restates_cell_id"])
    return line is not None and (line["subject_level"] == "total" or line["role"] in _TOTALS or bool(line["top"]))


def _tabled(told: Sequence[Told], lines: Lines, identities: Identities) -> Iterator[tuple[Record, Record]]:
    """Changes of the three public expenses, beside the change that the first line of their table prints."""
    printed = _printed(lines)
    for each in told:
        role = public_role(each.change, identities)
        names = _TABLED.get(str(role), (str(role),))
        line = next((printed[name] for name in names if name in printed), None)
        if line is not None:
            yield each.change, line


def _by_year(told: Sequence[Told], lines: Lines, identities: Identities) -> Iterator[Record]:
    """Changes of the three public expenses, beside the figures of both years, where each is printed once."""
    of_year: dict[object, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in lines.of_kind("three_public_expenses"):
        if row["role"] and row["amount"] is not None and row["dims_top"]:
            of_year[row["period"]][str(row["role"])].append(row)
    if "change" in of_year:
        return
    for each in told:
        role = str(public_role(each.change, identities))
        names = _TABLED.get(role, (role,))
        now, before = (_only(of_year, periods, names) for periods in (_THIS, _LAST))
        if now is None or before is None or decimal_of(each.base, "amount") != decimal_of(now, "amount"):
            continue
        apart = {**now, "amount": decimal_of(now, "amount") - decimal_of(before, "amount")}
        if _is_one(each.change, apart) or _is_slip(each.change, apart):
            pair = {"pair": each.change["figure_no"]}
            yield {**each.change, **pair, "part": "text", "cell_ids": []}
            yield {**now, **pair, "part": "now"}
            yield {**before, **pair, "part": "before"}


def _only(
    of_year: Mapping[object, Mapping[str, Sequence[Record]]], periods: Sequence[str], names: Sequence[str]
) -> Record | None:
    """The one amount of the first name that a year's figures have; None where they print two."""
    rows = next((of_year[year][name] for year in periods for name in names if name in of_year.get(year, {})), [])
    return rows[0] if len({row["amount"] for row in rows}) == 1 else None


def _printed(lines: Lines) -> Mapping[str, Record]:
    """The change of each of them; none where the table prints several that are not nought."""
    rows = [row for row in lines.of_kind("three_public_expenses") if row["period"] == "change" and row["role"]]
    found: dict[str, list[Record]] = defaultdict(list)
    for _, table in groupby(rows, key=lambda row: row["table_no"]):
        of_table = [row for row in table if row["amount"] is not None]
        first = min((int(str(row["row_no"])) for row in of_table), default=None)
        for row in of_table:
            if row["row_no"] == first:
                found[str(row["role"])].append(row)
    chosen: dict[str, Record] = {}
    for role, group in found.items():
        moved = [row for row in group if row["nonzero"]] or group
        if len({row["amount"] for row in moved}) == 1:
            chosen[role] = moved[0]
    return chosen


def _paired(pairs: Iterable[tuple[Record, Record]]) -> Iterator[Record]:
    for number, (one, other) in enumerate(pairs, start=1):
        if _is_one(one, other) or _is_slip(one, other):
            yield {**one, "pair": number, "other": False, "cell_ids": []}
            yield {**other, "pair": number, "other": True}


def _is_one(one: Record, other: Record) -> bool:
    return one["amount"] == other["amount"]


def _is_slip(one: Record, other: Record) -> bool:
    """Whether one digit or two make the difference, and more than the last place."""
    apart = abs(decimal_of(one, "amount") - decimal_of(other, "amount"))
    places = 2 * max(decimal_of(one, "half_unit"), decimal_of(other, "half_unit"))
    return apart > places and decimal_of(other, "amount") in slips_of(decimal_of(one, "amount"))
