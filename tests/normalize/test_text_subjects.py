"""What a figure of the text measures: what it is of, what it is compared with, what a change is a change of."""

from pipeline.normalize.narrative import read_text
from pipeline.normalize.prose.records import NarrativeFigure
from tests.normalize.drawn import document, line, text


def read(*paragraphs: str) -> tuple[NarrativeFigure, ...]:
    return read_text(text(*paragraphs)).figures


def subjects(*paragraphs: str) -> list[str | None]:
    return [figure.subject for figure in read(*paragraphs)]


# --- changes ---------------------------------------------------------------------------------------------------------


def test_a_change_is_one_of_what_its_own_clause_names() -> None:
    """主要原因是基本支出增加…: it was a change of the whole that the reason is given for."""
    told = subjects("预算总计100万元，比上年增加20万元，主要原因是基本支出增加15万元、项目支出增加5万元。")

    assert told == ["预算总计", "预算总计", "基本支出", "项目支出"]


def test_a_reason_that_compares_with_the_budget_first_still_names_what_rose() -> None:
    """与年初预算数存在差异的主要原因是…: all behind 与年初 was taken for what it compares with."""
    told = subjects("支出决算105万元，与年初预算数存在差异的主要原因是人员经费增加5万元。")

    assert told[-1] == "人员经费"


def test_a_cause_is_nothing_that_changed() -> None:
    told = subjects("接待费5万元，比上年减少1万元，由于压减任务减少1万元。")

    assert told[-1] == "接待费"


def test_a_change_told_in_a_sentence_of_its_own_is_one_of_the_amount_of_that_name() -> None:
    """收入总计与上年相比增加…: the amount stood before its parts, and the change was one of the last of these."""
    told = read("收入总计100万元，其中：拨款80万元；其他收入20万元。收入总计与上年相比增加25万元，增长33.33%。")

    assert [(figure.subject, figure.of) for figure in told[-2:]] == [("收入总计", 1), ("收入总计", 1)]


def test_what_revenue_and_expenditure_both_changed_by_is_a_change_of_what_they_come_to() -> None:
    told = read("收入总计46万元，支出总计46万元，与上年预算相比，收、支总计各增加6万元，增长15%。")

    assert [(figure.subject, figure.of) for figure in told[-2:]] == [("收入总计", 1)] * 2


def test_what_stands_behind_the_number_is_what_changed() -> None:
    """增加了40万元的办案费: it was a change of what was spoken of before."""
    assert subjects("项目支出90万元，主要原因是增加了40万元的办案费预算。")[-1] == "办案费预算"


def test_a_forms_word_for_either_way_was_a_rise() -> None:
    """比上年增加（减少）…: only the number's sign tells which way; the closing bracket was what rose."""
    told = read("接待费5万元，比上年增加（减少）-0.60万元，增长（下降）-10.7%；会议费3万元，增减0.20万元。")

    assert [(figure.direction, figure.subject) for figure in told if figure.kind == "change"] == [
        ("decrease", "接待费"), ("decrease", "接待费"), (None, "会议费"),
    ]  # fmt: skip
    assert [figure.value for figure in told][1] == 6000


def test_a_rate_without_a_direction_has_that_of_its_change_where_last_year_is_implied() -> None:
    """减少0.15万元，下降（增长）27.78%: it was a rise of 27.78 per cent."""
    (implied,) = read_text(text("“三公”经费0.39万元，比上年减少0.15万元，下降（增长）27.78%。")).implied

    assert str(implied.rate_percent) == "-27.78"


def test_a_change_behind_a_list_in_a_sentence_of_its_own_is_the_wholes() -> None:
    told = subjects("三公经费30万元，其中：出国费10万元；接待费20万元。与上年相比减少5万元。")

    assert told[-1] == "三公经费"


def test_a_rise_of_more_than_there_is_of_a_part_is_the_wholes() -> None:
    assert subjects("三公经费30万元，其中：接待费2万元，比上年增加5万元。")[-1] == "三公经费"
    assert subjects("三公经费30万元，其中：接待费20万元，比上年增加5万元。")[-1] == "接待费"


# --- figures of before -----------------------------------------------------------------------------------------------


def test_a_figure_that_this_years_is_compared_with_was_one_of_this_year() -> None:
    told = subjects("接待费1.42万元，比2025年预算数1.92万元减少0.50万元。")

    assert told == ["接待费", "接待费2025年预算数（此前）", "接待费"]


def test_what_a_figure_came_from_was_this_years() -> None:
    """由上年的92.30万元减少到88.10万元: the first was the budget, and the second a fall."""
    told = read("机关运行经费预算由上年的92.30万元减少到88.10万元，减少4.20万元。")

    assert [(figure.kind, figure.subject) for figure in told] == [
        ("amount", "机关运行经费预算上年（此前）"), ("amount", "机关运行经费预算"), ("change", "机关运行经费预算"),
    ]  # fmt: skip


def test_a_figure_of_before_restates_none_of_this_years_table() -> None:
    told = read("公务用车保有量由12辆减少至10辆。")

    assert [(figure.subject, figure.is_earlier) for figure in told] == [
        ("公务用车保有量（此前）", True), ("公务用车保有量", False),
    ]  # fmt: skip


# --- budgets and accounts --------------------------------------------------------------------------------------------


def test_plain_accounts_behind_a_budget_are_those_of_what_it_is_of() -> None:
    """年初预算为…，支出决算为…: the accounts were those of the section's heading."""
    told = subjects("七、“三公”经费支出决算情况说明", "“三公”经费支出年初预算为2.85万元，支出决算为0.39万元。")

    assert told == ["“三公”经费支出年初预算", "“三公”经费支出决算"]


def test_a_share_of_a_budget_that_was_carried_out_says_whose() -> None:
    """完成预算的13.68% was a percentage of 完成预算, of nobody's."""
    assert subjects("接待费支出决算为0.39万元，完成预算的13.68%。")[-1] == "接待费支出决算完成预算"
    assert subjects("接待费支出10.96万元，完成预算13.50万元的81.19%。")[1:] == ["接待费支出完成预算"] * 2


def test_a_share_names_its_part_where_it_stands_before_the_whole() -> None:
    assert subjects("支出100万元，基本支出占支出的62%。")[-1] == "基本支出占支出比重"


def test_a_plain_budget_is_one_of_the_heading_that_runs_into_its_text() -> None:
    """（一）收入预算：2024年年初预算数…: it was that of the section."""
    assert (
        subjects("二、部门收支总体情况", "（一）收入预算：2024年年初预算数15万元，其中：拨款15万元。")[0]
        == "收入预算年初预算数"
    )


# --- what is counted -------------------------------------------------------------------------------------------------


def test_institutions_are_counted_behind_the_speaker() -> None:
    """本部门1家行政单位以及2家…事业单位 counted 本部门, and 参照公务员法管理."""
    assert subjects("本部门1家行政单位以及2家参照公务员法管理的事业单位的机关运行经费5万元。")[:2] == [
        "行政单位", "参照公务员法管理的事业单位",
    ]  # fmt: skip


def test_what_an_evaluation_is_made_of_is_what_is_counted() -> None:
    assert subjects("我部门组织对2023年度26个项目开展绩效自评。") == ["项目开展绩效自评"]


def test_a_number_before_a_year_is_a_headings_number() -> None:
    """1.2024年… was taken for words, so that the amount was one of 1.2024年本部门收入."""
    assert subjects("1.2024年本部门收入100万元。", "2．2024年支出90万元。") == ["收入", "支出"]


def test_this_year_before_the_publisher_is_a_time_and_elsewhere_a_part_of_the_name() -> None:
    assert subjects("本年度本部门收入预算100万元。", "本年收入90万元。") == ["收入预算", "本年收入"]


def test_a_reason_is_no_part_of_a_name() -> None:
    assert subjects("决算数大于预算数的主要原因是追加人员经费45.30万元。") == ["追加人员经费"]


# --- lines that one figure stands on ---------------------------------------------------------------------------------


def test_money_on_a_line_of_its_own_is_of_the_words_that_lead_up_to_it() -> None:
    """2025年度收入预算为, and the amount on the next line as a paragraph of its own: money of nothing."""
    lines = [line("2025年度收入预算为", 1, 1), line("2,915.40万元，比上年减少84.60万元。", 1, 2)]

    told = read_text(document(lines=lines)).figures

    assert [figure.subject for figure in told] == ["收入预算", "收入预算"]


def test_an_amount_behind_a_colon_is_of_what_stands_before_it() -> None:
    assert subjects("1.一般公共预算拨款收入：2,815.40万元；") == ["一般公共预算拨款收入"]


def test_a_comma_within_a_number_ends_no_clause() -> None:
    assert subjects("购买1,200册图书50万元。")[-1] != "200册图书"


# --- glossaries ------------------------------------------------------------------------------------------------------


def test_a_part_titled_behind_a_colon_is_a_heading() -> None:
    """第三部分：名词解释 was a sentence, and the terms below it were read for figures."""
    found = read_text(text("第三部分：名词解释", "一、大额设备：指单价100万元以上的设备。", "二、结转：指余款。"))

    assert [term.term for term in found.glossary] == ["大额设备", "结转"]
    assert (found.figures, found.unread) == ((), ())


def test_terms_numbered_as_their_title_is_are_still_its_terms() -> None:
    """四、名词解释 with 一、财政拨款收入 below it: the first term closed the glossary."""
    found = read_text(text("三、其他事项", "无。", "四、名词解释", "一、拨款收入：指财政拨款。", "二、结转：指余款。"))

    assert [term.term for term in found.glossary] == ["拨款收入", "结转"]


def test_a_part_behind_the_glossary_is_none_of_its_terms() -> None:
    found = read_text(
        text(
            "四、名词解释",
            "一、拨款收入：指财政拨款。",
            "二、结转：指余款。",
            "五、其他情况",
            "收入4万元，支出4万元。",
        )
    )

    assert [term.definition for term in found.glossary] == ["指财政拨款。", "指余款。"]
    assert [figure.section for figure in found.figures] == ["五、其他情况"] * 2


def test_a_glossary_of_which_nothing_could_be_read_is_told() -> None:
    found = read_text(text("第四部分名词解释", "第五部分附表"))

    (finding,) = found.unread
    assert (finding.code, finding.page) == ("glossary_unread", 1)


def test_a_list_of_contents_that_names_a_glossary_is_none_that_could_not_be_read() -> None:
    contents = ("第一部分部门概况", "第二部分部门预算表", "第三部分名词解释", "第四部分附件")
    assert [each.code for each in read_text(text(*contents)).unread] == []
    assert read_text(text("第五部分附表")).unread == ()


# --- what announces a plain budget ------------------------------------------------------------------------------------


def test_a_plain_budget_is_that_of_the_name_before_its_colon() -> None:
    """住房公积金：2026年预算数…, without a number or a level, was 预算数 of nothing."""
    assert subjects("住房公积金：2026年预算数5万元。") == ["住房公积金预算数"]
    assert subjects("住房公积金支出情况，其中：2026年预算数5万元。") == ["预算数"]


def test_a_code_right_behind_a_number_of_a_list_is_neither_number_nor_name() -> None:
    assert subjects("1.2070101行政运行：2026年预算数5万元。") == ["行政运行预算数"]
    assert subjects("比例为1.20万元。") == ["比例"]


def test_what_is_managed_is_what_money_is_of_that_is_only_concerned() -> None:
    """所有项目支出预算纳入绩效管理，涉及预算资金…: it was 预算资金 of nothing."""
    text = "所有项目支出预算纳入部门预算绩效管理，涉及预算资金20万元，设置并编报5个项目绩效目标。"
    assert subjects(text)[0] == "所有项目支出预算涉及预算资金"
    assert subjects("项目12个，涉及预算资金20万元。")[1] == "项目涉及预算资金"


def test_words_that_lead_to_the_budget_are_none_of_its_name() -> None:
    assert subjects("相应安排支出预算12万元，比上年增加1万元。") == ["支出预算"] * 2


def test_a_change_is_one_of_what_the_clause_that_compares_names() -> None:
    """本年支出与2023年度相比，增加…: it was a change of the total that the paragraph began with."""
    opened = "2024年度收、支总计1212.39万元。本年支出合计1179.80万元，年末结转和结余32.59万元。"
    *_, change, rate = read(f"{opened}本年支出与2023年度相比，增加66.15万元，增长5.94%。")
    assert (change.subject, rate.subject) == ("本年支出", "本年支出")
    *_, change, _ = read(f"{opened}与2023年度相比，增加66.15万元，增长5.77%。")
    assert change.subject == "收、支总计"
