"""Rules about codes, names and blanks: what a table must look like before its sums mean anything.

Each rule yields one verdict per key; a verdict counts, so that it too has a left and a right side.

    unique      rows[0]: the columns ``of`` tell all rows under a key apart
    agree       rows[0]: ``of`` reads the same in all rows under a key, cut texts aside
    same_set    every selector: the same values of ``of``
    present     rows[0]: each value of ``of[0]`` is a value of ``of[1]`` in rows[1] under the same key
    nothing     no row of rows[0] among those of rows[1] under the same key
    together    under a key (its last part aside) rows[0] has money exactly where rows[1] has
    increasing  rows[0]: ``of[0]`` never falls in the order of ``of[1]``
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.validate.columns import Key
from pipeline.validate.identities import Rule, Structure
from pipeline.validate.rows.model import Record, cells_of, label_of
from pipeline.validate.rows.vocabulary import squeezed
from pipeline.validate.selectors import Selection

_SHOWN = 6


@dataclass(frozen=True)
class Verdict:
    """What was counted against what was wanted; the rows looked at (the first one names the check), and what breaks."""

    found: int
    wanted: int
    rows: tuple[Record, ...]
    broken: tuple[Record, ...] = ()
    detail_zh: str = ""
    detail_en: str = ""

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """The cells of what breaks the rule; of all that was looked at when nothing does."""
        return tuple(dict.fromkeys(chain.from_iterable(map(cells_of, self.broken or self.rows))))

    @property
    def page(self) -> int | None:
        """The page of the first row that breaks the rule."""
        page = next((row.get("page") or row.get("first_page") for row in self.broken or self.rows), None)
        return int(str(page)) if page else None


def examine(form: Structure, selection: Selection) -> Iterator[Verdict]:
    """The verdicts of one rule on one document; none where it has nothing to look at."""
    return _RULES[form.rule](form, selection)


def _verdict(wanted: int, found: int, rows: Iterable[Record], broken: Sequence[Record], note: str = "") -> Verdict:
    zh = _listed([note] if note else [str(row.get("note_zh") or label_of(row)) for row in broken], "、", " 等{}项")
    en = _listed([note] if note else [str(row.get("note_en") or label_of(row)) for row in broken], ", ", " ({} in all)")
    return Verdict(found, wanted, tuple(rows) or ({},), tuple(broken), zh, en)


def _listed(notes: Iterable[str], comma: str, more: str) -> str:
    names = list(dict.fromkeys(note for note in notes if note))
    return comma.join(names[:_SHOWN]) + (more.format(len(names)) if len(names) > _SHOWN else "")


def _unique(form: Structure, selection: Selection) -> Iterator[Verdict]:
    for rows in selection.groups(form.rows[0]).values():
        seen: set[Key] = set()
        repeated = []
        for row in rows:
            name = tuple(row.get(column) for column in form.of)
            if name in seen:
                repeated.append(row)
            seen.add(name)
        yield _verdict(0, len(repeated), rows, repeated)


def _agree(form: Structure, selection: Selection) -> Iterator[Verdict]:
    """White space and the width of punctuation apart: tables of one document are typed by many hands."""
    for key, rows in selection.groups(form.rows[0]).items():
        texts = _whole(dict.fromkeys(squeezed(row.get(form.of[0])) for row in rows if row.get(form.of[0])))
        if None in key or len({row.get("table_no") for row in rows}) < 2 or not texts:
            continue
        broken = _odd_first(rows, form.of[0]) if len(texts) > 1 else ()
        zh, en = _who_prints(broken, form.of[0], texts)
        yield Verdict(len(texts), 1, tuple(rows), tuple(broken), zh, en)


def _odd_first(rows: Sequence[Record], column: str) -> list[Record]:
    """The rows that print what fewest print, then the others."""
    times = Counter(squeezed(row.get(column)) for row in {row.get("table_no"): row for row in rows}.values())
    return sorted(rows, key=lambda row: times[squeezed(row.get(column))])


def _who_prints(rows: Sequence[Record], column: str, texts: Collection[str]) -> tuple[str, str]:
    """Each text with the pages that print it."""
    if not rows:
        return "", ""
    pages = {
        text: ", ".join(dict.fromkeys(str(row["page"]) for row in rows if squeezed(row.get(column)) == text))
        for text in texts
    }
    zh = "、".join(f"第{where.replace(', ', '、')}页为“{text}”" for text, where in pages.items() if where)
    en = "; ".join(f"“{text}” on page {where}" for text, where in pages.items() if where)
    return zh, en


def _whole(texts: Collection[str]) -> list[str]:
    """The texts less those that another goes on from: names that the edge of a cell or page cut."""
    return [text for text in texts if not any(each != text and each.startswith(text) for each in texts)]


def _same_set(form: Structure, selection: Selection) -> Iterator[Verdict]:
    named = [_by_value(selection.rows(selector), form.of[0]) for selector in form.rows]
    sets = [each for each in named if each]
    if len(sets) < 2:
        return
    common = set(sets[0]).intersection(*sets[1:])
    odd = [row for each in sets for value, row in each.items() if value not in common]
    yield _verdict(0, len({row[form.of[0]] for row in odd}), (row for each in sets for row in each.values()), odd)


def _by_value(rows: Iterable[Record], column: str) -> dict[object, Record]:
    """The first row of each value: of a class the line of the class, before those of its items."""
    named: dict[object, Record] = {}
    for row in rows:
        if row.get(column) is not None:
            label, page = label_of(row), row.get("page")
            named.setdefault(
                row[column],
                {"note_zh": f"{label}（第{page}页）", "note_en": f"{label} (p. {page})", **row} if page else row,
            )
    return named


def _present(form: Structure, selection: Selection) -> Iterator[Verdict]:
    by_key: dict[Key, set[object]] = defaultdict(set)
    for key, rows in selection.groups(form.rows[1]).items():
        by_key[key] = {row.get(form.of[1]) for row in rows}
    for key, rows in selection.groups(form.rows[0]).items():
        naming = [row for row in rows if row.get(form.of[0]) is not None]
        present = by_key[key if form.rows[1].by else ()]
        missing = [row for row in naming if row[form.of[0]] not in present]
        if naming:
            yield _verdict(0, len({row[form.of[0]] for row in missing}), naming, missing)


def _nothing(form: Structure, selection: Selection) -> Iterator[Verdict]:
    bad = selection.groups(form.rows[0])
    for key, rows in selection.groups(form.rows[1]).items():
        broken = bad.get(key, ())
        yield _verdict(0, len(broken), rows, broken)


def _together(form: Structure, selection: Selection) -> Iterator[Verdict]:
    one, other = (_with_money(selection.groups(selector)) for selector in form.rows)
    if not form.rows[0].by:
        yield _alone(one.get((), []), other.get((), []))
        return
    lonely: dict[object, list[Record]] = defaultdict(list)
    for key in set(one) ^ set(other):
        if key[-1] is not None:
            lonely[key[0]] += one.get(key) or other[key]
    for group in dict.fromkeys(key[0] for key in (*one, *other)):
        rows = [row for key in one if key[0] == group for row in one[key]]
        rows = rows or [row for key in other if key[0] == group for row in other[key]]
        broken = sorted(lonely[group], key=lambda row: (str(row.get("row_no")).zfill(9), str(row.get("column_no"))))
        yield _verdict(0, len(broken), rows, broken)


def _alone(one: Sequence[Record], other: Sequence[Record]) -> Verdict:
    broken = () if bool(one) == bool(other) else (*one, *other)
    return _verdict(0, 1 if broken else 0, (*one, *other), broken)


def _with_money(groups: Mapping[Key, Sequence[Record]]) -> dict[Key, list[Record]]:
    money = {key: [row for row in rows if row.get("nonzero")] for key, rows in groups.items()}
    return {key: rows for key, rows in money.items() if rows}


def _increasing(form: Structure, selection: Selection) -> Iterator[Verdict]:
    value, order = form.of
    for rows in selection.groups(form.rows[0]).values():
        numbered = sorted((row for row in rows if row.get(value) is not None), key=lambda row: int(str(row[order])))
        for before, row in pairwise(numbered):
            rises = int(str(row[value])) >= int(str(before[value]))
            note = "" if rises else f"{_printed(row, value)} < {_printed(before, value)}"
            yield _verdict(0, 0 if rises else 1, (row, before), () if rises else (row,), note)


def _printed(row: Record, value: str) -> object:
    return row.get("printed_caption") or row.get(value)


_RULES: Mapping[Rule, Callable[[Structure, Selection], Iterator[Verdict]]] = {
    "unique": _unique,
    "agree": _agree,
    "same_set": _same_set,
    "present": _present,
    "nothing": _nothing,
    "together": _together,
    "increasing": _increasing,
}
