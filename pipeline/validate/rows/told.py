"""Lists that the text tells without percentages (支出包括：…), as the selectors see them.

A sentence that opens a list, after one that says a single amount, names the parts of that amount; so does a sentence
that opens a list right behind an amount of its own. Whether they are all its parts cannot be told from the words (等),
so that only a slip of the pen between the two is a failure. Only a list whose figures are the tables' own, but for one
at the most, is taken for one at all; of lists in one sentence, those of a text in which all but few add up, and of
lists of one part alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.spoken import decimal_of, is_amount, pieces_of, sum_of
from pipeline.validate.rows.vocabulary import role_of
from pipeline.validate.slips import slips_of

_FEWEST = 3
_OPENS = "opens_list"
_BASIC = (("basic_said", "basic_cost"), ("personnel_said",), ("operating_said",))
_PARTS = 2
_LONG = 5  # digits
_MAJORITY = 3  # lists that add up to one that does not, the misprinted one aside


def told_lists(figures: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The whole (``is_whole``) and the parts of each list under one ``list_no``, the number of its first figure."""
    for _, section in groupby(figures, key=lambda row: row["section"]):
        whole: Record | None = None
        for sentence, group in groupby(section, key=lambda row: row["sentence"]):
            amounts = [row for row in group if is_amount(row)]
            opens = role_of(sentence, identities.phrases) == _OPENS
            if len(amounts) == 1 and not opens:
                whole = amounts[0]
            elif whole is not None and opens and _is_of_tables(amounts):
                yield from _list(whole, amounts)


def basic_lists(figures: Sequence[Record]) -> Iterator[Record]:
    """The same of basic expenditure, told with what of it is for personnel and for operating right behind it."""
    for _, section in groupby(figures, key=lambda row: row["section"]):
        amounts = [row for row in section if is_amount(row)]
        for three in zip(amounts, amounts[1:], amounts[2:], strict=False):
            if all(row["role"] in roles for row, roles in zip(three, _BASIC, strict=True)):
                yield from _list(three[0], three[1:])


def _is_of_tables(amounts: Sequence[Record]) -> bool:
    """Whether the figures restate those of the tables, one at the most aside."""
    restated = [row for row in amounts if row["restates_cell_id"]]
    return len(amounts) >= _FEWEST and len(restated) >= len(amounts) - 1


def lists_in_sentences(figures: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """The same of lists that open right behind the amount that they divide, in one sentence (…万元，包括：…)."""
    opens = identities.wording["opens_parts"]
    found: list[tuple[Record, Sequence[Record]]] = []
    for _, group in groupby(figures, key=lambda row: (row["section"], row["sentence"])):
        said = list(group)
        lists = _opened(said, opens) if len(said) > 1 else []
        if lists and len(lists[0][1]) + 1 == len([row for row in said if is_amount(row)]) and _is_plain(said):
            found += [each for each in lists[:1] if each[0] is said[0] and not _has_inner(*each)]
        else:
            yield from (row for each in lists if _lacks_one_slip(*each) for row in _list(*each))
    yield from (row for each in found if _lacks_one_slip(*each) for row in _list(*each))
    for is_one in (False, True):
        alike = [each for each in found if not _lacks_one_slip(*each) and (len(each[1]) == 1) == is_one]
        good = [_adds_up(*each) for each in alike]
        if sum(good) >= _FEWEST and sum(good) >= _MAJORITY * (len(good) - sum(good) - 1):
            for whole, parts in alike:
                yield from _list(whole, parts)


def _opened(said: Sequence[Record], opens: re.Pattern[str]) -> list[tuple[Record, Sequence[Record]]]:
    """Each amount of a sentence behind which a list opens, with those up to a change, a share or the next such."""
    wholes = [
        place
        for place, (row, (_, behind)) in enumerate(zip(said, pieces_of(said), strict=True))
        if is_amount(row) and opens.match(behind)
    ]
    ends = [place for place, row in enumerate(said) if row["kind"] not in ("amount", "count")]
    lists: list[tuple[Record, Sequence[Record]]] = []
    for place in wholes:
        end = min(each for each in (*wholes, *ends, len(said)) if each > place)
        parts = [row for row in said[place + 1 : end] if is_amount(row)]
        lists += [(said[place], parts)] if parts else []
    return lists


def _is_plain(said: Sequence[Record]) -> bool:
    """Whether a sentence tells amounts and counts alone."""
    return all(row["kind"] in ("amount", "count") for row in said)


def _lacks_one_slip(whole: Record, parts: Sequence[Record]) -> bool:
    """Whether all but one of a list are the tables' figures or nought, and that one is a slip of the pen off; of a
    whole with one part, a long number."""
    rows = [whole, *parts]
    odd = [row for row in rows if row["amount"] and not row["restates_cell_id"]]
    if len(odd) != 1 or _adds_up(whole, parts) or (len(parts) < _PARTS and _digits(odd[0]) < _LONG):
        return False
    others = sum_of([row for row in parts if row is not odd[0]], "amount")
    meant = others if odd[0] is whole else decimal_of(whole, "amount") - others
    return meant in slips_of(decimal_of(odd[0], "amount"))


def _digits(row: Record) -> int:
    return sum(letter.isdigit() for letter in str(row["amount_printed"]).lstrip("0."))


def _adds_up(whole: Record, parts: Sequence[Record]) -> bool:
    slack = sum_of([whole, *parts], "half_unit")
    return abs(decimal_of(whole, "amount") - sum_of(parts, "amount")) <= slack


def _has_inner(whole: Record, parts: Sequence[Record]) -> bool:
    """Whether one that is listed is a part of another: without it the others add up."""
    return not _adds_up(whole, parts) and any(
        _adds_up(whole, [*parts[:place], *parts[place + 1 :]]) for place in range(len(parts))
    )


def _list(whole: Record, parts: Sequence[Record]) -> Iterator[Record]:
    for row in (whole, *parts):
        yield {**row, "list_no": parts[0]["figure_no"], "is_whole": row is whole}
