"""The work list: phrases that are not known, the most frequent first."""

from __future__ import annotations

import csv
import io

from pipeline.report.worklist import as_csv, as_text, unknown
from tests.report.made import build, cell, document, finding

HEADER = "列标题“专办事项开支”（支出/专办事项开支）不在词汇表中；请添加 / the heading “专办事项开支” is unknown"
TABLE = (
    "第2页的表不在词汇表中，未读（其上文字：示例县 / 用款一览表）；请添加"
    " / the table on page 2 is not in the vocabulary (above it: 示例县 / 用款一览表); add it"
)


def _ours(document_id: str, finding_id: str, code: str, explanation: str, **said: object) -> dict[str, object]:
    return dict(finding(document_id, finding_id, code, explanation, verdict="extraction", **said))


def test_the_most_frequent_phrase_comes_first_with_its_documents_and_pages() -> None:
    rows = [
        _ours("a-1", "1", "unknown_table", TABLE, page=2),
        _ours("a-1", "2", "unknown_header", HEADER, page=4),
        _ours("b-1", "1", "unknown_header", HEADER, page=9),
    ]
    first, second = unknown(build(documents=[document("a-1"), document("b-1")], findings=rows))
    assert (first.phrase, first.times, first.kind.add_to) == (
        "“专办事项开支”（支出/专办事项开支）", 2, "normalize/vocabulary/columns.yaml",
    )  # fmt: skip
    assert first.seen == (("a-1", 4), ("b-1", 9))
    assert second.phrase == "示例县 / 用款一览表"


def test_unknown_row_labels_are_read_from_their_cells_one_by_one() -> None:
    row = _ours("a-1", "1", "unknown_item", "行标题“甲、乙费”不在", cell_ids=["a-1/t1/r1/c1", "a-1/t1/r2/c1"])
    cells = [cell("a-1/t1/r1/c1", "甲、乙费"), cell("a-1/t1/r2/c1", "丙费", page=3)]
    found = unknown(build(documents=[document("a-1")], findings=[row], cells=cells))
    assert [(phrase.phrase, phrase.seen) for phrase in found] == [
        ("丙费", (("a-1", 3),)),
        ("甲、乙费", (("a-1", 1),)),
    ]


def test_figures_that_a_sheet_left_unread_are_one_entry() -> None:
    row = _ours("a-1", "1", "sheet_cell_unread", "未归属", cell_ids=["a-1/t1/r1/c1", "a-1/t1/r2/c1"])
    cells = [cell("a-1/t1/r1/c1", "1,681.15"), cell("a-1/t1/r2/c1", "29.74")]
    (found,) = unknown(build(documents=[document("a-1")], findings=[row], cells=cells))
    assert found.times == 2


def test_what_we_did_not_read_is_listed_whatever_its_kind_and_what_the_publisher_got_wrong_is_not() -> None:
    rows = [
        _ours("a-1", "1", "brand_new_kind", "“新说法”读不了 / cannot be read"),
        finding("a-1", "2", "identity_fails", "“合计”不等 / not equal", verdict="publisher_error"),
    ]
    (found,) = unknown(build(documents=[document("a-1")], findings=rows))
    assert (found.kind.code, found.phrase) == ("brand_new_kind", "新说法")


def test_a_document_that_does_not_name_itself_is_on_the_list() -> None:
    row = finding("a-1", "1", "identity_unknown", "页面上没有写明公开单位；请注明 / not stated", page=None)
    (found,) = unknown(build(documents=[document("a-1")], findings=[row]))
    assert (found.phrase, found.seen, found.kind.add_to) == ("公开单位", (("a-1", None),), "sources.csv")


def test_the_list_is_written_as_text_and_csv_and_says_when_it_is_empty() -> None:
    found = unknown(build(findings=[_ours("a-1", "1", "unknown_header", HEADER, page=4)]))
    assert "“专办事项开支”" in as_text(found)
    (row,) = csv.DictReader(io.StringIO(as_csv(found)))
    assert (row["times"], row["pages"]) == ("1", "a-1:4")
    assert as_text([]) == "没有不认识的说法 / nothing is unknown\n"
    assert list(csv.DictReader(io.StringIO(as_csv([])))) == []
