"""The rows of one block of a table: which of them are data, and what the label, origin and unit of each are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.normalize import settle
from pipeline.normalize.amounts import read_figure
from pipeline.normalize.blocks import Block
from pipeline.normalize.codes import is_code
from pipeline.normalize.facts.records import TableReading
from pipeline.normalize.heads.columns import Column
from pipeline.normalize.heads.depth import is_filler_row
from pipeline.normalize.labels.kinds import read_label
from pipeline.normalize.labels.label import Context, Label
from pipeline.normalize.labels.nesting import Nesting, nest, years_of_expenditure
from pipeline.normalize.labels.repeats import name_projects, years_of_projects
from pipeline.normalize.labels.wholes import name_wholes
from pipeline.normalize.meanings import first
from pipeline.normalize.model import Cell
from pipeline.normalize.phrases import bare, plain
from pipeline.normalize.settle import Line
from pipeline.normalize.units import unit_rows
from pipeline.normalize.words import vocabulary


def sides_of_rows(
    reading: TableReading, block: Block, side: str, *, is_alone: bool
) -> Iterator[tuple[str, Sequence[int]]]:
    """The block's rows by their side: all of ``side``, but where a summary prints its sides one below the other.

    Then no heading tells a side, and a row that names 支出 follows one that names 收入: from it on, expenditure.
    """
    rows = list(_data_rows(reading))
    told = {number: _side_named(reading, block, number) for number in rows}
    turn = next((place for place, number in enumerate(rows) if told[number] == "expenditure"), 0)
    is_stacked = is_alone and block.side is None and reading.setting.table_id in settle.TWO_SIDED
    if is_stacked and any(told[number] == "revenue" for number in rows[:turn]):
        yield "revenue", rows[:turn]
        yield "expenditure", rows[turn:]
    else:
        yield side, rows


def _side_named(reading: TableReading, block: Block, number: int) -> str | None:
    columns = {column.number for column in block.labels}
    names = [cell.text for cell in reading.grid.row(number) if cell.column in columns and cell.text]
    return vocabulary().side_within(bare(names[-1])) if names else None


def lines_of(reading: TableReading, block: Block, side: str, rows: Sequence[int]) -> Iterator[tuple[int, Line]]:
    """The block's ``rows`` by number, from top to bottom, with what each says; gives its label cells their role."""
    setting = reading.setting
    labels = _labels(reading, block, side, rows)
    if setting.table_id in settle.PROJECTS:
        name_projects(labels.values(), setting.printed_names)
    is_list = setting.table_id == "projects" and not block.has_carryover_column
    of_projects = years_of_projects(labels) if is_list else {}
    if name_wholes(labels.values(), known=setting.parts_other_money):
        reading.parts_other_money = True
    origins = _origins(block, labels, side)
    units = unit_rows(setting.table_id, setting.unit_names, block, labels)
    unit = setting.own_unit
    for number, label in labels.items():
        unit = units.take(number, label, unit, setting.own_unit)
        origin = of_projects.get(number) or origins.take(number, label)
        by_title = (reading.title_fund, reading.title_origin)
        yield number, Line(setting.table_id, block, label, side, origin, unit, *by_title, bool(of_projects))


def has_rows(reading: TableReading, block: Block) -> bool:
    """Whether a block prints figures in more than one row, so that a row needs a label."""
    columns = {column.number for column in block.amounts}
    last = reading.head.last_row
    figures = (
        c for c in reading.grid.cells if c.row > last and c.column in columns and read_figure(c.text) is not None
    )
    return len({cell.row for cell in figures}) > 1


def run_over(block: Block, cell: Cell) -> Column | None:
    """The only column of figures that a wider cell with a figure covers; None for any other cell.

    Spreadsheets let a long figure run over the blank cell before it, and draw no rule between the two.
    """
    covered = [column for column in block.amounts if cell.column <= column.number <= cell.last_column]
    is_wider = len(covered) == 1 and cell.columns > 1 and read_figure(cell.text) is not None
    return covered[0] if is_wider and not is_code(cell.text) else None


# --- origins ---------------------------------------------------------------------------------------------------------


@dataclass
class _Origins:
    """Whose year each row's money is, as far as rows tell it: a carry-over opens its own rows.

    ``sums`` are the rows that add up this year's revenue without saying so. Where columns part projects' money by year
    (``parts_projects``), their names (上年结转防汛装备) do not.
    """

    told_by_rows: bool
    sums: frozenset[int]
    nesting: Nesting | None = None
    of_expenditure: Mapping[int, str] = field(default_factory=dict)
    parts_projects: bool = False

    def take(self, number: int, label: Label) -> str:
        """The origin of the next row."""
        if number in self.of_expenditure:
            return self.of_expenditure[number]
        if label.is_carryover and not (self.parts_projects and label.project_name):
            return "carryover"
        if not (self.told_by_rows and self.nesting):
            return "total"
        return "current_year" if number in self.sums else settle.origin_of_row(label, self.nesting.origin(number))


def _origins(block: Block, labels: Mapping[int, Label], side: str) -> _Origins:
    if side != "revenue":
        years = years_of_expenditure(labels)
        return _Origins(False, frozenset(), of_expenditure=years, parts_projects=block.has_carryover_column)
    nesting = nest(labels)
    told = not block.has_carryover_column and settle.rows_tell_origin(labels.values())
    return _Origins(told, settle.sums_of_current_year(labels) if told else frozenset(), nesting)


# --- labels ----------------------------------------------------------------------------------------------------------


def _labels(reading: TableReading, block: Block, side: str, rows: Sequence[int]) -> dict[int, Label]:
    setting = reading.setting
    context = Context(settle.opened(setting.table_id), printed_names=setting.printed_names)
    context.by_economic_item = setting.table_id in settle.BY_ECONOMIC_ITEM
    context.scheme_named = reading.names_government
    context.scheme = "government" if reading.names_government else context.scheme
    return {number: _label(reading, block, number, side, context) for number in rows}


def _data_rows(reading: TableReading) -> Iterator[int]:
    for number in range(reading.head.last_row + 1, reading.grid.row_count + 1):
        cells = [cell for cell in reading.grid.row(number) if cell.text]
        is_header = bool(cells) and all(reading.roles.of(cell) == "header" for cell in cells)
        if not is_header and not (cells and is_filler_row(cells) and cells[0].continued):
            yield number


def _label(reading: TableReading, block: Block, number: int, side: str, context: Context) -> Label:
    """The row's label, from the printed cells over its block's label columns, also those begun in a row above."""
    covering = reading.grid.covering(number)
    cells = [covering[column.number] for column in block.labels if column.number in covering]
    own = [c for c in cells if c.text and c.row > reading.head.last_row and run_over(block, c) is None]
    named = own or _total_before(reading, block, number) or _total_among_remarks(reading, block, number)
    printed = {cell.cell_id: cell for cell in named}.values()
    reading.roles.give(printed, "label")
    label = read_label([(_column_of(block, cell), cell) for cell in printed], side, context)
    label.is_of_all = label.is_total and any(_runs_over_others(reading, block, cell) for cell in printed)
    return label


def _runs_over_others(reading: TableReading, block: Block, cell: Cell) -> bool:
    """Whether a label begins left of its block, over figures of another type: 合计 of both halves of a table."""
    between = range(cell.column, block.labels[0].number if block.labels else cell.column)
    over = [column for column in reading.head.columns if column.number in between and column.role == "amount"]
    own = {column.meaning.expenditure_type for column in block.amounts}
    return bool(own) and any(column.meaning.expenditure_type not in own for column in over)


def _total_before(reading: TableReading, block: Block, number: int) -> list[Cell]:
    """The total that runs over this block's labels from the one before, which has no figure for it (公用经费合计)."""
    if not block.labels:
        return []
    left = [cell for cell in reading.grid.row(number) if cell.text and cell.column < block.labels[0].number]
    total = first(vocabulary().totals, bare(left[-1].text)) if left else None
    return left[-1:] if total and total.expenditure_type else []


def _total_among_remarks(reading: TableReading, block: Block, number: int) -> list[Cell]:
    """The total of a row without a label: set in the middle of its label columns, it may stand in a remark's (类别)."""
    first_amount = min((column.number for column in block.amounts), default=0)
    remarks = {c.number for c in reading.head.columns if c.role == "remark" and c.number < first_amount}
    cells = [cell for cell in reading.grid.row(number) if cell.text and cell.column in remarks]
    return cells if len(cells) == 1 and first(vocabulary().totals, bare(cells[0].text)) else []


def _column_of(block: Block, cell: Cell) -> Column:
    """The column that a label cell answers to: among several a code stands in the first, a name in the last."""
    columns = [column for column in block.labels if cell.column <= column.number <= cell.last_column] or block.labels
    return columns[0] if plain(cell.text).isdigit() else columns[-1]
