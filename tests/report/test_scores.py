"""What is counted, and how documents, places and all of them are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report.expected import expected_tables, load_rules
from pipeline.report.scores import Tally, place_of, score
from tests.report.made import BUDGET_2026, build, check, document, finding, page, table, tables


def test_the_state_capital_table_is_asked_for_only_from_its_first_year_on() -> None:
    early = {table.table_id for table in expected_tables("budget", 2018)}
    late = {table.table_id for table in expected_tables("budget", 2026)}
    assert late - early == {"state_capital_budget"}
    assert len(early) == 8


def test_of_a_document_whose_type_is_unknown_only_what_every_type_owes_is_asked() -> None:
    unknown = {table.table_id for table in expected_tables(None, None)}
    assert unknown == {table.table_id for table in expected_tables("final_accounts", 2017)}


def test_a_rule_that_names_no_table_of_the_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("budget: [{table_id: revenues, title: 收入表}]\nfinal_accounts: []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="revenues"):
        load_rules(path)


def test_an_empty_table_of_the_rule_is_there_and_an_absent_one_is_missing() -> None:
    printed = [*tables("a-1", BUDGET_2026[:-2]), table("a-1", 8, BUDGET_2026[-2], state="empty")]
    (scored,) = score(build(documents=[document("a-1")], source_tables=printed)).documents
    assert [missing.table_id for missing in scored.missing] == [BUDGET_2026[-1]]
    assert scored.tally.found == 8


def test_a_missing_table_is_told_with_the_tables_left_unread_and_set_aside() -> None:
    left = finding("a-1", "f1", "unknown_table", "表不在词汇表中", verdict="extraction", page=7)
    printed = [table("a-1", 1, "other", printed_title="政府采购预算表", first_page=5)]
    (scored,) = score(
        build(documents=[document("a-1")], source_tables=printed, findings=[left, finding("a-1", "f2", "x", "y")])
    ).documents
    assert [(gap.code, gap.count, gap.pages) for gap in scored.gaps] == [("unknown_table", 1, (7,))]
    assert scored.set_aside == (("政府采购预算表", 5),)


def test_numbers_are_counted_by_where_they_went_and_the_rest_is_left_over() -> None:
    rows = [page("a-1", 1, numbers=9, facts=4, labels=2, headers=1, findings=1, unread=1), page("a-1", 2)]
    tally = score(build(documents=[document("a-1")], coverage=rows)).total
    assert (tally.numbers, tally.left_over, tally.not_closed) == (13, 2, 0)
    assert tally.places["facts"] == 8


@pytest.mark.parametrize("gap", [{"facts": 3}, {"digits_in_cells": 9}])
def test_a_count_does_not_close_when_one_page_lacks_what_another_has_too_many_of(gap: dict[str, int]) -> None:
    surplus = {name: {"facts": 5, "digits_in_cells": 11}[name] for name in gap}
    rows = [page("a-1", 1, **gap), page("a-1", 2, **surplus)]
    assert score(build(documents=[document("a-1")], coverage=rows)).total.not_closed == 1


def test_arithmetic_that_must_hold_is_counted_apart_from_inference_and_from_completeness() -> None:
    rows = [
        check("a-1", "W02/1", "exact"),
        check("a-1", "W02/2", "within_rounding"),
        check("a-1", "W02/3", "fails"),
        check("a-1", "W02/4", "blocked"),
        check("a-1", "W33/1", "fails", kind="inferred"),
        check("a-1", "C06/1", "fails", scope="disclosure"),
    ]
    tally = score(build(documents=[document("a-1")], checks=rows)).total
    assert (tally.held("assert"), tally.decided("assert"), tally.outcome("assert", "blocked")) == (2, 3, 1)
    assert (tally.outcome("inferred", "fails"), tally.outcome("disclosure", "fails")) == (1, 1)


def test_feasible_infeasible_and_untested_documents_are_told_apart() -> None:
    said = {"a-1": True, "b-1": False, "c-1": None}
    tally = score(build(documents=[document(name, jointly_feasible=value) for name, value in said.items()])).total
    assert (tally.feasible, tally.infeasible, tally.untested) == (1, 1, 1)


def test_a_place_is_the_region_or_else_the_beginning_of_the_identifier() -> None:
    assert place_of("nowhere-001", "山西省晋城市泽州县") == "山西省晋城市泽州县"
    assert place_of("nowhere-001", None) == "nowhere"
    assert place_of("whole", None) == "whole"


def test_a_place_adds_up_its_documents_and_counts_what_they_lack() -> None:
    documents = [document("a-1", figure_count=3), document("a-2", figure_count=4), document("b-1", figure_count=5)]
    printed = [*tables("a-1"), *tables("a-2", BUDGET_2026[1:]), *tables("b-1")]
    board = score(build(documents=documents, source_tables=printed))
    by_place = {place.place: place for place in board.places}
    assert by_place["a"].tally.figures == 7
    assert by_place["a"].missing == {BUDGET_2026[0]: 1}
    assert board.total.figures == 12


def test_the_worst_document_and_place_come_first() -> None:
    documents = [document(name) for name in ("a-clean", "b-warned", "c-failing", "d-lacking", "e-unreadable")]
    documents[-1] = document("e-unreadable", page_count=0)
    printed = [row for name in ("a-clean", "b-warned", "c-failing") for row in tables(name)]
    printed += tables("d-lacking", BUDGET_2026[1:])
    board = score(
        build(
            documents=documents,
            source_tables=printed,
            checks=[check("c-failing", "W02/1", "fails")],
            findings=[finding("b-warned", "f1", "x", "y")],
        )
    )
    worst_first = ["e-unreadable", "d-lacking", "c-failing", "b-warned", "a-clean"]
    assert [scored.document_id for scored in board.documents] == worst_first
    assert [place.place for place in board.places] == ["e", "d", "c", "b", "a"]


def test_equally_bad_documents_stand_in_the_order_of_their_names() -> None:
    board = score(build(documents=[document("b-1"), document("a-2"), document("a-1")]))
    assert [scored.document_id for scored in board.documents] == ["a-1", "a-2", "b-1"]


def test_a_build_without_documents_counts_nothing() -> None:
    board = score(build())
    assert (board.documents, board.places, board.total) == ((), (), Tally())
