"""Columns that no rule parts: from the white between what a table's rows print, and from its headings.

A stretch is what the rows print below one another without white between; a heading stands over its own column. Figures
are set right (or left, or in the middle) of their column alike, which tells under which of two headings a stretch
belongs when it stands under neither. What allows two answers gets none: the caller says that the table is unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.stretches import Stretch, each_has_its_own, overlap, union, whole_words
from pipeline.extract.tokens import APART, Token, TokenLine

FLUSH = 2.0  # points within which edges agree
LEAN = 3.0  # points by which figures stand right or left of their heading's middle
LETTER = 1.6  # times the height of print: a heading no wider is a letter of one set apart
FEW = 0.25  # share of the rows (and of one more) that may print a name across two columns (合计)


@dataclass(frozen=True)
class _Item:
    """A column in the making: where it prints, its headings' part of that, and what its rows print."""

    x0: float
    x1: float
    headings: tuple[Stretch, ...]
    tokens: tuple[Token, ...]

    @property
    def heading(self) -> Stretch | None:
        return (self.headings[0][0], self.headings[-1][1]) if self.headings else None

    @property
    def is_figures(self) -> bool:
        return any(token.is_amount for token in self.tokens)


def column_borders(body: Sequence[TokenLine], leaves: Sequence[Token], x0: float, x1: float) -> list[float] | None:
    """The borders between the columns that stand between ``x0`` and ``x1``; None where they cannot be told.

    ``leaves`` are the headings of single columns; without any, the rows alone decide.
    """
    rows = [line for line in body if not line.numbers_columns]
    lines = [tuple(token for token in line.tokens if x0 <= token.centre <= x1) for line in rows]
    over = [leaf for leaf in leaves if x0 <= leaf.centre <= x1]
    headings = union(whole_words(over, union((t.x0, t.x1) for line in lines for t in line)))
    across = _names_across(lines, headings)
    lines = [tuple(token for token in line if token not in across) for line in lines]
    items = _items(_stretches(lines, headings), headings, lines)
    columns = _settled(items) if headings else items
    if columns is None or not all(map(_is_one, columns)) or _is_crowded(columns, lines):
        return None
    return [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]


def is_one_column(body: Sequence[TokenLine], leaves: Sequence[Token], x0: float, x1: float) -> bool:
    """Whether what stands between two drawn borders is one column: it has one heading, and a figure stands alone."""
    headings = union((leaf.x0, leaf.x1) for leaf in leaves if x0 <= leaf.centre <= x1)
    rows = [[token for token in line.tokens if x0 <= token.centre <= x1] for line in body]
    return len(headings) == 1 and not any(len(row) > 1 and any(t.is_number for t in row) for row in rows)


def _stretches(lines: Sequence[tuple[Token, ...]], headings: Sequence[Stretch]) -> list[Stretch]:
    """What the rows print below one another; names that little white parts are one unless each has its heading."""
    tokens = [token for line in lines for token in line]
    height = max((token.y1 - token.y0 for token in tokens), default=0.0)
    joined: list[Stretch] = []
    for stretch in union((token.x0, token.x1) for token in tokens):
        near = bool(joined) and stretch[0] - joined[-1][1] <= APART * height
        if (
            near
            and not _has_number(tokens, joined[-1], stretch)
            and not each_has_its_own(joined[-1], stretch, headings)
        ):
            joined[-1] = (joined[-1][0], stretch[1])
        else:
            joined.append(stretch)
    return joined


def _has_number(tokens: Sequence[Token], a: Stretch, b: Stretch) -> bool:
    return any(t.is_number and (a[0] <= t.x0 <= a[1] or b[0] <= t.x0 <= b[1]) for t in tokens)


def _names_across(lines: Sequence[tuple[Token, ...]], headings: Sequence[Stretch]) -> set[Token]:
    """Names that stand between two columns of names, with neither beside them (合计); none when they are many."""
    across: set[Token] = set()
    amounts = [token for line in lines for token in line if token.is_amount]
    for a, b in pairwise(headings):
        if any(a[0] <= token.centre <= b[1] for token in amounts):
            continue
        printed = [[t for t in line if a[0] <= t.centre <= b[1] and not t.is_amount] for line in lines]
        names = [line[0] for line in printed if len(line) == 1 and not line[0].is_number]
        lone = {name for name in names if overlap((name.x0, name.x1), (a[1], b[0]))}
        if len(lone) <= FEW * sum(map(bool, printed)) + FEW:
            across |= lone
    return across


def _items(stretches: list[Stretch], headings: list[Stretch], lines: Sequence[tuple[Token, ...]]) -> list[_Item]:
    """Stretches and headings from left to right, those over one another as one."""
    items = []
    for x0, x1 in _merged(stretches, headings):
        over = tuple(heading for heading in headings if x0 <= heading[0] and heading[1] <= x1)
        tokens = tuple(t for line in lines for t in line if _is_of(t, (x0, x1), stretches))
        items.append(_Item(x0, x1, over, tokens))
    return items


def _merged(stretches: list[Stretch], headings: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for x0, x1 in sorted([*stretches, *headings]):
        if joined and overlap(joined[-1], (x0, x1)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return joined


def _is_of(token: Token, item: Stretch, stretches: list[Stretch]) -> bool:
    """Whether a token is printed in a column, not across several."""
    home = next((s for s in stretches if s[0] <= token.x0 and token.x1 <= s[1]), None)
    return home is not None and item[0] <= home[0] and home[1] <= item[1]


def _settled(items: list[_Item]) -> list[_Item] | None:
    """Every stretch with the heading that it belongs under; None where that is not certain.

    Of several ways the one that leaves no heading without print and no print without heading is taken.
    """
    usual = _usual_set(items)
    settled: list[_Item] = []
    run: list[_Item] = []
    for item in [*items, None]:
        if item is not None and not (item.heading and item.tokens):
            run.append(item)
            continue
        found = list(_pairings(run, usual))
        whole = [columns for columns in found if all(column.headings and column.tokens for column in columns)]
        if len(found) != 1 and len(whole) != 1:
            return None
        settled += whole[0] if len(whole) == 1 else found[0]
        settled += [item] if item else []
        run = []
    return settled


def _pairings(run: Sequence[_Item], usual: str | None) -> Iterator[list[_Item]]:
    """Every way to give the stretches of a run the headings beside them: figures all, names where there is one."""
    if not run:
        yield []
        return
    first, rest = run[0], run[1:]
    if rest and bool(first.heading) != bool(rest[0].heading):
        lower, heading = (rest[0], first) if first.heading else (first, rest[0])
        if _may_belong(lower, heading, usual):
            yield from ([_together(first, rest[0]), *others] for others in _pairings(rest[1:], usual))
    if first.heading or not any(token.is_number for token in first.tokens):
        yield from ([first, *others] for others in _pairings(rest, usual) if not _leaves_names(first, run))


def _leaves_names(first: _Item, run: Sequence[_Item]) -> bool:
    """Whether a column of names passes by the free heading at its right."""
    return not first.heading and len(run) > 1 and run[1].heading is not None


def _may_belong(lower: _Item, heading: _Item, usual: str | None) -> bool:
    """Set right or in the middle, print stands right of a heading set left; set left, left of one in the middle."""
    are_codes = not lower.is_figures and all(token.is_number for token in lower.tokens)
    own = _set_of(lower.tokens) or (usual if lower.is_figures else None if are_codes else "left")
    if own in ("right", "centre"):
        return heading.x0 < lower.x0
    return own is None or lower.x0 < heading.x0


def _together(a: _Item, b: _Item) -> _Item:
    return _Item(min(a.x0, b.x0), max(a.x1, b.x1), (*a.headings, *b.headings), (*a.tokens, *b.tokens))


def _usual_set(items: Sequence[_Item]) -> str | None:
    """How the table sets its figures, where all columns that tell agree."""
    told = {_set_of(item.tokens) or _leaning(item) for item in items if item.is_figures} - {None}
    return told.pop() if len(told) == 1 else None


def _set_of(tokens: Sequence[Token]) -> str | None:
    """How a column's entries are set, from the edges that agree where the widths do not."""
    if not tokens or _spread(token.x1 - token.x0 for token in tokens) <= FLUSH:
        return None
    edges = {
        "right": _spread(t.x1 for t in tokens),
        "left": _spread(t.x0 for t in tokens),
        "centre": _spread(t.centre for t in tokens),
    }
    closest = min(edges, key=lambda name: edges[name])
    return closest if edges[closest] <= FLUSH else None


def _leaning(item: _Item) -> str | None:
    if item.heading is None:
        return None
    low, high = min(token.x0 for token in item.tokens), max(token.x1 for token in item.tokens)
    lean = (low + high - item.heading[0] - item.heading[1]) / 2
    return "right" if lean > LEAN else "left" if lean < -LEAN else "centre"


def _spread(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[-1] - ordered[0]


def _is_one(column: _Item) -> bool:
    """Whether a column of names has one heading, or letters of one set apart (项　目): two may head two columns."""
    if column.is_figures or len(column.headings) < 2:
        return True
    height = max((token.y1 - token.y0 for token in column.tokens), default=0.0)
    return all(x1 - x0 <= LETTER * height for x0, x1 in column.headings)


def _is_crowded(columns: Sequence[_Item], lines: Sequence[tuple[Token, ...]]) -> bool:
    """Whether a column prints an amount and something else side by side in a row."""
    for column in columns:
        for line in lines:
            inside = [token for token in line if column.x0 <= token.centre <= column.x1]
            if len(inside) > 1 and any(token.is_amount for token in inside):
                return True
    return False
