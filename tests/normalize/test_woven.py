"""Tables without rules whose columns could not be told apart."""

from dataclasses import replace

from pipeline.normalize.document import is_woven
from tests.normalize.grids import grid_of

WOVEN = (("项目名称", "一般公共预算"), ("选调生到村工作市级财政补助2.40资金", "2.40"))


def test_an_amount_inside_a_name_shows_that_alignment_did_not_part_the_columns() -> None:
    assert is_woven(replace(grid_of(WOVEN), method="aligned"))
    assert not is_woven(replace(grid_of((WOVEN[0], ("财政补助资金", "2.40"))), method="aligned"))


def test_a_name_with_an_amount_in_it_is_no_fault_where_rules_part_the_columns() -> None:
    assert not is_woven(grid_of(WOVEN))
