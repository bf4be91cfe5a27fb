"""Codes of names that print none: from the document's own names, else from the reference tables.

A name is looked up below the code that the rows above opened, so that 行政运行 is the 项 of its own 款.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize import reference
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.labels.label import Context, Label, PrintedNames
from pipeline.normalize.model import Cell, Row
from pipeline.normalize.phrases import bare, plain, unnumbered
from pipeline.normalize.words import vocabulary

_LENGTHS = (3, 5, 7)  # digits of a 类, a 款 and a 项
_TABLES = {"economic": "department", "government": "government"}  # reference tables of the economic schemes


def names_printed(rows: Iterable[Row]) -> PrintedNames:
    """The functional names that a document's facts print with their codes: its best reference for those it prints bare.

    ``rows`` are rows of ``budget_lines``.
    """
    codes: dict[str, list[str]] = {}
    for row in rows:
        if row["code_source"] == "printed" and row["subject_code"] and row["subject_name"]:
            found = codes.setdefault(bare(str(row["subject_name"])), [])
            if row["subject_code"] not in found:
                found.append(str(row["subject_code"]))
    return {name: tuple(found) for name, found in codes.items()}


def resolve(label: Label, scheme: str, printed: str, context: Context) -> None:
    """Give the label the code of a name that prints none, within what the rows above opened, where there is one."""
    opened = context.codes.get(scheme, "")
    if scheme == "subject":
        code = _functional_code(_unmarked(printed), opened, context)
    else:
        code = _economic_code(_unmarked(printed), opened, _TABLES[scheme])
    if code:
        label.codes[scheme] = code
        label.names[scheme] = unnumbered(printed)
        label.source = label.source or "reference"


def resolve_item(label: Label, printed: str, context: Context) -> None:
    """Give the label the code of an economic item's name, in the scheme that its list is in.

    A list of which the title says nothing is the government scheme's from a class on that only that one has.
    """
    in_government = _is_of_government(bare(_unmarked(printed)), context)
    order = ("government", "economic") if context.scheme == "government" else ("economic", "government")
    for scheme in order:
        if scheme == "government" and not in_government:
            continue
        resolve(label, scheme, printed, context)
        if scheme in label.codes:
            _keep_name_of(label, scheme)
            context.scheme = context.scheme if context.scheme_named else scheme
            return


def _keep_name_of(label: Label, scheme: str) -> None:
    """A name under 经济分类科目 is that of the scheme that it was found in."""
    for other in _TABLES:
        if other != scheme and other not in label.codes:
            label.names.pop(other, None)


def resolve_class(label: Label, printed: str, context: Context) -> bool:
    """Give the label the code of an economic class's name in a list of classes; whether it is a row of such a list.

    A name that functional classes have too (其他支出) is an economic one's only below another of its scheme.
    """
    name = bare(_unmarked(printed))
    schemes = [scheme for scheme in _TABLES if name in reference.economic_classes(_TABLES[scheme])]
    if not schemes or (context.last not in _TABLES and name in reference.classes()):
        return False
    scheme = next((each for each in schemes if each == context.last), None if context.last in _TABLES else schemes[0])
    if scheme is None and name not in reference.classes():
        scheme = schemes[0]
    if scheme:
        resolve(label, scheme, printed, context)
    return True


def _is_of_government(name: str, context: Context) -> bool:
    """Whether a name in a list of economic items is the government scheme's."""
    opened = context.codes.get("government", "")[: reference.CLASS_DIGITS]
    code = reference.economic("government").code_of(name, opened or None)
    if code is None:
        return False
    alone = reference.economic("department").code_of(name) is None
    is_class = len(code) == reference.CLASS_DIGITS
    if context.scheme == "government":
        return context.scheme_named or is_class or alone or code[: reference.CLASS_DIGITS] == opened
    return alone and is_class


def _unmarked(printed: str) -> str:
    """A name without the level printed behind it: 一般公共服务支出（类）."""
    marked = vocabulary().level_marks.search(plain(printed))
    return plain(printed)[: marked.start()] if marked else printed


def _economic_code(printed: str, opened: str, scheme: str) -> str | None:
    """The code that the reference gives; right below a class of another code, a class by its older name."""
    name = bare(printed)
    code = reference.economic(scheme).code_of(name, opened[: reference.CLASS_DIGITS] or None)
    among_classes = len(opened) == reference.CLASS_DIGITS and not (code or "").startswith(opened)
    return vocabulary().economic_class_names[scheme].get(name, code) if among_classes else code


def _functional_code(printed: str, opened: str, context: Context) -> str | None:
    """A 项 below the opened 款, else a class, else a 款 below the opened class; by the document's own names first.

    A numbered one is a class before all else (一、 其他支出), and a 项 after all else.

    Where a table numbers its classes (一、 二、), a row without a number is none.
    """
    name = bare(printed)
    numbered = name != plain(printed)
    code = None if numbered else _below(name, opened[:5], 7, context.printed_names)
    if code is None and (numbered or not context.numbers_classes):
        code = reference.classes().get(name)
        context.numbers_classes = context.numbers_classes or (code is not None and numbered)
    code = code or _below(name, opened[:3], 5, context.printed_names)
    return code or (_below(name, opened[:5], 7, context.printed_names) if numbered else None)


def _below(name: str, parent: str, length: int, printed: PrintedNames) -> str | None:
    """The code of ``length`` digits that a name has below ``parent``; None where it has none, or several."""
    if len(parent) != length - 2:
        return None
    own = [code for code in printed.get(name, ()) if len(code) == length and code.startswith(parent)]
    return own[0] if len(own) == 1 else reference.functional().below(name, parent, length)


# --- names in columns of 类, 款 and 项 --------------------------------------------------------------------------------


def take_names_of_levels(label: Label, cells: Sequence[tuple[Column, Cell]], context: Context) -> None:
    """Give the label the code of the last of its names, where every one of them has one below those before it.

    Which level a column holds a row tells that prints all three; a row that prints fewer goes on from the one above.
    """
    named = [(column, cell.text) for column, cell in cells if column.role in ("part:code", "part:subject_code")]
    if label.codes or not named:
        return
    if len(named) == len(_LENGTHS):
        context.reach.update(zip((column.number for column, _ in named), _LENGTHS, strict=True))
    code = context.codes.get("subject", "")
    for column, name in named:
        code = _code_below(name, code, context.reach.get(column.number), context)
    if code:
        label.codes["subject"], label.names["subject"] = code, named[-1][1]
        label.source = "reference"


def _code_below(name: str, opened: str, length: int | None, context: Context) -> str:
    """The code of ``length`` digits that a name has below what is opened; none where it is not known."""
    if length == reference.CLASS_DIGITS:
        return reference.classes().get(bare(name), "")
    if length is None or len(opened) < length - 2:
        return ""
    return _below(bare(name), opened[: length - 2], length, context.printed_names) or ""
