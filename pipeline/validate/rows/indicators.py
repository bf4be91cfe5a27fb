"""The indicators of the performance sheets as the selectors see them: derived tables of ``performance_targets``.

target_pairs      one row a project, indicator and term: ``said`` is the target's value, or its text
cost_targets      targets in money: amount in yuan; ``role`` as for the text (see ``texts``)
shared_targets    indicators of the whole-department sheet that projects have too: ``contradicts`` where no value is
                  within both targets (≥70 and ≤74 are; ≥150 and 100 are not). Money of the whole department may be
                  more than that of the projects that bear the name, for others may add to it, but not less
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.validate.identities import Identities
from pipeline.validate.rows.model import Record
from pipeline.validate.rows.printed import UNITS, half_of
from pipeline.validate.rows.vocabulary import role_of, squeezed

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def indicator_tables(
    projects: Sequence[Record], targets: Sequence[Record], identities: Identities
) -> dict[str, Sequence[Record]]:
    """The derived tables of one document; ``projects`` are those with a sheet."""
    return {
        "target_pairs": list(_pairs(projects, targets)),
        "cost_targets": list(_costs(targets, identities)),
        "shared_targets": list(_shared(targets)),
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
        role = role_of(row["indicator"], identities.phrases)
        if role is None or row["value"] is None or row["unit"] not in UNITS:
            continue
        number = _NUMBER.search(str(row["target_printed"] or ""))
        yield {
            **row,
            "role": role,
            "whole": row["project_id"] is None,
            "amount": Decimal(str(row["value"])) * UNITS[str(row["unit"])],
            "half_unit": half_of(number.group() if number else "0", row["unit"]),
            "amount_printed": number.group() if number else "",
            "item": row["indicator"],
            "table_no": None,
            "figure_key": f"target:{row['sheet_no']}:{row['term']}:{row['target_no']}",
        }


def _shared(targets: Sequence[Record]) -> Iterator[Record]:
    """Quantities that the whole-department sheet states under the name that projects state them under."""
    counted = [row for row in targets if row["term"] == "annual" and row["value"] is not None]
    own = {squeezed(row["indicator"]) for row in counted if row["project_id"] is None}
    others = {squeezed(row["indicator"]) for row in counted if row["project_id"] is not None}
    for row in counted:
        name = squeezed(row["indicator"])
        if name in own & others and row["project_id"] is None:
            restated = [each for each in counted if each["project_id"] is not None and _is_of(each, name, row["unit"])]
            if restated:
                told = [(squeezed(each["target_printed"]), each["page"]) for each in restated]
                zh = "、".join(dict.fromkeys(f"{said}（第{page}页）" for said, page in told))
                en = ", ".join(dict.fromkeys(f"{said} (p. {page})" for said, page in told))
                notes = {"note_zh": f"项目表为 {zh}", "note_en": f"the projects' sheets say {en}"}
                item = f"{row['indicator']}（{row['target_printed']}）"
                agrees = any(_meet(row, each) for each in restated) or _is_more_money(row, restated)
                yield {**row, **notes, "item": item, "contradicts": not agrees}


def _is_of(row: Record, name: str, unit: object) -> bool:
    return squeezed(row["indicator"]) == name and row["unit"] == unit


def _meet(one: Record, other: Record) -> bool:
    """Whether some value is within both targets: each is a value, or a half line from it."""
    ranges = [_range(row) for row in (one, other)]
    return max(low for low, _ in ranges) <= min(high for _, high in ranges)


def _is_more_money(row: Record, restated: Sequence[Record]) -> bool:
    """Whether the whole department's money may hold that of each project that bears the name."""
    _, most = _range(row)
    return row["unit"] in UNITS and all(_range(each)[0] <= most for each in restated)


def _range(row: Record) -> tuple[Decimal, Decimal]:
    value, operator = Decimal(str(row["value"])), row["operator"] or "="
    low = value if operator in ("=", "≥", ">") else Decimal("-Infinity")
    return low, value if operator in ("=", "≤", "<") else Decimal("Infinity")
