"""Performance sheets and project tables of real disclosures, read by eye on the rendered page.

A line of ``TARGETS`` is: page of the PDF, project (``-`` the whole department), second level, indicator (``…`` where
the page clips it), target as printed, operator, value, unit. A line of ``PROJECTS``: project, column, what is printed
(in yuan; a text by its start and end).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.tables import Dataset
from tests.normalize.conftest import dataset_of

TARGETS = {
    # a list whose name column has no rules at its ends: a merged cell over both edges of the page
    "beijing-001": """
        47 应急数据接入线路租用项目|经济成本指标|短信通信服务费用|≤6万元|≤|6|万元
        47 应急数据接入线路租用项目|社会效益指标|提高信息化利用率，降低行政成本…|好|||
    """,
    # one name over the projects of several units, its text on another page
    "beijing-002": """
        77 水旱灾害防御业务费|经济成本指标|密云水库防汛综合演练成本|≤1.995088万元|≤|1.995088|万元
        77 水旱灾害防御业务费|质量指标|水旱灾害防御设备及物资维护养护…|≥95%|≥|95|%
        77 水旱灾害防御业务费|数量指标|宣传条幅制作数量|＝16幅|=|16|幅
    """,
    "beijing-005": """
        48 北京版权资源信息平台运维项目|数量指标|每季度辅导作品版权登记数量|≥22.5万件|≥|22.5|万件
        48 北京版权资源信息平台运维项目|质量指标|点对点带宽有效值|≥10m/s|≥|10|m/s
    """,
    # levels and name printed into one cell, of the whole department
    "beijing-007": """
        75 -|经济成本指标|北京工艺美术珍品奖励标准|＝15万元/个|=|15|万元/个
        75 -|数量指标|北京市一级工艺大师人数|＝54人次|=|54|人次
    """,
    "fuzhou-004": """
        31 信访综合保障经费|经济成本指标|项目成本控制|≤2706.79万元|≤|2706.79|万元
        31 信访综合保障经费|数量指标|《人民信访》发行量|720000册||720000|册
        31 信访综合保障经费|社会效益指标|接访环境|明显改善|||
    """,
    "xian-005": """
        63 委托咨询业务|数量指标|项目数|不少于350个。|≥|350|个
        63 委托咨询业务|时效指标|评审时间|2022年5-6月|||
        63 委托咨询业务|成本指标|评审、审计费用|61.5万元||61.5|万元
    """,
    "xian-007": """
        97 -|数量指标|完成秦岭北麓恢复植被工程造林面积|0.43万亩||0.43|万亩
        97 -|服务对象满意度指标|群众满意度|95%以上|≥|95|%
    """,
}
PROJECTS = {
    "beijing-001": """
        应急数据接入线路租用项目|amount|1412652.80
        应急数据接入线路租用项目|project_code|11000022Y000000450241
        应急指挥中心信息化技术保障项目|amount|2996336.00
    """,
    "beijing-003": """
        北京市美好生活需求系列民意调查|annual_goal|获取基层群众的现实生活需求…决策参考。
        数说北京主题宣传策划执行与电视栏目制作项目|amount|4469538.58
    """,
    "fuzhou-004": """
        信访综合保障经费|annual_total_amount|27067900.00
        信访综合保障经费|annual_fiscal_amount|26167900.00
        信访综合保障经费|annual_carryover_amount|900000.00
        信访综合保障经费|department_code|292
    """,
    "guangzhou-003": """
        巡察业务工作经费|annual_total_amount|5820000.00
        增加广州工控集团资本金|annual_goal|通过开展广州工控集团高质量发展价值提升项目…高质量发展。
    """,
    "shenzhen-008": """
        城市管理运行保障|annual_total_amount|19586600.00
        城市管理运行保障|unit_name|深圳市城市管理和综合执法局（本级）
    """,
    "xian-004": """
        大宗印刷项目|subtotal_amount|120000.00
        大宗印刷项目|amount|120000.00
        专用项目|subtotal_amount|17587120.00
        合同尾款项目|amount|7465000.00
    """,
}
# what the project tables print as 合计 (this year), read on their first page
TOTALS = {"xian-001": "1021500773.61", "xian-004": "30130020.00", "guangzhou-006": "10820500.00"}


@cache
def _read(path: Path) -> Dataset:
    return dataset_of(path)


def lines(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(document, line.strip()) for document, text in texts.items() for line in text.strip().splitlines()]


def fits(found: object, said: str) -> bool:
    if isinstance(found, Decimal):
        return bool(said) and found == Decimal(said)
    start, clipped, end = said.partition("…")
    text = "".join(str(found or "").split())
    return text.startswith(start) and text.endswith(end) if clipped else text == said


@pytest.mark.parametrize(("document_id", "line"), lines(TARGETS))
def test_an_indicator_read_by_eye_is_in_the_data(corpus: Path, document_id: str, line: str) -> None:
    head, *said = line.split("|")
    page, name = head.split(" ", 1)
    found = _read(corpus / f"{document_id}.pdf")
    names = {row["project_id"]: row["project_name"] for row in found["projects"].to_pylist()}
    rows = [row for row in found["performance_targets"].to_pylist() if row["page"] == int(page)]
    columns = ("level2", "indicator", "target_printed", "operator", "value", "unit")
    own = [row for row in rows if names.get(row["project_id"], "-") == name and fits(row["indicator"], said[1])]
    wanted = dict(zip(columns, said, strict=True))
    assert any(all(fits(row[column], value) for column, value in wanted.items()) for row in own), own


@pytest.mark.parametrize(("document_id", "line"), lines(PROJECTS))
def test_a_project_read_by_eye_is_in_the_data(corpus: Path, document_id: str, line: str) -> None:
    name, column, said = line.split("|")
    rows: list[dict[str, Any]] = _read(corpus / f"{document_id}.pdf")["projects"].to_pylist()
    found = [row[column] for row in rows if row["project_name"] == name]
    assert any(value is not None and fits(value, said) for value in found), found


@pytest.mark.parametrize("document_id", TOTALS)
def test_projects_add_up_to_the_total_that_their_table_prints(corpus: Path, document_id: str) -> None:
    rows = _read(corpus / f"{document_id}.pdf")["projects"].to_pylist()
    amounts = [row["amount"] for row in rows if row["origin"] == "current_year" and row["amount"] is not None]
    assert sum(amounts) == Decimal(TOTALS[document_id])


@pytest.mark.parametrize("document_id", ["beijing-001", "beijing-004", "beijing-005"])
def test_no_listed_project_is_left_without_a_name_or_money(corpus: Path, document_id: str) -> None:
    found = _read(corpus / f"{document_id}.pdf")["findings"].to_pylist()
    codes = {finding["code"] for finding in found}
    assert not codes & {"listed_project_without_name", "listed_project_without_rules", "sheet_without_total"}
