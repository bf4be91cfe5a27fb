"""Every table and every column of the project, declared once.

The Parquet schema, the DuckDB comments, ``datapackage.json``, the data dictionary and the Great Expectations
suites' column lists are all generated from here; nothing else in the project spells a column's type or meaning.
The published tables, their names, keys and units follow the data contract; the interim tables are what one stage
leaves for the next.

Kinds of column
    ``text``     UTF-8 string
    ``integer``  64-bit integer
    ``boolean``
    ``amount``   DECIMAL(18,2), yuan; never a binary float
    ``decimal``  DECIMAL(28,8), any exact number that is not an amount of money in yuan
    ``points``   float64, PDF points, origin at the top left of the page as displayed
    ``strings``  list of strings (in CSV: joined by ``;``)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

import pyarrow as pa

Kind = Literal["text", "integer", "boolean", "amount", "decimal", "points", "strings"]

ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "amount": pa.decimal128(18, 2),
    "decimal": pa.decimal128(28, 8),
    "points": pa.float64(),
    "strings": pa.list_(pa.string()),
}

FUNDS = (
    "total", "fiscal_appropriation", "general_public_budget", "government_fund", "state_capital", "social_insurance",
    "special_account", "unit_funds", "business_revenue", "business_operation_revenue", "superior_subsidy",
    "affiliate_remittance", "other_revenue",
)  # fmt: skip
MONEY_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""The units that pages print money in, in yuan."""
UNITS_APART = tuple(times for each in (1000, 10_000) for times in (Decimal(each), 1 / Decimal(each)))
"""How many times an amount is what it would be in another of the units that are taken for one another."""

FUND_PARTS = {
    "fiscal_appropriation": ("general_public_budget", "government_fund", "state_capital"),
    "unit_funds": (
        "business_revenue", "business_operation_revenue", "superior_subsidy", "affiliate_remittance", "other_revenue",
    ),
}  # fmt: skip
"""The funds that are several others together, and which."""
EXPENDITURE_TYPES = (
    "total", "basic", "personnel", "operating", "project", "business_operation", "remittance_to_superior",
    "subsidy_to_affiliates",
)  # fmt: skip
ORIGINS = ("total", "current_year", "carryover")
PERIODS = ("budget", "prior_budget", "prior_execution", "final", "change", "change_percent")
SIDES = ("revenue", "expenditure")
SUBJECT_LEVELS = ("类", "款", "项", "total")
TABLE_IDS = (
    "budget_summary", "revenue_summary", "expenditure_summary", "appropriation_summary",
    "general_budget_expenditure", "basic_expenditure", "government_fund_revenue", "government_fund_expenditure",
    "state_capital_budget", "three_public_expenses", "agency_operating_expenses", "projects", "projects_carryover",
    "department_performance", "project_performance", "other",
)  # fmt: skip
CELL_ROLES = ("fact", "label", "header", "finding", "blank", "unread")
UNITS = (*MONEY_UNITS, "%")
SEVERITIES = ("error", "warning", "info")
VERDICTS = ("publisher_error", "definition", "layout", "extraction", "undetermined")
OUTCOMES = ("exact", "within_rounding", "fails", "blocked", "not_applicable")
CHECK_SCOPES = ("within_table", "cross_table", "narrative", "performance", "document", "disclosure")
CHECK_KINDS = ("assert", "inferred", "heuristic")

# English titles that a name does not give when it is read as words.
TITLES_EN = {
    "sha256": "SHA-256", "is_facsimile": "Facsimile", "is_quantitative": "Quantitative",
    "publisher_code": "Budget code of the publisher", "jointly_feasible": "Jointly feasible",
    "figures_unbound": "Figures under no identity", "digit_changes": "Single-digit changes",
    "digit_changes_noticed": "Single-digit changes noticed", "last_digit_changes": "Last-digit changes",
    "last_digit_changes_noticed": "Last-digit changes noticed", "source_url": "Published at", "where_from": "Provenance",
    "table_id": "Table of the rule", "side": "Revenue or expenditure", "origin": "Year of the money",
    "period": "Kind of figure", "amount_printed": "Amount as printed", "half_unit": "Half of the last place",
    "value_printed": "Value as printed", "target_printed": "Target as printed", "printed_caption": "Caption as printed",
    "printed_title": "Title as printed", "printed_page": "Page number as printed", "filed_at": "Date of filing",
    "text_raw": "Text before repairs", "name_en": "English name", "rate_percent": "Rate",
    "cofog_code": "COFOG code", "cofog_confidence": "COFOG confidence", "level1": "Indicator, level 1",
    "level2": "Indicator, level 2", "indicator": "Indicator, level 3", "restates_cell_id": "Restated cell",
    "code_source": "Source of the code", "subtotal_amount": "Subtotal of the heading's projects",
    "duration_years": "Duration", "plan": "Schedule", "x0": "Left edge", "y0": "Top edge", "x1": "Right edge",
    "y1": "Bottom edge", "cell_ids": "Cells",
}  # fmt: skip
_ENDINGS_EN = {"id": "identifier", "no": "number"}


def title_from(name: str) -> str:
    """A table's or column's English title: its name read as words (``row_no`` is “Row number”), but for TITLES_EN."""
    if name in TITLES_EN:
        return TITLES_EN[name]
    *words, last = name.split("_")
    return " ".join([*words, _ENDINGS_EN.get(last, last)]).capitalize()


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, Chinese header and its meaning in both languages.

    ``unit`` is what a value is measured in; ``enum`` the closed vocabulary; ``required`` forbids null.
    """

    name: str
    kind: Kind
    title: str
    zh: str
    en: str
    unit: str = ""
    enum: tuple[str, ...] = ()
    required: bool = False

    @property
    def title_en(self) -> str:
        """English header: a short title beside the Chinese ``title``."""
        return title_from(self.name)

    @property
    def description(self) -> str:
        """Both languages, the way it stands in Parquet fields and DuckDB comments."""
        unit = f" [{self.unit}]" if self.unit else ""
        return f"{self.zh} / {self.en}{unit}"


@dataclass(frozen=True)
class ForeignKey:
    """``columns`` of this table refer to ``references`` of table ``table``."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, its key, its references, and what a row is in both languages."""

    name: str
    title: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))
        missing = [name for name in self.key if name not in self.names]
        if missing:
            raise ValueError(f"table {self.name}: key columns {missing} are not declared")

    @property
    def title_en(self) -> str:
        """English title beside the Chinese ``title``."""
        return title_from(self.name)

    @property
    def description(self) -> str:
        """Both languages, the way it stands in DuckDB comments."""
        return f"{self.zh} / {self.en}"

    def column(self, name: str) -> Column:
        """The column called ``name``. Raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def arrow(self) -> pa.Schema:
        """The Arrow schema, with title, description and unit as field metadata."""
        return self._arrow

    @cached_property
    def _arrow(self) -> pa.Schema:
        return pa.schema(
            [_arrow_field(column) for column in self.columns],
            metadata={"title": self.title, "description": self.description},
        )


def _arrow_field(column: Column) -> pa.Field:
    metadata = {"title": column.title, "description": column.description}
    if column.unit:
        metadata["unit"] = column.unit
    return pa.field(column.name, ARROW_TYPES[column.kind], nullable=not column.required, metadata=metadata)


# --- columns that several tables share -----------------------------------------------------------------------------

DOCUMENT_ID = Column(
    "document_id", "text", "文档标识", "一份公开文件的标识", "Identifier of the disclosure", required=True
)
TABLE_NO = Column("table_no", "integer", "表序", "表在文件中的顺序，从1起", "Order of the table in the document, from 1", required=True)  # fmt: skip
ROW_NO = Column("row_no", "integer", "行号", "表内印出的行，从1起，跨页连续", "Printed row within the table, from 1, running on over pages", required=True)  # fmt: skip
COLUMN_NO = Column("column_no", "integer", "列号", "表内网格的列，从1起", "Grid column within the table, from 1", required=True)  # fmt: skip
PAGE = Column("page", "integer", "页码", "PDF 中的页，从1起", "Page of the PDF, from 1")
TEXT = Column("text", "text", "文字", "还原后的文字", "Text after the repairs", required=True)
ITS_PAGE = replace(PAGE, required=True)
CELL_ID = Column(
    "cell_id", "text", "单元格标识", "数字所在的单元格", "The cell that the figure was read from", required=True
)
CELL_IDS = Column("cell_ids", "strings", "单元格", "涉及的全部单元格", "Every cell involved")
FIRST_PAGE = Column("first_page", "integer", "起始页", "开始的页", "First page", required=True)
LAST_PAGE = Column("last_page", "integer", "结束页", "结束的页", "Last page", required=True)
UNIT = Column("unit", "text", "金额单位", "页面所印的金额单位", "Unit of money as printed on the page", enum=UNITS)
AMOUNT = Column("amount", "amount", "金额", "金额；百分比行为空", "Amount; null for percentages", unit="元")
AMOUNT_PRINTED = Column("amount_printed", "text", "原印金额", "页面所印的数字", "The figure as printed", required=True)
HALF_UNIT = Column("half_unit", "decimal", "半个末位", "原印数字末位的一半：真值在 amount ± half_unit 之内", "Half of the last printed place: the true value lies within amount ± half_unit", unit="元")  # fmt: skip
TITLE = Column("printed_title", "text", "表名", "页面所印的表名", "Title as printed")
SUBJECT_CODE = Column("subject_code", "text", "功能科目编码", "支出功能分类科目编码：类3位、款5位、项7位", "Functional subject code: 类 3, 款 5, 项 7 digits")  # fmt: skip
SUBJECT_NAME = Column(
    "subject_name", "text", "功能科目名称", "支出功能分类科目名称", "Functional subject name as printed"
)
SUBJECT_LEVEL = Column("subject_level", "text", "科目级次", "类、款、项，或合计行", "Level of the subject, or total for the total rows", enum=SUBJECT_LEVELS)  # fmt: skip
FUND = Column("fund", "text", "资金来源", "资金性质", "Fund that the money belongs to", enum=FUNDS)
EXPENDITURE_TYPE = Column("expenditure_type", "text", "支出类型", "基本支出、项目支出等", "Type of expenditure: basic, project …", enum=EXPENDITURE_TYPES)  # fmt: skip
ORIGIN = Column("origin", "text", "资金年度", "当年安排、上年结转，或两者合计", "This year's money, carry-over, or both together", enum=ORIGINS)  # fmt: skip
PERIOD = Column("period", "text", "口径", "预算、上年预算、上年执行、决算、增减额、增减率", "Which figure: budget, prior year's budget or execution, final accounts, change, rate of change", enum=PERIODS)  # fmt: skip
BOX = (
    Column("x0", "points", "左", "左边", "Left edge", unit="pt"),
    Column("y0", "points", "上", "上边，自页顶量起", "Top edge, from the top of the page", unit="pt"),
    Column("x1", "points", "右", "右边", "Right edge", unit="pt"),
    Column("y1", "points", "下", "下边", "Bottom edge", unit="pt"),
)
_TO_DOCUMENTS = ForeignKey(("document_id",), "documents", ("document_id",))
_TO_SOURCE_TABLES = ForeignKey(("document_id", "table_no"), "source_tables", ("document_id", "table_no"))
_TO_CELLS = ForeignKey(("cell_id",), "cells", ("cell_id",))


# --- interim: what extraction leaves for normalization --------------------------------------------------------------

PAGES = Table(
    "pages", "页", "文件的一页", "One page of the file as extraction saw it",
    (
        DOCUMENT_ID,
        ITS_PAGE,
        Column("width", "points", "宽", "显示宽度", "Width as displayed", unit="pt"),
        Column("height", "points", "高", "显示高度", "Height as displayed", unit="pt"),
        Column("glyphs", "integer", "字数", "文字层的字形数（不含空白和水印）", "Glyphs of the text layer, less blanks and watermark", required=True),
        Column("watermark_glyphs", "integer", "水印字数", "判为水印而除去的字形数", "Glyphs taken for a watermark and left out", required=True),
        Column("table_digits", "integer", "表内数字位数", "表格范围内的数字字形数", "Digit glyphs inside the tables", required=True),
        Column("text_layer", "text", "文字层", "数字文本，或盖在图片上的识别文本；没有文字为空", "Digital text, or recognised text over a picture; null without text", enum=("digital", "ocr")),
        Column("problem", "text", "问题", "不能读的原因；能读为空", "Why the page could not be read; null when it could"),
        Column("damaged_places", "integer", "损坏处数", "全文件数据损坏或缺失的处数，各页相同", "Places of the whole file where its data are damaged or missing, the same on every page", required=True),
    ),
    ("document_id", "page"),
)  # fmt: skip

RAW_TABLES = Table(
    "raw_tables", "表（抽取）", "抽取到的一张表（跨页已接续）", "One table as extracted, continued over pages",
    (
        DOCUMENT_ID, TABLE_NO, FIRST_PAGE, LAST_PAGE,
        Column("row_count", "integer", "行数", "印出的行数", "Printed rows", required=True),
        Column("column_count", "integer", "列数", "网格列数", "Grid columns", required=True),
        Column("method", "text", "方法", "按框线或按文字对齐识别", "Found by its rules or by the alignment of its text", enum=("ruled", "aligned"), required=True),
        *BOX,
    ),
    ("document_id", "table_no"),
)  # fmt: skip

RAW_CELLS = Table(
    "raw_cells", "单元格（抽取）", "抽取到的一个单元格", "One cell as extracted",
    (
        DOCUMENT_ID, TABLE_NO, ROW_NO, COLUMN_NO,
        ITS_PAGE,
        Column("row_span", "integer", "跨行", "合并的行数", "Rows that the cell spans", required=True),
        Column("column_span", "integer", "跨列", "合并的列数", "Columns that the cell spans", required=True),
        *BOX,
        Column("text_raw", "text", "原文", "文字层原文，换行保留", "Text of the text layer, line breaks kept", required=True),
        TEXT,
        Column("repairs", "strings", "还原", "所做的还原", "Repairs made"),
        Column("continued", "boolean", "续页", "该行在续页的第一行", "The row is the first on a page that the table continues on", required=True),
        Column("open_below", "boolean", "下方无线", "单元格在页末没有下框线：被分页截断", "No rule closes the cell at the foot of its page: a page break cut it"),
    ),
    ("document_id", "table_no", "row_no", "column_no"),
)  # fmt: skip

LINES = Table(
    "lines", "正文行", "表格以外印出的一行", "One printed line outside the tables",
    (
        DOCUMENT_ID,
        Column("line_no", "integer", "行序", "文件内阅读顺序，从1起", "Reading order in the document, from 1", required=True),
        ITS_PAGE,
        Column("paragraph_no", "integer", "段落序", "同段各行相同，可跨页", "Same for the lines of one paragraph, also over a page break", required=True),
        Column("table_no", "integer", "其后的表", "阅读顺序中下一张表的表序", "Number of the next table in reading order", required=True),
        *BOX,
        Column("size", "points", "字号", "字号", "Font size", unit="pt"),
        Column("role", "text", "角色", "正文、页码、页眉页脚", "Body, page number, running head", enum=("body", "page_number", "running_head"), required=True),
        TEXT,
    ),
    ("document_id", "line_no"),
)  # fmt: skip

INTERIM = {table.name: table for table in (PAGES, RAW_TABLES, RAW_CELLS, LINES)}


# --- published ------------------------------------------------------------------------------------------------------

DOCUMENTS = Table(
    "documents", "文件", "一份部门预算或决算公开文件", "One disclosure",
    (
        DOCUMENT_ID,
        Column("source_file", "text", "文件名", "原始文件名", "Name of the source file", required=True),
        Column("sha256", "text", "校验和", "原始文件的 SHA-256，不能读取的为空文本", "SHA-256 of the source file; empty text where it cannot be read", required=True),
        Column("page_count", "integer", "页数", "页数；不能打开为0", "Pages; 0 when the file could not be opened", required=True),
        Column("publisher", "text", "公开单位", "部门或单位名称", "Department or unit as printed"),
        Column("publisher_code", "text", "单位代码", "部门预算代码", "Budget code of the department, as printed"),
        Column("region_code", "text", "行政区划代码", "GB/T 2260 行政区划代码", "GB/T 2260 code of the region"),
        Column("region_name", "text", "行政区划", "行政区划名称", "Name of the region"),
        Column("fiscal_year", "integer", "年度", "预算年度", "Fiscal year"),
        Column("document_type", "text", "类型", "预算或决算", "Budget or final accounts", enum=("budget", "final_accounts")),
        Column("level", "text", "层级", "部门（含所属单位）或单位", "Department (with its units) or a single unit", enum=("department", "unit")),
        Column("text_layer", "text", "文字层", "数字文本；有识别文本（盖在图片上）的页则为识别文本；没有文字层为空", "Digital text; ocr when any page's text was recognised from a picture; null when the file has no text", enum=("digital", "ocr")),
        Column("is_facsimile", "boolean", "是否仿制件", "真：按公布文字重排的仿制件，并非原件", "True: a facsimile typeset from the published text, not the original file", required=True),
        Column("table_count", "integer", "表数", "识别出的规定表数（不含 other）", "Recognised tables of the rule (without other)", required=True),
        Column("figure_count", "integer", "数字数", "budget_lines 行数", "Rows in budget_lines", required=True),
        Column("jointly_feasible", "boolean", "联合可行", "存在一组真值同时满足全部 assert 恒等式；未检验为空", "One set of true amounts satisfies every assert identity; null when not tested"),
        Column("figures_unbound", "integer", "无约束数字", "没有恒等式约束的数字数", "Figures that no assert identity binds"),
        Column("digit_changes", "integer", "单数字改动", "逐个改动一位数字的改动数：发现率的分母", "Changes of one digit, everywhere in the figures: what detection power is measured over"),
        Column("digit_changes_noticed", "integer", "发现的改动", "其中恒等式发现的", "of which the identities notice"),
        Column("last_digit_changes", "integer", "末位改动", "其中改动印出的末位的", "of which of the last printed digit"),
        Column("last_digit_changes_noticed", "integer", "发现的末位改动", "末位改动中恒等式发现的", "of those the identities notice"),
        Column("source_url", "text", "公开网址", "公开该文件的网址", "Address where the disclosure is published"),
        Column("where_from", "text", "来处", "本项目怎样得到该文件", "How the file came to this project"),
    ),
    ("document_id",),
)  # fmt: skip

SOURCE_TABLES = Table(
    "source_tables", "表", "文件中的一张表", "One printed table",
    (
        DOCUMENT_ID, TABLE_NO,
        Column("table_id", "text", "表别", "规定表的标识，其余为 other", "Which table of the rule it is, or other", enum=TABLE_IDS, required=True),
        Column("printed_caption", "text", "表号", "页面所印的表号", "Caption or number as printed"),
        TITLE, FIRST_PAGE, LAST_PAGE, UNIT,
        Column("row_count", "integer", "行数", "印出的行数", "Printed rows", required=True),
        Column("column_count", "integer", "列数", "网格列数", "Grid columns", required=True),
        Column("state", "text", "状态", "有数字或空表", "With figures, or empty", enum=("data", "empty"), required=True),
    ),
    ("document_id", "table_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

BUDGET_LINES = Table(
    "budget_lines", "预算数字", "表中印出的一个数字", "One printed figure of a recognised table",
    (
        DOCUMENT_ID, TABLE_NO, ROW_NO, COLUMN_NO,
        Column("table_id", "text", "表别", "规定表的标识", "Which table of the rule it stands in", enum=TABLE_IDS, required=True),
        ITS_PAGE,
        CELL_ID, SUBJECT_CODE, SUBJECT_NAME, SUBJECT_LEVEL,
        Column("economic_code", "text", "部门经济科目编码", "部门预算支出经济分类科目编码", "Economic subject code, department scheme"),
        Column("economic_name", "text", "部门经济科目名称", "部门预算支出经济分类科目名称", "Economic subject name, department scheme"),
        Column("government_economic_code", "text", "政府经济科目编码", "政府预算支出经济分类科目编码", "Economic subject code, government scheme"),
        Column("government_economic_name", "text", "政府经济科目名称", "政府预算支出经济分类科目名称", "Economic subject name, government scheme"),
        Column("code_source", "text", "编码来源", "编码印在页面上或取自参考表", "Whether the code is printed or taken from the reference tables", enum=("printed", "reference")),
        Column("item", "text", "项目", "行的标题（项目横排的表为列标题）", "Label of the row (of the column, where a table spreads its items over columns)"),
        Column("project_name", "text", "项目名称", "项目支出的项目名称", "Name of the project"),
        Column("unit_name", "text", "单位名称", "分单位列示时的单位", "Unit, where a table lists units"),
        Column("side", "text", "收支", "收入或支出", "Revenue or expenditure", enum=SIDES),
        FUND, EXPENDITURE_TYPE, ORIGIN, PERIOD, AMOUNT,
        Column("value", "text", "比率", "百分比，按原印；金额行为空", "Percentage as printed; null for amounts"),
        AMOUNT_PRINTED, UNIT, HALF_UNIT,
        Column("column_header", "text", "列标题", "列标题路径，以 / 分隔", "Path of the column's headings, joined by /"),
    ),
    ("document_id", "table_no", "row_no", "column_no"),
    (_TO_DOCUMENTS, _TO_SOURCE_TABLES, _TO_CELLS),
)  # fmt: skip


def _money(name: str, title: str, zh: str, en: str) -> Column:
    return Column(name, "amount", title, zh, en, unit="元")


_SOURCES = (
    ("total_amount", "资金总额", "Total"),
    ("central_amount", "中央财政资金", "Central funds"),
    ("provincial_amount", "省级财政资金", "Provincial funds"),
    ("local_amount", "市县（区）财政资金", "Local funds"),
    ("self_raised_amount", "单位自筹", "Self-raised funds"),
    ("other_amount", "其他资金", "Other funds"),
)
_UNSPLIT = (
    ("fiscal_amount", "财政拨款（不分级）", "Fiscal funds, where the form does not split them by level"),
    ("carryover_amount", "上年结转", "Carry-over from last year"),
)


def _sheet_money(
    term: Literal["term", "annual"], sources: tuple[tuple[str, str, str], ...] = _SOURCES
) -> tuple[Column, ...]:
    zh, en = ("实施期", "whole term") if term == "term" else ("年度", "year")
    return tuple(
        _money(
            f"{term}_{name}", f"{zh}{title}", f"绩效目标表所列{zh}{title}", f"{label}, {en}, on the performance sheet"
        )
        for name, title, label in sources
    )


PROJECTS = Table(
    "projects", "项目", "一个项目（按当年、结转分列）", "One project and origin",
    (
        DOCUMENT_ID,
        Column("project_id", "text", "项目标识", "文件内的项目标识；同一行所列的上年结转，标识后加 c", "Identifier of the project within the document; of the carry-over printed in the same row the same with a c", required=True),
        Column("project_name", "text", "项目名称", "项目名称", "Name of the project", required=True),
        Column("unit_name", "text", "单位名称", "项目所属单位", "Unit that the project belongs to"),
        ORIGIN,
        _money("amount", "金额", "项目表所列合计；文件没有项目表的，取绩效目标表的年度资金总额", "Total in the project table; in a disclosure without one, the annual total of the sheet"),
        _money("general_public_budget_amount", "一般公共预算", "其中一般公共预算", "of which general public budget"),
        _money("government_fund_amount", "政府性基金", "其中政府性基金预算", "of which government fund"),
        _money("state_capital_amount", "国有资本经营", "其中国有资本经营预算", "of which state capital budget"),
        _money("special_account_amount", "财政专户管理资金", "其中财政专户管理资金", "of which special account"),
        _money("unit_funds_amount", "单位资金", "其中单位资金", "of which unit funds"),
        Column("department_in_charge", "text", "主管部门", "主管部门", "Department in charge"),
        Column("department_code", "text", "主管部门代码", "主管部门代码", "Code of the department in charge"),
        Column("implementing_unit", "text", "实施单位", "实施单位", "Implementing unit"),
        Column("recurrence", "text", "项目属性", "一次性或经常性", "One-off or recurrent", enum=("一次性", "经常性")),
        Column("duration_years", "integer", "项目期", "项目期", "Duration", unit="年"),
        *_sheet_money("term"), *_sheet_money("annual"),
        Column("overview", "text", "项目概况", "项目概况", "Overview"),
        Column("basis", "text", "立项依据", "立项依据", "Basis"),
        Column("necessity", "text", "项目设立必要性", "项目设立必要性", "Necessity"),
        Column("measures", "text", "保证措施", "保证项目实施的制度、措施", "Rules and measures that secure it"),
        Column("plan", "text", "项目实施计划", "项目实施计划", "Plan"),
        Column("term_goal", "text", "实施期目标", "实施期总体目标", "Goal for the whole term"),
        Column("annual_goal", "text", "年度目标", "年度总体目标", "Goal for the year"),
        Column("filed_at", "text", "填报日期", "填报日期，ISO 8601", "When the form was filed, ISO 8601"),
        Column("match_ground", "text", "匹配依据", "绩效目标表与项目表如何对应", "How the sheet was matched to the row of the project table"),
        FIRST_PAGE, LAST_PAGE, CELL_IDS,
        HALF_UNIT,
        _money("subtotal_amount", "小计", "该行是类别，其下各项目之和；类别行的 amount 为空，以免重复相加", "The row is a heading: sum of the projects under it; its amount is null, so that amounts add up"),
        Column("project_code", "text", "项目编码", "绩效目标表所印的项目编码", "Code of the project, where its sheet prints one"),
        *_sheet_money("term", _UNSPLIT), *_sheet_money("annual", _UNSPLIT),
        Column("sheet_name", "text", "绩效目标表上的项目名称", "绩效目标表自己印的项目名称", "The project's name as its own sheet prints it"),
    ),
    ("document_id", "project_id"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

PERFORMANCE_TARGETS = Table(
    "performance_targets", "绩效指标", "一个绩效指标（实施期或年度）", "One performance indicator and term",
    (
        DOCUMENT_ID,
        Column("sheet_no", "integer", "表序", "绩效目标表的表序", "Table number of the sheet", required=True),
        Column("project_id", "text", "项目标识", "项目；整体绩效为空", "Project; null for the whole department"),
        Column("term", "text", "期间", "实施期或年度", "Whole term or the year", enum=("term", "annual"), required=True),
        Column("target_no", "integer", "序号", "表内序号", "Number within the sheet and term", required=True),
        Column("level1", "text", "一级指标", "一级指标", "First-level indicator"),
        Column("level2", "text", "二级指标", "二级指标", "Second-level indicator"),
        Column("indicator", "text", "三级指标", "三级指标", "Third-level indicator", required=True),
        Column("target_printed", "text", "指标值", "指标值，按原印", "Target as printed"),
        Column("operator", "text", "关系", "比较关系", "Comparison", enum=("≥", "≤", "=", ">", "<")),
        Column("value", "decimal", "数值", "数值", "Value"),
        Column("unit", "text", "单位", "数值的单位", "Unit of the value"),
        Column("is_quantitative", "boolean", "是否定量", "是否定量", "Whether the target is a number", required=True),
        ITS_PAGE,
        CELL_IDS,
    ),
    ("document_id", "sheet_no", "term", "target_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

NARRATIVE_FIGURES = Table(
    "narrative_figures", "文字说明中的数字", "说明文字中的一个数字", "One figure in the text",
    (
        DOCUMENT_ID,
        Column("figure_no", "integer", "序号", "文件内的顺序", "Order in the document", required=True),
        Column("section", "text", "章节", "所在的标题", "Heading that it stands under"),
        Column("sentence", "text", "句子", "所在的句子", "Sentence that it stands in", required=True),
        Column("subject", "text", "对象", "所量度的对象；不能断定的空着。“（此前）”：所比的、或由之增减而来的数；“（界限）”：只划界限的数（50万元以上）", "What it measures; empty where it cannot be told. （此前）: a figure of before that this one is compared with or came from; （界限）: a number that only bounds"),
        Column("kind", "text", "类别", "金额、占比、数量、增减、面积", "Amount, percentage, count, change or area", enum=("amount", "percent", "count", "change", "area"), required=True),
        Column("direction", "text", "方向", "增加或减少；文字只说增减的空着", "Increase or decrease; empty where the text says only that it changed", enum=("increase", "decrease")),
        Column("value", "decimal", "数值", "数值；金额以元计", "Value; amounts in yuan"),
        Column("value_printed", "text", "原印数字", "页面所印的数字", "The figure as printed", required=True),
        Column("unit", "text", "单位", "页面所印的单位", "Unit as printed"),
        ITS_PAGE,
        Column("restates_cell_id", "text", "对应单元格", "句子复述的表内数字", "Cell of the table figure that the sentence restates"),
    ),
    ("document_id", "figure_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

CELLS = Table(
    "cells", "单元格", "表中的一个单元格：每个数字的出处", "One cell of a table: where every figure came from",
    (
        CELL_ID, DOCUMENT_ID,
        ITS_PAGE,
        TABLE_NO, ROW_NO, COLUMN_NO,
        Column("row_span", "integer", "跨行", "合并的行数", "Rows that the cell spans", required=True),
        Column("column_span", "integer", "跨列", "合并的列数", "Columns that the cell spans", required=True),
        *BOX,
        Column("text_raw", "text", "原文", "文字层原文，换行保留", "Text of the text layer, line breaks kept", required=True),
        TEXT,
        Column("repairs", "strings", "还原", "所做的还原", "Repairs made"),
        Column("confidence", "decimal", "置信度", "仅识别文本有", "OCR only"),
        Column("role", "text", "去向", "数字、标题、列标题、问题、空白；未识别的表为 unread", "Where the cell ended: fact, label, header, finding, blank; unread in a table that is none of ours", enum=CELL_ROLES, required=True),
    ),
    ("cell_id",),
    (_TO_DOCUMENTS, _TO_SOURCE_TABLES),
)  # fmt: skip

CHECKS = Table(
    "checks", "勾稽检验", "一条恒等式在一份文件上的一次检验", "One arithmetic identity on one document",
    (
        DOCUMENT_ID,
        Column("check_id", "text", "检验标识", "文件内的检验标识", "Identifier of the check within the document", required=True),
        Column("family", "text", "恒等式", "expectations/identities.yaml 中的族", "Family in expectations/identities.yaml", required=True),
        Column("scope", "text", "范围", "表内、表间、文字、绩效、全文、公开完整性", "Where the identity holds", enum=CHECK_SCOPES, required=True),
        Column("kind", "text", "性质", "必须成立、推断、经验", "Must hold, inferred, or plausibility only", enum=CHECK_KINDS, required=True),
        Column("statement", "text", "表述", "可读的等式", "The identity in words", required=True),
        Column("left", "decimal", "左", "左边的值", "Left side", unit="元"),
        Column("right", "decimal", "右", "右边的值", "Right side", unit="元"),
        Column("difference", "decimal", "差", "左减右", "Left less right", unit="元"),
        Column("tolerance", "decimal", "容许", "由末位推得的容许差", "Tolerance derived from the printed places", unit="元"),
        Column("outcome", "text", "结果", "相等、舍入之内、不成立、受阻、不适用", "Outcome", enum=OUTCOMES, required=True),
        CELL_IDS,
    ),
    ("document_id", "check_id"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

FINDINGS = Table(
    "findings", "问题", "文件中一处错误或存疑", "What is wrong or doubtful in a disclosure, or could not be read",
    (
        DOCUMENT_ID,
        Column("finding_id", "text", "问题标识", "文件内的问题标识", "Identifier of the finding within the document", required=True),
        Column("check_id", "text", "检验标识", "引出它的检验", "The check that it comes from"),
        Column("check_ids", "strings", "全部检验", "同一原因不成立的全部检验，引出它的检验在内", "Every check that fails for the same reason, that one among them"),
        Column("severity", "text", "程度", "错误、警告、提示", "Severity", enum=SEVERITIES, required=True),
        Column("verdict", "text", "判断", "公布错误、口径、版式、抽取、未定", "Verdict", enum=VERDICTS, required=True),
        Column("code", "text", "种类", "问题种类，固定词汇", "Kind of finding, a fixed word", required=True),
        Column("explanation", "text", "说明", "中文和英文说明", "Explanation in Chinese and English", required=True),
        PAGE, CELL_IDS,
    ),
    ("document_id", "finding_id"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

COVERAGE = Table(
    "coverage", "数字去向", "一页的表内数字各去了哪里", "Where the numbers inside the tables of one page went",
    (
        DOCUMENT_ID,
        ITS_PAGE,
        Column("digits_in_text_layer", "integer", "文字层数字位数", "文字层中表格范围内的数字字形数", "Digit glyphs of the text layer inside the tables", required=True),
        Column("digits_in_cells", "integer", "单元格数字位数", "单元格文字中的数字位数", "Digits in the text of the cells", required=True),
        Column("numbers", "integer", "数字数", "单元格中的数字个数", "Numbers in the cells", required=True),
        Column("facts", "integer", "数据", "成为 budget_lines 等表数据的个数", "of which facts", required=True),
        Column("labels", "integer", "行标题", "在行标题中的个数", "of which in labels", required=True),
        Column("headers", "integer", "列标题", "在列标题中的个数", "of which in headers", required=True),
        Column("findings", "integer", "问题", "列为问题的个数", "of which findings", required=True),
        Column("unread", "integer", "未读", "在未识别的表中的个数", "of which in tables that are none of ours", required=True),
    ),
    ("document_id", "page"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

SUBJECTS = Table(
    "subjects", "功能科目", "支出功能分类科目", "Functional subjects",
    (
        Column("code", "text", "编码", "类3位、款5位、项7位", "3, 5 or 7 digits", required=True),
        Column("name", "text", "名称", "科目名称", "Name", required=True),
        Column("name_en", "text", "英文名称", "英文名称", "English name"),
        Column("level", "text", "级次", "类、款、项", "Level", enum=("类", "款", "项"), required=True),
        Column("parent_code", "text", "上级编码", "上级科目编码", "Code of the parent"),
        Column("cofog_code", "text", "COFOG 编码", "联合国政府职能分类", "COFOG code"),
        Column("cofog_confidence", "text", "COFOG 把握", "对应的把握", "Confidence of the COFOG mapping", enum=("high", "medium", "low")),
        Column("source", "text", "来源", "科目名称的来源", "Where the name comes from", required=True),
    ),
    ("code",),
)  # fmt: skip

ECONOMIC_SUBJECTS = Table(
    "economic_subjects", "经济科目", "支出经济分类科目", "Economic subjects",
    (
        Column("scheme", "text", "体系", "部门预算或政府预算经济分类", "Department or government scheme", enum=("department", "government"), required=True),
        Column("code", "text", "编码", "类3位、款5位", "3 or 5 digits", required=True),
        Column("name", "text", "名称", "科目名称", "Name", required=True),
        Column("level", "text", "级次", "类、款", "Level", enum=("类", "款"), required=True),
        Column("parent_code", "text", "上级编码", "上级科目编码", "Code of the parent"),
        Column("source", "text", "来源", "科目名称的来源", "Where the name comes from", required=True),
    ),
    ("scheme", "code"),
)  # fmt: skip

GLOSSARY = Table(
    "glossary", "名词解释", "文件所附的一条名词解释", "One term that a disclosure explains",
    (
        DOCUMENT_ID,
        Column("term_no", "integer", "序号", "文件内的顺序", "Order in the document", required=True),
        Column("term", "text", "名词", "名词", "Term", required=True),
        Column("definition", "text", "解释", "解释", "Definition", required=True),
        ITS_PAGE,
    ),
    ("document_id", "term_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

DEPARTMENT_PROFILE = Table(
    "department_profile", "部门概况", "部门的一项概况数字", "One figure of the department's profile",
    (
        DOCUMENT_ID,
        Column("attribute_no", "integer", "序号", "文件内的顺序", "Order in the document", required=True),
        Column("attribute", "text", "项目", "编制、在职、车辆、面积等", "Establishment, staff, vehicles, floor area …", required=True),
        Column("value", "decimal", "数值", "数值；文字项为空", "Value; null where the attribute is a text"),
        Column("unit", "text", "单位", "数值的单位", "Unit of the value"),
        ITS_PAGE,
        Column("text", "text", "文字", "部门整体绩效目标表所填的文字（职责、任务、目标）", "Text of the whole-department sheet: duties, tasks, goals"),
    ),
    ("document_id", "attribute_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

IMPLIED_PREVIOUS_YEAR = Table(
    "implied_previous_year", "推算的上年数", "由文字中的增减额与增减率推得的上年数区间", "Last year's figure implied by a change and a rate in the text",
    (
        DOCUMENT_ID,
        Column("implied_no", "integer", "序号", "文件内的顺序", "Order in the document", required=True),
        Column("subject", "text", "对象", "所量度的对象", "What it measures", required=True),
        Column("low", "decimal", "下限", "上年数下限", "Lower bound", unit="元"),
        Column("high", "decimal", "上限", "上年数上限", "Upper bound", unit="元"),
        _money("change", "增减额", "文字所述增减额，减少为负", "Change stated in the text, negative for a decrease"),
        Column("rate_percent", "decimal", "增减率", "文字所述增减率，减少为负", "Rate stated in the text, negative for a decrease", unit="%"),
        Column("sentence", "text", "句子", "所在的句子", "Sentence that it comes from", required=True),
        ITS_PAGE,
    ),
    ("document_id", "implied_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

NAME_LISTS = Table(
    "name_lists", "文字所列名目", "说明文字一一列举的一个名目（人员经费主要包括：……）", "One name of a list in the text (personnel expenses include …)",
    (
        DOCUMENT_ID,
        Column("list_no", "integer", "列举序", "文件内第几处列举", "Number of the list in the document", required=True),
        Column("name_no", "integer", "序号", "该处列举中的顺序", "Order in the list", required=True),
        Column("subject", "text", "对象", "所列名目属于什么", "What the names are parts of"),
        Column("name", "text", "名目", "所列的名目", "The name", required=True),
        Column("section", "text", "章节", "所在的标题", "Heading that it stands under"),
        Column("sentence", "text", "句子", "所在的句子", "Sentence that it stands in", required=True),
        ITS_PAGE,
    ),
    ("document_id", "list_no", "name_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

CONTENTS = Table(
    "contents", "目录", "文件目录中的一条，及其在正文中的所在", "One entry of the contents page, and where the body prints it",
    (
        DOCUMENT_ID,
        Column("entry_no", "integer", "序号", "目录中的顺序", "Order in the contents", required=True),
        Column("kind", "text", "类别", "一张表或一个章节", "A table or a section", enum=("table", "section"), required=True),
        Column("number", "text", "编号", "所印编号（表一、第一部分、一、）", "Number as printed"),
        Column("title", "text", "标题", "所印标题，不含编号和页码", "Title as printed, without number and page", required=True),
        Column("printed_page", "integer", "所印页码", "目录所印的页码", "Page number that the contents print"),
        Column("page", "integer", "页码", "目录所在的 PDF 页，从1起", "Page of the PDF that the entry stands on, from 1", required=True),
        Column("said_empty", "boolean", "注明空表", "目录注明是空表；目录没有这一栏为空", "The contents say that the table is empty; null where they have no such column"),
        Column("table_no", "integer", "表序", "所指的表；没有找到为空", "The table that it names; null when it was not found"),
        Column("body_title", "text", "正文标题", "正文所印的标题；没有找到为空", "Title that the body prints; null when it was not found"),
        Column("body_page", "integer", "正文页码", "正文标题所在的 PDF 页", "Page of the PDF that prints it in the body"),
    ),
    ("document_id", "entry_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

STATEMENTS = Table(
    "statements", "文字陈述", "一句不是数字的陈述：空表说明、没有某项经费、单位名称等",
    "Something said that is no figure: an empty table, no such money, the department's name",
    (
        DOCUMENT_ID,
        Column("statement_no", "integer", "序号", "文件内的顺序", "Order in the document", required=True),
        Column("kind", "text", "类别", "空表说明、没有某项、某项为零、单位名称、年度、模板残留", "A table is empty, there is none of it, it is nought, the department's name, a year in a heading, a template's remains", enum=("empty_table", "none", "zero", "publisher", "year", "placeholder"), required=True),
        Column("subject", "text", "对象", "所说的事：某项经费、年度", "What it is about: kind of money, year"),
        Column("text", "text", "文字", "原文或所述名称", "The words, or the name stated", required=True),
        Column("table_id", "text", "表别", "所说的规定表", "Which table of the rule it is about", enum=TABLE_IDS),
        Column("table_no", "integer", "表序", "所在或所说的表", "The table that it stands at"),
        ITS_PAGE,
        CELL_IDS,
    ),
    ("document_id", "statement_no"),
    (_TO_DOCUMENTS,),
)  # fmt: skip

FACT_TABLES = (
    DOCUMENTS, SOURCE_TABLES, BUDGET_LINES, PROJECTS, PERFORMANCE_TARGETS, NARRATIVE_FIGURES, CELLS, CHECKS, FINDINGS,
    COVERAGE, SUBJECTS, ECONOMIC_SUBJECTS, GLOSSARY, DEPARTMENT_PROFILE, IMPLIED_PREVIOUS_YEAR, NAME_LISTS,
    CONTENTS, STATEMENTS,
)  # fmt: skip


# --- convenience tables: projections of budget_lines for portals -----------------------------------------------------


@dataclass(frozen=True)
class Convenience:
    """A tidy projection of ``budget_lines``: the rows of ``table_ids`` (of ``side``, where given), some columns.

    One by ``subject`` has the rows of functional subjects and their totals: none of economic items.
    """

    table: Table
    table_ids: tuple[str, ...]
    side: str | None = None

    @property
    def by_subject(self) -> bool:
        """Whether it is keyed by the functional subject."""
        return "subject_code" in self.table.names


_FIGURE = (AMOUNT, AMOUNT_PRINTED, UNIT, HALF_UNIT)
_WHERE = (DOCUMENT_ID, TABLE_NO, ROW_NO, COLUMN_NO, PAGE, CELL_ID)


def _convenience(
    name: str, title: str, zh: str, en: str, columns: tuple[str, ...], table_ids: tuple[str, ...], side: str | None
) -> Convenience:
    chosen = tuple(BUDGET_LINES.column(column) for column in columns)
    place = (
        Column("publisher", "text", "公开单位", "部门或单位名称", "Department or unit as printed"),
        Column("region_name", "text", "行政区划", "行政区划名称", "Name of the region"),
        Column("fiscal_year", "integer", "年度", "预算年度", "Fiscal year"),
    )
    table = Table(
        name, title, zh, en, (*place, *chosen, *_FIGURE, *_WHERE), BUDGET_LINES.key, (_TO_DOCUMENTS, _TO_CELLS)
    )
    return Convenience(table, table_ids, side)


CONVENIENCE = (
    _convenience(
        "revenue_by_subject", "收入（按功能科目）", "按功能科目的收入", "Revenue by functional subject",
        ("subject_code", "subject_name", "subject_level", "unit_name", "fund", "origin", "period"),
        ("revenue_summary",), "revenue",
    ),
    _convenience(
        "expenditure_by_subject", "支出（按功能科目）", "按功能科目的支出", "Expenditure by functional subject",
        ("table_id", "subject_code", "subject_name", "subject_level", "unit_name", "fund", "expenditure_type", "origin", "period"),
        ("expenditure_summary", "general_budget_expenditure", "government_fund_expenditure"), "expenditure",
    ),
    _convenience(
        "basic_expenditure_by_economic_subject", "基本支出（按经济科目）", "按经济科目的基本支出，多为一般公共预算", "Basic expenditure by economic subject",
        ("economic_code", "economic_name", "government_economic_code", "government_economic_name", "item", "fund", "expenditure_type", "origin", "period"),
        ("basic_expenditure",), None,
    ),
    _convenience(
        "three_public_expenses", "“三公”经费", "“三公”经费支出", "The three public expenses",
        ("item", "unit_name", "fund", "period"), ("three_public_expenses",), None,
    ),
    _convenience(
        "agency_operating_expenses", "机关运行经费", "机关运行经费", "Agency operating expenses",
        ("item", "unit_name", "fund", "period"), ("agency_operating_expenses",), None,
    ),
)  # fmt: skip

PUBLISHED = {table.name: table for table in (*FACT_TABLES, *(view.table for view in CONVENIENCE))}
