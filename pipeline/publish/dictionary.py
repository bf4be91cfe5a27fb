"""``data-dictionary.md``: what every published table and column means, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.publish.files import put_text
from pipeline.publish.statements import LICENCES, TITLE
from pipeline.schema import CONVENIENCE, Column, Convenience, ForeignKey, Kind, Table
from pipeline.spreadsheet import SEPARATOR

KINDS: dict[Kind, str] = {
    "text": "文本 / text",
    "integer": "整数 / integer",
    "boolean": "真假 / boolean",
    "amount": "金额，两位小数 / decimal, two places",
    "decimal": "精确小数 / exact decimal",
    "points": "坐标 / floating point",
    "strings": f"文本列表，CSV 中以 `{SEPARATOR}` 分隔 / list of texts, joined by `{SEPARATOR}` in CSV",
}

READING = f"""\
- 每张表有 CSV（UTF-8，逗号分隔，换行为 LF）、Parquet（zstd）两种文件，并在 `budget.duckdb` 中。
  Every table is a CSV (UTF-8, commas, line feeds), a Parquet file (zstd) and a table of `budget.duckdb`.
- 金额一律为元，精确到分。 Amounts are exact decimals in yuan.
- CSV 中空值为空，空文本为 `""`，真假为 `true`/`false`，列表各项以 `{SEPARATOR}` 分隔，小数不用科学计数法。
  In CSV null is empty, an empty text `""`, truth values `true`/`false`, lists joined by `{SEPARATOR}`, no exponents.
- 编码是文本。CSV 不能标明类型，程序读取时请按本字典或 `datapackage.json` 指定类型（或用 Parquet、DuckDB）。
  Codes are text. A CSV cannot type its columns: give the types from here or from `datapackage.json`, or take Parquet
  or DuckDB.
- 供电子表格用的 `*.zh.csv` 有中文列名和字节序标记，文本都加引号。直接打开时，编码（如 `2013101`）会成为数字，各位不变；
  要保留为文本，请用“数据→从文本/CSV”导入并将该列设为文本（LibreOffice：勾选“将引用字段格式化为文本”）。
  打开时会被改动或当公式计算的文本（前导零、超过15位的数字、日期样、以 `=` `+` `@` 开头）前加一个制表符；
  程序请读不带 `.zh` 的文件。
  `*.zh.csv`, for spreadsheets, have Chinese headers and a byte order mark, and every text is quoted. Opened directly,
  a code (`2013101`) becomes a number of the same digits; to keep it a text, import the file (Excel: Data → From
  Text/CSV, column type Text; LibreOffice: tick “Format quoted field as text”). A text that a spreadsheet would change
  or calculate (leading zero, more than 15 digits, date-like, beginning with `=` `+` `@`) has a tab before it; programs
  should read the files without `.zh`.
"""


def write_dictionary(path: Path, tables: Sequence[Table]) -> Path:
    """One section a table: what a row is, key, references, columns with type, unit and vocabulary."""
    return put_text(path, dictionary(tables))


def dictionary(tables: Sequence[Table]) -> str:
    """The whole text."""
    head = f"# 数据字典 / Data dictionary\n\n{TITLE[0]} / {TITLE[1]}\n\n## 读法 / How to read the files\n\n{READING}"
    licences = "".join(f"- {licence.zh}。 {licence.en}.\n" for licence in LICENCES)
    contents = "".join(f"- [`{table.name}`](#{table.name}) {_titles(table)}：{table.description}\n" for table in tables)
    parts = [head, f"## 许可 / Licences\n\n{licences}", f"## 各表 / Tables\n\n{contents}", *map(section, tables)]
    return "\n".join(parts)


def section(table: Table) -> str:
    """The section of one table."""
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"## {table.name}\n", f"**{_titles(table)}** {table.description}\n", f"- 主键 / key: {key}"]
    lines += [_reference(reference) for reference in table.foreign_keys]
    lines += [_origin(view) for view in CONVENIENCE if view.table.name == table.name]
    lines += [
        "",
        "| 列 / column | 标题 / title | 类型 / type | 单位 / unit | 必填 / required | 说明 / meaning | 取值 / values |",
    ]
    lines += ["|---|---|---|---|---|---|---|", *(_row(column) for column in table.columns), ""]
    return "\n".join(lines)


def _titles(named: Table | Column) -> str:
    return f"{named.title} / {named.title_en}"


def _reference(reference: ForeignKey) -> str:
    columns, others = (", ".join(f"`{name}`" for name in names) for names in (reference.columns, reference.references))
    return f"- 引用 / refers: {columns} → `{reference.table}` ({others})"


def _origin(view: Convenience) -> str:
    tables = ", ".join(f"`{table_id}`" for table_id in view.table_ids)
    side = f", `side` = `{view.side}`" if view.side else ""
    return f"- 取自 / taken from: `budget_lines` where `table_id` in ({tables}){side}"


def _row(column: Column) -> str:
    values = ", ".join(f"`{value}`" for value in column.enum)
    required = "是 / yes" if column.required else ""
    meaning = f"{column.zh} / {column.en}"
    cells = (f"`{column.name}`", _titles(column), KINDS[column.kind], column.unit, required, meaning, values)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
