"""What columns and rows are called in many places: each phrase with what it means, whole."""

from __future__ import annotations

import pytest

from pipeline.normalize.meanings import Meaning, first
from pipeline.normalize.phrases import bare, plain, without_years
from pipeline.normalize.words import vocabulary

ROLES = {
    "subject_name": [
        "按功能科目分类",
        "功能分类科目名称（类、款、项）",
        "项目（按支出功能分类）",
        "支出功能分类科目（类）",
    ],
    "economic_name": ["部门经济科目名称", "部门经济分类科目", "部门预算支出经济分类科目名称", "按部门预算经济分类"],
    "government_name": ["按政府预算经济分类", "政府预算支出经济分类科目名称", "政府经济分类科目"],
    "unit_name": ["部门及单位名称", "部门、单位名称", "项目承担单位", "项目实施单位", "所属单位"],
    "unit_or_subject": ["单位名称（科目）", "部门名称（科目名称）"],
    "unit_or_project": ["单位名称（项目）", "单位（项目）名称", "部门名称（项目名称）"],
    "project_name": ["支出项目名称", "二级项目", "项目（二级）名称", "部门预算项目名称"],
    "remark": ["项目概述", "分配方式", "测算过程"],
}
MEANINGS = [
    (Meaning(fund="general_public_budget"), ["一般公共预算当年拨款", "一般公共财政预算", "一般公共预算经费拨款"]),
    (Meaning(fund="government_fund"), ["基金预算拨款", "政府性基金预算当年拨款收入"]),
    (
        Meaning(fund="special_account"),
        ["纳入财政专户管理的非税收入", "财政专户管理教育收费", "纳入专户管理的行政事业性收费收入"],
    ),
    (Meaning(fund="unit_funds"), ["单位自筹", "自筹资金"]),
    (Meaning(fund="affiliate_remittance"), ["附属单位缴款收入", "下级单位上缴收入"]),
    (Meaning(fund="superior_subsidy"), ["上级单位补助收入"]),
    (Meaning(fund="other_funds"), ["其它资金", "其他来源收入"]),
    (Meaning(fund="fiscal_appropriation", origin="current_year"), ["本年拨款", "本年财政拨款", "本年拨款小计"]),
    (Meaning(fund="fiscal_appropriation", origin="carryover"), ["财政拨款结转结余", "财政拨款结转"]),
    (Meaning(origin="carryover"), ["单位上年结余（不包括国库集中支付额度结余）", "动用历年结余", "以前年度结余"]),
    (Meaning(expenditure_type="personnel"), ["人员类", "人员类项目支出"]),
    (Meaning(expenditure_type="operating"), ["公用经费项目", "运转类公用经费"]),
    (Meaning(expenditure_type="project"), ["特定目标类项目", "其他运转类", "本年项目支出"]),
    (Meaning(expenditure_type="remittance_to_superior"), ["上解上级支出"]),
    (Meaning(period="prior_execution"), ["上年预计执行数", "上年预算执行数"]),
    (Meaning(period="change"), ["差额", "增减变动额", "增减数"]),
    (Meaning(period="change_percent"), ["同比增长", "增幅", "增幅%"]),
    (Meaning(fund="other_revenue"), ["非同级财政拨款", "非同级财政拨款收入"]),
    (
        Meaning(memo=True),
        [
            "占比（%）",
            "占总支出比重",
            "提前告知转移支付",
            "地方政府一般债券",
            "上级提前通知专项转移支付",
            "机关工资福利支出",
        ],
    ),
]
ROWS = {
    "general_public_budget": ["一般公共预算当年拨款收入", "纳入一般公共预算管理的非税收入拨款", "专项收入", "罚没收入"],
    "government_fund": ["政府性基金预算当年拨款", "基金预算拨款收入"],
    "special_account": ["教育收费（财政专户）", "纳入专户管理的行政事业性收费"],
    "fiscal_appropriation": ["财政拨款收入合计", "当年财政拨款"],
    "other_revenue": ["其它收入", "其他收入资金", "非同级财政拨款收入"],
    "unit_funds": ["单位资金结转", "单位资金结转结余"],
}
TYPES = {
    "project": ["1、一般性项目", "事业发展类项目", "经常性项目", "部门职能项目支出"],
    "subsidy_to_affiliates": ["对下级单位补助支出"],
}


def heading(text: str) -> str:
    return without_years(plain(text))[0]


@pytest.mark.parametrize(("role", "phrase"), [(role, phrase) for role, said in ROLES.items() for phrase in said])
def test_a_label_column_is_known_by_its_heading(role: str, phrase: str) -> None:
    assert vocabulary().role_of(heading(phrase)) == role


@pytest.mark.parametrize(("meaning", "phrase"), [(meaning, phrase) for meaning, said in MEANINGS for phrase in said])
def test_a_column_of_figures_is_known_by_its_heading(meaning: Meaning, phrase: str) -> None:
    assert vocabulary().meaning_of(heading(phrase)) == meaning


@pytest.mark.parametrize(("fund", "phrase"), [(fund, phrase) for fund, said in ROWS.items() for phrase in said])
def test_a_row_of_revenue_names_its_fund(fund: str, phrase: str) -> None:
    assert first(vocabulary().revenue, bare(phrase)) == Meaning(fund=fund)


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, said in TYPES.items() for phrase in said])
def test_a_row_of_expenditure_names_its_type(kind: str, phrase: str) -> None:
    assert first(vocabulary().expenditure, bare(phrase)) == Meaning(expenditure_type=kind)


@pytest.mark.parametrize("phrase", ["单位上年结余", "动用事业基金", "历年结余", "使用结转结余"])
def test_a_row_of_the_carry_over_is_known(phrase: str) -> None:
    assert vocabulary().carryover.fullmatch(bare(phrase))


def test_carried_over_without_saying_from_when_may_be_carried_forward() -> None:
    assert not vocabulary().carryover.fullmatch(bare("三、结转"))
