"""A comparison for people: as text, as CSV (every change), and as a section of the changelog."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow.compute as pc

from pipeline.release.compare import CHANGE_COLUMNS, Comparison, TableChange
from pipeline.schema import BUDGET_LINES, DOCUMENTS, PUBLISHED

Change = dict[str, Any]

LISTED = 50  # lines a heading, in texts for people; the CSV has all
SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_HEADINGS = {"documents": "文件 documents", "figures": "数字 figures", "rows": "其他行 other rows"}
_LONGEST = 60


def as_text(comparison: Comparison, listed: int = LISTED) -> str:
    """A summary a table that changed, then the changes under three headings: documents, figures, other rows."""
    head = f"旧 old: {comparison.old_version}\n新 new: {comparison.new_version}\n"
    if comparison.same:
        return f"{head}没有变化 nothing changed\n"
    rows: list[tuple[str, ...]] = [("表 table", "旧 old", "新 new", "增 added", "删 removed", "改 changed")]
    rows += [_summary(table) for table in comparison.tables if not table.same]
    summary = "".join(f"{row[0]:<24}" + "".join(f"{cell:>12}" for cell in row[1:]) + "\n" for row in rows)
    shapes = "".join(f"! {table.table}: {table.shape}\n" for table in comparison.tables if table.shape)
    return f"{head}\n{summary}{shapes}" + "".join(_lists(comparison, listed, "\n{}\n", "  {}\n"))


def as_csv(comparison: Comparison) -> str:
    """Every change: compare.CHANGE_COLUMNS, UTF-8, line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CHANGE_COLUMNS)
    for batch in comparison.changes.to_batches():
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    return text.getvalue()


def as_markdown(comparison: Comparison, listed: int = LISTED) -> str:
    """A section's body: a summary table, then the lists."""
    if comparison.same:
        return f"与 {comparison.old_version} 数据相同。 The data are those of {comparison.old_version}.\n"
    head = (
        f"与 {comparison.old_version} 相比 / since {comparison.old_version}:\n\n"
        "| 表 table | 旧 old | 新 new | 增 added | 删 removed | 改 changed |\n|---|---:|---:|---:|---:|---:|\n"
    )
    rows = (_summary(table) for table in comparison.tables if not table.same)
    summary = "".join("| " + " | ".join((f"{title}", *cells)) + " |\n" for title, *cells in rows)
    shapes = "".join(f"- `{table.table}`: {table.shape}\n" for table in comparison.tables if table.shape)
    shapes = f"\n{shapes}" if shapes else ""
    return head + summary + shapes + "".join(map(_escaped, _lists(comparison, listed, "\n**{}**\n\n", "- {}\n")))


def _escaped(line: str) -> str:
    """Signs and marks of the data must not become markup; the heading's own stars are at the line's ends."""
    if line.startswith("\n"):
        return line
    sign, text = line[2], line[3:]  # after the "- " that makes it an item of a list
    marked = f"`{sign}`" if sign in SIGNS.values() else sign
    return "- " + marked + text.replace("*", r"\*").replace("_", r"\_").replace("<", "&lt;")


def _summary(table: TableChange) -> tuple[str, ...]:
    counts = (table.old_rows, table.new_rows, table.added, table.removed, table.changed)
    return (f"{table.table}", *(f"{count:,}" for count in counts))


def _lists(comparison: Comparison, listed: int, heading: str, line: str) -> Iterator[str]:
    """Rows of documents that came or went are not listed one by one: the document is, and the summary counts them."""
    moved = _moved_documents(comparison)
    for name, title in _HEADINGS.items():
        changes = [change for change in _rows(comparison, name) if name == "documents" or _own(change, moved)]
        if not changes:
            continue
        yield heading.format(f"{title} ({len(changes):,})")
        yield from (line.format(_sentence(change)) for change in changes[:listed])
        if len(changes) > listed:
            yield line.format(
                f"… 另有 {len(changes) - listed:,} 项，见 CSV / {len(changes) - listed:,} more in the CSV"
            )


def _rows(comparison: Comparison, heading: str) -> Iterable[Change]:
    table = comparison.changes["table"]
    documents, figures = pc.equal(table, DOCUMENTS.name), pc.equal(table, BUDGET_LINES.name)
    chosen = {
        "documents": documents,
        "figures": figures,
        "rows": pc.invert(pc.or_(documents, figures)),
    }[heading]
    changes: list[Change] = comparison.changes.filter(chosen).to_pylist()
    return changes


def _moved_documents(comparison: Comparison) -> set[str]:
    return {change["document_id"] for change in _rows(comparison, "documents") if change["change"] != "changed"}


def _own(change: Change, moved: set[str]) -> bool:
    return change["document_id"] not in moved


def _sentence(change: Change) -> str:
    """One change in one line."""
    place = [change["key"]] if change["table"] in (DOCUMENTS.name, BUDGET_LINES.name) else [
        f"{change['table']} {change['key']}"
    ]  # fmt: skip
    subject = " ".join(part for part in (change["subject_code"], change["subject"]) if part)
    place += [part for part in (subject, change["fund"]) if part]
    cells = f" [{change['cell_ids']}]" if change["cell_ids"] else ""
    return f"{SIGNS[change['change']]} {' · '.join(place)}{_values(change)}{cells}"


def _values(change: Change) -> str:
    figure = change["table"] == BUDGET_LINES.name
    if figure and (change["column"] in (None, "amount")):
        return f" · {_amount(change['amount_old'])} → {_amount(change['amount_new'])}"
    if not change["column"]:
        return ""
    title = PUBLISHED[change["table"]].column(change["column"]).title if _known(change) else ""
    return f" · {title} {change['column']}: {_short(change['old'])} → {_short(change['new'])}"


def _known(change: Change) -> bool:
    return change["column"] in PUBLISHED[change["table"]].names


def _amount(amount: Any) -> str:
    return "无 none" if amount is None else f"{amount:,.2f} 元"


def _short(text: str | None) -> str:
    if text is None:
        return "无 none"
    joined = " ".join(text.split())
    return joined if len(joined) <= _LONGEST else joined[:_LONGEST] + "…"
