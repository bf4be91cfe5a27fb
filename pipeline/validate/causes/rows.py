"""Two rows whose figures, or codes, changed places; a row that is printed twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from pipeline.validate.causes.model import (
    LABELS,
    SUMMARIES,
    Line,
    Printed,
    Supposition,
    accounts_for,
    amount_of,
    bare_name,
    line_of,
    name_of,
    paid,
)
from pipeline.validate.intervals import ZERO
from pipeline.validate.rows.model import Record, label_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.words import Sentence

_PUBLIC = "three_public_expenses"
_MOST_PAIRS = 4
_NEAR = 12  # rows: what changes places does so within one page
_BESIDE = 2
_FEWEST = 2  # failures that speak for it


@dataclass(frozen=True)
class _Places:
    """What of two rows may have changed places, and what it is called."""

    kept: tuple[str, ...]
    zh: str
    en: str


_MEANINGS = ("fund", "origin", "expenditure_type")
_CODES = ("subject_code", "subject_level", "economic_code", "government_economic_code")
_NAMES = _Places(("subject_name", "economic_name", "item"), "名称", "names")
_PLACES = (
    _Places((*LABELS, "item", "row_no"), "数（或其编码、名称）", "figures (or the codes or names)"),
    _Places(_CODES, "科目编码", "codes"),
    _Places((*LABELS, "item"), "名称", "labels"),
)


def changed_places(printed: Printed) -> Iterator[Supposition]:
    """Two rows of a table, each with the other's figures: as the failures that speak of them are off by what lies
    between the two."""
    tables: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in printed.by_line:
        tables[line[0], line[2]].append(line)
    ranked = [
        (rank, one, other)
        for (table, _), lines in tables.items()
        if any(line in printed.touched for line in lines) and table not in printed.spread
        for one, other in _near_pairs(sorted(lines))
        if other[1] - one[1] <= _reach(printed, one, other) and (rank := _speak_for(printed, one, other)) >= _FEWEST
    ]
    likeliest = sorted(ranked, key=lambda each: (-each[0], each[2][1] - each[1][1]))[:_MOST_PAIRS]
    for rank, one, other in likeliest:
        yield from _whole_rows(printed, (one, other), rank)
    for places in _PLACES:  # the figures of every pair before the codes and names of the first: sums tell which pair
        for rank, one, other in likeliest:
            yield _swapped(printed, (one, other), places, rank)


def whole_and_part(printed: Printed) -> Iterator[Supposition]:
    """A sum, and a part of it right beside it, each with the other's figure: the one is off by twice what lies between
    the two, which a single wrong figure is by chance only."""
    for check in printed.failing:
        pairs = [
            (printed.by_cell[check.left[0].figure.name], printed.by_cell[term.figure.name])
            for term in check.right
            if len(check.left) == 1 and {check.left[0].figure.name, term.figure.name} <= printed.by_cell.keys()
        ]
        for whole, part in pairs if not check.misses_by_fen else ():
            one, other = sorted((line_of(whole), line_of(part)))
            beside = one[::2] == other[::2] and other[1] - one[1] == 1 and one[0] not in printed.spread
            if beside and amount_of(part) and accounts_for(check, 2 * (amount_of(whole) - amount_of(part))):
                yield replace(_swapped(printed, (one, other), _PLACES[0], _FEWEST), sure=True)


def _near_pairs(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The lines of one side in pairs that are near enough, in order."""
    for place, one in enumerate(lines):
        for other in lines[place + 1 :]:
            if other[1] - one[1] > _NEAR:
                break
            yield one, other


def _reach(printed: Printed, one: Line, other: Line) -> int:
    """How far apart two rows may be: further where failures speak of both, nowhere where they speak of neither."""
    return (0, _BESIDE, _NEAR)[(one in printed.touched) + (other in printed.touched)]


def _speak_for(printed: Printed, one: Line, other: Line) -> int:
    """How many failures of the two rows are off by the difference of their figures in some column."""
    failures = [printed.touched.get(line, ()) for line in (one, other)]
    checks = {check.check_id: check for each in failures for check in each}.values()
    if len(checks) < _FEWEST:
        return 0
    here, there = (_amounts(printed.by_line[line]) for line in (one, other))
    gaps = {here.get(column, ZERO) - there.get(column, ZERO) for column in {*here, *there}} - {ZERO}
    gaps |= {2 * gap for gap in gaps}  # a sum of which one is the whole and the other a part
    met = {check.check_id: {gap for gap in gaps if accounts_for(check, gap)} for check in checks}
    if not all(not each or any(met[check.check_id] for check in each) for each in failures):
        return 0
    if 4 * len(set().union(*met.values())) < len(gaps):
        return 0  # most columns would have to be wrong
    return sum(map(bool, met.values()))


def _amounts(rows: Sequence[Record]) -> dict[object, Decimal]:
    return {row["column_no"]: amount_of(row) for row in rows}


def _swapped(
    printed: Printed, lines: tuple[Line, Line], places: _Places, rank: int, moved: Mapping[int, Record] | None = None
) -> Supposition:
    here, there = (printed.by_line[line] for line in lines)
    kept = (*places.kept, *(_told_by_labels(printed, lines[0][0]) if "item" in places.kept else ()))
    new = {id(row): {**row, **{name: there[0][name] for name in kept}} for row in here}
    new |= {id(row): {**row, **{name: here[0][name] for name in kept}} for row in there} | {**(moved or {})}
    title, names = printed.title(here[0]), (name_of(here[0]), name_of(there[0]))
    said = Sentence(
        f"《{title}》“{names[0]}”与“{names[1]}”两行的{places.zh}看来互换了位置：前者印为 {_listed(here).zh}，"
        f"后者印为 {_listed(there).zh}",
        f"“{title}”: the {places.en} of the rows “{names[0]}” and “{names[1]}” seem to have changed places: the former "
        f"prints {_listed(here).en}, the latter {_listed(there).en}",
    )
    return Supposition(
        said, printed.replaced(new), (*here, *there), rank, names=frozenset(map(bare_name, (here[0], there[0])))
    )


def _whole_rows(printed: Printed, lines: tuple[Line, Line], rank: int) -> Iterator[Supposition]:
    """The same of a summary table that prints a figure on the other side of one of the two rows, where that row bears
    no label: the figures of both sides changed places."""
    (table, one, side), (_, other, _) = lines
    alone = [
        (row, there)
        for here, there in ((one, other), (other, one))
        for row in printed.by_row[table, here]
        if (row["side"] or "") != side and not label_of(row)
    ]
    if not alone or printed.by_line[lines[0]][0]["table_id"] not in SUMMARIES:
        return
    like = {number: printed.by_line[table, number, side][0] for number in (one, other)}
    labels = [(row, there, _label_before(printed, row, there)) for row, there in alone]
    if all(label for *_, label in labels):
        moved = {
            id(row): {**row, **{name: like[there][name] for name in _MEANINGS}, "item": label, "row_no": there}
            for row, there, label in labels
        }
        yield _swapped(printed, lines, _PLACES[0], rank + 1, moved)


def _label_before(printed: Printed, row: Record, number: int) -> str:
    """What another row prints in the cell before the column of a figure."""
    texts, column = printed.texts(int(str(row["table_no"])), number), int(str(row["column_no"]))
    return squeezed(texts.get(column - 1, ""))


def _told_by_labels(printed: Printed, table: int) -> list[str]:
    """What of the meaning of a figure the labels of a table tell, and not the headings of its columns."""
    columns: dict[tuple[object, str], set[object]] = defaultdict(set)
    for row in printed.by_table[table]:
        for name in _MEANINGS:
            columns[row["column_no"], name].add(row[name])
    return sorted({name for (_, name), values in columns.items() if len(values) > 1})


def _listed(rows: Sequence[Record]) -> Sentence:
    """The amounts of a row, those of nothing aside."""
    said = [paid(row) for row in rows if row["amount"]] or [paid(row) for row in rows[:1]]
    return Sentence("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def changed_names(printed: Printed) -> Iterator[Supposition]:
    """Two codes of a table, each beside the name that the other tables print beside the other."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in printed.lines:
        if row["subject_code"]:
            names[str(row["subject_code"])][str(row["subject_name"])] += 1
    for code, said in names.items():
        said[printed.names.get(("subject_code", code), "")] += 1
    usual = {code: said.most_common(1)[0][0] for code, said in names.items()}
    odd = [line for line in printed.touched if _name(printed, line) != usual.get(_code(printed, line))]
    for one, other in combinations(sorted(odd), 2):
        crossed = [usual.get(_code(printed, line)) for line in (other, one)]
        if one[0] == other[0] and [_name(printed, line) for line in (one, other)] == crossed:
            yield _swapped(printed, (one, other), _NAMES, 1)
            yield _swapped(printed, (one, other), _PLACES[1], 1)


def _code(printed: Printed, line: Line) -> str:
    return str(printed.by_line[line][0]["subject_code"] or "")


def _name(printed: Printed, line: Line) -> str:
    return str(printed.by_line[line][0]["subject_name"] or "")


def printed_twice(printed: Printed) -> Iterator[Supposition]:
    """A row that stands twice below one another, with the same label and the same figures on all its sides."""
    for table, number in dict.fromkeys(line[:2] for line in printed.touched):
        sides = dict.fromkeys(line_of(row)[2] for row in printed.by_row[table, number])
        pairs = [[printed.by_line.get((table, each, side), ()) for each in (number, number + 1)] for side in sides]
        twice = [(here, there) for here, there in pairs if there and _is_twice(here, there)]
        if twice:
            yield _said_twice(printed, twice)


def _said_twice(printed: Printed, twice: Sequence[tuple[Sequence[Record], Sequence[Record]]]) -> Supposition:
    """One supposition for all sides of a printed row: a row is printed once more as a whole."""
    lines = [(line_of(here[0]), here) for here, _ in twice]
    rank = sum(
        any(accounts_for(check, amount_of(row)) for row in here)
        for line, here in lines
        for check in printed.touched.get(line, ())
    )
    first = twice[0][0][0]
    title, name = printed.title(first), "”、“".join(dict.fromkeys(name_of(here[0]) for here, _ in twice))
    amounts = _listed([row for here, _ in twice for row in here])
    said = Sentence(
        f"《{title}》“{name}”一行看来印了两次：{amounts.zh}",
        f"“{title}”: the row “{name}” seems to be printed twice: {amounts.en}",
    )
    again = [row for _, there in twice for row in there]
    about = [row for pair in twice for rows in pair for row in rows]
    return Supposition(said, printed.replaced({}, lost=map(id, again)), about, rank + 1, sure=True)


def _is_twice(here: Sequence[Record], there: Sequence[Record]) -> bool:
    """Whether two lines say the same: a department and its only unit may, but not in a table of labels."""
    is_told = here[0]["subject_code"] or here[0]["economic_code"] or here[0]["table_id"] in SUMMARIES
    is_told = is_told or (here[0]["table_id"] == _PUBLIC and not here[0]["unit_name"])
    labels = all(here[0][name] == there[0][name] for name in (*LABELS, "item"))
    return bool(is_told and here[0]["item"]) and labels and _amounts(here) == _amounts(there)
