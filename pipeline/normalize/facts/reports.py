"""The findings that reading a table makes: each says what was met, where, and what to add where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize.heads.columns import Column
from pipeline.normalize.model import Cell, Finding, where

SHOWN = 5  # cells: what a finding quotes at most


# --- columns ---------------------------------------------------------------------------------------------------------


def unknown_header(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column of figures whose heading the vocabulary does not know: its figures are not taken."""
    zh = f"列标题“{column.unknown}”（{column.header}）不在词汇表中，该列数字未收入；"
    en = f"the heading “{column.unknown}” ({column.header}) is not in the vocabulary, so its figures were not taken; "
    return Finding(
        "unknown_header", "warning", "extraction",
        f"{zh}请在 normalize/vocabulary/columns.yaml 中添加",
        f"{en}add it to normalize/vocabulary/columns.yaml",
        *where(cells),
    )  # fmt: skip


def contradicted_header(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column that another one gainsays, of which the vocabulary says that it means the same: not taken."""
    zh = f"列标题“{column.header}”按词汇表与另一列含义相同，而两列数字不同，至少一列认错，该列数字未收入；"
    en = f"the heading “{column.header}” is read as meaning what another column's does, and their figures differ, so "
    return Finding(
        "unknown_header", "warning", "extraction",
        f"{zh}请核对 normalize/vocabulary/columns.yaml",
        f"{en}neither was taken; see columns.yaml",
        *where(cells),
    )  # fmt: skip


def unknown_label_header(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column of text whose heading the vocabulary does not know: kept as a label, its kind is not known."""
    zh = f"文字列的标题“{column.unknown}”（{column.header}）不在词汇表中，按行标题或备注处理；"
    en = f"the heading “{column.unknown}” ({column.header}) of a column of text is not in the vocabulary; its text "
    return Finding(
        "unknown_header", "info", "extraction",
        f"{zh}请在 normalize/vocabulary/columns.yaml 中添加",
        f"{en}was kept as a label or remark; add it to normalize/vocabulary/columns.yaml",
        *where(cells),
    )  # fmt: skip


def column_outside_contract(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column that is a part of its neighbour, or something that the dataset does not hold."""
    zh = f"列“{column.header}”是其他列的其中数或不属本数据集的口径，未收入"
    en = f"the column “{column.header}” is a part of another column or outside this dataset's definitions; not taken"
    return Finding("column_outside_contract", "info", "definition", zh, en, *where(cells))


def items_over_columns(names: Sequence[str], cells: Sequence[Cell]) -> Finding:
    """Columns headed by economic items, a subject a row: the dataset holds economic items as rows of their own."""
    listed = "、".join(names[:SHOWN]) + (f"等{len(names)}项" if len(names) > SHOWN else "")
    zh = f"经济科目（{listed}）分列于各栏，行是功能科目，本数据集只收按行列出的经济科目，{len(cells)}个数字未收入"
    en = (
        f"economic items ({listed}) are spread over the columns of functional rows; the dataset holds them as rows, so "
    )
    en = f"{en}{len(cells)} figures were not taken"
    return Finding("column_outside_contract", "info", "definition", zh, en, *where(cells))


# --- figures ---------------------------------------------------------------------------------------------------------


def not_a_figure(column: Column, cell: Cell) -> Finding:
    """Text with digits in a column of figures that is not one number."""
    zh = f"列“{column.header}”中的“{cell.text}”不是一个数字，未收入"
    en = f"“{cell.text}” in the column “{column.header}” is not one number; not taken"
    return Finding("not_a_figure", "warning", "undetermined", zh, en, *where([cell]))


def too_many_places(cell: Cell) -> Finding:
    """A figure finer than one cent: more than the published type holds."""
    zh = f"“{cell.text}”小于一分，金额按分舍入，原数见 amount_printed"
    en = f"“{cell.text}” is finer than one cent; the amount is rounded to cents, amount_printed keeps it whole"
    return Finding("too_many_places", "warning", "definition", zh, en, *where([cell]))


# --- rows ------------------------------------------------------------------------------------------------------------


def counts_no_money(cells: Sequence[Cell]) -> Finding:
    """Rows of a table of money that count people, vehicles or occasions: no amounts, so not taken as such."""
    zh = f"有{len(cells)}个数字是人数、辆数、批次等数量，不是金额，未收入"
    en = f"{len(cells)} figures count people, vehicles or occasions; they are no amounts and are not taken"
    return Finding("column_outside_contract", "info", "definition", zh, en, *where(cells))


def of_another_year(cells: Sequence[Cell]) -> Finding:
    """Rows of a year for which the contract has no period: neither the document's nor the one before."""
    zh = f"有{len(cells)}个数字所在行的年份既不是本年也不是上年，本数据集没有这一口径，未收入"
    en = f"{len(cells)} figures stand in rows of a year that is neither this one nor the last; not taken"
    return Finding("column_outside_contract", "info", "definition", zh, en, *where(cells))


def unknown_item(names: Iterable[str], cells: Sequence[Cell]) -> Finding:
    """Rows with figures whose label is in neither vocabulary nor subject tables: facts, but without code or fund."""
    listed = "、".join(name for name in dict.fromkeys(names) if name)
    zh = f"行标题“{listed}”不在词汇表或科目表中，其数字没有科目编码或资金来源；"
    en = f"the row labels “{listed}” are in neither the vocabulary nor the subject tables, so their figures carry no "
    return Finding(
        "unknown_item", "warning", "extraction",
        f"{zh}请在 normalize/vocabulary/items.yaml 中添加",
        f"{en}code or fund; add them to normalize/vocabulary/items.yaml",
        *where(cells),
    )  # fmt: skip


def unplaced_numbers(cells: Sequence[Cell]) -> Finding:
    """Cells with numbers that fit no row or column of the table."""
    quoted = "; ".join(f"“{cell.text[:30]}”" for cell in cells[:SHOWN]) + ("…" if len(cells) > SHOWN else "")
    zh = f"有{len(cells)}个含数字的单元格不能归入任何行列：{quoted}"
    en = f"{len(cells)} cells with numbers fit no row or column: {quoted}"
    return Finding("unplaced_number", "warning", "extraction", zh, en, *where(cells))
