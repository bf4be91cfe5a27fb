"""The region of a document: its code of GB/T 2260, from the names that its pages print."""

from __future__ import annotations

import pytest

from pipeline.normalize.region import Region, full_name, region_of


@pytest.mark.parametrize(
    ("publisher", "code", "name"),
    [
        ("中国共产党泽州县委员会组织部", "140525", "山西省晋城市泽州县"),
        ("上海市普陀区司法局", "310107", "上海市普陀区"),
        ("西安市公安局（汇总）", "610100", "陕西省西安市"),
        ("江苏省高级人民法院", "320000", "江苏省"),
        ("湖南省长沙市岳麓区教育局", "430104", "湖南省长沙市岳麓区"),
        ("内蒙古自治区阿拉善盟教育局", "152900", "内蒙古自治区阿拉善盟"),
        ("晋城市城区财政局", "140502", "山西省晋城市城区"),
        ("丰县财政局", "320321", "江苏省徐州市丰县"),
        ("福州经济技术开发区生态环境局", "350100", "福建省福州市"),
    ],
)
def test_a_publishers_name_says_its_region_down_to_the_lowest_place(publisher: str, code: str, name: str) -> None:
    assert region_of(publisher, ()) == Region(code, name)


def test_a_name_that_two_places_share_is_open_until_the_document_names_its_city_or_province() -> None:
    assert region_of("朝阳区教育局", ()) is None
    assert region_of("朝阳区教育局", ("北京市财政局批复的预算",)) == Region("110105", "北京市朝阳区")
    assert region_of("朝阳区教育局", ("吉林省长春市",)) == Region("220104", "吉林省长春市朝阳区")


def test_an_organ_of_the_state_has_no_region() -> None:
    assert region_of("国家信访局", ("负责接待北京市来访",)) is None


def test_without_a_publisher_the_place_that_the_text_speaks_of_is_taken_and_said_to_be_inferred() -> None:
    texts = ("北京市安全生产条例", "贯彻落实北京市的规定", "北京市应急管理工作")
    assert region_of(None, texts) == Region("110000", "北京市", inferred=True)


def test_a_text_that_speaks_of_several_places_says_no_region() -> None:
    assert region_of(None, ("北京市", "天津市", "河北省", "北京市", "天津市", "北京市")) is None


def test_a_short_county_name_inside_a_sentence_is_no_place() -> None:
    assert region_of(None, ("主城区建设", "老城区改造", "中心城区管理", "城区绿化")) is None


def test_a_full_name_leaves_out_the_level_that_a_municipality_does_not_have() -> None:
    assert full_name("310107") == "上海市普陀区"
    assert full_name("140525") == "山西省晋城市泽州县"
