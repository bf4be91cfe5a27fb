"""The quality report's page of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.report import scoreboard_html
from pipeline.report.cutouts import Cutout, RawFile
from pipeline.report.frame import card, cards, cell, heading, number, table, whole_page
from pipeline.report.markup import Html, join, tag
from pipeline.report.records import Check, DocumentRecord, Family, Finding
from pipeline.report.scoreboard import why_missing
from pipeline.report.tally import GROUPS
from pipeline.report.words import DOCUMENT_TYPE, GROUP, OUTCOME, SEVERITY, VERDICT, figure, of, pages
from pipeline.schema import OUTCOMES

MOST_CUTOUTS = 2  # of one finding: the page where it stands, and one of those that it is compared with
_CHECK_HEADS = (
    ("检验", "check"),
    ("表述", "statement"),
    ("左", "left"),
    ("右", "right"),
    ("差", "difference"),
    ("容许", "tolerance"),
)
_STATES = {"data": "有数字 with figures", "empty": "空表 empty"}


def document_page(record: DocumentRecord, file: RawFile, index: str) -> str:
    """The whole page; ``index`` is the address of the build's page."""
    return whole_page(
        f"{record.score.document_id} · 质量报告 quality report",
        tag("p", tag("a", "← 全部文件 all documents", href=index)),
        _title(record),
        _score(record),
        _findings(record, file),
        _rounding(record),
        _no_errors(record),
        _blocked(record),
        _families(record.families),
        _tables(record),
        heading("数字去向", "where the numbers inside tables went"),
        scoreboard_html.whereabouts(record.score.tally),
        _open_pages(record),
    )


def _title(record: DocumentRecord) -> Html:
    score, row = record.score, record.row
    year = f"{score.fiscal_year} 年" if score.fiscal_year else "年度不明 year unknown"
    about = f"{score.place} · {year} · {DOCUMENT_TYPE[score.document_type]} · {score.tally.pages:,} 页 pages"
    facsimile = "仿制件：按公布文字重排，并非原件 / a facsimile typeset from the published text, not the original"
    return join(
        tag("h1", score.publisher or "单位不明 publisher unknown", " ", tag("small", score.document_id)),
        tag("p", about),
        tag("p", f"{score.source_file} · SHA-256 ", tag("code", str(row["sha256"])), class_="soft"),
        tag("p", tag("span", facsimile, class_="tag warning")) if row["is_facsimile"] else None,
    )


def _score(record: DocumentRecord) -> Html:
    tally = record.score.tally
    held, decided = tally.held("disclosure"), tally.decided("disclosure")
    complete = card(of(held, decided), "公开完整性 disclosure, counted apart", held == decided if decided else None)
    return cards(*scoreboard_html.reading_cards(tally), *scoreboard_html.holding_cards(tally), complete)


# --- findings --------------------------------------------------------------------------------------------------------


def _findings(record: DocumentRecord, file: RawFile) -> Html:
    title = heading("问题", f"findings ({len(record.findings):,})", id_="findings")
    if not record.findings:
        return join(title, tag("p", "没有问题。 None.", class_="right"))
    return join(title, [_finding(finding, file) for finding in record.findings])


def _finding(finding: Finding, file: RawFile) -> Html:
    where = pages([place.page for place in finding.places])
    return tag(
        "div",
        tag("span", SEVERITY[finding.severity], class_=f"tag {finding.severity}"),
        tag("span", VERDICT[finding.verdict], class_="tag"),
        tag("code", f"{finding.code} · {finding.check_id or finding.finding_id}"),
        f" {where}",
        tag("p", finding.zh, lang="zh"),
        tag("p", finding.en, lang="en", class_="soft") if finding.en else None,
        list(_pictures(finding, file)),
        class_=f"finding {finding.severity}",
    )


def _pictures(finding: Finding, file: RawFile) -> Iterator[Html]:
    places = finding.places
    if not places:
        return
    if file.problem is not None:
        yield tag("p", file.problem, class_="soft")
        return
    for place in places[:MOST_CUTOUTS]:
        cutout = file.cut(place.page, place.boxes, finding.quoted)
        yield _no_picture(place.page) if cutout is None else _picture(cutout, len(place.boxes))
    rest = [place.page for place in places[MOST_CUTOUTS:]]
    if rest:
        yield tag("p", f"另见 see also {pages(rest)}", class_="soft")


def _no_picture(page: int) -> Html:
    return tag("p", f"第 {page} 页画不出来 / page {page} cannot be drawn", class_="soft")


def _picture(cutout: Cutout, boxes: int) -> Html:
    if not boxes and cutout.boxes:
        what = "按原文找到 found by its text"
    elif not boxes:
        what = "页首 top of the page"
    elif cutout.boxes == boxes:
        what = f"框出 {boxes:,} 个单元格 cells framed"
    else:
        what = (
            f"图中框出 {cutout.boxes:,} 个单元格，共 {boxes:,} 个 / {cutout.boxes:,} of {boxes:,} cells in the picture"
        )
    caption = f"第 {cutout.page} 页 page {cutout.page} · {what}"
    image = tag("img", src=cutout.uri, width=cutout.width, height=cutout.height, alt=caption)
    return tag("figure", image, tag("figcaption", caption))


# --- checks ----------------------------------------------------------------------------------------------------------


def _rounding(record: DocumentRecord) -> Html:
    return _listed(
        record.told("within_rounding", *GROUPS),
        heading("四舍五入差异", "rounding differences"),
        "原印数字四舍五入所致，在由末位推得的容许之内，不是错误。 Due to the rounding of what is printed, within the "
        "tolerance that follows from the last printed places: no errors.",
    )


def _no_errors(record: DocumentRecord) -> Html:
    return _listed(
        record.told("fails", "inferred", "heuristic"),
        heading("推断与经验关系不成立之处", "inferred and heuristic relations that do not hold"),
        "口径可能不同，仅供参考，不是错误。 Definitions may differ; for information only, no errors.",
    )


def _blocked(record: DocumentRecord) -> Html:
    return _listed(
        record.told("blocked", *GROUPS),
        heading("受阻的勾稽", "blocked checks"),
        "同一个数印有两个值等原因，无从判定。 Cannot be decided, as where one fact is printed with two values.",
    )


def _listed(checks: Sequence[Check], title: Html, about: str) -> Html:
    """Checks with their two sides; nothing when there are none."""
    if not checks:
        return join()
    note = "金额以元计。 Amounts in yuan."
    return join(title, tag("p", f"{about} {note}", class_="soft"), table(_CHECK_HEADS, map(_check_row, checks), 2))


def _check_row(check: Check) -> list[Html]:
    sides = (check.left, check.right, check.difference, check.tolerance)
    return [cell(tag("code", check.check_id)), cell(check.statement), *(number(figure(side)) for side in sides)]


def _families(families: Sequence[Family]) -> Html:
    title = heading("各类勾稽", "checks by family")
    if not families:
        return join(title, tag("p", "没有检验。 No checks.", class_="soft"))
    heads = [("族", "family"), ("性质", "kind"), ("表述（一例）", "a statement of it"), *_outcome_heads()]
    order = sorted(families, key=lambda family: (GROUPS.index(family.group), family.family))
    return join(title, table(heads, [_family_row(family) for family in order], numeric_from=3))


def _outcome_heads() -> list[tuple[str, str]]:
    return [(zh, en) for zh, _, en in (OUTCOME[outcome].partition(" ") for outcome in OUTCOMES)]


def _family_row(family: Family) -> list[Html]:
    bad = family.group == "assert"
    counts = [(outcome, family.outcomes.get(outcome, 0)) for outcome in OUTCOMES]
    return [
        cell(tag("code", family.family)),
        cell(GROUP[family.group]),
        cell(family.statement),
        *(number(f"{count:,}" if count else "", bad and outcome == "fails" and count > 0) for outcome, count in counts),
    ]


# --- tables and numbers ----------------------------------------------------------------------------------------------


def _tables(record: DocumentRecord) -> Html:
    heads = [("规定的表", "table of the rule"), ("印出的表名", "printed title"), ("页", "pages"), ("状态", "state")]
    rows = []
    for expected in record.score.expected:
        found = [printed for printed in record.tables if printed.table_id == expected.table_id]
        name = cell(expected.title, tag("small", f" {expected.table_id}", class_="soft"))
        for printed in found:
            at = pages([printed.first_page, printed.last_page])
            rows.append([name, cell(printed.title or "—"), cell(at), cell(_STATES[printed.state])])
        if not found:
            rows.append([name, cell("—"), cell(""), tag("td", "缺 missing", class_="bad")])
    why = tag("p", why_missing(record.score), class_="soft") if record.score.missing else None
    return join(heading("规定的表", "tables of the rule"), table(heads, rows, numeric_from=4), why)


def _open_pages(record: DocumentRecord) -> Html:
    if not record.open_pages:
        return join()
    return tag("p", f"不闭合的页 pages that do not close: {pages(record.open_pages, most=40)}")
