"""Which failures are looked into together, and which of their suppositions are tried."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables import Dataset, rows_of
from pipeline.validate import load_identities
from pipeline.validate.causes.groups import Group, apart, in_turn
from pipeline.validate.causes.model import Cause, Known, Printed, Supposition
from pipeline.validate.causes.trial import failing
from pipeline.validate.check import Check
from pipeline.validate.evaluate import evaluate
from pipeline.validate.rows.derived import read_all
from pipeline.validate.words import Sentence
from tests.validate.made import document, figure
from tests.validate.test_lacking import GOODS, basic
from tests.validate.test_within_tables import TREE, changed, spent

SAID = Sentence("某行看来印错", "a row seems to be wrong")


def failures_of(dataset: Dataset) -> Printed:
    identities = load_identities()
    failed = failing(evaluate(read_all(dataset, identities), identities))
    nothing = Known({}, {}, {}, [], lambda _table, _row: {})
    return Printed(rows_of(dataset["budget_lines"]), failed, nothing)


def tables_of(printed: Printed, failed: Sequence[Check]) -> set[int]:
    return {table for check in failed for table in printed.tables_of(check)}


def two_faults() -> Printed:
    """A wrong figure in the expenditure summary, and a row that the table of basic expenditure lacks."""
    return failures_of(document([*spent(*changed(3, 1, "6.00")), *basic([GOODS[0], *GOODS[2:]])]))


def test_faults_of_tables_that_no_failure_compares_are_looked_into_apart() -> None:
    printed = two_faults()
    assert [tables_of(printed, group) for group in apart(printed)] == [{6}, {3}]


def test_faults_of_tables_that_a_failure_compares_are_looked_into_together() -> None:
    summary = figure("budget_summary", 1, 3, 1, "9.50", side="expenditure", subject_code="201", subject_level="类",
                     item="一般公共服务支出", code_source="reference")  # fmt: skip
    printed = failures_of(document([summary, *spent(*changed(3, 1, "6.00", TREE))]))
    assert [tables_of(printed, group) for group in apart(printed)] == [{1, 3}]


def supposed(rank: int, cell: str) -> Supposition:
    return Supposition(SAID, [], [{"cell_id": cell, "page": 1}], rank)


def test_once_all_sums_are_explained_only_what_speaks_as_much_for_other_figures_is_tried() -> None:
    first, twin, weaker, rival = supposed(3, "a"), supposed(3, "a"), supposed(2, "b"), supposed(3, "c")
    printed = two_faults()
    (failed, others) = apart(printed)
    group, other = Group(failed, [first, twin, weaker, rival]), Group(others, [supposed(1, "d")])
    tried = []
    for each, supposition in in_turn([group, other]):
        tried.append(supposition.cell_ids)
        if supposition is first:
            each.remember(first, Cause(SAID, first.about, tuple(failed)))
    assert tried == [("a",), ("d",), ("c",)]


def test_what_explains_all_sums_but_not_all_that_is_said_of_its_rows_is_not_the_last_word_on_them() -> None:
    """Codes that changed places were told as figures that did, as nothing else was tried for those rows."""
    (failed, _) = apart(two_faults())
    cell = failed[0].cell_ids[0]
    sums = [check for check in failed if check.left]
    named = Check("S02", failed[0].family, SAID, failed[0].judgement, cell_ids=(cell,))
    group = Group([*sums, named], [supposed(3, cell), supposed(3, cell), supposed(3, cell)])
    tried = []
    for each, supposition in in_turn([group]):
        tried.append(supposition.cell_ids)
        explained = sums if len(tried) == 1 else [*sums, named]
        each.remember(supposition, Cause(SAID, supposition.about, tuple(explained)))
    assert tried == [(cell,), (cell,)]


def test_a_supposition_that_explains_a_part_ends_nothing() -> None:
    (failed, _) = apart(two_faults())
    assert len(failed) > 1
    group = Group(failed, [supposed(3, "a"), supposed(1, "b")])
    tried = []
    for each, supposition in in_turn([group]):
        tried.append(supposition.cell_ids)
        each.remember(supposition, Cause(SAID, supposition.about, (failed[0],)))
    assert tried == [("a",), ("b",)]
