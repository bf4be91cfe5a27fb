"""What a project's sheet says of itself beside its money, on small made sheets."""

from decimal import Decimal

import pytest

from pipeline.schema import FINDINGS
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT
from tests.validate.test_sheets import THREE, made, outcomes, project, target


def finding(dataset: Dataset, name: str) -> Row:
    return next(row for row in check_document(dataset).findings.to_pylist() if row["check_id"] == name)


def citing(text: str, **said: object) -> Dataset:
    return made(project(1, basis=text, **said))


@pytest.mark.parametrize(
    ("text", "filed", "outcome"),
    [
        ("《通知》（省财行【2026】95号）", "2025-11-21T10:15:33", "fails"),
        ("《通知》（省财行〔2026〕95号）", "2025-11-21T10:15:33", "fails"),
        ("《通知》（省财行[2026]第95号", "2025-11-21T10:15:33", "fails"),
        ("《通知》（省财行【2025】95号）", "2025-11-21T10:15:33", "exact"),
        ("《通知》（省财行〔2026〕95号）", "2026-01-21T10:15:33", "exact"),
        ("《通知》（省财行〔2026〕95号）", None, "exact"),  # no date of filing: the year of the budget
        ("《通知》（省财行〔2027〕95号）", None, "fails"),
        ("《规划（2023-2027年）》，省财〔2025〕7号", "2025-11-21T10:15:33", "exact"),  # a plan's years are no number
    ],
)
def test_a_sheet_cannot_cite_a_document_of_a_year_to_come(text: str, filed: str | None, outcome: str) -> None:
    assert outcomes(citing(text, filed_at=filed), "P20") == [outcome]


def test_the_finding_names_the_document_and_the_day_of_filing() -> None:
    told = finding(citing("《通知》（省财行【2026】95号）"), "P20/p001")
    assert (told["severity"], told["verdict"]) == ("warning", "undetermined")
    assert "该表填报于2025-10-20，却引用“省财行【2026】95号”" in told["explanation"]


def test_a_year_that_was_only_inferred_judges_nothing() -> None:
    dataset = citing(
        "《通知》（省财〔2027〕95号）", filed_at=None, plan="2025年11月底前完成。", project_name="2026年培训费"
    )
    doubt = {"document_id": DOCUMENT, "finding_id": "n1", "severity": "info", "verdict": "extraction",
             "code": "year_inferred", "explanation": "…"}  # fmt: skip
    doubted = {**dataset, "findings": to_arrow(FINDINGS, [doubt])}
    for family in ("P20", "P26", "P24"):
        assert outcomes(dataset, family) != ["not_applicable"]
        assert outcomes(doubted, family) == ["not_applicable"]


def counting(
    overview: str, printed: str, *, indicator: str = "培训党员人数", name: str = "党员培训费", **said: object
) -> Dataset:
    """A sheet with one quantity of persons, beside two whose description and target agree."""

    def one(number: int, overview: str, printed: str, **said: object) -> tuple[Row, Row]:
        operator = printed[0] if printed[0] in "≥≤" else None
        value, project_id = Decimal(printed.lstrip("≥≤")), f"p{number:03d}"
        plain = {"project_id": project_id, "sheet_no": 20 + number, "operator": operator, "value": value, "unit": "人"}
        row = target(1, "annual", indicator, f"{printed}人", **plain)
        return project(number, overview=overview, project_name=name), {**row, **said}

    agreeing = (one(number, "2026年培训党员500人以上", "≥500") for number in (2, 3))
    pairs = [one(1, overview, printed, **said), *agreeing]
    return made(*(sheet for sheet, _ in pairs), targets=tuple(row for _, row in pairs))


@pytest.mark.parametrize(
    ("overview", "printed", "outcome"),
    [
        ("组织党员培训，2026年预计对约6000人进行培训。", "≥10000", "fails"),
        ("由教育中心安排培训约400人，培训标准400元/人。", "≥750", "fails"),
        ("安排党员培训400名。", "≥750", "fails"),
        ("安排党员培训1.2万人。", "≥10000", "exact"),
        ("安排党员培训约720人。", "≥750", "exact"),  # about as many
        ("安排党员培训400人以上。", "≥750", "exact"),  # a bound that 750 is within
        ("安排党员培训800人以上。", "≤750", "fails"),
        ("安排党员培训400余人。", "450", "exact"),
    ],
)
def test_a_count_in_the_description_contradicts_a_target_that_no_number_would_meet_with_it(
    overview: str, printed: str, outcome: str
) -> None:
    assert outcomes(counting(overview, printed), "A04")[0] == outcome


@pytest.mark.parametrize(
    "overview",
    [
        "本单位共有在编人员400人，组织党员培训。",  # not of what the target counts
        "每期培训党员40人。",  # of a part
        "各乡镇培训党员40人。",
        "2025年培训党员400人。",  # of another year
        "去年培训党员400人。",
        "三年培训党员3000人。",
        "培训党员400人，另培训入党积极分子350人。",  # two numbers: either may be a part
        "培训党员4个月。",  # a time is no count
        "第3次培训党员。",
    ],
)
def test_a_number_that_need_not_be_the_years_whole_is_not_compared(overview: str) -> None:
    assert outcomes(counting(overview, "≥750"), "A04") == ["exact", "exact"]  # the other sheets'


def test_a_target_that_counts_more_than_the_description_and_the_name_say_is_not_compared() -> None:
    dataset = counting("培训党员400人。", "≥750", indicator="培训党员及入党积极分子人数")
    assert outcomes(dataset, "A04") == ["not_applicable"]


def test_of_two_targets_of_persons_neither_need_be_the_one_that_the_description_means() -> None:
    dataset = counting("培训党员400人。", "≥750")
    rows = dataset["performance_targets"].to_pylist()
    other = {**rows[0], "target_no": 2, "indicator": "慰问党员人数"}
    sheets = dataset["projects"].to_pylist()
    assert outcomes(made(*sheets, targets=(*rows, other)), "A04") == ["exact", "exact"]


def test_a_least_number_that_the_target_raises_is_told_as_a_difference() -> None:
    dataset = counting("2026年培训党员不少于400人。", "≥750")
    assert outcomes(dataset, "A04") == ["exact"] * 3
    assert outcomes(dataset, "A06") == ["fails", "exact", "exact"]
    told = finding(dataset, "A06/p001/1")
    assert told["severity"] == "info"
    assert "说明写的是“2026年培训党员不少于400人”，数量指标“培训党员人数”为 ≥750人" in told["explanation"]


@pytest.mark.parametrize(
    ("plan", "outcome"),
    [
        ("各乡镇培训工作在2025年11月底前完成。", "fails"),
        ("2026年2月前完成申报工作。", "exact"),
        ("2025年11月底前完成建设，2026年支付尾款。", "exact"),
        ("2025年11月底前完成建设，今年支付尾款。", "exact"),
        ("2025年起每年开展。", "not_applicable"),  # no deadline
    ],
)
def test_a_plan_that_ends_before_the_budgets_year_is_told(plan: str, outcome: str) -> None:
    assert outcomes(made(project(plan=plan)), "P26") == [outcome]


def test_a_project_that_bears_the_year_in_its_name_but_goes_on_is_told_where_others_do_not() -> None:
    lasting = {"recurrence": "经常性", "duration_years": 99}
    names = [f"2026年{what}" for what in ("拍片款", "换届费", "培训费", "慰问费")]
    one = [project(n, project_name=name) for n, name in enumerate(names, start=1)]
    dataset = made({**one[0], **lasting}, *one[1:])
    assert outcomes(dataset, "P24") == ["fails", "exact", "exact", "exact"]
    assert "项目属性为经常性，项目期99年" in finding(dataset, "P24/p001")["explanation"]
    assert finding(dataset, "P24/p001")["severity"] == "info"
    custom = made(*({**row, **lasting} for row in one))
    assert outcomes(custom, "P24") == ["not_applicable"] * 4  # a place's own custom


@pytest.mark.parametrize(
    ("level2", "printed", "outcome"),
    [
        ("时效指标", "定性", "fails"),
        ("时效指标", "去年", "fails"),
        ("时效指标", "全年", "exact"),
        ("时效指标", "100%", "exact"),  # rates are common where a time is asked for
        ("社会效益", "定性", "fails"),
        ("社会效益", "提高%", "fails"),
        ("社会效益", "百分之百%", "exact"),
        ("社会效益", "优", "exact"),
    ],
)
def test_a_target_says_what_is_to_be_reached(level2: str, printed: str, outcome: str) -> None:
    good = (target(1, "annual", "指标", "全年", project_id=f"p00{n}", sheet_no=20 + n) for n in (2, 3))
    odd = target(1, "annual", "运维时间", printed, level2=level2)
    dataset = made(*THREE, targets=(odd, *good))
    assert outcomes(dataset, "P21") == [outcome, "exact", "exact"]
    if outcome == "fails":
        assert f"运维时间（{printed}）" in finding(dataset, "P21/s21/p001")["explanation"]


@pytest.mark.parametrize(
    ("indicator", "unit", "outcome"),
    [
        ("项目按计划完成率", "个", "fails"),
        ("资金按时拨付率", "月", "fails"),
        ("项目按计划完成率", "%", "exact"),
        ("受害率", "‰", None),
        ("设备巡检频率", "次", None),
    ],
)
def test_what_is_called_a_rate_has_a_rate_for_its_target(indicator: str, unit: str, outcome: str | None) -> None:
    def rate(number: int, name: str, unit: str) -> Row:
        more = {"project_id": f"p00{number}", "sheet_no": 20 + number, "value": Decimal(100), "unit": unit}
        return target(1, "annual", name, f"100{unit}", **more)

    rows = (rate(1, indicator, unit), *(rate(number, "完成率", "%") for number in (2, 3)))
    expected = ([outcome] if outcome else []) + ["exact", "exact"]
    assert outcomes(made(*THREE, targets=rows), "P25") == expected


@pytest.mark.parametrize(
    ("indicator", "printed", "value", "said"),
    [
        ("设备验收合格率", "≥105%", "105", "超过全部"),
        ("设备验收合格率", "≥100%", "100", None),
        ("服务对象满意度", "=190%", "190", "超过全部"),
        ("样本确定", "18月底前", None, "没有这样的日期"),
        ("座谈会", "2022年11月31日前完成", None, "没有这样的日期"),
        ("座谈会", "2022年2月29日前完成", None, None),
        ("项目完成率", "≥105%", "105", None),  # more may be done than was planned
        ("拨备覆盖率", "≥150%", "150", None),  # … or set aside than may be lost
        ("建设期", "≤18月", "18", None),
    ],
)
def test_a_target_that_cannot_be_was_not_seen(
    indicator: str, printed: str, value: str | None, said: str | None
) -> None:
    """A share of more than all, a day that no month has."""
    more = {"value": value and Decimal(value), "unit": "%" if "%" in printed else None, "operator": printed[0]}
    more |= {"project_id": "p001", "sheet_no": 21}
    dataset = made(*THREE, targets=[target(1, "annual", indicator, printed, **(more if value else {}))])
    assert ("fails" in outcomes(dataset, "P27")) == bool(said)
    if said:
        assert f"{indicator}（{printed}）{said}" in finding(dataset, "P27/s21/p001")["explanation"].replace(
            "中没", "没"
        )
