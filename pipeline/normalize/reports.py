"""The findings that reading a table makes: each says what was met, where, and what to add where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize.heads.columns import Column
from pipeline.normalize.model import Cell, Finding


def _ids(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(cell.cell_id for cell in cells)


def unknown_header(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column of figures whose heading the vocabulary does not know: its figures are not taken."""
    return Finding(
        code="unknown_header",
        severity="warning",
        verdict="extraction",
        zh=f"列标题“{column.unknown}”（{column.header}）不在词汇表中，该列数字未收入；"
        "请在 normalize/vocabulary/columns.yaml 中添加",
        en=f"the heading “{column.unknown}” ({column.header}) is not in the vocabulary, so its figures were not taken; "
        "add it to normalize/vocabulary/columns.yaml",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )


def unknown_label_header(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column of text whose heading the vocabulary does not know: kept as a label, its kind is not known."""
    return Finding(
        code="unknown_header",
        severity="info",
        verdict="extraction",
        zh=f"文字列的标题“{column.unknown}”（{column.header}）不在词汇表中，按行标题或备注处理；"
        "请在 normalize/vocabulary/columns.yaml 中添加",
        en=f"the heading “{column.unknown}” ({column.header}) of a column of text is not in the vocabulary; its text "
        "was kept as a label or remark; add it to normalize/vocabulary/columns.yaml",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )


def column_outside_contract(column: Column, cells: Sequence[Cell]) -> Finding:
    """A column that is a part of its neighbour, or something that the dataset does not hold."""
    return Finding(
        code="column_outside_contract",
        severity="info",
        verdict="definition",
        zh=f"列“{column.header}”是其他列的其中数或不属本数据集的口径，未收入",
        en=f"the column “{column.header}” is a part of another column or outside this dataset's definitions; not taken",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )


def counts_no_money(cells: Sequence[Cell]) -> Finding:
    """Rows of a table of money that count people, vehicles or occasions: no amounts, so not taken as such."""
    return Finding(
        code="column_outside_contract",
        severity="info",
        verdict="definition",
        zh=f"有{len(cells)}个数字是人数、辆数、批次等数量，不是金额，未收入",
        en=f"{len(cells)} figures count people, vehicles or occasions; they are no amounts and are not taken",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )


def not_a_figure(column: Column, cell: Cell) -> Finding:
    """Text with digits in a column of figures that is not one number."""
    return Finding(
        code="not_a_figure",
        severity="warning",
        verdict="undetermined",
        zh=f"列“{column.header}”中的“{cell.text}”不是一个数字，未收入",
        en=f"“{cell.text}” in the column “{column.header}” is not one number; not taken",
        page=cell.page,
        cell_ids=(cell.cell_id,),
    )


def too_many_places(cell: Cell) -> Finding:
    """A figure finer than one cent: more than the published type holds."""
    return Finding(
        code="too_many_places",
        severity="warning",
        verdict="definition",
        zh=f"“{cell.text}”小于一分，金额按分舍入，原数见 amount_printed",
        en=f"“{cell.text}” is finer than one cent; the amount is rounded to cents, amount_printed keeps it whole",
        page=cell.page,
        cell_ids=(cell.cell_id,),
    )


def unknown_item(names: Iterable[str], cells: Sequence[Cell]) -> Finding:
    """Rows with figures whose label is in neither vocabulary nor subject tables: facts, but without code or fund."""
    listed = "、".join(name for name in dict.fromkeys(names) if name)
    return Finding(
        code="unknown_item",
        severity="warning",
        verdict="extraction",
        zh=f"行标题“{listed}”不在词汇表或科目表中，其数字没有科目编码或资金来源；"
        "请在 normalize/vocabulary/items.yaml 中添加",
        en=f"the row labels “{listed}” are in neither the vocabulary nor the subject tables, so their figures carry no "
        "code or fund; add them to normalize/vocabulary/items.yaml",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )


def unplaced_numbers(cells: Sequence[Cell]) -> Finding:
    """Cells with numbers that fit no row or column of the table."""
    quoted = "; ".join(f"“{cell.text[:30]}”" for cell in cells[:5]) + ("…" if len(cells) > 5 else "")
    return Finding(
        code="unplaced_number",
        severity="warning",
        verdict="extraction",
        zh=f"有{len(cells)}个含数字的单元格不能归入任何行列：{quoted}",
        en=f"{len(cells)} cells with numbers fit no row or column: {quoted}",
        page=cells[0].page,
        cell_ids=_ids(cells),
    )
