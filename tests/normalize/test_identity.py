"""What a document is, from its pages; the manifest comes first, file names never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.normalize.identity import Identity, identify
from pipeline.normalize.model import Document
from pipeline.normalize.titles import heading_of
from pipeline.sources import Source
from tests.normalize.grids import document_of, grid_of, lines_of, source_of

SHEET = (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "1.00"))


def identity(
    *cover: str, above: Sequence[str] = (), text: Sequence[str] = (), source: Source | None = None
) -> Identity:
    """The identity of a document with these lines on its first page, over its one table, and in its text."""
    grids = (grid_of(SHEET, above, page=4),) if above else ()
    lines = (*lines_of(cover), *lines_of(above, page=4), *lines_of(text, page=8))
    document = document_of(grids, lines, source)
    return identify(document, [heading_of(grid) for grid in document.grids])


# --- publisher -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cover",
    [
        ("示例县档案局2026年部门预算",),
        ("示例县档案局", "2026年度部门预算公开"),
        ("示例县档案局2026年度部门预算公开",),
        ("2026年示例县档案局部门预算",),
        ("示例县档案局2026年单位预算",),
        ("示例县档案局", "2026年部门预算"),
        ("示例县档案局2024年度部门决算",),
        ("2026年度示例县档案局部门预算公开",),
        ("示例县档案局", "2026年预算公开"),
        ("示例县档案局", "2026年度", "部门预算"),
        ("示例县档案局", "2026年度部门预算公开说明"),
        ("关于示例县档案局", "2026年度部门预算的说明"),
    ],
)
def test_the_publisher_is_read_from_the_cover(cover: Sequence[str]) -> None:
    assert identity(*cover).publisher == "示例县档案局"


@pytest.mark.parametrize(
    "name",
    ["中国共产党示例县委员会组织部", "示例县人民政府办公室（本级）", "示例市医疗保障局（汇总）", "共青团示例县委员会"],
)
def test_a_publishers_name_is_as_printed(name: str) -> None:
    """Full-width brackets stay (data contract, "Rules for values")."""
    assert identity(above=("支出总表", f"部门名称：{name}")).publisher == name


@pytest.mark.parametrize(
    "cover",
    [
        ("中共青岛市市北区委员会", "老干部局2023年度部门决算"),
        ("中共青岛市市北区委员会", "老干部局", "2023年度部门决算"),
        ("中共青岛市市北区委员会老干部局", "2023年度部门决算"),
    ],
)
def test_a_name_that_names_no_place_runs_on_from_the_line_above_it(cover: Sequence[str]) -> None:
    assert identity(*cover).publisher == "中共青岛市市北区委员会老干部局"


def test_a_line_that_only_says_where_is_no_part_of_a_name_that_says_it_too() -> None:
    assert identity("山东省", "青岛市市北区财政局2023年度部门决算").publisher == "青岛市市北区财政局"


@pytest.mark.parametrize("seal", ["（单位公章）", "（盖章）", "(公章)"])
def test_the_place_for_a_seal_is_no_part_of_the_name(seal: str) -> None:
    assert identity(above=("支出总表", f"编报单位：示例县档案局{seal}")).publisher == "示例县档案局"


def test_a_name_below_year_and_kind_is_the_covers_only_name() -> None:
    """It must say where: a cover's other lines do not."""
    assert identity("2026年度", "部 门 预 算", "泽州县档案局").publisher == "泽州县档案局"
    assert identity("2026年度", "部 门 预 算", "内部资料").publisher is None


def test_a_name_on_the_cover_keeps_its_full_width_brackets() -> None:
    assert identity("泽州县卫生健康局（本级）", "2022年度部门决算").publisher == "泽州县卫生健康局（本级）"


def test_a_dash_before_the_covers_name_is_no_part_of_it() -> None:
    assert identity("2023年度部门决算公开", "——泽州县司法局").publisher == "泽州县司法局"


def test_the_name_over_the_tables_comes_before_the_covers() -> None:
    found = identity("示例县档案系统2026年部门预算", above=("支出总表", "部门名称：示例县档案局"))
    assert found.publisher == "示例县档案局"


def test_a_name_over_the_tables_without_its_place_is_the_covers_where_that_says_it_in_full() -> None:
    """A street office that its tables call 沱河街道办事处 belonged to no region."""
    cover = ("宿州市埇桥区人民政府", "沱河街道办事处2018年", "部门预算")
    found = identity(*cover, above=("支出总表", "部门名称：沱河街道办事处"))
    assert found.publisher == "宿州市埇桥区人民政府沱河街道办事处"
    assert found.region is not None
    assert found.region.code == "341302"
    another = identity(*cover, above=("支出总表", "部门名称：东关街道办事处"))
    assert another.publisher == "东关街道办事处"


def test_a_file_of_several_units_is_the_departments_and_was_called_its_own_offices() -> None:
    """The first of two names that stand over as many tables each was the publisher's: 某某局本级."""
    titles = [("支出总表", f"部门名称：示例县教育局{unit}") for unit in ("（本级）", "第一小学")]
    grids = [grid_of(SHEET, above, page=4 + n, table_no=1 + n) for n, above in enumerate(titles)]

    def publisher(*cover: str) -> str | None:
        document = document_of(grids, lines_of(cover))
        return identify(document, [heading_of(grid) for grid in document.grids]).publisher

    assert publisher("示例县教育局2026年部门预算") == "示例县教育局"
    assert publisher("示例县教育系统2026年部门预算") == "示例县教育局（本级）"
    assert identity("示例县教育局2026年部门预算", above=titles[0]).publisher == "示例县教育局（本级）"


def test_the_cover_as_a_whole_comes_before_a_line_of_the_contents() -> None:
    """第四部分 所属单位2024年预算表 on the page after the cover named the publisher: 所属单位."""
    lines = (*lines_of(("2024年示例县档案局", "部门预算公开")), *lines_of(("第四部分 所属单位2024年预算表",), page=2))
    assert identify(document_of((), lines), []).publisher == "示例县档案局"


def sheet_identity(*names: str, cover: str = "") -> Identity:
    """The identity of a document whose whole-department sheets print these names beside 部门名称."""
    sheets = [
        grid_of(
            (("部门（单位）名称", name), ("年度绩效目标", "做好档案工作")), ("部门整体支出绩效目标表",), table_no=number
        )
        for number, name in enumerate(names, start=1)
    ]
    document = document_of(sheets, lines_of((cover,) if cover else ()))
    return identify(document, [heading_of(grid) for grid in document.grids])


def test_a_file_of_tables_alone_names_its_publisher_on_the_whole_departments_sheet() -> None:
    """Eight disclosures without a cover were said to name nobody."""
    found = sheet_identity("[012]北京市档案局")
    assert found.publisher == "北京市档案局"
    assert found.region is not None
    assert found.region.code == "110000"


def test_the_sheets_name_comes_after_the_covers_and_must_be_the_only_one() -> None:
    assert sheet_identity("示例县档案馆", cover="示例县档案局2026年部门预算").publisher == "示例县档案局"
    assert sheet_identity("示例县档案局", "示例县档案馆").publisher is None
    assert sheet_identity("见附件2").publisher is None


def test_a_document_that_names_nobody_has_no_publisher() -> None:
    assert identity("第一部分 概况", "一、主要职责").publisher is None


# --- year and kind ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cover", "year", "kind"),
    [
        ("示例县档案局2026年部门预算", 2026, "budget"),
        ("示例县档案局2024年度部门决算", 2024, "final_accounts"),
        ("示例县档案局2017年度部门预算公开", 2017, "budget"),
        ("2023年度示例县档案局部门决算公开", 2023, "final_accounts"),
        ("示例县档案局2024年度单位决算", 2024, "final_accounts"),
    ],
)
def test_year_and_kind_are_read_from_the_cover(cover: str, year: int, kind: str) -> None:
    found = identity(cover)
    assert (found.fiscal_year, found.document_type) == (year, kind)


@pytest.mark.parametrize(
    "cover",
    [("2023年度", "示例县档案局", "部门决算"), ("部门决算公开", "示例县档案局", "2023年"),
     ("2023年度", "部门决算", "示例县档案局", "2024年8月")],
)  # fmt: skip
def test_a_cover_may_set_year_and_kind_on_lines_of_their_own(cover: Sequence[str]) -> None:
    found = identity(*cover, text=["2022年支出90万元", "2022年收入90万元", "2023年支出100万元"])
    assert (found.fiscal_year, found.document_type, found.year_inferred) == (2023, "final_accounts", False)


def test_a_first_page_that_names_two_years_alone_settles_none() -> None:
    assert identity("2022年", "2023年", "决算").fiscal_year is None


def test_the_year_is_the_one_that_is_named_with_the_documents_kind() -> None:
    cover = "示例县档案局2025年部门预算及2023年部门决算公开"
    found = identity(cover, above=("收入支出决算总表",))
    assert (found.fiscal_year, found.document_type) == (2023, "final_accounts")


def test_the_cover_outweighs_the_years_that_the_text_compares_with() -> None:
    text = ["2025年度预算数为100万元", "2025年预算执行情况", "与2025年预算相比增加"] * 4
    assert identity("示例县档案局2026年部门预算", text=text).fiscal_year == 2026


def test_a_budget_that_speaks_of_last_years_final_accounts_is_a_budget() -> None:
    found = identity("示例县档案局2026年部门预算", text=["2024年决算数为100万元"] * 5)
    assert found.document_type == "budget"


def test_titles_tell_the_year_where_no_cover_does() -> None:
    found = identity(above=("2026年部门支出总体情况表", "单位：万元"), text=["2025年执行数"])
    assert (found.fiscal_year, found.year_inferred) == (2026, False)


def test_a_year_that_is_only_mentioned_is_said_to_be_inferred() -> None:
    found = identity(text=["2026年本部门收入100万元", "2026年支出100万元", "比2025年增加1万元"])
    assert (found.fiscal_year, found.year_inferred) == (2026, True)


def test_a_table_that_compares_years_is_of_the_later_one() -> None:
    sheet = (
        ("科目名称", "2023年预算数", "2024年预算数", "<"),
        ("^", "^", "基本支出", "项目支出"),
        ("教育支出", "1.00", "1.00", ""),
    )
    grids = (grid_of(sheet, ("支出总表",)),)
    assert identify(document_of(grids, ()), [heading_of(grid) for grid in grids]).fiscal_year == 2024


def test_a_cover_may_write_its_year_in_chinese_digits() -> None:
    found = identity("示例县林业局", "二〇二四年部门预算及“三公”经费预算公开")
    assert (found.publisher, found.fiscal_year) == ("示例县林业局", 2024)


def test_a_unit_code_before_the_name_is_no_part_of_it() -> None:
    assert identity(above=("支出总表", "单位：501_示例县财政局")).publisher == "示例县财政局"


def test_a_document_without_a_year_has_none() -> None:
    found = identity("部门职责", text=["本部门共有三个内设机构"])
    assert (found.fiscal_year, found.document_type, found.year_inferred) == (None, None, False)


def test_titles_tell_the_kind_where_no_cover_does() -> None:
    assert identity(above=("收入支出决算总表",)).document_type == "final_accounts"
    assert identity(above=("收支预算总表",)).document_type == "budget"


# --- level -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cover", "level"),
    [
        ("示例县档案馆2026年单位预算", "unit"),
        ("示例县档案局2026年部门预算", "department"),
        ("示例县档案局2024年度部门决算", "department"),
        ("示例县档案馆2024年度单位决算", "unit"),
        ("示例县档案局2026年预算", None),
    ],
)
def test_a_document_is_of_a_department_or_a_unit_as_it_calls_itself(cover: str, level: str | None) -> None:
    assert identity(cover).level == level


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_what_the_manifest_says_comes_first() -> None:
    said = source_of(
        publisher="示例县档案馆", publisher_code="101002", fiscal_year=2025, document_type="final_accounts"
    )
    found = identity("示例县档案局2026年部门预算", above=("支出总表", "部门名称：示例县档案局"), source=said)
    assert (found.publisher, found.publisher_code) == ("示例县档案馆", "101002")
    assert (found.fiscal_year, found.document_type) == (2025, "final_accounts")
    assert not found.year_inferred


def test_a_manifest_that_says_only_the_year_leaves_the_rest_to_the_pages() -> None:
    found = identity("示例县档案局2026年部门预算", source=source_of(fiscal_year=2025))
    assert (found.publisher, found.fiscal_year, found.document_type) == ("示例县档案局", 2025, "budget")


def test_the_files_name_tells_nothing() -> None:
    lying: Document = replace(document_of(), source=source_of())
    named = replace(lying, source=replace(lying.source, path=lying.source.path.with_name("2026年教育局部门预算.pdf")))
    assert identify(named, []) == identify(lying, [])
    assert identify(named, []).fiscal_year is None


# --- what stands around a name ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cover",
    [
        ("泽州县档案局关于2025年部门预算的公开说明",),
        ("泽州县档案局关于公开2025年部门预算的说明",),
        ("泽州县2025年县级部门预算公开", "单位名称：泽州县档案局"),
        ("预算单位：泽州县档案局", "2025年部门预算公开"),
        ("2025 年 度", "部 门 预 算", "泽州县档案局", "二〇二六年九月"),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(cover: Sequence[str]) -> None:
    """The publisher was 泽州县档案局关于, or the county alone."""
    found = identity(*cover)
    assert (found.publisher, found.fiscal_year) == ("泽州县档案局", 2025)


def test_a_county_alone_is_no_department() -> None:
    assert identity("泽州县2025年部门预算公开").publisher is None
