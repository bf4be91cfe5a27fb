"""Tables without rules whose columns could not be told apart."""

from dataclasses import replace

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.document import is_woven
from pipeline.normalize.heads.head import read_head
from pipeline.normalize.model import Line
from pipeline.normalize.page_reports import loose_findings
from tests.normalize.grids import document_of, grid_of

WOVEN = (("项目名称", "一般公共预算"), ("选调生到村工作市级财政补助2.40资金", "2.40"))


def test_an_amount_inside_a_name_shows_that_alignment_did_not_part_the_columns() -> None:
    assert is_woven(replace(grid_of(WOVEN), method="aligned"))
    assert not is_woven(replace(grid_of((WOVEN[0], ("财政补助资金", "2.40"))), method="aligned"))


def test_a_table_of_one_column_shows_it_too_where_it_prints_nothing_but_amounts() -> None:
    """“三公” amounts run together in one column: no name among them, and nothing of them taken."""
    assert is_woven(replace(grid_of((("合计 公务接待费",), ("3.00  1.00",))), method="aligned"))
    assert not is_woven(grid_of((("合计",), ("3.00",))))


def test_a_table_that_draws_no_rule_between_its_rows_was_called_empty() -> None:
    """Rules down alone: each column was one cell, its amounts one behind the other, all of it a head without rows."""
    sheet = (("科目编码301301013010230103", "合计1,399.771,238.92327.48217.26"),)
    assert is_woven(grid_of(sheet))
    assert not is_woven(grid_of((*sheet, ("合计", "1,399.77"))))
    assert not is_woven(grid_of((("批复日期", "2024.10.12"), ("依据", "第3.2.1条"))))


def test_amounts_that_stand_alone_outside_the_tables_are_told_with_their_page() -> None:
    row = [made_line("教育支出", page=3), made_line("1,120.00", page=3), made_line("20.00", page=3)]
    text = [made_line("本年预算1,120.00万元。", page=4), made_line("5.00", page=4), made_line("2.1", page=5)]
    (finding,) = loose_findings(document_of((), [*row, *text]))
    assert (finding.code, finding.page) == ("loose_figures", 3)


def test_amounts_side_by_side_outside_every_table_were_told_nowhere() -> None:
    """The columns right of a table whose fields stand apart: 2,510.77 2,510.77 is two amounts, and no line of text."""
    (finding,) = loose_findings(document_of((), [made_line("2,510.77 2,510.77", page=3)]))
    assert (finding.code, finding.page) == ("loose_figures", 3)
    text = [made_line("", page=3), made_line("2024年 2,510.77 万元 3.00", page=3)]
    assert not list(loose_findings(document_of((), text)))


def made_line(text: str, page: int) -> Line:
    return Line(page, 1, 1, 60.0, 100.0, 10.0, "body", text)


def test_a_name_with_an_amount_in_it_is_no_fault_where_rules_part_the_columns() -> None:
    assert not is_woven(grid_of(WOVEN))


def test_a_subtotal_under_no_heading_is_not_taken_where_alignment_alone_tells_the_columns() -> None:
    """基本支出 is set over the middle one of its three columns: the first of them shows 小计 and nothing else."""
    sheet = (
        ("科目编码", "科目名称", "合计", "", "基本支出", "", "项目支出"),
        ("", "", "", "小计", "人员经费", "公用经费", ""),
        ("201", "一般公共服务支出", "9.00", "5.00", "4.00", "1.00", "4.00"),
    )
    head = read_head(
        replace(grid_of(sheet), method="aligned"), 0, Calendar(2025, is_final=False), items_over_columns=False
    )
    unknown = {column.number: column.unknown for column in head.columns if column.unknown}
    assert unknown == {4: "小计"}


def test_an_empty_table_without_rules_was_told_to_hold_figures_that_were_not_taken() -> None:
    """Only the numbers of its columns are printed: 栏次 1 2 3."""
    head = (("项目本年支出",), ("科目编码科目名称合计基本支出项目支出",))
    assert not is_woven(replace(grid_of((*head, ("类款项栏次1  2  3",), ("合计",))), method="aligned"))
    assert is_woven(replace(grid_of((*head, ("类款项栏次1  2  3",), ("合计5700  5700",))), method="aligned"))
