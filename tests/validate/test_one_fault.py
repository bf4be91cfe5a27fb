"""One fault that fails several checks, or is printed in several places, is told once; on small made sentences."""

from __future__ import annotations

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure
from tests.validate.test_changes import changed
from tests.validate.test_changes import made as with_changes
from tests.validate.test_texts import said
from tests.validate.test_wording import GOOD, made


def findings(dataset: Dataset) -> list[Row]:
    return [row for row in check_document(dataset).findings.to_pylist() if str(row["check_id"]).startswith("N")]


def test_a_wrong_rate_that_is_printed_in_two_sections_was_told_twice() -> None:
    (row,) = findings(made(*_rates("10.25"), *_rates("10.25", 4, section="二", page=9)))
    assert row["check_ids"] == ["N05/3", "N05/6"]
    assert "印得相同、同样不成立的还有：第9页文字“收入预算”的增减率" in row["explanation"]
    assert "Printed alike, and failing likewise, are: Page 9: Text" in row["explanation"]
    assert len(findings(made(*_rates("10.25"), *_rates("10.35", 4, section="二", page=9)))) == 2


def _rates(percent: str, number: int = 1, **more: object) -> list[Row]:
    sentence = "收入预算24169.74万元，比上年变动2228.78万元。"
    about = {"sentence": sentence, **more}
    return [
        said(number, "收入预算", "amount", "24169.74", **about),
        said(number + 1, "收入预算", "change", "2228.78", **about, direction="increase"),
        said(number + 2, "收入预算", "change", percent, "%", **about, direction="increase"),
    ]


def test_a_name_with_a_wrong_code_that_is_printed_on_two_pages_was_told_twice() -> None:
    good = [said(n, "支出", "amount", "1.00", sentence=text, page=n) for n, text in enumerate((*GOOD, *GOOD), 1)]
    wrong = [said(n, "支出", "amount", "1.00", sentence="行政运行（2013201）1.00万元", page=n) for n in (7, 8)]
    rows = [{**row, "section": f"第{row['page']}节"} for row in (*good, *wrong)]
    (row,) = findings(made(*rows))
    assert row["check_ids"] == ["N18/7", "N18/8"]
    assert "同样不成立的还有：第8页文字“行政运行（2013201）”" in row["explanation"]


def test_shares_that_were_all_reckoned_of_another_whole_are_one_fault() -> None:
    """Of the three public expenses with meetings and training: 60.00 for 20.00."""

    def shares(*percents: str) -> Dataset:
        parts = zip(("因公出国（境）费", "公务接待费", "公务用车费"), ("5.00", "10.00", "3.00"), percents, strict=True)
        rows: list[Row] = []
        for number, (name, amount, percent) in enumerate(parts):
            rows.append(said(2 * number + 1, name, "amount", amount))
            rows.append(said(2 * number + 2, f"{name}占“三公”经费比重", "percent", percent, "%"))
        return made(*rows)

    (row,) = findings(shares("8.33", "16.67", "5.00"))
    assert len(row["check_ids"]) == 3
    assert "这3个占比都像是以另一个总数算的（在 59.9" in row["explanation"]
    assert "These 3 shares all seem to be reckoned of another whole" in row["explanation"]
    assert len(findings(shares("8.33", "26.67", "5.00"))) == 3  # of no one whole


def test_a_change_that_neither_its_rate_nor_the_other_side_agrees_with_was_told_twice() -> None:
    """N33 told of 支出 that its change was not that of 收入, N05 of 收入 that its change was not its rate."""

    def both(one: str, other: str) -> Dataset:
        first, second = changed(1, "收入预算", "9,880.78", one), changed(4, "支出预算", "9,880.78", other)
        for number, rows in ((3, first), (6, second)):
            rate = said(number, rows[0]["subject"], "change", "18.75", "%", sentence=rows[0]["sentence"])
            rows.append({**rate, "direction": "increase"})
        return with_changes(*first, *second)

    assert findings(both("1560.17", "1560.17")) == []
    (row,) = findings(both("1960.17", "1560.17"))
    assert {each.split("/")[0] for each in row["check_ids"]} >= {"N05", "N33"}


def test_a_wrong_amount_of_which_more_was_added_than_there_is_was_told_twice() -> None:
    line = figure("three_public_expenses", 8, 1, 1, "23.00", item="公务接待费", period="budget")
    text = changed(1, "公务接待费", "3.00", "11.30")
    dataset = {**document([line]), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    assert len(findings(dataset)) == 1
