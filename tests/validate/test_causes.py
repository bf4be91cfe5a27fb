"""One slip of the hand is told once: what happened to a table, which figure it was, and all that fails for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from pipeline.tables import Dataset, Row
from pipeline.validate import check_document, load_identities
from pipeline.validate.causes.find import find_causes
from pipeline.validate.causes.model import MEANINGS
from pipeline.validate.evaluate import evaluate
from pipeline.validate.linear import linear
from pipeline.validate.locate import Locator
from pipeline.validate.rows.derived import derived_anew, read_all, read_otherwise
from tests.validate.made import document, figure, source_table
from tests.validate.test_injected import FIGURES, GENERAL, lines_of, swapped, with_lines, without_row
from tests.validate.test_within_tables import spent
from tests.validate.zezhou import zezhou

SPENT = 3


def found(dataset: Dataset) -> list[Row]:
    """The findings of the arithmetic: the made tables come without contents page and text."""
    rows: list[Row] = check_document(dataset).findings.to_pylist()
    untouched = {row["finding_id"] for row in check_document(zezhou()).findings.to_pylist()}
    return [row for row in rows if row["finding_id"] not in untouched and row["verdict"] != "definition"]


def row_of(table_no: int, code: str) -> int:
    return next(
        int(str(row["row_no"]))
        for row in lines_of(zezhou())
        if row["table_no"] == table_no and row["subject_code"] == code
    )


def changed(table_no: int, row_no: int, edit: Callable[[Row], Iterable[Row]]) -> Dataset:
    """The disclosure with the figures of one row edited."""
    dataset = zezhou()
    lines = lines_of(dataset)
    here = [(row["table_no"], row["row_no"]) == (table_no, row_no) for row in lines]
    return with_lines(
        dataset, [new for row, hit in zip(lines, here, strict=True) for new in (edit(row) if hit else [row])]
    )


def test_a_wrong_figure_is_told_once_with_all_that_fails_because_of_it() -> None:
    (row,) = found(zezhou((SPENT, row_of(SPENT, "2101102"), "合计", "6.32")))
    assert len(row["check_ids"]) > 2
    assert "“2101102 事业单位医疗”（" in row["explanation"]
    assert "现印 6.32 万元，应为 6.23 万元，与所印只差一处笔误（相邻两位数字颠倒）" in row["explanation"]
    assert "同一原因使下列勾稽也不成立：" in row["explanation"]
    assert "The same makes these fail too:" in row["explanation"]


def test_a_point_one_place_off_is_told_as_such_where_the_lost_digit_leaves_the_last_place_open() -> None:
    total = next(row for row in lines_of(zezhou()) if row["table_no"] == GENERAL and row["subject_level"] == "total")
    (row, *_) = found(zezhou((GENERAL, int(str(total["row_no"])), "合计", "419.25")))
    assert "小数点错了一位" in row["explanation"]
    assert "the point is one place off" in row["explanation"]


def test_where_no_figure_should_stand_the_finding_says_so_and_proposes_no_amount_below_nothing() -> None:
    """It proposed -0.015 to 0.015 万元, which nobody could print."""
    line = next(row for row in lines_of(zezhou()) if row["table_no"] == 1 and row["item"] == "收入总计")
    other = {
        "row_no": 31,
        "item": "六、其他收入",
        "amount": Decimal(50_000),
        "amount_printed": "5.00",
        "cell_id": "made:x",
    }
    dataset = with_lines(zezhou(), [*lines_of(zezhou()), {**line, **other}])
    rows = [row for row in found(dataset) if "其他收入" in row["explanation"]]
    assert any("应为 0.00 万元（此处不应有数）" in row["explanation"] for row in rows)
    assert not any("-0.0" in row["explanation"] for row in rows)


@pytest.mark.parametrize(("one", "other"), [("2101103", "2101199"), ("2080506", "210"), ("2080501", "2080505")])
def test_two_rows_that_changed_places_are_told_as_one_finding(one: str, other: str) -> None:
    (row,) = found(swapped(GENERAL, row_of(GENERAL, one), row_of(GENERAL, other)))
    assert "两行的数（或其编码、名称）看来互换了位置" in row["explanation"]
    assert "seem to have changed places" in row["explanation"]
    assert f"“{one} " in row["explanation"]
    assert f"“{other} " in row["explanation"]
    assert row["verdict"] == "undetermined"  # the page may have been misread as well as misprinted


def test_two_codes_that_changed_places_are_told_as_codes_where_the_names_stayed_with_their_figures() -> None:
    one, other = row_of(GENERAL, "2013202"), row_of(GENERAL, "2013299")
    codes = {one: "2013299", other: "2013202"}
    dataset = zezhou()
    lines = [
        {**row, "subject_code": codes[row["row_no"]]} if row["table_no"] == GENERAL and row["row_no"] in codes else row
        for row in lines_of(dataset)
    ]
    (row,) = found(with_lines(dataset, lines))
    assert "两行的科目编码看来互换了位置" in row["explanation"]


def test_two_names_that_changed_places_are_told_by_what_the_other_tables_call_the_codes() -> None:
    names = {"2101101": "事业单位医疗", "2101102": "行政单位医疗"}
    dataset = zezhou()
    lines = [
        {**row, "subject_name": names[row["subject_code"]], "item": names[row["subject_code"]]}
        if row["table_no"] == GENERAL and row["subject_code"] in names
        else row
        for row in lines_of(dataset)
    ]
    (row,) = found(with_lines(dataset, lines))
    assert "两行的名称看来互换了位置" in row["explanation"]


@pytest.mark.parametrize("code", ["2013101", "2080506", "2101199"])
def test_a_missing_row_is_told_with_its_name_and_what_it_would_print(code: str) -> None:
    lost = next(row for row in lines_of(zezhou()) if row["table_no"] == SPENT and row["subject_code"] == code)
    (row,) = found(without_row(SPENT, row_of(SPENT, code)))
    assert f"看来缺一行“{code} {lost['subject_name']}”" in row["explanation"]
    assert f"{lost['amount_printed']} 万元" in row["explanation"]
    assert "seems to lack a row" in row["explanation"]


@pytest.mark.parametrize("code", ["2101102", "21011", "208"])
def test_a_row_printed_twice_is_told_whether_a_sum_takes_it_in_or_not(code: str) -> None:
    number = row_of(SPENT, code)
    lines = []
    for row in lines_of(zezhou()):
        if row["table_no"] == SPENT and int(str(row["row_no"])) > number:
            lines.append({**row, "row_no": int(str(row["row_no"])) + 1})
        elif row["table_no"] == SPENT and row["row_no"] == number:
            lines += [row, {**row, "row_no": number + 1, "cell_id": f"{row['cell_id']}b"}]
        else:
            lines.append(row)
    rows = [
        row for row in check_document(with_lines(zezhou(), lines)).findings.to_pylist() if "两次" in row["explanation"]
    ]
    assert len(rows) == 1
    assert f"{code} " in rows[0]["explanation"]


def test_a_figure_in_the_next_column_is_told_with_both_columns() -> None:
    number = row_of(SPENT, "2101102")
    project = next(
        row for row in lines_of(zezhou()) if row["table_no"] == SPENT and row["expenditure_type"] == "project"
    )
    moved = changed(
        SPENT,
        number,
        lambda row: [
            {**row, **{name: project[name] for name in MEANINGS}} if row["expenditure_type"] == "basic" else row
        ],
    )
    (row,) = [each for each in found(moved) if "印错了栏" in each["explanation"]]
    assert "2101102 事业单位医疗”一行的 6.23 万元 看来印错了栏" in row["explanation"]
    assert "项目支出”栏，应在" in row["explanation"]


def test_two_figures_of_one_row_each_in_the_others_column_are_told() -> None:
    number = row_of(SPENT, "201")

    def exchange(row: Row) -> list[Row]:
        other = {"basic": "project", "project": "basic"}.get(str(row["expenditure_type"]))
        twin = next(
            (
                each
                for each in lines_of(zezhou())
                if each["table_no"] == SPENT and each["row_no"] == number and each["expenditure_type"] == other
            ),
            row,
        )
        return [{**row, **{name: twin[name] for name in FIGURES}}]

    (row,) = found(changed(SPENT, number, exchange))
    assert "“201 一般公共服务支出”一行“" in row["explanation"]
    assert "看来互换了位置" in row["explanation"]


def test_a_misprinted_code_is_told_by_the_name_that_other_tables_print_beside_the_right_one() -> None:
    number = row_of(SPENT, "2100799")
    rows = found(changed(SPENT, number, lambda row: [{**row, "subject_code": "2500799"}]))
    assert any("“2500799 其他计划生育事务支出”的科目编码看来应为 2100799" in row["explanation"] for row in rows)


def test_a_code_that_is_none_is_told_though_the_name_says_which_it_is() -> None:
    number = row_of(SPENT, "2080506")
    (row,) = found(changed(SPENT, number, lambda row: [{**row, "code_source": "reference"}]))
    assert row["check_id"] == f"S13/t{SPENT}"
    assert "没有印出可认的科目编码（按名称应为 2080506）：机关事业单位职业年金缴费支出" in row["explanation"]


def test_a_table_that_states_another_unit_than_its_figures_are_in_is_one_finding() -> None:
    dataset = zezhou()
    lines = [
        {**row, "unit": "元", "amount": row["amount"] / 10_000, "half_unit": row["half_unit"] / 10_000}
        if row["table_no"] == SPENT
        else row
        for row in lines_of(dataset)
    ]
    (row,) = found(with_lines(dataset, lines))
    assert "看来应为“万元”" in row["explanation"]
    assert "10000 times off" in row["explanation"]
    assert len(row["check_ids"]) > 8


def test_two_sides_a_unit_apart_are_no_other_definition() -> None:
    """A table of one figure in another unit was set aside as following a definition of its own."""
    dataset = zezhou()
    lines = [
        {**row, "unit": "元", "amount": row["amount"] / 10_000, "half_unit": row["half_unit"] / 10_000}
        if row["table_no"] == 11
        else row
        for row in lines_of(dataset)
    ]
    (row,) = found(with_lines(dataset, lines))
    assert str(row["check_id"]).startswith("X15")
    assert "《agency_operating_expenses》的金额单位按“元”计，看来应为“万元”" in row["explanation"]


def _one_total_in_two_units(exact: str) -> str:
    top = {"item": "合计", "subject_level": "total", "period": "budget", "side": "expenditure"}
    lines = [
        figure("basic_expenditure", 6, 3, 5, exact, expenditure_type="operating", **top),
        figure("agency_operating_expenses", 11, 3, 2, "125.98", fund="total", unit="元", **top),
    ]
    (row,) = [each for each in found(document(lines)) if str(each["check_id"]).startswith("X15")]
    return str(row["explanation"])


def test_where_either_table_may_state_the_wrong_unit_the_finding_says_that_one_of_them_does() -> None:
    assert "可能有一处的单位印错了" in _one_total_in_two_units("125.98")


def test_of_two_tables_a_unit_apart_the_one_in_fen_of_ten_thousand_yuan_is_in_the_right_unit() -> None:
    """125.98 yuan, taken for an amount exact to the fen, was not ten thousand times less than 125.983175 万元, and was
    set aside as following a definition of its own."""
    assert "《agency_operating_expenses》的金额单位按“元”计，看来应为“万元”" in _one_total_in_two_units("125.983175")


def test_where_two_suppositions_explain_as_much_none_is_told() -> None:
    """201 and 208 each print the other's figure, and so may 201 and 210: 1.00 and 1.00 are one and the same."""
    lines = spent(("total", "3.00"), ("201", "1.50"), ("208", "1.00"), ("210", "1.00"))
    tables = [source_table("expenditure_summary", 3, printed_title="部门支出总体情况表")]
    rows = check_document(document(lines, tables)).findings.to_pylist()
    assert not any("看来" in row["explanation"] for row in rows)


def test_nothing_is_supposed_where_nothing_fails() -> None:
    dataset, identities = zezhou(), load_identities()
    records = read_all(dataset, identities)
    checks = evaluate(records, identities)
    assert find_causes(dataset, identities, records, checks, Locator(linear(checks)).repairs()) == []


def test_a_table_read_otherwise_is_read_as_in_a_document_that_prints_it_so_and_the_others_stay() -> None:
    """A supposition is tried on one table: what it does not touch is not read again, and must not be changed."""
    identities, number = load_identities(), row_of(GENERAL, "2101102")
    before = read_all(zezhou(), identities)
    kept = [dict(row) for row in before.of("budget_lines")]
    other = changed(GENERAL, number, lambda row: [replace_amount(row, "26.65")])
    printed = [row for row in lines_of(other) if row["table_no"] == GENERAL]
    after = derived_anew(read_otherwise(before, printed, identities), identities)
    whole = read_all(other, identities)
    for name in ("budget_lines", "text", "links", "listed", "sheets", "named_codes"):
        assert after.of(name) == whole.of(name), name
    assert before.of("budget_lines") == kept


def test_a_cause_that_would_break_something_else_is_none() -> None:
    """Rows whose figures differ by what a total is off by did not change places when both stand as other tables say."""
    number = row_of(SPENT, "2101101")
    rows = found(changed(SPENT, number, lambda row: [replace_amount(row, "26.65")]))
    assert all("互换" not in row["explanation"] for row in rows)


def replace_amount(row: Row, printed: str) -> Row:
    return {**row, "amount_printed": printed, "amount": Decimal(printed) * 10_000}


def test_only_the_first_of_two_totals_missing_is_told_too() -> None:
    """A summary without the grand total of one side said nothing, as no row stood for that side at all."""
    dataset = zezhou()
    kept = [row for row in lines_of(dataset) if (row["table_no"], row["item"]) != (1, "收入总计")]
    assert len(kept) < len(lines_of(dataset))
    assert any(row["check_id"] == "S11/t1" for row in found(with_lines(dataset, kept)))


def test_of_two_readings_that_fail_as_often_the_nearer_one_is_what_should_hold() -> None:
    """A total of the three public expenses, meetings and training that is a digit off was told to lack those two."""
    names = ("合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "会议费", "培训费")
    amounts = ("1279.70", "80.00", "20.00", "318.26", "428.44", "430.00")
    lines = [
        figure("three_public_expenses", 10, 4, column, amount, item=name, column_header=name)
        for column, (name, amount) in enumerate(zip(names, amounts, strict=True), start=1)
    ]
    (row,) = [each for each in found(document(lines)) if str(each["check_id"]).startswith("W51")]
    assert "= 1,276.70 万元，相差 3.00 万元" in row["explanation"]


def test_of_two_readings_that_fail_as_often_the_one_that_asks_more_is_followed() -> None:
    """A department and its only unit print one amount: that the first unit may be left out of the sum hid a slip."""
    amounts = (("合计", "50.90", "50.90"), ("示例局", "50.90", "50.90"), ("示例局机关", "50.90", "50.09"))
    funds = ("total", "general_public_budget")
    lines = [
        figure(
            "revenue_summary", 6, row, column, printed, item=name, unit_name=None if row == 1 else name,
            subject_level="total" if row == 1 else None, fund=fund, side="revenue", period="budget",
        )
        for row, (name, *printed_amounts) in enumerate(amounts, start=1)
        for column, (fund, printed) in enumerate(zip(funds, printed_amounts, strict=True), 3)
    ]  # fmt: skip
    told = [row for row in found(document(lines)) if row["severity"] == "error"]
    assert any("50.09" in row["explanation"] for row in told)
