"""The findings that reading a document as a whole makes: tables, and facts of its own, that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.normalize.amounts import read_figure
from pipeline.normalize.identity import Identity
from pipeline.normalize.model import Finding, Row
from pipeline.normalize.phrases import plain
from pipeline.normalize.reading import SHEETS, ReadTable
from pipeline.normalize.reference import is_common, knows
from pipeline.normalize.sheets.runs import is_evaluation
from pipeline.sources import Source

LONGEST_SEQUENCE = 3  # characters: a table whose numbers are all this short lists things (序号) and prints no amounts
_CODES = {"subject": "subject", "economic": "economic", "government": "government_economic"}
_FILLED = 3  # cells with a digit: a sheet that has no project prints none, or a date
_CLASS = 3  # digits
_ITEMS = {"subject": (7,), "economic": (), "government": ()}  # digits of finer items that are everybody's: 项
_TOLD_ONE_BY_ONE = 2  # tables without rules: a document that draws none says so once
_WANTED = {
    "publisher": ("公开单位", "the publisher"),
    "fiscal_year": ("年度", "the fiscal year"),
    "document_type": ("是预算还是决算", "whether it is a budget or final accounts"),
}


def identity_findings(source: Source, identity: Identity) -> Iterable[Finding]:
    """What the pages do not say of the document itself, and the manifest does not either; a file that is another."""
    if source.expected_sha256 and source.expected_sha256 != source.sha256:
        yield _another_file(source)
    if source.same_as:
        yield _copy(source)
    if identity.year_inferred:
        yield _year_inferred(identity.fiscal_year)
    if identity.region and identity.region.inferred:
        yield _region_inferred(identity.region.name)
    missing = [texts for name, texts in _WANTED.items() if getattr(identity, name) is None]
    if missing:
        zh = f"页面上没有写明{'、'.join(zh for zh, _ in missing)}；请在 sources.csv 中注明"
        en = f"the pages do not state {', '.join(en for _, en in missing)}; say so in sources.csv"
        yield Finding("identity_unknown", "warning", "undetermined", zh, en)


def _another_file(source: Source) -> Finding:
    zh = f"{source.path.name} 与 sources.csv 所记的校验和不符：文件已更换，请核对后更新该行"
    en = f"the SHA-256 of {source.path.name} is not the one in sources.csv: check the file, then update its row"
    return Finding("sha256_differs", "error", "extraction", zh, en)


def _copy(source: Source) -> Finding:
    zh = f"{source.path.name} 与文件 {source.same_as} 逐字节相同，两份都已收入，汇总时会重复；请删去其中一份"
    en = f"{source.path.name} is {source.same_as} byte for byte: both are in the data and sums count them twice; "
    return Finding("duplicate_document", "warning", "undetermined", zh, f"{en}remove one of the files")


def _year_inferred(year: int | None) -> Finding:
    zh = f"没有在页面上读到文件的年度，按文中最常提到的{year}年计；请核对，并在 sources.csv 中注明"
    en = f"no fiscal year was read on the pages; {year}, mentioned most, was used: check it, and say so in sources.csv"
    return Finding("year_inferred", "warning", "undetermined", zh, en)


def _region_inferred(name: str) -> Finding:
    zh = f"公开单位的名称没有写明地区，按文中最常提到的{name}计；可在 sources.csv 中注明"
    en = f"the publisher's name states no region; {name}, mentioned most, was used; sources.csv can say otherwise"
    return Finding("region_inferred", "info", "definition", zh, en)


# --- its tables ------------------------------------------------------------------------------------------------------


def several_disclosures(pages: Mapping[str, int]) -> Finding:
    """One file with the tables of several units, given as their names and first pages."""
    named = sorted(pages.items(), key=lambda item: item[1])
    zh = "、".join(f"{name}（第{page}页起）" for name, page in named)
    en = ", ".join(f"{name} (from page {page})" for name, page in named)
    return Finding(
        "several_disclosures", "warning", "definition",
        f"一份文件含{len(named)}个单位的公开表：{zh}；各表的数字以 unit_name 区分，也可拆成多份文件",
        f"one file holds the disclosures of {len(named)} units: {en}; unit_name tells their figures apart, or split it",
        named[0][1],
    )  # fmt: skip


def no_tables() -> Finding:
    """None of the tables is one of the rule's."""
    return Finding(
        "no_tables", "error", "extraction",
        "没有识别出任何规定的预算公开表；请核对文件，或在 normalize/vocabulary/titles.yaml 中添加其表名",
        "no table of the disclosure rule was recognised; check the file, or add its titles to "
        "normalize/vocabulary/titles.yaml",
    )  # fmt: skip


def unread(table: ReadTable) -> Iterable[Finding]:
    """A table with figures that no rule knows is said to be unread; one that we know to be outside the rule is not."""
    if table.table_id in SHEETS:
        return
    if table.heading.table_id is not None:
        yield from [_unknown_sheet(table)] if _is_unknown_sheet(table) else ()
        return
    figures = [c for c in table.grid.cells if read_figure(c.text) is not None and len(plain(c.text)) > LONGEST_SEQUENCE]
    if not figures:
        return
    if table.grid.column_count == 1:
        yield _chart(table)
        return
    above = " / ".join(line.text[:40] for line in table.grid.above[-3:]) or "—"
    yield Finding(
        "unknown_table", "warning", "extraction",
        f"第{table.grid.first_page}页的表不在词汇表中，未读（其上文字：{above}）；"
        "请在 normalize/vocabulary/titles.yaml 中添加其表名",
        f"the table on page {table.grid.first_page} is not in the vocabulary, so it was not read (above it: {above}); "
        "add its title to normalize/vocabulary/titles.yaml",
        table.grid.first_page,
    )  # fmt: skip


def _is_unknown_sheet(table: ReadTable) -> bool:
    """Whether the title is that of a performance sheet, no heading is, and something is filled in."""
    filled = sum(any(letter.isdigit() for letter in cell.text) for cell in table.grid.cells)
    return table.heading.table_id in SHEETS and filled >= _FILLED and not is_evaluation(table.grid)


def _unknown_sheet(table: ReadTable) -> Finding:
    page = table.grid.first_page
    return Finding(
        "unknown_sheet", "warning", "extraction",
        f"第{page}页“{table.name}”的表头不在词汇表中，绩效目标和指标未读；"
        "请在 normalize/vocabulary/sheets.yaml 中添加其表头",
        f"the headings of “{table.name}” on page {page} are not in the vocabulary, so its targets were not read; add "
        "them to normalize/vocabulary/sheets.yaml",
        page, tuple(cell.cell_id for cell in table.grid.cells if cell.text),
    )  # fmt: skip


def _chart(table: ReadTable) -> Finding:
    """Rules across with numbers between them and no column of labels: what draws a chart, and no table."""
    page = table.grid.first_page
    return Finding(
        "chart", "info", "layout",
        f"第{page}页有一幅统计图（横线之间只有数字，没有行标题），图中数字未收入",
        f"page {page} shows a chart (numbers between lines, without labels beside them); its numbers were not taken",
        page,
    )  # fmt: skip


def woven(table: ReadTable) -> Finding:
    """A table without rules whose columns run into one another: see ``document.is_woven``."""
    return Finding(
        "alignment_unclear", "warning", "extraction",
        f"“{table.name}”没有框线或框线不全，列的界限不清（数字落入名称之中），未收入，请看原页",
        f"“{table.name}” draws no rules, or not all, and its columns could not be told apart (amounts fall inside "
        "names); not taken: see the page",
        table.grid.first_page, tuple(cell.cell_id for cell in table.grid.cells if cell.text),
    )  # fmt: skip


def without_rules(tables: Sequence[ReadTable]) -> Iterable[Finding]:
    """The tables that were read by their text's alignment: each by itself, or where they are many all in one."""
    if len(tables) > _TOLD_ONE_BY_ONE:
        yield _all_without_rules(tables)
        return
    for table in tables:
        yield Finding(
            "table_without_rules", "warning", "layout",
            f"“{table.name}”没有框线或框线不全，行列由文字对齐推定，请对照原页",
            f"“{table.name}” draws no rules, or not all: its rows and columns were taken from the text's alignment; "
            "compare with the page",
            table.grid.first_page,
        )  # fmt: skip


def _all_without_rules(tables: Sequence[ReadTable]) -> Finding:
    zh = "、".join(f"“{table.name}”（第{table.grid.first_page}页）" for table in tables)
    en = ", ".join(f"“{table.name}” (p. {table.grid.first_page})" for table in tables)
    return Finding(
        "table_without_rules", "warning", "layout",
        f"有{len(tables)}张表没有框线或框线不全，行列由文字对齐推定，请对照原页：{zh}",
        f"{len(tables)} tables draw no rules, or not all: their rows and columns were taken from the text's alignment; "
        f"compare with the pages: {en}",
        tables[0].grid.first_page,
    )  # fmt: skip


def unreferenced(rows: Iterable[Row]) -> Iterable[Finding]:
    """Printed codes that no reference knows, in one finding: taken as printed, to be compared with the page."""
    found: dict[str, Row] = {}
    for row in rows:
        for scheme, column in _CODES.items():
            code = str(row[f"{column}_code"] or "")
            name = str(row[f"{column}_name"] or "")
            is_own = row["code_source"] == "printed" and len(code) in (_CLASS, _CLASS + 2, *_ITEMS[scheme])
            if is_own and not knows(scheme, code) and not (scheme == "subject" and is_common(code, name)):
                found.setdefault(f"{code} {name}".strip(), row)
    if found:
        listed, first = "、".join(found), next(iter(found.values()))
        yield Finding(
            "code_not_in_reference", "info", "undetermined",
            f"有{len(found)}个科目编码不在参考科目表中，照印收入，请对照原页：{listed}",
            f"codes of subjects that no reference table has ({len(found)}), taken as printed; compare with the page: "
            f"{listed}",
            int(str(first["page"])), tuple(str(row["cell_id"]) for row in found.values()),
        )  # fmt: skip


def unit_missing(table: ReadTable, used: str | None) -> Finding:
    """A table that states no unit of money; ``used`` is what its figures were read in, if anything."""
    page = table.grid.first_page
    if used:
        zh = f"“{table.name}”没有写明金额单位，按文件其他表的单位“{used}”计"
        en = f"“{table.name}” states no unit of money; the document's usual unit {used} was used"
        return Finding("unit_missing", "warning", "undetermined", zh, en, page)
    zh = f"“{table.name}”及全文都没有写明金额单位，数字未收入"
    en = f"neither “{table.name}” nor the document states a unit of money; its figures were not taken"
    return Finding("unit_missing", "error", "undetermined", zh, en, page)
