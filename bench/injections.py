"""Errors as disclosures have them, put one at a time into what extraction read of a document.

Each kind changes the text of cells or lines (or takes a row out, or prints it twice) where the untouched document
shows such a thing, at a random place. Nothing here knows how errors are found; ``injected`` measures that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from random import Random

Row = dict[str, object]
Place = tuple[int, int, int]
"""Number of the table, of the row and of the column."""

_YEAR = re.compile(r"20\d\d(?=年)")
_MONEY = re.compile(r"(?<![\d.,])\d[\d,]*\.\d+(?=万元|亿元|元)")
_AMOUNT = re.compile(r"(?<![\d.,])[\d,]*[1-9][\d,]*(?:\.\d+)?(?:万元|元)(?!/)")
_PERCENT = re.compile(r"(?<![\d.,])\d+\.\d+(?=[%％])")
_CHANGE = re.compile(r"(?:增加|减少|增长|下降)(?=了?\d[\d.,]*(?:万元|元|[%％]))")
_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_PLAIN = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_ELSEWHERE = "市档案馆筹建处"  # an office that no document here is about


@dataclass(frozen=True)
class Extracted:
    """What extraction read of one document, and what normalization made of it while it was untouched."""

    cells: Sequence[Row]
    lines: Sequence[Row]
    tables: Sequence[Row]
    published: Mapping[str, Sequence[Row]]

    @cached_property
    def at(self) -> Mapping[Place, Row]:
        """The cells by place."""
        return {place_of(cell): cell for cell in self.cells}

    @property
    def document_id(self) -> str:
        """The document's name."""
        return str(self.published["documents"][0]["document_id"])

    @cached_property
    def figures(self) -> Sequence[Row]:
        """The figures of the tidy tables that are the whole text of a cell."""
        lines = [row for row in self.published["budget_lines"] if row["amount"] is not None]
        return [row for row in lines if _PLAIN.fullmatch(str(self.at[place_of(row)]["text"]))]

    @cached_property
    def by_place(self) -> Mapping[Place, Row]:
        """Those figures by the place of their cell."""
        return {place_of(row): row for row in self.figures}

    @cached_property
    def by_table(self) -> Mapping[int, Sequence[Row]]:
        """Those figures by table."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self.figures:
            found[_int(row["table_no"])].append(row)
        return found

    def columns_of(self, table_no: int) -> list[int]:
        """The columns of a table that hold figures."""
        return sorted({_int(row["column_no"]) for row in self.by_table[table_no]})

    @cached_property
    def tables_by_kind(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the tables of one kind."""
        found: dict[str, list[int]] = defaultdict(list)
        for row in self.published["source_tables"]:
            found[str(row["table_id"])].append(_int(row["table_no"]))
        return found


@dataclass(frozen=True)
class Injection:
    """One error: the new texts of cells and lines (by place, by number), or the row that is taken out or printed twice.

    ``printed`` and ``original`` are what now stands in the place of what; ``places`` the cells that are wrong now, and
    ``pages`` where to look; ``words`` what a finding about it should say, where no cell of a figure is wrong.
    """

    kind: str
    pages: tuple[int, ...]
    original: str
    printed: str
    places: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()
    cells: Mapping[Place, str] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    lost: tuple[int, int] | None = None
    doubled: tuple[int, int] | None = None


Maker = Callable[[Extracted, Random], Injection | None]


def place_of(row: Row) -> Place:
    """Where a cell, or the figure in it, stands."""
    return _int(row["table_no"]), _int(row["row_no"]), _int(row["column_no"])


def _int(value: object) -> int:
    return int(str(value))


def _page(row: Row) -> int:
    return _int(row["page"])


# --- one figure ------------------------------------------------------------------------------------------------------


def _figure(document: Extracted, chosen: Random, fits: Callable[[Row], bool] = lambda _: True) -> Row | None:
    """A figure at random, every table as likely as any other."""
    by_table = [fitting for rows in document.by_table.values() if (fitting := [row for row in rows if fits(row)])]
    return chosen.choice(chosen.choice(by_table)) if by_table else None


def _text(document: Extracted, row: Row) -> str:
    return str(document.at[place_of(row)]["text"])


def _one(kind: str, document: Extracted, row: Row, new: str) -> Injection | None:
    old, place = _text(document, row), place_of(row)
    if new == old:
        return None
    return Injection(kind, (_page(row),), old, new, (place,), cells={place: new})


def with_digit(text: str, chosen: Random) -> str:
    """The text with one of its digits another."""
    at = chosen.choice([place for place, letter in enumerate(text) if letter.isdigit()])
    return f"{text[:at]}{chosen.choice([each for each in '0123456789' if each != text[at]])}{text[at + 1 :]}"


def _digit(document: Extracted, chosen: Random) -> Injection | None:
    row = _figure(document, chosen)
    return None if row is None else _one("digit", document, row, with_digit(_text(document, row), chosen))


def _transposed(document: Extracted, chosen: Random) -> Injection | None:
    row = _figure(document, chosen, lambda each: len({*_text(document, each)} - {".", ",", "-"}) > 1)
    if row is None:
        return None
    text = _text(document, row)
    at = [place for place, letter in enumerate(text) if letter.isdigit()]
    pairs = [(one, other) for one, other in pairwise(at) if text[one] != text[other]]
    one, other = chosen.choice(pairs)
    letters = list(text)
    letters[one], letters[other] = letters[other], letters[one]
    return _one("transposed", document, row, "".join(letters))


def _sign(document: Extracted, chosen: Random) -> Injection | None:
    row = _figure(document, chosen, lambda each: _text(document, each).startswith("-"))
    return None if row is None else _one("sign lost", document, row, _text(document, row).removeprefix("-"))


def _shift(document: Extracted, chosen: Random) -> Injection | None:
    row = _figure(document, chosen, lambda each: "." in _text(document, each) and bool(each["amount"]))
    if row is None:
        return None
    text = _text(document, row).replace(",", "")
    places = len(text.partition(".")[2])
    value = Decimal(text) * 10 if chosen.random() < 0.5 else Decimal(text) / 10
    return _one("shifted by ten", document, row, f"{value:.{places}f}")


def _above(document: Extracted, chosen: Random) -> Injection | None:
    def above(row: Row) -> Row | None:
        table, number, column = place_of(row)
        return document.by_place.get((table, number - 1, column))

    row = _figure(document, chosen, lambda each: (over := above(each)) is not None and over["amount"] != each["amount"])
    over = row and above(row)
    return _one("row above's", document, row, _text(document, over)) if row and over else None


def _last_year(document: Extracted, chosen: Random) -> Injection | None:
    """A total that was not brought up to date: some way off, at the same precision."""
    row = _figure(document, chosen, lambda each: each["subject_level"] == "total" and bool(each["amount"]))
    if row is None:
        return None
    text = _text(document, row).replace(",", "")
    factor = Decimal(chosen.randint(70, 130)) / 100 + Decimal(chosen.randint(1, 99)) / 10_000
    return _one("last year's total", document, row, f"{Decimal(text) * factor:.{len(text.partition('.')[2])}f}")


def _neighbour(document: Extracted, chosen: Random) -> Injection | None:
    """A figure in the next column, which was blank or prints what belongs here."""
    row = _figure(document, chosen)
    if row is None:
        return None
    table, number, column = place_of(row)
    columns = document.columns_of(table)
    beside = [columns[at] for at in (columns.index(column) - 1, columns.index(column) + 1) if 0 <= at < len(columns)]
    places = [(table, number, each) for each in beside if (table, number, each) in document.at]
    text = _text(document, row)
    usable = [place for place in places if document.at[place]["text"] != text and _is_movable(document, place)]
    if not usable:
        return None
    other, here = chosen.choice(usable), (table, number, column)
    there = str(document.at[other]["text"])
    new = {here: there, other: text}
    return Injection("neighbouring column", (_page(row),), text, there or "(blank)", (here, other), cells=new)


def _is_movable(document: Extracted, place: Place) -> bool:
    cell = document.at[place]
    return (not cell["text"] or place in document.by_place) and cell["row_span"] == cell["column_span"] == 1


# --- rows ------------------------------------------------------------------------------------------------------------


def _rows(document: Extracted, *, total: bool = False) -> dict[tuple[int, int], list[Row]]:
    """The rows with figures of which every cell stands in that row alone."""
    spans = {place_of(cell)[:2] for cell in document.cells if _int(cell["row_span"]) > 1}
    covered = {(table, row + more) for table, row in spans for more in range(60)}  # what a long cell may reach
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for figure in document.figures:
        if (total or figure["subject_level"] != "total") and figure["item"]:
            found[place_of(figure)[:2]].append(figure)
    free = {key: rows for key, rows in found.items() if key not in covered}
    return free or found


def _row(document: Extracted, chosen: Random) -> tuple[tuple[int, int], list[Row]] | None:
    by_table: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = _rows(document)
    for key in rows:
        by_table[key[0]].append(key)
    if not by_table:
        return None
    key = chosen.choice(chosen.choice(list(by_table.values())))
    return key, rows[key]


def _swapped_figures(document: Extracted, chosen: Random) -> Injection | None:
    picked = _row(document, chosen)
    if picked is None:
        return None
    (table, number), figures = picked
    new: dict[Place, str] = {}
    under = [each for each in document.figures if place_of(each)[:2] == (table, number + 1)]
    for column in dict.fromkeys(place_of(each)[2] for each in (*figures, *under)):
        here, below = (table, number, column), (table, number + 1, column)
        if here in document.at and below in document.at and document.at[below]["text"] != document.at[here]["text"]:
            if not _is_movable(document, below):
                return None
            new |= {here: str(document.at[below]["text"]), below: str(document.at[here]["text"])}
    if not new or (table, number + 1) not in _rows(document):
        return None
    page = _page(figures[0])
    return Injection("two rows' figures", (page,), f"r{number}", f"r{number + 1}", tuple(new), cells=new)


def _code(row: Row) -> str:
    return str(row["subject_code"] or row["economic_code"] or "")


def _name(row: Row) -> str:
    return str(row["subject_name"] or row["economic_name"] or row["project_name"] or row["item"] or "")


def _label_swap(kind: str, said: Callable[[Row], str]) -> Maker:
    def swap(document: Extracted, chosen: Random) -> Injection | None:
        picked = _row(document, chosen)
        if picked is None:
            return None
        (table, number), figures = picked
        below = [row for row in document.figures if place_of(row)[:2] == (table, number + 1)]
        if not below or not said(figures[0]) or said(figures[0]) == said(below[0]):
            return None
        one = _cells_with(document, table, number, said(figures[0]))
        other = _cells_with(document, table, number + 1, said(below[0]))
        if len(one) != 1 or len(other) != 1:
            return None
        texts = str(document.at[one[0]]["text"]), str(document.at[other[0]]["text"])
        places = tuple(place_of(row) for row in (*figures, *below))
        new = {one[0]: texts[1], other[0]: texts[0]}
        return Injection(kind, (_page(figures[0]),), texts[0], texts[1], places, texts, new)

    return swap


def _cells_with(document: Extracted, table: int, number: int, text: str) -> list[Place]:
    def bare(said: object) -> str:
        return re.sub(r"\s", "", str(said))

    cells = [cell for cell in document.cells if place_of(cell)[:2] == (table, number)]
    return [place_of(cell) for cell in cells if bare(cell["text"]) == bare(text)]


def _lost(document: Extracted, chosen: Random) -> Injection | None:
    picked = _row(document, chosen)
    if picked is None:
        return None
    (table, number), figures = picked
    label = _code(figures[0]) or _name(figures[0])
    words = (label, "缺一行", "缺了一行")
    return Injection("missing row", (_page(figures[0]),), label, "(lost)", words=words, lost=(table, number))


def _doubled(document: Extracted, chosen: Random) -> Injection | None:
    picked = _row(document, chosen)
    if picked is None:
        return None
    (table, number), figures = picked
    label = _code(figures[0]) or _name(figures[0])
    places = tuple((table, row, place_of(each)[2]) for row in (number, number + 1) for each in figures)
    return Injection("doubled row", (_page(figures[0]),), label, "twice", places, (label,), doubled=(table, number))


def _wrong_code(document: Extracted, chosen: Random) -> Injection | None:
    picked = _row(document, chosen)
    if picked is None:
        return None
    (table, number), figures = picked
    code = _code(figures[0])
    cells = [] if not code else _cells_with(document, table, number, code)
    if len(cells) != 1:
        return None
    new = with_digit(code, chosen)
    places = tuple(place_of(each) for each in figures)
    return Injection("code's digit", (_page(figures[0]),), code, new, places, (new, code), {cells[0]: new})


# --- sheets ----------------------------------------------------------------------------------------------------------


def _sheet_cells(document: Extracted) -> list[Row]:
    tables = {*document.tables_by_kind["project_performance"], *document.tables_by_kind["department_performance"]}
    return [cell for cell in document.cells if cell["table_no"] in tables]


def _sheet_money(document: Extracted, chosen: Random) -> Injection | None:
    """The total of the year on a project's sheet."""
    totals = {
        text
        for row in document.published["projects"]
        if (amount := row["annual_total_amount"]) is not None and amount
        for text in _spellings(Decimal(str(amount)))
    }
    goals = {cell for row in document.published["performance_targets"] for cell in _cell_ids(row)}  # ≥90 is no money
    cells = [
        cell
        for cell in _sheet_cells(document)
        if str(cell["text"]).replace(",", "") in totals
        and f"{document.document_id}/t{cell['table_no']}/r{cell['row_no']}/c{cell['column_no']}" not in goals
    ]
    return _cell_digit("sheet's total", cells, chosen)


def _cell_ids(row: Row) -> Sequence[str]:
    cells = row["cell_ids"]
    return cells if isinstance(cells, list) else ()


def _spellings(amount: Decimal) -> Iterator[str]:
    for value in (amount, amount / 10_000):
        plain = f"{value.normalize():f}"
        yield from (plain, f"{value:.2f}")


def _indicator(document: Extracted, chosen: Random) -> Injection | None:
    texts = {str(row["target_printed"]) for row in document.published["performance_targets"]}
    cells = [cell for cell in _sheet_cells(document) if cell["text"] in texts and re.search(r"\d", str(cell["text"]))]
    return _cell_digit("indicator's digit", cells, chosen)


def _cell_digit(kind: str, cells: Sequence[Row], chosen: Random) -> Injection | None:
    if not cells:
        return None
    cell = chosen.choice(cells)
    old, place = str(cell["text"]), place_of(cell)
    new = with_digit(old, chosen)
    return Injection(kind, (_page(cell),), old, new, (place,), (new,), {place: new})


# --- text ------------------------------------------------------------------------------------------------------------


def _in_line(
    kind: str, pattern: re.Pattern[str], change: Callable[[str, Random], str], lines: Iterable[Row], chosen: Random
) -> Injection | None:
    found = [(line, match) for line in lines for match in pattern.finditer(str(line["text"]))]
    if not found:
        return None
    line, match = chosen.choice(found)
    text, new = str(line["text"]), change(match[0], chosen)
    changed = f"{text[: match.start()]}{new}{text[match.end() :]}"
    return Injection(kind, (_page(line),), match[0], new, (), (new,), lines={_int(line["line_no"]): changed})


def _prose(document: Extracted) -> list[Row]:
    """The lines of the pages from which figures of the text were taken."""
    pages = {row["page"] for row in document.published["narrative_figures"]}
    return [line for line in document.lines if line["page"] in pages and line["role"] == "body"]


def _text_figure(document: Extracted, chosen: Random) -> Injection | None:
    return _in_line("figure in the text", _MONEY, with_digit, _prose(document), chosen)


def _text_unit(document: Extracted, chosen: Random) -> Injection | None:
    return _in_line("unit in the text", _AMOUNT, lambda said, _: _other_unit(said), _prose(document), chosen)


def _other_unit(unit: str) -> str:
    """元 for 万元, 万元 for 元."""
    return unit.replace("万", "") if "万" in unit else unit.replace("元", "万元")


def _text_percent(document: Extracted, chosen: Random) -> Injection | None:
    return _in_line("percentage in the text", _PERCENT, with_digit, _prose(document), chosen)


def _direction(document: Extracted, chosen: Random) -> Injection | None:
    return _in_line("rise for fall", _CHANGE, lambda word, _: _OPPOSITE[word], _prose(document), chosen)


def _earlier(year: str, _: Random) -> str:
    return str(int(year) - 1)


def _own_year(document: Extracted) -> re.Pattern[str]:
    return re.compile(rf"{document.published['documents'][0]['fiscal_year']}(?=年)")


def _title_year(document: Extracted, chosen: Random) -> Injection | None:
    titles = {re.sub(r"\s", "", str(row["printed_title"])) for row in document.published["source_tables"]}
    pages = {row["first_page"] for row in document.published["source_tables"]}
    lines = [
        line for line in document.lines if line["page"] in pages and re.sub(r"\s", "", str(line["text"])) in titles
    ]
    return _in_line("year of a title", _own_year(document), _earlier, lines, chosen)


def _text_year(document: Extracted, chosen: Random) -> Injection | None:
    return _in_line("year in the text", _own_year(document), _earlier, _prose(document), chosen)


def _unit(document: Extracted, chosen: Random) -> Injection | None:
    # of a table of noughts no unit is wrong
    noughts = {each for each, rows in document.by_table.items() if not any(row["amount"] for row in rows)}
    tables = document.published["source_tables"]
    silent = {row["first_page"] for row in tables if row["state"] != "data" or row["table_no"] in noughts}
    pages = {row["first_page"] for row in tables} - silent
    lines = [line for line in document.lines if line["page"] in pages and len(str(line["text"])) < 60]
    pattern = re.compile(r"(?<=单位[:：])\s*(?:人民币)?(?:万元|元)|(?<=[(（])(?:万元|元)(?=[)）])")
    return _in_line(
        "unit of a table",
        pattern,
        lambda unit, _: _other_unit(unit),
        lines,
        chosen,
    )


def _department(document: Extracted, chosen: Random) -> Injection | None:
    named = [row for row in document.published["statements"] if row["kind"] == "publisher" and row["table_no"]]
    texts = {(row["page"], str(row["text"])) for row in named}
    found = [
        (line, name)
        for line in document.lines
        for page, name in texts
        if line["page"] == page and len(name) > 3 and name in str(line["text"])
    ]
    if not found:
        return None
    line, name = chosen.choice(found)
    changed = str(line["text"]).replace(name, _ELSEWHERE)
    return Injection(
        "department of a table",
        (_page(line),),
        name,
        _ELSEWHERE,
        (),
        (_ELSEWHERE,),
        lines={_int(line["line_no"]): changed},
    )


KINDS: Mapping[str, Maker] = {
    "digit": _digit,
    "transposed": _transposed,
    "sign lost": _sign,
    "shifted by ten": _shift,
    "neighbouring column": _neighbour,
    "row above's": _above,
    "last year's total": _last_year,
    "two rows' figures": _swapped_figures,
    "two rows' codes": _label_swap("two rows' codes", _code),
    "two rows' names": _label_swap("two rows' names", _name),
    "missing row": _lost,
    "doubled row": _doubled,
    "code's digit": _wrong_code,
    "sheet's total": _sheet_money,
    "indicator's digit": _indicator,
    "figure in the text": _text_figure,
    "unit in the text": _text_unit,
    "percentage in the text": _text_percent,
    "rise for fall": _direction,
    "year of a title": _title_year,
    "year in the text": _text_year,
    "unit of a table": _unit,
    "department of a table": _department,
}


def injections(document: Extracted, kind: str, wanted: int, seed: int) -> Iterator[Injection]:
    """So many different errors of a kind, the same for one seed; fewer where the document has no place for more."""
    chosen = Random(f"{kind} {seed}")
    seen: set[object] = set()
    for _ in range(wanted * 20):
        injection = KINDS[kind](document, chosen)
        if injection is None:
            continue
        name = (tuple(injection.cells.items()), tuple(injection.lines.items()), injection.lost, injection.doubled)
        if name not in seen:
            seen.add(name)
            yield injection
        if len(seen) == wanted:
            return
