"""The two halves of a project's form, of its whole term and of the year, on small made sheets."""

from decimal import Decimal

import pytest

from pipeline.tables import Dataset, Row
from pipeline.validate import check_document
from tests.validate.test_sheets import made, outcomes, project, target

FOUR = tuple(project(number) for number in range(1, 5))


def halves(number: int, term: str | None, annual: str | None, **said: object) -> tuple[Row, ...]:
    """The one indicator that each half of a project's form names; None for a half without any."""
    where = {"project_id": f"p{number:03d}", "sheet_no": 20 + number, "page": 20 + number, **said}
    both = (("term", term), ("annual", annual))
    return tuple(target(1, half, name, "100人", **where) for half, name in both if name)


def filled(*odd: Row) -> Dataset:
    """Four forms, the first as given and the others with the same indicator in both halves."""
    whole = (row for number in (2, 3, 4) for row in halves(number, "培训人数", "培训人数"))
    return made(*FOUR, targets=(*odd, *whole))


def finding(dataset: Dataset, name: str) -> Row:
    return next(row for row in check_document(dataset).findings.to_pylist() if row["check_id"] == name)


def test_a_sheet_whose_indicators_of_the_year_are_all_blank_was_found_nowhere() -> None:
    """The kinds of indicator were looked for in either half, and a half without any has none that contradicts."""
    dataset = filled(*halves(1, "培训人数", None))
    assert outcomes(dataset, "P19") == ["fails", "exact", "exact", "exact"]
    told = finding(dataset, "P19/p001")
    assert (told["severity"], told["page"]) == ("warning", 21)
    assert told["explanation"].startswith("第21页绩效目标表“项目1”的年度指标全部空着：实施期有1项指标。")


def test_a_sheet_that_fills_the_year_alone_lacks_nothing() -> None:
    assert outcomes(filled(*halves(1, None, "培训人数")), "P19") == ["exact"] * 4


def test_a_project_without_money_for_the_year_needs_no_indicators_of_it() -> None:
    later = project(1, annual_total_amount=0, annual_local_amount=0)
    rows = (row for number in (2, 3, 4) for row in halves(number, "培训人数", "培训人数"))
    dataset = made(later, *FOUR[1:], targets=(*halves(1, "培训人数", None), *rows))
    assert outcomes(dataset, "P19") == ["exact"] * 4


def test_forms_with_one_half_alone_are_not_asked_for_the_other() -> None:
    assert outcomes(made(*FOUR, targets=halves(1, "培训人数", None)), "P19") == ["not_applicable"]


def test_two_indicators_that_changed_places_between_the_halves_are_named() -> None:
    kinds = {"达标率": ("质量指标", "时效指标"), "完成率": ("时效指标", "质量指标")}
    odd = tuple(
        target(number, half, name, "100%", level2=level)
        for number, (name, levels) in enumerate(kinds.items(), start=1)
        for half, level in zip(("term", "annual"), levels, strict=True)
    )
    dataset = filled(*odd)
    assert outcomes(dataset, "P22") == ["fails", "exact", "exact", "exact"]
    said = finding(dataset, "P22/s21")["explanation"]
    assert "“达标率”在实施期属质量指标，在年度属时效指标、“完成率”在实施期属时效指标，在年度属质量指标" in said


def test_a_name_that_a_half_has_twice_may_stand_under_two_kinds() -> None:
    odd = (
        target(1, "term", "完成率", "100%", level2="质量指标"),
        target(1, "annual", "完成率", "100%", level2="时效指标"),
        target(2, "annual", "完成率", "100%", level2="质量指标"),
    )
    assert outcomes(filled(*odd), "P22") == ["exact"] * 3  # the other sheets'


@pytest.mark.parametrize(
    ("term", "annual", "outcome"),
    [
        ("提高干部保障水平", "提高干部保障水", "fails"),
        ("提高干部保障水平", "提高干部保障水平", "exact"),
        ("提高干部保障水平", "提高干部素质", "exact"),
        ("培训人数", "培训", "exact"),  # so short a name may be another's beginning by chance
    ],
)
def test_a_name_that_one_half_cuts_short_is_told_with_the_whole_one(term: str, annual: str, outcome: str) -> None:
    dataset = filled(*halves(1, term, annual))
    assert outcomes(dataset, "P23")[0] == outcome
    if outcome == "fails":
        told = finding(dataset, "P23/p001")
        assert told["severity"] == "info"
        assert "实施期为“提高干部保障水平”，年度为“提高干部保障水”" in told["explanation"]


def _count(half: str, printed: str, project_id: str | None, number: int) -> Row:
    more = {"project_id": project_id, "value": Decimal(printed.strip("≥≤人")), "unit": "人", "operator": printed[0]}
    return target(number, half, "培养干部人数", printed, **more)


def test_a_project_without_indicators_of_the_year_answers_to_the_whole_sheet_with_those_of_its_term() -> None:
    rows = [_count("annual", "≥70人", None, number) for number in (1, 2, 3)]
    own = _count("term", "≤60人", "p001", 1)
    assert outcomes(made(project(), targets=(*rows, own)), "E09") == ["not_applicable"] * 3  # set aside: a custom
    assert outcomes(made(project(), targets=(*rows, {**own, "operator": "≥"})), "E09") == ["exact"] * 3
    assert outcomes(made(project(), targets=rows), "E09") == ["not_applicable"]
    other = _count("annual", "≥70人", "p001", 2)
    assert outcomes(made(project(), targets=(*rows, own, other)), "E09") == ["exact"] * 3  # the year goes before
