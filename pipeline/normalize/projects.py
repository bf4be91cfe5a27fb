"""The project tables' rows as ``projects``: one row a project and origin, with its money by fund."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.normalize.model import Row

_FUND_COLUMNS = {
    "total": "amount",
    "general_public_budget": "general_public_budget_amount",
    "government_fund": "government_fund_amount",
    "state_capital": "state_capital_amount",
    "special_account": "special_account_amount",
    "unit_funds": "unit_funds_amount",
}


def projects_of(lines: Iterable[Row]) -> list[Row]:
    """Project rows from the budget lines of the project tables, in printed order.

    ``amount`` is the row's printed total; where a table has no total column, its one fund column.
    """
    rows: dict[tuple[object, object], list[Row]] = {}
    for line in lines:
        if line["project_name"] and line["table_id"] in ("projects", "projects_carryover") and not line["subject_code"]:
            rows.setdefault((line["table_no"], line["row_no"]), []).append(line)
    return [_project(number, facts) for number, facts in enumerate(rows.values(), start=1)]


def _project(number: int, facts: list[Row]) -> Row:
    first = facts[0]
    project: Row = {
        "document_id": first["document_id"],
        "project_id": f"p{number:03d}",
        "project_name": first["project_name"],
        "unit_name": first["unit_name"],
        "origin": _origin(facts),
        "first_page": first["page"],
        "last_page": facts[-1]["page"],
        "cell_ids": [fact["cell_id"] for fact in facts],
    }
    for fund, column in _FUND_COLUMNS.items():
        amounts = [fact["amount"] for fact in facts if fact["fund"] == fund and fact["origin"] == project["origin"]]
        if amounts:
            project[column] = sum((a for a in amounts if isinstance(a, Decimal)), Decimal(0))
    if "amount" not in project and len(facts) == 1:
        project["amount"] = first["amount"]
    return project


def _origin(facts: list[Row]) -> object:
    """The origin of the row's total, else of its first figure."""
    return next((fact["origin"] for fact in facts if fact["fund"] == "total"), facts[0]["origin"])
