"""A form that holds one project: labels, the values beside or under them, the money of each term."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import label_key, squeeze
from pipeline.normalize.sheets.layout import Layout, key
from pipeline.normalize.sheets.money import amount, unit_in
from pipeline.normalize.sheets.plan_model import Plan
from pipeline.normalize.sheets.records import Funds, ProjectSheet
from pipeline.normalize.sheets.words import sheet_words

_YEARS = re.compile(r"^(\d{1,3})年$")
_GOALS = ("term_goal", "annual_goal", "overall_goal", "goal")  # those that name their term first
_SPAN = re.compile(r"^(\d{4})[-—~至](\d{4})年?$")


@dataclass(frozen=True)
class FormReading:
    """A form's record (None for an empty template) and where its cells ended."""

    sheet: ProjectSheet | None
    facts: tuple[Cell, ...]
    labels: tuple[Cell, ...]


@dataclass(frozen=True)
class _Funds:
    term: Funds
    annual: Funds
    unit: str | None
    facts: tuple[Cell, ...]
    labels: tuple[Cell, ...]


def read_form(layout: Layout, plan: Plan | None) -> FormReading:
    """The form over its indicators. Amounts without a unit on the form stay unread (their cells take no role)."""
    cells = _head(layout, plan)
    values = _fields(layout, cells)
    goals = _goals(layout, cells)
    funds = _money(layout, cells)
    labels = (*(cell for cell in cells if is_label(cell)), *funds.labels)
    named = values.get("project_name")
    if named is None or not named.text:
        return FormReading(None, (), labels)
    facts = (*(cell for cell in (*values.values(), *goals.values()) if cell.text), *funds.facts)
    sheet = _sheet(layout, {name: cell.text for name, cell in values.items() if cell.text}, goals, funds)
    return FormReading(replace(sheet, cell_ids=tuple(cell.cell_id for cell in facts)), facts, labels)


def _head(layout: Layout, plan: Plan | None) -> list[Cell]:
    """The cells outside the indicator rows: those over the first heading and those under the last row of targets."""
    cells = [cell for cell in layout.grid.cells if cell.text]
    if plan is None or not plan.halves:
        return cells
    first = min(plan.header_rows, default=1)
    return [cell for cell in cells if cell.row < first or _field(cell) in ("filed_at", "people")]


def _field(cell: Cell) -> str | None:
    words = sheet_words()
    return "people" if key(cell) in words.people else words.fields.get(key(cell))


def is_label(cell: Cell) -> bool:
    """Whether a cell holds a label of the vocabulary."""
    words = sheet_words()
    name = key(cell)
    known: tuple[Container[str], ...] = (
        words.fields, words.goals, words.totals, words.sources, words.untaken_sources, words.labels, words.money,
    )  # fmt: skip
    return any(name in group for group in known)


def _fields(layout: Layout, cells: Iterable[Cell]) -> dict[str, Cell]:
    words = sheet_words()
    found: dict[str, Cell] = {}
    for cell in cells:
        name, value = words.fields.get(key(cell)), layout.right(cell)
        label, colon, printed = cell.text.partition("：")
        if name is None and colon and printed.strip():  # 项目名称：道路养护 in one cell
            name, value = words.fields.get(label_key(label)), replace(cell, text=printed.strip())
        if name and name not in found and value is not None and not is_label(value):
            found[name] = value
    return found


def _goals(layout: Layout, cells: Iterable[Cell]) -> dict[str, Cell]:
    """Goals by term: beside their label, or under it where the terms stand side by side."""
    words = sheet_words()
    found: dict[str, Cell] = {}
    taken: set[str] = set()
    labels = [(words.goals[key(cell)], cell) for cell in cells if key(cell) in words.goals]
    for name, label in sorted(labels, key=lambda item: _GOALS.index(item[0])):
        value = _goal_value(layout, label)
        if value is not None and name not in found and value.cell_id not in taken:
            found[name] = value
            taken.add(value.cell_id)
    overall, goal = found.pop("overall_goal", None), found.pop("goal", None)
    for own in (overall, goal):
        if own is not None and "annual_goal" not in found:
            found["annual_goal"] = own
    if overall is not None and found["annual_goal"] is not overall:
        found.setdefault("term_goal", overall)
    return found


def _goal_value(layout: Layout, label: Cell) -> Cell | None:
    beside = layout.right(label)
    if beside is not None and beside.text and not is_label(beside):
        return beside
    return next((cell for cell in layout.below(label) if cell.text and not is_label(cell)), None)


def _money(layout: Layout, cells: Iterable[Cell]) -> _Funds:
    """Amounts by term: a total opens its term in its column and its row, and the sources there belong to it."""
    cells, words = list(cells), sheet_words()
    labelled = (cell for cell in cells if any(key(cell) in group for group in (words.money, words.labels)))
    totalled = (cell for cell in cells if key(cell) in words.totals)
    unit = (
        unit_in(cell.text for cell in labelled)
        or unit_in(line.text for line in layout.grid.above)
        or unit_in(cell.text for cell in totalled)
    )
    read: dict[str, dict[str, Decimal]] = {"term": {}, "annual": {}}
    facts: list[Cell] = []
    labels: list[Cell] = []
    for cell in cells:
        place = _source(layout, cell, unit)
        if place is None:
            continue
        labels.append(cell)
        own = unit_in([cell.text]) or unit  # 当年预算（万元）：its own unit, wherever another is stated
        value = _value(layout, cell, own)
        if value is not None and place[1] not in read[place[0]]:
            read[place[0]][place[1]] = value[1]
            facts.append(value[0])
    return _Funds(Funds(**read["term"]), Funds(**read["annual"]), unit, tuple(facts), tuple(labels))


def _value(layout: Layout, cell: Cell, unit: str | None) -> tuple[Cell, Decimal] | None:
    """The cell of the amount that a label of money has beside it; below it, where no value stands beside it."""
    beside = layout.right(cell)
    is_labelled = not (beside and beside.text) or is_label(beside) or key(beside) in sheet_words().totals_beside
    for value in [beside, *(layout.below(cell)[:1] if is_labelled else [])]:
        yuan = amount(value.text, unit) if value is not None else None
        if value is not None and yuan is not None:
            return value, yuan
    return None


def _source(layout: Layout, cell: Cell, unit: str | None) -> tuple[str, str] | None:
    """The term and the source that a label of money stands for."""
    term = _total(layout, cell, unit)
    source = "total" if term else sheet_words().sources.get(key(cell))
    if source is None:
        return None
    around = (_total(layout, other, unit) for other in (*layout.above(cell), *_before(layout, cell)))
    term = term or next((found for found in around if found), None)
    return (term, source) if term else None


def _total(layout: Layout, cell: Cell, unit: str | None) -> str | None:
    """The term whose total a label stands for: by itself, beside a label of money, or as one beside the amount."""
    words, left, right = sheet_words(), layout.left(cell), layout.right(cell)
    if key(cell) in words.totals:
        return words.totals[key(cell)]
    if left is not None and key(left) in words.money and key(cell) in words.totals_beside:
        return words.totals_beside[key(cell)]
    if key(cell) in words.money and right is not None and amount(right.text, unit) is not None:
        return "annual"
    return None


def _before(layout: Layout, cell: Cell) -> Iterator[Cell]:
    """The cells to the left in the same row, nearest first."""
    left = layout.left(cell)
    while left is not None:
        yield left
        left = layout.left(left)


_PLAIN = ("implementing_unit", "overview", "basis", "necessity", "measures", "plan")


def _sheet(layout: Layout, values: dict[str, str], goals: dict[str, Cell], funds: _Funds) -> ProjectSheet:
    grid = layout.grid
    code, department = split_code(values.get("department_in_charge"))
    project_code, name = _project(values["project_name"])
    sheet = ProjectSheet(
        sheet_id=str(grid.table_no),
        table_no=grid.table_no,
        first_page=grid.first_page,
        last_page=grid.last_page,
        project_name=name,
        project_code=project_code or values.get("project_code") or None,
        department_in_charge=department,
        department_code=code,
        recurrence=_recurrence(values.get("recurrence", "")),
        duration_years=_years(values.get("duration_years", "")),
        term=funds.term,
        annual=funds.annual,
        unit=funds.unit,
        filed_at=filed_at(values.get("filed_at", "")),
    )
    texts: dict[str, Any] = {name: values.get(name) for name in _PLAIN}
    texts |= {name: goal.text for name, goal in goals.items()}
    return replace(sheet, **texts)


def split_code(text: str | None) -> tuple[str | None, str | None]:
    """The code printed before a department's name, and the name: 006-… , [292]…"""
    match = sheet_words().coded_department.match(text or "")
    return (match["code"], match["name"]) if match else (None, text)


def _project(text: str) -> tuple[str | None, str]:
    match = sheet_words().coded_project.match(text)
    return (match["code"], match["name"]) if match else (None, text)


def _recurrence(text: str) -> str | None:
    return next((word for word in sheet_words().recurrence if text.startswith(word)), None)


def _years(text: str) -> int | None:
    plain, span = _YEARS.match(squeeze(text)), _SPAN.match(squeeze(text))
    if plain:
        return int(plain[1])
    return int(span[2]) - int(span[1]) + 1 if span else None


def filed_at(stamp: str) -> str | None:
    """A form's stamp YYYYMMDD or YYYYMMDDhhmmss in ISO 8601; None for anything else (such as month 13)."""
    match = sheet_words().stamp.match(squeeze(stamp))
    if match is None:
        return None
    year, month, day, hour, minute, second = match.groups()
    if not ("01" <= month <= "12" and "01" <= day <= "31"):
        return None
    date = f"{year}-{month}-{day}"
    return f"{date}T{hour}:{minute}:{second}" if hour else date
