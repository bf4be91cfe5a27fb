"""``data-dictionary.html``: what every table and column means, one page that needs nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pipeline.release.facts import Facts
from pipeline.schema import Column, ForeignKey, Table

STYLE = """body{font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;margin:0 auto;
max-width:75rem;padding:1rem 1.5rem;color:#1b1f24}h2{margin-top:3rem;border-bottom:2px solid #2b5c8a}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #cfd7df;padding:.3rem .5rem;text-align:left;
vertical-align:top}th{background:#e7eef5}tr:target,h2:target{background:#fff6d6}
code{font:13px/1.5 monospace;overflow-wrap:anywhere}
.en{color:#57606a;display:block}nav{columns:2}nav a{display:block}.wide{overflow-x:auto}"""
HEADINGS = ("列 column", "标题 title", "类型 type", "单位 unit", "必填 required", "说明 meaning", "取值 values")


def dictionary_page(facts: Facts, tables: Sequence[Table]) -> str:
    """The whole page."""
    title = f"数据字典 / Data dictionary · {facts.title}"
    contents = "".join(
        f'<a href="#{escape(table.name)}"><code>{escape(table.name)}</code> {escape(table.title)}</a>\n'
        for table in tables
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{_about(facts)}"
        f"<nav>\n{contents}</nav>\n{''.join(map(_section, tables))}</body>\n</html>\n"
    )


def _about(facts: Facts) -> str:
    licence = f'<a href="{escape(facts.licence.path)}">{escape(facts.licence.title)}</a>'
    return (
        f"<p>{escape(facts.about.zh)}{_english(facts.about.en)}</p>\n"
        f"<p>版本 / version <code>{escape(facts.version)}</code> · 数据许可 / data licence {licence}</p>\n"
    )


def _section(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in HEADINGS)
    rows = "".join(_row(table, column) for column in table.columns)
    notes = [f"主键 / key: {_codes(table.key)}", *map(_reference, table.foreign_keys)]
    return (
        f'<section>\n<h2 id="{escape(table.name)}">{escape(table.title)} <code>{escape(table.name)}</code></h2>\n'
        f"<p>{escape(table.zh)}{_english(table.en)}</p>\n<p>{'<br>'.join(notes)}</p>\n"
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n'
        "</section>\n"
    )


def _row(table: Table, column: Column) -> str:
    cells = (
        f"<code>{escape(column.name)}</code>",
        escape(column.title) + _english(column.title_en),
        column.kind,
        escape(column.unit),
        "是 yes" if column.required else "",
        escape(column.zh) + _english(column.en),
        _codes(column.enum),
    )
    anchor = escape(f"{table.name}.{column.name}")
    return f'<tr id="{anchor}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _reference(key: ForeignKey) -> str:
    target = f'<a href="#{escape(key.table)}"><code>{escape(key.table)}</code></a>'
    return f"引用 / refers: {_codes(key.columns)} → {target} ({_codes(key.references)})"


def _codes(names: Iterable[str]) -> str:
    return " ".join(f"<code>{escape(name)}</code>" for name in names)


def _english(text: str) -> str:
    return f'<span class="en" lang="en">{escape(text)}</span>'
