"""What a row is: its codes, names, unit, project, and the money that its label names.

Codes are printed in a column of their own, split over three, in one cell with the name, or not at all; then the
reference tables give them, within the class that the rows above opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.normalize import reference
from pipeline.normalize.codes import code_and_name, is_code
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import bare, plain, unnumbered, without_years
from pipeline.normalize.words import Meaning, first, vocabulary

_DIGITS = re.compile(r"\d+")
_SCHEMES = {"1": "subject", "2": "subject", "3": "economic", "5": "government"}
_CODE_OR_NAME = ("label", "name", "subject_name", "economic_name", "government_name")
_OF_WHICH = "其中"
_BY_ECONOMIC_ITEM = ("basic", "project")  # types that a summary parts into economic items below them
_SHORTEST_UNIT_CODE = 6  # digits: a department's three and a unit's three
_LENGTHS = {"subject": (3, 5, 7), "economic": (3, 5, 7), "government": (3, 5, 7)}


@dataclass
class Label:
    """One row of one block, as far as its label columns tell."""

    texts: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    guessed: str | None = None
    source: str | None = None
    unit_name: str | None = None
    unit_code: str | None = None
    unit_or_subject: str | None = None
    project_name: str | None = None
    year: int | None = None
    period: str | None = None
    is_total: bool = False
    is_carryover: bool = False
    is_known: bool = True
    is_count: bool = False
    meaning: Meaning = field(default_factory=Meaning)

    @property
    def item(self) -> str | None:
        """The row's label as printed; the government scheme's name beside it only where there is no other."""
        return "/".join(dict.fromkeys(self.texts or self.beside)) or None

    @property
    def subject_level(self) -> str | None:
        """Level of a functional row; None for one that has no functional code."""
        code = self.codes.get("subject")
        return {3: "类", 5: "款", 7: "项"}[len(code)] if code else None


@dataclass
class Context:
    """What the rows above have opened: the codes by scheme, the unit, and the split code."""

    codes: dict[str, str] = field(default_factory=dict)
    meaning: Meaning = field(default_factory=Meaning)
    numbers_classes: bool = False
    by_economic_item: bool = False
    printed_names: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_label(cells: Sequence[tuple[Column, Cell]], side: str | None, context: Context) -> Label:
    """Read a row's label cells, given as (column, cell) from left to right; changes ``context``."""
    label = Label()
    for column, cell in cells:
        _read_cell(label, column, cell)
    _read_parts(label, cells, context)
    _give_back_unit_code(label)
    _classify(label, side, context)
    context.codes.update(label.codes)
    return label


def _read_cell(label: Label, column: Column, cell: Cell) -> None:
    role, text = column.role, cell.text
    if role.startswith("part:") and _DIGITS.fullmatch(plain(text)):
        return
    if role == "unit_code" and _DIGITS.fullmatch(plain(text)):
        label.unit_code = plain(text)
    elif role == "year":
        years = without_years(plain(text))[1] or tuple(map(int, re.findall(r"(?:19|20)\d\d", text)))
        label.year = years[0] if years else None
        label.period = None if years else (vocabulary().meaning_of(plain(text)) or Meaning()).period
    elif role == "sequence":
        return
    elif _DIGITS.fullmatch(plain(text)) and (role.endswith("code") or (role in _CODE_OR_NAME and is_code(text))):
        _take_code(label, plain(text), role)
    else:
        _take_text(label, role, text)


def _scheme(code: str, role: str) -> str | None:
    """The scheme of a code: what the column says, else what its first digit says."""
    said = role.partition("_")[0]
    scheme = said if said in _LENGTHS else _SCHEMES.get(code[0])
    return scheme if scheme and len(code) in _LENGTHS[scheme] else None


def _take_code(label: Label, code: str, role: str) -> None:
    scheme = _scheme(code, role)
    if scheme is None and len(code) >= _SHORTEST_UNIT_CODE:
        label.unit_code = code  # a unit's own row among its subjects
        return
    if scheme is None:
        label.texts.append(code)
        return
    label.codes[scheme] = code
    label.source = "printed"
    label.guessed = scheme if role.partition("_")[0] not in _LENGTHS else label.guessed


def _give_back_unit_code(label: Label) -> None:
    """A class that only a first digit told (501), beside a name that is no class's: the code and name of a unit."""
    code = label.codes.get(label.guessed or "")
    named = label.unit_name or label.project_name or label.is_total
    if not code or not label.guessed or named or not label.texts or label.beside:
        return
    name = label.texts[-1]
    is_total = first(vocabulary().totals, bare(name)) is not None
    if len(code) == reference.CLASS_DIGITS and not is_total and not reference.may_name(label.guessed, code, name):
        del label.codes[label.guessed]
        label.unit_code, label.unit_name, label.source = code, name, None


def _take_text(label: Label, role: str, text: str) -> None:
    both = code_and_name(text)
    if both and role not in ("unit_name", "project_name", "unit_or_project"):
        code, name = both
        scheme = _scheme(code, role)
        if scheme:
            label.codes[scheme] = code
            label.names[scheme] = name
            label.source = "printed"
            (label.beside if scheme == "government" else label.texts).append(text)
            return
    kind = role.partition("_")[0]
    (label.beside if kind == "government" else label.texts).append(text)
    if kind in _LENGTHS and (role.endswith("name") or kind not in label.names):
        label.names[kind] = text  # a name may run over the column of its code
    elif role == "unit_name":
        label.unit_name = text
    elif role == "unit_or_subject":
        label.unit_or_subject = text
    elif role in ("project_name", "unit_or_project"):
        label.project_name = text


def _read_parts(label: Label, cells: Sequence[tuple[Column, Cell]], context: Context) -> None:
    """A code split over columns (201 | 31 | 01), parts that repeat the whole (201 | 20131), or blank leading parts."""
    parts: dict[str, list[str]] = {}
    for column, cell in cells:
        if column.role.startswith("part:") and _DIGITS.fullmatch(plain(cell.text)):
            parts.setdefault(column.role.removeprefix("part:"), []).append(plain(cell.text))
    for role, found in parts.items():
        code = found[0]
        for part in found[1:]:
            code = part if part.startswith(code) and len(part) > 2 else code + part
        if len(code) < 3 and label_prefix(context, role):
            code = label_prefix(context, role)[: 3 if len(found) > 1 else 5] + code
        _take_code(label, code, role)


def label_prefix(context: Context, role: str) -> str:
    """The code that the rows above left open for a row that prints only its last part."""
    return context.codes.get(role.partition("_")[0], context.codes.get("subject", ""))


def _classify(label: Label, side: str | None, context: Context) -> None:
    names = [bare(text) for text in label.texts or label.beside]
    words = vocabulary()
    label.is_count = any(words.counts.fullmatch(name) for name in names)
    totals = [first(words.totals, name) for name in names]
    _take_period(label, names)
    if not label.codes and names and all(total is not None for total in totals):
        label.is_total = True
        label.meaning = totals[-1] or Meaning()
    elif label.codes:
        _name_codes(label)
    elif label.unit_or_subject and label.unit_code:
        label.unit_name = label.unit_or_subject  # a unit's own row among its subjects
    elif side == "revenue":
        _classify_revenue(label, names, context)
    else:
        _classify_expenditure(label, names, context)
    name = label.unit_or_subject or (label.texts[-1] if label.unit_code and label.texts and not label.codes else None)
    if name and not label.is_known:
        label.unit_name, label.is_known = name, True  # a name that is no subject's is a unit's


def _take_period(label: Label, names: Sequence[str]) -> None:
    """A row that says only which figures it holds (预算数, 2023年决算数), under items spread over the columns."""
    phrase, years = without_years(names[0]) if len(names) == 1 else ("", ())
    said = first(vocabulary().row_periods, phrase)
    if said:
        label.period, label.year = said.period, years[0] if years else None


def _name_codes(label: Label) -> None:
    """Names for printed codes: the text beside the code, where the column did not already say whose it is."""
    plain_codes = set(label.codes.values())
    rest = [text for text in label.texts if plain(text) not in plain_codes]
    for scheme in label.codes:
        if scheme not in label.names and rest and len(label.codes) == 1:
            label.names[scheme] = rest[-1]


def _classify_revenue(label: Label, names: Sequence[str], context: Context) -> None:
    words = vocabulary()
    known = False
    for name, text in zip(names, label.texts or label.beside, strict=True):
        if words.carryover.fullmatch(name):
            label.is_carryover = known = True
        said = first(words.revenue, name) or first(words.totals, name)
        if said:
            label.meaning, known = label.meaning.then(said), True
        elif plain(text).startswith(_OF_WHICH):
            label.meaning, known = label.meaning.then(context.meaning), True  # a part of the row above
        elif words.carried_forward.fullmatch(name):
            known = True
    context.meaning = label.meaning
    label.is_known = known or not names or bool(label.unit_name or label.project_name)


def _classify_expenditure(label: Label, names: Sequence[str], context: Context) -> None:
    words = vocabulary()
    for scheme, text in list(label.names.items()):
        _resolve(label, scheme, text, context)
    if set(label.codes) == {"economic"}:
        label.meaning = context.meaning  # an item of the type that a row above opened
    if label.codes or not names:
        return
    name = names[-1]
    said = first(words.expenditure, name)
    if said:
        label.meaning = said
        label.names.clear()
        context.meaning = said if said.expenditure_type in _BY_ECONOMIC_ITEM else Meaning()
    elif words.carried_forward.fullmatch(name):
        return
    elif words.carryover.fullmatch(name):
        label.is_carryover = True
    else:
        if not label.names:
            _resolve(label, "economic" if context.by_economic_item else "subject", label.texts[-1], context)
        _resolve_part(label, context)
        label.is_known = bool(label.codes) or bool(label.unit_name or label.project_name)
        if not label.codes and "economic" in label.names:
            label.meaning = context.meaning  # an item that no reference table knows is still one of the opened type


def _resolve_part(label: Label, context: Context) -> None:
    """A name below 基本支出 or 项目支出 that is no functional subject: the economic item that the type consists of."""
    if label.codes or not label.texts or not context.meaning.expenditure_type:
        return
    _resolve(label, "economic", label.texts[-1], context)
    if label.codes:
        label.meaning = context.meaning


def _resolve(label: Label, scheme: str, printed: str, context: Context) -> None:
    """The code of a name that prints none, from the reference tables, within what the rows above opened."""
    opened, name = context.codes.get(scheme, ""), bare(printed)
    if scheme == "subject":
        code = _functional_code(printed, opened, context)
    else:
        tables = {"economic": "department", "government": "government"}
        code = reference.economic(tables[scheme]).code_of(name, opened[:3] or None)
    if code:
        label.codes[scheme] = code
        label.names[scheme] = unnumbered(printed)
        label.source = label.source or "reference"


def _functional_code(label: str, opened: str, context: Context) -> str | None:
    """A 项 below the opened 款, else a class, else a 款 below the opened class; by the document's own names first.

    Where a table numbers its classes (一、 二、), a row without a number is none.
    """
    name, numbered = bare(label), bare(label) != plain(label)
    code = None if numbered else _below(name, opened[:5], 7, context.printed_names)
    if code is None and (numbered or not context.numbers_classes):
        code = reference.classes().get(name)
        context.numbers_classes = context.numbers_classes or (code is not None and numbered)
    return code or _below(name, opened[:3], 5, context.printed_names)


def _below(name: str, parent: str, length: int, printed: dict[str, tuple[str, ...]]) -> str | None:
    if len(parent) != length - 2:
        return None
    own = [code for code in printed.get(name, ()) if len(code) == length and code.startswith(parent)]
    return own[0] if len(own) == 1 else reference.functional().below(name, parent, length)
