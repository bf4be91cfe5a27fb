"""What a table of projects tells of its rows: projects below the code of their subject, and those carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.normalize import reference
from pipeline.normalize.labels.label import Label, PrintedNames
from pipeline.normalize.phrases import bare, plain
from pipeline.normalize.words import vocabulary

_LEAF = 7  # digits of a 项: what projects are classed under


def name_projects(labels: Iterable[Label], printed: PrintedNames) -> None:
    """Tell the projects among the rows of a table of projects, from top to bottom (changes their labels).

    A row that repeats the code of the subject above it under another name is a project of that subject, and so is one
    whose code the document's other tables print with another name (``printed``); where the table has a column of
    projects, its rows are told already. The subject above may be printed without its code: its projects bear it.
    """
    above = Label()
    for label in labels:
        code, name = label.codes.get("subject"), label.names.get("subject")
        if code is None:
            above = label if name and not label.codes else above
            continue
        if not above.codes and code in printed.get(bare(above.names.get("subject", "")), ()):
            above.codes["subject"], above.source = code, "reference"
        if len(code) == _LEAF and code == above.codes.get("subject"):
            subject = above.names.get("subject")
        else:
            above, subject = label, _other_name(code, name, printed)
        if len(code) == _LEAF and label.project_name is None and name and subject and plain(name) != plain(subject):
            label.project_name, label.names["subject"] = name, subject


def years_of_projects(labels: Mapping[int, Label]) -> dict[int, str]:
    """Origins of a table's rows, by number, where names of projects say that their money was carried over; else none.

    The projects beside such ones are this year's, and what sums both is of all years (``total``).
    """
    names = {
        number: plain(label.project_name)
        for number, label in labels.items()
        if label.project_name and not label.is_total
    }
    carried = {number for number, name in names.items() if vocabulary().carried_projects.fullmatch(name)}
    if not carried:
        return {}
    this_year = dict.fromkeys(names.keys() - carried, "current_year")
    return dict.fromkeys(labels, "total") | this_year | dict.fromkeys(carried, "carryover")


def _other_name(code: str, name: str | None, printed: PrintedNames) -> str | None:
    """What the document calls a code in its other tables, where that is another name; else None."""
    called = [each for each, codes in printed.items() if code in codes]
    own = bare(name or "")
    if not called or not own or any(_is_same(own, each) for each in called):
        return None
    return None if reference.bears("subject", code, own) else called[0]


def _is_same(one: str, other: str) -> bool:
    """Whether two names differ by an ending that says nothing (支出), or by what stands in brackets, at most."""
    short, long = sorted((one, other), key=len)
    rest = long.removeprefix(short)
    return short == long or (rest != long and (rest[0] in "(（" or bool(vocabulary().subject_endings.fullmatch(rest))))
