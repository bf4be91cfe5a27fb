"""Arithmetic in a project's own words, as the selectors see it: derived tables of ``projects`` and its targets.

unit_costs       a sheet's one quantity and its cost a unit: ``contradicts`` where the money lies outside the bound that
                 the two set (452 个 × 400 元; ≥1,500 人 × 1,000 元 is a lower bound)
stated_money     sheets whose description says what the project costs: ``contradicts`` where no sum that it states is
                 the sheet's
cost_parts       targets of cost in money: ``contradicts`` where one alone exceeds the sheet's money
named_levels     sheets whose name says central or provincial money: ``contradicts`` where that line has none
category_splits  so many projects of a kind for so much money, in the text: ``contradicts`` where no choice among the
                 rows of the project table meets it
project_counts   the text's number and money of all projects (``is_whole``) and of each kind
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.schema import MONEY_UNITS
from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record, Tables
from pipeline.validate.rows.vocabulary import squeezed

_DESCRIBED = ("overview", "plan", "basis", "necessity")
_MONTHS = 12
_LOWER, _UPPER = ("=", "≥", ">"), ("=", "≤", "<")
_MOST_PROJECTS = 80
_NEXT_TO = Decimal("0.05")


def description_tables(tables: Tables, identities: Identities) -> dict[str, Sequence[Record]]:
    """Those that its sheets alone tell; ``tables`` hold the derived tables of ``sheets`` too."""
    words = identities.descriptions
    sheets = [row for row in tables["sheets"] if row["annual_total_amount"] is not None] if words else []
    targets: dict[object, list[Record]] = defaultdict(list)
    for target in tables.get("performance_targets", ()):
        if target["term"] == "annual" and target["value"] is not None:
            targets[target["project_id"]].append(target)
    return {
        "unit_costs": [row for sheet in sheets for row in _unit_costs(sheet, targets[sheet["project_id"]], words)],
        "stated_money": [row for sheet in sheets for row in _stated(sheet, words)],
        "cost_parts": [row for sheet in sheets for row in _parts(sheet, targets[sheet["project_id"]], words)],
        "named_levels": [row for sheet in sheets for row in _levels(sheet, words)],
    }


def category_tables(tables: Tables) -> dict[str, Sequence[Record]]:
    """Those of the kinds of projects in the text; ``tables`` hold the derived ones of ``sheets`` and ``texts`` too."""
    return {
        "category_splits": list(_splits(tables)),
        "project_counts": list(_counts_by_kind(tables.get("text", ()))),
    }


Words = Mapping[str, re.Pattern[str]]


def _money(sheet: Record) -> Decimal:
    return Decimal(str(sheet["annual_total_amount"]))


def _found(sheet: Record, contradicts: bool, note_zh: str, note_en: str, target: Record | None = None) -> Record:
    cells = target["cell_ids"] if target else sheet["cell_ids"]
    page = target["page"] if target else sheet["page"]
    told = {"note_zh": note_zh, "note_en": note_en, "contradicts": contradicts}
    return {**sheet, **told, "cell_ids": cells, "page": page, "target_no": target["target_no"] if target else None}


# --- quantity × unit cost --------------------------------------------------------------------------------------------


def _unit_costs(sheet: Record, targets: Sequence[Record], words: Words) -> Iterator[Record]:
    """Where the sheet has one target of cost and one of quantity: with more, none of them need be the whole."""
    costs = [row for row in targets if _is(row, "of_cost", words)]
    quantities = [row for row in targets if _is(row, "of_quantity", words)]
    if len(costs) != 1 or len(quantities) != 1:
        return
    noun = _per(costs[0], words)
    if noun and _counts(quantities[0], noun):
        yield _product(sheet, quantities[0], costs[0], words)


def _is(target: Record, kind: str, words: Words) -> bool:
    """Whether a target is of a kind by its second level."""
    return words[kind].fullmatch(str(target["level2"] or "")) is not None


def _per(target: Record, words: Words) -> str | None:
    """What a cost is a cost of, one by one: 人 for 元/人, 人均…, 每人…; None for any other target."""
    if not str(target["unit"] or "").startswith(tuple(MONEY_UNITS)):
        return None
    found = words["per_unit"].search(squeezed(target["unit"])) or words["per_unit"].search(
        squeezed(target["indicator"])
    )
    return next((noun for noun in found.groups() if noun), "人") if found else None


def _counts(target: Record, noun: str) -> bool:
    """Whether a target counts what the cost is a cost of: by its unit, or by its name (村数量, 424 个)."""
    unit = str(target["unit"] or "")
    return "%" not in unit and (unit == noun or (unit in ("个", "家") and noun in str(target["indicator"])))


def _product(sheet: Record, quantity: Record, cost: Record, words: Words) -> Record:
    unit = next(unit for unit in sorted(MONEY_UNITS, key=len, reverse=True) if str(cost["unit"]).startswith(unit))
    monthly = words["monthly"].search(f"{squeezed(cost['unit'])}{squeezed(cost['indicator'])}") is not None
    times = _MONTHS if monthly else 1
    product = Decimal(str(quantity["value"])) * Decimal(str(cost["value"])) * MONEY_UNITS[unit] * times
    operators = {str(quantity["operator"] or "="), str(cost["operator"] or "=")}
    too_little = operators <= set(_LOWER) and _money(sheet) < product
    too_much = operators <= set(_UPPER) and _money(sheet) > product
    months_zh, months_en = (f" × {times} 个月", f" × {times} months") if monthly else ("", "")
    said = f"{squeezed(quantity['target_printed'])} × {squeezed(cost['target_printed'])}"
    note_zh = f"指标为 {said}{months_zh} = {product.normalize():,f} 元，年度资金为 {_money(sheet):,.2f} 元"
    note_en = (
        f"the targets say {said}{months_en} = {product.normalize():,f} yuan; the money is {_money(sheet):,.2f} yuan"
    )
    both = [*_cells(quantity), *_cells(cost)]
    estimated = words["estimate"].search(_described(sheet)) is not None
    return {
        **_found(sheet, too_little or too_much, note_zh, note_en, {**cost, "cell_ids": both}),
        "is_estimate": estimated,
        "is_rounded": estimated and (too_little or too_much) and _is_round_for(_money(sheet), product),
    }


def _is_round_for(money: Decimal, product: Decimal) -> bool:
    """Whether an amount is another one in a round number, and next to it: 60,000 for 59,200."""
    place = Decimal(1).scaleb(int(money.normalize().as_tuple().exponent))
    return abs(money - product) <= min(place / 2, product * _NEXT_TO)


def _cells(row: Record) -> list[str]:
    return list(row["cell_ids"]) if isinstance(row["cell_ids"], list) else []


# --- what the description says ---------------------------------------------------------------------------------------


def _described(sheet: Record) -> str:
    return squeezed("。".join(str(sheet.get(name) or "") for name in _DESCRIBED))


def _stated(sheet: Record, words: Words) -> Iterator[Record]:
    found = [(each[0], _amount(each["number"], each["unit"])) for each in words["stated"].finditer(_described(sheet))]
    if not found:
        return
    accepted = {_money(sheet), *(Decimal(str(sheet[name])) for name in _AMOUNTS if sheet.get(name) is not None)}
    phrases = "、".join(phrase for phrase, _ in found[:3])
    agrees = any(amount in accepted for _, amount in found) or sum(amount for _, amount in found) in accepted
    note_zh = f"说明写的是“{phrases}”，年度资金为 {_money(sheet):,.2f} 元"
    note_en = f"the description says “{phrases}”; the money is {_money(sheet):,.2f} yuan"
    yield _found(sheet, not agrees, note_zh, note_en)


_AMOUNTS = ("term_total_amount", "annual_central_amount", "annual_provincial_amount", "annual_local_amount", "amount")


def _amount(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * MONEY_UNITS[unit if unit.endswith("元") else f"{unit}元"]


def _parts(sheet: Record, targets: Sequence[Record], words: Words) -> Iterator[Record]:
    """Targets of cost in money; what is printed as a bound from above binds nothing here."""
    for target in targets:
        unit = str(target["unit"] or "")
        if unit not in MONEY_UNITS or _per(target, words) or not _is(target, "of_cost", words):
            continue
        cost = Decimal(str(target["value"])) * MONEY_UNITS[unit]
        exceeds = str(target["operator"] or "=") in _LOWER and cost > max(_money(sheet), _term_money(sheet))
        note_zh = f"“{target['indicator']}”为 {squeezed(target['target_printed'])}，资金总额为 {_money(sheet):,.2f} 元"
        note_en = (
            f"“{target['indicator']}” is {squeezed(target['target_printed'])}; the money is {_money(sheet):,.2f} yuan"
        )
        yield _found(sheet, exceeds, note_zh, note_en, target)


def _term_money(sheet: Record) -> Decimal:
    return Decimal(str(sheet["term_total_amount"] or 0))


def _levels(sheet: Record, words: Words) -> Iterator[Record]:
    """The level of government that the project's name says pays; a name that says two says nothing."""
    name = squeezed(sheet["project_name"])
    named = [level for level in ("central", "provincial") if words[level].search(name)]
    if len(named) != 1 or sheet.get(f"annual_{named[0]}_amount") is None:
        return
    paid = Decimal(str(sheet[f"annual_{named[0]}_amount"]))
    zh, en = {"central": ("中央", "central"), "provincial": ("省级", "provincial")}[named[0]]
    note_zh, note_en = f"{zh}财政资金一行为 {paid:,.2f} 元", f"the line of {en} money has {paid:,.2f} yuan"
    yield _found(sheet, paid == 0, note_zh, note_en)


# --- kinds of projects in the text -----------------------------------------------------------------------------------


def _splits(tables: Tables) -> Iterator[Record]:
    rows = [row for row in tables.get("project_rows", ()) if row["origin"] != "carryover"]
    units = {row["half_unit"] for row in rows}
    if not 0 < len(rows) <= _MOST_PROJECTS or len(units) != 1:
        return
    step = Decimal(str(units.pop())) * 2
    amounts = [int(Decimal(str(row["amount"])) / step) for row in rows]
    text = tables.get("text", ())
    for count, money in pairwise(text):
        if count.get("role") == "project_class" and count["kind"] == "count" and money["is_money"]:
            number, wanted = int(Decimal(str(count["value"]))), int(Decimal(str(money["value"])) / step)
            slack = (number + 1) // 2
            zh = f"{number}个项目、{money['value_printed']}{money['unit']}"
            note = {"note_zh": zh, "note_en": f"{number} projects, {money['value_printed']} {money['unit']}"}
            yield {**count, **note, "contradicts": not _can_choose(amounts, number, wanted, slack)}


def _counts_by_kind(text: Sequence[Record]) -> Iterator[Record]:
    """The number and money of all projects and, right after them, of the kinds; one ``list_no`` a whole."""
    list_no = None
    end: Record = {"is_money": False}
    for figure, following in pairwise([*text, end]):
        is_whole = figure["role"] == "goal_projects" and figure["kind"] == "count"
        if is_whole:
            list_no = figure["figure_no"]
        if list_no is not None and (is_whole or (figure["role"] == "project_class" and figure["kind"] == "count")):
            yield {**figure, "list_no": list_no, "is_whole": is_whole}
            if following["is_money"] and following["kind"] == "amount":
                yield {**following, "list_no": list_no, "is_whole": is_whole}


def _can_choose(amounts: Iterable[int], number: int, wanted: int, slack: int) -> bool:
    """Whether ``number`` of the amounts can add up to ``wanted``, give or take ``slack``; sums are bits of a number."""
    sums = [1, *([0] * number)]
    for amount in amounts:
        for count in range(number, 0, -1):
            sums[count] |= sums[count - 1] << amount
    low = max(0, wanted - slack)
    return bool(sums[number] >> low & ((1 << (wanted + slack - low + 1)) - 1))
