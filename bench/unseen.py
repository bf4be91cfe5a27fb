"""Which errors nothing else in the document speaks against: ``injected`` prints their share beside what was found.

This knows numbers and labels, and no check. Of every figure it asks what a patient reader with a calculator could hold
it to: is the amount printed once more, in any table or line, in yuan or in ten thousand? is it a sum of figures that
stand together in its column or its row, or a part of one? does its row say the same amount under the same label
elsewhere? Of the text: do the amounts of the sentences around give the percentage, the rate of a change, the sum of a
list? Does another place say the same words with another year? Of a target: does another sheet ask the same of that
indicator, does its own sheet print the number again, can it be at all? An error after which all of that still is as
true as before, within the last printed places, is *silent*: who has only this document cannot know. It is an estimate:
numbers may agree by chance, and what this reader does not think of it calls silent. So ``injected`` also counts what
was found though it seemed silent.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from bench.injections import Extracted, Injection, Place, Row, place_of

_NUMBER = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?(?![\d.])")
_RATE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=[%％])")
_WORDS = re.compile(r"增加|增长|减少|下降|增幅|降幅|减幅")
_TOTAL = re.compile("[合总小]计")
_MANY = Decimal(10_000)
_MOST_CELLS = 9  # figures of a row that are added up in every way
_AHEAD = 6  # lines around a line of text
_PHRASE = re.compile(r"年[^\d，。；：:,;（）()]{3,8}")  # letters behind a year that make it a phrase
_CLAUSE_END = re.compile(r"[，。；：;]|,(?!\d)")
_DATE = re.compile(r"年\d{1,2}月(?:\d{1,2}日)?")
_CALENDAR = re.compile(r"(?<![\d.])(\d{1,2})月(?:(\d{1,2})日|[底初末份])")
_COUNTED = re.compile(r"(?<![\d.])\d{2,}(?![%％年月日天.])[^\d\s，。；、（）()]")
_LONG_NAME = 6  # letters of an indicator that is its own
_SHEETS = 3  # that bear such a name
_SOME = 3  # digits that make a number worth looking for


@dataclass(frozen=True)
class Amount:
    """A printed number, and half of its last place."""

    value: Decimal
    half: Decimal

    def may_be(self, other: Amount) -> bool:
        """Whether the two may stand for one amount."""
        return abs(self.value - other.value) <= max(self.half, other.half)


def amount_of(text: object) -> Amount | None:
    """The number that is the whole text; None for any other text."""
    plain = str(text).strip().replace(",", "")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
        return None
    return Amount(Decimal(plain), Decimal(1).scaleb(-len(plain.partition(".")[2])) / 2)


class Reader:
    """One untouched document, as the patient reader sees it."""

    def __init__(self, document: Extracted) -> None:
        self._document = document

    def sees(self, injection: Injection) -> bool | None:
        """Whether something else in the document speaks against the error; None for kinds that are not looked at."""
        if injection.kind in _OF_TEXT:
            return any(self._sees_in_text(injection, number, text) for number, text in injection.lines.items())
        if injection.kind == "indicator's digit":
            return self._indicator(injection)
        if injection.kind not in _OF_TABLES:
            return None
        if row := injection.lost or injection.doubled:
            return self._sees_row(row, lost=injection.lost is not None)
        return any(
            self._speaks_against(place, injection.cells) for place in injection.cells if place in self._document.at
        )

    # --- tables ------------------------------------------------------------------------------------------------------

    @cached_property
    def _amounts(self) -> Mapping[Place, Amount]:
        figures = {place: amount_of(cell["text"]) for place, cell in self._document.at.items()}
        return {place: amount for place, amount in figures.items() if amount is not None}

    @cached_property
    def _printed(self) -> Mapping[Decimal, int]:
        """How often each amount is printed, in any table or line."""
        of_cells = (amount.value for amount in self._amounts.values())
        of_lines = (
            Decimal(found.replace(",", ""))
            for line in self._document.lines
            for found in _NUMBER.findall(str(line["text"]))
        )
        return Counter(abs(value) for value in (*of_cells, *of_lines))

    def _is_printed_again(self, amount: Amount) -> bool:
        """Whether another place prints it; a number of two digits is too common to say so."""
        value = abs(amount.value)
        if value < amount.half * 2 * 10 ** (_SOME - 1):
            return False
        times = self._printed
        return times[value] > 1 or any(times[other] for other in (value * _MANY, value / _MANY))

    @cached_property
    def _labels(self) -> Mapping[tuple[int, int], str]:
        """What each row with figures is: its code, else its name; its unit, where its columns are the items."""
        items: dict[tuple[object, ...], set[object]] = defaultdict(set)
        for row in self._document.figures:
            items[*place_of(row)[:2], row["side"]].add(row["item"])
        spread = {key[:2] for key, each in items.items() if len(each) > 1}
        return {place_of(row)[:2]: _label(row, place_of(row)[:2] in spread) for row in self._document.figures}

    @cached_property
    def _told(self) -> Mapping[tuple[str, Decimal], set[int]]:
        """The tables that print an amount under a label."""
        told: dict[tuple[str, Decimal], set[int]] = defaultdict(set)
        for (table, row, _), amount in self._amounts.items():
            if (table, row) in self._labels:
                told[_bare(self._labels[table, row]), amount.value].add(table)
        return told

    def _speaks_against(self, place: Place, changed: Mapping[Place, str]) -> bool:
        old, new = self._amounts.get(place), amount_of(changed[place])
        table, row, _ = place
        label = self._labels.get((table, row))
        if old is None:
            return new is not None and self._breaks(place, changed)
        elsewhere = self._told[_bare(label), old.value] - {table} if label and old.value else set()
        if not old.value and self._is_of_nothing(place):
            return True
        moved = len(changed) > 1  # what only changed places is still printed as often as before
        return bool(elsewhere) or (not moved and self._is_printed_again(old)) or self._breaks(place, changed)

    def _is_of_nothing(self, place: Place) -> bool:
        """Whether its column has a total, or its row other figures, and nothing but noughts."""
        column = [each for each in self._amounts if (each[0], each[2]) == (place[0], place[2])]
        row = [each for each in self._amounts if each[:2] == place[:2] and each in self._document.by_place]
        has_total = any(_TOTAL.search(self._labels.get(each[:2], "")) for each in column)
        lists = [column if has_total else [], row if len(row) > 1 else []]
        return any(each and not any(self._amounts[place].value for place in each) for each in lists)

    def _breaks(self, place: Place, changed: Mapping[Place, str]) -> bool:
        """Whether a sum that holds holds no more."""
        after = {**self._amounts, **{where: _or_zero(text) for where, text in changed.items()}}
        return any(not _holds(total, parts, after) for total, parts in self._sums_with(place))

    def _sums_with(self, place: Place) -> Iterator[tuple[Place, Sequence[Place]]]:
        table, row, column = place
        for total, parts in (*self._column_sums(table, column), *self._row_sums(table, row)):
            if place == total or place in parts:
                yield total, parts

    def _column_sums(self, table: int, column: int) -> Sequence[tuple[Place, Sequence[Place]]]:
        key = (table, column)
        if key not in self._sums:
            places = sorted(place for place in self._amounts if (place[0], place[2]) == key)
            self._sums[key] = list(self._found(places))
        return self._sums[key]

    @cached_property
    def _sums(self) -> dict[tuple[int, int], Sequence[tuple[Place, Sequence[Place]]]]:
        return {}

    def _found(self, places: Sequence[Place]) -> Iterator[tuple[Place, Sequence[Place]]]:
        """Figures that those of one level right below them, or above them, add up to."""
        levels: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            levels[len(self._level(place))].append(place)
        for total in places:
            for run in (places, *levels.values()):
                below = [place for place in run if place > total]
                above = [place for place in reversed(run) if place < total]
                for side in (below, above):
                    if parts := self._run(total, side):
                        yield total, parts

    def _level(self, place: Place) -> str:
        label = self._labels.get(place[:2], "")
        return label if label.isdigit() else ""

    def _run(self, total: Place, side: Sequence[Place]) -> Sequence[Place]:
        """The first so many that add up to it."""
        wanted, slack, value = self._amounts[total].value, self._amounts[total].half, Decimal(0)
        for count, place in enumerate(side if wanted else (), start=1):
            value, slack = value + self._amounts[place].value, slack + self._amounts[place].half
            if abs(value - wanted) <= slack and self._amounts[place].value:
                return side[:count]
            if 0 < wanted < value - slack and self._amounts[place].value > 0:
                return ()  # what is taken off again further on is not sought
        return ()

    def _row_sums(self, table: int, row: int) -> Iterator[tuple[Place, Sequence[Place]]]:
        places = [place for place in self._amounts if place[:2] == (table, row) and place in self._document.by_place]
        filled = [place for place in places if self._amounts[place].value][:_MOST_CELLS]
        for total in filled:
            others = [place for place in filled if place != total]
            for size in range(1, len(others) + 1):
                yield from (
                    (total, parts) for parts in combinations(others, size) if _holds(total, parts, self._amounts)
                )

    def _sees_row(self, row: tuple[int, int], *, lost: bool) -> bool:
        """A row too few or too many: its figures are parts of sums, or its label shows it."""
        figures = [place for place in self._amounts if place[:2] == row and place in self._document.by_place]
        places = [place for place in figures if self._amounts[place].value]  # a code is no amount
        as_part = any(place in parts for place in places for _, parts in self._column_sums(row[0], place[2]))
        if as_part:
            return True
        own = self._labels.get(row, "")
        labels = [label for (table, _), label in self._labels.items() if table == row[0]]
        if not lost:
            return labels.count(own) == 1 and len(labels) == len(set(labels))  # no other stands there twice
        is_total = any(place == total for place in places for total, _ in self._column_sums(row[0], place[2]))
        below = own.isdigit() and any(label != own and label.startswith(own) for label in labels)
        return below or (is_total and self._is_usual(own, row[0]))

    def _is_usual(self, label: str, table: int) -> bool:
        """Whether another table has a row of that label."""
        return any(_bare(each) == _bare(label) and where[0] != table for where, each in self._labels.items())

    @cached_property
    def _totals(self) -> Sequence[Amount]:
        """What the tables print as totals, each amount once."""
        totals = (row for row in self._document.figures if row["subject_level"] == "total" or _is_total(row))
        found = {(amount := self._amounts.get(place_of(row))) and amount.value: amount for row in totals}
        return [amount for amount in found.values() if amount is not None and amount.value]

    # --- text --------------------------------------------------------------------------------------------------------

    def _sees_in_text(self, injection: Injection, number: int, text: str) -> bool:
        at = next(place for place, line in enumerate(self._document.lines) if line["line_no"] == number)
        near = [str(line["text"]) for line in self._document.lines[max(0, at - _AHEAD) : at + _AHEAD + 1]]
        before, after = "".join(near), "".join(near).replace(str(self._document.lines[at]["text"]), text)
        return _OF_TEXT[injection.kind](self, injection, before, after)

    def _figure(self, injection: Injection, before: str, after: str) -> bool:
        old, new = amount_of(injection.original), amount_of(injection.printed)
        if old is None or new is None:
            return True
        if abs(old.value - new.value) <= 2 * old.half:
            return False  # one in the last place is rounding
        if self._is_printed_again(old):
            return True
        return _added_up(old, new, _amounts_in(before)) or _rated(old, new, before)

    def _percent(self, injection: Injection, before: str, _: str) -> bool:
        old, new, said = amount_of(injection.original), amount_of(injection.printed), _amounts_in(before)
        pairs = (*combinations(said, 2), *((part, whole) for part in said for whole in self._totals))
        if old is None or new is None:
            return False
        return any(_is_rate(old, *pair) and not _is_rate(new, *pair) for pair in pairs)

    def _direction(self, injection: Injection, before: str, after: str) -> bool:
        """Unless nothing changed: the change is told again, has a rate or a reason, or is a part of one."""
        at = next((place for place in range(len(before)) if before[place] != after[place : place + 1]), 0)
        found = _NUMBER.search(before, at)
        change = amount_of(found[0]) if found else None
        if found is None or change is None or not change.value:
            return False
        behind = before[found.end() : found.end() + 12]
        if _WORDS.search(behind) and amount_of(_first(_RATE, behind) or "1") != Amount(Decimal(0), Decimal("0.5")):
            return True
        rate = _first(_RATE, before[at : at + 12])
        backwards = bool(rate and _WORDS.search(before[max(0, at - 16) : at]))
        told = rf"(?:{_WORDS.pattern})了?{re.escape(found[0])}万元"
        again = len(re.findall(told, "".join(str(line["text"]) for line in self._document.lines))) > 1
        return backwards or again or self._is_printed_again(change) or _added_up(change, None, _amounts_in(before))

    def _year(self, injection: Injection, before: str, after: str) -> bool:
        """The words around the year, up to a comma, or some right behind it stand elsewhere too, it opens its
        sentence or line, or its clause has an amount that is printed again.

        A day is as good in another year; and so is what this year is compared with.
        """
        at = next((place for place in range(len(before)) if before[place] != after[place : place + 1]), 0)
        start = before.rfind(injection.original, 0, at + len(injection.original))
        end = start + len(injection.original)
        if before[start - 1 : start] in tuple("比较与同"):
            return False
        whole = "".join(str(line["text"]) for line in self._document.lines)
        if date := _DATE.match(before, end):
            return whole.count(f"{injection.original}{date[0]}") > 1
        clause = _CLAUSE_END.split(before[:start])[-1] + injection.original + _CLAUSE_END.split(before[end:])[0]
        phrase = _PHRASE.match(before, end)
        said = (clause, f"{injection.original}{phrase[0]}" if phrase else clause)
        again = any(self._is_printed_again(each) for each in _amounts_in(clause))
        opens = any(str(line["text"]).startswith(before[start : end + _AHEAD]) for line in self._document.lines)
        opens = opens or not re.search("[一-鿿]{3}", re.split("[。；]", before[:start])[-1])  # what else is it of?
        return again or opens or any(len(each) > len("2026年预算") and whole.count(each) > 1 for each in said)

    # --- targets -----------------------------------------------------------------------------------------------------

    def _indicator(self, injection: Injection) -> bool:
        """Every other sheet that has the indicator asks what this one did; its own sheet says the number of things
        again; or what stands there now cannot be: a day that no month has, more than all."""
        ((table, row, column),) = injection.places
        cell = f"{self._document.document_id}/t{table}/r{row}/c{column}"
        targets = self._document.published["performance_targets"]
        names = {_bare(str(each["indicator"])) for each in targets if cell in _cells_of(each)}
        others = [
            str(each["target_printed"])
            for each in targets
            if cell not in _cells_of(each) and _bare(str(each["indicator"])) in names
        ]
        own = all(len(name) >= _LONG_NAME for name in names) and 0 < len(others) <= _SHEETS
        if own and set(others) == {injection.original}:
            return True
        counted = _COUNTED.search(injection.original)
        sheet = [str(each["text"]) for each in self._document.cells if each["table_no"] == table]
        if counted and sum(counted[0] in text for text in sheet) > 1:
            return True
        return _is_no_date(injection.printed) or any(_is_more_than_all(name, injection) for name in names)


_OF_TABLES = (
    "digit", "transposed", "sign lost", "shifted by ten", "row above's", "last year's total", "neighbouring column",
    "two rows' figures", "missing row", "doubled row", "sheet's total",
)  # fmt: skip
_OF_TEXT = {
    "figure in the text": Reader._figure,
    "percentage in the text": Reader._percent,
    "rise for fall": Reader._direction,
    "year in the text": Reader._year,
}


def _cells_of(row: Row) -> Sequence[str]:
    cells = row["cell_ids"]
    return cells if isinstance(cells, list) else ()


def _is_no_date(text: str) -> bool:
    dates = _CALENDAR.findall(text)
    return any(not 0 < int(month) <= 12 or int(day or 1) not in range(1, 32) for month, day in dates)


def _is_more_than_all(name: str, injection: Injection) -> bool:
    """Of a rate that is a part of a whole."""
    numbers = [re.search(r"\d+(?:\.\d+)?", text) for text in (injection.original, injection.printed)]
    is_part = re.search("(?:满意|合格|及时|到位|达标|通过|准确|覆盖|知晓|出勤|完好)[率度]$", name) is not None
    values = [Decimal(found[0]) for found in numbers if found]
    return is_part and len(values) > 1 and values[0] <= 100 < values[1]


def _label(row: Row, is_spread: bool) -> str:
    named = row["unit_name"] if is_spread else row["item"]
    return str(row["subject_code"] or row["economic_code"] or named or "")


def _is_total(row: Row) -> bool:
    return _TOTAL.search(str(row["item"])) is not None


def _bare(label: str) -> str:
    return re.sub(r"^[\W\d一二三四五六七八九十]*[、.．)）]|\s", "", label)


def _or_zero(text: str) -> Amount:
    return amount_of(text) or Amount(Decimal(0), Decimal(0))


def _holds(total: Place, parts: Sequence[Place], amounts: Mapping[Place, Amount]) -> bool:
    slack = sum((amounts[place].half for place in (total, *parts)), Decimal(0))
    return abs(amounts[total].value - sum(amounts[place].value for place in parts)) <= slack


def _amounts_in(text: str) -> list[Amount]:
    """The amounts of money of a text, in order."""
    return [
        amount
        for match in re.finditer(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?=万元|亿元|元)", text)
        if (amount := amount_of(match[1])) is not None
    ]


def _added_up(old: Amount, new: Amount | None, amounts: Sequence[Amount]) -> bool:
    """Whether amounts that follow one another add up to one before them, and the figure is among all these."""
    for start, total in enumerate(amounts):
        value, slack = Decimal(0), total.half
        for end in range(start + 1, len(amounts)):
            value, slack = value + amounts[end].value, slack + amounts[end].half
            among = any(each.value == old.value for each in amounts[start : end + 1])
            if end > start + 1 and total.value and abs(value - total.value) <= slack and among:
                return new is None or abs(new.value - old.value) > slack
    return False


def _rated(old: Amount, new: Amount, text: str) -> bool:
    """Whether a rate beside the figure tells it from the wrong one."""
    rates = [amount for found in _RATE.findall(text) if (amount := amount_of(found)) is not None]
    others = [each for each in _amounts_in(text) if each.value != old.value]
    return any(
        _is_rate(rate, old, other) and not _is_rate(rate, new, other) and rate.value not in (0, 100)
        for rate in rates
        for other in others
    )


def _is_rate(rate: Amount, one: Amount, other: Amount) -> bool:
    """Whether a percentage is the one of two amounts: a part of a whole, or a change of this year's figure."""
    for part, whole in ((one, other), (other, one)):
        for base in (whole.value, whole.value - part.value, whole.value + part.value):
            if base and part.value and whole.value:
                value = abs(part.value / base) * 100
                left_open = part.half / abs(part.value) + whole.half / abs(whole.value)
                slack = value * abs(whole.value / base) * left_open
                if abs(value - rate.value) <= rate.half + slack + Decimal("0.001"):
                    return True
    return False


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0] if found else None
