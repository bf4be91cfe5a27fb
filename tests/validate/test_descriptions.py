"""Arithmetic in a project's own words, on small made sheets."""

from decimal import Decimal

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT
from tests.validate.test_sheets import THREE, made, outcomes, project, target


def costing(quantity: str, cost: str, amount: int, indicator: str = "每人费用标准") -> Dataset:
    """A sheet with one quantity (人) and one cost a person, and so much money."""
    targets = [
        _target(1, "数量指标", "培训人数", quantity, "人"),
        _target(2, "成本指标", indicator, cost, "元"),
    ]
    return made(project(annual_total_amount=amount, annual_local_amount=amount), targets=tuple(targets))


def _target(number: int, level2: str, indicator: str, printed: str, unit: str) -> Row:
    operator = printed[0] if printed[0] in "≥≤=" else None
    value = Decimal(printed.lstrip("≥≤="))
    said = {"level2": level2, "operator": operator, "value": value, "unit": unit, "is_quantitative": True}
    return target(number, "annual", indicator, f"{printed}{unit}", **said)


@pytest.mark.parametrize(
    ("quantity", "cost", "amount", "outcome"),
    [
        ("452", "400", 180800, "exact"),
        ("415", "360", 200000, "fails"),
        ("≥1500", "1000", 1900000, "exact"),  # a lower bound: 1,500,000
        ("≥5000", "400", 1300000, "fails"),
        ("≤74", "800", 60000, "fails"),  # an upper bound: 59,200
        ("≥3", "≤80000", 500000, "exact"),  # bounds that say nothing together
    ],
)
def test_quantity_times_cost_bounds_the_money(quantity: str, cost: str, amount: int, outcome: str) -> None:
    assert outcomes(costing(quantity, cost, amount), "A01") == [outcome]


def test_a_cost_a_month_counts_twelve_times() -> None:
    assert outcomes(costing("1", "632", 7584, "每人每月发放标准"), "A01") == ["exact"]


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [("每处平均投资", "处"), ("单座水库平均投资", "座"), ("亩均补助", "亩"), ("每公里投资", "公里")],
)
def test_what_is_built_piece_by_piece_was_costed_by_none(indicator: str, unit: str) -> None:
    """6座 at 140万元 each for 560万元."""

    def sheet(number: str) -> Dataset:
        targets = (_target(1, "数量指标", "完成数量", number, unit), _target(2, "成本指标", indicator, "140", "万元"))
        return made(project(annual_total_amount=5600000, annual_local_amount=5600000), targets=targets)

    assert outcomes(sheet("4"), "A01") == ["exact"]
    assert outcomes(sheet("6"), "A01") == ["fails"]


@pytest.mark.parametrize("indicator", ["每个站点费用标准", "每站点费用标准"])
def test_a_cost_of_each_with_a_measure_word_before_its_noun_was_a_cost_of_nothing(indicator: str) -> None:
    """452 stations at 400 yuan each were not compared with 180,800 yuan: 每个站点 was taken for a noun 个站点."""

    def sheet(money: int) -> Dataset:
        targets = (
            _target(1, "数量指标", "远程教育终端站点个数", "452", "个"),
            _target(2, "成本指标", indicator, "400", "元"),
        )
        return made(project(annual_total_amount=money, annual_local_amount=money), targets=targets)

    assert outcomes(sheet(180800), "A01") == ["exact"]
    assert outcomes(sheet(190800), "A01") == ["fails"]


@pytest.mark.parametrize(
    ("overview", "money", "families"),
    [
        ("预计有74名书记，保险费预计60000元。", 60000, {"A05": "info"}),
        ("有74名书记，保险费60000元。", 60000, {"A01": "warning"}),  # no estimate
        ("预计有74名书记，保险费预计61500元。", 61500, {"A01": "warning"}),  # no round number
        ("预计有74名书记，保险费预计80000元。", 80000, {"A01": "warning"}),  # a round number, but not of 59,200
        ("预计有74名书记，保险费预计59200元。", 59200, {}),
    ],
)
def test_an_estimate_in_a_round_number_was_called_a_contradiction(
    overview: str, money: int, families: dict[str, str]
) -> None:
    targets = costing("≤74", "800", money)["performance_targets"].to_pylist()
    sheet = project(overview=overview, annual_total_amount=money, annual_local_amount=money)
    found = check_document(made(sheet, targets=tuple(targets))).findings.to_pylist()
    told = {str(row["check_id"])[:3]: row["severity"] for row in found}
    assert {family: told[family] for family in ("A01", "A05") if family in told} == families


def test_the_finding_shows_the_arithmetic() -> None:
    rows = check_document(costing("415", "360", 200000)).findings.to_pylist()
    (finding,) = [row for row in rows if str(row["check_id"]).startswith("A01")]
    assert "415人 × 360元 = 149,400 元，年度资金为 200,000.00 元" in finding["explanation"]
    assert (finding["severity"], finding["verdict"]) == ("warning", "undetermined")


@pytest.mark.parametrize(
    ("overview", "outcome"),
    [
        ("项目资金30万元，用于培训。", "exact"),
        ("项目资金24万元，用于培训。", "fails"),
        ("培训费每人80元，经费300000元。", "exact"),
        ("购置设备，提高水平。", None),
        ("农村党员每人每年培训费80元，安排培训。", None),  # the finding named such a rate as the project's money
        ("保险费标准为经费360元/人。", None),  # a cost each is not the project's money
    ],
)
def test_the_money_that_a_description_states_is_the_projects(overview: str, outcome: str | None) -> None:
    others = (project(number, overview="经费30万元") for number in (2, 3))
    checks = check_document(made(project(overview=overview), *others)).checks.to_pylist()
    assert {row["check_id"]: row["outcome"] for row in checks}.get("A02/p001") == outcome


def test_a_name_that_says_central_money_needs_money_on_that_line() -> None:
    assert outcomes(made(project(project_name="中央财政补助资金")), "P08") == ["fails"]
    paid = {"annual_central_amount": 300000, "annual_local_amount": 0}
    assert outcomes(made(project(project_name="中央财政补助资金", **paid)), "P08") == ["exact"]
    assert outcomes(made(project(project_name="中央和省级补助资金")), "P08") == ["not_applicable"]


def test_one_cost_cannot_exceed_the_projects_money() -> None:
    sheet = project(annual_total_amount=300000, annual_local_amount=300000)
    too_much = _target(1, "成本指标", "设备购置成本", "350000", "元")
    bound = _target(1, "成本指标", "设备购置成本", "≤350000", "元")
    assert outcomes(made(sheet, targets=(too_much,)), "A03") == ["fails"]
    assert outcomes(made(sheet, targets=(bound,)), "A03") == ["exact"]


def with_text(count: str, money: str) -> Dataset:
    """Three projects of 300,000 yuan each, and a text that says how many of a kind there are and what they cost."""
    said = [
        ("特定目标类项目", "count", count, "个", Decimal(count)),
        ("特定目标类项目涉及金额", "amount", money, "万元", None),
    ]
    rows = [
        {
            "document_id": DOCUMENT, "figure_no": number, "section": "绩效", "sentence": "…", "subject": subject,
            "kind": kind, "value": value if value is not None else Decimal(printed) * 10000, "value_printed": printed,
            "unit": unit, "page": 20,
        }
        for number, (subject, kind, printed, unit, value) in enumerate(said, start=1)
    ]  # fmt: skip
    return {**made(*THREE), "narrative_figures": to_arrow(NARRATIVE_FIGURES, rows)}


def test_a_kind_of_projects_in_the_text_can_be_met_by_rows_of_the_table() -> None:
    assert outcomes(with_text("2", "60.00"), "X24") == ["exact"]
    assert outcomes(with_text("2", "70.00"), "X24") == ["fails"]
    assert outcomes(with_text("1", "60.00"), "X24") == ["fails"]
