"""A row's label as a whole: what its cells print, then what the row is.

It is a total, a subject, a unit's own row, a kind of revenue, or a type of expenditure.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize import reference
from pipeline.normalize.labels.cells import LabelCells, take_cells
from pipeline.normalize.labels.label import Context, Label
from pipeline.normalize.labels.names import resolve, resolve_class, resolve_item
from pipeline.normalize.labels.numbering import style_of
from pipeline.normalize.meanings import Meaning, first
from pipeline.normalize.phrases import bare, plain, says_part, without_years
from pipeline.normalize.words import vocabulary

_LEAF = 7  # digits of a 项
_BY_ECONOMIC_ITEM = ("basic", "project")  # types that a summary parts into economic items below them
_FUNDS_OF_ROWS = ("general_public_budget", "government_fund", "state_capital", "special_account", "unit_funds")
_PARTS_OF_BASIC = ("personnel", "operating")  # rows of these below 基本支出 close nothing: its items go on


def read_label(cells: LabelCells, side: str | None, context: Context) -> Label:
    """Read a row's label cells, given as (column, cell) from left to right; changes ``context``."""
    label = Label()
    take_cells(label, cells, context)
    _classify(label, side, context)
    context.opened(label.codes)
    return label


def _classify(label: Label, side: str | None, context: Context) -> None:
    """Tell what the row of a label with its printed codes and names is; changes ``context`` for the rows below."""
    names = [bare(text) for text in label.texts or label.beside]
    label.is_count = any(vocabulary().counts.fullmatch(name) for name in names)
    _take_period(label, names)
    below_balance, context.carries_forward = context.carries_forward, False
    if not _is_total(label, names):
        if label.codes:
            _name_codes(label)
        elif label.unit_or_subject and label.unit_code:
            label.unit_name = label.unit_or_subject  # a unit's own row among its subjects
        elif side == "revenue":
            _classify_revenue(label, names, context)
        else:
            _classify_expenditure(label, names, context, below_balance=below_balance)
    _take_unknown_for_unit(label, context)


def _take_period(label: Label, names: Sequence[str]) -> None:
    """A row that says only which figures it holds (预算数, 2023年决算数), under items spread over the columns."""
    phrase, years = without_years(names[0]) if len(names) == 1 else ("", ())
    said = first(vocabulary().row_periods, phrase) or (first(vocabulary().row_periods, names[0]) if years else None)
    if said:
        label.period, label.year = said.period, years[0] if years else None


def _is_total(label: Label, names: Sequence[str]) -> bool:
    """Whether the row is a total: it has no code, and all its names say so (the last says of what)."""
    totals = [total for name in names if (total := first(vocabulary().totals, name)) is not None]
    if label.codes or not names or len(totals) < len(names):
        return False
    label.is_total = True
    label.meaning = totals[-1]
    return True


def _take_unknown_for_unit(label: Label, context: Context) -> None:
    """A name that is no subject's, where the row or its column is a unit's, is a unit's.

    In a column of both, a name that the document's other tables print beside the code of a 项 is that subject's.
    """
    name = label.unit_or_subject or (label.texts[-1] if label.unit_code and label.texts and not label.codes else None)
    if not name or label.is_known:
        return
    label.is_known = True
    codes = [code for code in context.printed_names.get(bare(name), ()) if len(code) == _LEAF]
    if not label.unit_or_subject or not codes:
        label.unit_name = name
        return
    label.names["subject"] = name
    if len(codes) == 1:
        label.codes["subject"], label.source = codes[0], label.source or "reference"


def _name_codes(label: Label) -> None:
    """Names for printed codes: the text beside the code, where the column did not already say whose it is.

    A project's name beside the code of its subject is none of that subject's, unless it is that by the reference.
    """
    plain_codes = set(label.codes.values())
    rest = [text for text in label.texts if plain(text) not in plain_codes]
    rest = [text for text in rest if text not in (label.project_name, label.unit_name)] or rest
    for scheme, code in label.codes.items():
        if scheme in label.names or not rest or len(label.codes) > 1:
            continue
        if rest[-1] != label.project_name or not reference.is_another_name(scheme, code, rest[-1]):
            label.names[scheme] = rest[-1]


# --- rows without a code ---------------------------------------------------------------------------------------------


def _classify_revenue(label: Label, names: Sequence[str], context: Context) -> None:
    words = vocabulary()
    known = False
    for name, text in zip(names, label.texts or label.beside, strict=True):
        if words.carryover.fullmatch(name):
            label.is_carryover = known = True
        said = words.revenue_named(name)
        if said:
            part = says_part(text) and context.meaning.fund and said.fund == "fiscal_appropriation"
            label.meaning, known = (context.meaning if part else label.meaning).then(said), True
        elif says_part(text):
            label.meaning = label.meaning.then(context.meaning)  # a part of the row above
            known = known or context.is_known
        elif words.carried_forward.fullmatch(name):
            known = True
    if not any(map(says_part, label.texts)):
        context.meaning = label.meaning  # of 其中 after 其中 both are parts of the row above the first
        context.is_known = known
    if not known and label.texts and not label.unit_name and not label.project_name:
        resolve(label, "subject", label.texts[-1], context)  # revenue by the subject that it pays for, without its code
    label.is_known = known or not names or bool(label.codes or label.unit_name or label.project_name)


def _classify_expenditure(label: Label, names: Sequence[str], context: Context, *, below_balance: bool) -> None:
    words = vocabulary()
    _resolve_names(label, context)
    if set(label.codes) in ({"economic"}, {"government"}):
        label.meaning = context.meaning  # an item of the type that a row above opened
    style = style_of(label.texts[-1]) if label.texts else ""
    if label.codes or not names:
        context.types_numbered[style] = False
        return
    said = first(words.expenditure, names[-1])
    of_balance = words.revenue_named(names[-1]) if below_balance else None
    context.carries_forward = words.is_balance(names[-1]) or of_balance is not None
    if of_balance:
        label.meaning = of_balance  # of the funds below 年末结转和结余
        label.names.clear()
    elif said:
        _open_type(label, said, style, context)
    elif words.carried_forward.fullmatch(names[-1]):
        label.names.clear()  # 结转下年 is no subject, in whatever column it stands
    elif words.carryover.fullmatch(names[-1]):
        label.is_carryover = True
    elif not _is_unnamed_type(names[-1], style, context):
        _look_up(label, style, context)
        _take_fund(label, words.revenue_named(names[-1]))
    else:
        label.is_known = False
    context.types_numbered[style] = bool(said)


def _resolve_names(label: Label, context: Context) -> None:
    """Codes for the names that stand in columns of a scheme of their own."""
    for scheme, text in list(label.names.items()):
        if scheme == "economic" and "government" not in label.names:
            resolve_item(label, text, context)
        else:
            resolve(label, scheme, text, context)


def _take_fund(label: Label, named: Meaning | None) -> None:
    """A row that is no subject's and names a budget or other money (一般公共预算): what is paid out of it."""
    if not label.is_known and named and named.fund in _FUNDS_OF_ROWS:
        label.meaning, label.is_known = Meaning(fund=named.fund), True
        label.names.clear()


def _is_unnamed_type(name: str, style: str, context: Context) -> bool:
    """Whether a name of classes of several schemes (其他支出) goes on a numbered list of types: it is none of them."""
    is_class = name in reference.classes() and name in reference.economic_classes("department")
    return bool(style) and is_class and context.types_numbered.get(style, False)


def _open_type(label: Label, said: Meaning, style: str, context: Context) -> None:
    """A row of a type of expenditure; below 基本支出 and 项目支出 stand the economic items that they consist of.

    One of no single type (运转类项目) is a project where it is numbered below 项目支出.
    """
    label.meaning = said
    label.names.clear()
    if said.expenditure_type in _BY_ECONOMIC_ITEM:
        goes_on = said.expenditure_type == context.meaning.expenditure_type
        context.meaning, context.opened_by = said, context.opened_by if goes_on else style
    elif not said.expenditure_type and context.meaning.expenditure_type == "project" and style != context.opened_by:
        label.meaning = context.meaning
    elif said.expenditure_type not in _PARTS_OF_BASIC or context.meaning.expenditure_type != "basic":
        context.meaning = Meaning()


def _look_up(label: Label, style: str, context: Context) -> None:
    """A row of a name alone: a subject's, or an economic item's."""
    if not label.names and context.by_economic_item:
        resolve_item(label, label.texts[-1], context)
    elif not label.names and not resolve_class(label, label.texts[-1], context):
        resolve(label, "subject", label.texts[-1], context)
    _resolve_part(label, context)
    label.is_known = bool(label.codes) or bool(label.unit_name or label.project_name)
    if not label.codes and style and style == context.opened_by:
        context.meaning = Meaning()  # numbered as the type above is: none of its items
    if "economic" in label.names or "government" in label.codes:
        label.meaning = context.meaning  # an item that no reference table knows is still one of the opened type


def _resolve_part(label: Label, context: Context) -> None:
    """A name below 基本支出 or 项目支出 that is no functional subject: the economic item that the type consists of."""
    if label.codes or not label.texts or not context.meaning.expenditure_type:
        return
    resolve(label, "economic", label.texts[-1], context)
    if label.codes:
        label.meaning = context.meaning
