"""The text as the selectors see it: derived tables of ``narrative_figures``.

text       every figure: ``role`` (what ``phrases`` of identities.yaml say of its subject), ``amount`` (yuan for money,
           signed for changes) and ``half_unit`` from its printed places; ``one`` counts them
links      two rows a ``figure_no`` (``is_text`` or not): an amount of the text and the table's figure that it speaks
           of. ``near``: told by its neighbours, whose figures stand in the same table, and not by being equal
shares     three rows a share (``part``: percent, numerator, denominator), and ``sure`` where the parts of the list
           add up to the whole, so that the whole is known
lists      the whole (``is_whole``) and the parts of a list whose percentages add up to 100
named_shares  the same for a share whose sentence names the whole (占项目支出总额的…): a total of the tables
rates      three rows a rate of change: the rate, the change, and last year's figure as this year's less the change
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from pipeline.validate.identities import Identities
from pipeline.validate.intervals import Figure, judge_ratio
from pipeline.validate.rows.model import Record, Tables
from pipeline.validate.rows.printed import UNITS, half_of
from pipeline.validate.rows.vocabulary import role_of, squeezed

_NAMES = ("label", "subject_name", "economic_name", "project_name")
_SHORTEST = 3  # a name of the table that a subject ends in says nothing when it is shorter
_NAMED_WHOLE = re.compile(r"占(?P<whole>.+?)的?(?:比重|比例|比)?$")
_PROJECT_TOTALS = ("project_total", "project_cost")
_HUNDRED = Decimal(100)


def text_tables(tables: Tables, identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document."""
    figures = [_figure(row, identities) for row in tables.get("narrative_figures", ())]
    runs = list(_runs(figures))
    return {
        "text": figures,
        "links": list(_links(figures, tables.get("budget_lines", ()))),
        "shares": [row for run in runs for row in _shares(run)],
        "lists": [row for run in runs if run.is_complete for row in run.rows()],
        "rates": list(_rates(figures)),
        "named_shares": list(_named_shares(figures, tables.get("budget_lines", ()), identities)),
    }


def _figure(row: Record, identities: Identities) -> Record:
    sign = -1 if row["direction"] == "decrease" else 1
    printed, unit = str(row["value_printed"]), row["unit"]
    is_number = printed.replace(",", "").replace("，", "").replace(".", "").lstrip("-－").isdigit()
    return {
        **row,
        "role": role_of(row["subject"], identities.phrases),
        "amount": sign * Decimal(str(row["value"])),
        "half_unit": half_of(printed, unit) if is_number and row["kind"] != "count" else Decimal(0),
        "amount_printed": printed,
        "item": row["subject"],
        "table_title": row["section"],
        "unit": unit or "",
        "is_money": unit in UNITS,
        "cell_ids": [row["restates_cell_id"]] if row["restates_cell_id"] else [],
        "figure_key": f"text:{row['figure_no']}",
        "one": Decimal(1),
    }


def _is_amount(row: Record) -> bool:
    return row["kind"] == "amount" and bool(row["is_money"])


# --- shares and lists ------------------------------------------------------------------------------------------------


class _Run:
    """A list in the text: a whole, and parts each with its percentage."""

    def __init__(self, whole: Record, parts: Sequence[tuple[Record, Record]]) -> None:
        self.whole = whole
        self.parts = parts

    @property
    def is_complete(self) -> bool:
        """Whether the percentages of two parts or more add up to 100 within their places."""
        percents = [percent for _, percent in self.parts]
        return len(percents) > 1 and abs(_sum(percents, "amount") - _HUNDRED) <= _sum(percents, "half_unit")

    @property
    def adds_up(self) -> bool:
        """Whether the parts add up to the whole within their places."""
        parts = [part for part, _ in self.parts]
        slack = _sum([self.whole, *parts], "half_unit")
        return len(parts) > 1 and abs(_sum(parts, "amount") - _decimal(self.whole, "amount")) <= slack

    def rows(self) -> Iterator[Record]:
        """The whole and its parts under one ``list_no``."""
        for row in (self.whole, *(part for part, _ in self.parts)):
            yield {**row, "list_no": self.whole["figure_no"], "is_whole": row is self.whole}


def _runs(figures: Sequence[Record]) -> Iterator[_Run]:
    """Parts that follow one another, each with its share, and the amount before them in the same section."""
    for _, section in groupby(figures, key=lambda row: row["section"]):
        rows = list(section)
        end: Record = {"kind": "", "subject": None}
        whole: Record | None = None
        before: Record | None = None
        parts: list[tuple[Record, Record]] = []
        for row, following in pairwise([*rows, end]):
            if not _is_amount(row):
                continue
            if _is_share_of(following, row):
                whole = whole if parts else before
                parts.append((row, following))
            elif parts:
                yield from _run(whole, parts)
                whole, parts = None, []
            before = row
        yield from _run(whole, parts)


def _run(whole: Record | None, parts: list[tuple[Record, Record]]) -> Iterator[_Run]:
    if whole is not None and parts:
        yield _Run(whole, tuple(parts))


def _is_share_of(percent: Record, part: Record) -> bool:
    """A share without a named whole (…占比), of the amount right before it."""
    return percent["kind"] == "percent" and percent["subject"] == f"{part['subject']}占比"


def _shares(run: _Run) -> Iterator[Record]:
    for part, percent in run.parts:
        for name, row in (("percent", percent), ("numerator", part), ("denominator", run.whole)):
            yield {**row, "share": percent["figure_no"], "part": name, "sure": run.adds_up}


def _named_shares(figures: Sequence[Record], lines: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The amount right before the share over the total that it names; of two such totals the one that fits."""
    totals = [line for line in lines if _is_project_total(line)]
    for part, percent in pairwise(figures):
        named = _NAMED_WHOLE.search(squeezed(percent["subject"]))
        is_share = percent["kind"] == "percent" and named is not None and _is_amount(part)
        if (
            not is_share
            or role_of(named["whole"] if named else "", identities.phrases) not in _PROJECT_TOTALS
            or not totals
        ):
            continue
        fitting = (line for line in totals if _judges_well(percent, part, line))
        for name, row in (("percent", percent), ("numerator", part), ("denominator", next(fitting, totals[0]))):
            yield {**row, "share": percent["figure_no"], "part": name}


def _is_project_total(line: Record) -> bool:
    """The project expenditure of the whole table, or the total of this year's project table."""
    if not line["top"] or line["period"] not in ("budget", "final") or line["fund_whole"] or line["origin_whole"]:
        return False
    of_summary = line["table_id"] == "expenditure_summary" and line["expenditure_type"] == "project"
    return of_summary or (line["table_id"] == "projects" and bool(line["dims_top"]))


def _judges_well(percent: Record, part: Record, whole: Record) -> bool:
    judged = judge_ratio(*(_as_figure(row) for row in (percent, part, whole)))
    return judged is not None and judged.outcome != "fails"


# --- changes and rates -----------------------------------------------------------------------------------------------


def _rates(figures: Sequence[Record]) -> Iterator[Record]:
    for change, rate in pairwise(figures):
        if _are_pair(change, rate):
            bases = _bases(change, figures)
            base = next((base for base in bases if _fits(base, change, rate)), next(iter(bases), None))
            if base is not None:
                previous = _previous(base, change)
                for name, row in (("percent", rate), ("numerator", change), ("denominator", previous)):
                    yield {**row, "rate": rate["figure_no"], "part": name}


def _are_pair(change: Record, rate: Record) -> bool:
    same = change["sentence"] == rate["sentence"] and change["subject"] == rate["subject"]
    money = change["kind"] == "change" and bool(change["is_money"])
    return same and money and rate["kind"] == "change" and rate["unit"] in ("%", "％")


def _bases(change: Record, figures: Sequence[Record]) -> list[Record]:
    """What the change may be a change of: the amounts said of its subject, then the others of its sentence.

    An amount of another sentence only when that sentence says no other: of a list, which one is meant is not certain.
    """
    before = [row for row in figures if int(str(row["figure_no"])) < int(str(change["figure_no"])) and _is_amount(row)]
    near = [row for row in reversed(before) if row["section"] == change["section"]]
    said = Counter(row["sentence"] for row in near)
    own = [row for row in near if row["subject"] == change["subject"]]
    own = [row for row in own if row["sentence"] == change["sentence"] or said[row["sentence"]] == 1]
    return [*own, *(row for row in near if row["sentence"] == change["sentence"])] if own else []


def _previous(base: Record, change: Record) -> Record:
    half = _decimal(base, "half_unit") + _decimal(change, "half_unit")
    return {**base, "amount": _decimal(base, "amount") - _decimal(change, "amount"), "half_unit": half}


def _fits(base: Record, change: Record, rate: Record) -> bool:
    return _judges_well(rate, change, _previous(base, change))


def _as_figure(row: Record) -> Figure:
    return Figure(_decimal(row, "amount"), _decimal(row, "half_unit"), ())


# --- the table's figure that the text speaks of ----------------------------------------------------------------------


def _links(figures: Sequence[Record], lines: Sequence[Record]) -> Iterator[Record]:
    by_cell = {row["cell_id"]: row for row in lines}
    by_table: dict[object, list[Record]] = defaultdict(list)
    for row in lines:
        by_table[row["table_no"]].append(row)
    for _, sentence in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        said = [row for row in sentence if _is_amount(row)]
        restated = [by_cell[row["restates_cell_id"]] for row in said if row["restates_cell_id"] in by_cell]
        for row in said:
            cell = row["restates_cell_id"]
            found = by_cell[cell] if cell in by_cell else _neighbour(row, restated, by_table)
            if found is not None:
                yield {**row, "is_text": True, "near": cell is None, "cell_ids": []}
                yield {**found, "is_text": False, "near": cell is None, "figure_no": row["figure_no"]}


def _neighbour(row: Record, restated: Sequence[Record], by_table: Mapping[object, Sequence[Record]]) -> Record | None:
    """The one figure of the neighbours' table and column that bears the subject's name; None when there is not one."""
    tables = list(dict.fromkeys((line["table_no"], line["column_no"]) for line in restated))
    if len(tables) != 1 or not row["subject"] or not row["amount"]:
        return None
    (table_no, column_no), subject = tables[0], squeezed(row["subject"])
    lines = [line for line in by_table[table_no] if line["column_no"] == column_no and line["amount"] is not None]
    named = [line for line in lines if any(_bears(subject, squeezed(line.get(name))) for name in _NAMES)]
    return named[0] if len({line["amount"] for line in named}) == 1 else None


def _bears(subject: str, name: str) -> bool:
    return name == subject or (len(name) > _SHORTEST and subject.endswith(name))


def _sum(rows: Sequence[Record], column: str) -> Decimal:
    return sum((_decimal(row, column) for row in rows), Decimal(0))


def _decimal(row: Record, column: str) -> Decimal:
    return Decimal(str(row[column] or 0))
