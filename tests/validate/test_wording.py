"""What the text says beside its figures, and percentages whose whole it names, on small made sentences."""

from pipeline.schema import NARRATIVE_FIGURES
from pipeline.tables import Dataset, Row, to_arrow
from pipeline.validate import check_document
from tests.validate.made import DOCUMENT, document, figure, subject
from tests.validate.test_texts import said


def made(*figures: Row, **about: object) -> Dataset:
    lines = [
        figure("general_budget_expenditure", 5, 1, 1, "80.00", **subject("2101101", "行政单位医疗")),
        figure("general_budget_expenditure", 5, 2, 1, "2013.10", **subject("2013301", "行政运行")),
        figure("three_public_expenses", 8, 1, 1, "20.00", item="“三公”经费/小计"),
        figure("three_public_expenses", 8, 1, 2, "60.00", item="合计"),
    ]
    return {**document(lines, **about), "narrative_figures": to_arrow(NARRATIVE_FIGURES, figures)}


def sentences(*texts: str, **about: object) -> Dataset:
    return made(*(said(n, "支出", "amount", "1.00", sentence=text) for n, text in enumerate(texts, 1)), **about)


def told(dataset: Dataset, family: str) -> list[str]:
    rows = check_document(dataset).findings.to_pylist()
    return [str(row["explanation"]) for row in rows if str(row["check_id"]).split("/")[0] == family]


def outcomes(dataset: Dataset, family: str) -> list[str]:
    return [row["outcome"] for row in check_document(dataset).checks.to_pylist() if row["family"] == family]


GOOD = ("②行政单位医疗（2101101）1万元", "行政运行（2013301）2万元", "行政运行（2013301）3万元")


def test_a_name_that_the_tables_do_not_give_the_code_was_not_seen() -> None:
    """行政事业单位医疗 with the code of 行政单位医疗; 行政运行 with the code of another department's."""
    assert outcomes(sentences(*GOOD[:2], "教育费附加支出（2059999）3万元"), "N18") == ["exact", "exact"]
    (name,) = told(sentences(*GOOD, "行政事业单位医疗（2101101）38万元，较上年增加"), "N18")
    assert "“行政事业单位医疗（2101101）”的名称与编码和表不一致：表中 2101101 为“行政单位医疗”" in name
    (code,) = told(sentences(*GOOD, "行政运行（2013201）124万元"), "N18")
    assert "表中“行政运行”的编码为 2013301" in code


def test_a_subject_told_level_by_level_is_put_together() -> None:
    text = "卫生健康支出（210类）行政事业单位医疗（11款）公务员医疗补助（01项）114.97万元"
    (name,) = told(sentences(*GOOD, text), "N18")
    assert "公务员医疗补助（01项）" in name


def test_a_rise_whose_reason_is_that_of_a_fall_was_not_seen() -> None:
    right = "“三公”经费6.51万元，较上年减少1.49万元（18.63%），减少的主要原因是压减"
    assert outcomes(sentences(right), "N19") == ["exact"]
    wrong = "“三公”经费6.51万元，较上年增加9.49万元，减少的主要原因是压减"
    assert "前后所说的增减方向相反" in told(sentences(right, right + "。", "一" + right, wrong), "N19")[0]


def test_a_change_without_its_unit_or_percent_sign_was_lost_in_silence() -> None:
    right = "经费203.31万元，较上年增加185.24万元，增长1026.00%，比上年减少1.5个百分点"
    assert outcomes(sentences(right), "N41") == ["exact"] * 3
    (unit,) = told(sentences(right, "经费203.31万元，较上年增加185.24（1026.00%），因"), "N41")
    assert "“增加185.24”没有印单位或百分号" in unit
    (sign,) = told(sentences(right, "支出增加1193.20万元，增长13.95。"), "N41")
    assert "“增长13.95”" in sign


def test_a_comparison_of_this_year_with_itself_was_not_seen() -> None:
    assert outcomes(sentences("收入预算1万元，比2025年预算增加1万元"), "N20") == ["exact"]
    (text,) = told(sentences("收入预算1万元，比2026年预算增加1万元"), "N20")
    assert "“比2026年预算增加”所比较的年度看来印错了：文件本身为2026年度" in text
    accounts = sentences("支出1万元，与2026年预算相比减少1万元", document_type="final_accounts")
    assert outcomes(accounts, "N20") == ["not_applicable"]


def test_this_years_figure_under_last_years_date_was_not_seen() -> None:
    def dated(sentence: str) -> Dataset:
        cell = f"{DOCUMENT}:t5:r2:c1"
        return made(said(1, "支出", "amount", "2013.10", sentence=sentence, restates_cell_id=cell))

    assert outcomes(dated("2026年本部门财政拨款支出2013.10万元"), "N21") == ["exact"]
    (text,) = told(dated("收入1万元；2025年本部门财政拨款支出2013.10万元"), "N21")
    assert "所写年度不是该数的年度：该数是2026年的数" in text
    assert outcomes(dated("2025年结转2013.10万元"), "N21") == ["not_applicable"]


def test_a_year_and_an_amount_in_wide_digits_were_asked_nothing() -> None:
    cell = f"{DOCUMENT}:t5:r2:c1"
    wide = "２０２５年本部门财政拨款支出２０１３．１０万元"
    row = said(1, "支出", "amount", "2013.10", sentence=wide, restates_cell_id=cell)
    (text,) = told(made({**row, "value_printed": "２０１３．１０"}), "N21")
    assert "所写年度不是该数的年度：该数是2026年的数" in text


def test_a_share_of_the_three_public_expenses_over_more_than_these_was_not_seen() -> None:
    def share(percent: str) -> Dataset:
        name = "公务接待费支出占“三公”经费比重"
        return made(said(1, "公务接待费支出", "amount", "5.00"), said(2, name, "percent", percent, "%"))

    assert outcomes(share("25.00"), "N22") == ["exact"]
    (text,) = told(share("8.33"), "N22")  # of 60, with meetings and training
    assert "与部分÷《three_public_expenses》“三公”经费合计不符：印为 8.33%，而 5.00 万元 ÷ 20.00 万元" in text


def test_a_share_of_the_budget_that_was_carried_out_was_not_held_against_its_amounts() -> None:
    def carried_out(percent: str) -> Dataset:
        return made(
            said(1, "支出年初预算", "amount", "200.00"), said(2, "支出决算", "amount", "190.00"),
            said(3, "支出决算完成年初预算", "percent", percent, "%"), document_type="final_accounts",
        )  # fmt: skip

    assert outcomes(carried_out("95.00"), "N23") == ["exact"]
    (text,) = told(carried_out("96.00"), "N23")
    assert "“支出决算完成年初预算”的比例与支出决算÷所说的预算不符" in text


def test_a_budget_that_is_named_where_its_share_is_told_was_not_held_against_it() -> None:
    """支出10.96万元，完成预算13.05万元的81.19%: 13.50 was meant."""

    def carried_out(budget: str) -> Dataset:
        return made(
            said(1, "公务用车运行维护费支出", "amount", "10.96"),
            said(2, "公务用车运行维护费支出完成预算", "amount", budget),
            said(3, "公务用车运行维护费支出完成预算", "percent", "81.19", "%"), document_type="final_accounts",
        )  # fmt: skip

    assert outcomes(carried_out("13.50"), "N23") == ["within_rounding"]
    (text,) = told(carried_out("13.05"), "N23")
    assert "“公务用车运行维护费支出完成预算”的比例与支出决算÷所说的预算不符" in text


def test_a_share_of_a_total_that_the_text_says_was_not_held_against_it() -> None:
    """占支出预算总额的7.67%: its own section says what that total is."""

    def share(percent: str) -> Dataset:
        text = [said(1, "某局支出预算总额", "amount", "2459.08"), said(2, "社会保障和就业支出", "amount", "188.17"),
                said(3, "社会保障和就业支出占支出预算总额比重", "percent", percent, "%"),
                said(4, "财政拨款支出预算总额", "amount", "2271.58", section="别处")]  # fmt: skip
        return made(*text)

    assert outcomes(share("7.65"), "N53") == ["within_rounding"]
    (text,) = told(share("7.67"), "N53")
    assert "印为 7.67%，而 188.17 万元 ÷ 2,459.08 万元" in text


def test_what_is_said_to_be_all_of_another_amount_was_not_held_to_be_it() -> None:
    def revenue(part: str) -> Dataset:
        sentence = f"本年收入合计884.81万元，其中：财政拨款收入{part}万元，占100%。"
        text = [said(1, "本年收入合计", "amount", "884.81"), said(2, "财政拨款收入", "amount", part),
                said(3, "财政拨款收入占比", "percent", "100", "%")]  # fmt: skip
        return made(*({**row, "sentence": sentence} for row in text))

    (text,) = told(revenue("384.81"), "N03")
    assert "印为 100%，而 384.81 万元 ÷ 884.81 万元" in text
    assert told(revenue("212.30"), "N03") == []  # no slip: the whole is another one


def test_a_rate_was_held_to_nothing_where_the_amount_stood_in_a_list_of_another_sentence() -> None:
    """支出预算…，其中：基本支出…；项目支出…。项目支出较上年增加152.00万元，增长15.35%."""

    def risen(name: str, rate: str) -> Dataset:
        listed = [
            said(1, "基本支出", "amount", "4046.75", sentence="一"),
            said(2, name, "amount", "1211.00", sentence="一"),
        ]
        change = said(3, name, "change", "152.00", direction="increase", sentence="二")
        return made(*listed, change, said(4, name, "change", rate, "%", direction="increase", sentence="二"))

    assert outcomes(risen("项目支出", "14.35"), "N05") == ["within_rounding"]
    assert len(told(risen("项目支出", "15.35"), "N05")) == 1
    assert told(risen("其他费用", "15.35"), "N05") == []  # of a list, which one is meant is not certain


def test_a_name_whose_words_changed_places_was_not_seen() -> None:
    """一般行政事务管理 for a subject of the tables; what has no money need not be in one."""
    good = "1．法院（款）行政运行（项）支出14857.61万元"
    assert outcomes(sentences("行政运行（项）支出1万元", "城市建设支出（项）支出0万元，减少100%"), "N24") == ["exact"]
    rows = ["行政运行（项）支出1万元", "行政单位医疗（项）支出1万元", good.replace("法院（款）", "")]
    (text,) = told(sentences(*rows, "2．运行行政（项）支出6049.97万元"), "N24")
    (near,) = told(sentences(*rows, "2．行政运营（项）支出6049.97万元"), "N24")
    assert near.split(" / ")[0].endswith("表中没有这一名称：表中相近的是“行政运行”。")
    assert "文字所写科目“运行行政（项）”，表中没有这一名称" in text


def test_a_code_before_its_name_is_read_too() -> None:
    assert outcomes(sentences("（二）2101101-行政单位医疗341.49万元"), "N18") == ["exact"]
    assert outcomes(sentences("（二）2101101-行政单位医疗支出341.49万元"), "N18") == ["exact"]


def test_a_subject_that_rose_and_right_behind_it_fell_was_not_seen() -> None:
    """主要原因：项目支出增加，较上一年度减少1133.95万元."""
    right = "支出增加1193.20万元，主要原因：项目支出增加，较上一年度增加1133.95万元，主要由于装修"
    assert outcomes(sentences(right), "N19") == ["exact"]
    (text,) = told(sentences(right, right + "。", "一" + right, right.replace("度增加", "度减少")), "N19")
    assert "“增加，较上一年度减少1133.95万元”前后所说的增减方向相反" in text


def test_a_base_that_rose_makes_no_fall() -> None:
    """原因是汇缴基数提高 was read as no reason of either way; 工作效率提高 may well make a fall."""
    right = "事业单位医疗61.62万元，较上年增加27.06万元，原因是汇缴基数提高"
    assert outcomes(sentences(right), "N19") == ["exact"]
    (text,) = told(sentences(right, right + "。", "一" + right, right.replace("增加", "减少")), "N19")
    assert "“减少27.06万元，原因是汇缴基数提高”" in text
    assert outcomes(sentences("经费1万元，较上年减少2.00万元，原因是工作效率提高"), "N19") == ["not_applicable"]
