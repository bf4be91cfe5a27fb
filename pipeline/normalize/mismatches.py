"""What sheets and project table do not agree in, once they are matched: in number, in names, in amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.matching import Match, Matches, amount_of, is_heading
from pipeline.normalize.model import Finding
from pipeline.normalize.sheets.records import ProjectSheet
from pipeline.schema import UNITS_APART

_NAMED = 5  # projects that a finding names
_NEAR = Decimal("0.02")  # what is printed in the larger unit is rounded


@dataclass(frozen=True)
class _Apart:
    """A sheet whose money is not that of the rows of its name: the two amounts in yuan, how many rows, their pages."""

    sheet: ProjectSheet
    amount: Decimal
    total: Decimal
    count: int
    pages: tuple[object, ...]

    @property
    def times(self) -> Decimal | None:
        """How many times the sheet's is the table's, where they are apart as two units of money are."""
        if not self.amount or not self.total:
            return None
        return next((each for each in UNITS_APART if abs(self.amount / self.total / each - 1) <= _NEAR), None)


def match_findings(
    matches: Matches,
    project_rows: Sequence[Mapping[str, object]],
    sheets: Sequence[ProjectSheet],
    fund: str | None = None,
) -> list[Finding]:
    """Why sheets and project table do not agree, where they do not: in number, in names, in amounts.

    ``fund`` is the only one of which the project tables list projects: those of other money have sheets, and no row.
    """
    by_id = {sheet.sheet_id: sheet for sheet in sheets}
    alone = [by_id[sheet_id] for sheet_id in matches.sheets]
    by_name = [match for match in matches.found if match.ground in ("name", "near_name")]
    apart = [each for match in by_name if (each := _apart(by_id[match.sheet_id], match, project_rows)) is not None]
    findings = list(_differences(apart))
    if alone:
        findings.append(_alone(alone, bool(project_rows), fund))
    bare = [project_rows[place] for place in matches.rows]
    bare = [row for row in bare if not is_heading(row)]  # headings are no projects
    if sheets and bare:
        findings.append(_without_sheet(bare))
    return findings


def _apart(sheet: ProjectSheet, match: Match, rows: Sequence[Mapping[str, object]]) -> _Apart | None:
    """Two amounts of one project; of several rows of the name the sum is ours, and may be of other units' money.

    A sheet's total of the year and a row of its own print one fact: that they differ, the checks tell (P02).
    """
    if sheet.annual.total is not None and len(match.rows) == 1:
        return None
    listed = [(amount, rows[place].get("first_page")) for place in match.rows if (amount := amount_of(rows[place]))]
    if sheet.amount is None or not listed:
        return None
    pages = tuple(dict.fromkeys(page for _, page in listed if page))
    return _Apart(sheet, sheet.amount, sum((amount for amount, _ in listed), Decimal(0)), len(listed), pages)


def _differences(apart: Sequence[_Apart]) -> Iterator[Finding]:
    """One finding for all that are apart as two units of money are, as one unit is wrong then; one for each other."""
    for times in dict.fromkeys(each.times for each in apart if each.times is not None):
        of_unit = [each for each in apart if each.times == times]
        if len(of_unit) > 1:
            yield _of_unit(of_unit, times)
            apart = [each for each in apart if each not in of_unit]
    yield from map(_differs, apart)


def _pages(pages: Iterable[object]) -> tuple[str, str]:
    told = [str(page) for page in dict.fromkeys(pages)]
    return (f"（第{'、'.join(told)}页）", f" (p. {', '.join(told)})") if told else ("", "")


def _of_unit(apart: Sequence[_Apart], times: Decimal) -> Finding:
    zh, en = _pages(page for each in apart for page in each.pages)
    names, first = _some(each.sheet.project_name for each in apart), apart[0]
    factor = f"{max(times, 1 / times):,.0f}"
    return Finding(
        "sheet_amount_differs", "warning", "undetermined",
        f"{len(apart)}张绩效目标表的资金与项目支出表{zh}的同名项目都相差{factor}倍，看来有一处金额单位有误：{names}；"
        f"例如“{first.sheet.project_name}”为 {first.amount:,} 元，项目支出表为 {first.total:,} 元",
        f"{len(apart)} performance sheets and the projects of the same names in the project table{en} are all {factor} "
        f"times apart, so that one unit of money seems to be wrong: {names}; the sheet of "
        f"{first.sheet.project_name} says {first.amount:,} yuan, the project table {first.total:,}",
        first.sheet.first_page, tuple(cell for each in apart for cell in each.sheet.cell_ids),
    )  # fmt: skip


def _differs(apart: _Apart) -> Finding:
    sheet, amount, total, count = apart.sheet, apart.amount, apart.total, apart.count
    zh, en = _pages(apart.pages)
    sum_zh, sum_en = (f"同名的{count}行共", f", {count} rows of that name together,") if count > 1 else ("该项目", "")
    return Finding(
        "sheet_amount_differs", "info" if count > 1 else "warning", "undetermined",
        f"绩效目标表“{sheet.project_name}”的资金为 {amount:,} 元，项目支出表{sum_zh}{zh}为 {total:,} 元，"
        f"相差 {abs(amount - total):,} 元；两处口径可能不同，请核对",
        f"the performance sheet of {sheet.project_name} says {amount:,} yuan, the project table{en}{sum_en} "
        f"{total:,}: {abs(amount - total):,} apart; the two may be defined otherwise: to be looked into",
        sheet.first_page, sheet.cell_ids,
    )  # fmt: skip


def _some(names: Iterable[str]) -> str:
    """The first names, each once (a department's units have sheets of one name)."""
    once = list(dict.fromkeys(names))
    return "；".join([*once[:_NAMED], *(["…"] if len(once) > _NAMED else [])])


def _alone(sheets: Sequence[ProjectSheet], has_rows: bool, fund: str | None) -> Finding:
    total = sum((sheet.amount for sheet in sheets if sheet.amount is not None), Decimal(0))
    names = _some(sheet.project_name for sheet in sheets)
    zh = "项目支出表中没有同名项目" if has_rows else "文件没有可对应的项目支出表"
    en = "not in the project table" if has_rows else "without a project table to be matched with"
    if fund is not None:
        zh, en = f"{zh}（该表只列一种资金的项目）", f"{en}, which lists projects of one fund"
    plural = "s" if len(sheets) > 1 else ""
    return Finding(
        "sheets_without_row", "warning" if has_rows and fund is None else "info", "undetermined",
        f"{len(sheets)}张绩效目标表（共 {total:,} 元）{zh}：{names}",
        f"{len(sheets)} performance sheet{plural} ({total:,} yuan) {en}: {names}",
        sheets[0].first_page,
    )  # fmt: skip


def _without_sheet(rows: Sequence[Mapping[str, object]]) -> Finding:
    total = sum((amount for row in rows if (amount := amount_of(row)) is not None), Decimal(0))
    names = _some(str(row.get("project_name")) for row in rows)
    page = rows[0].get("first_page")
    plural = "s" if len(rows) > 1 else ""
    return Finding(
        "rows_without_sheet", "info", "undetermined",
        f"项目支出表有{len(rows)}个项目（共 {total:,} 元）没有公开绩效目标表：{names}",
        f"{len(rows)} project{plural} of the project table ({total:,} yuan) without a performance sheet: {names}",
        page if isinstance(page, int) else None,
    )  # fmt: skip
