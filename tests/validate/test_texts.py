"""Identities of the text, on small made sentences."""

from decimal import Decimal

import pytest

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, WAN, document, figure, source_table, subject

CELLS = {"教育支出": f"{DOCUMENT}:t5:r1:c1", "农林水支出": f"{DOCUMENT}:t5:r2:c1"}


def said(number: int, name: str | None, kind: str, printed: str, unit: str = "万元", **more: object) -> Row:
    value = Decimal(printed.replace(",", "")) * (WAN if unit == "万元" else 1)
    plain: Row = {
        "document_id": DOCUMENT, "figure_no": number, "section": "支出", "sentence": "一句。", "subject": name,
        "kind": kind, "value": value, "value_printed": printed, "unit": unit, "page": 7,
    }  # fmt: skip
    return {**plain, **more}


def made(*figures: Row) -> Dataset:
    lines = [
        figure("general_budget_expenditure", 5, 1, 1, "80.00", **subject("205", "教育支出")),
        figure("general_budget_expenditure", 5, 2, 1, "20.00", **subject("213", "农林水支出")),
    ]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, figures)}


def checks(dataset: Dataset, family: str) -> list[tuple[str, str]]:
    rows = check_document(dataset).checks.to_pylist()
    return [(row["check_id"], row["outcome"]) for row in rows if row["family"] == family]


def shares(whole: str = "100.00", first: str = "80.00", percent: str = "80.00") -> Dataset:
    return made(
        said(1, "支出预算", "amount", whole),
        said(2, "教育支出", "amount", first),
        said(3, "教育支出占比", "percent", percent, "%"),
        said(4, "农林水支出", "amount", "20.00", restates_cell_id=CELLS["农林水支出"]),
        said(5, "农林水支出占比", "percent", "20.00", "%"),
    )


def test_a_share_is_part_over_whole_by_the_printed_places() -> None:
    assert checks(shares(), "N03") == [("N03/3", "exact"), ("N03/5", "exact")]
    assert checks(shares(percent="80.02"), "N03") == [("N03/3", "fails"), ("N03/5", "exact")]


def test_parts_whose_shares_are_a_hundred_per_cent_add_up_to_the_whole() -> None:
    assert checks(shares(), "N02") == [("N02/1", "exact")]
    assert checks(shares(whole="190.00"), "N02") == [("N02/1", "fails")]


def test_a_whole_that_is_no_slip_from_its_parts_was_not_the_whole_of_the_list() -> None:
    dataset = shares(whole="7,654.32")
    assert checks(dataset, "N02") == [("N02/1", "not_applicable")]
    assert not [row for row in check_document(dataset).findings.to_pylist() if row["check_id"][0] == "N"]


def test_an_amount_with_a_wrong_digit_is_found_by_the_table_that_its_neighbours_restate() -> None:
    assert ("N01/2", "exact") in checks(shares(), "N01")
    assert ("N01/2", "fails") in checks(shares(first="86.00"), "N01")


def test_the_finding_on_a_share_tells_the_range_that_would_have_been_right() -> None:
    (finding,) = [
        row for row in check_document(shares(percent="81.00")).findings.to_pylist() if row["check_id"] == "N03/3"
    ]
    assert "印为 81.00%" in finding["explanation"]
    assert "79.9910% 至 80.0090%" in finding["explanation"]
    assert (finding["page"], finding["severity"]) == (7, "warning")


def test_a_percentage_that_is_one_off_in_its_last_place_is_for_information() -> None:
    """Cut off instead of rounded, or moved so that all make up a hundred: a slip, but one that misleads nobody."""
    rows = check_document(shares(percent="80.02")).findings.to_pylist()
    assert [row["severity"] for row in rows if row["check_id"] == "N03/3"] == ["info"]


def change(rate: str, direction: str | None = "decrease", base: str = "125.98") -> Dataset:
    return made(
        said(1, "机关运行经费", "amount", base),
        said(2, "机关运行经费", "change", "0.95", direction=direction),
        said(3, "机关运行经费", "change", rate, "%", direction=direction),
    )


def test_a_rate_is_the_change_over_last_years_figure() -> None:
    assert checks(change("0.75"), "N05") == [("N05/3", "within_rounding")]
    assert checks(change("0.76"), "N05") == [("N05/3", "fails")]
    assert checks(change("0.76", "increase"), "N05") == [("N05/3", "within_rounding")]


def test_a_change_after_a_list_in_another_sentence_is_of_no_certain_amount() -> None:
    listed = [said(number, f"项目{number}", "amount", "5.00", sentence="列举。") for number in (1, 2)]
    later = {"direction": "increase", "sentence": "较上年增加。", "subject": "项目2"}
    rows = (*listed, said(3, "项目2", "change", "4.00", **later), said(4, "项目2", "change", "9.9", "%", **later))
    assert checks(made(*rows), "N05") == [("N05", "not_applicable")]


def test_a_figure_of_before_is_judged_as_none_of_this_year() -> None:
    """比2025年预算数1.92万元减少…: beside the figures of this year's table it would be a wrong one."""
    rows = [
        said(1, "支出预算", "amount", "100.00"),
        said(2, "教育支出", "amount", "80.00", restates_cell_id=CELLS["教育支出"]),
        said(3, "农林水支出", "amount", "26.00"),
    ]
    assert ("N01/3", "fails") in checks(made(*rows), "N01")
    rows[2] |= {"subject": "农林水支出2025年预算数（此前）"}
    assert [check for check in checks(made(*rows), "N01") if check[0] == "N01/3"] == []


def test_a_change_that_does_not_say_which_way_is_judged_by_no_rate() -> None:
    assert checks(change("9.99"), "N05") == [("N05/3", "fails")]
    assert checks(change("9.99", direction=None), "N05") == [("N05", "not_applicable")]


def test_vehicles_are_the_sum_of_their_kinds() -> None:
    kinds = [said(2, "执法执勤用车", "count", "3", "辆"), said(3, "其他用车", "count", "2", "辆")]
    assert checks(made(said(1, "公务用车实有", "count", "5", "辆"), *kinds), "N15") == [("N15/1", "exact")]
    assert checks(made(said(1, "公务用车实有", "count", "6", "辆"), *kinds), "N15") == [("N15/1", "fails")]


def test_a_count_is_told_in_its_own_unit_and_never_in_yuan() -> None:
    filed = said(1, "单位（包括机关）编报了单位整体绩效目标", "count", "0", "个")
    sheet = {**source_table("department_performance", 14), "unit": "万元"}
    dataset = {**document([], [sheet]), "narrative_figures": to_arrow(NARRATIVE_FIGURES, [filed])}
    (finding,) = [row for row in check_document(dataset).findings.to_pylist() if row["check_id"] == "N14"]
    zh, en = finding["explanation"].split(" / ", 1)
    assert "0 个，应等于 department_performance 1 张（第14页），相差 1 个" in zh
    assert "元" not in zh
    assert "yuan" not in en
    assert finding["verdict"] == "undetermined"  # the sheets were counted: which ones the text means is not told


def test_kinds_of_projects_add_up_to_all_projects() -> None:
    def projects(basic: str, special: str) -> Dataset:
        return made(
            said(1, "纳入绩效目标管理的二级项目", "count", "26", "个"),
            said(2, "纳入绩效目标管理的二级项目共计金额", "amount", "348.00"),
            said(3, "其他运转类项目", "count", basic, "个"),
            said(4, "其他运转类项目涉及金额", "amount", "71.00"),
            said(5, "特定目标类项目", "count", "11", "个"),
            said(6, "特定目标类项目涉及金额", "amount", special),
        )

    assert checks(projects("15", "277.00"), "P13") == [("P13/1", "exact")]
    assert checks(projects("16", "277.00"), "P13") == [("P13/1", "fails")]
    assert checks(projects("15", "272.00"), "P16") == [("P16/2", "fails")]


@pytest.mark.parametrize(("percent", "outcome"), [("100", "exact"), ("90.11", "within_rounding"), ("95", "fails")])
def test_a_share_of_the_project_expenditure_is_of_either_total_that_the_words_may_mean(
    percent: str, outcome: str
) -> None:
    lines = [
        figure("expenditure_summary", 3, 1, 4, "3869.38", expenditure_type="project", **subject("total")),
        figure("projects", 12, 1, 2, "3486.86", **subject("total")),
    ]
    text = [
        said(1, "公开项目绩效目标涉及项目金额", "amount", "3486.86"),
        said(2, "公开项目绩效目标涉及项目金额占部门（单位）项目支出总额比重", "percent", percent, "%"),
    ]
    dataset = {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    assert checks(dataset, "N11") == [("N11/2", outcome)]


def test_a_share_that_was_cut_off_and_not_rounded_is_told_as_such() -> None:
    whole, part = said(1, "支出", "amount", "307.82"), said(2, "住房保障支出", "amount", "29.42")
    rest, shares = said(4, "其他", "amount", "278.40"), (said(3, "住房保障支出占比", "percent", "9.55", "%"),)
    rows = [whole, part, *shares, rest, said(5, "其他占比", "percent", "90.44", "%")]
    told = [row["explanation"] for row in check_document(made(*rows)).findings.to_pylist()]
    assert any("四舍五入为 9.56%，所印似是舍去尾数、没有进位" in text for text in told)


def test_a_rate_is_of_last_years_figure_and_not_of_this_years() -> None:
    sentence = "会议费32万元，较上年减少14.2万元（44.38%）"
    rows = [
        said(1, "会议费", "amount", "32"),
        {**said(2, "会议费", "change", "14.2"), "direction": "decrease"},
        {**said(3, "会议费", "change", "44.38", "%"), "direction": "decrease"},
    ]
    told = checks(made(*({**row, "sentence": sentence} for row in rows)), "N05")
    assert told == [("N05/3", "fails")]  # 14.2 of 46.2, not of 32


def test_a_rate_between_two_amounts_of_a_sentence_is_worked_out_from_them() -> None:
    def sentence(before: str, rate: str) -> list[tuple[str, str]]:
        rows = [
            said(1, "执行数", "amount", before),
            said(2, "预算安排", "amount", "3845.49"),
            {**said(3, "预算安排", "change", rate, "%"), "direction": "increase"},
        ]
        return checks(made(*({**row, "sentence": "执行数、预算安排、增加"} for row in rows)), "N05")

    assert sentence("3269.30", "17.62") == [("N05/3", "within_rounding")]
    assert sentence("43269.3", "17.62") == [("N05/3", "fails")]


def test_a_share_moved_by_its_last_place_so_that_all_make_up_100_was_told_as_wrong() -> None:
    """86.05, 3.52, 0.88 and 9.56 make up 100.01: the last was printed as 9.55. With 86.02 they make up too little."""
    amounts, percents = ("264.87", "10.82", "2.71", "29.42"), ("86.05", "3.52", "0.88", "9.55")

    def shared(*percents: str) -> list[tuple[str, str]]:
        rows = [said(1, "支出", "amount", "307.82")]
        for at, (amount, percent) in enumerate(zip(amounts, percents, strict=True)):
            rows += [
                said(2 * at + 2, f"类{at}", "amount", amount),
                said(2 * at + 3, f"类{at}占比", "percent", percent, "%"),
            ]
        return [each for each in checks(made(*rows), "N03") if each[1] == "fails"]

    assert shared(*percents) == []
    assert shared("86.02", "3.52", "0.88", "9.55") == [("N03/3", "fails"), ("N03/9", "fails")]


def _told(rows: list[Row]) -> str:
    findings = check_document(made(*rows)).findings.to_pylist()
    return next(str(row["explanation"]) for row in findings if str(row["check_id"]).startswith("N05"))


def test_a_rate_over_this_years_figure_was_not_told_as_such() -> None:
    rows = [
        said(1, "会议费", "amount", "32"),
        {**said(2, "会议费", "change", "14.2"), "direction": "decrease"},
        {**said(3, "会议费", "change", "44.38", "%"), "direction": "decrease"},
    ]
    told = _told(rows)
    assert "14.20 万元 ÷ (32.00 万元 + 14.20 万元) 应在 30.3323% 至 31.1475% 之间" in told
    assert "所印等于增减额÷本年数，误以本年数为基数" in told


def test_a_rate_that_only_rounding_could_explain_is_not_said_to_be_over_this_years_figure() -> None:
    """0.95 ÷ 125.98 is 0.75 %, and the page prints 0.76 %: an officer who works it out does not find what was told."""
    rows = [
        said(1, "运行经费", "amount", "125.98"),
        {**said(2, "运行经费", "change", "0.95"), "direction": "decrease"},
        {**said(3, "运行经费", "change", "0.76", "%"), "direction": "decrease"},
    ]
    assert "本年数为基数" not in _told(rows)


def test_a_point_out_of_its_place_was_not_told_as_such() -> None:
    rows = [
        said(1, "检察监督", "amount", "1895"),
        {**said(2, "检察监督", "change", "134"), "direction": "decrease"},
        {**said(3, "检察监督", "change", "0.66", "%"), "direction": "decrease"},
    ]
    assert "所印似是小数点错位" in _told(rows)


def test_a_change_that_the_page_does_not_print_was_quoted_as_if_it_did() -> None:
    rows = [
        said(1, "执行数", "amount", "43269.3"),
        said(2, "预算安排", "amount", "3845.49"),
        {**said(3, "预算安排", "change", "17.62", "%"), "direction": "increase"},
    ]
    told = _told([{**row, "sentence": "执行数、预算安排、增加"} for row in rows])
    assert "而 (3,845.49 万元 - 43,269.30 万元) ÷ 43,269.30 万元 应在" in told


def test_a_rounded_figure_of_the_text_is_no_second_print_of_the_cell_that_it_restates() -> None:
    """173.15 = 146.99 + 26.17 万元 is rounding, though the table's total that the first restates is exact."""
    yuan = {"unit": "元", "side": "expenditure"}
    lines = [
        figure("expenditure_summary", 3, 1, 1, "1731520.80", **subject("total"), **yuan),
        figure("expenditure_summary", 3, 2, 1, "1731520.80", **subject("208"), **yuan),
        figure("expenditure_summary", 3, 1, 2, "1469858.54", expenditure_type="basic", **subject("total"), **yuan),
        figure("expenditure_summary", 3, 1, 3, "261662.26", expenditure_type="project", **subject("total"), **yuan),
    ]
    cells = [str(row["cell_id"]) for row in lines]
    text = [
        said(1, "本年支出合计", "amount", "173.15", restates_cell_id=cells[0]),
        said(2, "基本支出", "amount", "146.99", restates_cell_id=cells[2]),
        said(3, "基本支出占比", "percent", "84.89", "%"),
        said(4, "项目支出", "amount", "26.17", restates_cell_id=cells[3]),
        said(5, "项目支出占比", "percent", "15.11", "%"),
    ]
    dataset = {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    assert checks(dataset, "N02") == [("N02/1", "within_rounding")]
    assert check_document(dataset).jointly_feasible is True


def test_what_is_less_than_a_part_was_taken_for_the_whole_of_it() -> None:
    """基本支出…，其中人员经费、公用经费189.12万元；项目支出280.19万元，占13.78%: of neither of those."""
    dataset = made(
        said(1, "公用经费", "amount", "189.12"),
        said(2, "项目支出", "amount", "280.19"),
        said(3, "项目支出占比", "percent", "13.78", "%"),
    )
    assert checks(dataset, "N04") == [("N04", "not_applicable")]


def basic(personnel: str) -> Dataset:
    return made(
        said(1, "财政拨款基本支出预算", "amount", "6,389.83"),
        said(2, "人员经费", "amount", personnel),
        said(3, "公用经费", "amount", "348.97"),
    )


def test_basic_expenditure_is_told_with_its_two_parts() -> None:
    """Where no table prints personnel expenses, the text alone said what they are."""
    assert checks(basic("6,040.86"), "N02") == [("N02/2", "exact")]
    (text,) = [row for row in check_document(basic("6,044.86")).findings.to_pylist() if row["check_id"] == "N02/2"]
    assert "应等于 人员经费 6,044.86 万元 + 公用经费 348.97 万元 = 6,393.83 万元" in text["explanation"]


def share_of_all(percent: str) -> Dataset:
    lines = [figure("budget_summary", 2, 27, 4, "9759.38", item="本年支出合计", side="expenditure", period="final")]
    text = [
        said(1, "财政拨款支出", "amount", "9746.50"),
        said(2, "财政拨款支出占本年支出合计比重", "percent", percent, "%"),
    ]
    return {**document(lines), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}


def test_a_share_of_all_expenditure_is_held_to_the_budget_summary() -> None:
    assert checks(share_of_all("99.87"), "N40") == [("N40/2", "within_rounding")]
    assert checks(share_of_all("39.87"), "N40") == [("N40/2", "fails")]


def test_the_whole_of_a_list_with_shares_may_be_said_before_other_amounts() -> None:
    """收支总预算100万元，收入包括：…30万元；支出包括：甲80万元，占80%: the amount right before was no whole."""
    text = (
        said(1, "收支总预算", "amount", "100.00"),
        said(2, "上年结转", "amount", "30.00"),
        said(3, "教育支出", "amount", "80.00"),
        said(4, "教育支出占比", "percent", "70.00", "%"),
        said(5, "农林水支出", "amount", "20.00"),
        said(6, "农林水支出占比", "percent", "20.00", "%"),
    )
    assert dict(checks(made(*text), "N03")) == {"N03/4": "fails", "N03/6": "exact"}


def test_a_rate_was_held_against_a_change_and_a_year_before_that_went_apart() -> None:
    """减少355.2万元（91.54%）, 32.92 are left: the change is a part of the year before, so that 91.52 alone can be."""

    def fell(percent: str) -> Dataset:
        return made(
            said(1, "会议费", "amount", "32.92"),
            {**said(2, "会议费", "change", "355.2"), "direction": "decrease"},
            {**said(3, "会议费", "change", percent, "%"), "direction": "decrease"},
        )

    assert checks(fell("91.52"), "N05") == [("N05/3", "within_rounding")]
    assert checks(fell("91.54"), "N05") == [("N05/3", "fails")]
