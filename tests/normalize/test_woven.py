"""Tables without rules whose columns could not be told apart."""

from dataclasses import replace

from pipeline.normalize.calendars import Calendar
from pipeline.normalize.document import is_woven
from pipeline.normalize.heads.head import read_head
from tests.normalize.grids import grid_of

WOVEN = (("项目名称", "一般公共预算"), ("选调生到村工作市级财政补助2.40资金", "2.40"))


def test_an_amount_inside_a_name_shows_that_alignment_did_not_part_the_columns() -> None:
    assert is_woven(replace(grid_of(WOVEN), method="aligned"))
    assert not is_woven(replace(grid_of((WOVEN[0], ("财政补助资金", "2.40"))), method="aligned"))


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
