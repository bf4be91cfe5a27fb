"""A recognised table to its facts: one ``budget_lines`` row per printed figure, and a role for every cell.

The settled cases of the data contract (which origin, fund and type a figure has where the page leaves it open) are in
``_Defaults`` and ``_origin``; what phrases mean is in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize.amounts import Amount, Figure, is_exact, read_figure, to_amount
from pipeline.normalize.blocks import Block, blocks_of
from pipeline.normalize.headers import Calendar, Column, Head, is_filler_row, read_head
from pipeline.normalize.labels import Context, Label, read_label
from pipeline.normalize.model import Cell, Finding, Grid, Roles, Row
from pipeline.normalize.phrases import bare, plain
from pipeline.normalize.titles import Heading
from pipeline.normalize.words import Meaning, vocabulary

_TWO_SIDED = frozenset(
    {"budget_summary", "appropriation_summary", "state_capital_budget", "government_fund_expenditure"}
)
_REVENUE = frozenset({"revenue_summary", "government_fund_revenue"})
_FUNDS = {
    "general_budget_expenditure": "general_public_budget",
    "basic_expenditure": "general_public_budget",
    "government_fund_revenue": "government_fund",
    "government_fund_expenditure": "government_fund",
    "state_capital_budget": "state_capital",
}
_TYPES = {"basic_expenditure": "basic", "projects": "project", "projects_carryover": "project"}
_ORIGINS = {"projects": "current_year", "projects_carryover": "carryover"}
_BY_SUBJECT = frozenset(
    {
        "budget_summary",
        "revenue_summary",
        "expenditure_summary",
        "appropriation_summary",
        "general_budget_expenditure",
        "government_fund_revenue",
        "government_fund_expenditure",
        "state_capital_budget",
    }  # fmt: skip
)
_ITEMS_OVER_COLUMNS = frozenset({"three_public_expenses", "agency_operating_expenses"})


PrintedNames = dict[str, tuple[str, ...]]  # bare name -> functional codes that the document itself prints with it


@dataclass(frozen=True)
class Setting:
    """What a table is read under: its identity, unit of money, the document's calendar, and the names of its units."""

    document_id: str
    table_id: str
    unit: str
    calendar: Calendar
    unit_names: frozenset[str]
    publisher: str | None
    printed_names: PrintedNames = field(default_factory=dict)


@dataclass(frozen=True)
class TableFacts:
    """The facts of one table and what could not be read of it."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    roles: Roles


@dataclass
class _Reader:
    """Reads one table; collects facts and findings as it goes."""

    grid: Grid
    setting: Setting
    head: Head
    roles: Roles
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown_labels: list[Cell] = field(default_factory=list)


def read_facts(grid: Grid, heading: Heading, setting: Setting, roles: Roles) -> TableFacts:
    """Every figure of a recognised table as a fact, with a role for each of its cells."""
    items = setting.table_id in _ITEMS_OVER_COLUMNS
    head = read_head(grid, heading.preface, setting.calendar, items_over_columns=items)
    reader = _Reader(grid, setting, head, roles)
    roles.give((cell for cell in grid.cells if cell.row <= head.last_row), "header")
    _give_repeated_headers(reader)
    _report_columns(reader)
    blocks = blocks_of([_in_this_table(column, setting.table_id) for column in head.columns])
    for place, block in enumerate(blocks):
        _read_block(reader, block, _side(reader, block, place, len(blocks)))
    _give_the_rest(reader)
    return TableFacts(tuple(reader.rows), tuple(reader.findings), roles)


def names_printed(rows: Iterable[Row]) -> PrintedNames:
    """The functional names that a document prints with their codes: its own best reference for those it prints bare."""
    codes: dict[str, list[str]] = {}
    for row in rows:
        if row["code_source"] == "printed" and row["subject_code"] and row["subject_name"]:
            found = codes.setdefault(bare(str(row["subject_name"])), [])
            if row["subject_code"] not in found:
                found.append(str(row["subject_code"]))
    return {name: tuple(found) for name, found in codes.items()}


def _in_this_table(column: Column, table_id: str) -> Column:
    """项目名称 names projects in the project tables, and is a plain row label elsewhere."""
    is_label = column.role in ("project_name", "unit_or_project") and table_id not in _ORIGINS
    return replace(column, role="label") if is_label else column


def _give_repeated_headers(reader: _Reader) -> None:
    """Header rows repeated on a page that the table goes on to are headers again, not data."""
    grid, last = reader.grid, reader.head.last_row
    printed = [_texts(grid.row(number)) for number in range(1, last + 1)]
    for number in sorted({cell.row for cell in grid.cells if cell.continued and cell.row > last}):
        start = next(
            (place for place, texts in enumerate(printed) if texts and texts == _texts(grid.row(number))), None
        )
        if start is None:
            continue
        for offset, texts in enumerate(printed[start:]):
            if _texts(grid.row(number + offset)) == texts:
                reader.roles.give(grid.row(number + offset), "header")


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [plain(cell.text) for cell in cells if cell.text]


def _side(reader: _Reader, block: Block, place: int, count: int) -> str:
    """Which side a block is on: the table's, its own headings', or its place (revenue stands left)."""
    table = reader.setting.table_id
    if table in _REVENUE:
        return "revenue"
    if table not in _TWO_SIDED:
        return "expenditure"
    if block.side:
        return block.side
    return "revenue" if count > 1 and place == 0 else "expenditure"


def _report_columns(reader: _Reader) -> None:
    for column in reader.head.columns:
        if column.role != "amount" or not (column.unknown or column.meaning.memo):
            continue
        cells = [cell for cell in _figures_of(reader, column) if cell.text]
        if not cells:
            continue
        reader.roles.give(cells, "finding")
        ids = tuple(cell.cell_id for cell in cells)
        if column.unknown:
            reader.findings.append(_unknown_header(column, cells[0].page, ids))
        else:
            reader.findings.append(_outside(column, cells[0].page, ids))


def _figures_of(reader: _Reader, column: Column) -> Iterator[Cell]:
    return (c for c in reader.grid.cells if c.row > reader.head.last_row and c.column <= column.number <= c.last_column)


def _unknown_header(column: Column, page: int, ids: tuple[str, ...]) -> Finding:
    return Finding(
        "unknown_header", "warning", "extraction",
        f"列标题“{column.unknown}”（{column.header}）不在词汇表中，该列数字未收入；"
        "请在 normalize/vocabulary/columns.yaml 中添加",
        f"the heading “{column.unknown}” ({column.header}) is not in the vocabulary, so its figures were not taken; "
        "add it to normalize/vocabulary/columns.yaml",
        page, ids,
    )  # fmt: skip


def _outside(column: Column, page: int, ids: tuple[str, ...]) -> Finding:
    return Finding(
        "column_outside_contract", "info", "definition",
        f"列“{column.header}”是其他列的其中数或不属本数据集的口径，未收入",
        f"the column “{column.header}” is a part of another column or outside this dataset's definitions; not taken",
        page, ids,
    )  # fmt: skip


def _read_block(reader: _Reader, block: Block, side: str) -> None:
    context = Context(printed_names=reader.setting.printed_names)
    labels = {number: _label(reader, block, number, side, context) for number in _data_rows(reader)}
    carries = block.has_carryover_column or any(label.is_carryover for label in labels.values())
    by_rows = carries and not block.has_carryover_column and side == "revenue"
    state = "current_year" if by_rows else "total"
    unit: str | None = None
    for number, label in labels.items():
        unit = _take_unit(reader, label, unit)
        if label.is_carryover:
            state = "carryover"
        row_state = _row_origin(label, state) if by_rows else ("carryover" if label.is_carryover else "total")
        _read_figures(reader, block, number, label, side, row_state, unit)
    _report_labels(reader)


def _data_rows(reader: _Reader) -> Iterator[int]:
    for number in range(reader.head.last_row + 1, reader.grid.row_count + 1):
        cells = [cell for cell in reader.grid.row(number) if cell.text]
        is_header = bool(cells) and all(reader.roles.of(cell) == "header" for cell in cells)
        if not is_header and not (cells and is_filler_row(cells) and cells[0].continued):
            yield number


def _label(reader: _Reader, block: Block, number: int, side: str, context: Context) -> Label:
    found: list[tuple[Column, Cell]] = []
    for cell in _covering(reader, number, [column.number for column in block.labels]):
        columns = [column for column in block.labels if cell.column <= column.number <= cell.last_column]
        is_code = plain(cell.text).isdigit()
        found.append((columns[0] if is_code else columns[-1], cell))
    reader.roles.give((cell for _, cell in found), "label")
    return read_label(found, side, context)


def _covering(reader: _Reader, number: int, columns: Sequence[int]) -> list[Cell]:
    """The printed cells over these columns in a row, also those that began in a row above, left to right, once each."""
    covering = reader.grid.covering(number)
    cells = [covering[column] for column in columns if column in covering]
    return list({c.cell_id: c for c in cells if c.text and c.row > reader.head.last_row}.values())


def _take_unit(reader: _Reader, label: Label, current: str | None) -> str | None:
    """The unit a row belongs to: its own, or the last one named above (tables by unit)."""
    if label.unit_name is None and label.project_name is not None and _is_unit(reader, label):
        label.unit_name, label.project_name = label.project_name, None
    if label.is_total:
        label.unit_name = None  # 合计 in the column of units is a total, not a unit
    if label.unit_name and not label.project_name and not label.codes and not label.is_total:
        label.is_total = True
    return label.unit_name or current


def _is_unit(reader: _Reader, label: Label) -> bool:
    name = plain(label.project_name or "")
    return bool(label.unit_code) or name in reader.setting.unit_names


def _row_origin(label: Label, state: str) -> str:
    """Origin of a revenue row in a table whose rows name the carry-over."""
    if label.is_total and not label.is_carryover:
        return label.meaning.origin or "total"
    return label.meaning.origin or state


def _read_figures(
    reader: _Reader, block: Block, number: int, label: Label, side: str, origin: str, unit: str | None
) -> None:
    for column in block.amounts:
        cell = reader.grid.covering(number).get(column.number)
        if cell is None or not cell.text or cell.row != number or cell.column != column.number:
            continue
        if reader.roles.of(cell) != "unread":
            continue
        figure = read_figure(cell.text)
        if figure is None:
            _report_text(reader, cell, column)
            continue
        if not label.is_known and reader.setting.table_id in _BY_SUBJECT:
            reader.unknown_labels.append(cell)
        _add_fact(reader, block, column, cell, figure, label, side, origin, unit)


def _report_text(reader: _Reader, cell: Cell, column: Column) -> None:
    """Text in a column of figures: a note that says there is nothing, or a finding."""
    if vocabulary().empty_notes.search(plain(cell.text)) or cell.columns * 2 > reader.grid.column_count:
        reader.roles.give([cell], "label")
        return
    reader.roles.give([cell], "finding")
    if not any(map(str.isdigit, cell.text)):
        return
    reader.findings.append(
        Finding(
            "not_a_figure",
            "warning",
            "undetermined",
            f"列“{column.header}”中的“{cell.text}”不是一个数字，未收入",
            f"“{cell.text}” in the column “{column.header}” is not one number; not taken",
            cell.page,
            (cell.cell_id,),
        )  # fmt: skip
    )


def _add_fact(
    reader: _Reader, block: Block, column: Column, cell: Cell, figure: Figure,
    label: Label, side: str, origin: str, unit: str | None,
) -> None:  # fmt: skip
    setting, meaning = reader.setting, column.meaning
    period = _period(setting.calendar, meaning, label)
    is_rate = figure.is_percent or period == "change_percent"
    amount = None if is_rate else to_amount(figure, setting.unit)
    if amount and not is_exact(figure, setting.unit):
        _report_places(reader, cell)
    side = meaning.side if setting.table_id in _TWO_SIDED and meaning.side else side
    reader.roles.give([cell], "fact")
    reader.rows.append(
        {
            "document_id": setting.document_id,
            "table_no": reader.grid.table_no,
            "row_no": cell.row,
            "column_no": cell.column,
            "table_id": setting.table_id,
            "page": cell.page,
            "cell_id": cell.cell_id,
            **_labels(label, column, unit),
            "subject_level": _level(setting.table_id, side, label),
            "side": side,
            "fund": _fund(setting.table_id, meaning, label),
            "expenditure_type": _type(setting.table_id, meaning, label) if side == "expenditure" else None,
            "origin": _origin(setting.table_id, block, meaning, origin),
            "period": "change_percent" if is_rate else period,
            **_value(amount, figure, cell, setting.unit),
            "column_header": column.header or None,
        }
    )


def _labels(label: Label, column: Column, unit: str | None) -> Row:
    items = "/".join(column.items)
    return {
        "subject_code": label.codes.get("subject"),
        "subject_name": label.names.get("subject"),
        "economic_code": label.codes.get("economic"),
        "economic_name": label.names.get("economic"),
        "government_economic_code": label.codes.get("government"),
        "government_economic_name": label.names.get("government"),
        "code_source": label.source,
        "item": items or label.item,
        "project_name": label.project_name,
        "unit_name": label.unit_name or unit or (label.item if items and not label.is_total else None),
    }


def _level(table_id: str, side: str, label: Label) -> str | None:
    """Level of a functional row; ``total`` only where a table's rows are functional subjects."""
    if label.is_total and table_id in _BY_SUBJECT and (side == "expenditure" or table_id not in _TWO_SIDED):
        return "total"
    return label.subject_level


def _value(amount: Amount | None, figure: Figure, cell: Cell, unit: str) -> Row:
    return {
        "amount": amount.value if amount else None,
        "value": None if amount else str(figure.value),
        "amount_printed": cell.text,
        "unit": unit if amount else "%",
        "half_unit": amount.half_unit if amount else None,
    }


def _period(calendar: Calendar, meaning: Meaning, label: Label) -> str:
    if label.year and calendar.fiscal_year and label.year < calendar.fiscal_year:
        return "prior_budget"
    return meaning.period or ("final" if calendar.is_final else "budget")


def _fund(table_id: str, meaning: Meaning, label: Label) -> str:
    if table_id in _FUNDS:
        return _FUNDS[table_id]
    fund = meaning.fund or label.meaning.fund or "total"
    return "unit_funds" if fund == "other_revenue" and table_id in _ORIGINS else fund


def _type(table_id: str, meaning: Meaning, label: Label) -> str:
    return meaning.expenditure_type or label.meaning.expenditure_type or _TYPES.get(table_id, "total")


def _origin(table_id: str, block: Block, meaning: Meaning, row_origin: str) -> str:
    """The contract's settled cases: the column's word, then the row's, then the table's."""
    if meaning.origin and (meaning.origin == "carryover" or block.has_carryover_column):
        return meaning.origin
    if block.has_carryover_column and meaning.fund:
        return "current_year"  # a fund column beside a 上年结转 column
    if row_origin != "total":
        return row_origin
    return "total" if block.has_carryover_column else _ORIGINS.get(table_id, "total")


def _report_places(reader: _Reader, cell: Cell) -> None:
    reader.findings.append(
        Finding(
            "too_many_places",
            "warning",
            "definition",
            f"“{cell.text}”小于一分，金额按分舍入，原数见 amount_printed",
            f"“{cell.text}” is finer than one cent; the amount is rounded to cents, amount_printed keeps it whole",
            cell.page,
            (cell.cell_id,),
        )  # fmt: skip
    )


def _report_labels(reader: _Reader) -> None:
    """Rows with figures whose label the vocabulary does not know: facts all the same, and said to be unplaced."""
    if not reader.unknown_labels:
        return
    grid = reader.grid
    names = dict.fromkeys(_row_name(grid, cell) for cell in reader.unknown_labels)
    listed = "、".join(name for name in names if name)
    reader.findings.append(
        Finding(
            "unknown_item",
            "warning",
            "extraction",
            f"行标题“{listed}”不在词汇表或科目表中，其数字没有科目编码或资金来源；请在 normalize/vocabulary/items.yaml 中添加",
            f"the row labels “{listed}” are in neither the vocabulary nor the subject tables, so their figures carry no "
            "code or fund; add them to normalize/vocabulary/items.yaml",
            reader.unknown_labels[0].page,
            tuple(cell.cell_id for cell in reader.unknown_labels),
        )  # fmt: skip
    )
    reader.unknown_labels.clear()


def _row_name(grid: Grid, cell: Cell) -> str:
    left = [other for other in grid.row(cell.row) if other.column < cell.column and other.text]
    texts = [other.text for other in left if read_figure(other.text) is None]
    return texts[-1] if texts else ""


def _give_the_rest(reader: _Reader) -> None:
    """Cells that no block took: remarks and sequence numbers are labels, anything else in a data row a finding."""
    remarks = {column.number for column in reader.head.columns if column.role != "amount"}
    left = [cell for cell in reader.grid.cells if cell.text and reader.roles.of(cell) == "unread"]
    reader.roles.give((cell for cell in left if cell.column in remarks), "label")
    lost = [cell for cell in left if cell.column not in remarks]
    reader.roles.give(lost, "finding")
    numbers = [cell for cell in lost if any(map(str.isdigit, cell.text))]
    if numbers:
        reader.findings.append(
            Finding(
                "unplaced_number",
                "warning",
                "extraction",
                f"有{len(numbers)}个含数字的单元格不能归入任何行列：{_quote(numbers)}",
                f"{len(numbers)} cells with numbers fit no row or column: {_quote(numbers)}",
                numbers[0].page,
                tuple(cell.cell_id for cell in numbers),
            )  # fmt: skip
        )


def _quote(cells: Sequence[Cell]) -> str:
    return "; ".join(f"“{cell.text[:30]}”" for cell in cells[:5]) + ("…" if len(cells) > 5 else "")
