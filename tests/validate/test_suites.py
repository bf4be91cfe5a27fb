"""The gate: what the suites say, that they are the schema's, and that they fail when they should."""

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pytest

from pipeline.schema import CELLS, COVERAGE, ECONOMIC_SUBJECTS, FACT_TABLES, SUBJECTS, Table
from pipeline.tables import Dataset, Row, to_arrow, write_dataset
from pipeline.validate import SuiteError, SuiteResult, check_document, run_suites
from pipeline.validate.suite_queries import query_of
from tests.validate.made import DOCUMENT, document, source_table
from tests.validate.test_within_tables import TREE, changed, spent

SUITES = Path(__file__).parents[2] / "expectations"


def suite(table: Table) -> list[dict]:
    return json.loads((SUITES / f"{table.name}.json").read_text(encoding="utf-8"))["expectations"]


def asked(table: Table, kind: str) -> Iterator[dict]:
    return (each["kwargs"] for each in suite(table) if each["type"] == kind)


@pytest.mark.parametrize("table", FACT_TABLES, ids=lambda table: table.name)
class TestTheSuiteIsTheSchemas:
    def test_columns_in_their_order(self, table: Table) -> None:
        (columns,) = asked(table, "expect_table_columns_to_match_ordered_list")
        assert columns["column_list"] == list(table.names)

    def test_key_unique_and_required_columns_never_null(self, table: Table) -> None:
        compound = [each["column_list"] for each in asked(table, "expect_compound_columns_to_be_unique")]
        single = [[each["column"]] for each in asked(table, "expect_column_values_to_be_unique")]
        assert list(table.key) in compound + single
        not_null = {each["column"] for each in asked(table, "expect_column_values_to_not_be_null")}
        assert not_null == {each.name for each in table.columns if each.required or each.name in table.key}

    def test_vocabularies(self, table: Table) -> None:
        sets = {each["column"]: each["value_set"] for each in asked(table, "expect_column_values_to_be_in_set")}
        assert sets == {each.name: list(each.enum) for each in table.columns if each.enum}

    def test_references(self, table: Table) -> None:
        queries = [each["query"] for each in asked(table, "expect_query_to_return_no_rows")]
        for key in table.foreign_keys:
            assert any(f"FROM {table.name} b LEFT JOIN {key.table} o ON" in query for query in queries), key

    def test_words_in_both_languages_and_a_severity(self, table: Table) -> None:
        for each in suite(table):
            assert each["meta"]["zh"], each
            assert each["meta"]["en"], each
            assert each["severity"] in ("critical", "warning", "info")


def whole(lines: list[Row] | None = None) -> Dataset:
    """A dataset that every suite holds on: one document, its cells, its coverage, the dimensions, checks, findings."""
    lines = spent(*TREE) if lines is None else lines
    dataset = document(lines, [source_table("expenditure_summary", 3)])
    cells = [
        {
            **{name: row[name] for name in ("cell_id", "document_id", "page", "table_no", "row_no", "column_no")},
            "row_span": 1, "column_span": 1, "x0": 0, "y0": 0, "x1": 9, "y1": 9, "role": "fact",
            "text_raw": row["amount_printed"], "text": row["amount_printed"],
        }
        for row in lines
    ]  # fmt: skip
    page = {
        "document_id": DOCUMENT, "page": 3, "digits_in_text_layer": 40, "digits_in_cells": 40, "numbers": len(lines),
        "facts": len(lines), "labels": 0, "headers": 0, "findings": 0, "unread": 0,
    }  # fmt: skip
    subject = {"code": "201", "name": "一般公共服务支出", "level": "类", "source": "made"}
    economic = {"scheme": "department", "code": "301", "name": "工资福利支出", "level": "类", "source": "made"}
    dataset |= {
        "cells": to_arrow(CELLS, cells), "coverage": to_arrow(COVERAGE, [page]),
        "subjects": to_arrow(SUBJECTS, [subject]), "economic_subjects": to_arrow(ECONOMIC_SUBJECTS, [economic]),
    }  # fmt: skip
    checked = check_document(dataset)
    column = dataset["documents"].column_names.index("jointly_feasible")
    field = dataset["documents"].schema.field(column)
    documents = dataset["documents"].set_column(column, field, [[checked.jointly_feasible]])
    return {**dataset, "documents": documents, "checks": checked.checks, "findings": checked.findings}


def gate(dataset: Dataset) -> dict[str, SuiteResult]:
    with TemporaryDirectory() as folder:
        write_dataset(Path(folder), dataset)
        return {result.table: result for result in run_suites(Path(folder), SUITES)}


def complaints(dataset: Dataset) -> list[str]:
    return [line for result in gate(dataset).values() for line in (*result.failures, *result.warnings)]


def without(dataset: Dataset, table: str, column: str, value: object) -> Dataset:
    """The dataset less the rows of a table where the column has the value."""
    keep = [number for number, each in enumerate(dataset[table][column].to_pylist()) if each != value]
    return {**dataset, table: dataset[table].take(keep)}


def with_rows(dataset: Dataset, table: Table, **values: object) -> Dataset:
    """The dataset with these values in every row of a table."""
    rows = [{**row, **values} for row in dataset[table.name].to_pylist()]
    return {**dataset, table.name: to_arrow(table, rows)}


def test_every_suite_holds_on_a_sound_dataset_and_reports_what_it_asked() -> None:
    results = gate(whole())
    assert [line for result in results.values() for line in (*result.failures, *result.warnings)] == []
    assert list(results) == [table.name for table in FACT_TABLES]
    assert all(results[table.name].expectations == len(suite(table)) for table in FACT_TABLES)


def test_a_registered_error_of_the_publisher_does_not_break_the_gate() -> None:
    assert complaints(whole(spent(*changed(3, 1, "6.00")))) == []


def test_a_failing_check_without_a_finding_breaks_it() -> None:
    dataset = whole(spent(*changed(3, 1, "6.00")))
    (finding,) = [row for row in dataset["findings"].to_pylist() if "W13/t3/20131/total" in row["check_ids"]]
    (line,) = gate(without(dataset, "findings", "finding_id", finding["finding_id"]))["checks"].failures
    assert "不成立的 assert 检验都有问题记录" in line
    assert "every assert check that fails has a finding" in line
    assert "W13/t3/20131/total" in line


def test_a_family_that_vanished_breaks_it() -> None:
    (line,) = gate(without(whole(), "checks", "family", "W31"))["checks"].failures
    assert "W31" in line


def test_an_infeasible_document_without_a_finding_breaks_it() -> None:
    dataset = whole(spent(*changed(3, 1, "6.00")))
    emptied = {**dataset, "findings": dataset["findings"].slice(0, 0)}
    assert any("联合不可行" in line for line in gate(emptied)["documents"].failures)


def test_a_count_that_does_not_close_breaks_it() -> None:
    lost = gate(with_rows(whole(), COVERAGE, facts=1))["coverage"].failures
    assert [line.split("：")[0] for line in lost] == ["每个数字应各得其所"]
    assert (
        "文字层的数字位数应等于单元格的数字位数"
        in gate(with_rows(whole(), COVERAGE, digits_in_cells=39))["coverage"].failures[0]
    )


def test_a_figure_whose_cell_is_gone_breaks_it() -> None:
    failures = gate(without(whole(), "cells", "cell_id", "made:t3:r3:c1"))["budget_lines"].failures
    assert any("cell_id refers to cells" in line for line in failures)


def test_an_amount_that_is_not_what_was_printed_breaks_it_to_the_cent() -> None:
    dataset = whole()
    rows = dataset["budget_lines"].to_pylist()
    rows[0]["amount"] += Decimal("0.01")
    changed_lines = {
        **dataset,
        "budget_lines": to_arrow(next(t for t in FACT_TABLES if t.name == "budget_lines"), rows),
    }
    assert any("the amount is what is printed" in line for line in gate(changed_lines)["budget_lines"].failures)


COLUMN = {"column": "value"}
ASKED = [
    ("expect_column_values_to_not_be_null", COLUMN),
    ("expect_column_values_to_be_in_set", {**COLUMN, "value_set": ["201", "it's"]}),
    ("expect_column_values_to_match_regex", {**COLUMN, "regex": r"^\d{3}(?:\d{2}){0,2}$"}),
    ("expect_column_values_to_be_unique", COLUMN),
    ("expect_compound_columns_to_be_unique", {"column_list": ["value", "number"]}),
    ("expect_column_values_to_be_between", {"column": "number", "min_value": 0}),
    ("expect_column_values_to_be_between", {"column": "number", "min_value": 1, "max_value": 2}),
    ("expect_table_row_count_to_be_between", {"min_value": 2}),
]
ROWS = [
    [("201", 1), ("20101", 2)],
    [("201", 1), ("201", 2)],
    [("201", 1), ("201", 1)],
    [("it's", 3), (None, None), (None, None)],
    [("2011", -1)],
]


@pytest.mark.parametrize(("kind", "arguments"), ASKED)
def test_a_query_answers_as_great_expectations_would(kind: str, arguments: dict) -> None:
    import great_expectations as gx  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    whole_frame = (
        context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
    )
    answers = set()
    for rows in ROWS:
        frame = pd.DataFrame(rows, columns=["value", "number"]).astype({"value": "str", "number": "Int64"})
        suite = gx.ExpectationSuite("s", expectations=[{"type": kind, "kwargs": arguments}])
        holds = whole_frame.get_batch({"dataframe": frame}).validate(suite).success
        assert (duckdb.sql(query_of("frame", kind, arguments)).fetchall() == []) == holds, rows
        answers.add(holds)
    assert answers == {True, False}


def test_an_argument_that_would_go_unheeded_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no mostly"):
        query_of("cells", "expect_column_values_to_not_be_null", {"column": "role", "mostly": 0.9})


def test_a_table_without_a_suite_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="every fact table has a suite"):
        run_suites(tmp_path, tmp_path)


def test_an_expectation_of_an_unknown_type_is_refused_and_not_left_out(tmp_path: Path) -> None:
    for path in SUITES.glob("*.json"):
        shutil.copy(path, tmp_path)
    path = tmp_path / "documents.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("expect_query_to_return_no_rows", "expect_nothing"), encoding="utf-8"
    )
    with pytest.raises(SuiteError, match=r"documents.*expect_nothing"):
        run_suites(tmp_path, tmp_path)
