"""Projects that a table lists below their subject, with its code repeated and their own name in its column."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.normalize.labels.label import Label
from pipeline.normalize.phrases import plain

_LEAF = 7  # digits of a 项: what projects are classed under


def name_projects(labels: Iterable[Label]) -> None:
    """Tell the projects among the rows of a table of projects, from top to bottom (changes their labels).

    A row that repeats the code of the subject above it under another name is a project of that subject; where the
    table has a column of projects, its rows are told already.
    """
    above = Label()
    for label in labels:
        code = label.codes.get("subject")
        if code is None:
            continue
        name, subject = label.names.get("subject"), above.names.get("subject")
        is_again = len(code) == _LEAF and code == above.codes.get("subject")
        if is_again and label.project_name is None and name and subject and plain(name) != plain(subject):
            label.project_name, label.names["subject"] = name, subject
        elif not is_again:
            above = label
