"""The scoreboard as one HTML file, and its parts for the quality report's first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.report.frame import card, cards, cell, heading, number, table, whole_page
from pipeline.report.markup import Content, Html, join, tag
from pipeline.report.scoreboard import LEGEND, SHOWN, feasibility, why_missing
from pipeline.report.scores import DocumentScore, PlaceScore, Scoreboard
from pipeline.report.tally import Tally
from pipeline.report.words import DOCUMENT_TYPE, PLACE, of, percent

_ABOUT = "每份文件读到了什么，成立与否，还剩什么；差的在前。 What was read, what holds, what is left; the worst first."
_HEADS = [(column.zh, column.en) for column in SHOWN]


def as_html(board: Scoreboard) -> str:
    """Totals, places, documents (worst first), missing tables."""
    return whole_page(
        "记分板 scoreboard",
        heading("记分板", "scoreboard", "h1"),
        tag("p", _ABOUT, class_="soft"),
        totals(board.total),
        heading("各地", "places"),
        places(board.places),
        heading("各文件", "documents"),
        documents(board.documents, {}),
        missing(board.documents),
        legend(),
    )


def totals(tally: Tally) -> Html:
    """The counts of all, as cards."""
    about = f"文件 documents · {tally.pages:,} 页 pages"
    unreadable = f" · 打不开 unreadable {tally.unreadable:,}" if tally.unreadable else ""
    documents_card = card(f"{tally.documents:,}", about + unreadable, False if tally.unreadable else None)
    ours = card(f"{tally.ours:,}", "抽取未尽 findings of our own reading", not tally.ours)
    return cards(documents_card, *reading_cards(tally), *holding_cards(tally), ours)


def reading_cards(tally: Tally) -> list[Html]:
    """What was read: tables of the rule, figures, whether the count of numbers closes."""
    share = percent(tally.found, tally.expected)
    closes = f"✗ {tally.not_closed:,} 不闭合" if tally.not_closed else "✓ 闭合"
    return [
        card(of(tally.found, tally.expected), f"规定表 tables of the rule · {share}", not tally.missing),
        card(f"{tally.figures:,}", "数据 figures"),
        card(closes, f"{tally.numbers:,} 个数字的去向 count of the numbers", not tally.not_closed),
    ]


def holding_cards(tally: Tally) -> list[Html]:
    """What holds: the checks that must, joint feasibility, findings."""
    decided, fails = tally.decided("assert"), tally.outcome("assert", "fails")
    tested = tally.feasible + tally.infeasible
    errors, warnings = tally.findings.get("error", 0), tally.findings.get("warning", 0)
    about = f"勾稽成立 assert checks hold · 不成立 fail {of(fails, decided)}"
    return [
        card(percent(tally.held("assert"), decided), about, not fails if decided else None),
        _power(tally),
        card(feasibility(tally), "联合可行 jointly feasible", not tally.infeasible if tested else None),
        card(of(errors, warnings), "错误 / 警告 errors / warnings", not errors),
    ]


def _power(tally: Tally) -> Html:
    """The detection power: of all changes of one digit in the figures, the share that an identity notices."""
    above = f"末位以上 above the last digit {percent(tally.noticed_above, tally.changes_above)}"
    unbound = f"无约束数字 figures in no identity {tally.unbound:,}"
    about = f"改动一位数字被发现 single-digit changes noticed · {above} · {unbound}"
    return card(percent(tally.noticed, tally.changes), about, None)


def places(scores: Sequence[PlaceScore]) -> Html:
    """One row a place."""
    rows = [[cell(score.place), number(f"{score.tally.documents:,}"), *_cells(score.tally)] for score in scores]
    return table([("地方", "place"), ("文件", "documents"), *_HEADS], rows)


def documents(scores: Sequence[DocumentScore], links: Mapping[str, str]) -> Html:
    """One row a document, linked to its page where ``links`` (by document_id) has one."""
    rows = [[_name(score, links.get(score.document_id)), *_cells(score.tally)] for score in scores]
    return table([("文件", "document"), *_HEADS], rows)


def _name(score: DocumentScore, link: str | None) -> Html:
    name: Content = tag("a", score.document_id, href=link) if link else score.document_id
    year = f"{score.fiscal_year}" if score.fiscal_year else "年度不明 year unknown"
    about = f"{score.publisher or '单位不明 publisher unknown'} · {year} {DOCUMENT_TYPE[score.document_type]}"
    return tag("td", name, tag("small", about), class_="key")


def _cells(tally: Tally) -> list[Html]:
    return [number(column.text(tally), column.bad(tally)) for column in SHOWN]


def missing(scores: Sequence[DocumentScore]) -> Html:
    """Which tables of the rule are missing, document by document, and why that may be; nothing when none is."""
    lacking = [score for score in scores if score.missing]
    if not lacking:
        return join()
    rows = [
        [cell(score.document_id), cell("、".join(table.title for table in score.missing)), cell(why_missing(score))]
        for score in lacking
    ]
    heads = [("文件", "document"), ("缺少的表", "missing tables"), ("原因", "why that may be")]
    return join(heading("缺少的表", "missing tables"), table(heads, rows, numeric_from=3))


def whereabouts(tally: Tally) -> Html:
    """Where the numbers inside the tables went, role by role."""
    counts = [(label, tally.places.get(place, 0)) for place, label in PLACE.items()]
    rows = [[cell(label), number(f"{count:,}"), number(percent(count, tally.numbers))] for label, count in counts]
    rows.append([cell("合计 total"), number(f"{tally.numbers:,}"), number("")])
    return table([("去向", "whereabouts"), ("数字", "numbers"), ("占比", "share")], rows)


def legend() -> Html:
    """How to read the columns."""
    return tag("p", [tag("span", line, tag("br")) for line in LEGEND.splitlines()], class_="soft")
