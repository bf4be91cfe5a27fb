"""The head of a table: how deep it is, and what each column is.

A column is either a label column (its heading has a role: code, name, unit, remark …) or a column of figures, whose
meaning is put together from the headings over it. What a phrase means is data (``vocabulary/columns.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.normalize.amounts import read_figure
from pipeline.normalize.model import Cell, Grid
from pipeline.normalize.phrases import plain, without_years
from pipeline.normalize.words import Meaning, vocabulary

DEEPEST = 8  # rows: a deeper head is none
MOSTLY = 0.6  # share of a column's printed cells that must be figures for it to be a column of figures
_CODE = re.compile(r"\d{3}(\d{2}){0,4}|\d{2}")
_SUBJECT_CODE = re.compile(r"[1235]\d{2}(\d{2}){0,2}")
_CODED_NAME = re.compile(r"[\[【(]?(\d{3,9})[\]】)]?\s*[-—_ ]*(\D.*)")
_OF_WHICH = re.compile(r"^其中[:：]?")
_SCHEMES_OF_CODES = frozenset({"subject", "economic", "government", "unit"})
_CODE_PARTS = ("类", "款", "项")
_SOFT_ROLES = frozenset({"label", "remark", "name", "project_name", "unit_name"})


@dataclass(frozen=True)
class Column:
    """What one grid column is: a label column with a ``role``, or figures with a ``meaning`` (role ``amount``).

    ``path`` are its printed headings from top to bottom; ``items`` those of them that name an item (“三公” tables);
    ``unknown`` the first heading that the vocabulary does not know.
    """

    number: int
    role: str
    path: tuple[str, ...]
    meaning: Meaning
    items: tuple[str, ...] = ()
    unknown: str | None = None

    @property
    def is_part(self) -> bool:
        """Whether its own heading says 其中: it is in its neighbour's figures already."""
        return bool(self.path) and _heading(self.path[-1])[2]

    @property
    def header(self) -> str:
        """The path as published."""
        return "/".join(self.path)


@dataclass(frozen=True)
class Head:
    """The head of a table: its last row, its columns, and the rows of column numbers below it."""

    last_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Calendar:
    """The document's own year and kind, which years in headings are read against."""

    fiscal_year: int | None
    is_final: bool


def code_and_name(text: str) -> tuple[str, str] | None:
    """A code and a name printed in one cell: ``[2013101]行政运行``, ``2013101-行政运行``; None when it is not both."""
    found = _CODED_NAME.fullmatch(plain(text))
    if not found:
        return None
    name_at = text.find(found[2][0]) if found[2] else -1
    printed = re.sub(r"^[\[【(（]?\s*[\d\s]+[\]】)）]?\s*[-—_]*\s*", "", text)
    return found[1], printed if name_at >= 0 else found[2]


def read_head(grid: Grid, preface: int, calendar: Calendar, *, items_over_columns: bool) -> Head:
    """The head of a table whose first ``preface`` rows belong to its heading."""
    top = preface + 1
    last = _last_header_row(grid, top)
    paths = [_path(grid, number, top, last) for number in range(1, grid.column_count + 1)]
    columns = []
    for number, path in enumerate(paths, start=1):
        label = _label_column(grid, number, path, last)
        told_apart = grid.method != "aligned"  # without rules two columns' headings may have run together
        columns.append(label or _amount_column(number, path, calendar, items_over_columns, told_apart))
    columns = list(map(_part_of_fund, columns, [None, *columns]))
    return Head(last, tuple(_of_this_year(column, columns) for column in columns))


def _part_of_fund(column: Column, left: Column | None) -> Column:
    """A 其中 column of one fund's money: it is in its neighbour's or parent's figures already, and never added to them.

    What 财政拨款 consists of is no such part: the funds that it sums are published beside it.
    """
    if column.role != "amount" or not column.is_part:
        return column
    own = (vocabulary().meaning_of(_heading(column.path[-1])[0]) or Meaning()).fund
    whole = left.meaning.fund if left and left.role == "amount" else None
    is_part = own and whole and whole not in ("fiscal_appropriation", own)
    return replace(column, meaning=replace(column.meaning, memo=True)) if is_part else column


def _of_this_year(column: Column, columns: Sequence[Column]) -> Column:
    """A column under 本年预算 is this year's where the carry-over stands beside that and a column adds both up."""
    own = [text for text in column.path if vocabulary().this_year.fullmatch(_heading(text)[0])]
    if column.role != "amount" or column.meaning.origin or not own:
        return column
    beside = [each for each in columns if each.role == "amount" and not each.is_part and own[0] not in each.path]
    carries = any(each.meaning.origin == "carryover" for each in beside)
    adds_up = any(each.meaning == Meaning() and not each.unknown for each in beside)
    return replace(column, meaning=replace(column.meaning, origin="current_year")) if carries and adds_up else column


def _last_header_row(grid: Grid, top: int) -> int:
    data = _first_data_row(grid, top)
    if grid.method == "aligned":  # nothing is merged where nothing is drawn: all above the figures is the head
        return _past_fillers(grid, max(data - 1, top))
    for last in range(top, min(data, top + DEEPEST)):
        if _is_complete(grid, top, last):
            return _past_fillers(grid, last)
    if data <= min(grid.row_count, top + DEEPEST):
        return _past_fillers(grid, max(data - 1, top))
    return _past_fillers(grid, _known_rows(grid, top))


def _first_data_row(grid: Grid, top: int) -> int:
    """First row with a figure or a code in it; one past the table when there is none."""
    for number in range(top, grid.row_count + 1):
        cells = [cell for cell in grid.row(number) if cell.text]
        if not is_filler_row(cells) and any(_is_data(cell.text) for cell in cells):
            return number
    return grid.row_count + 1


def _is_data(text: str) -> bool:
    phrase, _ = without_years(plain(text))
    figure = read_figure(phrase)
    if figure is not None and any(map(str.isdigit, phrase)):
        return True
    return bool(re.fullmatch(r"[\[【(]?\d{3,9}[\]】)]?[-—_]?\D.*", phrase))


def is_filler_row(cells: list[Cell]) -> bool:
    """A row of column numbers (1 2 3, 栏次): part of the head."""
    phrases = [plain(cell.text) for cell in cells]
    if any(vocabulary().fillers.fullmatch(phrase) for phrase in phrases):
        return True
    numbers = [int(phrase) for phrase in phrases if re.fullmatch(r"\d{1,2}", phrase)]
    ascending = len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return ascending and len(numbers) >= len(phrases) - 1


def _is_complete(grid: Grid, top: int, last: int) -> bool:
    """No cell runs on below ``last``, and each column has a heading of its own (or none at all)."""
    leaves: dict[int, Cell] = {}
    for cell in _cells(grid, top, last):
        if cell.last_row > last:
            return False
        for column in range(cell.column, cell.last_column + 1):
            if cell.text or column not in leaves:
                leaves[column] = cell
    split = [cell for cell in leaves.values() if cell.text and cell.columns > 1]
    return bool(leaves) and not any(_is_split_below(grid, cell, last) for cell in split)


def _is_split_below(grid: Grid, cell: Cell, last: int) -> bool:
    """Whether the row below parts a wide heading's columns."""
    below = grid.row(last + 1)
    inside = [c for c in below if cell.column <= c.column <= cell.last_column]
    return len(inside) > 1 and any(c.text for c in inside)


def _known_rows(grid: Grid, top: int) -> int:
    """In a table without figures: as many rows as hold only headings that the vocabulary knows."""
    last = top
    for number in range(top + 1, min(grid.row_count, top + DEEPEST) + 1):
        cells = [cell for cell in grid.row(number) if cell.text]
        if not cells or not all(_is_known(cell.text) for cell in cells) or len(cells) < 2:
            break
        last = number
    return last


def _is_known(text: str) -> bool:
    phrase = _heading(text)[0]
    words = vocabulary()
    return words.role_of(phrase) is not None or words.meaning_of(phrase) is not None


def _past_fillers(grid: Grid, last: int) -> int:
    while last < grid.row_count:
        cells = [cell for cell in grid.row(last + 1) if cell.text]
        if not cells or not is_filler_row(cells):
            break
        last += 1
    return last


def _cells(grid: Grid, top: int, last: int) -> Iterator[Cell]:
    for number in range(top, last + 1):
        yield from grid.row(number)


def _heading(text: str) -> tuple[str, tuple[int, ...], bool]:
    """A heading for comparison, its years, and whether it says 其中."""
    phrase = plain(text)
    shorter = _OF_WHICH.sub("", phrase).rstrip(":：")
    phrase_without, years = without_years(shorter)
    return phrase_without, years, shorter != phrase


def _path(grid: Grid, number: int, top: int, last: int) -> tuple[str, ...]:
    """A column's printed headings from top to bottom, less column numbers."""
    over = [c for c in _cells(grid, top, last) if c.text and c.column <= number <= c.last_column]
    kept = [c for c in over if not _is_column_number(c) and not re.fullmatch(r"\d{1,2}", plain(c.text))]
    return tuple(cell.text for cell in kept)


def _is_column_number(cell: Cell) -> bool:
    """Furniture of the row of column numbers (栏次, 甲); 行次 over a column of line numbers is its heading."""
    return is_filler_row([cell]) and vocabulary().role_of(plain(cell.text)) is None


def _label_column(grid: Grid, number: int, path: tuple[str, ...], last: int) -> Column | None:
    """The column as a label column; None when it holds figures."""
    role = _role(path, _parts_code(grid, last))
    figures = _share_of_figures(grid, number, last, path, but_codes=role in _SOFT_ROLES)
    if role and not (role in _SOFT_ROLES and figures is not None and figures > MOSTLY):
        return Column(number, role, path, _side_of(path))
    if figures is not None and figures < 1 - MOSTLY:
        unknown = path[-1] if path and role is None else None
        return Column(number, "label", path, _side_of(path), unknown=unknown)
    return None


def _parts_code(grid: Grid, last: int) -> bool:
    """Whether the head parts a code over columns of its own: 类 and 款, so that a 项 beside them is no count."""
    headings = {plain(cell.text) for cell in grid.cells if cell.row <= last}
    return headings.issuperset(_CODE_PARTS[:2])


def _role(path: tuple[str, ...], parts_code: bool) -> str | None:
    if not path:
        return None
    role = vocabulary().role_of(_heading(path[-1])[0])
    parents = [vocabulary().role_of(_heading(text)[0]) for text in path[:-1]]
    kinds = [parent.partition("_")[0] for parent in parents if parent]
    kind = next((kind for kind in reversed(kinds) if kind in _SCHEMES_OF_CODES), None)
    if role == "code_part":
        if kind and kind != "unit":
            return f"part:{kind}_code"
        return "part:code" if parts_code or "code" in kinds else None
    if role in ("code", "name") and kind:
        return f"{kind}_{role}"
    return role


def _side_of(path: tuple[str, ...]) -> Meaning:
    """The side that a label column's headings name, if any."""
    for text in path:
        side = side_named(text)
        if side:
            return Meaning(side=side)
    return Meaning()


def side_named(text: str) -> str | None:
    """The side that a heading names: 收入 or 支出, but not both (收支)."""
    phrase = _heading(text)[0]
    said = vocabulary().meaning_of(phrase)
    if said and said.side:
        return said.side
    named = {side for word, side in (("收入", "revenue"), ("支出", "expenditure")) if word in phrase}
    return named.pop() if len(named) == 1 else None


def _share_of_figures(grid: Grid, number: int, last: int, path: tuple[str, ...], *, but_codes: bool) -> float | None:
    """Share of a column's printed cells below the head that are figures; None when it prints nothing.

    Its own heading repeated on a further page is not counted. ``but_codes`` leaves out what reads as a subject code:
    codes may stand under a heading that names a label (项目).
    """
    below = [c for c in grid.cells if c.column == number and c.row > last and c.text and c.columns == 1]
    printed = [cell for cell in below if cell.text not in path]
    if not printed:
        return None
    figures = [c for c in printed if read_figure(c.text) is not None and not (but_codes and is_code(c.text))]
    return len(figures) / len(printed)


def is_code(text: str) -> bool:
    """Digits that read as a subject code: 3, 5 or 7 of them, beginning as codes do."""
    return bool(_SUBJECT_CODE.fullmatch(plain(text)))


def _amount_column(number: int, path: tuple[str, ...], calendar: Calendar, items: bool, told_apart: bool) -> Column:
    words = vocabulary()
    meaning = Meaning()
    named: list[str] = []
    unknown = None
    phrases = tuple(_heading(text)[0] for text in path)
    for place, text in enumerate(path):
        phrase, years, of_which = _heading(text)
        said = words.meaning_of(phrase, phrases[:place], may_be_two=told_apart) if phrase else Meaning()
        is_item = items and bool(words.items.fullmatch(phrase))
        is_group = items and not is_item and bool(words.item_groups.fullmatch(phrase))
        if is_item or is_group or (items and named and phrase in ("小计", "合计")):
            named.append(text)
        if said is None and is_group:
            said = _fund_within(phrase)
        if said is None and _names_a_label(phrase, is_lowest=place == len(path) - 1):
            said = Meaning()  # a label's heading over both label and figures, such as 功能分类
        if said is None and not is_item:
            # an unknown 其中 column is a part of its neighbour: outside the contract, but understood
            unknown = unknown or (None if of_which else text)
            said = Meaning(memo=of_which)
        said = said or Meaning()
        meaning = meaning.then(said).then(Meaning(period=_period(phrase, years, said, calendar)))
    return Column(number, "amount", path, meaning, _without_group(named), unknown)


def _names_a_label(phrase: str, *, is_lowest: bool) -> bool:
    """Whether a heading over figures is a label's; a remark's (其中：政府采购) right over them names a part."""
    role = vocabulary().role_of(phrase)
    return role is not None and not (is_lowest and role == "remark")


def _without_group(named: list[str]) -> tuple[str, ...]:
    """An item's headings; the “三公”经费 over it is left out unless it is what the 小计 below it sums."""
    words = vocabulary()
    groups = [text for text in named if words.item_groups.fullmatch(_heading(text)[0])]
    own = [text for text in named if text not in groups and _heading(text)[0] not in ("小计", "合计")]
    return tuple(text for text in named if text not in groups) if own else tuple(named)


def _fund_within(phrase: str) -> Meaning:
    """The fund that a group heading such as 一般公共预算拨款安排的三公经费预算 begins with."""
    for length in range(len(phrase), 3, -1):
        said = vocabulary().meaning_of(phrase[:length])
        if said and said.fund:
            return Meaning(fund=said.fund)
    return Meaning()


def _period(phrase: str, years: tuple[int, ...], said: Meaning, calendar: Calendar) -> str | None:
    """The period that a heading's year means, read against the document's own year."""
    if said.period in ("change", "change_percent"):
        return said.period
    if calendar.fiscal_year and len(years) == 1 and years[0] < calendar.fiscal_year:
        return "prior_execution" if re.search("执行|完成|决算|快报", phrase) else "prior_budget"
    if calendar.is_final and re.search("预算数", phrase):
        return "budget"
    return said.period
