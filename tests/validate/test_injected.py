"""Errors put into the reviewed Zezhou figures from outside: found, located, explained; the untouched stay clean.

What is done to the data here is what happens to disclosures: a digit, two rows swapped, a row lost, a point shifted, a
percentage that was not worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from bench.altered import answers
from pipeline.schema import BUDGET_LINES, NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document, load_identities
from tests.validate.test_texts import said
from tests.validate.zezhou import zezhou

GENERAL, PROJECTS = 5, 12
FIGURES = ("amount", "amount_printed", "half_unit")


def errors(dataset: Dataset) -> list[Row]:
    return [row for row in check_document(dataset).findings.to_pylist() if row["severity"] == "error"]


def lines_of(dataset: Dataset) -> list[Row]:
    rows: list[Row] = dataset["budget_lines"].to_pylist()
    return rows


def with_lines(dataset: Dataset, lines: Iterable[Row]) -> Dataset:
    return {**dataset, "budget_lines": to_arrow(BUDGET_LINES, lines)}


def swapped(table_no: int, one: int, other: int) -> Dataset:
    """The figures of two rows of a table, each in the other's place, as when labels slip against numbers."""
    dataset = zezhou()
    lines = {(row["table_no"], row["row_no"], row["column_no"]): dict(row) for row in lines_of(dataset)}
    new = dict(lines)
    for (table, row_no, column), row in lines.items():
        if table == table_no and row_no in (one, other):
            twin = lines.get((table, other if row_no == one else one, column))
            if twin is not None:
                new[table, row_no, column] = {**row, **{name: twin[name] for name in FIGURES}}
    return with_lines(dataset, new.values())


def without_row(table_no: int, row_no: int) -> Dataset:
    dataset = zezhou()
    kept = [row for row in lines_of(dataset) if (row["table_no"], row["row_no"]) != (table_no, row_no)]
    assert len(kept) < len(lines_of(dataset))
    return with_lines(dataset, kept)


def rows_with(table_no: int, level: str) -> list[int]:
    """The rows of a table at one level of the subjects, in order."""
    found = [row for row in lines_of(zezhou()) if row["table_no"] == table_no and row["subject_level"] == level]
    return list(dict.fromkeys(int(str(row["row_no"])) for row in found))


def test_the_untouched_disclosure_has_no_error() -> None:
    assert errors(zezhou()) == []


@pytest.mark.parametrize("table_no", [2, 3, GENERAL])
def test_every_digit_of_a_tables_totals_is_found_on_its_page(table_no: int) -> None:
    """The first digit of every 项's first figure, one at a time: a tenth of them, evenly over the table."""
    for row_no in rows_with(table_no, "项")[::5]:
        line = next(row for row in lines_of(zezhou()) if (row["table_no"], row["row_no"]) == (table_no, row_no))
        printed = str(line["amount_printed"])
        wrong = f"{9 - int(printed[0]) or 5}{printed[1:]}"
        found = errors(zezhou((table_no, row_no, str(line["column_header"]), wrong)))
        assert found, (row_no, printed, wrong)
        assert any(line["cell_id"] in row["cell_ids"] for row in found)
        assert any(row["page"] == line["page"] for row in found)


def test_two_rows_that_changed_places_are_found_and_both_are_named() -> None:
    one, other = rows_with(GENERAL, "项")[:2]
    found = errors(swapped(GENERAL, one, other))
    named = {cell for row in found for cell in row["cell_ids"]}
    for row_no in (one, other):
        cells = {r["cell_id"] for r in lines_of(zezhou()) if (r["table_no"], r["row_no"]) == (GENERAL, row_no)}
        assert cells & named, row_no


@pytest.mark.parametrize("lost", rows_with(GENERAL, "项")[::3])
def test_a_row_that_was_lost_is_found_by_the_total_that_it_leaves_short_or_the_parent_that_it_leaves_bare(
    lost: int,
) -> None:
    findings = check_document(without_row(GENERAL, lost)).findings.to_pylist()
    told = [str(row["check_id"]) for row in findings]
    assert any(name.startswith(f"W13/t{GENERAL}/") or name == f"S04/t{GENERAL}" for name in told)


def test_a_project_that_was_lost_is_found_by_the_tables_total() -> None:
    names = [row for row in lines_of(zezhou()) if row["table_no"] == PROJECTS and row["project_name"]]
    found = errors(without_row(PROJECTS, int(str(names[3]["row_no"]))))
    assert any("项目支出预算表" in row["explanation"] or "projects" in row["explanation"] for row in found)


@pytest.mark.parametrize("factor", [10, Decimal("0.1")])
def test_a_shifted_point_is_found_and_the_right_figure_is_told(factor: Decimal | int) -> None:
    line = next(r for r in lines_of(zezhou()) if r["table_no"] == GENERAL and r["subject_code"] == "2210201")
    right = Decimal(str(line["amount_printed"]).replace(",", ""))
    header = str(line["column_header"])
    found = errors(zezhou((GENERAL, int(str(line["row_no"])), header, f"{right * factor:.2f}")))
    assert any(f"应为 {right:,.2f} 万元" in row["explanation"] for row in found)


@pytest.mark.parametrize(("percent", "outcome"), [("37.26", []), ("37.62", ["warning"]), ("3.73", ["warning"])])
def test_a_wrong_percentage_is_found_with_the_range_that_would_be_right(percent: str, outcome: list[str]) -> None:
    classes = (
        ("一般公共服务支出", "1562.18", percent),
        ("社会保障和就业支出", "104.11", "2.48"),
        ("卫生健康支出", "34.11", "0.81"),
        ("农林水支出", "2442.40", "58.26"),
        ("住房保障支出", "49.72", "1.19"),
    )
    text = [said(1, "一般公共预算当年支出", "amount", "4192.53")]
    for name, amount, share in classes:
        text += [said(len(text) + 1, name, "amount", amount), said(len(text) + 2, f"{name}占比", "percent", share, "%")]
    dataset = {**zezhou(), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    found = [row for row in check_document(dataset).findings.to_pylist() if str(row["check_id"]).startswith("N03")]
    assert [row["severity"] for row in found] == outcome
    assert all("应在 37.26" in row["explanation"] for row in found)


def test_a_digit_altered_anywhere_is_found_by_checking_anew_just_where_it_is_reckoned_to_be() -> None:
    """A build reckons its detection power from intervals: here digits are altered and all is run again."""
    found = list(answers(zezhou(), 40, 7, load_identities()))
    assert {answer.change.place for answer in found} >= {1, 2, 3}
    assert [answer.altered for answer in found if answer.found != answer.reckoned] == []
    assert sum(answer.found for answer in found) >= 39
    assert all(answer.printed != answer.altered and len(answer.printed) == len(answer.altered) for answer in found)
