"""Feasibility, location and the words of the register."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.schema import FINDINGS
from pipeline.tables import Dataset, Row, to_arrow, write_dataset
from pipeline.validate import check_document, detection_power
from pipeline.validate.detection_told import main
from tests.validate.made import DOCUMENT, document, figure, source_table, subject
from tests.validate.test_within_tables import changed, spent


def errors(dataset: Dataset) -> list[Row]:
    return [row for row in check_document(dataset).findings.to_pylist() if row["severity"] == "error"]


def test_one_wrong_figure_that_alone_mends_everything_is_the_publishers_error() -> None:
    found = errors(document(spent(*changed(3, 1, "6.00"))))
    assert {row["verdict"] for row in found} == {"publisher_error"}
    assert all("现印 6.00 万元，应为 5.00 万元，与所印只差一处笔误" in row["explanation"] for row in found)


def test_on_recognised_text_the_same_stays_open() -> None:
    found = errors(document(spent(*changed(3, 1, "6.00")), text_layer="ocr"))
    assert {row["verdict"] for row in found} == {"undetermined"}


def test_in_a_file_whose_data_are_damaged_the_same_stays_open() -> None:
    """What is missing or wrong on its pages may have been printed well."""
    damage = {"document_id": DOCUMENT, "finding_id": "f1", "severity": "error", "verdict": "extraction"}
    found = to_arrow(FINDINGS, [{**damage, "code": "damaged_data", "explanation": "坏 / damaged"}])
    new = errors({**document(spent(*changed(3, 1, "6.00"))), "findings": found})
    assert {row["verdict"] for row in new} == {"undetermined"}


def test_an_error_that_several_changes_could_mend_stays_open() -> None:
    found = errors(document(spent(("total", "9.00"), ("201", "5.00"), ("208", "3.17"))))
    assert {row["verdict"] for row in found} == {"undetermined"}


def test_an_explanation_has_the_rule_the_figures_the_range_and_the_page_in_both_languages() -> None:
    lines = spent(("total", "9.00"), ("201", "5.00"), ("208", "3.17"))
    tables = [source_table("expenditure_summary", 3, printed_title="部门支出总体情况表")]
    (row,) = errors(document(lines, tables))
    for words in (
        "第3页",
        "《部门支出总体情况表》",
        "9.00 万元",
        "3.17 万元",
        "相差 0.83 万元",
        "8.155 万元 至 8.185 万元",
    ):
        assert words in row["explanation"]
    for words in ("Page 3", "printed", "0.83 ×10,000 yuan apart", "8.155 ×10,000 yuan and 8.185"):
        assert words in row["explanation"]
    assert row["check_id"] == "W13/t3/total/total"


def test_failures_of_one_kind_that_are_as_far_off_on_a_page_are_told_once_with_all_their_checks() -> None:
    """A total that left out the meetings was eight errors: a row's and its change's, of each unit and of all."""
    items = (
        ("合计", "9.00"),
        ("因公出国（境）费", "1.00"),
        ("公务接待费", "2.00"),
        ("公务用车购置及运行费", "3.00"),
    )
    lines = [
        figure("three_public_expenses", 10, row, column, printed, item=item, unit_name=unit)
        for row, unit in enumerate(("某局", "某所"), start=4)
        for column, (item, printed) in enumerate(items, start=2)
    ]
    checked = check_document(document(lines))
    own = [row for row in checked.checks.to_pylist() if row["family"] == "W51"]
    failing = sorted(row["check_id"] for row in own if row["outcome"] == "fails")
    (found,) = [row for row in checked.findings.to_pylist() if row["severity"] == "error"]
    assert len(failing) == 2
    assert sorted(found["check_ids"]) == failing
    assert "差额与此相同、看来出自同一处的还有" in found["explanation"]
    other = [figure("three_public_expenses", 10, 5, 3, "1.50", item="因公出国（境）费", unit_name="某所")]
    apart = check_document(document([row for row in lines if (row["row_no"], row["column_no"]) != (5, 3)] + other))
    assert len([row for row in apart.findings.to_pylist() if row["severity"] == "error"]) == 2


def test_every_failing_assert_check_has_its_finding_and_rounding_has_none() -> None:
    dataset = document(spent(*changed(1, 1, "9.50")))
    checked = check_document(dataset)
    failing = {row["check_id"] for row in checked.checks.to_pylist() if row["outcome"] == "fails"}
    assert failing == {name for row in checked.findings.to_pylist() for name in row["check_ids"]}
    assert not register(document(spent(("total", "9.01"), ("201", "5.00"), ("208", "4.00"))))


def test_a_total_with_one_part_must_equal_it() -> None:
    checked = check_document(document(spent(("total", "10.02"), ("201", "10.01"))))
    assert checked.jointly_feasible is False
    assert [row["check_id"] for row in register(document(spent(("total", "10.02"), ("201", "10.01"))))] == [
        "W13/t3/total/total"
    ]


def test_rounding_alone_leaves_a_document_feasible() -> None:
    checked = check_document(document(spent(("201", "10.01"), ("20101", "5.00"), ("20102", "5.00"))))
    assert checked.jointly_feasible is True


def register(dataset: Dataset) -> list[Row]:
    """The findings of the arithmetic: made documents lack most tables that the rule asks for."""
    return [row for row in check_document(dataset).findings.to_pylist() if not str(row["check_id"]).startswith("C02")]


def conflict() -> Dataset:
    """12.03 = 6.01 + 6.01 and 6.01 = 3.00 + 3.00 twice: each within rounding, but the leaves reach 12.02 at most."""
    return document(spent(
        ("201", "12.03"), ("20101", "6.01"), ("2010101", "3.00"), ("2010102", "3.00"),
        ("20102", "6.01"), ("2010201", "3.00"), ("2010202", "3.00"),
    ))  # fmt: skip


def test_the_smallest_conflicting_set_is_a_finding_of_its_own() -> None:
    checked = check_document(conflict())
    assert {row["outcome"] for row in checked.checks.to_pylist() if row["family"] == "W13"} == {"within_rounding"}
    (row,) = register(conflict())
    assert checked.jointly_feasible is False
    assert row["code"] == "jointly_infeasible"
    assert "3条勾稽关系" in row["explanation"]
    assert len(row["cell_ids"]) == 7
    assert (
        "（201 科目201 12.03 万元 ＝ 20101 科目20101 6.01 万元 + 20102 科目20102 6.01 万元 = 12.02 万元）"
        in (row["explanation"])
    )  # without the figures a reader has nothing to look at
    assert "(201 科目201 12.03 ×10,000 yuan = 20101 科目20101 6.01 ×10,000 yuan + " in row["explanation"]


def test_a_document_without_identities_is_not_said_to_be_feasible() -> None:
    assert check_document(document([])).jointly_feasible is None


def test_two_documents_at_once_are_refused() -> None:
    dataset = document([])
    with pytest.raises(ValueError, match="2 rows"):
        check_document({**dataset, "documents": dataset["documents"].slice(0).take([0, 0])})


def test_detection_counts_every_digit_and_the_figures_that_nothing_binds() -> None:
    power = detection_power(document(spent(*changed(0, 1, "12.00"))))
    assert power.unbound == 0
    assert power.share > Decimal("0.99")
    alone = detection_power(document([figure("expenditure_summary", 3, 1, 1, "5.00", **subject("201"))]))
    assert (alone.unbound, alone.share) == (1, Decimal(0))
    assert sum(alone.tried.values()) == 27


def test_a_sample_of_figures_is_always_the_same() -> None:
    dataset = document(spent(*changed(0, 1, "12.00")))
    assert detection_power(dataset, 3) == detection_power(dataset, 3)


def test_check_ids_are_unique_and_the_same_every_time() -> None:
    rows = check_document(conflict()).checks.to_pylist()
    names = [row["check_id"] for row in rows]
    assert len(names) == len(set(names))
    assert names == [row["check_id"] for row in check_document(conflict()).checks.to_pylist()]
    assert not [name for name in names if re.search(r"[{}\s]", name)]


def test_a_built_dataset_tells_its_detection_power_as_text_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dataset(tmp_path, document(spent(*changed(0, 1, "12.00"))))
    assert main([str(tmp_path), "--json", str(tmp_path / "power.json")]) == 0
    said = json.loads((tmp_path / "power.json").read_text(encoding="utf-8"))
    assert set(said["documents"]) == {"made"}
    assert said["all"]["by_place"]["2"]["share"] == "1.0000"
    assert "100.00%" in capsys.readouterr().out


def test_coded_tables_and_project_tables_are_told_apart_and_add_up_to_all() -> None:
    """A goal for the coded tables could not be read off: half a place's figures may stand in its project tables."""
    alone = figure("projects", 9, 1, 1, "5.00", project_name="甲", item="甲")
    power = detection_power(document([*spent(*changed(0, 1, "12.00")), alone]))
    assert power.groups.keys() == {"coded", "projects"}
    assert power.groups["coded"].share > Decimal("0.99")
    assert power.groups["projects"].share == 0
    assert sum(each.figures for each in power.groups.values()) == power.figures
    assert power.groups["projects"].share_above == 0 < power.share_above < 1


def test_a_folder_without_a_dataset_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "没有已构建的数据集" in capsys.readouterr().err


def test_a_fact_printed_twice_with_one_more_in_the_last_place_may_be_a_remainder() -> None:
    lines = [*spent(("total", "9.00"), ("201", "9.00")), *spent(("total", "9.00"), ("201", "9.01"), table_no=4)]
    for line in lines[2:]:
        line["table_id"], line["fund"] = "general_budget_expenditure", "general_public_budget"
    found = [row["explanation"] for row in register(document(lines)) if str(row["check_id"]).startswith("W13")]
    assert "末位差1，可能是换算单位或凑整的尾差" in found[0]


def test_a_long_sum_says_how_many_figures_it_does_not_show() -> None:
    children = [(f"201{number}", "1.00") for number in range(10, 24)]
    (row,) = errors(document(spent(("201", "24.00"), *children)))
    assert "（另有6个数） = 14.00 万元" in row["explanation"]
    assert "(6 more) = 14.00" in row["explanation"]
