"""The indicators of the performance sheets as the selectors see them: derived tables of ``performance_targets``.

target_pairs      one row a project, indicator and term: ``said`` is the target's value, or its text
cost_targets      targets in money: amount in yuan; ``role`` as for the text (see ``texts``)
shared_targets    indicators of the whole-department sheet that projects have too (a project's of the term where its
                  sheet has none of the year): ``contradicts`` where no value is within both targets (≥70 and ≤74 are;
                  ≥150 and 100 are not). Money of the whole department may be more than that of the projects that bear
                  the name, for others may add to it, but not less. ``asks_other``: no project's rate is the same, nor
                  the number of the one project that bears a telling name, or a project alone must do more than the
                  department (None for money, and under names in common use)
worded_targets    targets as printed, ``whose`` the project is: ``says_nothing`` where it names a kind of target instead
                  of one, a percentage without its number, or a time that is over; of what is called a rate
                  ``is_rate``, and ``counts`` where it is printed as a number of things; of a share of all, or with a
                  date, ``is_bounded``, and ``impossible`` where it is above 100 %, or no calendar has that date
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipeline.schema import MONEY_UNITS
from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.printed import half_of
from pipeline.validate.rows.vocabulary import role_of, squeezed

_NO_TARGETS = {
    "no_target": ("只是指标的性质", "only which kind of target it is"),
    "no_number": ("百分号前没有数", "a percentage without its number"),
    "past_time": ("是过去的时间", "a time that is over"),
}
_ALL = Decimal(100)
_LEAP_YEAR = 2024  # has every day that any year has
_TELLING = 10  # characters of a name that no two things have by chance
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def indicator_tables(
    projects: Sequence[Record], targets: Sequence[Record], identities: Identities
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``projects`` are those with a sheet."""
    return {
        "target_pairs": list(_pairs(projects, targets)),
        "cost_targets": list(_costs(targets, identities)),
        "shared_targets": list(_shared(targets, identities)),
        "worded_targets": list(_worded(targets, identities)),
    }


def _pairs(projects: Sequence[Record], targets: Sequence[Record]) -> Iterator[Record]:
    """Both halves of the forms: an indicator that one half says twice is told by its order."""
    years = {row["project_id"]: row["duration_years"] for row in projects}
    pairs: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    seen: Counter[tuple[object, ...]] = Counter()
    for row in targets:
        name = (row["sheet_no"], row["level2"], squeezed(row["indicator"]))
        seen[(*name, row["term"])] += 1
        pairs[(*name, seen[(*name, row["term"])])].append(row)
    for pair, rows in pairs.items():
        for row in rows if len({row["term"] for row in rows}) == 2 else ():
            one_year = years.get(row["project_id"]) == 1
            item = f"{row['indicator']}（{row['target_printed'] or ''}）"
            yield {**row, "one_year": one_year, "pair": pair, "item": item, "said": _said(row)}


def _said(row: Record) -> str:
    if row["value"] is not None:
        return f"{row['operator'] or ''}{Decimal(str(row['value'])).normalize():f}{row['unit'] or ''}"
    return squeezed(row["target_printed"])


def _costs(targets: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """Targets that state an amount of money as a whole, not a cost each."""
    for row in targets:
        if row["value"] is None or row["unit"] not in MONEY_UNITS:
            continue
        role = role_of(row["indicator"], identities.phrases)
        if role is None:
            continue
        number = _NUMBER.search(str(row["target_printed"] or ""))
        yield {
            **row,
            "role": role,
            "whole": row["project_id"] is None,
            "amount": Decimal(str(row["value"])) * MONEY_UNITS[str(row["unit"])],
            "half_unit": half_of(number.group() if number else "0", row["unit"]),
            "amount_printed": number.group() if number else "",
            "item": row["indicator"],
            "table_no": None,
            "figure_key": f"target:{row['sheet_no']}:{row['term']}:{row['target_no']}",
        }


def _shared(targets: Sequence[Record], identities: Identities) -> Iterator[Record]:
    """Quantities that the whole-department sheet states under the name that projects state them under."""
    annual = {row["project_id"] for row in targets if row["term"] == "annual"}
    counted = [row for row in targets if row["value"] is not None and _is_of_the_year(row, annual)]
    projects: dict[tuple[str, object], list[Record]] = defaultdict(list)
    for row in counted:
        if row["project_id"] is not None:
            projects[squeezed(row["indicator"]), row["unit"]].append(row)
    for row in counted:
        restated = projects.get((squeezed(row["indicator"]), row["unit"]), ())
        if row["project_id"] is not None or not restated:
            continue
        told = [(squeezed(each["target_printed"]), each["page"]) for each in restated]
        zh = "、".join(dict.fromkeys(f"{said}（第{page}页）" for said, page in told))
        en = ", ".join(dict.fromkeys(f"{said} (p. {page})" for said, page in told))
        agrees = any(_meet(row, each) for each in restated) or _is_more_money(row, restated)
        yield {
            **row,
            "note_zh": f"项目表为 {zh}",
            "note_en": f"the projects' sheets say {en}",
            "item": f"{row['indicator']}（{row['target_printed']}）",
            "contradicts": not agrees,
            "asks_other": agrees and _asks_other(row, restated) if _is_restated(row, identities) else None,
        }


def _is_of_the_year(row: Record, annual: set[object]) -> bool:
    """Whether a target is the year's, or a project's whose sheet has none of the year."""
    return row["term"] == "annual" or (row["project_id"] not in annual and row["project_id"] is not None)


def _meet(one: Record, other: Record) -> bool:
    """Whether some value is within both targets: each is a value, or a half line from it."""
    ranges = [range_of(row) for row in (one, other)]
    return max(low for low, _ in ranges) <= min(high for _, high in ranges)


def _is_more_money(row: Record, restated: Sequence[Record]) -> bool:
    """Whether the whole department's money may hold that of each project that bears the name."""
    _, most = range_of(row)
    return row["unit"] in MONEY_UNITS and all(range_of(each)[0] <= most for each in restated)


def _is_restated(row: Record, identities: Identities) -> bool:
    """Whether a name is so much an indicator's own that two sheets which bear it speak of the same; money aside."""
    general = identities.descriptions.get("general")
    return general is not None and row["unit"] not in MONEY_UNITS and not general.fullmatch(squeezed(row["indicator"]))


def _asks_other(row: Record, restated: Sequence[Record]) -> bool:
    """Of a department's number the projects' are parts, so that it may be more than they are; but under so long a name
    that one project alone bears there is no other part."""
    if any(each["value"] == row["value"] for each in restated):
        return False
    if "%" in str(row["unit"]) or (len(restated) == 1 and len(squeezed(row["indicator"])) >= _TELLING):
        return True
    return any(range_of(each)[0] > range_of(row)[0] > 0 for each in restated)


def range_of(row: Record) -> tuple[Decimal, Decimal]:
    """The numbers that a target admits: a value, or a half line from it."""
    value, operator = Decimal(str(row["value"])), row["operator"] or "="
    low = value if operator in ("=", "≥", ">") else Decimal("-Infinity")
    return low, value if operator in ("=", "≤", "<") else Decimal("Infinity")


def _worded(targets: Sequence[Record], identities: Identities) -> Iterator[Record]:
    words = identities.descriptions
    for row in targets if words else ():
        printed, unit = squeezed(row["target_printed"]), row["unit"] if row["value"] is not None else None
        is_rate = unit is not None and words["rate"].fullmatch(squeezed(row["indicator"])) is not None
        says = _says_nothing(row, printed, words)
        if printed:
            item = f"{row['indicator']}（{printed}）"
            beyond = _beyond(row, printed, words)
            note = says or beyond
            yield {
                **row,
                "is_bounded": _is_bounded(row, printed, words),
                "impossible": beyond is not None,
                "whose": row["project_id"] or "whole",
                "item": item,
                "says_nothing": says is not None,
                **({"note_zh": f"{item}{note[0]}", "note_en": f"{item} is {note[1]}"} if note else {}),
                "is_rate": is_rate,
                "counts": is_rate and words["thing"].fullmatch(str(unit)) is not None,
            }


def _is_bounded(row: Record, printed: str, words: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a target gives a date, or is a share of all."""
    return words["date"].search(printed) is not None or _is_share(row, words)


def _is_share(row: Record, words: Mapping[str, re.Pattern[str]]) -> bool:
    in_percent = row["value"] is not None and row["unit"] in ("%", "％")
    return in_percent and words["share_of_all"].fullmatch(squeezed(row["indicator"])) is not None


def _beyond(row: Record, printed: str, words: Mapping[str, re.Pattern[str]]) -> tuple[str, str] | None:
    """Why no target can be so, in both languages; None for one that can."""
    for each in words["date"].finditer(printed):
        if not _is_date(int(each["month"] or each["month_of"]), int(each["day"] or each["day_of"] or 1)):
            return "中没有这样的日期", "of a date that does not exist"
    return ("超过全部", "more than all") if _is_share(row, words) and range_of(row)[0] > _ALL else None


def _is_date(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _says_nothing(row: Record, printed: str, words: Mapping[str, re.Pattern[str]]) -> tuple[str, str] | None:
    """Why a target as printed is none, in both languages; None for one that is."""
    is_time = words["of_time"].fullmatch(str(row["level2"] or "")) is not None
    kinds = (each for each in _NO_TARGETS if is_time or each != "past_time")
    return next((_NO_TARGETS[each] for each in kinds if words[each].fullmatch(printed)), None)
