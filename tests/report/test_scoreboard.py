"""The scoreboard as people and programs read it."""

from __future__ import annotations

import csv
import io

from pipeline.report.scoreboard import as_csv, as_text
from pipeline.report.scoreboard_html import as_html
from pipeline.report.scores import Scoreboard, score
from pipeline.report.words import percent
from tests.report.made import BUDGET_2026, build, check, document, finding, page, table, tables

ATTACK = '<script src="https://example.org/x.js"></script>'


def _board() -> Scoreboard:
    left = finding("b-1", "f1", "unknown_table", "表不在词汇表中", verdict="extraction", page=7)
    aside = table("b-1", 9, "other", printed_title=ATTACK)
    return score(
        build(
            documents=[document("a-1"), document("b-1", publisher=ATTACK)],
            source_tables=[*tables("a-1"), *tables("b-1", BUDGET_2026[1:]), aside],
            checks=[check("a-1", "W02/1", "exact"), check("b-1", "W02/1", "fails")],
            findings=[left],
            coverage=[page("a-1"), page("b-1", unread=1, facts=3)],
        )
    )


def test_the_text_says_what_is_missing_and_where_it_may_be() -> None:
    text = as_text(_board())
    assert "b-1 缺 missing: 部门收支总体情况表\n    未读 unread: unknown_table ×1 p.7" in text
    lines = text.splitlines()
    assert lines[2].startswith("b-1") and lines[3].startswith("a-1")


def test_the_text_keeps_its_columns_in_line_under_chinese_headings() -> None:
    rows = as_text(_board()).split("\n\n")[0].splitlines()
    ends = {len(row) for row in rows[1:]}
    assert len(ends) == 1  # the last column is set to the right, and these rows hold no wide characters


def test_the_csv_has_a_row_a_document_a_place_and_all_with_every_count() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(_board()))))
    assert [row["level"] for row in rows] == ["document", "document", "place", "place", "all"]
    worst, total = rows[0], rows[-1]
    assert (worst["document_id"], worst["missing"], worst["numbers_unread"]) == ("b-1", BUDGET_2026[0], "1")
    assert (total["tables_found"], total["tables_expected"], total["assert_fails"]) == ("17", "18", "1")
    assert worst["gaps"] == "unknown_table x1 p.7"


def test_the_html_escapes_what_a_disclosure_prints_and_asks_nothing_of_the_network() -> None:
    html = as_html(_board())
    assert "<script" not in html
    assert "&lt;script src=&quot;https://example.org/x.js&quot;&gt;" in html
    assert "default-src &#x27;none&#x27;" in html
    assert not any(word in html for word in ('src="http', 'href="http', "@import", "url("))


def test_the_html_has_the_worst_document_first() -> None:
    html = as_html(_board())
    documents = html[html.index("<small>documents</small>") :]
    assert documents.index(">b-1") < documents.index(">a-1")


def test_a_share_is_whole_only_when_nothing_is_left() -> None:
    assert percent(99_999, 100_000) == "99.99 %"
    assert percent(100_000, 100_000) == "100.00 %"
    assert percent(0, 0) == "–"
