"""The years that the text gives this year's budget or accounts, on small made sentences."""

from __future__ import annotations

import pytest

from pipeline.tables import Dataset
from tests.validate.test_texts import said
from tests.validate.test_wording import made, outcomes, told

THIS = ("2026年“三公”经费预算数为16.80万元", "2026年度政府采购预算6.10万元", "三、2026年机关运行经费预算数为1.00万元")


def text(*sentences: str, **about: object) -> Dataset:
    rows = [said(n, "支出", "amount", "1.00", sentence=each, section="") for n, each in enumerate(sentences, 1)]
    return made(*rows, **about)


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年“三公”经费预算数为16.80万元",
        "某市水务局2025年度政府采购支出预算总额5.10万元",
        "（二）2025年预算安排2.00万元，与上年持平",
        "2025年，本部门机关运行经费安排4.10万元",
    ],
)
def test_last_years_date_on_this_years_budget_was_not_seen(sentence: str) -> None:
    """Only where the amount restated a table's figure was its year looked at."""
    assert outcomes(text(*THIS), "N36") == ["exact"] * 3
    (found,) = told(text(*THIS, sentence), "N36")
    assert "所写年度不是文件的年度：文件本身为2026年度" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年当年预算执行数为1690.69万元，2026年预算安排1672.67万元",
        "2025年预算安排100.00万元，2026年预算安排120.00万元",  # the two are compared
        "主要原因是2025年预算培训费计入一般行政管理事务1.00万元",
        "比2025年预算增加1.00万元",
        "截至2025年12月31日，安排车辆2辆",
        "2025年末政府采购预算结余1.00万元",
        "2025年工资水平上升1.00万元",  # nothing of a budget
    ],
)
def test_a_year_that_may_well_be_another_is_left(sentence: str) -> None:
    assert told(text(*THIS, sentence), "N36") == []


def test_last_years_amount_before_this_years_is_told_for_comparison() -> None:
    both = ("2025年培训预算安排100.00万元", "2026年培训预算安排120.00万元，增加20.00万元")
    assert told(text(*THIS, *both), "N36") == []


def test_a_document_that_speaks_of_another_year_throughout_has_a_custom_of_its_own() -> None:
    assert told(text(*(each.replace("2026", "2025") for each in THIS[:2])), "N36")[0].count("不作错误") == 1


def test_the_accounts_of_a_year_speak_of_budgets_of_other_years() -> None:
    right = text("2026年度政府采购金额2.00万元", "2025年初预算安排3.00万元", document_type="final_accounts")
    assert told(right, "N36") == []


def test_a_code_before_last_years_date_hid_it() -> None:
    """2.事业单位离退休（2080502）2025年预算数为…"""
    assert told(text(*THIS, "2.事业单位离退休（2080502）2025年预算数为16.90万元"), "N36")


REASON = "培训费增加{}万元，主要原因是{}年预算按要求将巡察工作租车费作为公务用车运行维护费编报"


def test_a_reason_that_is_told_twice_with_two_years_was_not_seen() -> None:
    both = [REASON.format("1.00", "2026"), REASON.format("2.00", "2026")]
    assert outcomes(text(*both), "N65") == ["exact"]
    (found,) = told(text(both[0], REASON.format("2.00", "2025")), "N65")
    assert "编报”所写年度与他处同样的话不同：他处印作“主要原因是2026年预算按要求" in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("经费增加1.00万元，主要原因是2026年人员增加", "经费增加2.00万元，主要原因是2025年人员增加"),  # each its own
        ("2026年部门整体支出绩效目标的编制和公开工作1.00万元", "2025年部门整体支出绩效目标的编制和公开工作1.00万元"),
    ],
)
def test_the_same_short_words_of_two_years_may_both_be_so(one: str, other: str) -> None:
    assert told(text(one, other), "N65") == []


def test_the_amount_of_the_next_sentence_told_a_last_years_date_for_comparison() -> None:
    """2025年政府采购预算1486.42万元。2026年预留采购项目1486.42万元: the two are of one year."""
    both = ("2025年本部门政府采购预算1486.42万元", "2026年本部门预留政府采购项目预算金额1486.42万元")
    assert len(told(text(*THIS, *both), "N36")) == 1
    level = ("2025年培训预算安排10.00万元", "2026年培训预算安排10.00万元")  # a round amount may be that of both years
    assert told(text(*THIS, *level), "N36") == []
