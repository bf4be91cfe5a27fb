"""Completeness of the disclosure itself: never mixed with the arithmetic."""

from pipeline.schema import GLOSSARY
from pipeline.tables import Dataset, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, source_table

REQUIRED = (
    "budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary", "general_budget_expenditure",
    "basic_expenditure", "government_fund_expenditure", "three_public_expenses",
)  # fmt: skip


def made(*table_ids: str, year: int = 2026) -> Dataset:
    tables = [
        source_table(name, number, printed_title=f"{year}年{name}") for number, name in enumerate(table_ids, start=1)
    ]
    return document([], tables)


def broken(dataset: Dataset) -> list[tuple[str, str]]:
    findings = check_document(dataset).findings.to_pylist()
    return [(row["check_id"], row["severity"]) for row in findings]


def test_a_disclosure_with_every_table_of_the_rule_is_complete() -> None:
    assert broken(made(*REQUIRED)) == []


def test_a_missing_table_is_named_by_its_title_in_the_rule() -> None:
    (finding,) = check_document(made(*REQUIRED[:-1])).findings.to_pylist()
    assert (finding["check_id"], finding["severity"]) == ("C02/three_public_expenses", "warning")
    assert "“三公”经费支出情况表" in finding["explanation"]


def test_a_title_of_another_year_is_told() -> None:
    assert broken(made(*REQUIRED, year=2025))[0] == ("C09/t1", "warning")


def test_a_placeholder_of_the_template_is_told() -> None:
    term = {"document_id": DOCUMENT, "term_no": 1, "term": "基本支出", "definition": "指XX局的支出。", "page": 9}
    dataset = {**made(*REQUIRED), "glossary": to_arrow(GLOSSARY, [term])}
    assert broken(dataset) == [("C08", "warning")]


def test_the_completeness_of_a_disclosure_has_a_scope_of_its_own() -> None:
    rows = check_document(made()).checks.to_pylist()
    assert {row["scope"] for row in rows if row["family"] in ("C02", "C08", "C09")} == {"disclosure"}
