"""Sentences to figures: kinds, directions, subjects, what is no figure, terms, the profile, last year's figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.normalize.model import Line
from pipeline.normalize.narrative import Narrative, read_text, restates
from tests.normalize.drawn import document, expected, line, table, text, zezhou

WAN = Decimal(10000)


def figures(*paragraphs: str) -> list[tuple[str, str | None, str | None, str]]:
    found = read_text(text(*paragraphs)).figures
    return [(figure.kind, figure.direction, figure.subject, figure.value_printed) for figure in found]


def test_an_amount_is_in_yuan_beside_what_is_printed() -> None:
    figure = read_text(text("本部门收入预算4,575.05万元。")).figures[0]

    assert (figure.value, figure.value_printed, figure.unit) == (Decimal("45750500.00"), "4,575.05", "万元")
    assert figure.half == 50


def test_a_change_and_its_rate_have_the_direction_and_the_subject_of_their_amount() -> None:
    assert figures("一般公共预算支出4,192.53万元，比上年增加126.22万元，增长3.1%。") == [
        ("amount", None, "一般公共预算支出", "4,192.53"),
        ("change", "increase", "一般公共预算支出", "126.22"),
        ("change", "increase", "一般公共预算支出", "3.1"),
    ]


def test_a_rate_in_brackets_behind_its_change_was_a_percentage_of_nothing() -> None:
    assert figures("公务接待费6.51万元，较上年减少1.49万元（18.63%），占（比）大；基本支出9万元（50%）。") == [
        ("amount", None, "公务接待费", "6.51"),
        ("change", "decrease", "公务接待费", "1.49"),
        ("change", "decrease", "公务接待费", "18.63"),
        ("amount", None, "基本支出", "9"),
        ("percent", None, None, "50"),
    ]


def test_the_rate_tells_whether_a_change_is_the_wholes_or_the_last_parts() -> None:
    whole = figures("收入总计100万元，其中：本年收入80万元，上年结转20万元，比上年减少25万元，下降20%。")
    part = figures("三公经费30万元，其中：接待费20万元，比上年减少5万元，下降20%。")

    assert whole[3][2] == "收入总计"
    assert part[2][2] == "接待费"


def test_a_paragraphs_first_amount_may_be_what_changed() -> None:
    """综合管理367.65万元…内控专项96.81万元，…。较上年减少52.44万元，减幅12.5%: that was a change of 内控专项."""
    paragraph = "5.综合管理367.65万元，主要包括：宣传21.60万元，用于报道；内控专项96.81万元，用于审核。"

    found = figures(f"{paragraph}较2025年年初预算减少52.44万元，减幅12.5%。")

    assert [subject for _, _, subject, _ in found] == ["综合管理", "宣传", "内控专项", "综合管理", "综合管理"]


def test_a_share_is_a_percentage_of_what_stands_before_it() -> None:
    assert figures("基本支出705.67万元，占15.42%；项目支出3869.38万元，占84.58%。")[1::2] == [
        ("percent", None, "基本支出占比", "15.42"),
        ("percent", None, "项目支出占比", "84.58"),
    ]


def test_counts_and_areas_keep_their_units() -> None:
    found = read_text(text("共有车辆3辆，设备0台（套），办公用房面积723.62平方米。")).figures

    assert [(figure.kind, figure.unit) for figure in found] == [
        ("count", "辆"), ("count", "台（套）"), ("area", "平方米"),
    ]  # fmt: skip


def test_institutions_counted_in_characters_are_counts_and_other_numerals_are_not() -> None:
    assert figures("某局下属三个事业单位，坚持四个意识，做到两个维护，推动三项改革。") == [
        ("count", None, "某局下属事业单位", "三")
    ]


def test_what_leads_up_to_a_count_of_institutions_was_said_to_be_counted() -> None:
    """包括6个机关行政科室及1个下属单位 counted 某局部门包括, and then 某局部门包括6个机关行政科室及."""

    def counted(sentence: str) -> list[str | None]:
        return [subject for _, _, subject, _ in figures(sentence)]

    assert counted("某局部门包括6个机关行政处（科、股）室及1个下属单位。") == ["机关行政处（科、股）室", "下属单位"]
    assert counted("包括19个内设机构、2个下属事业单位和2个派出机构。") == ["内设机构", "下属事业单位", "派出机构"]
    assert counted("内设办公室、计划财务科、种植业科等8个科室，下属7个预算单位。") == ["科室", "下属预算单位"]
    assert counted("累计建设25000个基站。") == ["累计建设"]


@pytest.mark.parametrize(
    "words",
    [
        "截至2025年12月31日，按照泽组字〔2016〕3号文件执行，第2季度完成。",
        "12380举报电话开通，第十五届会议召开，见表3。",
        "1.贯彻执行方针。",
        "全年12个月按时完成。",
    ],
)
def test_dates_numbering_and_document_numbers_are_no_figures(words: str) -> None:
    assert figures(words) == []


def test_contents_pages_hold_no_figures() -> None:
    contents = [line(f"{n}、某项预算5万元............{n}", page=2, paragraph=n) for n in range(1, 5)]

    assert read_text(document(lines=contents)).figures == ()


def test_a_number_joins_its_unit_over_a_wrap_and_a_page() -> None:
    lines = [line("现有职工若干，其中在职人员40", 1, 1), line("人，退休8人。", 2, 2)]

    found = read_text(document(lines=lines)).figures

    assert [(figure.value_printed, figure.page) for figure in found] == [("40", 1), ("8", 2)]


def test_figures_filled_into_a_forms_blanks_were_cut_off_from_their_words() -> None:
    """一般公共预算收入___21,940.96___万元: wide gaps made paragraphs of a line, and the money was of nothing."""

    def part(words: str, x0: float, paragraph: int) -> Line:
        return replace(line(words, 1, paragraph), x0=x0)

    lines = [part("一般公共预算收入", 60, 1), part("21,940.96", 200, 2), part("万元，占", 300, 2)]
    lines += [part("99.94", 400, 2), part("%；", 450, 3), replace(line("其他资金14.39万元。", 1, 4), y0=80)]

    found = read_text(document(lines=lines)).figures

    assert [(figure.subject, figure.value_printed) for figure in found] == [
        ("一般公共预算收入", "21,940.96"), ("一般公共预算收入占比", "99.94"), ("其他资金", "14.39"),
    ]  # fmt: skip


def test_a_wrapped_rate_on_a_line_of_figures_alone_keeps_its_direction() -> None:
    """Its line is lower than one of characters, and so it was a paragraph of its own: 13.77 % of nothing."""
    lines = [line("“三公”经费预算31.56万元，比上年减少5.04万元，下降", 1, 1), line("13.77%。", 1, 2, size=9.0)]

    rate = read_text(document(lines=lines)).figures[-1]

    assert (rate.value_printed, rate.direction) == ("13.77", "decrease")


def test_a_bound_is_said_to_be_one() -> None:
    assert [subject for _, _, subject, _ in figures("价值50万元（原值）以上的设备2台。")] == [
        "价值（界限）", "价值50万元（原值）以上的设备",
    ]  # fmt: skip


def test_the_publishers_name_and_the_year_are_no_subject() -> None:
    found = read_text(text("2026年度某县委组织部预算收入4万元。"), ["某县委组织部"]).figures

    assert found[0].subject == "预算收入"


def test_a_figure_stands_under_its_headings() -> None:
    found = read_text(text("第三部分预算说明", "二、收入情况", "收入4万元。", "三、支出情况", "支出4万元。")).figures

    assert [figure.section for figure in found] == ["第三部分预算说明/二、收入情况", "第三部分预算说明/三、支出情况"]


def test_brackets_speak_aside() -> None:
    found = figures("基金收入7万元，比上年增加7万元（去年预算数为0万元），增长100%。")

    assert [subject for _, _, subject, _ in found] == ["基金收入", "基金收入", "去年预算数", "基金收入"]


def test_a_sentence_goes_on_behind_a_remark_that_ends_within_its_bracket() -> None:
    """）比上年减少28.5万元 opened a sentence, and was taken for a change of what the bracket spoke of last."""
    found = figures(
        "购置及运行费44.75万元（购置费0万元，比上年减少28万元；运行费44.75万元，比上年减少0.5万元。）比上年减少28.5万元。"
    )
    assert found[-1] == ("change", "decrease", "购置及运行费", "28.5")


def test_a_bracket_that_closes_where_none_is_open_closes_nothing() -> None:
    found = figures("出国费24万元，与上年持平）；购置及运行费12万元（运行费12万元，比上年减少4万元）比上年减少4万元。")
    assert [subject for *_, subject, _ in found][-2:] == ["运行费", "购置及运行费"]


def test_no_change_at_all_is_said_of_what_was_spoken_of_last() -> None:
    """A rate of nought fits any amount, and the head of the list was taken."""
    found = figures("三公经费44.94万元，比上年减少2.61万元，下降5.5%。其中：出国费24万元，比上年增加0万元，增长0%。")
    assert [subject for *_, subject, _ in found][-2:] == ["出国费", "出国费"]


def test_a_part_that_is_0_without_a_unit_is_none_of_the_next_ones_name() -> None:
    found = figures("采购预算446.71万元，其中：货物预算7.2万元、工程预算为0、服务预算439.51万元。")
    assert found[-1] == ("amount", None, "服务预算", "439.51")


def test_terms_have_their_definitions_and_go_on_over_paragraphs() -> None:
    found = read_text(
        text("第四部分名词解释", "一、基本支出：指日常支出。", "二、财政专户：", "专指教育收费。", "三、结转：指余款。")
    ).glossary

    assert [(term.term, term.definition) for term in found] == [
        ("基本支出", "指日常支出。"), ("财政专户", "专指教育收费。"), ("结转", "指余款。"),
    ]  # fmt: skip


def test_a_part_whose_number_stands_on_a_line_of_its_own_has_the_title_below_it() -> None:
    """第四部分 and 名词解释 set apart on one line, or below one another: the glossary was lost."""
    (term,) = read_text(text("第四部分", "名词解释", "一、基本支出：指日常支出。")).glossary
    assert (term.term, term.definition) == ("基本支出", "指日常支出。")
    (figure,) = read_text(text("第四部分", "一、收入情况", "收入4万元。")).figures
    assert figure.section == "第四部分/一、收入情况"
    (figure,) = read_text(text("第四部分", "今年收入4万元，与上年持平。")).figures
    assert (figure.section, figure.value_printed) == ("第四部分", "4")


def test_a_glossary_ran_on_into_the_tables_behind_it() -> None:
    """No heading parts it from them: 部门名称 was a term, and 单位 was defined as 万元 and the next table's title."""
    terms = [line("第三部分名词解释", 1, 1, 1), line("一、基本支出：指日常支出。", 1, 2, 1)]
    first = ["预算01表", "2024年部门收入总表", "部门名称：某局", "单位：万元"]
    over = [line(words, 2, number, 1) for number, words in enumerate(first, start=3)]
    behind = [line("注：收入不含教育收费4万元。", 2, 7, 2), line("部门名称：某局", 3, 8, 2)]
    rows = [["项目", "金额"], ["合计", "4.00"]]
    grid = replace(table(rows, pages=[2, 2]), above=tuple(terms + over))

    def read(*lines: Line) -> Narrative:
        return read_text(document([grid], lines))

    found = read(*terms, *over, *behind)
    assert [(term.term, term.definition) for term in found.glossary] == [("基本支出", "指日常支出。")]
    assert [(figure.section, figure.value_printed) for figure in found.figures] == [("", "4")]
    untitled = read_text(document([replace(grid, above=tuple(over))], [*terms, *behind]))
    assert [term.definition for term in untitled.glossary] == ["指日常支出。"]


def test_an_annex_named_behind_the_glossary_in_the_contents_was_a_term() -> None:
    assert read_text(text("第三部分名词解释", "附件：2024年度部门预算表")).glossary == ()


def test_terms_explained_are_not_read_for_figures() -> None:
    assert figures("第四部分名词解释", "一、大额设备：指单价100万元以上的设备。") == []


def test_headings_that_run_into_their_text_headed_no_part_of_the_profile() -> None:
    """（三）国有资产占用情况。截至…: cars and procurement stood under 其他重要事项 alone, none of the profile."""
    assets = "（三）国有资产占用情况。截至2022年底，共有车辆16辆。"
    bought = "机关运行经费5万元。（四）政府采购情况：采购总额8万元，其中货物3万元。"
    found = read_text(text("十、其他重要事项", assets, bought, "（五）绩效情况。评价项目2个。")).profile

    assert [(attribute.attribute, attribute.value) for attribute in found] == [
        ("车辆", 16), ("采购总额", 8 * WAN), ("货物", 3 * WAN),
    ]  # fmt: skip


def test_a_list_of_names_belongs_to_the_amount_before_it() -> None:
    found = read_text(text("人员经费579.69万元，主要包括：基本工资、奖金、退休费等。")).lists

    assert [(item.subject, item.names) for item in found] == [("人员经费", ("基本工资", "奖金", "退休费"))]


def test_last_years_figure_lies_where_change_and_rate_and_difference_meet() -> None:
    implied = read_text(text("支出4,192.53万元，比上年增加126.22万元，增长3.1%。")).implied

    assert [(item.low, item.high) for item in implied] == [(Decimal("40663000.00"), Decimal("40663200.00"))]
    assert (implied[0].change, implied[0].rate_percent) == (Decimal("1262200.00"), Decimal("3.1"))


def test_a_rate_that_its_change_contradicts_is_a_finding() -> None:
    read = read_text(text("运行经费125.98万元，比上年减少0.95万元，下降0.76%。"))

    assert [finding.code for finding in read.findings] == ["change_and_rate_disagree"]
    assert read.implied[0].low < Decimal("1250000") < read.implied[0].high


def test_a_rate_of_this_years_figure_implied_that_figure_for_last_year() -> None:
    read = read_text(text("培训费109.6万元，较上年增加89.06万元（81.26%）。"))

    assert [finding.code for finding in read.findings] == ["change_and_rate_disagree"]
    assert read.implied == ()


def row(cell_id: str, wan: str, **columns: str) -> dict[str, object]:
    return {"cell_id": cell_id, "amount": Decimal(wan) * WAN, "period": "budget", **columns}


ROWS = [
    row("income", "382.52", table_id="revenue_summary", side="revenue", origin="carryover", item="合计"),
    row("class", "104.11", table_id="budget_summary", item="八、社会保障和就业支出"),
    row("other", "104.11", table_id="budget_summary", item="九、某某支出"),
    row("in", "7", table_id="budget_summary", side="revenue", origin="current_year", item="本年收入合计"),
    row("out", "7", table_id="budget_summary", side="expenditure", origin="current_year", item="本年支出合计"),
]


def linked(words: str) -> list[str | None]:
    read = read_text(text("二、收入预算情况说明", words))
    return [figure.restates_cell_id for figure in restates(read.figures, ROWS)]


def test_an_amount_restates_the_cell_of_its_name() -> None:
    assert linked("社会保障和就业支出104.11万元。") == ["class"]


def test_an_amount_restates_the_cell_of_its_name_whatever_the_width_of_its_punctuation() -> None:
    """因公出国(境)费 in the text was not the 因公出国（境）费 of the table, nor 1.因公… that without a number."""
    said = ("因公出国(境)费5万元。", '"三公"经费支出合计5万元，因公出国（境）费5万元。')
    for printed in ("1.因公出国（境）费", "因公出国(境)费"):
        rows = [row("abroad", "5", table_id="three_public_expenses", item=printed)]
        for words in said:
            assert restates(read_text(text(words)).figures, rows)[-1].restates_cell_id == "abroad"


def test_a_sentence_and_its_number_are_published_as_the_page_prints_them() -> None:
    """Read in one width of punctuation and digits, they are no other text."""
    (figure,) = read_text(text("因公出国(境)费,安排１２．５万元。")).figures

    assert (figure.value, figure.value_printed) == (Decimal(125000), "１２．５")
    assert figure.row()["sentence"] == "因公出国(境)费,安排１２．５万元。"


def test_an_amount_restates_the_total_that_its_words_describe() -> None:
    assert linked("上年结转382.52万元。") == ["income"]


def test_of_equals_on_both_sides_the_one_that_the_sentence_spoke_of_last_is_restated() -> None:
    assert linked("收入总计9万元，其中：本年预算安排7万元；支出总计9万元，其中：本年预算安排7万元。") == [
        None,
        "in",
        None,
        "out",
    ]


def test_an_amount_of_an_item_restated_its_class_where_both_print_the_same_money() -> None:
    item = row("item", "104.11", item="行政单位离退休", subject_name="行政单位离退休")
    read = read_text(text("社会保障和就业支出（类）养老支出（款）行政单位离退休（项）104.11万元。"))

    assert [figure.restates_cell_id for figure in restates(read.figures, [*ROWS, item])] == ["item"]


def test_the_budget_that_a_text_compares_the_accounts_with_restates_none_of_them() -> None:
    accounts = row("paid", "54.53", item="行政单位离退休", subject_name="行政单位离退休") | {"period": "final"}
    read = read_text(text("1、行政单位离退休（项）。年初预算为54.53万元，支出决算为54.53万元。"))

    assert [figure.restates_cell_id for figure in restates(read.figures, [accounts])] == [None, "paid"]


def test_equal_money_alone_restates_nothing() -> None:
    assert linked("教育支出104.11万元。") == [None]


def test_a_change_restates_nothing() -> None:
    assert linked("支出9万元，比上年增加104.11万元。") == [None, None]


# --- the Zezhou disclosure against the hand count ------------------------------------------------------------------


def zezhou_text() -> Narrative:
    return read_text(zezhou())


def test_zezhou_has_every_figure_of_its_text_and_none_invented() -> None:
    truth = expected("zezhou_figures.csv")

    read_back = [{name: str(getattr(figure, name) or "") for name in truth[0]} for figure in zezhou_text().figures]

    assert read_back == truth


def test_zezhou_explains_twelve_terms() -> None:
    terms = zezhou_text().glossary

    assert (len(terms), terms[5].term, terms[11].term) == (12, "财政专户管理资金", "财政拨款")
    assert terms[4].definition.endswith("根据服务数量和质量等情况向其支付费用的行为。")


def test_zezhou_profile_has_head_counts_vehicles_and_floor_area() -> None:
    profile = {item.attribute: (item.value, item.unit) for item in zezhou_text().profile}

    assert profile["现有在职人员"] == (40, "人")
    assert profile["使用的办公用房建筑总面积"] == (Decimal("723.62"), "平方米")
    assert profile["公务用车编制"] == (0, "辆")


def test_zezhou_implies_last_years_revenue() -> None:
    implied = zezhou_text().implied[0]

    assert (implied.subject, implied.low, implied.high) == (
        "预算收入总计", Decimal("48441900.00"), Decimal("48442100.00"),
    )  # fmt: skip


def test_the_code_of_an_item_in_brackets_is_no_count() -> None:
    """行政运行（01项）1672.67万元 was a count of 1 of “）1672.67万元”; a count in brackets (（8项）) is one still."""
    coded = "1、公共安全支出（204类）司法（06款）行政运行（01项）1672.67万元。"

    assert figures(coded) == [
        ("amount", None, "公共安全支出（204类）司法（06款）行政运行（01项）", "1672.67"),
    ]
    assert figures("实施重点水利工程（12项）。")[0][3] == "12"


def test_what_money_is_for_was_taken_for_the_subject_of_the_figures_after_it() -> None:
    """The final accounts' paragraph: the item, what it is for, then its budget and accounts, which are the item's."""
    paragraph = (
        "1、社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。主要用于：行政单位退休人员支出。"
        "年初预算为54.53万元，支出决算为54.53万元。"
    )

    item = "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）"
    assert [subject for _, _, subject, _ in figures(paragraph)] == [f"{item}年初预算", f"{item}支出决算"]


def test_a_paragraph_speaks_of_the_item_that_it_opens_with() -> None:
    paragraph = (
        "2、公共安全支出（204类）司法（06款）普法宣传（05项）124.29万元。主要用于：法制宣传工作支出。"
        "2026年预算安排124.29万元，比2025年预算执行数增加4.92%。"
    )

    assert figures(paragraph)[1:] == [
        ("amount", None, "公共安全支出（204类）司法（06款）普法宣传（05项）预算安排", "124.29"),
        ("change", "increase", "公共安全支出（204类）司法（06款）普法宣传（05项）预算安排", "4.92"),
    ]


def test_the_item_that_a_sentence_names_before_a_colon_is_what_its_budget_is_of() -> None:
    """The usual paragraph of a subject: its 预算数 was that of the section's heading, and no cell was found for it."""
    item = "1.公共安全支出（类）检察（款）行政运行（项）：2024年预算数为1,114.43万元，比上年减少15.84万元。"
    (amount, change) = figures("三、一般公共预算当年拨款情况", item)
    assert amount == ("amount", None, "公共安全支出（类）检察（款）行政运行（项）预算数", "1,114.43")
    assert change[2] == amount[2]
    (heading,) = figures("三、一般公共预算当年拨款情况", "（项）：2024年预算数为2.00万元。")
    assert heading[2] == "一般公共预算当年拨款情况预算数"


def test_what_a_paragraph_says_of_the_item_that_it_opened_with_had_no_name() -> None:
    """…（项）。2026年预算支出92.96万元 was 预算支出 of nothing, and compared with no row."""
    (amount,) = figures("3、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。2026年预算支出92.96万元。")
    assert amount[2] == "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）预算支出"
    (whole,) = figures("三、支出预算情况", "2026年预算支出92.96万元。")
    assert whole[2] == "预算支出"


def test_a_rise_of_all_expenditure_was_taken_for_one_of_the_part_listed_last() -> None:
    """The text prints it with a wrong rate, so that the rate does not tell what rose."""
    listed = "（二）支出预算。部门支出预算153.70万元，其中，卫生健康支出4.29万元，住房保障支出8.27万元。"
    *_, change, rate = figures(f"{listed}支出较去年增加5.75万元，增长5.17%。")
    assert (change[2], rate[2]) == ("部门支出预算", "部门支出预算")
    *_, change = figures(f"{listed}比去年增加5.75万元。")
    assert change[2] == "部门支出预算"
    *_, change = figures("住房保障支出8.27万元。比去年增加0.75万元。")
    assert change[2] == "住房保障支出"


def test_what_a_clause_says_of_itself_that_it_rose_was_taken_for_a_rise_of_the_whole() -> None:
    told = figures(
        "预算安排3877.93万元，较2024年预算增加182.87万元，其中：基本支出增加13.87万元；项目支出增加169.00万元。"
    )
    assert [subject for kind, _, subject, _ in told if kind == "change"] == ["预算安排", "基本支出", "项目支出"]


@pytest.mark.parametrize("printed", ["公务接待费", "公务接待费用"])
def test_a_fee_of_the_text_is_the_row_that_the_table_calls_by_the_other_word(printed: str) -> None:
    rows = [row("reception", "5", table_id="three_public_expenses", item=printed)]
    for words in ("公务接待费预算数5万元。", "公务接待费用预算数5万元。"):
        assert restates(read_text(text(words)).figures, rows)[0].restates_cell_id == "reception"
