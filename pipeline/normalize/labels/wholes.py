"""其他资金 over the sources that it consists of (事业收入, 经营收入 … 其他收入): all that is no appropriation.

By itself 其他资金 is one more source; with its own parts below it, it is what the contract calls unit funds, and each
part is counted once. A document that says so in one table means the same where it prints 其他资金 alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.normalize.heads.parts import SOURCES, UNIT_FUNDS, is_whole
from pipeline.normalize.labels.label import Label
from pipeline.normalize.labels.numbering import style_of
from pipeline.normalize.phrases import bare, says_part
from pipeline.normalize.words import vocabulary


def name_wholes(labels: Iterable[Label], *, known: bool) -> bool:
    """Make the rows of 其他资金 that stand over their own parts rows of unit funds; whether there are any.

    ``labels`` go from top to bottom. Where such a row is ``known`` from another table, one without parts is that too,
    unless a source of unit funds is listed beside it.
    """
    rows = list(labels)
    others = [place for place, row in enumerate(rows) if row.meaning.fund == "other_funds"]
    found = [place for place in others if is_whole("other_funds", _parts(rows, place))]
    is_alone = len(others) == 1 and not any(row.meaning.fund in SOURCES - {"other_funds"} for row in rows)
    for place in found or (others if known and is_alone else ()):
        rows[place].meaning = replace(rows[place].meaning, fund=UNIT_FUNDS)
    return bool(found)


def _parts(rows: Sequence[Label], place: int) -> list[str | None]:
    """The funds of the rows that are parts of the one at ``place``: of its group, else those listed below it."""
    label = rows[place]
    if len(label.texts) > 1:
        is_sum = vocabulary().subtotals.fullmatch(bare(label.texts[-1])) is not None
        group = [row for row in rows[place + 1 :] if len(row.texts) > 1 and row.texts[0] == label.texts[0]]
        return [row.meaning.fund for row in group] if is_sum else []
    return [row.meaning.fund for row in _listed_below(rows, place)]


def _listed_below(rows: Sequence[Label], place: int) -> list[Label]:
    """The rows right below the one at ``place`` that are numbered in a style of their own, or say 其中, or follow such
    a row or a numbered one without a number."""
    enclosing = _open_styles(rows[: place + 1])
    below: list[Label] = []
    for row in rows[place + 1 :]:
        text = row.texts[0] if row.texts else ""
        style = style_of(text)
        is_part = says_part(text) or (style not in enclosing if style else bool(enclosing or below))
        if not text or row.is_total or row.is_carryover or not is_part:
            break
        below.append(row)
    return below


def _open_styles(rows: Sequence[Label]) -> list[str]:
    """The styles of numbers that are open at the last of the rows, from the outermost: 一、 and in it （一）."""
    styles: list[str] = []
    for row in rows:
        style = style_of(row.texts[0]) if row.texts else ""
        if style:
            styles = [*(styles[: styles.index(style)] if style in styles else styles), style]
    return styles
