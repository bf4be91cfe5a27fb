"""The reference tables: functional and economic subjects, and how a name without a code finds its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from pipeline.normalize.phrases import bare
from pipeline.normalize.reference import classes, economic, functional, may_name, reference_tables
from pipeline.normalize.words import vocabulary

CLASSES = {
    "201": "一般公共服务支出", "203": "国防支出", "204": "公共安全支出", "205": "教育支出", "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出", "208": "社会保障和就业支出", "210": "卫生健康支出", "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出", "214": "交通运输支出", "215": "资源勘探工业信息等支出", "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出", "220": "自然资源海洋气象等支出", "221": "住房保障支出", "222": "粮油物资储备支出",
    "224": "灾害防治及应急管理支出",
    "227": "预备费", "229": "其他支出", "232": "债务付息支出", "233": "债务发行费用支出",
}  # fmt: skip
LEVELS = {3: "类", 5: "款", 7: "项"}


@pytest.fixture(scope="module")
def subjects() -> list[dict[str, Any]]:
    return reference_tables()["subjects"].to_pylist()


@pytest.fixture(scope="module")
def economics() -> list[dict[str, Any]]:
    return reference_tables()["economic_subjects"].to_pylist()


def test_functional_codes_have_three_five_or_seven_digits_and_the_level_that_goes_with_it(
    subjects: list[dict[str, Any]],
) -> None:
    assert len(subjects) > 500
    for subject in subjects:
        assert re.fullmatch(r"2\d{2}(\d{2}){0,2}|102\d{0,4}", subject["code"]), subject["code"]
        assert subject["level"] == LEVELS[len(subject["code"])]


def test_a_functional_code_stands_once_and_names_its_parent(subjects: list[dict[str, Any]]) -> None:
    codes = [subject["code"] for subject in subjects]
    assert len(codes) == len(set(codes))
    for subject in subjects:
        code = subject["code"]
        assert subject["parent_code"] == (code[:-2] if len(code) > 3 and code[:-2] in codes else None)
    orphans = [subject["code"] for subject in subjects if len(subject["code"]) > 3 and not subject["parent_code"]]
    assert len(orphans) <= 2, orphans


def test_every_parent_is_a_subject_itself(subjects: list[dict[str, Any]]) -> None:
    codes = {subject["code"] for subject in subjects}
    assert not sorted({subject["parent_code"] for subject in subjects} - codes - {None})


def test_the_classes_of_the_rule_are_all_there_by_name(subjects: list[dict[str, Any]]) -> None:
    named = {subject["code"]: subject["name"] for subject in subjects if subject["level"] == "类"}
    assert {code: named.get(code) for code in CLASSES} == CLASSES


def test_a_name_is_unique_among_the_children_of_one_subject(subjects: list[dict[str, Any]]) -> None:
    """Where it is not, a row without a code gets none: the two known are an old code and its new one."""
    codes: dict[tuple[str, str], list[str]] = {}
    for subject in subjects:
        if subject["parent_code"]:
            codes.setdefault((subject["parent_code"], bare(subject["name"])), []).append(subject["code"])
    twice = {place: sorted(found) for place, found in codes.items() if len(found) > 1}
    assert len(twice) <= 2
    for (parent, name), found in twice.items():
        assert found == [f"{parent}01", f"{parent}99"]
        assert functional().below(name, parent, 7) is None


def test_names_are_as_printed_and_not_squeezed_or_numbered(subjects: list[dict[str, Any]]) -> None:
    for subject in subjects:
        assert subject["name"] == subject["name"].strip()
        assert not re.search(r"\s|^[一二三四五六七八九十]+、|^\d", subject["name"]), subject["name"]


# --- names to codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "name"), CLASSES.items())
def test_a_class_resolves_by_its_name(code: str, name: str) -> None:
    assert classes()[bare(name)] == code


@pytest.mark.parametrize(("name", "code"), [("公务接待费用", "30217"), ("其他交通费", "30239"), ("劳务费", "30226")])
def test_a_fee_is_known_by_either_word_for_it(name: str, code: str) -> None:
    """A row 公务接待费用 without a code was of no item, and its list seemed to lack a row."""
    assert economic("department").code_of(name) == code


def test_the_older_names_of_subjects_resolve(subjects: list[dict[str, Any]]) -> None:
    known = {subject["code"] for subject in subjects}
    aliases = vocabulary().subject_aliases
    assert len(aliases) > 10
    for name, code in aliases.items():
        assert code in known
        if len(code) == 3:
            assert classes()[bare(name)] == code
        else:
            assert functional().below(bare(name), code[:-2], len(code)) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [("2120804", "农村基础设施建设支出"), ("2081004", "殡葬"), ("2100402", "卫生监督机构"),
     ("21003", "基层医疗卫生机构"), ("2296099", "用于其他社会公益事业的彩票公益金支出"),
     ("21305", "巩固脱贫攻坚成果衔接乡村振兴"), ("20137", "网信事务")],
)  # fmt: skip
def test_subjects_that_no_mined_disclosure_printed_are_known_with_their_edition(
    code: str, name: str, subjects: list[dict[str, Any]]
) -> None:
    """They were reported as codes of no reference table."""
    (found,) = (subject for subject in subjects if subject["code"] == code)
    assert found["name"] == name
    assert re.match(r"政府收支分类科目20\d\d年 \(from general knowledge", found["source"])


def test_no_alias_is_the_name_of_another_subject() -> None:
    own = {bare(name): code for code, name in CLASSES.items()}
    for name, code in vocabulary().subject_aliases.items():
        assert own.get(bare(name), code) == code, name


def test_an_item_resolves_below_its_parent_only() -> None:
    names = functional()
    assert names.below("行政运行", "20131", 7) == "2013101"
    assert names.below("行政运行", "208", 7) is None or names.below("行政运行", "20801", 7) == "2080101"
    assert names.below("机关事业单位基本养老保险缴费支出", "20805", 7) == "2080505"
    assert names.below("档案事务", "201", 5) == "20126"
    assert names.below("档案事务", "208", 5) is None
    assert names.below("没有的科目", "201", 5) is None


def test_a_name_of_many_items_has_no_code_by_itself() -> None:
    assert functional().code_of("行政运行") is None


# --- economic subjects -----------------------------------------------------------------------------------------------


def test_economic_codes_have_the_figures_of_their_scheme(economics: list[dict[str, Any]]) -> None:
    first = {"department": "3", "government": "5"}
    seen = Counter(subject["scheme"] for subject in economics)
    assert set(seen) == set(first)
    for subject in economics:
        assert re.fullmatch(r"\d{3}(\d{2})?", subject["code"])
        assert subject["code"].startswith(first[subject["scheme"]])
        assert subject["level"] == LEVELS[len(subject["code"])]
    keys = [(subject["scheme"], subject["code"]) for subject in economics]
    assert len(keys) == len(set(keys))


def test_every_economic_parent_is_a_subject_of_its_scheme(economics: list[dict[str, Any]]) -> None:
    keys = {(subject["scheme"], subject["code"]) for subject in economics}
    parents = {(subject["scheme"], subject["parent_code"]) for subject in economics if subject["parent_code"]}
    assert not sorted(parents - keys)


@pytest.mark.parametrize(
    ("name", "code"),
    [("工资福利支出", "301"), ("商品和服务支出", "302"), ("对个人和家庭的补助", "303"), ("资本性支出", "310"),
    ("基本工资", "30101"),
     ("津贴补贴", "30102"), ("绩效工资", "30107"), ("机关事业单位基本养老保险缴费", "30108"), ("住房公积金", "30113"),
     ("办公费", "30201"),
     ("公务接待费", "30217"), ("工会经费", "30228"), ("公务用车运行维护费", "30231"), ("离休费", "30301"),
     ("退休费", "30302")],
)  # fmt: skip
def test_an_economic_subject_of_the_departments_scheme_resolves_by_name(name: str, code: str) -> None:
    assert economic("department").code_of(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("机关工资福利支出", "501"), ("工资奖金津补贴", "50101"), ("社会保障缴费", "50102"), ("住房公积金", "50103"),
    ("机关商品和服务支出", "502"),
     ("办公经费", "50201"), ("对个人和家庭的补助", "509"), ("离退休费", "50905"), ("社会福利和救助", "50901")],
)  # fmt: skip
def test_an_economic_subject_of_the_governments_scheme_resolves_by_name(name: str, code: str) -> None:
    assert economic("government").code_of(name) == code


def test_a_name_of_two_classes_resolves_within_the_one_that_is_open() -> None:
    found = economic("department")
    assert found.code_of("办公设备购置", "310") == "31002"
    assert found.code_of("办公设备购置", "309") in ("30902", "31002")


def test_a_class_and_an_item_of_one_name_are_told_apart_by_what_is_open() -> None:
    assert economic("department").code_of("其他支出") == "399"
    assert economic("department").code_of("其他支出", "313") == "399"
    assert economic("department").code_of("其他支出", "399") == "39999"


def test_the_other_names_of_economic_subjects_resolve_to_subjects_of_their_scheme() -> None:
    codes = {row["code"] for row in reference_tables()["economic_subjects"].to_pylist()}
    for scheme, aliases in vocabulary().economic_aliases.items():
        for name, code in aliases.items():
            assert economic(scheme).code_of(bare(name)) == code
            assert code in codes


def test_the_older_names_of_economic_classes_are_classes_of_their_scheme() -> None:
    known = {(row["scheme"], row["code"]) for row in reference_tables()["economic_subjects"].to_pylist()}
    for scheme, names in vocabulary().economic_class_names.items():
        for name, code in names.items():
            assert (scheme, code) in known
            assert economic(scheme).code_of(bare(name)) != code, "a name that the reference gives needs no line"


@pytest.mark.parametrize(
    ("scheme", "code", "name", "may"),
    [
        ("government", "501", "机关工资福利支出", True), ("government", "501", "示例市财政局", False),
        ("subject", "205", "教育支出", True), ("subject", "205", "示例市教育局", False),
        ("subject", "210", "医疗卫生与计划生育支出", True), ("economic", "309", "基本建设支出", True),
        ("economic", "301", "示例县档案局", False), ("subject", "2999999", "没有这个科目", True),
    ],
)  # fmt: skip
def test_a_name_may_be_that_of_a_code_when_it_is_like_the_codes_own(
    scheme: str, code: str, name: str, may: bool
) -> None:
    assert may_name(scheme, code, name) is may
