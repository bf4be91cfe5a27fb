"""What a row's label cells print: codes, in whatever way they are printed, names, units, projects and years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.normalize import reference
from pipeline.normalize.codes import code_and_name, digits_of, is_code
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.labels.label import Context, Label
from pipeline.normalize.labels.names import take_names_of_levels
from pipeline.normalize.meanings import Meaning, first
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import bare, plain, without_years
from pipeline.normalize.words import vocabulary

LabelCells = Sequence[tuple[Column, Cell]]  # from left to right, each with the column that it answers to

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCHEMES = {"1": "subject", "2": "subject", "3": "economic", "5": "government"}
_ECONOMIC = ("economic", "government")
_CODE = ("code", "subject_code", "economic_code", "government_code")
_CODE_OR_NAME = ("label", "name", "subject_name", "economic_name", "government_name")
_PART = re.compile(r"\d{2}")
_LEAF = 7  # digits of a 项
_SHORTEST_UNIT_CODE = 6  # digits: a department's three and a unit's three
_LENGTHS = {"subject": (3, 5, 7), "economic": (3, 5, 7), "government": (3, 5, 7)}


def take_cells(label: Label, cells: LabelCells, context: Context) -> None:
    """Put into the label what its cells print; ``context`` completes a code of which only the last part is printed."""
    for column, cell in cells:
        if column.role in _CODE and _PART.fullmatch(plain(cell.text)):
            label.part = (column.role, column.number, plain(cell.text))
        else:
            _take_cell(label, column.role, cell.text)
            _note_reach(label, column, cell.text, context)
    _take_parts(label, cells, context)
    _take_lone_part(label, context)
    take_names_of_levels(label, cells, context)
    _name_what_is_coded(label)
    _give_back_unit_code(label)
    _give_back_subject(label)


def _name_what_is_coded(label: Label) -> None:
    """A name under 经济分类科目 beside a code of the government's scheme alone is that code's."""
    if (
        "government" in label.codes.keys() - label.names.keys()
        and "economic" in label.names.keys() - label.codes.keys()
    ):
        label.names["government"] = label.names.pop("economic")


def _take_cell(label: Label, role: str, text: str) -> None:
    is_number = bool(_DIGITS.fullmatch(plain(text)))
    code = digits_of(text)
    if role == "sequence" or (role.startswith("part:") and is_number):
        return
    if role == "year":
        _take_year(label, text)
    elif role == "unit_code" and is_number:
        label.unit_code = plain(text)
    elif code and (role.endswith("code") or (role in _CODE_OR_NAME and is_code(text))):
        _take_code(label, code, role)
    else:
        _take_text(label, role, text)


def _take_year(label: Label, text: str) -> None:
    """The row's own year (2025年, 2025) and what is said of it (2024年执行数), or what stands for both (上年预算数)."""
    (phrase, years), words = without_years(plain(text)), vocabulary()
    years = years or tuple(map(int, _YEAR.findall(text)))
    said = (words.meaning_of(phrase) or Meaning()).period
    is_change = said in ("change", "change_percent")
    label.year = years[0] if years and not is_change else None
    if not years or is_change:
        label.period = said
    elif words.executed.search(phrase):
        label.period = "final"
    else:
        label.period = "budget" if words.planned.search(phrase) else None


# --- codes -----------------------------------------------------------------------------------------------------------


def _scheme(code: str, role: str) -> str | None:
    """The scheme of a code: what the column says, else what its first digit says.

    Under 经济分类科目编码 stand the department's codes or the government's: 501 is the government's.
    """
    said, by_digit = role.partition("_")[0], _SCHEMES.get(code[0])
    scheme = said if said in _LENGTHS and not (said in _ECONOMIC and by_digit in _ECONOMIC) else by_digit
    return scheme if scheme and len(code) in _LENGTHS[scheme] else None


def _take_code(label: Label, code: str, role: str) -> None:
    scheme = _scheme(code, role)
    if scheme is None and (len(code) >= _SHORTEST_UNIT_CODE or _is_department(code, role)):
        label.unit_code = code  # a unit's own row among its subjects
        return
    if scheme is None:
        label.texts.append(code)
        return
    label.codes[scheme] = code
    label.source = "printed"
    label.guessed = scheme if role.partition("_")[0] not in _LENGTHS else label.guessed


def _is_department(code: str, role: str) -> bool:
    """Whether a code among those of any scheme is a department's: as long as a class, and of none (414)."""
    return role == "code" and len(code) == reference.CLASS_DIGITS and code[0] not in _SCHEMES


def _take_parts(label: Label, cells: LabelCells, context: Context) -> None:
    """A code split over columns (201 | 31 | 01), parts that repeat the whole (201 | 20131), or blank leading parts."""
    parts: dict[str, list[tuple[Column, str]]] = {}
    for column, cell in cells:
        if column.role.startswith("part:") and _DIGITS.fullmatch(plain(cell.text)):
            part = plain(cell.text).zfill(2)  # a number of a spreadsheet has lost its nought: 5 is 05
            parts.setdefault(column.role.removeprefix("part:"), []).append((column, part))
    for role, found in parts.items():
        code = _led(found, _opened(context, role), context)
        context.reach[found[0][0].number] = len(code)
        for column, part in found[1:]:
            code = part if part.startswith(code) and len(part) > 2 else code + part
            context.reach[column.number] = len(code)
        _take_code(label, code, role)


def _led(found: Sequence[tuple[Column, str]], opened: str, context: Context) -> str:
    """The first part that a row prints, behind the leading parts that the rows above print for it.

    How many they are its column tells: below 21301 | 01 an 05 in the column of 款 is 21305, in that of 项 2130105.
    Where no row above printed in that column, it is the last part, or with others behind it the second.
    """
    column, part = found[0]
    if len(part) >= reference.CLASS_DIGITS or not opened:
        return part
    behind = 3 if len(found) > 1 else 5
    return opened[: max(context.reach.get(column.number, behind + len(part)) - len(part), 0)] + part


def _note_reach(label: Label, column: Column, text: str, context: Context) -> None:
    """Remember that a column prints 项 whole: two digits in it are then a 款."""
    code = digits_of(text) or ""
    if column.role in _CODE and len(code) == _LEAF and code in label.codes.values():
        context.reach[column.number] = _LEAF


def _take_lone_part(label: Label, context: Context) -> None:
    """Two digits where whole codes stand (201, below it 29, below that 01): the last part of a code.

    Below a class they are a 款. Further down they may be the next 款 too: then the name tells, or that the column
    prints its 项 whole (2010301); where neither does, the digits stay text.
    """
    if label.part is None:
        return
    role, number, part = label.part
    said = role.partition("_")[0]
    scheme = said if said in _LENGTHS else "economic" if context.by_economic_item else "subject"
    opened = context.codes.get(scheme, "")
    found = [opened[:length] + part for length in (3, 5) if len(opened) >= length]
    if scheme != "subject" or context.reach.get(number) == _LEAF:
        found = found[:1]
    if len(found) > 1:
        found = _named(found, label.texts[-1] if label.texts else "", context)
    if len(found) == 1:
        _take_code(label, found[0], f"{scheme}_code")
    else:
        label.texts.insert(0, part)


def _named(codes: Sequence[str], printed: str, context: Context) -> list[str]:
    """Those of the codes that bear the printed name; else those that are not known to bear another."""
    own = context.printed_names.get(bare(printed), ())
    bearing = [code for code in codes if code in own or reference.bears("subject", code, printed)]
    return bearing or [code for code in codes if not reference.is_another_name("subject", code, printed)]


def _opened(context: Context, role: str) -> str:
    """The code that the rows above left open for a row that prints only its last part."""
    said = role.partition("_")[0]
    if context.last in _ECONOMIC and (said == "code" or (said in _ECONOMIC and said not in context.codes)):
        said = context.last
    return context.codes.get(said, context.codes.get("subject", ""))


def _give_back_unit_code(label: Label) -> None:
    """A class that only a first digit told (501), beside a name that is no class's: the code and name of a unit.

    So is one in the column of subjects' codes that is no class at all (218), beside a name that ends as no subject's.
    """
    scheme = label.guessed or _of_no_class(label)
    named = label.unit_name or label.project_name or label.is_total
    if not scheme or scheme not in label.codes or named or not label.texts or label.beside:
        return
    code, name = label.codes[scheme], label.texts[-1]
    is_total = first(vocabulary().totals, bare(name)) is not None
    is_known = scheme != "subject" or reference.knows(scheme, code)
    is_class = reference.may_name(scheme, code, name) if is_known else reference.ends_as_subject(name)
    is_class = is_class or reference.is_name(scheme, name)  # another subject's: code or name was misprinted
    if len(code) == reference.CLASS_DIGITS and not is_total and not is_class:
        del label.codes[scheme]
        label.unit_code, label.unit_name, label.source = code, name, None


def _give_back_subject(label: Label) -> None:
    """A subject's own code and name in the columns of units, among which a table lists the subjects of each."""
    name = label.unit_or_subject or label.unit_name
    if label.unit_code and name and not label.codes and reference.bears("subject", label.unit_code, name):
        label.codes["subject"], label.names["subject"], label.source = label.unit_code, name, "printed"
        label.unit_code = label.unit_name = label.unit_or_subject = None


def _of_no_class(label: Label) -> str | None:
    """The scheme of subjects where their column prints a code as long as a class that no reference knows."""
    code = label.codes.get("subject", "")
    is_unknown = len(code) == reference.CLASS_DIGITS and not reference.knows("subject", code)
    return "subject" if is_unknown else None


# --- names -----------------------------------------------------------------------------------------------------------


def _take_text(label: Label, role: str, text: str) -> None:
    if _take_coded_name(label, role, text):
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


def _take_coded_name(label: Label, role: str, text: str) -> bool:
    """Whether the text was a code and its name in one cell; units' and projects' names keep the code before them."""
    both = code_and_name(text) if role not in ("unit_name", "project_name", "unit_or_project") else None
    scheme = _scheme(both[0], role) if both else None
    if not both or not scheme:
        return False
    label.codes[scheme], label.names[scheme] = both
    label.source = "printed"
    (label.beside if scheme == "government" else label.texts).append(text)
    return True
