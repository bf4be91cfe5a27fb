"""The scoreboard as plain text and as CSV. Worst first; the same columns at every level.

CSV: one row a document, place (``level = place``) and all (``level = all``), every count under its own name. Text: the
counts that tell where to look, then what is missing and why that may be.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.report.scores import DocumentScore, Scoreboard
from pipeline.report.tally import GROUPS, PLACES, Tally
from pipeline.report.words import of, pages, percent
from pipeline.schema import OUTCOMES, SEVERITIES

_MOST_ASIDE = 8


@dataclass(frozen=True)
class Shown:
    """A column: its headings and what it shows of a tally; ``bad`` says whether that needs looking at."""

    zh: str
    en: str
    text: Callable[[Tally], str]
    bad: Callable[[Tally], bool] = lambda tally: False


def _count(zh: str, en: str, count: Callable[[Tally], int], is_bad: bool = False) -> Shown:
    return Shown(zh, en, lambda tally: f"{count(tally):,}", lambda tally: is_bad and count(tally) > 0)


def feasibility(tally: Tally) -> str:
    """✓, ✗ or – for one document; for several, how many of those tested are feasible."""
    if tally.documents == 1:
        return "✓" if tally.feasible else "✗" if tally.infeasible else "–"
    return of(tally.feasible, tally.feasible + tally.infeasible)


SHOWN: Sequence[Shown] = (
    Shown("规定表", "tables", lambda t: of(t.found, t.expected), lambda t: t.missing > 0),
    _count("数据", "figures", lambda t: t.figures),
    Shown("去向", "count", lambda t: "✓" if not t.not_closed else f"✗ {t.not_closed}", lambda t: t.not_closed > 0),
    _count("问题数", "findings", lambda t: t.places.get("findings", 0)),
    _count("未读数", "unread", lambda t: t.places.get("unread", 0)),
    _count("相等", "exact", lambda t: t.outcome("assert", "exact")),
    _count("舍入", "rounding", lambda t: t.outcome("assert", "within_rounding")),
    _count("不成立", "fails", lambda t: t.outcome("assert", "fails"), is_bad=True),
    _count("受阻", "blocked", lambda t: t.outcome("assert", "blocked")),
    Shown("成立", "holds", lambda t: percent(t.held("assert"), t.decided("assert"))),
    _count("推断✗", "inferred ✗", lambda t: t.outcome("inferred", "fails") + t.outcome("heuristic", "fails")),
    _count("完整性✗", "discl. ✗", lambda t: t.outcome("disclosure", "fails")),
    Shown("联合可行", "feasible", feasibility, lambda t: t.infeasible > 0),
    Shown("发现率", "detection", lambda t: percent(t.noticed, t.changes)),
    _count("错误", "errors", lambda t: t.findings.get("error", 0), is_bad=True),
    _count("警告", "warnings", lambda t: t.findings.get("warning", 0)),
    _count("未尽", "ours", lambda t: t.ours),
)
LEGEND = """\
规定表：找到的 / 规定要求的。去向：表内数字全部有归属为 ✓。问题数、未读数：归入问题、留在未识别的表中的数字。
相等至受阻：必须成立（assert）的勾稽；推断✗：推断和经验的不成立项，不是错误；完整性✗：公开完整性，另计。
联合可行：有一组真值同时满足全部勾稽。发现率：逐个改动每个数字的一位，勾稽发现的份额。
未尽：判断为抽取未尽（extraction）的问题。
tables: found / asked by the rule. count: ✓ when every number inside tables is accounted for. findings, unread: numbers
that became findings, that stand in tables which are none of ours. exact … blocked: checks that must hold (assert);
inferred ✗: inferred and heuristic ones that do not hold, which are no errors; discl. ✗: completeness of the disclosure,
counted apart. feasible: one set of true amounts meets every identity. detection: of all changes of one digit in the
figures, the share that an identity notices. ours: findings with the verdict extraction."""


def why_missing(document: DocumentScore) -> str:
    """What may have hidden the document's missing tables: findings of our own reading, and tables set aside."""
    found = [f"{gap.code} ×{gap.count} {pages(gap.pages)}".strip() for gap in document.gaps]
    aside = [f"{title} p.{page}" for title, page in document.set_aside]
    parts = [
        f"未读 unread: {'; '.join(found)}" if found else "",
        f"认作规定以外的表 set aside as other: {'; '.join(aside[:_MOST_ASIDE])}" if aside else "",
    ]
    return " · ".join(filter(None, parts)) or "没有未读的表 / no table was left unread or set aside"


# --- text ------------------------------------------------------------------------------------------------------------


def as_text(board: Scoreboard) -> str:
    """Documents, places, all; what is missing; how to read it. Ends in a line break."""
    parts = [
        _table("文件 document", [(document.document_id, document.tally) for document in board.documents]),
        _table("地方 place", [(f"{place.place} ×{place.tally.documents}", place.tally) for place in board.places]),
        _table("全部 all", [(f"{board.total.documents:,} 份 documents", board.total)]),
        "\n".join(_missing(board)),
        LEGEND,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _missing(board: Scoreboard) -> Iterator[str]:
    for document in board.documents:
        if document.missing:
            titles = "、".join(table.title for table in document.missing)
            yield f"{document.document_id} 缺 missing: {titles}\n    {why_missing(document)}"


def _table(name: str, rows: Sequence[tuple[str, Tally]]) -> str:
    cells = [[name, *(column.zh for column in SHOWN)], ["", *(column.en for column in SHOWN)]]
    cells += [[label, *(column.text(tally) for column in SHOWN)] for label, tally in rows]
    return in_columns(cells, left=1)


def in_columns(rows: Sequence[Sequence[str]], left: int) -> str:
    """Rows as lines with their columns in line; the first ``left`` columns to the left, the others to the right."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_padded(row, widths, left)).rstrip() for row in rows)


def _padded(row: Sequence[str], widths: Sequence[int], left: int) -> Iterator[str]:
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (width - _width(text))
        yield text + blanks if column < left else blanks + text


def _width(text: str) -> int:
    """A Chinese character takes two places."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


# --- CSV -------------------------------------------------------------------------------------------------------------


def as_csv(board: Scoreboard) -> str:
    """One row a document, a place and all together; ``missing`` and ``gaps`` joined by ``;``."""
    rows = [*_document_rows(board), *_place_rows(board), {"level": "all", **_counts(board.total)}]
    return written(rows)


def written(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as CSV under the names of the first one, which has them all; nothing when there are none."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _document_rows(board: Scoreboard) -> Iterator[dict[str, object]]:
    for document in board.documents:
        yield {
            "level": "document",
            "place": document.place,
            "document_id": document.document_id,
            "publisher": document.publisher,
            "fiscal_year": document.fiscal_year,
            "document_type": document.document_type,
            "missing": ";".join(table.table_id for table in document.missing),
            "gaps": ";".join(f"{gap.code} x{gap.count} {pages(gap.pages)}".strip() for gap in document.gaps),
            **_counts(document.tally),
        }


def _place_rows(board: Scoreboard) -> Iterator[dict[str, object]]:
    for place in board.places:
        missing = ";".join(f"{table_id} x{count}" for table_id, count in sorted(place.missing.items()))
        yield {"level": "place", "place": place.place, "missing": missing, **_counts(place.tally)}


def _counts(tally: Tally) -> dict[str, object]:
    whole = {
        "documents": tally.documents, "unreadable": tally.unreadable, "pages": tally.pages,
        "tables_expected": tally.expected, "tables_found": tally.found, "tables_missing": tally.missing,
        "tables_recognised": tally.tables, "figures": tally.figures,
        "numbers": tally.numbers, "digits": tally.digits, "digits_in_cells": tally.digits_in_cells,
        "not_closed": tally.not_closed,
    }  # fmt: skip
    places = {f"numbers_{place}": tally.places.get(place, 0) for place in PLACES}
    checks = {f"{group}_{outcome}": tally.outcome(group, outcome) for group in GROUPS for outcome in OUTCOMES}
    feasible = {"feasible": tally.feasible, "infeasible": tally.infeasible, "untested": tally.untested}
    findings = {f"findings_{severity}": tally.findings.get(severity, 0) for severity in SEVERITIES}
    return {**whole, **places, **checks, **feasible, **findings, "findings_extraction": tally.ours}
