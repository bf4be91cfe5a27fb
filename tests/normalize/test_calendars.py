"""Which year and kind each table of a file is read against, where the file holds a budget and final accounts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize.calendars import Calendar, calendars_of
from pipeline.normalize.titles import Heading

FINAL_2023, BUDGET_2025 = Calendar(2023, is_final=True), Calendar(2025, is_final=False)
FINALS = ("收入支出决算总表", "收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表")
BUDGETS = ("2025年收支预算总表", "2025年收入预算总表", "2025年支出预算总表", "2025年一般公共预算支出表")


def read(document: Calendar, titles: Sequence[str | None]) -> list[Calendar]:
    return calendars_of(document, [Heading("other", title, None, None, None, 0) for title in titles])


def test_a_file_of_one_kind_is_read_against_its_own_year() -> None:
    assert set(read(FINAL_2023, [*FINALS, None])) == {FINAL_2023}


def test_a_file_of_both_kinds_reads_each_table_against_its_own() -> None:
    read_as = read(FINAL_2023, [*BUDGETS, *FINALS])
    assert read_as == [BUDGET_2025] * 4 + [FINAL_2023] * 4


def test_a_table_that_names_no_kind_is_of_the_kind_before_it() -> None:
    read_as = read(BUDGET_2025, [*BUDGETS[:3], "“三公”经费支出表", *FINALS[:3], "“三公”经费支出表"])
    assert [calendar.is_final for calendar in read_as] == [False] * 4 + [True] * 4


def test_no_accounts_are_final_of_a_year_after_the_files() -> None:
    """Titles that only fund names call budgets: 2025年一般公共预算支出表 beside final accounts of 2023."""
    titles = ["2025年部门收支总表", "2025年部门支出总表", "2025年一般公共预算支出表", *FINALS]
    assert [calendar.is_final for calendar in read(FINAL_2023, titles)] == [False] * 3 + [True] * 4


def test_one_title_of_the_other_kind_changes_nothing() -> None:
    assert set(read(BUDGET_2025, [*BUDGETS, "收入支出决算总表"])) == {BUDGET_2025}
