"""Performance sheets as the selectors see them: derived tables of the published ones.

``indicators`` and ``sheet_names`` add their own.

sheets            one row a project with a sheet: ``sheet_key`` joins it to ``project_rows``; ``is_alone`` (no row of
                  the project table answers to it), ``duration_fits``, ``filed_in_season``, ``department_fits``,
                  ``has_time`` (the time of filing is told to the second),
                  ``missing_kind`` (a kind of indicator that the form asks for and the sheet lacks; not told of a sheet
                  that has indicators whose kind is not printed, or was lost where the page broke)
sheet_amounts     one row a project, term and source of funds, with its printed place; ``is_split``: the form splits
                  the money by level of government; ``has_fiscal``: it does not, but prints the fiscal funds in one
project_rows      the projects' rows in the project tables, with their printed place; ``one`` counts them;
                  ``is_shared``: several rows of the name answer to one sheet, and need not make up its money
profile           ``department_profile`` with ``role``, ``amount`` and printed place; ``of`` what (a task), and which
                  ``part`` of its money, where the attribute is a path; ``is_sheet``: on a sheet
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.validate.identities import Identities
from pipeline.validate.rows.indicators import indicator_tables
from pipeline.validate.rows.model import Lines, Record, Tables
from pipeline.validate.rows.printed import SheetCells, coarsest
from pipeline.validate.rows.sheet_names import sheet_names
from pipeline.validate.rows.vocabulary import role_of, squeezed

SOURCES = ("total", "fiscal", "central", "provincial", "local", "carryover", "self_raised", "other")
_CALLED = {
    "fiscal": "财政拨款", "central": "中央资金", "provincial": "省级资金", "local": "市县资金",
    "carryover": "上年结转", "self_raised": "单位自筹", "other": "其他资金",
}  # fmt: skip
_LEVELS = ("central", "provincial", "local")
_TERMS = {"term": "实施期", "annual": "年度"}
_TIME_AT = len("2026-01-01T")
_FILED = re.compile(r"(\d{4})-(\d{2})")
_BY_NAME = ("name_sum", "name")
_ALONE = "sheet_only"


def sheet_tables(tables: Tables, cells: Sequence[Record], identities: Identities) -> dict[str, Sequence[Record]]:
    """The derived tables of one document that its sheets alone tell; ``cells`` are those of its tables."""
    document = tables["documents"][0] if tables.get("documents") else {}
    kinds = {row["table_no"]: row["table_id"] for row in tables.get("source_tables", ())}
    found = SheetCells(cells, kinds)
    targets = tables.get("performance_targets", ())
    with_sheet = _with_sheet(tables)
    pages = _department_pages(tables.get("source_tables", ()))
    return {
        "sheets": list(_sheets(with_sheet, targets, document, identities)),
        "sheet_amounts": [amount for row in with_sheet for amount in _amounts(row, found)],
        **indicator_tables(with_sheet, targets, identities),
        "profile": [_profile(row, found, identities, pages) for row in _counted(tables.get("department_profile", ()))],
    }


def project_tables(tables: Tables, lines: Lines, cells: Sequence[Record]) -> dict[str, Sequence[Record]]:
    """Those that tell what the project tables print of the projects; ``cells`` are those of the sheets."""
    rows = list(_project_rows(tables.get("projects", ()), lines))
    return {"project_rows": rows, "sheet_names": list(sheet_names(_with_sheet(tables), rows, cells))}


def _with_sheet(tables: Tables) -> list[Record]:
    """The projects that a sheet with money or targets is about."""
    with_targets = {target["project_id"] for target in tables.get("performance_targets", ())}
    return [row for row in tables.get("projects", ()) if _has_sheet(row, with_targets)]


def _has_sheet(row: Record, with_targets: Collection[object]) -> bool:
    amounts = any(row.get(f"{term}_total_amount") is not None for term in _TERMS)
    return bool(row.get("match_ground")) and (amounts or row["project_id"] in with_targets)


def _key(row: Record) -> object:
    """What joins a sheet to its rows: the project, or the name where several units' rows add up to the sheet."""
    return squeezed(row["project_name"]) if row["match_ground"] in _BY_NAME else row["project_id"]


def _name(row: Record) -> object:
    """What the sheet itself calls its project."""
    return row["sheet_name"] or row["project_name"]


# --- one sheet -------------------------------------------------------------------------------------------------------


def _sheets(
    projects: Sequence[Record], targets: Sequence[Record], document: Record, identities: Identities
) -> Iterator[Record]:
    kinds: dict[object, set[str]] = defaultdict(set)
    for target in targets:
        kinds[target["project_id"]].add(str(target["level2"] or ""))
    for row in projects:
        found = kinds[row["project_id"]]
        missing = [] if "" in found else [kind for kind in identities.indicator_kinds if not _has_kind(kind, found)]
        yield {
            **row,
            "project_name": _name(row),
            "page": row["first_page"],
            "table_title": None,
            "sheet_key": _key(row),
            "is_alone": row["match_ground"] == _ALONE,
            "duration_fits": _duration_fits(row, identities),
            "filed_in_season": _in_season(row["filed_at"], document.get("fiscal_year")),
            "has_time": str(row["filed_at"] or "")[_TIME_AT:] not in ("", "00:00:00"),
            "department_fits": _department_fits(row, document),
            "missing_kind": "、".join(missing) or None,
            "has_targets": bool(found),
            "cell_ids": [],
        }


def _has_kind(kind: str, found: set[str]) -> bool:
    return any(kind in each for each in found)


def _duration_fits(row: Record, identities: Identities) -> bool | None:
    """一次性 is one year; 经常性 more than one."""
    once = identities.descriptions.get("once")
    if row["recurrence"] is None or row["duration_years"] is None or once is None:
        return None
    return (once.fullmatch(str(row["recurrence"])) is not None) == (int(str(row["duration_years"])) == 1)


def _in_season(filed_at: object, year: object) -> bool | None:
    """Whether a form was filed while the budget was made: September of the year before to March of the year."""
    match = _FILED.match(str(filed_at or ""))
    if match is None or year is None:
        return None
    months = (int(match[1]) - int(str(year))) * 12 + int(match[2])
    return -3 <= months <= 3


def _department_fits(row: Record, document: Record) -> bool | None:
    name, publisher = squeezed(row["department_in_charge"]), squeezed(document.get("publisher"))
    if not name or not publisher:
        return None
    code, known = row["department_code"], document.get("publisher_code")
    return (name in publisher or publisher in name) and (code is None or known is None or code == known)


def _amounts(row: Record, found: SheetCells) -> Iterator[Record]:
    """The money of a form, in its printed order: a line a source, the whole term before the year."""
    split = {term: any(row[f"{term}_{level}_amount"] is not None for level in _LEVELS) for term in _TERMS}
    fiscal = {term: row[f"{term}_fiscal_amount"] is not None and not split[term] for term in _TERMS}
    for source in SOURCES:
        for term, header in _TERMS.items():
            amount = row[f"{term}_{source}_amount"]
            if amount is None:
                continue
            value = Decimal(str(amount))
            printed = found.find(value, row["cell_ids"] if isinstance(row["cell_ids"], list) else ())
            yield {
                **{name: row[name] for name in ("project_id", "recurrence", "duration_years")},
                "project_name": _name(row),
                "subject_name": _CALLED.get(source),
                "sheet_key": _key(row),
                "term": term,
                "column_header": header,
                "source": source,
                "is_split": split[term],
                "has_fiscal": fiscal[term],
                "amount": value,
                "half_unit": Decimal("0.005"),
                "page": row["first_page"],
                "figure_key": f"sheet:{row['project_id']}:{term}:{source}",
                **(printed.fields() if printed else {}),
            }


def _project_rows(projects: Sequence[Record], lines: Lines) -> Iterator[Record]:
    """Rows of the project tables, with the figure that answers for each and its printed place."""
    of_name = Counter(_key(row) for row in projects if row["match_ground"] == "name")
    for row in projects:
        is_heading = row["subtotal_amount"] is not None
        amount, both, total = _figure_of(row, lines.by_cell, is_heading=is_heading)
        if not total or amount is None or (is_heading and not row["match_ground"]):
            continue
        yield {
            "project_id": row["project_id"],
            "project_name": row["project_name"],
            "sheet_key": _key(row),
            "origin": "total" if both else row["origin"],
            "has_sheet": bool(row["match_ground"]),
            "is_shared": of_name[_key(row)] > 1,
            "amount": amount,
            "half_unit": coarsest(total),
            **{name: total[0][name] for name in ("unit", "amount_printed", "page", "table_title")},
            "cell_ids": [fact["cell_id"] for fact in total],
            "one": Decimal(0 if is_heading else 1),
        }


def _figure_of(
    row: Record, by_cell: Mapping[object, Record], *, is_heading: bool
) -> tuple[object, bool, Sequence[Record]]:
    """A row's amount, whether it is of both years, and the figures that print it: its total, or what stands for it.

    A row whose table adds up this year's money and what was carried over answers with that sum, as a sheet does.
    """
    facts = [by_cell[cell] for cell in row["cell_ids"] or () if cell in by_cell]  # type: ignore[attr-defined]
    both = next((fact for fact in facts if (fact["fund"], fact["origin"]) == ("total", "total")), None)
    amount = row["subtotal_amount"] if is_heading else both["amount"] if both else row["amount"]
    return amount, both is not None, [fact for fact in facts if fact["amount"] == amount][:1] or facts


# --- the department's profile ----------------------------------------------------------------------------------------


def _department_pages(tables: Sequence[Record]) -> set[object]:
    """The pages of the whole-department sheets."""
    sheets = [row for row in tables if row["table_id"] == "department_performance"]
    return {page for row in sheets for page in range(int(str(row["first_page"])), int(str(row["last_page"])) + 1)}


def _counted(profile: Sequence[Record]) -> Iterator[Record]:
    """The attributes that are figures."""
    return (row for row in profile if row["value"] is not None)


def _profile(row: Record, found: SheetCells, identities: Identities, pages: Collection[object]) -> Record:
    attribute, value = str(row["attribute"]), Decimal(str(row["value"]))
    printed = found.find(value, found.on_page(row["page"])) if row["unit"] == "元" else None
    return {
        **row,
        "role": role_of(attribute, identities.phrases),
        "of": attribute.partition("/")[0],
        "part": attribute.rpartition("/")[2],
        "is_sheet": row["page"] in pages,
        "unit": row["unit"] or "",
        "item": attribute,
        "amount": value,
        "half_unit": Decimal("0.005") if row["unit"] == "元" else Decimal(0),
        "amount_printed": "",
        "figure_key": f"profile:{row['attribute_no']}",
        **(printed.fields() if printed else {}),
    }
