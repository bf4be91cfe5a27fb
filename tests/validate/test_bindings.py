"""What binds the figures that no total stands over: places in a summary's lists, absence elsewhere, the fen."""

from __future__ import annotations

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import document, figure, subject
from tests.validate.test_cross_tables import by_code, category
from tests.validate.test_texts import said
from tests.validate.test_within_tables import outcomes


def spending(*lines: tuple[str, str, str], column: int = 4) -> list[Row]:
    """The expenditure side of a budget summary: code (none: empty), label, amount."""
    return [
        figure(
            "budget_summary", 1, row_no, column, printed,
            **{**(subject(code) if code else {}), "item": item, "side": "expenditure", "code_source": "reference"},
        )
        for row_no, (code, item, printed) in enumerate(lines, start=1)
    ]  # fmt: skip


ITEMS = (
    ("201", "一、一般公共服务支出", "9.00"), ("20131", "党委办公厅（室）及相关机构事务", "9.00"),
    ("2013101", "行政运行", "5.00"), ("2013102", "一般行政管理事务", "4.00"), ("", "本年支出合计", "9.00"),
)  # fmt: skip


def test_subjects_below_a_numbered_class_are_its_parts_by_their_codes() -> None:
    checks = outcomes(document(spending(*ITEMS)), "W28")
    assert checks == {"W28/t1/r1/total": "exact", "W28/t1/r2/total": "exact"}
    wrong = (*ITEMS[:3], ("2013102", "一般行政管理事务", "5.00"), ITEMS[4])
    assert "fails" in outcomes(document(spending(*wrong)), "W28").values()


def test_subjects_below_a_class_are_those_of_the_expenditure_summary() -> None:
    summary = by_code("expenditure_summary", 3, {"201": "9.00", "20131": "9.00", "2013101": "5.00", "2013102": "4.00"})
    checks = outcomes(document([*spending(*ITEMS), *summary]), "X23")
    assert checks == {"X23/20131": "exact", "X23/2013101": "exact", "X23/2013102": "exact"}


def test_a_figure_without_a_label_is_a_part_of_the_total_alone() -> None:
    lines = (("201", "一、一般公共服务支出", "9.00"), ("", "", "0.00"), ("", "本年支出合计", "9.00"))
    dataset = document(spending(*lines))
    assert set(outcomes(dataset, "W28").values()) == {"not_applicable"}
    assert set(outcomes(dataset, "W02").values()) == {"exact"}


def test_classes_without_a_total_of_their_own_add_up_to_the_one_beside_them() -> None:
    """The form that lists classes and uses side by side and prints the total below the uses alone."""
    uses = (("", "一、基本支出", "6.00"), ("", "二、项目支出", "3.00"), ("", "本年支出合计", "9.00"))
    classes = (("201", "一、一般公共服务支出", "8.00"), ("208", "二、社会保障和就业支出", "1.00"))
    good = document([*spending(*classes), *spending(*uses, column=6)])
    assert outcomes(good, "W29") == {"W29/t1/budget": "exact"}
    slip = document([*spending(("201", "一、一般公共服务支出", "3.00"), classes[1]), *spending(*uses, column=6)])
    assert outcomes(slip, "W29") == {"W29/t1/budget": "fails"}


def test_a_class_that_the_expenditure_summary_does_not_list_has_no_money() -> None:
    lines = [category("201", "一、一般公共服务支出", "9.00", 1), category("202", "二、外交支出", "0.00", 2)]
    lines += by_code("expenditure_summary", 3, {"201": "9.00"})
    assert outcomes(document(lines), "X01") == {"X01/201": "exact", "X01/202": "exact"}


def test_money_in_a_class_that_the_expenditure_summary_does_not_list_is_told_in_plain_words() -> None:
    lines = [category("201", "一、一般公共服务支出", "9.00", 1), category("202", "二、外交支出", "7.00", 2)]
    findings = check_document(document([*lines, *by_code("expenditure_summary", 3, {"201": "9.00"})])).findings
    told = [row["explanation"] for row in findings.to_pylist() if row["check_id"] == "X01/202"]
    assert "科目202 7.00 万元，而后者没有列出此项。" in told[0]
    assert "while the latter does not list it." in told[0]


def test_a_class_under_another_name_was_told_as_money_that_should_be_nought() -> None:
    """一般公共服务支出 7 in the summary, 社会保障 7 in the expenditure summary: the amount tells which was meant."""
    lines = [category("201", "一、一般公共服务支出", "7.00", 1), category("210", "二、卫生健康支出", "9.00", 2)]
    findings = check_document(document([*lines, *by_code("expenditure_summary", 3, {"208": "7.00", "210": "9.00"})]))
    told = [row["explanation"] for row in findings.findings.to_pylist() if row["check_id"] == "X01/201"]
    assert "该表第3页“208 科目208”的数与此相同，可能是两表中有一处印错了名称。" in told[0]
    assert "应在 -" not in told[0]


def test_a_class_under_another_name_was_told_twice() -> None:
    """As money that the other table lacks, and as lists of classes that are not the same."""
    lines = [category("201", "一、一般公共服务支出", "7.00", 1), category("210", "二、卫生健康支出", "9.00", 2)]
    checked = check_document(document([*lines, *by_code("expenditure_summary", 3, {"208": "7.00", "210": "9.00"})]))
    told = [row for row in checked.findings.to_pylist() if {"X01/201", "S08"} & set(row["check_ids"])]
    assert [row["check_ids"] for row in told] == [["X01/201", "S08"]]
    assert "同一原因使下列勾稽也不成立：收支总表有金额的功能类与支出总表的类相同" in told[0]["explanation"]


def test_a_class_is_not_compared_with_a_table_that_lists_no_class_of_that_period() -> None:
    lines = [category("202", "二、外交支出", "7.00", 2) | {"period": "prior_budget"}]
    lines += by_code("expenditure_summary", 3, {"201": "9.00"})
    assert outcomes(document(lines), "X01") == {"X01": "not_applicable"}


def test_a_department_that_repeats_the_total_before_its_units_is_bound_to_both() -> None:
    names = (("合计", "9.00"), ("甲局", "9.00"), ("甲局本级", "5.00"), ("乙所", "4.00"))
    lines = [
        figure(
            "revenue_summary", 2, row_no, 2, printed,
            **{"item": name, "side": "revenue", **({} if name == "合计" else {"unit_name": name})},
        )
        for row_no, (name, printed) in enumerate(names, start=1)
    ]  # fmt: skip
    assert list(outcomes(document(lines), "W40").values()) == ["exact", "exact"]
    lines[3] = {**lines[3], **{name: figure("x", 2, 4, 2, "6.00")[name] for name in ("amount", "amount_printed")}}
    assert "fails" in outcomes(document(lines), "W40").values()


def test_a_subtotal_is_the_sum_of_the_rows_under_its_heading() -> None:
    rows = (("收入总计", "9.00"), ("一般公共预算资金/小计", "9.00"), ("一般公共预算资金/公共财政拨款", "9.00"))
    lines = [
        figure("revenue_summary", 2, row_no, 3, printed, item=item, side="revenue")
        for row_no, (item, printed) in enumerate(rows, start=1)
    ]
    dataset = document(lines)
    assert list(outcomes(dataset, "W54").values()) == ["exact"]
    assert list(outcomes(dataset, "W55").values()) == ["exact"]


# --- the fen ---------------------------------------------------------------------------------------------------------


def in_fen(*amounts: tuple[str, str]) -> list[Row]:
    return [
        figure("expenditure_summary", 3, row_no, 1, printed, **subject(code), side="expenditure", unit="元")
        for row_no, (code, printed) in enumerate(amounts, start=1)
    ]


def test_money_has_no_unit_below_the_fen_so_that_sums_of_yuan_and_fen_are_equal() -> None:
    findings = check_document(document(in_fen(("total", "900.01"), ("201", "500.00"), ("208", "400.00")))).findings
    told = [row for row in findings.to_pylist() if row["check_id"] == "W13/t3/total/total"]
    assert [row["severity"] for row in told] == ["warning"]  # a fen alone is to be looked into, and no error
    assert outcomes(document(in_fen(("total", "900.00"), ("201", "500.00"), ("208", "400.00"))), "W13") == {
        "W13/t3/total/total": "exact"
    }


def test_a_table_in_ten_thousands_printed_to_the_fen_is_exact_too() -> None:
    lines = [
        figure("expenditure_summary", 3, row_no, 1, printed, **subject(code), side="expenditure")
        for row_no, (code, printed) in enumerate((("total", "0.900001"), ("201", "0.5"), ("208", "0.400000")), start=1)
    ]
    lines[1]["half_unit"] = lines[0]["half_unit"]
    assert outcomes(document(lines), "W13") == {"W13/t3/total/total": "fails"}


def test_a_document_whose_figures_in_fen_were_themselves_rounded_is_taken_within_rounding() -> None:
    wages = [("total", "900.03")]
    for code in ("201", "208", "210"):
        wages += [(code, "300.01"), (f"{code}01", "150.00"), (f"{code}02", "150.00")]
    assert set(outcomes(document(in_fen(*wages)), "W13").values()) == {"exact", "within_rounding"}


def test_a_list_of_the_text_without_percentages_adds_up_to_the_amount_before_it() -> None:
    sentence = "支出包括：一般公共服务支出9.00万元、社会保障和就业支出3.00万元、卫生健康支出3.00万元等。"
    names = (("一般公共服务支出", "9.00"), ("社会保障和就业支出", "3.00"), ("卫生健康支出", "3.00"))
    text = [said(1, "收支总预算", "amount", "14.00")]
    text += [
        {**said(number, name, "amount", printed), "sentence": sentence, "restates_cell_id": f"made:t4:r{number}"}
        for number, (name, printed) in enumerate(names, start=2)
    ]
    text[-1]["restates_cell_id"] = None  # the one that is wrong is found in no table
    dataset = {**document([]), "narrative_figures": to_arrow(NARRATIVE_FIGURES, text)}
    assert outcomes(dataset, "N02") == {"N02/2": "fails"}


def economic(*codes: str) -> list[Row]:
    return [
        figure("basic_expenditure", 6, row_no, 3, "1.00", economic_code=code, item=code, side="expenditure")
        for row_no, code in enumerate(codes, start=1)
    ]


def test_economic_items_without_their_class_are_told_where_the_other_classes_are_printed() -> None:
    codes = ("301", "30101", "302", "30201", "30202", "303", "30302")
    assert outcomes(document(economic(*codes)), "S12") == {"S12/t6": "exact"}
    assert outcomes(document(economic(*(code for code in codes if code != "302"))), "S12") == {"S12/t6": "fails"}
    assert outcomes(document(economic("30101", "30201", "30302")), "S12") == {"S12": "not_applicable"}
