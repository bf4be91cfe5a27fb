"""The shares that the text states, as the selectors see them: derived tables of its figures.

shares     three rows a share (``part``: percent, numerator, denominator), and ``sure`` where the parts of the list
           add up to the whole, so that the whole is known. Where shares rounded each by itself would not make up 100
           and one was moved by its last place so that they do, that one may be off by so much
lists      the whole (``is_whole``) and the parts of a list whose percentages add up to 100, and those of ``told``
sentence_lists  the same of the lists in one sentence (``told``)
named_shares  the same for a share whose sentence names the ``whole`` (占项目支出总额的…): a total of the tables
told_shares   the same where the text itself says what that whole is, in one amount of the chapter
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Lines, Record
from pipeline.validate.rows.spoken import decimal_of, is_amount, judges_well, sum_of
from pipeline.validate.rows.told import basic_lists, lists_in_sentences, told_lists
from pipeline.validate.rows.vocabulary import role_of, squeezed
from pipeline.validate.slips import slips_of

_NAMED_WHOLE = re.compile(r"占(?P<whole>.+?)的?(?:比重|比例|比)?$")
_WHOLES = {"project_total": "project", "project_cost": "project", "expenditure_whole": "expenditure"}
_THIS_PERIOD = ("budget", "final")
_HUNDRED = Decimal(100)
_MOVED = 3  # half places: its own half, and the whole one that it was moved by


def share_tables(figures: Sequence[Record], lines: Lines, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``figures`` are those of its text, ``lines`` the tables'."""
    runs = list(_runs(figures))
    return {
        "shares": [row for run in runs for row in _shares(run)],
        "lists": [
            *(row for run in runs if run.is_complete for row in run.rows()),
            *told_lists(figures, identities),
            *basic_lists(figures),
        ],
        "sentence_lists": list(lists_in_sentences(figures, identities)),
        "named_shares": list(_named_shares(figures, lines, identities)),
        "told_shares": list(_told_shares(figures, identities)),
    }


class _Run:
    """A list in the text: a whole, and parts each with its percentage."""

    def __init__(self, whole: Record, parts: Sequence[tuple[Record, Record]]) -> None:
        self.whole = whole
        self.parts = parts

    @property
    def is_complete(self) -> bool:
        """Whether the percentages of two parts or more add up to 100 within their places."""
        percents = [percent for _, percent in self.parts]
        return len(percents) > 1 and abs(sum_of(percents, "amount") - _HUNDRED) <= sum_of(percents, "half_unit")

    @property
    def adds_up(self) -> bool:
        """Whether the parts add up to the whole within their places."""
        parts = [part for part, _ in self.parts]
        slack = sum_of([self.whole, *parts], "half_unit")
        return len(parts) > 1 and abs(sum_of(parts, "amount") - decimal_of(self.whole, "amount")) <= slack

    @property
    def is_all(self) -> bool:
        """Whether one part is said to be all of the whole of its sentence, and is that but for a slip of the pen."""
        ((part, percent), *more) = self.parts
        one_sentence = part["sentence"] == self.whole["sentence"] and percent["amount"] == _HUNDRED
        return not more and one_sentence and decimal_of(self.whole, "amount") in slips_of(decimal_of(part, "amount"))

    def moved(self) -> list[Record]:
        """The percentages moved by one in their last place, so that what is printed makes up 100.

        Rounded each by itself they would not. None where the printed ones do not make up exactly 100, or one is off in
        another way.
        """
        whole = decimal_of(self.whole, "amount")
        percents = [percent for _, percent in self.parts]
        if not whole or not self.adds_up or sum_of(percents, "amount") != _HUNDRED:
            return []
        places = [decimal_of(percent, "half_unit") * 2 for percent in percents]
        rounded = [
            (decimal_of(part, "amount") * _HUNDRED / whole / place).to_integral_value(ROUND_HALF_UP) * place
            for (part, _), place in zip(self.parts, places, strict=True)
        ]
        off = [decimal_of(percent, "amount") - each for percent, each in zip(percents, rounded, strict=True)]
        one_way = {each > 0 for each in off if each}
        fair = len(one_way) == 1 and all(abs(each) in (0, place) for each, place in zip(off, places, strict=True))
        return [percent for percent, each in zip(percents, off, strict=True) if each] if fair else []

    def rows(self) -> Iterator[Record]:
        """The whole and its parts under one ``list_no``."""
        for row in (self.whole, *(part for part, _ in self.parts)):
            yield {**row, "list_no": self.whole["figure_no"], "is_whole": row is self.whole}


def _runs(figures: Sequence[Record]) -> Iterator[_Run]:
    """Parts that follow one another, each with its share, and the amount before them in the same section; where it
    opens with them, one that the chapter has said before and that they add up to."""
    chapters: dict[object, list[Record]] = defaultdict(list)
    for _, section in groupby(figures, key=lambda row: row["section"]):
        rows = list(section)
        earlier = chapters[tuple(str(rows[0]["section"]).split("/")[:2])]
        end: Record = {"kind": "", "subject": None}
        before: list[Record] = []
        parts: list[tuple[Record, Record]] = []
        for row, following in pairwise([*rows, end]):
            if not is_amount(row):
                continue
            if _is_share_of(following, row):
                parts.append((row, following))
                continue
            yield from _run(before, parts, earlier)
            before, parts = [*before, *(part for part, _ in parts), row], []
        yield from _run(before, parts, earlier)
        earlier += [row for row in rows if is_amount(row)]


def _run(before: Sequence[Record], parts: Sequence[tuple[Record, Record]], earlier: Sequence[Record]) -> Iterator[_Run]:
    """The whole is the amount right before the first part, or one said before that which the parts add up to."""
    runs = [_Run(whole, tuple(parts)) for whole in reversed(before or earlier)] if parts else []
    yield from [run for run in runs if run.adds_up][:1] or (runs[:1] if before else [])


def _is_share_of(percent: Record, part: Record) -> bool:
    """A share without a named whole (…占比), of the amount right before it."""
    return percent["kind"] == "percent" and percent["subject"] == f"{part['subject']}占比"


def _shares(run: _Run) -> Iterator[Record]:
    moved = [percent["figure_no"] for percent in run.moved()]
    for part, percent in run.parts:
        if not run.adds_up and decimal_of(part, "amount") > decimal_of(run.whole, "amount"):
            continue  # what is less than the part was not the whole of it
        slack = decimal_of(percent, "half_unit") * (_MOVED if percent["figure_no"] in moved else 1)
        stated = {**percent, "half_unit": slack}
        for name, row in (("percent", stated), ("numerator", part), ("denominator", run.whole)):
            yield {**row, "share": percent["figure_no"], "part": name, "sure": run.adds_up or run.is_all}


def _named_shares(figures: Sequence[Record], lines: Lines, identities: Identities) -> Iterator[Record]:
    """The amount right before the share over the total that it names; of such totals the one that fits."""
    totals = {
        "project": [line for line in lines.of_kind("expenditure_summary", "projects") if _is_project_total(line)],
        "expenditure": [line for line in lines.of_kind("budget_summary") if _is_expenditure_total(line)],
    }
    for part, percent in pairwise(figures):
        named = _NAMED_WHOLE.search(squeezed(percent["subject"]))
        if percent["kind"] != "percent" or named is None or not is_amount(part):
            continue
        whole = _WHOLES.get(str(role_of(named["whole"], identities.phrases)))
        if whole is None or not totals[whole]:
            continue
        fitting = next((line for line in totals[whole] if judges_well(percent, part, line)), None)
        if fitting is None and any(judges_well(percent, part, each) for each in _near(part, figures)):
            continue  # the words call something else by that name
        for name, row in (("percent", percent), ("numerator", part), ("denominator", fitting or totals[whole][0])):
            yield {**row, "share": percent["figure_no"], "part": name, "whole": whole}


def _told_shares(figures: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The amount right before the share over the one that its section, or else its chapter, says of the whole."""
    last: Record | None = None
    for row in figures:
        last = row if is_amount(row) else last
        named = _NAMED_WHOLE.search(squeezed(row["subject"])) if row["kind"] == "percent" else None
        if last is None or named is None or last["sentence"] != row["sentence"]:
            continue
        if str(role_of(named["whole"], identities.phrases)) in _WHOLES:
            continue  # see named_shares
        called = [each for each in _near(last, figures) if _is_called(each, named["whole"])]
        wholes = [each for each in called if each["section"] == row["section"]] or called
        if len({each["amount"] for each in wholes}) != 1:
            continue
        fits = judges_well(row, last, wholes[0])
        if fits or not any(judges_well(row, last, each) for each in _near(last, figures)):
            for name, part in (("percent", row), ("numerator", last), ("denominator", wholes[0])):
                yield {**part, "share": row["figure_no"], "part": name}


def _is_called(row: Record, whole: str) -> bool:
    """Whether an amount is said of what a share names, maybe with the department's name before it."""
    return squeezed(row["subject"]).endswith(whole) and decimal_of(row, "amount") > 0


def _near(part: Record, figures: Sequence[Record]) -> Iterator[Record]:
    """The other amounts of the chapter."""
    chapter = str(part["section"]).split("/")[:2]
    for row in figures:
        if is_amount(row) and row["amount"] != part["amount"] and str(row["section"]).split("/")[:2] == chapter:
            yield row


def _is_project_total(line: Record) -> bool:
    """The project expenditure of the whole table, or the total of this year's project table."""
    if not line["top"] or line["period"] not in _THIS_PERIOD or line["fund_whole"] or line["origin_whole"]:
        return False
    of_summary = line["table_id"] == "expenditure_summary" and line["expenditure_type"] == "project"
    return of_summary or (line["table_id"] == "projects" and bool(line["dims_top"]))


def _is_expenditure_total(line: Record) -> bool:
    """The department's expenditure, without or with what is carried over."""
    is_total = line["side"] == "expenditure" and line["role"] in ("current_total", "grand_total")
    return is_total and bool(line["dims_top"] and line["nonzero"]) and line["period"] in _THIS_PERIOD
