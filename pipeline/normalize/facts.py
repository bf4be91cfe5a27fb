"""A recognised table to its facts: one ``budget_lines`` row per printed figure, and a role for every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize import reports, settle
from pipeline.normalize.amounts import Figure, is_exact, read_figure, to_amount
from pipeline.normalize.blocks import Block, blocks_of
from pipeline.normalize.calendars import Calendar
from pipeline.normalize.codes import is_code
from pipeline.normalize.cut_rows import with_whole_labels
from pipeline.normalize.heads.columns import Column, Head
from pipeline.normalize.heads.depth import is_filler_row
from pipeline.normalize.heads.head import read_head
from pipeline.normalize.labels.label import Context, Label, PrintedNames
from pipeline.normalize.labels.rows import read_label
from pipeline.normalize.model import Cell, Finding, Grid, Roles, Row
from pipeline.normalize.phrases import plain
from pipeline.normalize.settle import Line
from pipeline.normalize.titles import Heading, fund_named
from pipeline.normalize.units import unit_rows
from pipeline.normalize.words import vocabulary


@dataclass(frozen=True)
class Setting:
    """What a table is read under: its identity, unit of money, the document's calendar, and the names of its units.

    ``own_unit`` is whose disclosure the table belongs to, in a file that holds those of several units.
    """

    document_id: str
    table_id: str
    unit: str
    calendar: Calendar
    unit_names: frozenset[str]
    printed_names: PrintedNames = field(default_factory=dict)
    own_unit: str | None = None


@dataclass(frozen=True)
class TableFacts:
    """The facts of one table, what could not be read of it, and where its cells ended."""

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
    title_fund: str | None = None
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown_labels: list[Cell] = field(default_factory=list)
    counts: list[Cell] = field(default_factory=list)


def read_facts(grid: Grid, heading: Heading, setting: Setting) -> TableFacts:
    """Every figure of a recognised table as a fact, with a role for each of its cells."""
    grid = with_whole_labels(grid)
    items = setting.table_id in settle.ITEMS_OVER_COLUMNS
    head = read_head(grid, heading.preface, setting.calendar, items_over_columns=items)
    reader = _Reader(grid, setting, head, Roles(), fund_named(heading.title))
    reader.roles.give((cell for cell in grid.cells if cell.row <= head.last_row), "header")
    _give_repeated_headers(reader)
    _report_columns(reader)
    blocks = blocks_of([_in_this_table(column, setting.table_id) for column in head.columns])
    for place, block in enumerate(blocks):
        _read_block(reader, block, settle.side_of_block(setting.table_id, block, place, len(blocks)))
    _give_the_rest(reader)
    return TableFacts(tuple(reader.rows), tuple(reader.findings), reader.roles)


def _in_this_table(column: Column, table_id: str) -> Column:
    """项目名称 names projects in the project tables, and is a plain row label elsewhere."""
    is_label = column.role in ("project_name", "unit_or_project") and table_id not in settle.PROJECTS
    return replace(column, role="label") if is_label else column


# --- headers and columns ---------------------------------------------------------------------------------------------


def _give_repeated_headers(reader: _Reader) -> None:
    """Header rows repeated on a page that the table goes on to are headers again, not data."""
    grid, last = reader.grid, reader.head.last_row
    printed = [_texts(grid.row(number)) for number in range(1, last + 1)]
    for number in sorted({cell.row for cell in grid.cells if cell.continued and cell.row > last}):
        start = next((place for place, texts in enumerate(printed) if texts and texts == _texts(grid.row(number))), 0)
        for offset, texts in enumerate(printed[start:]):
            if texts and _texts(grid.row(number + offset)) == texts:
                reader.roles.give(grid.row(number + offset), "header")
        _give_row_beside_head(reader, number + last - start)


def _give_row_beside_head(reader: _Reader, number: int) -> None:
    """A total that stands beside the head's last cells (类 款 项 | 合计) is printed again with them: once is enough."""
    grid, own = reader.grid, reader.head.last_row + 1
    covered = [cell for cell in grid.covering(number).values() if cell.row < number]
    repeated = _texts(grid.row(number)) == _texts(grid.row(own)) != []
    if number > own and repeated and any(reader.roles.of(cell) == "header" for cell in covered):
        reader.roles.give(grid.row(number), "header")


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [plain(cell.text) for cell in cells if cell.text]


def _report_columns(reader: _Reader) -> None:
    """Columns of figures that are not taken: their heading is unknown, or they lie outside the contract."""
    reader.findings += [
        reports.unknown_label_header(c, _heading_cells(reader, c)) for c in _unknown_labels(reader.head)
    ]
    for column in reader.head.columns:
        if column.role != "amount" or not (column.unknown or column.meaning.memo):
            continue
        cells = [cell for cell in _below_head(reader, column) if cell.text]
        if not cells:
            continue
        reader.roles.give(cells, "finding")
        report = reports.unknown_header if column.unknown else reports.column_outside_contract
        reader.findings.append(report(column, cells))


def _unknown_labels(head: Head) -> list[Column]:
    return [column for column in head.columns if column.role == "label" and column.unknown]


def _heading_cells(reader: _Reader, column: Column) -> list[Cell]:
    over = [
        c for c in reader.grid.cells if c.row <= reader.head.last_row and c.column <= column.number <= c.last_column
    ]
    return [cell for cell in over if cell.text == column.unknown]


def _below_head(reader: _Reader, column: Column) -> Iterator[Cell]:
    last = reader.head.last_row
    return (cell for cell in reader.grid.cells if cell.row > last and cell.column <= column.number <= cell.last_column)


# --- rows ------------------------------------------------------------------------------------------------------------


def _read_block(reader: _Reader, block: Block, side: str) -> None:
    by_item = reader.setting.table_id in settle.BY_ECONOMIC_ITEM
    context = Context(settle.opened(reader.setting.table_id), printed_names=reader.setting.printed_names)
    context.by_economic_item = by_item
    labels = {number: _label(reader, block, number, side, context) for number in _data_rows(reader)}
    by_rows = settle.rows_tell_origin(labels.values()) and not block.has_carryover_column and side == "revenue"
    state = "current_year" if by_rows else "total"
    units = unit_rows(reader.setting.table_id, reader.setting.unit_names, block, labels)
    unit = whole = reader.setting.own_unit
    sums = settle.sums_of_current_year(labels) if by_rows else frozenset[int]()
    for number, label in labels.items():
        unit = units.take(number, label, unit, whole)
        state = "carryover" if label.is_carryover else state
        origin = settle.origin_of_row(label, state) if by_rows else ("carryover" if label.is_carryover else "total")
        origin = "current_year" if number in sums else origin
        line = Line(reader.setting.table_id, block, label, side, origin, unit, reader.title_fund)
        _read_figures(reader, line, number)
    _report_labels(reader)


def _data_rows(reader: _Reader) -> Iterator[int]:
    for number in range(reader.head.last_row + 1, reader.grid.row_count + 1):
        cells = [cell for cell in reader.grid.row(number) if cell.text]
        is_header = bool(cells) and all(reader.roles.of(cell) == "header" for cell in cells)
        if not is_header and not (cells and is_filler_row(cells) and cells[0].continued):
            yield number


def _label(reader: _Reader, block: Block, number: int, side: str, context: Context) -> Label:
    """The row's label, from the printed cells over its block's label columns, also those begun in a row above."""
    covering = reader.grid.covering(number)
    cells = [covering[column.number] for column in block.labels if column.number in covering]
    own = [c for c in cells if c.text and c.row > reader.head.last_row and _run_over(block, c) is None]
    printed = {cell.cell_id: cell for cell in own}.values()
    reader.roles.give(printed, "label")
    return read_label([(_column_of(block, cell), cell) for cell in printed], side, context)


def _run_over(block: Block, cell: Cell) -> Column | None:
    """The only column of figures that a wider cell with a figure covers: spreadsheets let a long figure run over the
    blank cell before it, and draw no rule between the two."""
    covered = [column for column in block.amounts if cell.column <= column.number <= cell.last_column]
    is_wider = len(covered) == 1 and cell.columns > 1 and read_figure(cell.text) is not None
    return covered[0] if is_wider and not is_code(cell.text) else None


def _column_of(block: Block, cell: Cell) -> Column:
    """The column that a label cell answers to: among several a code stands in the first, a name in the last."""
    columns = [column for column in block.labels if cell.column <= column.number <= cell.last_column]
    return columns[0] if plain(cell.text).isdigit() else columns[-1]


# --- figures ---------------------------------------------------------------------------------------------------------


def _read_figures(reader: _Reader, line: Line, number: int) -> None:
    printed = [cell for cell in reader.grid.row(number) if cell.text]
    starting = {cell.column: cell for cell in printed}
    starting |= {over.number: cell for cell in printed if (over := _run_over(line.block, cell))}
    for column in line.block.amounts:
        cell = starting.get(column.number)
        if cell is None or reader.roles.of(cell) != "unread":
            continue
        figure = read_figure(cell.text)
        if figure is None:
            _report_text(reader, cell, column)
            continue
        if line.label.is_count:
            reader.counts.append(cell)
            continue
        if not line.label.is_known and line.table_id in settle.BY_SUBJECT:
            reader.unknown_labels.append(cell)
        if not figure.is_percent and not is_exact(figure, reader.setting.unit):
            reader.findings.append(reports.too_many_places(cell))
        reader.roles.give([cell], "fact")
        reader.rows.append(_fact(reader, line, column, cell, figure))


def _fact(reader: _Reader, line: Line, column: Column, cell: Cell, figure: Figure) -> Row:
    setting = reader.setting
    side = settle.side_of(line, column.meaning)
    period = settle.period_of(line, column.meaning, setting.calendar)
    is_rate = figure.is_percent or period == "change_percent"
    return {
        "document_id": setting.document_id,
        "table_no": reader.grid.table_no,
        "row_no": cell.row,
        "column_no": cell.column,
        "table_id": setting.table_id,
        "page": cell.page,
        "cell_id": cell.cell_id,
        **_labels(line, column),
        "subject_level": settle.level_of(line, side),
        "side": side,
        "fund": settle.fund_of(line, column.meaning),
        "expenditure_type": settle.type_of(line, column.meaning, side),
        "origin": settle.origin_of(line, column.meaning),
        "period": "change_percent" if is_rate else period,
        "amount_printed": cell.text,
        **(_rate(cell) if is_rate else _money(figure, setting.unit)),
        "column_header": column.header or None,
    }


def _labels(line: Line, column: Column) -> Row:
    label = line.label
    items = line.block.item_of(column)
    # where items are spread over the columns, the row's label is its unit
    spread = label.item if items and not (label.is_total or label.codes or label.period) else None
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
        "unit_name": label.unit_name or line.unit or spread,
    }


def _money(figure: Figure, unit: str) -> Row:
    amount = to_amount(figure, unit)
    return {"amount": amount.value, "value": None, "unit": unit, "half_unit": amount.half_unit}


def _rate(cell: Cell) -> Row:
    return {"amount": None, "value": cell.text, "unit": "%", "half_unit": None}


# --- what no figure took ---------------------------------------------------------------------------------------------


def _report_text(reader: _Reader, cell: Cell, column: Column) -> None:
    """Text in a column of figures: a note that says there is nothing, or a finding."""
    if vocabulary().empty_notes.search(plain(cell.text)) or cell.columns * 2 > reader.grid.column_count:
        reader.roles.give([cell], "label")
        return
    reader.roles.give([cell], "finding")
    reader.findings.append(reports.not_a_figure(column, cell))


def _report_labels(reader: _Reader) -> None:
    if reader.unknown_labels:
        names = (_row_name(reader.grid, cell) for cell in reader.unknown_labels)
        reader.findings.append(reports.unknown_item(names, reader.unknown_labels))
        reader.unknown_labels.clear()
    if reader.counts:
        reader.roles.give(reader.counts, "finding")
        reader.findings.append(reports.counts_no_money(reader.counts))
        reader.counts.clear()


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
        reader.findings.append(reports.unplaced_numbers(numbers))
